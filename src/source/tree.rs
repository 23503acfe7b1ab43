//! The snapshot of everything that a build reads: `vasta.yaml`, `content/`, `themes/` and `editions/`. It
//! knows which files there are and how each is recognised; the bytes of a file are read when they are
//! asked for and not kept, so that memory does not grow with the site. After it the program is a
//! pure function. The default theme is part of every tree.
#![expect(clippy::disallowed_methods, reason = "this is the one place that reads the site")]

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{fs, io};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use crate::base::{Checked, Diagnostics, Hash, SourcePath, Span, catalogue};

use super::edition::{Edition, Origin};
use super::embedded;
use super::history::{self, HISTORY};
use super::yaml::{self, Node};

/// The configuration file at the root of a site.
pub const CONFIG: &str = "vasta.yaml";
/// The folder of pages, data and schemas.
pub const CONTENT: &str = "content";
/// The folder of themes.
pub const THEMES: &str = "themes";
/// The folder of what single editions have of their own.
pub const EDITIONS: &str = "editions";

/// One file as it was read.
#[derive(Clone, Debug)]
pub struct Blob {
    /// What it holds.
    pub bytes: Arc<[u8]>,
    /// The fingerprint of the bytes.
    pub hash: Hash,
}

impl Blob {
    /// Takes the fingerprint of `bytes`.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { hash: Hash::of(&bytes), bytes }
    }

    /// The text, if it is UTF-8; a byte order mark is not part of it.
    pub fn text(&self) -> Option<&str> {
        let text = std::str::from_utf8(&self.bytes).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// The bytes of a file that has `text` in the place of this one's; a byte order mark stays.
    pub fn with_text(&self, text: &str) -> Vec<u8> {
        let n_mark = self.bytes.len() - self.text().map_or(0, str::len);
        [&self.bytes[..n_mark], text.as_bytes()].concat()
    }
}

/// How a file is recognised without reading it: its length and its times, in nanoseconds since
/// 1970. The time of change, where the system has one, tells of files put back with an old date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    n_bytes: u64,
    modified: u64,
    changed: u64,
}

impl Stamp {
    /// Reads it from what the system says of a file.
    pub fn of(found: &fs::Metadata) -> Self {
        #[cfg(unix)]
        let changed = {
            use std::os::unix::fs::MetadataExt;
            let seconds = u64::try_from(found.ctime()).unwrap_or(0);
            seconds * 1_000_000_000 + u64::try_from(found.ctime_nsec()).unwrap_or(0)
        };
        #[cfg(not(unix))]
        let changed = 0;
        let modified = found.modified().map_or(0, nanoseconds);
        Self { n_bytes: found.len(), modified, changed }
    }

    /// The length of the file.
    pub fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// The same without the time of change, which a rename moves.
    #[must_use]
    pub fn as_written(self) -> Self {
        Self { changed: 0, ..self }
    }
}

fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

/// What an earlier tree held, for recognising files that are still the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    files: BTreeMap<SourcePath, KnownFile>,
    /// When the tree was taken, in nanoseconds since 1970.
    taken: u64,
}

/// What is known of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KnownFile {
    stamp: Stamp,
    hash: Hash,
    is_marked: Option<bool>,
}

/// A disk may count time in steps: a file that changed shortly before a tree was taken may have
/// changed again within the same step.
const STEP: u64 = 2_000_000_000;

/// All input files by path.
#[derive(Debug, Default)]
pub struct Tree {
    files: BTreeMap<SourcePath, Arc<File>>,
    taken: u64,
    trouble: Mutex<Option<String>>,
    /// Whether the folder itself holds the pages, without a `content/` folder. The files are then
    /// listed below `content/` all the same.
    pub is_plain_folder: bool,
    /// For which edition it was made, with an empty name for the national site; nothing for the tree as
    /// it was read.
    edition: Option<Arc<Edition>>,
}

#[derive(Debug)]
struct File {
    stamp: Stamp,
    hash: OnceLock<Hash>,
    /// Whether the file says something about editions.
    is_marked: OnceLock<bool>,
    held: Held,
}

#[derive(Debug)]
enum Held {
    Memory(Arc<[u8]>),
    Disk(Utf8PathBuf),
    /// What git says of the site in a folder at a commit, once somebody asked.
    Git {
        root: Utf8PathBuf,
        commit: String,
        text: OnceLock<Arc<[u8]>>,
    },
}

impl Tree {
    /// A tree of texts, with the default theme: what tests and tools build sites from.
    pub fn of_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self::of_files(texts.into_iter().map(|(path, text)| (path, text.as_bytes())))
    }

    /// A tree of files that are not on the disk, with the default theme.
    pub fn of_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let file = |(path, bytes): (&str, &[u8])| {
            Some((SourcePath::new(path)?, Arc::new(File::in_memory(bytes))))
        };
        let mut tree = Self::with_default_theme();
        tree.files.extend(files.into_iter().filter_map(file));
        tree
    }

    /// Takes the snapshot of the site in `root`. What lies in `out`, the folder that is written, is
    /// left out.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn read(root: &Utf8Path, out: &Utf8Path) -> io::Result<Checked<Self>> {
        let mut tree = Self::with_default_theme();
        tree.taken = nanoseconds(SystemTime::now());
        let has_content = root.join(CONTENT).is_dir();
        tree.is_plain_folder = !has_content && !root.join(CONFIG).is_file();
        let mut diagnostics = Diagnostics::new();
        let mut found = Vec::new();
        if tree.is_plain_folder {
            walk(root, root, CONTENT, out, &mut found, &mut diagnostics)?;
        } else {
            for folder in [CONTENT, THEMES, EDITIONS] {
                let path = root.join(folder);
                if path.is_dir() {
                    walk(&path, root, folder, out, &mut found, &mut diagnostics)?;
                }
            }
            if root.join(CONFIG).is_file() {
                let path = SourcePath::new(CONFIG).expect("a constant without dots");
                found.push((path, root.join(CONFIG)));
            }
        }
        let read: io::Result<Vec<_>> = found
            .into_par_iter()
            .map(|(path, file)| {
                let stamp = Stamp::of(&fs::metadata(&file)?);
                Ok((path, Arc::new(File::on_disk(file, stamp))))
            })
            .collect();
        tree.files.extend(read?);
        if tree.wants_history() {
            let path = SourcePath::new(HISTORY).expect("a constant without dots");
            tree.files.insert(path, Arc::new(File::in_git(root, history::commit(root))));
        }
        Ok(Checked::new(tree, diagnostics))
    }

    /// Whether `vasta.yaml` asks for what git knows; read before all else of it is.
    fn wants_history(&self) -> bool {
        let Some((path, blob)) = self.find(CONFIG) else { return false };
        if !blob.text().is_some_and(|text| text.contains("history:")) {
            return false;
        }
        let node = yaml::read(&path, &blob).value;
        let history = node.get("repository").and_then(|node| node.get("history"));
        history.and_then(Node::scalar).is_some_and(|scalar| scalar.text == "true")
    }

    fn with_default_theme() -> Self {
        let theme = embedded::DEFAULT_THEME;
        let files = embedded::theme().iter().filter_map(|(path, bytes)| {
            let path = SourcePath::new(&format!("{THEMES}/{theme}/{path}"))?;
            Some((path, Arc::new(File::in_memory(bytes))))
        });
        Self { files: files.collect(), ..Self::default() }
    }

    /// Takes over what was known of the files that are still as they were.
    pub fn recall(&mut self, known: &Known) {
        for (path, file) in &self.files {
            if let (Held::Disk(_), Some(before)) = (&file.held, known.files.get(path))
                && before.stamp == file.stamp
                && file.stamp.modified.max(file.stamp.changed) + STEP < known.taken
            {
                file.hash.get_or_init(|| before.hash);
                if let Some(is_marked) = before.is_marked {
                    file.is_marked.get_or_init(|| is_marked);
                }
            }
        }
    }

    /// Looks again at one place on the disk of the site in `root`. Says whether that is enough: a
    /// known file may have changed, anything else makes another tree.
    pub fn refresh(&mut self, root: &Utf8Path, place: &Utf8Path) -> bool {
        let found = fs::symlink_metadata(place);
        let known = self.path_of(root, place).and_then(|path| self.files.get_mut(&path));
        match (known, found) {
            (Some(file), Ok(found)) if found.is_file() => {
                *file = Arc::new(File::on_disk(place.to_owned(), Stamp::of(&found)));
                true
            }
            // What an editor makes and takes away while it saves.
            (None, Err(error)) => error.kind() == io::ErrorKind::NotFound,
            _ => false,
        }
    }

    fn path_of(&self, root: &Utf8Path, place: &Utf8Path) -> Option<SourcePath> {
        let root = root.canonicalize_utf8().ok()?;
        let below = place.strip_prefix(&root).ok()?.as_str().replace('\\', "/");
        let prefix = if self.is_plain_folder { format!("{CONTENT}/") } else { String::new() };
        SourcePath::new(&format!("{prefix}{below}"))
    }

    /// What a later tree has to know of this one. Files that nobody asked for are read for it.
    pub fn known(&self) -> Known {
        let files: Vec<_> = self
            .files
            .par_iter()
            .filter_map(|(path, file)| {
                let (hash, is_marked) = (self.hash(path)?, file.is_marked.get().copied());
                Some((path.clone(), KnownFile { stamp: file.stamp, hash, is_marked }))
            })
            .collect();
        Known { files: files.into_iter().collect(), taken: self.taken }
    }

    /// One file, read now. A file that went away, or is no longer what it was when the snapshot was
    /// taken, is a trouble of the whole tree, and empty.
    pub fn get(&self, path: &SourcePath) -> Option<Blob> {
        let file = self.files.get(path)?;
        let blob = match &file.held {
            Held::Memory(bytes) => Blob { bytes: Arc::clone(bytes), hash: file.hash_of(bytes) },
            Held::Git { root, commit, text } => {
                let text = text.get_or_init(|| history::text(root, commit).into_bytes().into());
                Blob { bytes: Arc::clone(text), hash: file.hash_of(commit.as_bytes()) }
            }
            Held::Disk(place) => match fs::read(place) {
                Ok(bytes) => {
                    let hash = Hash::of(&bytes);
                    if *file.hash.get_or_init(|| hash) != hash {
                        self.note(format!("`{path}`: it changed while the site was being built"));
                    }
                    Blob { bytes: bytes.into(), hash }
                }
                Err(error) => {
                    self.note(format!("`{path}`: {error}"));
                    Blob::new(&b""[..])
                }
            },
        };
        Some(blob)
    }

    /// The fingerprint of one file; the file is read only when nobody knows it.
    pub fn hash(&self, path: &SourcePath) -> Option<Hash> {
        let file = self.files.get(path)?;
        match file.hash.get() {
            Some(hash) => Some(*hash),
            None => self.get(path).map(|blob| blob.hash),
        }
    }

    /// How many bytes a file has.
    pub fn n_bytes(&self, path: &SourcePath) -> u64 {
        self.files.get(path).map_or(0, |file| match &file.held {
            Held::Memory(bytes) => bytes.len() as u64,
            Held::Disk(_) | Held::Git { .. } => file.stamp.n_bytes,
        })
    }

    /// Why the files could not all be read as they were when the snapshot was taken.
    pub fn trouble(&self) -> Option<String> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, trouble: String) {
        let mut noted = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        noted.get_or_insert(trouble);
    }

    /// One file by the text of its path.
    pub fn find(&self, path: &str) -> Option<(SourcePath, Blob)> {
        let path = SourcePath::new(path)?;
        self.get(&path).map(|blob| (path, blob))
    }

    /// The paths of all files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &SourcePath> {
        self.files.keys()
    }

    /// The files below `folder`, in order of path.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = &SourcePath> + use<'_> {
        let folder = folder.to_owned();
        let from = SourcePath::new(&folder).expect("folders of a site are clean paths");
        let is_below = move |path: &&SourcePath| path.below(&folder).is_some();
        // Names that go on with a sign before `/` come between a folder and what lies in it.
        let from = self.files.range(from..).map(|(path, _)| path);
        from.skip_while({
            let is_below = is_below.clone();
            move |path| !is_below(path)
        })
        .take_while(is_below)
    }

    /// The files that are new, different or gone compared with what was known, in order.
    pub fn differences<'a>(&'a self, before: &'a Known) -> Vec<&'a SourcePath> {
        // Both are in order, so one walk along the two finds the pairs.
        let mut known = before.files.iter().peekable();
        let mut gone = Vec::new();
        let mut pairs = Vec::with_capacity(self.files.len());
        for path in self.files.keys() {
            while let Some((other, _)) = known.next_if(|(other, _)| *other < path) {
                gone.push(other);
            }
            let hash = known.next_if(|(other, _)| *other == path).map(|(_, file)| file.hash);
            pairs.push((path, hash));
        }
        gone.extend(known.map(|(path, _)| path));
        // A file whose fingerprint nobody knows is read for it.
        let mut changed: Vec<&SourcePath> = pairs
            .into_par_iter()
            .filter(|(path, hash)| hash.is_none() || self.hash(path) != *hash)
            .map(|(path, _)| path)
            .collect();
        changed.extend(gone);
        changed
    }

    /// Whether a page says something about editions, by one of `marks` somewhere in the file.
    pub(super) fn is_marked(&self, path: &SourcePath, marks: &[&str]) -> bool {
        let Some(file) = self.files.get(path) else { return false };
        *file.is_marked.get_or_init(|| {
            let blob = self.get(path);
            let text = blob.as_ref().and_then(Blob::text).unwrap_or_default();
            marks.iter().any(|mark| text.contains(mark))
        })
    }

    /// The tree of one edition: this one with other files in some places, or none.
    pub(super) fn of_edition(&self, edition: Edition, changes: Changes) -> Self {
        let mut files = self.files.clone();
        for (path, change) in changes {
            let file = match change {
                Change::Gone => None,
                Change::Text(text) => Some(Arc::new(File::in_memory(text.as_bytes()))),
                Change::File(other) => self.files.get(&other).cloned(),
            };
            match file {
                Some(file) => files.insert(path, file),
                None => files.remove(&path),
            };
        }
        Self {
            files,
            taken: self.taken,
            trouble: Mutex::new(self.trouble()),
            is_plain_folder: self.is_plain_folder,
            edition: Some(Arc::new(edition)),
        }
    }

    /// Lets pages print the name of the edition from now on, and no longer what stands for it.
    pub fn show_name(&mut self) {
        if let Some(edition) = &mut self.edition {
            let edition = Arc::make_mut(edition);
            edition.shown.clone_from(&edition.name);
        }
    }

    /// Of which edition this is the tree.
    pub fn edition(&self) -> Option<&Arc<Edition>> {
        self.edition.as_ref().filter(|edition| !edition.id.is_empty())
    }

    /// What an editor calls the file of which `path` in the tree is made.
    pub fn written_path(&self, path: &SourcePath) -> String {
        let origin = self.edition.as_ref().and_then(|edition| edition.origins.get(path));
        match origin {
            Some(Origin::Adapted { file, .. } | Origin::File(file)) => file.to_string(),
            None => {
                let below = path.below(CONTENT).filter(|_| self.is_plain_folder);
                below.unwrap_or(path.as_str()).to_owned()
            }
        }
    }

    /// What an editor sees at a place: the name of the file in the folder that was read, the file,
    /// and the place in its text. In the tree of an edition it is the file from which a text was made.
    pub fn written(&self, span: &Span) -> (String, Blob, Range<usize>) {
        let range = span.start..span.end;
        let read = |path| self.get(path).unwrap_or_else(|| Blob::new(&b""[..]));
        let origin = self.edition.as_ref().and_then(|edition| edition.origins.get(&span.file));
        let path = self.written_path(&span.file);
        match origin {
            Some(Origin::Adapted { written, adapted, .. }) => {
                (path, written.clone(), adapted.written(range))
            }
            Some(Origin::File(file)) => (path, read(file), range),
            None => (path, read(&span.file), range),
        }
    }
}

/// What differs between the tree of all files and that of an edition.
pub(super) type Changes = BTreeMap<SourcePath, Change>;

/// What is in one place of the tree of an edition.
#[derive(Debug)]
pub(super) enum Change {
    /// Nothing.
    Gone,
    /// A text that was made.
    Text(String),
    /// What lies in another place of the tree of all files.
    File(SourcePath),
}

impl File {
    fn in_memory(bytes: &[u8]) -> Self {
        Self::of(Held::Memory(bytes.into()), Stamp::default())
    }

    /// Its fingerprint is that of the commit, so that nobody has to ask for the text.
    fn in_git(root: &Utf8Path, commit: String) -> Self {
        let hash = Hash::of(commit.as_bytes());
        let held = Held::Git { root: root.to_owned(), commit, text: OnceLock::new() };
        let file = Self::of(held, Stamp::default());
        file.hash.get_or_init(|| hash);
        file
    }

    fn on_disk(place: Utf8PathBuf, stamp: Stamp) -> Self {
        Self::of(Held::Disk(place), stamp)
    }

    fn of(held: Held, stamp: Stamp) -> Self {
        Self { stamp, hash: OnceLock::new(), is_marked: OnceLock::new(), held }
    }

    fn hash_of(&self, bytes: &[u8]) -> Hash {
        *self.hash.get_or_init(|| Hash::of(bytes))
    }
}

/// Lists the files below `folder`, named as below `prefix`; hidden ones and `out` are left out.
fn walk(
    folder: &Utf8Path,
    root: &Utf8Path,
    prefix: &str,
    out: &Utf8Path,
    found: &mut Vec<(SourcePath, Utf8PathBuf)>,
    diagnostics: &mut Diagnostics,
) -> io::Result<()> {
    let root = root.canonicalize_utf8()?;
    let out = out.canonicalize_utf8().unwrap_or_else(|_| out.to_owned());
    let hidden = |name: &str| name.starts_with('.') || name == "node_modules";
    let is_out = |entry: &walkdir::DirEntry| {
        entry.file_type().is_dir() && entry.path().canonicalize().is_ok_and(|path| path == out)
    };
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| {
        entry.depth() == 0 || !hidden(&entry.file_name().to_string_lossy()) && !is_out(entry)
    });
    for entry in entries {
        let entry = entry?;
        let file = Utf8Path::from_path(entry.path()).ok_or_else(|| {
            let message = format!("the name is not UTF-8: {}", entry.path().display());
            io::Error::new(io::ErrorKind::InvalidData, message)
        })?;
        let below = file.strip_prefix(folder).unwrap_or(file).as_str().replace('\\', "/");
        let Some(path) = SourcePath::new(&format!("{prefix}/{below}")) else { continue };
        if entry.path_is_symlink() {
            // A link to a file inside the site is a file; any other could show what is not ours.
            let target = file.canonicalize_utf8();
            if !target.is_ok_and(|target| target.starts_with(&root) && target.is_file()) {
                diagnostics.push(catalogue::symbolic_link(Span::start_of(&path)));
                continue;
            }
        } else if !entry.file_type().is_file() {
            continue;
        }
        found.push((path, file.to_owned()));
    }
    Ok(())
}
