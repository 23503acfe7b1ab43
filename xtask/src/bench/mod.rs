//! `cargo xtask bench`: makes corpora, times vasta and its peers on them in one run, and prints what
//! came out as Markdown tables, which `--write` also puts into `docs/benchmarks.md`. Everything it
//! makes is below `target/bench`.

mod code;
pub(crate) mod corpus;
mod edit;
pub(crate) mod layout;
pub(crate) mod machine;
pub(crate) mod measure;
mod options;
pub(crate) mod peers;
pub(crate) mod random;
pub(crate) mod results;
mod rounds;
mod serve;
pub(crate) mod table;
mod targets;

use crate::document;
use crate::program::{root, vasta};
use results::Results;
use rounds::Bench;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) use options::Options;

/// How the folders of runs are called; the tools beside them stay.
const RUN: &str = "run-";

/// One line for each measurement, for the help text.
pub(crate) fn list() -> String {
    let line = |(name, meaning): (&str, &str)| format!("  {name:<12} {meaning}\n");
    options::MEASUREMENTS.into_iter().map(line).collect()
}

pub(crate) fn run(options: &Options) -> Result<(), String> {
    let place = options.folder.clone().unwrap_or_else(|| root().join("target/bench"));
    let folder = new_run(&place)?;
    let vasta = vasta()?;

    let mut results = Results::default();
    let peers = peers::install(&tools(), options.with_mdbook, &mut results);
    let mut bench = Bench::new(options, vasta, peers, results, folder);
    bench.run()?;

    let report = report(&bench);
    println!("\n{report}");
    if options.write {
        document::write("results", &report)?;
    }
    // Only now: see `rounds`.
    remove_runs(&place)
}

/// Where the programs are that vasta is compared with.
pub(crate) fn tools() -> PathBuf {
    root().join("target/bench/tools")
}

fn report(bench: &Bench<'_>) -> String {
    let Bench { options, peers, results, .. } = bench;
    let mut lines = machine::description(&bench.folder);
    let peers = [&peers.hugo, &peers.pagefind, &peers.mdbook].into_iter().flatten();
    let versions = peers.map(|peer| peer.version.clone());
    let versions: Vec<String> = [machine::vasta()].into_iter().chain(versions).collect();
    lines.push(format!("programs: {}", versions.join("; ")));
    lines.push(format!("rounds: {}", options.runs));
    lines.push(format!("peak memory: {}", bench.stopwatch.method()));
    lines.extend(results.notes.iter().map(|note| format!("note: {note}")));
    let lines: String = lines.iter().map(|line| format!("- {line}\n")).collect();

    let statistics: String = results
        .statistics
        .values()
        .map(|(heading, printed)| format!("{heading}:\n\n```json\n{printed}\n```\n\n"))
        .collect();
    format!(
        "{lines}\n{}\n### Targets\n\n{}\n### What `--stats json` said last\n\n{statistics}",
        table::measurements(results),
        table::targets(&targets::verdicts(results)),
    )
}

/// A folder for all that a run makes.
pub(crate) fn new_run(place: &Path) -> Result<PathBuf, String> {
    let folder = place.join(format!("{RUN}{}", seconds_since_1970()));
    fs::create_dir_all(&folder)
        .map_err(|error| format!("`{}` cannot be made: {error}", folder.display()))?;
    Ok(folder)
}

/// Removes what this run made, and what runs left behind that were stopped.
pub(crate) fn remove_runs(place: &Path) -> Result<(), String> {
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(RUN) {
            fs::remove_dir_all(entry.path())
                .map_err(|error| format!("a run cannot be removed: {error}"))?;
        }
    }
    Ok(())
}

fn seconds_since_1970() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
