//! The findings as SARIF 2.1.0, the form that code scanning services read.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::base::{Language, Severity};
use crate::source::explanation;

use super::Findings;
use super::finding::{Change, Finding, Place};

/// The place of the published schema.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name that stands for the folder of the call: who reads the report knows where that is.
const ROOT: &str = "%SRCROOT%";

pub(super) fn write(findings: &Findings) -> String {
    let mut rules = BTreeMap::new();
    for finding in &findings.all {
        rules.entry(finding.code.as_str()).or_insert_with(|| rule(findings, finding));
    }
    let numbers: BTreeMap<&str, usize> = rules.keys().copied().zip(0..).collect();
    let result = |finding: &Finding| result(finding, numbers[finding.code.as_str()]);
    let root = match findings.language {
        Language::Italian => "la cartella in cui è stato dato il comando",
        Language::English => "the folder in which the command was called",
    };
    let report = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "vasta",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().collect::<Vec<_>>(),
            } },
            "language": findings.language_code(),
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: { "description": { "text": root } } },
            "results": findings.all.iter().map(result).collect::<Vec<_>>(),
        }],
    });
    serde_json::to_string_pretty(&report).expect("texts and numbers") + "\n"
}

fn rule(findings: &Findings, finding: &Finding) -> Value {
    let mut rule = json!({
        "id": finding.code,
        "shortDescription": { "text": sentence(&finding.title) },
        "defaultConfiguration": { "level": level(finding) },
    });
    if let Some(explanation) = explanation::find(&finding.code) {
        let language = findings.language;
        let body = explanation.markdown(language);
        let remedy = explanation.remedy.in_language(language);
        rule["fullDescription"] = json!({ "text": explanation.meaning.in_language(language) });
        rule["help"] = json!({ "text": remedy, "markdown": body });
    }
    if let Some(address) = findings.address(&finding.code) {
        rule["helpUri"] = json!(address);
    }
    rule
}

fn result(finding: &Finding, rule: usize) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{} {}", sentence(&finding.message), sentence(help)),
        None => sentence(&finding.message),
    };
    let mut result = json!({
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": level(finding),
        "message": { "text": text },
        "locations": [{ "physicalLocation": location(&finding.place) }],
        "partialFingerprints": { "vasta/v1": finding.fingerprint },
    });
    if let Some(Change { place, text }) = &finding.edit {
        let location = location(place);
        result["fixes"] = json!([{ "artifactChanges": [{
            "artifactLocation": location["artifactLocation"],
            "replacements": [{
                "deletedRegion": location["region"],
                "insertedContent": { "text": text },
            }],
        }] }]);
    }
    if let Some(related) = &finding.related {
        result["relatedLocations"] = json!([{
            "id": 1,
            "message": { "text": sentence(&related.message) },
            "physicalLocation": location(&related.place),
        }]);
    }
    result
}

fn level(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn location(Place { file, start, end }: &Place) -> Value {
    json!({
        "artifactLocation": { "uri": address(file), "uriBaseId": ROOT },
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    })
}

/// The path as a relative address.
fn address(path: &str) -> String {
    let mut address = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// `text` as services show it: a capital letter, and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{}{}{end}", first.unwrap_or_default(), letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_address() {
        assert_eq!(address("content/più cose.md"), "content/pi%C3%B9%20cose.md");
    }

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(sentence("è vuoto"), "È vuoto.");
        assert_eq!(sentence("forse `a`?"), "Forse `a`?");
    }
}
