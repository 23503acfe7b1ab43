//! What a change brought: the findings that the site did not have at an earlier commit, told apart by
//! their fingerprints. So a finding counts as new in a file that changed and in one that did not, as a
//! link to a page that was taken away; one that only moved to another line does not.

use std::collections::BTreeSet;

use camino::Utf8Path;

use crate::base::{Checked, Diagnostics, Language};
use crate::source::git::Git;
use crate::source::tree::CONTENT;
use crate::source::{Tree, edition};

use super::Failure;
use super::report::Findings;

/// The site in `root` at `revision`, as an edition has it. A site or an edition that was not there yet is
/// empty.
pub(super) fn read(
    root: &Utf8Path,
    revision: &str,
    id: Option<&str>,
    language: Language,
) -> Result<Checked<Tree>, Failure> {
    let git = Git::of(root);
    if !git.is_there() {
        return Err(Failure(match language {
            Language::Italian => format!(
                "`--since` chiede a git, che qui non c'è: `{root}` non è in un repository, o git non è \
                 installato"
            ),
            Language::English => format!(
                "`--since` asks git, which is not here: `{root}` is in no repository, or git is not \
                 installed"
            ),
        }));
    }
    let files = git.commit_called(revision).and_then(|commit| git.files_of(&commit));
    let files = files.ok_or_else(|| unknown(revision, git.is_shallow(), language))?;
    let is_placed = |path: &str| {
        path == "vasta.yaml" || path.strip_prefix(CONTENT).is_some_and(|rest| rest.starts_with('/'))
    };
    let is_plain = !files.iter().any(|(path, _)| is_placed(path));
    let place = |path: &str| if is_plain { format!("{CONTENT}/{path}") } else { path.to_owned() };
    let files: Vec<(String, Vec<u8>)> =
        files.into_iter().map(|(path, bytes)| (place(&path), bytes)).collect();
    let mut tree = Tree::of_files(files.iter().map(|(path, bytes)| (path.as_str(), &**bytes)));
    tree.is_plain_folder = is_plain;
    let Ok(selected) = edition::select(&tree, id) else { return Ok(Checked::clean(empty())) };
    Ok(selected.map(|selected| selected.unwrap_or(tree)))
}

fn empty() -> Tree {
    Tree::of_texts([])
}

fn unknown(revision: &str, is_shallow: bool, language: Language) -> Failure {
    Failure(match (language, is_shallow) {
        (Language::Italian, false) => {
            format!("`{revision}` non è una revisione di questo repository, come `main` o `HEAD~1`")
        }
        (Language::English, false) => {
            format!("`{revision}` is no revision of this repository, such as `main` or `HEAD~1`")
        }
        (Language::Italian, true) => format!(
            "`{revision}` non è nel repository, che ha solo le ultime revisioni: scarica le altre con \
             `git fetch --unshallow`"
        ),
        (Language::English, true) => format!(
            "`{revision}` is not in the repository, which has only the last revisions: get the others \
             with `git fetch --unshallow`"
        ),
    })
}

/// Those of the findings `now` that are not among the findings `before`.
pub(super) fn news(
    (tree, now): (&Tree, Diagnostics),
    (earlier, before): (&Tree, &Diagnostics),
    language: Language,
) -> Diagnostics {
    let before = Findings::of(earlier, before, None, language);
    let known: BTreeSet<&str> = before.fingerprints().collect();
    let found = Findings::of(tree, &now, None, language);
    let is_new: Vec<bool> = found.fingerprints().map(|it| !known.contains(it)).collect();
    now.into_iter().zip(is_new).filter_map(|(found, is_new)| is_new.then_some(found)).collect()
}

/// Says how many findings were left out.
#[expect(clippy::print_stderr, reason = "it is no finding")]
pub(super) fn tell_known(n_known: usize, revision: &str, language: Language) {
    match (n_known, language) {
        (0, _) => {}
        (n, Language::Italian) => eprintln!("già in `{revision}`, non ripetuti: {n}"),
        (n, Language::English) => eprintln!("already in `{revision}`, not repeated: {n}"),
    }
}
