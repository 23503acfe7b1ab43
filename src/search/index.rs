//! Reads the index files and answers questions with them, as the browser does.
//! Files are fetched when a question needs them, through a closure.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::codec::{Posting, decode_ascending, decode_postings};
use super::excerpt::{Fragment, Matcher, excerpt};
use super::facets::facet_name;
use super::format::{
    Block, FacetEntry, GroupEntry, Manifest, PageEntry, VERSION, path, read_script,
};
use super::query::{Question, resolve};
use super::rank::rank;
use super::shards::{block, block_name, shard_name};
use super::{Language, SearchPage, SearchSection};

/// The search index of a built site.
///
/// ```
/// # use vasta::search::*;
/// let page = SearchPage { url: "sua/index.html".into(), title: "Stazione appaltante".into(), ..Default::default() };
/// let (files, _) = files(vec![segment(page, Language::Italian)], &Options::default());
/// let read = |path: &str| files.iter().find(|file| file.0 == path).map(|file| file.1.clone());
///
/// let index = Index::open(read).unwrap();
/// assert_eq!(index.search("stazzione", 10).hits[0].url, "sua/index.html");
/// ```
pub struct Index<'a> {
    read: Box<Read<'a>>,
    pub(super) manifest: Manifest,
    pub(super) language: Language,
    pub(super) shard_names: BTreeSet<String>,
    shards: RefCell<BTreeMap<String, Shard>>,
    missing: RefCell<BTreeSet<String>>,
}

/// Gives the bytes of a file.
type Read<'a> = dyn Fn(&str) -> Option<Vec<u8>> + 'a;

/// What a question found.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// How many pages answer.
    pub total: usize,
    /// The best of them, best first.
    pub hits: Vec<Hit>,
    /// The question as it was probably meant, if some word is in no page.
    pub suggestion: Option<String>,
    /// The words of the question that are in no page, in any form.
    pub unknown: Vec<String>,
    /// Files of the index that could not be read: the answer is incomplete.
    pub missing: Vec<String>,
}

/// A page that answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Path of the page from the site root.
    pub url: String,
    /// What the page is called.
    pub title: String,
    /// The kind of page and its facet values, in words.
    pub badges: Vec<String>,
    /// The best section; empty if it is the text before the first heading.
    pub section: String,
    /// The id of that section's heading.
    pub anchor: String,
    /// How well the page answers. Only scores of one question compare.
    pub score: u64,
    /// A piece of text around the words found, marked.
    pub snippet: Vec<Fragment>,
}

/// The groups of one file.
type Shard = Rc<[Rc<Group>]>;

/// The terms of one stem.
pub(super) struct Group {
    pub stem: String,
    pub terms: Vec<Term>,
}

/// A term and where it occurs.
#[derive(Clone)]
pub(super) struct Term {
    pub text: String,
    pub postings: Rc<[Posting]>,
}

impl<'a> Index<'a> {
    /// Opens an index. `read` gives the bytes of a file, by its path from the site root.
    ///
    /// # Errors
    /// If there is no index, or one of another version.
    pub fn open(read: impl Fn(&str) -> Option<Vec<u8>> + 'a) -> Result<Index<'a>, String> {
        let path = path("manifest");
        let script = read(&path).ok_or_else(|| format!("cannot read `{path}`"))?;
        let manifest: Manifest =
            read_script(&script).ok_or_else(|| format!("`{path}` is not a search index"))?;
        let sound =
            manifest.version == VERSION && manifest.bits < 32 && manifest.blocks <= manifest.bits;
        if !sound {
            return Err(format!("`{path}` is an index of another version; build the site again"));
        }
        Ok(Index {
            read: Box::new(read),
            language: Language::from_code(&manifest.language),
            shard_names: manifest.shards.split_whitespace().map(String::from).collect(),
            manifest,
            shards: RefCell::default(),
            missing: RefCell::default(),
        })
    }

    /// The best pages for a question, at most `limit`.
    pub fn search(&self, question: &str, limit: usize) -> Results {
        self.search_among(&[], question, limit)
    }

    /// The best pages for a question among those that have each of these values, such as
    /// `("ambito", "SUA")`.
    pub fn search_among(
        &self,
        values: &[(String, String)],
        question: &str,
        limit: usize,
    ) -> Results {
        self.missing.borrow_mut().clear();
        let question = Question::new(question, self);
        let resolved = resolve(&question, self);
        let mut ranking = rank(&resolved.units, self.manifest.pages);
        for (facet, value) in values {
            let pages = self.pages_with(facet, value);
            ranking.pages.retain(|ranked| pages.contains(&ranked.page));
        }
        let matcher = Matcher::new(&resolved.units, ranking.rarities);
        let hits = ranking.pages.iter().take(limit).filter_map(|ranked| {
            let entry = self.page(ranked.page)?;
            Some(hit(&entry, ranked.score, &matcher, self.language))
        });
        Results {
            total: ranking.pages.len(),
            hits: hits.collect(),
            suggestion: resolved.suggestion,
            unknown: resolved.unknown,
            missing: self.missing.borrow().iter().cloned().collect(),
        }
    }

    /// The facets by name, with their values.
    pub fn facets(&self) -> BTreeMap<&str, Vec<&str>> {
        let facets = self.manifest.facets.iter();
        facets
            .map(|FacetEntry(name, _, values)| {
                (name.as_str(), values.iter().map(|(value, _)| value.as_str()).collect())
            })
            .collect()
    }

    /// The pages that have a value; none if there is no such value.
    fn pages_with(&self, facet: &str, value: &str) -> BTreeSet<u32> {
        let place = self.manifest.facets.iter().position(|entry| entry.0 == facet);
        let Some(place) = place else { return BTreeSet::new() };
        let codes = self.load::<Vec<String>>(&facet_name(place)).unwrap_or_default();
        let values = self.manifest.facets[place].2.iter().zip(codes);
        values
            .filter(|((known, _), _)| known == value)
            .filter_map(|(_, code)| decode_ascending(&code))
            .flatten()
            .collect()
    }

    /// All pages by address, with what the index holds of them: not their own synonyms, and of their
    /// badges those that are facets.
    ///
    /// # Errors
    /// If files of the index are missing or damaged.
    pub fn pages(&self) -> Result<BTreeMap<String, SearchPage>, String> {
        let mut urls: BTreeMap<u32, String> = BTreeMap::new();
        let mut pages = BTreeMap::new();
        for block in 0..1 << self.manifest.blocks {
            // A block without pages has no file.
            let script = (self.read)(&path(&block_name(block)));
            let entries: Block = script.and_then(|script| read_script(&script)).unwrap_or_default();
            for (number, entry) in entries {
                urls.insert(number, entry.0.clone());
                pages.insert(entry.0.clone(), entry.into());
            }
        }
        if pages.len() != self.manifest.pages as usize {
            let (found, all) = (pages.len(), self.manifest.pages);
            return Err(format!("{found} of {all} pages can be read"));
        }
        for (facet, values) in self.facets() {
            for value in values {
                for number in self.pages_with(facet, value) {
                    let page = urls.get(&number).and_then(|url| pages.get_mut(url));
                    let page: &mut SearchPage =
                        page.ok_or_else(|| format!("a page of `{facet}` is unknown"))?;
                    page.facets.entry(facet.to_owned()).or_default().push(value.to_owned());
                }
            }
        }
        Ok(pages)
    }

    /// The groups of one shard; none if it cannot be read.
    pub(super) fn shard(&self, name: &str) -> Shard {
        if let Some(shard) = self.shards.borrow().get(name) {
            return Rc::clone(shard);
        }
        let Some(entries) = self.load::<Vec<GroupEntry>>(&shard_name(name)) else {
            return Rc::new([]);
        };
        let shard: Shard = entries.into_iter().filter_map(group).map(Rc::new).collect();
        self.shards.borrow_mut().insert(name.to_string(), Rc::clone(&shard));
        shard
    }

    fn page(&self, number: u32) -> Option<PageEntry> {
        let name = block_name(block(number, self.manifest.bits, self.manifest.blocks));
        self.load::<Block>(&name)?.remove(&number)
    }

    fn load<T: serde::de::DeserializeOwned>(&self, name: &str) -> Option<T> {
        let path = path(name);
        let data = (self.read)(&path).and_then(|script| read_script(&script));
        if data.is_none() {
            self.missing.borrow_mut().insert(path);
        }
        data
    }
}

impl From<PageEntry> for SearchPage {
    fn from(PageEntry(url, title, summary, _, sections): PageEntry) -> Self {
        let section = |(anchor, title, text)| SearchSection { anchor, title, text };
        Self {
            url,
            title,
            summary,
            sections: sections.into_iter().map(section).collect(),
            ..Self::default()
        }
    }
}

fn group(entry: GroupEntry) -> Option<Group> {
    let (stem, rest) = entry.split_first()?;
    let terms = rest.chunks_exact(2).map(|pair| Term {
        text: format!("{stem}{}", pair[0]),
        postings: decode_postings(&pair[1]).into(),
    });
    Some(Group { terms: terms.collect(), stem: stem.clone() })
}

fn hit(page: &PageEntry, score: u64, matcher: &Matcher, language: Language) -> Hit {
    let PageEntry(url, title, summary, badges, sections) = page;
    let excerpt = excerpt(summary, sections, matcher, language);
    let (anchor, section) = match excerpt.section {
        Some(index) => (sections[index].0.clone(), sections[index].1.clone()),
        None => (String::new(), String::new()),
    };
    Hit {
        url: url.clone(),
        title: title.clone(),
        badges: badges.clone(),
        section,
        anchor,
        score,
        snippet: excerpt.snippet,
    }
}
