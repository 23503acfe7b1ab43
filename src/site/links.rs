//! Whether every link leads somewhere, point and file included; and if not, where it was meant to.

use crate::base::text::{fold, nearest};
use crate::base::{Diagnostic, Diagnostics, SourcePath, catalogue};
use crate::document::body::missing_anchor;
use crate::document::{Link, LinkTarget};
use crate::source::Config;
use crate::source::config::EntryTarget;
use crate::source::tree::CONTENT;

use super::Site;
use super::assemble::SECTION_FILE;
use super::page::{Page, PageId};

/// What is wrong with the links of `page`.
pub fn check(site: &Site, page: &Page) -> Diagnostics {
    let links = page.document.links.iter().zip(&page.targets);
    links.filter_map(|(link, target)| check_link(site, link, *target)).collect()
}

/// Checks the menus of the configuration.
pub fn check_entries(site: &Site, config: &Config) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for entry in config.navigation.iter().chain(&config.footer) {
        if let EntryTarget::Page(path) = &entry.target
            && site.find(path).is_none()
            && !site.absent.contains(path)
        {
            let all = site.pages.iter().map(|page| page.place.as_str());
            let near = nearest(path.as_str(), all);
            let near = near.and_then(|near| near.split_once('/')).map(|(_, below)| below);
            let written = path.as_str().split_once('/').map_or("", |(_, below)| below);
            diagnostics.push(catalogue::unknown_page(entry.span.clone(), written, near));
        }
    }
    diagnostics
}

fn check_link(site: &Site, link: &Link, leads_to: Option<PageId>) -> Option<Diagnostic> {
    let Link { target, written, span } = link;
    match target {
        LinkTarget::Page(path, anchor) => match (leads_to.map(|id| &site.pages[id]), anchor) {
            (Some(page), Some(anchor)) => {
                let known = page.document.anchor_names();
                missing_anchor(anchor, known, &page.title, written, span)
            }
            (Some(_), None) => None,
            (None, _) if site.assets.contains_key(path) || site.absent.contains(path) => None,
            (None, _) => {
                let near = nearest_page(site, &span.file, path);
                let broken = catalogue::broken_link(span.clone(), written, near.as_deref());
                let meant = near.as_deref().and_then(|near| span.file.resolve(near, CONTENT));
                let meant = meant.and_then(|path| site.find(&path));
                Some(match (anchor, meant) {
                    (Some(anchor), Some(page)) if !has_anchor(page, anchor) => {
                        broken.with_mend(None)
                    }
                    _ => broken,
                })
            }
        },
        LinkTarget::File { path, .. } if site.assets.contains_key(path) => None,
        LinkTarget::File { path, .. } => {
            let near = nearest_file(site, &span.file, path);
            Some(catalogue::missing_file(span.clone(), written, near.as_deref()))
        }
    }
}

fn has_anchor(page: &Page, anchor: &str) -> bool {
    page.document.anchor_names().any(|known| known == anchor)
}

/// The page that a broken link from `from` most likely means, as a relative link.
pub fn nearest_page(site: &Site, from: &SourcePath, wanted: &SourcePath) -> Option<String> {
    let guesses = [format!("{wanted}/_index.md"), format!("{wanted}.md")];
    let guessed = guesses
        .iter()
        .filter_map(|guess| SourcePath::new(guess))
        .find(|guess| site.find(guess).is_some());
    let places = site.pages.iter().map(|page| &page.place);
    guessed.or_else(|| nearest_of(wanted, places)).map(|path| relative(from, &path))
}

/// The file that a broken link from `from` most likely means, as a relative link.
pub fn nearest_file(site: &Site, from: &SourcePath, wanted: &SourcePath) -> Option<String> {
    nearest_of(wanted, site.assets.keys()).map(|path| relative(from, &path))
}

/// The only path of the same name as `wanted`, or else the nearest as a whole of those whose name is
/// near: in a long path a name could be another one altogether.
fn nearest_of<'a>(
    wanted: &SourcePath,
    paths: impl Iterator<Item = &'a SourcePath> + Clone,
) -> Option<SourcePath> {
    let name = own_name(wanted);
    let mut same_name = paths.clone().filter(|path| fold(own_name(path)) == fold(name));
    let same_name = same_name.next().filter(|_| same_name.next().is_none());
    let of_near_name = paths.filter(|path| nearest(name, [own_name(path)]).is_some());
    let near = nearest(wanted.as_str(), of_near_name.map(SourcePath::as_str));
    same_name.cloned().or_else(|| near.and_then(SourcePath::new))
}

/// The last part of a path; of the page of a folder that of the folder.
fn own_name(path: &SourcePath) -> &str {
    let name = if path.name() == SECTION_FILE { path.folder() } else { path.as_str() };
    let name = name.rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".md").unwrap_or(name)
}

/// How a file links to another, as forges show it.
fn relative(from: &SourcePath, to: &SourcePath) -> String {
    let here: Vec<&str> = from.folder().split('/').collect();
    let there: Vec<&str> = to.as_str().split('/').collect();
    let shared = here.iter().zip(&there).take_while(|(left, right)| left == right).count();
    format!("{}{}", "../".repeat(here.len() - shared), there[shared..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_is_a_link_that_can_be_pasted() {
        let path = |path| SourcePath::new(path).expect("a clean path");
        let link = |from, to| relative(&path(from), &path(to));
        assert_eq!(link("content/a/b.md", "content/a/c.md"), "c.md");
        assert_eq!(link("content/a/b.md", "content/d/_index.md"), "../d/_index.md");
        assert_eq!(link("content/b.md", "content/d/e.md"), "d/e.md");
    }
}
