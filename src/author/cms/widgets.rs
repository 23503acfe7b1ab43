//! The fields of a form as widgets, which is what content management systems call the part that asks for
//! one value. Months and years are dates too, and the calendars of such systems know days only: a date is
//! a line of text with a pattern.

use serde_json::{Value, json};

use crate::document::{Field, Kind};
use crate::source::config::RESERVED;

use super::super::form::Known;
use super::collections::{Collection, Held};

/// The common keys that somebody who writes a page decides about. What is not in a form stays in the
/// page as it is.
const COMMON: [&str; 15] = [
    "title",
    "description",
    "date",
    "updated",
    "verified",
    "owner",
    "publish_from",
    "valid_from",
    "expires",
    "review_by",
    "order",
    "draft",
    "state",
    "repealed_by",
    "synonyms",
];

/// What there is to choose from.
#[derive(Debug)]
pub(super) struct Choosing<'a> {
    /// The collections, whose pages a form may list.
    pub collections: &'a [Collection<'a>],
    /// The pages and topics of the site.
    pub known: &'a Known,
}

/// The widgets for the keys of a page.
pub(super) fn widgets(fields: &[Field], choosing: &Choosing<'_>) -> Vec<Value> {
    let is_asked = |field: &&Field| {
        let name = field.name.as_str();
        COMMON.contains(&name) || !RESERVED.contains(&name)
    };
    fields.iter().filter(is_asked).map(|field| of_field(field, choosing)).collect()
}

/// The widget for the text below the keys. It shows Markdown as it is written: editors that show it as
/// it looks know neither notes nor the blocks that vasta adds, and would change them.
pub(super) fn text_of_page() -> Value {
    json!({
        "name": "body",
        "label": "Testo",
        "widget": "markdown",
        "modes": ["raw"],
        "required": false,
        "hint": "Il testo della pagina, in Markdown.",
    })
}

fn of_field(field: &Field, choosing: &Choosing<'_>) -> Value {
    let mut written = json!({
        "name": field.name,
        "label": field.label,
        "required": field.is_required && field.default.is_none(),
    });
    let hint = [field.help.trim().to_owned(), in_use(field, choosing.known)];
    let hint = hint.iter().filter(|part| !part.is_empty()).map(String::as_str);
    let hint = hint.collect::<Vec<_>>().join(" ");
    if !hint.is_empty() {
        written["hint"] = json!(hint);
    }
    with(written, widget(&field.kind, choosing))
}

/// The topics that pages have already, for a field of topics.
fn in_use(field: &Field, known: &Known) -> String {
    let Some(words) = known.words.get(&field.name) else { return String::new() };
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    format!("In uso: {}.", words.join(", "))
}

/// What asks for a value of this kind.
fn widget(kind: &Kind, choosing: &Choosing<'_>) -> Value {
    match kind {
        Kind::Text => json!({ "widget": "string" }),
        Kind::Markdown => json!({ "widget": "markdown", "modes": ["raw"] }),
        Kind::Integer => json!({ "widget": "number", "value_type": "int" }),
        Kind::Number => json!({ "widget": "number", "value_type": "float" }),
        Kind::Money => group(vec![json!({
            "name": "amount",
            "label": "Importo in euro",
            "widget": "number",
            "value_type": "float",
            "step": 0.01,
            "required": false,
        })]),
        Kind::Boolean => json!({ "widget": "boolean" }),
        Kind::Date => date(),
        Kind::Period => group(vec![
            with(json!({ "name": "from", "label": "Dal", "required": false }), date()),
            with(json!({ "name": "to", "label": "Al", "required": false }), date()),
        ]),
        Kind::Choice(choices) => choice(choices.iter().map(|(value, label)| (value, label))),
        Kind::List(item) => list(item, choosing),
        Kind::Object(fields) => group(optional(fields, choosing)),
        Kind::Page(page_type) => page(page_type.as_deref(), choosing),
        Kind::Asset => json!({ "widget": "file" }),
        Kind::Url => address(),
        Kind::Email => pattern("^[^@ ]+@[^@ ]+$", "una casella come ufficio@provincia.it"),
        Kind::Urn => pattern("^urn:", "un nome che comincia con urn:nir:"),
    }
}

fn date() -> Value {
    pattern(
        r"^\d{4}(-\d{2}(-\d{2})?)?$",
        "un giorno, un mese o un anno, come 2026-11-23, 2026-11 o 2026",
    )
}

/// An address with its title. A page may give the address alone too: then both parts of the form show it,
/// and it is saved as it was.
fn address() -> Value {
    let url = pattern("^https?://", "un indirizzo che comincia con https://");
    group(vec![
        json!({ "name": "title", "label": "Titolo", "widget": "string", "required": false }),
        with(json!({ "name": "url", "label": "Indirizzo", "required": false }), url),
    ])
}

fn pattern(pattern: &str, meant: &str) -> Value {
    json!({ "widget": "string", "pattern": [pattern, format!("deve essere {meant}")] })
}

fn choice<'a>(choices: impl Iterator<Item = (&'a String, &'a String)>) -> Value {
    let options = choices.map(|(value, label)| json!({ "value": value, "label": label }));
    json!({ "widget": "select", "options": options.collect::<Vec<_>>() })
}

fn group(fields: Vec<Value>) -> Value {
    json!({ "widget": "object", "collapsed": true, "fields": fields })
}

/// The fields of a group. A form cannot tell a group that is left out from one that is incomplete, so
/// none of them is required there; `vasta check` tells them apart.
fn optional(fields: &[Field], choosing: &Choosing<'_>) -> Vec<Value> {
    let mut fields: Vec<Value> = fields.iter().map(|field| of_field(field, choosing)).collect();
    fields.iter_mut().for_each(|field| field["required"] = json!(false));
    fields
}

fn list(item: &Kind, choosing: &Choosing<'_>) -> Value {
    match item {
        Kind::Object(fields) => {
            let fields: Vec<Value> = fields.iter().map(|field| of_field(field, choosing)).collect();
            json!({ "widget": "list", "collapsed": true, "fields": fields })
        }
        item => {
            let one = widget(item, choosing);
            if matches!(one["widget"].as_str(), Some("select" | "relation")) {
                return with(one, json!({ "multiple": true }));
            }
            if one["fields"].is_array() {
                return with(one, json!({ "widget": "list" }));
            }
            // Without a field of its own, an item ends at the next comma.
            let one = with(json!({ "name": "voce", "label": "Voce" }), one);
            json!({ "widget": "list", "field": one })
        }
    }
}

/// Another page. Where all pages of its type are one folder, the system lists them, new ones too.
fn page(page_type: Option<&str>, choosing: &Choosing<'_>) -> Value {
    let Some(page_type) = page_type else { return json!({ "widget": "string" }) };
    let of_type = |collection: &&Collection<'_>| {
        collection.form.is_some_and(|form| form.schema.name == page_type)
    };
    let mut collections = choosing.collections.iter().filter(of_type);
    match (collections.next(), collections.next()) {
        (Some(Collection { name, held: Held::Folder(_), .. }), None) => json!({
            "widget": "relation",
            "collection": name,
            "value_field": "{{slug}}",
            "search_fields": ["title"],
            "display_fields": ["title"],
        }),
        _ => {
            let pages = choosing.known.pages(Some(page_type));
            choice(pages.into_iter().map(|page| (&page.name, &page.title)))
        }
    }
}

/// `value` with the keys of `more` too.
pub(super) fn with(mut value: Value, more: Value) -> Value {
    if let (Value::Object(value), Value::Object(more)) = (&mut value, more) {
        value.extend(more);
    }
    value
}
