//! Renders everything: pages in parallel, each by its own template; terms, redirects, feeds, and
//! the files that are copied.

use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::base::{
    Checked, Diagnostic, Diagnostics, Hash, Produced, SourcePath, Span, Table, UrlPath, catalogue,
};
use crate::site::{Page, PageKind, Site};
use crate::source::Config;
use crate::source::tree::{CONFIG, CONTENT, Tree};

use super::theme::{self, Theme};
use super::view::{Link, RedirectView};
use super::{feed, views};

/// What rendering needs.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The input files, of which some are copied.
    pub tree: &'a Tree,
    /// The configuration.
    pub config: &'a Config,
    /// The assembled site.
    pub site: &'a Site,
    /// The theme, which already shares the view of the site.
    pub theme: &'a Theme,
    /// Pages that were rendered before.
    pub renders: &'a Table<Rendered>,
}

/// A rendered page, or what is wrong with its template.
pub type Rendered = Result<Arc<[u8]>, Box<Diagnostic>>;

/// Every file of the site except the search index.
pub fn files(context: Context<'_>) -> Checked<Vec<Produced>> {
    let mut diagnostics = Diagnostics::new();
    let mut files = Vec::new();
    let pages: Vec<Checked<Option<Produced>>> =
        context.site.pages.par_iter().map(|page| written_page(context, page)).collect();
    for page in pages.into_iter().chain(term_pages(context)).chain(special_pages(context)) {
        files.extend(page.into_value(&mut diagnostics));
    }
    for page in redirects(context) {
        files.extend(page.into_value(&mut diagnostics));
    }
    files.extend(feeds(context));
    files.extend(copies(context));
    Checked::new(files, diagnostics)
}

fn written_page(context: Context<'_>, page: &Page) -> Checked<Option<Produced>> {
    let origin = Span::start_of(&page.document.path);
    let view = views::page(context.site, context.config, page);
    match template(context.theme, page) {
        Ok(template) => produce(context, &page.url, template, &view, origin),
        Err(unknown) => Checked::new(None, vec![*unknown]),
    }
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

fn term_pages(context: Context<'_>) -> Vec<Checked<Option<Produced>>> {
    let Context { site, config, .. } = context;
    let origin = config_place();
    let mut pages = Vec::new();
    for group in &site.taxonomies {
        let view = views::taxonomy(site, config, group);
        pages.push(produce(context, &group.url, "taxonomy.html", &view, origin.clone()));
        for term in &group.terms {
            let view = views::term(site, config, group, term);
            let first = term.pages.first().map(|id| &site.pages[*id].document.path);
            let origin = first.map_or_else(|| origin.clone(), Span::start_of);
            pages.push(produce(context, &term.url, "term.html", &view, origin));
        }
    }
    pages
}

fn special_pages(context: Context<'_>) -> Vec<Checked<Option<Produced>>> {
    let Context { site, config, theme, .. } = context;
    let search = UrlPath::file(views::SEARCH).expect("a constant without dots");
    let view = views::special(site, config, "search", theme.word("search_title"), &search);
    let found = produce(context, &search, "search.html", &view, config_place());
    let missing = UrlPath::file("404.html").expect("a constant without dots");
    let title = theme.word("not_found_title");
    let mut view = views::special(site, config, "not-found", title, &missing);
    // The page is shown under any address, so its links start at the root when that is known.
    if let Some(path) = config.base_url.splitn(4, '/').nth(3) {
        view.root = format!("/{path}");
    }
    vec![found, produce(context, &missing, "404.html", &view, config_place())]
}

fn redirects(context: Context<'_>) -> Vec<Checked<Option<Produced>>> {
    let redirect = |redirect: &crate::site::Redirect| {
        let page = &context.site.pages[redirect.to];
        let link = Link { title: page.title.clone(), url: page.url.to_string(), external: false };
        let view = RedirectView { root: redirect.from.to_root(), redirect: link };
        produce(context, &redirect.from, "redirect.html", &view, redirect.span.clone())
    };
    context.site.redirects.iter().map(redirect).collect()
}

/// Renders `view`, unless the same view was rendered with the same theme before.
fn produce<T: Serialize>(
    context: Context<'_>,
    path: &UrlPath,
    template: &str,
    view: &T,
    origin: Span,
) -> Checked<Option<Produced>> {
    let key = || {
        let json = serde_json::to_vec(view).expect("views hold texts, numbers and lists");
        let theme = context.theme.hash.to_string();
        Hash::of_parts([theme.as_bytes(), template.as_bytes(), &json])
    };
    let rendered = context
        .renders
        .get(key, || context.theme.render(template, view).map(|html| Arc::from(html.into_bytes())));
    match rendered.as_ref() {
        Ok(bytes) => {
            let bytes = Arc::clone(bytes);
            Checked::clean(Some(Produced { path: path.clone(), bytes, origin }))
        }
        Err(diagnostic) => Checked::new(None, vec![(**diagnostic).clone()]),
    }
}

fn feeds(context: Context<'_>) -> Vec<Produced> {
    let Context { site, config, .. } = context;
    let sitemap = feed::sitemap(site, config).map(|text| ("sitemap.xml", text));
    let texts = [(views::FEED, feed::atom(site, config)), ("robots.txt", feed::robots(config))];
    let file = |(path, text): (&str, String)| Produced {
        path: UrlPath::file(path).expect("a constant without dots"),
        bytes: Arc::from(text.into_bytes()),
        origin: config_place(),
    };
    texts.into_iter().chain(sitemap).map(file).collect()
}

/// The files beside the pages and the static files of the theme.
fn copies(context: Context<'_>) -> Vec<Produced> {
    let content = context.site.assets.keys().filter_map(|path| {
        let bytes = Arc::clone(&context.tree.get(path)?.bytes);
        let origin = Span::start_of(path);
        Some(Produced { path: UrlPath::file(path.below(CONTENT)?)?, bytes, origin })
    });
    let theme = context.theme.files.iter().filter_map(|(name, (path, blob))| {
        let bytes = Arc::clone(&blob.bytes);
        Some(Produced { path: theme::static_path(name)?, bytes, origin: Span::start_of(path) })
    });
    content.chain(theme).collect()
}

fn config_place() -> Span {
    Span::start_of(&SourcePath::new(CONFIG).expect("a constant without dots"))
}
