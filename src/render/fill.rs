//! Fills the holes of a text: addresses of pages and files, references to acts of law, tables and
//! charts of collections. Then its mentions of terms are linked, which is up to `mentions`, and its
//! foreign words marked, which is up to `foreign`. A link to a page that an edition leaves out is
//! only its words.

use std::collections::BTreeSet;

use crate::base::html::{escape_into, parts};
use crate::base::path::href;
use crate::base::phrase::Phrases;
use crate::base::{SourcePath, UrlPath};
use crate::document::{Body, Citation, Figure, Hole, Link, LinkTarget};
use crate::site::{Page, PageId, Site};
use crate::source::tree::CONTENT;

use super::figures;
use super::foreign;
use super::format::Format;
use super::mentions::{Mentions, WrittenLink};
use super::records::Records;

/// Fills the texts of one page; a reference to an act is linked where it first occurs.
pub struct Filler<'a> {
    site: &'a Site,
    page: &'a Page,
    figures: Option<(&'a Records<'a>, Format)>,
    n_figures: usize,
    mentions: Mentions<'a>,
    foreign: Option<&'a Phrases<String>>,
    /// Whether a link of the page leads to a page that the edition leaves out.
    leads_to_absent: bool,
    /// The acts, and the articles of acts, that a link leads to by now.
    cited: BTreeSet<(PageId, Option<&'a str>)>,
}

impl<'a> Filler<'a> {
    /// Starts before the first text of `page`.
    pub fn new(site: &'a Site, page: &'a Page) -> Self {
        Self {
            site,
            page,
            figures: None,
            n_figures: 0,
            mentions: Mentions::new(site, page),
            foreign: None,
            leads_to_absent: page.document.links.iter().any(|link| is_absent(site, link)),
            cited: BTreeSet::new(),
        }
    }

    /// Also draws the tables and charts, from `records`. Without them their places stay empty.
    #[must_use]
    pub fn with_figures(self, records: &'a Records<'a>, format: Format) -> Self {
        Self { figures: Some((records, format)), ..self }
    }

    /// Also marks the `foreign` phrases, which have the code of their language.
    #[must_use]
    pub fn with_foreign(self, foreign: &'a Phrases<String>) -> Self {
        Self { foreign: Some(foreign), ..self }
    }

    /// `html`, a part of `body`, without holes.
    pub fn fill(&mut self, body: &'a Body, html: &str) -> String {
        let mut written: Vec<WrittenLink> = Vec::new();
        let filled = body.fill(html, |hole, html| match hole {
            Hole::Link(number) => {
                let leads_to = self.page.targets.get(*number).copied().flatten();
                written.extend(leads_to.map(|id| (html.len(), id)));
                escape_into(&self.address(*number), html);
            }
            Hole::Citation(citation, text) => self.citation(citation, text, html),
            Hole::Figure(figure) => self.figure(figure, html),
        });
        let mut linked = self.mentions.link(filled, &written);
        if self.leads_to_absent {
            linked = without_empty_links(&linked);
        }
        match self.foreign {
            Some(foreign) => foreign::marked(foreign, linked),
            None => linked,
        }
    }

    fn figure(&mut self, figure: &Figure, html: &mut String) {
        let Some((records, format)) = self.figures else { return };
        self.n_figures += 1;
        let root = self.page.url.to_root();
        html.push_str(&figures::figure(records, figure, self.n_figures, &root, format));
    }

    fn citation(&mut self, citation: &'a Citation, text: &str, html: &mut String) {
        let found = self.page.document.citations.binary_search(citation).ok();
        let act = found.and_then(|number| self.page.citations.get(number).copied().flatten());
        let act = act.filter(|id| *id != self.page.id);
        let act = act.filter(|id| self.cited.insert((*id, citation.article.as_deref())));
        let Some(act) = act.map(|id| &self.site.pages[id]) else {
            return escape_into(text, html);
        };
        let address = href(&self.page.url, &act.url, act.document.anchor_of(citation));
        html.push_str("<a href=\"");
        escape_into(&address, html);
        html.push_str("\">");
        escape_into(text, html);
        html.push_str("</a>");
    }

    /// What is written in a link; empty when it leads nowhere, which was reported before.
    fn address(&mut self, number: usize) -> String {
        let Some(link) = self.page.document.links.get(number) else { return String::new() };
        let page = self.page.targets.get(number).copied().flatten();
        match (&link.target, page) {
            (LinkTarget::Page(_, anchor), Some(id)) => {
                // Who wrote a link to an act need not get another at its next mention.
                self.cited.insert((id, None));
                href(&self.page.url, &self.site.pages[id].url, anchor.as_deref())
            }
            (LinkTarget::Page(path, _) | LinkTarget::File { path, .. }, _) => self.asset(path),
        }
    }

    fn asset(&self, path: &SourcePath) -> String {
        let root = self.page.url.to_root();
        asset_link(self.site, path).map_or_else(String::new, |link| format!("{root}{link}"))
    }
}

fn is_absent(site: &Site, link: &Link) -> bool {
    matches!(&link.target, LinkTarget::Page(path, _) if site.absent.contains(path))
}

/// `html` with the words only of links that lead nowhere.
fn without_empty_links(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut is_inside = false;
    for (text, tag) in parts(html) {
        words.push_str(text);
        let Some(tag) = tag else { break };
        let is_link = tag.name() == "a";
        let starts = is_link && tag.attribute("href") == Some("");
        let ends = is_link && tag.is_end() && is_inside;
        is_inside = starts || (is_inside && !ends);
        if !starts && !ends {
            words.push_str(tag.0);
        }
    }
    words
}

/// The path of a file of the content in the built site, with its fingerprint: `sua/a.pdf?v=…`.
pub fn asset_link(site: &Site, path: &SourcePath) -> Option<String> {
    let hash = site.assets.get(path)?;
    let url = UrlPath::file(path.below(CONTENT)?)?;
    Some(format!("{}?v={}", href(&UrlPath::page([]), &url, None), hash.short()))
}
