//! Diagnostics for people, with excerpts of the files.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::base::{Diagnostic, Language, Severity, Span};
use crate::source::Tree;

use super::{count, mendable, summary};

/// Prints diagnostics with excerpts of the files of `tree`.
pub(crate) struct Report<'a> {
    /// Where the excerpts come from.
    pub(crate) tree: &'a Tree,
    /// The language of the messages.
    pub(crate) language: Language,
    /// Whether to use colours.
    pub(crate) styled: bool,
}

impl Report<'_> {
    /// All diagnostics, how many there are of each code, and a closing count.
    pub(crate) fn text(&self, diagnostics: &[Diagnostic]) -> String {
        let renderer = if self.styled { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Ascii);
        let mut text = String::new();
        for diagnostic in diagnostics {
            text.push_str(&self.one(&renderer, diagnostic));
            text.push_str("\n\n");
        }
        text.push_str(&summary(self.tree, diagnostics, self.language));
        text.push_str(&mendable(self.tree, diagnostics, self.language));
        text.push_str(&count(diagnostics, self.language));
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
