//! The style sheet of the site: the parts that the themes have in `styles/`, one after the other in
//! the order of their names, without the comments and blanks that are there for those who write them.

use crate::base::{Hash, SourcePath};
use crate::source::Tree;

/// The name of the style sheet among the static files of the theme.
pub const SHEET: &str = "stile.css";

/// The parts of a style sheet in their order, and their fingerprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    parts: Vec<SourcePath>,
    /// The colour of the header; empty for that of the theme.
    colour: String,
    /// Changes when a part does, or their order.
    pub hash: Hash,
}

impl Style {
    /// The style sheet of these parts, with the colour that the site wants for its header; none without
    /// parts.
    pub fn of(tree: &Tree, parts: Vec<SourcePath>, colour: &str) -> Option<Self> {
        let hashes = parts.iter().filter_map(|part| tree.hash(part));
        let hashes: Vec<String> = hashes.map(|hash| hash.to_string()).collect();
        let hash = Hash::of_parts(hashes.iter().map(String::as_bytes).chain([colour.as_bytes()]));
        (!parts.is_empty()).then(|| Self { parts, colour: colour.to_owned(), hash })
    }

    /// The last part: whoever looks for the sheet's source finds the others beside it.
    pub fn place(&self) -> &SourcePath {
        self.parts.last().expect("a style sheet has parts")
    }

    /// The whole sheet as it is published.
    pub fn published(&self, tree: &Tree) -> String {
        let part = |part: &SourcePath| {
            let blob = tree.get(part)?;
            Some(blob.text().map(shortened).unwrap_or_default())
        };
        let mut sheet: String = self.parts.iter().filter_map(part).collect();
        if !self.colour.is_empty() {
            sheet.push_str(&coloured(&self.colour));
        }
        sheet
    }
}

/// The header in a colour, for readers who do not ask for stronger contrast.
fn coloured(colour: &str) -> String {
    let slim = format!("color-mix(in srgb,{colour} 80%,#000)");
    format!(
        "@media (prefers-contrast: no-preference){{:root{{--header: {colour};--header-slim: {slim}}}}}"
    )
}

/// `source` without comments, and without blanks where they separate nothing.
fn shortened(source: &str) -> String {
    let mut written = String::with_capacity(source.len());
    let mut rest = source.trim();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("/*") => {
                let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
                // Whoever reads what is published finds the names of licences there.
                if rest.starts_with("/*!") {
                    written.push_str(&rest[..end]);
                }
                end
            }
            '"' | '\'' => {
                let end = text_end(rest, first);
                written.push_str(&rest[..end]);
                end
            }
            _ if first.is_whitespace() => {
                let end = rest.find(|letter: char| !letter.is_whitespace()).unwrap_or(rest.len());
                let after = rest[end..].chars().next();
                let is_needless = written
                    .ends_with(|last| SEPARATORS.contains(&last) || last == ' ')
                    || after.is_none_or(|sign| SEPARATORS.contains(&sign));
                if !is_needless && !written.is_empty() {
                    written.push(' ');
                }
                end
            }
            '}' => {
                // The last declaration of a block needs no end.
                if written.ends_with(';') {
                    written.pop();
                }
                written.push('}');
                1
            }
            _ => {
                written.push(first);
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    written
}

/// Signs that need no blank on either side. Before a colon a blank can mean a descendant.
const SEPARATORS: [char; 4] = ['{', '}', ';', ','];

/// Where a text in quotes ends, its quotes included.
fn text_end(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn comments_and_needless_blanks_are_left_out() {
        let source =
            "/* Why. */\n.a,\n.b :hover {\n  margin: 0 auto;\n  /* what */ color: red;\n}\n";
        assert_eq!(shortened(source), ".a,.b :hover{margin: 0 auto;color: red}");
    }

    #[test]
    fn texts_stay_as_they_are_written() {
        let source = "a::after {\n  content: \" /* \\\"  x \";\n}\n";
        assert_eq!(shortened(source), "a::after{content: \" /* \\\"  x \"}");
        assert_eq!(shortened("a { content: 'never ends"), "a{content: 'never ends");
    }

    #[test]
    fn licences_stay() {
        assert_eq!(shortened("/*! EUPL */ a { b: c }"), "/*! EUPL */ a{b: c}");
    }
}
