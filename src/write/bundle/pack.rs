//! Files as the archive that is handed over. Its bytes follow from names, contents, facts and key alone,
//! so two who pack the same files have the same archive.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::base::archive::Archive;
use crate::render::cover::COVER;

use super::manifest::{Facts, FileSum, MANIFEST, Manifest, SIGNATURE, SUMS};
use super::packed::Packed;
use super::signing::Signer;

/// The file that a reader opens is first in the archive, so that it is the first to be seen.
pub const FIRST: &str = COVER;

/// The sealed archive of a bundle: `files`, and the lists that vouch for them.
///
/// Names must be portable ([`super::names::trouble`]), at most 65,000 of them, and below 4 GiB in all.
pub fn pack(files: &BTreeMap<String, Packed>, facts: Facts, signer: Option<&Signer>) -> Vec<u8> {
    pack_into(Vec::new(), files, facts, signer)
}

/// The same in the memory of `used`, whose bytes are needed no more.
pub fn pack_into(
    used: Vec<u8>,
    files: &BTreeMap<String, Packed>,
    facts: Facts,
    signer: Option<&Signer>,
) -> Vec<u8> {
    let mut archive = Archive::within(used, facts.date);
    let sums = files.par_iter().map(|(name, file)| (name.clone(), file.sum().clone()));
    let lists = lists(sums.collect(), facts, signer);
    let lists = lists.into_iter().map(|(name, bytes)| (name, Packed::list(bytes)));
    let lists: BTreeMap<&str, Packed> = lists.collect();
    let named = files.iter().map(|(name, file)| (name.as_str(), file));
    let mut entries: BTreeMap<&str, &Packed> = named.collect();
    entries.extend(lists.iter().map(|(name, file)| (*name, file)));
    let first = entries.remove_entry(FIRST);
    archive.reserve(files.values().chain(lists.values()).map(Packed::n_packed).sum());
    for (name, file) in first.into_iter().chain(entries) {
        file.put(&mut archive, name);
    }
    archive.sealed()
}

/// The files that vouch for the others, whose `sums` are these: manifest, sums and, with a key, their
/// signature.
pub fn lists(
    sums: BTreeMap<String, FileSum>,
    facts: Facts,
    signer: Option<&Signer>,
) -> Vec<(&'static str, Vec<u8>)> {
    let manifest = Manifest::of(sums, facts);
    let sums = manifest.sums();
    let signature = signer.map(|signer| signer.sign(sums.as_bytes(), &manifest.facts.line()));
    let mut lists = vec![(MANIFEST, manifest.text().into_bytes()), (SUMS, sums.into_bytes())];
    lists.extend(signature.map(|signature| (SIGNATURE, signature.into_bytes())));
    lists
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::Table;
    use crate::base::archive::Opened;

    fn files(head: &str) -> BTreeMap<String, Arc<[u8]>> {
        let page = format!("<html>{head}<main id=m><p>Testo</main>fine");
        let files = [("a/index.html", page.as_str()), ("APRIMI.html", "<p>Apri"), ("b.png", "PNG")];
        files.map(|(name, text)| (name.to_owned(), text.as_bytes().into())).into()
    }

    #[test]
    fn the_archive_begins_with_what_is_to_be_opened_and_holds_all() {
        let files = files("uno");
        let bytes = pack(&Packed::all(&files, &Table::default()), Facts::default(), None);
        let opened = Opened::open(&bytes).expect("an archive");
        assert!(opened.is_intact());
        let names: Vec<&str> = opened.names().collect();
        assert_eq!(names, [FIRST, SUMS, "a/index.html", "b.png", MANIFEST]);
        for (name, file) in files {
            assert_eq!(opened.read(&name).as_deref(), Some(&*file));
        }
    }

    #[test]
    fn what_two_editions_share_is_compressed_once() {
        let memo = Table::default();
        let named = |name: &str| files(&format!("<b data-edition>{name}</b>"));
        let archive =
            |name: &str, memo| pack(&Packed::all(&named(name), memo), Facts::default(), None);
        let first = archive("uno", &memo);
        let n_first = memo.n_computed();
        let second = archive("due", &memo);
        assert_eq!(memo.n_computed(), n_first + 1, "only the name is another");
        assert_ne!(first, second);
        assert_eq!(first, archive("uno", &Table::default()));
    }
}
