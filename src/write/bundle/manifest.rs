//! What a bundle says of itself: which edition of which site it is, and the size and SHA-256 of every
//! file. Programs read `manifest.json`; people and their tools have `SHA256SUMS`, which vouches for the
//! manifest too and is what gets signed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::Date;
use crate::base::checksum::sha256;

use super::lines;

/// The list for programs.
pub const MANIFEST: &str = "manifest.json";
/// The list in the format of `sha256sum`.
pub const SUMS: &str = "SHA256SUMS";
/// The signature of that list.
pub const SIGNATURE: &str = "SHA256SUMS.minisig";

/// The form that this program writes and reads.
const FORMAT: u32 = 1;

/// What is known of a bundle besides its files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The title of the site.
    pub site: String,
    /// The edition, as a name for programs.
    pub edition: String,
    /// The edition, as a name for people.
    pub edition_name: String,
    /// The version of the content.
    pub version: String,
    /// Its day.
    pub date: Option<Date>,
    /// The program that made it, with its version.
    pub generator: String,
    /// The commit of the content that it was made from.
    pub commit: Option<String>,
    /// The licence of the content.
    pub licence: String,
    /// How many pages it has.
    pub n_pages: usize,
}

impl Facts {
    /// One line that says which bundle it is: what is signed together with its list.
    pub fn line(&self) -> String {
        let date = self.date.map(|date| date.to_string());
        let parts = [&self.site, &self.edition, &self.version, &date.unwrap_or_default()];
        let words = parts.into_iter().flat_map(|part| part.split_whitespace());
        let line = words.collect::<Vec<_>>().join(" ");
        line.chars().filter(|letter| !letter.is_control()).collect()
    }
}

/// What `manifest.json` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the file.
    pub format: u32,
    /// Which bundle it is.
    #[serde(flatten)]
    pub facts: Facts,
    /// Every file, except the manifest itself, `SHA256SUMS` and its signature.
    pub files: BTreeMap<String, FileSum>,
}

/// How one file is recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSum {
    /// Its SHA-256, as 64 hexadecimal digits.
    pub sha256: String,
    /// Its size.
    pub n_bytes: u64,
}

impl FileSum {
    /// How a file that holds these parts is recognised.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut n_bytes = 0;
        let counted = parts.into_iter().inspect(|part| n_bytes += part.len() as u64);
        let sha256 = sha256(counted);
        Self { sha256, n_bytes }
    }
}

impl Manifest {
    /// The manifest of a bundle of these files.
    pub fn of(files: BTreeMap<String, FileSum>, facts: Facts) -> Self {
        Self { format: FORMAT, facts, files }
    }

    /// The text of `manifest.json`.
    pub fn text(&self) -> String {
        let facts = &self.facts;
        lines::object(&[
            ("format", lines::json(&self.format)),
            ("site", lines::json(&facts.site)),
            ("edition", lines::json(&facts.edition)),
            ("edition_name", lines::json(&facts.edition_name)),
            ("version", lines::json(&facts.version)),
            ("date", lines::json(&facts.date)),
            ("generator", lines::json(&facts.generator)),
            ("commit", lines::json(&facts.commit)),
            ("licence", lines::json(&facts.licence)),
            ("n_pages", lines::json(&facts.n_pages)),
            ("files", lines::entries(&self.files)),
        ])
    }

    /// Reads `manifest.json`. What this program would have written otherwise is `None`.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        (manifest.format == FORMAT && manifest.text().as_bytes() == bytes).then_some(manifest)
    }

    /// The text of `SHA256SUMS`: every file in order of name, the manifest among them.
    pub fn sums(&self) -> String {
        let own = sha256([self.text().as_bytes()]);
        let mut sums: BTreeMap<&str, &str> =
            self.files.iter().map(|(name, sum)| (name.as_str(), sum.sha256.as_str())).collect();
        sums.insert(MANIFEST, &own);
        sums.iter().map(|(name, sum)| format!("{sum}  {name}\n")).collect()
    }

    /// The size of all files.
    pub fn n_bytes(&self) -> u64 {
        self.files.values().fold(0, |sum, file| sum.saturating_add(file.n_bytes))
    }
}

/// How the files of a bundle differ from those of another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that only the new one has.
    pub added: Vec<String>,
    /// Files that hold something else.
    pub changed: Vec<String>,
    /// Files that only the old one has.
    pub removed: Vec<String>,
}

/// What changed from `old` to `new`, in order of name.
pub fn changes(old: &Manifest, new: &Manifest) -> Changes {
    let mut changes = Changes::default();
    for (name, sum) in &new.files {
        match old.files.get(name) {
            None => changes.added.push(name.clone()),
            Some(before) if before != sum => changes.changed.push(name.clone()),
            Some(_) => {}
        }
    }
    let gone = old.files.keys().filter(|name| !new.files.contains_key(*name));
    changes.removed.extend(gone.cloned());
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let file =
            |(name, text): &(&str, &str)| ((*name).to_owned(), FileSum::of([text.as_bytes()]));
        let facts = Facts { site: "Prova \"è\"".to_owned(), ..Facts::default() };
        Manifest::of(files.iter().map(file).collect(), facts)
    }

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        for files in [&[("a", "A"), ("b/c", "")][..], &[]] {
            let manifest = manifest(files);
            let text = manifest.text();
            assert_eq!(Manifest::read(text.as_bytes()), Some(manifest));
            for other in [text.replace("\"commit\": null,", ""), format!("{text} "), String::new()]
            {
                assert_eq!(Manifest::read(other.as_bytes()), None, "{other}");
            }
            let later = text.replace("\"format\": 1", "\"format\": 2");
            assert_eq!(Manifest::read(later.as_bytes()), None);
        }
    }

    #[test]
    fn each_file_has_a_line() {
        let text = manifest(&[("a", "A"), ("b", "B")]).text();
        let lines: Vec<&str> = text.lines().filter(|line| line.contains("sha256")).collect();
        assert_eq!(lines.len(), 2, "{text}");
        assert!(lines[1].starts_with("    \"b\": {\"sha256\":\"df7e70"), "{text}");
    }

    #[test]
    fn changes_are_told_by_name() {
        let old = manifest(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let new = manifest(&[("b", "2"), ("c", "1"), ("d", "1")]);
        let [added, changed, removed] = [["d"], ["b"], ["a"]].map(|names| names.map(str::to_owned));
        let expected =
            Changes { added: added.into(), changed: changed.into(), removed: removed.into() };
        assert_eq!(changes(&old, &new), expected);
    }

    #[test]
    fn the_signed_line_is_one_line() {
        let facts =
            Facts { site: "a\nb\u{7}".to_owned(), version: "1".to_owned(), ..Facts::default() };
        assert_eq!(facts.line(), "a b 1");
    }
}
