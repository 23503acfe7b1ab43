//! What is written while Markdown is read: HTML with holes, the plain text that search reads, and
//! diagnostics at their places. Knows nothing of the parser.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::html::escape_into;
use crate::base::path::percent_decode;
use crate::base::text::slug;
use crate::base::{Diagnostics, SourcePath, Span, catalogue};
use crate::source::tree::CONTENT;

use super::Options;
use crate::document::body::{Body, CLOSE, Heading, Hole, Link, LinkTarget, OPEN, TextSection};
use crate::document::citation::citations;
use crate::document::figure::Figure;

/// Schemes that a link may have.
const SCHEMES: [&str; 5] = ["https", "http", "mailto", "tel", "geo"];

/// How ranges of the Markdown become ranges of the file.
pub(super) enum Place {
    /// The Markdown starts so many bytes after the file.
    Offset(usize),
    /// The Markdown stands inside front matter; everything is reported at one place.
    Fixed(Range<usize>),
}

/// A link to a point of the same text.
pub(super) struct LinkHere {
    /// The point.
    pub(super) anchor: String,
    /// What is written.
    pub(super) written: String,
    /// Where it is written.
    pub(super) span: Span,
}

/// A body that is being written.
pub(super) struct Writer<'a> {
    /// The body so far.
    pub(super) body: Body,
    /// What is wrong so far.
    pub(super) diagnostics: Diagnostics,
    /// How many links are open; a reference inside one is not linked.
    pub(super) n_links: usize,
    n_raw_links: usize,
    /// Whether what is written is a footnote: a source, which search does not read.
    pub(super) is_footnote: bool,
    /// The links to other files; holes count them from `first_link`.
    pub(super) links: Vec<Link>,
    /// Links to points of the same text, to be looked for when all points are known.
    pub(super) links_here: Vec<LinkHere>,
    first_link: usize,
    file: &'a SourcePath,
    place: Place,
    marks_citations: bool,
    /// HTML that is put aside while a heading or a footnote is written.
    aside: Vec<String>,
    taken_anchors: BTreeMap<String, usize>,
    /// The plain text of the heading that is open.
    heading_text: Option<String>,
    /// The alternative text of the image that is open.
    image_text: Option<String>,
}

impl<'a> Writer<'a> {
    /// Starts a text of `file` before which there are `first_link` links in the file.
    pub(super) fn new(
        file: &'a SourcePath,
        place: Place,
        options: &Options<'_>,
        first_link: usize,
    ) -> Self {
        Self {
            body: Body { sections: vec![TextSection::default()], ..Body::default() },
            diagnostics: Diagnostics::new(),
            n_links: 0,
            n_raw_links: 0,
            is_footnote: false,
            links: Vec::new(),
            links_here: Vec::new(),
            first_link,
            file,
            place,
            marks_citations: options.marks_citations,
            aside: Vec::new(),
            taken_anchors: BTreeMap::new(),
            heading_text: None,
            image_text: None,
        }
    }

    /// Writes markup.
    pub(super) fn html(&mut self, html: &str) {
        self.body.html.push_str(html);
    }

    /// Writes text into the HTML alone.
    pub(super) fn escaped(&mut self, text: &str) {
        escape_into(text, &mut self.body.html);
    }

    /// Writes text into the plain text alone: that of the image or heading that is open, or else
    /// what search reads.
    pub(super) fn plain(&mut self, text: &str) {
        if let Some(image) = &mut self.image_text {
            image.push_str(text);
        }
        if let Some(heading) = &mut self.heading_text {
            heading.push_str(text);
        } else if !self.is_footnote
            && let Some(section) = self.body.sections.last_mut()
        {
            section.text.push_str(text);
        }
    }

    /// Writes a run of text. References to acts of law become holes.
    pub(super) fn text(&mut self, text: &str) {
        for (number, line) in text.split('\n').enumerate() {
            self.plain(if number > 0 { " " } else { "" });
            self.plain(line);
        }
        if self.image_text.is_some() {
            return;
        }
        let is_open = self.heading_text.is_none() && self.n_links + self.n_raw_links == 0;
        let mut copied = 0;
        if self.marks_citations && is_open {
            for (place, citation) in citations(text) {
                self.escaped(&text[copied..place.start]);
                self.hole(Hole::Citation(citation, text[place.clone()].to_owned()));
                copied = place.end;
            }
        }
        self.escaped(&text[copied..]);
    }

    /// Takes note of a link that is written as raw HTML: nothing inside it is linked either.
    pub(super) fn note_raw_link(&mut self, tag: &str) {
        if tag.starts_with("<a ") {
            self.n_raw_links += 1;
        } else if tag.starts_with("</a>") {
            self.n_raw_links = self.n_raw_links.saturating_sub(1);
        }
    }

    /// Whether an image is open: then text is not written into the HTML.
    pub(super) fn is_in_image(&self) -> bool {
        self.image_text.is_some()
    }

    /// Starts an image; text is now its alternative.
    pub(super) fn open_image(&mut self) {
        self.image_text = Some(String::new());
    }

    /// Ends an image and gives its alternative text.
    pub(super) fn close_image(&mut self) -> String {
        self.image_text.take().unwrap_or_default().trim().to_owned()
    }

    /// Starts a heading; HTML and text are now its own.
    pub(super) fn open_heading(&mut self) {
        self.open_aside();
        self.heading_text = Some(String::new());
    }

    /// Ends a heading and gives its HTML and its text.
    pub(super) fn close_heading(&mut self) -> (String, String) {
        let text = self.heading_text.take().unwrap_or_default().trim().to_owned();
        (self.close_aside(), text)
    }

    /// Starts the part of the text below a heading.
    pub(super) fn start_section(&mut self, level: u8, id: String, title: String) {
        let (anchor, text) = (id.clone(), String::new());
        self.body.sections.push(TextSection { anchor, title: title.clone(), text });
        self.body.headings.push(Heading { level, id, title });
    }

    /// An anchor that no other heading of the page has.
    pub(super) fn anchor(&mut self, given: Option<&str>, title: &str) -> String {
        let wanted = given.map_or_else(|| slug(title), str::to_owned);
        // A name that starts with a letter can be used in style sheets and scripts as it is.
        let wanted = match wanted.chars().next() {
            None => "sezione".to_owned(),
            Some(first) if first.is_ascii_digit() && given.is_none() => format!("sezione-{wanted}"),
            Some(_) => wanted,
        };
        loop {
            let n = self.taken_anchors.entry(wanted.clone()).or_insert(0);
            *n += 1;
            if *n == 1 {
                return wanted;
            }
            let numbered = format!("{wanted}-{n}");
            if !self.taken_anchors.contains_key(&numbered) {
                self.taken_anchors.insert(numbered.clone(), 1);
                return numbered;
            }
        }
    }

    /// Puts the HTML so far aside; what follows is a piece of its own.
    pub(super) fn open_aside(&mut self) {
        self.aside.push(std::mem::take(&mut self.body.html));
    }

    /// Gives the piece and goes on with what was put aside.
    pub(super) fn close_aside(&mut self) -> String {
        let before = self.aside.pop().unwrap_or_default();
        std::mem::replace(&mut self.body.html, before)
    }

    /// Whether what is written is the page itself, not a piece put aside.
    pub(super) fn is_at_top(&self) -> bool {
        self.aside.is_empty()
    }

    /// Writes the address of a link or image, or a hole for it. Says whether it leaves the site.
    pub(super) fn destination(&mut self, written: &str, span: Span, is_image: bool) -> bool {
        if let Some(scheme) = scheme(written) {
            if !SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) {
                self.diagnostics.push(catalogue::unsafe_link(span, scheme));
            }
            self.escaped(written);
            return matches!(scheme, "http" | "https");
        }
        let (path, anchor) = written.split_once('#').unwrap_or((written, ""));
        let path = percent_decode(path.split('?').next().unwrap_or(path));
        let anchor = (!anchor.is_empty()).then(|| percent_decode(anchor));
        let written = written.to_owned();
        if path.is_empty() {
            let anchor = anchor.unwrap_or_default();
            self.escaped(&format!("#{anchor}"));
            self.links_here.push(LinkHere { anchor, written, span });
            return false;
        }
        let inside = self.file.resolve(&path, CONTENT).filter(|_| !path.starts_with("//"));
        let Some(path) = inside else {
            self.diagnostics.push(catalogue::link_outside(span, &written));
            return false;
        };
        let target = match path.extension() {
            // A path without an ending can only have been meant for a page.
            "md" | "" if !is_image => LinkTarget::Page(path, anchor),
            _ => LinkTarget::File { path, is_image },
        };
        self.hole(Hole::Link(self.first_link + self.links.len()));
        self.links.push(Link { target, written, span });
        false
    }

    /// Writes a hole for a table or chart.
    pub(super) fn figure(&mut self, figure: Figure) {
        self.hole(Hole::Figure(Box::new(figure)));
        self.html("\n");
    }

    /// The place in the file of `range` of the Markdown.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let range = match &self.place {
            Place::Offset(offset) => range.start + offset..range.end + offset,
            Place::Fixed(place) => place.clone(),
        };
        Span::new(self.file, range)
    }

    fn hole(&mut self, hole: Hole) {
        self.html(&format!("{OPEN}{}{CLOSE}", self.body.holes.len()));
        self.body.holes.push(hole);
    }
}

/// The scheme of an address, if it has one.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "+.-".contains(letter);
    (scheme.starts_with(|letter: char| letter.is_ascii_alphabetic()) && scheme.chars().all(plain))
        .then_some(scheme)
}
