//! The list of all that is published: what a build says of it, and what it becomes when somebody
//! brings it up to date. Editions are not held to it, since each leaves out and replaces pages.

use std::collections::BTreeSet;

use crate::base::{Checked, Diagnostics, SourcePath};
use crate::site::published::{self as rules, Moved};
use crate::site::{Settings, Site};
use crate::source::published as list;
use crate::source::{Published, Tree};

use super::assembled_of;
use super::reading::Documents;

/// What `site`, made of `tree`, has no longer of what is published; nothing for a tree without list.
pub(super) fn check(tree: &Tree, site: &Site, documents: &Documents) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    if tree.edition().is_none()
        && let Some(published) = Published::of(tree)
    {
        let published = published.into_value(&mut diagnostics);
        let lost = rules::check(&published, site, documents.values(), &Moved::new());
        diagnostics.extend(lost);
    }
    diagnostics
}

/// The list brought up to date.
#[derive(Debug)]
pub struct Listing {
    /// The text of its file.
    pub text: String,
    /// How many addresses and points it has.
    pub n_addresses: usize,
    /// How many of them are new.
    pub n_new: usize,
    /// What should have been forgotten, but is not in the list or still published.
    pub not_forgotten: Vec<String>,
    /// Where the pages are that were moved: the file, and the old address as it has to say it.
    pub moved: Vec<(SourcePath, String)>,
}

/// The list of `tree` with all that is published now and without what is `forgotten`. The diagnostics
/// say what is gone; those who see one do not write the list. `moved` is what is known of pages that
/// were given another address.
pub fn list(
    tree: &Tree,
    settings: &Settings,
    forgotten: &[String],
    moved: &Moved,
) -> Checked<Listing> {
    let mut diagnostics = Diagnostics::new();
    let (_, site, documents) = assembled_of(tree, settings);
    let mut published = match Published::of(tree) {
        Some(published) => published.into_value(&mut diagnostics),
        None => Published::default(),
    };
    let now = rules::addresses(&site);
    let mut not_forgotten = Vec::new();
    for address in forgotten.iter().map(|address| normal(address)) {
        let n_before = published.lines.len();
        published.lines.retain(|line| line.address != address && line.written() != address);
        if n_before == published.lines.len() || now.contains(&address) {
            not_forgotten.push(address);
        }
    }
    diagnostics.extend(rules::check(&published, &site, documents.values(), moved));
    let gone = rules::gone(&published, &site);
    let heir = |line: &list::Line| {
        Some((moved.get(&line.address)?.clone(), rules::alias(line).to_owned()))
    };
    let moved = gone.into_iter().filter_map(heir).collect();
    let before: BTreeSet<String> = published.lines.iter().map(list::Line::written).collect();
    let n_new = now.difference(&before).count();
    let all: BTreeSet<String> = before.union(&now).cloned().collect();
    let text = list::text(&all);
    let n_addresses = all.len();
    Checked::new(Listing { text, n_addresses, n_new, not_forgotten, moved }, diagnostics)
}

/// An address as people write it, as the list has it: `guide/prima` is `/guide/prima/`.
fn normal(written: &str) -> String {
    let (address, anchor) = written.split_once('#').unwrap_or((written, ""));
    let path = address.trim_end_matches("index.html").trim_matches('/');
    let address = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
    if anchor.is_empty() { address } else { format!("{address}#{anchor}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_be_written_in_several_ways() {
        for written in ["guide/prima", "/guide/prima/", "guide/prima/index.html"] {
            assert_eq!(normal(written), "/guide/prima/");
        }
        assert_eq!(normal("guide/prima#fasi"), "/guide/prima/#fasi");
        assert_eq!(normal("/"), "/");
    }
}
