//! The list of what is published, `content/_urls.lock`: the address of every page and the points of
//! its headings, one a line, so that two branches that add pages seldom meet in one line:
//!
//! ```text
//! /guide/prima/
//! /guide/prima/#chi-fa-che-cosa
//! ```
//!
//! An address starts at the front page, `/`. Lines that start with `#` are for readers. Only the
//! command `vasta lock` writes the file; what it means for a site is known to `site/published`.

use std::collections::BTreeSet;

use crate::base::{Checked, Diagnostics, SourcePath, Span, catalogue};

use super::tree::Tree;

/// The file.
pub const FILE: &str = "content/_urls.lock";

/// What the file says to people.
const HEAD: &str = "\
# Indirizzi e titoli pubblicati. Questo file lo scrive `vasta lock`; ciò che elenca non può sparire
# senza un rinvio: `aliases` per una pagina, `{prima=…}` per un titolo.
";

/// The list.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// Its lines, in the order of the file.
    pub lines: Vec<Line>,
}

/// One address.
#[derive(Clone, Debug)]
pub struct Line {
    /// The address of the page from `/`; it ends in `/`.
    pub address: String,
    /// The point of one of its headings; nothing for the page itself.
    pub anchor: Option<String>,
    /// Where it is written.
    pub span: Span,
}

impl Line {
    /// The address as it is written, with its point.
    pub fn written(&self) -> String {
        match &self.anchor {
            Some(anchor) => format!("{}#{anchor}", self.address),
            None => self.address.clone(),
        }
    }
}

impl Published {
    /// The list in `tree`; nothing when it has none.
    pub fn of(tree: &Tree) -> Option<Checked<Self>> {
        let (file, blob) = tree.find(FILE)?;
        Some(read(&file, blob.text().unwrap_or_default()))
    }
}

fn read(file: &SourcePath, text: &str) -> Checked<Published> {
    let mut diagnostics = Diagnostics::new();
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let written = line.trim();
        let span = Span::new(file, start..start + line.trim_end().len());
        start += line.len();
        if written.is_empty() || written.starts_with('#') {
            continue;
        }
        let (address, anchor) = match written.split_once('#') {
            Some((address, anchor)) => (address, Some(anchor)),
            None => (written, None),
        };
        let is_address = address.starts_with('/') && address.ends_with('/');
        if is_address && anchor != Some("") {
            let (address, anchor) = (address.to_owned(), anchor.map(str::to_owned));
            lines.push(Line { address, anchor, span });
        } else {
            diagnostics.push(catalogue::not_a_published_address(span));
        }
    }
    Checked::new(Published { lines }, diagnostics)
}

/// The file that lists `addresses`, each from `/` and perhaps with its point.
pub fn text(addresses: &BTreeSet<String>) -> String {
    let lines = addresses.iter().map(|address| format!("{address}\n"));
    HEAD.to_owned() + &lines.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let addresses = ["/", "/a/", "/a/#fasi"].map(str::to_owned);
        let addresses = BTreeSet::from(addresses);
        let file = SourcePath::new(FILE).expect("a clean path");
        let checked = read(&file, &text(&addresses));
        assert!(checked.diagnostics.is_empty());
        assert!(checked.value.lines.iter().map(Line::written).eq(addresses));
    }

    #[test]
    fn a_line_that_is_no_address_is_told() {
        let file = SourcePath::new(FILE).expect("a clean path");
        let checked = read(&file, "<<<<<<< HEAD\n/a/\r\n/b\n/c/#\n");
        let places: Vec<_> =
            checked.diagnostics.iter().map(|wrong| wrong.span.start..wrong.span.end).collect();
        assert_eq!(places, [0..12, 18..20, 21..25]);
        assert_eq!(checked.value.lines.len(), 1);
    }
}
