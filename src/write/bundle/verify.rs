//! Whether a copy of a bundle is what was packed: every file by its checksum, nothing missing, nothing
//! more, and an archive to its last byte. What is wrong is in the report, by name. A copy may come
//! from anybody, so sizes are compared before anything is inflated.

use std::io;
use std::sync::Arc;

use camino::Utf8Path;
use rayon::prelude::*;

use crate::base::Table;
use crate::base::archive::Opened;
use crate::base::checksum::sha256;

use super::held::{Held, Listing};
use super::manifest::{FileSum, MANIFEST, Manifest, SIGNATURE, SUMS};
use super::names::{self, NameTrouble};
use super::packed::Packed;
use super::report::{Finding, Report, Signed};
use super::signing::{Key, Signature};

/// No bundle holds more.
pub(super) const MOST: u64 = 4 << 30;
/// No list is longer: some 400,000 files.
pub(super) const MOST_OF_LIST: u64 = 64 << 20;
/// No signature is longer.
const MOST_OF_SIGNATURE: u64 = 64 << 10;

/// Files that systems leave in folders which somebody looked at.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Checks an archive. With `key` it must be signed by its owner.
pub fn archive(bytes: &[u8], key: Option<&Key>) -> Report {
    let Ok(opened) = Opened::open(bytes) else {
        let mut report = Report::default();
        report.found(Finding::Broken);
        return report;
    };
    let held = Held::Archive(&opened);
    let mut report =
        held.list().map_or_else(|_| Report::default(), |list| examine(&held, list, key));
    if opened.is_intact() {
        return report;
    }
    if report.is_intact() {
        seal_is_wrong(&opened, &mut report);
    } else if report.findings.keys().all(|finding| *finding == Finding::Extra) {
        // It may be one of the lists that has another name now.
        report.found(Finding::Seal);
    }
    report
}

/// Checks a folder. With `key` it must be signed by its owner.
///
/// # Errors
/// When the folder cannot be listed.
pub fn folder(root: &Utf8Path, key: Option<&Key>) -> io::Result<Report> {
    let held = Held::Folder(root);
    Ok(examine(&held, held.list()?, key))
}

/// The SHA-256 of the list of sums in a folder: which bundle it says it is.
pub(super) fn sums_of(root: &Utf8Path) -> Option<String> {
    let held = Held::Folder(root);
    let size = *held.list().ok()?.files.get(SUMS)?;
    let bytes = held.read(SUMS, size.min(MOST_OF_LIST)).ok()?;
    Some(sha256([&*bytes]))
}

fn examine(held: &Held<'_>, listing: Listing, key: Option<&Key>) -> Report {
    let mut report = Report::default();
    report.names(Finding::Twice, &listing.twice);
    report.names(Finding::NoFile, &listing.others);
    check_names(listing.files.keys().map(String::as_str), &mut report);
    let list = |name, most| {
        let size = listing.files.get(name).filter(|size| **size <= most)?;
        held.read(name, *size).ok()
    };
    let manifest_bytes = list(MANIFEST, MOST_OF_LIST);
    let sums = list(SUMS, MOST_OF_LIST);
    check_signature(
        &listing,
        list(SIGNATURE, MOST_OF_SIGNATURE),
        sums.as_deref(),
        key,
        &mut report,
    );
    for (name, bytes) in [(MANIFEST, &manifest_bytes), (SUMS, &sums)] {
        let is_there = listing.files.contains_key(name);
        match bytes {
            _ if !is_there => report.name(Finding::Missing, name),
            None => report.name(Finding::Changed, name),
            Some(_) => {}
        }
    }
    let Some(manifest) = manifest_bytes.as_deref().and_then(Manifest::read) else {
        report.found(Finding::NoList);
        if listing.files.contains_key(MANIFEST) {
            report.name(Finding::Changed, MANIFEST);
        }
        return report;
    };
    check_names(manifest.files.keys().map(String::as_str), &mut report);
    if manifest.n_bytes() > MOST {
        report.found(Finding::TooMuch);
        return report;
    }
    if sums.as_ref().is_some_and(|sums| manifest.sums().as_bytes() != sums) {
        report.names(Finding::Disagree, &[MANIFEST, SUMS]);
    }
    compare_files(held, &listing, &manifest, &mut report);
    report.sums = sums.as_deref().map(|sums| sha256([sums]));
    report.manifest = Some(manifest);
    report
}

fn check_names<'a>(files: impl Iterator<Item = &'a str> + Clone, report: &mut Report) {
    for name in files.clone() {
        match names::trouble(name) {
            Some(NameTrouble::Leaves) => report.name(Finding::Leaves, name),
            Some(NameTrouble::NotPortable) => report.name(Finding::NotPortable, name),
            None => {}
        }
    }
    for name in names::clashing(files) {
        report.name(Finding::NotPortable, name);
    }
}

/// Compares every file with its promise.
fn compare_files(held: &Held<'_>, listing: &Listing, manifest: &Manifest, report: &mut Report) {
    let checked = manifest.files.par_iter();
    let found =
        checked.filter_map(|(name, sum)| Some((check_file(held, listing, name, sum)?, name)));
    let found: Vec<(Finding, &String)> = found.collect();
    for (finding, name) in found {
        report.name(finding, name);
    }
    let is_list = |name: &str| [MANIFEST, SUMS, SIGNATURE].contains(&name);
    let is_folder = matches!(held, Held::Folder(_));
    let unknown = |name: &&String| !manifest.files.contains_key(*name) && !is_list(name);
    for name in listing.files.keys().filter(unknown) {
        if is_folder && is_litter(name) {
            report.litter.push(name.clone());
        } else {
            report.name(Finding::Extra, name);
        }
    }
}

/// What is wrong with one file.
fn check_file(held: &Held<'_>, listing: &Listing, name: &str, sum: &FileSum) -> Option<Finding> {
    let Some(size) = listing.files.get(name) else { return Some(Finding::Missing) };
    if *size != sum.n_bytes {
        return Some(Finding::Changed);
    }
    match held.read(name, *size) {
        Ok(bytes) if FileSum::of([&*bytes]) == *sum => None,
        Err(error) if error.kind() != io::ErrorKind::InvalidData => Some(Finding::Unreadable),
        _ => Some(Finding::Changed),
    }
}

fn is_litter(path: &str) -> bool {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    LITTER.iter().any(|litter| litter.eq_ignore_ascii_case(name))
}

fn check_signature(
    listing: &Listing,
    signature: Option<Vec<u8>>,
    sums: Option<&[u8]>,
    key: Option<&Key>,
    report: &mut Report,
) {
    let is_there = listing.files.contains_key(SIGNATURE);
    let signature = signature.and_then(|bytes| Signature::read(std::str::from_utf8(&bytes).ok()?));
    report.signed = match (signature, key) {
        (None, _) if is_there => {
            report.name(Finding::BadSignature, SIGNATURE);
            return;
        }
        (None, None) => Signed::No,
        (None, Some(_)) => {
            report.found(Finding::Unsigned);
            return;
        }
        (Some(signature), None) => Signed::Unchecked { id: signature.id() },
        (Some(signature), Some(key)) if signature.id() != key.id() => {
            report.name(Finding::OtherKey, &format!("{} ≠ {}", signature.id(), key.id()));
            return;
        }
        (Some(signature), Some(key)) => {
            if !sums.is_some_and(|sums| key.accepts(&signature, sums)) {
                report.name(Finding::BadSignature, SUMS);
                return;
            }
            Signed::By { id: key.id(), comment: signature.comment().to_owned() }
        }
    };
}

/// All files are right and the seal is not: finds out where the archive was changed.
fn seal_is_wrong(opened: &Opened<'_>, report: &mut Report) {
    let memo = Table::default();
    let names: Vec<&str> = opened.names().collect();
    let is_repacked = |name: &&&str| {
        let bytes = opened.read(name).unwrap_or_default();
        let expected = match **name {
            MANIFEST | SUMS | SIGNATURE => Packed::list(bytes),
            name => Packed::of(name, &Arc::from(bytes), &memo),
        };
        opened.raw(name) != Some(&expected.raw())
    };
    let repacked: Vec<&str> = names.par_iter().filter(is_repacked).copied().collect();
    if repacked.is_empty() {
        report.found(Finding::Frame);
    }
    report.names(Finding::Repacked, &repacked);
}
