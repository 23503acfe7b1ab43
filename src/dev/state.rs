//! What the server shows: the files of the last good build, its version, and what is wrong since.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::base::Outputs;

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

/// Shared between the builder and all connections.
#[derive(Clone)]
pub(super) struct State(Arc<Shared>);

#[derive(Default)]
struct Shared {
    shown: Mutex<Shown>,
    changed: Condvar,
}

#[derive(Default)]
struct Shown {
    outputs: Arc<Outputs>,
    /// Grows with each build, good or not.
    version: u64,
    /// The version of the outputs.
    good: u64,
    /// The last version that changed more than styles.
    pages: u64,
    problems: Option<String>,
}

impl State {
    pub(super) fn shared() -> Self {
        Self(Arc::new(Shared::default()))
    }

    /// Shows a good build.
    pub(super) fn show(&self, outputs: Outputs, change: Change) {
        let mut shown = self.lock();
        shown.version += 1;
        shown.good = shown.version;
        // A page that is mended has to be loaded again, whatever mended it.
        if change == Change::Pages || shown.problems.is_some() {
            shown.pages = shown.version;
        }
        shown.problems = None;
        shown.outputs = Arc::new(outputs);
        drop(shown);
        self.0.changed.notify_all();
    }

    /// Shows what is wrong over the last good build, or over what there is if there was none.
    pub(super) fn show_problems(&self, outputs: Outputs, problems: String) {
        let mut shown = self.lock();
        if shown.good == 0 {
            shown.outputs = Arc::new(outputs);
        }
        shown.version += 1;
        shown.problems = Some(problems);
        drop(shown);
        self.0.changed.notify_all();
    }

    /// Whether anything was built yet.
    pub(super) fn is_built(&self) -> bool {
        self.lock().version > 0
    }

    /// The files and their version.
    pub(super) fn outputs(&self) -> (Arc<Outputs>, u64) {
        let shown = self.lock();
        (Arc::clone(&shown.outputs), shown.version)
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

impl Shown {
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

    fn news(state: &State, seen: u64) -> News {
        state.news(seen, Duration::ZERO)
    }

    #[test]
    fn a_browser_hears_of_what_it_has_not_seen() {
        let state = State::shared();
        state.show(Outputs::default(), Change::Pages);
        assert_eq!(news(&state, 0), News::Newer(1, Change::Pages));
        assert_eq!(news(&state, 1), News::Nothing);
        state.show(Outputs::default(), Change::Styles);
        assert_eq!(news(&state, 1), News::Newer(2, Change::Styles));
        assert_eq!(news(&state, 0), News::Newer(2, Change::Pages));
        state.show_problems(Outputs::default(), "errore".into());
        assert_eq!(news(&state, 2), News::Problems(3, "errore".into()));
        state.show(Outputs::default(), Change::Styles);
        assert_eq!(news(&state, 3), News::Newer(4, Change::Pages));
    }
}
