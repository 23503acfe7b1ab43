//! What git knows of pages that were given another address since the list of what is published was
//! last written. Without git, without a repository or without commits nobody knows anything.

use std::process::{Command, Stdio};
use std::{env, fs, process};

use camino::{Utf8Path, Utf8PathBuf};

use crate::base::SourcePath;
use crate::pipeline::{self, Settings};
use crate::site::published::{Moved, address_of};
use crate::source::Tree;
use crate::source::published::FILE;
use crate::source::tree::CONTENT;

/// The pages of the site in `root` that moved: the address before, and the file now.
pub(super) fn moved(root: &Utf8Path, tree: &Tree, settings: &Settings) -> Moved {
    let folder = if tree.is_plain_folder { "." } else { CONTENT };
    let git = Git { root, index: None };
    let changes = git.changes(folder).unwrap_or_default();
    let path = |written: &str| match tree.is_plain_folder {
        true => SourcePath::new(&format!("{CONTENT}/{written}")),
        false => SourcePath::new(written),
    };
    // The pages as they were, which say what their addresses were.
    let before: Vec<_> = changes
        .iter()
        .filter_map(|change| Some((path(&change.before)?, path(&change.after)?, &change.text)))
        .collect();
    let texts = before.iter().map(|(before, _, text)| (before.as_str(), text.as_str()));
    let (_, site) = pipeline::assembled(&Tree::of_texts(texts), settings);
    let moved = before.iter().filter_map(|(before, after, _)| {
        let page = site.find(before).filter(|page| page.document.is_written)?;
        Some((address_of(page), after.clone()))
    });
    moved.collect()
}

/// A page that is no longer what it was.
struct Change {
    before: String,
    after: String,
    /// The text before.
    text: String,
}

/// The git repository around a site.
struct Git<'a> {
    root: &'a Utf8Path,
    /// A copy of the index, in which files that git does not follow yet can be announced.
    index: Option<Utf8PathBuf>,
}

impl Git<'_> {
    /// The pages in `folder` that were renamed or changed since the list was last committed.
    fn changes(mut self, folder: &str) -> Option<Vec<Change>> {
        let list = if folder == CONTENT { FILE } else { FILE.trim_start_matches("content/") };
        let commit = self.ask(&["log", "-1", "--format=%H", "--", list])?;
        let commit = match commit.trim() {
            "" => "HEAD",
            commit => commit,
        };
        self.copy_index();
        self.ask(&["add", "--intent-to-add", "--", folder]);
        let options = ["diff", "-z", "--name-status", "-M", "--relative", commit, "--", folder];
        let changes = self.ask(&options);
        if let Some(index) = &self.index {
            fs::remove_file(index).ok();
        }
        let changes = changes?;
        let mut parts = changes.split('\0');
        let mut found = Vec::new();
        while let (Some(status), Some(before)) = (parts.next(), parts.next()) {
            let after = match status.chars().next() {
                Some('R' | 'C') => parts.next()?,
                _ => before,
            };
            let is_kept = status.starts_with(['R', 'M']) && before.ends_with(".md");
            if let Some(text) =
                is_kept.then(|| self.ask(&["show", &format!("{commit}:./{before}")])).flatten()
            {
                found.push(Change { before: before.to_owned(), after: after.to_owned(), text });
            }
        }
        Some(found)
    }

    /// From now on git writes into a copy of its index.
    fn copy_index(&mut self) {
        let Some(index) = self.ask(&["rev-parse", "--git-path", "index"]) else { return };
        let name = format!("vasta-index-{}", process::id());
        let Ok(copy) = Utf8PathBuf::try_from(env::temp_dir().join(name)) else { return };
        if fs::copy(self.root.join(index.trim_end()), &copy).is_ok() {
            self.index = Some(copy);
        }
    }

    /// What git answers; nothing when it cannot.
    fn ask(&self, arguments: &[&str]) -> Option<String> {
        let is_adding = arguments.first() == Some(&"add");
        if is_adding && self.index.is_none() {
            return None;
        }
        let mut command = Command::new("git");
        command.arg("-C").arg(self.root).args(arguments).stdin(Stdio::null());
        if let Some(index) = &self.index {
            command.env("GIT_INDEX_FILE", index);
        }
        let output = command.output().ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok()
    }
}
