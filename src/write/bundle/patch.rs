//! What turns one version of a bundle into the next: an archive of only what changed. Files of which
//! little changed are in it as instructions that make the new one of the old one. Whoever applies it
//! knows by checksums what it starts from and what it must give.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::base::archive::{Archive, Opened};
use crate::base::checksum::sha256;
use crate::base::{Date, Language, Table, Text};

use super::manifest::{Facts, FileSum, MANIFEST, Manifest, SIGNATURE, SUMS};
use super::packed::Packed;
use super::report::{Report, plain};
use super::{delta, lines, names, verify};

/// The list of what changed.
const PATCH: &str = "patch.json";
/// The form that this program writes and reads.
const FORMAT: u32 = 1;

/// What `patch.json` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// The form of the file.
    pub format: u32,
    /// The title of the site.
    pub site: String,
    /// The edition, as a name for programs.
    pub edition: String,
    /// The version that it starts from.
    pub from: Point,
    /// The version that it gives.
    pub to: Point,
    /// Files that go.
    pub removed: Vec<String>,
    /// Files that come or change.
    pub files: BTreeMap<String, Part>,
}

/// One version of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// What the version is called.
    pub version: String,
    /// Its day.
    pub date: Option<Date>,
    /// The SHA-256 of its list of sums.
    pub sums: String,
}

/// A file that comes or changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// How the patch has it.
    pub form: Form,
    /// How it is recognised when it is there.
    #[serde(flatten)]
    pub sum: FileSum,
}

/// How a patch has a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// As it is.
    Whole,
    /// As what makes it of the old one.
    Delta,
}

impl Form {
    /// The name of the file in the archive of the patch.
    fn name(self, name: &str) -> String {
        match self {
            Self::Whole => format!("whole/{name}"),
            Self::Delta => format!("delta/{name}"),
        }
    }
}

impl Patch {
    fn text(&self) -> String {
        lines::object(&[
            ("format", lines::json(&self.format)),
            ("site", lines::json(&self.site)),
            ("edition", lines::json(&self.edition)),
            ("from", lines::json(&self.from)),
            ("to", lines::json(&self.to)),
            ("removed", lines::items(&self.removed)),
            ("files", lines::entries(&self.files)),
        ])
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let patch: Self = serde_json::from_slice(bytes).ok()?;
        (patch.format == FORMAT && patch.text().as_bytes() == bytes).then_some(patch)
    }

    /// The name of a version, for people.
    pub fn line(&self, point: &Point) -> String {
        let (site, edition) = (self.site.clone(), self.edition.clone());
        let (version, date) = (point.version.clone(), point.date);
        plain(&Facts { site, edition, version, date, ..Facts::default() }.line())
    }
}

/// Why no patch can be made.
#[derive(Debug)]
pub enum NoPatch {
    /// The old bundle is not intact.
    Old(Box<Report>),
    /// The new one is not.
    New(Box<Report>),
    /// They are of two sites, or of two editions.
    Unrelated,
}

impl NoPatch {
    /// What to tell the person.
    pub fn text(&self, language: Language) -> String {
        let (text, report) = match self {
            Self::Old(report) => {
                (Text::new("la versione di partenza", "the version to start from"), report)
            }
            Self::New(report) => (Text::new("la versione nuova", "the new version"), report),
            Self::Unrelated => {
                let text = Text::new(
                    "i due archivi non sono della stessa edizione dello stesso sito",
                    "the two archives are not of the same edition of the same site",
                );
                return text.in_language(language).to_owned();
            }
        };
        format!("{}: {}", text.in_language(language), report.text(language).trim_end())
    }
}

/// The archive that turns the bundle `old` into the bundle `new`.
///
/// # Errors
/// When one of them is not intact, or they have nothing to do with each other.
pub fn make(old: &[u8], new: &[u8]) -> Result<Vec<u8>, NoPatch> {
    let (old, Manifest { facts: was, .. }) = intact(old).map_err(NoPatch::Old)?;
    let (new, Manifest { facts: is, .. }) = intact(new).map_err(NoPatch::New)?;
    if (&was.site, &was.edition) != (&is.site, &is.edition) {
        return Err(NoPatch::Unrelated);
    }
    let names: Vec<&str> = new.names().collect();
    let change = |name: &&str| Some(((*name).to_owned(), Change::of(name, &old, &new)?));
    let changes: BTreeMap<String, Change> = names.par_iter().filter_map(change).collect();
    let names: BTreeSet<&str> = names.into_iter().collect();
    let removed: BTreeSet<&str> = old.names().filter(|name| !names.contains(name)).collect();
    let point = |facts: &Facts, archive: &Opened<'_>| {
        let sums = sha256([&*archive.read(SUMS).unwrap_or_default()]);
        Point { version: facts.version.clone(), date: facts.date, sums }
    };
    let patch = Patch {
        format: FORMAT,
        from: point(&was, &old),
        to: point(&is, &new),
        removed: removed.into_iter().map(str::to_owned).collect(),
        files: changes.iter().map(|(name, change)| (name.clone(), change.part.clone())).collect(),
        site: is.site,
        edition: is.edition,
    };
    let mut archive = Archive::new(patch.to.date);
    Packed::list(patch.text().into_bytes()).put(&mut archive, PATCH);
    for (name, change) in &changes {
        change.packed.put(&mut archive, &change.part.form.name(name));
    }
    Ok(archive.sealed())
}

/// Opens a bundle that must be as it was packed.
pub(super) fn intact(bytes: &[u8]) -> Result<(Opened<'_>, Manifest), Box<Report>> {
    let mut report = verify::archive(bytes, None);
    let is_intact = report.is_intact();
    match (Opened::open(bytes), report.manifest.take_if(|_| is_intact)) {
        (Ok(opened), Some(manifest)) => Ok((opened, manifest)),
        _ => Err(Box::new(report)),
    }
}

/// One file that comes or changes, in the form that is smaller.
struct Change {
    part: Part,
    packed: Packed,
}

impl Change {
    fn of(name: &str, old: &Opened<'_>, new: &Opened<'_>) -> Option<Self> {
        let is_same = old.n_bytes(name) == new.n_bytes(name) && old.raw(name) == new.raw(name);
        if is_same {
            return None;
        }
        let (before, bytes) = (old.read(name), new.read(name).expect("the archive was verified"));
        if before.as_ref() == Some(&bytes) {
            return None;
        }
        let sum = FileSum::of([&*bytes]);
        let delta = before.map(|before| Packed::list(delta::make(&before, &bytes)));
        let packed = Packed::of(name, &Arc::from(bytes), &Table::default());
        match delta.filter(|delta| delta.raw().len() < packed.raw().len()) {
            Some(packed) => Some(Self { part: Part { form: Form::Delta, sum }, packed }),
            None => Some(Self { part: Part { form: Form::Whole, sum }, packed }),
        }
    }
}

/// Why an archive is no patch that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadPatch {
    /// It is not as it was made.
    Damaged,
    /// It is an archive, and no patch.
    NotAPatch,
    /// It has a file whose name is refused.
    Dangerous(String),
    /// It would make more than any bundle holds.
    TooMuch,
}

impl BadPatch {
    /// What to tell the person.
    pub fn text(&self, language: Language) -> String {
        let text = match self {
            Self::Damaged => Text::new(
                "l'aggiornamento è tagliato o cambiato: copialo di nuovo dall'originale; la cartella \
                 è rimasta com'era",
                "the patch is cut off or changed: copy it again from the original; the folder is as \
                 it was",
            ),
            Self::NotAPatch => Text::new(
                "questo archivio non è un aggiornamento: se è un sito intero, basta scompattarlo",
                "this archive is no patch: if it is a whole site, simply unpack it",
            ),
            Self::Dangerous(name) => Text::new(
                format!(
                    "l'aggiornamento ha un file dal nome pericoloso, `{}`: non viene da vasta, \
                     non usarlo",
                    plain(name)
                ),
                format!(
                    "the patch has a file with a dangerous name, `{}`: it is not from vasta, do \
                     not use it",
                    plain(name)
                ),
            ),
            Self::TooMuch => Text::new(
                "l'aggiornamento farebbe più di 4 GiB di file: non viene da vasta, non usarlo",
                "the patch would make more than 4 GiB of files: it is not from vasta, do not use it",
            ),
        };
        text.in_language(language).to_owned()
    }
}

/// A patch that was read, and may be used: its names stay in the folder, its sizes are those promised.
pub struct Arrived<'a> {
    /// What it changes.
    pub patch: Patch,
    archive: Opened<'a>,
}

impl<'a> Arrived<'a> {
    /// Reads a patch. Contents are looked at when they are asked for.
    ///
    /// # Errors
    /// When it is none that [`make`] would have made.
    pub fn open(bytes: &'a [u8]) -> Result<Self, BadPatch> {
        let archive = Opened::open(bytes).map_err(|_| BadPatch::Damaged)?;
        let n_list = archive.n_bytes(PATCH).ok_or(BadPatch::NotAPatch)?;
        if !archive.is_intact() || n_list as u64 > verify::MOST_OF_LIST {
            return Err(BadPatch::Damaged);
        }
        let patch = archive.read(PATCH).and_then(|bytes| Patch::read(&bytes));
        let patch = patch.ok_or(BadPatch::Damaged)?;
        let names = patch.files.keys().chain(&patch.removed).map(String::as_str);
        let mut refused = names.clone().filter(|name| names::trouble(name).is_some());
        if let Some(name) = refused.next().or_else(|| names::clashing(names).first().copied()) {
            return Err(BadPatch::Dangerous(name.to_owned()));
        }
        let sizes = patch.files.values().map(|part| part.sum.n_bytes);
        if sizes.fold(0, u64::saturating_add) > verify::MOST {
            return Err(BadPatch::TooMuch);
        }
        let name = |(name, part): (&String, &Part)| (part.form.name(name), part.clone());
        let mut expected: BTreeMap<String, Part> = patch.files.iter().map(name).collect();
        for (name, n_bytes) in archive.sizes().filter(|(name, _)| *name != PATCH) {
            let fits = |part: &Part| match part.form {
                Form::Whole => n_bytes as u64 == part.sum.n_bytes,
                // It was taken because it is smaller.
                Form::Delta => n_bytes as u64 <= part.sum.n_bytes.saturating_add(64),
            };
            // What was taken away comes no second time.
            expected.remove(name).filter(fits).ok_or(BadPatch::Damaged)?;
        }
        if expected.is_empty() { Ok(Self { patch, archive }) } else { Err(BadPatch::Damaged) }
    }

    /// What a file will hold, if that is what the patch promises. `old` gives what one holds now.
    pub fn content(&self, name: &str, old: impl Fn(&str) -> Option<Vec<u8>>) -> Option<Vec<u8>> {
        let part = self.patch.files.get(name)?;
        let bytes = self.archive.read(&part.form.name(name))?;
        let bytes = match part.form {
            Form::Whole => bytes,
            Form::Delta => {
                delta::apply(&old(name)?, &bytes, usize::try_from(part.sum.n_bytes).ok()?)?
            }
        };
        (FileSum::of([&*bytes]) == part.sum).then_some(bytes)
    }

    /// The files that stay as they are, of those that the old bundle has.
    pub fn kept<'b>(&self, old: impl Iterator<Item = &'b str>) -> BTreeSet<&'b str> {
        let removed: BTreeSet<&str> = self.patch.removed.iter().map(String::as_str).collect();
        let lists = [MANIFEST, SUMS, SIGNATURE];
        let stays = |name: &&str| {
            !removed.contains(name)
                && !self.patch.files.contains_key(*name)
                && !lists.contains(name)
        };
        old.filter(stays).collect()
    }
}

impl fmt::Debug for Arrived<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.patch.fmt(formatter)
    }
}
