//! The pages that only a copy has which is handed over. Its first one, `APRIMI.html`: what it is, of which
//! day, how large, how it is checked, and what does not work without a network. What changed since an
//! older copy, if there is one (`since`). And the page of the edition, which leads to both.

use crate::base::{
    Checked, Date, Diagnostics, Outputs, Produced, SourcePath, Span, UrlPath, catalogue,
};
use crate::source::tree::CONFIG;

use super::edition::{self, EDITION};
use super::format::Format;
use super::pages::{Context, show};
use super::since::{self, Older, SINCE};
use super::view::{Copy, PageView, View};
use super::views;

/// The file that a reader opens.
pub const COVER: &str = "APRIMI.html";
/// Where it says how a copy is checked.
const CHECK: &str = "APRIMI.html#verifica-questa-copia";

/// What is known of a copy when its other files are there.
#[derive(Clone, Debug)]
pub struct CopyFacts {
    /// The day of its content.
    pub date: Option<Date>,
    /// How many pages it has.
    pub n_pages: usize,
    /// How many bytes its files have.
    pub n_bytes: usize,
    /// Whether it is signed.
    pub is_signed: bool,
}

/// The pages of a copy beside its other `files`, or in the place of some; `older` is the copy that it takes
/// the place of. Wrong may be a template, or a page of the site at the address of one of these.
pub fn pages(
    context: Context<'_>,
    facts: &CopyFacts,
    older: Option<&Older>,
    files: &Outputs,
) -> Checked<Vec<Produced>> {
    let copy = copy(context, facts, older);
    let path = |path| UrlPath::file(path).expect("a constant without dots");
    let mut pages = vec![(path(COVER), "copy.html", cover(context, copy.clone(), &path(COVER)))];
    if let Some(older) = older {
        let view = since::page(context, older, facts.date, files, &path(SINCE));
        pages.push((path(SINCE), "since.html", view));
    }
    let mut diagnostics = taken(pages.iter().map(|(path, ..)| path), files);
    if let Some(edition) = context.config.edition.as_deref() {
        let mut view = edition::page(context, edition, &path(EDITION));
        view.page.copy = Some(copy);
        pages.push((path(EDITION), "edition.html", view));
    }
    let mut shown = Vec::new();
    for (path, template, view) in pages {
        match show(context, template, view) {
            Ok(bytes) => shown.push(Produced { path, bytes, origin: origin() }),
            Err(wrong) => diagnostics.push(*wrong),
        }
    }
    Checked::new(shown, diagnostics)
}

fn origin() -> Span {
    Span::start_of(&SourcePath::new(CONFIG).expect("a constant without dots"))
}

/// Which of these addresses the site has given away.
fn taken<'a>(paths: impl Iterator<Item = &'a UrlPath>, files: &Outputs) -> Diagnostics {
    let there = paths.filter_map(|path| files.file(path.as_str()));
    let two = |file: &Produced| {
        catalogue::two_files_for_one_address(file.origin.clone(), &file.path, origin())
    };
    there.map(two).collect()
}

fn copy(context: Context<'_>, facts: &CopyFacts, older: Option<&Older>) -> Copy {
    Copy {
        date: facts.date.map(|date| date.to_string()),
        n_pages: facts.n_pages,
        size: Format::of(&context.config.language).size(facts.n_bytes),
        is_signed: facts.is_signed,
        since: older.map_or("", |_| SINCE).to_owned(),
        check: CHECK.to_owned(),
    }
}

fn cover(context: Context<'_>, copy: Copy, url: &UrlPath) -> View {
    let Context { site, config, theme, .. } = context;
    let title = theme.word("copy_title").to_owned();
    let view = PageView { title, kind: "copy", copy: Some(copy), ..PageView::default() };
    views::finish(view, url, site, config)
}
