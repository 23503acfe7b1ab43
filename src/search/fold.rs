//! Folding: the one spelling under which words are compared. The only file of
//! the search that knows Unicode normalisation.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents, compatibility forms spelled out.
///
/// ```
/// # use vasta::search::fold;
/// assert_eq!(fold("Responsabilità"), "responsabilita");
/// assert_eq!(fold("ﬁne"), "fine");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let spelled_out: String = text.nfkd().collect();
    // Lower case first: it can bring marks of its own (İ becomes i and a dot).
    spelled_out.to_lowercase().chars().filter(|&c| !is_mark(c) && !is_invisible(c)).collect()
}

/// Whether the character is an accent or another mark on the letter before it.
pub(super) fn is_mark(c: char) -> bool {
    // No mark comes before the combining diacritics block.
    c >= '\u{300}' && is_combining_mark(c)
}

/// Soft hyphens, joiners and the like: they may stand inside a word and say nothing.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn accents_case_and_ligatures_go() {
        assert_eq!(fold("CITTÀ"), "citta");
        assert_eq!(fold("perche\u{301}"), "perche");
        assert_eq!(fold("eﬃcienza"), "efficienza");
    }

    #[test]
    fn soft_hyphens_go() {
        assert_eq!(fold("appal\u{AD}to"), "appalto");
    }
}
