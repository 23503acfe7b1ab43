//! What is particular to a language: which words say nothing, which elide, and
//! how a word is cut to its stem. Cutting text into words is in `words`, and the
//! stemmer itself in `lunr`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::lunr::italian_stem;
use crate::base::tables::Set;

/// How text is understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// With stems, stop words and elisions.
    #[default]
    Italian,
    /// Any other language: every word counts as it is spelled.
    Other,
}

impl Language {
    /// The language of a code such as `it` or `it-IT`.
    pub fn from_code(code: &str) -> Language {
        match code.split('-').next() {
            Some("it") => Language::Italian,
            _ => Language::Other,
        }
    }

    /// The code that the index files carry.
    pub(super) fn as_code(self) -> &'static str {
        match self {
            Language::Italian => "it",
            Language::Other => "",
        }
    }

    /// Whether a folded word says too little to be looked for: articles, prepositions, auxiliaries.
    pub(super) fn is_stop_word(self, folded: &str) -> bool {
        match self {
            Language::Italian => STOP_WORD_SET.contains(folded),
            Language::Other => false,
        }
    }

    /// Whether a folded word before an apostrophe is an elided article or preposition (`dell'appalto`).
    pub(super) fn elides(self, folded: &str) -> bool {
        match self {
            Language::Italian => ELISION_SET.contains(folded),
            Language::Other => false,
        }
    }

    /// Whether a word may be a stem with this ending. Readers have no stemmer; this finds
    /// the stem of a word that is on no page in the very form they typed.
    pub(super) fn is_ending(self, rest: &str) -> bool {
        match self {
            Language::Italian => ENDINGS.split_whitespace().any(|ending| ending == rest),
            Language::Other => false,
        }
    }

    /// The length of the stem of a term, in bytes: a stem is always a beginning of its term.
    ///
    /// References, numbers and stop words are their own stems.
    pub(super) fn stem_length(self, term: &str) -> usize {
        if self == Language::Other || !term.chars().all(char::is_alphabetic) {
            return term.len();
        }
        let length = match italian_stem(term) {
            Some(stem) if term.starts_with(&stem) => stem.len(),
            _ => term.len(),
        };
        // Snowball leaves short words as they are: ente and enti, atto and atti.
        let ends_in_vowel = term[..length].ends_with(['a', 'e', 'i', 'o']);
        if ends_in_vowel && length > MIN_STEM { length - 1 } else { length }
    }

    /// The stop words, elided words and endings, for the browser, which has no language of its own.
    pub(super) fn lists(self) -> [&'static str; 3] {
        match self {
            Language::Italian => [STOP_WORDS, ELISIONS, ENDINGS],
            Language::Other => [""; 3],
        }
    }
}

/// Stems are not made shorter than this.
pub(super) const MIN_STEM: usize = 3;

/// Stands before a stop word in its term, so that `_sua` (hers) is not `sua` (SUA, the acronym).
pub(super) const STOP_MARK: char = '_';

static STOP_WORD_SET: LazyLock<Set<&str>> =
    LazyLock::new(|| STOP_WORDS.split_whitespace().collect());

static ELISION_SET: LazyLock<Set<&str>> = LazyLock::new(|| ELISIONS.split_whitespace().collect());

/// Folded words that elide before a vowel. What stands before the apostrophe is then no word.
const ELISIONS: &str = "l un dell all dall nell sull coll quell quest gl agl dagl degl negl sugl \
    d c s m t v n cos com dov quand quant ciascun nessun alcun qualcun tutt senz anch";

/// Common endings that the stemmer cuts off.
const ENDINGS: &str = "a e i o he hi ia ie io ii anza anze enza enze ico ici ica iche abile abili ibile ibili ista isti iste \
    oso osi osa ose mente amento amenti imento imenti atore atori atrice atrici azione azioni uzione uzioni logia logie \
    ivo ivi iva ive ativo ativi ativa ative are ere ire ato ati ata ate uto uti uta ute ito iti ita ite \
    ando endo ante anti ano ono iamo iscono isce isca ava avano eva evano era eranno ara iranno ira arsi ersi irsi arlo arla erlo";

/// Folded words that say nothing about a page, those of questions included (`che cosa significa`).
const STOP_WORDS: &str = "a abbia abbiamo abbiano ad agli ai al all alla alle allo anche ancora avere avendo \
    aveva avevano avra avranno avrebbe avuto c che chi ci cio coi col come con contro cos cosa cose cui \
    da dagli dai dal dall dalla dalle dallo de degli dei del dell della delle dello dentro di dice dire dopo dove dovrebbe \
    e ecc ed era erano essa esse essendo essere essi esso fa fai fanno fare fatto fra fu funziona furono \
    gia gli ha hai hanno ho i il in io la le lei li lo loro lui ma me mi mia mie miei mio \
    ne negli nei nel nell nella nelle nello noi non nostra nostre nostri nostro o od ogni oppure \
    per perche piu po poi possa possiamo posso possono puo pure qual quale quali qualche quando quanta quante quanti quanto \
    quel quella quelle quelli quello questa queste questi questo qui \
    sara saranno sarebbe se secondo sei serve si sia siamo siano siete significa sono sta stanno stata state stati stato \
    su sua sue sugli sui sul sull sulla sulle sullo suo suoi \
    tale tali te ti tra troppo trovo tu tua tue tuo tuoi tutta tutte tutti tutto un una uno vi voi vostra vostre vostri vostro vuol vuole";

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(term: &str) -> &str {
        &term[..Language::Italian.stem_length(term)]
    }

    #[test]
    fn inflections_share_a_stem() {
        assert_eq!(stem("pubblicazione"), stem("pubblicazioni"));
        assert_eq!(stem("tributo"), stem("tributi"));
        assert_eq!(stem("gara"), stem("gare"));
        assert_eq!(stem("ente"), stem("enti"));
    }

    #[test]
    fn references_and_stop_words_are_their_own_stems() {
        assert_eq!(stem("33/2013"), "33/2013");
        assert_eq!(stem("_sua"), "_sua");
    }

    #[test]
    fn stop_words_are_folded_and_listed_once() {
        let list: Vec<&str> = STOP_WORDS.split_whitespace().collect();
        assert_eq!(list.len(), STOP_WORD_SET.len());
        assert!(list.iter().all(|word| crate::base::text::fold(word) == **word));
    }
}
