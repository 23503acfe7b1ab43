//! The facets of all pages: which values there are, and which pages have them.

use std::collections::{BTreeMap, BTreeSet};

use super::SearchPage;
use super::codec::{decode_ascending, encode_ascending};
use super::format::{path, read_script, script};

/// The pages of each value of each facet, by number.
#[derive(Default)]
pub(super) struct Facets(BTreeMap<String, BTreeMap<String, Vec<u32>>>);

/// Each facet with its values, and how many pages have them.
pub(super) type FacetCounts = Vec<(String, Vec<(String, u32)>)>;

impl Facets {
    /// Adds the facets of a page.
    pub(super) fn add(&mut self, number: u32, page: &SearchPage) {
        for (name, value) in values(page) {
            if !self.0.contains_key(name) {
                self.0.insert(name.to_owned(), BTreeMap::new());
            }
            let Some(facet) = self.0.get_mut(name) else { continue };
            let pages = match facet.get_mut(value) {
                Some(pages) => pages,
                None => facet.entry(value.to_owned()).or_default(),
            };
            // Pages of a new site come in order; those of an update are put in their place.
            let at = match pages.last() {
                Some(last) if *last >= number => pages.partition_point(|page| *page < number),
                _ => pages.len(),
            };
            pages.insert(at, number);
        }
    }

    /// Takes the facets of a page away; nothing if they are not there.
    pub(super) fn remove(&mut self, number: u32, page: &SearchPage) -> Option<()> {
        for (name, value) in values(page) {
            let facet = self.0.get_mut(name)?;
            let pages = facet.get_mut(value)?;
            pages.remove(pages.binary_search(&number).ok()?);
            if pages.is_empty() {
                facet.remove(value);
            }
            if facet.is_empty() {
                self.0.remove(name);
            }
        }
        Some(())
    }

    /// What the manifest tells of the facets, but for their labels.
    pub(super) fn counts(&self) -> FacetCounts {
        let count = |(value, pages): (&String, &Vec<u32>)| (value.clone(), pages.len() as u32);
        let facet = |(name, values): (&String, &BTreeMap<_, _>)| {
            (name.clone(), values.iter().map(count).collect())
        };
        self.0.iter().map(facet).collect()
    }

    /// The files, one a facet.
    pub(super) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let file = |(index, values): (usize, &BTreeMap<String, Vec<u32>>)| {
            let codes: Vec<String> = values.values().map(|pages| encode_ascending(pages)).collect();
            (facet_path(index), script(&facet_name(index), &codes))
        };
        self.0.values().enumerate().map(file).collect()
    }

    /// The facets that a build published, from its files in order; nothing if these do not have as
    /// many values and pages as the build counted.
    pub(super) fn read(counts: &FacetCounts, scripts: &[Vec<u8>]) -> Option<Facets> {
        let mut facets = Facets::default();
        if scripts.len() != counts.len() {
            return None;
        }
        for ((name, values), script) in counts.iter().zip(scripts) {
            let codes: Vec<String> = read_script(script)?;
            if codes.len() != values.len() {
                return None;
            }
            let mut facet = BTreeMap::new();
            for ((value, count), code) in values.iter().zip(codes) {
                let pages =
                    decode_ascending(&code).filter(|pages| pages.len() == *count as usize)?;
                facet.insert(value.clone(), pages);
            }
            facets.0.insert(name.clone(), facet);
        }
        Some(facets)
    }
}

/// The facet values of a page, each once, with the names of their facets.
pub(super) fn values(page: &SearchPage) -> BTreeSet<(&str, &str)> {
    let facets = page.facets.iter();
    facets
        .flat_map(|(name, values)| values.iter().map(|value| (name.as_str(), value.as_str())))
        .collect()
}

/// The file of a facet, without folder and extension.
pub(super) fn facet_name(index: usize) -> String {
    format!("f-{index}")
}

/// The path of a facet's file from the site root.
pub(super) fn facet_path(index: usize) -> String {
    path(&facet_name(index))
}
