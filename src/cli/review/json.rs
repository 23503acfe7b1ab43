//! The report for programs: one JSON object, described in `docs/report.md`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Kind, Problem, Report, Reviewed};

pub(super) fn write(report: &Report) -> String {
    let count = |kind: Kind| {
        let problems = report.pages.iter().flat_map(|page| &page.problems);
        (kind.name(), problems.filter(|problem| problem.kind == kind).count())
    };
    let counts: BTreeMap<&str, usize> = Kind::ALL.into_iter().map(count).collect();
    let object = json!({
        "version": 1,
        "day": report.day.map(|day| day.to_string()),
        "external": report.is_external,
        "pages_looked_at": report.n_pages,
        "counts": counts,
        "pages": report.pages.iter().map(page).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&object).expect("texts and numbers") + "\n"
}

fn page(page: &Reviewed) -> Value {
    json!({
        "file": page.file,
        "address": page.address,
        "title": page.title,
        "type": page.page_type,
        "owner": page.owner,
        "state": page.state,
        "updated": page.updated,
        "verified": page.verified,
        "review_by": page.review_by,
        "problems": page.problems.iter().map(problem).collect::<Vec<_>>(),
    })
}

fn problem(problem: &Problem) -> Value {
    json!({
        "kind": problem.kind.name(),
        "value": problem.value,
        "more": problem.more,
        "line": problem.line,
    })
}
