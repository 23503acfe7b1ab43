//! Cuts text into words and gives each the term it is found under: folded, without
//! elided articles, references whole and in parts. Where letters end is said by `base/pieces`.
//! Knows nothing about pages.
//! `ricerca.js` has the same function; `tests/search/vectors.json` binds the two.

use super::analysis::{Language, STOP_MARK};
use crate::base::pieces::{Piece, pieces};
use crate::base::text::fold;

/// A word of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// What the word is found under. A stop word's term begins with `_`.
    pub term: String,
    /// Further terms: the parts of a reference (`33/2013` is also `33` and `2013`).
    pub parts: Vec<String>,
    /// How many words stand before it. The parts of a reference count one each.
    pub position: u32,
    /// Where the word stands in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// The words of a text, in order.
///
/// ```
/// # use vasta::search::{Language, words};
/// let terms: Vec<String> = words("dell’appalto, art. 62", Language::Italian)
///     .into_iter()
///     .map(|word| word.term)
///     .collect();
/// assert_eq!(terms, ["appalto", "art", "62"]);
/// ```
pub fn words(text: &str, language: Language) -> Vec<Word> {
    let mut words = Vec::new();
    let mut position = 0;
    let mut term = String::new();
    each_group(text, language, |group| {
        let (Some(first), Some(last)) = (group.pieces.first(), group.pieces.last()) else { return };
        let Some(parts) = group.terms(&mut term) else { return };
        let width = width(&parts);
        words.push(Word { term: term.clone(), parts, position, start: first.start, end: last.end });
        position += width;
    });
    words
}

/// How many positions a word with these parts takes.
pub(super) fn width(parts: &[String]) -> u32 {
    parts.len().max(1) as u32
}

/// Pieces of a text that belong together: `33/2013` is one group of two, `dell'appalto` leaves
/// `appalto`.
pub(super) struct Group<'a, 'g> {
    pieces: &'g [Piece<'a>],
    language: Language,
    shouting: bool,
}

impl<'a> Group<'a, '_> {
    /// The word as it is written, if its terms depend on nothing else. This is so for almost all
    /// words, and whoever counts them need ask only once for each spelling.
    pub(super) fn plain(&self) -> Option<&'a str> {
        match self.pieces {
            [piece] if !self.shouting => Some(piece.text),
            _ => None,
        }
    }

    /// Puts the term of the group into `term` and gives its further terms; nothing if folding leaves
    /// nothing, and then the group is no word.
    pub(super) fn terms(&self, term: &mut String) -> Option<Vec<String>> {
        terms(self.pieces, self.language, self.shouting, term)
    }
}

/// Calls `visit` for each group of a text. This runs over every word of a site.
pub(super) fn each_group<'a>(
    text: &'a str,
    language: Language,
    mut visit: impl FnMut(Group<'a, '_>),
) {
    let shouting = is_shouting(text);
    let mut group: Vec<Piece<'a>> = Vec::new();
    for piece in pieces(text) {
        let is_elided = piece.joint == '\''
            && matches!(group.as_slice(), [before] if language.elides(&fold(before.text)));
        if is_elided {
            group.clear();
        } else if !group.is_empty() && !joins(&group, &piece) {
            visit(Group { pieces: &group, language, shouting });
            group.clear();
        }
        group.push(piece);
    }
    if !group.is_empty() {
        visit(Group { pieces: &group, language, shouting });
    }
}

/// Whether a piece continues the group before it.
fn joins(group: &[Piece], piece: &Piece) -> bool {
    // Most words are apart from the one before, and this is asked of every word.
    if matches!(piece.joint, ' ' | '\'') {
        return false;
    }
    let (first, last) = (&group[0], &group[group.len() - 1]);
    let numbers = last.ends_with_digit() && piece.starts_with_digit();
    let some_digit = last.has_digit() || piece.has_digit();
    match piece.joint {
        // An abbreviation (d.lgs, Pi.Co.) or a number (3.1.5), but not the end of a sentence.
        '.' if !some_digit => {
            first.length() <= 2
                && last.length() <= 4
                && piece.length() <= 4
                && group[1..].iter().all(|piece| piece.joint == '.')
        }
        '.' | ',' | ':' | '–' => numbers,
        '/' => some_digit,
        // COVID-19, e-mail, Pi-Co; but Pesaro-Urbino is two words.
        '-' => some_digit || (group.len() == 1 && first.length() <= 2),
        _ => false,
    }
}

/// Puts the term of a group into `term` and gives its further terms; nothing if folding leaves
/// nothing.
fn terms(
    group: &[Piece],
    language: Language,
    shouting: bool,
    term: &mut String,
) -> Option<Vec<String>> {
    let simple = |piece: &Piece| {
        let mut term = String::new();
        simple_term(piece.text, language, shouting, &mut term).then_some(term)
    };
    if let [piece] = group {
        let is_word = simple_term(piece.text, language, shouting, term);
        return is_word.then(|| match term.as_str() {
            "email" => vec!["mail".to_owned()],
            "mail" => vec!["email".to_owned()],
            _ => Vec::new(),
        });
    }
    term.clear();
    if !group.iter().any(Piece::has_digit) {
        group.iter().for_each(|piece| term.push_str(&fold(piece.text)));
        // The pieces of an abbreviation say nothing; those of co-progettazione do.
        return Some(match group[1].joint {
            '-' => group.iter().filter(|piece| piece.length() > 1).filter_map(simple).collect(),
            _ => Vec::new(),
        });
    }
    for (index, piece) in group.iter().enumerate() {
        if index > 0 {
            term.push(if piece.joint == '–' { '-' } else { piece.joint });
        }
        term.push_str(&fold(piece.text));
    }
    Some(match amount(group) {
        Some(digits) => vec![digits],
        None => group.iter().filter_map(simple).collect(),
    })
}

/// The digits of an amount with its thousands apart: `141.638.218,50` is `141638218`.
fn amount(group: &[Piece]) -> Option<String> {
    let whole = match group.split_last() {
        Some((last, rest)) if last.joint == ',' => rest,
        _ => group,
    };
    let (first, thousands) = whole.split_first()?;
    let apart = !thousands.is_empty()
        && first.length() <= 3
        && group.iter().all(Piece::is_digits)
        && thousands.iter().all(|piece| piece.joint == '.' && piece.length() == 3);
    apart.then(|| whole.iter().map(|piece| fold(piece.text)).collect())
}

/// Puts the term of one piece into `term`; false if folding leaves nothing.
fn simple_term(text: &str, language: Language, shouting: bool, term: &mut String) -> bool {
    term.clear();
    if text.is_ascii() {
        term.push_str(text);
        term.make_ascii_lowercase();
    } else {
        term.push_str(&fold(text));
    }
    if language.is_stop_word(term) && (shouting || !is_acronym(text)) {
        term.insert(0, STOP_MARK);
    }
    !term.is_empty()
}

/// Three capital letters or more: `SUA` is the acronym, `sua` is hers.
fn is_acronym(text: &str) -> bool {
    text.chars().all(char::is_uppercase) && text.chars().count() >= 3
}

/// Three words or more, all in capitals: there, capitals make no acronym.
fn is_shouting(text: &str) -> bool {
    !text.chars().any(char::is_lowercase) && text.split_whitespace().count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Vector {
        text: String,
        /// One string a word: its term, then its parts after spaces.
        words: Vec<String>,
    }

    /// The vectors that the browser's tokeniser must pass as well.
    #[test]
    fn shared_vectors_hold() {
        let vectors: Vec<Vector> =
            serde_json::from_str(include_str!("../../tests/search/vectors.json"))
                .expect("valid vectors");
        for vector in vectors {
            let found: Vec<String> = words(&vector.text, Language::Italian)
                .iter()
                .map(|word| [std::slice::from_ref(&word.term), &word.parts[..]].concat().join(" "))
                .collect();
            assert_eq!(found, vector.words, "{}", vector.text);
        }
    }

    #[test]
    fn words_know_where_they_stand() {
        let text = "L’Ufficio: d.lgs. 33/2013";
        let slices: Vec<&str> =
            words(text, Language::Italian).iter().map(|word| &text[word.start..word.end]).collect();
        assert_eq!(slices, ["Ufficio", "d.lgs", "33/2013"]);
    }

    #[test]
    fn parts_take_a_position_each() {
        let positions: Vec<u32> = words("legge 33/2013 comune", Language::Italian)
            .iter()
            .map(|word| word.position)
            .collect();
        assert_eq!(positions, [0, 1, 3]);
    }

    #[test]
    fn other_languages_have_no_stop_words() {
        assert_eq!(words("come in", Language::Other)[0].term, "come");
    }
}
