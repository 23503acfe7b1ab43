//! What a check found, and how it is told to somebody who has to decide whether to use a copy.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Language, Text};

use super::manifest::Manifest;

/// Names of one sort that are printed; the others are counted.
const N_NAMES: usize = 20;

/// What is known of a copy after it was checked.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What the copy says of itself, if that could be read.
    pub manifest: Option<Manifest>,
    /// The SHA-256 of its list of sums.
    pub sums: Option<String>,
    /// What is wrong, with the names that it concerns.
    pub findings: BTreeMap<Finding, BTreeSet<String>>,
    /// Files that the system put there.
    pub litter: Vec<String>,
    /// Who made it.
    pub signed: Signed,
}

/// What can be wrong, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// An archive that does not open.
    Broken,
    /// A name that leads out of the folder.
    Leaves,
    /// More than any bundle holds.
    TooMuch,
    /// A key was given, and the copy has no signature.
    Unsigned,
    /// The signature is by another key.
    OtherKey,
    /// The signature is not of this list.
    BadSignature,
    /// The manifest is missing, or not as we write it.
    NoList,
    /// The manifest and the sums differ.
    Disagree,
    /// A file that holds something else.
    Changed,
    /// A file that the disk does not give.
    Unreadable,
    /// A file that is not there.
    Missing,
    /// A file of which nobody knows.
    Extra,
    /// A link, or something else that is no file.
    NoFile,
    /// A name that an archive has twice.
    Twice,
    /// A name that some systems cannot have.
    NotPortable,
    /// A file that is right, packed as we would not have.
    Repacked,
    /// An archive that was changed, and no file says where.
    Seal,
    /// An archive whose files are right, and which is not as it was sealed.
    Frame,
}

/// Who made a copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Signed {
    /// Nobody says.
    #[default]
    No,
    /// The owner of a key, if one were asked to check.
    Unchecked {
        /// The id of the key.
        id: String,
    },
    /// The owner of the key that was given.
    By {
        /// The id of the key.
        id: String,
        /// What was signed besides the list.
        comment: String,
    },
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_intact(&self) -> bool {
        self.findings.is_empty()
    }

    /// The report as text, its lines ended.
    pub fn text(&self, language: Language) -> String {
        let mut text = String::new();
        let mut say = |line: &Text| {
            text.push_str(line.in_language(language));
            text.push('\n');
        };
        if let Some(manifest) = &self.manifest {
            let (line, n) = (plain(&manifest.facts.line()), manifest.files.len());
            say(&Text::new(format!("{line}: {n} file"), format!("{line}: {n} files")));
        }
        if self.is_intact() {
            say(&self.signed.text());
        } else {
            say(&Text::new("non è intatta:", "it is not intact:"));
        }
        let mut advice = BTreeSet::new();
        for (finding, names) in &self.findings {
            let Text { italian, english } = finding.text();
            let end = if names.is_empty() { "" } else { ":" };
            say(&Text::new(format!("- {italian}{end}"), format!("- {english}{end}")));
            for name in names.iter().take(N_NAMES) {
                let name = plain(name);
                say(&Text::new(format!("    {name}"), format!("    {name}")));
            }
            if let Some(n) = names.len().checked_sub(N_NAMES).filter(|n| *n > 0) {
                say(&Text::new(format!("    … e altri {n}"), format!("    … and {n} more")));
            }
            advice.insert(finding.advice());
        }
        if !self.litter.is_empty() {
            let n = self.litter.len();
            say(&Text::new(
                format!("nota: {n} file lasciati dal sistema (come .DS_Store) non contano"),
                format!("note: {n} files left by the system (such as .DS_Store) do not count"),
            ));
        }
        advice.iter().for_each(say);
        text
    }

    /// Notes that something is wrong.
    pub(super) fn found(&mut self, finding: Finding) {
        self.findings.entry(finding).or_default();
    }

    /// Notes that something is wrong with a file.
    pub(super) fn name(&mut self, finding: Finding, name: &str) {
        self.findings.entry(finding).or_default().insert(name.to_owned());
    }

    /// Notes that something is wrong with some files.
    pub(super) fn names(&mut self, finding: Finding, names: &[impl AsRef<str>]) {
        names.iter().for_each(|name| self.name(finding, name.as_ref()));
    }
}

impl Finding {
    fn text(self) -> Text {
        let (italian, english) = match self {
            Self::Broken => (
                "l'archivio è tagliato o rovinato, e non si apre",
                "the archive is cut off or damaged, and does not open",
            ),
            Self::Leaves => (
                "nomi di file che escono dalla cartella: non aprire questa copia",
                "names of files that lead out of the folder: do not open this copy",
            ),
            Self::TooMuch => (
                "l'elenco promette più di 4 GiB, che nessuna copia ha",
                "the list promises more than 4 GiB, which no copy has",
            ),
            Self::Unsigned => (
                "non c'è la firma che la chiave dovrebbe controllare",
                "there is no signature for the key to check",
            ),
            Self::OtherKey => (
                "è firmata con un'altra chiave (quella della firma ≠ quella data)",
                "it is signed with another key (that of the signature ≠ the one given)",
            ),
            Self::BadSignature => (
                "la firma non vale: la firma, o ciò che è firmato, è cambiato dopo",
                "the signature does not hold: it, or what was signed, was changed later",
            ),
            Self::NoList => (
                "senza l'elenco manifest.json gli altri file non si possono controllare",
                "without the list manifest.json the other files cannot be checked",
            ),
            Self::Disagree => (
                "i due elenchi non dicono lo stesso: uno è stato cambiato",
                "the two lists do not say the same: one was changed",
            ),
            Self::Changed => ("file cambiati", "files that were changed"),
            Self::Unreadable => {
                ("file che il disco non riesce a leggere", "files that the disk cannot read")
            }
            Self::Missing => ("file che mancano", "files that are missing"),
            Self::Extra => ("file in più", "files that do not belong here"),
            Self::NoFile => (
                "collegamenti o altro che non è un file",
                "links, or something else that is no file",
            ),
            Self::Twice => ("nomi che l'archivio ha due volte", "names that the archive has twice"),
            Self::NotPortable => {
                ("nomi che non vanno su ogni computer", "names that do not work on every computer")
            }
            Self::Repacked => (
                "l'archivio è cambiato dove sta questo file, che però contiene il giusto",
                "the archive was changed at this file, which holds the right content though",
            ),
            Self::Seal => (
                "l'archivio è stato cambiato dopo che è stato chiuso",
                "the archive was changed after it was sealed",
            ),
            Self::Frame => (
                "l'archivio è cambiato fuori dai file, che sono tutti giusti",
                "the archive was changed outside of the files, which are all right",
            ),
        };
        Text::new(italian, english)
    }

    /// What to do.
    fn advice(self) -> Text {
        match self {
            Self::Extra | Self::NoFile => Text::new(
                "Che fare: togli ciò che è in più, che non fa parte del sito, e ripeti il controllo.",
                "What to do: remove what does not belong to the site, and check again.",
            ),
            Self::Unsigned | Self::OtherKey | Self::BadSignature => Text::new(
                "Che fare: non usarla finché chi l'ha pubblicata non ti conferma la sua chiave.",
                "What to do: do not use it until its publisher confirms the key.",
            ),
            _ => Text::new(
                "Che fare: non usare questa copia; rifalla dall'originale, o chiedine un'altra a \
                 chi l'ha pubblicata.",
                "What to do: do not use this copy; make it again from the original, or ask its \
                 publisher for another one.",
            ),
        }
    }
}

impl Signed {
    fn text(&self) -> Text {
        match self {
            Self::No => Text::new(
                "intatta, ma senza firma: non si può sapere chi l'ha fatta",
                "intact, but without a signature: nobody can know who made it",
            ),
            Self::Unchecked { id } => Text::new(
                format!(
                    "intatta; la firma, con la chiave {id}, non è stata controllata: per sapere \
                     chi l'ha fatta dai la sua chiave pubblica con `--key`"
                ),
                format!(
                    "intact; its signature, by the key {id}, was not checked: to know who made \
                     it, give their public key with `--key`"
                ),
            ),
            Self::By { id, comment } => Text::new(
                format!("intatta, e firmata con la chiave {id}: {}", plain(comment)),
                format!("intact, and signed with the key {id}: {}", plain(comment)),
            ),
        }
    }
}

/// A text that a stranger wrote, without signs that would move the cursor.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}
