//! Pages by the words that they give themselves.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::base::UrlPath;
use crate::base::text::{fold, slug};
use crate::source::Config;
use crate::source::config::Taxonomy;

use super::page::{Page, PageId, TermId};

/// One taxonomy and its terms.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TermGroup {
    /// The taxonomy.
    pub taxonomy: Taxonomy,
    /// The page that lists the terms.
    pub url: UrlPath,
    /// The terms in alphabetical order.
    pub terms: Vec<TermPage>,
}

/// One term and the pages that have it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TermPage {
    /// The term as the first page writes it.
    pub title: String,
    /// Its page.
    pub url: UrlPath,
    /// The pages by title.
    pub pages: Vec<PageId>,
}

/// The taxonomies of the configuration that have terms.
pub fn groups(pages: &[Page], config: &Config) -> Vec<TermGroup> {
    config
        .taxonomies
        .iter()
        .map(|taxonomy| group(pages, taxonomy))
        .filter(|group| !group.terms.is_empty())
        .collect()
}

/// Tells every page its terms, in the order of the groups.
pub fn connect(groups: &[TermGroup], pages: &mut [Page]) {
    for (group, terms) in groups.iter().enumerate() {
        for (term, found) in terms.terms.iter().enumerate() {
            for page in &found.pages {
                pages[*page].terms.push(TermId { group, term });
            }
        }
    }
}

fn group(pages: &[Page], taxonomy: &Taxonomy) -> TermGroup {
    let mut terms: Vec<TermPage> = Vec::new();
    let mut by_slug: BTreeMap<String, usize> = BTreeMap::new();
    // Few words are given by many pages: each is folded once.
    let mut by_word: BTreeMap<&str, usize> = BTreeMap::new();
    for page in pages.iter().filter(|page| !page.is_expired) {
        for word in page.document.terms.get(&taxonomy.name).into_iter().flatten() {
            let place = *by_word.entry(word).or_insert_with(|| {
                *by_slug.entry(slug(word)).or_insert_with_key(|slug| {
                    let url = UrlPath::page([taxonomy.name.as_str(), slug]);
                    terms.push(TermPage { title: word.clone(), url, pages: Vec::new() });
                    terms.len() - 1
                })
            });
            // A page that gives the word twice comes twice in a row.
            let found = &mut terms[place].pages;
            if found.last() != Some(&page.id) {
                found.push(page.id);
            }
        }
    }
    // By address where the titles are alike, so that the order does not depend on the pages.
    terms.sort_by_cached_key(|term| (fold(&term.title), term.url.clone()));
    terms.par_iter_mut().for_each(|term| {
        term.pages.sort_by_key(|id| (pages[*id].folded_title.as_str(), *id));
    });
    TermGroup { taxonomy: taxonomy.clone(), url: UrlPath::page([taxonomy.name.as_str()]), terms }
}
