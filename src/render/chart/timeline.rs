//! Activities along the years: a row for each, with its name above its bar. An end without a date
//! is dashed and goes to the edge; a row without any date says so in words.

use crate::base::Date;

use super::drawing::{Area, BAR, CLEAR, Drawing, GAP, LINE, Sheet, room};
use super::series::{Series, entry};
use super::{Chart, Span, Words};

/// How many months an activity lasts whose start or end has no date, so that it can be seen.
const OPEN_MONTHS: f64 = 6.0;
/// How much of it is dashed, if it is not more than half.
const DASHED_MONTHS: f64 = 3.0;
/// The least length of a bar, in percent of the drawing.
const LEAST_LENGTH: f64 = 1.0;
/// Up to so many years the quarters have lines too.
const MOST_YEARS_WITH_QUARTERS: u16 = 5;
/// How many years are written beside each other at most, and how far they may lie apart.
const MOST_LABELS: u16 = 6;
const STEPS: [u16; 10] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
/// From so many rows on, the years stand also below them.
const MANY_ROWS: usize = 8;

/// The rows in their order below the years; without years if no row has a date.
pub(super) fn drawing(chart: &Chart, spans: &[Span], words: &Words) -> Drawing {
    let axis = Axis::of(spans);
    let series = series(chart, spans);
    let mut sheet = Sheet::default();
    if let Some(axis) = &axis {
        axis.write_years(&mut sheet);
    }
    for span in spans {
        write_row(&mut sheet, span, axis.as_ref(), &series, words);
    }
    if let Some(axis) = axis.as_ref().filter(|_| spans.len() >= MANY_ROWS) {
        axis.write_years(&mut sheet);
    }
    let mut ground = Sheet::default();
    ground.append(&series.patterns(1.0));
    if let Some(axis) = &axis {
        axis.draw_lines(&mut ground, sheet.bottom);
    }
    ground.cover(&sheet);
    ground.finish()
}

/// What the states look like, and dashed ends if there are any.
pub(super) fn legend(chart: &Chart, spans: &[Span], words: &Words) -> String {
    let mut entries = series(chart, spans).legend();
    if spans.iter().any(|span| span.from.is_some() != span.to.is_some()) {
        entries.push_str(&entry("class=\"aperta\"", words.open_end));
    }
    entries
}

fn write_row(
    sheet: &mut Sheet,
    span: &Span,
    axis: Option<&Axis>,
    series: &Series<'_>,
    words: &Words,
) {
    sheet.bottom += GAP / 2.0;
    sheet.paragraph("nome", format!("{} {}", span.label, span.name).trim());
    sheet.bottom += CLEAR;
    match axis.zip(Period::of(span)) {
        Some((axis, period)) => axis.draw(sheet, &period, &series.shape(&span.state)),
        None => sheet.text("assente", 0.0, words.undated),
    }
    sheet.bottom += BAR + GAP / 2.0;
}

fn series<'a>(chart: &'a Chart, spans: &'a [Span]) -> Series<'a> {
    Series::of(chart, spans.iter().map(|span| span.state.as_str()))
}

/// When an activity goes on, in months since the year 0.
struct Period {
    from: f64,
    to: f64,
    has_start: bool,
    has_end: bool,
}

impl Period {
    /// The time from the first day to the end of the last, whichever is written first.
    fn of(span: &Span) -> Option<Self> {
        let from = span.from.map(|date| months(date.first_day()));
        let to = span.to.map(|date| months(date.day_after()));
        let start = from.or(to.map(|to| to - OPEN_MONTHS))?;
        let end = to.unwrap_or(start + OPEN_MONTHS);
        let (has_start, has_end) = (from.is_some(), to.is_some());
        Some(Self { from: start.min(end), to: start.max(end), has_start, has_end })
    }
}

fn months(day: Date) -> f64 {
    let month = f64::from(day.month.unwrap_or(1) - 1);
    // All months are as long as the longest: nobody sees the difference.
    let part = f64::from(day.day.unwrap_or(1) - 1) / 31.0;
    f64::from(day.year) * 12.0 + month + part
}

/// The whole years from the first date to the last.
struct Axis {
    first_year: i32,
    n_years: u16,
}

impl Axis {
    fn of(spans: &[Span]) -> Option<Self> {
        let periods = || spans.iter().filter_map(Period::of);
        let from = periods().map(|period| period.from).reduce(f64::min)?;
        let to = periods().map(|period| period.to).reduce(f64::max)?;
        let (first_year, end_year) = (whole(from / 12.0), whole((to / 12.0).ceil()));
        let n_years = u16::try_from(end_year - first_year).unwrap_or(1).max(1);
        Some(Self { first_year, n_years })
    }

    /// Where a moment is across, in percent.
    fn x(&self, month: f64) -> f64 {
        let start = f64::from(self.first_year) * 12.0;
        (month - start) / f64::from(self.n_years) / 12.0 * 100.0
    }

    /// A bar from start to end. An end without a date is at the edge, and dashed.
    fn draw(&self, sheet: &mut Sheet, period: &Period, shape: &str) {
        let start = if period.has_start { self.x(period.from) } else { 0.0 };
        let end = if period.has_end { self.x(period.to) } else { 100.0 };
        let start = start.min(100.0 - LEAST_LENGTH);
        let width = (end - start).max(LEAST_LENGTH);
        let month = 100.0 / 12.0 / f64::from(self.n_years);
        let dashed = (DASHED_MONTHS * month).min(width / 2.0);
        let before = if period.has_start { 0.0 } else { dashed };
        let after = if period.has_end { 0.0 } else { dashed };
        for (x, width, attributes) in [
            (start, before, "class=\"aperta\""),
            (start + before, width - before - after, shape),
            (start + width - after, after, "class=\"aperta\""),
        ] {
            if width > 0.0 {
                let area = Area { x, width, top: sheet.bottom, height: BAR };
                sheet.rectangle(area, attributes);
            }
        }
    }

    /// A line for each year that is written, and for the quarters where there are few years.
    fn draw_lines(&self, sheet: &mut Sheet, bottom: f64) {
        let parts = if self.n_years <= MOST_YEARS_WITH_QUARTERS { 4 } else { 1 };
        let step = usize::from(self.step());
        for part in (0..=self.n_years * parts).step_by(step) {
            let x = f64::from(part) / f64::from(self.n_years * parts) * 100.0;
            let class = if part % parts == 0 { "anno" } else { "trimestre" };
            sheet.vertical(class, x, 0.0, bottom);
        }
    }

    /// A line of text with the years, each beside the line with which it begins.
    fn write_years(&self, sheet: &mut Sheet) {
        let share = 100.0 / f64::from(self.n_years);
        for year in (0..self.n_years).step_by(usize::from(self.step())) {
            let (x, left) = (f64::from(year) * share, f64::from(self.n_years - year) * share);
            let text = (self.first_year + i32::from(year)).to_string();
            if left >= room(text.len()) {
                sheet.text("anno", x + 1.0, &text);
            }
        }
        sheet.bottom += LINE;
    }

    /// How many years lie between two that are written.
    fn step(&self) -> u16 {
        let fits = |step: &u16| self.n_years.div_ceil(*step) <= MOST_LABELS;
        STEPS.into_iter().find(fits).unwrap_or(u16::MAX)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a year has few digits")]
fn whole(number: f64) -> i32 {
    number.floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::chart::drawing::widths;

    #[test]
    fn a_bar_goes_from_the_first_day_to_the_end_of_the_last() {
        let svg = svg(&[("2022", "2022"), ("2022-01", "2022-06"), ("2023-07-01", "2023-12-31")]);
        assert_eq!(widths(&svg, "forma"), [50.0, 25.0, 25.0]);
        assert_eq!(widths(&svg, "aperta"), [0.0; 0]);
    }

    #[test]
    fn an_end_without_a_date_is_dashed_and_goes_to_the_edge() {
        let svg = svg(&[("2022", "2023"), ("2023", ""), ("", "2022-06")]);
        assert_eq!(widths(&svg, "forma"), [100.0, 37.5, 12.5]);
        assert_eq!(widths(&svg, "aperta"), [12.5, 12.5]);
    }

    #[test]
    fn rows_without_dates_say_so() {
        let dated = svg(&[("2022", "2023"), ("", "")]);
        assert_eq!(dated.matches(">Senza date</text>").count(), 1, "{dated}");
        let undated = svg(&[("", "")]);
        assert_eq!(undated.matches(">Senza date</text>").count(), 1, "{undated}");
        assert!(!undated.contains("<line"), "no years: {undated}");
    }

    #[test]
    fn dates_at_the_end_of_time_and_in_the_wrong_order_have_bars() {
        let few = svg(&[("2023", "2022"), ("2022-12-31", "2022-12-31")]);
        assert_eq!(widths(&few, "forma").len(), 2, "{few}");
        let many = svg(&[("0001", "0001"), ("9999-12-31", "9999-12-31"), ("9999-12-31", "")]);
        assert!(widths(&many, "forma").iter().all(|width| *width > 0.0), "{many}");
        assert!(many.matches("class=\"anno\"").count() < 20, "{many}");
    }

    /// The drawing of activities from and to; no text is no date.
    fn svg(dates: &[(&str, &str)]) -> String {
        let spans: Vec<Span> = dates
            .iter()
            .map(|(from, to)| Span {
                label: "A1".to_owned(),
                name: "Analisi".to_owned(),
                from: from.parse().ok(),
                to: to.parse().ok(),
                state: "Conclusa".to_owned(),
            })
            .collect();
        drawing(&Chart::for_tests(&[]), &spans, Words::of("it")).elements
    }
}
