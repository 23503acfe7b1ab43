//! The terms that the site explains, and under which names texts mention them: those of its glossary
//! pages. Where in a page they are mentioned is found when it is rendered.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::base::Hash;
use crate::base::phrase::{Phrase, Phrases};
use crate::base::pieces::{Piece, pieces};
use crate::base::text::fold;
use crate::document::Value;
use crate::source::Config;

use super::page::{Page, PageId};

/// Acronyms and names of terms, and the page that explains each.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Glossary {
    acronyms: BTreeMap<String, PageId>,
    /// The acronyms that titles of terms consist of, or have among other words.
    in_titles: BTreeSet<String>,
    names: Phrases<Name>,
}

/// A name under which texts mention a term.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Name {
    /// An acronym as it is written, since capitals make a difference: `SUA` is not `sua`.
    pub acronym: Option<String>,
    /// The page of the term.
    pub page: PageId,
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
        let words = terms.iter().flat_map(|page| pieces(&page.title));
        let in_titles = words.map(|word| word.text).filter(|word| is_acronym(word));
        Self { acronyms, in_titles: in_titles.map(str::to_owned).collect(), names: names(&terms) }
    }

    /// The acronyms that page `id` explains.
    pub fn acronyms_of(&self, id: PageId) -> impl Iterator<Item = &str> {
        let of_page = move |(_, page): &(&String, &PageId)| **page == id;
        self.acronyms.iter().filter(of_page).map(|(word, _)| word.as_str())
    }

    /// Whether a term says what `acronym` stands for, has it in its name, such as `App IO`, or is the word
    /// in capitals.
    pub fn explains(&self, acronym: &str) -> bool {
        let pieces: Vec<Piece<'_>> = pieces(acronym).collect();
        self.acronyms.contains_key(acronym)
            || self.in_titles.contains(acronym)
            || self.name_at(acronym, &pieces).is_some()
    }

    /// Whether there is no name to look for.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The longest name with which `pieces`, the rest of the pieces of `text`, start, and how many of
    /// them it takes.
    pub fn name_at(&self, text: &str, pieces: &[Piece<'_>]) -> Option<(&Name, usize)> {
        self.names
            .at(text, pieces)
            .find(|(name, _)| name.acronym.as_ref().is_none_or(|acronym| pieces[0].text == acronym))
    }

    /// The fingerprint of everything that texts show of the glossary: the names, and of the page of
    /// each its title and address.
    pub fn fingerprint(&self, pages: &[Page]) -> Hash {
        let names = self.names.iter().map(|(phrase, name)| {
            let page = &pages[name.page];
            let acronym = name.acronym.as_deref().unwrap_or_default();
            let words = phrase.spelled();
            let parts = [words.as_str(), acronym, &page.title, page.url.as_str()];
            Hash::of_parts(parts.map(str::as_bytes))
        });
        let names: Vec<Hash> = names.collect();
        Hash::of_parts(names.iter().map(Hash::as_bytes))
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

/// The names of all terms. What the title of a page says goes before synonyms; a name that several
/// terms share with equal right is the name of none.
fn names(terms: &[&Page]) -> Phrases<Name> {
    let mut claims: BTreeMap<(Phrase, Option<String>), Claim> = BTreeMap::new();
    for page in terms {
        let own = own_names(page).flat_map(alternatives).filter(|name| is_acronym(name));
        let titles = [page.title.as_str(), without_brackets(&page.title)];
        let synonyms = page.document.meta.synonyms.iter().map(String::as_str);
        let own = own.chain(titles).map(|name| (true, name));
        let others = synonyms.filter(|name| is_telling(name, page)).map(|name| (false, name));
        for (is_own, name) in own.chain(others) {
            let Some(phrase) = Phrase::of(name) else { continue };
            let acronym = is_acronym(name).then(|| name.to_owned());
            let claim = claims.entry((phrase, acronym)).or_default();
            if is_own { &mut claim.own } else { &mut claim.others }.insert(page.id);
        }
    }
    // Of two names with the same words the acronym is asked first, since it wants the same capitals.
    let names =
        claims.into_iter().rev().filter_map(|((phrase, acronym), Claim { own, others })| {
            let mut pages = if own.is_empty() { others } else { own }.into_iter();
            let (Some(page), None) = (pages.next(), pages.next()) else { return None };
            Some((phrase, Name { acronym, page }))
        });
    names.collect()
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
