//! How long each stage of a build takes, told while it runs on a terminal and afterwards.

use std::io::{IsTerminal, Write, stderr};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use camino::Utf8Path;
use serde_json::{Map, json};

use crate::base::Language;
use crate::write::{Outcome, Reconciled};

/// Stages and when they began.
pub(super) struct Stopwatch {
    language: Language,
    shows_progress: bool,
    begun: Mutex<Vec<(&'static str, Instant)>>,
}

/// The stage that stands for the end.
const END: &str = "";

impl Stopwatch {
    /// Starts; progress is shown only to people.
    pub(super) fn start(language: Language) -> Self {
        let shows_progress = stderr().is_terminal();
        Self { language, shows_progress, begun: Mutex::default() }
    }

    /// Notes that `stage` begins.
    pub(super) fn enter(&self, stage: &'static str) {
        self.begun().push((stage, Instant::now()));
        if self.shows_progress {
            eprint!("\r\x1b[K{}", self.spoken(stage));
            // A progress line that cannot be shown is no reason to stop.
            stderr().flush().ok();
        }
    }

    /// Notes the end and takes the progress line away.
    pub(super) fn finish(&self) {
        self.begun().push((END, Instant::now()));
        self.clear_progress();
    }

    /// Takes the progress line away, before anything else is printed.
    pub(super) fn clear_progress(&self) {
        if self.shows_progress {
            eprint!("\r\x1b[K");
        }
    }

    /// The statistics as one JSON object.
    pub(super) fn json(&self, built: &Outcome) -> String {
        let mut stages = Map::new();
        for pair in self.begun().windows(2) {
            let elapsed = pair[1].1.duration_since(pair[0].1);
            stages.insert(pair[0].0.to_owned(), json!(milliseconds(elapsed)));
        }
        let statistics = json!({
            "pages": built.n_pages,
            "outputs": built.stamps.len(),
            "bytes": built.stamps.values().map(|stamp| stamp.n_bytes()).sum::<u64>(),
            "work": {
                "read": built.work.read,
                "rendered": built.work.rendered,
                "indexed": built.work.indexed,
            },
            "files": {
                "written": built.reconciled.written,
                "kept": built.reconciled.kept,
                "removed": built.reconciled.removed,
            },
            "next_change": built.next_change.map(|date| date.to_string()),
            "milliseconds": stages,
            "total_milliseconds": self.total(),
        });
        serde_json::to_string_pretty(&statistics).expect("numbers and texts")
    }

    /// The statistics in one sentence.
    pub(super) fn summary(&self, built: &Outcome, out: &Utf8Path) -> String {
        let Reconciled { written, kept, removed } = built.reconciled;
        let (pages, seconds) = (built.n_pages, self.total() / 1000.0);
        let done = match self.language {
            Language::Italian => format!(
                "{pages} pagine in {out}: {written} file scritti, {kept} invariati, {removed} \
                 tolti, in {seconds:.2} s"
            ),
            Language::English => format!(
                "{pages} pages in {out}: {written} files written, {kept} kept, {removed} \
                 removed, in {seconds:.2} s"
            ),
        };
        let Some(date) = built.next_change else { return done };
        match self.language {
            Language::Italian => format!("{done}\nil sito cambierà da solo il {date}"),
            Language::English => format!("{done}\nthe site will change by itself on {date}"),
        }
    }

    /// What to say after a check that found no error.
    pub(super) fn checked(&self, n_pages: usize) -> String {
        match self.language {
            Language::Italian => format!("{n_pages} pagine controllate, nessun errore"),
            Language::English => format!("{n_pages} pages checked, no errors"),
        }
    }

    fn begun(&self) -> MutexGuard<'_, Vec<(&'static str, Instant)>> {
        // A panic elsewhere cannot leave a stage half noted.
        self.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn total(&self) -> f64 {
        let begun = self.begun();
        match (begun.first(), begun.last()) {
            (Some(first), Some(last)) => milliseconds(last.1.duration_since(first.1)),
            _ => 0.0,
        }
    }

    fn spoken(&self, stage: &'static str) -> &'static str {
        let (italian, english) = match stage {
            "read" => ("Leggo i file…", "Reading files…"),
            "configure" => ("Leggo configurazione e schemi…", "Reading configuration…"),
            "parse" => ("Leggo le pagine…", "Reading pages…"),
            "assemble" => ("Controllo i collegamenti…", "Checking links…"),
            "render" => ("Compongo le pagine…", "Rendering pages…"),
            "index" => ("Preparo la ricerca…", "Preparing search…"),
            "write" => ("Scrivo i file…", "Writing files…"),
            other => (other, other),
        };
        if self.language == Language::Italian { italian } else { english }
    }
}

fn milliseconds(elapsed: std::time::Duration) -> f64 {
    (elapsed.as_secs_f64() * 100_000.0).round() / 100.0
}
