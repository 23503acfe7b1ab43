//! Counts the words of one page. A segment depends on its page and the language
//! alone, so it can be made beside others, and again from what was published.

use std::cell::RefCell;
use std::rc::Rc;

use super::shards::hash;
use super::weight::{FIELD_COUNT, Field};
use super::words::{Group, each_group, width, words};
use super::{Language, SearchPage};
use crate::base::tables::Map;

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
pub(super) const N_PORTIONS: usize = 32;

/// Words of different fields are at least this far apart.
const FIELD_GAP: u32 = 20;

thread_local! {
    /// Each thread learns for itself, so nobody waits.
    static VOCABULARY: RefCell<Vocabulary> = RefCell::new(Vocabulary::new(Language::Other));
}

/// Counts the words of a page.
pub fn segment(page: SearchPage, language: Language) -> Segment {
    VOCABULARY.with_borrow_mut(|vocabulary| {
        if vocabulary.language != language || vocabulary.is_full() {
            *vocabulary = Vocabulary::new(language);
        }
        counted(page, vocabulary)
    })
}

fn counted(page: SearchPage, vocabulary: &mut Vocabulary) -> Segment {
    let mut counter = Counter::new(vocabulary);
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
    let Counter { vocabulary, lengths, mut acronyms, terms, .. } = counter;
    acronyms.sort_unstable();
    acronyms.dedup();
    let known = |occurrences: &Occurrences| &vocabulary.terms[occurrences.term as usize];
    let mut order: Vec<(u8, u32)> = terms.iter().map(|term| known(term).portion).zip(0..).collect();
    order.sort_unstable();

    let mut segment = Segment {
        page,
        lengths,
        acronyms,
        text: String::with_capacity(terms.iter().map(|term| known(term).text.len()).sum()),
        terms: Vec::with_capacity(terms.len()),
        positions: Vec::with_capacity(terms.iter().map(|term| usize::from(term.n_positions)).sum()),
    };
    for (portion, place) in order {
        let term = &terms[place as usize];
        segment.push(portion, &known(term).text, term);
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

/// The words seen so far. What a word is depends on its spelling, and the pages of a site share most
/// of their words, so most are understood once.
struct Vocabulary {
    language: Language,
    /// What words turned out to be, by their spelling.
    spellings: Map<Box<str>, Spelling>,
    /// The places of terms in `terms`.
    places: Map<Rc<str>, u32>,
    terms: Vec<KnownTerm>,
    /// The rank of the page that is being counted.
    page: u64,
}

/// The terms of a word: its own and a further one, by their places; none if it is no word.
#[derive(Clone, Copy)]
struct Spelling {
    term: Option<u32>,
    further: Option<u32>,
}

struct KnownTerm {
    text: Rc<str>,
    portion: u8,
    /// The last page that had it, and its place among the terms of that page.
    page: u64,
    place: u32,
}

/// A vocabulary of more words is forgotten.
const MAX_VOCABULARY: usize = 40_000;

impl Vocabulary {
    fn new(language: Language) -> Self {
        Self {
            language,
            spellings: Map::default(),
            places: Map::default(),
            terms: Vec::new(),
            page: 0,
        }
    }

    fn is_full(&self) -> bool {
        self.spellings.len().max(self.terms.len()) > MAX_VOCABULARY
    }

    /// What a plain word is.
    fn spelling(&mut self, text: &str, group: &Group) -> Spelling {
        if let Some(spelling) = self.spellings.get(text) {
            return *spelling;
        }
        let mut term = String::new();
        let mut spelling = Spelling { term: None, further: None };
        if let Some(parts) = group.terms(&mut term) {
            spelling.further = parts.first().map(|part| self.place(part));
            spelling.term = Some(self.place(&term));
        }
        self.spellings.insert(text.into(), spelling);
        spelling
    }

    fn place(&mut self, term: &str) -> u32 {
        if let Some(place) = self.places.get(term) {
            return *place;
        }
        let place = self.terms.len() as u32;
        let text: Rc<str> = term.into();
        self.places.insert(Rc::clone(&text), place);
        self.terms.push(KnownTerm { text, portion: portion(term), page: 0, place: 0 });
        place
    }
}

/// A term that is being counted.
struct Occurrences {
    /// Its place in the vocabulary.
    term: u32,
    counts: [u16; FIELD_COUNT],
    is_name: bool,
    n_positions: u8,
    first: [u32; MAX_POSITIONS],
}

impl Occurrences {
    fn none(term: u32) -> Self {
        Self {
            term,
            counts: [0; FIELD_COUNT],
            is_name: false,
            n_positions: 0,
            first: [0; MAX_POSITIONS],
        }
    }

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

struct Counter<'v> {
    vocabulary: &'v mut Vocabulary,
    position: u32,
    lengths: [u32; FIELD_COUNT],
    acronyms: Vec<String>,
    terms: Vec<Occurrences>,
    /// The term of the group that is being looked at.
    term: String,
}

impl<'v> Counter<'v> {
    fn new(vocabulary: &'v mut Vocabulary) -> Self {
        vocabulary.page += 1;
        Self {
            vocabulary,
            position: 0,
            lengths: [0; FIELD_COUNT],
            acronyms: Vec::new(),
            terms: Vec::with_capacity(400),
            term: String::new(),
        }
    }

    fn count(&mut self, field: Field, text: &str) {
        let mut length = 0;
        each_group(text, self.vocabulary.language, |group| {
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
    fn add_plain(&mut self, field: Field, text: &str, group: &Group, position: u32) -> u32 {
        let spelling = self.vocabulary.spelling(text, group);
        for place in [spelling.further, spelling.term].into_iter().flatten() {
            self.occurrences(place).add(field, position);
        }
        u32::from(spelling.term.is_some())
    }

    /// Counts any other group; gives its width.
    fn add_group(&mut self, field: Field, group: &Group, position: u32) -> u32 {
        let mut term = std::mem::take(&mut self.term);
        let mut length = 0;
        if let Some(parts) = group.terms(&mut term) {
            length = width(&parts);
            for (part, position) in parts.iter().zip(position..) {
                self.add(field, part, position);
            }
            self.add(field, &term, position);
        }
        self.term = term;
        length
    }

    fn add(&mut self, field: Field, term: &str, position: u32) {
        let place = self.vocabulary.place(term);
        self.occurrences(place).add(field, position);
    }

    /// Notes a name of the page that is one word, and stop words in capitals.
    fn name(&mut self, name: &str) {
        let language = self.vocabulary.language;
        let words = words(name, language);
        if let [word] = words.as_slice() {
            let place = self.vocabulary.place(&word.term);
            self.occurrences(place).is_name = true;
        }
        let terms = words.into_iter().map(|word| word.term);
        self.acronyms.extend(terms.filter(|term| language.is_stop_word(term)));
    }

    /// What is counted of a term of the vocabulary on this page.
    fn occurrences(&mut self, term: u32) -> &mut Occurrences {
        let known = &mut self.vocabulary.terms[term as usize];
        if known.page != self.vocabulary.page {
            known.page = self.vocabulary.page;
            known.place = self.terms.len() as u32;
            self.terms.push(Occurrences::none(term));
        }
        &mut self.terms[known.place as usize]
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
    fn what_was_counted_before_does_not_matter() {
        let text = "La SUA e la sua e-mail, art. 62, d.lgs. 36/2023, CHI SIAMO NOI";
        let alone = std::thread::spawn(move || counted("SUA", text)).join().expect("a segment");
        counted("Sua mail", "62/2023 e la SUA siamo noi, sua");
        assert_eq!(counted("SUA", text), alone);
    }

    #[test]
    fn an_empty_page_has_no_terms() {
        assert_eq!(counted("", "").terms().count(), 0);
    }
}
