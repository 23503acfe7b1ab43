//! What changed since an older copy of the site, on a page of the new one, `cosa-e-cambiato/`: the pages
//! that came, those whose text changed with the words that did, those that went. Pages that the program
//! makes, and files that nobody reads, are only counted.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::base::{Date, Outputs, UrlPath, prose};
use crate::site::{Page, Site};

use super::differences::differences;
use super::pages::Context;
use super::view::{ChangedPage, CopyVersion, DifferentBlock, PageView, Since, View};
use super::views;

/// The path of the page.
pub const SINCE: &str = "cosa-e-cambiato/index.html";

/// So many paragraphs of a page that changed are shown,
const MOST_BLOCKS: usize = 24;
/// and so many bytes of their text.
const MOST_BYTES: usize = 8_000;
/// Of so many pages it is shown what changed.
const MOST_PAGES: usize = 120;
/// What so many pages have, and most of those that changed, is none of their own words.
const ENOUGH_PAGES: usize = 8;

/// An older copy, and in which files this one differs from it.
#[derive(Clone, Debug, Default)]
pub struct Older {
    /// What its version is called.
    pub version: String,
    /// Its day.
    pub date: Option<Date>,
    /// The files that only the new copy has.
    pub added: BTreeSet<String>,
    /// The files that hold something else, with what pages held.
    pub changed: BTreeMap<String, String>,
    /// The files that only the older copy has, with what pages held.
    pub removed: BTreeMap<String, String>,
}

/// The view of the page. `files` are those of the new copy, `date` is its day.
pub fn page(
    context: Context<'_>,
    older: &Older,
    date: Option<Date>,
    files: &Outputs,
    url: &UrlPath,
) -> View {
    let Context { site, config, theme, .. } = context;
    let version = |name: &str, date: Option<Date>| CopyVersion {
        name: name.to_owned(),
        date: date.map(|date| date.to_string()),
    };
    let mut since = Since {
        from: version(&older.version, older.date),
        to: version(&config.version, date),
        ..Since::default()
    };
    let added = site.pages.iter().filter(|page| older.added.contains(page.url.as_str()));
    since.added.extend(added.map(views::link));
    for Reading { page, before, now } in readings(site, older, files) {
        let all = differences(&before, &now);
        if all.iter().all(|block| block.parts.is_empty()) {
            since.n_around += 1;
            continue;
        }
        let most = if since.changed.len() < MOST_PAGES { MOST_BLOCKS } else { 0 };
        let (blocks, n_left_out) = shortened(all, most);
        since.changed.push(ChangedPage { link: views::link(page), blocks, n_left_out });
    }
    let written: BTreeSet<&str> = site.pages.iter().map(|page| page.url.as_str()).collect();
    let made = made_folders(files, &written);
    let mut others = older.added.iter().chain(older.changed.keys()).collect::<Vec<_>>();
    for (path, before) in &older.removed {
        let folder = path.split('/').next().unwrap_or_default();
        if is_page(path) && !made.contains(folder) && !is_redirect(before) {
            since.removed.push(prose::title(before));
        } else {
            others.push(path);
        }
    }
    others.retain(|path| !written.contains(path.as_str()));
    since.n_derived = others.iter().filter(|path| is_page(path)).count();
    since.n_files = others.len() - since.n_derived;
    let view = PageView {
        title: theme.word("since_title").to_owned(),
        kind: "since",
        breadcrumbs: vec![views::link(&site.pages[site.home])],
        since: Some(since),
        ..PageView::default()
    };
    views::finish(view, url, site, config)
}

/// A page that both copies have, and that changed: its paragraphs then and now.
struct Reading<'a> {
    page: &'a Page,
    before: Vec<String>,
    now: Vec<String>,
}

/// The pages that changed, without the paragraphs that most of them have: these are words of the theme,
/// or the day of a version.
fn readings<'a>(site: &'a Site, older: &Older, files: &Outputs) -> Vec<Reading<'a>> {
    let changed: Vec<(&Page, &String)> = site
        .pages
        .iter()
        .filter_map(|page| Some((page, older.changed.get(page.url.as_str())?)))
        .collect();
    let read = |(page, before): (&'a Page, &String)| {
        let now = files.get(page.url.as_str()).map(String::from_utf8_lossy).unwrap_or_default();
        Reading { page, before: prose::blocks(before), now: prose::blocks(&now) }
    };
    let mut readings: Vec<Reading<'a>> = changed.into_par_iter().map(read).collect();
    let (then, now) = (
        common(readings.iter().map(|reading| &reading.before)),
        common(readings.iter().map(|reading| &reading.now)),
    );
    for reading in &mut readings {
        reading.before.retain(|paragraph| !then.contains(paragraph));
        reading.now.retain(|paragraph| !now.contains(paragraph));
    }
    readings
}

/// The paragraphs that more than half of the `pages` have, where there are enough to tell.
fn common<'a>(pages: impl ExactSizeIterator<Item = &'a Vec<String>>) -> BTreeSet<String> {
    let least = ENOUGH_PAGES.max(pages.len() / 2 + 1);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for page in pages {
        let paragraphs: BTreeSet<&str> = page.iter().map(String::as_str).collect();
        paragraphs.into_iter().for_each(|paragraph| *counts.entry(paragraph).or_default() += 1);
    }
    let common = counts.into_iter().filter(|(_, count)| *count >= least);
    common.map(|(paragraph, _)| paragraph.to_owned()).collect()
}

/// The folders that hold only pages that the program makes.
fn made_folders<'a>(files: &'a Outputs, written: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let folder = |path: &'a str| path.split_once('/').map(|(folder, _)| folder);
    let pages = || files.iter().map(|file| file.path.as_str()).filter(|path| is_page(path));
    let of_written: BTreeSet<&str> =
        pages().filter(|path| written.contains(path)).filter_map(folder).collect();
    pages().filter_map(folder).filter(|folder| !of_written.contains(folder)).collect()
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// An old address that led to a page.
fn is_redirect(page: &str) -> bool {
    page.split("</head>").next().is_some_and(|head| head.contains("http-equiv=\"refresh\""))
}

/// The first of `blocks`, with at most `most` that changed and not too long, and how many changed
/// besides.
fn shortened(mut blocks: Vec<DifferentBlock>, most: usize) -> (Vec<DifferentBlock>, usize) {
    let (mut n_shown, mut n_bytes) = (0, 0);
    let is_changed = |block: &DifferentBlock| !block.parts.is_empty();
    let end = blocks.iter().position(|block| {
        let size: usize = block.parts.iter().map(|part| part.text.len()).sum();
        n_bytes += size;
        n_shown += usize::from(is_changed(block));
        is_changed(block) && (n_shown > most || n_bytes > MOST_BYTES)
    });
    let rest = end.map(|end| blocks.split_off(end)).unwrap_or_default();
    let n_left_out = rest.iter().filter(|block| is_changed(block)).count();
    if blocks.iter().all(|block| !is_changed(block)) {
        blocks.clear();
    }
    (blocks, n_left_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_most_pages_have_is_told_from_their_own_words() {
        let page = |n: usize| vec!["Versione 2".to_owned(), format!("Pagina {n}")];
        let pages: Vec<_> = (0..ENOUGH_PAGES).map(page).collect();
        assert_eq!(common(pages.iter()), ["Versione 2".to_owned()].into());
        assert_eq!(common(pages[1..].iter()), [].into(), "too few to tell");
    }

    #[test]
    fn what_is_long_is_shortened() {
        let text = |word: &str, n: usize| (0..n).map(|n| format!("{word} {n}")).collect::<Vec<_>>();
        let all = differences(&text("a", 40), &text("b", 40));
        let n_changed = all.len();
        let (shown, n_left_out) = shortened(all.clone(), MOST_BLOCKS);
        assert_eq!((shown.len(), n_left_out), (MOST_BLOCKS, n_changed - MOST_BLOCKS));
        assert_eq!(shortened(all, 0).1, n_changed);
        let long = differences(&[], &["x".repeat(MOST_BYTES + 1)]);
        assert_eq!(shortened(long, MOST_BLOCKS).1, 1);
    }
}
