//! What the program leaves to itself between two runs, in `.vasta/` beside the content: the state of
//! the last build in one file, and the code blocks that were coloured in another. The first tells of
//! one build of one folder; a doubt about it must not throw away the second, which holds for any.
//!
//! Each file begins with the version of the program that wrote it, and each part with its checksum.
//! Whatever is wrong with them, nothing is read, and the next build starts from nothing.
#![expect(clippy::disallowed_methods, reason = "this is the one place that keeps the state")]

use std::fs;
use std::io::{self, Read, Write};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::base::{Diagnostics, Hash, Table, binary};
use crate::document::Schemas;
use crate::pipeline::State;
use crate::source::tree::Known;

use super::folder::Stamps;

/// The folder of the program's own files.
const FOLDER: &str = ".vasta";
/// Keeps the folder out of the repository of the site.
const IGNORE: &str =
    "# vasta keeps here what it remembers between two builds. It can be deleted.\n*\n";
/// Other programs, and this one after any change of its code, understand files differently.
const PROGRAM: &str = concat!("vasta ", env!("CARGO_PKG_VERSION"), " ", env!("VASTA_FINGERPRINT"));

/// The part of a saved build that is enough to see that there is nothing to do.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Outline {
    /// The folder that was written.
    pub out: String,
    /// The files that were read.
    pub known: Known,
    /// The files that were written.
    pub stamps: Stamps,
    /// Warnings.
    pub diagnostics: Diagnostics,
    /// How many pages the site has.
    pub n_pages: usize,
    /// On which settings it holds, and until when.
    pub settings: crate::pipeline::Settings,
    /// The next day on which the same files make another site.
    pub next_change: Option<crate::base::Date>,
}

/// A build that was saved.
#[derive(Debug)]
pub struct Saved {
    /// What is needed first.
    pub outline: Outline,
    /// The rest, not yet read.
    rest: fs::File,
}

impl Saved {
    /// The last build of an edition of the site in `root` into `out`, if there is no doubt about it.
    pub fn open(root: &Utf8Path, out: &Utf8Path, edition: Option<&str>) -> Option<Self> {
        let mut file = fs::File::open(place(root, &name(edition))).ok()?;
        let mut program = [0; PROGRAM.len() + 1];
        file.read_exact(&mut program).ok()?;
        after_program(&program)?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head).ok()?;
        let mut outline = vec![0; length_in(&head, file.metadata().ok()?.len())?];
        file.read_exact(&mut outline).ok()?;
        let outline: Outline = binary::decode(checked(&head, &outline)?)?;
        (outline.out == absolute(out)?).then_some(Self { outline, rest: file })
    }

    /// The state of that build; nothing when there is any doubt about it.
    pub fn state(&mut self, schemas: &Schemas) -> Option<State> {
        let mut bytes = Vec::new();
        self.rest.read_to_end(&mut bytes).ok()?;
        let mut parts = Vec::new();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let (head, after) = rest.split_at_checked(HEAD)?;
            let (part, after) = after.split_at_checked(length_in(head, rest.len() as u64)?)?;
            parts.push((head, part));
            rest = after;
        }
        let parts: Option<Vec<&[u8]>> =
            parts.into_par_iter().map(|(head, part)| checked(head, part)).collect();
        let mut state = State::decode(&parts?, schemas)?;
        state.known = self.outline.known.clone();
        Some(state)
    }
}

/// Saves a build of an edition of the site in `root` into `out`. Where the disk refuses, the next build
/// starts from nothing, and that is all.
pub fn save(root: &Utf8Path, out: &Utf8Path, edition: Option<&str>, state: &State, stamps: Stamps) {
    let Some(out) = absolute(out) else { return };
    let outline = Outline {
        out,
        known: state.known.clone(),
        stamps,
        diagnostics: state.diagnostics(),
        n_pages: state.site.pages.len(),
        settings: state.settings.clone(),
        next_change: state.next_change(),
    };
    let (outline, state) = rayon::join(|| binary::encode(&outline), || state.encode());
    let parts: Vec<Vec<u8>> = std::iter::once(outline).chain(state).collect();
    write(root, &name(edition), &parts).ok();
}

/// The code blocks that were coloured before; they are read when the first one is asked for.
pub fn highlights(root: &Utf8Path) -> Table<String> {
    let file = place(root, "highlights");
    Table::with_source(move || {
        let bytes = fs::read(&file).ok()?;
        let (head, blocks) = after_program(&bytes)?.split_at_checked(HEAD)?;
        binary::decode(checked(head, blocks)?)
    })
}

/// Saves the code blocks that were coloured, if there are new ones among them.
pub fn save_highlights(root: &Utf8Path, highlights: &Table<String>) {
    if highlights.n_computed() > 0 {
        write(root, "highlights", &[binary::encode(&highlights.entries())]).ok();
    }
}

/// The file of the state of an edition.
fn name(edition: Option<&str>) -> String {
    edition.map_or_else(|| "state".to_owned(), |id| format!("state-{id}"))
}

/// Where a file is kept that outlives a build of the site in `root`.
pub fn place(root: &Utf8Path, name: &str) -> Utf8PathBuf {
    root.join(FOLDER).join(name)
}

/// Makes the folder of what is kept, if there is none.
///
/// # Errors
/// When the disk refuses.
pub fn prepare(root: &Utf8Path) -> io::Result<()> {
    let folder = root.join(FOLDER);
    if !folder.is_dir() {
        fs::create_dir(&folder)?;
        fs::write(folder.join(".gitignore"), IGNORE)?;
    }
    Ok(())
}

/// Writes a file of parts, each after its length and its checksum.
fn write(root: &Utf8Path, name: &str, parts: &[Vec<u8>]) -> io::Result<()> {
    prepare(root)?;
    let heads: Vec<[u8; HEAD]> = parts.par_iter().map(|part| head(part)).collect();
    let temporary = place(root, &format!("{name}-new"));
    let mut file = fs::File::create(&temporary)?;
    file.write_all(PROGRAM.as_bytes())?;
    file.write_all(b"\n")?;
    for (head, part) in heads.iter().zip(parts) {
        file.write_all(head)?;
        file.write_all(part)?;
    }
    fs::rename(&temporary, place(root, name))
}

fn absolute(path: &Utf8Path) -> Option<String> {
    camino::absolute_utf8(path).ok().map(Utf8PathBuf::into_string)
}

fn after_program(bytes: &[u8]) -> Option<&[u8]> {
    bytes.strip_prefix(PROGRAM.as_bytes())?.strip_prefix(b"\n")
}

/// Before each part stand its length and its checksum.
const HEAD: usize = 8 + 16;

fn head(part: &[u8]) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    head[..8].copy_from_slice(&(part.len() as u64).to_le_bytes());
    head[8..].copy_from_slice(Hash::of(part).as_bytes());
    head
}

/// The length of a part, if so much can follow.
fn length_in(head: &[u8], at_most: u64) -> Option<usize> {
    let length = u64::from_le_bytes(*head.first_chunk()?);
    usize::try_from(length).ok().filter(|_| length <= at_most)
}

/// A part, if it is what its head says.
fn checked<'a>(head: &[u8], part: &'a [u8]) -> Option<&'a [u8]> {
    (self::head(part) == head).then_some(part)
}
