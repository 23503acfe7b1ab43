//! Makes the bytes of one planned file: the view of a page through its template, a text, a copy.

use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::base::{Diagnostic, UrlPath};
use crate::document::{Body, OfficeFormat};
use crate::site::{Page, Site};
use crate::source::{Config, Foreign, Tree};

use super::office;
use super::picture::Picture;
use super::plan::Product;
use super::records::Records;
use super::script;
use super::theme::Theme;
use super::view::{Link, RedirectView, View};
use super::views;
use super::{comparisons, edition, indexes};

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
    /// The rows of its collections.
    pub records: &'a Records<'a>,
    /// The foreign words of texts.
    pub foreign: &'a Foreign,
    /// Its pictures for social networks: that of the site first, if there are any.
    pub pictures: &'a [Picture],
}

/// The texts of a page while its files are made.
#[derive(Debug, Default)]
pub struct PageTexts<'b> {
    /// The texts.
    pub bodies: &'b [Body],
    /// The office files, once somebody asked for one or for its size.
    office: OnceLock<Vec<(OfficeFormat, Arc<[u8]>)>>,
}

impl<'b> PageTexts<'b> {
    /// The texts of a page of which nothing was made yet.
    pub fn of(bodies: &'b [Body]) -> Self {
        Self { bodies, ..Self::default() }
    }

    /// The files in which `page`, whose texts these are, offers them.
    pub fn office_files(&self, context: Context<'_>, page: &Page) -> &[(OfficeFormat, Arc<[u8]>)] {
        self.office.get_or_init(|| office::files(context, page, self.bodies))
    }
}

/// The bytes of a file, or what is wrong with its template.
pub type Rendered = Result<Arc<[u8]>, Box<Diagnostic>>;

/// Makes the file at `path`. `texts` are those of the page, if it is one that somebody wrote.
///
/// # Errors
/// A diagnostic at the place in the template where it went wrong.
pub fn produce(
    context: Context<'_>,
    path: &UrlPath,
    product: &Product,
    texts: &PageTexts<'_>,
) -> Rendered {
    let Context { site, config, theme, tree, records, .. } = context;
    match product {
        Product::Page(id, template) => {
            show(context, template, views::page(context, &site.pages[*id], texts))
        }
        Product::Office(id, format) => {
            let files = texts.office_files(context, &site.pages[*id]);
            let file = files.iter().find(|(kind, _)| kind == format);
            Ok(Arc::clone(&file.expect("planned for a format that the page offers").1))
        }
        Product::Taxonomy(group) => {
            let view = views::taxonomy(site, config, &site.taxonomies[*group]);
            show(context, "taxonomy.html", view)
        }
        Product::Term(group, term) => {
            let group = &site.taxonomies[*group];
            let view = views::term(site, config, group, &group.terms[*term]);
            show(context, "term.html", view)
        }
        Product::Index(all, number) => {
            let view = views::index(site, config, &all[*number], search_link(theme));
            let template = if all[*number].is_split { "taxonomy.html" } else { "index.html" };
            show(context, template, view)
        }
        Product::IndexGroup(all, number, group) => {
            let index = &all[*number];
            let group = &index.groups[*group];
            let view = views::index_group(site, config, index, group, search_link(theme));
            show(context, "index.html", view)
        }
        Product::Search(all) => {
            let title = theme.word("search_title");
            let links = indexes::links(site, theme, all);
            let view = views::special(site, config, "search", title, path, links);
            show(context, "search.html", view)
        }
        Product::NotFound(all) => {
            let title = theme.word("not_found_title");
            let links = indexes::links(site, theme, all);
            let mut view = views::special(site, config, "not-found", title, path, links);
            // The page is shown under any address, so its links start at the root when that is known.
            if let Some(path) = config.base_url.splitn(4, '/').nth(3) {
                view.root = format!("/{path}");
            }
            show(context, "404.html", view)
        }
        Product::Comparison(number) => {
            let pair = &site.comparisons.pairs[*number];
            show(context, "compare.html", comparisons::comparison(context, pair))
        }
        Product::Comparisons => show(context, "comparisons.html", comparisons::list(context, path)),
        Product::Redirect(number) => {
            let redirect = &site.redirects[*number];
            let page = &site.pages[redirect.to];
            let link =
                Link { title: page.title.clone(), url: page.url.to_string(), external: false };
            let view = RedirectView { root: redirect.from.to_root(), redirect: link };
            render(theme, "redirect.html", &view)
        }
        Product::Dictionary => {
            let title = theme.word("dictionary_title");
            show(context, "dictionary.html", views::dictionary(context, title, path))
        }
        Product::Edition => {
            let edition = config.edition.as_deref().expect("planned for an edition");
            show(context, "edition.html", edition::page(context, edition, path))
        }
        Product::Data(name, format) => {
            let table = records.table(name).expect("planned for the page that presents it");
            Ok(Arc::from(records.file(table, *format).as_bytes()))
        }
        Product::Picture(picture) => Ok(Arc::from(picture.png())),
        Product::Text(text) => Ok(Arc::from(text.as_bytes())),
        Product::Copy(source) => {
            Ok(tree.get(source).map_or_else(|| Arc::from(&b""[..]), |blob| blob.bytes))
        }
        Product::Style(style) => Ok(Arc::from(style.published(tree).as_bytes())),
        Product::Script(source) => {
            let Some(blob) = tree.get(source) else { return Ok(Arc::from(&b""[..])) };
            Ok(blob.text().map_or_else(
                || Arc::clone(&blob.bytes),
                |text| Arc::from(script::published(text).as_bytes()),
            ))
        }
    }
}

/// The search page, under which all indexes lie.
fn search_link(theme: &Theme) -> Link {
    let title = theme.word("search_title").to_owned();
    Link { title, url: views::SEARCH.to_owned(), external: false }
}

/// A page, with the picture of its section.
pub(super) fn show(context: Context<'_>, template: &str, mut view: View) -> Rendered {
    let picture = Picture::for_section(context.pictures, &view.page.section);
    view.page.picture = picture.map(|picture| picture.view(context.config));
    render(context.theme, template, &view)
}

fn render<T: Serialize>(theme: &Theme, template: &str, view: &T) -> Rendered {
    theme.render(template, view).map(|html| Arc::from(html.into_bytes()))
}
