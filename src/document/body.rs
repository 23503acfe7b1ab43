//! The text of a page as HTML with holes. A hole stands where the HTML needs another page: a link,
//! an image, a reference to an act of law. Rendering fills them. A body is large and is needed
//! twice, to render its page and to index it; what other pages may ask of it is in its `Document`.

use serde::{Deserialize, Serialize};

use super::citation::Citation;
use super::figure::Figure;
use super::language::Reviewed;
use crate::base::text::nearest;
use crate::base::{Diagnostic, SourcePath, Span, catalogue};

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
    /// The anchors that headings had before, which still lead to them.
    pub former: Vec<String>,
    /// The anchors of the footnotes.
    pub anchors: Vec<String>,
    /// The plain text by heading: what search reads.
    pub sections: Vec<TextSection>,
    /// The heading of first level with which the text opens, if any: a title.
    pub title: Option<String>,
    /// What it gives to the judgement of the language of its page.
    pub reviewed: Reviewed,
}

/// Starts a hole. Not a character: it cannot occur in an editor's text.
pub const OPEN: char = '\u{FDD0}';
/// Ends a hole.
pub const CLOSE: char = '\u{FDD1}';

/// Something that only the whole site can say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hole {
    /// The address of a page or file, inside an attribute: the number of the link in its document.
    Link(usize),
    /// A table or chart of a collection.
    Figure(Box<Figure>),
    /// A reference to an act of law of which the site may have a page, and how it is written.
    Citation(Citation, String),
}

/// A link or image that leads to another file of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where it leads.
    pub target: LinkTarget,
    /// What is written.
    pub written: String,
    /// Where it is written: in the file of its document.
    #[serde(with = "place_in_file")]
    pub span: Span,
}

/// A span as its range alone: whoever reads it back knows the file.
mod place_in_file {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::base::{SourcePath, Span};

    pub(super) fn serialize<S: Serializer>(span: &Span, to: S) -> Result<S::Ok, S::Error> {
        (span.start, span.end).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Span, D::Error> {
        let (start, end) = Deserialize::deserialize(from)?;
        Ok(Span { file: SourcePath::default(), start, end })
    }
}

/// Where a link inside the site leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkTarget {
    /// A page, and perhaps a point of it.
    Page(SourcePath, Option<String>),
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

    /// How many bytes the texts take in memory, about.
    pub fn n_bytes(&self) -> usize {
        let sections = self.sections.iter().map(|section| section.text.len() + 64);
        self.html.len() + self.notes.len() + sections.sum::<usize>()
    }

    /// Every anchor of the text.
    pub fn anchor_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.heading_names().chain(self.anchors.iter().map(String::as_str))
    }

    /// Every anchor of a heading, those that it had before among them.
    pub fn heading_names(&self) -> impl Iterator<Item = &str> + Clone {
        let headings = self.headings.iter().map(|heading| heading.id.as_str());
        headings.chain(self.former.iter().map(String::as_str))
    }
}

/// What is wrong with a link to the point `anchor` of a text that has the points `known`; nothing
/// when it is one of them. `title` names the page for people.
pub fn missing_anchor<'a>(
    anchor: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    title: &str,
    written: &str,
    span: &Span,
) -> Option<Diagnostic> {
    if known.clone().any(|known| known == anchor) {
        return None;
    }
    // The point alone is wrong, so only it is marked, when it is written as it is read.
    let length = written.split_once('#').map_or(0, |(_, after)| after.len());
    let fits = length > 0 && span.end - span.start == written.len();
    let start = if fits { span.end - length } else { span.start };
    let place = Span { start, ..span.clone() };
    Some(catalogue::broken_anchor(place, anchor, title, nearest(anchor, known)))
}
