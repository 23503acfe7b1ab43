//! What the index files hold, and how data becomes a classic script that
//! browsers run from https and from `file://` alike.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Changes whenever older readers could not read the files.
pub(super) const VERSION: u32 = 1;

/// The global function that every file calls with its name and its data.
const REGISTER: &str = "vastaRicerca";

/// `ricerca/manifest.js`: read first, and small.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub version: u32,
    /// Changes with any file of the index, so that no reader mixes two builds.
    pub stamp: String,
    pub language: String,
    /// Stop words, separated by spaces.
    pub stop: String,
    /// Elided words, separated by spaces.
    pub elisions: String,
    /// Common endings of inflected words, separated by spaces.
    pub endings: String,
    /// How many pages there are.
    pub pages: u32,
    /// How many bits a page number has, and how many of them name its block.
    pub bits: u32,
    pub blocks: u32,
    /// Average lengths of the fields, as used for the weights.
    pub lengths: Vec<u32>,
    /// Stop words that are acronyms in some title (`sua`), separated by spaces.
    pub acronyms: String,
    /// Groups of phrases; a phrase is words, a word is its term and its stem.
    pub synonyms: Vec<Vec<Vec<(String, String)>>>,
    /// The names of all dictionary shards, separated by spaces.
    pub shards: String,
    pub facets: Vec<FacetEntry>,
}

/// A facet: name, label, values with the number of their pages.
/// `ricerca/f-0.js` holds the pages of the first facet's values, and so on.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FacetEntry(pub String, pub String, pub Vec<(String, u32)>);

/// A stem and the terms that share it: the stem, then the rest of each term and its
/// postings by turns. `ricerca/t-….js` is a list of these.
pub(super) type GroupEntry = Vec<String>;

/// `ricerca/p-….js`: the pages of a block by number.
pub(super) type Block = BTreeMap<u32, PageEntry>;

/// What is shown of a page: url, title, summary, badges, sections as anchor, title and text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PageEntry(
    pub String,
    pub String,
    pub String,
    pub Vec<String>,
    pub Vec<(String, String, String)>,
);

/// The folder of the index files.
const FOLDER: &str = "ricerca/";

/// The path of an index file from the site root.
pub(super) fn path(name: &str) -> String {
    format!("{FOLDER}{name}.js")
}

/// Whether a file of a site may belong to its index, by its path from the site root.
pub fn may_be_of_index(path: &str) -> bool {
    path.starts_with(FOLDER)
}

/// Whether a file holds data of an index, by its bytes.
pub fn is_index_data(bytes: &[u8]) -> bool {
    bytes.starts_with(REGISTER.as_bytes())
}

/// A script that registers data under a name.
pub(super) fn script(name: &str, data: &impl Serialize) -> Vec<u8> {
    let mut script = start_script(name);
    push_json(&mut script, data);
    end_script(script)
}

/// A script up to its data, for those who write these piece by piece.
pub(super) fn start_script(name: &str) -> Vec<u8> {
    format!("{REGISTER}(\"{name}\",").into_bytes()
}

/// A script after its data.
pub(super) fn end_script(mut script: Vec<u8>) -> Vec<u8> {
    script.extend_from_slice(END);
    script
}

/// What follows the data.
const END: &[u8] = b");\n";

/// Writes data as JSON.
pub(super) fn push_json(script: &mut Vec<u8>, data: &impl Serialize) {
    serde_json::to_writer(script, data)
        .expect("strings, numbers, lists and maps with number keys have JSON");
}

/// The text of the data of the script of this name; nothing if it is not one of ours.
pub(super) fn within_script<'a>(name: &str, script: &'a [u8]) -> Option<&'a [u8]> {
    script.strip_prefix(start_script(name).as_slice())?.strip_suffix(END)
}

/// The data of a script; nothing if it is not one of ours.
pub(super) fn read_script<T: DeserializeOwned>(script: &[u8]) -> Option<T> {
    let script = std::str::from_utf8(script).ok()?;
    let (_, data) = script.strip_prefix(REGISTER)?.split_once(',')?;
    serde_json::from_str(data.trim_end().strip_suffix(");")?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_come_back() {
        let script = script("t-a", &[["app", "alto", "AAA"]]);
        assert_eq!(script, b"vastaRicerca(\"t-a\",[[\"app\",\"alto\",\"AAA\"]]);\n");
        assert_eq!(within_script("t-a", &script), Some(&br#"[["app","alto","AAA"]]"#[..]));
        assert_eq!(
            read_script::<Vec<GroupEntry>>(&script),
            Some(vec![vec!["app".into(), "alto".into(), "AAA".into()]])
        );
    }

    #[test]
    fn damaged_scripts_are_no_data() {
        assert_eq!(read_script::<Vec<GroupEntry>>(b"<!doctype html>"), None);
        assert_eq!(read_script::<Vec<GroupEntry>>(b"vastaRicerca(\"t-a\",[["), None);
    }
}
