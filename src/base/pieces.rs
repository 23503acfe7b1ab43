//! Cuts text into pieces: runs of letters and digits, each with what binds it to the one before. The
//! search makes words of them, law references and terms of the glossary are looked for among them.
//! What a piece means is left to these.

use super::text::{is_invisible, is_mark};

/// The pieces of a text, in order.
///
/// ```
/// # use vasta::base::pieces::pieces;
/// let found: Vec<(&str, char)> = pieces("l’art. 62/bis").map(|piece| (piece.text, piece.joint)).collect();
/// assert_eq!(found, [("l", ' '), ("art", '\''), ("62", ' '), ("bis", '/')]);
/// ```
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let piece = next_piece(text, at)?;
        at = piece.end;
        Some(piece)
    })
}

/// A run of letters and digits, and what binds it to the one before.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// As it is written.
    pub text: &'a str,
    /// Where it starts in its text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The single character between the piece before and this one; a space if there is more or
    /// nothing.
    pub joint: char,
}

impl Piece<'_> {
    /// Whether a digit is in it.
    pub fn has_digit(&self) -> bool {
        self.text.chars().any(char::is_numeric)
    }

    /// Whether it starts with a digit.
    pub fn starts_with_digit(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_numeric)
    }

    /// Whether it ends with a digit.
    pub fn ends_with_digit(&self) -> bool {
        self.text.chars().next_back().is_some_and(char::is_numeric)
    }

    /// Whether it is a number.
    pub fn is_digits(&self) -> bool {
        self.text.chars().all(char::is_numeric)
    }

    /// How many characters it has.
    pub fn length(&self) -> usize {
        self.text.chars().count()
    }
}

/// The first piece at or after byte `from`, where the piece before ends.
fn next_piece(text: &str, from: usize) -> Option<Piece<'_>> {
    let start = skip(text, from, false);
    if start == text.len() {
        return None;
    }
    let end = skip(text, start, true);
    let joint = if from == 0 { ' ' } else { joint(&text[from..start]) };
    Some(Piece { text: &text[start..end], start, end, joint })
}

/// The end of the run of characters from byte `at` that are of the core of words, or that are not.
fn skip(text: &str, mut at: usize, core: bool) -> usize {
    let bytes = text.as_bytes();
    let kind = if core { Kind::Core } else { Kind::Other };
    loop {
        // Most letters are ASCII, and these need no decoding.
        while at < bytes.len() && KINDS[usize::from(bytes[at])] == kind {
            at += 1;
        }
        match text[at..].chars().next() {
            Some(c) if !c.is_ascii() && is_core(c) == core => at += c.len_utf8(),
            _ => return at,
        }
    }
}

/// What a byte tells of its character.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Core,
    Other,
    NotAscii,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::NotAscii; 256];
    let mut byte = 0;
    while byte < 128 {
        let is_core = (byte as u8).is_ascii_alphanumeric();
        kinds[byte] = if is_core { Kind::Core } else { Kind::Other };
        byte += 1;
    }
    kinds
};

/// Letters, digits, and what may stand inside a word without ending it.
fn is_core(c: char) -> bool {
    c.is_alphabetic() || c.is_numeric() || is_mark(c) || is_invisible(c)
}

fn joint(between: &str) -> char {
    if between == " " {
        return ' ';
    }
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
