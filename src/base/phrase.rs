//! Phrases to look for in texts, word by word and whatever their capitals: the names of terms, foreign
//! words. What is done where one is found is left to who looks.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::html::without_entities;
use super::pieces::{Piece, pieces};
use super::text::fold;

/// Phrases that mean something, by their first word.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Phrases<T>(BTreeMap<String, Vec<(Phrase, T)>>);

/// A run of words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Phrase(Vec<Word>);

/// A word of a phrase, folded, and the sign between it and the one before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Word {
    joint: char,
    folded: String,
}

impl<T> Phrases<T> {
    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All phrases and what they mean, in the order of their first words.
    pub fn iter(&self) -> impl Iterator<Item = &(Phrase, T)> {
        self.0.values().flatten()
    }

    /// What the phrases mean with which `pieces`, the rest of the pieces of `text`, start, and how
    /// many of them each takes. The longer ones come first.
    pub fn at<'p, 't>(
        &'p self,
        text: &'t str,
        pieces: &'t [Piece<'t>],
    ) -> impl Iterator<Item = (&'p T, usize)> {
        let phrases = pieces.first().and_then(|first| self.0.get(&*folded(first.text)));
        let phrases = phrases.into_iter().flatten();
        let starting = phrases.filter(move |(phrase, _)| phrase.starts(text, pieces));
        starting.map(|(phrase, meaning)| (meaning, phrase.0.len()))
    }
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> FromIterator<(Phrase, T)> for Phrases<T> {
    fn from_iter<I: IntoIterator<Item = (Phrase, T)>>(all: I) -> Self {
        let mut phrases: BTreeMap<String, Vec<(Phrase, T)>> = BTreeMap::new();
        for (phrase, meaning) in all {
            phrases.entry(phrase.0[0].folded.clone()).or_default().push((phrase, meaning));
        }
        for phrases in phrases.values_mut() {
            phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.0.len()));
        }
        Self(phrases)
    }
}

impl Phrase {
    /// The words of `text`; nothing when it has none, or when signs other than those inside names
    /// stand between them.
    pub fn of(text: &str) -> Option<Self> {
        let pieces: Vec<Piece<'_>> = pieces(text).collect();
        let word = |number: usize| {
            let joint = if number == 0 { ' ' } else { joint(text, &pieces[number - 1..=number])? };
            Some(Word { joint, folded: fold(pieces[number].text) })
        };
        let words: Option<Vec<Word>> = (0..pieces.len()).map(word).collect();
        words.filter(|words| !words.is_empty()).map(Self)
    }

    /// Its words as they are compared.
    pub fn spelled(&self) -> String {
        let words = self.0.iter().flat_map(|word| [word.joint.to_string(), word.folded.clone()]);
        words.collect()
    }

    /// Whether the phrase stands at the start of `pieces`, of which the first word is known to be
    /// the same.
    fn starts(&self, text: &str, pieces: &[Piece<'_>]) -> bool {
        self.0.len() <= pieces.len()
            && self.0.iter().zip(pieces).enumerate().skip(1).all(|(number, (word, piece))| {
                joint(text, &pieces[number - 1..=number]) == Some(word.joint)
                    && *folded(piece.text) == *word.folded
            })
    }
}

/// Appends `text`, one between two tags, to `html`. Where `find` finds something at the start of the
/// pieces that are left, and says how many of them it takes, `write` writes that part.
pub fn rewrite<T>(
    text: &str,
    html: &mut String,
    find: impl Fn(&str, &[Piece<'_>]) -> Option<(T, usize)>,
    mut write: impl FnMut(T, &str, &mut String),
) {
    let plain = without_entities(text);
    let plain = plain.as_deref().unwrap_or(text);
    let pieces: Vec<Piece<'_>> = pieces(plain).collect();
    let mut copied = 0;
    let mut at = 0;
    while at < pieces.len() {
        let Some((found, n_pieces)) = find(plain, &pieces[at..]) else {
            at += 1;
            continue;
        };
        let (start, end) = (pieces[at].start, pieces[at + n_pieces - 1].end);
        html.push_str(&text[copied..start]);
        write(found, &text[start..end], html);
        copied = end;
        at += n_pieces;
    }
    html.push_str(&text[copied..]);
}

/// `fold`, for which most words of a text need no memory of their own.
fn folded(word: &str) -> Cow<'_, str> {
    let is_folded = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if word.bytes().all(is_folded) { Cow::Borrowed(word) } else { Cow::Owned(fold(word)) }
}

/// What binds two pieces of a phrase in `text`: a blank, or one sign, perhaps with blanks.
/// The apostrophe is one sign, however it is written.
fn joint(text: &str, neighbours: &[Piece<'_>]) -> Option<char> {
    let between = text[neighbours[0].end..neighbours[1].start].trim();
    let mut signs = between.chars();
    match (signs.next(), signs.next()) {
        (None, _) => Some(' '),
        (Some('\'' | '’' | '‘' | 'ʼ' | '`' | '´'), None) => Some('\''),
        (Some('-' | '‐' | '‑'), None) => Some('-'),
        (Some(sign @ (',' | '&' | '/')), None) => Some(sign),
        _ => None,
    }
}
