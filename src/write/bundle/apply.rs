//! Turns the folder of one version of a bundle into the next, or leaves it alone. The folder must be
//! exactly what the patch starts from, and what is made beside it exactly what the patch promises;
//! only then does it take its place.
#![expect(clippy::disallowed_methods, reason = "this is the one place that applies patches")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use crate::base::{Language, Text};

use super::manifest::{MANIFEST, Manifest};
use super::patch::{Arrived, BadPatch};
use super::report::{Report, plain};
use super::signing::Key;
use super::swap::{Obstacle, Place};
use super::verify;

/// A folder that has the new version.
#[derive(Debug)]
pub struct Applied {
    /// Whether it had it before.
    pub was_new: bool,
    /// What is known of it.
    pub report: Report,
}

/// Why a folder was left alone.
#[derive(Debug)]
pub enum Refused {
    /// The patch cannot be used.
    Patch(BadPatch),
    /// The folder has another version than the patch starts from.
    OtherVersion {
        /// The one that it says it has.
        has: Option<String>,
        /// The one that it should have.
        wants: String,
    },
    /// The folder has the right version, and is not intact.
    Changed(Box<Report>),
    /// What the patch gives is not what it promises, or not signed with the key.
    Result(Box<Report>),
    /// Another run is changing the folder.
    Busy,
    /// Something that others made has a name that is needed.
    InTheWay(Utf8PathBuf),
    /// The disk refuses.
    Disk(Utf8PathBuf, io::Error),
}

/// Applies the patch `bytes` to `folder`. With `key` the new version must be signed by its owner.
///
/// # Errors
/// When the folder was left as it is.
pub fn apply(bytes: &[u8], folder: &Utf8Path, key: Option<&Key>) -> Result<Applied, Refused> {
    let arrived = Arrived::open(bytes).map_err(Refused::Patch)?;
    let folder = Place::find(folder)?;
    let disk = |error| Refused::Disk(folder.clone(), error);
    if !folder.is_dir() {
        return Err(disk(io::ErrorKind::NotFound.into()));
    }
    let patch = &arrived.patch;
    let sums = verify::sums_of(&folder);
    if sums.as_ref() == Some(&patch.to.sums) {
        let report = verify::folder(&folder, key).map_err(disk)?;
        return if report.is_intact() {
            Ok(Applied { was_new: true, report })
        } else {
            Err(Refused::Changed(Box::new(report)))
        };
    }
    let before = verify::folder(&folder, None).map_err(disk)?;
    let Some(manifest) =
        before.manifest.as_ref().filter(|_| sums.as_ref() == Some(&patch.from.sums))
    else {
        let has = before.manifest.map(|manifest| plain(&manifest.facts.line()));
        return Err(Refused::OtherVersion { has, wants: patch.line(&patch.from) });
    };
    if !before.is_intact() {
        return Err(Refused::Changed(Box::new(before)));
    }
    let place = Place::begin(folder.clone())?;
    match make(&arrived, manifest, &place, key) {
        Ok(report) => {
            place.take()?;
            Ok(Applied { was_new: false, report })
        }
        Err(refused) => {
            place.leave();
            Err(refused)
        }
    }
}

/// Makes the new version beside its place, and looks whether it is what was promised.
fn make(
    arrived: &Arrived<'_>,
    before: &Manifest,
    place: &Place,
    key: Option<&Key>,
) -> Result<Report, Refused> {
    let kept = arrived.kept(before.files.keys().map(String::as_str));
    let made: BTreeSet<&str> = arrived.patch.files.keys().map(String::as_str).collect();
    let disk = |name: &str, error| Refused::Disk(place.next.join(name), error);
    let all = kept.iter().chain(&made);
    let folders: BTreeSet<&Utf8Path> =
        all.filter_map(|name| Utf8Path::new(name).parent()).collect();
    for folder in folders {
        fs::create_dir_all(place.next.join(folder))
            .map_err(|error| disk(folder.as_str(), error))?;
    }
    kept.par_iter().try_for_each(|name| {
        let (from, to) = (place.folder.join(name), place.next.join(name));
        let done = fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop));
        done.map_err(|error| disk(name, error))
    })?;
    let old = |name: &str| fs::read(place.folder.join(name)).ok();
    made.par_iter().try_for_each(|name| {
        let bytes = arrived.content(name, old).ok_or(Refused::Patch(BadPatch::Damaged))?;
        write(&place.next.join(name), &bytes).map_err(|error| disk(name, error))
    })?;
    let report = verify::folder(&place.next, key).map_err(|error| disk("", error))?;
    let is_promised = report.sums.as_ref() == Some(&arrived.patch.to.sums);
    if report.is_intact() && !is_promised {
        return Err(Refused::Patch(BadPatch::Damaged));
    }
    if report.is_intact() { Ok(report) } else { Err(Refused::Result(Box::new(report))) }
}

/// Writes a file so that it is on the disk before its folder takes its place.
fn write(path: &Utf8Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

impl From<Obstacle> for Refused {
    fn from(obstacle: Obstacle) -> Self {
        match obstacle {
            Obstacle::Busy => Self::Busy,
            Obstacle::InTheWay(path) => Self::InTheWay(path),
            Obstacle::Disk(path, error) => Self::Disk(path, error),
        }
    }
}

impl Applied {
    /// What to tell the person, its lines ended.
    pub fn text(&self, language: Language) -> String {
        let done = if self.was_new {
            Text::new(
                "la cartella ha già questa versione: non c'è niente da fare",
                "the folder already has this version: there is nothing to do",
            )
        } else {
            Text::new("la cartella è aggiornata", "the folder is up to date")
        };
        format!("{}\n{}", done.in_language(language), self.report.text(language))
    }
}

impl Refused {
    /// What to tell the person.
    pub fn text(&self, language: Language) -> String {
        let text = match self {
            Self::Patch(bad) => return bad.text(language),
            Self::OtherVersion { has: Some(has), wants } => Text::new(
                format!(
                    "questo aggiornamento non è per questa cartella, che ha «{has}»: vale solo per \
                     «{wants}». La cartella è rimasta com'era; chiedi l'aggiornamento per la tua \
                     versione, o il sito intero"
                ),
                format!(
                    "this patch is not for this folder, which has “{has}”: it is for “{wants}” \
                     only. The folder is as it was; ask for the patch for your version, or for the \
                     whole site"
                ),
            ),
            Self::OtherVersion { has: None, wants } => Text::new(
                format!(
                    "questa cartella non è una copia del sito, o il suo `{MANIFEST}` è rovinato: \
                     questo aggiornamento vale solo per «{wants}». La cartella è rimasta com'era"
                ),
                format!(
                    "this folder is no copy of the site, or its `{MANIFEST}` is damaged: this \
                     patch is for “{wants}” only. The folder is as it was"
                ),
            ),
            Self::Changed(report) => Text::new(
                format!(
                    "la cartella non è come è stata pubblicata, e resta com'è.\n{}",
                    report.text(Language::Italian).trim_end()
                ),
                format!(
                    "the folder is not as it was published, and stays as it is.\n{}",
                    report.text(Language::English).trim_end()
                ),
            ),
            Self::Result(report) => Text::new(
                format!(
                    "ciò che l'aggiornamento darebbe non va bene, e la cartella resta com'è.\n{}",
                    report.text(Language::Italian).trim_end()
                ),
                format!(
                    "what the patch would give is not right, and the folder stays as it is.\n{}",
                    report.text(Language::English).trim_end()
                ),
            ),
            Self::Busy => Text::new(
                "un altro `vasta apply` sta cambiando questa cartella: aspetta che finisca",
                "another `vasta apply` is changing this folder: wait until it has ended",
            ),
            Self::InTheWay(path) => Text::new(
                format!("`{path}` non è di vasta, e il suo nome serve: spostalo"),
                format!("`{path}` is not vasta's, and its name is needed: move it"),
            ),
            Self::Disk(path, error) => Text::new(
                format!("il disco rifiuta `{path}`: {error}"),
                format!("the disk refuses `{path}`: {error}"),
            ),
        };
        text.in_language(language).to_owned()
    }
}
