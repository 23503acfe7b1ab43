//! A bundle as it lies there, in an archive or in a folder: which files it has, and what is in one of
//! them. Links are never followed, and no more is read than somebody promised.
#![expect(clippy::disallowed_methods, reason = "a folder that is checked is read")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use camino::Utf8Path;

use crate::base::archive::Opened;

/// Where the files are.
pub(super) enum Held<'a> {
    Archive(&'a Opened<'a>),
    Folder(&'a Utf8Path),
}

/// What is there.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Files with their sizes.
    pub(super) files: BTreeMap<String, u64>,
    /// Names that an archive has more than once.
    pub(super) twice: Vec<String>,
    /// Links, devices and names that are no text.
    pub(super) others: Vec<String>,
}

impl Held<'_> {
    /// What is there.
    pub(super) fn list(&self) -> io::Result<Listing> {
        let mut listing = Listing::default();
        match self {
            Self::Archive(archive) => {
                for (name, n_bytes) in archive.sizes() {
                    if listing.files.insert(name.to_owned(), n_bytes as u64).is_some() {
                        listing.twice.push(name.to_owned());
                    }
                }
            }
            Self::Folder(root) => walk(root.as_std_path(), "", &mut listing)?,
        }
        Ok(listing)
    }

    /// What the file holds, up to one byte more than `n_bytes`. An archive was asked for the size before.
    pub(super) fn read(&self, name: &str, n_bytes: u64) -> io::Result<Vec<u8>> {
        match self {
            Self::Archive(archive) => {
                archive.read(name).ok_or_else(|| ErrorKind::InvalidData.into())
            }
            Self::Folder(root) => {
                let mut bytes = Vec::new();
                let file = fs::File::open(root.join(name))?;
                file.take(n_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

/// Lists what lies in `folder`, whose name from the root is `prefix`.
fn walk(folder: &Path, prefix: &str, listing: &mut Listing) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let path = format!("{prefix}{}", name.to_string_lossy());
        let kind = entry.file_type()?;
        if name.to_str().is_none() || !(kind.is_dir() || kind.is_file()) {
            listing.others.push(path);
        } else if kind.is_dir() {
            walk(&entry.path(), &format!("{path}/"), listing)?;
        } else {
            listing.files.insert(path, entry.metadata()?.len());
        }
    }
    Ok(())
}
