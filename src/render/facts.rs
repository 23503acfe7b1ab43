//! The fields of a page as readers see them: one value, several, a table, or a text.

use crate::document::{Body, Field, Fields, Kind, Show, Value};
use crate::site::{Page, Resolved, Site};

use super::fill::{Filler, asset_link};
use super::format::Format;
use super::view::{Cell, Fact};

/// Where acts of law are read, before their uniform name.
pub(super) const NORMATTIVA: &str = "https://www.normattiva.it/uri-res/N2Ls?";

/// The box of short values is to be taken in at a glance: more pages than these have a section.
const MOST_PAGES_IN_A_BOX: usize = 3;

/// The fields of one page and what is needed to show them.
#[derive(Clone, Copy)]
pub struct FieldReader<'a> {
    /// The pages that fields refer to.
    pub site: &'a Site,
    /// The page.
    pub page: &'a Page,
    /// Its texts. Without them its Markdown fields are empty: other pages show none of these.
    pub bodies: &'a [Body],
    /// How values are written.
    pub format: Format,
}

impl<'a> FieldReader<'a> {
    /// The fields that have a value, in the order of the page's type.
    pub fn facts(self, filler: &mut Filler<'a>) -> Vec<Fact> {
        let Some(schema) = &self.page.document.schema else { return Vec::new() };
        let fields = &self.page.document.fields;
        schema
            .fields
            .iter()
            .filter(|field| field.show != Some(Show::Hidden))
            .filter_map(|field| Some((field, fields.get(&field.name)?)))
            .map(|(field, value)| self.fact(filler, field, value))
            .filter(|fact| !fact.is_empty())
            .collect()
    }

    /// The text of the values of one field: what search filters offer.
    pub fn texts(self, name: &str) -> Vec<String> {
        let document = &self.page.document;
        let field = document.schema.as_ref().and_then(|schema| schema.field(name));
        let (Some(field), Some(value)) = (field, document.fields.get(name)) else {
            return Vec::new();
        };
        self.cells(&field.kind, value).into_iter().map(|cell| cell.text).collect()
    }

    /// The text of a single value whose field is not known.
    pub fn text(self, value: &Value) -> Option<String> {
        self.cell(&Kind::Text, value).map(|cell| cell.text)
    }

    fn fact(self, filler: &mut Filler<'a>, field: &Field, value: &Value) -> Fact {
        let mut fact = Fact {
            name: field.name.clone(),
            label: field.label.clone(),
            kind: "value",
            ..Fact::default()
        };
        match (&field.kind, value) {
            (Kind::Markdown, Value::Markdown(body)) => {
                fact.kind = "markdown";
                if let Some(body) = self.bodies.get(*body) {
                    fact.html = filler.fill(body, &body.html);
                }
            }
            (Kind::Object(fields), Value::Object(values)) => {
                fact.kind = "table";
                fact.rows.push(self.row(fields, values));
                fact.columns = fields.iter().map(|field| field.label.clone()).collect();
            }
            (Kind::List(item), Value::List(items)) => match &**item {
                Kind::Object(fields) => {
                    fact.kind = "table";
                    let rows = items.iter().filter_map(|item| match item {
                        Value::Object(values) => Some(self.row(fields, values)),
                        _ => None,
                    });
                    fact.rows = rows.collect();
                    fact.columns = fields.iter().map(|field| field.label.clone()).collect();
                }
                _ => fact.values = self.cells(&field.kind, value),
            },
            _ => fact.values = self.cells(&field.kind, value),
        }
        let is_list_of_pages =
            matches!(&field.kind, Kind::List(item) if matches!(**item, Kind::Page(_)));
        if is_list_of_pages && fact.values.len() > MOST_PAGES_IN_A_BOX {
            fact.kind = "links";
        } else if field.show == Some(Show::Steps) {
            fact.kind = "steps";
        }
        drop_empty_columns(&mut fact);
        fact
    }

    fn row(self, fields: &[Field], values: &Fields) -> Vec<Cell> {
        fields
            .iter()
            .map(|field| match values.get(&field.name) {
                None => Cell::default(),
                Some(value) => joined(self.cells(&field.kind, value)),
            })
            .collect()
    }

    /// A value, or the values of a list, as readers see them.
    pub fn cells(self, kind: &Kind, value: &Value) -> Vec<Cell> {
        if let (Kind::List(item), Value::List(items)) = (kind, value) {
            return items.iter().flat_map(|value| self.cells(item, value)).collect();
        }
        self.cell(kind, value).into_iter().collect()
    }

    fn cell(self, kind: &Kind, value: &Value) -> Option<Cell> {
        let format = self.format;
        let plain = |text: String| Some(Cell { text, ..Cell::default() });
        match value {
            Value::Text(text) if matches!(kind, Kind::Email) => {
                let url = Some(format!("mailto:{text}"));
                Some(Cell { text: text.clone(), url, external: true })
            }
            Value::Text(text) => plain(text.clone()),
            Value::Markdown(body) => plain(self.bodies.get(*body)?.text()),
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
            Value::Urn(urn) => {
                let url = Some(format!("{NORMATTIVA}{urn}"));
                Some(Cell { text: "Normattiva".to_owned(), url, external: true })
            }
            Value::Page(reference) | Value::Asset(reference) => {
                match self.page.references.get(*reference)?.as_ref()? {
                    Resolved::Page(id) => {
                        let page = &self.site.pages[*id];
                        let url = Some(page.url.to_string());
                        Some(Cell { text: page.title.clone(), url, external: false })
                    }
                    Resolved::Asset(path) => {
                        let text = path.name().to_owned();
                        let url = asset_link(self.site, path);
                        Some(Cell { text, url, external: false })
                    }
                }
            }
            Value::List(_) | Value::Object(_) => None,
        }
    }
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

/// The site of an address: `gazzettaufficiale.it`.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}
