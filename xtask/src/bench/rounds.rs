//! What is run, and in which order. In a round every program has its turn, so that a machine that is
//! slow for a while is slow for all; ratios are taken round by round.
//!
//! No folder is removed before the end, and every cold build writes into a new one: for some minutes
//! after thousands of files were deleted, ext4 takes several times longer to make new ones. For the
//! same reason the edit of a template, which replaces every page, is measured last.

use super::corpus::{self, Page};
use super::layout::{self, TEMPLATE};
use super::measure::{Run, Stopwatch};
use super::options::Options;
use super::peers::{Peer, Peers};
use super::results::{Key, Results, What, Who};
use super::serve::Server;
use super::{edit, table};
use std::fs;
use std::path::{Path, PathBuf};

/// How many edits of each kind a server gets; the peer's are slow, and fewer.
const EDITS: usize = 30;
const PEER_EDITS: usize = 10;
/// In a corpus of code.
const CODE_PAGES: usize = 1_000;
/// mdBook, and the server of Hugo, take too long or too much memory for more pages; others have one
/// round then.
const MOST_PAGES: usize = 10_000;

pub(super) struct Bench<'a> {
    pub(super) options: &'a Options,
    pub(super) vasta: PathBuf,
    pub(super) peers: Peers,
    pub(super) stopwatch: Stopwatch,
    pub(super) results: Results,
    /// Where everything of this run goes.
    pub(super) folder: PathBuf,
    n_folders: usize,
}

/// One set of pages, laid out for every generator.
struct Corpus {
    n_pages: usize,
    folder: PathBuf,
    /// The page that is edited, without extension.
    edited: String,
    /// Where the site was last built.
    built: Option<PathBuf>,
}

impl<'a> Bench<'a> {
    pub(super) fn new(
        options: &'a Options,
        vasta: PathBuf,
        peers: Peers,
        results: Results,
        folder: PathBuf,
    ) -> Self {
        let stopwatch = Stopwatch::new(&folder);
        Self { options, vasta, peers, stopwatch, results, folder, n_folders: 0 }
    }

    pub(super) fn run(&mut self) -> Result<(), String> {
        let mut corpora = Vec::new();
        for &n_pages in &self.options.pages {
            corpora.push(self.corpus(&format!("prose-{n_pages}"), &corpus::prose(n_pages))?);
        }
        if ["cold", "noop", "body", "title"].iter().any(|name| self.options.wants(name)) {
            for corpus in &mut corpora {
                self.builds(corpus)?;
            }
        }
        if self.options.wants("code") {
            self.code()?;
        }
        if self.options.wants("serve") {
            for corpus in &corpora {
                self.serve(corpus)?;
            }
        }
        if self.options.wants("template") {
            for corpus in &mut corpora {
                self.template(corpus)?;
            }
        }
        Ok(())
    }

    fn corpus(&self, name: &str, pages: &[Page]) -> Result<Corpus, String> {
        println!("writing {} pages: {name}", table::thousands(pages.len()));
        let folder = self.folder.join(name);
        layout::vasta(&folder.join("vasta"), pages)?;
        if self.peers.hugo.is_some() {
            layout::hugo(&folder.join("hugo"), pages)?;
        }
        if self.peers.mdbook.is_some() && pages.len() <= MOST_PAGES {
            layout::mdbook(&folder.join("mdbook"), pages)?;
        }
        let edited = pages[pages.len() / 2].path.clone();
        Ok(Corpus { n_pages: pages.len(), folder, edited, built: None })
    }

    /// Cold builds, builds that have nothing to do, and builds after small edits.
    fn builds(&mut self, corpus: &mut Corpus) -> Result<(), String> {
        for round in 0..self.options.runs {
            let out = self.cold_vasta(corpus, What::Cold, self.options.wants("cold"))?;
            if self.options.wants("noop") {
                self.build(corpus, &out, What::NoOp)?;
            }
            let page = Edited::read(corpus.page("vasta"))?;
            if self.options.wants("body") {
                page.write(edit::body(&page.original, &marker("testo", round)))?;
                self.build(corpus, &out, What::Body)?;
            }
            if self.options.wants("title") {
                page.write(edit::title(&page.original, &marker("titolo", round)))?;
                self.build(corpus, &out, What::Title)?;
            }
            page.restore()?;
            corpus.built = Some(out);
            if self.options.wants("cold") && (round == 0 || corpus.n_pages <= MOST_PAGES) {
                self.cold_peers(corpus);
            }
        }
        Ok(())
    }

    /// Pages full of code: without state, and again after every page was edited but no block.
    fn code(&mut self) -> Result<(), String> {
        let largest = self.options.pages.last().copied().unwrap_or(CODE_PAGES);
        let pages = corpus::code(CODE_PAGES.min(largest));
        let corpus = self.corpus("code", &pages)?;
        for round in 0..self.options.runs {
            self.cold_vasta(&corpus, What::CodeCold, true)?;
            self.cold_hugo(&corpus, What::CodeCold);
            for page in &pages {
                let page = Edited::read(corpus.file("vasta", &page.path))?;
                page.write(edit::body(&page.original, &marker("codice", round)))?;
            }
            let out = self.new_folder("out");
            self.build(&corpus, &out, What::CodeWarm)?;
        }
        Ok(())
    }

    fn serve(&mut self, corpus: &Corpus) -> Result<(), String> {
        let mut server = Server::vasta(&self.vasta, &corpus.site("vasta"), &self.folder)?;
        self.edits(corpus, &mut server, What::ServeBody, Who::Vasta)?;
        self.edits(corpus, &mut server, What::ServeTitle, Who::Vasta)?;
        if let Some(peak) = server.peak() {
            self.record((corpus.n_pages, What::ServeMemory, Who::Vasta), peak);
        }
        drop(server);
        let Some(Peer { program, .. }) = &self.peers.hugo else { return Ok(()) };
        if corpus.n_pages > MOST_PAGES {
            let most = table::thousands(MOST_PAGES);
            self.results.note(format!("the server of Hugo is left out above {most} pages"));
            return Ok(());
        }
        let server = Server::hugo(program, &corpus.site("hugo"), &self.folder);
        let measured = server.and_then(|mut server| {
            self.edits(corpus, &mut server, What::ServeBody, Who::Hugo)?;
            Ok(server.peak())
        });
        match measured {
            Ok(Some(peak)) => self.record((corpus.n_pages, What::ServeMemory, Who::Hugo), peak),
            Ok(None) => {}
            Err(reason) => self.results.note(format!("the server of Hugo is left out: {reason}")),
        }
        Ok(())
    }

    /// Edits one page many times under a server.
    fn edits(
        &mut self,
        corpus: &Corpus,
        server: &mut Server,
        what: What,
        who: Who,
    ) -> Result<(), String> {
        let (name, n_edits) =
            if who == Who::Hugo { ("hugo", PEER_EDITS) } else { ("vasta", EDITS) };
        let path = format!("/{}/", corpus.edited);
        server.wait_for(&path)?;
        let page = Edited::read(corpus.page(name))?;
        let key = (corpus.n_pages, what, who);
        for number in 0..n_edits {
            let marker = marker("salvato", number);
            let text = match what {
                What::ServeTitle => edit::title(&page.original, &marker),
                _ => edit::body(&page.original, &marker),
            };
            let text = text.ok_or_else(|| cannot_edit(&page.file))?;
            let seconds = server.edit(&page.file, &text, &path, &marker)?;
            self.results.add(key, seconds);
        }
        println!("{}", table::line(key, self.results.median(key).unwrap_or_default()));
        page.restore()
    }

    fn template(&mut self, corpus: &mut Corpus) -> Result<(), String> {
        let out = match corpus.built.take() {
            Some(out) => out,
            None => self.cold_vasta(corpus, What::Cold, false)?,
        };
        // The site may have been edited and restored since it was built there.
        self.vasta_build(corpus, &out)?;
        let template = Edited::read(corpus.site("vasta").join(TEMPLATE))?;
        for round in 0..self.options.runs {
            template.write(edit::template(&template.original, &marker("modello", round)))?;
            self.build(corpus, &out, What::Template)?;
        }
        template.restore()
    }

    /// Builds without state into a new folder, and gives the folder.
    fn cold_vasta(
        &mut self,
        corpus: &Corpus,
        what: What,
        is_wanted: bool,
    ) -> Result<PathBuf, String> {
        let state = corpus.site("vasta").join(".vasta");
        if state.exists() {
            let away = self.new_folder("state");
            fs::rename(&state, away)
                .map_err(|error| format!("`.vasta` cannot be moved: {error}"))?;
        }
        let out = self.new_folder("out");
        if !is_wanted {
            self.vasta_build(corpus, &out)?;
            return Ok(out);
        }
        let run = self.build(corpus, &out, what)?;
        if what == What::Cold {
            self.sizes(corpus, Who::Vasta, &run, &out);
        }
        Ok(out)
    }

    /// A timed build of vasta; what it printed last is kept for the report.
    fn build(&mut self, corpus: &Corpus, out: &Path, what: What) -> Result<Run, String> {
        let run = self.vasta_build(corpus, out)?;
        let heading = format!("{} pages, {}", table::thousands(corpus.n_pages), table::name(what));
        let printed = run.printed.split_whitespace().collect::<Vec<_>>().join(" ");
        self.results.statistics.insert((corpus.n_pages, what, Who::Vasta), (heading, printed));
        self.record((corpus.n_pages, what, Who::Vasta), run.seconds);
        Ok(run)
    }

    fn vasta_build(&self, corpus: &Corpus, out: &Path) -> Result<Run, String> {
        let (site, out) = (text(&corpus.site("vasta")), text(out));
        let arguments =
            ["build", "--lang", "en", "--stats", "json", "--site", &site, "--out", &out];
        self.stopwatch.run(&self.vasta, &arguments)
    }

    /// Cold builds of the others. Pagefind reads what Hugo made: it is the search that Hugo lacks.
    fn cold_peers(&mut self, corpus: &Corpus) {
        let hugo = self.cold_hugo(corpus, What::Cold);
        if let (Some(pagefind), Some(hugo)) = (&self.peers.pagefind, hugo) {
            let (program, out) = (pagefind.program.clone(), self.new_folder("out"));
            let arguments = ["--site", &text(&hugo), "--output-path", &text(&out)];
            self.peer(&program, &arguments, &out, corpus, (What::Cold, Who::Pagefind));
        }
        if let Some(mdbook) = &self.peers.mdbook {
            if corpus.n_pages > MOST_PAGES {
                let most = table::thousands(MOST_PAGES);
                self.results.note(format!("mdBook is left out above {most} pages"));
                return;
            }
            let (program, out) = (mdbook.program.clone(), self.new_folder("out"));
            let arguments = ["build", "--dest-dir", &text(&out), &text(&corpus.site("mdbook"))];
            self.peer(&program, &arguments, &out, corpus, (What::Cold, Who::MdBook));
        }
    }

    fn cold_hugo(&mut self, corpus: &Corpus, what: What) -> Option<PathBuf> {
        let (program, out) = (self.peers.hugo.as_ref()?.program.clone(), self.new_folder("out"));
        let arguments =
            ["--quiet", "--source", &text(&corpus.site("hugo")), "--destination", &text(&out)];
        self.peer(&program, &arguments, &out, corpus, (what, Who::Hugo)).then_some(out)
    }

    /// Times a peer; one that fails is noted, and whether it did well is told.
    fn peer(
        &mut self,
        program: &Path,
        arguments: &[&str],
        out: &Path,
        corpus: &Corpus,
        (what, who): (What, Who),
    ) -> bool {
        match self.stopwatch.run(program, arguments) {
            Ok(run) => {
                self.record((corpus.n_pages, what, who), run.seconds);
                if what == What::Cold {
                    self.sizes(corpus, who, &run, out);
                }
                true
            }
            Err(reason) => {
                self.results.note(reason);
                false
            }
        }
    }

    fn sizes(&mut self, corpus: &Corpus, who: Who, run: &Run, out: &Path) {
        if let Some(peak) = run.peak {
            self.record((corpus.n_pages, What::Memory, who), peak);
        }
        let per_page = size(out) as f64 / corpus.n_pages as f64;
        self.record((corpus.n_pages, What::BytesPerPage, who), per_page);
    }

    fn record(&mut self, key: Key, value: f64) {
        println!("{}", table::line(key, value));
        self.results.add(key, value);
    }

    /// The name of a folder that was never there.
    fn new_folder(&mut self, kind: &str) -> PathBuf {
        self.n_folders += 1;
        self.folder.join(format!("{kind}-{}", self.n_folders))
    }
}

impl Corpus {
    /// The site of a generator.
    fn site(&self, generator: &str) -> PathBuf {
        self.folder.join(generator)
    }

    fn file(&self, generator: &str, page: &str) -> PathBuf {
        self.site(generator).join(format!("content/{page}.md"))
    }

    /// The page that is edited.
    fn page(&self, generator: &str) -> PathBuf {
        self.file(generator, &self.edited)
    }
}

/// A file that is edited, and given back as it was.
struct Edited {
    file: PathBuf,
    original: String,
}

impl Edited {
    fn read(file: PathBuf) -> Result<Self, String> {
        match fs::read_to_string(&file) {
            Ok(original) => Ok(Self { file, original }),
            Err(error) => Err(format!("`{}` cannot be read: {error}", file.display())),
        }
    }

    fn write(&self, text: Option<String>) -> Result<(), String> {
        layout::write(&self.file, &text.ok_or_else(|| cannot_edit(&self.file))?)
    }

    fn restore(self) -> Result<(), String> {
        layout::write(&self.file, &self.original)
    }
}

fn cannot_edit(file: &Path) -> String {
    format!("`{}` has nothing to edit", file.display())
}

/// A word that no page has.
fn marker(word: &str, number: usize) -> String {
    format!("{word}{number:04}")
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The length of all files in a folder and below.
fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => size(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}
