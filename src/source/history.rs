//! What git knows of the files of a site: when each last changed, and how many people wrote it. Who they
//! are is not kept. It is asked once for all files, when `vasta.yaml` wants it, and comes into the tree as
//! one more file, whose fingerprint is that of the commit: the same commit gives the same site, and another
//! one is a change like any other.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use serde::{Deserialize, Serialize};

use crate::base::{Checked, Date, SourcePath, catalogue};

use super::config::Config;
use super::git::Git;
use super::tree::{CONTENT, EDITIONS, Tree};

/// The place in the tree of what git knows: one line a file, with its path, the day of its last change and
/// how many wrote it, parted by tabs. A tree without it is one of which nothing is known.
pub const HISTORY: &str = "git-history";

/// What git knows of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The day of the last commit with a change of it.
    pub date: Date,
    /// How many people wrote it.
    pub n_authors: usize,
}

/// What git knows of all files.
#[derive(Debug, Default)]
pub struct History(BTreeMap<String, Revision>);

impl History {
    /// What the tree has of it, when the configuration asks for it.
    pub fn of(tree: &Tree, config: &Config) -> Checked<Self> {
        let Some(place) = &config.repository.history else {
            return Checked::clean(Self::default());
        };
        let file = SourcePath::new(HISTORY).and_then(|path| tree.get(&path));
        let text = file.as_ref().and_then(|file| file.text()).unwrap_or_default();
        let history = Self(text.lines().filter_map(line).collect());
        let unknown = history.0.is_empty().then(|| catalogue::no_history(place.clone()));
        Checked::new(history, unknown.into_iter().collect())
    }

    /// What is known of the file that an editor calls `path`.
    pub fn of_file(&self, path: &str) -> Option<Revision> {
        self.0.get(path).copied()
    }
}

fn line(line: &str) -> Option<(String, Revision)> {
    let mut parts = line.split('\t');
    let (path, date, n_authors) = (parts.next()?, parts.next()?, parts.next()?);
    let revision = Revision { date: date.parse().ok()?, n_authors: n_authors.parse().ok()? };
    Some((path.to_owned(), revision))
}

/// The commit of the site in `root`; empty when git does not know all that came before it.
pub(super) fn commit(root: &Utf8Path) -> String {
    let answer = Git::of(root).ask(&["rev-parse", "--is-shallow-repository", "HEAD"]);
    let answer = answer.unwrap_or_default();
    answer.strip_prefix("false\n").unwrap_or_default().trim_end().to_owned()
}

/// The text of the file in the tree, for the site in `root` at `commit`.
pub(super) fn text(root: &Utf8Path, commit: &str) -> String {
    if commit.is_empty() {
        return String::new();
    }
    let parts = if root.join(CONTENT).is_dir() { &[CONTENT, EDITIONS][..] } else { &["."] };
    let log = ["-c", "core.quotePath=false", "log", "--relative", "--no-renames", "--name-only"];
    let log = [&log[..], &["--format=%x00%as%x09%aE", commit, "--"], parts].concat();
    condensed(&Git::of(root).ask(&log).unwrap_or_default())
}

/// One line a file, of a log in which each commit begins with a zero byte, its day and its author.
fn condensed(log: &str) -> String {
    let mut files: BTreeMap<&str, (&str, BTreeSet<String>)> = BTreeMap::new();
    for commit in log.split('\0') {
        let mut lines = commit.lines();
        let Some((date, author)) = lines.next().and_then(|head| head.split_once('\t')) else {
            continue;
        };
        // The newest commit comes first, so the first day of a file is that of its last change.
        for path in lines.filter(|path| !path.is_empty()) {
            let (_, authors) = files.entry(path).or_insert_with(|| (date, BTreeSet::new()));
            authors.insert(author.to_lowercase());
        }
    }
    let lines = files.iter().map(|(path, (date, authors))| {
        let n_authors = authors.len();
        format!("{path}\t{date}\t{n_authors}\n")
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::condensed;

    #[test]
    fn the_newest_day_and_every_author_of_a_file_count_once() {
        let log = "\u{0}2026-03-01\tAnna@esempio.it\n\ncontent/a.md\ncontent/b.md\n\
                   \u{0}2026-02-01\tugo@esempio.it\n\ncontent/a.md\n\
                   \u{0}2026-01-01\tanna@esempio.it\n\ncontent/a.md\n";
        assert_eq!(condensed(log), "content/a.md\t2026-03-01\t2\ncontent/b.md\t2026-03-01\t1\n");
    }
}
