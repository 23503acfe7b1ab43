//! The reference of all fields as a page of the site, in Markdown: a section for each page type with a list of
//! its fields, and one for the fields that every page may have. A list, since the explanations of a table with
//! four columns would be out of sight on a narrow screen.

use crate::document::{Field, Kind, Schema, Schemas};
use crate::source::Config;

use super::form;

/// The page, with its front matter. The anchor of a type is `#tipo-` and its name.
pub fn reference(schemas: &Schemas, config: &Config) -> String {
    let mut page = include_str!("campi.md").to_owned();
    for schema in schemas.iter() {
        page.push_str(&format!("\n## {} {{#tipo-{}}}\n\n", schema.label, schema.name));
        page.push_str(&introduction(schema));
        page.push_str(&list(&schema.fields, ""));
    }
    page.push_str("\n## Campi di ogni pagina {#campi-comuni}\n\nValgono per tutti i tipi.\n\n");
    page + &list(&form::plain(config), "")
}

/// What a type is for, and where its pages are.
fn introduction(schema: &Schema) -> String {
    let help = schema.help.trim();
    let help = if help.is_empty() { String::new() } else { format!("{help}\n\n") };
    let name = match &schema.folder {
        Some(folder) => {
            format!(
                "Il nome del tipo è `{}`; le pagine stanno in `content/{folder}/`.",
                schema.name
            )
        }
        None => format!("Il nome del tipo è `{}`.", schema.name),
    };
    let sources =
        " Ogni pagina cita almeno una fonte e ha la data in cui i fatti sono stati controllati.";
    let sources = if schema.is_sourced { sources } else { "" };
    let fields = if schema.fields.is_empty() { " Non ha campi suoi.\n" } else { "\n\n" };
    help + &name + sources + fields
}

/// One item for each field; the fields of a group are items below it.
fn list(fields: &[Field], indentation: &str) -> String {
    fields.iter().map(|field| item(field, indentation)).collect()
}

fn item(field: &Field, indentation: &str) -> String {
    let needed = if field.is_required && field.default.is_none() { ", obbligatorio" } else { "" };
    let help = field.help.split_whitespace().collect::<Vec<_>>().join(" ");
    let stop = if help.is_empty() || help.ends_with(['.', '!', '?']) { "" } else { "." };
    let space = if help.is_empty() { "" } else { " " };
    let (Field { label, name, kind, .. }, value) = (field, value(&field.kind));
    let group = list(group(kind), &format!("{indentation}  "));
    let end = if group.is_empty() { "." } else { ":" };
    format!(
        "{indentation}- **{label}** (`{name}`{needed}).{space}{help}{stop} Valore: {value}{end}\n{group}"
    )
}

/// The fields of a group, or of each group of a list.
fn group(kind: &Kind) -> &[Field] {
    match kind {
        Kind::Object(fields) => fields,
        Kind::List(item) => group(item),
        _ => &[],
    }
}

/// What a field holds, in words.
fn value(kind: &Kind) -> String {
    match kind {
        Kind::Text => "un testo".to_owned(),
        Kind::Markdown => "un testo con Markdown".to_owned(),
        Kind::Integer => "un numero intero".to_owned(),
        Kind::Number => "un numero".to_owned(),
        Kind::Money => "un importo, come `{ amount: 1500.00, currency: EUR }`".to_owned(),
        Kind::Boolean => "`true` o `false`".to_owned(),
        Kind::Date => "una data, come `2026-11-23`, `2026-11` o `2026`".to_owned(),
        Kind::Period => "un periodo, come `{ from: 2020-05-20, to: 2023-09-30 }`".to_owned(),
        Kind::Choice(choices) => {
            let choices = choices.iter().map(|(value, label)| format!("`{value}` ({label})"));
            format!("uno tra {}", choices.collect::<Vec<_>>().join(", "))
        }
        Kind::List(item) => format!("un elenco; ogni voce è {}", value(item)),
        Kind::Object(_) => "un gruppo di campi".to_owned(),
        Kind::Page(Some(name)) => {
            format!("il nome di una pagina di tipo [`{name}`](#tipo-{name})")
        }
        Kind::Page(None) => "il nome di una pagina".to_owned(),
        Kind::Asset => "il nome di un file accanto alla pagina".to_owned(),
        Kind::Url => "un indirizzo web, che comincia con `https://`".to_owned(),
        Kind::Email => "una casella di posta".to_owned(),
        Kind::Urn => "il nome uniforme di un atto, che comincia con `urn:nir:`".to_owned(),
    }
}
