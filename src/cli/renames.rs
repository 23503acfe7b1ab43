//! What git knows of pages that were given another address since the list of what is published was
//! last written. Without git, without a repository or without commits nobody knows anything.

use camino::Utf8Path;

use crate::base::SourcePath;
use crate::pipeline::{self, Settings};
use crate::site::published::{Moved, address_of};
use crate::source::Tree;
use crate::source::git::Git;
use crate::source::published::FILE;
use crate::source::tree::CONTENT;

/// The pages of the site in `root` that moved: the address before, and the file now.
pub(super) fn moved(root: &Utf8Path, tree: &Tree, settings: &Settings) -> Moved {
    let folder = if tree.is_plain_folder { "." } else { CONTENT };
    let changes = changes(Git::of(root), folder).unwrap_or_default();
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

/// The pages in `folder` that were renamed or changed since the list was last committed.
fn changes(mut git: Git<'_>, folder: &str) -> Option<Vec<Change>> {
    let list = if folder == CONTENT { FILE } else { FILE.trim_start_matches("content/") };
    let commit = git.ask(&["log", "-1", "--format=%H", "--", list])?;
    let commit = match commit.trim() {
        "" => "HEAD",
        commit => commit,
    };
    git.copy_index();
    git.ask(&["add", "--intent-to-add", "--", folder]);
    let options = ["diff", "-z", "--name-status", "-M", "--relative", commit, "--", folder];
    let changes = git.ask(&options);
    git.forget_index();
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
            is_kept.then(|| git.ask(&["show", &format!("{commit}:./{before}")])).flatten()
        {
            found.push(Change { before: before.to_owned(), after: after.to_owned(), text });
        }
    }
    Some(found)
}
