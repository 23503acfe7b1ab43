//! What the pages of the site are to machines: what their types say of them, and what sections are
//! of which the pages are parts of one whole.

use crate::document::{Structured, Type};

use super::query;
use super::{Page, PageKind, Site};

/// The whole of which pages of each type are parts, when they lie in one section.
const WHOLES: [(&str, &str); 2] = [("DefinedTerm", "DefinedTermSet"), ("HowToStep", "HowTo")];

/// The description of `page`: the first of its type whose conditions hold.
pub fn description<'a>(site: &'a Site, page: &'a Page) -> Option<&'a Structured> {
    let schema = page.document.schema.as_ref()?;
    let holds = |(field, values): &(String, Vec<String>)| {
        let value = page.document.fields.get(field);
        value.is_some_and(|value| values.iter().any(|one| query::equals(site, page, value, one)))
    };
    schema.structured.iter().find(|description| description.conditions.iter().all(holds))
}

/// What `page` is about: what its type says, or else the whole of which the pages in it are parts.
pub fn kind(site: &Site, page: &Page) -> Option<&'static Type> {
    if let Some(description) = description(site, page) {
        return Some(description.kind);
    }
    if page.kind != PageKind::Section {
        return None;
    }
    let children = page.children.iter().map(|id| &site.pages[*id]);
    let kinds = children.filter_map(|child| description(site, child)).map(|child| child.kind);
    let mut wholes = kinds.filter_map(|part| WHOLES.iter().find(|(name, _)| *name == part.name));
    wholes.next().and_then(|(_, whole)| Type::of(whole))
}
