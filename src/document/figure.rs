//! A table or a chart that a text asks for: the few lines of YAML in a fenced block `tabella` or
//! `grafico`. They name a collection, which rows of it, and which columns; the rows themselves are
//! known only when all pages are.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::base::text::nearest;
use crate::base::{Checked, SourcePath, Span, Text, catalogue};
use crate::source::MapReader;
use crate::source::yaml::{self, Yaml};

use super::meta::{SortKey, sort_keys};

/// A name and where it is written.
pub type Named = (String, Span);

/// A table or chart of a collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What it says, as one sentence.
    pub title: String,
    /// Unit, year, scope; may be empty.
    pub description: String,
    /// The collection.
    pub collection: Named,
    /// Which rows; all of these must hold.
    pub conditions: Vec<Condition>,
    /// Their order, if not that of the collection.
    pub order: Vec<SortKey>,
    /// At most so many.
    pub limit: Option<usize>,
    /// The columns of the table, all without any; of a chart, those of the table beside it.
    pub columns: Vec<Named>,
    /// How the rows are shown.
    pub form: Form,
    /// Where the block stands.
    pub place: Span,
}

/// A column and the values that it may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The column.
    pub column: Named,
    /// Any of these; an empty text stands for no value.
    pub values: Vec<String>,
}

/// How rows are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// One line each.
    Rows,
    /// How many there are with each pair of values of two columns.
    Counts(Named, Named),
    /// A drawing; the columns by the part that they play.
    Chart(ChartKind, BTreeMap<String, Named>),
}

/// The kinds of drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChartKind {
    /// One bar for each value.
    Bars,
    /// Each value as a part of its total.
    Shares,
    /// Periods on a line of time.
    Timeline,
    /// A map of tiles.
    Tiles,
}

/// What a column of a chart has to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Anything that can be written.
    Words,
    /// A number.
    Number,
    /// A period.
    Period,
}

/// A part that a column plays in a chart.
#[derive(Clone, Copy, Debug)]
pub struct Role {
    /// The key of the block; without it, the column of this name.
    pub name: &'static str,
    /// What its column has to hold.
    pub content: Content,
    /// Whether there is no chart without it.
    pub is_required: bool,
}

const fn needs(name: &'static str, content: Content) -> Role {
    Role { name, content, is_required: true }
}

const fn takes(name: &'static str) -> Role {
    Role { name, content: Content::Words, is_required: false }
}

impl ChartKind {
    const ALL: [(&'static str, Self); 4] = [
        ("barre", Self::Bars),
        ("quota", Self::Shares),
        ("gantt", Self::Timeline),
        ("mappa", Self::Tiles),
    ];

    /// The parts that columns play in a chart of this kind.
    pub fn roles(self) -> &'static [Role] {
        const BARS: &[Role] = &[
            needs("etichetta", Content::Words),
            needs("valore", Content::Number),
            takes("precisione"),
            takes("unita"),
        ];
        const SHARES: &[Role] = &[
            needs("etichetta", Content::Words),
            needs("valore", Content::Number),
            needs("totale", Content::Number),
            takes("precisione"),
            takes("unita"),
        ];
        const TIMELINE: &[Role] = &[
            needs("etichetta", Content::Words),
            needs("periodo", Content::Period),
            needs("stato", Content::Words),
            takes("nome"),
        ];
        const TILES: &[Role] = &[
            needs("etichetta", Content::Words),
            needs("riga", Content::Number),
            needs("colonna", Content::Number),
            needs("categoria", Content::Words),
            needs("gruppo", Content::Words),
            takes("nome"),
        ];
        match self {
            Self::Bars => BARS,
            Self::Shares => SHARES,
            Self::Timeline => TIMELINE,
            Self::Tiles => TILES,
        }
    }
}

/// Whether the fenced block with this first word is a figure.
pub fn is_figure(word: &str) -> bool {
    matches!(word, "tabella" | "grafico")
}

/// Reads the block of the kind `word` whose YAML is the part `range` of `text`. Nothing when it
/// names no collection, which is reported.
pub fn read(
    file: &SourcePath,
    word: &str,
    text: &str,
    range: Range<usize>,
) -> Checked<Option<Figure>> {
    let place = Span::new(file, range.clone());
    let checked = yaml::parse(file, text, range);
    if !checked.diagnostics.is_empty() {
        return Checked::new(None, checked.diagnostics);
    }
    let node = checked.value;
    if node.yaml == Yaml::Null {
        return Checked::new(None, vec![catalogue::missing_field(place, "raccolta")]);
    }
    let mut reader = MapReader::new(file, &node);
    let figure = figure(&mut reader, word == "grafico", place);
    Checked::new(figure, reader.finish())
}

fn figure(reader: &mut MapReader<'_>, is_chart: bool, place: Span) -> Option<Figure> {
    let form = if is_chart { chart(reader) } else { counts(reader) };
    let title = reader.text("titolo");
    let title = if is_chart { reader.required("titolo", title) } else { title };
    let description = reader.text("descrizione").unwrap_or_default();
    let collection = reader.placed_texts("raccolta").into_iter().next();
    let collection = reader.required("raccolta", collection);
    let figure = Figure {
        title: title.unwrap_or_default(),
        description,
        collection: collection?,
        conditions: conditions(reader),
        order: sort_keys(&reader.texts("ordina")),
        limit: reader.number("limite"),
        columns: reader.placed_texts("colonne"),
        form: form?,
        place,
    };
    Some(figure)
}

fn counts(reader: &mut MapReader<'_>) -> Option<Form> {
    let node = reader.node("conta");
    let mut counted = reader.placed_texts("conta").into_iter();
    match (node, counted.next(), counted.next(), counted.next()) {
        (None, ..) => Some(Form::Rows),
        (_, Some(rows), Some(columns), None) => Some(Form::Counts(rows, columns)),
        (Some(node), ..) => {
            let expected =
                Text::new("due colonne, come `[tipo, ambito]`", "two columns, like `[type, area]`");
            reader.wrong_type("conta", node, &expected)
        }
    }
}

fn chart(reader: &mut MapReader<'_>) -> Option<Form> {
    let written = reader.placed_texts("tipo").into_iter().next();
    let written = reader.required("tipo", written);
    let (word, span) = written?;
    let names = ChartKind::ALL.map(|(name, _)| name);
    let kind = ChartKind::ALL.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind);
    if kind.is_none() {
        let near = nearest(&word, names);
        reader.diagnostics.push(catalogue::unknown_choice(span, &word, names, near));
    }
    let mut roles = BTreeMap::new();
    // Without a known kind any part may be given: one mistake is one message.
    let all = ChartKind::ALL.iter().map(|(_, kind)| *kind);
    for role in all.filter(|one| kind.is_none_or(|kind| kind == *one)).flat_map(ChartKind::roles) {
        let column = reader.placed_texts(role.name).into_iter().next();
        roles.extend(column.map(|column| (role.name.to_owned(), column)));
    }
    Some(Form::Chart(kind?, roles))
}

fn conditions(reader: &mut MapReader<'_>) -> Vec<Condition> {
    let mut conditions = Vec::new();
    for (key, node) in reader.entries("dove") {
        let column = (key.name.clone(), Span::new(reader.file(), key.range.clone()));
        let values = match &node.yaml {
            Yaml::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let texts: Vec<String> = values
            .iter()
            .filter_map(|node| node.scalar())
            .map(|value| value.text.clone())
            .collect();
        if texts.len() < values.len() {
            reader.wrong_type::<()>(&key.name, node, &Text::new("un testo", "a text"));
        }
        conditions.push(Condition { column, values: texts });
    }
    conditions
}
