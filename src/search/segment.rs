//! Counts the words of one page. A segment depends on its page and the language
//! alone, so it can be made beside others, and again from what was published.

use super::shards::hash;
use super::tables::Map;
use super::weight::{FIELD_COUNT, Field};
use super::words::{Group, each_group, width, words};
use super::{Language, SearchPage};

/// One page, ready to be indexed. A site has hundreds of terms for each of its pages, so they are
/// kept in three long lists rather than in as many small allocations.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    pub(super) page: SearchPage,
    /// How many words each field has.
    pub(super) lengths: [u32; FIELD_COUNT],
    /// Stop words that a name of the page has in capitals, each once.
    pub(super) acronyms: Vec<String>,
    /// The terms of the page by portion, one after the other.
    text: String,
    terms: Vec<Term>,
    positions: Vec<u32>,
}

/// A term of a page: where its text and its positions end, and how often it occurs in each field.
#[derive(Clone, Debug, PartialEq)]
struct Term {
    portion: u8,
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

/// More positions of a term than these would hardly bring it nearer to another.
pub(super) const MAX_POSITIONS: usize = 8;

/// Terms are dealt out to so many portions, so that the pages of a site can be brought together by
/// several hands.
pub(super) const N_PORTIONS: usize = 64;

/// Words of different fields are at least this far apart.
const FIELD_GAP: u32 = 20;

/// Counts the words of a page.
pub fn segment(page: SearchPage, language: Language) -> Segment {
    let mut counter = Counter::new(language);
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
    let Counter { lengths, mut acronyms, places, terms, .. } = counter;
    acronyms.sort_unstable();
    acronyms.dedup();
    let mut texts: Vec<(u8, u32, String)> =
        places.into_iter().map(|(term, place)| (portion(&term), place, term)).collect();
    texts.sort_unstable_by_key(|&(portion, place, _)| (portion, place));

    let n_positions = terms.iter().map(|occurrences| usize::from(occurrences.n_positions)).sum();
    let mut segment = Segment {
        page,
        lengths,
        acronyms,
        text: String::with_capacity(texts.iter().map(|(.., term)| term.len()).sum()),
        terms: Vec::with_capacity(texts.len()),
        positions: Vec::with_capacity(n_positions),
    };
    for (portion, place, text) in texts {
        segment.push(portion, &text, &terms[place as usize]);
    }
    segment
}

impl Segment {
    /// The terms of the page: those of one portion after those of the other, and within a portion
    /// as they come in the text.
    pub(super) fn terms(&self) -> impl Iterator<Item = Found<'_>> {
        self.found(0..self.terms.len())
    }

    /// The terms of one portion.
    pub(super) fn portion(&self, portion: usize) -> impl Iterator<Item = Found<'_>> {
        let start = self.terms.partition_point(|term| usize::from(term.portion) < portion);
        let end = self.terms.partition_point(|term| usize::from(term.portion) <= portion);
        self.found(start..end)
    }

    fn found(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = Found<'_>> {
        let before = range.start.checked_sub(1).map(|last| &self.terms[last]);
        let (mut text, mut positions) =
            before.map_or((0, 0), |term| (term.text_end as usize, term.positions_end as usize));
        self.terms[range].iter().map(move |term| {
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

    fn push(&mut self, portion: u8, text: &str, occurrences: &Occurrences) {
        self.text.push_str(text);
        self.positions.extend(occurrences.positions());
        self.terms.push(Term {
            portion,
            text_end: self.text.len() as u32,
            positions_end: self.positions.len() as u32,
            counts: occurrences.counts,
            is_name: occurrences.is_name,
        });
    }
}

/// The portion of a term.
pub(super) fn portion(term: &str) -> u8 {
    (hash(term.as_bytes()) % N_PORTIONS as u64) as u8
}

/// A term that is being counted.
#[derive(Default)]
struct Occurrences {
    counts: [u16; FIELD_COUNT],
    is_name: bool,
    n_positions: u8,
    first: [u32; MAX_POSITIONS],
}

impl Occurrences {
    fn positions(&self) -> &[u32] {
        &self.first[..usize::from(self.n_positions)]
    }

    fn add(&mut self, field: Field, position: u32) {
        let count = &mut self.counts[field as usize];
        *count = count.saturating_add(1);
        let n_positions = usize::from(self.n_positions);
        if n_positions < MAX_POSITIONS && self.positions().last() != Some(&position) {
            self.first[n_positions] = position;
            self.n_positions += 1;
        }
    }
}

struct Counter<'a> {
    language: Language,
    position: u32,
    lengths: [u32; FIELD_COUNT],
    acronyms: Vec<String>,
    /// What words turned out to be, by their spelling.
    spellings: Map<&'a str, Spelling>,
    /// The place of each term in `terms`.
    places: Map<String, u32>,
    terms: Vec<Occurrences>,
    /// The term that is being looked at.
    term: String,
}

/// The places of a word's term and of its further term; none if it is no word.
#[derive(Clone, Copy)]
struct Spelling {
    term: Option<u32>,
    further: Option<u32>,
}

impl<'a> Counter<'a> {
    fn new(language: Language) -> Self {
        Self {
            language,
            position: 0,
            lengths: [0; FIELD_COUNT],
            acronyms: Vec::new(),
            spellings: Map::with_capacity_and_hasher(400, Default::default()),
            places: Map::with_capacity_and_hasher(400, Default::default()),
            terms: Vec::with_capacity(400),
            term: String::new(),
        }
    }

    fn count(&mut self, field: Field, text: &'a str) {
        let mut length = 0;
        each_group(text, self.language, |group| {
            let position = self.position + length;
            length += match group.plain() {
                Some(spelling) => self.add_plain(field, spelling, &group, position),
                None => self.add_group(field, &group, position),
            };
        });
        if length > 0 {
            self.lengths[field as usize] += length;
            self.position += length + FIELD_GAP;
        }
    }

    /// Counts a word that its spelling tells all about; gives its width.
    fn add_plain(
        &mut self,
        field: Field,
        text: &'a str,
        group: &Group<'a, '_>,
        position: u32,
    ) -> u32 {
        let spelling = match self.spellings.get(text) {
            Some(spelling) => *spelling,
            None => {
                let spelling = self.spelling(group);
                self.spellings.insert(text, spelling);
                spelling
            }
        };
        for place in [spelling.further, spelling.term].into_iter().flatten() {
            self.terms[place as usize].add(field, position);
        }
        u32::from(spelling.term.is_some())
    }

    fn spelling(&mut self, group: &Group<'a, '_>) -> Spelling {
        let mut term = std::mem::take(&mut self.term);
        let mut spelling = Spelling { term: None, further: None };
        if let Some(parts) = group.terms(&mut term) {
            spelling.further = parts.first().map(|part| self.place(part));
            spelling.term = Some(self.place(&term));
        }
        self.term = term;
        spelling
    }

    /// Counts any other group; gives its width.
    fn add_group(&mut self, field: Field, group: &Group<'a, '_>, position: u32) -> u32 {
        let mut term = std::mem::take(&mut self.term);
        let mut length = 0;
        if let Some(parts) = group.terms(&mut term) {
            length = width(&parts);
            for (part, position) in parts.iter().zip(position..) {
                let place = self.place(part);
                self.terms[place as usize].add(field, position);
            }
            let place = self.place(&term);
            self.terms[place as usize].add(field, position);
        }
        self.term = term;
        length
    }

    /// Notes a name of the page that is one word, and stop words in capitals.
    fn name(&mut self, name: &str) {
        let words = words(name, self.language);
        if let [word] = words.as_slice() {
            let place = self.place(&word.term);
            self.terms[place as usize].is_name = true;
        }
        let terms = words.into_iter().map(|word| word.term);
        self.acronyms.extend(terms.filter(|term| self.language.is_stop_word(term)));
    }

    fn place(&mut self, term: &str) -> u32 {
        if let Some(place) = self.places.get(term) {
            return *place;
        }
        let place = self.terms.len() as u32;
        self.places.insert(term.to_owned(), place);
        self.terms.push(Occurrences::default());
        place
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
        segment(page, Language::Italian)
    }

    #[test]
    fn terms_are_counted_by_field() {
        let segment = counted("Gare", "Le gare e l'ente");
        let mut terms: Vec<_> = segment.terms().map(|found| (found.term, found.counts)).collect();
        terms.sort_unstable();
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
    fn the_portions_together_are_all_terms() {
        let segment = counted("Gare e appalti", "Le gare del d.lgs. 36/2023 e l'ente, per e-mail");
        let portions = (0..N_PORTIONS).flat_map(|portion| segment.portion(portion));
        let portions: Vec<_> = portions.map(|found| (found.term, found.positions)).collect();
        let terms: Vec<_> = segment.terms().map(|found| (found.term, found.positions)).collect();
        assert_eq!(portions, terms);
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
