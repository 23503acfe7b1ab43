//! The files of what is shown of pages: a block of pages each, in the order of their numbers.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::SearchPage;
use super::format::{PageEntry, end_script, path, push_json, start_script};
use super::shards::block_name;

/// Writes blocks while their pages go by, and keeps no more than the text of the last.
#[derive(Default)]
pub(super) struct Blocks {
    open: Option<(u32, Vec<u8>)>,
}

/// A block that is complete: its number and its script.
pub(super) type Closed = (u32, Vec<u8>);

/// A page with its number and that of its block.
pub(super) struct Placed<'a> {
    pub block: u32,
    pub number: u32,
    pub page: &'a SearchPage,
}

impl Blocks {
    /// Adds the next pages in the order of their numbers, and returns the blocks that are complete.
    pub(super) fn add(&mut self, pages: &[Placed]) -> Vec<Closed> {
        let open_block = self.open.as_ref().map(|(block, _)| *block);
        let texts: Vec<(u32, Vec<u8>)> = pages
            .par_chunk_by(|a, b| a.block == b.block)
            .map(|pages| {
                let block = pages[0].block;
                (block, text(pages, open_block != Some(block)))
            })
            .collect();
        let mut closed = Vec::with_capacity(texts.len());
        for (block, text) in texts {
            match &mut self.open {
                Some((open_block, open)) if *open_block == block => open.extend(text),
                _ => closed.extend(self.open.replace((block, text)).map(close)),
            }
        }
        closed
    }

    /// The last block, if there are pages at all.
    pub(super) fn finish(self) -> Option<Closed> {
        self.open.map(close)
    }
}

/// The text of some pages of a block, which may be its first ones.
fn text(pages: &[Placed], are_first: bool) -> Vec<u8> {
    let mut text = Vec::new();
    if are_first {
        text = start_script(&block_name(pages[0].block));
        text.push(b'{');
    }
    text.reserve(pages.iter().map(|page| size(page.page)).sum());
    for (index, page) in pages.iter().enumerate() {
        if index > 0 || !are_first {
            text.push(b',');
        }
        text.extend_from_slice(format!("\"{}\":", page.number).as_bytes());
        push_entry(&mut text, page.page);
    }
    text
}

/// About how many bytes the entry of a page has.
fn size(page: &SearchPage) -> usize {
    let sections = page.sections.iter();
    let texts = sections.map(|section| section.title.len() + section.text.len() + 64);
    page.url.len() + page.title.len() + page.summary.len() + 128 + texts.sum::<usize>()
}

fn close((block, mut text): (u32, Vec<u8>)) -> Closed {
    text.push(b'}');
    (block, end_script(text))
}

/// Writes what `PageEntry` holds, without making one.
fn push_entry(text: &mut Vec<u8>, page: &SearchPage) {
    let sections = page.sections.iter();
    let sections: Vec<_> =
        sections.map(|section| (&section.anchor, &section.title, &section.text)).collect();
    push_json(text, &(&page.url, &page.title, &page.summary, badges(page), sections));
}

/// The kind of a page and its facet values, each once.
pub(super) fn badges(page: &SearchPage) -> Vec<&str> {
    let kind = Some(&page.kind_label).filter(|label| !label.is_empty());
    let badges = kind.into_iter().chain(page.facets.values().flatten());
    let mut seen = BTreeSet::new();
    badges.map(String::as_str).filter(|badge| seen.insert(*badge)).collect()
}

/// The script of a block with these entries, in the order of their numbers.
pub(super) fn block_script<'a>(
    block: u32,
    entries: impl Iterator<Item = (u32, Entry<'a>)>,
) -> Vec<u8> {
    let mut script = start_script(&block_name(block));
    let mut before = b'{';
    for (number, entry) in entries {
        script.push(before);
        before = b',';
        script.extend_from_slice(format!("\"{number}\":").as_bytes());
        match entry {
            Entry::Published(entry) => push_json(&mut script, entry),
            Entry::Page(page) => push_entry(&mut script, page),
        }
    }
    script.push(b'}');
    end_script(script)
}

/// What a block says of a page: as it was published, or anew.
#[derive(Clone, Copy)]
pub(super) enum Entry<'a> {
    Published(&'a PageEntry),
    Page(&'a SearchPage),
}

/// The path of a block's file from the site root.
pub(super) fn block_path(block: u32) -> String {
    path(&block_name(block))
}
