//! Says that something changed, never what: the tree is read again and compared. A storm of events,
//! as a branch switch makes it, is one change.
#![expect(clippy::disallowed_methods, reason = "quiet is measured with a clock")]

use std::io;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use camino::Utf8Path;
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

/// Quiet for so long means that a change is complete.
const QUIET: Duration = Duration::from_millis(30);
/// But a change that goes on and on is looked at all the same.
const LONGEST: Duration = Duration::from_secs(2);
/// How often polling looks.
const INTERVAL: Duration = Duration::from_millis(500);

/// Changes as they come; the watcher lives as long as this.
pub(super) struct Changes {
    events: Receiver<()>,
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
        let matters = match &event {
            Ok(event) if event.kind.is_access() => false,
            Ok(event) => {
                event.paths.is_empty()
                    || event.paths.iter().any(|path| {
                        Utf8Path::from_path(path).is_none_or(|path| is_source(path, &inside, &out))
                    })
            }
            // An overflow or a lost watch: anything may have changed.
            Err(_) => true,
        };
        if matters {
            // Nobody listens any more when the process ends.
            sender.send(()).ok();
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

/// Waits for a change and for the quiet after it.
///
/// # Errors
/// When the watcher is gone.
pub(super) fn wait(changes: &Changes) -> io::Result<()> {
    changes.events.recv().map_err(io::Error::other)?;
    let begun = Instant::now();
    while begun.elapsed() < LONGEST && changes.events.recv_timeout(QUIET).is_ok() {}
    Ok(())
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
