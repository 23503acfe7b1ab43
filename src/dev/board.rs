//! What the server shows: the files of the last good build, its version, and what is wrong since.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::base::{Outputs, Produced, UrlPath};

/// What changed between two versions, so that the browser does no more than it must.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Only style sheets.
    Styles,
    /// Anything.
    Pages,
}

/// What there is to tell to a browser that has seen a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// Nothing yet.
    Nothing,
    /// There is a newer version.
    Newer(u64, Change),
    /// The newest text cannot be built; the report as text.
    Problems(u64, String),
}

/// What is shown, shared between the builder and all connections.
#[derive(Clone, Default)]
pub(super) struct Board(Arc<Shared>);

#[derive(Default)]
struct Shared {
    shown: Mutex<Shown>,
    changed: Condvar,
}

#[derive(Default)]
struct Shown {
    outputs: Outputs,
    /// Grows with each build, good or not.
    version: u64,
    /// The version of the outputs.
    good: u64,
    /// The last version that changed more than styles.
    pages: u64,
    problems: Option<String>,
}

impl Board {
    /// Shows a good build: what has changed since the last one that was shown.
    pub(super) fn show(&self, changed: Changed, change: Change) {
        let mut shown = self.lock();
        shown.version += 1;
        shown.good = shown.version;
        // A page that is mended has to be loaded again, whatever mended it.
        if change == Change::Pages || shown.problems.is_some() {
            shown.pages = shown.version;
        }
        shown.problems = None;
        shown.take(changed);
        drop(shown);
        self.0.changed.notify_all();
    }

    /// Shows what is wrong over the last good build.
    pub(super) fn show_problems(&self, problems: String) {
        let mut shown = self.lock();
        shown.version += 1;
        shown.problems = Some(problems);
        drop(shown);
        self.0.changed.notify_all();
    }

    /// Whether there was a good build.
    pub(super) fn is_good(&self) -> bool {
        self.lock().good > 0
    }

    /// The bytes of a file.
    pub(super) fn get(&self, path: &str) -> Option<Arc<[u8]>> {
        self.lock().outputs.file(path).map(|file| Arc::clone(&file.bytes))
    }

    /// The version of what is shown.
    pub(super) fn version(&self) -> u64 {
        self.lock().version
    }

    /// Waits for something newer than version `seen`, at most for `patience`.
    pub(super) fn news(&self, seen: u64, patience: Duration) -> News {
        let shown = self.lock();
        let waited = self
            .0
            .changed
            .wait_timeout_while(shown, patience, |shown| shown.version <= seen)
            .unwrap_or_else(PoisonError::into_inner);
        waited.0.news(seen)
    }

    /// What is wrong now, whether or not the browser was told.
    pub(super) fn problems(&self) -> Option<(u64, String)> {
        let shown = self.lock();
        shown.problems.clone().map(|problems| (shown.version, problems))
    }

    fn lock(&self) -> MutexGuard<'_, Shown> {
        // Only whole values are put in, so a panic elsewhere leaves none half done.
        self.0.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The files that are new or different, and nothing for those that are gone.
pub(super) type Changed = BTreeMap<UrlPath, Option<Produced>>;

impl Shown {
    fn take(&mut self, changed: Changed) {
        for (path, file) in changed {
            match file {
                Some(file) => self.outputs.insert(file),
                None => self.outputs.remove(&path),
            }
        }
    }

    fn news(&self, seen: u64) -> News {
        match &self.problems {
            _ if self.version <= seen => News::Nothing,
            Some(problems) => News::Problems(self.version, problems.clone()),
            None if self.pages > seen => News::Newer(self.version, Change::Pages),
            None => News::Newer(self.version, Change::Styles),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(board: &Board, seen: u64) -> News {
        board.news(seen, Duration::ZERO)
    }

    #[test]
    fn a_browser_hears_of_what_it_has_not_seen() {
        let board = Board::default();
        board.show(Changed::new(), Change::Pages);
        assert_eq!(news(&board, 0), News::Newer(1, Change::Pages));
        assert_eq!(news(&board, 1), News::Nothing);
        board.show(Changed::new(), Change::Styles);
        assert_eq!(news(&board, 1), News::Newer(2, Change::Styles));
        assert_eq!(news(&board, 0), News::Newer(2, Change::Pages));
        board.show_problems("errore".into());
        assert_eq!(news(&board, 2), News::Problems(3, "errore".into()));
        board.show(Changed::new(), Change::Styles);
        assert_eq!(news(&board, 3), News::Newer(4, Change::Pages));
    }
}
