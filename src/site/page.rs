//! One page in its place, as data.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::{SourcePath, Span, UrlPath};
use crate::document::{Document, Searched};
use crate::source::Revision;

/// The place of a page in `Site::pages`.
pub type PageId = usize;

/// One page in its place.
///
/// What other pages may depend on is its interface: `url`, `title`, `summary`, `kind`, the type
/// and dates of its document, and its anchors. No page depends on the text of another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Page {
    /// Its place in `Site::pages`.
    pub id: PageId,
    /// The path by which others find it: that of its file, or `_index.md` for the plain `index.md`
    /// of a folder.
    pub place: SourcePath,
    /// What its file says.
    pub document: Arc<Document>,
    /// Where it is written.
    pub url: UrlPath,
    /// Its heading: from front matter, from the first heading, or from the file's name.
    pub title: String,
    /// The heading as it is sorted.
    pub folded_title: String,
    /// What it is about: from front matter, or the beginning of its text.
    pub summary: String,
    /// What kind of page it is.
    pub kind: PageKind,
    /// Whether its last day is past: then only its own address shows it.
    pub is_expired: bool,
    /// Whether the first day on which it holds is still to come.
    pub is_upcoming: bool,
    /// What git knows of its file, if that is asked.
    pub revision: Option<Revision>,
    /// The section it lies in.
    pub parent: Option<PageId>,
    /// The pages and sections that lie in it, in order.
    pub children: Vec<PageId>,
    /// The page before it in its section.
    pub previous: Option<PageId>,
    /// The page after it in its section.
    pub next: Option<PageId>,
    /// What its fields refer to, by number of reference.
    pub references: Vec<Option<Resolved>>,
    /// The pages that its links lead to, by number of link; nothing for files and dead links.
    pub targets: Vec<Option<PageId>>,
    /// The pages about the acts that its texts refer to, by number of citation.
    pub citations: Vec<Option<PageId>>,
    /// The pages of each of its lists.
    pub lists: Vec<Vec<PageId>>,
    /// Its terms.
    pub terms: Vec<TermId>,
    /// The pages that link or refer to it, by title.
    pub backlinks: Vec<PageId>,
}

/// The kinds of page, by their place in the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageKind {
    /// The front page.
    Home,
    /// The page of a folder.
    Section,
    /// Any other page.
    Page,
}

/// The place of a term: of its taxonomy in `Site::taxonomies`, and of the term there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TermId {
    /// The taxonomy.
    pub group: usize,
    /// The term.
    pub term: usize,
}

/// What a reference of a field turned out to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resolved {
    /// A page.
    Page(PageId),
    /// A file.
    Asset(SourcePath),
}

/// An old address.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Redirect {
    /// The old address.
    pub from: UrlPath,
    /// The page it leads to.
    pub to: PageId,
    /// Where it is written.
    pub span: Span,
}

impl Page {
    /// The name of the page's type, `""` without one.
    pub fn type_name(&self) -> &str {
        self.document.schema.as_ref().map_or("", |schema| &schema.name)
    }

    /// How much the search makes of the page.
    pub fn searched(&self) -> Searched {
        match &self.document.schema {
            _ if self.is_expired => Searched::Never,
            Some(schema) if schema.search == Searched::Never => Searched::Never,
            _ if self.document.meta.is_superseded() => Searched::Low,
            Some(schema) => schema.search,
            None => Searched::Fully,
        }
    }

    /// The page that has taken its place, if it says so.
    pub fn heir(&self) -> Option<PageId> {
        match self.references.get(self.document.heir?)?.as_ref()? {
            Resolved::Page(id) => Some(*id),
            Resolved::Asset(_) => None,
        }
    }

    /// Whether the search finds the page.
    pub fn is_searched(&self) -> bool {
        self.searched() != Searched::Never
    }

    /// What readers see of the page's type, `""` without one.
    pub fn type_label(&self) -> &str {
        self.document.schema.as_ref().map_or("", |schema| &schema.label)
    }
}
