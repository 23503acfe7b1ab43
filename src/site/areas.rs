//! The areas of a site: the few pages of one type into which the others are divided, such as the
//! pillars of a project. A page belongs to the areas that its fields for pages of that type name, or
//! else to those of its section.

use serde::{Deserialize, Serialize};

use crate::document::{Kind, Schemas, Value};
use crate::source::Config;

use super::page::{Page, PageId, Resolved};
use super::{Site, query};

/// The areas in their order, which themes number from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Areas(Vec<Area>);

/// One area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its page.
    pub page: PageId,
    /// Its short name, or the title of the page where none is given.
    pub short: String,
}

impl Areas {
    /// The pages of the configured type.
    pub fn of(pages: &[Page], config: &Config, schemas: &Schemas) -> Self {
        let Some(areas) = &config.areas else { return Self::default() };
        let is_area = |page: &&Page| page.type_name() == areas.page_type.0 && !page.is_expired;
        let mut ids: Vec<PageId> = pages.iter().filter(is_area).map(|page| page.id).collect();
        let order = schemas.get(&areas.page_type.0).map_or(&[][..], |schema| &schema.order);
        query::sort(&mut ids, pages, order);
        let area = |page: PageId| {
            let field = areas.short.as_ref();
            let short = match field.and_then(|(name, _)| pages[page].document.fields.get(name)) {
                Some(Value::Text(short)) => short.clone(),
                _ => pages[page].title.clone(),
            };
            Area { page, short }
        };
        Self(ids.into_iter().map(area).collect())
    }

    /// The areas of `page`, each with its number, from 1.
    pub fn of_page(&self, site: &Site, page: &Page) -> Vec<(usize, &Area)> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let mut page = page;
        loop {
            let named = named_pages(page, site.pages[self.0[0].page].type_name());
            let is_own = |area: &Area| area.page == page.id || named.contains(&area.page);
            let own: Vec<(usize, &Area)> =
                (1..).zip(&self.0).filter(|(_, area)| is_own(area)).collect();
            match page.parent {
                Some(parent) if own.is_empty() => page = &site.pages[parent],
                _ => return own,
            }
        }
    }
}

/// The pages that the fields of `page` for pages of the type `page_type` name.
fn named_pages(page: &Page, page_type: &str) -> Vec<PageId> {
    let Some(schema) = &page.document.schema else { return Vec::new() };
    let is_for_type = |kind: &Kind| match kind {
        Kind::List(item) => matches!(&**item, Kind::Page(Some(name)) if name == page_type),
        kind => matches!(kind, Kind::Page(Some(name)) if name == page_type),
    };
    let fields = schema.fields.iter().filter(|field| is_for_type(&field.kind));
    let values = fields.filter_map(|field| page.document.fields.get(&field.name));
    let references = values.flat_map(|value| match value {
        Value::List(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    });
    let named = references.filter_map(|value| match value {
        Value::Page(reference) => page.references.get(*reference)?.as_ref(),
        _ => None,
    });
    let pages = named.filter_map(|resolved| match resolved {
        Resolved::Page(id) => Some(*id),
        Resolved::Asset(_) => None,
    });
    pages.collect()
}
