//! Links the first mention of each term of the glossary in the texts of a page: one pass over HTML whose
//! holes are filled. Under which names terms are mentioned is known to `site/glossary`.

use std::collections::BTreeSet;

use crate::base::html::{Sealed, escape, parts};
use crate::base::path::href;
use crate::base::phrase::rewrite;
use crate::base::pieces::Piece;
use crate::site::glossary::Name;
use crate::site::{Page, PageId, Site};

/// Elements whose text stays as it is: links and what may not hold one, headings, code, drawings.
const SEALED: [&str; 24] = [
    "a", "abbr", "button", "caption", "code", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "kbd",
    "label", "option", "pre", "samp", "script", "select", "style", "summary", "svg", "textarea",
    "th",
];

/// The terms that the texts of one page have mentioned so far.
pub struct Mentions<'a> {
    site: &'a Site,
    page: &'a Page,
    /// The pages of terms to which a link leads by now.
    linked: BTreeSet<PageId>,
    /// The acronyms that were explained.
    explained: BTreeSet<&'a str>,
}

/// A link that somebody wrote: a place inside its tag, and the page it leads to.
pub type WrittenLink = (usize, PageId);

impl<'a> Mentions<'a> {
    /// Starts before the first text of `page`.
    pub fn new(site: &'a Site, page: &'a Page) -> Self {
        Self { site, page, linked: BTreeSet::new(), explained: BTreeSet::new() }
    }

    /// `html` with links at the first mention of each term. After one of the `written` links its term
    /// needs no other.
    pub fn link(&mut self, html: String, written: &[WrittenLink]) -> String {
        if self.site.glossary.is_empty() {
            return html;
        }
        let mut linked = String::with_capacity(html.len() + html.len() / 8);
        let mut written = written.iter().peekable();
        let mut sealed: Option<Sealed<'_>> = None;
        let mut end = 0;
        for (text, tag) in parts(&html) {
            match sealed {
                Some(_) => linked.push_str(text),
                None => self.text(text, &mut linked),
            }
            let Some(tag) = tag else { break };
            linked.push_str(tag.0);
            sealed = Sealed::after(sealed, tag, |tag| SEALED.contains(&tag.name()));
            end += text.len() + tag.0.len();
            while let Some((_, page)) = written.next_if(|(place, _)| *place < end) {
                self.linked.insert(*page);
            }
        }
        linked
    }

    /// Writes a text between two tags.
    fn text(&mut self, text: &str, html: &mut String) {
        let glossary = &self.site.glossary;
        let find = |plain: &str, pieces: &[Piece<'_>]| glossary.name_at(plain, pieces);
        rewrite(text, html, find, |name, written, html| self.mention(name, written, html));
    }

    /// Writes one mention: as a link if it is the first, with what an acronym stands for if that was
    /// not said.
    fn mention(&mut self, name: &'a Name, written: &str, html: &mut String) {
        if name.page == self.page.id {
            return html.push_str(written);
        }
        let term = &self.site.pages[name.page];
        let is_first = self.linked.insert(name.page);
        if is_first {
            let address = escape(&href(&self.page.url, &term.url, None));
            html.push_str(&format!("<a class=\"termine\" href=\"{address}\">"));
        }
        let acronym = name.acronym.as_deref().filter(|acronym| *acronym != term.title);
        match acronym.filter(|acronym| self.explained.insert(acronym)) {
            Some(_) => {
                html.push_str(&format!("<abbr title=\"{}\">{written}</abbr>", escape(&term.title)))
            }
            None => html.push_str(written),
        }
        if is_first {
            html.push_str("</a>");
        }
    }
}
