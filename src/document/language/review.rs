//! The walk over one text: what breaks a rule at its own place is told at once, what concerns the whole
//! page is gathered.

use std::ops::Range;

use crate::base::html::{Sealed, Tag, parts};
use crate::base::pieces::{Piece, pieces};
use crate::base::readability::{Readability, sentences};
use crate::base::{Diagnostic, Diagnostics, Severity, Span, catalogue};
use crate::source::language_rules::Level;

use super::passage::Passage;
use super::{Acronym, Element, Judge, Mark, Placed, Reviewed, acronyms, foreign, links};

/// Reviews one text, given as its marks and where they are written. A text of a page has a title above it,
/// which is a heading of level 1; a field has not (`title` is nothing).
pub fn review<'a>(
    judge: &Judge<'a>,
    marks: impl Iterator<Item = (Mark<'a>, Range<usize>)>,
    title: Option<u8>,
    placed: Placed<'_>,
) -> (Reviewed, Diagnostics) {
    let mut review = Review {
        judge,
        placed,
        reviewed: Reviewed::default(),
        diagnostics: Diagnostics::new(),
        passage: Passage::default(),
        open: Vec::new(),
        heading: title,
        link: None,
        image: None,
        header: Header::default(),
        sealed: None,
        is_first: true,
    };
    for (mark, range) in marks {
        review.take(mark, range);
    }
    review.end_passage();
    (review.reviewed, review.diagnostics)
}

struct Review<'j, 'a> {
    judge: &'j Judge<'a>,
    placed: Placed<'j>,
    reviewed: Reviewed,
    diagnostics: Diagnostics,
    /// The paragraph, heading or cell that is being read.
    passage: Passage,
    /// The elements that are open and decide how a passage is judged.
    open: Vec<Element>,
    /// The level of the heading before.
    heading: Option<u8>,
    link: Option<Words>,
    image: Option<Words>,
    header: Header,
    /// The HTML element that is open and says its language, or for what it stands.
    sealed: Option<Sealed<'a>>,
    is_first: bool,
}

/// The words of a link or image, and where it is.
struct Words {
    text: String,
    has_image: bool,
    range: Range<usize>,
}

/// The first row of a table.
#[derive(Default)]
struct Header {
    range: Range<usize>,
    has_image: bool,
    /// Of each cell whether it is empty, and where it is.
    cells: Vec<(bool, Range<usize>)>,
}

impl<'a> Review<'_, 'a> {
    fn take(&mut self, mark: Mark<'a>, range: Range<usize>) {
        match mark {
            Mark::Text(text) => self.text(text, range),
            Mark::Code(code) => {
                self.named(code);
                // It has no language: something stands there, and that is all.
                self.passage.push("\u{FFFC}", range);
            }
            Mark::Break => {
                self.named(" ");
                self.passage.push(" ", range);
            }
            Mark::Html(html) => self.html(html, range),
            Mark::Start(element) => self.start(element, range),
            Mark::End(element) => self.end(element),
            Mark::Silent => {}
        }
        self.is_first = false;
    }

    fn text(&mut self, text: &'a str, range: Range<usize>) {
        self.named(text);
        if self.image.is_some() {
            return;
        }
        if self.sealed.is_some() {
            let start = self.passage.text.len();
            self.passage.sealed.push(start..start + text.len());
            self.reviewed.explained.push(text.trim().to_owned());
        }
        self.passage.push(text, range);
    }

    /// Adds `text` to the words of the image or link that is open.
    fn named(&mut self, text: &str) {
        for words in [&mut self.link, &mut self.image].into_iter().flatten() {
            words.text.push_str(text);
        }
    }

    fn html(&mut self, html: &'a str, range: Range<usize>) {
        let mut at = range.start;
        for (text, tag) in parts(html) {
            let Some(tag) = tag else { break };
            at += text.len();
            let place = at..at + tag.0.len();
            at = place.end;
            if tag.name() == "br" {
                self.passage.push(" ", place);
            } else if tag.name() == "img" && !tag.has_attribute("alt") {
                self.tell(
                    self.judge.rules.alternative_text,
                    &place,
                    catalogue::missing_alternative,
                );
            }
            self.sealed = Sealed::after(self.sealed, tag, says_more);
        }
    }

    fn start(&mut self, element: Element, range: Range<usize>) {
        match element {
            Element::Inline => {}
            Element::Link => self.link = Some(Words::at(range)),
            Element::Image => {
                if let Some(link) = &mut self.link {
                    link.has_image = true;
                }
                self.header.has_image = true;
                self.image = Some(Words::at(range));
            }
            element => {
                self.end_passage();
                match element {
                    Element::Heading(level) => self.heading(level, &range),
                    Element::TableHead => {
                        self.header = Header { range: range.clone(), ..Header::default() }
                    }
                    Element::Cell => self.header.start_cell(range),
                    _ => {}
                }
                self.open.push(element);
            }
        }
    }

    fn end(&mut self, element: Element) {
        match element {
            Element::Inline => {}
            Element::Link => self.end_link(),
            Element::Image => self.end_image(),
            element => {
                if element == Element::Cell && self.open.contains(&Element::TableHead) {
                    self.header.end_cell(self.passage.text.trim().is_empty());
                }
                self.end_passage();
                self.open.pop();
                if element == Element::TableHead {
                    self.end_header();
                }
            }
        }
    }

    /// Headings go down one level at a time. As in the page, the first one at the top is a title, and no
    /// other is above the second level.
    fn heading(&mut self, level: u8, range: &Range<usize>) {
        let level = if level == 1 && self.is_first { 1 } else { level.max(2) };
        let before = self.heading.replace(level);
        if let Some(before) = before.filter(|before| level > before + 1) {
            let told = |severity, span| catalogue::skipped_heading(severity, span, level, before);
            self.tell(self.judge.rules.heading_level, range, told);
        }
    }

    fn end_link(&mut self) {
        let Some(Words { text, has_image, range }) = self.link.take() else { return };
        // An image without words is told as such.
        let is_image_alone = has_image && text.trim().is_empty();
        if links::says_nothing(&text) && !is_image_alone {
            let told = |severity, span| catalogue::empty_link_text(severity, span, text.trim());
            self.tell(self.judge.rules.link_text, &range, told);
        }
    }

    fn end_image(&mut self) {
        let Some(Words { text, range, .. }) = self.image.take() else { return };
        if text.trim().is_empty() {
            self.tell(self.judge.rules.alternative_text, &range, catalogue::missing_alternative);
        }
    }

    /// The corner of a table may be empty, no other cell of its header.
    fn end_header(&mut self) {
        let Header { range, cells, .. } = std::mem::take(&mut self.header);
        let level = self.judge.rules.table_header;
        if cells.iter().all(|(is_empty, _)| *is_empty) {
            return self.tell(level, &range, catalogue::table_without_header);
        }
        for (at, (is_empty, place)) in cells.iter().enumerate().skip(1) {
            if *is_empty {
                let place = if place.is_empty() { &range } else { place };
                let told =
                    |severity, span| catalogue::column_without_header(severity, span, at + 1);
                self.tell(level, place, told);
            }
        }
    }

    /// Judges the passage that has ended, by what is open around it.
    fn end_passage(&mut self) {
        let passage = std::mem::take(&mut self.passage);
        let is_open = |element: &Element| self.open.contains(element);
        let is_silent = [Element::Code, Element::Quote, Element::Note].iter().any(is_open);
        let is_prose =
            !self.open.iter().any(|it| matches!(it, Element::Heading(_) | Element::Cell));
        if !is_silent && !passage.text.trim().is_empty() {
            if is_prose {
                self.sentences(&passage);
            }
            let asks_acronyms = is_prose && acronyms::may_be_in(&passage.text);
            if asks_acronyms || self.judge.foreign.is_some() {
                let pieces: Vec<Piece<'_>> = pieces(&passage.text).collect();
                if asks_acronyms {
                    self.acronyms(&passage, &pieces);
                }
                self.foreign(&passage, &pieces);
            }
        }
        // Its memory serves the next one.
        self.passage = passage;
        self.passage.clear();
    }

    fn sentences(&mut self, passage: &Passage) {
        let most = self.judge.rules.most_words;
        for sentence in sentences(&passage.text) {
            let readability = Readability::of_sentence(&passage.text[sentence.clone()]);
            self.reviewed.readability += readability;
            let n_words = readability.words;
            if n_words <= self.reviewed.longest.as_ref().map_or(0, |(most, _)| *most).min(most) {
                continue;
            }
            let place = passage.source(&sentence);
            if n_words > most {
                let told = |severity, span| catalogue::long_sentence(severity, span, n_words, most);
                self.tell(self.judge.rules.long_sentence, &place, told);
            }
            if self.reviewed.longest.as_ref().is_none_or(|(most, _)| n_words > *most) {
                self.reviewed.longest = Some((n_words, (self.placed)(&place)));
            }
        }
    }

    fn acronyms(&mut self, passage: &Passage, pieces: &[Piece<'_>]) {
        if self.judge.rules.acronym.is_none() {
            return;
        }
        for (at, piece) in pieces.iter().enumerate() {
            if !acronyms::is_acronym(&passage.text, pieces, at) || passage.is_sealed(piece.start) {
                continue;
            }
            let is_known = |acronym: &Acronym| acronym.word == piece.text;
            if !self.reviewed.acronyms.iter().any(is_known) {
                let span = (self.placed)(&passage.source(&(piece.start..piece.end)));
                let word = piece.text.to_owned();
                self.reviewed.acronyms.push(Acronym { word, place: span.start..span.end });
            }
        }
    }

    fn foreign(&mut self, passage: &Passage, pieces: &[Piece<'_>]) {
        let Judge { rules, is_italian, foreign, .. } = self.judge;
        let (Some(declared), true) = (foreign, *is_italian && rules.foreign_phrase.is_some())
        else {
            return;
        };
        let is_sealed = |at: usize| passage.is_sealed(at);
        if let Some(found) = foreign::english(&passage.text, pieces, declared, is_sealed) {
            let phrase = &passage.text[found.clone()];
            let told = |severity, span| catalogue::foreign_phrase(severity, span, phrase);
            self.tell(rules.foreign_phrase, &passage.source(&found), told);
        }
    }

    /// Tells a finding at `range`, unless its rule is off.
    fn tell(
        &mut self,
        level: Level,
        range: &Range<usize>,
        finding: impl FnOnce(Severity, Span) -> Diagnostic,
    ) {
        if let Some(severity) = level {
            self.diagnostics.push(finding(severity, (self.placed)(range)));
        }
    }
}

impl Words {
    fn at(range: Range<usize>) -> Self {
        Self { text: String::new(), has_image: false, range }
    }
}

impl Header {
    fn start_cell(&mut self, range: Range<usize>) {
        self.has_image = false;
        self.cells.push((false, range));
    }

    fn end_cell(&mut self, has_no_text: bool) {
        let is_empty = has_no_text && !self.has_image;
        if let Some(cell) = self.cells.last_mut() {
            cell.0 = is_empty;
        }
    }
}

/// Whether the element of `tag` says its language, or for what it stands.
fn says_more(tag: Tag<'_>) -> bool {
    tag.has_attribute("lang") || tag.name() == "abbr" && tag.has_attribute("title")
}
