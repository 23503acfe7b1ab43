//! Makes several sites of one folder in memory: the national one, one edition, or all of them, and hands out
//! each when it is ready. It gathers what is wrong with them, so that who takes them puts all in place or
//! none.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;

use camino::Utf8Path;

use crate::base::{Diagnostic, Diagnostics, Outputs, Table, diagnostic, lock, unlock};
use crate::pipeline::editions::{Editing, Edition};
use crate::pipeline::{self, Settings};
use crate::source::{Editions, Tree, edition};

use super::folder::Trouble;
use super::saved;

/// What the national site is called among editions.
pub const NATIONAL: &str = "nazionale";

/// Which sites to make, and of what.
pub struct Sites<'a> {
    /// The folder of the site.
    pub root: &'a Utf8Path,
    /// The folder that is written: what lies in it is no input.
    pub out: &'a Utf8Path,
    /// Which.
    pub which: Which<'a>,
    /// What decides besides the files.
    pub settings: Settings,
}

/// Which sites of a folder to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// The national site.
    National,
    /// One edition.
    One(&'a str),
    /// One part of all editions: its number from 1, and how many parts there are.
    All(usize, usize),
}

/// Who takes the sites that were made.
pub trait Takes: Sync {
    /// Sees the files of the first edition before any site comes: most of the others are the same in memory.
    fn prepare(&self, _first: &Outputs) {}

    /// Takes a site, from several threads and in any order, and says what more is wrong with it.
    ///
    /// # Errors
    /// When the disk refuses.
    fn take(&self, site: &Edition) -> Result<Diagnostics, Trouble>;
}

impl<F> Takes for F
where
    F: Fn(&Edition) -> Result<Diagnostics, Trouble> + Sync,
{
    fn take(&self, site: &Edition) -> Result<Diagnostics, Trouble> {
        self(site)
    }
}

/// What is wrong, with the tree that shows it, edition by edition.
#[derive(Debug, Default)]
pub struct Told(pub Vec<(Tree, Diagnostics)>);

impl Told {
    /// Whether there is an error among it.
    pub fn is_wrong(&self) -> bool {
        self.0.iter().any(|(_, told)| told.iter().any(Diagnostic::is_error))
    }
}

/// What is gathered while sites are made.
struct Gathering<'a> {
    sites: &'a Sites<'a>,
    taker: &'a dyn Takes,
    told: Mutex<BTreeMap<String, (Tree, Diagnostics)>>,
    trouble: Mutex<Option<Trouble>>,
}

impl Sites<'_> {
    /// Makes the sites, and lets `taker` have each.
    ///
    /// # Errors
    /// When there is no such edition, the disk refuses, a file changed meanwhile, or `taker` has trouble.
    pub fn make(&self, taker: &dyn Takes) -> Result<Told, Trouble> {
        let read = Tree::read(self.root, self.out).map_err(|error| self.disk(error))?;
        let highlights = saved::highlights(self.root);
        let gathering =
            Gathering { sites: self, taker, told: Mutex::default(), trouble: Mutex::default() };
        let (tree, diagnostics) = (read.value, read.diagnostics);
        let general = match self.which {
            Which::National => {
                gathering.national(tree, diagnostics, &highlights)?;
                None
            }
            _ => Some(gathering.editions(tree, diagnostics, &highlights)?),
        };
        saved::save_highlights(self.root, &highlights);
        if let Some(trouble) = unlock(gathering.trouble) {
            return Err(trouble);
        }
        let of_sites = unlock(gathering.told).into_values();
        let told = general.into_iter().chain(of_sites);
        Ok(Told(told.filter(|(_, diagnostics)| !diagnostics.is_empty()).collect()))
    }

    /// The editions to make.
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

    fn disk(&self, error: io::Error) -> Trouble {
        Trouble::Disk(self.root.to_owned(), error)
    }
}

impl Gathering<'_> {
    fn national(
        &self,
        tree: Tree,
        mut diagnostics: Diagnostics,
        highlights: &Table<String>,
    ) -> Result<(), Trouble> {
        let selected = edition::select(&tree, None).map_err(Trouble::NoEdition)?;
        let tree = selected.into_value(&mut diagnostics).unwrap_or(tree);
        let whole = pipeline::whole(&tree, &self.sites.settings, highlights, None);
        diagnostics.extend(whole.state.diagnostics());
        self.take(Edition { id: NATIONAL.to_owned(), tree, diagnostics, whole, name: None });
        Ok(())
    }

    /// Gives what is wrong with what all editions share.
    fn editions(
        &self,
        tree: Tree,
        mut diagnostics: Diagnostics,
        highlights: &Table<String>,
    ) -> Result<(Tree, Diagnostics), Trouble> {
        let editions = Editions::of(&tree).into_value(&mut diagnostics);
        let ids = self.sites.ids(editions.as_ref())?;
        if let Some(editions) = &editions {
            let editing = Editing { editions, settings: &self.sites.settings, highlights };
            if let Some(first) = editing.first(&ids) {
                self.taker.prepare(&first.whole.files);
                editing.run(first, &ids, &|edition| self.take(edition));
            }
        }
        drop(editions);
        Ok((tree, diagnostics))
    }

    fn take(&self, mut edition: Edition) {
        let taken = match edition.tree.trouble() {
            Some(trouble) => Err(self.sites.disk(io::Error::other(trouble))),
            None => self.taker.take(&edition),
        };
        match taken {
            Ok(more) => {
                edition.diagnostics.extend(more);
                diagnostic::sort(&mut edition.diagnostics);
                lock(&self.told).insert(edition.id, (edition.tree, edition.diagnostics));
            }
            Err(trouble) => {
                lock(&self.trouble).get_or_insert(trouble);
            }
        }
    }
}
