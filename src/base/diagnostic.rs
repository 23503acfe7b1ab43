//! What is wrong, where, and what to do: plain data. The wording of each mistake is in
//! `catalogue`; how a diagnostic is printed is the command line's business.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::path::SourcePath;

/// Several diagnostics, in order of discovery.
pub type Diagnostics = Vec<Diagnostic>;

/// Whether a diagnostic stops the site from being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site is not written.
    Error,
    /// The site is written, and somebody should look.
    Warning,
}

/// The two languages that diagnostics speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Italian, the default.
    Italian,
    /// English.
    English,
}

/// The same sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    /// The Italian wording.
    pub italian: String,
    /// The English wording.
    pub english: String,
}

impl Text {
    /// Both wordings at once.
    pub fn new(italian: impl Into<String>, english: impl Into<String>) -> Self {
        Self { italian: italian.into(), english: english.into() }
    }

    /// The same of both wordings.
    #[must_use]
    pub fn map(&self, of: impl Fn(&str) -> String) -> Self {
        Self { italian: of(&self.italian), english: of(&self.english) }
    }

    /// The wording in `language`.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Italian => &self.italian,
            Language::English => &self.english,
        }
    }
}

/// A stretch of a source file, in bytes from its start.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub file: SourcePath,
    /// First byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// `range` of `file`.
    pub fn new(file: &SourcePath, range: Range<usize>) -> Self {
        Self { file: file.clone(), start: range.start, end: range.end }
    }

    /// The very beginning of `file`: for what concerns the file as a whole.
    pub fn start_of(file: &SourcePath) -> Self {
        Self::new(file, 0..0)
    }
}

/// One finding for an editor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The stable code, such as `V004`.
    pub code: String,
    /// Where it is.
    pub span: Span,
    /// What is wrong: lower case, no full stop, code in backticks.
    pub message: Text,
    /// What to do about it.
    pub help: Option<Text>,
    /// A second place that explains the first, such as where a key was already given.
    pub related: Option<(Span, Text)>,
    /// What puts it right, where that is beyond doubt.
    pub mend: Option<Mend>,
}

/// What puts a mistake right. Which bytes of which file that changes is found with the texts at hand
/// (`source::mending`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mend {
    /// Other words at the place of the diagnostic. It is worth something only where those that are
    /// written stand there letter by letter, and once.
    Words {
        /// What is written.
        written: String,
        /// What should be.
        instead: String,
    },
    /// An old address among the `aliases` of a page.
    Alias {
        /// The file of the page.
        file: SourcePath,
        /// The address, without slashes at its ends.
        alias: String,
    },
    /// A former anchor at a heading: `{prima=sportelli}`.
    FormerAnchor {
        /// The file of the page.
        file: SourcePath,
        /// The anchor that the heading has now.
        anchor: String,
        /// The one that it had before.
        former: String,
    },
}

impl Mend {
    /// `instead` for `written`, unless the two differ in more than spelling: a number is never made
    /// another one, and no sign comes in that could mean something where it stands.
    pub fn of_spelling(written: &str, instead: &str) -> Option<Self> {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let is_plain = |letter: char| letter.is_alphanumeric() || "-_./".contains(letter);
        let is_fit = instead.chars().all(|letter| is_plain(letter) || written.contains(letter));
        (is_fit && !written.is_empty() && digits(written) == digits(instead))
            .then(|| Self::Words { written: written.to_owned(), instead: instead.to_owned() })
    }
}

impl Diagnostic {
    /// An error with a stable code.
    pub fn error(code: &str, span: Span, message: Text) -> Self {
        let code = code.to_owned();
        Self {
            severity: Severity::Error,
            code,
            span,
            message,
            help: None,
            related: None,
            mend: None,
        }
    }

    /// A warning with a stable code.
    pub fn warning(code: &str, span: Span, message: Text) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// Adds what to do.
    #[must_use]
    pub fn with_help(self, help: Text) -> Self {
        Self { help: Some(help), ..self }
    }

    /// Adds a second place that explains the first.
    #[must_use]
    pub fn with_related(self, span: Span, label: Text) -> Self {
        Self { related: Some((span, label)), ..self }
    }

    /// Adds what puts it right.
    #[must_use]
    pub fn with_mend(self, mend: Option<Mend>) -> Self {
        Self { mend, ..self }
    }

    /// Whether the site may not be written.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Puts diagnostics in the order in which an editor wants to read them: by file and place.
pub fn sort(diagnostics: &mut Diagnostics) {
    diagnostics.sort_by(|left, right| {
        (&left.span, &left.code, &left.message).cmp(&(&right.span, &right.code, &right.message))
    });
    diagnostics.dedup();
}
