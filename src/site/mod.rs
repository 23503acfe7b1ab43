//! All pages together: their addresses and order, what refers to what, and whether it is there.
//! Sequential and cheap: it moves names and numbers, never text.

pub mod assemble;
pub mod glossary;
pub mod links;
pub mod page;
pub mod query;
pub mod taxonomy;

use std::collections::BTreeMap;

use crate::base::{Hash, SourcePath};
use crate::source::Config;

pub use assemble::{Settings, assemble, is_page};
pub use glossary::Glossary;
pub use page::{Page, PageId, PageKind, Redirect, Resolved};
pub use taxonomy::{TermGroup, TermPage};

/// All pages of a site and what connects them.
#[derive(Debug)]
pub struct Site {
    /// The pages in order of source path.
    pub pages: Vec<Page>,
    /// Pages by source path.
    pub by_path: BTreeMap<SourcePath, PageId>,
    /// Files beside the pages, with the fingerprint of each.
    pub assets: BTreeMap<SourcePath, Hash>,
    /// The taxonomies that have terms.
    pub taxonomies: Vec<TermGroup>,
    /// The acronyms that are explained where they occur.
    pub glossary: Glossary,
    /// Old addresses and the pages they lead to.
    pub redirects: Vec<Redirect>,
    /// The front page.
    pub home: PageId,
}

impl Site {
    /// The name of the site: the configured one, or else the title of the front page.
    pub fn title<'a>(&'a self, config: &'a Config) -> &'a str {
        if config.title.is_empty() { &self.pages[self.home].title } else { &config.title }
    }

    /// The page written in `path`.
    pub fn find(&self, path: &SourcePath) -> Option<&Page> {
        self.by_path.get(path).map(|id| &self.pages[*id])
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
}
