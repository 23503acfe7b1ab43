//! Says in the terms of schema.org what a page is and where it stands, for search engines and other
//! programs. States nothing that the page does not show, and no address that is not known.

use serde_json::{Map, Value as Json, json};

use crate::base::UrlPath;
use crate::document::{Body, Heading, Origin, Property, Structured, Takes, Type, Value};
use crate::site::structured::{description, kind};
use crate::site::{Page, Resolved, Site};
use crate::source::Config;

use super::facts::{FieldReader, NORMATTIVA};
use super::view::{Dataset, Download, PageView};
use super::views::SEARCH;

/// What a page is about.
#[derive(Clone, Debug)]
pub struct About {
    /// Its type.
    pub kind: &'static Type,
    /// Its properties, `@type` and `url` not among them.
    pub properties: Map<String, Json>,
    /// The address of a type of another vocabulary, which it is too.
    also: Option<String>,
}

/// The full address of a file, when that of the site is known.
pub fn absolute(config: &Config, url: &UrlPath) -> Option<String> {
    (!config.base_url.is_empty()).then(|| format!("{}{}", config.base_url, url.pretty()))
}

/// Structured data of a page: where it stands, what it is about, and what search engines should
/// know of it. `canonical` is its full address.
pub fn json_ld(
    view: &PageView,
    canonical: Option<&str>,
    site: &Site,
    config: &Config,
    about: Option<About>,
) -> String {
    let mut page = web_page(view, canonical, site, config);
    let mut thing = view.dataset.as_ref().map(|dataset| dataset_json(dataset, config));
    match about {
        Some(about) if about.kind.is_a("WebPage") => {
            page.insert("@type".to_owned(), about.types());
            page.extend(about.properties);
        }
        Some(mut about) if thing.is_none() => {
            let encodings = encodings(&view.downloads, config);
            if about.kind.is_a("CreativeWork") && !encodings.is_empty() {
                about.properties.insert("encoding".to_owned(), json!(encodings));
            }
            thing = Some(about.into_json(canonical));
        }
        _ => {}
    }
    let mut graph = vec![Json::Object(page)];
    graph.extend(thing);
    graph.extend(breadcrumbs(view, canonical, config));
    let graph = json!({ "@context": "https://schema.org", "@graph": graph });
    // Inside a script element only `<` could end it early.
    graph.to_string().replace('<', "\\u003c")
}

/// The files that hold the same as a page, when their addresses are known.
fn encodings(files: &[Download], config: &Config) -> Vec<Json> {
    let encoding = |file: &Download| {
        let url = absolute(config, &UrlPath::file(&file.url)?)?;
        let mut encoding = thing("MediaObject", "encodingFormat", &file.media_type);
        add(&mut encoding, "contentUrl", Some(url));
        Some(Json::Object(encoding))
    };
    files.iter().filter_map(encoding).collect()
}

fn web_page(
    view: &PageView,
    canonical: Option<&str>,
    site: &Site,
    config: &Config,
) -> Map<String, Json> {
    let kind = match view.kind {
        "home" => "WebSite",
        "section" | "term" | "taxonomy" | "index" | "comparisons" => "CollectionPage",
        "search" => "SearchResultsPage",
        _ => "WebPage",
    };
    let mut page = Map::new();
    page.insert("@type".to_owned(), json!(kind));
    page.insert("name".to_owned(), json!(view.title));
    page.insert("inLanguage".to_owned(), json!(config.language));
    add(&mut page, "description", Some(&view.description));
    add(&mut page, "url", canonical);
    add(&mut page, "dateModified", view.updated.as_ref());
    add(&mut page, "license", Some(&config.licence.url));
    if view.kind == "home" {
        add_search(&mut page, config);
    } else {
        let title = site.title(config);
        page.insert("isPartOf".to_owned(), json!({ "@type": "WebSite", "name": title }));
    }
    let publisher = &config.publisher;
    if !publisher.name.is_empty() {
        let mut organisation = thing("Organization", "name", &publisher.name);
        add(&mut organisation, "url", Some(&publisher.url));
        page.insert("publisher".to_owned(), Json::Object(organisation));
    }
    page
}

/// How others can search the site, when its address is known.
fn add_search(page: &mut Map<String, Json>, config: &Config) {
    let url = UrlPath::file(SEARCH).expect("a constant without dots");
    let Some(address) = absolute(config, &url) else { return };
    let target = thing("EntryPoint", "urlTemplate", &format!("{address}?q={{search_term_string}}"));
    let action = json!({
        "@type": "SearchAction",
        "target": target,
        "query-input": "required name=search_term_string",
    });
    page.insert("potentialAction".to_owned(), action);
}

fn breadcrumbs(view: &PageView, canonical: Option<&str>, config: &Config) -> Option<Json> {
    if view.breadcrumbs.is_empty() {
        return None;
    }
    let above = view.breadcrumbs.iter().map(|link| {
        let address = UrlPath::file(&link.url).and_then(|url| absolute(config, &url));
        (&link.title, address)
    });
    let steps = above.chain([(&view.title, canonical.map(str::to_owned))]);
    let items = steps.zip(1..).map(|((name, address), position)| {
        let mut step = thing("ListItem", "name", name);
        step.insert("position".to_owned(), json!(position));
        add(&mut step, "item", address);
        step
    });
    let items: Vec<_> = items.collect();
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": items }))
}

/// A collection in the terms of schema.org, which search engines for data read.
fn dataset_json(dataset: &Dataset, config: &Config) -> Json {
    let file = |file: &Download| {
        let mut download = thing("DataDownload", "encodingFormat", &file.format);
        let url = UrlPath::file(&file.url).and_then(|url| absolute(config, &url));
        add(&mut download, "contentUrl", url);
        download
    };
    let files: Vec<_> = dataset.files.iter().map(file).collect();
    let columns: Vec<&str> = dataset.columns.iter().map(|column| column.label.as_str()).collect();
    let mut json = thing("Dataset", "name", &dataset.title);
    json.insert("variableMeasured".to_owned(), json!(columns));
    json.insert("distribution".to_owned(), json!(files));
    add(&mut json, "description", Some(&dataset.description));
    add(&mut json, "license", Some(&config.licence.url));
    if !config.publisher.name.is_empty() {
        let creator = thing("Organization", "name", &config.publisher.name);
        json.insert("creator".to_owned(), Json::Object(creator));
    }
    Json::Object(json)
}

impl About {
    /// Its type, and the one of another vocabulary.
    fn types(&self) -> Json {
        match &self.also {
            None => json!(self.kind.name),
            Some(also) => json!([self.kind.name, also]),
        }
    }

    fn into_json(self, canonical: Option<&str>) -> Json {
        let mut json = Map::from_iter([("@type".to_owned(), self.types())]);
        add(&mut json, "url", canonical);
        json.extend(self.properties);
        Json::Object(json)
    }
}

/// What the page of `fields` is about, if its type or its section says so.
pub fn about(fields: FieldReader<'_>, config: &Config) -> Option<About> {
    let FieldReader { site, page, .. } = fields;
    let kind = kind(site, page)?;
    let described = description(site, page);
    let mut properties = Map::new();
    add(&mut properties, "name", Some(&page.title));
    add(&mut properties, "description", Some(&page.summary));
    for (property, origins) in described.map_or(&[][..], |described| &described.properties) {
        let values = values(fields, config, property, origins);
        insert(&mut properties, property.name, values);
    }
    add_by_kind(&mut properties, kind, fields, config);
    let is_without_questions = kind.is_a("FAQPage") && !properties.contains_key("mainEntity");
    let also = described.and_then(|described: &Structured| described.also.clone());
    (!is_without_questions).then_some(About { kind, properties, also })
}

/// Adds what follows from the place of the page and from its text.
fn add_by_kind(
    properties: &mut Map<String, Json>,
    kind: &Type,
    fields: FieldReader<'_>,
    config: &Config,
) {
    let FieldReader { site, page, bodies, .. } = fields;
    let whole = |name| {
        let parent = &site.pages[page.parent?];
        Some(Json::Object(reference(parent, name, config)))
    };
    match kind.name {
        "DefinedTerm" => insert(properties, "inDefinedTermSet", whole("DefinedTermSet")),
        "HowToStep" => {
            insert(properties, "isPartOf", whole("HowTo"));
            insert(properties, "position", site.step(page).map(|(number, _)| json!(number)));
        }
        "HowTo" => insert(properties, "step", steps(site, page, config)),
        "Event" if !properties.contains_key("startDate") => {
            add(properties, "startDate", page.document.meta.date.map(|date| date.to_string()));
        }
        "FAQPage" => insert(properties, "mainEntity", questions(bodies.first())),
        "Article" | "NewsArticle" | "Report" => add(properties, "headline", Some(&page.title)),
        _ => {}
    }
}

/// The steps among the pages of a section.
fn steps(site: &Site, page: &Page, config: &Config) -> Vec<Json> {
    let children = page.children.iter().map(|id| &site.pages[*id]);
    let steps =
        children.filter(|child| kind(site, child).is_some_and(|kind| kind.name == "HowToStep"));
    let steps = steps.zip(1..).map(|(step, position)| {
        let mut json = reference(step, "HowToStep", config);
        json.insert("position".to_owned(), json!(position));
        Json::Object(json)
    });
    steps.collect()
}

/// Each heading of a text that is a question, with the text below it as the answer.
fn questions(body: Option<&Body>) -> Vec<Json> {
    let Some(body) = body else { return Vec::new() };
    let mut found: Vec<(&Heading, String)> = Vec::new();
    let mut is_open = false;
    for section in &body.sections {
        let heading = body.headings.iter().find(|heading| heading.id == section.anchor);
        let Some(heading) = heading else { continue };
        if heading.title.trim_end().ends_with('?') {
            found.push((heading, String::new()));
            is_open = true;
        } else if let Some((question, _)) = found.last() {
            // An answer goes on below headings of its own, and ends with the next of its level.
            is_open = is_open && heading.level > question.level;
        }
        if let Some((_, answer)) = found.last_mut().filter(|_| is_open) {
            let words = section.text.split_whitespace();
            answer.extend(words.flat_map(|word| [" ", word]));
        }
    }
    let answered = found.iter().filter(|(_, answer)| !answer.is_empty());
    let question = |(heading, answer): &(&Heading, String)| {
        json!({
            "@type": "Question",
            "name": heading.title,
            "acceptedAnswer": { "@type": "Answer", "text": answer.trim_start() },
        })
    };
    answered.map(question).collect()
}

/// The values of `property`, each once.
fn values(
    fields: FieldReader<'_>,
    config: &Config,
    property: &Property,
    origins: &[Origin],
) -> Vec<Json> {
    let mut values: Vec<Json> = Vec::new();
    for value in origins.iter().flat_map(|origin| given(fields.page, origin)) {
        let json = value_json(fields, config, property.takes, &value);
        values.extend(json.filter(|json| !values.contains(json)));
    }
    values
}

/// The single values that `page` has for the property called `name` of what it is about.
pub fn given_as(site: &Site, page: &Page, name: &str) -> Vec<Value> {
    let described = description(site, page).map_or(&[][..], |described| &described.properties);
    let of_name = described.iter().filter(|(property, _)| property.name == name);
    of_name.flat_map(|(_, origins)| origins).flat_map(|origin| given(page, origin)).collect()
}

/// The single values that `page` has at `origin`.
fn given(page: &Page, origin: &Origin) -> Vec<Value> {
    let meta = &page.document.meta;
    let fields = &page.document.fields;
    let date = |date: Option<_>| date.map(Value::Date).into_iter().collect();
    match origin {
        Origin::Date => date(meta.date),
        Origin::Updated => date(meta.updated),
        Origin::Verified => date(meta.verified),
        Origin::Version => vec![Value::Text(meta.version.clone())],
        Origin::Field(name) => fields.get(name).map(single).unwrap_or_default(),
        Origin::Item(group, name) => {
            let groups = fields.get(group).map(single).unwrap_or_default();
            let of_group = |value: &Value| match value {
                Value::Object(fields) => fields.get(name).map(single).unwrap_or_default(),
                _ => Vec::new(),
            };
            groups.iter().flat_map(of_group).collect()
        }
    }
}

/// A value, or those of a list.
fn single(value: &Value) -> Vec<Value> {
    match value {
        Value::List(items) => items.clone(),
        value => vec![value.clone()],
    }
}

fn value_json(
    fields: FieldReader<'_>,
    config: &Config,
    takes: Takes,
    value: &Value,
) -> Option<Json> {
    let page = |number: &usize| match fields.page.references.get(*number)?.as_ref()? {
        Resolved::Page(id) => Some(&fields.site.pages[*id]),
        Resolved::Asset(_) => None,
    };
    match (takes, value) {
        (Takes::Start, Value::Period(from, _)) => from.map(|date| json!(date)),
        (Takes::End, Value::Period(_, to)) => to.map(|date| json!(date)),
        (_, Value::Date(date)) => Some(json!(date)),
        (_, Value::Period(None, None)) => None,
        (_, Value::Period(from, to)) => {
            let [from, to] = [from, to].map(|date| date.map_or("..".to_owned(), |d| d.to_string()));
            Some(json!(format!("{from}/{to}")))
        }
        (Takes::Minutes, Value::Integer(minutes)) => Some(json!(format!("PT{minutes}M"))),
        (Takes::OneOf(names), Value::Choice(value, _)) => {
            let (_, name) = names.iter().find(|(name, _)| name == value)?;
            Some(json!(format!("https://schema.org/{name}")))
        }
        (Takes::Address, Value::Url(url, _)) => Some(json!(url)),
        (Takes::Address, Value::Urn(urn)) => Some(json!(format!("{NORMATTIVA}{urn}"))),
        (Takes::Address, Value::Page(number)) => {
            absolute(config, &page(number)?.url).map(|url| json!(url))
        }
        (_, Value::Money { cents, currency }) => Some(json!({
            "@type": "MonetaryAmount",
            "value": *cents as f64 / 100.0,
            "currency": currency,
        })),
        (Takes::Thing(name, _), Value::Page(number)) => {
            let page = page(number)?;
            let kind = kind(fields.site, page).map_or(name, |kind| kind.name);
            Some(Json::Object(reference(page, kind, config)))
        }
        (Takes::Thing(kind, _), Value::Url(url, title)) => {
            let mut json = thing(kind, "url", url);
            add(&mut json, "name", Some(title));
            Some(Json::Object(json))
        }
        (Takes::Text, Value::Integer(number)) => Some(json!(number)),
        (Takes::Text, Value::Number(number)) => Some(json!(number)),
        (_, Value::Urn(urn)) => Some(json!(urn)),
        (takes, value) => {
            let text = fields.text(value).filter(|text| !text.is_empty())?;
            match takes {
                Takes::Thing(kind, by) => Some(Json::Object(thing(kind, by, &text))),
                _ => Some(json!(text)),
            }
        }
    }
}

/// A page as others name it.
fn reference(page: &Page, kind: &str, config: &Config) -> Map<String, Json> {
    let mut json = thing(kind, "name", &page.title);
    add(&mut json, "url", absolute(config, &page.url));
    json
}

fn thing(kind: &str, property: &str, text: &str) -> Map<String, Json> {
    Map::from_iter([("@type".to_owned(), json!(kind)), (property.to_owned(), json!(text))])
}

/// Adds a text, unless there is none.
fn add(json: &mut Map<String, Json>, name: &str, text: Option<impl AsRef<str>>) {
    if let Some(text) = text.as_ref().map(AsRef::as_ref).filter(|text| !text.is_empty()) {
        json.insert(name.to_owned(), json!(text));
    }
}

/// Adds values, a single one not as a list.
fn insert(json: &mut Map<String, Json>, name: &str, values: impl IntoIterator<Item = Json>) {
    let mut values: Vec<Json> = values.into_iter().collect();
    match values.len() {
        0 => {}
        1 => drop(json.insert(name.to_owned(), values.remove(0))),
        _ => drop(json.insert(name.to_owned(), Json::Array(values))),
    }
}
