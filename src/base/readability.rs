//! How hard an Italian text is to read: its sentences, its words, and the Gulpease index that follows
//! from them (Lucisano and Piemontese, 1988). Pure functions over plain text; which texts of a page
//! count is known to `document/language`.

use std::ops::{AddAssign, Range};

use serde::{Deserialize, Serialize};

use super::text::fold;

/// What a text has to read, and so how hard it is. The counts of several texts can be added.
///
/// ```
/// # use vasta::base::readability::Readability;
/// let text = Readability::of("La gara è chiusa. Il Comune firma l’atto.");
/// assert_eq!((text.sentences, text.words, text.letters), (2, 9, 31));
/// assert_eq!(text.gulpease(), Some(100));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readability {
    /// How many sentences it has.
    pub sentences: usize,
    /// How many words; an elided one counts for itself (`l’atto` is two).
    pub words: usize,
    /// How many letters and digits these have.
    pub letters: usize,
}

impl Readability {
    /// What there is to read in `text`, which is one paragraph.
    pub fn of(text: &str) -> Self {
        let counts = sentences(text).map(|range| Self::of_sentence(&text[range]));
        counts.fold(Self::default(), |mut sum, sentence| {
            sum += sentence;
            sum
        })
    }

    /// What there is to read in one sentence; nothing in one without words.
    pub fn of_sentence(sentence: &str) -> Self {
        let (mut words, mut letters, mut is_in_word) = (0, 0, false);
        let mut at = 0;
        while at < sentence.len() {
            let (kind, length) = kind_at(sentence, at);
            at += length;
            match kind {
                Kind::Word => {
                    letters += 1;
                    words += usize::from(!is_in_word);
                    is_in_word = true;
                }
                Kind::Between => is_in_word = false,
                Kind::Other | Kind::NotAscii => {}
            }
        }
        Self { sentences: usize::from(words > 0), words, letters }
    }

    /// The Gulpease index, from 0, very hard, to 100, very easy: below 80 a text is hard for who went to
    /// primary school, below 60 for who went to middle school, below 40 for who has a diploma. Nothing
    /// where there are no words.
    pub fn gulpease(&self) -> Option<usize> {
        let of_words = |count: usize| count as f64 / self.words as f64;
        let index = 89.0 + 300.0 * of_words(self.sentences) - 10.0 * of_words(self.letters);
        (self.words > 0).then(|| index.round().clamp(0.0, 100.0) as usize)
    }
}

impl AddAssign for Readability {
    fn add_assign(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.words += other.words;
        self.letters += other.letters;
    }
}

/// Words before a full stop that ends no sentence, folded. Those with a stop inside (`d.lgs.`) and
/// single letters (`G. Rossi`) are known by their form.
const ABBREVIATIONS: [&str; 67] = [
    "all", "art", "artt", "arch", "avv", "cap", "cass", "cfr", "cit", "civ", "co", "cod", "cons",
    "cost", "dec", "del", "det", "dgr", "dir", "dott", "dr", "dssa", "ed", "es", "fax", "fig",
    "geom", "gg", "ing", "leg", "lett", "lgs", "max", "min", "mln", "mld", "nn", "nr", "num", "on",
    "ord", "pag", "pagg", "par", "pp", "prof", "prot", "pt", "rag", "rif", "reg", "seg", "segg",
    "sen", "sent", "sez", "sig", "ss", "st", "succ", "tab", "tel", "tit", "uff", "ult", "vol",
    "ved",
];

/// The sentences of `text`, one paragraph, without the blanks around them. A sentence ends at a full
/// stop, a question or exclamation mark or an ellipsis before something that can begin another.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        start += text[start..].len() - text[start..].trim_start().len();
        if start == text.len() {
            return None;
        }
        let end = end_of_sentence(text, start);
        let sentence = start..start + text[start..end].trim_end().len();
        start = end;
        Some(sentence)
    })
}

/// Where the sentence that begins at byte `start` ends.
fn end_of_sentence(text: &str, start: usize) -> usize {
    let mut from = start;
    while let Some(stop) = next_stop(text, from) {
        let after = text[stop..].trim_start_matches(is_closing);
        let end = text.len() - after.len();
        let is_full_stop = text[stop..].starts_with('.');
        if can_begin(after) && !(is_full_stop && is_abbreviated(&text[start..stop])) {
            return end;
        }
        from = end;
    }
    text.len()
}

/// The first sign at or after byte `from` that may end a sentence. Few bytes can begin one, and the others
/// are not looked at as letters.
fn next_stop(text: &str, from: usize) -> Option<usize> {
    const ELLIPSIS: &[u8] = "…".as_bytes();
    const MAY_STOP: [bool; 256] = {
        let mut may_stop = [false; 256];
        may_stop[b'.' as usize] = true;
        may_stop[b'!' as usize] = true;
        may_stop[b'?' as usize] = true;
        may_stop[ELLIPSIS[0] as usize] = true;
        may_stop
    };
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes[at..].iter().position(|byte| MAY_STOP[usize::from(*byte)])?;
        if bytes[at].is_ascii() || bytes[at..].starts_with(ELLIPSIS) {
            return Some(at);
        }
        at += 1;
    }
}

/// Signs that end a sentence, and those that close what it opened.
fn is_closing(letter: char) -> bool {
    ".!?…»”’\"')]".contains(letter)
}

/// Whether after the end of a sentence the `rest` may follow: nothing, or a blank and then something
/// that is no small letter.
fn can_begin(rest: &str) -> bool {
    let next = rest.trim_start();
    next.is_empty() || next.len() < rest.len() && !next.starts_with(char::is_lowercase)
}

/// Whether the last word of `before`, which stands before a full stop, is an abbreviation.
fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit(|letter: char| !letter.is_alphabetic() && letter != '.').next();
    let word = word.unwrap_or_default();
    let first = word.split('.').next().unwrap_or_default();
    let is_letter = first.chars().count() == 1;
    let is_dotted = word.len() > first.len();
    is_letter || !is_dotted && ABBREVIATIONS.contains(&fold(word).as_str())
}

/// What a character is to the count of words.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// A letter or digit.
    Word,
    /// A blank or an apostrophe: these part words.
    Between,
    Other,
    NotAscii,
}

/// Most letters are ASCII, and these are known by their byte.
const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::NotAscii; 256];
    let mut byte = 0;
    while byte < 128 {
        let letter = byte as u8;
        kinds[byte] = match letter {
            b'\'' => Kind::Between,
            _ if letter.is_ascii_whitespace() => Kind::Between,
            _ if letter.is_ascii_alphanumeric() => Kind::Word,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

/// The kind of the character at byte `at`, and how many bytes it has.
fn kind_at(text: &str, at: usize) -> (Kind, usize) {
    match KINDS[usize::from(text.as_bytes()[at])] {
        Kind::NotAscii => {
            let letter = text[at..].chars().next().expect("a place inside the text");
            let kind = match letter {
                '’' | '‘' | 'ʼ' => Kind::Between,
                _ if letter.is_whitespace() => Kind::Between,
                _ if letter.is_alphanumeric() => Kind::Word,
                _ => Kind::Other,
            };
            (kind, letter.len_utf8())
        }
        kind => (kind, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str) -> Vec<&str> {
        sentences(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_end_where_others_can_begin() {
        for (text, expected) in [
            ("Uno. Due! Tre? Quattro… Cinque", &["Uno.", "Due!", "Tre?", "Quattro…", "Cinque"][..]),
            ("Lo dice «la legge.» Poi basta.", &["Lo dice «la legge.»", "Poi basta."]),
            ("Nel 2021. Ogni Comune (ora.) Fine", &["Nel 2021.", "Ogni Comune (ora.)", "Fine"]),
            (
                "L'art. 62 del d.lgs. 36/2023. E il n. 3",
                &["L'art. 62 del d.lgs. 36/2023.", "E il n. 3"],
            ),
            ("Il dott. G. Rossi, pag. 4, www.a.it", &["Il dott. G. Rossi, pag. 4, www.a.it"]),
            ("Vedi www.anac.it. Poi basta.", &["Vedi www.anac.it.", "Poi basta."]),
            ("Costa 1.500.000 euro ... e poi", &["Costa 1.500.000 euro ... e poi"]),
            ("Perché? «Sì.» Ma è così?!", &["Perché?", "«Sì.»", "Ma è così?!"]),
            (" \n ", &[]),
        ] {
            assert_eq!(parted(text), expected, "{text}");
        }
    }

    #[test]
    fn words_are_counted_as_italian_grammar_does() {
        for (sentence, words, letters) in [
            ("L’ente dell'area vasta", 5, 18),
            ("Il 43% dei Comuni – 1.500 euro", 6, 21),
            ("socio-economico e/o altro", 3, 21),
            ("…", 0, 0),
        ] {
            let found = Readability::of_sentence(sentence);
            assert_eq!((found.words, found.letters), (words, letters), "{sentence}");
        }
    }

    #[test]
    fn the_gulpease_index_follows_from_the_counts() {
        let index =
            |sentences, words, letters| Readability { sentences, words, letters }.gulpease();
        assert_eq!(index(0, 0, 0), None);
        assert_eq!(index(10, 200, 1000), Some(54));
        assert_eq!(index(1, 100, 800), Some(12));
        assert_eq!(index(1, 1, 4), Some(100));
        assert_eq!(index(1, 100, 2000), Some(0));
    }
}
