//! Builds the index in one pass over the pages. They come in the order of their numbers, so each
//! block of texts can be written and forgotten when it is full; of a page that went by, no more is
//! kept than what its words count. The same pages give the same bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Options;
use super::blocks::{Blocks, Closed, Placed, block_path};
use super::dictionary::{Dictionary, shard_script};
use super::facets::Facets;
use super::format::path;
use super::lunr;
use super::segment::Segment;
use super::shards::{self, block_bits, shard_name};
use super::state::{Hashes, IndexState};
use super::weight::{FIELD_COUNT, averages, norms};
use crate::base::Hash;

/// A page before its text is known: what decides its number and how the blocks are cut.
#[derive(Clone, Copy, Debug)]
pub struct PageSize<'a> {
    /// Path from the site root, as in `SearchPage`.
    pub url: &'a str,
    /// The size of the page's source, in bytes.
    pub n_bytes: u64,
}

/// An index that is being built.
///
/// ```
/// # use vasta::search::*;
/// let options = Options::default();
/// let pages = [PageSize { url: "a.html", n_bytes: 9 }, PageSize { url: "b.html", n_bytes: 9 }];
/// let mut indexer = Indexer::new(&options, &pages);
/// let mut segments = Vec::new();
/// for place in indexer.order() {
///     let page = SearchPage { url: pages[*place].url.into(), ..Default::default() };
///     segments.push(segment(page, options.language));
/// }
/// let mut files = indexer.add(segments);
/// let (rest, _state) = indexer.finish();
/// files.extend(rest);
/// assert!(files.iter().any(|(path, _)| path == "ricerca/manifest.js"));
/// ```
pub struct Indexer<'a> {
    options: &'a Options,
    state: IndexState,
    order: Vec<usize>,
    /// The number of each page, ascending; all that follows is in this order.
    numbers: Vec<u32>,
    /// How many words the fields of the pages so far have, and which of these pages are low.
    lengths: Vec<([u32; FIELD_COUNT], bool)>,
    blocks: Blocks,
    dictionary: Dictionary,
    facets: Facets,
    elasticlunr: Option<lunr::Export>,
}

/// The files of an index: paths from the site root, and contents.
pub(super) type Files = Vec<(String, Vec<u8>)>;

/// The index files of a site that is at hand as a whole, in the order of their paths, and what an
/// update of them needs. The text of a page counts as its source.
///
/// Of pages with the same address, the first counts.
pub fn files(segments: Vec<Segment>, options: &Options) -> (Vec<(String, Vec<u8>)>, IndexState) {
    let text_size = |segment: &Segment| {
        segment.page.sections.iter().map(|section| section.text.len() as u64).sum()
    };
    let pages: Vec<PageSize> = segments
        .iter()
        .map(|segment| PageSize { url: &segment.page.url, n_bytes: text_size(segment) })
        .collect();
    let mut indexer = Indexer::new(options, &pages);
    let mut segments: Vec<Option<Segment>> = segments.into_iter().map(Some).collect();
    let ordered = indexer.order.iter().filter_map(|place| segments[*place].take()).collect();
    let mut files = indexer.add(ordered);
    let (rest, state) = indexer.finish();
    files.extend(rest);
    files.sort();
    (files, state)
}

impl<'a> Indexer<'a> {
    /// Numbers the pages of a site. Of pages with the same address, the first counts.
    pub fn new(options: &'a Options, pages: &[PageSize]) -> Self {
        let mut by_address: Vec<usize> = (0..pages.len()).collect();
        by_address.sort_by_key(|place| pages[*place].url);
        by_address.dedup_by_key(|place| pages[*place].url);
        let addresses: Vec<&str> = by_address.iter().map(|place| pages[*place].url).collect();
        let numbering = shards::number(&addresses);
        let mut order: Vec<(u32, usize)> =
            numbering.numbers.iter().copied().zip(by_address.iter().copied()).collect();
        order.sort_unstable();
        let n_bytes = by_address.iter().map(|place| pages[*place].n_bytes).sum();
        let addresses = addresses.into_iter().map(str::to_owned);
        let state = IndexState {
            language: options.language,
            n_left_out: (pages.len() - by_address.len()) as u32,
            pages: Arc::new(addresses.zip(numbering.numbers).collect()),
            n_bytes,
            bits: numbering.bits,
            block_bits: block_bits(n_bytes, numbering.bits),
            lengths: [0; FIELD_COUNT],
            acronyms: BTreeMap::new(),
            facets: Vec::new(),
            groups: Arc::default(),
            hashes: Hashes::new(),
        };
        Self {
            options,
            state,
            numbers: order.iter().map(|(number, _)| *number).collect(),
            order: order.into_iter().map(|(_, place)| place).collect(),
            lengths: Vec::new(),
            blocks: Blocks::default(),
            dictionary: Dictionary::new(),
            facets: Facets::default(),
            elasticlunr: options.elasticlunr.then(|| lunr::Export::new(options.language)),
        }
    }

    /// The places of the pages, as given to `new`, in the order in which they must be added.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// Adds the next pages, some hundreds at best. Returns the files that are complete.
    ///
    /// # Panics
    /// If there are more pages than were announced.
    pub fn add(&mut self, segments: Vec<Segment>) -> Vec<(String, Vec<u8>)> {
        let numbers = &self.numbers[self.lengths.len()..][..segments.len()];
        let pages = numbers.iter().zip(&segments).map(|(&number, segment)| Placed {
            block: self.state.block(number),
            number,
            page: &segment.page,
        });
        let pages: Vec<Placed> = pages.collect();
        let (blocks, dictionary) = (&mut self.blocks, &mut self.dictionary);
        let (closed, ()) = rayon::join(|| hashed(blocks.add(&pages)), || dictionary.add(&segments));
        for (page, segment) in pages.iter().zip(&segments) {
            self.facets.add(page.number, page.page);
            for acronym in &segment.acronyms {
                *self.state.acronyms.entry(acronym.clone()).or_default() += 1;
            }
            self.lengths.push((segment.lengths, segment.page.is_low));
        }
        if let Some(export) = &mut self.elasticlunr {
            pages
                .iter()
                .zip(&segments)
                .for_each(|(page, segment)| export.add(page.number, segment));
        }
        drop(pages);
        // Thousands of texts take their time to free.
        segments.into_par_iter().for_each(drop);
        closed.into_iter().map(|closed| self.block_file(closed)).collect()
    }

    /// The remaining files, and what an update needs.
    ///
    /// # Panics
    /// If there were fewer pages than were announced.
    pub fn finish(mut self) -> (Vec<(String, Vec<u8>)>, IndexState) {
        assert_eq!(self.lengths.len(), self.numbers.len(), "all pages are added");
        let last = std::mem::take(&mut self.blocks).finish();
        let mut files: Files = hashed(last.into_iter().collect())
            .into_iter()
            .map(|block| self.block_file(block))
            .collect();
        for (lengths, _) in &self.lengths {
            for (sum, length) in self.state.lengths.iter_mut().zip(lengths) {
                *sum += u64::from(*length);
            }
        }
        let dictionary = std::mem::replace(&mut self.dictionary, Dictionary::new());
        let shards = self.add_shards(dictionary, &mut files);
        let facets = self.facets.files();
        self.state.facets = self.facets.counts();
        self.state.hashes.facets = facets.iter().map(|(_, bytes)| Hash::of(bytes)).collect();
        files.extend(facets);
        files.push(self.state.manifest(self.options, &shards));
        files.extend(self.elasticlunr.map(lunr::Export::file));
        (files, self.state)
    }

    fn add_shards(&mut self, dictionary: Dictionary, files: &mut Files) -> Vec<shards::Shard> {
        let averages = averages(self.state.lengths, self.numbers.len());
        let norms_of =
            |(lengths, is_low): &([u32; FIELD_COUNT], bool)| norms(*lengths, averages, *is_low);
        let norms: Vec<_> = self.lengths.iter().map(norms_of).collect();
        let groups = dictionary.groups(&self.numbers, &norms, self.state.language);
        let sizes = groups.iter().map(|group| (group.stem.clone(), group.line.len() as u32));
        self.state.groups = Arc::new(sizes.collect());
        let shards = shards::shards(&self.state.keys());
        let scripts: Vec<(Vec<u8>, Hash)> = shards
            .par_iter()
            .map(|shard| {
                let lines = groups[shard.groups.clone()].iter().map(|group| group.line.as_slice());
                let script = shard_script(&shard.name, lines);
                let hash = Hash::of(&script);
                (script, hash)
            })
            .collect();
        for (shard, (script, hash)) in shards.iter().zip(scripts) {
            self.state.hashes.shards.insert(shard.name.clone(), hash);
            files.push((path(&shard_name(&shard.name)), script));
        }
        shards
    }

    fn block_file(&mut self, ((block, script), hash): (Closed, Hash)) -> (String, Vec<u8>) {
        self.state.hashes.blocks.insert(block, hash);
        (block_path(block), script)
    }
}

fn hashed(closed: Vec<Closed>) -> Vec<(Closed, Hash)> {
    closed
        .into_par_iter()
        .map(|closed| {
            let hash = Hash::of(&closed.1);
            (closed, hash)
        })
        .collect()
}
