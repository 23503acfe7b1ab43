//! Which collections there are. A content management system knows two kinds: a folder whose files all
//! have one form, where pages can be added, and a list of single files. So every folder that holds pages
//! of its type is a collection; sections, the home and pages that name their type themselves are single.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::SourcePath;
use crate::base::text::slug;
use crate::document::Schema;
use crate::site::{Page, PageKind, SECTION_FILE, Site};
use crate::source::tree::CONTENT;

use super::super::form::Form;

/// Pages that are edited with one form.
#[derive(Debug)]
pub(super) struct Collection<'a> {
    /// The name by which others refer to it.
    pub name: String,
    /// What its pages are called.
    pub label: String,
    /// What one of them is called.
    pub singular: &'a str,
    /// What they are for.
    pub help: &'a str,
    /// The form of their type; nothing for pages without a type.
    pub form: Option<&'a Form<'a>>,
    /// The pages.
    pub held: Held<'a>,
}

/// What a collection holds.
#[derive(Debug)]
pub(super) enum Held<'a> {
    /// All pages in a folder, by its path below the content.
    Folder(String),
    /// These pages.
    Pages(Vec<&'a Page>),
}

/// The collections of `site`: those of each type, then the pages that have none.
pub(super) fn collections<'a>(forms: &'a [Form<'a>], site: &'a Site) -> Vec<Collection<'a>> {
    let mut collections: Vec<Collection<'a>> = Vec::new();
    let mut single: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    for page in site.pages.iter().filter(|page| page.document.is_written) {
        let form = forms.iter().find(|form| form.schema.name == page.type_name());
        if form.and_then(|form| folder_of(page, form)).is_none() {
            single.entry(page.type_name()).or_default().push(page);
        }
    }
    for form in forms {
        let folders = folders(form, site);
        let has_folders = !folders.is_empty();
        collections.extend(folders.into_iter().map(|folder| of_folder(form, folder, site)));
        let pages = single.remove(form.schema.name.as_str());
        collections.extend(pages.map(|pages| of_pages(form, has_folders, pages)));
    }
    let untyped: Vec<&Page> = single.into_values().flatten().collect();
    if !untyped.is_empty() {
        collections.push(Collection {
            name: "pagine".to_owned(),
            label: "Sezioni e altre pagine".to_owned(),
            singular: "Pagina",
            help: "La pagina iniziale, le pagine delle cartelle e quelle senza un tipo.",
            form: None,
            held: Held::Pages(untyped),
        });
    }
    collections
}

/// The path of a page's file below the content.
pub(super) fn below(page: &Page) -> &str {
    page.document.path.below(CONTENT).unwrap_or_else(|| page.document.path.as_str())
}

/// The folder of `form`'s type in which the page lies, if it is one of those that can be added to it.
fn folder_of<'a>(page: &'a Page, form: &Form<'_>) -> Option<&'a str> {
    let (folder, _) = below(page).rsplit_once('/')?;
    let rest = folder.strip_prefix(form.schema.folder.as_deref()?)?;
    let is_inside = rest.is_empty() || rest.starts_with('/');
    (is_inside && page.kind == PageKind::Page).then_some(folder)
}

/// The folders that hold pages of the type, or else the one that will.
fn folders(form: &Form<'_>, site: &Site) -> BTreeSet<String> {
    let of_type = site.pages.iter().filter(|page| page.type_name() == form.schema.name);
    let written = of_type.filter(|page| page.document.is_written);
    let folders: BTreeSet<String> =
        written.filter_map(|page| folder_of(page, form)).map(str::to_owned).collect();
    if folders.is_empty() { form.schema.folder.clone().into_iter().collect() } else { folders }
}

fn of_folder<'a>(form: &'a Form<'a>, folder: String, site: &Site) -> Collection<'a> {
    let schema = form.schema;
    let below = schema.folder.as_deref().and_then(|own| folder.strip_prefix(own));
    let below = below.unwrap_or_default().trim_start_matches('/');
    let (name, label) = match below {
        "" => (schema.name.clone(), schema.plural.clone()),
        below => {
            let section = SourcePath::new(&format!("{CONTENT}/{folder}/{SECTION_FILE}"));
            let section = section.and_then(|path| site.find(&path));
            let title = section.map_or(below, |section| &section.title);
            // A slug has no two hyphens in a row, so that no type has this name.
            let name = format!("{}--{}", schema.name, slug(&below.replace('/', " ")));
            (name, format!("{}: {title}", schema.plural))
        }
    };
    of_type(form, name, label, Held::Folder(folder))
}

fn of_pages<'a>(form: &'a Form<'a>, has_folders: bool, pages: Vec<&'a Page>) -> Collection<'a> {
    let schema = form.schema;
    let (name, label) = if has_folders {
        (format!("{}--altre", schema.name), format!("{}: altre", schema.plural))
    } else {
        (schema.name.clone(), schema.plural.clone())
    };
    of_type(form, name, label, Held::Pages(pages))
}

/// Pages that are written by the form of their type.
fn of_type<'a>(form: &'a Form<'a>, name: String, label: String, held: Held<'a>) -> Collection<'a> {
    let Schema { label: singular, help, .. } = form.schema;
    Collection { name, label, singular, help: help.trim(), form: Some(form), held }
}
