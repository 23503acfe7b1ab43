//! The git repository around a site, asked by the program `git`. Without git, without a repository or
//! without commits nobody knows anything.

use std::io::Write;
use std::process::{Command, Stdio};
use std::{env, fs, process, thread};

use camino::{Utf8Path, Utf8PathBuf};

/// What a site is made of.
const INPUT: [&str; 4] = ["content", "editions", "themes", "vasta.yaml"];

/// The git repository around a site.
pub(super) struct Git<'a> {
    root: &'a Utf8Path,
    /// A copy of the index, in which files that git does not follow yet can be announced.
    index: Option<Utf8PathBuf>,
}

impl<'a> Git<'a> {
    /// The repository around `root`.
    pub(super) fn of(root: &'a Utf8Path) -> Self {
        Self { root, index: None }
    }

    /// The commit that has all files of the site as they are.
    pub(super) fn commit(&self) -> Option<String> {
        // A folder of texts alone is a site as a whole.
        let parts = if self.root.join(INPUT[0]).is_dir() { &INPUT[..] } else { &["."] };
        let changed = self.ask(&[&["status", "--porcelain", "--"], parts].concat())?;
        let commit = self.ask(&["rev-parse", "HEAD"])?;
        changed.is_empty().then(|| commit.trim().to_owned())
    }

    /// Whether there is a repository, and git.
    pub(super) fn is_there(&self) -> bool {
        self.ask(&["rev-parse", "--git-dir"]).is_some()
    }

    /// Whether the repository has only its last commits.
    pub(super) fn is_shallow(&self) -> bool {
        self.ask(&["rev-parse", "--is-shallow-repository"]).is_some_and(|it| it.trim() == "true")
    }

    /// The commit that somebody calls `revision`.
    pub(super) fn commit_called(&self, revision: &str) -> Option<String> {
        let commit = format!("{revision}^{{commit}}");
        let found = self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        Some(found.trim().to_owned())
    }

    /// The files of the site as `commit` has them: the path below the folder of the site, the bytes.
    pub(super) fn files_of(&self, commit: &str) -> Option<Vec<(String, Vec<u8>)>> {
        let listed = self.ask(&["ls-tree", "-r", "-z", commit])?;
        let entry = |line: &str| -> Option<(String, String)> {
            let (facts, path) = line.split_once('\t')?;
            let mut facts = facts.split(' ');
            let is_file = facts.next()?.starts_with("100");
            let name = facts.nth(1)?.to_owned();
            is_file.then(|| (path.to_owned(), name))
        };
        let mut entries: Vec<(String, String)> = listed.split('\0').filter_map(entry).collect();
        let is_input = |(path, _): &(String, String)| {
            INPUT.contains(&path.split('/').next().unwrap_or_default())
        };
        if entries.iter().any(is_input) {
            entries.retain(is_input);
        }
        let is_hidden = |part: &str| part.starts_with('.') || part == "node_modules";
        entries.retain(|(path, _)| !path.split('/').any(is_hidden));
        let names: String = entries.iter().map(|(_, name)| format!("{name}\n")).collect();
        let bytes = self.say(&["cat-file", "--batch"], names)?;
        let mut rest = bytes.as_slice();
        let mut files = Vec::with_capacity(entries.len());
        for (path, _) in entries {
            let end = rest.iter().position(|byte| *byte == b'\n')?;
            let n_bytes = str::from_utf8(&rest[..end]).ok()?.rsplit(' ').next()?.parse().ok()?;
            let (held, after) = rest[end + 1..].split_at_checked(n_bytes)?;
            files.push((path, held.to_owned()));
            rest = after.get(1..)?;
        }
        Some(files)
    }

    /// From now on git writes into a copy of its index.
    pub(super) fn copy_index(&mut self) {
        let Some(index) = self.ask(&["rev-parse", "--git-path", "index"]) else { return };
        let name = format!("vasta-index-{}", process::id());
        let Ok(copy) = Utf8PathBuf::try_from(env::temp_dir().join(name)) else { return };
        if fs::copy(self.root.join(index.trim_end()), &copy).is_ok() {
            self.index = Some(copy);
        }
    }

    /// Takes that copy away.
    pub(super) fn forget_index(&self) {
        if let Some(index) = &self.index {
            fs::remove_file(index).ok();
        }
    }

    /// What git answers; nothing when it cannot.
    pub(super) fn ask(&self, arguments: &[&str]) -> Option<String> {
        let is_adding = arguments.first() == Some(&"add");
        if is_adding && self.index.is_none() {
            return None;
        }
        let mut command = self.command(arguments);
        command.stdin(Stdio::null());
        if let Some(index) = &self.index {
            command.env("GIT_INDEX_FILE", index);
        }
        let output = command.output().ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok()
    }

    /// What git answers to a text on its standard input.
    fn say(&self, arguments: &[&str], text: String) -> Option<Vec<u8>> {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().ok()?;
        let mut input = child.stdin.take()?;
        // Git answers while it is still being asked.
        let asking = thread::spawn(move || input.write_all(text.as_bytes()).is_ok());
        let output = child.wait_with_output().ok().filter(|output| output.status.success())?;
        asking.join().ok().filter(|all| *all).map(|_| output.stdout)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.root).arg("--no-optional-locks").args(arguments);
        command
    }
}
