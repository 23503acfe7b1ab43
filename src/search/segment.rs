//! Counts the words of one page. A segment depends on its page and the language
//! alone, so it can be remembered until the page changes.

use serde::{Deserialize, Serialize};

use super::tables::Map;
use super::weight::{FIELD_COUNT, Field};
use super::words::{each_word, width, words};
use super::{Language, SearchPage};

/// One page, ready to be indexed. A site has hundreds of terms for each of its pages, so they are
/// kept in three long lists rather than in as many small allocations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    pub(super) page: SearchPage,
    /// How many words each field has.
    pub(super) lengths: [u32; FIELD_COUNT],
    /// The terms of the page in order, one after the other.
    text: String,
    terms: Vec<Term>,
    positions: Vec<u32>,
}

/// A term of a page: where its text and its positions end, and how often it occurs in each field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Term {
    text_end: u32,
    positions_end: u32,
    counts: [u16; FIELD_COUNT],
    is_name: bool,
}

/// How often a term occurs on a page, and where first.
pub(super) struct Found<'a> {
    pub term: &'a str,
    pub counts: [u16; FIELD_COUNT],
    /// Whether the term alone is the title or a synonym of the page.
    pub is_name: bool,
    pub positions: &'a [u32],
}

impl Segment {
    /// The terms of the page in order.
    pub(super) fn terms(&self) -> impl Iterator<Item = Found<'_>> {
        let (mut text, mut positions) = (0, 0);
        self.terms.iter().map(move |term| {
            let text_start = std::mem::replace(&mut text, term.text_end as usize);
            let first = std::mem::replace(&mut positions, term.positions_end as usize);
            Found {
                term: &self.text[text_start..text],
                counts: term.counts,
                is_name: term.is_name,
                positions: &self.positions[first..positions],
            }
        })
    }
}

/// More positions of a term than these would hardly bring it nearer to another.
pub(super) const MAX_POSITIONS: usize = 8;

/// Words of different fields are at least this far apart.
const FIELD_GAP: u32 = 20;

/// Counts the words of a page.
pub fn segment(page: &SearchPage, language: Language) -> Segment {
    let mut counter =
        Counter { language, position: 0, lengths: [0; FIELD_COUNT], terms: Map::default() };
    counter.count(Field::Title, &page.title);
    counter.name(&page.title);
    for synonym in &page.synonyms {
        counter.count(Field::Synonyms, synonym);
        counter.name(synonym);
    }
    counter.count(Field::Summary, &page.summary);
    for section in &page.sections {
        counter.count(Field::Headings, &section.title);
        counter.count(Field::Body, &section.text);
    }
    let mut found: Vec<_> = counter.terms.into_iter().collect();
    found.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let mut text = String::with_capacity(found.iter().map(|(term, _)| term.len()).sum());
    let n_positions = found.iter().map(|(_, occurrences)| occurrences.positions.len()).sum();
    let mut positions = Vec::with_capacity(n_positions);
    let term = |(term, occurrences): (String, Occurrences)| {
        text.push_str(&term);
        positions.extend(occurrences.positions);
        Term {
            text_end: text.len() as u32,
            positions_end: positions.len() as u32,
            counts: occurrences.counts,
            is_name: occurrences.is_name,
        }
    };
    let terms = found.into_iter().map(term).collect();
    Segment { page: page.clone(), lengths: counter.lengths, text, terms, positions }
}

/// A term that is being counted.
#[derive(Default)]
struct Occurrences {
    counts: [u16; FIELD_COUNT],
    is_name: bool,
    positions: Vec<u32>,
}

struct Counter {
    language: Language,
    position: u32,
    lengths: [u32; FIELD_COUNT],
    terms: Map<String, Occurrences>,
}

impl Counter {
    fn count(&mut self, field: Field, text: &str) {
        let mut length = 0;
        each_word(text, self.language, |word| {
            length = word.position + width(&word.parts);
            for (at, part) in word.parts.iter().enumerate() {
                self.add(field, part, word.position + at as u32);
            }
            self.add(field, word.term, word.position);
        });
        if length > 0 {
            self.lengths[field as usize] += length;
            self.position += length + FIELD_GAP;
        }
    }

    /// Notes a name of the page that is one word.
    fn name(&mut self, name: &str) {
        if let [word] = words(name, self.language).as_slice() {
            self.terms.entry(word.term.clone()).or_default().is_name = true;
        }
    }

    fn add(&mut self, field: Field, term: &str, position: u32) {
        if !self.terms.contains_key(term) {
            self.terms.insert(term.to_owned(), Occurrences::default());
        }
        let Some(occurrences) = self.terms.get_mut(term) else { return };
        let count = &mut occurrences.counts[field as usize];
        *count = count.saturating_add(1);
        let position = self.position + position;
        if occurrences.positions.len() < MAX_POSITIONS
            && occurrences.positions.last() != Some(&position)
        {
            occurrences.positions.push(position);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::SearchSection;

    fn counted(title: &str, text: &str) -> Segment {
        let section = SearchSection { text: text.into(), ..SearchSection::default() };
        let page =
            SearchPage { title: title.into(), sections: vec![section], ..SearchPage::default() };
        segment(&page, Language::Italian)
    }

    #[test]
    fn terms_are_sorted_and_counted_by_field() {
        let segment = counted("Gare", "Le gare e l'ente");
        let terms: Vec<_> = segment.terms().map(|found| (found.term, found.counts)).collect();
        assert_eq!(
            terms,
            [
                ("_e", [0, 0, 0, 0, 1]),
                ("_le", [0, 0, 0, 0, 1]),
                ("ente", [0, 0, 0, 0, 1]),
                ("gare", [1, 0, 0, 0, 1]),
            ]
        );
        assert_eq!(segment.lengths, [1, 0, 0, 0, 4]);
    }

    #[test]
    fn fields_are_far_apart() {
        let segment = counted("Gare", "gare");
        let found = segment.terms().next().expect("a term");
        assert_eq!(found.positions, [0, 21]);
    }

    #[test]
    fn an_empty_page_has_no_terms() {
        assert_eq!(counted("", "").terms().count(), 0);
    }
}
