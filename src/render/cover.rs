//! The first page of a copy that is handed over, `APRIMI.html`: what it is, of which day, how large, how
//! it is checked, and what does not work without a network.

use std::sync::Arc;

use crate::base::SourcePath;
use crate::base::{Date, Diagnostic, Produced, Span, UrlPath};
use crate::source::tree::CONFIG;

use super::format::Format;
use super::pages::Context;
use super::view::{Copy, PageView};
use super::views;

/// The file that a reader opens.
pub const COVER: &str = "APRIMI.html";

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

/// Makes the first page of a copy.
///
/// # Errors
/// A diagnostic at the place in the template where it went wrong.
pub fn cover(context: Context<'_>, facts: &CopyFacts) -> Result<Produced, Box<Diagnostic>> {
    let Context { site, config, theme, .. } = context;
    let format = Format::of(&config.language);
    let url = UrlPath::file(COVER).expect("a constant without dots");
    let view = PageView {
        title: theme.word("copy_title").to_owned(),
        kind: "copy",
        copy: Some(Copy {
            date: facts.date.map(|date| date.to_string()),
            n_pages: facts.n_pages,
            size: format.size(facts.n_bytes),
            is_signed: facts.is_signed,
        }),
        ..PageView::default()
    };
    let html = theme.render("copy.html", &views::finish(view, &url, site, config))?;
    let origin = Span::start_of(&SourcePath::new(CONFIG).expect("a constant without dots"));
    Ok(Produced { path: url, bytes: Arc::from(html.into_bytes()), origin })
}
