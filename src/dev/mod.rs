//! Writing with the site beside the editor: builds in memory, serves from memory, watches the
//! files, builds again and tells the browser. A mistake shows over the last good page.

mod server;
mod state;
mod watch;

use std::io;
use std::net::TcpListener;

use camino::Utf8PathBuf;

use crate::base::{Diagnostic, Diagnostics};
use crate::pipeline::{self, Memo, Settings};
use crate::source::Tree;

use state::{Change, State};
pub use watch::Watching;

/// What to serve and how.
#[derive(Clone, Debug)]
pub struct Serving {
    /// The folder of the site.
    pub root: Utf8PathBuf,
    /// The folder that a build would write: it is not watched.
    pub out: Utf8PathBuf,
    /// Whether drafts are shown.
    pub settings: Settings,
    /// How changes are noticed.
    pub watching: Watching,
}

/// Builds the site, serves it on `listener` and goes on for as long as the process lives.
///
/// `tell` gets the tree and the diagnostics of each build and gives them as plain text for the
/// browser; `ready` is called once, when the first build can be seen.
///
/// # Errors
/// When the site cannot be read at the start, or the files cannot be watched.
pub fn serve(
    serving: &Serving,
    listener: TcpListener,
    tell: &dyn Fn(&Tree, &Diagnostics) -> String,
    ready: impl FnOnce(),
) -> io::Result<()> {
    let memo = Memo::default();
    let changes = watch::start(serving)?;
    let mut tree = Tree::default();
    let state = State::shared();
    rebuild(serving, &memo, &mut tree, &state, tell)?;
    let address = listener.local_addr()?;
    let served = state.clone();
    std::thread::spawn(move || server::accept(&listener, address, &served));
    ready();
    loop {
        watch::wait(&changes)?;
        // A folder that is being moved or checked out may be unreadable for a moment: the next
        // change, which follows, finds it again.
        rebuild(serving, &memo, &mut tree, &state, tell).ok();
    }
}

/// Reads the tree and, if it differs from `before`, builds it and shows the result.
fn rebuild(
    serving: &Serving,
    memo: &Memo,
    before: &mut Tree,
    state: &State,
    tell: &dyn Fn(&Tree, &Diagnostics) -> String,
) -> io::Result<()> {
    let read = Tree::read(&serving.root, &serving.out)?;
    let changed = read.value.differences(before);
    if changed.is_empty() && state.is_built() {
        return Ok(());
    }
    let only_styles = changed.iter().all(|path| path.extension() == "css");
    let change = if only_styles { Change::Styles } else { Change::Pages };
    *before = read.value;
    let mut built = pipeline::build(before, &serving.settings, memo);
    memo.forget_unused();
    built.diagnostics.splice(0..0, read.diagnostics);
    let text = tell(before, &built.diagnostics);
    if built.diagnostics.iter().any(Diagnostic::is_error) {
        state.show_problems(built.value.outputs, text);
        return Ok(());
    }
    state.show(built.value.outputs, change);
    Ok(())
}
