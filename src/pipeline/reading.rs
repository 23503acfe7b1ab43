//! The documents of a site. A file that is still what it was is not read; its document is taken from
//! the state. The texts of what was read are kept for rendering as long as there is room, and read
//! again where there was none: memory follows the documents, not the texts.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::base::{Diagnostics, SourcePath};
use crate::document::{self, Bodies, Document, Reading, Written};
use crate::site;
use crate::source::Tree;

use super::{Globals, Request, State};

/// The texts of a site of ten thousand pages fit, those of a larger one are read twice.
const ROOM: usize = 128 << 20;

/// Documents by file.
pub(super) type Documents = BTreeMap<SourcePath, Arc<Document>>;

/// What reading gave.
#[derive(Default)]
pub(super) struct Readings {
    pub(super) documents: Documents,
    /// What is wrong with each file that has something wrong.
    pub(super) reports: BTreeMap<SourcePath, Diagnostics>,
    /// Texts that are at hand.
    pub(super) texts: Texts,
    /// How many files were read.
    pub(super) n_read: usize,
}

impl Readings {
    /// Reads the pages in `paths`.
    pub(super) fn of_files(request: &Request<'_>, globals: &Globals, paths: &[SourcePath]) -> Self {
        Self::default().and(request, globals, paths.iter().collect(), None)
    }

    /// Takes the documents of all pages from `before` where their files are the same, and reads the
    /// others, but for those `already` read.
    pub(super) fn of_all(
        request: &Request<'_>,
        globals: &Globals,
        before: Option<&State>,
        already: Self,
    ) -> Self {
        let pages = request.tree.paths().filter(|path| site::is_page(path));
        let others = pages.filter(|path| !already.documents.contains_key(*path)).collect();
        already.and(request, globals, others, before)
    }

    fn and(
        mut self,
        request: &Request<'_>,
        globals: &Globals,
        paths: Vec<&SourcePath>,
        before: Option<&State>,
    ) -> Self {
        let reading = globals.reading(request.highlights);
        let room = AtomicUsize::new(ROOM);
        let read: Vec<Read> = paths
            .into_par_iter()
            .filter_map(|path| one(request.tree, path, &reading, before, &room))
            .collect();
        self.n_read += read.iter().filter(|read| read.is_new).count();
        for Read { document, bodies, diagnostics, .. } in read {
            let path = document.path.clone();
            if let Some(bodies) = bodies {
                self.texts.kept.insert(path.clone(), Mutex::new(Some(bodies)));
            }
            if !diagnostics.is_empty() {
                self.reports.insert(path.clone(), diagnostics);
            }
            self.documents.insert(path, document);
        }
        self
    }
}

struct Read {
    document: Arc<Document>,
    bodies: Option<Bodies>,
    diagnostics: Diagnostics,
    is_new: bool,
}

fn one(
    tree: &Tree,
    path: &SourcePath,
    reading: &Reading<'_>,
    before: Option<&State>,
    room: &AtomicUsize,
) -> Option<Read> {
    if let Some(before) = before
        && let Some(document) = before.document(path)
        && Some(document.hash) == tree.hash(path)
    {
        let diagnostics = before.reports.documents.get(path).cloned().unwrap_or_default();
        return Some(Read {
            document: Arc::clone(document),
            bodies: None,
            diagnostics,
            is_new: false,
        });
    }
    let checked = document::read(path, &tree.get(path)?, reading);
    let Written { document, bodies } = checked.value;
    let n_bytes = bodies.iter().map(document::Body::n_bytes).sum();
    let fits =
        room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |room| room.checked_sub(n_bytes));
    Some(Read {
        document: Arc::new(document),
        bodies: fits.is_ok().then_some(bodies),
        diagnostics: checked.diagnostics,
        is_new: true,
    })
}

/// The texts that are at hand, by file.
#[derive(Default)]
pub(super) struct Texts {
    kept: BTreeMap<SourcePath, Mutex<Option<Bodies>>>,
}

impl Texts {
    /// The texts of a page, for the last time: they are given away, or else read again.
    pub(super) fn take(&self, path: &SourcePath, tree: &Tree, reading: &Reading<'_>) -> Bodies {
        let kept = self
            .kept
            .get(path)
            .and_then(|kept| kept.lock().unwrap_or_else(PoisonError::into_inner).take());
        kept.unwrap_or_else(|| match tree.get(path) {
            // What is wrong with it was told when it was first read.
            Some(blob) => document::read(path, &blob, reading).value.bodies,
            None => Bodies::new(),
        })
    }
}
