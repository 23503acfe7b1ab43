//! The rows of collections: which there are, which of them a figure asks for and in what order, and
//! what is wrong with a figure. How a row is shown is not known here.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::base::text::nearest;
use crate::base::{Date, Diagnostic, Diagnostics, Span, Text, catalogue};
use crate::document::figure::{Content, Named};
use crate::document::{
    ChartKind, Collection, Column, Fields, Figure, Form, Kind, Schemas, Source, Value,
};

use super::page::{Page, PageId, Resolved};
use super::{Site, query};

/// One row of a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The page that makes it.
    pub page: PageId,
    /// The item of the page's list, where items are the rows.
    pub item: Option<usize>,
}

/// All rows of `collection`, in the order of its pages.
pub fn rows(site: &Site, collection: &Collection, schemas: &Schemas) -> Vec<Row> {
    let is_of_type = |page: &&Page| match &collection.page_type {
        Some(name) => page.type_name() == name,
        None => page.document.is_written,
    };
    let pages = site.pages.iter().filter(is_of_type).filter(|page| !page.is_expired);
    let mut pages: Vec<PageId> = pages.map(|page| page.id).collect();
    let schema = collection.page_type.as_ref().and_then(|name| schemas.get(name));
    query::sort(&mut pages, &site.pages, schema.map_or(&[], |schema| &schema.order));
    let Some(list) = &collection.items else {
        return pages.into_iter().map(|page| Row { page, item: None }).collect();
    };
    let n_items = |page: PageId| match site.pages[page].document.fields.get(list) {
        Some(Value::List(items)) => items.len(),
        _ => 0,
    };
    let of_page = |page: PageId| (0..n_items(page)).map(move |item| Row { page, item: Some(item) });
    pages.into_iter().flat_map(of_page).collect()
}

/// Those of `rows` that `figure` asks for, in its order: their places among `rows`.
pub fn select(site: &Site, collection: &Collection, rows: &[Row], figure: &Figure) -> Vec<usize> {
    let is_wanted = |row: Row| {
        figure.conditions.iter().all(|condition| {
            let column = collection.column(&condition.column.0);
            column
                .is_some_and(|column| has_one_of(site, collection, row, column, &condition.values))
        })
    };
    let mut chosen: Vec<usize> = (0..rows.len()).filter(|place| is_wanted(rows[*place])).collect();
    let keys: Vec<(&Column, bool)> = figure
        .order
        .iter()
        .filter_map(|key| Some((collection.column(&key.name)?, key.is_descending)))
        .collect();
    chosen.sort_by(|left, right| {
        let by_keys = keys.iter().map(|(column, is_descending)| {
            let [left, right] =
                [left, right].map(|place| value(site, collection, rows[*place], column));
            let order = match (&left, &right) {
                (Some(left), Some(right)) => compare(site, left, right),
                // Rows that do not say come last, whichever way the others are sorted.
                (left, right) => return right.is_some().cmp(&left.is_some()),
            };
            if *is_descending { order.reverse() } else { order }
        });
        by_keys.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    chosen.truncate(figure.limit.unwrap_or(usize::MAX));
    chosen
}

/// A value of a row, and the page whose references it counts.
pub enum Held<'a> {
    /// A value of a field.
    Value(&'a Value, &'a Page),
    /// A page.
    Page(&'a Page),
    /// A text of the program's own.
    Text(Cow<'a, str>),
}

/// The value of `row` in `column`.
pub fn value<'a>(
    site: &'a Site,
    collection: &Collection,
    row: Row,
    column: &Column,
) -> Option<Held<'a>> {
    let page = &site.pages[row.page];
    let fields = &page.document.fields;
    let date = |date: Option<Date>| date.map(|date| Held::Text(Cow::Owned(date.to_string())));
    match &column.source {
        Source::Page => Some(Held::Page(page)),
        Source::Type => Some(page.type_label())
            .filter(|label| !label.is_empty())
            .map(|label| Held::Text(Cow::Borrowed(label))),
        Source::Section => Some(page.url.section())
            .filter(|section| !section.is_empty())
            .map(|section| Held::Text(Cow::Borrowed(section))),
        Source::Updated => date(page.document.meta.updated),
        Source::Verified => date(page.document.meta.verified),
        Source::Facet | Source::Field(_) => {
            fields.get(&column.name).map(|value| Held::Value(value, page))
        }
        Source::Item(_) => {
            item(page, collection, row)?.get(&column.name).map(|value| Held::Value(value, page))
        }
    }
}

/// The fields of the item of `row`.
fn item<'a>(page: &'a Page, collection: &Collection, row: Row) -> Option<&'a Fields> {
    let list = page.document.fields.get(collection.items.as_ref()?)?;
    match list {
        Value::List(items) => match items.get(row.item?) {
            Some(Value::Object(fields)) => Some(fields),
            _ => None,
        },
        _ => None,
    }
}

fn has_one_of(
    site: &Site,
    collection: &Collection,
    row: Row,
    column: &Column,
    wanted: &[String],
) -> bool {
    let held = value(site, collection, row, column);
    wanted.iter().any(|wanted| match &held {
        None => wanted.is_empty(),
        Some(Held::Text(text)) => text == wanted,
        Some(Held::Page(page)) => is_called(page, wanted),
        Some(Held::Value(value, page)) => equals(site, page, value, wanted),
    })
}

fn is_called(page: &Page, wanted: &str) -> bool {
    query::stem(page) == wanted || page.title == wanted
}

/// Whether a value is `wanted`, as a front matter would write it or as readers see it.
fn equals(site: &Site, page: &Page, value: &Value, wanted: &str) -> bool {
    let is_seen = match value {
        Value::Choice(_, seen) | Value::Url(_, seen) => seen == wanted,
        Value::Number(number) => number.to_string() == wanted,
        Value::List(items) => items.iter().any(|item| equals(site, page, item, wanted)),
        Value::Page(_) => named(site, page, value).is_some_and(|page| page.title == wanted),
        _ => false,
    };
    is_seen || query::equals(site, page, value, wanted)
}

/// The page that a value names.
fn named<'a>(site: &'a Site, page: &Page, value: &Value) -> Option<&'a Page> {
    let Value::Page(reference) = value else { return None };
    match page.references.get(*reference)?.as_ref()? {
        Resolved::Page(id) => Some(&site.pages[*id]),
        Resolved::Asset(_) => None,
    }
}

fn compare(site: &Site, left: &Held<'_>, right: &Held<'_>) -> Ordering {
    match (left, right) {
        (Held::Text(left), Held::Text(right)) => left.cmp(right),
        (Held::Page(left), Held::Page(right)) => left.folded_title.cmp(&right.folded_title),
        (Held::Value(left, left_page), Held::Value(right, right_page)) => {
            match (named(site, left_page, left), named(site, right_page, right)) {
                (Some(left), Some(right)) => left.folded_title.cmp(&right.folded_title),
                _ => query::compare_values(Some(left), Some(right)),
            }
        }
        _ => Ordering::Equal,
    }
}

/// What is wrong with the figures of `page`, and with the collection that it presents.
pub fn check(site: &Site, page: &Page, schemas: &Schemas) -> Diagnostics {
    let presented = page.document.meta.collection.iter().filter_map(|(name, span)| {
        let unknown = schemas.collection(name).is_none();
        unknown.then(|| unknown_collection(&(name.clone(), span.clone()), schemas))
    });
    let figures = page.document.figures.iter();
    presented.chain(figures.flat_map(|figure| check_figure(site, figure, schemas))).collect()
}

fn unknown_collection((name, span): &Named, schemas: &Schemas) -> Diagnostic {
    let names = schemas.collections().map(|collection| collection.name.as_str());
    catalogue::unknown_collection(span.clone(), name, nearest(name, names))
}

fn check_figure(site: &Site, figure: &Figure, schemas: &Schemas) -> Diagnostics {
    let Some(collection) = schemas.collection(&figure.collection.0) else {
        return vec![unknown_collection(&figure.collection, schemas)];
    };
    let mut diagnostics = Diagnostics::new();
    let conditions = figure.conditions.iter().map(|condition| &condition.column);
    let mut named: Vec<&Named> = conditions.chain(&figure.columns).collect();
    match &figure.form {
        Form::Rows => {}
        Form::Counts(rows, columns) => named.extend([rows, columns]),
        Form::Chart(kind, roles) => {
            named.extend(roles.values());
            diagnostics.extend(check_roles(figure, *kind, collection));
        }
    }
    let unknown = |name: &str, span: &Span| {
        let columns = collection.columns.iter().map(|column| column.name.as_str());
        let near = collection.nearest_column(name);
        catalogue::unknown_column(span.clone(), name, &collection.name, columns, near)
    };
    let is_known = |name: &str| collection.column(name).is_some();
    let columns = named.iter().filter(|(name, _)| !is_known(name));
    diagnostics.extend(columns.map(|(name, span)| unknown(name, span)));
    let keys = figure.order.iter().filter(|key| !is_known(&key.name));
    diagnostics.extend(keys.map(|key| unknown(&key.name, &figure.collection.1)));
    if diagnostics.is_empty() && !figure.conditions.is_empty() {
        let rows = rows(site, collection, schemas);
        if select(site, collection, &rows, figure).is_empty() {
            let span = figure.place.clone();
            diagnostics.push(catalogue::empty_figure(span, &collection.name));
        }
    }
    diagnostics
}

/// The place of the column that plays the part `role`: the one that is named for it, or the one of
/// that name.
pub fn place_of(figure: &Figure, role: &str, collection: &Collection) -> Option<usize> {
    let Form::Chart(_, roles) = &figure.form else { return None };
    collection.place(roles.get(role).map_or(role, |(name, _)| name))
}

fn check_roles(figure: &Figure, kind: ChartKind, collection: &Collection) -> Diagnostics {
    let Form::Chart(_, given) = &figure.form else { return Diagnostics::new() };
    let wrong = kind.roles().iter().filter_map(|role| {
        let Some(place) = place_of(figure, role.name, collection) else {
            // A name that is no column is reported as such.
            let is_missing = role.is_required && !given.contains_key(role.name);
            let missing = || catalogue::missing_field(figure.place.clone(), role.name);
            return is_missing.then(missing);
        };
        let column = &collection.columns[place];
        let (is_fit, expected) = match role.content {
            Content::Words => return None,
            Content::Number => (holds_numbers(column), Text::new("un numero", "a number")),
            Content::Period => (holds_periods(column), Text::new("un periodo", "a period")),
        };
        let span = given.get(role.name).map_or(&figure.place, |(_, span)| span);
        let wrong = || catalogue::wrong_column(span.clone(), &column.name, role.name, &expected);
        (!is_fit).then(wrong)
    });
    wrong.collect()
}

/// Whether the values of `column` are numbers.
pub fn holds_numbers(column: &Column) -> bool {
    let kind = kind(column);
    kind.is_some_and(|kind| matches!(kind, Kind::Integer | Kind::Number | Kind::Money))
}

fn holds_periods(column: &Column) -> bool {
    matches!(kind(column), Some(Kind::Period))
}

/// The kind of field whose values a column holds.
pub fn kind(column: &Column) -> Option<&Kind> {
    match &column.source {
        Source::Field(kind) | Source::Item(kind) => Some(kind),
        _ => None,
    }
}
