//! The commands for who writes pages: `new` makes one, `schema` writes what editors' tools need. What a
//! content management system needs is in `cms`.

use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal, stdin, stdout};
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::json;

use crate::author::json_schema::json_schema;
use crate::author::new_page::{Wanted, new_page};
use crate::author::reference::reference;
use crate::author::snippets::snippets;
use crate::author::{Form, Known};
use crate::base::text::{nearest, slug};
use crate::base::{Language, SourcePath};
use crate::document::{Field, Kind, Schema};
use crate::pipeline::{self, Globals, Settings};
use crate::site::Site as Pages;
use crate::source::Tree;
use crate::source::tree::CONTENT;

use super::arguments::{New, SchemaCommand, Site};
use super::{Failure, cannot_read, cms, print, today, write};

/// Where Visual Studio Code looks for what belongs to a folder.
const SETTINGS: &str = ".vscode";

/// What the commands know of the site.
pub(super) struct Desk {
    pub(super) root: Utf8PathBuf,
    tree: Tree,
    pub(super) globals: Globals,
    pub(super) pages: Pages,
    known: Known,
}

impl Desk {
    pub(super) fn of(site: &Site, language: Language) -> Result<Self, Failure> {
        let root = site.root(language)?;
        let read = Tree::read(&root, &root.join("public"));
        let tree = read.map_err(|error| cannot_read(&root, &error))?.value;
        let settings = Settings { drafts: true, today: today(), ..Settings::default() };
        let (globals, pages) = pipeline::assembled(&tree, &settings);
        let known = Known::of(&pages);
        Ok(Self { root, tree, globals, pages, known })
    }

    fn form<'a>(&'a self, schema: &'a Schema) -> Form<'a> {
        Form::of(schema, &self.globals.config)
    }

    pub(super) fn forms(&self) -> Vec<Form<'_>> {
        self.globals.schemas.iter().map(|schema| self.form(schema)).collect()
    }

    /// The type called `name`.
    fn page_type(&self, name: Option<&str>, language: Language) -> Result<&Schema, Failure> {
        let schemas = &self.globals.schemas;
        if let Some(schema) = name.and_then(|name| schemas.get(name)) {
            return Ok(schema);
        }
        let names: Vec<&str> = schemas.iter().map(|schema| schema.name.as_str()).collect();
        let near = name.and_then(|name| nearest(name, names.iter().copied()));
        let listed =
            schemas.iter().map(|schema| format!("\n  {:<20} {}", schema.name, schema.label));
        let listed: String = listed.collect();
        Err(Failure(match (language, near) {
            (_, _) if names.is_empty() && language == Language::Italian => {
                "questo sito non ha tipi di pagina: vanno in `content/_schemas/`".to_owned()
            }
            (_, _) if names.is_empty() => {
                "this site has no page types: they belong in `content/_schemas/`".to_owned()
            }
            (Language::Italian, Some(near)) => format!("forse intendevi il tipo `{near}`?"),
            (Language::English, Some(near)) => format!("did you mean the type `{near}`?"),
            (Language::Italian, None) => format!("scegli un tipo di pagina:{listed}"),
            (Language::English, None) => format!("choose a page type:{listed}"),
        }))
    }
}

/// Makes a page.
pub(super) fn new(options: &New, language: Language) -> Result<ExitCode, Failure> {
    let desk = Desk::of(&options.site, language)?;
    let schema = desk.page_type(options.page_type.as_deref(), language)?;
    let form = desk.form(schema);
    let mut answers: BTreeMap<String, String> = options.set.iter().cloned().collect();
    answers.extend(options.title.clone().map(|title| ("title".to_owned(), title)));
    if let Some(name) =
        answers.keys().find(|name| !form.fields.iter().any(|field| field.name == **name))
    {
        let near = nearest(name, form.fields.iter().map(|field| field.name.as_str()));
        let near = near.map(|near| format!(" (`{near}`?)")).unwrap_or_default();
        return Err(Failure(match language {
            Language::Italian => {
                format!("il tipo `{}` non ha il campo `{name}`{near}", schema.name)
            }
            Language::English => format!("the type `{}` has no field `{name}`{near}", schema.name),
        }));
    }
    if stdin().is_terminal() && stdout().is_terminal() {
        ask(&form, &desk.known, &mut answers, language)?;
    }
    let title = answers.entry("title".to_owned());
    let title = title
        .or_insert_with(|| options.name.as_deref().map_or_else(|| schema.label.clone(), title_of));
    let name = options.name.clone().unwrap_or_else(|| slug(title));
    let path = path_of(&name, schema, language)?;
    let of_folder = desk.globals.schemas.of_folder(&path);
    let names_type = of_folder.is_none_or(|of_folder| of_folder.name != schema.name);
    if desk.tree.find(path.as_str()).is_some() || desk.root.join(path.as_str()).exists() {
        return Err(Failure(match language {
            Language::Italian => format!("`{path}` c'è già: scegli un altro nome"),
            Language::English => format!("`{path}` is there already: choose another name"),
        }));
    }
    let wanted = Wanted { answers: &answers, today: today(), names_type };
    let text = new_page(&form, &desk.known, &wanted);
    let file = desk.root.join(path.as_str());
    write(&file, &text)?;
    match language {
        Language::Italian => {
            println!("{path}: la pagina è una bozza, scrivila e togli `draft: true`")
        }
        Language::English => {
            println!("{path}: the page is a draft, write it and take `draft: true` away")
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The title of a page whose file is called so: `una-pagina` is `Una pagina`.
fn title_of(name: &str) -> String {
    let words = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".md").replace('-', " ");
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Where a page called `name` goes.
fn path_of(name: &str, schema: &Schema, language: Language) -> Result<SourcePath, Failure> {
    let name = name.trim_end_matches(".md").trim_matches('/');
    let parts: Vec<String> = name.split('/').map(slug).collect();
    let is_name = parts.iter().all(|part| !part.is_empty());
    let folder = schema.folder.as_deref().filter(|_| parts.len() == 1);
    let folder = folder.map(|folder| format!("{folder}/")).unwrap_or_default();
    let path = SourcePath::new(&format!("{CONTENT}/{folder}{}.md", parts.join("/")));
    path.filter(|_| is_name).ok_or_else(|| {
        Failure(match language {
            Language::Italian => format!("`{name}` non può essere il nome di una pagina"),
            Language::English => format!("`{name}` cannot be the name of a page"),
        })
    })
}

/// Asks for each field that a page needs. An empty answer leaves it for later.
fn ask(
    form: &Form<'_>,
    known: &Known,
    answers: &mut BTreeMap<String, String>,
    language: Language,
) -> Result<(), Failure> {
    let open: Vec<&Field> =
        form.required().filter(|field| !answers.contains_key(&field.name)).collect();
    if !open.is_empty() {
        match language {
            Language::Italian => println!("Rispondi, o premi Invio per scrivere dopo."),
            Language::English => println!("Answer, or press Enter to write it later."),
        }
    }
    for field in open {
        println!("{}: {}", field.label, field.help.trim());
        let choices = choices(&field.kind, known);
        if !choices.is_empty() {
            println!("  ({})", choices.join(", "));
        }
        let mut line = String::new();
        stdin().lock().read_line(&mut line).map_err(|error| Failure(error.to_string()))?;
        if !line.trim().is_empty() {
            answers.insert(field.name.clone(), line.trim().to_owned());
        }
    }
    Ok(())
}

fn choices<'a>(kind: &'a Kind, known: &'a Known) -> Vec<&'a str> {
    match kind {
        Kind::Choice(choices) => choices.iter().map(|(value, _)| value.as_str()).collect(),
        Kind::List(item) => choices(item, known),
        Kind::Page(page_type) => {
            known.pages(page_type.as_deref()).iter().map(|page| page.name.as_str()).collect()
        }
        _ => Vec::new(),
    }
}

/// Writes what editors' tools need.
pub(super) fn schema(command: &SchemaCommand, language: Language) -> Result<ExitCode, Failure> {
    match command {
        SchemaCommand::Json { site, to } => write_json(site, to.as_deref(), language),
        SchemaCommand::Cms(options) => cms::cms(options, language),
        SchemaCommand::Docs { site } => {
            let desk = Desk::of(site, language)?;
            print(reference(&desk.globals.schemas, &desk.globals.config).as_bytes())
        }
    }
}

fn write_json(site: &Site, to: Option<&Utf8Path>, language: Language) -> Result<ExitCode, Failure> {
    let desk = Desk::of(site, language)?;
    let to = to.map_or_else(|| desk.root.join(SETTINGS), Utf8Path::to_owned);
    let forms = desk.forms();
    for form in &forms {
        let schema = pretty(&json_schema(form, &desk.known));
        write(&to.join("vasta").join(format!("{}.schema.json", form.schema.name)), &schema)?;
    }
    write(&to.join("vasta.code-snippets"), pretty(&snippets(&forms, &desk.known)))?;
    // These are the editor's own; what somebody chose stays.
    let suggested = [
        ("extensions.json", json!({ "recommendations": ["redhat.vscode-yaml"] })),
        (
            "settings.json",
            json!({ "[markdown]": { "editor.quickSuggestions": { "other": "on" } } }),
        ),
    ];
    for (name, value) in suggested {
        let file = to.join(name);
        if !file.exists() {
            write(&file, pretty(&value))?;
        }
    }
    let to = to.strip_prefix(&desk.root).unwrap_or(&to);
    match language {
        Language::Italian => println!("{} schemi scritti in `{to}`", forms.len()),
        Language::English => println!("{} schemas written to `{to}`", forms.len()),
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}
