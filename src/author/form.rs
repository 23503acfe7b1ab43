//! The form of a page type: all keys that a page of it may have, in the order in which an editor fills
//! them in, and what of the site there is to choose from.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Field, Kind, Schema, common};
use crate::site::{Page, Site, query};
use crate::source::Config;

/// The common keys that come before those of the type.
const FIRST: [&str; 4] = ["title", "description", "updated", "verified"];

/// The form of one page type.
#[derive(Clone, Debug)]
pub struct Form<'a> {
    /// The type.
    pub schema: &'a Schema,
    /// Its keys in order: title and dates, what the type has of its own, topics, everything else.
    pub fields: Vec<Field>,
}

/// What fields can name: the pages and the topics that there are.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pages: BTreeMap<String, Vec<Choice>>,
    /// The words in use, by the front matter key of their kind.
    pub words: BTreeMap<String, BTreeSet<String>>,
}

/// A page to choose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// The name that fields write: the file without folder and ending.
    pub name: String,
    /// Its title.
    pub title: String,
}

impl<'a> Form<'a> {
    /// The form for pages of the type `schema`.
    pub fn of(schema: &'a Schema, config: &Config) -> Self {
        Self { schema, fields: fields(Some(schema), config) }
    }

    /// The fields without which a page is incomplete.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_required && field.default.is_none())
    }
}

/// All keys that a page may have, in the order in which an editor fills them in; `schema` is its type, if it
/// has one.
pub(super) fn fields(schema: Option<&Schema>, config: &Config) -> Vec<Field> {
    let (first, rest) = common_keys();
    let is_sourced = schema.is_some_and(|schema| schema.is_sourced);
    let first = first.into_iter().map(|field| {
        let is_required = field.name == "title" || field.name == "verified" && is_sourced;
        Field { is_required, ..field }
    });
    let own = schema.map_or(&[][..], |schema| &schema.fields);
    // A topic that the type has as a field stands where the field does.
    let topics = topics(config).filter(|topic| own.iter().all(|field| field.name != topic.name));
    first.chain(own.iter().cloned()).chain(topics).chain(rest).collect()
}

impl Known {
    /// What there is in `site`.
    pub fn of(site: &Site) -> Self {
        let mut known = Self::default();
        for page in site.pages.iter().filter(|page| page.document.is_written) {
            let choice = Choice { name: query::stem(page).to_owned(), title: page.title.clone() };
            known.pages.entry(page.type_name().to_owned()).or_default().push(choice);
        }
        known.pages.values_mut().for_each(|choices| choices.sort());
        for (word, key) in site.pages.iter().flat_map(words) {
            known.words.entry(key).or_default().insert(word);
        }
        known
    }

    /// The pages of a type, or of all types, by name. Of those that are called alike it is the first.
    pub fn pages(&self, page_type: Option<&str>) -> Vec<&Choice> {
        let of_type = |name: &String| page_type.is_none_or(|page_type| page_type == name);
        let of_types = self.pages.iter().filter(|(name, _)| of_type(name));
        let mut pages: Vec<&Choice> = of_types.flat_map(|(_, pages)| pages).collect();
        pages.sort();
        pages.dedup_by(|one, other| one.name == other.name);
        pages
    }
}

/// The keys that every page may have, and the only ones of a page without a type.
pub fn plain(config: &Config) -> Vec<Field> {
    let (first, rest) = common_keys();
    first.into_iter().chain(topics(config)).chain(rest).collect()
}

/// The keys of every page: those before the keys of its type, and those after them.
fn common_keys() -> (Vec<Field>, Vec<Field>) {
    common::fields().into_iter().partition(|field| FIRST.contains(&field.name.as_str()))
}

/// The keys for the topics of a site.
fn topics(config: &Config) -> impl Iterator<Item = Field> {
    config.taxonomies.iter().map(|topic| Field {
        name: topic.name.clone(),
        label: topic.title.clone(),
        help: format!("Le voci di «{}» a cui la pagina appartiene.", topic.title),
        is_required: false,
        default: None,
        show: None,
        kind: Kind::List(Box::new(Kind::Text)),
    })
}

/// A field in words: its label, and what to write.
pub fn described(field: &Field) -> String {
    match field.help.trim() {
        "" => format!("{}.", field.label),
        help => format!("{}: {help}", field.label),
    }
}

/// The topics of a page, each with the front matter key that has it.
fn words(page: &Page) -> Vec<(String, String)> {
    let terms = page.document.terms.iter();
    terms.flat_map(|(key, words)| words.iter().map(|word| (word.clone(), key.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_two_pages_share_is_offered_once() {
        let choice = |name: &str, title: &str| Choice { name: name.into(), title: title.into() };
        let pages = [
            ("ambito", vec![choice("sua", "La SUA")]),
            ("termine", vec![choice("cuc", "CUC"), choice("sua", "SUA")]),
        ];
        let pages = pages.map(|(page_type, choices)| (page_type.to_owned(), choices)).into();
        let known = Known { pages, ..Known::default() };
        let names = |page_type| {
            let pages = known.pages(page_type).into_iter();
            pages.map(|page| page.title.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(names(None), ["CUC", "La SUA"]);
        assert_eq!(names(Some("termine")), ["CUC", "SUA"]);
        assert!(names(Some("modello")).is_empty());
    }
}
