//! How a schema describes the pages of its type to machines: what they are in the terms of schema.org,
//! and which fields give the properties of that. Values are found when a page is rendered.

use crate::base::address::is_web;
use crate::base::text::nearest;
use crate::base::{Span, Text, catalogue};
use crate::source::MapReader;
use crate::source::yaml::{Node, Yaml};

use super::schema::{Field, Kind};
use super::vocabulary::{Property, Takes, Type};

/// One description of the pages of a type.
#[derive(Clone, Debug)]
pub struct Structured {
    /// What a page is about.
    pub kind: &'static Type,
    /// The address of a type of another vocabulary, which it is too.
    pub also: Option<String>,
    /// What fields of a page must be, each one of some values, for the description to be true.
    pub conditions: Vec<(String, Vec<String>)>,
    /// Where the values of its properties come from.
    pub properties: Vec<(&'static Property, Vec<Origin>)>,
}

/// Where the values of a property come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The key `date` of every page.
    Date,
    /// The key `updated`.
    Updated,
    /// The key `verified`.
    Verified,
    /// The key `version`.
    Version,
    /// A field.
    Field(String),
    /// A field of the groups that a field holds.
    Item(String, String),
}

/// The keys of every page that may give a value.
const KEYS: [(&str, Origin, Kind); 4] = [
    ("date", Origin::Date, Kind::Date),
    ("updated", Origin::Updated, Kind::Date),
    ("verified", Origin::Verified, Kind::Date),
    ("version", Origin::Version, Kind::Text),
];

/// Reads the key `structured` of the schema of a type with `fields`: one description, or several of
/// which the first is taken whose conditions hold.
pub(super) fn structured(reader: &mut MapReader<'_>, fields: &[Field]) -> Vec<Structured> {
    let Some(node) = reader.node("structured") else { return Vec::new() };
    let nodes = match &node.yaml {
        Yaml::List(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let read = |node| reader.each(node, |reader| description(reader, fields));
    nodes.iter().filter_map(read).collect()
}

fn description(reader: &mut MapReader<'_>, fields: &[Field]) -> Option<Structured> {
    let kind = kind(reader);
    let also = also(reader);
    let conditions = conditions(reader, fields);
    let written = reader.entries("properties");
    let kind = kind?;
    let mut properties = Vec::new();
    for (key, node) in written {
        let Some(property) = kind.property(&key.name) else {
            let span = Span::new(reader.file(), key.range.clone());
            let near = nearest(&key.name, kind.properties().map(|property| property.name));
            let near = near.filter(|near| written.iter().all(|(key, _)| key.name != *near));
            let unknown = catalogue::unknown_property(span, &key.name, kind.name, near);
            reader.diagnostics.push(unknown);
            continue;
        };
        let origins = origins(reader, property, node, fields);
        properties.push((property, origins));
    }
    Some(Structured { kind, also, conditions, properties })
}

fn kind(reader: &mut MapReader<'_>) -> Option<&'static Type> {
    let node = reader.node("type");
    let name = reader.text("type");
    let name = reader.required("type", name)?;
    let kind = Type::of(&name);
    if let (None, Some(node)) = (kind, node) {
        let near = nearest(&name, Type::names());
        let unknown = catalogue::unknown_described_type(reader.span(node), &name, near);
        reader.diagnostics.push(unknown);
    }
    kind
}

fn also(reader: &mut MapReader<'_>) -> Option<String> {
    const EXAMPLE: &str = "https://w3id.org/italia/onto/CPSV/InterOrganizationService";
    reader.address("also", is_web, EXAMPLE).map(|(address, _)| address)
}

fn conditions(reader: &mut MapReader<'_>, fields: &[Field]) -> Vec<(String, Vec<String>)> {
    let mut conditions = Vec::new();
    let written = reader.entries("where");
    for (key, node) in written {
        let values = reader.placed_texts_of(&key.name, node);
        let Some(field) = fields.iter().find(|field| field.name == key.name) else {
            let near = nearest(&key.name, fields.iter().map(|field| field.name.as_str()));
            let near = near.filter(|near| written.iter().all(|(key, _)| key.name != *near));
            let span = Span::new(reader.file(), key.range.clone());
            reader.diagnostics.push(catalogue::undeclared_field(span, &key.name, near));
            continue;
        };
        if let Kind::Choice(choices) = item(&field.kind) {
            let known = choices.iter().map(|(value, _)| value.as_str());
            for (value, span) in &values {
                if known.clone().all(|known| known != value) {
                    let near = nearest(value, known.clone());
                    let unknown =
                        catalogue::unknown_choice(span.clone(), value, known.clone(), near);
                    reader.diagnostics.push(unknown);
                }
            }
        }
        let values = values.into_iter().map(|(value, _)| value);
        conditions.push((key.name.clone(), values.collect()));
    }
    conditions
}

/// The origins that `node` names for the values of `property`.
fn origins<'a>(
    reader: &mut MapReader<'a>,
    property: &Property,
    node: &'a Node,
    fields: &[Field],
) -> Vec<Origin> {
    let mut origins = Vec::new();
    for (name, span) in reader.placed_texts_of(property.name, node) {
        let known = known_origins(fields);
        let Some((_, origin, kind)) = known.iter().find(|(known, ..)| *known == name) else {
            let near = nearest(&name, known.iter().map(|(name, ..)| name.as_str()));
            reader.diagnostics.push(catalogue::undeclared_field(span, &name, near));
            continue;
        };
        let kind = item(kind);
        if let Some(expected) = misfit(property.takes, kind) {
            let unfit = catalogue::unfit_field(span, property.name, &name, kind.name(), &expected);
            reader.diagnostics.push(unfit);
            continue;
        }
        if let (Takes::OneOf(values), Kind::Choice(choices)) = (property.takes, kind) {
            let names = values.iter().map(|(name, _)| *name);
            let unknown = choices.iter().find(|(choice, _)| names.clone().all(|n| n != choice));
            if let Some((unknown, _)) = unknown {
                let foreign = catalogue::foreign_choice(span, property.name, &name, unknown, names);
                reader.diagnostics.push(foreign);
                continue;
            }
        }
        origins.push(origin.clone());
    }
    origins
}

/// All that may give a value: keys of every page, fields, and the fields of groups as `group.field`.
fn known_origins(fields: &[Field]) -> Vec<(String, Origin, Kind)> {
    let keys =
        KEYS.iter().map(|(name, origin, kind)| ((*name).to_owned(), origin.clone(), kind.clone()));
    let mut known: Vec<_> = keys.collect();
    for field in fields {
        let name = &field.name;
        known.push((name.clone(), Origin::Field(name.clone()), field.kind.clone()));
        if let Kind::Object(inner) = item(&field.kind) {
            known.extend(inner.iter().map(|inner| {
                let origin = Origin::Item(name.clone(), inner.name.clone());
                (format!("{name}.{}", inner.name), origin, inner.kind.clone())
            }));
        }
    }
    known
}

/// What one value is, of a list one item.
fn item(kind: &Kind) -> &Kind {
    match kind {
        Kind::List(item) => item,
        kind => kind,
    }
}

/// What a property takes, if it is nothing that a field of `kind` holds.
fn misfit(takes: Takes, kind: &Kind) -> Option<Text> {
    let (fits, italian, english) = match takes {
        Takes::Text | Takes::Thing(..) => (
            !matches!(kind, Kind::Object(_) | Kind::List(_)),
            "un solo valore, come quello di un campo del gruppo (`gruppo.campo`)",
            "a single value, such as that of a field of the group (`group.field`)",
        ),
        Takes::Address => (
            matches!(kind, Kind::Url | Kind::Urn | Kind::Page(_)),
            "un campo `url`, `urn` o `page`",
            "a field of kind `url`, `urn` or `page`",
        ),
        Takes::Start | Takes::End | Takes::Interval => (
            matches!(kind, Kind::Date | Kind::Period),
            "un campo `date` o `period`",
            "a field of kind `date` or `period`",
        ),
        Takes::Minutes => (
            matches!(kind, Kind::Integer),
            "un campo `integer` con i minuti",
            "a field of kind `integer` with minutes",
        ),
        Takes::OneOf(_) => {
            (matches!(kind, Kind::Choice(_)), "un campo `choice`", "a field of kind `choice`")
        }
    };
    (!fits).then(|| Text::new(italian, english))
}
