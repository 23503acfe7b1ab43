//! The acronyms that the site explains: those of its glossary pages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::Value;
use crate::source::Config;

use super::page::{Page, PageId};

/// Acronyms, what they stand for, and the page that says more.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Glossary {
    acronyms: BTreeMap<String, (String, PageId)>,
}

impl Glossary {
    /// Takes the acronyms from the pages of the glossary's type: any word with two capitals that
    /// is their title, a synonym or the value of a text field. They stand for the page's title.
    pub fn of(pages: &[Page], config: &Config) -> Self {
        let mut acronyms = BTreeMap::new();
        let Some(glossary) = &config.glossary else { return Self::default() };
        for page in pages.iter().filter(|page| page.type_name() == glossary && !page.is_expired) {
            let texts = page.document.fields.values().filter_map(|value| match value {
                Value::Text(text) => Some(text),
                _ => None,
            });
            let names = texts.chain(&page.document.meta.synonyms).chain([&page.title]);
            for acronym in names.flat_map(|name| name.split([',', '/'])).map(str::trim) {
                if is_acronym(acronym) && acronym != page.title {
                    acronyms
                        .entry(acronym.to_owned())
                        .or_insert_with(|| (page.title.clone(), page.id));
                }
            }
        }
        Self { acronyms }
    }

    /// The acronyms that page `id` explains.
    pub fn acronyms_of(&self, id: PageId) -> impl Iterator<Item = &str> {
        let of_page = move |(_, (_, page)): &(&String, &(String, PageId))| *page == id;
        self.acronyms.iter().filter(of_page).map(|(word, _)| word.as_str())
    }

    /// What `word` stands for and the page that explains it.
    pub fn explain(&self, word: &str) -> Option<(&str, PageId)> {
        self.acronyms.get(word).map(|(title, page)| (title.as_str(), *page))
    }
}

fn is_acronym(word: &str) -> bool {
    word.chars().all(char::is_alphanumeric)
        && word.chars().filter(|letter| letter.is_uppercase()).count() >= 2
}
