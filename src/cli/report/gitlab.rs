//! The findings as a Code Quality report of GitLab, which shows them beside a merge request.

use serde_json::{Value, json};

use crate::base::Severity;

use super::Findings;
use super::finding::Finding;

pub(super) fn write(findings: &Findings) -> String {
    let issues: Vec<Value> = findings.all.iter().map(issue).collect();
    serde_json::to_string_pretty(&issues).expect("texts and numbers") + "\n"
}

fn issue(finding: &Finding) -> Value {
    let help = finding.help.as_ref().map(|help| format!(" — {help}")).unwrap_or_default();
    json!({
        "description": format!("{}{help}", finding.message),
        "check_name": finding.code,
        "fingerprint": finding.fingerprint,
        "severity": match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
        },
        "location": {
            "path": finding.place.file,
            "lines": { "begin": finding.place.start.line, "end": finding.place.end.line },
        },
    })
}
