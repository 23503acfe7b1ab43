//! The configuration of a content management system in the browser: every page type is a form, every
//! folder of pages a collection. Decap CMS and Sveltia CMS read it. It is JSON, which is YAML too.

mod collections;
mod widgets;

use serde_json::{Value, json};

use crate::base::html::escape;
use crate::document::Field;
use crate::site::{Page, Site};
use crate::source::Config;

use super::form::{Form, Known, plain};
use collections::{Collection, Held, collections};
use widgets::{Choosing, text_of_page, widgets, with};

/// Where the system reads and saves pages.
#[derive(Clone, Debug)]
pub struct Repository {
    /// Who gives access to it.
    pub backend: Backend,
    /// The branch that pages are saved to.
    pub branch: String,
    /// The folder of the content in it, such as `content`.
    pub content: String,
}

/// Who gives access to a repository.
#[derive(Clone, Debug)]
pub enum Backend {
    /// The program `decap-server` at this address: the repository is on this machine.
    Local(String),
    /// GitHub, where the repository is called `OWNER/NAME`.
    GitHub(String),
    /// GitLab, where the repository is called `OWNER/NAME`.
    GitLab(String),
}

/// The configuration for the pages of `site`, whose types have these `forms`.
pub fn configuration(
    forms: &[Form<'_>],
    site: &Site,
    config: &Config,
    repository: &Repository,
) -> Value {
    let collections = collections(forms, site);
    let choosing = Choosing { collections: &collections, known: &Known::of(site) };
    let written: Vec<Value> = collections
        .iter()
        .map(|collection| {
            let fields = match collection.form {
                Some(form) => fields(&form.fields, &choosing),
                None => fields(&plain(config), &choosing),
            };
            written(collection, &fields, &repository.content)
        })
        .collect();
    let mut configuration = json!({
        "backend": backend(repository),
        "publish_mode": "simple",
        "locale": config.language,
        // Files lie beside the pages that show them; collections of single files have no such place.
        "media_folder": repository.content,
        "public_folder": "/",
        "slug": { "encoding": "ascii", "clean_accents": true },
        // What readers see is shown by vasta.
        "editor": { "preview": false },
        "collections": written,
    });
    if !config.base_url.is_empty() {
        configuration["site_url"] = json!(config.base_url);
    }
    configuration
}

/// The page that opens the system. It loads `script`, a file beside it, and nothing from elsewhere.
pub fn page(title: &str, script: &str) -> String {
    let [title, script] = [title, script].map(escape);
    format!(
        r#"<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Redazione di {title}</title>
<link rel="cms-config-url" type="text/yaml" href="config.yml">
</head>
<body>
<noscript>Per scrivere con i moduli serve JavaScript. Le pagine si possono modificare anche come file di testo.</noscript>
<script src="{script}"></script>
</body>
</html>
"#
    )
}

fn backend(repository: &Repository) -> Value {
    let branch = &repository.branch;
    match &repository.backend {
        Backend::Local(server) => {
            let server = server.trim_end_matches('/');
            json!({ "name": "proxy", "proxy_url": format!("{server}/api/v1"), "branch": branch })
        }
        Backend::GitHub(name) => json!({ "name": "github", "repo": name, "branch": branch }),
        Backend::GitLab(name) => json!({ "name": "gitlab", "repo": name, "branch": branch }),
    }
}

/// The form for a page with these keys: what its text needs comes last, as on the page.
fn fields(fields: &[Field], choosing: &Choosing<'_>) -> Vec<Value> {
    let mut written = widgets(fields, choosing);
    written.push(text_of_page());
    written
}

fn written(collection: &Collection<'_>, fields: &[Value], content: &str) -> Value {
    let written = json!({
        "name": collection.name,
        "label": collection.label,
        "description": collection.help,
    });
    let held = match &collection.held {
        Held::Folder(folder) => json!({
            "label_singular": collection.singular,
            "folder": in_repository(content, folder),
            "create": true,
            "extension": "md",
            "format": "yaml-frontmatter",
            "identifier_field": "title",
            "slug": "{{slug}}",
            "media_folder": "",
            "public_folder": "",
            "sortable_fields": ["title"],
            "fields": fields,
        }),
        Held::Pages(pages) => {
            let files = pages.iter().map(|page| file(page, fields, content));
            json!({ "format": "yaml-frontmatter", "files": files.collect::<Vec<_>>() })
        }
    };
    with(written, held)
}

/// A single page. Its name is its path, since two pages may have one file name.
fn file(page: &Page, fields: &[Value], content: &str) -> Value {
    let path = collections::below(page);
    json!({
        "name": path.trim_end_matches(".md").replace('/', "--"),
        "label": page.title,
        "file": in_repository(content, path),
        "fields": fields,
    })
}

fn in_repository(content: &str, path: &str) -> String {
    if content.is_empty() { path.to_owned() } else { format!("{content}/{path}") }
}
