//! The end of a report for people: how many findings of each code there are, and how to read more.

use std::collections::BTreeMap;

use crate::base::{Diagnostic, Language};
use crate::source::{Tree, explanation, mending};

use super::finding::manual;

/// Up to so many findings can be counted by eye.
const HANDFUL: usize = 5;

/// The findings by code, most frequent first, and what explains them. Nothing where there are few.
pub(crate) fn summary(tree: &Tree, diagnostics: &[Diagnostic], language: Language) -> String {
    if diagnostics.len() <= HANDFUL {
        return String::new();
    }
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *numbers.entry(&diagnostic.code).or_default() += 1;
    }
    let mut codes: Vec<(&str, usize)> = numbers.into_iter().collect();
    codes.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    let mut text = String::new();
    for (code, number) in &codes {
        let title = explanation::find(code).map(|found| found.title.in_language(language));
        text.push_str(format!("{number:>5}  {code}  {}", title.unwrap_or_default()).trim_end());
        text.push('\n');
    }
    let most = codes.first().map_or("", |(code, _)| code);
    let address = manual(tree);
    text.push_str(&match (language, address) {
        (Language::Italian, None) => format!("`vasta explain {most}` spiega un codice"),
        (Language::English, None) => format!("`vasta explain {most}` explains a code"),
        (Language::Italian, Some(address)) => {
            format!("`vasta explain {most}` spiega un codice; tutti sono in {address}")
        }
        (Language::English, Some(address)) => {
            format!("`vasta explain {most}` explains a code; all are at {address}")
        }
    });
    text.push_str("\n\n");
    text
}

/// How many findings `vasta fix` puts right; nothing when there is none.
pub(crate) fn mendable(tree: &Tree, diagnostics: &[Diagnostic], language: Language) -> String {
    let is_mended = |diagnostic: &&Diagnostic| mending::edit(tree, diagnostic).is_some();
    match (diagnostics.iter().filter(is_mended).count(), language) {
        (0, _) => String::new(),
        (n, Language::Italian) => format!("`vasta fix` ne corregge {n}\n"),
        (n, Language::English) => format!("`vasta fix` mends {n} of them\n"),
    }
}

/// A number of things, `one` or `many`.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// How many errors and warnings there are, and what follows.
pub(crate) fn count(diagnostics: &[Diagnostic], language: Language) -> String {
    let n_errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let n_warnings = diagnostics.len() - n_errors;
    let (errors, warnings, end) = match language {
        Language::Italian => (
            counted(n_errors, "errore", "errori"),
            counted(n_warnings, "avviso", "avvisi"),
            ": il sito non è stato scritto",
        ),
        Language::English => (
            counted(n_errors, "error", "errors"),
            counted(n_warnings, "warning", "warnings"),
            ": the site was not written",
        ),
    };
    let end = if n_errors > 0 { end } else { "" };
    format!("{errors}, {warnings}{end}\n")
}
