//! The acts of law that the site has pages about, for the references to them in texts.

use std::collections::BTreeMap;

use crate::document::citation::acts_of_urn;
use crate::document::{Act, Value};
use crate::source::Config;

use super::page::{Page, PageId};

/// Acts and the page about each; nothing for a name that several pages claim, such as the day of two
/// decrees: which of them is meant cannot be known.
#[derive(Debug, Default)]
pub struct Acts {
    pages: BTreeMap<Act, Option<PageId>>,
}

impl Acts {
    /// Takes the acts from the uniform names on the pages of the configured type.
    pub fn of(pages: &[Page], config: &Config) -> Self {
        let mut acts = Self::default();
        let Some(citations) = &config.citations else { return acts };
        for page in pages.iter().filter(|page| page.type_name() == citations && !page.is_expired) {
            let urns = page.document.fields.values().filter_map(|value| match value {
                Value::Urn(urn) => acts_of_urn(urn),
                _ => None,
            });
            for act in urns.flatten() {
                acts.pages
                    .entry(act)
                    .and_modify(|known| *known = known.filter(|known| *known == page.id))
                    .or_insert(Some(page.id));
            }
        }
        acts
    }

    /// The page about `act`.
    pub fn find(&self, act: &Act) -> Option<PageId> {
        self.pages.get(act).copied().flatten()
    }
}
