//! The fields of a page as readers see them: one value, several, a table, or a text.

use crate::document::{Field, Fields, Kind, Value};
use crate::site::{Page, Resolved, Site};

use super::fill::{Filler, asset_link};
use super::format::Format;
use super::view::{Cell, Fact};

/// The fields of `page` that have a value, in the order of its schema.
pub fn facts<'a>(
    site: &'a Site,
    page: &'a Page,
    format: Format,
    filler: &mut Filler<'a>,
) -> Vec<Fact> {
    let Some(schema) = &page.document.schema else { return Vec::new() };
    let fields = &page.document.fields;
    schema
        .fields
        .iter()
        .filter_map(|field| Some((field, fields.get(&field.name)?)))
        .map(|(field, value)| fact(site, page, format, filler, field, value))
        .filter(|fact| !fact.is_empty())
        .collect()
}

/// The text of the values of one field: what search filters offer.
pub fn texts(site: &Site, page: &Page, format: Format, name: &str) -> Vec<String> {
    let field = page.document.schema.as_ref().and_then(|schema| schema.field(name));
    let value = page.document.fields.get(name);
    let (Some(field), Some(value)) = (field, value) else { return Vec::new() };
    cells(site, page, format, &field.kind, value).into_iter().map(|cell| cell.text).collect()
}

impl Fact {
    fn is_empty(&self) -> bool {
        self.values.is_empty() && self.rows.is_empty() && self.html.is_empty()
    }

    /// All words of the fact: what search reads.
    pub fn text(&self) -> String {
        let cells = self.values.iter().chain(self.rows.iter().flatten());
        let words = cells.map(|cell| cell.text.as_str());
        let label = std::iter::once(self.label.as_str());
        label.chain(words).collect::<Vec<_>>().join(" · ")
    }
}

fn fact<'a>(
    site: &Site,
    page: &Page,
    format: Format,
    filler: &mut Filler<'a>,
    field: &Field,
    value: &'a Value,
) -> Fact {
    let mut fact = Fact {
        name: field.name.clone(),
        label: field.label.clone(),
        kind: "value",
        values: Vec::new(),
        columns: Vec::new(),
        rows: Vec::new(),
        html: String::new(),
    };
    match (&field.kind, value) {
        (Kind::Markdown, Value::Markdown(body)) => {
            fact.kind = "markdown";
            fact.html = filler.fill(body, &body.html);
        }
        (Kind::Object(fields), Value::Object(values)) => {
            fact.kind = "table";
            fact.rows.push(row(site, page, format, fields, values));
            fact.columns = fields.iter().map(|field| field.label.clone()).collect();
        }
        (Kind::List(item), Value::List(items)) => match &**item {
            Kind::Object(fields) => {
                fact.kind = "table";
                let rows = items.iter().filter_map(|item| match item {
                    Value::Object(values) => Some(row(site, page, format, fields, values)),
                    _ => None,
                });
                fact.rows = rows.collect();
                fact.columns = fields.iter().map(|field| field.label.clone()).collect();
            }
            _ => fact.values = cells(site, page, format, &field.kind, value),
        },
        _ => fact.values = cells(site, page, format, &field.kind, value),
    }
    drop_empty_columns(&mut fact);
    fact
}

fn row(site: &Site, page: &Page, format: Format, fields: &[Field], values: &Fields) -> Vec<Cell> {
    fields
        .iter()
        .map(|field| match values.get(&field.name) {
            None => Cell::default(),
            Some(value) => joined(cells(site, page, format, &field.kind, value)),
        })
        .collect()
}

/// A column that no row fills says nothing.
fn drop_empty_columns(fact: &mut Fact) {
    for column in (0..fact.columns.len()).rev() {
        if fact.rows.iter().all(|row| row[column].text.is_empty()) {
            fact.columns.remove(column);
            for row in &mut fact.rows {
                row.remove(column);
            }
        }
    }
}

/// Several values in one cell of a table.
fn joined(mut cells: Vec<Cell>) -> Cell {
    match cells.len() {
        1 => cells.remove(0),
        _ => {
            let texts: Vec<String> = cells.into_iter().map(|cell| cell.text).collect();
            Cell { text: texts.join(", "), ..Cell::default() }
        }
    }
}

fn cells(site: &Site, page: &Page, format: Format, kind: &Kind, value: &Value) -> Vec<Cell> {
    if let (Kind::List(item), Value::List(items)) = (kind, value) {
        return items.iter().flat_map(|value| cells(site, page, format, item, value)).collect();
    }
    cell(site, page, format, kind, value).into_iter().collect()
}

fn cell(site: &Site, page: &Page, format: Format, kind: &Kind, value: &Value) -> Option<Cell> {
    let plain = |text: String| Some(Cell { text, ..Cell::default() });
    match value {
        Value::Text(text) if matches!(kind, Kind::Email) => {
            let url = Some(format!("mailto:{text}"));
            Some(Cell { text: text.clone(), url, external: true })
        }
        Value::Text(text) => plain(text.clone()),
        Value::Markdown(body) => plain(body.text()),
        Value::Integer(number) => plain(format.number(*number as f64)),
        Value::Number(number) => plain(format.number(*number)),
        Value::Money { cents, currency } => plain(format.money(*cents, currency)),
        Value::Boolean(value) => plain(format.boolean(*value).to_owned()),
        Value::Date(date) => plain(format.date(*date)),
        Value::Period(from, to) => plain(format.period(*from, *to)),
        Value::Choice(_, label) => plain(label.clone()),
        Value::Url(url, title) => {
            let text = if title.is_empty() { host(url) } else { title };
            Some(Cell { text: text.to_owned(), url: Some(url.clone()), external: true })
        }
        Value::Page(reference) | Value::Asset(reference) => {
            match page.references.get(*reference)?.as_ref()? {
                Resolved::Page(id) => {
                    let page = &site.pages[*id];
                    let url = Some(page.url.to_string());
                    Some(Cell { text: page.title.clone(), url, external: false })
                }
                Resolved::Asset(path) => {
                    let text = path.name().to_owned();
                    Some(Cell { text, url: asset_link(site, path), external: false })
                }
            }
        }
        Value::List(_) | Value::Object(_) => None,
    }
}

/// The site of an address: `gazzettaufficiale.it`.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}
