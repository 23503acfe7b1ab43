//! The text of a page as HTML with holes. A hole stands where the HTML needs another page: a link,
//! an image, an acronym of the glossary. The site checks holes; rendering fills them.

use crate::base::{SourcePath, Span};

/// What Markdown becomes.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// HTML in which `OPEN number CLOSE` marks each hole.
    pub html: String,
    /// The footnotes, in the same way; empty without any.
    pub notes: String,
    /// What belongs into the holes.
    pub holes: Vec<Hole>,
    /// The headings, the page's own title not among them.
    pub headings: Vec<Heading>,
    /// Anchors other than headings that a link may lead to.
    pub anchors: Vec<String>,
    /// The plain text by heading: what search reads.
    pub sections: Vec<TextSection>,
    /// The heading of first level with which the text opens, if any: a title.
    pub title: Option<String>,
}

/// Starts a hole. Not a character: it cannot occur in an editor's text.
pub const OPEN: char = '\u{FDD0}';
/// Ends a hole.
pub const CLOSE: char = '\u{FDD1}';

/// Something that only the whole site can say.
#[derive(Clone, Debug)]
pub enum Hole {
    /// The address of a page or file, inside an attribute.
    Link {
        /// Where it leads.
        target: LinkTarget,
        /// What is written.
        written: String,
        /// Where it is written.
        span: Span,
    },
    /// A word that may be an acronym of the glossary.
    Acronym(String),
}

/// Where a link inside the site leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A page, and perhaps a point of it.
    Page(SourcePath, Option<String>),
    /// A point of the same page.
    Here(String),
    /// A file beside the pages; `is_image` when the page shows it.
    File {
        /// The file.
        path: SourcePath,
        /// Whether the page shows it rather than links to it.
        is_image: bool,
    },
}

/// A heading of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// The anchor.
    pub id: String,
    /// The plain text.
    pub title: String,
}

/// The plain text below one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextSection {
    /// The anchor of the heading, empty before the first one.
    pub anchor: String,
    /// The heading, empty before the first one.
    pub title: String,
    /// The text.
    pub text: String,
}

impl Body {
    /// `html`, a part of this body, with `fill` called for each hole in order.
    pub fn fill<'a>(&'a self, html: &str, mut fill: impl FnMut(&'a Hole, &mut String)) -> String {
        let mut filled = String::with_capacity(html.len() + self.holes.len() * 32);
        let mut rest = html;
        while let Some((before, after)) = rest.split_once(OPEN) {
            filled.push_str(before);
            let (number, after) = after.split_once(CLOSE).unwrap_or((after, ""));
            if let Some(hole) = number.parse().ok().and_then(|n: usize| self.holes.get(n)) {
                fill(hole, &mut filled);
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// All plain text.
    pub fn text(&self) -> String {
        self.sections.iter().map(|section| section.text.trim()).collect::<Vec<_>>().join(" ")
    }

    /// Whether a link may lead to `anchor`.
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.anchor_names().any(|known| known == anchor)
    }

    /// Every anchor of the text.
    pub fn anchor_names(&self) -> impl Iterator<Item = &str> {
        let headings = self.headings.iter().map(|heading| heading.id.as_str());
        headings.chain(self.anchors.iter().map(String::as_str))
    }
}
