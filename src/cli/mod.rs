//! The command line: what was typed, and one short function per command. It reads the site, calls
//! the pipeline and does something with the result; nothing is decided here.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line meets files, clock and environment"
)]
#![expect(clippy::print_stdout, reason = "results go to standard output")]
#![expect(clippy::print_stderr, reason = "diagnostics and progress go to standard error")]

mod arguments;
mod author;
mod build;
mod bundle;
mod check;
mod cms;
mod code;
#[cfg(test)]
mod documented;
mod editions;
mod explain;
mod fix;
mod format;
mod hits;
mod integrity;
mod lock;
mod manual;
mod outside;
mod renames;
mod replacing;
mod report;
mod review;
mod search;
mod serve;
mod since;
mod stats;
mod theme;
mod workflow;

use std::io::{IsTerminal, Write, stderr, stdout};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, fs, io};

use camino::{Utf8Path, Utf8PathBuf};

use crate::base::{Checked, Date, Diagnostics, Language};
use crate::dev::Watching;
use crate::pipeline::Settings;
use crate::source::tree::CONFIG;
use crate::source::{Tree, edition, embedded, explanation};

use arguments::{
    Arguments, Command, Day, Export, MessageLanguage, Place, SearchFormat, Site, ThemeCommand,
};
use report::Report;

/// What went wrong outside the content: exit code 2.
struct Failure(String);

/// Content with errors: exit code 1. Nothing else fails this way.
const CONTENT_HAS_ERRORS: u8 = 1;
const WRONG_CALL_OR_DISK: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = Arguments::typed();
    let language = match arguments.lang {
        Some(MessageLanguage::It) => Language::Italian,
        Some(MessageLanguage::En) => Language::English,
        None => system_language(),
    };
    let done = match &arguments.command {
        Command::Build(arguments) if arguments.all_editions => editions::build(arguments, language),
        Command::Build(arguments) => build::build(arguments, language),
        Command::Check(options) => check::check(options, language),
        Command::Fix(options) => fix::fix(options, language),
        Command::Fmt(options) => format::format(options, language),
        Command::Report(options) => review::report(options, language),
        Command::Serve { place, drafts, port, listen, open, poll } => {
            let watching = if *poll { Watching::Polling } else { Watching::Events };
            serve::serve(place, *drafts, SocketAddr::new(*listen, *port), watching, *open, language)
        }
        Command::Search { query, place, facet, json, limit } => {
            search::search(query, place, facet, *json, *limit, language)
        }
        Command::Export { what: Export::Search { place, format, to } } => match format {
            SearchFormat::OpenSearch => search::export_open_search(place, to, language),
        },
        Command::Bundle(options) => bundle::bundle(options, language),
        Command::Lock(options) => lock::lock(options, language),
        Command::Editions { site } => editions::list(site, language),
        Command::Explain { subject: None, .. } => print(explanation::page().as_bytes()),
        Command::Explain { subject: Some(subject), place, .. } => explain(subject, place, language),
        Command::Verify { copy, key } => integrity::verify(copy, key.as_deref(), language),
        Command::Apply { patch, folder, key } => {
            integrity::apply_patch(patch, folder, key.as_deref(), language)
        }
        Command::Key { name } => integrity::make_keys(name, language),
        Command::Theme { what: ThemeCommand::Docs } => print(theme::docs().as_bytes()),
        Command::Theme { what: ThemeCommand::Show { file: None } } => {
            print(theme::list().as_bytes())
        }
        Command::Theme { what: ThemeCommand::Show { file: Some(file) } } => {
            theme::file(file, language).and_then(print)
        }
        Command::New(options) => author::new(options, language),
        Command::Schema { what } => author::schema(what, language),
        Command::Workflow { what } => workflow::workflow(what, language),
        Command::Completions { shell } => {
            print(&manual::completions(*shell, Arguments::definition()))
        }
        Command::Man { command } => {
            manual::page(Arguments::definition(), command.as_deref(), language)
                .and_then(|page| print(&page))
        }
        Command::Init { folder } => init(folder, language),
    };
    done.unwrap_or_else(|Failure(message)| {
        let word = if language == Language::Italian { "errore" } else { "error" };
        eprintln!("{word}: {message}");
        ExitCode::from(WRONG_CALL_OR_DISK)
    })
}

/// Prints the diagnostics and says whether there are errors.
fn report(tree: &Tree, diagnostics: &Diagnostics, language: Language) -> bool {
    let styled =
        stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let report = Report { tree, language, styled };
    if !diagnostics.is_empty() {
        eprint!("{}", report.text(diagnostics));
    }
    diagnostics.iter().any(crate::base::Diagnostic::is_error)
}

fn explain(subject: &str, place: &Place, language: Language) -> Result<ExitCode, Failure> {
    if code::is_code(subject) {
        return code::explain(subject, language).and_then(|text| print(text.as_bytes()));
    }
    let (root, out) = place.resolve(language)?;
    print!("{}", explain::explain(subject, &root, &out, place.edition.as_deref(), language)?);
    Ok(ExitCode::SUCCESS)
}

/// Writes `bytes` as they are. A reader that has enough, such as `head`, is no trouble.
fn print(bytes: &[u8]) -> Result<ExitCode, Failure> {
    match stdout().write_all(bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure(error.to_string())),
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn init(folder: &Utf8Path, language: Language) -> Result<ExitCode, Failure> {
    let is_empty = folder.read_dir_utf8().map_or(true, |mut entries| entries.next().is_none());
    if !is_empty {
        return Err(Failure(match language {
            Language::Italian => format!("la cartella `{folder}` non è vuota"),
            Language::English => format!("the folder `{folder}` is not empty"),
        }));
    }
    for (path, bytes) in embedded::starter() {
        write(&folder.join(path), bytes)?;
    }
    if stdout().is_terminal() {
        println!(
            "{}",
            match language {
                Language::Italian => format!("Fatto. Ora: vasta build --site {folder}"),
                Language::English => format!("Done. Now: vasta build --site {folder}"),
            }
        );
    }
    Ok(ExitCode::SUCCESS)
}

impl Site {
    /// The folder of the site.
    fn root(&self, language: Language) -> Result<Utf8PathBuf, Failure> {
        let root = match &self.site {
            Some(site) => site.clone(),
            None => site_around()?,
        };
        if !root.is_dir() {
            return Err(Failure(match language {
                Language::Italian => format!("la cartella `{root}` non esiste"),
                Language::English => format!("the folder `{root}` does not exist"),
            }));
        }
        Ok(root)
    }
}

impl Place {
    /// The folder of the site and the folder to write.
    fn resolve(&self, language: Language) -> Result<(Utf8PathBuf, Utf8PathBuf), Failure> {
        let root = self.site.root(language)?;
        let place = || match &self.edition {
            Some(id) => root.join("dist").join(id),
            None => root.join("public"),
        };
        let out = self.out.clone().unwrap_or_else(place);
        Ok((root, out))
    }
}

impl Day {
    fn settings(&self, drafts: bool, language: Language) -> Result<Settings, Failure> {
        let given = self.today.as_ref().map(|text| {
            let day = text.parse::<Date>().ok().filter(|date| date.is_full());
            day.ok_or_else(|| {
                Failure(match language {
                    Language::Italian => format!("`{text}` non è un giorno come 2026-11-25"),
                    Language::English => format!("`{text}` is not a day such as 2026-11-25"),
                })
            })
        });
        let today = given.transpose()?.or_else(today);
        Ok(Settings { drafts, today, ..Settings::default() })
    }
}

/// The day, the same in every time zone.
fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    Date::from_days_since_epoch(i32::try_from(seconds / 86_400).ok()?)
}

/// The nearest folder upwards that holds `vasta.yaml`, or else the current one.
fn site_around() -> Result<Utf8PathBuf, Failure> {
    let here = env::current_dir()
        .and_then(|path| Utf8PathBuf::try_from(path).map_err(io::Error::other))
        .map_err(|error| cannot_read(Utf8Path::new("."), &error))?;
    let found = here.ancestors().find(|folder| folder.join(CONFIG).is_file());
    Ok(found.map_or_else(|| here.clone(), Utf8Path::to_owned))
}

fn system_language() -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| env::var(name).ok())
        .find(|value| !value.is_empty());
    match locale {
        Some(locale) if locale.starts_with("en") => Language::English,
        _ => Language::Italian,
    }
}

/// Writes a file, and makes its folder if there is none.
fn write(file: &Utf8Path, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    fs::create_dir_all(file.parent().unwrap_or(file))
        .and_then(|()| fs::write(file, bytes))
        .map_err(|error| cannot_read(file, &error))
}

/// Reads the site in `root` as an edition has it, or the national one.
fn read_site(
    root: &Utf8Path,
    out: &Utf8Path,
    edition: Option<&str>,
    language: Language,
) -> Result<Checked<Tree>, Failure> {
    let read = Tree::read(root, out).map_err(|error| cannot_read(root, &error))?;
    let Checked { value: written, mut diagnostics } = read;
    let selected = edition::select(&written, edition).map_err(|no| Failure(no.text(language)))?;
    let tree = selected.into_value(&mut diagnostics).unwrap_or(written);
    Ok(Checked::new(tree, diagnostics))
}

/// One of two texts, in the language of who reads.
fn said(language: Language, italian: &str, english: &str) -> String {
    match language {
        Language::Italian => italian.to_owned(),
        Language::English => english.to_owned(),
    }
}

fn cannot_read(path: &Utf8Path, error: &io::Error) -> Failure {
    Failure(format!("`{path}`: {error}"))
}
