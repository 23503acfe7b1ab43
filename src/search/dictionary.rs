//! Brings the terms of all pages together: gathers their postings, groups them by stem, and writes
//! and reads the lines of the dictionary shards.

use rayon::prelude::*;

use super::Language;
use super::format::{end_script, start_script, within_script};
use super::postings::{Changed, Gathered, Postings};
use super::segment::{N_PORTIONS, Segment};
use super::shards::{self, shard_name};
use super::weight::Norms;
use crate::base::tables::Map;

/// The terms of the pages so far. Each portion of the terms has a table of its own, and a hand that
/// fills it.
pub(super) struct Dictionary {
    portions: Vec<Map<Box<str>, Gathered>>,
    n_pages: u32,
}

/// The terms of one stem.
#[derive(Debug)]
pub(super) struct Group {
    /// The stem in the letters of file names. Groups are in the order of key and stem.
    pub key: String,
    pub stem: String,
    /// Their line in a shard: a JSON list of the stem and, by turns, the rest of each term and its postings.
    pub line: Vec<u8>,
}

impl Dictionary {
    pub(super) fn new() -> Self {
        Self { portions: (0..N_PORTIONS).map(|_| Map::default()).collect(), n_pages: 0 }
    }

    /// Adds the terms of the next pages.
    pub(super) fn add(&mut self, segments: &[Segment]) {
        let first = self.n_pages;
        self.portions.par_iter_mut().enumerate().for_each(|(portion, terms)| {
            for (rank, segment) in (first..).zip(segments) {
                for found in segment.portion(portion) {
                    match terms.get_mut(found.term) {
                        Some(gathered) => gathered.add(rank, &found),
                        None => terms.entry(found.term.into()).or_default().add(rank, &found),
                    }
                }
            }
        });
        self.n_pages += segments.len() as u32;
    }

    /// All groups in order, given the number and the norms of each page by rank.
    pub(super) fn groups(self, numbers: &[u32], norms: &[Norms], language: Language) -> Vec<Group> {
        let mut terms: Vec<Term> = self
            .portions
            .into_par_iter()
            .flat_map_iter(|portion| {
                let mut postings = Postings::default();
                let mut terms = Vec::with_capacity(portion.len());
                #[expect(clippy::iter_over_hash_type, reason = "the terms are sorted afterwards")]
                for (text, gathered) in portion {
                    gathered.write_to(&mut postings, numbers, norms);
                    let mut code = Vec::new();
                    postings.encode(&mut code);
                    let stem_length = language.stem_length(&text);
                    terms.push(Term { text, stem_length, code });
                }
                terms
            })
            .collect();
        terms.par_sort_unstable_by(|a, b| (a.stem(), &a.text).cmp(&(b.stem(), &b.text)));
        let mut groups: Vec<Group> =
            terms.par_chunk_by(|a, b| a.stem() == b.stem()).map(group).collect();
        groups.par_sort_unstable_by(|a, b| (&a.key, &a.stem).cmp(&(&b.key, &b.stem)));
        groups
    }
}

/// A term with its postings as they are written.
struct Term {
    text: Box<str>,
    stem_length: usize,
    code: Vec<u8>,
}

impl Term {
    fn stem(&self) -> &str {
        &self.text[..self.stem_length]
    }
}

fn group(terms: &[Term]) -> Group {
    let stem = terms[0].stem();
    let mut line = Line::new(stem);
    for term in terms {
        line.add(&term.text[stem.len()..], &term.code);
    }
    Group { key: shards::key(stem).into_owned(), stem: stem.to_owned(), line: line.finish() }
}

/// A line that is being written. Terms and codes are of letters, digits and signs that JSON does not
/// escape.
struct Line(Vec<u8>);

impl Line {
    fn new(stem: &str) -> Self {
        Self([b"[\"", stem.as_bytes()].concat())
    }

    fn add(&mut self, rest: &str, code: &[u8]) {
        self.0.reserve_exact(rest.len() + code.len() + 8);
        for text in [rest.as_bytes(), code] {
            self.0.extend_from_slice(b"\",\"");
            self.0.extend_from_slice(text);
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.0.extend_from_slice(b"\"]");
        self.0
    }
}

/// The script of a shard.
pub(super) fn shard_script<'a>(name: &str, lines: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut script = start_script(&shard_name(name));
    let mut before: &[u8] = b"[\n";
    for line in lines {
        script.extend_from_slice(before);
        script.extend_from_slice(line);
        before = b",\n";
    }
    script.extend_from_slice(b"\n]");
    end_script(script)
}

/// The lines of the script of a shard; nothing if it is not one of ours.
pub(super) fn shard_lines<'a>(name: &str, script: &'a [u8]) -> Option<Vec<&'a [u8]>> {
    let data = within_script(&shard_name(name), script)?;
    let list = data.strip_prefix(b"[\n")?.strip_suffix(b"\n]")?;
    let lines = list.split(|byte| *byte == b'\n');
    Some(lines.map(|line| line.strip_suffix(b",").unwrap_or(line)).collect())
}

/// A change of a term: its text without the stem, and the pages that changed.
pub(super) struct ChangedTerm<'a> {
    pub rest: &'a str,
    pub pages: Vec<Changed<'a>>,
}

/// The line of a group after some of its terms changed, given in order; nothing if a change cannot be made (see
/// `Postings::patched`), and within, nothing if no term is left.
pub(super) fn patched_line(
    stem: &str,
    line: Option<&[u8]>,
    changes: &[ChangedTerm],
) -> Option<Option<Vec<u8>>> {
    let terms = line.map_or(Some(Vec::new()), |line| terms_of(stem, line))?;
    let mut patched = Line::new(stem);
    let mut is_empty = true;
    let mut add = |rest: &str, code: &[u8]| {
        patched.add(rest, code);
        is_empty = false;
    };
    let mut terms = terms.into_iter().peekable();
    for change in changes {
        while let Some((rest, code)) = terms.next_if(|term| term.0 < change.rest) {
            add(rest, code);
        }
        let postings = match terms.next_if(|term| term.0 == change.rest) {
            Some((_, code)) => Postings::decode(code)?,
            None => Postings::default(),
        };
        let postings = postings.patched(&change.pages)?;
        if !postings.pages.is_empty() {
            let mut code = Vec::new();
            postings.encode(&mut code);
            add(change.rest, &code);
        }
    }
    terms.for_each(|(rest, code)| add(rest, code));
    Some((!is_empty).then(|| patched.finish()))
}

/// The rest of each term of a line, and its postings.
fn terms_of<'a>(stem: &str, line: &'a [u8]) -> Option<Vec<(&'a str, &'a [u8])>> {
    let line = std::str::from_utf8(line).ok()?;
    if line.contains('\\') {
        return None;
    }
    let mut texts = line.strip_prefix("[\"")?.strip_suffix("\"]")?.split("\",\"");
    if texts.next() != Some(stem) {
        return None;
    }
    let mut terms = Vec::new();
    while let Some(rest) = texts.next() {
        terms.push((rest, texts.next()?.as_bytes()));
    }
    Some(terms)
}
