//! What an edition shows of itself: on a page that it replaces or adds, and on the page that lists
//! everything in which it differs from the national site.

use crate::base::{SourcePath, Table, UrlPath, prose};
use crate::document::markdown::{self, Words};
use crate::site::Page;
use crate::source::tree::CONTENT;
use crate::source::{Config, Edition, front_matter};

use super::differences::differences;
use super::pages::Context;
use super::view::{
    EditionDifferences, EditionMark, EditionValue, Local, PageView, ReplacedPage, View,
};
use super::views;

/// The path of the page about the edition.
pub const EDITION: &str = "edizione/index.html";
/// The name of its part about the pages that are added.
const ADDED: &str = "edizione_aggiunte";

/// The edition as all its pages show it.
pub fn mark(config: &Config) -> Option<EditionMark> {
    let edition = config.edition.as_deref()?;
    Some(EditionMark { name: edition.shown.clone(), url: EDITION.to_owned() })
}

/// How a page of the edition came about, if it is not a national one.
pub fn local(config: &Config, page: &Page) -> Option<Local> {
    let edition = config.edition.as_deref()?;
    let path = &page.document.path;
    let is_added = edition.added.contains(path);
    if !is_added && !edition.replaced.contains_key(path) {
        return None;
    }
    let url = &config.national_url;
    let national = (!is_added && !url.is_empty()).then(|| format!("{url}{}", page.url.pretty()));
    let place = if is_added { ADDED.to_owned() } else { anchor(&page.url) };
    Some(Local { is_added, national, differences: format!("{EDITION}#{place}") })
}

/// The same in one word, for the key of the page.
pub fn local_word(config: &Config, path: &SourcePath) -> &'static str {
    match config.edition.as_deref() {
        Some(edition) if edition.added.contains(path) => "added",
        Some(edition) if edition.replaced.contains_key(path) => "replaced",
        _ => "",
    }
}

/// The view of the page that says in what the edition differs.
pub fn page(context: Context<'_>, edition: &Edition, url: &UrlPath) -> View {
    let Context { site, config, theme, .. } = context;
    let found = |path: &SourcePath| site.find(path);
    let replaced = edition.replaced.keys().filter_map(|path| {
        let page = found(path)?;
        Some(replaced_page(context, edition, path, page))
    });
    let view = PageView {
        title: theme.word("edition_title").to_owned(),
        kind: "edition",
        breadcrumbs: vec![views::link(&site.pages[site.home])],
        edition: Some(EditionDifferences {
            name: edition.name.clone(),
            page: found(&edition.page).map(views::link),
            national: config.national_url.clone(),
            replaced: replaced.collect(),
            added: edition.added.iter().filter_map(found).map(views::link).collect(),
            hidden: edition.hidden.iter().map(|(path, title)| hidden(path, title)).collect(),
            values: values(edition),
        }),
        ..PageView::default()
    };
    views::finish(view, url, site, config)
}

/// What readers know a file by that the edition does not have.
fn hidden(path: &SourcePath, title: &str) -> String {
    let name = || path.below(CONTENT).unwrap_or_default().to_owned();
    if title.is_empty() { name() } else { title.to_owned() }
}

fn replaced_page(
    context: Context<'_>,
    edition: &Edition,
    path: &SourcePath,
    page: &Page,
) -> ReplacedPage {
    let national = edition.replaced[path].text().unwrap_or_default().to_owned();
    let written = context.tree.get(path);
    let written = written.as_ref().and_then(|blob| blob.text()).unwrap_or_default();
    ReplacedPage {
        id: anchor(&page.url),
        link: views::link(page),
        national: local(context.config, page).and_then(|local| local.national),
        blocks: differences(&read(context, path, &national), &read(context, path, written)),
    }
}

/// The paragraphs of the page `path`, which is written as `text`, as a person reads them.
fn read(context: Context<'_>, path: &SourcePath, text: &str) -> Vec<String> {
    let options = markdown::Options {
        marks_citations: false,
        words: Words::of(&context.config.language),
        highlights: &Table::default(),
        judge: None,
    };
    let range = front_matter::split(path, text).value.markdown;
    // What is wrong with it is told when the page is read for itself.
    let body = markdown::render(path, text, range, &options, &mut Vec::new()).value;
    let blocks =
        [&body.html, &body.notes].map(|html| prose::blocks_of(&body.fill(html, |_, _| {})));
    blocks.concat()
}

fn values(edition: &Edition) -> Vec<EditionValue> {
    let values = edition.values.iter();
    values.map(|(name, value)| EditionValue { name: name.clone(), value: value.clone() }).collect()
}

/// The name of the part of the page that is about the page at `url`.
fn anchor(url: &UrlPath) -> String {
    url.pretty().trim_end_matches('/').replace('/', "-")
}
