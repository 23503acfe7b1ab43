//! States and categories as series: the first five have a class of the theme, and each of the
//! first seven has its own pattern, so that no difference is one of colour alone.

use crate::base::html::escape;

use super::Chart;
use super::drawing::short;

/// How many classes the theme colours.
const N_CLASSES: usize = 5;

/// The side of the square that a pattern repeats, and what is drawn in it.
const SIDE: u8 = 8;
const MARKS: [&str; 7] = [
    "",
    "M-2 2 2-2M0 8 8 0M6 10 10 6",
    "M3 4h2M7 0h2M-1 0h2M7 8h2M-1 8h2",
    "M0 4h8",
    "M0 4h8M4 0v8",
    "M4 0v8",
    "M-2 6 2 10M0 0 8 8M6-2 10 2",
];

/// The distinct labels of the rows of a chart: those whose order it knows, then the others in the
/// order in which they first occur.
pub(super) struct Series<'a> {
    chart: &'a str,
    labels: Vec<&'a str>,
}

impl<'a> Series<'a> {
    /// The series of `chart`, of which these are the labels that occur.
    pub(super) fn of(chart: &'a Chart, labels: impl Iterator<Item = &'a str>) -> Self {
        let mut distinct: Vec<&str> = Vec::new();
        for label in labels {
            if !distinct.contains(&label) {
                distinct.push(label);
            }
        }
        let known = |label: &&str| chart.series.iter().position(|known| known == label);
        distinct.sort_by_key(|label| known(label).unwrap_or(chart.series.len()));
        Self { chart: &chart.id, labels: distinct }
    }

    /// The class that gives `label` its colours.
    pub(super) fn class(&self, label: &str) -> String {
        class(self.number(label))
    }

    /// The attributes of a shape of the series of `label`.
    pub(super) fn shape(&self, label: &str) -> String {
        self.numbered_shape(self.number(label))
    }

    /// The patterns that these shapes are filled with, so many times their usual size.
    pub(super) fn patterns(&self, scale: f64) -> String {
        let scale = match scale {
            1.0 => String::new(),
            scale => format!(" patternTransform=\"scale({})\"", short(scale)),
        };
        let patterns: String = (0..self.labels.len().min(MARKS.len()))
            .map(|number| {
                let (id, class, marks) = (self.pattern(number), class(number), MARKS[number]);
                let marks = match marks {
                    "" => String::new(),
                    marks => format!("<path class=\"segno\" d=\"{marks}\"/>"),
                };
                format!(
                    "<pattern id=\"{id}\" class=\"{class}\" width=\"{SIDE}\" height=\"{SIDE}\" \
                     patternUnits=\"userSpaceOnUse\"{scale}>\
                     <rect class=\"fondo\" width=\"{SIDE}\" height=\"{SIDE}\"/>{marks}</pattern>\n"
                )
            })
            .collect();
        format!("<defs>\n{patterns}</defs>\n")
    }

    /// One entry of the legend for each label; none for what has no label.
    pub(super) fn legend(&self) -> String {
        let named = self.labels.iter().enumerate().filter(|(_, label)| !label.is_empty());
        named.map(|(number, label)| entry(&self.numbered_shape(number), label)).collect()
    }

    fn number(&self, label: &str) -> usize {
        self.labels.iter().position(|known| *known == label).unwrap_or_default()
    }

    fn numbered_shape(&self, number: usize) -> String {
        format!("class=\"forma\" fill=\"url(#{})\"", self.pattern(number))
    }

    fn pattern(&self, number: usize) -> String {
        format!("{}_s{}", self.chart, number.min(MARKS.len() - 1) + 1)
    }
}

/// An entry of a legend: a rectangle with these attributes, and what it means.
pub(super) fn entry(attributes: &str, meaning: &str) -> String {
    format!(
        "<li><svg class=\"campione\" viewBox=\"0 0 26 18\" aria-hidden=\"true\" focusable=\"false\">\
         <rect {attributes} x=\"1\" y=\"1\" width=\"24\" height=\"16\"/></svg> {}</li>\n",
        escape(meaning)
    )
}

fn class(number: usize) -> String {
    format!("serie-{}", number.min(N_CLASSES - 1) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_known_order_come_first() {
        let chart = Chart::for_tests(&["c", "x", "a"]);
        let series = Series::of(&chart, ["b", "a", "c"].into_iter());
        assert_eq!(series.labels, ["c", "a", "b"]);
    }

    #[test]
    fn labels_are_numbered_as_they_first_occur_and_share_the_last_class() {
        let chart = Chart::for_tests(&[]);
        let labels = ["b", "a", "b", "c", "d", "e", "f", "g", "h"];
        let series = Series::of(&chart, labels.into_iter());
        let classes = ["b", "a", "e", "f", "h"].map(|label| series.class(label));
        assert_eq!(classes, ["serie-1", "serie-2", "serie-5", "serie-5", "serie-5"]);
        assert_ne!(series.shape("e"), series.shape("f"), "told apart by the pattern");
        assert_eq!(series.patterns(1.0).matches("<pattern ").count(), 7);
        assert_eq!(series.legend().matches("<li>").count(), 8);
    }
}
