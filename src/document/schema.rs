//! Page types as data: what fields a page of a type has, what each may hold, and what an editor is
//! told about it. One description serves validation today, and forms and documentation later.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::text::nearest;
use crate::base::{Checked, Diagnostic, Diagnostics, Hash, SourcePath, Span, Text, catalogue};
use crate::source::config::{AreaType, RESERVED};
use crate::source::tree::{CONTENT, Tree};
use crate::source::yaml::{self, Node, Yaml};
use crate::source::{Config, MapReader};

use super::collection::{self, Collection};
use super::downloads::{Downloads, downloads};
use super::meta::{SortKey, sort_keys};
use super::structured::{Structured, structured};

/// One page type.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The type's name: the stem of its file.
    pub name: String,
    /// What one page of the type is called.
    pub label: String,
    /// What several are called.
    pub plural: String,
    /// What the type is for, for editors.
    pub help: String,
    /// Pages below this folder of the content have the type, unless they say otherwise.
    pub folder: Option<String>,
    /// The template; `page.html` without one.
    pub template: Option<String>,
    /// How pages of the type are ordered in lists.
    pub order: Vec<SortKey>,
    /// Whether each page needs a source and the date on which its facts were checked.
    pub is_sourced: bool,
    /// Whether the pages of a section are steps, one after the other.
    pub are_steps: bool,
    /// How much the search makes of pages of the type.
    pub search: Searched,
    /// The fields offered as search filters.
    pub facets: Vec<String>,
    /// The field whose equal values make pages of the type comparable, and where the schema says so.
    pub compare: Option<(String, Span)>,
    /// The fields in the order in which a page shows them.
    pub fields: Vec<Field>,
    /// The tables of data that the pages of the type make.
    pub collections: Vec<Collection>,
    /// How its pages are described to machines: the first whose conditions hold.
    pub structured: Vec<Structured>,
    /// The office files that its pages offer beside their text.
    pub downloads: Downloads,
}

/// How much the search makes of the pages of a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Searched {
    /// As much as of any page.
    #[default]
    Fully,
    /// Half as much: records that would crowd out answers.
    Low,
    /// Nothing: only lists and indexes lead to them.
    Never,
}

/// One field of a page type.
#[derive(Clone, Debug)]
pub struct Field {
    /// The front matter key.
    pub name: String,
    /// What readers and editors see instead of the key.
    pub label: String,
    /// What to write, for editors.
    pub help: String,
    /// Whether a page without it is incomplete.
    pub is_required: bool,
    /// The value of pages that do not give one, as written in the schema.
    pub default: Option<Node>,
    /// How readers see it, if not by what it holds.
    pub show: Option<Show>,
    /// What it may hold.
    pub kind: Kind,
}

/// How readers see a field that could be seen otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// As steps, one after the other: a list of texts.
    Steps,
    /// Not at all: it is for lists, figures and data.
    Hidden,
}

/// What a field may hold.
#[derive(Clone, Debug)]
pub enum Kind {
    /// One line of text.
    Text,
    /// A text with Markdown.
    Markdown,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// An amount with its currency.
    Money,
    /// `true` or `false`.
    Boolean,
    /// A day, month or year.
    Date,
    /// From a date to a date; either may be open.
    Period,
    /// One of some values; each with the label that readers see.
    Choice(Vec<(String, String)>),
    /// Several values of one kind.
    List(Box<Self>),
    /// A group of fields.
    Object(Vec<Field>),
    /// Another page, of a type if one is given.
    Page(Option<String>),
    /// A file beside the page.
    Asset,
    /// An address on the web, with a title if one is given.
    Url,
    /// A mailbox.
    Email,
    /// The uniform name of an act of law.
    Urn,
}

/// The names of all kinds, as a schema writes them.
const KINDS: [&str; 16] = [
    "text", "markdown", "integer", "number", "money", "boolean", "date", "period", "choice",
    "list", "object", "page", "asset", "url", "email", "urn",
];

impl Kind {
    /// The name that schemas write.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Money => "money",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Period => "period",
            Self::Choice(_) => "choice",
            Self::List(_) => "list",
            Self::Object(_) => "object",
            Self::Page(_) => "page",
            Self::Asset => "asset",
            Self::Url => "url",
            Self::Email => "email",
            Self::Urn => "urn",
        }
    }
}

/// All page types of a site.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    by_name: BTreeMap<String, Arc<Schema>>,
    /// The collections of all types, and that of all pages.
    collections: BTreeMap<String, Arc<Collection>>,
    /// The fingerprint of all schema files: part of the key of everything read with them.
    pub hash: Option<Hash>,
}

/// Where types are declared.
fn folder() -> String {
    format!("{CONTENT}/_schemas")
}

/// The files that declare types.
fn files(tree: &Tree) -> impl Iterator<Item = &SourcePath> {
    tree.below(&folder()).filter(|path| path.extension() == "yaml")
}

impl Schemas {
    /// Reads `content/_schemas/*.yaml` of `tree`.
    pub fn of(tree: &Tree, config: &Config) -> Checked<Self> {
        let folder = folder();
        let mut diagnostics = Diagnostics::new();
        let mut by_name = BTreeMap::new();
        for path in files(tree) {
            let Some(blob) = tree.get(path) else { continue };
            let Some(text) = blob.text() else {
                diagnostics.push(catalogue::invalid_utf8(Span::start_of(path)));
                continue;
            };
            let node = yaml::parse(path, text, 0..text.len()).into_value(&mut diagnostics);
            let mut reader = MapReader::new(path, &node);
            let schema = schema(&mut reader, path.stem(), config);
            diagnostics.extend(reader.finish());
            by_name.insert(schema.name.clone(), Arc::new(schema));
        }
        let hash = Self::hash_in(tree);
        let types = by_name.values().map(Arc::as_ref);
        let place =
            |schema: &Schema, name: &str| word_in(tree, &folder, schema, &format!("{name}:"));
        let collections = collection::gather(types, &mut diagnostics, place);
        let schemas = Self { by_name, collections, hash };
        diagnostics.extend(schemas.unknown_references(tree, &folder));
        diagnostics.extend(config.areas.as_ref().and_then(|areas| schemas.unknown_areas(areas)));
        Checked::new(schemas, diagnostics)
    }

    /// The fingerprint of the files in `tree` that declare types, if there are any.
    pub fn hash_in(tree: &Tree) -> Option<Hash> {
        let line = |path| Some(format!("{path} {}", tree.hash(path)?));
        let lines: Vec<String> = files(tree).filter_map(line).collect();
        (!lines.is_empty()).then(|| Hash::of(lines.join("\n").as_bytes()))
    }

    /// The type called `name`.
    pub fn get(&self, name: &str) -> Option<&Arc<Schema>> {
        self.by_name.get(name)
    }

    /// All types by name.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Schema>> {
        self.by_name.values()
    }

    /// The collection called `name`.
    pub fn collection(&self, name: &str) -> Option<&Arc<Collection>> {
        self.collections.get(name)
    }

    /// All collections by name.
    pub fn collections(&self) -> impl Iterator<Item = &Arc<Collection>> {
        self.collections.values()
    }

    /// Whether the site declares no types: then pages may have any key.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// The type of the pages in the folder of `path`: that of the deepest folder named by a schema.
    pub fn of_folder(&self, path: &SourcePath) -> Option<&Arc<Schema>> {
        let below = path.below(CONTENT)?;
        let is_in = |folder: &str| {
            below
                .strip_prefix(folder)
                .is_some_and(|rest| rest.starts_with('/') && rest != "/_index.md")
        };
        self.iter()
            .filter(|schema| schema.folder.as_deref().is_some_and(is_in))
            .max_by_key(|schema| schema.folder.as_ref().map_or(0, String::len))
    }

    /// What is wrong with the type of the areas: that, or its field with short names, is not declared.
    fn unknown_areas(&self, areas: &AreaType) -> Option<Diagnostic> {
        let (name, span) = &areas.page_type;
        let Some(schema) = self.get(name) else {
            let near = nearest(name, self.by_name.keys().map(String::as_str));
            return Some(catalogue::unknown_page_type(span.clone(), name, near));
        };
        let (field, span) =
            areas.short.as_ref().filter(|(name, _)| schema.field(name).is_none())?;
        let near = nearest(field, schema.fields.iter().map(|field| field.name.as_str()));
        Some(catalogue::undeclared_field(span.clone(), field, near))
    }

    /// Reports page fields that refer to a type which does not exist.
    fn unknown_references(&self, tree: &Tree, folder: &str) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        for schema in self.iter() {
            let mut types = Vec::new();
            schema.fields.iter().for_each(|field| referred_types(&field.kind, &mut types));
            for name in types.into_iter().filter(|name| self.get(name).is_none()) {
                let near = nearest(name, self.by_name.keys().map(String::as_str));
                let span = word_in(tree, folder, schema, &format!("of: {name}"));
                diagnostics.push(catalogue::unknown_page_type(span, name, near));
            }
        }
        diagnostics
    }
}

impl Schema {
    /// The field called `name`.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Where the last word of `words` stands in the file of `schema`.
fn word_in(tree: &Tree, folder: &str, schema: &Schema, words: &str) -> Span {
    let path = format!("{folder}/{}.yaml", schema.name);
    let (file, blob) = tree.find(&path).expect("every schema was read from its file");
    let last = words.rfind(' ').map_or(0, |space| space + 1);
    let place = blob.text().unwrap_or_default().find(words);
    Span::new(&file, place.map_or(0..0, |at| at + last..at + words.len()))
}

fn referred_types<'a>(kind: &'a Kind, types: &mut Vec<&'a str>) {
    match kind {
        Kind::Page(Some(name)) => types.push(name),
        Kind::List(item) => referred_types(item, types),
        Kind::Object(fields) => fields.iter().for_each(|field| referred_types(&field.kind, types)),
        _ => {}
    }
}

fn schema(reader: &mut MapReader<'_>, name: &str, config: &Config) -> Schema {
    let label = reader.text("label");
    let label = reader.required("label", label).unwrap_or_else(|| name.to_owned());
    let plural = reader.text("plural").unwrap_or_else(|| label.clone());
    let fields = fields(reader);
    let facets = reader.placed_texts("facets");
    for (facet, span) in &facets {
        let is_known = fields.iter().any(|field| field.name == *facet)
            || config.taxonomies.iter().any(|taxonomy| taxonomy.name == *facet);
        if !is_known {
            let near = nearest(facet, fields.iter().map(|field| field.name.as_str()));
            reader.diagnostics.push(catalogue::undeclared_field(span.clone(), facet, near));
        }
    }
    Schema {
        name: name.to_owned(),
        plural,
        help: reader.text("help").unwrap_or_default(),
        folder: reader.text("folder").map(|folder| folder.trim_matches('/').to_owned()),
        template: reader.text("template"),
        order: sort_keys(&reader.texts("order")),
        is_sourced: reader.boolean("sourced").unwrap_or(false),
        are_steps: reader.boolean("steps").unwrap_or(false),
        search: searched(reader),
        facets: facets.into_iter().map(|(facet, _)| facet).collect(),
        compare: compared(reader, &fields),
        collections: collection::collections(reader, name, &label, &fields),
        structured: structured(reader, &fields),
        downloads: downloads(reader),
        fields,
        label,
    }
}

fn searched(reader: &mut MapReader<'_>) -> Searched {
    const CHOICES: [(&str, Searched); 3] =
        [("true", Searched::Fully), ("low", Searched::Low), ("false", Searched::Never)];
    reader.choice("search", &CHOICES).unwrap_or_default()
}

/// The field by which pages are compared: one whose equal values say that they are of one sort.
fn compared(reader: &mut MapReader<'_>, fields: &[Field]) -> Option<(String, Span)> {
    let node = reader.node("compare")?;
    let name = reader.text("compare")?;
    let Some(field) = fields.iter().find(|field| field.name == name) else {
        let near = nearest(&name, fields.iter().map(|field| field.name.as_str()));
        let unknown = catalogue::undeclared_field(reader.span(node), &name, near);
        reader.diagnostics.push(unknown);
        return None;
    };
    let kind = match &field.kind {
        Kind::List(item) => item,
        kind => kind,
    };
    if !matches!(kind, Kind::Page(_) | Kind::Choice(_) | Kind::Text) {
        let expected = Text::new(
            "un campo `page`, `choice`, `text` o un elenco di questi",
            "a field of kind `page`, `choice`, `text` or a list of these",
        );
        let found = format!("`{}`", field.kind.name());
        let found = Text::new(&found, &found);
        let span = reader.span(node);
        reader.diagnostics.push(catalogue::wrong_type(span, "compare", &expected, &found));
        return None;
    }
    Some((name, reader.span(node)))
}

fn fields(reader: &mut MapReader<'_>) -> Vec<Field> {
    let mut fields = Vec::new();
    for (key, node) in reader.entries("fields") {
        if RESERVED.contains(&key.name.as_str()) {
            let expected = Text::new("un nome che non sia già un campo", "a name that is no field");
            let found = Text::new(format!("`{}`", key.name), format!("`{}`", key.name));
            let span = Span::new(reader.file(), key.range.clone());
            reader.diagnostics.push(catalogue::wrong_type(span, "fields", &expected, &found));
        }
        fields.push(reader.each(node, |reader| field(reader, &key.name)));
    }
    fields
}

fn field(reader: &mut MapReader<'_>, name: &str) -> Field {
    Field {
        name: name.to_owned(),
        label: reader.text("label").unwrap_or_else(|| name.to_owned()),
        help: reader.text("help").unwrap_or_default(),
        is_required: reader.boolean("required").unwrap_or(false),
        default: reader.node("default").cloned(),
        show: show(reader),
        kind: kind(reader),
    }
}

fn show(reader: &mut MapReader<'_>) -> Option<Show> {
    reader.choice("show", &[("steps", Show::Steps), ("hidden", Show::Hidden)])
}

fn kind(reader: &mut MapReader<'_>) -> Kind {
    let node = reader.node("kind");
    let written = reader.text("kind");
    let written = reader.required("kind", written).unwrap_or_else(|| "text".to_owned());
    match written.as_str() {
        "text" => Kind::Text,
        "markdown" => Kind::Markdown,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "money" => Kind::Money,
        "boolean" => Kind::Boolean,
        "date" => Kind::Date,
        "period" => Kind::Period,
        "choice" => Kind::Choice(choices(reader)),
        "list" => {
            let item = reader.inside("of", kind);
            Kind::List(Box::new(reader.required("of", item).unwrap_or(Kind::Text)))
        }
        "object" => Kind::Object(fields(reader)),
        "page" => Kind::Page(reader.text("of")),
        "asset" => Kind::Asset,
        "url" => Kind::Url,
        "email" => Kind::Email,
        "urn" => Kind::Urn,
        unknown => {
            if let Some(node) = node {
                let near = nearest(unknown, KINDS);
                let choice = catalogue::unknown_choice(reader.span(node), unknown, KINDS, near);
                reader.diagnostics.push(choice);
            }
            Kind::Text
        }
    }
}

fn choices(reader: &mut MapReader<'_>) -> Vec<(String, String)> {
    let options = reader.node("options");
    let listed = matches!(options.map(|node| &node.yaml), Some(Yaml::List(_)));
    if listed {
        return reader.texts("options").into_iter().map(|value| (value.clone(), value)).collect();
    }
    let mut choices = Vec::new();
    for (key, node) in reader.entries("options") {
        match node.scalar() {
            Some(label) => choices.push((key.name.clone(), label.text.clone())),
            None => {
                reader.wrong_type::<()>(&key.name, node, &Text::new("un testo", "a text"));
            }
        }
    }
    reader.required("options", options.map(drop));
    choices
}
