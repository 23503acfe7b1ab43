//! Lets one folder take the place of another at once. The new one is made beside it, under the name of
//! the folder with `.vasta-new` behind; while that is going on, a file with `.vasta-apply` behind says
//! so. Where the system can, the two folders exchange their names in one step. Elsewhere the old one
//! steps aside first, to `.vasta-old`; who is stopped right then has no folder until the next run,
//! which puts the old one back.
#![expect(clippy::disallowed_methods, reason = "this is the one place that moves bundles")]

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read, Write};

use camino::{Utf8Path, Utf8PathBuf};

/// What is added to the name of the folder, for the one that is being made.
const NEW: &str = ".vasta-new";
/// The same for the one that steps aside.
const OLD: &str = ".vasta-old";
/// The same for the file which says that somebody is at work, and whose lock says that they still are.
const MARK: &str = ".vasta-apply";
/// What that file says.
const NOTE: &str =
    "vasta 1: `vasta apply` was changing the folder beside this file. Run it again.\n";

/// Why a folder cannot take the place of another one.
#[derive(Debug)]
pub(super) enum Obstacle {
    /// Another run is at it.
    Busy,
    /// Somebody else made something of this name.
    InTheWay(Utf8PathBuf),
    /// The disk refuses.
    Disk(Utf8PathBuf, io::Error),
}

/// A folder that is about to be replaced.
#[derive(Debug)]
pub(super) struct Place {
    /// The folder.
    pub(super) folder: Utf8PathBuf,
    /// The one that will take its place, empty at first.
    pub(super) next: Utf8PathBuf,
    /// Held while we are at it.
    _mark: File,
}

impl Place {
    /// Where the folder really is, after a run that was stopped is cleared away.
    pub(super) fn find(folder: &Utf8Path) -> Result<Utf8PathBuf, Obstacle> {
        let folder = real(folder).map_err(|error| Obstacle::Disk(folder.to_owned(), error))?;
        let mark = beside(&folder, MARK);
        if let Some(file) = open_mark(&mark)? {
            lock(&file, &mark)?;
            recover(&folder)?;
        }
        Ok(folder)
    }

    /// Begins to replace a folder that was found.
    pub(super) fn begin(folder: Utf8PathBuf) -> Result<Self, Obstacle> {
        let [next, last, mark] = [NEW, OLD, MARK].map(|end| beside(&folder, end));
        if let Some(path) = [&next, &last].into_iter().find(|path| path.symlink_metadata().is_ok())
        {
            return Err(Obstacle::InTheWay(path.clone()));
        }
        let disk = |path: &Utf8Path| {
            let path = path.to_owned();
            |error| Obstacle::Disk(path, error)
        };
        let mut file = File::create_new(&mark).map_err(disk(&mark))?;
        lock(&file, &mark)?;
        file.write_all(NOTE.as_bytes()).map_err(disk(&mark))?;
        fs::create_dir(&next).map_err(disk(&next))?;
        Ok(Self { folder, next, _mark: file })
    }

    /// The new folder takes its place, and the old one goes.
    pub(super) fn take(self) -> Result<(), Obstacle> {
        self.take_by(exchange)
    }

    fn take_by(self, exchange: impl Fn(&Utf8Path, &Utf8Path) -> bool) -> Result<(), Obstacle> {
        let disk = |error| Obstacle::Disk(self.folder.clone(), error);
        if !exchange(&self.next, &self.folder) {
            let last = beside(&self.folder, OLD);
            fs::rename(&self.folder, &last).map_err(disk)?;
            if let Err(error) = fs::rename(&self.next, &self.folder) {
                fs::rename(&last, &self.folder).map_err(disk)?;
                return Err(disk(error));
            }
        }
        recover(&self.folder)
    }

    /// Leaves the folder as it is.
    pub(super) fn leave(self) {
        // What stays is cleared by the next run.
        recover(&self.folder).ok();
    }
}

/// The folder without links, whether it is there or not.
fn real(folder: &Utf8Path) -> io::Result<Utf8PathBuf> {
    match (folder.canonicalize_utf8(), folder.file_name()) {
        (Err(error), Some(name)) if error.kind() == ErrorKind::NotFound => {
            let parent = folder.parent().filter(|parent| !parent.as_str().is_empty());
            Ok(parent.unwrap_or(Utf8Path::new(".")).canonicalize_utf8()?.join(name))
        }
        (found, _) => found,
    }
}

fn beside(folder: &Utf8Path, end: &str) -> Utf8PathBuf {
    Utf8PathBuf::from(format!("{folder}{end}"))
}

/// The mark of a run that was stopped, or is still at it.
fn open_mark(mark: &Utf8Path) -> Result<Option<File>, Obstacle> {
    let disk = |error| Obstacle::Disk(mark.to_owned(), error);
    match mark.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(disk(error)),
        Ok(found) if !found.is_file() => return Err(Obstacle::InTheWay(mark.to_owned())),
        Ok(_) => {}
    }
    let mut file = File::open(mark).map_err(disk)?;
    let mut note = String::new();
    // Whoever was stopped at once had written nothing yet.
    let is_read = (&mut file).take(NOTE.len() as u64 + 1).read_to_string(&mut note).is_ok();
    if is_read && NOTE.starts_with(&note) {
        return Ok(Some(file));
    }
    Err(Obstacle::InTheWay(mark.to_owned()))
}

fn lock(file: &File, mark: &Utf8Path) -> Result<(), Obstacle> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Obstacle::Busy),
        // A disk that knows no locks has one user, who can wait.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(()),
        Err(TryLockError::Error(error)) => Err(Obstacle::Disk(mark.to_owned(), error)),
        Ok(()) => Ok(()),
    }
}

/// Clears away what lies beside the folder. The mark goes last: whoever is stopped here begins again.
fn recover(folder: &Utf8Path) -> Result<(), Obstacle> {
    let [next, last, mark] = [NEW, OLD, MARK].map(|end| beside(folder, end));
    let is_there = |path: &Utf8Path| path.symlink_metadata().is_ok();
    if !is_there(folder) && is_there(&last) {
        fs::rename(&last, folder).map_err(|error| Obstacle::Disk(folder.to_owned(), error))?;
    }
    for path in [&next, &last] {
        remove(path, fs::remove_dir_all)?;
    }
    remove(&mark, fs::remove_file)
}

fn remove<'a>(
    path: &'a Utf8Path,
    by: impl Fn(&'a Utf8Path) -> io::Result<()>,
) -> Result<(), Obstacle> {
    match by(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Obstacle::Disk(path.to_owned(), error))
        }
        _ => Ok(()),
    }
}

/// Lets two folders exchange their names in one step, if system and disk can do that.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(one: &Utf8Path, other: &Utf8Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let (one, other) = (one.as_std_path(), other.as_std_path());
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_one: &Utf8Path, _other: &Utf8Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An empty folder for a test, and the one in it that is replaced.
    fn folder(name: &str) -> Utf8PathBuf {
        let root = std::env::temp_dir().join(format!("vasta-swap-{}-{name}", std::process::id()));
        fs::remove_dir_all(&root).ok();
        let root = Utf8PathBuf::try_from(root).expect("UTF-8");
        let folder = root.join("sito");
        fs::create_dir_all(&folder).expect("writable");
        fs::write(folder.join("a"), "vecchia").expect("writable");
        Place::find(&folder).expect("it is there")
    }

    fn begun(folder: &Utf8Path) -> Place {
        let place = Place::begin(folder.to_owned()).expect("nothing is in the way");
        fs::write(place.next.join("a"), "nuova").expect("writable");
        place
    }

    /// What the folder holds, when nothing else lies beside it.
    fn held(folder: &Utf8Path) -> String {
        let around: Vec<_> =
            folder.parent().expect("a parent").read_dir_utf8().expect("a folder").collect();
        assert_eq!(around.len(), 1, "{around:?}");
        fs::read_to_string(folder.join("a")).expect("the file")
    }

    #[test]
    fn the_new_folder_takes_the_place_of_the_old_one() {
        for (name, exchange) in [("step", exchange as fn(&_, &_) -> _), ("two", |_, _| false)] {
            let folder = folder(name);
            begun(&folder).take_by(exchange).expect("it can be moved");
            assert_eq!(held(&folder), "nuova");
            begun(&folder).leave();
            assert_eq!(held(&folder), "nuova");
        }
    }

    #[test]
    fn a_run_that_was_stopped_between_two_renames_is_undone() {
        let folder = folder("between");
        drop(begun(&folder));
        fs::rename(&folder, beside(&folder, OLD)).expect("it can be moved");
        Place::find(&folder).expect("it is put back");
        assert_eq!(held(&folder), "vecchia");
    }

    #[test]
    fn what_others_made_is_not_touched() {
        let folder = folder("others");
        for end in [NEW, OLD, MARK] {
            let path = beside(&folder, end);
            fs::write(&path, "mio").expect("writable");
            let found = Place::find(&folder).and_then(Place::begin);
            assert!(matches!(found, Err(Obstacle::InTheWay(in_the_way)) if in_the_way == path));
            fs::remove_file(&path).expect("it is still there");
        }
        assert_eq!(held(&folder), "vecchia");
    }

    #[test]
    fn two_runs_do_not_meet() {
        let folder = folder("two-runs");
        let place = begun(&folder);
        assert!(matches!(Place::find(&folder), Err(Obstacle::Busy)));
        place.leave();
        assert!(Place::find(&folder).is_ok());
    }
}
