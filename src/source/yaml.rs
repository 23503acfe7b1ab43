//! YAML as a tree that knows where every key and value stands, so that everything wrong in a file
//! can be reported at its place. Scalars stay text: what `026` or `2026-11-23` means is decided by
//! the field that holds it, not by YAML's guesses. Limits keep a hostile file from growing.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Error, Options, Spanned};

use super::tree::Blob;
use crate::base::text::nearest;
use crate::base::{Checked, Diagnostic, SourcePath, Span, Text, catalogue};

/// A value and its place in the file, in bytes from the file's start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The value.
    pub yaml: Yaml,
    /// Where it stands.
    pub range: Range<usize>,
}

/// What a YAML value can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Yaml {
    /// Nothing, `~` or `null`.
    Null,
    /// Any scalar as it is written, without quotes.
    Scalar(Scalar),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the order of the file, keys unique.
    Map(Vec<(Key, Node)>),
}

/// The text of a scalar and whether it was quoted (then it cannot be a number or a boolean).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The text without quotes.
    pub text: String,
    /// Whether it was quoted or a block (`|`, `>`).
    pub quoted: bool,
}

/// A key of a mapping and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub name: String,
    /// Where it stands.
    pub range: Range<usize>,
}

impl Node {
    /// The text of a scalar.
    pub fn scalar(&self) -> Option<&Scalar> {
        match &self.yaml {
            Yaml::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The entries of a mapping.
    pub fn entries(&self) -> Option<&[(Key, Self)]> {
        match &self.yaml {
            Yaml::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of `key` in a mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries()?.iter().find(|(name, _)| name.name == key).map(|(_, value)| value)
    }

    /// The keys of a mapping that are not `known`, each with the known one that was most likely meant:
    /// never one that is there as well, or that another one could mean too.
    pub fn strangers<'n, 'k>(
        &'n self,
        known: impl Iterator<Item = &'k str> + Clone,
    ) -> Vec<(&'n Key, Option<&'k str>)> {
        let keys = self.entries().unwrap_or_default().iter().map(|(key, _)| key);
        let strangers = keys.filter(|key| known.clone().all(|known| known != key.name));
        let strangers: Vec<_> =
            strangers.map(|key| (key, nearest(&key.name, known.clone()))).collect();
        let n_times = |near: &str| strangers.iter().filter(|(_, it)| *it == Some(near)).count();
        let is_free = |near: &&str| self.get(near).is_none() && n_times(near) == 1;
        strangers.iter().map(|(key, near)| (*key, near.filter(is_free))).collect()
    }

    /// What kind of value this is, for messages.
    pub fn describe(&self) -> Text {
        match &self.yaml {
            Yaml::Null => Text::new("niente", "nothing"),
            Yaml::Scalar(scalar) => {
                let shown = format!("`{}`", scalar.text.lines().next().unwrap_or_default());
                Text::new(shown.clone(), shown)
            }
            Yaml::List(_) => Text::new("un elenco", "a list"),
            Yaml::Map(_) => Text::new("un gruppo di chiavi", "a group of keys"),
        }
    }
}

/// Parses a whole file; one that is not UTF-8 is reported and gives `Yaml::Null`.
pub fn read(file: &SourcePath, blob: &Blob) -> Checked<Node> {
    match blob.text() {
        Some(text) => parse(file, text, 0..text.len()),
        None => {
            let null = Node { yaml: Yaml::Null, range: 0..0 };
            Checked::new(null, vec![catalogue::invalid_utf8(Span::start_of(file))])
        }
    }
}

/// Parses the part `range` of `text`, the whole text of `file`.
///
/// A syntax error gives `Yaml::Null` and one diagnostic; duplicate keys are reported and the first
/// one kept.
pub fn parse(file: &SourcePath, text: &str, range: Range<usize>) -> Checked<Node> {
    let part = &text[range.clone()];
    let null = Node { yaml: Yaml::Null, range: range.clone() };
    if part.lines().all(|line| line.trim().is_empty() || line.trim().starts_with('#')) {
        return Checked::clean(null);
    }
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(part, options()) {
        Ok(raw) => {
            let mut builder = Builder { file, text, start: range.start, diagnostics: Vec::new() };
            let node = builder.node(raw);
            Checked::new(node, builder.diagnostics)
        }
        Err(error) => Checked::new(null, vec![syntax_error(file, text, range, &error)]),
    }
}

fn options() -> Options {
    // Generous for what people write, small for what attacks write; aliases are not for editors.
    serde_yaml::options! {
        budget: serde_yaml::budget! {
            max_aliases: 0,
            max_anchors: 8,
            max_nodes: 20_000,
            max_events: 60_000,
            max_depth: 32,
        },
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        strict_booleans: true,
        with_snippet: false,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
    }
}

fn syntax_error(file: &SourcePath, text: &str, range: Range<usize>, error: &Error) -> Diagnostic {
    let error = error.without_snippet();
    let at = error
        .location()
        .and_then(|location| location.span().byte_offset())
        .and_then(|offset| usize::try_from(offset).ok())
        .map_or(range.start, |offset| (range.start + offset).min(range.end));
    let line_end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    let span = Span::new(file, at..line_end.max(at));
    let detail = error.to_string();
    let is_limit = ["limit", "alias", "depth"].iter().any(|word| detail.contains(word));
    if is_limit || matches!(error, Error::Budget { .. }) {
        return catalogue::yaml_too_complex(span);
    }
    // The library repeats the place in words; ours is in the span.
    let detail = detail.split(" at line ").next().unwrap_or(&detail);
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    catalogue::yaml_syntax(span, detail, &text[line_start..line_end])
}

/// YAML as serde delivers it, before the text of numbers is put back.
enum Raw {
    Null,
    Plain,
    Text(String),
    List(Vec<Spanned<Self>>),
    Map(Vec<(Spanned<Self>, Spanned<Self>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}

/// Turns `Raw` into `Node`, with places counted from the start of the file.
struct Builder<'a> {
    file: &'a SourcePath,
    text: &'a str,
    start: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn node(&mut self, raw: Spanned<Raw>) -> Node {
        let range = self.range(&raw);
        let yaml = match raw.value {
            Raw::Null => Yaml::Null,
            Raw::Plain => Yaml::Scalar(Scalar { text: self.written(&range), quoted: false }),
            Raw::Text(text) => {
                let quoted = self.text[range.start..].starts_with(['"', '\'', '|', '>']);
                Yaml::Scalar(Scalar { text, quoted })
            }
            Raw::List(items) => Yaml::List(items.into_iter().map(|item| self.node(item)).collect()),
            Raw::Map(entries) => Yaml::Map(self.entries(entries)),
        };
        Node { yaml, range }
    }

    fn entries(&mut self, raw: Vec<(Spanned<Raw>, Spanned<Raw>)>) -> Vec<(Key, Node)> {
        let mut entries: Vec<(Key, Node)> = Vec::with_capacity(raw.len());
        for (key, value) in raw {
            let range = self.range(&key);
            let name = match key.value {
                Raw::Text(name) => name,
                _ => self.written(&range),
            };
            let first = entries.iter().find(|(known, _)| known.name == name);
            if let Some((first, _)) = first {
                let first = Span::new(self.file, first.range.clone());
                let span = Span::new(self.file, range);
                self.diagnostics.push(catalogue::duplicate_key(span, &name, first));
                continue;
            }
            entries.push((Key { name, range }, self.node(value)));
        }
        entries
    }

    fn range(&self, raw: &Spanned<Raw>) -> Range<usize> {
        let span = raw.referenced.span();
        let offset = |bytes: Option<u64>| bytes.and_then(|bytes| usize::try_from(bytes).ok());
        let start = self.start + offset(span.byte_offset()).unwrap_or(0);
        let end = start + offset(span.byte_len()).unwrap_or(0);
        let end = end.min(self.text.len());
        let start = start.min(end);
        // The parser's span of a plain value may reach over the blanks that follow it.
        start..start + self.text.get(start..end).map_or(0, |part| part.trim_end().len())
    }

    fn written(&self, range: &Range<usize>) -> String {
        self.text.get(range.clone()).unwrap_or_default().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Checked<Node> {
        let file = SourcePath::new("a.md").expect("a clean path");
        parse(&file, text, 0..text.len())
    }

    fn told(text: &str) -> Vec<(String, &str)> {
        let diagnostics = parsed(text).diagnostics;
        let place = |span: &Span| &text[span.start..span.end];
        diagnostics.iter().map(|found| (found.code.clone(), place(&found.span))).collect()
    }

    #[test]
    fn every_value_knows_its_place() {
        let text = "titolo: Però\nanni: [2023, '026']\nstato: { attivo: true }\n";
        let node = parsed(text).value;
        let place = |node: &Node| text[node.range.clone()].to_owned();
        assert_eq!(node.get("titolo").map(place).as_deref(), Some("Però"));
        let Some(Yaml::List(years)) = node.get("anni").map(|node| node.yaml.clone()) else {
            panic!("a list")
        };
        assert_eq!(years.iter().map(place).collect::<Vec<_>>(), ["2023", "'026'"]);
        assert_eq!(years[1].scalar().map(|scalar| scalar.quoted), Some(true));
        let active = node.get("stato").and_then(|state| state.get("attivo"));
        assert_eq!(active.and_then(Node::scalar).map(|scalar| &*scalar.text), Some("true"));
    }

    #[test]
    fn a_stranger_means_a_key_that_is_not_there_yet() {
        let node = parsed("titl: A\ndat: B\nanno: C\nannoo: D\ndate2: E\n").value;
        let strangers = node.strangers(["title", "date", "anno"].into_iter());
        let told: Vec<_> = strangers.iter().map(|(key, near)| (key.name.as_str(), *near)).collect();
        let expected = [("titl", Some("title")), ("dat", None), ("annoo", None), ("date2", None)];
        assert_eq!(told, expected);
    }

    #[test]
    fn scalars_keep_their_spelling() {
        let node = parsed("a: 026\nb: 1_000\nc: 2026-11-23\nd: 1.50\ne: no\n").value;
        let text = |key| node.get(key).and_then(Node::scalar).map(|scalar| scalar.text.clone());
        let texts = ["a", "b", "c", "d", "e"].map(text).map(Option::unwrap_or_default);
        assert_eq!(texts, ["026", "1_000", "2026-11-23", "1.50", "no"]);
    }

    #[test]
    fn each_duplicate_key_is_reported_at_its_place() {
        assert_eq!(
            told("a: 1\nb: 2\na: 3\nb: 4\n"),
            [("V003".to_owned(), "a"), ("V003".to_owned(), "b")]
        );
    }

    #[test]
    fn broken_syntax_is_one_diagnostic() {
        assert_eq!(told("a: [1, 2\nb: 3\n").len(), 1);
        assert_eq!(told("titolo: SUA: che cos'è\n")[0].0, "V002");
    }

    #[test]
    fn bombs_are_refused_quickly() {
        let laughs = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
        assert_eq!(told(laughs)[0].0, "V015");
        assert_eq!(told(&"[".repeat(20_000))[0].0, "V015");
    }
}
