//! The command `schema cms`: forms in the browser, for who writes pages without an editor of text.

use std::fs;
use std::process::ExitCode;

use camino::Utf8Path;

use crate::author::cms::{Backend, Repository, configuration, page};
use crate::base::Language;
use crate::source::tree::CONTENT;

use super::arguments::{Cms, CmsBackend};
use super::author::{Desk, pretty};
use super::{Failure, cannot_read, print, write};

/// The folder of the system, below that of the site.
const FOLDER: &str = "admin";
/// What its script is called where nobody says which it is.
const SCRIPT: &str = "decap-cms.js";

/// Prints the configuration, or writes it beside the page that opens the system.
pub(super) fn cms(options: &Cms, language: Language) -> Result<ExitCode, Failure> {
    let desk = Desk::of(&options.site, language)?;
    let repository = Repository {
        backend: backend(options),
        branch: options.branch.clone(),
        content: content(&desk.root)?,
    };
    let config = &desk.globals.config;
    let configuration = pretty(&configuration(&desk.forms(), &desk.pages, config, &repository));
    let Some(to) = &options.to else { return print(configuration.as_bytes()) };
    let to = to.join(FOLDER);
    let script = script(options, &to, language)?;
    write(&to.join("config.yml"), &configuration)?;
    write(&to.join("index.html"), page(desk.pages.title(config), &script))?;
    match (language, &options.script) {
        (Language::Italian, Some(_)) => println!("la redazione è in `{to}`"),
        (Language::English, Some(_)) => println!("the content management system is in `{to}`"),
        (Language::Italian, None) => {
            println!("la redazione è in `{to}`: manca solo lo script del CMS, `{to}/{script}`");
        }
        (Language::English, None) => println!(
            "the content management system is in `{to}`: only its script is missing, `{to}/{script}`"
        ),
    }
    Ok(ExitCode::SUCCESS)
}

fn backend(options: &Cms) -> Backend {
    let name = options.repo.clone().unwrap_or_default();
    match options.backend {
        CmsBackend::Local => Backend::Local(options.server.clone()),
        CmsBackend::GitHub => Backend::GitHub(name),
        CmsBackend::GitLab => Backend::GitLab(name),
    }
}

/// The folder of the content of the site in `root`, as seen from the repository that it is in.
fn content(root: &Utf8Path) -> Result<String, Failure> {
    let root = root.canonicalize_utf8().map_err(|error| cannot_read(root, &error))?;
    let repository = root.ancestors().find(|folder| folder.join(".git").exists());
    let content = root.join(CONTENT);
    let content = if content.is_dir() { content } else { root.clone() };
    let below = content.strip_prefix(repository.unwrap_or(&root)).unwrap_or(&content);
    Ok(below.components().map(|part| part.as_str()).collect::<Vec<_>>().join("/"))
}

/// Copies the script into `folder`; gives the name that it has there.
fn script(options: &Cms, folder: &Utf8Path, language: Language) -> Result<String, Failure> {
    let Some(script) = &options.script else { return Ok(SCRIPT.to_owned()) };
    let name = script.file_name().filter(|_| script.is_file()).ok_or_else(|| {
        Failure(match language {
            Language::Italian => format!("`{script}` non è un file: serve lo script del CMS"),
            Language::English => {
                format!("`{script}` is no file: it should be the script of the CMS")
            }
        })
    })?;
    let copy = folder.join(name);
    fs::create_dir_all(folder)
        .and_then(|()| fs::copy(script, &copy))
        .map_err(|error| cannot_read(&copy, &error))?;
    Ok(name.to_owned())
}
