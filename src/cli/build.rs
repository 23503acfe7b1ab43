//! `vasta build`: writes the site, tells how it went, and on request compares it with a build from
//! nothing.
#![expect(clippy::print_stdout, reason = "results go to standard output")]
#![expect(clippy::print_stderr, reason = "differences go to standard error")]

use std::io::{IsTerminal, stdout};
use std::process::ExitCode;

use crate::base::Language;
use crate::pipeline;
use crate::write::{Building, Outcome};

use super::arguments::Build;
use super::stats::Stopwatch;
use super::{CONTENT_HAS_ERRORS, Failure, report};

pub(super) fn build(arguments: &Build, language: Language) -> Result<ExitCode, Failure> {
    let (root, out) = arguments.place.resolve(language)?;
    let settings = arguments.day.settings(arguments.drafts, language)?;
    let watch = Stopwatch::start(language);
    watch.enter("read");
    let entering = |stage: pipeline::Stage| watch.enter(stage.name());
    let edition = arguments.place.edition.as_deref();
    let building = Building { root: &root, out: &out, edition, settings, entering: &entering };
    let built = building.run().map_err(|trouble| Failure(trouble.text(language)))?;
    watch.finish();
    if report(&built.tree, &built.diagnostics, language) {
        return Ok(ExitCode::from(CONTENT_HAS_ERRORS));
    }
    if arguments.stats.is_some() {
        println!("{}", watch.json(&built));
    } else if stdout().is_terminal() {
        println!("{}", watch.summary(&built, &out));
    }
    if arguments.verify {
        return verify(&building, &built, language);
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the site from nothing and compares every file with what lies in the folder.
fn verify(
    building: &Building<'_>,
    built: &Outcome,
    language: Language,
) -> Result<ExitCode, Failure> {
    let differences =
        building.differences(&built.tree).map_err(|trouble| Failure(trouble.text(language)))?;
    for path in &differences {
        match language {
            Language::Italian => eprintln!("diverso da una costruzione da zero: {path}"),
            Language::English => eprintln!("differs from a build from nothing: {path}"),
        }
    }
    if differences.is_empty() {
        if stdout().is_terminal() {
            println!(
                "{}",
                match language {
                    Language::Italian => "identico, byte per byte, a una costruzione da zero",
                    Language::English => "the same, byte for byte, as a build from nothing",
                }
            );
        }
        return Ok(ExitCode::SUCCESS);
    }
    Err(Failure(match language {
        Language::Italian => {
            "il sito non è quello che una costruzione da zero darebbe: cancella la \
             cartella `.vasta` e segnala il difetto"
                .to_owned()
        }
        Language::English => {
            "the site is not what a build from nothing would give: delete the folder \
             `.vasta` and report the defect"
                .to_owned()
        }
    }))
}
