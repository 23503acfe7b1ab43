//! All pages together: their addresses and order, what refers to what, and whether it is there.
//! Cheap: it moves names and numbers, never text.

pub mod acts;
pub mod areas;
pub mod assemble;
pub mod check;
pub mod comparisons;
pub mod glossary;
pub mod links;
pub mod page;
pub mod published;
pub mod query;
pub mod review;
pub mod rows;
pub mod structured;
pub mod taxonomy;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::base::{Date, Hash, SourcePath};
use crate::document::{Reference, Schemas};
use crate::source::Config;
use crate::source::tree::CONTENT;

pub use areas::{Area, Areas};
pub use assemble::{SECTION_FILE, Settings, assemble, is_asset, is_page};
pub use comparisons::{ComparedGroup, Comparisons, Pair};
pub use glossary::Glossary;
pub use page::{Page, PageId, PageKind, Redirect, Resolved, TermId};
pub use rows::Row;
pub use taxonomy::{TermGroup, TermPage};

/// All pages of a site and what connects them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Site {
    /// The pages in order of place. They are most of the site, and are saved apart from the rest.
    #[serde(skip)]
    pub pages: Vec<Page>,
    /// Files beside the pages, with the fingerprint of each.
    pub assets: BTreeMap<SourcePath, Hash>,
    /// The taxonomies that have terms.
    pub taxonomies: Vec<TermGroup>,
    /// The national pages that the edition leaves out: what leads to one of them is words.
    pub absent: BTreeSet<SourcePath>,
    /// The terms that are explained where texts mention them.
    pub glossary: Glossary,
    /// The areas into which the pages are divided.
    pub areas: Areas,
    /// The pairs of pages that are compared.
    pub comparisons: Comparisons,
    /// Old addresses and the pages they lead to.
    pub redirects: Vec<Redirect>,
    /// The front page.
    pub home: PageId,
    /// The next day on which the same files make another site, if there is one.
    pub next_change: Option<Date>,
}

impl Site {
    /// The name of the site: the configured one, or else the title of the front page.
    pub fn title<'a>(&'a self, config: &'a Config) -> &'a str {
        if config.title.is_empty() { &self.pages[self.home].title } else { &config.title }
    }

    /// The page written in `path`.
    pub fn find(&self, path: &SourcePath) -> Option<&Page> {
        self.id_of(path).map(|id| &self.pages[id])
    }

    /// The number of the page written in `path`. The plain `index.md` of a folder is its page.
    pub fn id_of(&self, path: &SourcePath) -> Option<PageId> {
        let placed = |path: &SourcePath| self.pages.binary_search_by(|page| page.place.cmp(path));
        placed(path).ok().or_else(|| {
            let is_plain = path.name() == "index.md" && path.below(CONTENT).is_some();
            let section = is_plain.then(|| assemble::section_file(path.folder()))?;
            let id = placed(&section).ok()?;
            (self.pages[id].document.path == *path).then_some(id)
        })
    }

    /// Whether `reference` names a page that the edition leaves out.
    fn is_to_absent(&self, reference: &Reference) -> bool {
        match &reference.path {
            Some(path) => self.absent.contains(path),
            None => self.absent.iter().any(|path| query::stem_of(path) == reference.written),
        }
    }

    /// The sections above `page`, from the front page down.
    pub fn ancestors(&self, page: &Page) -> Vec<PageId> {
        let mut ancestors = Vec::new();
        let mut above = page.parent;
        while let Some(id) = above {
            ancestors.push(id);
            above = self.pages[id].parent;
        }
        ancestors.reverse();
        ancestors
    }

    /// The place of a step among the steps of its section, from 1, and how many these are. Nothing
    /// for pages of types that are no steps.
    pub fn step(&self, page: &Page) -> Option<(usize, usize)> {
        let schema = page.document.schema.as_ref().filter(|schema| schema.are_steps)?;
        let siblings = &self.pages[page.parent?].children;
        let steps: Vec<PageId> = siblings
            .iter()
            .copied()
            .filter(|id| self.pages[*id].type_name() == schema.name)
            .collect();
        let place = steps.iter().position(|id| *id == page.id)?;
        Some((place + 1, steps.len()))
    }

    /// Gives every page its type again after the site was read back.
    pub fn connect(&mut self, schemas: &Schemas) {
        self.pages.par_iter_mut().for_each(|page| {
            Arc::make_mut(&mut page.document).connect(schemas);
        });
    }
}
