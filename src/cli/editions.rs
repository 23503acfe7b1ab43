//! `vasta editions` and `vasta build --all-editions`: for whom there are editions, and all of them as folders.

use std::collections::BTreeMap;
use std::io::{IsTerminal, stdout};
use std::process::ExitCode;

use camino::Utf8Path;

use crate::base::Language;
use crate::source::{Editions, Tree};
use crate::write::sites::Told;
use crate::write::{BuildingEditions, Reconciled, Sites, Which};

use super::arguments::{Build, Site};
use super::{CONTENT_HAS_ERRORS, Failure, cannot_read};

/// Lists the editions: short name and name.
pub(super) fn list(site: &Site, language: Language) -> Result<ExitCode, Failure> {
    let root = site.root(language)?;
    let tree = Tree::read(&root, &root.join("dist")).map_err(|error| cannot_read(&root, &error))?;
    let Some(editions) = Editions::of(&tree.value).value else {
        return Err(Failure(match language {
            Language::Italian => "il sito non ha edizioni: manca `editions` in `vasta.yaml`".into(),
            Language::English => "the site has no editions: no `editions` in `vasta.yaml`".into(),
        }));
    };
    for id in editions.ids() {
        println!("{id}  {}", editions.name(id));
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds all editions, or one part of them, each into its own folder.
pub(super) fn build(options: &Build, language: Language) -> Result<ExitCode, Failure> {
    let root = options.place.site.root(language)?;
    let out = options.place.out.clone().unwrap_or_else(|| root.join("dist"));
    let settings = options.day.settings(options.drafts, language)?;
    let sites = Sites { root: &root, out: &out, which: part(options.shard), settings };
    let built = BuildingEditions(sites).run();
    let built = built.map_err(|trouble| Failure(trouble.text(language)))?;
    if report(&built.told, language) {
        return Ok(ExitCode::from(CONTENT_HAS_ERRORS));
    }
    if stdout().is_terminal() {
        println!("{}", summary(&built.written, &out, language));
    }
    Ok(ExitCode::SUCCESS)
}

/// All editions, or the part of them that was asked for.
pub(super) fn part(shard: Option<(usize, usize)>) -> Which<'static> {
    let (part, parts) = shard.unwrap_or((1, 1));
    Which::All(part, parts)
}

/// Prints what is wrong, edition by edition, and says whether there are errors.
pub(super) fn report(told: &Told, language: Language) -> bool {
    for (tree, diagnostics) in &told.0 {
        if let Some(edition) = tree.edition() {
            match language {
                Language::Italian => eprintln!("edizione {}, {}:", edition.id, edition.name),
                Language::English => eprintln!("edition {}, {}:", edition.id, edition.name),
            }
        }
        super::report(tree, diagnostics, language);
    }
    told.is_wrong()
}

fn summary(written: &BTreeMap<String, Reconciled>, out: &Utf8Path, language: Language) -> String {
    let n_editions = written.len();
    let sum = |count: fn(&Reconciled) -> usize| written.values().map(count).sum::<usize>();
    let new = sum(|reconciled| reconciled.written);
    let kept = sum(|reconciled| reconciled.kept);
    let removed = sum(|reconciled| reconciled.removed);
    match language {
        Language::Italian => format!(
            "{n_editions} edizioni in `{out}`: {new} file scritti, {kept} uguali, {removed} tolti"
        ),
        Language::English => format!(
            "{n_editions} editions in `{out}`: {new} files written, {kept} the same, {removed} removed"
        ),
    }
}
