//! `cargo xtask search-eval`: how well vasta and Pagefind find known items in the same pages, and what
//! that costs, in one run. It prints Markdown tables, which `--write` also puts into
//! `docs/benchmarks.md`. Everything it makes is below `target/search-eval`.

mod browser;
mod corpus;
mod metrics;
mod options;
mod pages;
mod queries;
mod report;
mod targets;
mod words;

use crate::bench::measure::Stopwatch;
use crate::bench::{self, machine, peers};
use crate::document;
use crate::program::{cargo, root, vasta};
use browser::Engine;
use corpus::Corpus;
use queries::Query;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) use options::Options;

/// What came out of one corpus.
struct Study {
    name: String,
    /// How many pages both engines have.
    n_pages: usize,
    queries: Vec<Query>,
    vasta: Engine,
    pagefind: Engine,
    times: IndexTimes,
}

/// Seconds to make the index, for each round.
#[derive(Default)]
struct IndexTimes {
    /// From the texts of the pages in memory to the files in memory.
    vasta: Vec<f64>,
    /// The whole build, of which the index is a part.
    vasta_build: Vec<f64>,
    /// The whole run, from the built pages to the files.
    pagefind: Vec<f64>,
}

pub(crate) fn run(options: &Options) -> Result<(), String> {
    let place = root().join("target/search-eval");
    let folder = bench::new_run(&place)?;
    let vasta = vasta()?;
    let peer = peers::pagefind(&bench::tools())?;
    let stopwatch = Stopwatch::new(&folder);
    let programs =
        Programs { indexing: indexing(&vasta)?, vasta, pagefind: peer.program, stopwatch };

    let mut studies = Vec::new();
    for (number, corpus) in corpus::all(options).into_iter().enumerate() {
        let folder = folder.join(format!("corpus-{number}"));
        studies.push(study(&corpus?, &folder, &programs, options)?);
    }

    let mut lines = machine::description(&folder);
    lines.push(format!("programs: {}; {}", machine::vasta(), peer.version));
    lines.push(format!("rounds of indexing: {}", options.runs));
    let report = report::report(&lines, &studies);
    println!("\n{report}");
    if options.list {
        println!("{}", report::list(&studies));
    }
    if options.write {
        document::write("search", &report)?;
    }
    bench::remove_runs(&place)
}

/// The program that times the index alone.
fn indexing(vasta: &Path) -> Result<PathBuf, String> {
    let example = ["build", "--quiet", "--release", "--package", "vasta", "--example", "indexing"];
    cargo().arguments(&example).run()?;
    let name = format!("indexing{}", std::env::consts::EXE_SUFFIX);
    Ok(vasta.with_file_name("examples").join(name))
}

struct Programs {
    vasta: PathBuf,
    indexing: PathBuf,
    pagefind: PathBuf,
    stopwatch: Stopwatch,
}

fn study(
    corpus: &Corpus,
    folder: &Path,
    programs: &Programs,
    options: &Options,
) -> Result<Study, String> {
    println!("corpus: {}", corpus.name());
    let source = folder.join("source");
    corpus.lay_out(&source)?;
    let mut times = IndexTimes::default();
    let mut addresses = Vec::new();
    for round in 0..options.runs {
        let out = folder.join(format!("round-{round}"));
        addresses = programs.build(&source, &out, &mut times)?;
        programs.index(&out, &addresses, &mut times)?;
    }
    let built = folder.join(format!("round-{}", options.runs - 1));

    let addresses = addresses.into_iter().collect();
    let pages = pages::read(&source.join("content"), &addresses)?;
    let queries = queries::queries(&pages, corpus.queries(options.queries));
    println!("{} pages, {} questions", addresses.len(), queries.len());
    let (vasta, pagefind) = browser::ask(&built, &queries)?;
    let name = corpus.name();
    Ok(Study { name, n_pages: addresses.len(), queries, vasta, pagefind, times })
}

impl Programs {
    /// Builds the site from nothing into `out/site`, and gives the addresses of the pages that can be
    /// found in it.
    fn build(
        &self,
        source: &Path,
        out: &Path,
        times: &mut IndexTimes,
    ) -> Result<Vec<String>, String> {
        let state = source.join(".vasta");
        if state.exists() {
            fs::remove_dir_all(&state)
                .map_err(|error| format!("`.vasta` cannot be removed: {error}"))?;
        }
        let (site, export) = (text(&out.join("site")), text(&out.join("export")));
        let source = text(source);
        let build = ["build", "--lang", "en", "--site", &source, "--out", &site];
        times.vasta_build.push(self.stopwatch.run(&self.vasta, &build)?.seconds);
        let printed = self.stopwatch.run(&self.indexing, &[&site])?.printed;
        let milliseconds: f64 = printed.trim().parse().map_err(|_| printed)?;
        times.vasta.push(milliseconds / 1000.0);
        let exported =
            ["export", "search", "--format", "opensearch", "--to", &export, "--out", &site];
        self.stopwatch.run(&self.vasta, &exported)?;
        let bulk = fs::read_to_string(out.join("export/bulk.ndjson"))
            .map_err(|error| format!("`bulk.ndjson` cannot be read: {error}"))?;
        Ok(bulk.lines().filter_map(exported_address).map(str::to_owned).collect())
    }

    /// Has Pagefind index the pages that vasta indexed, and nothing of them that only leads elsewhere.
    fn index(
        &self,
        out: &Path,
        addresses: &[String],
        times: &mut IndexTimes,
    ) -> Result<(), String> {
        let (site, pages) = (out.join("site"), out.join("pages"));
        for address in addresses {
            linked(&site.join(address), &pages.join(address))?;
        }
        let (pages, index) = (text(&pages), text(&out.join("pagefind")));
        let arguments = ["--site", &pages, "--output-path", &index, "--keep-index-url"];
        let selectors = ["--root-selector", "main", "--exclude-selectors", ASIDE];
        let arguments = [&arguments[..], &selectors[..]].concat();
        times.pagefind.push(self.stopwatch.run(&self.pagefind, &arguments)?.seconds);
        Ok(())
    }
}

/// What the theme shows in `main` besides the page itself: lists of other pages, dates, a request. The
/// rest of the navigation is in `nav`, which Pagefind leaves out by itself.
const ASIDE: &str = ".it-list,.it-page-dates,.it-feedback";

/// The address in a line of the bulk file that names a page.
fn exported_address(line: &str) -> Option<&str> {
    line.strip_prefix("{\"index\":{\"_id\":\"")?.strip_suffix("\"}}")
}

/// A second name for a file, or a copy where the disk has no such thing.
fn linked(file: &Path, name: &Path) -> Result<(), String> {
    let parent = name.parent().expect("every file is in a folder");
    fs::create_dir_all(parent)
        .and_then(|()| fs::hard_link(file, name).or_else(|_| fs::copy(file, name).map(drop)))
        .map_err(|error| format!("`{}` cannot be copied: {error}", file.display()))
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::exported_address;

    #[test]
    fn an_exported_page_is_known_by_its_address() {
        assert_eq!(
            exported_address("{\"index\":{\"_id\":\"a/index.html\"}}"),
            Some("a/index.html")
        );
        assert_eq!(exported_address("{\"facets\":{},\"title\":\"A\"}"), None);
    }
}
