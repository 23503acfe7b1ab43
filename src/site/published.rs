//! Nothing published disappears: every address that was once published still leads to a page, by
//! itself or by an alias, and every point of a page is still there. What is gone is told with the page
//! or heading that most likely took its place, and with the words that make the old address lead there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::text::{nearest, slug};
use crate::base::{Diagnostic, Diagnostics, Mend, SourcePath, catalogue};
use crate::document::Document;
use crate::source::Published;
use crate::source::aliasing;
use crate::source::published::Line;

use super::Site;
use super::assemble::address;
use super::page::Page;

/// Shorter words say little about what a name means.
const LONG_WORD: usize = 4;

/// What people know of pages that were given another address: the old one, and the file of the page.
pub type Moved = BTreeMap<String, SourcePath>;

/// Every address of `site` that cannot disappear once it is published: the pages that somebody wrote,
/// and the points of their headings.
pub fn addresses(site: &Site) -> BTreeSet<String> {
    let written = site.pages.iter().filter(|page| page.document.is_written);
    let of_page = |page: &Page| {
        let address = address_of(page);
        let points = page.document.anchors.iter().map(|anchor| format!("{address}#{anchor}"));
        points.chain([address.clone()]).collect::<Vec<_>>()
    };
    written.flat_map(of_page).collect()
}

/// The address of a page as the list of what is published has it.
pub fn address_of(page: &Page) -> String {
    format!("/{}", page.url.pretty())
}

/// The addresses of pages in `published` to which nothing leads any more.
pub fn gone<'a>(published: &'a Published, site: &Site) -> Vec<&'a Line> {
    let known = Known::of(site);
    let pages = published.lines.iter().filter(|line| line.anchor.is_none());
    pages.filter(|line| !known.leads_somewhere(&line.address)).collect()
}

/// What is gone of `published`. `documents` are all of the site, published or not.
pub fn check<'a>(
    published: &Published,
    site: &Site,
    documents: impl Iterator<Item = &'a Arc<Document>> + Clone,
    moved: &Moved,
) -> Diagnostics {
    let known = Known::of(site);
    let mut diagnostics = Diagnostics::new();
    for line in &published.lines {
        match (&line.anchor, known.pages.get(line.address.as_str())) {
            (Some(anchor), Some(page)) if !has_anchor(page, anchor) => {
                diagnostics.push(lost_heading(line, anchor, page, published));
            }
            (None, None) if !known.leads_somewhere(&line.address) => {
                let search = Heirs { published, site, moved };
                let lost = withdrawn(line, documents.clone()).unwrap_or_else(|| search.lost(line));
                diagnostics.push(lost);
            }
            _ => {}
        }
    }
    diagnostics
}

/// The addresses of a site.
struct Known<'a> {
    pages: BTreeMap<String, &'a Page>,
    redirects: BTreeSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(site: &'a Site) -> Self {
        Self {
            pages: site.pages.iter().map(|page| (address_of(page), page)).collect(),
            redirects: site.redirects.iter().map(|redirect| redirect.from.pretty()).collect(),
        }
    }

    fn leads_somewhere(&self, address: &str) -> bool {
        self.pages.contains_key(address) || self.redirects.contains(&address[1..])
    }
}

fn has_anchor(page: &Page, anchor: &str) -> bool {
    page.document.anchor_names().any(|known| known == anchor)
}

fn lost_heading(line: &Line, anchor: &str, page: &Page, published: &Published) -> Diagnostic {
    let locked = anchors(published, &line.address);
    let new: Vec<&str> = page.document.anchors.iter().map(String::as_str).collect();
    let new: Vec<&str> = new.into_iter().filter(|anchor| !locked.contains(anchor)).collect();
    let alone = || match new.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let heir = likeliest(anchor, &new).or_else(alone);
    let file = page.document.path.as_str();
    let gone = catalogue::heading_gone(line.span.clone(), &line.written(), anchor, file, heir);
    // One heading of the page is gone and one is new: it has another name.
    let n_gone = locked.iter().filter(|anchor| !has_anchor(page, anchor)).count();
    let renamed = alone().filter(|_| n_gone == 1);
    gone.with_mend(renamed.map(|new| Mend::FormerAnchor {
        file: page.document.path.clone(),
        anchor: new.to_owned(),
        former: anchor.to_owned(),
    }))
}

/// The points that `published` has of the page at `address`.
fn anchors<'a>(published: &'a Published, address: &str) -> BTreeSet<&'a str> {
    let lines = published.lines.iter().filter(|line| line.address == address);
    lines.filter_map(|line| line.anchor.as_deref()).collect()
}

/// What is wrong when the page of `line` is there, but not published.
fn withdrawn<'a>(
    line: &Line,
    mut documents: impl Iterator<Item = &'a Arc<Document>>,
) -> Option<Diagnostic> {
    let is_here = |document: &&Arc<Document>| {
        address(&document.path, document).0.pretty() == &line.address[1..]
    };
    let document = documents.find(is_here)?;
    let (alias, file) = (alias(line), document.path.as_str());
    Some(catalogue::address_withdrawn(line.span.clone(), &line.address, alias, file))
}

/// The address of `line` as a front matter says it.
pub fn alias(line: &Line) -> &str {
    line.address.trim_matches('/')
}

/// Looks for the pages that took the place of others.
struct Heirs<'a> {
    published: &'a Published,
    site: &'a Site,
    moved: &'a Moved,
}

impl<'a> Heirs<'a> {
    fn lost(&self, line: &Line) -> Diagnostic {
        let heir = self.heir(line).map(|page| {
            let aliases = page.document.meta.aliases.iter().map(|(alias, _)| alias.as_str());
            (page.document.path.as_str(), aliasing::line(aliases, alias(line)))
        });
        let heir = heir.as_ref().map(|(file, line)| (*file, line.as_str()));
        let gone = catalogue::address_gone(line.span.clone(), &line.address, alias(line), heir);
        // Only what git knows is beyond doubt.
        let file = self.moved.get(&line.address).filter(|path| self.site.find(path).is_some());
        let alias = || alias(line).to_owned();
        gone.with_mend(file.map(|file| Mend::Alias { file: file.clone(), alias: alias() }))
    }

    /// The page that most likely took the place of that of `line`.
    fn heir(&self, line: &Line) -> Option<&'a Page> {
        if let Some(page) = self.moved.get(&line.address).and_then(|path| self.site.find(path)) {
            return Some(page);
        }
        let listed = self.published.lines.iter().map(|line| line.address.as_str());
        let listed: BTreeSet<&str> = listed.collect();
        let written = || self.site.pages.iter().filter(|page| page.document.is_written);
        let new: Vec<&Page> =
            written().filter(|page| !listed.contains(address_of(page).as_str())).collect();
        let name = last_part(&line.address);
        let same_name = |page: &&Page| last_part(page.url.pretty()) == name;
        new.iter()
            .copied()
            .find(same_name)
            .or_else(|| self.with_headings_of(line, &new))
            .or_else(|| with_name_like(name, &new))
            .or_else(|| written().find(same_name))
    }

    /// The page that has most of the headings that the one of `line` had.
    fn with_headings_of(&self, line: &Line, pages: &[&'a Page]) -> Option<&'a Page> {
        let wanted = anchors(self.published, &line.address);
        let shared = |page: &Page| wanted.iter().filter(|anchor| has_anchor(page, anchor)).count();
        let most = pages.iter().rev().copied().max_by_key(|page| shared(page))?;
        (!wanted.is_empty() && shared(most) * 2 >= wanted.len()).then_some(most)
    }
}

/// The page whose file or title is most like `name`.
fn with_name_like<'a>(name: &str, pages: &[&'a Page]) -> Option<&'a Page> {
    let names = pages.iter().map(|page| last_part(page.url.pretty()).to_owned());
    let names: Vec<String> = names.chain(pages.iter().map(|page| slug(&page.title))).collect();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let found = likeliest(name, &all)?;
    let place = all.iter().position(|name| *name == found)?;
    Some(pages[place % pages.len()])
}

fn last_part(address: &str) -> &str {
    address.trim_matches('/').rsplit('/').next().unwrap_or_default()
}

/// The name that is nearest to `name` in its letters, or else the one that shares most long words.
fn likeliest<'a>(name: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let is_long = |word: &&str| word.chars().count() >= LONG_WORD;
    let words: BTreeSet<&str> = name.split('-').filter(is_long).collect();
    let shared = |candidate: &str| {
        let all: BTreeSet<&str> = candidate.split('-').collect();
        all.intersection(&words).count()
    };
    let near = nearest(name, candidates.iter().copied());
    near.or_else(|| {
        let most = candidates.iter().rev().copied().max_by_key(|candidate| shared(candidate));
        most.filter(|candidate| shared(candidate) > 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_like_another_by_letters_or_by_words() {
        let names = ["servizi-ai-cittadini", "assistenza-ai-comuni", "contatti"];
        assert_eq!(likeliest("contato", &names), Some("contatti"));
        assert_eq!(likeliest("la-nostra-assistenza", &names), Some("assistenza-ai-comuni"));
        assert_eq!(likeliest("orari-ai", &names), None);
    }
}
