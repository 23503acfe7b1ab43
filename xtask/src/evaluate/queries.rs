//! Known-item questions: each is made from one page, as a reader would ask who has seen the page and
//! wants it again, and that page is the answer that counts. The same pages give the same questions.

use super::pages::Page;
use super::words::{folded, is_content, words};
use crate::bench::random::Random;
use std::collections::{BTreeMap, BTreeSet};

/// How a question is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Two to four words of the description that are not in the title.
    Words,
    /// Up to three words of the title, one of them with a typing error.
    Typo,
    /// The first words of the title, up to five, the last of them cut.
    Prefix,
    /// Two to four words of title and description without their accents, one of which had one.
    Folded,
    /// One word of the text that no other page has.
    Rare,
}

pub(super) const KINDS: [Kind; 5] =
    [Kind::Words, Kind::Typo, Kind::Prefix, Kind::Folded, Kind::Rare];

#[derive(Debug, PartialEq)]
pub(super) struct Query {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// The address of the page that it was made from.
    pub(super) expected: String,
}

/// At most so many questions of each kind, from pages at random. A page whose title or description
/// another page has too is no known item, and gives none.
pub(super) fn queries(pages: &[Page], n_of_a_kind: usize) -> Vec<Query> {
    let vocabulary = vocabulary(pages);
    let (titles, descriptions) =
        (counts(pages, |page| &page.title), counts(pages, |page| &page.description));
    let is_known = |page: &&Page| {
        titles[&folded(&page.title)] == 1 && descriptions[&folded(&page.description)] == 1
    };
    let known: Vec<&Page> = pages.iter().filter(is_known).collect();
    let mut queries: Vec<(usize, Query)> = Vec::new();
    for (seed, kind) in KINDS.into_iter().enumerate() {
        let mut random = Random::new(seed as u64);
        let mut asked = BTreeSet::new();
        for page in shuffled(&known, &mut random) {
            let text = match kind {
                Kind::Words => of_description(page, &mut random),
                Kind::Typo => with_typo(page, &vocabulary, &mut random),
                Kind::Prefix => cut(page, &mut random),
                Kind::Folded => without_accents(page, &mut random),
                Kind::Rare => rare(page, &vocabulary, &mut random),
            };
            let Some(text) = text.filter(|text| asked.insert(text.clone())) else { continue };
            queries.push((asked.len(), Query { kind, text, expected: page.address.clone() }));
            if asked.len() == n_of_a_kind {
                break;
            }
        }
    }
    // The kinds take turns: what one has loaded helps the next, and must help all alike.
    queries.sort_by_key(|(turn, _)| *turn);
    queries.into_iter().map(|(_, query)| query).collect()
}

/// On how many pages each word is, without its accents. All of the file counts: what is said in a
/// field may be on the page too.
fn vocabulary(pages: &[Page]) -> BTreeMap<String, usize> {
    let mut vocabulary = BTreeMap::new();
    for page in pages {
        let words: BTreeSet<String> = words(&page.source).iter().map(|word| folded(word)).collect();
        for word in words {
            *vocabulary.entry(word).or_default() += 1;
        }
    }
    vocabulary
}

fn counts(pages: &[Page], text: fn(&Page) -> &String) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for page in pages {
        *counts.entry(folded(text(page))).or_default() += 1;
    }
    counts
}

fn of_description(page: &Page, random: &mut Random) -> Option<String> {
    let title: BTreeSet<String> = words(&page.title).iter().map(|word| folded(word)).collect();
    let mut others = content(&page.description);
    others.retain(|word| !title.contains(&folded(word)));
    some(&others, None, random)
}

const LONGEST_TITLE: usize = 3;
const SHORTEST_WRONG: usize = 5;

fn with_typo(
    page: &Page,
    vocabulary: &BTreeMap<String, usize>,
    random: &mut Random,
) -> Option<String> {
    let title = content(&page.title);
    let long: Vec<usize> =
        (0..title.len()).filter(|at| length(&title[*at]) >= SHORTEST_WRONG).collect();
    let wrong = *long.get(random.below(long.len().max(1)))?;
    let is_new = |word: &String| !vocabulary.contains_key(&folded(word));
    // An error may give a word that is somewhere, or change nothing.
    let mistyped = (0..10).map(|_| mistyped(&title[wrong], random)).find(is_new)?;
    let mut chosen = chosen(title.len(), LONGEST_TITLE, Some(wrong), random);
    chosen.sort_unstable();
    let word = |at: usize| if at == wrong { mistyped.clone() } else { title[at].clone() };
    Some(chosen.into_iter().map(word).collect::<Vec<_>>().join(" "))
}

/// The word with one letter swapped with the next, left out, replaced or added.
fn mistyped(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = random.below(letters.len() - 1);
    let letter = char::from(b'a' + random.below(26) as u8);
    match random.below(4) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        2 => letters[at] = letter,
        _ => letters.insert(at + 1, letter),
    }
    letters.into_iter().collect()
}

const LONGEST_PREFIX: usize = 5;
const SHORTEST_CUT: usize = 3;

/// The title as it is written, but in small letters.
fn cut(page: &Page, random: &mut Random) -> Option<String> {
    let title = page.title.to_lowercase();
    let words: Vec<&str> = title.split_whitespace().take(LONGEST_PREFIX).collect();
    let letters =
        |word: &str| word.chars().rev().take_while(|letter| letter.is_alphabetic()).count();
    let last = words.iter().rposition(|word| letters(word) > SHORTEST_CUT)?;
    let n_cut = random.between(1, letters(words[last]) - SHORTEST_CUT);
    let begun: String = words[last].chars().take(length(words[last]) - n_cut).collect();
    Some([&words[..last], &[&begun]].concat().join(" "))
}

fn without_accents(page: &Page, random: &mut Random) -> Option<String> {
    let words = content(&format!("{} {}", page.title, page.description));
    let accented: Vec<usize> =
        (0..words.len()).filter(|at| folded(&words[*at]) != words[*at]).collect();
    let one = *accented.get(random.below(accented.len().max(1)))?;
    some(&words, Some(one), random).map(|text| folded(&text))
}

const SHORTEST_RARE: usize = 5;

fn rare(page: &Page, vocabulary: &BTreeMap<String, usize>, random: &mut Random) -> Option<String> {
    let mut words = words(&page.text);
    words.retain(|word| length(word) >= SHORTEST_RARE && vocabulary.get(&folded(word)) == Some(&1));
    words.retain(|word| is_content(word));
    words.get(random.below(words.len().max(1))).cloned()
}

/// Two to four of the words in their order, one of them given; `None` when there are not two.
fn some(words: &[String], given: Option<usize>, random: &mut Random) -> Option<String> {
    if words.len() < 2 {
        return None;
    }
    let n_words = random.between(2, words.len().min(4));
    let mut chosen = chosen(words.len(), n_words, given, random);
    chosen.sort_unstable();
    Some(chosen.into_iter().map(|at| words[at].clone()).collect::<Vec<_>>().join(" "))
}

/// So many places below `end`, or all of them; one of them given.
fn chosen(end: usize, n_places: usize, given: Option<usize>, random: &mut Random) -> Vec<usize> {
    let places: Vec<usize> = (0..end).collect();
    let mut places = shuffled(&places, random);
    if let Some(at) = places.iter().position(|place| Some(*place) == given) {
        places.swap(0, at);
    }
    places.truncate(n_places);
    places
}

/// The content words of a text, each once.
fn content(text: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    words(text).into_iter().filter(|word| is_content(word) && seen.insert(word.clone())).collect()
}

fn shuffled<T: Copy>(list: &[T], random: &mut Random) -> Vec<T> {
    let mut list = list.to_vec();
    for end in (1..list.len()).rev() {
        list.swap(end, random.below(end + 1));
    }
    list
}

fn length(word: &str) -> usize {
    word.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(name: &str, title: &str, description: &str, text: &str) -> Page {
        Page {
            address: format!("{name}/index.html"),
            title: title.to_owned(),
            description: description.to_owned(),
            text: text.to_owned(),
            source: format!("{title}\n{description}\n{text}"),
        }
    }

    fn corpus() -> Vec<Page> {
        vec![
            page(
                "sua",
                "Stazione unica appaltante",
                "Affida le gare per conto dei Comuni.",
                "Capitolato e gare.",
            ),
            page(
                "dati",
                "Qualità dei dati",
                "Perché la società pubblica gli archivi.",
                "Archivi e metadati.",
            ),
            page("uno", "Convenzione", "Un accordo tra enti.", "Enti."),
            page("due", "Convenzione", "Un altro accordo tra enti.", "Enti."),
        ]
    }

    fn asked(kind: Kind) -> Vec<(String, String)> {
        let queries = queries(&corpus(), 10).into_iter().filter(|query| query.kind == kind);
        queries.map(|query| (query.expected, query.text)).collect()
    }

    #[test]
    fn the_same_pages_give_the_same_questions() {
        assert_eq!(queries(&corpus(), 10), queries(&corpus(), 10));
        assert!(
            queries(&corpus(), 1).iter().filter(|query| query.kind == Kind::Words).count() == 1
        );
    }

    #[test]
    fn pages_that_share_a_title_are_no_known_items() {
        assert!(queries(&corpus(), 10).iter().all(|query| !query.expected.contains("uno")));
    }

    #[test]
    fn words_are_those_of_the_description_only() {
        for (expected, text) in asked(Kind::Words) {
            let words: Vec<&str> = text.split(' ').collect();
            assert!((2..=4).contains(&words.len()), "{text}");
            let possible = match expected.as_str() {
                "sua/index.html" => "affida gare conto comuni",
                _ => "società pubblica archivi",
            };
            assert!(words.iter().all(|word| possible.contains(word)), "{text}");
        }
    }

    #[test]
    fn a_typing_error_is_in_one_word_of_the_title() {
        for (expected, text) in asked(Kind::Typo) {
            let title = if expected.contains("sua") {
                "stazione unica appaltante"
            } else {
                "qualità dati"
            };
            let wrong: Vec<&str> = text
                .split(' ')
                .filter(|word| title.split(' ').all(|right| right != *word))
                .collect();
            assert_eq!(wrong.len(), 1, "{text}");
            assert_eq!(text.split(' ').count(), title.split(' ').count(), "{text}");
        }
        assert_eq!(asked(Kind::Typo).len(), 2);
    }

    #[test]
    fn a_prefix_is_a_title_cut_in_a_word() {
        for (expected, text) in asked(Kind::Prefix) {
            let title = if expected.contains("sua") {
                "stazione unica appaltante"
            } else {
                "qualità dei dati"
            };
            assert!(title.starts_with(&text) && text.len() < title.len(), "{text}");
        }
    }

    #[test]
    fn accents_are_dropped_where_there_were_some() {
        let asked = asked(Kind::Folded);
        assert_eq!(asked.len(), 1);
        assert!(asked[0].0.contains("dati") && asked[0].1.is_ascii(), "{asked:?}");
        assert!(["qualita", "societa"].iter().any(|word| asked[0].1.contains(word)), "{asked:?}");
    }

    #[test]
    fn a_rare_word_is_on_no_other_page() {
        let mut asked = asked(Kind::Rare);
        asked.sort();
        let (dati, sua) = (&asked[0], &asked[1]);
        assert!(dati.1 == "metadati" || dati.1 == "archivi", "{dati:?}");
        assert_eq!(sua.1, "capitolato");
    }

    #[test]
    fn an_error_is_one_letter_swapped_left_out_replaced_or_added() {
        let mut random = Random::new(1);
        let lengths: BTreeSet<usize> =
            (0..100).map(|_| mistyped("appalto", &mut random).len()).collect();
        assert_eq!(lengths, BTreeSet::from([6, 7, 8]));
    }
}
