//! What search reads of a page: its words, its facts, its text by heading, and its facets.

use std::collections::BTreeMap;

use crate::document::{Body, Schema, Searched, TextSection};
use crate::search::{SearchPage, SearchSection};
use crate::site::{Page, Site};
use crate::source::Config;

use super::facts::FieldReader;
use super::fill::Filler;
use super::format::Format;
use super::theme::Theme;

/// The facet of page types.
const TYPE: &str = "tipo";

/// What search reads of `page`, its texts included.
pub fn search_page(site: &Site, config: &Config, page: &Page, bodies: &[Body]) -> SearchPage {
    let fields = FieldReader { site, page, bodies, format: Format::of(&config.language) };
    let facts = fields.facts(&mut Filler::new(site, page));
    let facts: Vec<String> = facts.iter().map(super::view::Fact::text).collect();
    let mut sections: Vec<SearchSection> = Vec::new();
    if !facts.is_empty() {
        sections.push(SearchSection { text: facts.join("\n"), ..SearchSection::default() });
    }
    for (number, body) in bodies.iter().enumerate() {
        let sections_of_body = body.sections.iter();
        sections.extend(sections_of_body.map(|section| search_section(section, number > 0)));
    }
    SearchPage { sections, ..search_entry(site, config, page) }
}

/// What search knows of `page` besides its texts: `sections` is empty.
pub fn search_entry(site: &Site, config: &Config, page: &Page) -> SearchPage {
    SearchPage {
        url: page.url.to_string(),
        title: title(site, page),
        synonyms: synonyms(site, page),
        summary: page.summary.clone(),
        kind_label: page.type_label().to_owned(),
        facets: facets(site, config, page),
        is_low: page.searched() == Searched::Low,
        sections: Vec::new(),
    }
}

/// The values of `page` by facet: its type, the facets of its type, its terms.
pub fn facets(site: &Site, config: &Config, page: &Page) -> BTreeMap<String, Vec<String>> {
    let document = &page.document;
    let fields = FieldReader { site, page, bodies: &[], format: Format::of(&config.language) };
    let mut facets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if !page.type_label().is_empty() {
        facets.insert(TYPE.to_owned(), vec![page.type_label().to_owned()]);
    }
    for facet in document.schema.as_ref().map_or(&[][..], |schema| &schema.facets) {
        facets.insert(facet.clone(), fields.texts(facet));
    }
    for (taxonomy, terms) in &document.terms {
        facets.entry(taxonomy.clone()).or_insert_with(|| terms.clone());
    }
    facets.retain(|_, values| !values.is_empty());
    facets
}

/// The title as results show it: a page of the glossary with its acronyms, since these are what
/// readers type.
fn title(site: &Site, page: &Page) -> String {
    let acronyms = site.glossary.acronyms_of(page.id).filter(|word| !page.title.contains(word));
    let acronyms: Vec<&str> = acronyms.collect();
    match acronyms.as_slice() {
        [] => page.title.clone(),
        acronyms => format!("{} ({})", page.title, acronyms.join(", ")),
    }
}

/// Other words for the page; the acronyms of a page of the glossary are names of their own.
fn synonyms(site: &Site, page: &Page) -> Vec<String> {
    let mut synonyms = page.document.meta.synonyms.clone();
    for acronym in site.glossary.acronyms_of(page.id) {
        if !synonyms.iter().any(|synonym| synonym == acronym) {
            synonyms.push(acronym.to_owned());
        }
    }
    synonyms
}

/// The heading of each facet.
pub fn facet_labels<'a>(
    config: &Config,
    schemas: impl Iterator<Item = &'a Schema>,
    theme: &Theme,
) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::from([(TYPE.to_owned(), theme.word("facet_type").to_owned())]);
    for taxonomy in &config.taxonomies {
        labels.insert(taxonomy.name.clone(), taxonomy.title.clone());
    }
    for schema in schemas {
        for field in schema.facets.iter().filter_map(|facet| schema.field(facet)) {
            labels.entry(field.name.clone()).or_insert_with(|| field.label.clone());
        }
    }
    labels
}

/// Anchors inside a field are not on the page, so its text counts as the page's own.
fn search_section(section: &TextSection, is_field: bool) -> SearchSection {
    SearchSection {
        anchor: if is_field { String::new() } else { section.anchor.clone() },
        title: section.title.clone(),
        text: section.text.clone(),
    }
}
