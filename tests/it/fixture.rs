//! What the tests share: sites written as one text, built in memory or by the program.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;

use vasta::base::archive::Opened;
use vasta::base::{Checked, Diagnostic, Language, Table};
use vasta::pipeline::{self, Built, Request, Settings, State};
use vasta::source::Tree;

/// The files of a site written as one text: each starts with a line `//- path`.
pub(crate) fn files(site: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in site.trim_start_matches('\n').lines() {
        match line.trim().strip_prefix("//- ") {
            Some(path) => files.push((path.to_owned(), String::new())),
            None => {
                if let Some((_, text)) = files.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    files.into_iter().map(|(path, text)| (path, unindented(&text))).collect()
}

/// `text` without the blanks that all its lines start with.
fn unindented(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let shared = lines.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let line = |line: &str| line.get(shared..).unwrap_or("").to_owned() + "\n";
    text.lines().map(line).collect::<String>().trim_end().to_owned() + "\n"
}

/// The tree of a site written as one text.
pub(crate) fn tree(site: &str) -> Tree {
    let files = files(site);
    Tree::of_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

/// Builds a site written as one text.
pub(crate) fn built(site: &str) -> Checked<Built> {
    pipeline::build(&tree(site), &Settings::default())
}

/// Builds the site of `tree` with what `before` left; gives the files that were made too.
pub(crate) fn updated(tree: &Tree, before: Option<State>) -> (State, BTreeMap<String, Vec<u8>>) {
    let made = Mutex::new(BTreeMap::new());
    let request = Request {
        tree,
        settings: &Settings::default(),
        highlights: &Table::default(),
        published: &|_| None,
        emit: &|file| {
            made.lock().expect("no panic").insert(file.path.to_string(), file.bytes.to_vec());
        },
        entering: &|_| {},
    };
    let state = pipeline::update(&request, before);
    (state, made.into_inner().expect("no panic"))
}

/// The `<main>` of a page, without the theme's parts around the text.
pub(crate) fn text_of(built: &Checked<Built>, path: &str) -> String {
    let html = built.value.outputs.get(path).unwrap_or_else(|| panic!("no file `{path}`"));
    let html = String::from_utf8(html.to_vec()).expect("pages are UTF-8");
    let start =
        html.find("<div class=\"testo\">").map_or(0, |at| at + "<div class=\"testo\">".len());
    let end = html[start..].find("\n            </div>").map_or(html.len(), |at| start + at);
    html[start..end].trim().to_owned()
}

/// Each diagnostic as `path:line:column code message`.
pub(crate) fn told(built: &Checked<Built>, tree: &Tree) -> String {
    written(&built.diagnostics, tree)
}

/// The same of any diagnostics, at the places where an editor finds them.
pub(crate) fn written(diagnostics: &[Diagnostic], tree: &Tree) -> String {
    let line = |diagnostic: &Diagnostic| {
        let (path, blob, range) = tree.written(&diagnostic.span);
        let text = blob.text().unwrap_or_default();
        let before = &text[..range.start.min(text.len())];
        let row = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let message = diagnostic.message.in_language(Language::Italian);
        format!("{path}:{row}:{column} {} {message}\n", diagnostic.code)
    };
    diagnostics.iter().map(line).collect()
}

/// A folder that is removed at the end of its test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// An empty folder of its own for the test `name`.
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("vasta-{}-{name}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).expect("the temporary folder can be written");
        Self(path)
    }

    /// A folder with the files of a site written as one text.
    pub(crate) fn with_site(name: &str, site: &str) -> Self {
        let folder = Self::new(name);
        for (path, text) in files(site) {
            folder.write(&path, &text);
        }
        folder
    }

    /// A folder with what the site of the repository is made of.
    pub(crate) fn with_own_site(name: &str) -> Self {
        let folder = Self::new(name);
        for source in ["vasta.yaml", "content", "themes", "editions"] {
            let from = repository().join(source);
            if from.is_file() {
                folder.write(source, fs::read(from).expect("readable"));
            } else if from.is_dir() {
                for (path, bytes) in contents(&from) {
                    folder.write(&format!("{source}/{path}"), bytes);
                }
            }
        }
        folder
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes one file.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.0.join(path);
        fs::create_dir_all(file.parent().expect("below the folder")).expect("writable");
        fs::write(file, text).expect("writable");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// Runs the program in Italian, without colours, in `folder`.
pub(crate) fn vasta(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("the program runs")
}

/// The program, ready to run.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vasta"));
    command.current_dir(folder).args(arguments);
    command.env("LANG", "it_IT.UTF-8").env_remove("LC_ALL").env_remove("LC_MESSAGES");
    command
}

/// Runs git in `folder`, as somebody.
pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    let who = ["-c", "user.name=Prova", "-c", "user.email=prova@example.org"];
    let output = Command::new("git").current_dir(folder).args(who).args(arguments).output();
    assert!(output.expect("git runs").status.success(), "{arguments:?}");
}

/// What a run said on standard error, and its exit code.
pub(crate) fn said(output: &Output) -> (String, i32) {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    (text, output.status.code().expect("it was not killed"))
}

/// Every file below `folder` with its bytes, by relative path.
pub(crate) fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files);
    files.sort();
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("below it").to_string_lossy().into_owned();
            files.push((name, fs::read(&path).expect("readable")));
        }
    }
}

/// Makes `folder` hold the files of an archive, and nothing else.
pub(crate) fn unpack(archive: &[u8], folder: &Path) {
    fs::remove_dir_all(folder).ok();
    let opened = Opened::open(archive).expect("an archive");
    for name in opened.names() {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().expect("below the folder")).expect("writable");
        fs::write(file, opened.read(name).expect("a file")).expect("writable");
    }
}

/// The root of the repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
