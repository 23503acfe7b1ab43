//! From the rows that a figure asks for to a chart: which column gives the label, which the length,
//! the period or the place. How a chart is drawn is for `chart`.

use crate::document::{ChartKind, Figure, Kind};
use crate::site::rows;

use super::chart::{Bar, Chart, Form, Share, Span, Tile};
use super::format::Format;
use super::records::{Datum, Table};

/// The chart of the kind `kind` of the rows `places` of `table`; `id` is unique in its page. Rows
/// that lack what the drawing needs are left out of it, and are in the table beside it.
pub fn chart(
    table: &Table,
    figure: &Figure,
    kind: ChartKind,
    places: &[usize],
    id: String,
    format: Format,
) -> Chart {
    let rows = places.iter().map(|place| Reader { table, figure, record: &table.records[*place] });
    let form = match kind {
        ChartKind::Bars => Form::Bars(rows.filter_map(|row| row.bar()).collect()),
        ChartKind::Shares => Form::Shares(rows.filter_map(|row| row.share(format)).collect()),
        ChartKind::Timeline => Form::Timeline(rows.map(|row| row.span()).collect()),
        ChartKind::Tiles => Form::Tiles(rows.filter_map(|row| row.tile()).collect()),
    };
    Chart {
        id,
        title: figure.title.clone(),
        description: figure.description.clone(),
        series: series(table, figure),
        form,
    }
}

/// What the column of categories or states may hold, in the order of its declaration.
fn series(table: &Table, figure: &Figure) -> Vec<String> {
    let collection = &table.collection;
    let place = |role| rows::place_of(figure, role, collection);
    let column = ["categoria", "stato"].into_iter().find_map(place);
    match column.and_then(|place| rows::kind(&collection.columns[place])) {
        Some(Kind::Choice(choices)) => choices.iter().map(|(_, label)| label.clone()).collect(),
        _ => Vec::new(),
    }
}

/// One row, by the parts that its columns play.
struct Reader<'a> {
    table: &'a Table,
    figure: &'a Figure,
    record: &'a [Datum],
}

impl Reader<'_> {
    fn bar(&self) -> Option<Bar> {
        let value = self.datum("valore")?.number?;
        Some(Bar { label: self.text("etichetta"), value, text: self.measure("valore") })
    }

    fn share(&self, format: Format) -> Option<Share> {
        let [value, total] = [self.datum("valore")?.number?, self.datum("totale")?.number?];
        let share = if total == 0.0 { 0.0 } else { (100.0 * value / total).round() };
        let part = [self.text("precisione"), self.text("valore")];
        let part = part.join(" ");
        let whole = self.measure("totale");
        let text = match format {
            Format::Italian => format!("{} su {whole} ({share}%)", part.trim()),
            Format::English => format!("{} of {whole} ({share}%)", part.trim()),
        };
        Some(Share { label: self.text("etichetta"), value, total, text })
    }

    fn span(&self) -> Span {
        let (from, to) = self.datum("periodo").and_then(|datum| datum.period).unwrap_or_default();
        let (label, name, state) = (self.text("etichetta"), self.text("nome"), self.text("stato"));
        Span { label, name, from, to, state }
    }

    fn tile(&self) -> Option<Tile> {
        let place = |role: &str| Some(self.datum(role)?.number? as i64);
        Some(Tile {
            label: self.text("etichetta"),
            name: self.text("nome"),
            row: place("riga")?,
            column: place("colonna")?,
            category: self.text("categoria"),
            group: self.text("gruppo"),
        })
    }

    /// A number with its precision before it and its unit behind: `circa 58.000.000 euro`.
    fn measure(&self, role: &str) -> String {
        let precision = if role == "valore" { self.text("precisione") } else { String::new() };
        let parts = [precision, self.text(role), self.text("unita")];
        let parts = parts.iter().map(String::as_str).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" ")
    }

    fn text(&self, role: &str) -> String {
        self.datum(role).map(Datum::text).unwrap_or_default()
    }

    fn datum(&self, role: &str) -> Option<&Datum> {
        self.record.get(rows::place_of(self.figure, role, &self.table.collection)?)
    }
}
