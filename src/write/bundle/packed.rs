//! A file as it lies in archives: in pieces, so that what many files and many archives share is compressed
//! once. How a file is cut follows from its bytes alone.

use std::collections::BTreeMap;
use std::iter;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::base::archive::Archive;
use crate::base::deflate::{self, Deflated};
use crate::base::{Hash, Table};
use crate::search::is_index_data;

use super::manifest::FileSum;

/// Files that are compressed already are stored as they are.
const STORED: [&str; 5] = ["png", "woff2", "docx", "odt", "zip"];

/// A file in the form in which archives have it.
#[derive(Clone, Debug)]
pub struct Packed {
    form: Form,
    /// Its checksum, once somebody asked for it.
    sum: Arc<OnceLock<FileSum>>,
}

#[derive(Clone, Debug)]
enum Form {
    Stored(Arc<[u8]>),
    Pieces(Vec<Piece>),
}

/// Some bytes of a file, and the same compressed.
#[derive(Clone, Debug)]
struct Piece {
    file: Arc<[u8]>,
    range: Range<usize>,
    deflated: Arc<Deflated>,
}

impl Packed {
    /// The file `name`. `memo` keeps what was compressed, for the next file that has it too.
    pub fn of(name: &str, bytes: &Arc<[u8]>, memo: &Table<Deflated>) -> Self {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if STORED.contains(&extension) {
            return Form::Stored(Arc::clone(bytes)).into();
        }
        let page = (extension == "html").then(|| std::str::from_utf8(bytes).ok()).flatten();
        let ranges = page.map_or_else(|| iter::once(0..bytes.len()).collect(), cut);
        let piece = |range: Range<usize>| {
            let deflated = deflated(&bytes[range.clone()], memo);
            Piece { file: Arc::clone(bytes), range, deflated }
        };
        Form::Pieces(ranges.into_iter().map(piece).collect()).into()
    }

    /// All `files` of an archive.
    pub fn all(
        files: &BTreeMap<String, Arc<[u8]>>,
        memo: &Table<Deflated>,
    ) -> BTreeMap<String, Self> {
        files.par_iter().map(|(name, bytes)| (name.clone(), Self::of(name, bytes, memo))).collect()
    }

    /// A file that is another one in every archive.
    pub(super) fn list(bytes: Vec<u8>) -> Self {
        let (range, deflated) = (0..bytes.len(), Arc::new(Deflated::quickly(&bytes)));
        Form::Pieces(vec![Piece { file: Arc::from(bytes), range, deflated }]).into()
    }

    /// What the file holds, in parts that follow each other.
    pub fn parts(&self) -> impl Iterator<Item = &[u8]> {
        let (stored, pieces) = match &self.form {
            Form::Stored(bytes) => (Some(&**bytes), &[][..]),
            Form::Pieces(pieces) => (None, &pieces[..]),
        };
        stored.into_iter().chain(pieces.iter().map(Piece::bytes))
    }

    /// How it is recognised.
    pub fn sum(&self) -> &FileSum {
        self.sum.get_or_init(|| FileSum::of(self.parts()))
    }

    /// How many bytes the file has.
    pub fn n_bytes(&self) -> usize {
        self.parts().map(<[u8]>::len).sum()
    }

    /// How many bytes of an archive it needs, about.
    pub(super) fn n_packed(&self) -> usize {
        match &self.form {
            Form::Stored(bytes) => bytes.len(),
            Form::Pieces(pieces) => pieces.iter().map(|piece| piece.deflated.n_packed()).sum(),
        }
    }

    /// The pieces, by number, in which there is `mark`.
    pub fn having(&self, mark: &str) -> Vec<usize> {
        let Form::Pieces(pieces) = &self.form else { return Vec::new() };
        let has_mark = |(_, piece): &(usize, &Piece)| piece.text().contains(mark);
        pieces.iter().enumerate().filter(has_mark).map(|(number, _)| number).collect()
    }

    /// The file with `name` in the place of every `mark` in the pieces with these numbers. Neither may end
    /// or begin a piece: there is no `<` and no `>` in them.
    #[must_use]
    pub fn renamed(
        &self,
        numbers: &[usize],
        (mark, name): (&str, &str),
        memo: &Table<Deflated>,
    ) -> Self {
        let mut renamed = Self::from(self.form.clone());
        let Form::Pieces(pieces) = &mut renamed.form else { return renamed };
        for number in numbers {
            let piece = &mut pieces[*number];
            let bytes = piece.text().replace(mark, name).into_bytes();
            piece.range = 0..bytes.len();
            piece.deflated = deflated(&bytes, memo);
            piece.file = Arc::from(bytes);
        }
        renamed
    }

    /// Adds the file to an archive.
    pub(super) fn put(&self, archive: &mut Archive, name: &str) {
        match &self.form {
            Form::Stored(bytes) => archive.store(name, bytes),
            Form::Pieces(pieces) => archive.add(name, &streams(pieces)),
        }
    }

    /// The bytes that an archive should have for the file.
    pub(super) fn raw(&self) -> Vec<u8> {
        match &self.form {
            Form::Stored(bytes) => bytes.to_vec(),
            Form::Pieces(pieces) => deflate::join(&streams(pieces)).0,
        }
    }
}

impl From<Form> for Packed {
    fn from(form: Form) -> Self {
        Self { form, sum: Arc::default() }
    }
}

impl Piece {
    fn bytes(&self) -> &[u8] {
        &self.file[self.range.clone()]
    }

    fn text(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }
}

/// Compresses `bytes`, unless they are known. Data for the search is another in every edition and hardly
/// becomes smaller by taking pains.
fn deflated(bytes: &[u8], memo: &Table<Deflated>) -> Arc<Deflated> {
    let compress = if is_index_data(bytes) { Deflated::quickly } else { Deflated::of };
    memo.get(Hash::of(bytes), || compress(bytes))
}

fn streams(pieces: &[Piece]) -> Vec<&Deflated> {
    pieces.iter().map(|piece| &*piece.deflated).collect()
}

/// A page in pieces of which most are the same in many editions: around its `<main>`, and around each
/// name of the edition, which themes mark with `data-edition`.
fn cut(page: &str) -> Vec<Range<usize>> {
    const NAMED: &str = " data-edition>";
    let start = page.find("<main");
    let end = page.rfind("</main>").map(|at| at + "</main>".len());
    let mut cuts: Vec<usize> = start.into_iter().chain(end).collect();
    for (at, _) in page.match_indices(NAMED) {
        let name = at + NAMED.len();
        cuts.push(name);
        cuts.extend(page[name..].find('<').map(|length| name + length));
    }
    cuts.sort_unstable();
    let mut pieces = Vec::with_capacity(cuts.len() + 1);
    let mut from = 0;
    for cut in cuts.into_iter().chain([page.len()]).filter(|cut| *cut > 0) {
        if cut > from {
            pieces.push(from..cut);
        }
        from = cut;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_around_its_middle_and_its_names() {
        let cut = |page: &'static str| {
            cut(page).into_iter().map(|range| &page[range]).collect::<Vec<_>>()
        };
        assert_eq!(cut("ab<main>c</main>d</main>e"), ["ab", "<main>c</main>d</main>", "e"]);
        let named = "<i data-edition>Uno</i><main>c</main>";
        assert_eq!(cut(named), ["<i data-edition>", "Uno", "</i>", "<main>c</main>"]);
        assert_eq!(cut("</main><main"), ["</main>", "<main"]);
        assert_eq!(cut("niente"), ["niente"]);
        assert!(cut("").is_empty());
    }

    #[test]
    fn a_file_that_is_renamed_is_the_one_that_had_the_name() {
        let memo = Table::default();
        let page = |name: &str| format!("<b data-edition>{name}</b><main>{name}, e</main>");
        let packed = |name: &str| Packed::of("a.html", &page(name).into_bytes().into(), &memo);
        let marked = packed("§");
        let (renamed, alone) =
            (marked.renamed(&marked.having("§"), ("§", "Uno"), &memo), packed("Uno"));
        assert_eq!(marked.having("§"), [1, 3]);
        assert!(renamed.parts().eq(alone.parts()));
        assert_eq!((renamed.raw(), renamed.n_bytes()), (alone.raw(), page("Uno").len()));
    }
}
