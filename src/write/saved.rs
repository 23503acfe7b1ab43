//! What the program leaves to itself between two runs, in `.vasta/` beside the content: the state of
//! the last build in one file, and the code blocks that were coloured in another. The first tells of
//! one build of one folder; a doubt about it must not throw away the second, which holds for any.
//!
//! Each file begins with the version of the program that wrote it, and each part with its checksum.
//! Whatever is wrong with them, nothing is read, and the next build starts from nothing.
#![expect(clippy::disallowed_methods, reason = "this is the one place that keeps the state")]

use std::fs;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};
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
    state: Vec<u8>,
}

impl Saved {
    /// The last build of the site in `root` into `out`, if there is no doubt about it.
    pub fn open(root: &Utf8Path, out: &Utf8Path) -> Option<Self> {
        let bytes = fs::read(place(root, "state")).ok()?;
        let (outline, rest) = part(after_program(&bytes)?)?;
        let outline: Outline = binary::decode(outline)?;
        (outline.out == absolute(out)?).then(|| Self { outline, state: rest.to_vec() })
    }

    /// The state of that build; nothing when there is any doubt about it.
    pub fn state(&self, schemas: &Schemas) -> Option<State> {
        let (state, _) = part(&self.state)?;
        let mut state = State::decode(state, schemas)?;
        state.known = self.outline.known.clone();
        Some(state)
    }
}

/// Saves a build of the site in `root` into `out`. Where the disk refuses, the next build starts from
/// nothing, and that is all.
pub fn save(root: &Utf8Path, out: &Utf8Path, state: &State, stamps: Stamps) {
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
    let mut bytes = with_program();
    push_part(&mut bytes, &outline);
    push_part(&mut bytes, &state);
    write(root, "state", &bytes).ok();
}

/// The code blocks that were coloured before; they are read when the first one is asked for.
pub fn highlights(root: &Utf8Path) -> Table<String> {
    let file = place(root, "highlights");
    Table::with_source(move || {
        let bytes = fs::read(&file).ok()?;
        let (blocks, _) = part(after_program(&bytes)?)?;
        binary::decode(blocks)
    })
}

/// Saves the code blocks that were coloured, if there are new ones among them.
pub fn save_highlights(root: &Utf8Path, highlights: &Table<String>) {
    if highlights.n_computed() == 0 {
        return;
    }
    let mut bytes = with_program();
    push_part(&mut bytes, &binary::encode(&highlights.entries()));
    write(root, "highlights", &bytes).ok();
}

fn place(root: &Utf8Path, name: &str) -> Utf8PathBuf {
    root.join(FOLDER).join(name)
}

fn write(root: &Utf8Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = root.join(FOLDER);
    if !folder.is_dir() {
        fs::create_dir(&folder)?;
        fs::write(folder.join(".gitignore"), IGNORE)?;
    }
    let temporary = place(root, &format!("{name}-new"));
    fs::write(&temporary, bytes)?;
    fs::rename(&temporary, place(root, name))
}

fn absolute(path: &Utf8Path) -> Option<String> {
    camino::absolute_utf8(path).ok().map(Utf8PathBuf::into_string)
}

fn with_program() -> Vec<u8> {
    let mut bytes = PROGRAM.as_bytes().to_vec();
    bytes.push(b'\n');
    bytes
}

fn after_program(bytes: &[u8]) -> Option<&[u8]> {
    bytes.strip_prefix(PROGRAM.as_bytes())?.strip_prefix(b"\n")
}

/// Appends the length, the checksum and the bytes of a part.
fn push_part(bytes: &mut Vec<u8>, part: &[u8]) {
    bytes.extend((part.len() as u64).to_le_bytes());
    bytes.extend(Hash::of(part).as_bytes());
    bytes.extend(part);
}

/// The first part of `bytes` if it is whole, and what follows it.
fn part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (checksum, rest) = rest.split_first_chunk::<16>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (part, rest) = rest.split_at_checked(length)?;
    (Hash::of(part).as_bytes() == checksum).then_some((part, rest))
}
