//! Counts the words of one page. A segment depends on its page and the language
//! alone, so it can be remembered until the page changes.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::weight::{FIELD_COUNT, Field};
use super::words::words;
use super::{Language, SearchPage};

/// One page, ready to be indexed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    pub(super) page: SearchPage,
    /// How many words each field has.
    pub(super) lengths: [u32; FIELD_COUNT],
    /// The terms of the page, in order.
    pub(super) terms: Vec<(String, Occurrences)>,
}

/// How often a term occurs, and where first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Occurrences {
    pub counts: [u16; FIELD_COUNT],
    pub positions: Vec<u32>,
}

/// More positions of a term than these would hardly bring it nearer to another.
pub(super) const MAX_POSITIONS: usize = 8;

/// Words of different fields are at least this far apart.
const FIELD_GAP: u32 = 20;

/// Counts the words of a page.
pub fn segment(page: &SearchPage, language: Language) -> Segment {
    let mut counter =
        Counter { language, position: 0, lengths: [0; FIELD_COUNT], terms: HashMap::new() };
    counter.count(Field::Title, &page.title);
    for synonym in &page.synonyms {
        counter.count(Field::Synonyms, synonym);
    }
    counter.count(Field::Summary, &page.summary);
    for section in &page.sections {
        counter.count(Field::Headings, &section.title);
        counter.count(Field::Body, &section.text);
    }
    let mut terms: Vec<_> = counter.terms.into_iter().collect();
    terms.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Segment { page: page.clone(), lengths: counter.lengths, terms }
}

struct Counter {
    language: Language,
    position: u32,
    lengths: [u32; FIELD_COUNT],
    terms: HashMap<String, Occurrences>,
}

impl Counter {
    fn count(&mut self, field: Field, text: &str) {
        let mut length = 0;
        for word in words(text, self.language) {
            length = word.position + word.width();
            for (at, part) in word.parts.into_iter().enumerate() {
                self.add(field, part, word.position + at as u32);
            }
            self.add(field, word.term, word.position);
        }
        if length > 0 {
            self.lengths[field as usize] += length;
            self.position += length + FIELD_GAP;
        }
    }

    fn add(&mut self, field: Field, term: String, position: u32) {
        let occurrences = self.terms.entry(term).or_default();
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
        let terms: Vec<_> =
            segment.terms.iter().map(|(term, found)| (term.as_str(), found.counts)).collect();
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
        assert_eq!(segment.terms[0].1.positions, [0, 21]);
    }

    #[test]
    fn an_empty_page_has_no_terms() {
        assert_eq!(counted("", "").terms, []);
    }
}
