//! Makes bundles: builds the site, or its editions, in memory, adds the first page, audits all files, and
//! packs them. Nothing is put in place before all bundles are good.
#![expect(clippy::disallowed_methods, reason = "bundles are files")]

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Mutex};

use camino::{Utf8Path, Utf8PathBuf};

use crate::base::deflate::Deflated;
use crate::base::text::slug;
use crate::base::{Date, Diagnostic, Diagnostics, Table, diagnostic, lock, unlock};
use crate::pipeline::editions::{Editing, Edition};
use crate::pipeline::{self, Settings, State, Whole};
use crate::render::cover::CopyFacts;
use crate::source::{Config, Editions, Tree, edition};

use super::audit::audit;
use super::bundle::{Facts, Older, Signer, pack};
use super::folder::{Trouble, temporary};
use super::saved;

/// What the national site is called in the name of its bundle.
const NATIONAL: &str = "nazionale";

/// Which bundles to make, and where.
pub struct Bundling<'a> {
    /// The folder of the site.
    pub root: &'a Utf8Path,
    /// The folder for the bundles.
    pub to: &'a Utf8Path,
    /// Which.
    pub which: Which<'a>,
    /// What decides besides the files.
    pub settings: Settings,
    /// Who signs, if somebody does.
    pub signer: Option<&'a Signer>,
    /// The bundle that the new one takes the place of, if it is to say what changed.
    pub since: Option<&'a [u8]>,
}

/// Which sites to bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// The national site.
    National,
    /// One edition.
    One(&'a str),
    /// One part of all editions: its number from 1, and how many parts there are.
    All(usize, usize),
}

/// What came of it.
#[derive(Debug)]
pub struct Bundles {
    /// What is wrong, with the tree that shows it, edition by edition.
    pub told: Vec<(Tree, Diagnostics)>,
    /// The bundles that were written; none when something is wrong.
    pub written: Vec<Bundle>,
}

/// A bundle that was written.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// Where it is.
    pub place: Utf8PathBuf,
    /// How long it is.
    pub n_bytes: usize,
    /// How many pages it has.
    pub n_pages: usize,
    /// How many addresses outside of it links lead to.
    pub n_external: usize,
}

/// What bundles share.
struct Workshop<'a> {
    bundling: &'a Bundling<'a>,
    older: Option<Older<'a>>,
    memo: Table<Deflated>,
    told: Mutex<BTreeMap<String, (Tree, Diagnostics)>>,
    made: Mutex<BTreeMap<String, Bundle>>,
    trouble: Mutex<Option<Trouble>>,
}

impl Bundling<'_> {
    /// Makes the bundles.
    ///
    /// # Errors
    /// When the disk refuses, there is no such edition, or the older bundle is not of it or not whole.
    pub fn run(&self) -> Result<Bundles, Trouble> {
        let older = self.since.map(Older::open).transpose().map_err(Trouble::NoPatch)?;
        let disk = |error| Trouble::Disk(self.root.to_owned(), error);
        let read = Tree::read(self.root, self.to).map_err(disk)?;
        let tree = read.value;
        let mut diagnostics = read.diagnostics;
        let editions = Editions::of(&tree).into_value(&mut diagnostics);
        let highlights = saved::highlights(self.root);
        let workshop = Workshop {
            bundling: self,
            older,
            memo: Table::default(),
            told: Mutex::default(),
            made: Mutex::default(),
            trouble: Mutex::default(),
        };
        let ids = self.ids(editions.as_ref())?;
        match (&editions, self.which) {
            (Some(editions), Which::One(_) | Which::All(..)) => {
                let settings = &self.settings;
                let editing = Editing { editions, settings, highlights: &highlights };
                editing.run(&ids, &|edition| workshop.take(edition));
            }
            (editions, _) => {
                let selected = editions.as_ref().map(|editions| editions.select(None));
                let selected = selected.map(|checked| checked.into_value(&mut diagnostics));
                let shown = selected.as_ref().unwrap_or(&tree);
                let whole = pipeline::whole(shown, &self.settings, &highlights, None);
                let told = whole.state.diagnostics();
                let told = workshop.bundle(NATIONAL, shown, whole, told);
                match selected {
                    Some(selected) if !told.is_empty() => {
                        lock(&workshop.told).insert(NATIONAL.to_owned(), (selected, told));
                    }
                    _ => diagnostics.extend(told),
                }
            }
        }
        saved::save_highlights(self.root, &highlights);
        if let Some(trouble) = unlock(workshop.trouble) {
            return Err(trouble);
        }
        let told = unlock(workshop.told);
        let made = unlock(workshop.made);
        let mut told: Vec<(Tree, Diagnostics)> = told.into_values().collect();
        if !diagnostics.is_empty() {
            drop(editions);
            told.insert(0, (tree, diagnostics));
        }
        let is_wrong = told.iter().any(|(_, told)| told.iter().any(Diagnostic::is_error));
        let written = put(made.into_values().collect(), is_wrong)?;
        Ok(Bundles { told, written })
    }

    /// The editions to bundle.
    fn ids<'e>(&self, editions: Option<&'e Editions<'_>>) -> Result<Vec<&'e str>, Trouble> {
        let all = || editions.iter().flat_map(|editions| editions.ids());
        match self.which {
            Which::National => Ok(Vec::new()),
            Which::All(part, parts) => Ok(all().skip(part - 1).step_by(parts).collect()),
            Which::One(id) => {
                let found = edition::find(editions, id).map_err(Trouble::NoEdition)?;
                Ok(vec![found])
            }
        }
    }
}

impl Workshop<'_> {
    fn take(&self, edition: Edition) {
        let Edition { id, tree, diagnostics, whole } = edition;
        let told = self.bundle(&id, &tree, whole, diagnostics);
        if !told.is_empty() {
            lock(&self.told).insert(id, (tree, told));
        }
    }

    /// Audits and packs the files of one site, and writes the bundle beside its place. Gives all that is
    /// wrong.
    fn bundle(
        &self,
        id: &str,
        tree: &Tree,
        whole: Whole,
        mut diagnostics: Diagnostics,
    ) -> Diagnostics {
        let Whole { state, mut files } = whole;
        let date = date(&state);
        let facts = self.facts(id, tree, &state, date);
        if let Some(Err(unrelated)) = self.older.as_ref().map(|older| older.expect(&facts)) {
            lock(&self.trouble).get_or_insert(Trouble::NoPatch(unrelated));
            return diagnostics;
        }
        let copy = CopyFacts {
            date,
            n_pages: state.n_pages,
            n_bytes: usize::try_from(files.n_bytes()).unwrap_or(usize::MAX),
            is_signed: self.bundling.signer.is_some(),
        };
        let mut n_external = 0;
        // Of a site with mistakes nothing more is said.
        if !diagnostics.iter().any(Diagnostic::is_error) {
            let older = self.older.as_ref().map(|older| older.compared(&files));
            let older = older.as_ref();
            diagnostics.extend(pipeline::add_pages_of_copy(tree, &state, &copy, older, &mut files));
            let audit = audit(&files);
            n_external = audit.external.len();
            diagnostics.extend(audit.diagnostics);
            diagnostic::sort(&mut diagnostics);
        }
        if diagnostics.iter().any(Diagnostic::is_error) {
            return diagnostics;
        }
        let place = self.bundling.to.join(file_name(&facts));
        let n_pages = copy.n_pages;
        let files: BTreeMap<String, Arc<[u8]>> =
            files.iter().map(|file| (file.path.to_string(), Arc::clone(&file.bytes))).collect();
        let archive = pack(&files, facts, self.bundling.signer, &self.memo);
        let bundle = Bundle { place, n_bytes: archive.len(), n_pages, n_external };
        let written = fs::create_dir_all(self.bundling.to)
            .and_then(|()| fs::write(temporary(&bundle.place), &archive));
        match written {
            Ok(()) => {
                lock(&self.made).insert(id.to_owned(), bundle);
            }
            Err(error) => {
                lock(&self.trouble).get_or_insert(Trouble::Disk(bundle.place, error));
            }
        }
        diagnostics
    }

    fn facts(&self, id: &str, tree: &Tree, state: &State, date: Option<Date>) -> Facts {
        let config = Config::of(tree).value;
        let edition = tree.edition().map(|edition| edition.name.clone());
        Facts {
            site: state.site.title(&config).to_owned(),
            edition: id.to_owned(),
            edition_name: edition.unwrap_or_default(),
            version: config.version,
            date,
            generator: format!("vasta {}", env!("CARGO_PKG_VERSION")),
            commit: None,
            licence: config.licence.name,
            n_pages: state.n_pages,
        }
    }
}

/// Puts bundles in their places, or takes them away when something is wrong.
fn put(bundles: Vec<Bundle>, is_wrong: bool) -> Result<Vec<Bundle>, Trouble> {
    for Bundle { place, .. } in &bundles {
        let waiting = temporary(place);
        let done = if is_wrong { fs::remove_file(&waiting) } else { fs::rename(&waiting, place) };
        done.map_err(|error| Trouble::Disk(place.clone(), error))?;
    }
    Ok(if is_wrong { Vec::new() } else { bundles })
}

/// `<site>-<edition>-<version>.zip`.
fn file_name(facts: &Facts) -> String {
    let date = facts.date.map(|date| date.to_string()).unwrap_or_default();
    let version = if facts.version.is_empty() { &date } else { &facts.version };
    let parts = [&facts.site, &facts.edition, version].map(|part| slug(part));
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.zip", parts.join("-"))
}

/// The newest day of the content: when a page was changed last.
fn date(state: &State) -> Option<Date> {
    let pages = state.site.pages.iter();
    pages.flat_map(|page| [page.document.meta.updated, page.document.meta.date]).flatten().max()
}
