//! Writing with the site beside the editor: builds in memory, serves from memory, watches the
//! files, builds again and tells the browser. A mistake shows over the last good page.

mod board;
mod server;
mod watch;

use std::collections::BTreeSet;
use std::io;
use std::net::TcpListener;
use std::sync::Mutex;
use std::time::Duration;

use camino::Utf8PathBuf;

use crate::base::{
    Date, Diagnostic, Diagnostics, Outputs, SourcePath, Table, diagnostic, lock, unlock,
};
use crate::pipeline::{self, Request, Settings};
use crate::source::{Tree, edition};

use board::{Board, Change, Changed};
use watch::Notice;
pub use watch::Watching;

/// How often the day is asked when nothing happens.
const A_WHILE: Duration = Duration::from_secs(30);

/// What to serve and how.
#[derive(Clone, Debug)]
pub struct Serving {
    /// The folder of the site.
    pub root: Utf8PathBuf,
    /// The folder that a build would write: it is not watched.
    pub out: Utf8PathBuf,
    /// The edition to show; the national site without one.
    pub edition: Option<String>,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// How changes are noticed.
    pub watching: Watching,
}

/// What the server asks of the one who started it.
pub struct Host<'a> {
    /// Tells the person the diagnostics of a build, and gives them as plain text for the browser.
    pub tell: &'a dyn Fn(&Tree, &Diagnostics) -> String,
    /// The day.
    pub today: &'a dyn Fn() -> Option<Date>,
}

/// Builds the site, serves it on `listener` and goes on for as long as the process lives.
///
/// `ready` is called once, when the first build can be seen.
///
/// # Errors
/// When the site cannot be read at the start, or the files cannot be watched.
pub fn serve(
    serving: &Serving,
    listener: TcpListener,
    host: &Host<'_>,
    ready: impl FnOnce(),
) -> io::Result<()> {
    let changes = watch::start(serving)?;
    let mut workshop = Workshop::new(serving);
    let board = Board::default();
    workshop.rebuild(&Notice::Anything, host, &board)?;
    let address = listener.local_addr()?;
    let served = board.clone();
    std::thread::spawn(move || server::accept(&listener, address, &served));
    ready();
    loop {
        // Pages wait, expire and have to be reviewed by the day, so now and then the day is asked.
        let notice = watch::wait(&changes, A_WHILE)?.unwrap_or(Notice::Files(BTreeSet::new()));
        // A folder that is being moved or checked out may be unreadable for a moment: the next
        // change, which follows, finds it again.
        workshop.rebuild(&notice, host, &board).ok();
    }
}

/// What is kept between two builds.
struct Workshop<'a> {
    serving: &'a Serving,
    /// All files, as they were looked at.
    files: Option<Tree>,
    /// What was wrong with reading the tree.
    unreadable: Diagnostics,
    state: Option<pipeline::State>,
    /// The files that belong to the state, be it good or not.
    outputs: Outputs,
    /// What of them the browser has not been shown.
    unseen: Changed,
    highlights: Table<String>,
}

impl<'a> Workshop<'a> {
    fn new(serving: &'a Serving) -> Self {
        Self {
            serving,
            files: None,
            unreadable: Diagnostics::new(),
            state: None,
            outputs: Outputs::default(),
            unseen: Changed::new(),
            highlights: crate::write::saved::highlights(&serving.root),
        }
    }

    /// Takes the tree again and, if it differs, builds it and shows the result.
    fn rebuild(&mut self, notice: &Notice, host: &Host<'_>, board: &Board) -> io::Result<()> {
        let files = self.look_again(notice)?;
        let selected = edition::select(&files, self.serving.edition.as_deref());
        let selected = selected.map_err(|no| io::Error::new(io::ErrorKind::NotFound, no))?;
        let mut diagnostics = self.unreadable.clone();
        let selected = selected.into_value(&mut diagnostics);
        let tree = selected.as_ref().unwrap_or(&files);
        let settings =
            Settings { drafts: self.serving.drafts, today: (host.today)(), ..Settings::default() };
        let changed: Vec<SourcePath> = match &self.state {
            Some(state) => tree.differences(&state.known).into_iter().cloned().collect(),
            None => Vec::new(),
        };
        if let Some(state) = &self.state
            && changed.is_empty()
            && state.holds_on(&settings)
        {
            self.files = Some(files);
            return Ok(());
        }
        let only_styles =
            changed.iter().all(|path| path.extension() == "css") && !changed.is_empty();
        let change = if only_styles { Change::Styles } else { Change::Pages };
        self.build(tree, &settings);
        if let Some(trouble) = tree.trouble() {
            // Half of one state of the files and half of another: what follows starts afresh.
            self.state = None;
            self.files = None;
            return Err(io::Error::other(trouble));
        }
        diagnostics
            .extend(self.state.as_ref().map(pipeline::State::diagnostics).unwrap_or_default());
        diagnostic::sort(&mut diagnostics);
        let text = (host.tell)(tree, &diagnostics);
        self.files = Some(files);
        let is_good = !diagnostics.iter().any(Diagnostic::is_error);
        // Before the first good build, what there is is better than nothing.
        if is_good || !board.is_good() {
            board.show(std::mem::take(&mut self.unseen), change);
        }
        if !is_good {
            board.show_problems(text);
        }
        Ok(())
    }

    fn build(&mut self, tree: &Tree, settings: &Settings) {
        let made = Mutex::new(Vec::new());
        let before = &self.outputs;
        let request = Request {
            tree,
            settings,
            highlights: &self.highlights,
            published: &|path| before.get(path).map(<[u8]>::to_vec),
            emit: &|file| lock(&made).push(file),
            entering: &|_| {},
        };
        let state = pipeline::update(&request, self.state.take());
        let made = unlock(made);
        for file in made {
            self.unseen.insert(file.path.clone(), Some(file.clone()));
            self.outputs.insert(file);
        }
        if self.outputs.len() != state.outputs.len() {
            let gone = self.outputs.iter().map(|file| &file.path);
            let gone = gone.filter(|path| !state.outputs.contains_key(*path));
            for path in gone.cloned().collect::<Vec<_>>() {
                self.outputs.remove(&path);
                self.unseen.insert(path, None);
            }
        }
        self.state = Some(state);
    }

    /// The tree as it is now. When it is known where to look, only there.
    fn look_again(&mut self, notice: &Notice) -> io::Result<Tree> {
        let Serving { root, out, .. } = self.serving;
        if let (Notice::Files(files), Some(mut tree)) = (notice, self.files.take())
            && files.iter().all(|file| tree.refresh(root, file))
        {
            return Ok(tree);
        }
        let read = Tree::read(root, out)?;
        self.unreadable = read.diagnostics;
        let mut tree = read.value;
        if let Some(state) = &self.state {
            tree.recall(&state.known);
        }
        Ok(tree)
    }
}
