//! Finds acronyms in texts, and whether a text says what they stand for. Whether the glossary does is
//! known to `site`.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::base::pieces::{Piece, pieces};
use crate::base::text::fold;

/// The first use of an acronym that its page does not explain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acronym {
    /// As it is written.
    pub word: String,
    /// Where in the file of its page.
    pub place: Range<usize>,
}

/// How many words in brackets go before an acronym that they explain, as in `(in inglese GIS)`, its own
/// among them.
const MOST_IN_BRACKETS: usize = 4;

/// The longest word in capitals that is taken for an acronym.
const LONGEST: usize = 6;

/// Those that everybody reads as words of their own.
const KNOWN_TO_ALL: [&str; 14] =
    ["CD", "DNA", "DVD", "GPS", "HTML", "IVA", "OK", "ONU", "PC", "PDF", "SMS", "TV", "UE", "USB"];

/// Those that stand for a kind of act when a date or number follows (`DPCM 30 giugno 2011`).
const ACTS: [&str; 8] = ["DGR", "DL", "DLGS", "DM", "DPCM", "DPR", "LR", "RD"];

/// Whether the piece `at` of `text` is an acronym: two to six capitals that are neither a number in Roman
/// letters nor part of a text in capitals or of a longer name.
pub(super) fn is_acronym(text: &str, pieces: &[Piece<'_>], at: usize) -> bool {
    let piece = &pieces[at];
    let first = first_with_article(text, pieces, at);
    let is_shouted_beside = |beside: usize, at: usize| {
        let beside = pieces.get(beside).filter(|beside| is_shouted(beside.text));
        beside.is_some_and(|beside| joint(text, beside, &pieces[at]))
    };
    // Most words begin with a small letter, and are seen through at once.
    piece.text.starts_with(|letter: char| letter.is_uppercase())
        && is_in_capitals(piece.text)
        && piece.length() <= LONGEST
        && !piece.text.bytes().all(|letter| b"IVX".contains(&letter))
        && !KNOWN_TO_ALL.contains(&piece.text)
        && !(ACTS.contains(&piece.text) && pieces.get(at + 1).is_some_and(is_number))
        && !first.checked_sub(1).is_some_and(|before| is_shouted_beside(before, first))
        && !is_shouted_beside(at + 1, at)
        && !is_part_of_name(text, piece)
}

/// The article that an apostrophe binds to the piece `at` (`D’ARTE`), or the piece itself.
fn first_with_article(text: &str, pieces: &[Piece<'_>], at: usize) -> usize {
    let is_bound = |before: &usize| {
        let between = &text[pieces[*before].end..pieces[at].start];
        pieces[*before].length() == 1 && matches!(between, "'" | "’")
    };
    at.checked_sub(1).filter(is_bound).unwrap_or(at)
}

/// Whether a date or number begins with the piece.
fn is_number(piece: &Piece<'_>) -> bool {
    piece.starts_with_digit() || piece.text == "n"
}

/// Whether there is anything to look for in `text`: most paragraphs have no two capitals in a row. (Those
/// with an accent are in no acronym alone.)
pub(super) fn may_be_in(text: &str) -> bool {
    let mut is_capital_before = false;
    text.bytes().any(|letter| {
        let is_capital = letter.is_ascii_uppercase();
        is_capital & std::mem::replace(&mut is_capital_before, is_capital)
    })
}

fn is_in_capitals(word: &str) -> bool {
    word.len() > 1 && is_shouted(word)
}

/// Whether a word, perhaps of one letter, may be part of a text in capitals.
fn is_shouted(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
}

/// Whether only blanks stand between two pieces.
fn joint(text: &str, one: &Piece<'_>, other: &Piece<'_>) -> bool {
    text[one.end.min(other.end)..one.start.max(other.start)].chars().all(char::is_whitespace)
}

/// Whether a sign binds the piece to what is before or after it, as in `COM(2020)`, `A-B` or `www.ANAC.it`.
fn is_part_of_name(text: &str, piece: &Piece<'_>) -> bool {
    let before = text[..piece.start].chars().next_back();
    let mut after = text[piece.end..].chars();
    let (sign, next) = (after.next(), after.next());
    let binds = |sign: char| "-.:@_&#".contains(sign);
    let is_bound_after =
        sign == Some('(') || sign.is_some_and(binds) && next.is_some_and(char::is_alphanumeric);
    is_bound_after || before.is_some_and(binds)
}

/// Of `acronyms` those that none of `texts` explains.
pub(super) fn unexplained(acronyms: Vec<Acronym>, texts: &[&str]) -> Vec<Acronym> {
    if acronyms.is_empty() {
        return acronyms;
    }
    let initials: Vec<Vec<Initial>> = texts.iter().map(|text| initials(text)).collect();
    let is_explained = |word: &str| {
        texts.iter().any(|text| is_in_brackets(word, text) || *text == word)
            || initials.iter().any(|initials| is_spelled(word, initials))
    };
    let mut seen = BTreeSet::new();
    let is_first = |acronym: &Acronym| seen.insert(acronym.word.clone());
    let first: Vec<Acronym> = acronyms.into_iter().filter(is_first).collect();
    first.into_iter().filter(|acronym| !is_explained(&acronym.word)).collect()
}

/// Whether `text` has `word` in short brackets after other words, or words in brackets after it.
fn is_in_brackets(word: &str, text: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        let is_whole = |text: &str| !text.ends_with(char::is_alphanumeric);
        let opened = before.rsplit_once(" (").filter(|(words, inside)| {
            !words.is_empty()
                && !inside.contains(')')
                && inside.split(' ').count() <= MOST_IN_BRACKETS
        });
        let inside = after.strip_prefix(" (").and_then(|after| after.split(')').next());
        let is_after = inside.is_some_and(|inside| inside.trim().contains(' '));
        is_whole(before)
            && !after.starts_with(char::is_alphanumeric)
            && (opened.is_some() || is_after)
    })
}

/// The first letter of a word, and whether the word may be left out of an acronym.
struct Initial {
    letter: char,
    is_small: bool,
}

/// Words that acronyms leave out.
const SMALL: [&str; 46] = [
    "a", "ad", "agli", "ai", "al", "all", "alla", "alle", "allo", "and", "con", "d", "da", "dal",
    "dalla", "degli", "dei", "del", "dell", "della", "delle", "dello", "di", "e", "ed", "for",
    "gli", "i", "il", "in", "l", "la", "le", "lo", "negli", "nei", "nel", "nell", "nella", "nelle",
    "of", "on", "per", "su", "sul", "the",
];

fn initials(text: &str) -> Vec<Initial> {
    let initial = |piece: Piece<'_>| {
        let letter = fold(&piece.text[..piece.text.chars().next()?.len_utf8()]).chars().next()?;
        Some(Initial { letter, is_small: SMALL.contains(&piece.text.to_lowercase().as_str()) })
    };
    pieces(text).filter_map(initial).collect()
}

/// Whether some words in a row spell `acronym` with their first letters.
fn is_spelled(acronym: &str, initials: &[Initial]) -> bool {
    let acronym: Vec<char> = fold(acronym).chars().collect();
    (0..initials.len()).any(|start| {
        let mut wanted = acronym.iter();
        let mut next = wanted.next();
        for (number, initial) in initials[start..].iter().enumerate() {
            match next {
                None => return true,
                Some(letter) if *letter == initial.letter && !initial.is_small => {
                    next = wanted.next();
                }
                Some(_) if initial.is_small && number > 0 => {}
                Some(_) => return false,
            }
        }
        next.is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let pieces: Vec<Piece<'_>> = pieces(text).collect();
        let acronyms = (0..pieces.len()).filter(|at| is_acronym(text, &pieces, *at));
        acronyms.map(|at| pieces[at].text).collect()
    }

    #[test]
    fn an_acronym_is_a_word_of_few_capitals() {
        assert_eq!(
            found("La SUA, il RUP e l’ANAC: un PDF. Il DUP."),
            ["SUA", "RUP", "ANAC", "DUP"]
        );
        assert_eq!(
            found("VISTO IL decreto, GARA D’ARTE, CONSIDERATO, Capo IV, XXI secolo, AgID, E1"),
            [""; 0]
        );
        assert_eq!(found("L’ANAC risponde"), ["ANAC"]);
        assert_eq!(found("Il DPCM 30 giugno 2011, il DPR n. 62, un DPCM"), ["DPCM"]);
        assert_eq!(found("COM(2020) 67, www.ANAC.it, E-SUA, a@UPI, SUA-1"), [""; 0]);
    }

    #[test]
    fn a_page_explains_an_acronym_in_several_ways() {
        for (word, text, expected) in [
            ("SUA", "La Stazione Unica Appaltante (SUA) fa le gare", true),
            ("GIS", "Il sistema delle mappe (SIT, in inglese GIS)", true),
            ("GIS", "Il Comune (che nel 2021 lo chiamava anche GIS)", false),
            ("SUA", "La SUA (stazione unica appaltante) fa le gare", true),
            ("SUA", "La stazione unica appaltante fa le gare: è la SUA", true),
            (
                "RPCT",
                "Il responsabile della prevenzione della corruzione e della trasparenza",
                true,
            ),
            ("TV", "TV", true),
            ("SUA", "La SUA (che bella) fa le gare", true),
            ("SUA", "La SUA (2021) fa le gare", false),
            ("SUA", "(SUA)", false),
            ("SUA", "La SUA fa le gare per le stazioni unite", false),
            ("PA", "Il piano della Provincia parte alla grande", false),
        ] {
            let acronym = Acronym { word: word.to_owned(), place: 0..1 };
            let is_explained = unexplained(vec![acronym], &[text]).is_empty();
            assert_eq!(is_explained, expected, "{word}: {text}");
        }
    }
}
