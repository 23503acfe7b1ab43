//! Many editions of one site at once. National pages are read once, and what editions have in common is
//! made once: the first edition that has nothing of its own but its name is built with a mark where
//! the name belongs; every other edition is built as an edit of it, and marks become names when files
//! are handed out. So an edition costs what it has of its own. Each is, byte for byte, what it would be
//! if it were built alone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::base::{Diagnostics, Produced, Table, UrlPath, diagnostic, lock, unlock};
use crate::render::theme;
use crate::source::{Editions, Tree};

use super::{Request, Settings, State, update};

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
    /// Its files.
    pub files: BTreeMap<UrlPath, Produced>,
    /// The state that the build left.
    pub state: State,
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
        let made = Mutex::new(BTreeMap::new());
        let published = |path: &str| {
            let file = base?.files.get(&UrlPath::file(path)?)?;
            Some(file.bytes.to_vec())
        };
        let request = Request {
            tree: &tree,
            settings: self.settings,
            highlights: self.highlights,
            published: &published,
            emit: &|file| {
                lock(&made).insert(file.path.clone(), file);
            },
            entering: &|_| {},
        };
        let state = update(&request, base.map(|base| base.state.clone()));
        let mut files = unlock(made);
        // What was not made again is what it was.
        let kept = state.outputs.keys().filter_map(|path| base?.files.get(path));
        for file in kept {
            files.entry(file.path.clone()).or_insert_with(|| file.clone());
        }
        Edition { id: id.to_owned(), tree, diagnostics, files, state }
    }
}

/// An edition as it is handed out: with all that is wrong with it, and its name where marks are.
fn finished(mut edition: Edition) -> Edition {
    edition.diagnostics.extend(edition.state.diagnostics());
    diagnostic::sort(&mut edition.diagnostics);
    if let Some(facts) = edition.tree.edition().filter(|facts| facts.shown == MARK) {
        name(&mut edition.files, &facts.name);
    }
    edition
}

/// Puts the name of an edition where marks are.
fn name(files: &mut BTreeMap<UrlPath, Produced>, name: &str) {
    let name = theme::escaped(name);
    files.par_iter_mut().filter(|(path, _)| path.as_str().ends_with(".html")).for_each(
        |(_, file)| {
            let text = std::str::from_utf8(&file.bytes).unwrap_or_default();
            if text.contains(MARK) {
                file.bytes = Arc::from(text.replace(MARK, &name).into_bytes());
            }
        },
    );
}
