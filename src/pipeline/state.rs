//! What one build leaves to the next: documents, the assembled site, the key of every file, what
//! was wrong, and what the search index is besides its files. It never holds a text, and it never
//! changes what a build returns: any doubt about it, and the next build starts from nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::base::{Date, Diagnostic, Diagnostics, Hash, SourcePath, UrlPath, binary, diagnostic};
use crate::document::{Document, Schemas};
use crate::render::keys::{Key, Relation};
use crate::search::IndexState;
use crate::site::{Page, PageId, Settings, Site};
use crate::source::tree::Known;

/// What a build leaves.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// What decided besides the tree.
    pub settings: Settings,
    /// The files that were read. Whoever saves the state saves them too, where they are needed first.
    #[serde(skip)]
    pub known: Known,
    /// With what the documents were read, in words.
    pub reading: String,
    /// The fingerprint of the configuration file.
    pub config: Option<Hash>,
    /// The fingerprint of what the edition has of its own, if the site is one.
    pub edition: Option<Hash>,
    /// The fingerprint of what all pages show of the edition.
    pub edition_shown: Option<Hash>,
    /// The fingerprint of everything that decides how all pages look.
    pub appearance: Hash,
    /// The site.
    pub site: Site,
    /// Documents that are not part of the site: drafts and pages that wait for their day.
    pub unpublished: Vec<Arc<Document>>,
    /// What is wrong.
    pub reports: Reports,
    /// Every file of the site.
    pub outputs: BTreeMap<UrlPath, Made>,
    /// The search index.
    pub index: Option<IndexState>,
    /// How many pages the site has.
    pub n_pages: usize,
    /// Whether a file of the site is no longer what was made: then all files are gone through.
    #[serde(skip)]
    pub is_damaged: bool,
    /// How much the build did.
    pub work: Work,
    /// Why each file was made that was made; empty when all were.
    pub reasons: BTreeMap<UrlPath, Reason>,
}

/// A file of the site as it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// On what it depended.
    pub key: Key,
    /// Whether it belongs to the search index.
    pub is_search: bool,
}

/// Why a file was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// It was not there before.
    New,
    /// Its own source changed.
    Own,
    /// Something that it shows of other pages changed: how it comes to show it, and its file; some of
    /// them, if there are many.
    Shown(Vec<(Relation, String)>),
    /// Theme or configuration changed.
    Appearance,
}

/// How much a build did. Times are not in it: it is the same on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Pages whose file was read and understood.
    pub read: usize,
    /// Pages that went through a template.
    pub rendered: usize,
    /// Pages whose words were counted for the search.
    pub indexed: usize,
}

/// What is wrong, remembered with what it is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reports {
    /// With a file alone.
    pub documents: BTreeMap<SourcePath, Diagnostics>,
    /// With a page among the others, by its file.
    pub pages: BTreeMap<SourcePath, Diagnostics>,
    /// With configuration, types, theme and addresses.
    pub general: Diagnostics,
    /// With a template, by the file that it could not make.
    pub files: BTreeMap<UrlPath, Diagnostic>,
}

impl Reports {
    /// Puts what is wrong with one page in the place of what was.
    pub fn set_page(&mut self, path: &SourcePath, found: Diagnostics) {
        if found.is_empty() {
            self.pages.remove(path);
        } else {
            self.pages.insert(path.clone(), found);
        }
    }
}

impl Made {
    /// A file that is no part of the search index.
    pub fn of(key: Key) -> Self {
        Self { key, is_search: false }
    }
}

impl State {
    /// Everything that is wrong, by file and place.
    pub fn diagnostics(&self) -> Diagnostics {
        let Reports { documents, pages, general, files } = &self.reports;
        let of_pages = documents.values().chain(pages.values()).flatten();
        let mut all: Diagnostics = of_pages.chain(general).chain(files.values()).cloned().collect();
        diagnostic::sort(&mut all);
        all
    }

    /// Whether something is wrong that stops the site from being written.
    pub fn has_errors(&self) -> bool {
        self.diagnostics().iter().any(Diagnostic::is_error)
    }

    /// Whether the same files make the same site with `settings`.
    pub fn holds_on(&self, settings: &Settings) -> bool {
        self.settings.holds_until(self.site.next_change, settings)
    }

    /// The next day on which the same files make another site, if there is one.
    pub fn next_change(&self) -> Option<Date> {
        self.site.next_change
    }

    /// The document of a file.
    pub fn document(&self, path: &SourcePath) -> Option<&Arc<Document>> {
        let published = self.published(path).map(|id| &self.site.pages[id].document);
        published.or_else(|| self.waiting(path).map(|place| &self.unpublished[place]))
    }

    /// The page that is written in a file. That of a folder may be there without one.
    pub(super) fn published(&self, path: &SourcePath) -> Option<PageId> {
        let is_of_file = |document: &Document| document.is_written && document.path == *path;
        self.site.id_of(path).filter(|id| is_of_file(&self.site.pages[*id].document))
    }

    /// The place of the document of a file that is not part of the site.
    fn waiting(&self, path: &SourcePath) -> Option<usize> {
        self.unpublished.binary_search_by(|document| document.path.cmp(path)).ok()
    }

    /// Puts documents in the place of those of the same files, whose interface they have. Gives the
    /// numbers of their pages.
    pub(super) fn replace_documents(
        &mut self,
        documents: &BTreeMap<SourcePath, Arc<Document>>,
    ) -> Vec<PageId> {
        let mut ids = Vec::new();
        for (path, document) in documents {
            if let Some(id) = self.published(path) {
                self.site.pages[id].document = Arc::clone(document);
                ids.push(id);
            } else if let Some(place) = self.waiting(path) {
                self.unpublished[place] = Arc::clone(document);
            }
        }
        ids
    }

    /// Takes note of files that could not be made; the next build tries them again.
    pub(super) fn take_failures(&mut self, failures: Vec<(UrlPath, Box<Diagnostic>)>) {
        for (path, wrong) in failures {
            self.outputs.remove(&path);
            self.reports.files.insert(path, *wrong);
        }
    }

    /// Forgets a file that is no longer what was made.
    pub fn forget(&mut self, path: &UrlPath) {
        if self.outputs.remove(path).is_some_and(|made| made.is_search) {
            self.index = None;
        }
        self.is_damaged = true;
    }

    /// The state as bytes, in several parts, so that all cores can write and read it.
    pub fn encode(&self) -> Vec<Vec<u8>> {
        let mut parts = vec![binary::encode(self)];
        let pages = self.site.pages.par_chunks(PAGES_IN_A_PART).map(|pages| binary::encode(&pages));
        parts.par_extend(pages);
        parts
    }

    /// The state that `parts` hold, its pages connected with their types; nothing when they are not
    /// a state.
    pub fn decode(parts: &[&[u8]], schemas: &Schemas) -> Option<Self> {
        let (first, pages) = parts.split_first()?;
        let pages = || pages.par_iter().map(|part| binary::decode(part)).collect();
        let (state, pages) = rayon::join(|| binary::decode(first), pages);
        let (mut state, pages): (Self, Option<Vec<Vec<Page>>>) = (state?, pages);
        state.site.pages = pages?.into_iter().flatten().collect();
        // Numbers of pages in the rest must be numbers of pages that are there.
        if state.n_pages != state.site.pages.len() {
            return None;
        }
        state.site.connect(schemas);
        for document in &mut state.unpublished {
            Arc::make_mut(document).connect(schemas);
        }
        Some(state)
    }
}

/// A part of a saved state holds so many pages.
const PAGES_IN_A_PART: usize = 512;
