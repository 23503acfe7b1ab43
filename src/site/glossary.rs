//! The terms that the site explains, and under which names texts mention them: those of its glossary
//! pages. Where in a page they are mentioned is found when it is rendered.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::base::Hash;
use crate::base::pieces::{Piece, pieces};
use crate::base::text::fold;
use crate::document::Value;
use crate::source::Config;

use super::page::{Page, PageId};

/// Acronyms and names of terms, and the page that explains each.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Glossary {
    acronyms: BTreeMap<String, PageId>,
    /// The names of all terms by their first word, folded; the longer ones first.
    names: BTreeMap<String, Vec<Name>>,
}

/// A name under which texts mention a term.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Name {
    /// What it is compared with, word by word.
    words: Vec<Word>,
    /// An acronym as it is written, since capitals make a difference: `SUA` is not `sua`.
    pub acronym: Option<String>,
    /// The page of the term.
    pub page: PageId,
}

/// A word of a name, folded, and the sign between it and the one before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Word {
    joint: char,
    folded: String,
}

/// The first word of a title is a name of its own, if it is a synonym, when it is longer than this.
const LONGEST_COMMON_WORD: usize = 8;

impl Glossary {
    /// Takes the terms from the pages of the glossary's type. An acronym is any word with two capitals
    /// that is their title, a synonym or the value of a text field.
    pub fn of(pages: &[Page], config: &Config) -> Self {
        let Some(glossary) = &config.glossary else { return Self::default() };
        let is_term = |page: &&Page| page.type_name() == glossary && !page.is_expired;
        let terms: Vec<&Page> = pages.iter().filter(is_term).collect();
        let mut acronyms = BTreeMap::new();
        for page in &terms {
            let synonyms = page.document.meta.synonyms.iter().map(String::as_str);
            for acronym in own_names(page).chain(synonyms).flat_map(alternatives) {
                if is_acronym(acronym) && acronym != page.title {
                    acronyms.entry(acronym.to_owned()).or_insert(page.id);
                }
            }
        }
        Self { acronyms, names: names(&terms) }
    }

    /// The acronyms that page `id` explains.
    pub fn acronyms_of(&self, id: PageId) -> impl Iterator<Item = &str> {
        let of_page = move |(_, page): &(&String, &PageId)| **page == id;
        self.acronyms.iter().filter(of_page).map(|(word, _)| word.as_str())
    }

    /// Whether there is no name to look for.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The longest name with which `pieces`, the rest of the pieces of `text`, start, and how many of
    /// them it takes. `folded` is the first of them, folded.
    pub fn name_at(
        &self,
        text: &str,
        pieces: &[Piece<'_>],
        folded: &str,
    ) -> Option<(&Name, usize)> {
        let names = self.names.get(folded)?;
        let found = names.iter().find(|name| name.starts(text, pieces))?;
        Some((found, found.words.len()))
    }

    /// The fingerprint of everything that texts show of the glossary: the names, and of the page of
    /// each its title and address.
    pub fn fingerprint(&self, pages: &[Page]) -> Hash {
        let names = self.names.values().flatten().map(|name| {
            let page = &pages[name.page];
            let acronym = name.acronym.as_deref().unwrap_or_default();
            let words =
                name.words.iter().flat_map(|word| [word.joint.to_string(), word.folded.clone()]);
            let words: String = words.collect();
            let parts = [words.as_str(), acronym, &page.title, page.url.as_str()];
            Hash::of_parts(parts.map(str::as_bytes))
        });
        let names: Vec<Hash> = names.collect();
        Hash::of_parts(names.iter().map(Hash::as_bytes))
    }
}

impl Name {
    /// The words of `text`; nothing when signs other than those inside names stand between them.
    fn words_of(text: &str) -> Option<Vec<Word>> {
        let pieces: Vec<Piece<'_>> = pieces(text).collect();
        let word = |number: usize| {
            let joint = if number == 0 { ' ' } else { joint(text, &pieces[number - 1..=number])? };
            Some(Word { joint, folded: fold(pieces[number].text) })
        };
        let words: Option<Vec<Word>> = (0..pieces.len()).map(word).collect();
        words.filter(|words| !words.is_empty())
    }

    fn starts(&self, text: &str, pieces: &[Piece<'_>]) -> bool {
        if let Some(acronym) = &self.acronym {
            return pieces[0].text == acronym;
        }
        // The first word is known to be the same.
        self.words.len() <= pieces.len()
            && self.words.iter().zip(pieces).enumerate().skip(1).all(|(number, (word, piece))| {
                joint(text, &pieces[number - 1..=number]) == Some(word.joint)
                    && fold(piece.text) == word.folded
            })
    }
}

/// What binds two pieces of a name in `text`: a blank, or one sign, perhaps with blanks.
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

/// The terms that claim a name.
#[derive(Default)]
struct Claim {
    /// Those whose title it is, or whose acronym.
    own: BTreeSet<PageId>,
    /// Those of which it is a synonym.
    others: BTreeSet<PageId>,
}

/// The names of all terms by their first word. What the title of a page says goes before synonyms; a
/// name that several terms share with equal right is the name of none.
fn names(terms: &[&Page]) -> BTreeMap<String, Vec<Name>> {
    let mut claims: BTreeMap<(Vec<Word>, Option<String>), Claim> = BTreeMap::new();
    for page in terms {
        let own = own_names(page).flat_map(alternatives).filter(|name| is_acronym(name));
        let titles = [page.title.as_str(), without_brackets(&page.title)];
        let synonyms = page.document.meta.synonyms.iter().map(String::as_str);
        let own = own.chain(titles).map(|name| (true, name));
        let others = synonyms.filter(|name| is_telling(name, page)).map(|name| (false, name));
        for (is_own, name) in own.chain(others) {
            let Some(words) = Name::words_of(name) else { continue };
            let acronym = is_acronym(name).then(|| name.to_owned());
            let claim = claims.entry((words, acronym)).or_default();
            if is_own { &mut claim.own } else { &mut claim.others }.insert(page.id);
        }
    }
    let mut names: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    for ((words, acronym), Claim { own, others }) in claims {
        let mut pages = if own.is_empty() { others } else { own }.into_iter();
        if let (Some(page), None) = (pages.next(), pages.next()) {
            names.entry(words[0].folded.clone()).or_default().push(Name { words, acronym, page });
        }
    }
    for names in names.values_mut() {
        names.sort_by_key(|name| std::cmp::Reverse((name.words.len(), name.acronym.is_some())));
    }
    names
}

/// The title of a term and its texts, among which is the field for the acronym.
fn own_names(page: &Page) -> impl Iterator<Item = &str> {
    let texts = page.document.fields.values().filter_map(|value| match value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    });
    texts.chain([page.title.as_str()])
}

/// `SUA / CUC` as two names.
fn alternatives(name: &str) -> impl Iterator<Item = &str> {
    name.split([',', '/']).map(str::trim)
}

/// `Stazione unica appaltante (SUA)` without the acronym.
fn without_brackets(title: &str) -> &str {
    title.split_once(" (").map_or(title, |(before, _)| before)
}

/// Whether a synonym means the term of `page` wherever it stands: an acronym, several words, or the
/// first word of the title when that is a long one. Other words alone mean too many things. Those
/// with a number are written for who searches (`legge 56`).
fn is_telling(synonym: &str, page: &Page) -> bool {
    if synonym.chars().any(char::is_numeric) {
        return false;
    }
    let is_long = synonym.chars().count() > LONGEST_COMMON_WORD;
    let first = pieces(&page.title).next();
    let is_first = first.is_some_and(|first| fold(first.text) == fold(synonym));
    is_acronym(synonym) || pieces(synonym).count() > 1 || is_long && is_first
}

fn is_acronym(word: &str) -> bool {
    word.chars().all(char::is_alphanumeric)
        && word.chars().filter(|letter| letter.is_uppercase()).count() >= 2
}
