//! Files that a build made, in memory: what the development server shows, and what tests look at.
//! That no two of them have the same address is seen to when they are planned.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::diagnostic::Span;
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
    /// Puts a file in its place.
    pub fn insert(&mut self, file: Produced) {
        self.files.insert(file.path.clone(), file);
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &UrlPath) {
        self.files.remove(path);
    }

    /// All files in order of path.
    pub fn iter(&self) -> impl Iterator<Item = &Produced> {
        self.files.values()
    }

    /// One file.
    pub fn file(&self, path: &str) -> Option<&Produced> {
        self.files.get(&UrlPath::file(path)?)
    }

    /// The bytes of one file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.file(path).map(|file| &*file.bytes)
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
