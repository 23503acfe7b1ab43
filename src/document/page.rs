//! Reads one page: front matter by the schema of its type, text as a body with holes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::text::nearest;
use crate::base::{Checked, Diagnostics, Hash, SourcePath, Span, Table, Text, catalogue};
use crate::source::config::RESERVED;
use crate::source::tree::Blob;
use crate::source::yaml::{self, Node, Yaml};
use crate::source::{Config, MapReader};

use super::body::Body;
use super::fields::{Fields, Reference, Validator};
use super::front_matter::{self, Parts};
use super::markdown::{self, Words};
use super::meta::{self, Meta};
use super::schema::{Schema, Schemas};

/// A page as its file tells it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub path: SourcePath,
    /// The built-in front matter.
    pub meta: Meta,
    /// The page type, if it has one.
    pub schema: Option<Arc<Schema>>,
    /// The fields of the type.
    pub fields: Fields,
    /// The words of the page by taxonomy.
    pub terms: BTreeMap<String, Vec<String>>,
    /// What the fields refer to.
    pub references: Vec<Reference>,
    /// The text.
    pub body: Body,
}

impl Document {
    /// The page of a folder that nobody wrote.
    pub fn empty(path: SourcePath) -> Self {
        Self {
            path,
            meta: Meta::default(),
            schema: None,
            fields: Fields::new(),
            terms: BTreeMap::new(),
            references: Vec::new(),
            body: Body::default(),
        }
    }

    /// The text of the page and of all its Markdown fields.
    pub fn bodies(&self) -> Vec<&Body> {
        let mut bodies = vec![&self.body];
        self.fields.values().for_each(|value| value.bodies(&mut bodies));
        bodies
    }
}

/// What reading a page needs besides its file.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The site's configuration.
    pub config: &'a Config,
    /// The page types.
    pub schemas: &'a Schemas,
    /// Coloured code blocks that were seen before.
    pub highlights: &'a Table<String>,
}

impl Reading<'_> {
    /// Everything that the document of `path` depends on, in words: the key under which it is
    /// remembered.
    pub fn key(&self, path: &SourcePath, blob: &Blob) -> String {
        let taxonomies: Vec<&str> =
            self.config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str()).collect();
        let schemas = self.schemas.hash.map(|hash| hash.to_string()).unwrap_or_default();
        format!(
            "document {path} file={} schemas={schemas} language={} glossary={} taxonomies={}",
            blob.hash,
            self.config.language,
            self.config.glossary.as_deref().unwrap_or_default(),
            taxonomies.join(","),
        )
    }

    /// The fingerprint of `key`.
    pub fn hash(&self, path: &SourcePath, blob: &Blob) -> Hash {
        Hash::of(self.key(path, blob).as_bytes())
    }
}

/// Reads the page in `blob`.
pub fn read(path: &SourcePath, blob: &Blob, reading: &Reading<'_>) -> Checked<Document> {
    let mut diagnostics = Diagnostics::new();
    let text = blob.text().unwrap_or_default();
    if blob.text().is_none() {
        let valid =
            std::str::from_utf8(&blob.bytes).map_or_else(|error| error.valid_up_to(), str::len);
        diagnostics.push(catalogue::invalid_utf8(Span::new(path, valid..valid)));
    }
    let Parts { yaml, markdown } = front_matter::split(path, text).into_value(&mut diagnostics);
    let node = yaml::parse(path, text, yaml).into_value(&mut diagnostics);
    // Front matter that could not be read cannot be incomplete: one mistake is one message.
    let is_readable = node.yaml != Yaml::Null || diagnostics.is_empty();
    let mut reader = MapReader::new(path, &node);
    let meta = meta::read(&mut reader);
    diagnostics.append(&mut reader.diagnostics);

    let options = markdown::Options {
        marks_acronyms: reading.config.glossary.is_some(),
        words: Words::of(&reading.config.language),
        highlights: reading.highlights,
    };
    let schema = schema_of(path, &meta, reading.schemas, &mut diagnostics);
    let mut validator = Validator {
        file: path,
        text,
        markdown: &options,
        references: Vec::new(),
        diagnostics: Diagnostics::new(),
    };
    let declared = schema.as_ref().filter(|_| is_readable);
    let declared = declared.map_or(&[][..], |schema| &schema.fields);
    let fields = validator.fields(&node, declared);
    let Validator { references, diagnostics: found, .. } = validator;
    diagnostics.extend(found);
    if !reading.schemas.is_empty() {
        report_unknown_keys(path, &node, schema.as_deref(), reading.config, &mut diagnostics);
    }
    let terms = terms(path, &node, schema.as_deref(), reading.config, &mut diagnostics);
    let body = markdown::render(path, text, markdown, &options).into_value(&mut diagnostics);
    let path = path.clone();
    Checked::new(Document { path, meta, schema, fields, terms, references, body }, diagnostics)
}

fn schema_of(
    path: &SourcePath,
    meta: &Meta,
    schemas: &Schemas,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<Schema>> {
    let Some((name, span)) = &meta.page_type else { return schemas.of_folder(path).cloned() };
    let schema = schemas.get(name).cloned();
    if schema.is_none() && !schemas.is_empty() {
        let near = nearest(name, schemas.iter().map(|schema| schema.name.as_str()));
        diagnostics.push(catalogue::unknown_page_type(span.clone(), name, near));
    }
    schema
}

fn report_unknown_keys(
    path: &SourcePath,
    node: &Node,
    schema: Option<&Schema>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    let fields = schema.map_or(&[][..], |schema| &schema.fields);
    let known: Vec<&str> = RESERVED
        .iter()
        .copied()
        .chain(fields.iter().map(|field| field.name.as_str()))
        .chain(config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str()))
        .collect();
    let label = schema.map_or("pagina", |schema| &schema.label);
    for (key, _) in node.entries().unwrap_or_default() {
        if !known.contains(&key.name.as_str()) {
            let near = nearest(&key.name, known.iter().copied());
            let span = Span::new(path, key.range.clone());
            diagnostics.push(catalogue::unknown_field(span, &key.name, label, near));
        }
    }
}

/// The terms of the page. A taxonomy that is also a field of the type is filled by the field.
fn terms(
    path: &SourcePath,
    node: &Node,
    schema: Option<&Schema>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Vec<String>> {
    let mut terms = BTreeMap::new();
    for taxonomy in &config.taxonomies {
        let Some(value) = node.get(&taxonomy.name).filter(|value| value.yaml != Yaml::Null) else {
            continue;
        };
        let is_field = schema.is_some_and(|schema| schema.field(&taxonomy.name).is_some());
        let items = match &value.yaml {
            Yaml::List(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let mut words = Vec::new();
        for item in items {
            match item.scalar() {
                Some(scalar) => words.push(scalar.text.trim().to_owned()),
                None if is_field => {}
                None => {
                    let span = Span::new(path, item.range.clone());
                    let expected = Text::new("un testo", "a text");
                    let found = item.describe();
                    let wrong = catalogue::wrong_type(span, &taxonomy.name, &expected, &found);
                    diagnostics.push(wrong);
                }
            }
        }
        words.retain(|word| !word.is_empty());
        terms.insert(taxonomy.name.clone(), words);
    }
    terms
}
