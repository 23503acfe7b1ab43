//! Pages by the words that they give themselves.

use std::collections::BTreeMap;

use crate::base::UrlPath;
use crate::base::text::{fold, slug};
use crate::source::Config;
use crate::source::config::Taxonomy;

use super::page::{Page, PageId};

/// One taxonomy and its terms.
#[derive(Clone, Debug)]
pub struct TermGroup {
    /// The taxonomy.
    pub taxonomy: Taxonomy,
    /// The page that lists the terms.
    pub url: UrlPath,
    /// The terms in alphabetical order.
    pub terms: Vec<TermPage>,
}

/// One term and the pages that have it.
#[derive(Clone, Debug)]
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

fn group(pages: &[Page], taxonomy: &Taxonomy) -> TermGroup {
    let mut terms: BTreeMap<String, TermPage> = BTreeMap::new();
    for page in pages {
        for term in page.document.terms.get(&taxonomy.name).into_iter().flatten() {
            let slug = slug(term);
            let found = terms.entry(slug.clone()).or_insert_with(|| TermPage {
                title: term.clone(),
                url: UrlPath::page([taxonomy.name.as_str(), &slug]),
                pages: Vec::new(),
            });
            if !found.pages.contains(&page.id) {
                found.pages.push(page.id);
            }
        }
    }
    let mut terms: Vec<TermPage> = terms.into_values().collect();
    terms.sort_by_cached_key(|term| fold(&term.title));
    for term in &mut terms {
        term.pages.sort_by_cached_key(|id| (fold(&pages[*id].title), *id));
    }
    TermGroup { taxonomy: taxonomy.clone(), url: UrlPath::page([taxonomy.name.as_str()]), terms }
}
