//! Charts: from rows of data to a drawing in SVG, and the figure around it with legend, table and
//! download. Pure functions; where rows come from, and the table of them, is for others.
//!
//! A drawing has classes and no colours, so the theme colours it for light, dark, paper and forced
//! colours. What a colour says is also said by a pattern, a place or a word. Bars, shares and
//! timelines have no `viewBox`: lengths across are percent and lengths down are `em`, so a drawing
//! is as wide as its column while its text keeps the size that the reader chose.

mod bars;
mod drawing;
mod series;
mod shares;
mod tiles;
mod timeline;
mod words;

use crate::base::Date;
use crate::base::html::escape;

use drawing::Drawing;

pub use words::Words;

/// One chart, ready to be drawn. All texts are plain.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The id of the figure, with which all ids inside it begin: a letter, then letters, digits
    /// and hyphens, unique in the page.
    pub id: String,
    /// What the chart says, in a sentence.
    pub title: String,
    /// What is drawn: measures, years, perimeter.
    pub description: String,
    /// The categories or states in the order in which readers know them; others come after these.
    pub series: Vec<String>,
    /// The kind of drawing and its data.
    pub form: Form,
}

/// The kinds of drawings, each with its data in the order in which readers see them.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// Horizontal bars from a common zero.
    Bars(Vec<Bar>),
    /// Parts of a whole, each in a track of its own.
    Shares(Vec<Share>),
    /// Activities along the years.
    Timeline(Vec<Span>),
    /// A map of equal squares.
    Tiles(Vec<Tile>),
}

/// A value among others of the same measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What is measured.
    pub label: String,
    /// The length of the bar. What is no number has no bar.
    pub value: f64,
    /// The value as readers see it, as `circa 58 milioni`.
    pub text: String,
}

/// A part of a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// What the whole is.
    pub label: String,
    /// The part.
    pub value: f64,
    /// The whole.
    pub total: f64,
    /// Both as readers see them, as `47 su 76 (62%)`.
    pub text: String,
}

/// An activity in time. A missing date leaves its end open.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// The short name, as `A1`; may be empty.
    pub label: String,
    /// The name.
    pub name: String,
    /// The first day, month or year.
    pub from: Option<Date>,
    /// The last day, month or year.
    pub to: Option<Date>,
    /// The state as readers see it, as `Conclusa`; may be empty.
    pub state: String,
}

/// A square of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// The two or three letters in the square, as `TV`.
    pub label: String,
    /// The name, shown under the pointer.
    pub name: String,
    /// The place from north to south.
    pub row: i64,
    /// The place from west to east.
    pub column: i64,
    /// The category as readers see it.
    pub category: String,
    /// What it belongs to, as a region; a thicker border separates groups.
    pub group: String,
}

/// The chart with all that readers need around it: what it says, what signs mean, the data in
/// `table_html`, and in `download_html` a link to them. Both may be empty.
pub fn figure(chart: &Chart, table_html: &str, download_html: &str, words: &Words) -> String {
    let Chart { id, title, description, .. } = chart;
    let mut html = format!(
        "<figure class=\"grafico\" id=\"{id}\" aria-labelledby=\"{id}_c\">\n\
         <figcaption>\n<p class=\"grafico-titolo\" id=\"{id}_c\">{}</p>\n",
        escape(title)
    );
    if !description.is_empty() {
        html.push_str(&format!("<p>{}</p>\n", escape(description)));
    }
    html.push_str("</figcaption>\n");
    html.push_str(&legend(chart, words));
    html.push_str(&svg(chart, words));
    if !table_html.is_empty() {
        let summary = words.show_data;
        html.push_str(&format!(
            "<details>\n<summary>{summary}</summary>\n{table_html}\n</details>\n"
        ));
    }
    html.push_str(download_html);
    html.push_str("</figure>\n");
    html
}

/// The drawing alone. Its description ends by saying that a table follows.
pub fn svg(chart: &Chart, words: &Words) -> String {
    let drawing = match &chart.form {
        form if form.is_empty() => Drawing::of_words(words.nothing),
        Form::Bars(bars) => bars::drawing(bars),
        Form::Shares(shares) => shares::drawing(shares),
        Form::Timeline(spans) => timeline::drawing(chart, spans, words),
        Form::Tiles(tiles) => tiles::drawing(chart, tiles),
    };
    let description = match chart.description.as_str() {
        "" => words.data_follow.to_owned(),
        description => format!("{description} {}", words.data_follow),
    };
    drawing.svg(&chart.id, &chart.title, &description)
}

fn legend(chart: &Chart, words: &Words) -> String {
    let entries = match &chart.form {
        Form::Bars(_) | Form::Shares(_) => String::new(),
        Form::Timeline(spans) => timeline::legend(chart, spans, words),
        Form::Tiles(tiles) => tiles::legend(chart, tiles, words),
    };
    if entries.is_empty() {
        return entries;
    }
    format!("<ul class=\"grafico-legenda\">\n{entries}</ul>\n")
}

impl Form {
    fn is_empty(&self) -> bool {
        match self {
            Self::Bars(rows) => rows.is_empty(),
            Self::Shares(rows) => rows.is_empty(),
            Self::Timeline(rows) => rows.is_empty(),
            Self::Tiles(rows) => rows.is_empty(),
        }
    }
}

#[cfg(test)]
impl Chart {
    /// An empty chart whose categories are known in this order.
    fn for_tests(series: &[&str]) -> Self {
        let series = series.iter().map(|label| (*label).to_owned()).collect();
        let form = Form::Tiles(Vec::new());
        Self { id: "x".into(), title: String::new(), description: String::new(), series, form }
    }
}
