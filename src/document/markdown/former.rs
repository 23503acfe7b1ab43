//! The anchors that headings had before. `## Uffici {prima=sportelli}` is the heading “Uffici”, to
//! which a link to `#sportelli` leads as well: links to a page outlive the words of its headings.

use std::collections::BTreeMap;

use crate::base::html::escape;
use crate::base::{Diagnostics, Span, catalogue};

/// The attribute of a heading that names an anchor which it had before.
pub(super) const ATTRIBUTE: &str = "prima";

/// All anchors of headings, and which of them are former ones.
#[derive(Default)]
pub(super) struct FormerAnchors {
    places: BTreeMap<String, Span>,
    former: Vec<(String, Span)>,
}

impl FormerAnchors {
    /// Takes note of the heading at `span` with the anchor `id`. Gives the HTML of its `former` anchors.
    pub(super) fn read<'a>(
        &mut self,
        former: impl Iterator<Item = &'a str>,
        id: &str,
        span: &Span,
    ) -> String {
        self.places.insert(id.to_owned(), span.clone());
        let mut html = String::new();
        for anchor in former {
            let anchor = anchor.trim_matches(['"', '#']);
            if !anchor.is_empty() {
                html.push_str(&format!("<span id=\"{}\"></span>", escape(anchor)));
                self.former.push((anchor.to_owned(), span.clone()));
            }
        }
        html
    }

    /// The former anchors. One that another heading has, or had, is reported.
    pub(super) fn finish(mut self, diagnostics: &mut Diagnostics) -> Vec<String> {
        let mut anchors = Vec::new();
        for (anchor, span) in self.former {
            match self.places.get(&anchor) {
                Some(first) => {
                    diagnostics.push(catalogue::duplicate_anchor(span, &anchor, first.clone()));
                }
                None => {
                    self.places.insert(anchor.clone(), span);
                    anchors.push(anchor);
                }
            }
        }
        anchors
    }
}
