//! The report: Markdown tables of what was measured and of the targets.

use super::results::{Key, Results, What, Who};
use super::targets::Verdict;
use std::collections::BTreeSet;

const PROGRAMS: [(Who, &str); 4] = [
    (Who::Vasta, "vasta"),
    (Who::Hugo, "Hugo"),
    (Who::Pagefind, "Pagefind"),
    (Who::MdBook, "mdBook"),
];

/// One row for each corpus and measurement, one column for each program that was measured.
pub(super) fn measurements(results: &Results) -> String {
    let measured: BTreeSet<Who> = results.keys().map(|key| key.2).collect();
    let programs: Vec<_> = PROGRAMS.iter().filter(|(who, _)| measured.contains(who)).collect();
    let mut header = vec!["pages".to_owned(), "measured".to_owned()];
    header.extend(programs.iter().map(|(_, name)| (*name).to_owned()));
    header.push("vasta ÷ Hugo".to_owned());
    let rows: BTreeSet<(usize, What)> = results.keys().map(|key| (key.0, key.1)).collect();
    let rows = rows.into_iter().map(|(pages, what)| {
        let mut row = vec![thousands(pages), name(what).to_owned()];
        row.extend(programs.iter().map(|(who, _)| cell(results, (pages, what, *who))));
        let compared = results.ratio((pages, what, Who::Vasta), compared(pages, what));
        row.push(compared.map(ratio).unwrap_or_default());
        row
    });
    table(&header, rows)
}

/// One number in words, to show while it is measured.
pub(super) fn line((pages, what, who): Key, number: f64) -> String {
    let who = PROGRAMS.iter().find(|(one, _)| *one == who).map_or("", |(_, name)| *name);
    let (pages, shown) = (thousands(pages), value(what, number));
    let what = name(what).split(':').next().unwrap_or_default();
    format!("{pages} pages, {who}, {what}: {shown}")
}

/// One row for each target.
pub(super) fn targets(verdicts: &[Verdict]) -> String {
    let header = ["pages", "target", "at most", "measured", "met"].map(str::to_owned);
    let rows = verdicts.iter().map(|verdict| {
        let met = if verdict.is_met { "yes" } else { "**no**" };
        let words = [verdict.target, &verdict.limit, &verdict.measured, met].map(str::to_owned);
        [vec![thousands(verdict.pages)], words.to_vec()].concat()
    });
    table(&header, rows)
}

pub(super) fn name(what: What) -> &'static str {
    match what {
        What::Cold => "cold build",
        What::Memory => "cold build, peak memory",
        What::BytesPerPage => "bytes per page",
        What::NoOp => "no-op build",
        What::Body => "build after a body edit",
        What::Title => "build after a title edit",
        What::Template => "build after a template edit",
        What::ServeBody => "serve, body edit: median (95%)",
        What::ServeTitle => "serve, title edit: median (95%)",
        What::ServeMemory => "serve, peak memory",
        What::CodeCold => "code, cold build",
        What::CodeWarm => "code, all pages edited, blocks remembered",
    }
}

/// What Hugo is compared with: it has no state on the disk, so every build of it is a cold one.
fn compared(pages: usize, what: What) -> Key {
    let theirs = match what {
        What::NoOp | What::Body | What::Title | What::Template => What::Cold,
        What::CodeWarm => What::CodeCold,
        what => what,
    };
    (pages, theirs, Who::Hugo)
}

fn cell(results: &Results, key: Key) -> String {
    let Some(median) = results.median(key) else { return String::new() };
    let shown = value(key.1, median);
    if !matches!(key.1, What::ServeBody | What::ServeTitle) {
        return shown;
    }
    let slow = results.percentile(key, 95).unwrap_or(median);
    format!("{shown} ({})", time(slow))
}

fn value(what: What, value: f64) -> String {
    match what {
        What::Memory | What::BytesPerPage | What::ServeMemory => bytes(value),
        _ => time(value),
    }
}

pub(crate) fn table(header: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let rule = format!("|{}\n", "---|".repeat(header.len()));
    let rows: String = rows.map(|row| line(&row)).collect();
    line(header) + &rule + &rows
}

pub(crate) fn time(seconds: f64) -> String {
    match seconds {
        0.0..0.01 => format!("{:.1} ms", seconds * 1000.0),
        0.01..1.0 => format!("{:.0} ms", seconds * 1000.0),
        1.0..100.0 => format!("{seconds:.2} s"),
        _ => format!("{seconds:.0} s"),
    }
}

pub(crate) fn bytes(bytes: f64) -> String {
    let kibibytes = bytes / 1024.0;
    if kibibytes < 1024.0 {
        format!("{kibibytes:.1} KiB")
    } else {
        format!("{:.0} MiB", kibibytes / 1024.0)
    }
}

/// A part of one is easier to read than three zeros.
pub(crate) fn ratio(ratio: f64) -> String {
    if ratio < 0.5 { format!("1/{:.1}", 1.0 / ratio) } else { format!("{ratio:.2}") }
}

pub(crate) fn thousands(number: usize) -> String {
    match (number / 1000, number % 1000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_shows_every_program_and_the_ratio() {
        let mut results = Results::default();
        results.add((1_000, What::Cold, Who::Vasta), 0.25);
        results.add((1_000, What::Cold, Who::Hugo), 2.0);
        results.add((1_000, What::NoOp, Who::Vasta), 0.05);
        results.add((1_000, What::ServeBody, Who::Vasta), 0.0042);
        assert_eq!(
            measurements(&results),
            "\
| pages | measured | vasta | Hugo | vasta ÷ Hugo |
|---|---|---|---|---|
| 1,000 | cold build | 250 ms | 2.00 s | 1/8.0 |
| 1,000 | no-op build | 50 ms |  | 1/40.0 |
| 1,000 | serve, body edit: median (95%) | 4.2 ms (4.2 ms) |  |  |
"
        );
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(
            [time(0.0005), time(0.9994), time(1.5), time(250.0)],
            ["0.5 ms", "999 ms", "1.50 s", "250 s"]
        );
        assert_eq!([bytes(2_000.0), bytes(367_001_600.0)], ["2.0 KiB", "350 MiB"]);
        assert_eq!([ratio(0.025), ratio(0.75), ratio(5.5)], ["1/40.0", "0.75", "5.50"]);
        assert_eq!([thousands(200), thousands(50_000)], ["200", "50,000"]);
    }
}
