//! Understands a question: which words are wanted, and which terms of the index
//! stand for each of them. Exact terms come first, then inflections, synonyms,
//! completions and, last, likely typing errors. Does not rank.

use std::rc::Rc;

use super::analysis::{MIN_STEM, STOP_MARK};
use super::index::{Group, Index, Term};
use super::shards::key;
use super::words::{Word, words};

/// What an occurrence counts, in 16ths, by how surely it was meant.
pub(super) const EXACT: u32 = 16;
const INFLECTED: u32 = 12;
pub(super) const SYNONYM: u32 = 8;
const COMPLETED: u32 = 7;
const CORRECTED: u32 = 6;
/// Another word of the same stem, such as `appaltante` for `appalto`.
const RELATED: u32 = 4;
const STOP: u32 = 4;

/// A word of which some form is on one page in so many, and on some pages at least, is not completed:
/// it was meant as it stands.
const ENOUGH_OF_THE_PAGES: usize = 8;
const ENOUGH_PAGES: usize = 10;

/// More words than these are not looked for.
const MAX_WORDS: usize = 12;

/// Completions and corrections are looked for in so many files at most.
const MAX_SHARDS: usize = 6;

/// Shorter words are not corrected.
const MIN_CORRECTED: usize = 5;

/// Shorter beginnings are not completed.
const MIN_COMPLETED: usize = 2;

/// A question, before the dictionary is asked.
pub(super) struct Question<'q> {
    text: &'q str,
    asked: Vec<Asked>,
}

struct Asked {
    word: Word,
    kind: Kind,
    /// Whether pages without the word are worse answers.
    wanted: bool,
    last: bool,
}

/// How much a word of a question says, most first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Word,
    /// An acronym written like a stop word (`sua`).
    SmallAcronym,
    StopWord,
}

/// A word of the question and everything in the index that stands for it.
pub(super) struct Unit {
    pub wanted: bool,
    /// Where the word stands in the question.
    pub position: u32,
    /// The stem, if the word is in the dictionary.
    stem: Option<String>,
    term: String,
    pub forms: Vec<Form>,
    /// How many of the forms are the word itself, inflected or completed at most.
    pub own: usize,
}

/// Terms that stand for a word of the question: one, or a phrase of several words,
/// each with its inflections.
pub(super) struct Form {
    pub factor: u32,
    pub words: Vec<Vec<Term>>,
}

/// A question with its terms.
pub(super) struct Resolved {
    pub units: Vec<Unit>,
    pub suggestion: Option<String>,
    pub unknown: Vec<String>,
}

impl<'q> Question<'q> {
    pub(super) fn new(text: &'q str, index: &Index) -> Question<'q> {
        let mut found = words(text, index.language);
        found.truncate(MAX_WORDS);
        let acronyms: Vec<&str> = index.manifest.acronyms.split_whitespace().collect();
        let last = found.len().saturating_sub(1);
        let mut asked: Vec<Asked> = Vec::new();
        for (at, mut word) in found.into_iter().enumerate() {
            let kind = match word.term.strip_prefix(STOP_MARK) {
                None => Kind::Word,
                Some(bare) if acronyms.contains(&bare) => {
                    word.term = bare.to_string();
                    Kind::SmallAcronym
                }
                Some(_) => Kind::StopWord,
            };
            asked.push(Asked { word, kind, wanted: true, last: at == last });
        }
        // What says most is wanted; stop words only where there is nothing else.
        let wanted = asked.iter().map(|asked| asked.kind).min().unwrap_or(Kind::Word);
        asked.retain(|asked| asked.kind == wanted || asked.kind == Kind::SmallAcronym);
        for asked in &mut asked {
            asked.wanted = asked.kind == wanted;
        }
        Question { text, asked }
    }
}

/// Finds the terms for every word of a question.
pub(super) fn resolve(question: &Question, index: &Index) -> Resolved {
    let mut units: Vec<Unit> = question.asked.iter().map(|asked| own_forms(asked, index)).collect();
    add_synonyms(&mut units, index);
    let mut suggestion = String::new();
    let mut copied = 0;
    let mut unknown = Vec::new();
    for (unit, asked) in units.iter_mut().zip(&question.asked) {
        add_parts(unit, asked, index);
        if !unit.forms.is_empty() {
            continue;
        }
        let written = asked.word.start..asked.word.end;
        match add_corrections(unit, index) {
            Some(correction) => {
                suggestion.push_str(&question.text[copied..written.start]);
                suggestion.push_str(&correction);
                copied = written.end;
            }
            None => unknown.push(question.text[written].to_owned()),
        }
    }
    if copied > 0 {
        suggestion.push_str(&question.text[copied..]);
    }
    Resolved { units, suggestion: (copied > 0).then_some(suggestion), unknown }
}

/// The word as it is, its inflections, what it may be the beginning of.
fn own_forms(asked: &Asked, index: &Index) -> Unit {
    let term = &asked.word.term;
    let mut unit = Unit {
        wanted: asked.wanted,
        position: asked.word.position,
        stem: None,
        term: term.clone(),
        forms: Vec::new(),
        own: 0,
    };
    if let Some(group) = inflections(term, index) {
        for found in &group.terms {
            let factor = match &found.text {
                text if text == term => EXACT,
                text if is_inflection(text, term) => INFLECTED,
                _ => RELATED,
            };
            unit.forms.push(Form::of(found, factor));
        }
        unit.stem = Some(group.stem.clone());
    }
    // Written small and alone, the stop word may have been meant after all;
    // a stop word in capitals need not be an acronym.
    let alone = asked.kind == Kind::SmallAcronym && asked.wanted;
    if alone || unit.forms.is_empty() && index.language.is_stop_word(term) {
        let stop_word = format!("{STOP_MARK}{term}");
        if let Some(group) = inflections(&stop_word, index) {
            unit.forms.extend(group.terms.iter().map(|found| Form::of(found, STOP)));
        }
    }
    let enough = ENOUGH_PAGES.max(index.manifest.pages as usize / ENOUGH_OF_THE_PAGES);
    let is_common = |form: &Form| form.words[0][0].postings.len() >= enough;
    let completes =
        if asked.last { !unit.forms.iter().any(is_common) } else { unit.forms.is_empty() };
    if completes && asked.kind == Kind::Word {
        add_completions(&mut unit, index);
    }
    unit.own = unit.forms.len();
    unit
}

impl Form {
    fn of(term: &Term, factor: u32) -> Form {
        Form { factor, words: vec![vec![term.clone()]] }
    }
}

/// The group of a term. If the term itself is on no page, the group of the longest stem
/// that it may be an inflection of.
fn inflections(term: &str, index: &Index) -> Option<Rc<Group>> {
    let mut likely: Option<Rc<Group>> = None;
    for name in names_leading_to(&key(term), index) {
        for group in index.shard(&name).iter() {
            let Some(rest) = term.strip_prefix(group.stem.as_str()) else {
                continue;
            };
            if group.terms.iter().any(|found| found.text == term) {
                return Some(Rc::clone(group));
            }
            let longer = likely.as_ref().is_none_or(|likely| group.stem.len() > likely.stem.len());
            let guessable = group.stem.chars().count() >= MIN_STEM;
            if longer && guessable && index.language.is_ending(rest) {
                likely = Some(Rc::clone(group));
            }
        }
    }
    likely
}

/// The shards that may hold a key: those named by a beginning of it.
fn names_leading_to(key: &str, index: &Index) -> Vec<String> {
    (1..=key.len())
        .map(|length| &key[..length])
        .filter(|name| index.shard_names.contains(*name))
        .map(String::from)
        .collect()
}

fn add_completions(unit: &mut Unit, index: &Index) {
    if unit.term.chars().count() < MIN_COMPLETED {
        return;
    }
    let key = key(&unit.term);
    let mut names = names_leading_to(&key, index);
    let longer =
        index.shard_names.iter().filter(|name| name.len() > key.len() && name.starts_with(&*key));
    names.extend(longer.take(MAX_SHARDS).cloned());
    for name in names {
        for group in
            index.shard(&name).iter().filter(|group| unit.stem.as_ref() != Some(&group.stem))
        {
            let completions = group.terms.iter().filter(|found| found.text.starts_with(&unit.term));
            unit.forms.extend(completions.map(|found| Form::of(found, COMPLETED)));
        }
    }
}

/// Where a phrase of a synonym group stands in the question, the other phrases stand as well.
fn add_synonyms(units: &mut [Unit], index: &Index) {
    for group in &index.manifest.synonyms {
        for (which, phrase) in group.iter().enumerate() {
            let Some(start) = occurrence(phrase, units) else {
                continue;
            };
            let others = group.iter().enumerate().filter(|(other, _)| *other != which);
            for (_, other) in others {
                if occurrence(other, units).is_some() {
                    continue;
                }
                for unit in &mut units[start..start + phrase.len()] {
                    let words: Vec<Vec<Term>> =
                        other.iter().map(|(term, stem)| like(term, stem, index)).collect();
                    add_phrase(unit, words);
                }
            }
        }
    }
}

/// Where a phrase stands in the question, in any inflection.
fn occurrence(phrase: &[(String, String)], units: &[Unit]) -> Option<usize> {
    units.windows(phrase.len()).position(|window| {
        window.iter().zip(phrase).all(|(unit, (term, stem))| {
            unit.term == *term
                || unit.stem.as_ref() == Some(stem) && is_inflection(&unit.term, term)
        })
    })
}

/// Whether two words of one stem are of about one length: appalti and appalto, not appaltante.
fn is_inflection(a: &str, b: &str) -> bool {
    a.chars().count().abs_diff(b.chars().count()) <= 1
}

/// A term and its inflections; the term itself need not be in the dictionary.
fn like(term: &str, stem: &str, index: &Index) -> Vec<Term> {
    for name in names_leading_to(&key(term), index) {
        if let Some(group) = index.shard(&name).iter().find(|group| group.stem == stem) {
            return group
                .terms
                .iter()
                .filter(|found| is_inflection(&found.text, term))
                .cloned()
                .collect();
        }
    }
    Vec::new()
}

/// Adds a phrase, if all its words are in the dictionary.
fn add_phrase(unit: &mut Unit, words: Vec<Vec<Term>>) {
    if words.iter().all(|terms| !terms.is_empty()) {
        unit.forms.push(Form { factor: SYNONYM, words });
    }
}

/// `36/2023` may be written as 36 of 2023.
fn add_parts(unit: &mut Unit, asked: &Asked, index: &Index) {
    if asked.word.parts.is_empty() {
        return;
    }
    let exact = |part: &String| -> Vec<Term> {
        let Some(group) = inflections(part, index) else {
            return Vec::new();
        };
        group.terms.iter().filter(|term| term.text == *part).cloned().collect()
    };
    let words = asked.word.parts.iter().map(exact).collect();
    add_phrase(unit, words);
}

/// Adds terms that differ by one typing error. Returns the most frequent.
fn add_corrections(unit: &mut Unit, index: &Index) -> Option<String> {
    let letters: Vec<char> = unit.term.chars().collect();
    if letters.len() < MIN_CORRECTED || !letters.iter().all(|c| c.is_alphabetic()) {
        return None;
    }
    let key: Vec<char> = key(&unit.term).chars().collect();
    let near = names_leading_to(&key.iter().collect::<String>(), index);
    let far = index
        .shard_names
        .iter()
        .filter(|name| !near.contains(name) && may_hold_correction(name, &key));
    let far: Vec<String> = far.take(MAX_SHARDS).cloned().collect();
    // An error in the first letters leads to other files; they are asked only if these know nothing.
    for names in [near.as_slice(), far.as_slice()] {
        for name in names {
            let shard = index.shard(name);
            let terms = shard.iter().flat_map(|group| &group.terms);
            let close =
                terms.filter(|term| is_one_error(&letters, &term.text.chars().collect::<Vec<_>>()));
            unit.forms.extend(close.map(|term| Form::of(term, CORRECTED)));
        }
        if !unit.forms.is_empty() {
            break;
        }
    }
    let mut best: Option<&Term> = None;
    for form in &unit.forms {
        let term = &form.words[0][0];
        if best.is_none_or(|best| term.postings.len() > best.postings.len()) {
            best = Some(term);
        }
    }
    best.map(|term| term.text.clone())
}

/// Whether a term of this shard can be one error away, its first letter being right or swapped.
fn may_hold_correction(name: &str, key: &[char]) -> bool {
    let name: Vec<char> = name.chars().collect();
    let first_right = key[..2].contains(&name[0]);
    first_right
        && (0..=key.len())
            .any(|length| key[..length] == name[..] || is_one_error(&key[..length], &name))
}

/// Whether two words differ by one letter left out, added, replaced, or swapped with the next.
fn is_one_error(a: &[char], b: &[char]) -> bool {
    let same_start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same_start..], &b[same_start..]);
    match a.len() as i64 - b.len() as i64 {
        0 => {
            !a.is_empty() && a[1..] == b[1..]
                || a.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]
        }
        1 => a[1..] == *b,
        -1 => *a == b[1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_one_error;

    fn one_error(a: &str, b: &str) -> bool {
        is_one_error(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
    }

    #[test]
    fn one_letter_more_less_or_other_is_one_error() {
        assert!(one_error("stazzione", "stazione"));
        assert!(one_error("stazine", "stazione"));
        assert!(one_error("stasione", "stazione"));
        assert!(one_error("tazione", "stazione"));
    }

    #[test]
    fn two_swapped_letters_are_one_error() {
        assert!(one_error("anagarfe", "anagrafe"));
        assert!(one_error("naagrafe", "anagrafe"));
    }

    #[test]
    fn the_same_word_or_two_errors_are_not() {
        assert!(!one_error("stazione", "stazione"));
        assert!(!one_error("stazionne", "stzione"));
        assert!(!one_error("", ""));
    }
}
