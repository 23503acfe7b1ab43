//! Many editions of one site at once. National pages are read once, and what editions have in common is
//! made once: the first edition that has nothing of its own but its name is built with a mark where
//! the name belongs; every other edition is built as an edit of it, and marks become names where files
//! are used. So an edition costs what it has of its own. Each is, byte for byte, what it would be
//! if it were built alone.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Diagnostics, Outputs, Produced, Table, diagnostic};
use crate::render::theme;
use crate::source::{Editions, Tree};

use super::{Settings, Whole};

/// Stands for the name of an edition: signs that are not characters occur in no text.
pub const MARK: &str = "\u{fdd2}edizione\u{fdd3}";

/// An edition that was built.
pub struct Edition {
    /// Its short name.
    pub id: String,
    /// Its tree, for showing diagnostics.
    pub tree: Tree,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
    /// The build. Files that are as in the first edition are the same in memory.
    pub whole: Whole,
    /// What goes where the pages have [`MARK`], as it stands in HTML; nothing when they have none.
    pub name: Option<String>,
}

/// What building editions needs.
pub struct Editing<'a> {
    /// The editions of the site.
    pub editions: &'a Editions<'a>,
    /// What decides besides the input.
    pub settings: &'a Settings,
    /// Coloured code blocks that were seen before.
    pub highlights: &'a Table<String>,
}

impl Editing<'_> {
    /// The first of the editions `ids` to be built: the one from which the others differ least.
    pub fn first(&self, ids: &[&str]) -> Option<Edition> {
        let plain = ids.iter().find(|id| self.editions.is_plain(id));
        plain.or(ids.first()).map(|id| self.build(id, None))
    }

    /// Builds the editions `ids` after the `first` of them, and hands out each when it is ready, from
    /// several threads and in any order.
    pub fn run(&self, first: Edition, ids: &[&str], each: &(dyn Fn(Edition) + Sync)) {
        let others = ids.par_iter().filter(|id| **id != first.id);
        others.for_each(|id| each(self.build(id, Some(&first)).finished()));
        each(first.finished());
    }

    /// Builds one edition, from what `first` left if there is one.
    fn build(&self, id: &str, first: Option<&Edition>) -> Edition {
        let shown = self.editions.is_plain(id).then_some(MARK);
        let mut diagnostics = Diagnostics::new();
        let tree = self.editions.select_shown(Some(id), shown).into_value(&mut diagnostics);
        let before = first.map(|first| &first.whole);
        let whole = super::whole(&tree, self.settings, self.highlights, before);
        let facts = tree.edition().filter(|_| shown.is_some());
        let name = facts.map(|facts| theme::escaped(&facts.name));
        Edition { id: id.to_owned(), tree, diagnostics, whole, name }
    }
}

impl Edition {
    /// Every file with the name of the edition where marks are.
    pub fn files(&self) -> Outputs {
        let mut files = self.whole.files.clone();
        let Some(name) = &self.name else { return files };
        let pages: Vec<&Produced> = self.whole.files.iter().filter(|file| is_named(file)).collect();
        let named = pages.into_par_iter().filter_map(|page| {
            let text = std::str::from_utf8(&page.bytes).ok().filter(|text| text.contains(MARK))?;
            let bytes = Arc::from(text.replace(MARK, name).into_bytes());
            Some(Produced { bytes, ..page.clone() })
        });
        let named: Vec<Produced> = named.collect();
        named.into_iter().for_each(|page| files.insert(page));
        files
    }

    /// As it is handed out: with all that is wrong with it, and a tree that knows its name.
    fn finished(mut self) -> Self {
        self.diagnostics.extend(self.whole.state.diagnostics());
        diagnostic::sort(&mut self.diagnostics);
        if self.name.is_some() {
            self.tree.show_name();
        }
        self
    }
}

/// Whether a file may have the name of the edition in it.
pub fn is_named(file: &Produced) -> bool {
    file.path.as_str().ends_with(".html")
}
