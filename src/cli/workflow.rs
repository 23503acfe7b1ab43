//! The command `workflow`: puts what GitHub, GitLab or git runs where they look for it. A file that somebody
//! wrote or changed stays as it is.

use std::io::ErrorKind;
use std::process::ExitCode;
use std::{fs, io};

use camino::{Utf8Path, Utf8PathBuf};

use crate::author::workflows::{Runner, UnfitName, from_source};
use crate::base::Language;
use crate::source::git::Git;

use super::arguments::{Workflow, WorkflowPlace};
use super::{Failure, cannot_read, print, write};

/// What `--to` says to see the text only.
const STANDARD_OUTPUT: &str = "-";
const MANIFEST: &str = "Cargo.toml";

/// The repository and the site in it.
struct Repository {
    root: Utf8PathBuf,
    /// The folder of the site as seen from the root, with `/`; empty when it is the root.
    site: String,
    /// The file of the hook, if git knows of the repository.
    hook: Option<Utf8PathBuf>,
}

/// Writes or prints the file for who runs vasta.
pub(super) fn workflow(what: &Workflow, language: Language) -> Result<ExitCode, Failure> {
    let (runner, place, install) = match what {
        Workflow::GitHub(hosted) => (Runner::GitHub, &hosted.place, hosted.install.as_deref()),
        Workflow::GitLab(hosted) => (Runner::GitLab, &hosted.place, hosted.install.as_deref()),
        Workflow::PreCommit(place) => (Runner::PreCommit, place, Some("")),
    };
    let repository = Repository::around(&place.site.root(language)?)?;
    let install = match install {
        Some(install) => install.to_owned(),
        None => repository.installs_itself().ok_or_else(|| no_installation(language))?,
    };
    let text = runner
        .text(&repository.site, &install)
        .map_err(|UnfitName| unfit(&repository.site, language))?;
    if place.to.as_deref() == Some(Utf8Path::new(STANDARD_OUTPUT)) {
        return print(text.as_bytes());
    }
    let file = repository.file(runner, place, language)?;
    put(&file, &text, language)?;
    if runner == Runner::PreCommit {
        make_executable(&file).map_err(|error| cannot_read(&file, &error))?;
    }
    let shown = file.strip_prefix(&repository.root).unwrap_or(&file);
    println!("{}", done(runner, shown, language));
    Ok(ExitCode::SUCCESS)
}

impl Repository {
    /// The repository around the site in `root`. Without git it is the folder of the site.
    fn around(root: &Utf8Path) -> Result<Self, Failure> {
        let canonical =
            |path: &Utf8Path| path.canonicalize_utf8().map_err(|error| cannot_read(path, &error));
        let site = canonical(root)?;
        let top = Git::of(&site).ask(&["rev-parse", "--show-toplevel"]);
        let top = match top.as_deref().map(str::trim_end) {
            Some(top) => canonical(Utf8Path::new(top))?,
            None => site.clone(),
        };
        let hooks = Git::of(&top).ask(&["rev-parse", "--git-path", "hooks"]);
        let hook = hooks.map(|hooks| top.join(hooks.trim_end()).join(Runner::PreCommit.path()));
        let below = site.strip_prefix(&top).unwrap_or(Utf8Path::new(""));
        let below: Vec<&str> = below.components().map(|part| part.as_str()).collect();
        Ok(Self { site: below.join("/"), root: top, hook })
    }

    /// The command that installs vasta where the repository has its source.
    fn installs_itself(&self) -> Option<String> {
        ["", &self.site].into_iter().find_map(|folder| {
            let manifest = fs::read_to_string(self.root.join(folder).join(MANIFEST)).ok()?;
            from_source(&manifest, folder)
        })
    }

    /// The file to write.
    fn file(
        &self,
        runner: Runner,
        place: &WorkflowPlace,
        language: Language,
    ) -> Result<Utf8PathBuf, Failure> {
        match &place.to {
            Some(to) => Ok(to.join(runner.path())),
            None if runner == Runner::PreCommit => {
                self.hook.clone().ok_or_else(|| no_repository(&self.root, language))
            }
            None => Ok(self.root.join(runner.path())),
        }
    }
}

/// Writes `text` unless something else is in the file.
fn put(file: &Utf8Path, text: &str, language: Language) -> Result<(), Failure> {
    match fs::read(file) {
        Ok(there) if there == text.as_bytes() => Ok(()),
        Ok(_) => Err(Failure(match language {
            Language::Italian => format!(
                "`{file}` c'è già, con un altro testo, e non è stato toccato: aggiungivi ciò che serve da quello che \
                 `--to -` stampa, oppure cancellalo e ripeti il comando"
            ),
            Language::English => format!(
                "`{file}` is there already with another text, and was left alone: add to it what you need of what \
                 `--to -` prints, or delete it and repeat the command"
            ),
        })),
        Err(error) if error.kind() == ErrorKind::NotFound => write(file, text),
        Err(error) => Err(cannot_read(file, &error)),
    }
}

/// git runs a hook only if it may be executed.
#[cfg(unix)]
fn make_executable(file: &Utf8Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))
}

/// Elsewhere nothing is marked as executable.
#[cfg(not(unix))]
fn make_executable(_file: &Utf8Path) -> io::Result<()> {
    Ok(())
}

/// What to do next.
fn done(runner: Runner, file: &Utf8Path, language: Language) -> String {
    match (runner, language) {
        (Runner::PreCommit, Language::Italian) => {
            format!("`{file}`: da ora git controlla il sito prima di ogni commit")
        }
        (Runner::PreCommit, Language::English) => {
            format!("`{file}`: from now on git checks the site before each commit")
        }
        (_, Language::Italian) => {
            format!("`{file}`: leggi i commenti, poi aggiungilo con un commit")
        }
        (_, Language::English) => format!("`{file}`: read its comments, then commit it"),
    }
}

fn no_installation(language: Language) -> Failure {
    Failure(match language {
        Language::Italian => {
            "questo repository non contiene vasta: scrivi il comando che lo installa, per esempio \
             `--install \"cargo install --locked --git INDIRIZZO vasta\"`"
        }
        Language::English => {
            "this repository does not contain vasta: write the command that installs it, for example \
             `--install \"cargo install --locked --git ADDRESS vasta\"`"
        }
    }
    .to_owned())
}

fn no_repository(root: &Utf8Path, language: Language) -> Failure {
    Failure(match language {
        Language::Italian => {
            format!("`{root}` non è in un repository di git: crealo con `git init`")
        }
        Language::English => format!("`{root}` is in no git repository: make one with `git init`"),
    })
}

fn unfit(site: &str, language: Language) -> Failure {
    Failure(match language {
        Language::Italian => format!(
            "la cartella `{site}` ha un nome che qui non si può scrivere: usa lettere, cifre, spazi e i segni `-_.'`"
        ),
        Language::English => format!(
            "the folder `{site}` has a name that cannot be written here: use letters, digits, spaces and the signs `-_.'`"
        ),
    })
}
