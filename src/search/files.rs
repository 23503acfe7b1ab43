//! Brings the segments of all pages together into the index files. The same
//! pages give the same bytes, in whatever order they come.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::analysis::{STOP_MARK, Stemmer};
use super::codec::{Written, encode_ascending, encode_postings};
use super::format::{Block, FacetEntry, Manifest, PageEntry, VERSION, path, script};
use super::segment::{MAX_POSITIONS, Segment};
use super::shards::{self, Numbering, block_bits, block_name, shard_name};
use super::tables::Map;
use super::weight::{FIELD_COUNT, averages, impact};
use super::words::words;
use super::{Language, Options};

/// The index files of a site: paths from the site root, and contents.
///
/// Of pages with the same address, the first counts.
pub fn files<S: Borrow<Segment> + Sync>(
    segments: &[S],
    options: &Options,
) -> Vec<(String, Vec<u8>)> {
    let mut segments: Vec<&Segment> = segments.iter().map(Borrow::borrow).collect();
    segments.sort_by(|a, b| a.page.url.cmp(&b.page.url));
    segments.dedup_by(|a, b| a.page.url == b.page.url);
    let addresses: Vec<&str> = segments.iter().map(|segment| segment.page.url.as_str()).collect();
    let Numbering { numbers, bits } = shards::number(&addresses);
    let mut pages: Vec<NumberedPage> = numbers
        .into_iter()
        .zip(segments)
        .map(|(number, segment)| NumberedPage { number, segment })
        .collect();
    pages.sort_unstable_by_key(|page| page.number);

    let stemmer = Stemmer::new(options.language);
    let lengths = averages(pages.iter().map(|page| &page.segment.lengths));
    let groups = groups(&pages, lengths, &stemmer);
    let (shard_names, shard_files) = shard_files(&groups);
    let (blocks, block_files) = block_files(&pages, bits);
    let (facets, facet_files) = facet_files(&pages, &options.facet_labels);

    let mut files = [shard_files, block_files, facet_files].concat();
    let [stop, elisions, endings] = options.language.lists();
    let manifest = Manifest {
        version: VERSION,
        stamp: stamp(&files),
        language: options.language.as_code().into(),
        stop: stop.into(),
        elisions: elisions.into(),
        endings: endings.into(),
        pages: pages.len() as u32,
        bits,
        blocks,
        lengths: lengths.to_vec(),
        acronyms: acronyms(&pages, options.language),
        synonyms: synonyms(&options.synonyms, options.language, &stemmer),
        shards: shard_names,
        facets,
    };
    files.push((path("manifest"), script("manifest", &json(&manifest))));
    files.sort();
    files
}

struct NumberedPage<'a> {
    number: u32,
    segment: &'a Segment,
}

/// The terms of one stem with their postings, as text of a shard.
struct Group {
    key: String,
    stem: String,
    text: String,
}

fn groups(pages: &[NumberedPage], lengths: [u32; FIELD_COUNT], stemmer: &Stemmer) -> Vec<Group> {
    let mut postings: Map<&str, Vec<Written>> = Map::default();
    for page in pages {
        for found in page.segment.terms() {
            let impact = impact(found.counts, page.segment.lengths, lengths, found.is_name);
            let posting = (page.number, impact, found.positions);
            postings.entry(found.term).or_default().push(posting);
        }
    }
    let mut by_stem: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut terms: Vec<&str> = postings.keys().copied().collect();
    terms.sort_unstable();
    for term in terms {
        by_stem.entry(&term[..stemmer.stem_length(term)]).or_default().push(term);
    }
    let by_stem: Vec<_> = by_stem.into_iter().collect();
    let mut groups: Vec<Group> = by_stem
        .into_par_iter()
        .map(|(stem, terms)| {
            let mut entry = vec![stem.to_string()];
            for term in terms {
                entry.push(term[stem.len()..].to_string());
                entry.push(postings_code(&postings[term]));
            }
            Group { key: shards::key(stem), stem: stem.to_string(), text: json(&entry) }
        })
        .collect();
    groups.sort_unstable_by(|a, b| (&a.key, &a.stem).cmp(&(&b.key, &b.stem)));
    groups
}

/// Positions tell little of a word that is everywhere, and would weigh most.
fn postings_code(postings: &[Written]) -> String {
    let most = match postings.len() {
        0..=512 => MAX_POSITIONS,
        513..=2048 => 4,
        2049..=4096 => 2,
        _ => 0,
    };
    let cut = postings
        .iter()
        .map(|&(page, impact, positions)| (page, impact, &positions[..positions.len().min(most)]));
    encode_postings(&cut.collect::<Vec<_>>())
}

/// The names of the shards, and their files.
fn shard_files(groups: &[Group]) -> (String, Files) {
    let sizes: Vec<(String, usize)> =
        groups.iter().map(|group| (group.key.clone(), group.text.len())).collect();
    let shards = shards::shards(&sizes);
    let names: Vec<&str> = shards.iter().map(|shard| shard.name.as_str()).collect();
    let files = shards.iter().map(|shard| {
        let texts: Vec<&str> =
            groups[shard.groups.clone()].iter().map(|group| group.text.as_str()).collect();
        let name = shard_name(&shard.name);
        (path(&name), script(&name, &format!("[\n{}\n]", texts.join(",\n"))))
    });
    (names.join(" "), files.collect())
}

/// How many bits tell the blocks apart, and their files.
fn block_files(pages: &[NumberedPage], bits: u32) -> (u32, Files) {
    let sections = pages.iter().flat_map(|page| &page.segment.page.sections);
    let text_size = sections.map(|section| section.text.len()).sum();
    let block_bits = block_bits(text_size, bits);
    let files = pages
        .par_chunk_by(|a, b| {
            block_name(a.number, bits, block_bits) == block_name(b.number, bits, block_bits)
        })
        .map(|pages| {
            let name = block_name(pages[0].number, bits, block_bits);
            let block: Block =
                pages.iter().map(|page| (page.number, page_entry(page.segment))).collect();
            (path(&name), script(&name, &json(&block)))
        });
    (block_bits, files.collect())
}

fn page_entry(segment: &Segment) -> PageEntry {
    let page = &segment.page;
    let kind = Some(&page.kind_label).filter(|label| !label.is_empty());
    let badges = kind.into_iter().chain(page.facets.values().flatten());
    let mut seen = BTreeSet::new();
    PageEntry(
        page.url.clone(),
        page.title.clone(),
        page.summary.clone(),
        badges.filter(|badge| seen.insert(*badge)).cloned().collect(),
        page.sections
            .iter()
            .map(|section| (section.anchor.clone(), section.title.clone(), section.text.clone()))
            .collect(),
    )
}

/// The facets for the manifest, and a file for each with the pages of its values.
fn facet_files(
    pages: &[NumberedPage],
    labels: &BTreeMap<String, String>,
) -> (Vec<FacetEntry>, Files) {
    let mut facets: BTreeMap<&str, BTreeMap<&str, Vec<u32>>> = BTreeMap::new();
    for page in pages {
        for (name, values) in &page.segment.page.facets {
            let values: BTreeSet<&str> = values.iter().map(String::as_str).collect();
            for value in values {
                facets.entry(name).or_default().entry(value).or_default().push(page.number);
            }
        }
    }
    let entries = facets.iter().map(|(&name, values)| {
        let label = labels.get(name).map_or(name, String::as_str);
        let counts = values.iter().map(|(value, pages)| (value.to_string(), pages.len() as u32));
        FacetEntry(name.to_string(), label.to_string(), counts.collect())
    });
    let files = facets.values().enumerate().map(|(index, values)| {
        let name = format!("f-{index}");
        let codes: Vec<String> = values.values().map(|pages| encode_ascending(pages)).collect();
        (path(&name), script(&name, &json(&codes)))
    });
    (entries.collect(), files.collect())
}

/// Stop words that some title or synonym has in capitals: readers who type `sua` mean SUA.
fn acronyms(pages: &[NumberedPage], language: Language) -> String {
    let names = pages.iter().flat_map(|page| {
        let page = &page.segment.page;
        std::iter::once(&page.title).chain(&page.synonyms)
    });
    let acronyms: BTreeSet<String> = names
        .flat_map(|name| words(name, language))
        .map(|word| word.term)
        .filter(|term| language.is_stop_word(term))
        .collect();
    acronyms.into_iter().collect::<Vec<_>>().join(" ")
}

/// The groups of synonyms as words and stems. A phrase without words, or alone in its group, is left out.
fn synonyms(
    groups: &[Vec<String>],
    language: Language,
    stemmer: &Stemmer,
) -> Vec<Vec<Vec<(String, String)>>> {
    let phrase = |text: &String| -> Vec<(String, String)> {
        let mut terms: Vec<String> =
            words(text, language).into_iter().map(|word| word.term).collect();
        match &mut terms[..] {
            // Nobody lists hers as a synonym: it is the acronym, written small.
            [term] => *term = term.trim_start_matches(STOP_MARK).to_string(),
            _ => terms.retain(|term| !term.starts_with(STOP_MARK)),
        }
        let with_stem = |term: String| {
            let stem = term[..stemmer.stem_length(&term)].to_string();
            (term, stem)
        };
        terms.into_iter().map(with_stem).collect()
    };
    groups
        .iter()
        .map(|group| {
            group.iter().map(phrase).filter(|phrase| !phrase.is_empty()).collect::<Vec<_>>()
        })
        .filter(|group| group.len() > 1)
        .collect()
}

/// Changes with any of the files.
fn stamp(files: &Files) -> String {
    let hashes: Vec<u8> = files
        .par_iter()
        .map(|(_, bytes)| shards::hash(bytes).to_le_bytes())
        .collect::<Vec<_>>()
        .concat();
    format!("{:08x}", shards::hash(&hashes) >> 32)
}

type Files = Vec<(String, Vec<u8>)>;

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value)
        .expect("strings, numbers, lists and maps with number keys have JSON")
}
