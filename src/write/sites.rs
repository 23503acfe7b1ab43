//! Makes several sites of one folder in memory: the national one, one edition, or all of them, and hands out
//! each when it is ready. It gathers what is wrong with them, so that who takes them puts all in place or
//! none.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;

use camino::Utf8Path;

use crate::base::{Diagnostic, Diagnostics, Table, lock, unlock};
use crate::pipeline::editions::{Editing, Edition};
use crate::pipeline::{self, Settings, Whole};
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

/// A site that was made.
pub struct Site<'a> {
    /// The short name of its edition.
    pub id: &'a str,
    /// Its input.
    pub tree: &'a Tree,
    /// The build.
    pub whole: Whole,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
}

/// Takes a site, from several threads and in any order, and says all that is wrong with it.
pub type Take<'a> = dyn Fn(Site<'_>) -> Result<Diagnostics, Trouble> + Sync + 'a;

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
    take: &'a Take<'a>,
    told: Mutex<BTreeMap<String, (Tree, Diagnostics)>>,
    trouble: Mutex<Option<Trouble>>,
}

impl Sites<'_> {
    /// Makes the sites, and lets `take` have each.
    ///
    /// # Errors
    /// When there is no such edition, the disk refuses, a file changed meanwhile, or `take` has trouble.
    pub fn make(&self, take: &Take<'_>) -> Result<Told, Trouble> {
        let read = Tree::read(self.root, self.out).map_err(|error| self.disk(error))?;
        let highlights = saved::highlights(self.root);
        let gathering =
            Gathering { sites: self, take, told: Mutex::default(), trouble: Mutex::default() };
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
        self.take(Edition { id: NATIONAL.to_owned(), tree, diagnostics, whole });
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
            let settings = &self.sites.settings;
            Editing { editions, settings, highlights }.run(&ids, &|edition| self.take(edition));
        }
        drop(editions);
        Ok((tree, diagnostics))
    }

    fn take(&self, edition: Edition) {
        let Edition { id, tree, diagnostics, whole } = edition;
        let site = Site { id: &id, tree: &tree, whole, diagnostics };
        let taken = match tree.trouble() {
            Some(trouble) => Err(self.sites.disk(io::Error::other(trouble))),
            None => (self.take)(site),
        };
        match taken {
            Ok(diagnostics) => {
                lock(&self.told).insert(id, (tree, diagnostics));
            }
            Err(trouble) => {
                lock(&self.trouble).get_or_insert(trouble);
            }
        }
    }
}
