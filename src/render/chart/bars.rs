//! Horizontal bars from a common zero, each with its value in words at its end. Short labels
//! stand before the bars, long ones above them; so do values that leave the bars no room.

use super::Bar;
use super::drawing::{Area, BAR, CLEAR, Drawing, GAP, Sheet, longest, room};

/// How much of the width labels and values may take from the bars, in percent.
const MOST_TEXT: f64 = 55.0;
/// The room between a bar and its value, in percent of the width.
const BEFORE_VALUE: f64 = 1.0;

/// The bars in their order.
pub(super) fn drawing(bars: &[Bar]) -> Drawing {
    let layout = Layout::of(bars);
    let mut sheet = Sheet::default();
    for (at, bar) in bars.iter().enumerate() {
        if at > 0 && layout.has_text_between() {
            sheet.bottom += GAP;
        }
        layout.draw(&mut sheet, bar);
    }
    sheet.finish()
}

/// Where things are across, in percent of the drawing.
struct Layout {
    has_labels_before: bool,
    has_values_after: bool,
    zero: f64,
    /// From the end of the longest bar below zero to that of the longest above.
    width: f64,
    /// Half of what the values of these two differ.
    half_range: f64,
}

impl Layout {
    fn of(bars: &[Bar]) -> Self {
        let labels = room(longest(bars.iter().map(|bar| bar.label.as_str())));
        let values = room(longest(bars.iter().map(|bar| bar.text.as_str())));
        let has_values_after = values <= MOST_TEXT;
        let values = if has_values_after { values } else { 0.0 };
        let has_labels_before = labels + values <= MOST_TEXT;
        let start = if has_labels_before { labels } else { 0.0 };

        let finite = || bars.iter().map(|bar| bar.value).filter(|value| value.is_finite());
        let (least, most) = (finite().fold(0.0, f64::min), finite().fold(0.0, f64::max));
        // Halves, since the difference of two large numbers may be none.
        let half_range = most / 2.0 - least / 2.0;
        let width = 100.0 - start - values;
        let layout = Self { has_labels_before, has_values_after, zero: start, width, half_range };
        Self { zero: start - layout.length(least), ..layout }
    }

    /// How far a value goes from zero, to the left if it is below.
    fn length(&self, value: f64) -> f64 {
        let part = value / 2.0 / self.half_range;
        if part.is_finite() { part * self.width } else { 0.0 }
    }

    fn has_text_between(&self) -> bool {
        !(self.has_labels_before && self.has_values_after)
    }

    fn draw(&self, sheet: &mut Sheet, bar: &Bar) {
        if !self.has_labels_before {
            sheet.paragraph("nome", &bar.label);
        }
        if !self.has_values_after {
            sheet.paragraph("valore", &bar.text);
        }
        // The line of zero is as long as the row of the bar: it does not cross other text.
        sheet.vertical("asse", self.zero, sheet.bottom, sheet.bottom + BAR + 2.0 * CLEAR);
        sheet.bottom += CLEAR;
        let length = self.length(bar.value);
        let (x, width) = (self.zero + length.min(0.0), length.abs());
        if width > 0.0 {
            let area = Area { x, width, top: sheet.bottom, height: BAR };
            sheet.rectangle(area, "class=\"barra serie-1\"");
        }
        if self.has_labels_before {
            sheet.text("nome", 0.0, &bar.label);
        }
        if self.has_values_after {
            sheet.text("valore", self.zero + length.max(0.0) + BEFORE_VALUE, &bar.text);
        }
        sheet.bottom += BAR + CLEAR;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::chart::drawing::widths;

    fn bar(label: &str, value: f64, text: &str) -> Bar {
        Bar { label: label.to_owned(), value, text: text.to_owned() }
    }

    #[test]
    fn a_bar_of_half_the_value_is_half_as_wide_and_one_of_none_is_not_there() {
        let bars = [bar("2018", 70.0, "70"), bar("2019", 35.0, "35"), bar("2020", 0.0, "0")];
        let widths = widths(&drawing(&bars).elements, "barra");
        assert_eq!(widths.len(), 2);
        assert!((widths[0] / 2.0 - widths[1]).abs() <= 0.1, "{widths:?}");
    }

    #[test]
    fn bars_below_zero_go_to_the_left_and_what_is_no_number_has_none() {
        let bars = [bar("a", -5.0, "-5"), bar("b", 5.0, "5"), bar("c", f64::NAN, "?")];
        let svg = drawing(&bars).elements;
        let widths = widths(&svg, "barra");
        assert_eq!(widths.len(), 2);
        assert!((widths[0] - widths[1]).abs() <= 0.1, "{widths:?}");
        assert!(svg.contains(">?</text>"), "{svg}");
    }

    #[test]
    fn no_number_is_too_large_or_too_small() {
        let values = [f64::MAX, f64::MIN, f64::INFINITY, f64::MIN_POSITIVE, 0.0, -0.0, f64::NAN];
        for value in values {
            for other in values {
                let svg = drawing(&[bar("a", value, "a"), bar("b", other, "b")]).elements;
                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{value} {other}: {svg}");
                assert!(widths(&svg, "barra").iter().all(|width| *width <= 100.0), "{svg}");
            }
        }
    }

    #[test]
    fn long_labels_and_values_stand_above_the_bar() {
        let long = "una misura con un nome che non sta in una riga";
        let svg = drawing(&[bar(long, 1.0, long)]).elements;
        assert_eq!(widths(&svg, "barra"), [100.0]);
        assert_eq!(svg.matches("<text class=\"nome\" x=\"0\"").count(), 2, "{svg}");
        assert_eq!(svg.matches("<text class=\"valore\" x=\"0\"").count(), 2, "{svg}");
    }
}
