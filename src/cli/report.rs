//! Diagnostics and search results as text for people and as JSON for programs.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

use crate::base::{Diagnostic, Language, Severity, Span};
use crate::search::Results;
use crate::source::Tree;

/// Prints diagnostics with excerpts of the files of `tree`.
pub(super) struct Report<'a> {
    /// Where the excerpts come from.
    pub(super) tree: &'a Tree,
    /// The language of the messages.
    pub(super) language: Language,
    /// Whether to use colours.
    pub(super) styled: bool,
}

impl Report<'_> {
    /// All diagnostics with a closing count.
    pub(super) fn text(&self, diagnostics: &[Diagnostic]) -> String {
        let renderer = if self.styled { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Ascii);
        let mut text = String::new();
        for diagnostic in diagnostics {
            text.push_str(&self.one(&renderer, diagnostic));
            text.push_str("\n\n");
        }
        text.push_str(&self.count(diagnostics));
        text.push('\n');
        text
    }

    fn one(&self, renderer: &Renderer, diagnostic: &Diagnostic) -> String {
        let name = match (diagnostic.severity, self.language) {
            (Severity::Error, Language::Italian) => "errore",
            (Severity::Error, Language::English) => "error",
            (Severity::Warning, Language::Italian) => "avviso",
            (Severity::Warning, Language::English) => "warning",
        };
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR.with_name(name),
            Severity::Warning => Level::WARNING.with_name(name),
        };
        let message = diagnostic.message.in_language(self.language);
        let (path, source, place) = self.written(&diagnostic.span);
        let snippet = Snippet::source(source.as_str())
            .path(path)
            .annotation(AnnotationKind::Primary.span(place));
        let mut group = level.primary_title(message).id(&*diagnostic.code).element(snippet);
        let help_name = if self.language == Language::Italian { "aiuto" } else { "help" };
        if let Some(help) = &diagnostic.help {
            let help = help.in_language(self.language);
            group = group.element(Level::HELP.with_name(help_name).message(help));
        }
        let related = diagnostic
            .related
            .as_ref()
            .map(|(span, label)| (label.in_language(self.language), self.written(span)));
        let mut groups: Vec<Group<'_>> = vec![group];
        if let Some((label, (path, source, place))) = &related {
            let note_name = if self.language == Language::Italian { "nota" } else { "note" };
            let snippet = Snippet::source(source.as_str())
                .path(path.as_str())
                .annotation(AnnotationKind::Context.span(place.clone()));
            let title = Level::NOTE.with_name(note_name).secondary_title(*label);
            groups.push(title.element(snippet));
        }
        renderer.render(&groups)
    }

    /// The file that an editor sees at a place, its text, and the part of it to mark. Bytes that are
    /// not UTF-8 are shown as such.
    fn written(&self, span: &Span) -> (String, String, Range<usize>) {
        let (path, blob, range) = self.tree.written(span);
        let text = blob.text().map(str::to_owned);
        let text = text.unwrap_or_else(|| String::from_utf8_lossy(&blob.bytes).into_owned());
        let place = annotation(range, &text);
        (path, text, place)
    }

    fn count(&self, diagnostics: &[Diagnostic]) -> String {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
        let warnings = diagnostics.len() - errors;
        let counted =
            |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        match self.language {
            Language::Italian => {
                let errors_text = counted(errors, "errore", "errori");
                let warnings = counted(warnings, "avviso", "avvisi");
                let end = if errors > 0 { ": il sito non è stato scritto" } else { "" };
                format!("{errors_text}, {warnings}{end}")
            }
            Language::English => {
                let errors_text = counted(errors, "error", "errors");
                let warnings = counted(warnings, "warning", "warnings");
                let end = if errors > 0 { ": the site was not written" } else { "" };
                format!("{errors_text}, {warnings}{end}")
            }
        }
    }
}

/// The part of `source` to mark: on letter boundaries, one line, inside the text.
fn annotation(range: Range<usize>, source: &str) -> Range<usize> {
    let boundary = |mut at: usize| {
        at = at.min(source.len());
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (boundary(range.start), boundary(range.end));
    let line_end = source[start..].find('\n').map_or(source.len(), |length| start + length);
    start..end.clamp(start, line_end.max(start))
}

/// The hits as the list that `vasta search --json` prints.
pub(super) fn hits_as_json(results: &Results) -> String {
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
pub(super) fn hits_as_text(results: &Results, language: Language) -> String {
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
