//! A file that is ready for copies: inspected and compressed, once for all editions that have it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::deflate::Deflated;
use crate::base::{Outputs, Produced, Table, UrlPath};
use crate::pipeline::editions::{MARK, is_named};

use super::audit::Inspection;
use super::bundle::Packed;

/// The ready files of a copy, by path.
pub(super) type ReadyFiles = BTreeMap<UrlPath, Ready>;

/// A file that can go into copies.
#[derive(Clone)]
pub(super) struct Ready {
    file: Arc<Produced>,
    pub(super) inspection: Arc<Inspection>,
    pub(super) packed: Packed,
    /// The pieces in which the name of the edition is still to come.
    marked: Vec<usize>,
    /// Whether it is to come in addresses, too.
    is_address_marked: bool,
}

impl Ready {
    /// Makes `file` ready. `memo` keeps what was compressed.
    pub(super) fn of(file: &Produced, memo: &Table<Deflated>) -> Self {
        let packed = Packed::of(file.path.as_str(), &file.bytes, memo);
        let marked = if is_named(file) { packed.having(MARK) } else { Vec::new() };
        let inspection = Arc::new(Inspection::of(file));
        let is_address_marked = !marked.is_empty() && inspection.mentions(MARK);
        Self { file: Arc::new(file.clone()), inspection, packed, marked, is_address_marked }
    }

    /// Makes all `files` ready for an edition with this `name`. What is the same in memory as in
    /// `first`, files without name, is ready already.
    pub(super) fn all(
        files: &Outputs,
        name: Option<&str>,
        first: &ReadyFiles,
        memo: &Table<Deflated>,
    ) -> ReadyFiles {
        let ready = |file: &Produced| {
            let same = first.get(&file.path);
            let same = same.filter(|same| Arc::ptr_eq(&same.file.bytes, &file.bytes));
            let ready = same.cloned().unwrap_or_else(|| Self::of(file, memo));
            match name {
                Some(name) if !ready.marked.is_empty() => ready.named(name, memo),
                _ => ready,
            }
        };
        let files: Vec<&Produced> = files.iter().collect();
        files.into_par_iter().map(|file| (file.path.clone(), ready(file))).collect()
    }

    /// The file with the name in its place.
    fn named(self, name: &str, memo: &Table<Deflated>) -> Self {
        let packed = self.packed.renamed(&self.marked, (MARK, name), memo);
        let mut ready = Self { packed, marked: Vec::new(), ..self };
        if ready.is_address_marked {
            let bytes = Arc::from(ready.packed.parts().collect::<Vec<_>>().concat());
            let named = Produced { bytes, ..Produced::clone(&ready.file) };
            ready.inspection = Arc::new(Inspection::of(&named));
        }
        ready
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{SourcePath, Span};

    fn file(path: &str, text: &str) -> Option<Produced> {
        let origin = Span::start_of(&SourcePath::new("content/a.md")?);
        Some(Produced { path: UrlPath::file(path)?, bytes: text.as_bytes().into(), origin })
    }

    /// The files of an edition that is called so, as they are built.
    fn files(name: &str) -> Outputs {
        let page =
            format!("<p>{name}<main><a href=\"https://esempio.it/{name}\">{name}</a></main>");
        let mut files = Outputs::default();
        let given = [file("a.html", &page), file("b.html", "<p>b"), file("c.txt", MARK)];
        given.into_iter().flatten().for_each(|file| files.insert(file));
        files
    }

    #[test]
    fn what_is_ready_for_one_edition_is_ready_for_others_but_for_the_name() {
        let memo = Table::default();
        let marked = files(MARK);
        let first = Ready::all(&marked, None, &ReadyFiles::new(), &memo);
        let ready = Ready::all(&marked, Some("Uno"), &first, &memo);
        let alone = Ready::all(&files("Uno"), None, &ReadyFiles::new(), &Table::default());
        assert_eq!(ready.len(), 3);
        for ((path, ready), alone) in ready.iter().zip(alone.values()) {
            assert!(ready.packed.parts().eq(alone.packed.parts()), "{path}");
            assert_eq!(ready.inspection, alone.inspection, "{path}");
        }
    }
}
