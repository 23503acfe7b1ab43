//! The report: one row for each thing that a reader notices, from what Chromium measured.

use crate::bench::results::percentile;
use crate::bench::table::{bytes, table};
use std::collections::{BTreeMap, BTreeSet};

/// What was measured of one generator: by measure, the words of each line about it.
type Lines<'a> = BTreeMap<&'a str, Vec<Vec<&'a str>>>;

pub(super) struct Measures<'a> {
    vasta: Lines<'a>,
    mkdocs: Lines<'a>,
}

impl<'a> Measures<'a> {
    /// Reads lines of words between tabs: generator, measure, values.
    pub(super) fn read(said: &'a str) -> Self {
        let mut measures = Self { vasta: Lines::new(), mkdocs: Lines::new() };
        for line in said.lines() {
            let words: Vec<&str> = line.split('\t').collect();
            let [generator, measure, values @ ..] = words.as_slice() else { continue };
            let lines = match *generator {
                "vasta" => &mut measures.vasta,
                "mkdocs" => &mut measures.mkdocs,
                _ => continue,
            };
            lines.entry(measure).or_default().push(values.to_vec());
        }
        measures
    }
}

/// What a row says, the measure it is made of, and how that is told.
struct Row(&'static str, &'static str, fn(&[Vec<&str>]) -> String);

const ROWS: [Row; 20] = [
    Row("first view, with gzip: median (most)", "bytes", sizes),
    Row("requests of a first view: median (most)", "requests", numbers),
    Row("Lighthouse, phone, performance: median (least)", "performance", scores),
    Row("… accessibility", "accessibility", scores),
    Row("… best practices", "best-practices", scores),
    Row("… search engines", "seo", scores),
    Row("axe: elements with a violation (rules)", "axe", violations),
    Row("… with the answers of the search open, one page", "open", violations),
    Row("asked for more contrast: texts below 7:1", "contrast", total),
    Row("stops of the Tab key", "stops", total),
    Row("… pages where the first leads to the content", "skips", of_all),
    Row("… without a ring around them", "ringless", total),
    Row("… covered by something else", "covered", total),
    Row("search field: a combobox for screen readers", "combobox", yes_or_no),
    Row("… its answers are announced", "told", yes_or_no),
    Row("… by keyboard: `/`, a word, down, Enter leads to a page", "keyboard", yes_or_no),
    Row("without JavaScript: pages that can be read", "readable", of_all),
    Row("… a form to search with", "route", yes_or_no),
    Row("opened from the disk, without a network: the search answers", "disk", yes_or_no),
    Row("… when it is built for the disk", "offline", yes_or_no),
];

/// Everything, as Markdown.
pub(super) fn report(lines: &[String], measures: &Measures<'_>) -> String {
    let lines: String = lines.iter().map(|line| format!("- {line}\n")).collect();
    let header = ["measured", "vasta", "Material for MkDocs"].map(str::to_owned);
    let rows = ROWS.iter().map(|Row(name, measure, told)| {
        let cell = |lines: &Lines<'_>| lines.get(measure).map_or(String::new(), |one| told(one));
        vec![(*name).to_owned(), cell(&measures.vasta), cell(&measures.mkdocs)]
    });
    format!("{lines}\n{}", table(&header, rows))
}

/// The first value of each line.
fn values(lines: &[Vec<&str>]) -> Vec<f64> {
    lines.iter().filter_map(|line| line.first()?.parse().ok()).collect()
}

/// The value in the middle, and in brackets another.
fn median(lines: &[Vec<&str>], percent: usize, told: fn(f64) -> String) -> String {
    let values = values(lines);
    let at = |percent| percentile(&values, percent).map(told).unwrap_or_default();
    format!("{} ({})", at(50), at(percent))
}

fn whole(number: f64) -> String {
    format!("{number:.0}")
}

fn sizes(lines: &[Vec<&str>]) -> String {
    median(lines, 100, bytes)
}

fn numbers(lines: &[Vec<&str>]) -> String {
    median(lines, 100, whole)
}

fn scores(lines: &[Vec<&str>]) -> String {
    median(lines, 0, whole)
}

fn total(lines: &[Vec<&str>]) -> String {
    whole(values(lines).iter().sum())
}

/// How many, and by which names.
fn violations(lines: &[Vec<&str>]) -> String {
    let rules: BTreeSet<&str> =
        lines.iter().flat_map(|line| line.iter().skip(1)).copied().collect();
    if rules.is_empty() {
        return total(lines);
    }
    format!("{} ({})", total(lines), rules.into_iter().collect::<Vec<_>>().join(", "))
}

fn of_all(lines: &[Vec<&str>]) -> String {
    format!("{} of {}", total(lines), lines.len())
}

fn yes_or_no(lines: &[Vec<&str>]) -> String {
    let is_so = values(lines).iter().all(|value| *value > 0.0);
    if is_so { "yes" } else { "no" }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Measures, report};

    #[test]
    fn a_row_tells_both_generators() {
        let said = "$ node reading.mjs\nvasta\tbytes\t10240\nvasta\tbytes\t20480\nmkdocs\tbytes\t1024\n\
            mkdocs\taxe\t2\taria-dialog-name\tcolor-contrast\nmkdocs\taxe\t1\tcolor-contrast\n\
            vasta\taxe\t0\nvasta\tskips\t1\nmkdocs\tskips\t0\nvasta\troute\t1\nmkdocs\troute\t0\n";
        let report = report(&["day".to_owned()], &Measures::read(said));
        for row in [
            "- day\n",
            "| first view, with gzip: median (most) | 15.0 KiB (20.0 KiB) | 1.0 KiB (1.0 KiB) |",
            "| axe: elements with a violation (rules) | 0 | 3 (aria-dialog-name, color-contrast) |",
            "| … pages where the first leads to the content | 1 of 1 | 0 of 1 |",
            "| … a form to search with | yes | no |",
        ] {
            assert!(report.contains(row), "{row}\n\n{report}");
        }
    }
}
