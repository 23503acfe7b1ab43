//! Finds the YAML at the head of a Markdown file.

use std::ops::Range;

use crate::base::{Checked, SourcePath, Span, catalogue};

/// Where the two parts of a page are, in bytes from the file's start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the `---` lines; empty without front matter.
    pub yaml: Range<usize>,
    /// The Markdown.
    pub markdown: Range<usize>,
}

/// Splits `text`. Front matter that never ends is reported, and the page has no Markdown.
pub fn split(file: &SourcePath, text: &str) -> Checked<Parts> {
    let Some(opening) = line_length(text, 0).filter(|length| text[..*length].trim_end() == "---")
    else {
        return Checked::clean(Parts { yaml: 0..0, markdown: 0..text.len() });
    };
    let mut at = opening;
    while let Some(length) = line_length(text, at) {
        let line = text[at..at + length].trim_end();
        if line == "---" || line == "..." {
            return Checked::clean(Parts { yaml: opening..at, markdown: at + length..text.len() });
        }
        at += length;
    }
    let unclosed = catalogue::unclosed_front_matter(Span::new(file, 0..3));
    Checked::new(Parts { yaml: 0..0, markdown: text.len()..text.len() }, vec![unclosed])
}

/// The length of the line that starts at `at`, its end included; nothing at the end of the text.
fn line_length(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    (!rest.is_empty()).then(|| rest.find('\n').map_or(rest.len(), |newline| newline + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, String, usize) {
        let file = SourcePath::new("a.md").expect("a clean path");
        let checked = split(&file, text);
        let part = |range: Range<usize>| text[range].to_owned();
        let Parts { yaml, markdown } = checked.value;
        (part(yaml), part(markdown), checked.diagnostics.len())
    }

    #[test]
    fn front_matter_and_text_are_parted() {
        let both = parts("---\ntitle: A\n---\nTesto.\n");
        assert_eq!(both, ("title: A\n".into(), "Testo.\n".into(), 0));
        let windows = parts("---\r\ntitle: A\r\n---\r\nTesto.");
        assert_eq!(windows, ("title: A\r\n".into(), "Testo.".into(), 0));
        assert_eq!(parts("Solo testo."), (String::new(), "Solo testo.".into(), 0));
        assert_eq!(parts("---\ntitle: A"), (String::new(), String::new(), 1));
    }
}
