//! The ways to every page without a search: an index from A to Z, and one for each facet of the
//! search. A short index is one page; a long one gives each of its groups a page, so that no page
//! grows without end and an edit changes few. It says which pages stand where; `views` shows them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::base::UrlPath;
use crate::base::text::{fold, slug};
use crate::document::Schema;
use crate::site::{Page, PageId, PageKind, Site, query};

use super::pages::Context;
use super::theme::Theme;
use super::view::Link;
use super::views::SEARCH_FOLDER;
use super::{comparisons, indexed};

/// An index with more entries than this gives each group a page of its own.
const MOST_ON_ONE_PAGE: usize = 500;

/// The name of the index from A to Z, in its address.
const ALPHABET: &str = "a-z";

/// The name of a value of which nothing can stand in an address.
const NO_LETTERS: &str = "_";

/// One index of the site's pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its heading.
    pub title: String,
    /// Its page.
    pub url: UrlPath,
    /// Its groups in alphabetical order, none of them empty.
    pub groups: Vec<IndexGroup>,
    /// Whether each group has a page of its own.
    pub is_split: bool,
}

/// The pages under one letter or one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexGroup {
    /// The letter or value.
    pub title: String,
    /// Its anchor, and its name in addresses.
    pub name: String,
    /// Its page, if the index is split.
    pub url: UrlPath,
    /// The pages by title.
    pub pages: Vec<PageId>,
}

/// All indexes: from A to Z first, then the facets by name. Taxonomies have pages of their own.
pub fn indexes(context: Context<'_>) -> Vec<Index> {
    let Context { site, config, theme, .. } = context;
    let is_listed = |page: &&Page| !page.is_expired && page.kind != PageKind::Home;
    let pages: Vec<&Page> = site.pages.iter().filter(is_listed).collect();
    let other = theme.word("index_other");
    let letters = pages.iter().map(|page| (letter(page).unwrap_or(other), page.id));
    let mut indexes = vec![index(site, ALPHABET, theme.word("index_alphabet"), letters)];

    let schemas = pages.iter().filter_map(|page| page.document.schema.as_deref());
    let schemas: BTreeMap<&str, &Schema> =
        schemas.map(|schema| (schema.name.as_str(), schema)).collect();
    let labels = indexed::facet_labels(config, schemas.into_values(), theme);
    let facets: Vec<_> = pages.par_iter().map(|page| indexed::facets(site, config, page)).collect();
    let mut by_facet: BTreeMap<&str, Vec<(&str, PageId)>> = BTreeMap::new();
    for (page, facets) in pages.iter().zip(&facets) {
        for (facet, values) in facets {
            let values = values.iter().map(|value| (value.as_str(), page.id));
            by_facet.entry(facet).or_default().extend(values);
        }
    }
    for taxonomy in &config.taxonomies {
        by_facet.remove(taxonomy.name.as_str());
    }
    for (facet, entries) in by_facet {
        let label = labels.get(facet).map_or(facet, String::as_str);
        let title = theme.word("index_by").replace("{facet}", &in_a_sentence(label));
        indexes.push(index(site, facet, &title, entries.into_iter()));
    }
    indexes.retain(|index| !index.groups.is_empty());
    indexes
}

/// The links to all indexes, the taxonomies and the comparisons among them.
pub fn links(site: &Site, theme: &Theme, indexes: &[Index]) -> Vec<Link> {
    let link = |title: &str, url: &UrlPath| Link {
        title: title.to_owned(),
        url: url.to_string(),
        external: false,
    };
    let taxonomies = site.taxonomies.iter().map(|group| link(&group.taxonomy.title, &group.url));
    let indexes = indexes.iter().map(|index| link(&index.title, &index.url));
    indexes.chain(taxonomies).chain(comparisons::all_comparisons(site, theme)).collect()
}

fn index<'a>(
    site: &Site,
    name: &str,
    title: &str,
    entries: impl Iterator<Item = (&'a str, PageId)>,
) -> Index {
    let mut by_title: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
    entries.for_each(|(title, page)| by_title.entry(title).or_default().push(page));
    // Values that differ in case or accents only are one; the first spelling names it.
    let mut by_name: BTreeMap<String, (&str, Vec<PageId>)> = BTreeMap::new();
    for (title, pages) in by_title {
        let name = Some(slug(title)).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| NO_LETTERS.to_owned());
        by_name.entry(name).or_insert_with(|| (title, Vec::new())).1.extend(pages);
    }
    let groups = by_name.into_iter().map(|(group, (title, mut pages))| {
        pages.sort_by_cached_key(|id| (query::natural(sorted_title(&site.pages[*id])), *id));
        pages.dedup();
        let url = UrlPath::page([SEARCH_FOLDER, name, &group]);
        IndexGroup { title: title.to_owned(), name: group, url, pages }
    });
    let mut groups: Vec<IndexGroup> = groups.collect();
    groups.sort_by_cached_key(|group| (fold(&group.title), group.name.clone()));
    let n_entries: usize = groups.iter().map(|group| group.pages.len()).sum();
    Index {
        title: title.to_owned(),
        url: UrlPath::page([SEARCH_FOLDER, name]),
        groups,
        is_split: n_entries > MOST_ON_ONE_PAGE,
    }
}

/// The title of a page as it is sorted: quotes and other signs before it do not count.
fn sorted_title(page: &Page) -> &str {
    page.folded_title.trim_start_matches(|letter: char| !letter.is_alphanumeric())
}

/// The letter under which a title stands, if it begins with one from A to Z.
fn letter(page: &Page) -> Option<&'static str> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let first = *sorted_title(page).as_bytes().first()?;
    let place = usize::from(first.checked_sub(b'a')?);
    LETTERS.get(place..=place)
}

/// A label as it is written after other words: acronyms keep their capitals.
fn in_a_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}
