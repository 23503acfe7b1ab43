//! The front matter of a page type as JSON Schema, for editors that complete and check YAML. It accepts
//! what vasta accepts, and where it cannot know it accepts more. Source: JSON Schema draft-07, which is
//! what the language servers for YAML read.

use serde_json::{Map, Value, json};

use crate::document::common::LISTS;
use crate::document::{Field, Kind};

use super::form::{Choice, Form, Known};

/// A day, a month or a year.
const DATE: &str = r"^\d{4}(-\d{2}(-\d{2})?)?$";

/// The schema for the front matter of the pages of a type.
pub fn json_schema(form: &Form<'_>, known: &Known) -> Value {
    let mut properties = properties(&form.fields, known);
    properties.insert(
        LISTS.to_owned(),
        json!({ "type": "array", "description": "Elenchi di altre pagine che la pagina mostra." }),
    );
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": form.schema.label,
        "description": form.schema.help.trim(),
        "type": "object",
        "properties": properties,
        "required": required(&form.fields),
        "additionalProperties": false,
    })
}

fn properties(fields: &[Field], known: &Known) -> Map<String, Value> {
    fields.iter().map(|field| (field.name.clone(), property(field, known))).collect()
}

fn property(field: &Field, known: &Known) -> Value {
    let mut property = match known.words.get(&field.name) {
        Some(words) => json!({
            "type": ["array", "string"],
            "items": { "anyOf": [{ "enum": words }, { "type": "string" }] },
        }),
        None => value(&field.kind, known),
    };
    if let Some(property) = property.as_object_mut() {
        property.insert("title".to_owned(), json!(field.label));
        if !field.help.is_empty() {
            property.insert("description".to_owned(), json!(field.help.trim()));
        }
        let default = field.default.as_ref().and_then(|default| default.scalar());
        if let Some(default) = default {
            property.insert("default".to_owned(), json!(default.text));
        }
    }
    property
}

fn required(fields: &[Field]) -> Vec<&str> {
    let required = fields.iter().filter(|field| field.is_required && field.default.is_none());
    required.map(|field| field.name.as_str()).collect()
}

/// What a kind of field accepts.
fn value(kind: &Kind, known: &Known) -> Value {
    match kind {
        // Any value without quotes is a text too.
        Kind::Text | Kind::Markdown => json!({ "type": ["string", "number", "boolean"] }),
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Number => json!({ "type": "number" }),
        Kind::Money => json!({ "anyOf": [{ "type": "number" }, object(
            json!({ "amount": { "type": "number" }, "currency": { "type": "string" } }),
            &["amount"],
        )] }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Date => date(),
        Kind::Period => object(json!({ "from": date(), "to": date() }), &[]),
        Kind::Choice(choices) => {
            let (values, labels): (Vec<&str>, Vec<&str>) =
                choices.iter().map(|(value, label)| (value.as_str(), label.as_str())).unzip();
            json!({ "enum": values, "enumDescriptions": labels })
        }
        Kind::List(item) => json!({ "type": "array", "items": value(item, known) }),
        Kind::Object(fields) => object(json!(properties(fields, known)), &required(fields)),
        Kind::Page(page_type) => page(&known.pages(page_type.as_deref())),
        Kind::Asset => json!({ "type": "string" }),
        Kind::Url => {
            let address = json!({ "type": "string", "pattern": "^https?://" });
            let titled = json!({ "title": { "type": "string" }, "url": address });
            json!({ "anyOf": [address, object(titled, &["url"])] })
        }
        Kind::Email => json!({ "type": "string", "pattern": "^[^@ ]+@[^@ ]+$" }),
        Kind::Urn => json!({ "type": "string", "pattern": "^urn:" }),
    }
}

/// Another page, by its name or by the path of its file.
fn page(choices: &[&Choice]) -> Value {
    let (names, titles): (Vec<&str>, Vec<&str>) =
        choices.iter().map(|choice| (choice.name.as_str(), choice.title.as_str())).unzip();
    json!({ "anyOf": [
        { "enum": names, "enumDescriptions": titles },
        { "type": "string", "pattern": "\\.md$" },
    ] })
}

fn date() -> Value {
    json!({ "anyOf": [
        { "type": "string", "pattern": DATE },
        { "type": "integer", "minimum": 1000, "maximum": 9999 },
    ] })
}

fn object(properties: Value, required: &[&str]) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}
