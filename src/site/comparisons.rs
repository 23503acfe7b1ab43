//! Which pages can be compared: those of one type that share a value of the field which their schema
//! names under `compare`. It says which pairs there are and where each has its page; what is shown of
//! the two is left to `render`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::base::{Diagnostics, UrlPath, catalogue};
use crate::document::{Schema, Schemas, Value};

use super::Site;
use super::page::{Page, PageId, Resolved};
use super::query;

/// The folder of all comparisons.
const FOLDER: &str = "confronti";

/// A group of more pages is not paired: pairs grow with the square of it.
const MOST_IN_A_GROUP: usize = 24;

/// All comparisons of a site.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Comparisons {
    /// Every pair of pages once, by type.
    pub pairs: Vec<Pair>,
    /// The same pairs as readers look for them: by type and by what the pages share.
    pub types: Vec<ComparedType>,
    /// The pairs of each page.
    of_pages: BTreeMap<PageId, Vec<usize>>,
    /// What each page is called beside others of its type.
    names: BTreeMap<PageId, String>,
}

/// Two pages side by side.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pair {
    /// The page that comes first in the order of the type.
    pub left: PageId,
    /// The page that comes after it.
    pub right: PageId,
    /// Where they are compared.
    pub url: UrlPath,
}

/// The comparisons of one type.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ComparedType {
    /// What several pages of the type are called.
    pub title: String,
    /// The groups that have pairs, by title.
    pub groups: Vec<ComparedGroup>,
}

/// The comparisons of the pages that share one value.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ComparedGroup {
    /// The value as readers see it.
    pub title: String,
    /// Its pairs, by their places in `Comparisons::pairs`.
    pub pairs: Vec<usize>,
}

/// The comparisons of `site`.
pub fn comparisons(site: &Site, schemas: &Schemas) -> Comparisons {
    let mut all = Comparisons::default();
    for schema in schemas.iter() {
        let mut known = BTreeMap::new();
        let mut groups = Vec::new();
        for group in groups_of(site, schema).into_iter().filter(|group| !group.is_too_large()) {
            let pairs: Vec<usize> = pairs(&group.pages)
                .map(|pair| *known.entry(pair).or_insert_with(|| all.add(site, schema, pair)))
                .collect();
            if !pairs.is_empty() {
                groups.push(ComparedGroup { title: group.title, pairs });
            }
        }
        all.names.extend(names(site, known.keys()));
        if !groups.is_empty() {
            all.types.push(ComparedType { title: schema.plural.clone(), groups });
        }
    }
    all
}

/// Reports the groups that have too many pages.
pub fn check(site: &Site, schemas: &Schemas) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for schema in schemas.iter() {
        let Some((_, span)) = &schema.compare else { continue };
        for group in groups_of(site, schema).iter().filter(|group| group.is_too_large()) {
            let n_pages = group.pages.len();
            let span = span.clone();
            let large =
                catalogue::too_many_to_compare(span, &group.title, n_pages, MOST_IN_A_GROUP);
            diagnostics.push(large);
        }
    }
    diagnostics
}

impl Comparisons {
    /// The page that lists all of them, if there are any.
    pub fn url(&self) -> Option<UrlPath> {
        (!self.pairs.is_empty()).then(|| UrlPath::page([FOLDER]))
    }

    /// The comparisons of page `id`, each with the other page of the pair.
    pub fn of_page(&self, id: PageId) -> impl Iterator<Item = (PageId, &Pair)> {
        let places = self.of_pages.get(&id).map_or(&[][..], Vec::as_slice);
        places.iter().map(move |place| {
            let pair = &self.pairs[*place];
            (if pair.left == id { pair.right } else { pair.left }, pair)
        })
    }

    /// What page `id` is called beside others of its type, more shortly than by its title if possible.
    pub fn name(&self, id: PageId) -> &str {
        self.names.get(&id).map_or("", String::as_str)
    }

    /// Takes note of a pair and gives its place. Its address always names the type, so that it does not
    /// depend on what other types there are.
    fn add(&mut self, site: &Site, schema: &Schema, (left, right): (PageId, PageId)) -> usize {
        let [first, second] = [left, right].map(|id| query::stem(&site.pages[id]));
        let url = UrlPath::page([FOLDER, &schema.name, &format!("{first}-e-{second}")]);
        let place = self.pairs.len();
        self.pairs.push(Pair { left, right, url });
        for id in [left, right] {
            self.of_pages.entry(id).or_default().push(place);
        }
        place
    }
}

/// Pages of one type that share a value.
struct Group {
    title: String,
    pages: Vec<PageId>,
}

impl Group {
    fn is_too_large(&self) -> bool {
        self.pages.len() > MOST_IN_A_GROUP
    }
}

/// The groups of a type by title, each with its pages in the order of the type.
fn groups_of(site: &Site, schema: &Schema) -> Vec<Group> {
    let Some((field, _)) = &schema.compare else { return Vec::new() };
    let pages = site.pages.iter().filter(|page| !page.is_expired);
    let of_type = pages.filter(|page| page.type_name() == schema.name);
    let mut ids: Vec<PageId> = of_type.map(|page| page.id).collect();
    query::sort(&mut ids, &site.pages, &schema.order);
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for id in ids {
        let page = &site.pages[id];
        let Some(value) = page.document.fields.get(field) else { continue };
        for (name, title) in shared(site, page, value) {
            let new = || Group { title: title.to_owned(), pages: Vec::new() };
            let pages = &mut groups.entry(name).or_insert_with(new).pages;
            // A page that gives the value twice comes twice in a row.
            if pages.last() != Some(&id) {
                pages.push(id);
            }
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_cached_key(|group| query::natural(&group.title));
    groups
}

/// What a value shares with equal ones: by what they are known as equal, and what readers see.
fn shared<'a>(site: &'a Site, page: &Page, value: &'a Value) -> Vec<(&'a str, &'a str)> {
    match value {
        Value::Text(text) => vec![(text, text)],
        Value::Choice(name, label) => vec![(name, label)],
        Value::Page(reference) => match page.references.get(*reference) {
            Some(Some(Resolved::Page(id))) => {
                let page = &site.pages[*id];
                vec![(page.place.as_str(), &page.title)]
            }
            _ => Vec::new(),
        },
        Value::List(items) => items.iter().flat_map(|item| shared(site, page, item)).collect(),
        _ => Vec::new(),
    }
}

/// Every page with each that comes after it.
fn pairs(pages: &[PageId]) -> impl Iterator<Item = (PageId, PageId)> {
    let after = |(place, left)| pages[place + 1..].iter().map(move |right| (left, *right));
    pages.iter().copied().enumerate().flat_map(after)
}

/// The names of the pages of some pairs. Of a title like “Treviso: a desk for all” the words before
/// the colon are enough, unless other pages begin like it.
fn names<'a>(
    site: &Site,
    pairs: impl Iterator<Item = &'a (PageId, PageId)>,
) -> BTreeMap<PageId, String> {
    let ids: BTreeSet<PageId> = pairs.flat_map(|(left, right)| [*left, *right]).collect();
    let mut by_name: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
    for id in ids {
        by_name.entry(beginning(&site.pages[id].title)).or_default().push(id);
    }
    let named = by_name.iter().flat_map(|(name, ids)| ids.iter().map(move |id| (*name, *id, ids)));
    let name = |(name, id, ids): (&str, PageId, &Vec<PageId>)| match ids.len() {
        1 => (id, name.to_owned()),
        _ => (id, site.pages[id].title.clone()),
    };
    named.map(name).collect()
}

fn beginning(title: &str) -> &str {
    title.split_once(": ").map_or(title, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_begins_with_what_stands_before_a_colon() {
        assert_eq!(beginning("Treviso: la gara: 2023"), "Treviso");
        assert_eq!(beginning("La gara alle 9:30"), "La gara alle 9:30");
    }

    #[test]
    fn every_two_pages_are_one_pair() {
        let pairs: Vec<_> = pairs(&[7, 3, 5]).collect();
        assert_eq!(pairs, [(7, 3), (7, 5), (3, 5)]);
    }
}
