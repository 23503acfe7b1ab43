//! The report as a table for spreadsheets: one line for each problem, in the form of RFC 4180.

use crate::base::csv::push_line;

use super::Report;

const COLUMNS: [&str; 13] = [
    "file",
    "address",
    "title",
    "type",
    "owner",
    "state",
    "updated",
    "verified",
    "review_by",
    "problem",
    "value",
    "more",
    "line",
];

pub(super) fn write(report: &Report) -> String {
    let mut csv = String::new();
    push_line(&mut csv, COLUMNS.into_iter());
    for page in &report.pages {
        for problem in &page.problems {
            let line = if problem.line == 0 { String::new() } else { problem.line.to_string() };
            let values: [&str; COLUMNS.len()] = [
                &page.file,
                &page.address,
                &page.title,
                &page.page_type,
                &page.owner,
                page.state,
                &page.updated,
                &page.verified,
                &page.review_by,
                problem.kind.name(),
                &problem.value,
                &problem.more,
                &line,
            ];
            push_line(&mut csv, values.into_iter());
        }
    }
    csv
}
