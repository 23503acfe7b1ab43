//! Every file that a build produces, complete in memory before the first one is written. Two
//! producers for one file are a mistake that this type refuses to hold.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::catalogue;
use super::checked::Checked;
use super::diagnostic::{Diagnostics, Span};
use super::path::UrlPath;

/// One file to be written and what it was made from.
#[derive(Clone, Debug)]
pub struct Produced {
    /// Where it goes.
    pub path: UrlPath,
    /// What it holds.
    pub bytes: Arc<[u8]>,
    /// The source that an editor should look at when something is wrong with the file.
    pub origin: Span,
}

/// The files of a built site by path.
#[derive(Clone, Debug, Default)]
pub struct Outputs {
    files: BTreeMap<UrlPath, Produced>,
}

impl Outputs {
    /// Collects produced files; a second one for the same path, or for a path that differs only in
    /// case (one file on many disks), is reported and left out.
    pub fn collect(produced: impl IntoIterator<Item = Produced>) -> Checked<Self> {
        let mut files: BTreeMap<UrlPath, Produced> = BTreeMap::new();
        let mut by_folded: BTreeMap<String, UrlPath> = BTreeMap::new();
        let mut diagnostics = Diagnostics::new();
        for file in produced {
            match by_folded.entry(file.path.as_str().to_lowercase()) {
                Entry::Occupied(taken) => {
                    let first = &files[taken.get()];
                    diagnostics.push(catalogue::two_files_for_one_address(
                        file.origin,
                        &file.path,
                        first.origin.clone(),
                    ));
                }
                Entry::Vacant(free) => {
                    free.insert(file.path.clone());
                    files.insert(file.path.clone(), file);
                }
            }
        }
        Checked::new(Self { files }, diagnostics)
    }

    /// All files in order of path.
    pub fn iter(&self) -> impl Iterator<Item = &Produced> {
        self.files.values()
    }

    /// The bytes of one file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        let path = UrlPath::file(path)?;
        self.files.get(&path).map(|file| &*file.bytes)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether nothing was produced.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The sum of all sizes in bytes.
    pub fn n_bytes(&self) -> u64 {
        self.iter().map(|file| file.bytes.len() as u64).sum()
    }
}
