//! Small questions about words: how a heading becomes an address, and which known name an editor
//! most likely meant.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents, compatibility forms spelled out: the one spelling under which
/// words are compared.
///
/// ```
/// # use vasta::base::text::fold;
/// assert_eq!(fold("Responsabilità"), "responsabilita");
/// assert_eq!(fold("ﬁne"), "fine");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let spelled_out: String = text.nfkd().collect();
    // Lower case first: it can bring marks of its own (İ becomes i and a dot).
    let lower = spelled_out.to_lowercase();
    lower.chars().filter(|letter| !is_mark(*letter) && !is_invisible(*letter)).collect()
}

/// Whether the character is an accent or another mark on the letter before it.
pub fn is_mark(letter: char) -> bool {
    // No mark comes before the combining diacritics block.
    letter >= '\u{300}' && is_combining_mark(letter)
}

/// Soft hyphens, joiners and the like: they may stand inside a word and say nothing.
pub fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// A readable piece of an address or an anchor: folded, words joined by hyphens.
///
/// Empty when the text has no letter or digit.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in fold(text).chars() {
        if letter.is_ascii_alphanumeric() || letter == '_' {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The candidate nearest to `name`, if it is near enough to be what was meant: at most a third of
/// its letters differ. Where several are equally near nobody knows which was meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(name);
    let most = (folded.chars().count() / 3).max(1);
    let near = candidates
        .into_iter()
        .map(|candidate| (distance(&folded, &fold(candidate), most + 1), candidate))
        .filter(|(distance, _)| *distance <= most);
    only_least(near)
}

/// The name with the least number, if there is only one.
fn only_least<'a>(names: impl Iterator<Item = (usize, &'a str)>) -> Option<&'a str> {
    let mut least: Option<(usize, &str)> = None;
    let mut is_alone = true;
    for (number, name) in names {
        match least {
            Some((lower, _)) if number > lower => {}
            Some((same, other)) if number == same => is_alone &= name == other,
            _ => (least, is_alone) = (Some((number, name)), true),
        }
    }
    least.filter(|_| is_alone).map(|(_, name)| name)
}

/// Edit distance where a swap of neighbours counts once; `limit` when it is at least that.
fn distance(left: &str, right: &str, limit: usize) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    if left.len().abs_diff(right.len()) >= limit {
        return limit;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for row in 1..=left.len() {
        let mut current = vec![row];
        for column in 1..=right.len() {
            let same = left[row - 1] == right[column - 1];
            let mut least = (above[column] + 1)
                .min(current[column - 1] + 1)
                .min(above[column - 1] + usize::from(!same));
            let swapped = row > 1
                && column > 1
                && left[row - 1] == right[column - 2]
                && left[row - 2] == right[column - 1];
            if swapped {
                least = least.min(before[column - 2] + 1);
            }
            current.push(least);
        }
        before = std::mem::replace(&mut above, current);
    }
    above[right.len()].min(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_ligatures_and_soft_hyphens_go() {
        assert_eq!(fold("CITTÀ"), "citta");
        assert_eq!(fold("perche\u{301}"), "perche");
        assert_eq!(fold("eﬃcienza"), "efficienza");
        assert_eq!(fold("appal\u{AD}to"), "appalto");
    }

    #[test]
    fn a_slug_is_plain_and_readable() {
        assert_eq!(slug("Perché aderire?"), "perche-aderire");
        assert_eq!(slug("  L'anagrafe — d'Italia "), "l-anagrafe-d-italia");
        assert_eq!(slug("!?"), "");
    }

    #[test]
    fn the_nearest_name_is_the_one_that_was_meant() {
        let known = ["ambito", "stato", "titolo"];
        assert_eq!(nearest("ambto", known), Some("ambito"));
        assert_eq!(nearest("abmito", known), Some("ambito"));
        assert_eq!(nearest("provincia", known), None);
        assert_eq!(nearest("pratica-3", ["pratica-1", "pratica-2"]), None);
        assert_eq!(nearest("pratica", ["pratiche", "pratiche"]), Some("pratiche"));
    }
}
