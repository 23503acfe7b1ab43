//! The words of the theme in the language of the site: a site's own theme may replace single ones of the
//! default theme, and add others for its own templates.

use std::collections::BTreeMap;

use crate::base::text::nearest;
use crate::base::{Checked, Diagnostics, Span, catalogue};
use crate::source::embedded::DEFAULT_THEME;
use crate::source::reader::MapReader;
use crate::source::tree::{THEMES, Tree};
use crate::source::yaml;

use super::template::Template;
use super::template::mistakes::named_words;

/// Words by key.
pub type Words = BTreeMap<String, String>;

/// The words of `language`, or else of Italian, of the themes `names`, the site's own first. A word that
/// the own theme adds and none of its `templates` names is told.
pub fn words(
    tree: &Tree,
    names: &[String],
    language: &str,
    templates: &[Template],
) -> Checked<Words> {
    let mut words = Words::new();
    let mut added = Vec::new();
    let mut diagnostics = Diagnostics::new();
    let short = language.split('-').next().unwrap_or(language);
    for name in names.iter().rev() {
        let file = |language: &str| format!("{THEMES}/{name}/i18n/{language}.yaml");
        let Some((path, blob)) = tree.find(&file(short)).or_else(|| tree.find(&file("it"))) else {
            continue;
        };
        let node = yaml::read(&path, &blob).into_value(&mut diagnostics);
        let reader = MapReader::new(&path, &node);
        diagnostics.extend(reader.diagnostics);
        for (key, value) in node.entries().unwrap_or_default() {
            let Some(scalar) = value.scalar() else { continue };
            let before = words.insert(key.name.clone(), scalar.text.clone());
            if before.is_none() && name != DEFAULT_THEME {
                added.push((key.name.clone(), Span::new(&path, key.range.clone())));
            }
        }
    }
    diagnostics.extend(unused(&words, added, templates));
    Checked::new(words, diagnostics)
}

/// Words that were `added` and that no template of a site's own theme names.
fn unused(words: &Words, added: Vec<(String, Span)>, templates: &[Template]) -> Diagnostics {
    if added.is_empty() {
        return Diagnostics::new();
    }
    let own = templates.iter().filter(|template| !template.is_of(DEFAULT_THEME));
    let Some(named) = named_words(own) else { return Diagnostics::new() };
    let is_added = |key: &&str| added.iter().any(|(added, _)| added == key);
    let known = || words.keys().map(String::as_str).filter(|key| !is_added(key));
    let unused = added.iter().filter(|(key, _)| !named.contains(key.as_str()));
    unused
        .map(|(key, span)| catalogue::unknown_word(span.clone(), key, nearest(key, known())))
        .collect()
}
