//! Puts documents into their places: addresses, sections, order, neighbours, lists, references.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::text::{fold, nearest};
use crate::base::{Checked, Diagnostics, SourcePath, UrlPath, catalogue};
use crate::document::{Document, Reference, Schemas};
use crate::source::Config;
use crate::source::tree::{CONTENT, Tree};

use super::Site;
use super::glossary::Glossary;
use super::page::{Page, PageId, PageKind, Redirect, Resolved};
use super::{links, query, taxonomy};

/// What decides about a build besides the tree.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whether drafts are published too.
    pub drafts: bool,
}

/// The file of a folder's own page.
pub const SECTION_FILE: &str = "_index.md";

/// Whether `path` is a page: Markdown whose names do not start with `_`.
pub fn is_page(path: &SourcePath) -> bool {
    path.extension() == "md" && is_public(path)
}

/// Whether `path` is a file that pages may show or offer.
pub fn is_asset(path: &SourcePath) -> bool {
    path.extension() != "md" && is_public(path)
}

fn is_public(path: &SourcePath) -> bool {
    path.below(CONTENT).is_some_and(|below| {
        below.split('/').all(|segment| !segment.starts_with('_') || segment == SECTION_FILE)
    })
}

/// Assembles the site from all documents.
pub fn assemble(
    documents: Vec<Arc<Document>>,
    tree: &Tree,
    config: &Config,
    schemas: &Schemas,
    settings: &Settings,
) -> Checked<Site> {
    let mut diagnostics = Diagnostics::new();
    let mut documents: BTreeMap<SourcePath, Arc<Document>> = documents
        .into_iter()
        .filter(|document| settings.drafts || !document.meta.is_draft)
        .map(|document| (document.path.clone(), document))
        .collect();
    add_missing_sections(&mut documents);
    let mut pages: Vec<Page> = documents
        .into_values()
        .enumerate()
        .map(|(id, document)| place(id, document, config))
        .collect();
    let by_path: BTreeMap<SourcePath, PageId> =
        pages.iter().map(|page| (page.document.path.clone(), page.id)).collect();
    connect_sections(&mut pages, &by_path);
    let assets = tree
        .below(CONTENT)
        .filter(|(path, _)| is_asset(path))
        .map(|(path, blob)| (path.clone(), blob.hash))
        .collect();
    let home = by_path.get(&section_file(CONTENT)).copied();
    let mut site = Site {
        redirects: redirects(&pages),
        taxonomies: taxonomy::groups(&pages, config),
        glossary: Glossary::of(&pages, config),
        home: home.expect("the section of the content folder is always added"),
        pages,
        by_path,
        assets,
    };
    resolve_references(&mut site, &mut diagnostics);
    for id in 0..site.pages.len() {
        let lists = query::run_all(&site, id, schemas).into_value(&mut diagnostics);
        site.pages[id].lists = lists;
    }
    diagnostics.extend(links::check(&site));
    connect_backlinks(&mut site);
    Checked::new(site, diagnostics)
}

fn section_file(folder: &str) -> SourcePath {
    SourcePath::new(&format!("{folder}/{SECTION_FILE}")).expect("a folder of a clean path")
}

/// A folder with pages has a page of its own, whether somebody wrote one or not.
fn add_missing_sections(documents: &mut BTreeMap<SourcePath, Arc<Document>>) {
    let mut folders = BTreeSet::from([CONTENT.to_owned()]);
    for path in documents.keys() {
        let mut folder = path.folder();
        while folder != CONTENT && folders.insert(folder.to_owned()) {
            folder = folder.rfind('/').map_or(CONTENT, |slash| &folder[..slash]);
        }
    }
    for folder in folders {
        let path = section_file(&folder);
        let plain = SourcePath::new(&format!("{folder}/index.md")).expect("a clean folder");
        if !documents.contains_key(&path) {
            // A plain `index.md` is the page of its folder, as other tools have it.
            let document = match documents.remove(&plain) {
                Some(document) => Document { path: path.clone(), ..(*document).clone() },
                None => Document::empty(path.clone()),
            };
            documents.insert(path, Arc::new(document));
        }
    }
}

fn place(id: PageId, document: Arc<Document>, config: &Config) -> Page {
    let below = document.path.below(CONTENT).unwrap_or_default();
    let mut segments: Vec<&str> = below.split('/').collect();
    segments.pop();
    let is_section = document.path.name() == SECTION_FILE;
    let name = if is_section { segments.pop().unwrap_or_default() } else { document.path.stem() };
    let last = document.meta.slug.as_deref().unwrap_or(name);
    let url = UrlPath::page(segments.iter().copied().chain((!name.is_empty()).then_some(last)));
    let kind = match (is_section, name) {
        (true, "") => PageKind::Home,
        (true, _) => PageKind::Section,
        (false, _) => PageKind::Page,
    };
    let title = document.meta.title.clone().filter(|title| !title.is_empty());
    let title = title.or_else(|| document.body.title.clone()).unwrap_or_else(|| match kind {
        PageKind::Home if config.title.is_empty() => "Home".to_owned(),
        PageKind::Home => config.title.clone(),
        _ => readable(name),
    });
    let summary = match document.meta.description.as_str() {
        "" => beginning(&document),
        description => description.to_owned(),
    };
    Page {
        id,
        url,
        title,
        summary,
        kind,
        parent: None,
        children: Vec::new(),
        previous: None,
        next: None,
        references: Vec::new(),
        lists: Vec::new(),
        backlinks: Vec::new(),
        document,
    }
}

/// `gruppo-01` as a title: “Gruppo 01”.
fn readable(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The first sentences of a text, at most 200 characters.
fn beginning(document: &Document) -> String {
    const MOST: usize = 200;
    let text = document.body.sections.first().map_or("", |section| section.text.as_str());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MOST {
        return text;
    }
    let cut: String = text.chars().take(MOST).collect();
    let end = cut.rfind(". ").map(|end| end + 1).or_else(|| cut.rfind(' '));
    let cut = cut[..end.unwrap_or(cut.len())].trim_end();
    if cut.ends_with('.') { cut.to_owned() } else { format!("{cut}…") }
}

fn connect_sections(pages: &mut [Page], by_path: &BTreeMap<SourcePath, PageId>) {
    for id in 0..pages.len() {
        let path = &pages[id].document.path;
        let folder = match pages[id].kind {
            PageKind::Home => continue,
            PageKind::Section => {
                path.folder().rfind('/').map_or(CONTENT, |slash| &path.folder()[..slash])
            }
            PageKind::Page => path.folder(),
        };
        let parent = by_path.get(&section_file(folder)).copied();
        pages[id].parent = parent;
        if let Some(parent) = parent {
            pages[parent].children.push(id);
        }
    }
    for id in 0..pages.len() {
        let mut children = std::mem::take(&mut pages[id].children);
        sort_children(&mut children, pages);
        let alone: Vec<PageId> =
            children.iter().copied().filter(|id| pages[*id].kind == PageKind::Page).collect();
        for pair in alone.windows(2) {
            pages[pair[0]].next = Some(pair[1]);
            pages[pair[1]].previous = Some(pair[0]);
        }
        pages[id].children = children;
    }
}

/// In the order that their type wants, if they are of one type; otherwise by `order` and title.
fn sort_children(children: &mut [PageId], pages: &[Page]) {
    let schema = children.first().and_then(|id| pages[*id].document.schema.clone());
    let keys = schema
        .filter(|schema| children.iter().all(|id| pages[*id].type_name() == schema.name))
        .map(|schema| schema.order.clone())
        .unwrap_or_default();
    query::sort(children, pages, &keys);
}

fn redirects(pages: &[Page]) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    for page in pages {
        for (alias, span) in &page.document.meta.aliases {
            let from = match alias.strip_suffix(".html") {
                Some(_) => UrlPath::file(alias),
                None => UrlPath::file(&format!("{alias}/index.html")),
            };
            let span = span.clone();
            redirects.extend(from.map(|from| Redirect { from, to: page.id, span }));
        }
    }
    redirects
}

fn resolve_references(site: &mut Site, diagnostics: &mut Diagnostics) {
    for id in 0..site.pages.len() {
        let document = Arc::clone(&site.pages[id].document);
        let resolved = document
            .references
            .iter()
            .map(|reference| resolve(reference, site, diagnostics))
            .collect();
        site.pages[id].references = resolved;
    }
}

fn resolve(reference: &Reference, site: &Site, diagnostics: &mut Diagnostics) -> Option<Resolved> {
    let span = reference.span.clone();
    let written = &reference.written;
    if reference.is_asset {
        let path = reference.path.as_ref()?;
        if site.assets.contains_key(path) {
            return Some(Resolved::Asset(path.clone()));
        }
        let near = links::nearest_file(site, &span.file, path);
        diagnostics.push(catalogue::missing_file(span, written, near.as_deref()));
        return None;
    }
    let wanted = reference.page_type.as_deref();
    let found = match &reference.path {
        Some(path) => site.find(path),
        None => page_by_stem(site, written, wanted),
    };
    let Some(page) = found else {
        let stems: Vec<String> = site
            .pages
            .iter()
            .filter(|page| wanted.is_none_or(|wanted| page.type_name() == wanted))
            .map(query::stem)
            .collect();
        let near = match &reference.path {
            Some(path) => links::nearest_page(site, &span.file, path),
            None => nearest(written, stems.iter().map(String::as_str)).map(str::to_owned),
        };
        diagnostics.push(catalogue::unknown_page(span, written, near.as_deref()));
        return None;
    };
    if let Some(wanted) = wanted.filter(|wanted| *wanted != page.type_name()) {
        let found = if page.type_name().is_empty() { "pagina" } else { page.type_name() };
        diagnostics.push(catalogue::wrong_page_type(span, written, wanted, found));
        return None;
    }
    Some(Resolved::Page(page.id))
}

/// The page whose file is called `stem`, of the wanted type if there is one.
fn page_by_stem<'a>(site: &'a Site, stem: &str, wanted: Option<&str>) -> Option<&'a Page> {
    let named = |page: &&Page| query::stem(page) == stem;
    let of_type = |page: &&Page| wanted.is_none_or(|wanted| page.type_name() == wanted);
    let typed = site.pages.iter().find(|page| named(page) && of_type(page));
    typed.or_else(|| site.pages.iter().find(named))
}

fn connect_backlinks(site: &mut Site) {
    let mut backlinks: Vec<BTreeSet<PageId>> = vec![BTreeSet::new(); site.pages.len()];
    for page in &site.pages {
        let referred = page.references.iter().flatten().filter_map(|resolved| match resolved {
            Resolved::Page(id) => Some(*id),
            Resolved::Asset(_) => None,
        });
        for target in links::linked_pages(site, page).into_iter().chain(referred) {
            if target != page.id {
                backlinks[target].insert(page.id);
            }
        }
    }
    for (id, from) in backlinks.into_iter().enumerate() {
        let mut from: Vec<PageId> = from.into_iter().collect();
        from.sort_by_cached_key(|id| (fold(&site.pages[*id].title), *id));
        site.pages[id].backlinks = from;
    }
}
