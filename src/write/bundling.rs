//! Makes bundles: has sites made in memory, adds the first page to each, audits all its files, and packs
//! them. Nothing is put in place before all bundles are good, and nothing else stays behind.
#![expect(clippy::disallowed_methods, reason = "bundles are files")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::sync::{Mutex, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};

use crate::base::deflate::Deflated;
use crate::base::text::slug;
use crate::base::{Date, Diagnostic, Diagnostics, Outputs, Table, lock, unlock};
use crate::pipeline::editions::Edition;
use crate::pipeline::{self, State};
use crate::render::cover::CopyFacts;
use crate::source::{Config, Tree};

use super::audit::audit;
use super::bundle::{Facts, Older, Signer, pack_into};
use super::folder::{Trouble, temporary};
use super::ready::{Ready, ReadyFiles};
use super::sites::{Sites, Takes, Told};

/// Which bundles to make, and where.
pub struct Bundling<'a> {
    /// The sites to bundle; their `out` is the folder for the bundles.
    pub sites: Sites<'a>,
    /// Who signs, if somebody does.
    pub signer: Option<&'a Signer>,
    /// The bundle that the new one takes the place of, if it is to say what changed.
    pub since: Option<&'a [u8]>,
    /// The commit that has the input as it is, if there is one.
    pub commit: Option<String>,
}

/// What came of it.
#[derive(Debug)]
pub struct Bundles {
    /// What is wrong.
    pub told: Told,
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
    to: &'a Utf8Path,
    signer: Option<&'a Signer>,
    older: Option<Older<'a>>,
    commit: Option<&'a str>,
    memo: Table<Deflated>,
    /// The memory of bundles that were written, for the next ones.
    used: Mutex<Vec<Vec<u8>>>,
    /// The files of the first edition.
    first: OnceLock<ReadyFiles>,
    /// The bundles that wait beside their places, by edition.
    waiting: Mutex<BTreeMap<String, Bundle>>,
}

impl Bundling<'_> {
    /// Makes the bundles.
    ///
    /// # Errors
    /// When the disk refuses, a file changed meanwhile, there is no such edition, or the older bundle is not of
    /// it or not whole.
    pub fn run(&self) -> Result<Bundles, Trouble> {
        let older = self.since.map(Older::open).transpose().map_err(Trouble::NoPatch)?;
        let workshop = Workshop {
            to: self.sites.out,
            signer: self.signer,
            older,
            commit: self.commit.as_deref(),
            memo: Table::default(),
            used: Mutex::default(),
            first: OnceLock::new(),
            waiting: Mutex::default(),
        };
        let told = self.sites.make(&workshop);
        let waiting: Vec<Bundle> = unlock(workshop.waiting).into_values().collect();
        let written = match &told {
            Ok(told) if !told.is_wrong() => put(waiting),
            _ => {
                waiting.iter().for_each(take_away);
                Ok(Vec::new())
            }
        };
        Ok(Bundles { told: told?, written: written? })
    }
}

impl Workshop<'_> {
    fn ready(&self, files: &Outputs, name: Option<&str>, first: &ReadyFiles) -> ReadyFiles {
        Ready::all(files, name, first, &self.memo)
    }

    /// The files of a copy of `site`, ready to be packed, and what is wrong with those that only a copy has.
    fn files(&self, site: &Edition, facts: &Facts) -> (ReadyFiles, Diagnostics) {
        let Edition { tree, whole, name, .. } = site;
        // To compare pages with older ones, the name must be in them.
        let (built, name) = match &self.older {
            Some(_) => (Cow::Owned(site.files()), None),
            None => (Cow::Borrowed(&whole.files), name.as_deref()),
        };
        let nothing = ReadyFiles::new();
        let mut ready = self.ready(&built, name, self.first.get().unwrap_or(&nothing));
        let copy = CopyFacts {
            date: facts.date,
            n_pages: facts.n_pages,
            n_bytes: ready.values().map(|file| file.packed.n_bytes()).sum(),
            is_signed: self.signer.is_some(),
        };
        let older = self.older.as_ref().map(|older| older.compared(&built));
        let pages = pipeline::pages_of_copy(tree, whole, &copy, older.as_ref(), &built);
        let mut diagnostics = Diagnostics::new();
        let pages = pages.into_value(&mut diagnostics).into_iter();
        ready.extend(pages.map(|page| (page.path.clone(), Ready::of(&page, &self.memo))));
        (ready, diagnostics)
    }

    fn facts(&self, id: &str, tree: &Tree, state: &State) -> Facts {
        let config = Config::of(tree).value;
        let edition = tree.edition().map(|edition| edition.name.clone());
        Facts {
            site: state.site.title(&config).to_owned(),
            edition: id.to_owned(),
            edition_name: edition.unwrap_or_default(),
            version: config.version,
            date: date(state),
            generator: format!("vasta {}", env!("CARGO_PKG_VERSION")),
            commit: self.commit.map(str::to_owned),
            licence: config.licence.name,
            n_pages: state.n_pages,
        }
    }
}

impl Takes for Workshop<'_> {
    fn prepare(&self, first: &Outputs) {
        self.first.set(self.ready(first, None, &ReadyFiles::new())).ok();
    }

    /// Adds its own pages to the files of one site, audits and packs them, and writes the bundle beside its
    /// place.
    fn take(&self, site: &Edition) -> Result<Diagnostics, Trouble> {
        let Edition { id, tree, whole, .. } = site;
        let facts = self.facts(id, tree, &whole.state);
        if let Some(older) = &self.older {
            older.expect(&facts).map_err(Trouble::NoPatch)?;
        }
        // Of a site with mistakes nothing more is said.
        if site.diagnostics.iter().any(Diagnostic::is_error) {
            return Ok(Diagnostics::new());
        }
        let (files, mut diagnostics) = self.files(site, &facts);
        let inspected: Vec<_> = files.values().map(|file| &*file.inspection).collect();
        let audit = audit(&inspected);
        diagnostics.extend(audit.diagnostics);
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Ok(diagnostics);
        }
        let n_external = audit.external.len();
        let place = self.to.join(file_name(&facts));
        let n_pages = facts.n_pages;
        let files = files.into_iter().map(|(path, file)| (path.to_string(), file.packed));
        let used = lock(&self.used).pop().unwrap_or_default();
        let archive = pack_into(used, &files.collect(), facts, self.signer);
        let bundle = Bundle { place, n_bytes: archive.len(), n_pages, n_external };
        let written = fs::create_dir_all(self.to)
            .and_then(|()| fs::write(temporary(&bundle.place), &archive));
        if let Err(error) = written {
            take_away(&bundle);
            return Err(Trouble::Disk(bundle.place, error));
        }
        lock(&self.used).push(archive);
        lock(&self.waiting).insert(id.clone(), bundle);
        Ok(diagnostics)
    }
}

/// Puts bundles in their places. When the disk refuses one, those that still wait are taken away.
fn put(bundles: Vec<Bundle>) -> Result<Vec<Bundle>, Trouble> {
    for (at, Bundle { place, .. }) in bundles.iter().enumerate() {
        if let Err(error) = fs::rename(temporary(place), place) {
            bundles[at..].iter().for_each(take_away);
            return Err(Trouble::Disk(place.clone(), error));
        }
    }
    Ok(bundles)
}

/// Takes away a bundle that waits beside its place, or the part of it that found room on the disk.
fn take_away(bundle: &Bundle) {
    fs::remove_file(temporary(&bundle.place)).ok();
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
