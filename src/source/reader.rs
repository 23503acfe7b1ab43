//! Reads the keys of one YAML mapping of known shape (configuration, schemas, queries), and says
//! at the end which keys nobody asked for. Page fields are read by their schema instead.

use crate::base::text::nearest;
use crate::base::{Date, Diagnostics, SourcePath, Span, Text, catalogue};

use super::yaml::{Node, Yaml};

/// The entries of a mapping, taken one key at a time.
pub struct MapReader<'a> {
    file: &'a SourcePath,
    node: &'a Node,
    known: Vec<&'static str>,
    /// What was wrong so far.
    pub diagnostics: Diagnostics,
}

impl<'a> MapReader<'a> {
    /// Starts reading `node`; anything but a mapping or nothing is reported.
    pub fn new(file: &'a SourcePath, node: &'a Node) -> Self {
        let mut reader = Self { file, node, known: Vec::new(), diagnostics: Vec::new() };
        if !matches!(node.yaml, Yaml::Null | Yaml::Map(_)) {
            reader.wrong_type::<()>("", node, &Text::new("un gruppo di chiavi", "a group of keys"));
        }
        reader
    }

    /// The file that is read.
    pub fn file(&self) -> &'a SourcePath {
        self.file
    }

    /// The place of `node` in the file.
    pub fn span(&self, node: &Node) -> Span {
        Span::new(self.file, node.range.clone())
    }

    /// The place of the mapping.
    pub fn place(&self) -> Span {
        self.span(self.node)
    }

    /// The value of `key` as it is; a null counts as absent.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.node.get(key).filter(|node| node.yaml != Yaml::Null)
    }

    /// A text; numbers and booleans are taken as they are written.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        let node = self.node(key)?;
        match node.scalar() {
            Some(scalar) => Some(scalar.text.clone()),
            None => self.wrong_type(key, node, &Text::new("un testo", "a text")),
        }
    }

    /// A text and where it is written.
    pub fn placed_text(&mut self, key: &'static str) -> Option<(String, Span)> {
        let span = self.node(key).map(|node| self.span(node))?;
        Some((self.text(key)?, span))
    }

    /// One of some values by its name; another is reported with the names that there are.
    pub fn choice<T: Clone>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let (written, span) = self.placed_text(key)?;
        self.chosen(&written, span, choices)
    }

    /// Some of some values by their names, in the order in which they are written.
    pub fn choices<T: Clone>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Vec<T> {
        let written = self.placed_texts(key).into_iter();
        written.filter_map(|(written, span)| self.chosen(&written, span, choices)).collect()
    }

    fn chosen<T: Clone>(&mut self, written: &str, span: Span, choices: &[(&str, T)]) -> Option<T> {
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == written) {
            return Some(value.clone());
        }
        let names = choices.iter().map(|(name, _)| *name);
        let near = nearest(written, names.clone());
        self.diagnostics.push(catalogue::unknown_choice(span, written, names, near));
        None
    }

    /// An address of which `is_good` is true, and where it is written; another is reported beside an
    /// `example`.
    pub fn address(
        &mut self,
        key: &'static str,
        is_good: fn(&str) -> bool,
        example: &str,
    ) -> Option<(String, Span)> {
        let (written, span) = self.placed_text(key)?;
        if is_good(&written) {
            return Some((written, span));
        }
        self.diagnostics.push(catalogue::bad_address(span, &written, example));
        None
    }

    /// A day, month or year, and where it is written.
    pub fn date(&mut self, key: &'static str) -> Option<(Date, Span)> {
        let (written, span) = self.placed_text(key)?;
        if let Ok(date) = written.parse() {
            return Some((date, span));
        }
        self.diagnostics.push(catalogue::bad_date(span, &written));
        None
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        match node.scalar().filter(|scalar| !scalar.quoted).map(|scalar| &*scalar.text) {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => self.wrong_type(key, node, &Text::new("`true` o `false`", "`true` or `false`")),
        }
    }

    /// A whole number that is not negative.
    pub fn number(&mut self, key: &'static str) -> Option<usize> {
        let node = self.node(key)?;
        match node.scalar().and_then(|scalar| scalar.text.parse().ok()) {
            Some(number) => Some(number),
            None => self.wrong_type(key, node, &Text::new("un numero intero", "a whole number")),
        }
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, key: &'static str) -> Vec<String> {
        self.placed_texts(key).into_iter().map(|(text, _)| text).collect()
    }

    /// A list of texts, each with its place.
    pub fn placed_texts(&mut self, key: &'static str) -> Vec<(String, Span)> {
        self.node(key).map(|node| self.placed_texts_of(key, node)).unwrap_or_default()
    }

    /// The texts of `node`, a value called `key`, each with its place.
    pub fn placed_texts_of(&mut self, key: &str, node: &Node) -> Vec<(String, Span)> {
        let items = match &node.yaml {
            Yaml::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut texts = Vec::new();
        for item in items {
            match item.scalar() {
                Some(scalar) => texts.push((scalar.text.clone(), self.span(item))),
                None => {
                    self.wrong_type::<()>(key, item, &Text::new("un testo", "a text"));
                }
            }
        }
        texts
    }

    /// The items of a list.
    pub fn list(&mut self, key: &'static str) -> &'a [Node] {
        let Some(node) = self.node(key) else { return &[] };
        match &node.yaml {
            Yaml::List(items) => items,
            _ => self.wrong_type(key, node, &Text::new("un elenco", "a list")).unwrap_or_default(),
        }
    }

    /// The entries of a mapping whose keys are names that the site chooses.
    pub fn entries(&mut self, key: &'static str) -> &'a [(super::yaml::Key, Node)] {
        let Some(node) = self.node(key) else { return &[] };
        match node.entries() {
            Some(entries) => entries,
            None => self
                .wrong_type(key, node, &Text::new("un gruppo di chiavi", "a group of keys"))
                .unwrap_or_default(),
        }
    }

    /// Reads a mapping inside this one with `read`, keeping its diagnostics.
    pub fn inside<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut MapReader<'a>) -> T,
    ) -> Option<T> {
        let node = self.node(key)?;
        Some(self.each(node, read))
    }

    /// Reads `node`, a mapping found in a list of this one, with `read`.
    pub fn each<T>(&mut self, node: &'a Node, read: impl FnOnce(&mut MapReader<'a>) -> T) -> T {
        let mut inner = MapReader::new(self.file, node);
        let value = read(&mut inner);
        self.diagnostics.extend(inner.finish());
        value
    }

    /// Reports a value of the wrong type and gives nothing.
    pub fn wrong_type<T>(&mut self, key: &str, node: &Node, expected: &Text) -> Option<T> {
        let span = self.span(node);
        self.diagnostics.push(catalogue::wrong_type(span, key, expected, &node.describe()));
        None
    }

    /// Reports a key that is required and absent.
    pub fn required<T>(&mut self, key: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && self.node.get(key).is_none() {
            self.diagnostics.push(catalogue::missing_field(self.place(), key));
        }
        value
    }

    /// Reports the keys that nobody asked for and gives all diagnostics.
    pub fn finish(mut self) -> Diagnostics {
        for (key, near) in self.node.strangers(self.known.iter().copied()) {
            let span = Span::new(self.file, key.range.clone());
            self.diagnostics.push(catalogue::unknown_key(span, &key.name, near));
        }
        self.diagnostics
    }
}
