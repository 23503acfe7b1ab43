//! What the crate elasticlunr gives: its Italian stemmer, which the whole search uses, and an index in
//! its form with the terms of ours, for programs that read such files. The only file that imports it.

use std::collections::{BTreeMap, BTreeSet};

use elasticlunr::pipeline::{FnWrapper, PipelineFn};
use elasticlunr::{Index, IndexBuilder, Pipeline};
use serde_json::{Value as Json, json};

use super::analysis::STOP_MARK;
use super::segment::Segment;
use super::words::words;
use super::{Language, SearchPage, SearchSection};

/// An elasticlunr index that is being made.
pub(super) struct Export {
    language: Language,
    index: Index,
    /// What is shown of each page, by its reference.
    pages: BTreeMap<String, Json>,
    /// With what each stem goes on in the words of the site.
    endings: BTreeMap<String, BTreeSet<String>>,
}

/// The path of the index from the site root.
const FILE: &str = "ricerca/elasticlunr.json";

/// The fields of a page, the weightiest first.
const FIELDS: [&str; 5] = ["title", "synonyms", "headings", "summary", "body"];

/// Stands between the texts of one field.
const SEPARATOR: char = '\u{1f}';

/// Longer words are left out, in bytes: each letter of a word is a level of the file.
const MAX_TERM: usize = 80;

impl Export {
    pub(super) fn new(language: Language) -> Self {
        let builder = IndexBuilder::with_language(Box::new(language)).save_docs(false);
        let index = builder.add_fields(FIELDS).build();
        Self { language, index, pages: BTreeMap::new(), endings: BTreeMap::new() }
    }

    /// Adds a page. Its reference is its number in our index.
    pub(super) fn add(&mut self, number: u32, segment: &Segment) {
        let SearchPage { url, title, synonyms, summary, sections, .. } = &segment.page;
        let reference = number.to_string();
        let joined = |text: fn(&SearchSection) -> &str| -> String {
            let texts: Vec<&str> = sections.iter().map(text).collect();
            texts.join(&SEPARATOR.to_string())
        };
        let synonyms = synonyms.join(&SEPARATOR.to_string());
        let headings = joined(|section| &section.title);
        let body = joined(|section| &section.text);
        self.index.add_doc(&reference, [title, &synonyms, &headings, summary, &body]);
        let shown = json!({ "id": reference, "url": url, "title": title, "summary": summary });
        self.pages.insert(reference, shown);
        for found in segment.terms() {
            let (stem, ending) = found.term.split_at(self.language.stem_length(found.term));
            if !ending.is_empty() {
                self.endings.entry(stem.to_owned()).or_default().insert(ending.to_owned());
            }
        }
    }

    /// The file: what elasticlunr.js loads, and beside it under `vasta` what a question has to go
    /// through to become the terms of the index.
    pub(super) fn file(self) -> (String, Vec<u8>) {
        let mut data = serde_json::to_value(&self.index).expect("texts and numbers");
        round_frequencies(&mut data["index"]);
        data["documentStore"]["docs"] = json!(self.pages);
        data["documentStore"]["save"] = json!(true);
        let stems: BTreeMap<&String, String> = self
            .endings
            .iter()
            .map(|(stem, endings)| (stem, endings.iter().cloned().collect::<Vec<_>>().join(" ")))
            .collect();
        let [stop, elisions, _] = self.language.lists();
        data["vasta"] = json!({ "stop": stop, "elisions": elisions, "stems": stems });
        (FILE.to_owned(), serde_json::to_vec(&data).expect("texts and numbers"))
    }
}

/// Cuts the frequencies below `node` to three decimals, which rank as well as sixteen do.
fn round_frequencies(node: &mut Json) {
    for (key, value) in node.as_object_mut().into_iter().flatten() {
        // Other keys are letters, `docs`, `df` and references.
        match value.as_f64() {
            Some(frequency) if key == "tf" => {
                let rounded = (frequency * 1000.0).round() / 1000.0;
                let is_whole = rounded.fract() == 0.0;
                *value = if is_whole { json!(rounded as u64) } else { json!(rounded) };
            }
            _ => round_frequencies(value),
        }
    }
}

thread_local! {
    /// The Snowball stemmer is made once for each thread: making it takes longer than a small index.
    static SNOWBALL: Option<Box<dyn PipelineFn>> = snowball();
}

/// The Snowball stem of an Italian word.
pub(super) fn italian_stem(word: &str) -> Option<String> {
    SNOWBALL.with(|function| function.as_ref()?.filter(word.to_owned()))
}

/// The Snowball stemmer out of elasticlunr's Italian pipeline.
fn snowball() -> Option<Box<dyn PipelineFn>> {
    use elasticlunr::Language as _;
    let pipeline = elasticlunr::lang::Italian::new().make_pipeline();
    pipeline.queue.into_iter().find(|function| function.name() == "stemmer-it")
}

impl elasticlunr::Language for Language {
    fn name(&self) -> String {
        match self {
            Language::Italian => "Italian".into(),
            Language::Other => "Other".into(),
        }
    }

    fn code(&self) -> String {
        self.as_code().into()
    }

    /// All terms of the texts of a field: words, and references whole and in parts.
    fn tokenize(&self, text: &str) -> Vec<String> {
        text.split(SEPARATOR)
            .flat_map(|text| words(text, *self))
            .flat_map(|word| std::iter::once(word.term).chain(word.parts))
            .filter(|term| term.len() <= MAX_TERM)
            .collect()
    }

    fn make_pipeline(&self) -> Pipeline {
        let stop_words = FnWrapper("stopWordFilter-vasta".into(), |term| {
            (!term.starts_with(STOP_MARK)).then_some(term)
        });
        let stemmer = FoldedStemmer(*self);
        Pipeline { queue: vec![Box::new(stop_words), Box::new(stemmer)] }
    }
}

/// The stemmer as a pipeline function.
struct FoldedStemmer(Language);

impl PipelineFn for FoldedStemmer {
    fn name(&self) -> String {
        "stemmer-vasta".into()
    }

    fn filter(&self, mut term: String) -> Option<String> {
        term.truncate(self.0.stem_length(&term));
        Some(term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::segment;

    fn export(page: SearchPage) -> Json {
        let mut export = Export::new(Language::Italian);
        export.add(7, &segment(page, Language::Italian));
        serde_json::from_slice(&export.file().1).expect("JSON")
    }

    /// The terms of a field with their frequencies on the one page.
    fn terms(data: &Json, field: &str) -> BTreeMap<String, Json> {
        fn collect(node: &Json, begun: &str, found: &mut BTreeMap<String, Json>) {
            for (key, child) in node.as_object().expect("a node") {
                match key.as_str() {
                    "df" => {}
                    "docs" => {
                        let frequencies = child.as_object().expect("pages").values();
                        found
                            .extend(frequencies.map(|page| (begun.to_owned(), page["tf"].clone())));
                    }
                    letter => collect(child, &format!("{begun}{letter}"), found),
                }
            }
        }
        let mut found = BTreeMap::new();
        collect(&data["index"][field]["root"], "", &mut found);
        found
    }

    #[test]
    fn the_terms_are_those_of_our_index() {
        use elasticlunr::Language as _;
        let tokens = Language::Italian.tokenize("Gli atti dell’Ufficio: d.lgs. 33/2013");
        let terms = Language::Italian.make_pipeline().run(tokens);
        assert_eq!(terms, ["att", "uffic", "dlgs", "33/2013", "33", "2013"]);
    }

    #[test]
    fn frequencies_are_short() {
        let text = "atto, atti, gara, gare e gare".to_owned();
        let sections = vec![SearchSection { text, ..SearchSection::default() }];
        let data = export(SearchPage { title: "Atti".into(), sections, ..SearchPage::default() });
        let expected = [("att", json!(1.414)), ("gar", json!(1.732))];
        assert_eq!(terms(&data, "body"), expected.map(|(term, tf)| (term.into(), tf)).into());
        assert_eq!(terms(&data, "title"), [("att".into(), json!(1))].into());
        assert_eq!(data["vasta"]["stems"], json!({ "att": "i o", "gar": "a e" }));
    }

    #[test]
    fn texts_of_a_field_are_understood_one_by_one() {
        // Together they would be shouted, and the acronym a stop word.
        let synonyms = vec!["SUA".into(), "CUC".into(), "SEAV".into()];
        let data = export(SearchPage { synonyms, ..SearchPage::default() });
        assert!(terms(&data, "synonyms").contains_key("sua"));
    }

    #[test]
    fn an_endless_word_is_left_out() {
        let data = export(SearchPage { title: "a".repeat(100_000), ..SearchPage::default() });
        assert!(terms(&data, "title").is_empty());
    }
}
