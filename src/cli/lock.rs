//! `vasta lock`: brings the list of what is published up to date. What is gone stays in the list, and
//! nothing is written, until a page says the old address or somebody says that it can be forgotten.

use std::fs;
use std::io::{IsTerminal, stdout};
use std::process::ExitCode;

use camino::Utf8PathBuf;

use crate::base::{Checked, Diagnostics, Language, SourcePath};
use crate::pipeline::Settings;
use crate::pipeline::published::{Listing, list};
use crate::site::published::Moved;
use crate::source::published::FILE;
use crate::source::tree::CONTENT;
use crate::source::{Tree, aliasing};

use super::arguments::LockOptions;
use super::{CONTENT_HAS_ERRORS, Failure, cannot_read, read_site, renames, replacing, report};

/// The national site, of which the list is.
struct National {
    root: Utf8PathBuf,
    tree: Tree,
    diagnostics: Diagnostics,
}

impl National {
    fn read(root: Utf8PathBuf, language: Language) -> Result<Self, Failure> {
        let read = read_site(&root, &root.join("public"), None, language)?;
        let Checked { value: tree, diagnostics } = read;
        Ok(Self { root, tree, diagnostics })
    }

    /// Where a file of the content lies on the disk.
    fn place(&self, path: &SourcePath) -> Utf8PathBuf {
        let below = path.below(CONTENT).filter(|_| self.tree.is_plain_folder);
        self.root.join(below.unwrap_or(path.as_str()))
    }

    fn list(&self, settings: &Settings, forgotten: &[String], moved: &Moved) -> Checked<Listing> {
        list(&self.tree, settings, forgotten, moved)
    }
}

/// Brings the list up to date.
pub(super) fn lock(options: &LockOptions, language: Language) -> Result<ExitCode, Failure> {
    let settings = options.day.settings(false, language)?;
    let mut site = National::read(options.site.root(language)?, language)?;
    let mut listed = site.list(&settings, &options.forget, &Moved::new());
    if !listed.diagnostics.is_empty() {
        let moved = renames::moved(&site.root, &site.tree, &settings);
        listed = site.list(&settings, &options.forget, &moved);
        if options.aliases && !listed.value.moved.is_empty() {
            write_aliases(&site, &listed.value.moved, language)?;
            site = National::read(site.root, language)?;
            listed = site.list(&settings, &options.forget, &Moved::new());
        }
    }
    if let Some(address) = listed.value.not_forgotten.first() {
        return Err(Failure(match language {
            Language::Italian => {
                format!("`{address}` non è in `{FILE}`, o c'è ancora: non si può dimenticare")
            }
            Language::English => {
                format!("`{address}` is not in `{FILE}`, or is still there: it cannot be forgotten")
            }
        }));
    }
    let mut diagnostics = std::mem::take(&mut site.diagnostics);
    let listing = listed.into_value(&mut diagnostics);
    if report(&site.tree, &diagnostics, language) {
        return Ok(ExitCode::from(CONTENT_HAS_ERRORS));
    }
    let file = SourcePath::new(FILE).expect("a constant without dots");
    replacing::write(&site.place(&file), &listing.text)?;
    if stdout().is_terminal() {
        let Listing { n_addresses, n_new, .. } = listing;
        println!(
            "{}",
            match language {
                Language::Italian =>
                    format!("{n_addresses} indirizzi e titoli in `{FILE}`, {n_new} nuovi"),
                Language::English =>
                    format!("{n_addresses} addresses and headings in `{FILE}`, {n_new} new"),
            }
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes each old address into the page that has another one now, and says so before.
fn write_aliases(
    site: &National,
    moved: &[(SourcePath, String)],
    language: Language,
) -> Result<(), Failure> {
    for (path, alias) in moved {
        let place = site.place(path);
        let text = fs::read_to_string(&place).map_err(|error| cannot_read(&place, &error))?;
        let Some(changed) = aliasing::with_alias(path, &text, alias) else {
            return Err(Failure(match language {
                Language::Italian => format!("non so scrivere `aliases: [{alias}]` in `{path}`"),
                Language::English => format!("cannot write `aliases: [{alias}]` into `{path}`"),
            }));
        };
        println!("{path}: aliases: [{alias}]");
        replacing::write(&place, &changed)?;
    }
    Ok(())
}
