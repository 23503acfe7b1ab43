//! Collections: tables of data that the pages of a type make, declared in the type's schema. A row
//! is a page, or an item of a list that its pages hold. This says what a collection has; its rows
//! are found when all pages are known.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::text::nearest;
use crate::base::{Diagnostics, Span, catalogue};
use crate::source::MapReader;

use super::schema::{Field, Kind, Schema};

/// The collection of all pages, which every site has.
pub const PAGES: &str = "pagine";

/// A table of data.
#[derive(Clone, Debug)]
pub struct Collection {
    /// Its name: in the figures that show it and in the names of its files.
    pub name: String,
    /// What readers see of it.
    pub title: String,
    /// What one row is, and where the rows come from.
    pub description: String,
    /// The page type whose pages make it; all pages without one.
    pub page_type: Option<String>,
    /// The list field whose items are the rows; without it the pages are.
    pub items: Option<String>,
    /// The columns in order.
    pub columns: Vec<Column>,
}

/// A column of a collection.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name in conditions and in files.
    pub name: String,
    /// What readers see of it.
    pub label: String,
    /// What its values mean.
    pub help: String,
    /// Where they come from.
    pub source: Source,
}

/// Where the values of a column come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// The page itself.
    Page,
    /// The type of the page.
    Type,
    /// The first folder of its address.
    Section,
    /// When it last changed.
    Updated,
    /// When it was last checked.
    Verified,
    /// A field of the page, whatever its type.
    Facet,
    /// A field of the page's type.
    Field(Kind),
    /// A field of the item.
    Item(Kind),
}

impl Collection {
    /// The place of the column called `name`.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The column called `name`.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.place(name).map(|place| &self.columns[place])
    }

    /// The known column that `name` may have been meant for.
    pub fn nearest_column(&self, name: &str) -> Option<&str> {
        nearest(name, self.columns.iter().map(|column| column.name.as_str()))
    }

    /// All pages, with the facets of all types as columns.
    pub fn of_all_pages<'a>(schemas: impl Iterator<Item = &'a Schema> + Clone) -> Self {
        let mut columns = vec![
            column("pagina", "Pagina", "La pagina.", Source::Page),
            column("tipo", "Tipo", "Il tipo della pagina.", Source::Type),
            column("sezione", "Sezione", "La prima parte dell'indirizzo.", Source::Section),
        ];
        let facets =
            schemas.flat_map(|schema| schema.facets.iter().filter_map(|facet| schema.field(facet)));
        let labels: BTreeMap<&str, &str> =
            facets.map(|field| (field.name.as_str(), field.label.as_str())).collect();
        for (name, label) in labels {
            if columns.iter().all(|known| known.name != name) {
                columns.push(column(name, label, "", Source::Facet));
            }
        }
        columns.extend(dates());
        Self {
            name: PAGES.to_owned(),
            title: "Pagine".to_owned(),
            description: "Una riga per ogni pagina del sito.".to_owned(),
            page_type: None,
            items: None,
            columns,
        }
    }
}

fn column(name: &str, label: &str, help: &str, source: Source) -> Column {
    Column { name: name.to_owned(), label: label.to_owned(), help: help.to_owned(), source }
}

/// The columns that every collection can have beside its fields.
fn dates() -> [Column; 2] {
    [
        column("aggiornata", "Aggiornata", "Quando la pagina è cambiata.", Source::Updated),
        column(
            "verificata",
            "Verificata",
            "Quando i fatti sono stati controllati.",
            Source::Verified,
        ),
    ]
}

/// Reads the key `collections` of the schema of `page_type`, whose pages have `fields`.
pub(super) fn collections(
    reader: &mut MapReader<'_>,
    page_type: &str,
    label: &str,
    fields: &[Field],
) -> Vec<Collection> {
    let mut collections = Vec::new();
    for (key, node) in reader.entries("collections") {
        collections.push(reader.each(node, |reader| {
            let title = reader.text("title");
            let items = items(reader, fields);
            let known = known_columns(page_type, label, fields, items.as_ref());
            Collection {
                name: key.name.clone(),
                title: reader.required("title", title).unwrap_or_default(),
                description: reader.text("description").unwrap_or_default(),
                page_type: Some(page_type.to_owned()),
                columns: chosen_columns(reader, known),
                items: items.map(|(name, _)| name),
            }
        }));
    }
    collections
}

/// The list of groups whose items are the rows, and what a group holds.
fn items<'f>(reader: &mut MapReader<'_>, fields: &'f [Field]) -> Option<(String, &'f [Field])> {
    let (name, span) = reader.placed_texts("rows").into_iter().next()?;
    let lists = fields.iter().filter_map(|field| match &field.kind {
        Kind::List(item) => match &**item {
            Kind::Object(fields) => Some((field.name.as_str(), fields.as_slice())),
            _ => None,
        },
        _ => None,
    });
    let found = lists.clone().find(|(list, _)| *list == name);
    if found.is_none() {
        let near = nearest(&name, lists.map(|(list, _)| list)).map(str::to_owned);
        reader.diagnostics.push(catalogue::undeclared_field(span, &name, near.as_deref()));
    }
    found.map(|(_, fields)| (name, fields))
}

/// The page, its fields and those of an item, in the order in which a table best shows them.
fn known_columns(
    page_type: &str,
    label: &str,
    fields: &[Field],
    items: Option<&(String, &[Field])>,
) -> Vec<Column> {
    let of_field = |field: &Field, source: fn(Kind) -> Source| {
        column(&field.name, &field.label, &field.help, source(field.kind.clone()))
    };
    let is_simple = |field: &&Field| match &field.kind {
        Kind::Object(_) | Kind::Markdown => false,
        Kind::List(item) => !matches!(**item, Kind::Object(_) | Kind::Markdown),
        _ => true,
    };
    let page = column(page_type, label, "La pagina del sito da cui viene la riga.", Source::Page);
    let own = fields.iter().filter(is_simple).map(|field| of_field(field, Source::Field));
    let of_items = items.map_or(&[][..], |(_, fields)| fields);
    let of_items = of_items.iter().filter(is_simple).map(|field| of_field(field, Source::Item));
    std::iter::once(page).chain(own).chain(of_items).chain(dates()).collect()
}

/// Those that the schema lists, or all.
fn chosen_columns(reader: &mut MapReader<'_>, known: Vec<Column>) -> Vec<Column> {
    let chosen = reader.placed_texts("columns");
    if chosen.is_empty() {
        return known;
    }
    let mut columns = Vec::new();
    for (name, span) in &chosen {
        match known.iter().find(|column| column.name == *name) {
            Some(column) => columns.push(column.clone()),
            None => {
                let near = nearest(name, known.iter().map(|column| column.name.as_str()));
                let near = near.filter(|near| chosen.iter().all(|(name, _)| name != near));
                reader.diagnostics.push(catalogue::undeclared_field(span.clone(), name, near));
            }
        }
    }
    columns
}

/// Puts the collections of all types together; of two with one name the second is reported.
pub(super) fn gather<'a>(
    schemas: impl Iterator<Item = &'a Schema> + Clone,
    diagnostics: &mut Diagnostics,
    place: impl Fn(&Schema, &str) -> Span,
) -> BTreeMap<String, Arc<Collection>> {
    let pages = Collection::of_all_pages(schemas.clone());
    let mut all = BTreeMap::from([(PAGES.to_owned(), Arc::new(pages))]);
    for schema in schemas {
        for collection in &schema.collections {
            if all.contains_key(&collection.name) {
                let span = place(schema, &collection.name);
                diagnostics.push(catalogue::duplicate_collection(span, &collection.name));
            } else {
                all.insert(collection.name.clone(), Arc::new(collection.clone()));
            }
        }
    }
    all
}
