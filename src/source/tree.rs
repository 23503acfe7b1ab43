//! The snapshot of everything that a build reads: `vasta.yaml`, `content/` and `themes/`. Taken
//! once; after it the program is a pure function. The default theme is part of every tree.
#![expect(clippy::disallowed_methods, reason = "this is the one place that reads the site")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::{fs, io};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::base::{Checked, Diagnostics, Hash, SourcePath, Span, catalogue};

use super::embedded;

/// The configuration file at the root of a site.
pub const CONFIG: &str = "vasta.yaml";
/// The folder of pages, data and schemas.
pub const CONTENT: &str = "content";
/// The folder of themes.
pub const THEMES: &str = "themes";

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
}

/// All input files by path.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    files: BTreeMap<SourcePath, Blob>,
    /// Whether the folder itself holds the pages, without a `content/` folder. The files are then
    /// listed below `content/` all the same.
    pub is_plain_folder: bool,
}

impl Tree {
    /// A tree of texts, with the default theme: what tests and tools build sites from.
    pub fn of_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let blob =
            |(path, text): (&str, &str)| Some((SourcePath::new(path)?, Blob::new(text.as_bytes())));
        let mut tree = Self::with_default_theme();
        tree.files.extend(texts.into_iter().filter_map(blob));
        tree
    }

    /// Reads the site in `root`. What lies in `out`, the folder that is written, is left out.
    ///
    /// # Errors
    /// When a folder or file cannot be read.
    pub fn read(root: &Utf8Path, out: &Utf8Path) -> io::Result<Checked<Self>> {
        let mut tree = Self::with_default_theme();
        let has_content = root.join(CONTENT).is_dir();
        tree.is_plain_folder = !has_content && !root.join(CONFIG).is_file();
        let mut diagnostics = Diagnostics::new();
        let mut found = Vec::new();
        if tree.is_plain_folder {
            walk(root, root, CONTENT, out, &mut found, &mut diagnostics)?;
        } else {
            for folder in [CONTENT, THEMES] {
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
            .map(|(path, file)| Ok((path, Blob::new(fs::read(file)?))))
            .collect();
        tree.files.extend(read?);
        Ok(Checked::new(tree, diagnostics))
    }

    fn with_default_theme() -> Self {
        let theme = embedded::DEFAULT_THEME;
        let files = embedded::theme().iter().filter_map(|(path, bytes)| {
            let path = SourcePath::new(&format!("{THEMES}/{theme}/{path}"))?;
            Some((path, Blob::new(*bytes)))
        });
        Self { files: files.collect(), is_plain_folder: false }
    }

    /// One file.
    pub fn get(&self, path: &SourcePath) -> Option<&Blob> {
        self.files.get(path)
    }

    /// One file by the text of its path.
    pub fn find(&self, path: &str) -> Option<(&SourcePath, &Blob)> {
        self.files.get_key_value(&SourcePath::new(path)?)
    }

    /// The files below `folder`, in order of path.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&SourcePath, &Blob)> + use<'_> {
        let folder = folder.to_owned();
        self.files.iter().filter(move |(path, _)| path.below(&folder).is_some())
    }

    /// The files that are new, different or gone compared with `before`.
    pub fn differences<'a>(&'a self, before: &'a Self) -> Vec<&'a SourcePath> {
        let is_other = |other: &Self, path: &SourcePath, blob: &Blob| {
            other.files.get(path).is_none_or(|found| found.hash != blob.hash)
        };
        let changed = self.files.iter().filter(|(path, blob)| is_other(before, path, blob));
        let gone = before.files.iter().filter(|(path, _)| !self.files.contains_key(path));
        changed.chain(gone).map(|(path, _)| path).collect()
    }

    /// How an editor knows the file: its path in the folder that was read.
    pub fn shown_path<'a>(&self, path: &'a SourcePath) -> &'a str {
        match path.below(CONTENT) {
            Some(below) if self.is_plain_folder => below,
            _ => path.as_str(),
        }
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
