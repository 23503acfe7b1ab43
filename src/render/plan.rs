//! Which files a site has: each with its address, what makes it, and on what it depends. The plan is
//! complete before anything is rendered, so two producers for one address are found first.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Checked, Diagnostic, Diagnostics, Hash, SourcePath, Span, UrlPath, catalogue};
use crate::document::OfficeFormat;
use crate::site::{Page, PageId, PageKind, Pair, Site};
use crate::source::tree::{CONFIG, CONTENT};

use super::calendar::{self, Calendar};
use super::downloads::{self, FileFormat};
use super::indexes::{self, Index, indexes};
use super::keys::{Key, Keys};
use super::office;
use super::pages::Context;
use super::picture::Picture;
use super::style::{self, Style};
use super::theme::{self, Theme};
use super::{edition, feed, views};

/// One file of the site, not yet made.
#[derive(Clone, Debug)]
pub struct Planned {
    /// What makes it.
    pub product: Product,
    /// On what it depends.
    pub key: Key,
    /// The source that an editor should look at when something is wrong with the file.
    pub origin: Span,
}

/// What makes a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Product {
    /// A page that somebody wrote, with its template.
    Page(PageId, String),
    /// The text of such a page as a file for word processors.
    Office(PageId, OfficeFormat),
    /// The page that lists the terms of a taxonomy.
    Taxonomy(usize),
    /// The page of a term: its taxonomy and its number there.
    Term(usize, usize),
    /// One of the indexes of all pages, by its number.
    Index(Arc<[Index]>, usize),
    /// The page of a group of an index: both by number.
    IndexGroup(Arc<[Index]>, usize, usize),
    /// The search page, which leads to all indexes.
    Search(Arc<[Index]>),
    /// The page for addresses that do not exist, which leads to them too.
    NotFound(Arc<[Index]>),
    /// A comparison of two pages, by its number.
    Comparison(usize),
    /// The page that lists all comparisons.
    Comparisons,
    /// The page at an old address, by its number among the redirects.
    Redirect(usize),
    /// The page that says what the columns of all collections mean.
    Dictionary,
    /// The page that says in what the edition differs from the national site.
    Edition,
    /// A collection as a file for programs.
    Data(String, FileFormat),
    /// A picture for social networks.
    Picture(Picture),
    /// A text that programs read.
    Text(String),
    /// A file that is copied.
    Copy(SourcePath),
    /// A script of the theme, which is published without its comments.
    Script(SourcePath),
    /// The style sheet of the theme.
    Style(Style),
}

impl Planned {
    /// The page, if somebody wrote it.
    pub fn page(&self) -> Option<PageId> {
        match self.product {
            Product::Page(id, _) => Some(id),
            _ => None,
        }
    }

    /// The page of whose texts it is made.
    pub fn source(&self) -> Option<PageId> {
        match self.product {
            Product::Page(id, _) | Product::Office(id, _) => Some(id),
            _ => None,
        }
    }
}

impl Product {
    /// Whether it goes through a template.
    pub fn is_rendered(&self) -> bool {
        !matches!(
            self,
            Self::Office(..)
                | Self::Picture(_)
                | Self::Text(_)
                | Self::Data(..)
                | Self::Copy(_)
                | Self::Script(_)
                | Self::Style(_)
        )
    }

    /// Whether theme and configuration decide what is in it.
    pub fn follows_appearance(&self) -> bool {
        self.is_rendered() || matches!(self, Self::Office(..))
    }
}

/// The files of a site by address, the search index not among them.
pub type Plan = BTreeMap<UrlPath, Planned>;

/// Plans all files of the site.
pub fn plan(context: Context<'_>) -> Checked<Plan> {
    let keys = Keys::of(context.site, context.config, context.records);
    let mut diagnostics = Diagnostics::new();
    let mut planned = Vec::new();
    let pages = context.site.pages.par_iter();
    let pages = pages.map(|page| written_page(context.theme, &keys, page));
    let others = || rayon::join(|| texts(context), || indexes(context));
    let (pages, (texts, indexes)) = rayon::join(|| pages.collect::<Vec<_>>(), others);
    for page in pages {
        match page {
            Ok(files) => planned.extend(files),
            Err(unknown) => diagnostics.push(*unknown),
        }
    }
    planned.extend(term_pages(context.site, &keys));
    let indexes: Arc<[Index]> = indexes.into();
    planned.extend(index_pages(&indexes, &keys));
    planned.extend(special_pages(context, &keys, &indexes));
    planned.extend(comparison_pages(context.site, &keys));
    planned.extend(edition_page(context, &keys));
    planned.extend(redirects(context.site, &keys));
    planned.extend(data_files(context, &keys));
    planned.extend(calendars(context));
    planned.extend(pictures(context));
    planned.extend(texts);
    planned.extend(copies(context));
    let plan = without_collisions(planned).into_value(&mut diagnostics);
    Checked::new(plan, diagnostics)
}

/// The files of one page alone, when nothing but its own text can have changed.
pub fn plan_page(theme: &Theme, keys: &Keys<'_>, page: &Page) -> Vec<(UrlPath, Planned)> {
    written_page(theme, keys, page).unwrap_or_default()
}

/// Of two files for one address, or for addresses that differ only in case (one file on many
/// disks), the second is reported and left out.
fn without_collisions(planned: Vec<(UrlPath, Planned)>) -> Checked<Plan> {
    let mut plan: Plan = BTreeMap::new();
    // The addresses with capitals, which are few, by what they are without.
    let mut by_folded: BTreeMap<UrlPath, UrlPath> = BTreeMap::new();
    let mut diagnostics = Diagnostics::new();
    for (path, file) in planned {
        let folded = path.folded();
        let taken = by_folded.get(&folded).unwrap_or(&folded);
        if let Some(first) = plan.get(taken) {
            let first = first.origin.clone();
            diagnostics.push(catalogue::two_files_for_one_address(file.origin, &path, first));
            continue;
        }
        if folded != path {
            by_folded.insert(folded, path.clone());
        }
        plan.insert(path, file);
    }
    Checked::new(plan, diagnostics)
}

/// A page that somebody wrote, and its text for word processors.
fn written_page(
    theme: &Theme,
    keys: &Keys<'_>,
    page: &Page,
) -> Result<Vec<(UrlPath, Planned)>, Box<Diagnostic>> {
    let origin = Span::start_of(&page.document.path);
    let template = template(theme, page)?;
    let product = Product::Page(page.id, template.to_owned());
    let key = keys.page(page, template);
    let office = office::formats(page).iter().map(|format| {
        let product = Product::Office(page.id, *format);
        (office::address(page, *format), Planned { product, key, origin: origin.clone() })
    });
    let mut files: Vec<(UrlPath, Planned)> = office.collect();
    files.insert(0, (page.url.clone(), Planned { product, key, origin }));
    Ok(files)
}

/// The template of a page: its own, that of its type, or that of its place.
fn template<'a>(theme: &Theme, page: &'a Page) -> Result<&'a str, Box<Diagnostic>> {
    let by_type = page.document.schema.as_ref().and_then(|schema| schema.template.as_deref());
    let by_place = match page.kind {
        PageKind::Home => "home.html",
        PageKind::Section => "section.html",
        PageKind::Page => "page.html",
    };
    let (name, span) = match &page.document.meta.template {
        Some((name, span)) => (name.as_str(), span.clone()),
        None => (by_type.unwrap_or(by_place), Span::start_of(&page.document.path)),
    };
    if theme.has(name) {
        return Ok(name);
    }
    let near = theme.nearest(name);
    Err(Box::new(catalogue::unknown_template(span, name, near.as_deref())))
}

fn term_pages(site: &Site, keys: &Keys<'_>) -> Vec<(UrlPath, Planned)> {
    let mut pages = Vec::new();
    for (number, group) in site.taxonomies.iter().enumerate() {
        let product = Product::Taxonomy(number);
        let planned = Planned { product, key: keys.taxonomy(group), origin: config_place() };
        pages.push((group.url.clone(), planned));
        for (place, term) in group.terms.iter().enumerate() {
            let first = term.pages.first().map(|id| &site.pages[*id].document.path);
            let origin = first.map_or_else(config_place, Span::start_of);
            let product = Product::Term(number, place);
            pages
                .push((term.url.clone(), Planned { product, key: keys.term(group, term), origin }));
        }
    }
    pages
}

fn index_pages(indexes: &Arc<[Index]>, keys: &Keys<'_>) -> Vec<(UrlPath, Planned)> {
    let mut pages = Vec::new();
    for (number, index) in indexes.iter().enumerate() {
        let product = Product::Index(Arc::clone(indexes), number);
        let planned = Planned { product, key: keys.index(index), origin: config_place() };
        pages.push((index.url.clone(), planned));
        for (place, group) in index.groups.iter().enumerate().filter(|_| index.is_split) {
            let product = Product::IndexGroup(Arc::clone(indexes), number, place);
            let key = keys.index_group(index, group);
            pages.push((group.url.clone(), Planned { product, key, origin: config_place() }));
        }
    }
    pages
}

fn special_pages(
    context: Context<'_>,
    keys: &Keys<'_>,
    indexes: &Arc<[Index]>,
) -> Vec<(UrlPath, Planned)> {
    let links = indexes::links(context.site, context.theme, indexes);
    let special = |path, product: fn(Arc<[Index]>) -> Product, title| {
        let key = keys.special(context.theme.word(title), &links);
        let product = product(Arc::clone(indexes));
        (fixed(path), Planned { product, key, origin: config_place() })
    };
    vec![
        special(views::SEARCH, Product::Search, "search_title"),
        special("404.html", Product::NotFound, "not_found_title"),
    ]
}

/// The page about the edition, if the site is one.
pub fn edition_page(context: Context<'_>, keys: &Keys<'_>) -> Option<(UrlPath, Planned)> {
    let edition = context.config.edition.as_deref()?;
    let pages = edition.replaced.keys().chain(&edition.added).chain([&edition.page]);
    let key = keys.edition(edition, pages.filter_map(|path| context.site.find(path)));
    let planned = Planned { product: Product::Edition, key, origin: config_place() };
    Some((fixed(edition::EDITION), planned))
}

fn comparison_pages(site: &Site, keys: &Keys<'_>) -> Vec<(UrlPath, Planned)> {
    let all = &site.comparisons;
    let pair = |(number, pair): (usize, &Pair)| {
        let origin = Span::start_of(&site.pages[pair.left].document.path);
        let product = Product::Comparison(number);
        (pair.url.clone(), Planned { product, key: keys.comparison(pair), origin })
    };
    let pairs = all.pairs.iter().enumerate().map(pair);
    let list = all.url().map(|url| {
        let key = keys.comparisons();
        (url, Planned { product: Product::Comparisons, key, origin: config_place() })
    });
    pairs.chain(list).collect()
}

fn redirects<'a>(
    site: &'a Site,
    keys: &'a Keys<'_>,
) -> impl Iterator<Item = (UrlPath, Planned)> + 'a {
    site.redirects.iter().enumerate().map(|(number, redirect)| {
        let product = Product::Redirect(number);
        let key = keys.redirect(redirect.to);
        (redirect.from.clone(), Planned { product, key, origin: redirect.span.clone() })
    })
}

/// The files of the collections that pages present, and the page that explains their columns.
fn data_files(context: Context<'_>, keys: &Keys<'_>) -> Vec<(UrlPath, Planned)> {
    let mut files = Vec::new();
    for (table, page) in context.records.presented() {
        let name = &table.collection.name;
        for format in FileFormat::ALL {
            let product = Product::Data(name.clone(), format);
            let origin = Span::start_of(&page.document.path);
            let planned = Planned { product, key: Key::alone(table.hash), origin };
            files.push((downloads::address(page, name, format), planned));
        }
    }
    if !files.is_empty() {
        let key = keys.dictionary(context.theme.word("dictionary_title"));
        let planned = Planned { product: Product::Dictionary, key, origin: config_place() };
        files.push((fixed(views::DICTIONARY), planned));
    }
    files
}

/// The calendars of events and of their sections.
fn calendars(context: Context<'_>) -> Vec<(UrlPath, Planned)> {
    let Context { site, config, .. } = context;
    let pages = site.pages.par_iter();
    let calendars = pages.filter_map(|page| {
        let Calendar { url, text } = calendar::calendar(site, config, page)?;
        let key = Key::alone(Hash::of(text.as_bytes()));
        let origin = Span::start_of(&page.document.path);
        Some((url, Planned { product: Product::Text(text), key, origin }))
    });
    calendars.collect()
}

fn pictures(context: Context<'_>) -> impl Iterator<Item = (UrlPath, Planned)> {
    context.pictures.iter().map(|picture| {
        let product = Product::Picture(picture.clone());
        let key = Key::alone(picture.hash());
        (picture.url.clone(), Planned { product, key, origin: config_place() })
    })
}

fn texts(context: Context<'_>) -> Vec<(UrlPath, Planned)> {
    let Context { site, config, .. } = context;
    let sitemap = feed::sitemap(site, config).map(|text| ("sitemap.xml", text));
    let catalogue = downloads::catalogue(context.records, site, config);
    let catalogue = catalogue.map(|text| (downloads::CATALOGUE, text));
    let texts = [(views::FEED, feed::atom(site, config)), ("robots.txt", feed::robots(config))];
    let planned = |(path, text): (&str, String)| {
        let key = Key::alone(Hash::of(text.as_bytes()));
        (fixed(path), Planned { product: Product::Text(text), key, origin: config_place() })
    };
    texts.into_iter().chain(sitemap).chain(catalogue).map(planned).collect()
}

/// The files beside the pages, the static files of the theme and its style sheet.
fn copies(context: Context<'_>) -> impl Iterator<Item = (UrlPath, Planned)> {
    let copy = |url, source: &SourcePath, product: fn(SourcePath) -> Product, hash: Hash| {
        let product = product(source.clone());
        (url, Planned { product, key: Key::alone(hash), origin: Span::start_of(source) })
    };
    let content = context.site.assets.iter().filter_map(move |(path, hash)| {
        Some(copy(UrlPath::file(path.below(CONTENT)?)?, path, Product::Copy, *hash))
    });
    let theme = context.theme.files.iter().filter_map(move |(name, (path, hash))| {
        let is_script = path.extension() == "js";
        let product = if is_script { Product::Script } else { Product::Copy };
        Some(copy(theme::static_path(name)?, path, product, *hash))
    });
    let style = context.theme.style.iter().filter_map(|style| {
        let key = Key::alone(style.hash);
        let origin = Span::start_of(style.place());
        let product = Product::Style(style.clone());
        Some((theme::static_path(style::SHEET)?, Planned { product, key, origin }))
    });
    content.chain(theme).chain(style)
}

fn fixed(path: &str) -> UrlPath {
    UrlPath::file(path).expect("a constant without dots")
}

fn config_place() -> Span {
    Span::start_of(&SourcePath::new(CONFIG).expect("a constant without dots"))
}
