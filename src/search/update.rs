//! Brings a published index up to date after a few pages changed, with work in proportion to the
//! change: the same bytes as a build from nothing, or nothing at all. It reads the published files
//! that it must, and believes them only if they have the hash that the build noted.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::blocks::{Entry, badges, block_path, block_script};
use super::dictionary::{ChangedTerm, patched_line, shard_lines, shard_script};
use super::facets::{self, Facets, facet_path};
use super::format::{Block, PageEntry, path, read_script};
use super::indexer::Files;
use super::postings::{Changed, Occurrence};
use super::segment::{Segment, segment};
use super::shards::{self, Shard, block_bits, shard_name};
use super::state::IndexState;
use super::weight::{FIELD_COUNT, impact, norms};
use super::{Options, SearchPage, SearchSection};
use crate::base::Hash;
use crate::base::tables::Map;

/// A page that came (nothing before), went (nothing after) or changed.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// The page as it was indexed. Its sections are not asked for: they are read from the index.
    pub before: Option<Indexed>,
    /// The page as it is.
    pub after: Option<Indexed>,
}

/// A page with the size of its source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Indexed {
    /// The page.
    pub page: SearchPage,
    /// The size of its source, in bytes, as in `PageSize`.
    pub n_bytes: u64,
}

/// An index that was brought up to date.
#[derive(Clone, Debug)]
pub struct Updated {
    /// The files that are new or differ, in the order of their paths from the site root.
    pub written: Vec<(String, Vec<u8>)>,
    /// The paths of the files that are no longer part of the index, in order.
    pub removed: Vec<String>,
    /// What the next update needs.
    pub state: IndexState,
}

/// Gives the bytes of a published file by its path from the site root.
type Read<'a> = dyn Fn(&str) -> Option<Vec<u8>> + Sync + 'a;

/// Brings the index of `state` up to date after `changes`; `read` gives the bytes of its published
/// files.
///
/// The files and the state are those of a build from nothing, to the byte. There is no answer when
/// only such a build can tell: the average lengths moved a step, pages got other numbers, blocks are
/// cut otherwise, a word is on so few pages now that it has positions again, the language is another,
/// a published file is not the one that the build wrote, or there is an elasticlunr index, which is made
/// of all pages.
pub fn update(
    state: &IndexState,
    options: &Options,
    changes: Vec<Change>,
    read: &Read,
) -> Option<Updated> {
    if state.language != options.language || state.n_left_out > 0 {
        return None;
    }
    let mut next = state.clone();
    count_pages(&mut next, state, &changes)?;
    let published = Published { state, read };
    let blocks = published.blocks(&next, &changes)?;
    let pages = changed_pages(state, &next, changes, &blocks)?;
    if options.elasticlunr && !pages.is_empty() {
        return None;
    }
    count_words(&mut next, &pages)?;
    if next.averages() != state.averages() {
        return None;
    }
    let mut files = update_blocks(&mut next, &blocks, &pages);
    files.extend(update_facets(&mut next, &published, &pages)?);
    let (shards, shard_files) = update_shards(&mut next, &published, &pages)?;
    files.extend(shard_files);
    let manifest = next.manifest(options, &shards);
    if next.hashes.manifest != state.hashes.manifest {
        files.push(manifest);
    }
    files.sort();
    Some(Updated { written: files, removed: state.hashes.not_in(&next.hashes), state: next })
}

/// A page that changed, by its number. Pages of different addresses may have one number one after the other.
struct ChangedPage {
    number: u32,
    before: Option<Segment>,
    after: Option<Segment>,
}

/// Brings the addresses, the numbers and the size of the sources up to date.
fn count_pages(next: &mut IndexState, state: &IndexState, changes: &[Change]) -> Option<()> {
    let went: Vec<&Indexed> = changes.iter().filter_map(|change| change.before.as_ref()).collect();
    let came: Vec<&Indexed> = changes.iter().filter_map(|change| change.after.as_ref()).collect();
    let url = |indexed: &&Indexed| indexed.page.url.clone();
    let went_urls: BTreeSet<String> = went.iter().map(url).collect();
    let came_urls: BTreeSet<String> = came.iter().map(url).collect();
    let is_known = |url: &String| state.number(url).is_some();
    let sound = went_urls.len() == went.len()
        && came_urls.len() == came.len()
        && went_urls.iter().all(is_known)
        && !came_urls.difference(&went_urls).any(is_known);
    if !sound {
        return None;
    }
    for indexed in went {
        next.n_bytes = next.n_bytes.checked_sub(indexed.n_bytes)?;
    }
    for indexed in came {
        next.n_bytes = next.n_bytes.checked_add(indexed.n_bytes)?;
    }
    if went_urls != came_urls {
        next.pages = Arc::new(renumbered(state, &went_urls, &came_urls)?);
    }
    let same_blocks = block_bits(next.n_bytes, next.bits) == state.block_bits;
    same_blocks.then_some(())
}

/// The pages with their numbers after some went and some came; nothing if any other has another
/// number now.
fn renumbered(
    state: &IndexState,
    went: &BTreeSet<String>,
    came: &BTreeSet<String>,
) -> Option<Vec<(String, u32)>> {
    let stayed = state.pages.iter().map(|(url, _)| url).filter(|url| !went.contains(*url));
    let mut addresses: Vec<&str> = stayed.chain(came).map(String::as_str).collect();
    addresses.sort_unstable();
    let numbering = shards::number(&addresses);
    let numbered = addresses.into_iter().map(str::to_owned).zip(numbering.numbers);
    let pages: Vec<(String, u32)> = numbered.collect();
    let keeps_its_number =
        |(url, number): &(String, u32)| state.number(url).is_none_or(|known| known == *number);
    let same = numbering.bits == state.bits && pages.iter().all(keeps_its_number);
    same.then_some(pages)
}

/// The files of the index that is brought up to date.
struct Published<'a> {
    state: &'a IndexState,
    read: &'a Read<'a>,
}

impl Published<'_> {
    /// The bytes of a file, if they are those that the build wrote.
    fn file(&self, path: &str, hash: Hash) -> Option<Vec<u8>> {
        (self.read)(path).filter(|bytes| Hash::of(bytes) == hash)
    }

    /// The blocks where pages change. One that is new has no pages yet.
    fn blocks(&self, next: &IndexState, changes: &[Change]) -> Option<BTreeMap<u32, Block>> {
        let number = |state: &IndexState, indexed: &Option<Indexed>| {
            indexed.as_ref().and_then(|indexed| state.number(&indexed.page.url))
        };
        let numbers = changes
            .iter()
            .flat_map(|change| [number(self.state, &change.before), number(next, &change.after)]);
        let blocks: BTreeSet<u32> = numbers.flatten().map(|number| next.block(number)).collect();
        let read = |block: u32| {
            let Some(hash) = self.state.hashes.blocks.get(&block) else {
                return Some((block, Block::new()));
            };
            Some((block, read_script(&self.file(&block_path(block), *hash)?)?))
        };
        blocks.into_par_iter().map(read).collect()
    }

    /// The facets with their pages.
    fn facets(&self) -> Option<Facets> {
        let hashes = self.state.hashes.facets.iter().enumerate();
        let scripts: Option<Vec<Vec<u8>>> =
            hashes.map(|(index, hash)| self.file(&facet_path(index), *hash)).collect();
        Facets::read(&self.state.facets, &scripts?)
    }

    /// The scripts of some shards, by their rank.
    fn shards(&self, ranks: BTreeSet<usize>, shards: &[Shard]) -> Option<BTreeMap<usize, Vec<u8>>> {
        let read = |rank: usize| {
            let name = &shards[rank].name;
            let hash = self.state.hashes.shards.get(name)?;
            Some((rank, self.file(&path(&shard_name(name)), *hash)?))
        };
        ranks.into_par_iter().map(read).collect()
    }
}

/// The pages before and after, their words counted, those that are as they were left out.
fn changed_pages(
    state: &IndexState,
    next: &IndexState,
    changes: Vec<Change>,
    blocks: &BTreeMap<u32, Block>,
) -> Option<Vec<ChangedPage>> {
    let mut pages: BTreeMap<u32, [Option<SearchPage>; 2]> = BTreeMap::new();
    for Change { before, after } in changes {
        if let Some(Indexed { mut page, .. }) = before {
            let number = state.number(&page.url)?;
            let entry = blocks.get(&state.block(number))?.get(&number)?;
            page.sections = published_sections(&page, entry)?;
            pages.entry(number).or_default()[0] = Some(page);
        }
        if let Some(Indexed { page, .. }) = after {
            let number = next.number(&page.url)?;
            pages.entry(number).or_default()[1] = Some(page);
        }
    }
    pages.retain(|_, [before, after]| before != after);
    let counted = |page: Option<SearchPage>| page.map(|page| segment(page, state.language));
    let pages = pages.into_par_iter().map(|(number, [before, after])| {
        let (before, after) = rayon::join(|| counted(before), || counted(after));
        ChangedPage { number, before, after }
    });
    Some(pages.collect())
}

/// The sections of a page as they were published; nothing if this is not what was published of it.
fn published_sections(page: &SearchPage, entry: &PageEntry) -> Option<Vec<SearchSection>> {
    let PageEntry(url, title, summary, labels, sections) = entry;
    let same = (url, title, summary) == (&page.url, &page.title, &page.summary)
        && badges(page).into_iter().eq(labels.iter().map(String::as_str));
    let section = |(anchor, title, text): &(String, String, String)| SearchSection {
        anchor: anchor.clone(),
        title: title.clone(),
        text: text.clone(),
    };
    same.then(|| sections.iter().map(section).collect())
}

/// Brings the lengths and the acronyms up to date.
fn count_words(next: &mut IndexState, pages: &[ChangedPage]) -> Option<()> {
    for segment in pages.iter().filter_map(|page| page.before.as_ref()) {
        for (sum, length) in next.lengths.iter_mut().zip(segment.lengths) {
            *sum = sum.checked_sub(u64::from(length))?;
        }
        for acronym in &segment.acronyms {
            let count = next.acronyms.get_mut(acronym)?;
            *count -= 1;
            if *count == 0 {
                next.acronyms.remove(acronym);
            }
        }
    }
    for segment in pages.iter().filter_map(|page| page.after.as_ref()) {
        for (sum, length) in next.lengths.iter_mut().zip(segment.lengths) {
            *sum += u64::from(length);
        }
        for acronym in &segment.acronyms {
            *next.acronyms.entry(acronym.clone()).or_default() += 1;
        }
    }
    Some(())
}

/// The blocks of the pages that changed, written anew.
fn update_blocks(
    next: &mut IndexState,
    published: &BTreeMap<u32, Block>,
    pages: &[ChangedPage],
) -> Files {
    let mut files = Files::new();
    let (bits, block_bits) = (next.bits, next.block_bits);
    let block_of = |page: &ChangedPage| shards::block(page.number, bits, block_bits);
    for pages in pages.chunk_by(|a, b| block_of(a) == block_of(b)) {
        let block = block_of(&pages[0]);
        let mut entries: BTreeMap<u32, Entry> = published
            .get(&block)
            .into_iter()
            .flatten()
            .map(|(number, entry)| (*number, Entry::Published(entry)))
            .collect();
        for page in pages {
            match &page.after {
                Some(after) => entries.insert(page.number, Entry::Page(&after.page)),
                None => entries.remove(&page.number),
            };
        }
        if entries.is_empty() {
            next.hashes.blocks.remove(&block);
            continue;
        }
        let script = block_script(block, entries.into_iter());
        let hash = Hash::of(&script);
        if next.hashes.blocks.insert(block, hash) != Some(hash) {
            files.push((block_path(block), script));
        }
    }
    files
}

/// The files of the facets, if those of some page changed.
fn update_facets(
    next: &mut IndexState,
    published: &Published,
    pages: &[ChangedPage],
) -> Option<Files> {
    let values = |segment: &Option<Segment>| {
        segment.as_ref().map_or_else(BTreeSet::new, |segment| {
            let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
            facets::values(&segment.page).into_iter().map(owned).collect()
        })
    };
    if pages.iter().all(|page| values(&page.before) == values(&page.after)) {
        return Some(Files::new());
    }
    let mut facets = published.facets()?;
    for page in pages {
        if let Some(before) = &page.before {
            facets.remove(page.number, &before.page)?;
        }
        if let Some(after) = &page.after {
            facets.add(page.number, &after.page);
        }
    }
    let files = facets.files();
    next.facets = facets.counts();
    let before = std::mem::take(&mut next.hashes.facets);
    next.hashes.facets = files.iter().map(|(_, bytes)| Hash::of(bytes)).collect();
    let hashes = next.hashes.facets.iter().enumerate();
    let differ = hashes.map(|(index, hash)| before.get(index) != Some(hash));
    Some(
        files
            .into_iter()
            .zip(differ)
            .filter(|(_, differs)| *differs)
            .map(|(file, _)| file)
            .collect(),
    )
}

/// A stem of which some term changed.
struct ChangedStem<'a> {
    stem: &'a str,
    /// The rank of its group among the published ones, or that of the group that it comes before.
    rank: Result<usize, usize>,
    terms: Vec<ChangedTerm<'a>>,
}

/// A group of the index that is being brought up to date.
struct Group<'a> {
    stem: &'a str,
    size: u32,
    line: Line,
}

enum Line {
    /// As in the published index, by rank.
    Published(usize),
    Changed(Vec<u8>),
}

/// The shards of the dictionary, and the files of those that may have changed.
fn update_shards(
    next: &mut IndexState,
    published: &Published,
    pages: &[ChangedPage],
) -> Option<(Vec<Shard>, Files)> {
    let state = published.state;
    let keys = state.keys();
    let old_shards = shards::shards(&keys);
    let stems = changed_stems(state, &keys, changed_terms(pages, state.averages()));
    let ranks = stems.iter().filter_map(|stem| stem.rank.ok());
    let touched = ranks.map(|rank| shard_of(&old_shards, rank)).collect();
    let mut scripts = published.shards(touched, &old_shards)?;
    let groups = groups(state, &stems, &Lines::of(&old_shards, &scripts)?)?;

    let sizes = groups.iter().map(|group| (group.stem.to_owned(), group.size));
    next.groups = Arc::new(sizes.collect());
    let new_shards = shards::shards(&next.keys());
    let changed: Vec<&Shard> =
        new_shards.iter().filter(|shard| !is_as_published(shard, &groups, &old_shards)).collect();

    // Where shards split or merge, some are needed in which no word changed.
    let needed = changed.iter().flat_map(|shard| &groups[shard.groups.clone()]);
    let needed = needed.filter_map(|group| match group.line {
        Line::Published(rank) => Some(shard_of(&old_shards, rank)),
        Line::Changed(_) => None,
    });
    let missing = needed.filter(|shard| !scripts.contains_key(shard)).collect();
    scripts.extend(published.shards(missing, &old_shards)?);
    let lines = Lines::of(&old_shards, &scripts)?;
    let files: Vec<(&str, Vec<u8>, Hash)> = changed
        .into_par_iter()
        .map(|shard| {
            let groups = groups[shard.groups.clone()].iter();
            let lines: Option<Vec<&[u8]>> = groups
                .map(|group| match &group.line {
                    Line::Published(rank) => lines.get(*rank),
                    Line::Changed(line) => Some(line.as_slice()),
                })
                .collect();
            let script = shard_script(&shard.name, lines?.into_iter());
            let hash = Hash::of(&script);
            Some((shard.name.as_str(), script, hash))
        })
        .collect::<Option<_>>()?;

    let names: BTreeSet<&str> = new_shards.iter().map(|shard| shard.name.as_str()).collect();
    next.hashes.shards.retain(|name, _| names.contains(name.as_str()));
    let mut written = Files::new();
    for (name, script, hash) in files {
        if next.hashes.shards.insert(name.to_owned(), hash) != Some(hash) {
            written.push((path(&shard_name(name)), script));
        }
    }
    Some((new_shards, written))
}

/// The terms whose weight or place on some page changed, each with these pages in order.
fn changed_terms(
    pages: &[ChangedPage],
    averages: [u32; FIELD_COUNT],
) -> Map<&str, Vec<Changed<'_>>> {
    let mut terms: Map<&str, Vec<Changed>> = Map::default();
    for page in pages {
        let mut changes: Map<&str, Changed> = Map::default();
        let none = Changed { page: page.number, before: None, after: None };
        for (term, occurrence) in page.before.iter().flat_map(|page| occurrences(page, averages)) {
            changes.entry(term).or_insert_with(|| none.clone()).before = Some(occurrence);
        }
        for (term, occurrence) in page.after.iter().flat_map(|page| occurrences(page, averages)) {
            changes.entry(term).or_insert_with(|| none.clone()).after = Some(occurrence);
        }
        #[expect(clippy::iter_over_hash_type, reason = "each term has a list of its own")]
        for (term, change) in changes {
            if change.before != change.after {
                terms.entry(term).or_default().push(change);
            }
        }
    }
    terms
}

/// The terms of a page with what they weigh.
fn occurrences(
    segment: &Segment,
    averages: [u32; FIELD_COUNT],
) -> impl Iterator<Item = (&str, Occurrence<'_>)> {
    let norms = norms(segment.lengths, averages, segment.page.is_low);
    segment.terms().map(move |found| {
        let impact = impact(found.counts, &norms, found.is_name);
        (found.term, Occurrence { impact, positions: found.positions })
    })
}

/// The terms by stem, in the order of the groups.
fn changed_stems<'a>(
    state: &IndexState,
    keys: &[(Cow<str>, usize)],
    terms: Map<&'a str, Vec<Changed<'a>>>,
) -> Vec<ChangedStem<'a>> {
    let mut stems: BTreeMap<(Cow<str>, &str), Vec<ChangedTerm>> = BTreeMap::new();
    let mut terms: Vec<_> = terms.into_iter().collect();
    terms.sort_unstable_by_key(|(term, _)| *term);
    for (term, pages) in terms {
        let (stem, rest) = term.split_at(state.language.stem_length(term));
        stems.entry((shards::key(stem), stem)).or_default().push(ChangedTerm { rest, pages });
    }
    let ranks: Vec<(&str, &str)> = keys
        .iter()
        .zip(state.groups.iter())
        .map(|((key, _), (stem, _))| (key.as_ref(), stem.as_str()))
        .collect();
    let stems = stems.into_iter().map(|((key, stem), terms)| {
        let rank = ranks.binary_search(&(key.as_ref(), stem));
        ChangedStem { stem, rank, terms }
    });
    stems.collect()
}

/// All groups in order, those of the stems that changed written anew.
fn groups<'a>(
    state: &'a IndexState,
    stems: &[ChangedStem<'a>],
    lines: &Lines,
) -> Option<Vec<Group<'a>>> {
    let patch = |changed: &ChangedStem| {
        let line = match changed.rank {
            Ok(rank) => Some(lines.get(rank)?),
            Err(_) => None,
        };
        let patched = patched_line(changed.stem, line, &changed.terms)?;
        // What is written of a word need not change with it.
        Some(match changed.rank {
            Ok(rank) if patched.as_deref() == line => Some(Line::Published(rank)),
            _ => patched.map(Line::Changed),
        })
    };
    let patched: Vec<Option<Line>> = stems.par_iter().map(patch).collect::<Option<_>>()?;

    let published = |rank: usize| {
        let (stem, size) = &state.groups[rank];
        Group { stem, size: *size, line: Line::Published(rank) }
    };
    let mut groups = Vec::with_capacity(state.groups.len() + stems.len());
    let mut at = 0;
    for (changed, line) in stems.iter().zip(patched) {
        let (Ok(rank) | Err(rank)) = changed.rank;
        groups.extend((at..rank).map(published));
        at = if changed.rank.is_ok() { rank + 1 } else { rank };
        groups.extend(line.map(|line| match line {
            Line::Published(rank) => published(rank),
            Line::Changed(text) => {
                Group { stem: changed.stem, size: text.len() as u32, line: Line::Changed(text) }
            }
        }));
    }
    groups.extend((at..state.groups.len()).map(published));
    Some(groups)
}

/// Whether a shard has the groups that the published one of its name has, all as they were.
fn is_as_published(shard: &Shard, groups: &[Group], published: &[Shard]) -> bool {
    let groups = &groups[shard.groups.clone()];
    let Some(Group { line: Line::Published(first), .. }) = groups.first() else { return false };
    let old = &published[shard_of(published, *first)];
    let as_it_was = |(group, rank): (&Group, usize)| matches!(group.line, Line::Published(published) if published == rank);
    old.name == shard.name
        && old.groups.len() == groups.len()
        && groups.iter().zip(old.groups.clone()).all(as_it_was)
}

/// The rank of the shard that holds a group. All groups are in some shard, and the shards are in order.
fn shard_of(shards: &[Shard], group: usize) -> usize {
    shards.partition_point(|shard| shard.groups.end <= group)
}

/// The lines of the shards that were read, each shard with the rank of its first group.
struct Lines<'a>(Vec<(Range<usize>, Vec<&'a [u8]>)>);

impl<'a> Lines<'a> {
    fn of(shards: &[Shard], scripts: &'a BTreeMap<usize, Vec<u8>>) -> Option<Self> {
        let lines = |(rank, script): (&usize, &'a Vec<u8>)| {
            let shard = &shards[*rank];
            let lines = shard_lines(&shard.name, script)?;
            (lines.len() == shard.groups.len()).then(|| (shard.groups.clone(), lines))
        };
        scripts.iter().map(lines).collect::<Option<_>>().map(Self)
    }

    /// The line of a published group; nothing if its shard was not read.
    fn get(&self, rank: usize) -> Option<&'a [u8]> {
        let (groups, lines) =
            &self.0[self.0.partition_point(|(groups, _)| groups.end <= rank)..].first()?;
        lines.get(rank.checked_sub(groups.start)?).copied()
    }
}

#[cfg(test)]
mod tests;
