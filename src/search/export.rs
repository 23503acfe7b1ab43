//! The pages of an index in the form of a search server, for a site that outgrows the browser: a bulk
//! file with one document a page, and the mapping of an index that understands Italian. Both are the
//! input of OpenSearch and of Elasticsearch; no field name of theirs appears anywhere else.

use serde_json::{Value as Json, json};

use super::index::Index;
use super::{Language, SearchPage};

/// What a search server is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSearch {
    /// The body of `PUT /INDEX`: analysis and fields, as JSON.
    pub mapping: String,
    /// The body of `POST /INDEX/_bulk`: an action and a document for each page, a line each.
    pub bulk: String,
}

/// The pages of `index` for a search server.
///
/// # Errors
/// If files of the index are missing or damaged.
pub fn open_search(index: &Index<'_>) -> Result<OpenSearch, String> {
    let mut bulk = String::new();
    for (url, page) in index.pages()? {
        bulk.push_str(&format!("{}\n{}\n", json!({ "index": { "_id": url } }), document(&page)));
    }
    Ok(OpenSearch { mapping: format!("{:#}\n", mapping(index)), bulk })
}

fn document(page: &SearchPage) -> Json {
    let section = |section: &super::SearchSection| json!({ "anchor": section.anchor, "title": section.title, "text": section.text });
    json!({
        "url": page.url,
        "title": page.title,
        "summary": page.summary,
        "facets": page.facets,
        "sections": page.sections.iter().map(section).collect::<Vec<_>>(),
    })
}

fn mapping(index: &Index<'_>) -> Json {
    let analysis = match index.language {
        Language::Italian => italian(index),
        Language::Other => json!({
            "analyzer": { "text": { "type": "standard" }, "text_asked": { "type": "standard" } }
        }),
    };
    let text = json!({ "type": "text", "analyzer": "text", "search_analyzer": "text_asked" });
    let keyword = json!({ "type": "keyword" });
    let facets = index.facets().into_keys().map(|name| (name.to_owned(), keyword.clone()));
    json!({
        "settings": { "analysis": analysis },
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "url": keyword,
                "title": text,
                "summary": text,
                "facets": { "properties": facets.collect::<serde_json::Map<_, _>>() },
                "sections": {
                    "type": "nested",
                    "properties": { "anchor": keyword, "title": text, "text": text },
                },
            },
        },
    })
}

/// What ours does, in the filters that servers have: elisions, accents, stop words, stems. Like words
/// are added to what is asked, not to the pages, so the list can change without a new index.
fn italian(index: &Index<'_>) -> Json {
    let elided: Vec<&str> = index.manifest.elisions.split_whitespace().collect();
    let stop: Vec<&str> = index.manifest.stop.split_whitespace().collect();
    let written = |phrase: &Vec<(String, String)>| -> String {
        let words: Vec<&str> =
            phrase.iter().map(|(term, _)| term.trim_start_matches('_')).collect();
        words.join(" ")
    };
    let groups = index.manifest.synonyms.iter();
    let groups = groups.map(|group| group.iter().map(written).collect::<Vec<_>>().join(", "));
    let filters = ["elided", "lowercase", "asciifolding", "stop_words", "stems"];
    let asked = ["elided", "lowercase", "asciifolding", "like_words", "stop_words", "stems"];
    let analyzer = |filters: &[&str]| json!({ "tokenizer": "standard", "filter": filters });
    json!({
        "filter": {
            "elided": { "type": "elision", "articles_case": true, "articles": elided },
            "like_words": {
                "type": "synonym_graph",
                "lenient": true,
                "synonyms": groups.collect::<Vec<_>>(),
            },
            "stop_words": { "type": "stop", "stopwords": stop },
            "stems": { "type": "stemmer", "language": "italian" },
        },
        "analyzer": { "text": analyzer(&filters), "text_asked": analyzer(&asked) },
    })
}
