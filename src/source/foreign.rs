//! The foreign words that the texts of the site use, each with its language, for those who read aloud.
//! Where in a page they stand is found when it is rendered.

use std::collections::BTreeMap;

use crate::base::phrase::{Phrase, Phrases};
use crate::base::{Checked, Diagnostics, Hash, Span, Text, catalogue};

use super::config::Config;
use super::reader::MapReader;
use super::tree::Tree;
use super::yaml::{self, Key, Node, Yaml};

/// Foreign words and phrases.
#[derive(Debug, Default)]
pub struct Foreign {
    /// The phrases, each with the code of its language.
    pub phrases: Phrases<String>,
    /// The fingerprint of their file.
    pub hash: Option<Hash>,
}

impl Foreign {
    /// Reads the file that the configuration names: under the code of each language a list of phrases.
    pub fn of(tree: &Tree, config: &Config) -> Checked<Self> {
        let Some((file, place)) = &config.foreign else { return Checked::clean(Self::default()) };
        let Some(blob) = tree.get(file) else {
            let missing = catalogue::missing_file(place.clone(), file.as_str(), None);
            return Checked::new(Self::default(), vec![missing]);
        };
        let mut diagnostics = Diagnostics::new();
        let node = yaml::read(file, &blob).into_value(&mut diagnostics);
        let mut reader = MapReader::new(file, &node);
        let phrases = phrases(&mut reader, node.entries().unwrap_or_default());
        diagnostics.extend(reader.diagnostics);
        Checked::new(Self { phrases, hash: tree.hash(file) }, diagnostics)
    }
}

fn phrases(reader: &mut MapReader<'_>, languages: &[(Key, Node)]) -> Phrases<String> {
    let mut phrases: BTreeMap<Phrase, (String, Span)> = BTreeMap::new();
    for (language, node) in languages {
        if !is_language(&language.name) {
            let span = Span::new(reader.file(), language.range.clone());
            reader.diagnostics.push(catalogue::bad_language(span, &language.name));
            continue;
        }
        let Yaml::List(items) = &node.yaml else {
            reader.wrong_type::<()>(&language.name, node, &Text::new("un elenco", "a list"));
            continue;
        };
        for item in items {
            let Some(phrase) = item.scalar().and_then(|scalar| Phrase::of(&scalar.text)) else {
                let expected = Text::new("una o più parole", "one or more words");
                reader.wrong_type::<()>(&language.name, item, &expected);
                continue;
            };
            let span = reader.span(item);
            if let Some((_, first)) = phrases.get(&phrase) {
                reader.diagnostics.push(catalogue::repeated_phrase(span, first.clone()));
                continue;
            }
            phrases.insert(phrase, (language.name.clone(), span));
        }
    }
    phrases.into_iter().map(|(phrase, (language, _))| (phrase, language)).collect()
}

/// Whether `code` is made like the code of a language, such as `en` or `pt-BR`.
fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let language = parts.next().unwrap_or_default();
    let is_part = |part: &str| {
        (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(is_part)
}
