//! Builds the site of one folder into another: the pipeline between two disks. It finds out what is
//! still as the last build left it, lets the pipeline make the rest, and puts it in place only when
//! there is no error.

use std::sync::{Mutex, PoisonError};

use camino::Utf8Path;

use crate::base::{Date, Diagnostic, Diagnostics, Produced, Table, UrlPath, diagnostic};
use crate::pipeline::{self, Globals, Request, Settings, Stage, State, Work};
use crate::source::{Tree, edition};

use super::folder::{Folder, Reconciled, Stamps, Trouble};
use super::saved::{self, Saved};

/// What to build, and where.
pub struct Building<'a> {
    /// The folder of the site.
    pub root: &'a Utf8Path,
    /// The folder to write.
    pub out: &'a Utf8Path,
    /// The edition to build; the national site without one.
    pub edition: Option<&'a str>,
    /// What decides besides the files.
    pub settings: Settings,
    /// Is told of each stage before it begins.
    pub entering: &'a (dyn Fn(Stage) + Sync),
}

/// A build that came to its end.
#[derive(Debug)]
pub struct Outcome {
    /// The input, for showing diagnostics.
    pub tree: Tree,
    /// What is wrong; with an error among it nothing was written.
    pub diagnostics: Diagnostics,
    /// What was done to the folder.
    pub reconciled: Reconciled,
    /// How much work it was.
    pub work: Work,
    /// How many pages the site has.
    pub n_pages: usize,
    /// How each file of the site is recognised.
    pub stamps: Stamps,
    /// The next day on which the same files make another site.
    pub next_change: Option<Date>,
}

impl Building<'_> {
    /// Builds the site.
    ///
    /// # Errors
    /// What to tell the person when the disk refuses, or the folder to write is not vasta's.
    pub fn run(&self) -> Result<Outcome, Trouble> {
        let read = || Tree::read(self.root, self.out);
        let look = || {
            let saved = Saved::open(self.root, self.out, self.edition);
            let folder = Folder::open(self.out)?;
            let damaged = saved.as_ref().map(|saved| folder.damaged(&saved.outline.stamps));
            Ok((saved, folder, damaged.unwrap_or_default()))
        };
        let (read, looked) = rayon::join(read, look);
        let read = read.map_err(|error| Trouble::Disk(self.root.to_owned(), error))?;
        let (saved, folder, damaged) = looked?;
        let mut diagnostics = read.diagnostics;
        let mut tree = read.value;
        if let Some(saved) = &saved {
            tree.recall(&saved.outline.known);
        }
        let selected = edition::select(&tree, self.edition).map_err(Trouble::NoEdition)?;
        let tree = selected.into_value(&mut diagnostics).unwrap_or(tree);
        match saved {
            Some(saved)
                if diagnostics.is_empty() && self.is_done(&saved, &tree, &folder, &damaged) =>
            {
                Ok(nothing_to_do(saved, tree))
            }
            saved => self.make(saved, tree, diagnostics, folder, &damaged),
        }
    }

    /// Whether the folder already holds the site of the tree.
    fn is_done(&self, saved: &Saved, tree: &Tree, folder: &Folder, damaged: &[UrlPath]) -> bool {
        let outline = &saved.outline;
        damaged.is_empty()
            && folder.holds(&outline.stamps)
            && outline.settings.holds_until(outline.next_change, &self.settings)
            && tree.differences(&outline.known).is_empty()
    }

    fn make(
        &self,
        mut saved: Option<Saved>,
        tree: Tree,
        mut diagnostics: Diagnostics,
        folder: Folder,
        damaged: &[UrlPath],
    ) -> Result<Outcome, Trouble> {
        let before = saved.as_mut().and_then(|saved| before(saved, &tree, &folder, damaged));
        let known = saved.filter(|_| before.is_some()).map(|saved| saved.outline.stamps);
        let known = known.unwrap_or_default();
        let highlights = saved::highlights(self.root);
        let request = Request {
            tree: &tree,
            settings: &self.settings,
            highlights: &highlights,
            published: &|path| folder.read(path),
            emit: &|file| folder.put(&file),
            entering: self.entering,
        };
        let state = pipeline::update(&request, before);
        diagnostics.extend(state.diagnostics());
        diagnostic::sort(&mut diagnostics);
        let (work, n_pages) = (state.work, state.site.pages.len());
        let next_change = state.next_change();
        let outcome = |diagnostics, tree, reconciled, stamps| Outcome {
            tree,
            diagnostics,
            reconciled,
            work,
            n_pages,
            stamps,
            next_change,
        };
        if let Some(trouble) = tree.trouble() {
            folder.abandon();
            let error = std::io::Error::other(trouble);
            return Err(Trouble::Disk(self.root.to_owned(), error));
        }
        if diagnostics.iter().any(Diagnostic::is_error) {
            folder.abandon();
            return Ok(outcome(diagnostics, tree, Reconciled::default(), Stamps::new()));
        }
        (self.entering)(Stage::Write);
        let (reconciled, stamps) = folder.finish(state.outputs.keys(), &known)?;
        saved::save(self.root, self.out, self.edition, &state, stamps.clone());
        saved::save_highlights(self.root, &highlights);
        // The process ends soon, and takes the memory of a whole site back faster than piece by piece.
        std::mem::forget(state);
        Ok(outcome(diagnostics, tree, reconciled, stamps))
    }

    /// The files that a build from nothing would give otherwise than they lie in the folder, or
    /// would not give, or would give besides.
    ///
    /// # Errors
    /// When the folder to write is not vasta's.
    pub fn differences(&self, tree: &Tree) -> Result<Vec<UrlPath>, Trouble> {
        let folder = Folder::open(self.out)?;
        let differ = Mutex::new(Vec::new());
        let compare = |file: Produced| {
            if folder.read(file.path.as_str()).as_deref() != Some(&*file.bytes) {
                differ.lock().unwrap_or_else(PoisonError::into_inner).push(file.path);
            }
        };
        let request = Request {
            tree,
            settings: &self.settings,
            highlights: &Table::default(),
            published: &|_| None,
            emit: &compare,
            entering: &|_| {},
        };
        let clean = pipeline::update(&request, None);
        let mut differ = differ.into_inner().unwrap_or_else(PoisonError::into_inner);
        differ.extend(folder.files().filter(|path| !clean.outputs.contains_key(*path)).cloned());
        differ.sort();
        Ok(differ)
    }
}

/// What the last build left, without the files that are no longer what it made.
fn before(saved: &mut Saved, tree: &Tree, folder: &Folder, damaged: &[UrlPath]) -> Option<State> {
    if !folder.holds(&saved.outline.stamps) {
        return None;
    }
    let mut state = saved.state(&Globals::of(tree).schemas)?;
    damaged.iter().for_each(|path| state.forget(path));
    Some(state)
}

fn nothing_to_do(saved: Saved, tree: Tree) -> Outcome {
    let outline = saved.outline;
    Outcome {
        tree,
        diagnostics: outline.diagnostics,
        reconciled: Reconciled { kept: outline.stamps.len(), ..Reconciled::default() },
        work: Work::default(),
        n_pages: outline.n_pages,
        stamps: outline.stamps,
        next_change: outline.next_change,
    }
}
