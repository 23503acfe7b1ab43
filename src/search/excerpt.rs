//! What a hit shows of its page: the section that answers best, and a snippet of
//! text around the words found.

use std::collections::HashMap;

use super::Language;
use super::query::Unit;
use super::words::words;

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// The pieces in a row are the snippet.
    pub text: String,
    /// Whether this is a word that was found.
    pub marked: bool,
}

/// Tells which terms in a text answer which word of the question.
pub(super) struct Matcher {
    units: HashMap<String, usize>,
    /// How rare each word of the question is.
    rarities: Vec<u64>,
}

impl Matcher {
    pub(super) fn new(units: &[Unit], rarities: Vec<u64>) -> Matcher {
        let mut terms = HashMap::new();
        for (at, unit) in units.iter().enumerate() {
            for term in unit.forms.iter().flat_map(|form| form.words.iter().flatten()) {
                terms.entry(term.text.clone()).or_insert(at);
            }
        }
        Matcher { units: terms, rarities }
    }

    /// Which word of the question a term stands for.
    fn unit(&self, term: &str) -> Option<usize> {
        self.units.get(term).copied()
    }
}

/// The best section, if it has a heading, and the snippet.
pub(super) struct Excerpt {
    pub section: Option<usize>,
    pub snippet: Vec<Fragment>,
}

/// A snippet has at most so many characters, the dots at its ends not counted.
const SNIPPET_LENGTH: usize = 170;

/// So many characters stand before the first word found.
const LEAD: usize = 50;

/// The best section of a page, given as anchors, titles and texts, and its snippet.
pub(super) fn excerpt(
    summary: &str,
    sections: &[(String, String, String)],
    matcher: &Matcher,
    language: Language,
) -> Excerpt {
    let mut best = None;
    let mut best_score = 0;
    for (index, (_, title, text)) in sections.iter().enumerate() {
        let score = section_score(title, text, matcher, language);
        if score > best_score {
            (best, best_score) = (Some(index), score);
        }
    }
    let text = best.map(|index| sections[index].2.as_str()).unwrap_or_default();
    let shown = [text, summary, first_text(sections)].into_iter().find(|text| !text.is_empty());
    Excerpt {
        section: best.filter(|&index| !sections[index].0.is_empty()),
        snippet: snippet(shown.unwrap_or_default(), matcher, language),
    }
}

fn first_text(sections: &[(String, String, String)]) -> &str {
    let texts = sections.iter().map(|(_, _, text)| text.as_str());
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// Different words count most, then words in the heading, then repetition.
fn section_score(title: &str, text: &str, matcher: &Matcher, language: Language) -> u64 {
    let in_title = counts(title, matcher, language);
    let in_text = counts(text, matcher, language);
    let mut score = 0;
    for (unit, rarity) in matcher.rarities.iter().enumerate() {
        let all = in_title[unit] + in_text[unit];
        if all > 0 {
            let heading = if in_title[unit] > 0 { 4 } else { 0 };
            score += rarity * (8 + heading + all.min(4));
        }
    }
    score
}

fn counts(text: &str, matcher: &Matcher, language: Language) -> Vec<u64> {
    let mut counts = vec![0; matcher.rarities.len()];
    for mark in marks(text, matcher, language) {
        if let Some(unit) = mark.unit {
            counts[unit] += 1;
        }
    }
    counts
}

/// A word of a text: where it stands, in bytes and in characters, and which word of the question it answers.
struct Mark {
    start: usize,
    end: usize,
    start_character: usize,
    end_character: usize,
    unit: Option<usize>,
}

fn marks(text: &str, matcher: &Matcher, language: Language) -> Vec<Mark> {
    let mut characters = 0;
    let mut counted = 0;
    let mut character_of = |at: usize| {
        characters += text[counted..at].chars().count();
        counted = at;
        characters
    };
    let found = words(text, language).into_iter().map(|word| Mark {
        start: word.start,
        end: word.end,
        start_character: character_of(word.start),
        end_character: character_of(word.end),
        unit: std::iter::once(&word.term).chain(&word.parts).find_map(|term| matcher.unit(term)),
    });
    found.collect()
}

/// The stretch of text that holds most, cut at words.
fn snippet(text: &str, matcher: &Matcher, language: Language) -> Vec<Fragment> {
    let marks = marks(text, matcher, language);
    let Some(window) = best_window(&marks, matcher) else {
        return Vec::new();
    };
    let (first, last) = (&marks[window.start], &marks[window.end - 1]);
    // Whole texts keep the signs at their ends.
    let start = if window.start == 0 { 0 } else { first.start };
    let end = if window.end == marks.len() { text.len() } else { last.end };
    let mut fragments = Vec::new();
    let mut push = |text: &str, marked| {
        if !text.is_empty() {
            fragments.push(Fragment { text: text.to_string(), marked });
        }
    };
    if window.start > 0 {
        push("… ", false);
    }
    let mut copied = start;
    for mark in marks[window.clone()].iter().filter(|mark| mark.unit.is_some()) {
        push(&text[copied..mark.start], false);
        push(&text[mark.start..mark.end], true);
        copied = mark.end;
    }
    push(&text[copied..end], false);
    if window.end < marks.len() {
        push(" …", false);
    }
    fragments
}

/// Around each word found, what fits; the first of the best.
fn best_window(marks: &[Mark], matcher: &Matcher) -> Option<std::ops::Range<usize>> {
    let mut best = None;
    let mut best_score = 0;
    for (at, mark) in marks.iter().enumerate() {
        if mark.unit.is_none() {
            continue;
        }
        let window = window(marks, at);
        let score = window_score(&marks[window.clone()], matcher);
        if score > best_score {
            (best, best_score) = (Some(window), score);
        }
    }
    best.or_else(|| (!marks.is_empty()).then(|| window(marks, 0)))
}

/// The words that fit in a snippet with some lead before the given one.
fn window(marks: &[Mark], at: usize) -> std::ops::Range<usize> {
    let fits = |start: usize, end: usize| {
        marks[end].end_character - marks[start].start_character <= SNIPPET_LENGTH
    };
    let mut start = at;
    while start > 0 && marks[at].start_character - marks[start - 1].start_character <= LEAD {
        start -= 1;
    }
    let mut end = at;
    while end + 1 < marks.len() && fits(start, end + 1) {
        end += 1;
    }
    while start > 0 && fits(start - 1, end) {
        start -= 1;
    }
    start..end + 1
}

fn window_score(marks: &[Mark], matcher: &Matcher) -> u64 {
    let mut counts = vec![0u64; matcher.rarities.len()];
    for unit in marks.iter().filter_map(|mark| mark.unit) {
        counts[unit] += 1;
    }
    let scores = counts.iter().zip(&matcher.rarities);
    scores.map(|(&count, rarity)| if count > 0 { rarity * (8 + count.min(4)) } else { 0 }).sum()
}
