//! Makes a folder equal to a set of outputs, file by file. What is the same is not touched, what
//! vasta made and no longer makes is removed, and a folder that vasta did not make is refused.
//!
//! Each file is written under a temporary name and renamed, and the list of files is extended
//! before the first new one appears. So whoever stops the program at any moment leaves whole files
//! only, all of them known to the next build, which repairs the rest.
#![expect(clippy::disallowed_methods, reason = "this is the one place that writes the site")]

use std::collections::BTreeSet;
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fmt, fs};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use crate::base::{Language, Outputs, Produced, UrlPath};

/// The list of the files that vasta made, at the root of the folder.
const LIST: &str = ".vasta-files";
/// The first line of the list.
const HEADER: &str =
    "vasta 1: the files below were made by vasta, which may replace or remove them";
/// What is added to the name of a file while it is written. It lies beside the file that it becomes,
/// since disks keep the files of one folder together: thousands from one folder would crowd it.
const TEMPORARY: &str = ".vasta-tmp";
/// A file that is there while the folder is being changed.
const MARK: &str = ".vasta-tmp";

/// What reconciling did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Files that were new or different.
    pub written: usize,
    /// Files that were the same.
    pub kept: usize,
    /// Files that are no longer made.
    pub removed: usize,
}

/// Why a folder could not be written.
#[derive(Debug)]
pub enum Trouble {
    /// There are files in the folder, and vasta did not make it.
    NotOurs(Utf8PathBuf),
    /// A symbolic link or file stands where a folder of the site belongs.
    InTheWay(Utf8PathBuf),
    /// The disk refuses.
    Disk(Utf8PathBuf, io::Error),
}

impl Trouble {
    /// What to tell the person.
    pub fn text(&self, language: Language) -> String {
        match (self, language) {
            (Self::NotOurs(path), Language::Italian) => format!(
                "la cartella `{path}` non è vuota e non l'ha creata vasta: scegli un'altra \
                 cartella con `--out`, oppure svuota questa"
            ),
            (Self::NotOurs(path), Language::English) => format!(
                "the folder `{path}` is not empty and was not made by vasta: choose another \
                 folder with `--out`, or empty this one"
            ),
            (Self::InTheWay(path), Language::Italian) => format!(
                "`{path}` è un file o un collegamento simbolico al posto di una cartella: toglilo"
            ),
            (Self::InTheWay(path), Language::English) => {
                format!("`{path}` is a file or a symbolic link where a folder belongs: remove it")
            }
            (Self::Disk(path, error), Language::Italian) => {
                format!("non riesco a scrivere `{path}`: {error}")
            }
            (Self::Disk(path, error), Language::English) => {
                format!("cannot write `{path}`: {error}")
            }
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text(Language::English))
    }
}

/// Brings `root` to hold exactly `outputs`.
///
/// # Errors
/// When the folder is not vasta's, something stands in the way, or the disk refuses. The folder
/// then holds whole files only, old or new.
pub fn reconcile(root: &Utf8Path, outputs: &Outputs) -> Result<Reconciled, Trouble> {
    let before = open(root)?;
    let after: BTreeSet<UrlPath> = outputs.iter().map(|file| file.path.clone()).collect();
    let all: BTreeSet<UrlPath> = before.union(&after).cloned().collect();
    let mark = root.join(MARK);
    if mark.is_file() {
        sweep(root, &before);
    }
    fs::write(&mark, "").map_err(|error| Trouble::Disk(mark.clone(), error))?;
    if all != before {
        write_list(root, &all)?;
    }
    for folder in folders(&after) {
        make_folder_below(root, &folder)?;
    }
    let written = AtomicUsize::new(0);
    let files: Vec<&Produced> = outputs.iter().collect();
    files.par_iter().try_for_each(|file| {
        let path = root.join(file.path.as_str());
        if is_same(&path, &file.bytes) {
            return Ok(());
        }
        written.fetch_add(1, Ordering::Relaxed);
        replace(&path, &file.bytes)
    })?;
    let removed = before.difference(&after).filter(|path| remove(root, path)).count();
    if all != after || !root.join(LIST).is_file() {
        write_list(root, &after)?;
    }
    fs::remove_file(&mark).map_err(|error| Trouble::Disk(mark, error))?;
    let written = written.into_inner();
    Ok(Reconciled { written, kept: files.len() - written, removed })
}

/// The files that vasta made in `root` before; makes the folder when there is none.
fn open(root: &Utf8Path) -> Result<BTreeSet<UrlPath>, Trouble> {
    match fs::symlink_metadata(root) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(root).map_err(|error| Trouble::Disk(root.to_owned(), error))?;
            return Ok(BTreeSet::new());
        }
        Err(error) => return Err(Trouble::Disk(root.to_owned(), error)),
        Ok(found) if !found.is_dir() => return Err(Trouble::InTheWay(root.to_owned())),
        Ok(_) => {}
    }
    match fs::read_to_string(root.join(LIST)) {
        Ok(list) if list.lines().next() == Some(HEADER) => {
            Ok(list.lines().skip(1).filter_map(UrlPath::file).collect())
        }
        _ if is_fresh(root)? => Ok(BTreeSet::new()),
        _ => Err(Trouble::NotOurs(root.to_owned())),
    }
}

/// Whether the folder is empty, or vasta was stopped in it before it wrote anything.
fn is_fresh(root: &Utf8Path) -> Result<bool, Trouble> {
    let entries = root.read_dir_utf8().map_err(|error| Trouble::Disk(root.to_owned(), error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Trouble::Disk(root.to_owned(), error))?;
        if entry.file_name() != MARK && entry.file_name() != format!("{LIST}{TEMPORARY}") {
            return Ok(false);
        }
    }
    Ok(true)
}

fn write_list(root: &Utf8Path, paths: &BTreeSet<UrlPath>) -> Result<(), Trouble> {
    let mut list = format!("{HEADER}\n");
    for path in paths {
        list.push_str(path.as_str());
        list.push('\n');
    }
    replace(&root.join(LIST), list.as_bytes())
}

/// Every folder that the files need, parents before children.
fn folders(paths: &BTreeSet<UrlPath>) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for path in paths {
        for (slash, _) in path.as_str().match_indices('/') {
            folders.insert(path.as_str()[..slash].to_owned());
        }
    }
    folders
}

/// Makes `root/folder`, refusing to go through a link to somewhere else.
fn make_folder_below(root: &Utf8Path, folder: &str) -> Result<(), Trouble> {
    let path = root.join(folder);
    match fs::symlink_metadata(&path) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(Trouble::InTheWay(path)),
        Err(_) => make_folder(&path),
    }
}

fn make_folder(path: &Utf8Path) -> Result<(), Trouble> {
    fs::create_dir(path).map_err(|error| Trouble::Disk(path.to_owned(), error))
}

/// Whether the file already holds `bytes`; a link counts as different and is replaced.
fn is_same(path: &Utf8Path, bytes: &[u8]) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| {
        found.is_file()
            && found.len() == bytes.len() as u64
            && fs::read(path).is_ok_and(|found| found == bytes)
    })
}

fn replace(path: &Utf8Path, bytes: &[u8]) -> Result<(), Trouble> {
    let temporary = format!("{path}{TEMPORARY}");
    create_new(&temporary)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| fs::rename(&temporary, path))
        .map_err(|error| Trouble::Disk(path.to_owned(), error))
}

/// A new file; what lies there already, be it a link, is removed and not written through.
fn create_new(path: &str) -> io::Result<fs::File> {
    match fs::File::create_new(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            fs::File::create_new(path)
        }
        created => created,
    }
}

/// Removes one file that is no longer made, and the folders that it leaves empty.
fn remove(root: &Utf8Path, path: &UrlPath) -> bool {
    let file = root.join(path.as_str());
    let passes_link = file.ancestors().skip(1).take_while(|folder| *folder != root).any(|folder| {
        fs::symlink_metadata(folder).is_ok_and(|found| found.file_type().is_symlink())
    });
    let removed = !passes_link && fs::remove_file(&file).is_ok();
    let mut folder = file.parent();
    while let Some(path) = folder.filter(|path| *path != root) {
        // Only an empty folder can be removed this way; the first that is not ends the walk.
        if fs::remove_dir(path).is_err() {
            break;
        }
        folder = path.parent();
    }
    removed
}

/// Removes what a build that was stopped had begun to write: the list names every file it could be.
fn sweep(root: &Utf8Path, paths: &BTreeSet<UrlPath>) {
    for path in paths {
        // Where nothing was begun there is nothing to remove.
        fs::remove_file(root.join(format!("{path}{TEMPORARY}"))).ok();
    }
}
