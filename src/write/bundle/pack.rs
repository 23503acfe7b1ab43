//! Files as the archive that is handed over. Its bytes follow from names, contents, facts and key alone,
//! so two who pack the same files have the same archive. What many archives share is compressed once.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::archive::Archive;
use crate::base::deflate::{self, Deflated};
use crate::base::{Hash, Table};
use crate::render::cover::COVER;

use super::manifest::{Facts, MANIFEST, Manifest, SIGNATURE, SUMS};
use super::signing::Signer;

/// The file that a reader opens is first in the archive, so that it is the first to be seen.
pub const FIRST: &str = COVER;

/// Files that are compressed already are stored as they are.
const STORED: [&str; 5] = ["png", "woff2", "docx", "odt", "zip"];

/// The sealed archive of a bundle: `files`, and the lists that vouch for them. `memo` keeps what was
/// compressed, for the next archive that has it too.
///
/// Names must be portable ([`super::names::trouble`]), at most 65,000 of them, and below 4 GiB in all.
pub fn pack(
    files: &BTreeMap<String, Arc<[u8]>>,
    facts: Facts,
    signer: Option<&Signer>,
    memo: &Table<Deflated>,
) -> Vec<u8> {
    let date = facts.date;
    let compress =
        |(name, bytes): (&String, &Arc<[u8]>)| (name.clone(), Packed::of(name, bytes, memo));
    let (lists, compressed) = rayon::join(
        || lists(files, facts, signer),
        || files.par_iter().map(compress).collect::<BTreeMap<_, _>>(),
    );
    let mut entries: BTreeMap<&str, (&[u8], Packed)> = BTreeMap::new();
    for (name, packed) in compressed {
        let (name, bytes) = files.get_key_value(&name).expect("it was compressed");
        entries.insert(name, (bytes, packed));
    }
    for (name, bytes) in &lists {
        entries.insert(name, (bytes, Packed::list(bytes)));
    }
    let mut archive = Archive::new(date);
    let first = entries.remove_entry(FIRST);
    for (name, (bytes, packed)) in first.into_iter().chain(entries) {
        packed.put(&mut archive, name, bytes);
    }
    archive.sealed()
}

/// The files that vouch for the others: manifest, sums and, with a key, their signature.
pub fn lists(
    files: &BTreeMap<String, Arc<[u8]>>,
    facts: Facts,
    signer: Option<&Signer>,
) -> Vec<(&'static str, Vec<u8>)> {
    let manifest = Manifest::of(files, facts);
    let sums = manifest.sums();
    let signature = signer.map(|signer| signer.sign(sums.as_bytes(), &manifest.facts.line()));
    let mut lists = vec![(MANIFEST, manifest.text().into_bytes()), (SUMS, sums.into_bytes())];
    lists.extend(signature.map(|signature| (SIGNATURE, signature.into_bytes())));
    lists
}

/// How a file lies in the archive.
pub(super) enum Packed {
    Stored,
    Pieces(Vec<Arc<Deflated>>),
}

impl Packed {
    pub(super) fn of(name: &str, bytes: &[u8], memo: &Table<Deflated>) -> Self {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if STORED.contains(&extension) {
            return Self::Stored;
        }
        let shared = |bytes: &[u8]| memo.get(Hash::of(bytes), || Deflated::of(bytes));
        let page = (extension == "html").then(|| std::str::from_utf8(bytes).ok()).flatten();
        Self::Pieces(match page {
            Some(page) => cut(page).iter().map(|piece| shared(piece.as_bytes())).collect(),
            None => vec![shared(bytes)],
        })
    }

    /// A file that is another one in every archive.
    pub(super) fn list(bytes: &[u8]) -> Self {
        Self::Pieces(vec![Arc::new(Deflated::of(bytes))])
    }

    /// Adds the file, whose content is `bytes`, to an archive.
    pub(super) fn put(&self, archive: &mut Archive, name: &str, bytes: &[u8]) {
        match self {
            Self::Stored => archive.store(name, bytes),
            Self::Pieces(pieces) => archive.add(name, &references(pieces)),
        }
    }

    /// The bytes that the archive should have for the file.
    pub(super) fn raw(&self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Stored => bytes.to_vec(),
            Self::Pieces(pieces) => deflate::join(&references(pieces)).0,
        }
    }
}

fn references(pieces: &[Arc<Deflated>]) -> Vec<&Deflated> {
    pieces.iter().map(|piece| &**piece).collect()
}

/// A page in pieces of which most are the same in many editions: around its `<main>`, and around each
/// name of the edition, which themes mark with `data-edition`.
fn cut(page: &str) -> Vec<&str> {
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
            pieces.push(&page[from..cut]);
        }
        from = cut;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::archive::Opened;

    fn files(head: &str) -> BTreeMap<String, Arc<[u8]>> {
        let page = format!("<html>{head}<main id=m><p>Testo</main>fine");
        let files = [("a/index.html", page.as_str()), ("APRIMI.html", "<p>Apri"), ("b.png", "PNG")];
        files.map(|(name, text)| (name.to_owned(), text.as_bytes().into())).into()
    }

    #[test]
    fn the_archive_begins_with_what_is_to_be_opened_and_holds_all() {
        let bytes = pack(&files("uno"), Facts::default(), None, &Table::default());
        let opened = Opened::open(&bytes).expect("an archive");
        assert!(opened.is_intact());
        let names: Vec<&str> = opened.names().collect();
        assert_eq!(names, [FIRST, SUMS, "a/index.html", "b.png", MANIFEST]);
        for (name, file) in files("uno") {
            assert_eq!(opened.read(&name).as_deref(), Some(&*file));
        }
    }

    #[test]
    fn what_two_editions_share_is_compressed_once() {
        let memo = Table::default();
        let named = |name: &str| files(&format!("<b data-edition>{name}</b>"));
        let first = pack(&named("uno"), Facts::default(), None, &memo);
        let n_first = memo.n_computed();
        let second = pack(&named("due"), Facts::default(), None, &memo);
        assert_eq!(memo.n_computed(), n_first + 1, "only the name is another");
        assert_ne!(first, second);
        assert_eq!(first, pack(&named("uno"), Facts::default(), None, &Table::default()));
    }

    #[test]
    fn a_page_is_cut_around_its_middle_and_its_names() {
        assert_eq!(cut("ab<main>c</main>d</main>e"), ["ab", "<main>c</main>d</main>", "e"]);
        let named = ["<i data-edition>", "Uno", "</i>", "<main>c</main>"];
        assert_eq!(cut(&named.concat()), named);
        assert_eq!(cut("</main><main"), ["</main>", "<main"]);
        assert_eq!(cut("niente"), ["niente"]);
        assert!(cut("").is_empty());
    }
}
