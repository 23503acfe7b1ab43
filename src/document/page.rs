//! Reads one page: front matter by the schema of its type, text as a body with holes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::readability::Readability;
use crate::base::text::nearest;
use crate::base::{Checked, Diagnostics, Hash, SourcePath, Span, Table, Text, catalogue};
use crate::source::config::RESERVED;
use crate::source::front_matter::{self, Parts};
use crate::source::tree::Blob;
use crate::source::yaml::{self, Node, Yaml};
use crate::source::{Config, Foreign, LanguageRules, MapReader};

use super::body::{Body, Hole, Link, LinkTarget};
use super::citation::{Citation, article_of_heading};
use super::fields::{Fields, Reference, Validator, Value, opening};
use super::figure::Figure;
use super::language::{self, Acronym, Judge};
use super::markdown::{self, Words};
use super::meta::{self, Meta};
use super::schema::{Schema, Schemas};

/// A page as its file tells it, without its texts: all that other pages can depend on, and a little
/// more. It is small, and is remembered for every page; the bodies are not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// The file.
    pub path: SourcePath,
    /// Whether there is such a file. A folder has a page even when nobody wrote one.
    pub is_written: bool,
    /// The fingerprint of the file's bytes.
    pub hash: Hash,
    /// How many bytes the file has.
    pub n_bytes: u64,
    /// The built-in front matter.
    pub meta: Meta,
    /// The name of the page type, if it has one that exists.
    pub type_name: Option<String>,
    /// The page type itself. It is read with every build and put in its place by `connect`.
    #[serde(skip)]
    pub schema: Option<Arc<Schema>>,
    /// The fields of the type.
    pub fields: Fields,
    /// The words of the page by taxonomy.
    pub terms: BTreeMap<String, Vec<String>>,
    /// The page that has taken its place, by the number of its reference.
    pub heir: Option<usize>,
    /// What the fields and the heir refer to.
    pub references: Vec<Reference>,
    /// The links of all its texts to other files.
    pub links: Vec<Link>,
    /// The tables and charts of its texts.
    pub figures: Vec<Figure>,
    /// The references of its texts to acts of law, each once.
    pub citations: Vec<Citation>,
    /// The articles that its headings are about, each with its point; only of pages about acts.
    pub articles: Vec<(String, String)>,
    /// The points of its headings, those that they had before among them.
    pub anchors: Vec<String>,
    /// The points of its footnotes.
    pub note_anchors: Vec<String>,
    /// The heading of first level with which the text opens, if any: a title.
    pub title: Option<String>,
    /// The first sentences of the text, when front matter does not say what the page is about.
    pub beginning: String,
    /// What there is to read in its text and its Markdown fields, and so how hard it is.
    pub readability: Readability,
    /// The acronyms that it uses and does not explain; perhaps the glossary does.
    pub acronyms: Vec<Acronym>,
}

/// A page and its texts.
#[derive(Clone, Debug)]
pub struct Written {
    /// What is remembered of it.
    pub document: Document,
    /// Its texts.
    pub bodies: Bodies,
}

/// The text of a page, and then those of its Markdown fields in the order of the front matter.
pub type Bodies = Vec<Body>;

impl Document {
    /// The page of a folder that nobody wrote.
    pub fn empty(path: SourcePath) -> Self {
        Self {
            path,
            is_written: false,
            hash: Hash::of(&[]),
            n_bytes: 0,
            meta: Meta::default(),
            type_name: None,
            schema: None,
            fields: Fields::new(),
            terms: BTreeMap::new(),
            heir: None,
            references: Vec::new(),
            links: Vec::new(),
            figures: Vec::new(),
            citations: Vec::new(),
            articles: Vec::new(),
            anchors: Vec::new(),
            note_anchors: Vec::new(),
            title: None,
            beginning: String::new(),
            readability: Readability::default(),
            acronyms: Vec::new(),
        }
    }

    /// Puts the page type, and the file of its links, in their places after the document was read
    /// back.
    pub fn connect(&mut self, schemas: &Schemas) {
        self.links.iter_mut().for_each(|link| link.span.file = self.path.clone());
        self.schema = self.type_name.as_ref().and_then(|name| schemas.get(name)).cloned();
    }

    /// The point of this page, which is about the act that `citation` names, to which it leads.
    pub fn anchor_of(&self, citation: &Citation) -> Option<&str> {
        let wanted = citation.article.as_ref()?;
        let found = self.articles.iter().find(|(article, _)| article == wanted);
        found.map(|(_, anchor)| anchor.as_str())
    }

    /// Whether it says where something comes from, in a footnote or a field.
    pub fn has_source(&self) -> bool {
        !self.note_anchors.is_empty() || names_source(&self.fields)
    }

    /// Every point of its text that a link may lead to.
    pub fn anchor_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.anchors.iter().chain(&self.note_anchors).map(String::as_str)
    }

    fn targets(&self) -> impl Iterator<Item = &LinkTarget> {
        self.links.iter().map(|link| &link.target)
    }

    /// Whether others see the same in both: everything but the text of the file, how it reads, and
    /// the places of links in it.
    pub fn has_interface_of(&self, other: &Self) -> bool {
        self.path == other.path
            && self.meta == other.meta
            && self.type_name == other.type_name
            && self.fields == other.fields
            && self.terms == other.terms
            && self.heir == other.heir
            && self.references == other.references
            && self.citations == other.citations
            && self.articles == other.articles
            && self.anchors == other.anchors
            && self.note_anchors == other.note_anchors
            && self.title == other.title
            && self.beginning == other.beginning
            && self.targets().eq(other.targets())
    }
}

/// What reading a page needs besides its file.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The site's configuration.
    pub config: &'a Config,
    /// The page types.
    pub schemas: &'a Schemas,
    /// The foreign words of texts.
    pub foreign: &'a Foreign,
    /// The rules for plain language by which texts are judged, if they are.
    pub rules: Option<&'a LanguageRules>,
    /// Coloured code blocks that were seen before.
    pub highlights: &'a Table<String>,
}

impl Reading<'_> {
    /// Everything that a document depends on besides its file, in words: part of the key under
    /// which it is remembered.
    pub fn key(&self) -> String {
        let taxonomies: Vec<&str> =
            self.config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str()).collect();
        let [schemas, foreign] = [self.schemas.hash, self.foreign.hash]
            .map(|hash| hash.map(|hash| hash.to_string()).unwrap_or_default());
        format!(
            "schemas={schemas} language={} rules={:?} foreign={foreign} glossary={} citations={} taxonomies={}",
            self.config.language,
            self.rules,
            self.config.glossary.as_deref().unwrap_or_default(),
            self.config.citations.as_deref().unwrap_or_default(),
            taxonomies.join(","),
        )
    }

    /// By what the language of texts is judged.
    fn judge(&self) -> Option<Judge<'_>> {
        let judge = Judge::of(self.config, Some(self.foreign));
        self.rules.map(|rules| Judge { rules, ..judge })
    }
}

/// Reads the page in `blob`.
pub fn read(path: &SourcePath, blob: &Blob, reading: &Reading<'_>) -> Checked<Written> {
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
        marks_citations: reading.config.citations.is_some(),
        words: Words::of(&reading.config.language),
        highlights: reading.highlights,
        judge: reading.judge(),
    };
    let schema = schema_of(path, &meta, reading.schemas, &mut diagnostics);
    let mut validator = Validator {
        file: path,
        text,
        markdown: &options,
        references: Vec::new(),
        // The text of the page comes first and is read last.
        bodies: vec![Body::default()],
        links: Vec::new(),
        diagnostics: Diagnostics::new(),
    };
    let declared = schema.as_ref().filter(|_| is_readable);
    let declared = declared.map_or(&[][..], |schema| &schema.fields);
    let fields = validator.fields(&node, declared);
    let heir = node.get("repealed_by").and_then(|node| validator.heir(node));
    let Validator { references, mut bodies, mut links, diagnostics: found, .. } = validator;
    diagnostics.extend(found);
    if !reading.schemas.is_empty() {
        report_unknown_keys(path, &node, schema.as_deref(), reading.config, &mut diagnostics);
    }
    let terms = terms(path, &node, schema.as_deref(), reading.config, &mut diagnostics);
    let body = markdown::render(path, text, markdown, &options, &mut links);
    bodies[0] = body.into_value(&mut diagnostics);
    let body = &bodies[0];
    let opening = opening(path, text, &node);
    let title = meta.title.as_ref().or(body.title.as_ref()).map_or("", String::as_str);
    let heads = [title, meta.description.as_str()];
    let judged = language::Page { bodies: &bodies, heads, fields: &fields, opening: &opening };
    let judgement = reading.judge().map(|judge| language::of_page(&judge, judged));
    let judgement = judgement.unwrap_or_default();
    diagnostics.extend(judgement.diagnostics);
    let type_name = schema.as_ref().map(|schema| schema.name.clone());
    let is_act = type_name.is_some() && type_name == reading.config.citations;
    let document = Document {
        path: path.clone(),
        is_written: true,
        hash: blob.hash,
        n_bytes: blob.bytes.len() as u64,
        type_name,
        beginning: if meta.description.is_empty() { beginning(body) } else { String::new() },
        meta,
        schema,
        fields,
        terms,
        heir,
        references,
        links,
        figures: figures(&bodies),
        citations: citations(&bodies),
        articles: if is_act { articles(body) } else { Vec::new() },
        anchors: body.heading_names().map(str::to_owned).collect(),
        note_anchors: body.anchors.clone(),
        title: body.title.clone(),
        readability: judgement.readability,
        acronyms: judgement.acronyms,
    };
    let is_sourced = document.schema.as_ref().is_some_and(|schema| schema.is_sourced);
    if is_sourced && is_readable {
        diagnostics.extend(unsourced(&opening, &document));
    }
    Checked::new(Written { document, bodies }, diagnostics)
}

/// What a page lacks whose type asks for a source and for the date of its check.
fn unsourced(opening: &Span, document: &Document) -> Diagnostics {
    let unchecked = || catalogue::missing_field(opening.clone(), "verified");
    let without_source = || catalogue::missing_source(opening.clone());
    let unchecked = document.meta.verified.is_none().then(unchecked);
    unchecked.into_iter().chain((!document.has_source()).then(without_source)).collect()
}

/// Whether a field says where something comes from, also inside groups and lists.
fn names_source(fields: &Fields) -> bool {
    const NAMES: [&str; 2] = ["fonte", "fonti"];
    fields.iter().any(|(name, value)| NAMES.contains(&name.as_str()) || holds_source(value))
}

fn holds_source(value: &Value) -> bool {
    match value {
        Value::List(items) => items.iter().any(holds_source),
        Value::Object(fields) => names_source(fields),
        _ => false,
    }
}

fn figures(bodies: &[Body]) -> Vec<Figure> {
    let holes = bodies.iter().flat_map(|body| &body.holes);
    let figures = holes.filter_map(|hole| match hole {
        Hole::Figure(figure) => Some(figure.as_ref().clone()),
        Hole::Link(_) | Hole::Citation(..) => None,
    });
    figures.collect()
}

fn citations(bodies: &[Body]) -> Vec<Citation> {
    let holes = bodies.iter().flat_map(|body| &body.holes);
    let citations: BTreeSet<&Citation> = holes
        .filter_map(|hole| match hole {
            Hole::Citation(citation, _) => Some(citation),
            Hole::Link(_) | Hole::Figure(_) => None,
        })
        .collect();
    citations.into_iter().cloned().collect()
}

/// Each article that a heading starts with, or else names in its anchor (`{#articolo-62}`).
fn articles(body: &Body) -> Vec<(String, String)> {
    let headings = body.headings.iter().filter_map(|heading| {
        let article = article_of_heading(&heading.title);
        let article = article.or_else(|| article_of_heading(&heading.id.replacen('-', " ", 1)));
        Some((article?, heading.id.clone()))
    });
    headings.collect()
}

/// The first sentences of a text, at most 200 characters.
fn beginning(body: &Body) -> String {
    const MOST: usize = 200;
    let text = body.sections.first().map_or("", |section| section.text.as_str());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MOST {
        return text;
    }
    let cut: String = text.chars().take(MOST).collect();
    let end = cut.rfind(". ").map(|end| end + 1).or_else(|| cut.rfind(' '));
    let cut = cut[..end.unwrap_or(cut.len())].trim_end();
    if cut.ends_with('.') { cut.to_owned() } else { format!("{cut}…") }
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
    for (key, near) in node.strangers(known.iter().copied()) {
        let span = Span::new(path, key.range.clone());
        diagnostics.push(catalogue::unknown_field(span, &key.name, label, near));
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
