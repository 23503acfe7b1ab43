//! Says that something changed and at most where, never what: the files are looked at again. A storm
//! of events, as a branch switch makes it, is one change.
#![expect(clippy::disallowed_methods, reason = "quiet is measured with a clock")]

use std::collections::BTreeSet;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::Serving;

/// How changes are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watching {
    /// The system tells.
    Events,
    /// We look again and again: for network folders and virtual machines, where no events arrive.
    Polling,
}

/// Quiet for so long means that a file is saved.
const QUIET: Duration = Duration::from_millis(8);
/// After so many files it is no longer somebody who saves, but a program that moves a whole folder or
/// another version of the site: it may pause in between.
const MANY: usize = 16;
/// Quiet for so long means that it is done.
const LONG_QUIET: Duration = Duration::from_millis(120);
/// But a change that goes on and on is looked at all the same.
const LONGEST: Duration = Duration::from_secs(2);
/// How often polling looks.
const INTERVAL: Duration = Duration::from_millis(500);

/// Where something changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// At these paths, and nowhere else.
    Files(BTreeSet<Utf8PathBuf>),
    /// Nobody knows.
    Anything,
}

impl Notice {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Files(mut files), Self::Files(more)) => {
                files.extend(more);
                Self::Files(files)
            }
            _ => Self::Anything,
        }
    }

    fn is_large(&self) -> bool {
        match self {
            Self::Files(files) => files.len() >= MANY,
            Self::Anything => true,
        }
    }
}

/// Changes as they come; the watcher lives as long as this.
pub(super) struct Changes {
    events: Receiver<Notice>,
    _watcher: Box<dyn Watcher + Send>,
}

/// Starts watching the folder of the site.
///
/// # Errors
/// When the system refuses to watch it.
pub(super) fn start(serving: &Serving) -> io::Result<Changes> {
    let (sender, events) = channel();
    let out = serving.out.canonicalize_utf8().unwrap_or_else(|_| serving.out.clone());
    let root = serving.root.canonicalize_utf8()?;
    let inside = root.clone();
    let notice = move |event: notify::Result<notify::Event>| {
        let notice = match event {
            Ok(event) if event.kind.is_access() => return,
            Ok(event) if event.need_rescan() || event.paths.is_empty() => Notice::Anything,
            Ok(event) => {
                let paths = event.paths.into_iter().map(Utf8PathBuf::from_path_buf);
                let paths: Result<BTreeSet<Utf8PathBuf>, _> = paths.collect();
                match paths {
                    Ok(paths) => Notice::Files(
                        paths.into_iter().filter(|path| is_source(path, &inside, &out)).collect(),
                    ),
                    Err(_) => Notice::Anything,
                }
            }
            // An overflow or a lost watch: anything may have changed.
            Err(_) => Notice::Anything,
        };
        if notice != Notice::Files(BTreeSet::new()) {
            // Nobody listens any more when the process ends.
            sender.send(notice).ok();
        }
    };
    let config = Config::default().with_poll_interval(INTERVAL);
    let mut watcher: Box<dyn Watcher + Send> = match serving.watching {
        Watching::Events => {
            Box::new(RecommendedWatcher::new(notice, config).map_err(io::Error::other)?)
        }
        Watching::Polling => Box::new(PollWatcher::new(notice, config).map_err(io::Error::other)?),
    };
    watcher.watch(root.as_std_path(), RecursiveMode::Recursive).map_err(io::Error::other)?;
    Ok(Changes { events, _watcher: watcher })
}

/// Waits for a change and for the quiet after it; gives nothing when `patience` is over.
///
/// # Errors
/// When the watcher is gone.
pub(super) fn wait(changes: &Changes, patience: Duration) -> io::Result<Option<Notice>> {
    let mut notice = match changes.events.recv_timeout(patience) {
        Ok(notice) => notice,
        Err(RecvTimeoutError::Timeout) => return Ok(None),
        Err(error) => return Err(io::Error::other(error)),
    };
    let begun = Instant::now();
    while begun.elapsed() < LONGEST {
        let quiet = if notice.is_large() { LONG_QUIET } else { QUIET };
        match changes.events.recv_timeout(quiet) {
            Ok(more) => notice = notice.and(more),
            Err(_) => break,
        }
    }
    Ok(Some(notice))
}

/// Whether a path can be part of the site: not the built site, nothing hidden.
fn is_source(path: &Utf8Path, root: &Utf8Path, out: &Utf8Path) -> bool {
    let Ok(below) = path.strip_prefix(root) else { return false };
    !path.starts_with(out) && below.components().all(|part| !part.as_str().starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_site_and_hidden_files_are_not_sources() {
        let is = |path: &str| {
            is_source(Utf8Path::new(path), Utf8Path::new("/sito"), Utf8Path::new("/sito/public"))
        };
        assert!(is("/sito/content/a.md"));
        assert!(!is("/sito/public/a/index.html"));
        assert!(!is("/sito/.git/index"));
        assert!(!is("/altrove/a.md"));
    }
}
