//! `vasta fmt`: puts the front matter of pages in order. How is said in `source/arranging`, in what order
//! in `author/order`; a page whose front matter cannot be read is left alone and named.

use std::io::{IsTerminal, stderr};
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};

use crate::author::order;
use crate::base::{Language, SourcePath};
use crate::pipeline::Globals;
use crate::source::tree::{CONTENT, EDITIONS};
use crate::source::{Tree, arranging, edition};

use super::arguments::Fmt;
use super::{CONTENT_HAS_ERRORS, Failure, cannot_read, replacing};

/// Puts pages in order, or says which are not.
pub(super) fn format(options: &Fmt, language: Language) -> Result<ExitCode, Failure> {
    let root = options.site.root(language)?;
    let read = Tree::read(&root, &root.join("public"));
    let tree = read.map_err(|error| cannot_read(&root, &error))?.value;
    let globals = Globals::of(&tree);
    let (mut n_changed, mut n_left) = (0, 0);
    for path in paths(&tree, &root, &options.files, language)? {
        let Some(blob) = tree.get(&path) else { continue };
        let page = in_content(&path);
        let order = |node: &_| order::of_page(&page, node, &globals.schemas, &globals.config);
        let shown = tree.written_path(&path);
        let arranged = blob.text().and_then(|text| arranging::arranged(&path, text, order));
        match arranged {
            None => {
                n_left += 1;
                eprintln!("{shown}: {}", left(language));
            }
            Some(text) if blob.text() == Some(&*text) => {}
            Some(text) => {
                n_changed += 1;
                println!("{shown}");
                if !options.check {
                    replacing::write(&root.join(&shown), blob.with_text(&text))?;
                }
            }
        }
    }
    if stderr().is_terminal() {
        eprintln!("{}", summary(n_changed, options.check, language));
    }
    let is_done = n_left == 0 && (n_changed == 0 || !options.check);
    Ok(if is_done { ExitCode::SUCCESS } else { ExitCode::from(CONTENT_HAS_ERRORS) })
}

/// The pages that were named, or all.
fn paths(
    tree: &Tree,
    root: &Utf8Path,
    files: &[Utf8PathBuf],
    language: Language,
) -> Result<Vec<SourcePath>, Failure> {
    let is_page = |path: &&SourcePath| {
        let is_placed = path.below(CONTENT).is_some() || in_content(path) != **path;
        path.extension() == "md" && is_placed
    };
    let pages = || tree.paths().filter(is_page);
    if files.is_empty() {
        return Ok(pages().cloned().collect());
    }
    let root = root.canonicalize_utf8().map_err(|error| cannot_read(root, &error))?;
    let find = |file: &Utf8PathBuf| {
        let place = file.canonicalize_utf8().map_err(|error| cannot_read(file, &error))?;
        let below = place.strip_prefix(&root).map(|below| below.as_str().replace('\\', "/"));
        let found =
            below.ok().and_then(|below| pages().find(|path| tree.written_path(path) == below));
        found.cloned().ok_or_else(|| {
            Failure(match language {
                Language::Italian => format!("`{file}` non è una pagina del sito"),
                Language::English => format!("`{file}` is no page of the site"),
            })
        })
    };
    files.iter().map(find).collect()
}

/// Where a page of an edition lies for its type: in the place of the national one.
fn in_content(path: &SourcePath) -> SourcePath {
    let below = path.below(EDITIONS).and_then(|below| below.split_once('/'));
    below.and_then(|(_, rest)| edition::target(rest)).unwrap_or_else(|| path.clone())
}

fn left(language: Language) -> &'static str {
    match language {
        Language::Italian => {
            "lasciata com'è, l'intestazione non si può riordinare (vedi `vasta check`)"
        }
        Language::English => {
            "left as it is, the front matter cannot be arranged (see `vasta check`)"
        }
    }
}

fn summary(n_changed: usize, is_check: bool, language: Language) -> String {
    match (language, is_check) {
        (Language::Italian, false) => format!("pagine riordinate: {n_changed}"),
        (Language::Italian, true) => format!("pagine da riordinare: {n_changed}"),
        (Language::English, false) => format!("pages arranged: {n_changed}"),
        (Language::English, true) => format!("pages to arrange: {n_changed}"),
    }
}
