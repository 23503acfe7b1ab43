//! The findings as JSON of our own, whose fields `docs/check.md` describes. A change that a reader could
//! notice gets another number.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::Severity;

use super::Findings;
use super::finding::Finding;

/// The number of the form.
const VERSION: u8 = 1;

#[derive(Serialize)]
struct Report<'a> {
    format: &'static str,
    version: u8,
    language: &'static str,
    errors: usize,
    warnings: usize,
    /// How many findings there are of each code.
    codes: BTreeMap<&'a str, usize>,
    findings: &'a [Finding],
}

pub(super) fn write(findings: &Findings) -> String {
    let mut codes = BTreeMap::new();
    for finding in &findings.all {
        *codes.entry(finding.code.as_str()).or_insert(0) += 1;
    }
    let errors = findings.all.iter().filter(|it| it.severity == Severity::Error).count();
    let report = Report {
        format: "vasta-check",
        version: VERSION,
        language: findings.language_code(),
        errors,
        warnings: findings.all.len() - errors,
        codes,
        findings: &findings.all,
    };
    serde_json::to_string_pretty(&report).expect("texts and numbers") + "\n"
}
