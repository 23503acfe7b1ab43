//! Brings a folder to hold exactly the files of a site. Files are put beside those that they will
//! replace as they are made, and take their places all together at the end; what is the same is not
//! touched, what vasta made and no longer makes is removed, and a folder that vasta did not make is
//! refused. A folder that does not exist yet is made under another name and renamed when it is whole.
//!
//! So whoever stops the program at any moment leaves whole files only, all of them known to the next
//! build, which repairs the rest; and a build that ends with an error leaves no trace.
#![expect(clippy::disallowed_methods, reason = "this is the one place that writes the site")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{fmt, fs};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use crate::base::{Language, Produced, UrlPath};
use crate::source::edition::NoEdition;
use crate::source::tree::Stamp;

use super::bundle::patch::NoPatch;

/// The list of the files that vasta made, at the root of the folder.
const LIST: &str = ".vasta-files";
/// The first line of the list.
const HEADER: &str =
    "vasta 1: the files below were made by vasta, which may replace or remove them";
/// What is added to the name of a file until it takes its place. It lies beside the file that it
/// becomes, since disks keep the files of one folder together. The same is added to the name of a
/// folder that is being made.
const TEMPORARY: &str = ".vasta-tmp";
/// A file that is there while the folder is being changed.
const MARK: &str = ".vasta-tmp";

/// How each file of the site was recognised when it was written.
pub type Stamps = BTreeMap<UrlPath, Stamp>;

/// What was done to the folder.
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
    /// There is no such edition to write.
    NoEdition(NoEdition),
    /// The older bundle cannot be compared with the new one.
    NoPatch(NoPatch),
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
            (Self::NoEdition(no), language) => no.text(language),
            (Self::NoPatch(no), language) => no.text(language),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text(Language::English))
    }
}

/// A folder that is about to be changed.
#[derive(Debug)]
pub struct Folder {
    root: Utf8PathBuf,
    /// Where files are put: the folder itself, or a new one that will take its place.
    stage: Utf8PathBuf,
    /// The files that vasta made in it before.
    before: BTreeSet<UrlPath>,
    progress: Mutex<Progress>,
}

/// What was put so far.
#[derive(Debug, Default)]
struct Progress {
    /// Files that wait for their place.
    staged: Stamps,
    /// Files that are already what they should be.
    same: Stamps,
    /// Folders that are known to be there.
    folders: BTreeSet<String>,
    /// Those of them that were not there before.
    new_folders: Vec<Utf8PathBuf>,
    is_begun: bool,
    trouble: Option<Trouble>,
}

impl Folder {
    /// Looks at `root`, which need not exist. What a build that was stopped left there is removed.
    ///
    /// # Errors
    /// When the folder is not vasta's.
    pub fn open(root: &Utf8Path) -> Result<Self, Trouble> {
        let disk = |error| Trouble::Disk(root.to_owned(), error);
        let beside = Utf8PathBuf::from(format!("{root}{TEMPORARY}"));
        clear(&beside)?;
        let before = match fs::symlink_metadata(root) {
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(disk(error)),
            Ok(found) if !found.is_dir() => return Err(Trouble::InTheWay(root.to_owned())),
            Ok(_) => Some(listed(root)?),
        };
        if root.join(MARK).is_file() {
            sweep(root);
            remove_file(&root.join(MARK))?;
        }
        let is_new = before.as_ref().is_none_or(BTreeSet::is_empty);
        Ok(Self {
            root: root.to_owned(),
            stage: if is_new { beside } else { root.to_owned() },
            before: before.unwrap_or_default(),
            progress: Mutex::default(),
        })
    }

    /// The files that are no longer as they were written, or no longer there.
    pub fn damaged(&self, stamps: &Stamps) -> Vec<UrlPath> {
        let is_intact = |path: &UrlPath, stamp: &Stamp| {
            let found = fs::symlink_metadata(self.root.join(path.as_str()));
            found.is_ok_and(|found| found.is_file() && Stamp::of(&found).as_written() == *stamp)
        };
        let damaged = stamps.par_iter().filter(|(path, stamp)| !is_intact(path, stamp));
        damaged.map(|(path, _)| path.clone()).collect()
    }

    /// Whether vasta made exactly these files in it.
    pub fn holds(&self, stamps: &Stamps) -> bool {
        self.before.len() == stamps.len() && self.before.iter().eq(stamps.keys())
    }

    /// The files that vasta made in it.
    pub fn files(&self) -> impl Iterator<Item = &UrlPath> {
        self.before.iter()
    }

    /// The bytes of a file that is there.
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.root.join(UrlPath::file(path)?.as_str())).ok()
    }

    /// Puts a file beside its place, unless what is there is the same. Trouble is told by `finish`.
    pub fn put(&self, file: &Produced) {
        let is_well = self.lock().trouble.is_none();
        if let Some(trouble) = is_well.then(|| self.try_put(file).err()).flatten() {
            self.lock().trouble.get_or_insert(trouble);
        }
    }

    fn try_put(&self, file: &Produced) -> Result<(), Trouble> {
        let path = self.stage.join(file.path.as_str());
        if !self.is_new()
            && let Some(stamp) = stamp_if_same(&path, &file.bytes)
        {
            self.lock().same.insert(file.path.clone(), stamp);
            return Ok(());
        }
        self.begin()?;
        self.make_folders(&file.path)?;
        let path = if self.is_new() { path } else { temporary(&path) };
        let stamp = write(&path, &file.bytes)?;
        self.lock().staged.insert(file.path.clone(), stamp);
        Ok(())
    }

    fn is_new(&self) -> bool {
        self.stage != self.root
    }

    /// Marks the folder as being changed.
    fn begin(&self) -> Result<(), Trouble> {
        let mut progress = self.lock();
        if progress.is_begun {
            return Ok(());
        }
        if self.is_new() {
            fs::create_dir_all(&self.stage)
                .map_err(|error| Trouble::Disk(self.stage.clone(), error))?;
        }
        write(&self.stage.join(MARK), b"")?;
        progress.is_begun = true;
        Ok(())
    }

    /// Makes the folders above a file, refusing to go through a link to somewhere else.
    fn make_folders(&self, path: &UrlPath) -> Result<(), Trouble> {
        for (slash, _) in path.as_str().match_indices('/') {
            let folder = &path.as_str()[..slash];
            if self.lock().folders.contains(folder) {
                continue;
            }
            let place = self.stage.join(folder);
            let is_made = match fs::create_dir(&place) {
                Ok(()) => true,
                Err(error) if error.kind() == ErrorKind::AlreadyExists => false,
                Err(error) => return Err(Trouble::Disk(place, error)),
            };
            if !is_made && !fs::symlink_metadata(&place).is_ok_and(|found| found.is_dir()) {
                return Err(Trouble::InTheWay(place));
            }
            let mut progress = self.lock();
            progress.folders.insert(folder.to_owned());
            if is_made {
                progress.new_folders.push(place);
            }
        }
        Ok(())
    }

    /// Hands out what went wrong when files were put, if something did.
    pub fn take_trouble(&self) -> Option<Trouble> {
        self.lock().trouble.take()
    }

    /// Gives every file its place, so that the folder holds `wanted` and nothing else. Those of them
    /// that were not put are there already, as `known` says.
    ///
    /// # Errors
    /// When something stood in the way or the disk refused, now or when a file was put. The folder
    /// then holds whole files only, old or new.
    pub fn finish<'a>(
        self,
        wanted: impl Iterator<Item = &'a UrlPath>,
        known: &Stamps,
    ) -> Result<(Reconciled, Stamps), Trouble> {
        if let Some(trouble) = self.take_trouble() {
            self.abandon();
            return Err(trouble);
        }
        let wanted: BTreeSet<UrlPath> = wanted.cloned().collect();
        let Progress { staged, same, .. } = std::mem::take(&mut *self.lock());
        let written = staged.len();
        let kept = wanted.iter().filter(|path| !staged.contains_key(path)).count();
        let known = wanted.iter().filter_map(|path| Some((path.clone(), *known.get(path)?)));
        let stamps: Stamps = known.chain(same).chain(staged.clone()).collect();
        if self.is_new() {
            self.take_place(&wanted)?;
            return Ok((Reconciled { written, kept, removed: 0 }, stamps));
        }
        let gone: Vec<&UrlPath> = self.before.difference(&wanted).collect();
        if written == 0 && gone.is_empty() && self.before == wanted {
            return Ok((Reconciled { written, kept, removed: 0 }, stamps));
        }
        let root = &self.root;
        write(&root.join(MARK), b"")?;
        // Whoever finds the folder half changed must know every file in it.
        let all: BTreeSet<UrlPath> = self.before.union(&wanted).cloned().collect();
        if all != self.before {
            write_list(root, &all)?;
        }
        let staged: Vec<&UrlPath> = staged.keys().collect();
        staged.par_iter().try_for_each(|path| {
            let place = root.join(path.as_str());
            rename(&temporary(&place), &place)
        })?;
        let removed = gone.iter().filter(|path| remove(root, path)).count();
        if all != wanted {
            write_list(root, &wanted)?;
        }
        remove_file(&root.join(MARK))?;
        Ok((Reconciled { written, kept, removed }, stamps))
    }

    /// The new folder takes the place of the one that is not there, or is empty.
    fn take_place(&self, wanted: &BTreeSet<UrlPath>) -> Result<(), Trouble> {
        self.begin()?;
        write_list(&self.stage, wanted)?;
        remove_file(&self.stage.join(MARK))?;
        if self.root.is_dir() {
            // Only leftovers of a build that was stopped can be in it.
            remove_file(&self.root.join(LIST))?;
            fs::remove_dir(&self.root).map_err(|error| Trouble::Disk(self.root.clone(), error))?;
        }
        rename(&self.stage, &self.root)
    }

    /// Takes away everything that was put.
    pub fn abandon(&self) {
        let progress = std::mem::take(&mut *self.lock());
        if !progress.is_begun {
            return;
        }
        if self.is_new() {
            clear(&self.stage).ok();
            return;
        }
        for path in progress.staged.keys() {
            fs::remove_file(temporary(&self.root.join(path.as_str()))).ok();
        }
        for folder in progress.new_folders.iter().rev() {
            fs::remove_dir(folder).ok();
        }
        fs::remove_file(self.root.join(MARK)).ok();
    }

    fn lock(&self) -> MutexGuard<'_, Progress> {
        // Only whole entries are put in, so a panic elsewhere leaves none half done.
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes the folder that vasta was making beside its place when it was stopped. The mark goes last:
/// whoever is stopped here too leaves a folder that the next build knows.
fn clear(beside: &Utf8Path) -> Result<(), Trouble> {
    let disk = |error| Trouble::Disk(beside.to_owned(), error);
    match fs::symlink_metadata(beside) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(disk(error)),
        Ok(found) if !found.is_dir() => return Err(Trouble::InTheWay(beside.to_owned())),
        Ok(_) => {}
    }
    let mark = beside.join(MARK);
    if !mark.is_file() {
        listed(beside)?;
        write(&mark, b"")?;
    }
    for entry in beside.read_dir_utf8().map_err(disk)? {
        let entry = entry.map_err(disk)?;
        if entry.file_name() == MARK {
            continue;
        }
        let is_folder = entry.file_type().map_err(disk)?.is_dir();
        let remove = if is_folder { fs::remove_dir_all } else { fs::remove_file };
        remove(entry.path().as_std_path()).map_err(disk)?;
    }
    remove_file(&mark)?;
    fs::remove_dir(beside).map_err(disk)
}

/// The files that vasta made in `root` before.
fn listed(root: &Utf8Path) -> Result<BTreeSet<UrlPath>, Trouble> {
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
    let place = root.join(LIST);
    write(&temporary(&place), list.as_bytes())?;
    rename(&temporary(&place), &place)
}

/// The stamp of a file that already holds `bytes`; a link counts as different.
fn stamp_if_same(path: &Utf8Path, bytes: &[u8]) -> Option<Stamp> {
    let found = fs::symlink_metadata(path).ok()?;
    let is_likely = found.is_file() && found.len() == bytes.len() as u64;
    let is_same = is_likely && fs::read(path).is_ok_and(|found| found == bytes);
    is_same.then(|| Stamp::of(&found).as_written())
}

/// The name of a file or folder until it takes its place.
pub(super) fn temporary(path: &Utf8Path) -> Utf8PathBuf {
    Utf8PathBuf::from(format!("{path}{TEMPORARY}"))
}

/// Writes a new file and gives its stamp. What lies there already, be it a link, is removed and not
/// written through.
fn write(path: &Utf8Path, bytes: &[u8]) -> Result<Stamp, Trouble> {
    let write = || {
        let mut file = match fs::File::create_new(path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                fs::remove_file(path)?;
                fs::File::create_new(path)?
            }
            created => created?,
        };
        file.write_all(bytes)?;
        Ok(Stamp::of(&file.metadata()?).as_written())
    };
    write().map_err(|error| Trouble::Disk(path.to_owned(), error))
}

fn rename(from: &Utf8Path, to: &Utf8Path) -> Result<(), Trouble> {
    fs::rename(from, to).map_err(|error| Trouble::Disk(to.to_owned(), error))
}

fn remove_file(path: &Utf8Path) -> Result<(), Trouble> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Trouble::Disk(path.to_owned(), error))
        }
        _ => Ok(()),
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

/// Removes what a build that was stopped had put and could not finish.
fn sweep(folder: &Utf8Path) {
    for entry in folder.read_dir_utf8().into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => sweep(entry.path()),
            Ok(_) if entry.file_name().ends_with(TEMPORARY) && entry.file_name() != MARK => {
                fs::remove_file(entry.path()).ok();
            }
            _ => {}
        }
    }
    // Folders that it made are empty now; others stay.
    fs::remove_dir(folder).ok();
}
