//! `vasta check`: finds what is wrong with a site, and says so in the form that was asked for.

use std::io::{IsTerminal, stdout};
use std::process::ExitCode;

use camino::Utf8Path;

use crate::base::{Checked, Diagnostic, Diagnostics, Language};
use crate::pipeline::{self, Settings};
use crate::source::{Config, Tree, release};
use crate::write::saved;

use super::arguments::{Check, Format};
use super::report::{self, Findings};
use super::since;
use super::stats::Stopwatch;
use super::{CONTENT_HAS_ERRORS, Failure, print, read_site, report as tell};

/// What is wrong with the site in `root`, and how many pages it has.
pub(super) fn examine(
    root: &Utf8Path,
    read: Checked<Tree>,
    settings: &Settings,
    watch: &Stopwatch,
) -> (Tree, Checked<usize>) {
    let Checked { value: tree, mut diagnostics } = read;
    let highlights = saved::highlights(root);
    let entering = |stage: pipeline::Stage| watch.enter(stage.name());
    let checked = pipeline::check(&tree, settings, &highlights, &entering);
    watch.clear_progress();
    let n_pages = checked.into_value(&mut diagnostics);
    (tree, Checked::new(n_pages, diagnostics))
}

/// Tells what is wrong with a site.
pub(super) fn check(options: &Check, language: Language) -> Result<ExitCode, Failure> {
    let place = &options.place;
    let (root, out) = place.resolve(language)?;
    let settings = options.day.settings(options.drafts, language)?;
    let watch = Stopwatch::start(language);
    let read = read_site(&root, &out, place.edition.as_deref(), language)?;
    let (tree, checked) = examine(&root, read, &settings, &watch);
    let Checked { value: n_pages, mut diagnostics } = checked;
    let for_release = |tree: &Tree| match options.release {
        true => release::check(&Config::of(tree).value, settings.today),
        false => Diagnostics::new(),
    };
    diagnostics.extend(for_release(&tree));
    if let Some(revision) = &options.since {
        let before = since::read(&root, revision, place.edition.as_deref(), language)?;
        let (before, checked) = examine(&root, before, &settings, &watch);
        let mut known = checked.diagnostics;
        known.extend(for_release(&before));
        let n_all = diagnostics.len();
        diagnostics = since::news((&tree, diagnostics), (&before, &known), language);
        since::tell_known(n_all - diagnostics.len(), revision, language);
    }
    if options.format != Format::Text {
        let findings = Findings::of(&tree, &diagnostics, place.site.site.as_deref(), language);
        print(report::for_programs(options.format, &findings).unwrap_or_default().as_bytes())?;
        eprint!("{}", report::summary(&tree, &diagnostics, language));
        eprint!("{}", report::count(&diagnostics, language));
        return Ok(code(&diagnostics));
    }
    if !tell(&tree, &diagnostics, language) && stdout().is_terminal() {
        println!("{}", watch.checked(n_pages));
    }
    Ok(code(&diagnostics))
}

pub(super) fn code(diagnostics: &Diagnostics) -> ExitCode {
    if diagnostics.iter().any(Diagnostic::is_error) {
        return ExitCode::from(CONTENT_HAS_ERRORS);
    }
    ExitCode::SUCCESS
}
