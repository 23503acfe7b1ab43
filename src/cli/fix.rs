//! `vasta fix`: shows what mends the mistakes that leave no doubt, asks, changes the files and checks
//! again. What a mend is says `source/mending`; a file that is no longer what was checked is left alone.

use std::collections::BTreeMap;
use std::io::{IsTerminal, stderr, stdin, stdout};
use std::process::ExitCode;
use std::{env, fs};

use camino::{Utf8Path, Utf8PathBuf};

use crate::base::{Checked, Diagnostics, Language};
use crate::pipeline::{Settings, published};
use crate::render::differences::unified;
use crate::source::mending::{self, Edit, Mended};
use crate::source::{Blob, Tree};

use super::arguments::Fix;
use super::check::{code, examine};
use super::report::counted;
use super::stats::Stopwatch;
use super::{
    CONTENT_HAS_ERRORS, Failure, cannot_read, code as codes, print, read_site, renames, replacing,
    report as tell, said,
};

/// Mends a site.
pub(super) fn fix(options: &Fix, language: Language) -> Result<ExitCode, Failure> {
    let root = options.site.root(language)?;
    let settings = options.day.settings(options.drafts, language)?;
    let wanted = wanted(&options.code, language)?;
    let (tree, diagnostics) = examined(&root, &settings, language)?;
    let is_wanted = |found: &str| wanted.is_empty() || wanted.iter().any(|code| code == found);
    let asked: Diagnostics =
        diagnostics.iter().filter(|found| is_wanted(&found.code)).cloned().collect();
    let changes = changes(&tree, &asked);
    if changes.is_empty() {
        tell(&tree, &diagnostics, language);
        say(language, "niente da correggere", "nothing to mend");
        return Ok(code(&diagnostics));
    }
    print(shown(&changes).as_bytes())?;
    let n_edits: usize = changes.iter().map(|change| change.mended.n_edits).sum();
    let mends = counted(n_edits, "correzione", "correzioni");
    if options.dry_run {
        say(
            language,
            &format!("{mends} in {} file; nulla è stato scritto", changes.len()),
            &format!("mends in {} files: {n_edits}; nothing was written", changes.len()),
        );
        return Ok(ExitCode::from(CONTENT_HAS_ERRORS));
    }
    if !options.yes && !agreed(language)? {
        return Ok(ExitCode::from(CONTENT_HAS_ERRORS));
    }
    write(&root, &changes, language)?;
    say(
        language,
        &format!("{mends} in {} file", changes.len()),
        &format!("mends in {} files: {n_edits}", changes.len()),
    );
    let n_left: usize = changes.iter().map(|change| change.mended.n_left).sum();
    if n_left > 0 {
        say(
            language,
            &format!("{n_left} nello stesso punto di un'altra: esegui di nuovo `vasta fix`"),
            &format!("in the same place as another one: {n_left}; run `vasta fix` again"),
        );
    }
    let (tree, diagnostics) = examined(&root, &settings, language)?;
    tell(&tree, &diagnostics, language);
    Ok(code(&diagnostics))
}

/// A file that is to change.
struct Change {
    file: String,
    before: Blob,
    mended: Mended,
}

impl Change {
    /// The text as it is.
    fn text(&self) -> &str {
        self.before.text().unwrap_or_default()
    }

    /// The bytes as they are to be.
    fn bytes(&self) -> Vec<u8> {
        self.before.with_text(&self.mended.text)
    }
}

/// The site in `root` and what is wrong with it. What disappeared is looked for in git.
fn examined(
    root: &Utf8Path,
    settings: &Settings,
    language: Language,
) -> Result<(Tree, Diagnostics), Failure> {
    let watch = Stopwatch::start(language);
    let read = read_site(root, &root.join("public"), None, language)?;
    let (tree, Checked { mut diagnostics, .. }) = examine(root, read, settings, &watch);
    let is_gone = |code: &str| code == "V066";
    if diagnostics.iter().any(|found| is_gone(&found.code)) {
        let moved = renames::moved(root, &tree, settings);
        let told = published::list(&tree, settings, &[], &moved).diagnostics;
        diagnostics.retain(|found| !is_gone(&found.code));
        diagnostics.extend(told.into_iter().filter(|found| is_gone(&found.code)));
        crate::base::diagnostic::sort(&mut diagnostics);
    }
    Ok((tree, diagnostics))
}

/// The codes that were asked for, as they are written.
fn wanted(asked: &[String], language: Language) -> Result<Vec<String>, Failure> {
    let known =
        |written: &String| codes::explanation_of(written, language).map(|it| it.code.to_owned());
    asked.iter().map(known).collect()
}

/// What mends `diagnostics`, file by file.
fn changes(tree: &Tree, diagnostics: &Diagnostics) -> Vec<Change> {
    let mut files: BTreeMap<String, (Blob, Vec<Edit>)> = BTreeMap::new();
    for (edit, blob) in diagnostics.iter().filter_map(|found| mending::edit(tree, found)) {
        files.entry(edit.file.clone()).or_insert_with(|| (blob, Vec::new())).1.push(edit);
    }
    let change = |(file, (before, edits)): (String, (Blob, Vec<Edit>))| {
        let mended = mending::mended(before.text().unwrap_or_default(), edits);
        Change { file, before, mended }
    };
    files.into_iter().map(change).collect()
}

/// The changes as `diff` prints them, coloured for a terminal.
fn shown(changes: &[Change]) -> String {
    let is_styled =
        stdout().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let plain = changes.iter().map(|it| unified(&it.file, it.text(), &it.mended.text));
    let plain: String = plain.collect();
    if !is_styled {
        return plain;
    }
    let line = |line: &str| match line.chars().next() {
        Some('+') => format!("\x1b[32m{line}\x1b[0m\n"),
        Some('-') => format!("\x1b[31m{line}\x1b[0m\n"),
        Some('@') => format!("\x1b[36m{line}\x1b[0m\n"),
        _ => format!("{line}\n"),
    };
    plain.lines().map(line).collect()
}

/// Whether somebody at the terminal agrees.
fn agreed(language: Language) -> Result<bool, Failure> {
    if !stdin().is_terminal() || !stderr().is_terminal() {
        return Err(Failure(match language {
            Language::Italian => {
                "nessuno può rispondere: aggiungi `--yes` per applicare".to_owned()
            }
            Language::English => "nobody can answer: add `--yes` to apply".to_owned(),
        }));
    }
    eprint!("{}", if language == Language::Italian { "Applico? [s/N] " } else { "Apply? [y/N] " });
    let mut answer = String::new();
    stdin().read_line(&mut answer).map_err(|error| Failure(error.to_string()))?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "s" | "si" | "sì" | "y" | "yes"))
}

/// Writes all changes, once it is sure that no file is another than the one that was checked.
fn write(root: &Utf8Path, changes: &[Change], language: Language) -> Result<(), Failure> {
    let place = |change: &Change| -> Utf8PathBuf { root.join(&change.file) };
    for change in changes {
        let place = place(change);
        let now = fs::read(&place).map_err(|error| cannot_read(&place, &error))?;
        if now != *change.before.bytes {
            return Err(Failure(match language {
                Language::Italian => {
                    format!("`{}` è cambiato nel frattempo: nulla è stato scritto", change.file)
                }
                Language::English => {
                    format!("`{}` has changed meanwhile: nothing was written", change.file)
                }
            }));
        }
    }
    changes.iter().try_for_each(|change| replacing::write(&place(change), change.bytes()))
}

fn say(language: Language, italian: &str, english: &str) {
    eprintln!("{}", said(language, italian, english));
}
