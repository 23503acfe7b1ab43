//! Whether the texts of a page are plain language: easy enough to read as a whole and sentence by sentence,
//! with explained acronyms, links that say where they lead, images with words, headings without gaps, tables
//! with headers, declared foreign words. One walk over what the Markdown of a text consists of, whatever
//! read it; `vasta.yaml` says which rules hold. What is judged:
//!
//! | part of a text | sentences, index, acronyms | foreign phrases | links, images |
//! |---|---|---|---|
//! | paragraphs, items of lists, definitions, callouts | yes | yes | yes |
//! | headings, cells of tables | no | yes | yes |
//! | quotations, footnotes | no | no | yes |
//! | code, figures, HTML | no | no | images |
//!
//! The text of a page and its Markdown fields are judged; other fields and the description are not.

mod acronyms;
mod foreign;
mod links;
mod passage;
mod review;

use std::ops::Range;

use crate::base::html::parts;
use crate::base::phrase::Phrases;
use crate::base::readability::Readability;
use crate::base::{Diagnostics, Span, catalogue};
use crate::source::{Config, Foreign, LanguageRules};

use super::body::Body;
use super::fields::{Fields, Value};

pub use acronyms::Acronym;
pub use review::review;

/// Shorter texts say nothing about how hard a page is.
const FEWEST_WORDS: usize = 60;

/// By what the texts of a site are judged.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    /// The rules.
    pub rules: &'a LanguageRules,
    /// Whether the texts are Italian: of other languages nobody knows here how hard they are, nor what is
    /// foreign to them.
    pub is_italian: bool,
    /// The foreign phrases that the site declares, if it does.
    pub foreign: Option<&'a Phrases<String>>,
}

impl<'a> Judge<'a> {
    /// By what the texts of a site with `config` are judged; without `foreign`, not by its foreign words.
    pub fn of(config: &'a Config, foreign: Option<&'a Foreign>) -> Self {
        Self {
            rules: &config.language_rules,
            is_italian: config.language.starts_with("it"),
            foreign: foreign.filter(|_| config.foreign.is_some()).map(|foreign| &foreign.phrases),
        }
    }

    /// The Gulpease index of a page, if it is lower than the site wants it to be.
    pub fn low_index(&self, readability: Readability) -> Option<usize> {
        let is_judged = self.is_italian && readability.words >= FEWEST_WORDS;
        readability.gulpease().filter(|index| is_judged && *index < self.rules.least_gulpease)
    }
}

/// What a text consists of, one after the other.
#[derive(Clone, Copy, Debug)]
pub enum Mark<'a> {
    /// Words as they are read.
    Text(&'a str),
    /// Code within a line.
    Code(&'a str),
    /// The end of a line.
    Break,
    /// HTML as it is written.
    Html(&'a str),
    /// The beginning of an element.
    Start(Element),
    /// Its end.
    End(Element),
    /// Anything that is not read.
    Silent,
}

/// The elements of a text that make a difference to how it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// What parts a text, such as a paragraph, a list or an item of one.
    Block,
    /// A quotation.
    Quote,
    /// A footnote.
    Note,
    /// A block of code.
    Code,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// The first row of a table.
    TableHead,
    /// A cell.
    Cell,
    /// A link.
    Link,
    /// An image.
    Image,
    /// Emphasis and the like.
    Inline,
}

/// What one text gives to the judgement of its page.
#[derive(Clone, Debug, Default)]
pub struct Reviewed {
    /// What there is to read in it.
    pub readability: Readability,
    /// How many words its longest sentence has, and where that is.
    pub longest: Option<(usize, Span)>,
    /// The acronyms that it uses, and perhaps explains.
    pub acronyms: Vec<Acronym>,
    /// The acronyms that it explains by HTML (`<abbr>`).
    pub explained: Vec<String>,
}

/// The judgement of a page.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// What there is to read in all its texts.
    pub readability: Readability,
    /// The acronyms that it does not explain.
    pub acronyms: Vec<Acronym>,
    /// What is wrong with it as a whole.
    pub diagnostics: Diagnostics,
}

/// What of a page is judged as a whole.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Its texts, reviewed one by one.
    pub bodies: &'a [Body],
    /// Its title and description, which may explain acronyms.
    pub heads: [&'a str; 2],
    /// Its fields, which may too.
    pub fields: &'a Fields,
    /// Where what is wrong with all of it is told.
    pub opening: &'a Span,
}

/// Judges a page as a whole.
pub fn of_page(judge: &Judge<'_>, page: Page<'_>) -> Judgement {
    let Page { bodies, heads, fields, opening } = page;
    let mut judgement = Judgement::default();
    let mut acronyms = Vec::new();
    for Reviewed { readability, acronyms: used, .. } in bodies.iter().map(|body| &body.reviewed) {
        judgement.readability += *readability;
        acronyms.extend(used.iter().cloned());
    }
    judgement.diagnostics.extend(hard_to_read(judge, bodies, judgement.readability, opening));
    let explained: Vec<&String> = bodies.iter().flat_map(|body| &body.reviewed.explained).collect();
    let is_known =
        |word: &String| judge.rules.known_acronyms.contains(word) || explained.contains(&word);
    acronyms.retain(|acronym: &Acronym| !is_known(&acronym.word));
    if !acronyms.is_empty() {
        let notes: Vec<String> = bodies.iter().map(|body| text_of(&body.notes)).collect();
        let sections = bodies.iter().flat_map(|body| &body.sections);
        let sections = sections.flat_map(|section| [section.title.as_str(), &section.text]);
        let notes = notes.iter().map(String::as_str);
        let mut texts: Vec<&str> = heads.into_iter().chain(sections).chain(notes).collect();
        fields.values().for_each(|value| collect_texts(value, &mut texts));
        judgement.acronyms = acronyms::unexplained(acronyms, &texts);
    }
    judgement
}

/// That a page is hard to read as a whole.
fn hard_to_read(
    judge: &Judge<'_>,
    bodies: &[Body],
    readability: Readability,
    opening: &Span,
) -> Diagnostics {
    let (Some(level), Some(index)) = (judge.rules.gulpease, judge.low_index(readability)) else {
        return Vec::new();
    };
    let longest = bodies.iter().filter_map(|body| body.reviewed.longest.as_ref());
    let longest = longest.reduce(|first, other| if other.0 > first.0 { other } else { first });
    let longest = longest.map(|(_, span)| span.clone());
    vec![catalogue::hard_to_read(
        level,
        opening.clone(),
        index,
        judge.rules.least_gulpease,
        longest,
    )]
}

/// The words of `html`.
fn text_of(html: &str) -> String {
    parts(html).map(|(text, _)| text).collect()
}

fn collect_texts<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::Text(text) => texts.push(text),
        Value::List(items) => items.iter().for_each(|item| collect_texts(item, texts)),
        Value::Object(fields) => fields.values().for_each(|field| collect_texts(field, texts)),
        _ => {}
    }
}

/// Gives the place in the file of a range of the text.
type Placed<'a> = &'a dyn Fn(&Range<usize>) -> Span;
