//! Many editions of one site at once. National pages are read once, and what editions have in common is
//! made once: the first edition that has nothing of its own but its name is built with a mark where
//! the name belongs; every other edition is built as an edit of it, and marks become names when files
//! are handed out. So an edition costs what it has of its own. Each is, byte for byte, what it would be
//! if it were built alone.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Diagnostics, Outputs, Produced, Table, diagnostic};
use crate::render::theme;
use crate::source::{Editions, Tree};

use super::{Settings, Whole};

/// Stands for the name of an edition: signs that are not characters occur in no text.
const MARK: &str = "\u{fdd2}edizione\u{fdd3}";

/// An edition that was built.
#[derive(Debug)]
pub struct Edition {
    /// Its short name.
    pub id: String,
    /// Its tree, for showing diagnostics.
    pub tree: Tree,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
    /// The build.
    pub whole: Whole,
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
    /// Builds the editions `ids`, and hands out each when it is ready, from several threads and in any
    /// order.
    pub fn run(&self, ids: &[&str], each: &(dyn Fn(Edition) + Sync)) {
        let first = ids.iter().find(|id| self.editions.is_plain(id)).or(ids.first());
        let Some(first) = first else { return };
        let base = self.build(first, None);
        let others = ids.par_iter().filter(|id| *id != first);
        others.for_each(|id| each(finished(self.build(id, Some(&base)))));
        each(finished(base));
    }

    /// Builds one edition, from what `base` left if there is one.
    fn build(&self, id: &str, base: Option<&Edition>) -> Edition {
        let shown = self.editions.is_plain(id).then_some(MARK);
        let mut diagnostics = Diagnostics::new();
        let tree = self.editions.select_shown(Some(id), shown).into_value(&mut diagnostics);
        let before = base.map(|base| &base.whole);
        let whole = super::whole(&tree, self.settings, self.highlights, before);
        Edition { id: id.to_owned(), tree, diagnostics, whole }
    }
}

/// An edition as it is handed out: with all that is wrong with it, and its name where marks are.
fn finished(mut edition: Edition) -> Edition {
    edition.diagnostics.extend(edition.whole.state.diagnostics());
    diagnostic::sort(&mut edition.diagnostics);
    if edition.tree.edition().is_some_and(|facts| facts.shown == MARK) {
        edition.tree.show_name();
        let name = edition.tree.edition().map(|facts| theme::escaped(&facts.name));
        put_name(&mut edition.whole.files, &name.unwrap_or_default());
    }
    edition
}

/// Puts the name of an edition where marks are.
fn put_name(files: &mut Outputs, name: &str) {
    let pages: Vec<&Produced> =
        files.iter().filter(|file| file.path.as_str().ends_with(".html")).collect();
    let named = pages.into_par_iter().filter_map(|page| {
        let text = std::str::from_utf8(&page.bytes).ok().filter(|text| text.contains(MARK))?;
        let bytes = Arc::from(text.replace(MARK, name).into_bytes());
        Some(Produced { bytes, ..page.clone() })
    });
    let named: Vec<Produced> = named.collect();
    named.into_iter().for_each(|page| files.insert(page));
}
