//! Lists of pages that a page asks for: by type, folder and field values, in an order.

use std::cmp::Ordering;

use crate::base::text::{fold, nearest};
use crate::base::{Diagnostics, SourcePath, catalogue};
use crate::document::{Filter, Query, Schemas, SortKey, Value};
use crate::source::tree::CONTENT;

use super::Site;
use super::assemble::SECTION_FILE;
use super::page::{Page, PageId, PageKind, Resolved};

/// The pages of each list of page `id`.
pub fn run_all(site: &Site, id: PageId, schemas: &Schemas) -> Vec<Vec<PageId>> {
    let queries = &site.pages[id].document.meta.lists;
    queries.iter().map(|query| run(site, id, query, schemas)).collect()
}

/// What is wrong with the lists of `page`.
pub fn check(page: &Page, schemas: &Schemas) -> Diagnostics {
    let types = page.document.meta.lists.iter().filter_map(|query| query.page_type.as_ref());
    types
        .filter(|(name, _)| schemas.get(name).is_none())
        .map(|(name, span)| {
            let near = nearest(name, schemas.iter().map(|schema| schema.name.as_str()));
            catalogue::unknown_page_type(span.clone(), name, near)
        })
        .collect()
}

fn run(site: &Site, id: PageId, query: &Query, schemas: &Schemas) -> Vec<PageId> {
    let schema = query.page_type.as_ref().and_then(|(name, _)| schemas.get(name));
    let mut found: Vec<PageId> = site
        .pages
        .iter()
        .filter(|page| page.id != id && !page.is_expired && matches(site, page, query))
        .map(|page| page.id)
        .collect();
    let keys = match (query.order.as_slice(), schema) {
        ([], Some(schema)) => &schema.order,
        (keys, _) => keys,
    };
    sort(&mut found, &site.pages, keys);
    found.truncate(query.limit.unwrap_or(usize::MAX));
    found
}

fn matches(site: &Site, page: &Page, query: &Query) -> bool {
    let of_type = match &query.page_type {
        Some((name, _)) => page.type_name() == name,
        None => page.kind == PageKind::Page,
    };
    let is_under = query.under.as_ref().is_none_or(|folder| {
        page.place.below(CONTENT).is_some_and(|below| {
            below.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
        })
    });
    of_type && is_under && query.filters.iter().all(|filter| has_value(site, page, filter))
}

fn has_value(site: &Site, page: &Page, filter: &Filter) -> bool {
    let is_term =
        page.document.terms.get(&filter.field).is_some_and(|terms| terms.contains(&filter.value));
    let field = page.document.fields.get(&filter.field);
    is_term || field.is_some_and(|value| equals(site, page, value, &filter.value))
}

/// Whether a value of `page` is `wanted`, as a front matter would write it.
pub(super) fn equals(site: &Site, page: &Page, value: &Value, wanted: &str) -> bool {
    match value {
        Value::Text(text) | Value::Choice(text, _) | Value::Url(text, _) | Value::Urn(text) => {
            text == wanted
        }
        Value::Integer(number) => number.to_string() == wanted,
        Value::Boolean(value) => value.to_string() == wanted,
        Value::Date(date) => date.to_string() == wanted,
        Value::List(items) => items.iter().any(|item| equals(site, page, item, wanted)),
        Value::Page(reference) => matches!(
            page.references.get(*reference),
            Some(Some(Resolved::Page(id))) if stem(&site.pages[*id]) == wanted
        ),
        _ => false,
    }
}

/// The short name of a page: its file's stem, or its folder's name.
pub fn stem(page: &Page) -> &str {
    stem_of(&page.place)
}

/// The same of the page at `place`.
pub(super) fn stem_of(place: &SourcePath) -> &str {
    match place.name() {
        SECTION_FILE => place.folder().rsplit('/').next().unwrap_or_default(),
        _ => place.stem(),
    }
}

/// Sorts pages by `keys`, then by `order` and title.
pub fn sort(ids: &mut [PageId], pages: &[Page], keys: &[SortKey]) {
    ids.sort_by(|left, right| {
        let (left, right) = (&pages[*left], &pages[*right]);
        let by_keys = keys
            .iter()
            .map(|key| {
                // Pages that do not say come last, whichever way the others are sorted.
                match (is_given(left, &key.name), is_given(right, &key.name)) {
                    (true, false) => Ordering::Less,
                    (false, true) => Ordering::Greater,
                    _ if key.is_descending => compare(right, left, &key.name),
                    _ => compare(left, right, &key.name),
                }
            })
            .find(|ordering| ordering.is_ne());
        by_keys.unwrap_or_else(|| default_order(left).cmp(&default_order(right)))
    });
}

/// Pages with an order first, then by title.
fn default_order(page: &Page) -> (bool, Option<i64>, &str, PageId) {
    let order = page.document.meta.order;
    (order.is_none(), order, &page.folded_title, page.id)
}

/// Whether a page has a value for a sort key.
fn is_given(page: &Page, key: &str) -> bool {
    let meta = &page.document.meta;
    match key {
        "title" => true,
        "order" => meta.order.is_some(),
        "date" => meta.date.is_some(),
        "updated" => meta.updated.is_some(),
        "verified" => meta.verified.is_some(),
        field => page.document.fields.contains_key(field),
    }
}

fn compare(left: &Page, right: &Page, key: &str) -> Ordering {
    match key {
        "order" => left.document.meta.order.cmp(&right.document.meta.order),
        "title" => left.folded_title.cmp(&right.folded_title),
        "date" => left.document.meta.date.cmp(&right.document.meta.date),
        "updated" => left.document.meta.updated.cmp(&right.document.meta.updated),
        "verified" => left.document.meta.verified.cmp(&right.document.meta.verified),
        field => compare_values(left.document.fields.get(field), right.document.fields.get(field)),
    }
}

/// Values of one kind by size; of others only the order of the pages is known.
pub(super) fn compare_values(left: Option<&Value>, right: Option<&Value>) -> Ordering {
    match (left, right) {
        (Some(Value::Integer(left)), Some(Value::Integer(right))) => left.cmp(right),
        (Some(Value::Number(left)), Some(Value::Number(right))) => left.total_cmp(right),
        (Some(Value::Date(left)), Some(Value::Date(right))) => left.cmp(right),
        (Some(Value::Money { cents: left, .. }), Some(Value::Money { cents: right, .. })) => {
            left.cmp(right)
        }
        (Some(Value::Period(left, _)), Some(Value::Period(right, _))) => left.cmp(right),
        (Some(Value::Text(left)), Some(Value::Text(right)))
        | (Some(Value::Choice(_, left)), Some(Value::Choice(_, right))) => {
            natural(left).cmp(&natural(right))
        }
        _ => Ordering::Equal,
    }
}

/// A text cut into words and numbers, so that `A2` comes before `A10`.
pub fn natural(text: &str) -> Vec<(String, u64)> {
    let mut parts: Vec<(String, u64)> = Vec::new();
    let folded = fold(text);
    let mut rest = folded.as_str();
    while !rest.is_empty() {
        let digit = rest.find(|letter: char| letter.is_ascii_digit()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(digit);
        let end = after.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(after.len());
        let (number, after) = after.split_at(end);
        parts.push((word.to_owned(), number.parse().unwrap_or(0)));
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_inside_words_sort_by_size() {
        let mut codes = ["A10", "ATa", "A2", "A1"];
        codes.sort_by_key(|code| natural(code));
        assert_eq!(codes, ["A1", "A2", "A10", "ATa"]);
    }
}
