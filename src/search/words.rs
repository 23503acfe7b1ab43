//! Cuts text into words and gives each the term it is found under: folded, without
//! elided articles, references whole and in parts. Knows nothing about pages.
//! `ricerca.js` has the same function; `tests/search/vectors.json` binds the two.

use super::analysis::{Language, STOP_MARK};
use crate::base::text::{fold, is_invisible, is_mark};

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

impl Word {
    /// How many positions the word takes.
    pub(super) fn width(&self) -> u32 {
        self.parts.len().max(1) as u32
    }
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
    let shouting = is_shouting(text);
    let mut words: Vec<Word> = Vec::new();
    let mut position = 0;
    for group in groups(text, language) {
        let Some((term, parts)) = terms(&group, language, shouting) else {
            continue;
        };
        let (start, end) = (group[0].start, group[group.len() - 1].end);
        let word = Word { term, parts, position, start, end };
        position += word.width();
        words.push(word);
    }
    words
}

/// A run of letters and digits, and what binds it to the one before.
struct Piece<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    /// The single character between the piece before and this one; a space if there is more or nothing.
    joint: char,
}

impl Piece<'_> {
    fn has_digit(&self) -> bool {
        self.text.chars().any(char::is_numeric)
    }

    fn starts_with_digit(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_numeric)
    }

    fn ends_with_digit(&self) -> bool {
        self.text.chars().next_back().is_some_and(char::is_numeric)
    }

    fn is_digits(&self) -> bool {
        self.text.chars().all(char::is_numeric)
    }

    fn length(&self) -> usize {
        self.text.chars().count()
    }
}

/// Pieces that belong together: `33/2013` is one group of two, `dell'appalto` leaves `appalto`.
fn groups(text: &str, language: Language) -> Vec<Vec<Piece<'_>>> {
    let mut groups: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces(text) {
        if piece.joint == '\'' {
            let elided = groups
                .last()
                .is_some_and(|group| group.len() == 1 && language.elides(&fold(group[0].text)));
            if elided {
                groups.pop();
            }
        }
        match groups.last_mut() {
            Some(group) if joins(group, &piece) => group.push(piece),
            _ => groups.push(vec![piece]),
        }
    }
    groups
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = at < text.len() && is_core(c);
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let joint = match pieces.last() {
                    Some(before) => joint(&text[before.end..from]),
                    None => ' ',
                };
                pieces.push(Piece { text: &text[from..at], start: from, end: at, joint });
                start = None;
            }
            _ => {}
        }
    }
    pieces
}

/// Letters, digits, and what may stand inside a word without ending it.
fn is_core(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || (!c.is_ascii() && (c.is_alphabetic() || c.is_numeric() || is_mark(c) || is_invisible(c)))
}

fn joint(between: &str) -> char {
    let mut chars = between.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        return ' ';
    };
    match c {
        '\'' | '’' | '‘' | 'ʼ' | '`' | '´' => '\'',
        '-' | '‐' | '‑' => '-',
        '–' | '.' | ',' | ':' | '/' => c,
        _ => ' ',
    }
}

/// Whether a piece continues the group before it.
fn joins(group: &[Piece], piece: &Piece) -> bool {
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

/// The term of a group and its further terms; nothing if folding leaves nothing.
fn terms(group: &[Piece], language: Language, shouting: bool) -> Option<(String, Vec<String>)> {
    let simple = |piece: &Piece| simple_term(piece.text, language, shouting);
    if let [piece] = group {
        let term = simple(piece).filter(|term| !term.is_empty())?;
        let parts = match term.as_str() {
            "email" => vec!["mail".to_string()],
            "mail" => vec!["email".to_string()],
            _ => vec![],
        };
        return Some((term, parts));
    }
    if !group.iter().any(Piece::has_digit) {
        let term: String = group.iter().map(|piece| fold(piece.text)).collect();
        // The pieces of an abbreviation say nothing; those of co-progettazione do.
        let parts = match group[1].joint {
            '-' => group.iter().filter(|piece| piece.length() > 1).filter_map(simple).collect(),
            _ => vec![],
        };
        return Some((term, parts));
    }
    let mut term = String::new();
    for (index, piece) in group.iter().enumerate() {
        if index > 0 {
            term.push(if piece.joint == '–' { '-' } else { piece.joint });
        }
        term.push_str(&fold(piece.text));
    }
    let parts = match amount(group) {
        Some(digits) => vec![digits],
        None => group.iter().filter_map(simple).collect(),
    };
    Some((term, parts))
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

fn simple_term(text: &str, language: Language, shouting: bool) -> Option<String> {
    let folded = fold(text);
    if folded.is_empty() {
        return None;
    }
    if language.is_stop_word(&folded) && (shouting || !is_acronym(text)) {
        return Some(format!("{STOP_MARK}{folded}"));
    }
    Some(folded)
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
