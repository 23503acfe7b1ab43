//! What must be known of a published index to bring it up to date: sums, sizes and hashes, but no
//! text and no postings. The manifest follows from it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::analysis::STOP_MARK;
use super::blocks::block_path;
use super::facets::{FacetCounts, facet_path};
use super::format::{FacetEntry, Manifest, VERSION, path, script};
use super::shards::{self, Shard, shard_name};
use super::weight::{FIELD_COUNT, averages};
use super::words::words;
use super::{Language, Options};
use crate::base::Hash;

/// What an update needs to know of the index that it brings up to date.
///
/// It holds for the program that made it: store it with something that changes when the program does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexState {
    pub(super) language: Language,
    /// The address and the number of each page, in the order of the addresses.
    pub(super) pages: Arc<Vec<(String, u32)>>,
    /// How many pages were left out because their address was taken.
    pub(super) n_left_out: u32,
    /// How many bytes the sources of all pages have.
    pub(super) n_bytes: u64,
    /// How many bits a page number has, and how many of them name its block.
    pub(super) bits: u32,
    pub(super) block_bits: u32,
    /// How many words each field has on all pages together.
    pub(super) lengths: [u64; FIELD_COUNT],
    /// Stop words that are acronyms in names of pages, and of how many pages.
    pub(super) acronyms: BTreeMap<String, u32>,
    pub(super) facets: FacetCounts,
    /// The stem of each group and the size of its line, in bytes, in the order of key and stem.
    pub(super) groups: Arc<Vec<(String, u32)>>,
    pub(super) hashes: Hashes,
}

/// The hash of each file, by what names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Hashes {
    pub blocks: BTreeMap<u32, Hash>,
    pub shards: BTreeMap<String, Hash>,
    pub facets: Vec<Hash>,
    pub manifest: Hash,
}

impl IndexState {
    /// Average lengths of the fields, as used for the weights.
    pub(super) fn averages(&self) -> [u32; FIELD_COUNT] {
        averages(self.lengths, self.pages.len())
    }

    /// The number of the page of an address.
    pub(super) fn number(&self, url: &str) -> Option<u32> {
        let at = self.pages.binary_search_by(|(known, _)| known.as_str().cmp(url)).ok()?;
        Some(self.pages[at].1)
    }

    /// The block of a page.
    pub(super) fn block(&self, number: u32) -> u32 {
        shards::block(number, self.bits, self.block_bits)
    }

    /// The key and the size of each group.
    pub(super) fn keys(&self) -> Vec<(Cow<'_, str>, usize)> {
        self.groups.iter().map(|(stem, size)| (shards::key(stem), *size as usize)).collect()
    }

    /// The file of the manifest. Notes its hash.
    pub(super) fn manifest(&mut self, options: &Options, shards: &[Shard]) -> (String, Vec<u8>) {
        let [stop, elisions, endings] = self.language.lists();
        let names: Vec<&str> = shards.iter().map(|shard| shard.name.as_str()).collect();
        let acronyms: Vec<&str> = self.acronyms.keys().map(String::as_str).collect();
        let manifest = Manifest {
            version: VERSION,
            stamp: self.hashes.stamp(),
            language: self.language.as_code().into(),
            stop: stop.into(),
            elisions: elisions.into(),
            endings: endings.into(),
            pages: self.pages.len() as u32,
            bits: self.bits,
            blocks: self.block_bits,
            lengths: self.averages().to_vec(),
            acronyms: acronyms.join(" "),
            synonyms: synonyms(&options.synonyms, self.language),
            shards: names.join(" "),
            facets: self.facet_entries(&options.facet_labels),
        };
        let script = script("manifest", &manifest);
        self.hashes.manifest = Hash::of(&script);
        (path("manifest"), script)
    }

    fn facet_entries(&self, labels: &BTreeMap<String, String>) -> Vec<FacetEntry> {
        let entry = |(name, values): &(String, Vec<(String, u32)>)| {
            let label = labels.get(name).unwrap_or(name);
            FacetEntry(name.clone(), label.clone(), values.clone())
        };
        self.facets.iter().map(entry).collect()
    }
}

impl Hashes {
    /// The paths of the files that are not among those of `next`, in order.
    pub(super) fn not_in(&self, next: &Hashes) -> Vec<String> {
        let blocks = self.blocks.keys().filter(|block| !next.blocks.contains_key(block));
        let shards = self.shards.keys().filter(|shard| !next.shards.contains_key(*shard));
        let facets = next.facets.len()..self.facets.len().max(next.facets.len());
        let mut paths: Vec<String> = blocks.map(|block| block_path(*block)).collect();
        paths.extend(shards.map(|shard| path(&shard_name(shard))));
        paths.extend(facets.map(facet_path));
        paths.sort();
        paths
    }

    pub(super) fn new() -> Self {
        Self {
            blocks: BTreeMap::new(),
            shards: BTreeMap::new(),
            facets: Vec::new(),
            manifest: Hash::of(&[]),
        }
    }

    /// Changes with any of the files but the manifest. Each script has its name in it, and so has
    /// its hash.
    fn stamp(&self) -> String {
        let hashes = self.blocks.values().chain(self.shards.values()).chain(&self.facets);
        let hashes: Vec<String> = hashes.map(Hash::to_string).collect();
        Hash::of(hashes.concat().as_bytes()).short()
    }
}

/// The groups of synonyms as words and stems. A phrase without words, or alone in its group, is left out.
fn synonyms(groups: &[Vec<String>], language: Language) -> Vec<Vec<Vec<(String, String)>>> {
    let phrase = |text: &String| -> Vec<(String, String)> {
        let mut terms: Vec<String> =
            words(text, language).into_iter().map(|word| word.term).collect();
        match &mut terms[..] {
            // Nobody lists hers as a synonym: it is the acronym, written small.
            [term] => *term = term.trim_start_matches(STOP_MARK).to_string(),
            _ => terms.retain(|term| !term.starts_with(STOP_MARK)),
        }
        let with_stem = |term: String| {
            let stem = term[..language.stem_length(&term)].to_string();
            (term, stem)
        };
        terms.into_iter().map(with_stem).collect()
    };
    let groups = groups.iter().map(|group| {
        group.iter().map(phrase).filter(|phrase| !phrase.is_empty()).collect::<Vec<_>>()
    });
    groups.filter(|group| group.len() > 1).collect()
}
