//! Puts documents into their places: addresses, sections, order, neighbours, lists, references. It
//! says nothing of mistakes; those of a page are found by `check`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::base::text::fold;
use crate::base::{Date, Hash, SourcePath, UrlPath};
use crate::document::{Document, Link, LinkTarget, Reference, Schemas};
use crate::source::Config;
use crate::source::tree::CONTENT;

use super::Site;
use super::acts::Acts;
use super::areas::Areas;
use super::glossary::Glossary;
use super::page::{Page, PageId, PageKind, Redirect, Resolved};
use super::{Comparisons, comparisons, query, taxonomy};

/// What decides about a build besides the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whether drafts, and pages whose first day has not come, are published too.
    pub drafts: bool,
    /// The day of the build. Without one nothing waits, expires or has to be reviewed.
    pub today: Option<Date>,
    /// Whether texts are judged by all rules for plain language, and not only by those that stop the site.
    pub judges_language: bool,
}

impl Settings {
    /// Whether a page is part of the site.
    pub fn publishes(&self, document: &Document) -> bool {
        let meta = &document.meta;
        let waits = meta
            .publish_from
            .zip(self.today)
            .is_some_and(|(first, today)| today < first.first_day());
        self.drafts || !meta.is_draft() && !waits
    }

    /// Whether the same files make the same site with the settings `now`, when the day on which
    /// they change by themselves is `next_change`.
    pub fn holds_until(&self, next_change: Option<Date>, now: &Self) -> bool {
        let is_near = match (self.today, now.today) {
            (Some(then), Some(now)) => then <= now && next_change.is_none_or(|next| now < next),
            (then, now) => then == now,
        };
        self.drafts == now.drafts && is_near
    }

    fn is_expired(&self, document: &Document) -> bool {
        let expires = document.meta.expires.zip(self.today);
        expires.is_some_and(|(last, today)| today > last.last_day())
    }

    fn is_upcoming(&self, document: &Document) -> bool {
        let from = document.meta.lifecycle.valid_from.zip(self.today);
        from.is_some_and(|(first, today)| today < first.first_day())
    }

    /// The next day on which `document` changes by itself.
    fn next_change(&self, document: &Document) -> Option<Date> {
        let meta = &document.meta;
        let days = [
            meta.publish_from.map(Date::first_day),
            meta.lifecycle.valid_from.map(Date::first_day),
            meta.expires.map(Date::day_after),
            meta.review_by.as_ref().map(|(date, _)| date.day_after()),
        ];
        let today = self.today?;
        days.into_iter().flatten().filter(|day| *day > today).min()
    }
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

/// Assembles the site from all documents, published or not, and the files beside them.
pub fn assemble<'a>(
    documents: impl Iterator<Item = &'a Arc<Document>> + Clone,
    assets: BTreeMap<SourcePath, Hash>,
    config: &Config,
    schemas: &Schemas,
    settings: &Settings,
) -> Site {
    let next_change = documents.clone().filter_map(|document| settings.next_change(document)).min();
    let mut placed: BTreeMap<SourcePath, Arc<Document>> = documents
        .filter(|document| settings.publishes(document))
        .map(|document| (document.path.clone(), Arc::clone(document)))
        .collect();
    add_missing_sections(&mut placed);
    let placed: Vec<_> = placed.into_iter().collect();
    let mut pages: Vec<Page> = placed
        .into_par_iter()
        .enumerate()
        .map(|(id, (place, document))| page(id, place, document, config, settings))
        .collect();
    connect_sections(&mut pages);
    let taxonomies = taxonomy::groups(&pages, config);
    taxonomy::connect(&taxonomies, &mut pages);
    let home = pages.iter().position(|page| page.kind == PageKind::Home);
    let mut site = Site {
        redirects: redirects(&pages),
        taxonomies,
        glossary: Glossary::of(&pages, config),
        areas: Areas::of(&pages, config, schemas),
        comparisons: Comparisons::default(),
        home: home.expect("the section of the content folder is always added"),
        absent: config.edition.iter().flat_map(|edition| edition.hidden.keys()).cloned().collect(),
        pages,
        assets,
        next_change,
    };
    resolve_references(&mut site);
    site.comparisons = comparisons::comparisons(&site, schemas);
    resolve_links(&mut site);
    resolve_citations(&mut site, config);
    let lists: Vec<Vec<Vec<PageId>>> = (0..site.pages.len())
        .into_par_iter()
        .map(|id| query::run_all(&site, id, schemas))
        .collect();
    for (page, lists) in site.pages.iter_mut().zip(lists) {
        page.lists = lists;
    }
    connect_backlinks(&mut site);
    site
}

/// The file of the page of `folder`.
pub fn section_file(folder: &str) -> SourcePath {
    SourcePath::new(&format!("{folder}/{SECTION_FILE}")).expect("a folder of a clean path")
}

/// A folder with pages has a page of its own, whether somebody wrote one or not.
fn add_missing_sections(documents: &mut BTreeMap<SourcePath, Arc<Document>>) {
    let mut folders = BTreeSet::from([CONTENT.to_owned()]);
    let mut last = "";
    for path in documents.keys() {
        let mut folder = path.folder();
        // Most files lie where the one before lies.
        if folder == last {
            continue;
        }
        last = folder;
        while folder != CONTENT && folders.insert(folder.to_owned()) {
            folder = folder.rfind('/').map_or(CONTENT, |slash| &folder[..slash]);
        }
    }
    for folder in folders {
        let path = section_file(&folder);
        let plain = SourcePath::new(&format!("{folder}/index.md")).expect("a clean folder");
        if !documents.contains_key(&path) {
            // A plain `index.md` is the page of its folder, as other tools have it.
            let document = documents.remove(&plain);
            let document = document.unwrap_or_else(|| Arc::new(Document::empty(path.clone())));
            documents.insert(path, document);
        }
    }
}

fn page(
    id: PageId,
    place: SourcePath,
    document: Arc<Document>,
    config: &Config,
    settings: &Settings,
) -> Page {
    let (url, name) = address(&place, &document);
    let kind = match (place.name() == SECTION_FILE, name) {
        (true, "") => PageKind::Home,
        (true, _) => PageKind::Section,
        (false, _) => PageKind::Page,
    };
    let title = document.meta.title.clone().filter(|title| !title.is_empty());
    let title = title.or_else(|| document.title.clone()).unwrap_or_else(|| match kind {
        PageKind::Home if config.title.is_empty() => "Home".to_owned(),
        PageKind::Home => config.title.clone(),
        _ => readable(name),
    });
    let summary = match document.meta.description.as_str() {
        "" => document.beginning.clone(),
        description => description.to_owned(),
    };
    Page {
        id,
        url,
        folded_title: fold(&title),
        title,
        summary,
        kind,
        is_expired: settings.is_expired(&document),
        is_upcoming: settings.is_upcoming(&document),
        revision: None,
        parent: None,
        children: Vec::new(),
        previous: None,
        next: None,
        references: Vec::new(),
        targets: Vec::new(),
        citations: Vec::new(),
        lists: Vec::new(),
        terms: Vec::new(),
        backlinks: Vec::new(),
        document,
        place,
    }
}

/// Where the page `document` in `place` is written, and the last part of that by its file alone.
pub fn address<'a>(place: &'a SourcePath, document: &Document) -> (UrlPath, &'a str) {
    let below = place.below(CONTENT).unwrap_or_default();
    let mut segments: Vec<&str> = below.split('/').collect();
    segments.pop();
    let is_section = place.name() == SECTION_FILE;
    let name = if is_section { segments.pop().unwrap_or_default() } else { place.stem() };
    let last = document.meta.slug.as_deref().unwrap_or(name);
    let url = UrlPath::page(segments.iter().copied().chain((!name.is_empty()).then_some(last)));
    (url, name)
}

/// `gruppo-01` as a title: “Gruppo 01”.
fn readable(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn connect_sections(pages: &mut [Page]) {
    let sections: BTreeMap<&str, PageId> = pages
        .iter()
        .filter(|page| page.kind != PageKind::Page)
        .map(|page| (page.place.folder(), page.id))
        .collect();
    let parent = |page: &Page| {
        let folder = page.place.folder();
        match page.kind {
            PageKind::Home => None,
            PageKind::Section => {
                let above = folder.rfind('/').map_or(CONTENT, |slash| &folder[..slash]);
                sections.get(above).copied()
            }
            PageKind::Page => sections.get(folder).copied(),
        }
    };
    let parents: Vec<Option<PageId>> = pages.iter().map(parent).collect();
    for (id, parent) in parents.into_iter().enumerate() {
        pages[id].parent = parent;
        if let Some(parent) = parent.filter(|_| !pages[id].is_expired) {
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

fn resolve_references(site: &mut Site) {
    if site.pages.iter().all(|page| page.document.references.is_empty()) {
        return;
    }
    let mut by_stem: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
    for page in &site.pages {
        by_stem.entry(query::stem(page)).or_default().push(page.id);
    }
    let of_page = |page: &Page| -> Vec<Option<Resolved>> {
        page.document
            .references
            .iter()
            .map(|reference| resolve(reference, site, &by_stem))
            .collect()
    };
    let resolved: Vec<Vec<Option<Resolved>>> = site.pages.iter().map(of_page).collect();
    for (page, references) in site.pages.iter_mut().zip(resolved) {
        page.references = references;
    }
}

fn resolve(
    reference: &Reference,
    site: &Site,
    by_stem: &BTreeMap<&str, Vec<PageId>>,
) -> Option<Resolved> {
    if reference.is_asset {
        let path = reference.path.as_ref()?;
        return site.assets.contains_key(path).then(|| Resolved::Asset(path.clone()));
    }
    let wanted = reference.page_type.as_deref();
    let is_wanted = |id: &PageId| wanted.is_none_or(|wanted| site.pages[*id].type_name() == wanted);
    let found = match &reference.path {
        Some(path) => site.id_of(path).filter(is_wanted),
        None => by_stem.get(reference.written.as_str())?.iter().copied().find(is_wanted),
    };
    found.map(Resolved::Page)
}

fn resolve_links(site: &mut Site) {
    let target = |link: &Link| match &link.target {
        LinkTarget::Page(path, _) => site.id_of(path),
        LinkTarget::File { .. } => None,
    };
    let of_page = |page: &Page| page.document.links.iter().map(target).collect();
    let targets: Vec<Vec<Option<PageId>>> = site.pages.par_iter().map(of_page).collect();
    for (page, targets) in site.pages.iter_mut().zip(targets) {
        page.targets = targets;
    }
}

fn resolve_citations(site: &mut Site, config: &Config) {
    let acts = Acts::of(&site.pages, config);
    for page in &mut site.pages {
        let citations = page.document.citations.iter();
        page.citations = citations.map(|citation| acts.find(&citation.act)).collect();
    }
}

fn connect_backlinks(site: &mut Site) {
    let mut backlinks: Vec<Vec<PageId>> = vec![Vec::new(); site.pages.len()];
    for page in &site.pages {
        let linked = page.targets.iter().chain(&page.citations).flatten().copied();
        let referred = page.references.iter().flatten().filter_map(|resolved| match resolved {
            Resolved::Page(id) => Some(*id),
            Resolved::Asset(_) => None,
        });
        for target in linked.chain(referred).filter(|target| *target != page.id) {
            // Pages come in order, so one that links twice is the last one twice.
            if !page.is_expired && backlinks[target].last() != Some(&page.id) {
                backlinks[target].push(page.id);
            }
        }
    }
    for (id, mut from) in backlinks.into_iter().enumerate() {
        from.sort_by_key(|id| (site.pages[*id].folded_title.as_str(), *id));
        site.pages[id].backlinks = from;
    }
}
