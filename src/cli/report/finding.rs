//! A diagnostic as programs want it: in one language, with the path of its file, and lines and columns
//! instead of bytes. Says nothing of any form.

use std::collections::BTreeMap;
use std::ops::Range;

use camino::{Utf8Component, Utf8Path};
use serde::Serialize;

use crate::base::{Diagnostic, Hash, Language, Severity, SourcePath, Span, Text};
use crate::source::tree::CONTENT;
use crate::source::{Config, Tree, explanation, mending};

/// The page of a site that explains all codes, below `content/`.
const MANUAL: &str = "redazione/errori";

/// All findings of a check, in one language.
pub(crate) struct Findings {
    /// The language of the texts.
    pub(super) language: Language,
    /// The findings, in the order in which they are told.
    pub(super) all: Vec<Finding>,
    /// The address of the page that explains the codes, when the site has both.
    pub(super) manual: Option<String>,
}

/// One of them.
#[derive(Serialize)]
pub(super) struct Finding {
    /// Error or warning.
    pub(super) severity: Severity,
    /// The code, such as `V009`.
    pub(super) code: String,
    /// The short name of the code.
    pub(super) title: String,
    /// Where it is.
    #[serde(flatten)]
    pub(super) place: Place,
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) help: Option<String>,
    /// A second place that explains the first, and why.
    pub(super) related: Option<Related>,
    /// What `vasta fix` would write.
    pub(super) edit: Option<Change>,
    /// The same for as long as the line and the mistake are: 32 hexadecimal digits, different for each
    /// finding.
    pub(super) fingerprint: String,
}

/// A second place.
#[derive(Serialize)]
pub(super) struct Related {
    /// Where it is.
    #[serde(flatten)]
    pub(super) place: Place,
    /// What is there.
    pub(super) message: String,
}

/// Other words in one place.
#[derive(Serialize)]
pub(super) struct Change {
    /// The place whose words go.
    #[serde(flatten)]
    pub(super) place: Place,
    /// What comes instead.
    pub(super) text: String,
}

/// A part of a file.
#[derive(Serialize)]
pub(super) struct Place {
    /// The path of the file, with `/`, from the folder in which the command was called.
    pub(super) file: String,
    /// Its first letter.
    pub(super) start: Position,
    /// The letter after its last one.
    pub(super) end: Position,
}

/// A letter of a file, by its line and its place in the line, both counted from 1. Letters are Unicode
/// code points.
#[derive(Clone, Copy, Serialize)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Findings {
    /// Of `diagnostics` about `tree`, the site in the folder `site` as it was named in the call.
    pub(crate) fn of(
        tree: &Tree,
        diagnostics: &[Diagnostic],
        site: Option<&Utf8Path>,
        language: Language,
    ) -> Self {
        let prefix = site.map(prefix).unwrap_or_default();
        let mut seen = BTreeMap::new();
        let finding = |diagnostic: &Diagnostic| {
            let say = |text: &Text| text.in_language(language).to_owned();
            let (place, line) = place(tree, &prefix, &diagnostic.span);
            let title = explanation::find(&diagnostic.code);
            let title = title.map(|found| say(&found.title)).unwrap_or_default();
            let related = diagnostic.related.as_ref().map(|(span, label)| Related {
                place: self::place(tree, &prefix, span).0,
                message: say(label),
            });
            let same = (diagnostic.code.clone(), place.file.clone(), line);
            let fingerprint = fingerprint(&same, seen.entry(same.clone()).or_insert(0));
            Finding {
                severity: diagnostic.severity,
                code: diagnostic.code.clone(),
                title,
                place,
                message: say(&diagnostic.message),
                help: diagnostic.help.as_ref().map(say),
                related,
                edit: change(tree, &prefix, diagnostic),
                fingerprint,
            }
        };
        let all = diagnostics.iter().map(finding).collect();
        Self { language, all, manual: manual(tree) }
    }

    /// The fingerprints, in the order of the diagnostics.
    pub(crate) fn fingerprints(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|finding| finding.fingerprint.as_str())
    }

    /// The language as programs name it.
    pub(super) fn language_code(&self) -> &'static str {
        match self.language {
            Language::Italian => "it",
            Language::English => "en",
        }
    }

    /// The address of the explanation of `code`.
    pub(super) fn address(&self, code: &str) -> Option<String> {
        Some(format!("{}#{}", self.manual.as_ref()?, code.to_lowercase()))
    }
}

/// The address of the page that explains the codes, when the site says its own and has the page.
pub(super) fn manual(tree: &Tree) -> Option<String> {
    let base = Config::of(tree).value.base_url;
    let page = SourcePath::new(&format!("{CONTENT}/{MANUAL}.md"))?;
    (!base.is_empty() && tree.hash(&page).is_some()).then(|| format!("{base}{MANUAL}/"))
}

/// What stands before the path of each file: the folder of the site, when it lies in that of the call.
fn prefix(site: &Utf8Path) -> String {
    let mut prefix = String::new();
    for component in site.components() {
        match component {
            Utf8Component::Normal(name) => prefix.push_str(&format!("{name}/")),
            Utf8Component::CurDir => {}
            _ => return String::new(),
        }
    }
    prefix
}

/// What mends `diagnostic`, with lines and columns.
fn change(tree: &Tree, prefix: &str, diagnostic: &Diagnostic) -> Option<Change> {
    let (edit, blob) = mending::edit(tree, diagnostic)?;
    let text = blob.text()?;
    let place = Place {
        file: format!("{prefix}{}", edit.file),
        start: position(text, edit.range.start),
        end: position(text, edit.range.end),
    };
    Some(Change { place, text: edit.text })
}

/// The place of `span`, and the line in which it begins.
fn place(tree: &Tree, prefix: &str, span: &Span) -> (Place, String) {
    let (path, blob, range) = tree.written(span);
    let text = String::from_utf8_lossy(&blob.bytes);
    let Range { start, end } = range;
    let (start, end) = (boundary(&text, start), boundary(&text, end.max(start)));
    let line = text[text[..start].rfind('\n').map_or(0, |at| at + 1)..].lines().next();
    let place = Place {
        file: format!("{prefix}{path}"),
        start: position(&text, start),
        end: position(&text, end),
    };
    (place, line.unwrap_or_default().trim().to_owned())
}

/// The place of the letter at or before the byte `at`.
fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn position(text: &str, at: usize) -> Position {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Position { line, column }
}

/// Of the code, the file and the words of its line, and which of several equal ones it is: an edit of
/// other lines, or another language, changes nothing.
fn fingerprint((code, file, line): &(String, String, String), n_before: &mut usize) -> String {
    let number = n_before.to_string();
    *n_before += 1;
    let parts = [code.as_bytes(), file.as_bytes(), line.as_bytes(), number.as_bytes()];
    Hash::of_parts(parts).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_letters_and_lines_begin_at_one() {
        let text = "città\nè qui\n";
        let at = |byte| (position(text, byte).line, position(text, byte).column);
        assert_eq!(at(0), (1, 1));
        assert_eq!(at("città".len()), (1, 6));
        assert_eq!(at("città\nè ".len()), (2, 3));
        assert_eq!(boundary(text, "citt".len() + 1), "citt".len());
    }

    #[test]
    fn only_a_folder_below_is_named_in_paths() {
        assert_eq!(prefix("./sito/it/".into()), "sito/it/");
        assert_eq!(prefix("../sito".into()), "");
        assert_eq!(prefix("/srv/sito".into()), "");
    }
}
