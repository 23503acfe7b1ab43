//! Tables and charts of collections as HTML: the figures that a text asks for, and the whole table of
//! a page that presents a collection. They are complete without scripts; `tabelle.js` adds sorting
//! and a filter to those that carry `data-tabella`.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::html::{escape, escape_into};
use crate::document::figure::Named;
use crate::document::{Column, Figure, Form};

use super::chart;
use super::charting;
use super::downloads::{self, FileFormat};
use super::format::Format;
use super::records::{Datum, Records, Table};
use super::view::Cell;

/// A cell with more letters than these gets a column that is wide enough to read it.
const LONG: usize = 60;

/// The words of figures.
struct Words {
    table: &'static str,
    none: &'static str,
    total: &'static str,
    download: &'static str,
}

static ITALIAN: Words =
    Words { table: "Tabella", none: "non indicato", total: "Totale", download: "Scarica i dati" };
static ENGLISH: Words =
    Words { table: "Table", none: "not given", total: "Total", download: "Download the data" };

fn words(format: Format) -> &'static Words {
    match format {
        Format::Italian => &ITALIAN,
        Format::English => &ENGLISH,
    }
}

/// `figure`, the one with `number` on its page, from which `root` leads to the root of the site.
/// Empty when it names no collection, which was reported.
pub fn figure(
    records: &Records<'_>,
    figure: &Figure,
    number: usize,
    root: &str,
    format: Format,
) -> String {
    let Some(table) = records.table(&figure.collection.0) else { return String::new() };
    let places = records.select(table, figure);
    let caption = match figure.title.as_str() {
        "" => table.collection.title.as_str(),
        title => title,
    };
    let writer = Writer { table, root, format, name: format!("tabella_{number}") };
    let whole = match &figure.form {
        Form::Rows => {
            let note = Some(figure.description.as_str()).filter(|note| !note.is_empty());
            writer.rows(&places, &chosen(table, &figure.columns), caption, note)
        }
        Form::Chart(kind, _) => {
            let id = format!("grafico-{number}");
            let chart = charting::chart(table, figure, *kind, &places, id, format);
            let rows = writer.rows(&places, &chosen(table, &figure.columns), caption, None);
            let download = download(records, table, root, format);
            return chart::figure(&chart, &rows, &download, chart::Words::of(format.language()));
        }
        Form::Counts(rows, columns) => writer.counts(&places, rows, columns, caption),
    };
    format!("<figure class=\"tabella\">{whole}</figure>\n")
}

/// A link to the rows as a file, where a page of the site presents their collection.
fn download(records: &Records<'_>, table: &Table, root: &str, format: Format) -> String {
    let name = &table.collection.name;
    let Some(page) = records.page_of(name) else { return String::new() };
    let url = downloads::address(page, name, FileFormat::Csv);
    let size = format.size(records.file(table, FileFormat::Csv).len());
    let words = words(format).download;
    let title = escape(&table.collection.title);
    format!(
        "<p class=\"grafico-dati\"><a href=\"{root}{url}\" download>{words}: {title} (CSV, {size})</a></p>\n"
    )
}

/// The whole of a collection as a table.
pub fn whole(table: &Table, root: &str, format: Format) -> String {
    let writer = Writer { table, root, format, name: "tabella_dati".to_owned() };
    let places: Vec<usize> = (0..table.records.len()).collect();
    writer.rows(&places, &chosen(table, &[]), &table.collection.title, None)
}

/// The places of `columns` in the collection; of all without any.
fn chosen(table: &Table, columns: &[Named]) -> Vec<usize> {
    if columns.is_empty() {
        return (0..table.collection.columns.len()).collect();
    }
    columns.iter().filter_map(|(name, _)| table.collection.place(name)).collect()
}

/// Writes one table.
struct Writer<'a> {
    table: &'a Table,
    root: &'a str,
    format: Format,
    /// The identity of the table on its page.
    name: String,
}

impl Writer<'_> {
    fn rows(
        &self,
        places: &[usize],
        columns: &[usize],
        caption: &str,
        note: Option<&str>,
    ) -> String {
        // A column that no row fills says nothing.
        let is_filled = |column: &usize| {
            places.iter().any(|row| !self.table.records[*row][*column].cells.is_empty())
        };
        let columns: Vec<usize> = columns.iter().copied().filter(is_filled).collect();
        let mut html = String::new();
        self.open(&mut html, caption, note);
        html.push_str("<thead>\n<tr>");
        for column in &columns {
            self.head(&mut html, &self.table.collection.columns[*column], *column);
        }
        html.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in places {
            html.push_str("<tr>");
            for (number, column) in columns.iter().enumerate() {
                let datum = &self.table.records[*row][*column];
                let (open, close) = match number {
                    0 => ("<th scope=\"row\"", "</th>"),
                    _ => ("<td", "</td>"),
                };
                html.push_str(open);
                if datum.number.is_some() {
                    html.push_str(" class=\"align-right\"");
                } else if datum.text().chars().count() > LONG {
                    html.push_str(" class=\"lungo\"");
                }
                if let Some(key) = sort_key(datum) {
                    html.push_str(&format!(" data-ordine=\"{}\"", escape(&key)));
                }
                html.push('>');
                self.cells(&mut html, &datum.cells);
                html.push_str(close);
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody>\n</table></section>\n");
        html
    }

    fn counts(&self, places: &[usize], rows: &Named, columns: &Named, caption: &str) -> String {
        let words = words(self.format);
        let (Some(row), Some(column)) =
            (self.table.collection.place(&rows.0), self.table.collection.place(&columns.0))
        else {
            return String::new();
        };
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut totals: BTreeMap<String, usize> = BTreeMap::new();
        for place in places {
            let record = &self.table.records[*place];
            for row in values(&record[row], words) {
                *totals.entry(row.clone()).or_default() += 1;
                for column in values(&record[column], words) {
                    *counts.entry((row.clone(), column)).or_default() += 1;
                }
            }
        }
        let heads: BTreeSet<&str> = counts.keys().map(|(_, column)| column.as_str()).collect();
        let mut html = String::new();
        self.open(&mut html, caption, None);
        html.push_str("<thead>\n<tr>");
        self.head(&mut html, &self.table.collection.columns[row], row);
        for head in heads.iter().copied().chain([words.total]) {
            html.push_str(&format!(
                "<th scope=\"col\" class=\"align-right\">{}</th>",
                escape(head)
            ));
        }
        html.push_str("</tr>\n</thead>\n<tbody>\n");
        for (name, total) in &totals {
            html.push_str(&format!("<tr><th scope=\"row\">{}</th>", escape(name)));
            for head in &heads {
                let count = counts.get(&(name.clone(), (*head).to_owned())).copied().unwrap_or(0);
                html.push_str(&format!("<td class=\"align-right\">{count}</td>"));
            }
            html.push_str(&format!("<td class=\"align-right\">{total}</td></tr>\n"));
        }
        html.push_str("</tbody>\n</table></section>\n");
        html
    }

    fn open(&self, html: &mut String, caption: &str, note: Option<&str>) {
        let (name, caption) = (&self.name, escape(caption));
        let word = words(self.format).table;
        html.push_str(&format!(
            "<section class=\"table-scroll\" tabindex=\"0\" aria-label=\"{word}: {caption}\">\
             <table id=\"{name}\" data-tabella>\n<caption>{caption}"
        ));
        if let Some(note) = note {
            html.push_str(&format!(" <span class=\"table-note\">{}</span>", escape(note)));
        }
        html.push_str("</caption>\n");
    }

    fn head(&self, html: &mut String, column: &Column, place: usize) {
        let is_number = self.table.records.iter().any(|record| record[place].number.is_some());
        let class = if is_number { " class=\"align-right\"" } else { "" };
        html.push_str(&format!("<th scope=\"col\"{class}>{}</th>", escape(&column.label)));
    }

    fn cells(&self, html: &mut String, cells: &[Cell]) {
        for (number, cell) in cells.iter().enumerate() {
            if number > 0 {
                html.push_str(", ");
            }
            let Some(url) = &cell.url else {
                escape_into(&cell.text, html);
                continue;
            };
            let root = if cell.external { "" } else { self.root };
            html.push_str(&format!("<a href=\"{root}{}\">", escape(url)));
            escape_into(&cell.text, html);
            html.push_str("</a>");
        }
    }
}

/// The words of a value, one for each item of a list; rows without one are counted as such.
fn values(datum: &Datum, words: &Words) -> Vec<String> {
    match datum.cells.as_slice() {
        [] => vec![words.none.to_owned()],
        cells => cells.iter().map(|cell| cell.text.clone()).collect(),
    }
}

/// By what a script sorts a cell whose text would not sort well.
fn sort_key(datum: &Datum) -> Option<String> {
    if let Some(number) = datum.number {
        return Some(number.to_string());
    }
    if let Some((from, to)) = datum.period {
        return from.or(to).map(|date| date.to_string());
    }
    let text = datum.json.as_str()?;
    (text != datum.text()).then(|| text.to_owned())
}
