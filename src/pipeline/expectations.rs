//! What editors expect of the search: questions, and the pages that must be among the first answers.
//! They stand in `content/_search-tests.yaml`; `check` asks them of the index that the site would
//! have, so that an edit which spoils an answer is told before it is published.

use std::collections::BTreeMap;

use crate::base::text::nearest;
use crate::base::{Checked, Diagnostics, SourcePath, Span, Text, catalogue};
use crate::search::Index;
use crate::site::Site;
use crate::source::Tree;
use crate::source::reader::MapReader;
use crate::source::tree::CONTENT;
use crate::source::yaml::{self, Key, Node, Yaml};

/// The file of the expectations.
const FILE: &str = "content/_search-tests.yaml";
/// So many of the pages found are named when they are not what was expected.
const N_NAMED: usize = 5;

/// The expectations of a site.
pub(super) struct Expectations {
    file: SourcePath,
    expected: Vec<Expectation>,
}

/// One question and what it must find.
struct Expectation {
    query: String,
    place: Span,
    /// Each answer to it may come first; without any, nothing may be found.
    urls: Vec<String>,
    /// Among so many results one of the answers must be.
    within: usize,
    /// The search is narrowed to pages with these values.
    facets: Vec<(Key, Node)>,
}

impl Expectations {
    /// Reads the expectations for `site`; nothing when there is no file of them.
    pub(super) fn of(tree: &Tree, site: &Site) -> Option<Checked<Self>> {
        let (file, blob) = tree.find(FILE)?;
        let Checked { value: node, mut diagnostics } = yaml::read(&file, &blob);
        let items = match &node.yaml {
            Yaml::List(items) => items.as_slice(),
            Yaml::Null => &[],
            _ => {
                let span = Span::new(&file, node.range.clone());
                let list = Text::new("un elenco", "a list");
                diagnostics.push(catalogue::wrong_type(span, "", &list, &node.describe()));
                &[]
            }
        };
        let mut expected = Vec::new();
        for item in items {
            let mut reader = MapReader::new(&file, item);
            if item.entries().is_some() {
                expected.extend(expectation(&mut reader, site));
            }
            diagnostics.extend(reader.finish());
        }
        Some(Checked::new(Self { file, expected }, diagnostics))
    }

    /// Asks every question of `index`, and says which answers are not what is expected.
    pub(super) fn check(&self, site: &Site, index: &Index<'_>) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let names: BTreeMap<&str, &str> =
            site.pages.iter().map(|page| (page.url.as_str(), named(&page.document.path))).collect();
        for expectation in &self.expected {
            let values = self.values(expectation, index).into_value(&mut diagnostics);
            let limit = expectation.within.max(N_NAMED);
            let hits = index.search_among(&values, &expectation.query, limit).hits;
            let found: Vec<&str> = hits.iter().map(|hit| hit.url.as_str()).collect();
            let shown: Vec<&str> = found
                .iter()
                .take(N_NAMED)
                .map(|url| names.get(url).copied().unwrap_or(url))
                .collect();
            let Expectation { query, place, urls, within, .. } = expectation;
            if urls.is_empty() {
                if !found.is_empty() {
                    diagnostics.push(catalogue::search_test_found(place.clone(), query, &shown));
                }
                continue;
            }
            let mut first = found.iter().take(*within);
            if !first.any(|url| urls.iter().any(|wanted| wanted == url)) {
                let failed = catalogue::search_test_failed(place.clone(), query, *within, &shown);
                diagnostics.push(failed);
            }
        }
        diagnostics
    }

    /// The values to which a search is narrowed; those that no page has are reported.
    fn values(
        &self,
        expectation: &Expectation,
        index: &Index<'_>,
    ) -> Checked<Vec<(String, String)>> {
        let known = index.facets();
        let mut diagnostics = Diagnostics::new();
        let mut values = Vec::new();
        for (key, node) in &expectation.facets {
            let Some(choices) = known.get(key.name.as_str()) else {
                let span = Span::new(&self.file, key.range.clone());
                let near = nearest(&key.name, known.keys().copied());
                diagnostics.push(catalogue::unknown_key(span, &key.name, near));
                continue;
            };
            let written = node.scalar().map_or("", |scalar| scalar.text.as_str());
            if choices.contains(&written) {
                values.push((key.name.clone(), written.to_owned()));
            } else {
                let span = Span::new(&self.file, node.range.clone());
                let near = nearest(written, choices.iter().copied());
                let choices = choices.iter().copied();
                diagnostics.push(catalogue::unknown_choice(span, written, choices, near));
            }
        }
        Checked::new(values, diagnostics)
    }
}

/// Reads one question; nothing when it cannot be asked.
fn expectation(reader: &mut MapReader<'_>, site: &Site) -> Option<Expectation> {
    let place = reader.node("query").map(|node| reader.span(node));
    let query = reader.text("query");
    let query = reader.required("query", query);
    let pages = reader.placed_texts("page");
    let within = reader.number("within").unwrap_or(1).max(1);
    let facets = reader.entries("facets").to_vec();
    let finds_nothing = reader.boolean("nothing").unwrap_or(false);
    if !finds_nothing && pages.is_empty() {
        reader.required::<()>("page", None);
        return None;
    }
    let mut urls = Vec::new();
    let mut is_known = true;
    for (written, span) in &pages {
        let path = SourcePath::new(&format!("{CONTENT}/{written}"));
        match path.as_ref().and_then(|path| site.find(path)) {
            Some(page) => urls.push(page.url.to_string()),
            None if path.is_some_and(|path| site.absent.contains(&path)) => {}
            None => {
                is_known = false;
                let known = site.pages.iter().map(|page| named(&page.document.path));
                let near = nearest(written, known);
                reader.diagnostics.push(catalogue::broken_link(span.clone(), written, near));
            }
        }
    }
    // Nothing is expected of pages that the edition leaves out.
    is_known &= finds_nothing || !urls.is_empty();
    let expectation = Expectation { query: query?, place: place?, urls, within, facets };
    is_known.then_some(expectation)
}

/// The path of a page below `content/`, as editors write it.
fn named(path: &SourcePath) -> &str {
    path.below(CONTENT).unwrap_or(path.as_str())
}
