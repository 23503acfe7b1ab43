//! Search results as text for people and as JSON for programs.

use serde_json::json;

use crate::base::Language;
use crate::search::Results;

/// The hits as the list that `vasta search --json` prints.
pub(super) fn as_json(results: &Results) -> String {
    let hits: Vec<_> = results
        .hits
        .iter()
        .map(|hit| {
            json!({
                "url": hit.url,
                "title": hit.title,
                "section": hit.section,
                "score": hit.score,
            })
        })
        .collect();
    serde_json::to_string_pretty(&hits).expect("texts and numbers")
}

/// The hits for a terminal.
pub(super) fn as_text(results: &Results, language: Language) -> String {
    let mut text = String::new();
    if results.hits.is_empty() {
        text.push_str(match language {
            Language::Italian => "nessun risultato\n",
            Language::English => "no results\n",
        });
    }
    for hit in &results.hits {
        text.push_str(&hit.title);
        if !hit.section.is_empty() {
            text.push_str(&format!(" › {}", hit.section));
        }
        text.push_str(&format!("\n  {}", hit.url));
        if !hit.anchor.is_empty() {
            text.push_str(&format!("#{}", hit.anchor));
        }
        text.push('\n');
    }
    if !results.hits.is_empty() && !results.unknown.is_empty() {
        let words = match language {
            Language::Italian => "nessuna pagina contiene",
            Language::English => "no page contains",
        };
        text.push_str(&format!("{words}: {}\n", results.unknown.join(", ")));
    }
    if let Some(suggestion) = &results.suggestion {
        let words = match language {
            Language::Italian => "forse cercavi",
            Language::English => "did you mean",
        };
        text.push_str(&format!("{words}: {suggestion}\n"));
    }
    text
}
