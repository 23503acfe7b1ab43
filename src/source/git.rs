//! The git repository around a site, asked by the program `git`. Without git, without a repository or
//! without commits nobody knows anything.
#![expect(
    clippy::disallowed_methods,
    reason = "git is a program, and writes into a copy of its index"
)]

use std::process::{Command, Stdio};
use std::{env, fs, process};

use camino::{Utf8Path, Utf8PathBuf};

/// What a site is made of.
const INPUT: [&str; 4] = ["content", "editions", "themes", "vasta.yaml"];

/// The git repository around a site.
pub(crate) struct Git<'a> {
    root: &'a Utf8Path,
    /// A copy of the index, in which files that git does not follow yet can be announced.
    index: Option<Utf8PathBuf>,
}

impl<'a> Git<'a> {
    /// The repository around `root`.
    pub(crate) fn of(root: &'a Utf8Path) -> Self {
        Self { root, index: None }
    }

    /// The commit that has all files of the site as they are.
    pub(crate) fn commit(&self) -> Option<String> {
        // A folder of texts alone is a site as a whole.
        let parts = if self.root.join(INPUT[0]).is_dir() { &INPUT[..] } else { &["."] };
        let changed = self.ask(&[&["status", "--porcelain", "--"], parts].concat())?;
        let commit = self.ask(&["rev-parse", "HEAD"])?;
        changed.is_empty().then(|| commit.trim().to_owned())
    }

    /// From now on git writes into a copy of its index.
    pub(crate) fn copy_index(&mut self) {
        let Some(index) = self.ask(&["rev-parse", "--git-path", "index"]) else { return };
        let name = format!("vasta-index-{}", process::id());
        let Ok(copy) = Utf8PathBuf::try_from(env::temp_dir().join(name)) else { return };
        if fs::copy(self.root.join(index.trim_end()), &copy).is_ok() {
            self.index = Some(copy);
        }
    }

    /// Takes that copy away.
    pub(crate) fn forget_index(&self) {
        if let Some(index) = &self.index {
            fs::remove_file(index).ok();
        }
    }

    /// What git answers; nothing when it cannot.
    pub(crate) fn ask(&self, arguments: &[&str]) -> Option<String> {
        let is_adding = arguments.first() == Some(&"add");
        if is_adding && self.index.is_none() {
            return None;
        }
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(self.root)
            .arg("--no-optional-locks")
            .args(arguments)
            .stdin(Stdio::null());
        if let Some(index) = &self.index {
            command.env("GIT_INDEX_FILE", index);
        }
        let output = command.output().ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok()
    }
}
