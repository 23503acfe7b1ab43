//! The rows of collections as readers and programs see them: each value as cells, as JSON, and, where
//! it is one, as a number or a period. A collection is worked out when it is first asked for, so
//! sites without figures pay nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value as Json, json};

use crate::base::{Date, Hash};
use crate::document::{Collection, Column, Figure, Kind, Schemas, Source, Value};
use crate::site::rows::{self, Held};
use crate::site::{Page, PageId, Resolved, Row, Site};
use crate::source::Config;

use super::downloads::FileFormat;
use super::facts::FieldReader;
use super::format::Format;
use super::view::Cell;

/// All collections of a site.
pub struct Records<'a> {
    site: &'a Site,
    schemas: &'a Schemas,
    format: Format,
    tables: BTreeMap<&'a str, OnceLock<Table>>,
    /// The page that presents each collection.
    presented: BTreeMap<&'a str, PageId>,
}

/// One collection with its rows.
pub struct Table {
    /// What it has.
    pub collection: Arc<Collection>,
    /// Its rows, one value for each column.
    pub records: Vec<Vec<Datum>>,
    /// The fingerprint of all that is shown of it.
    pub hash: Hash,
    rows: Vec<Row>,
    /// Its files, in the order of `FileFormat::ALL`, once one was asked for.
    files: OnceLock<[String; 2]>,
}

/// One value.
#[derive(Clone, Debug, Default)]
pub struct Datum {
    /// As readers see it.
    pub cells: Vec<Cell>,
    /// As programs read it.
    pub json: Json,
    /// The number that it is.
    pub number: Option<f64>,
    /// The period that it is.
    pub period: Option<(Option<Date>, Option<Date>)>,
}

impl Datum {
    /// All words of it.
    pub fn text(&self) -> String {
        self.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl<'a> Records<'a> {
    /// The collections of `site`.
    pub fn of(site: &'a Site, schemas: &'a Schemas, config: &Config) -> Self {
        let tables = schemas.collections().map(|known| (known.name.as_str(), OnceLock::new()));
        let mut presented = BTreeMap::new();
        for page in site.pages.iter().filter(|page| !page.is_expired) {
            if let Some((name, _)) = &page.document.meta.collection
                && schemas.collection(name).is_some()
            {
                presented.entry(name.as_str()).or_insert(page.id);
            }
        }
        let format = Format::of(&config.language);
        Self { site, schemas, format, tables: tables.collect(), presented }
    }

    /// The collection called `name`.
    pub fn table(&self, name: &str) -> Option<&Table> {
        let collection = self.schemas.collection(name)?;
        Some(self.tables.get(name)?.get_or_init(|| self.worked_out(collection)))
    }

    /// The collections that a page presents, with that page, by name.
    pub fn presented(&self) -> impl Iterator<Item = (&Table, &'a Page)> {
        let page = |id: &PageId| &self.site.pages[*id];
        self.presented.iter().filter_map(move |(name, id)| Some((self.table(name)?, page(id))))
    }

    /// The page that presents the collection `name`.
    pub fn page_of(&self, name: &str) -> Option<&'a Page> {
        self.presented.get(name).map(|id| &self.site.pages[*id])
    }

    /// The rows that `figure` asks for: their places in its collection.
    pub fn select(&self, table: &Table, figure: &Figure) -> Vec<usize> {
        rows::select(self.site, &table.collection, &table.rows, figure)
    }

    fn worked_out(&self, collection: &Arc<Collection>) -> Table {
        let rows = rows::rows(self.site, collection, self.schemas);
        let record = |row: &Row| {
            let datum = |column: &Column| self.datum(collection, *row, column);
            collection.columns.iter().map(datum).collect::<Vec<_>>()
        };
        let records: Vec<Vec<Datum>> = rows.iter().map(record).collect();
        let mut shown = Vec::new();
        for column in &collection.columns {
            shown.extend(format!("{}\0", column.name).into_bytes());
        }
        for datum in records.iter().flatten() {
            shown.extend(datum.json.to_string().into_bytes());
            for cell in &datum.cells {
                shown.extend(format!("\0{}\0{:?}", cell.text, cell.url).into_bytes());
            }
        }
        for row in &rows {
            shown.extend(self.site.pages[row.page].url.as_str().as_bytes());
        }
        let hash = Hash::of(&shown);
        let (collection, files) = (Arc::clone(collection), OnceLock::new());
        Table { collection, records, hash, rows, files }
    }

    fn datum(&self, collection: &Collection, row: Row, column: &Column) -> Datum {
        match rows::value(self.site, collection, row, column) {
            None => Datum::default(),
            Some(Held::Page(page)) => self.page(page),
            Some(Held::Text(text)) => self.text(&text, &column.source),
            Some(Held::Value(value, page)) => {
                let kind = rows::kind(column).or_else(|| {
                    let schema = page.document.schema.as_ref()?;
                    Some(&schema.field(&column.name)?.kind)
                });
                kind.map_or_else(Datum::default, |kind| self.value(kind, value, page))
            }
        }
    }

    fn page(&self, page: &Page) -> Datum {
        let url = page.url.to_string();
        let json = json!({ "titolo": page.title, "indirizzo": page.url.pretty() });
        let cell = Cell { text: page.title.clone(), url: Some(url), external: false };
        Datum { cells: vec![cell], json, ..Datum::default() }
    }

    fn text(&self, text: &str, source: &Source) -> Datum {
        let is_date = matches!(source, Source::Updated | Source::Verified);
        let date = text.parse().ok().filter(|_| is_date);
        let shown = date.map_or_else(|| text.to_owned(), |date| self.format.date(date));
        let cell = Cell { text: shown, ..Cell::default() };
        Datum { cells: vec![cell], json: json!(text), ..Datum::default() }
    }

    fn value(&self, kind: &Kind, value: &Value, page: &Page) -> Datum {
        let fields = FieldReader { site: self.site, page, bodies: &[], format: self.format };
        Datum {
            cells: fields.cells(kind, value),
            json: self.json(value, page),
            number: match value {
                Value::Integer(number) => Some(*number as f64),
                Value::Number(number) => Some(*number),
                Value::Money { cents, .. } => Some(*cents as f64 / 100.0),
                _ => None,
            },
            period: match value {
                Value::Period(from, to) => Some((*from, *to)),
                _ => None,
            },
        }
    }

    fn json(&self, value: &Value, page: &Page) -> Json {
        match value {
            Value::Text(text) | Value::Choice(_, text) | Value::Urn(text) => json!(text),
            Value::Integer(number) => json!(number),
            // Whole numbers are written without a fraction.
            Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                json!(*number as i64)
            }
            Value::Number(number) => json!(number),
            Value::Money { cents, currency } => {
                json!({ "importo": *cents as f64 / 100.0, "valuta": currency })
            }
            Value::Boolean(value) => json!(value),
            Value::Date(date) => json!(date.to_string()),
            Value::Period(from, to) => {
                let [from, to] = [from, to].map(|date| date.map(|date| date.to_string()));
                json!({ "inizio": from, "fine": to })
            }
            Value::List(items) => items.iter().map(|item| self.json(item, page)).collect(),
            Value::Object(fields) => Json::Object(
                fields
                    .iter()
                    .map(|(name, value)| (name.clone(), self.json(value, page)))
                    .collect::<Map<_, _>>(),
            ),
            Value::Url(url, title) => json!({ "titolo": title, "indirizzo": url }),
            Value::Page(reference) => {
                match page.references.get(*reference).and_then(Option::as_ref) {
                    Some(Resolved::Page(id)) => self.page(&self.site.pages[*id]).json,
                    _ => Json::Null,
                }
            }
            Value::Markdown(_) | Value::Asset(_) => Json::Null,
        }
    }

    /// The file of `table` in `format`.
    pub fn file<'t>(&self, table: &'t Table, format: FileFormat) -> &'t str {
        let write = || FileFormat::ALL.map(|format| format.write(self, table));
        &table.files.get_or_init(write)[format as usize]
    }

    /// The address of the page that makes row `place` of `table`, in its short form.
    pub fn address(&self, table: &Table, place: usize) -> &'a str {
        self.site.pages[table.rows[place].page].url.pretty()
    }
}
