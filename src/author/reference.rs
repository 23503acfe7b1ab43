//! The reference of all fields as a page of the site, in Markdown: a section for each page type with a table
//! of its keys, and one for the keys that every page has.

use crate::document::{Field, Kind, Schemas, common};
use crate::source::Config;

use super::form::{Form, described};

/// The Markdown of the reference.
pub fn reference(schemas: &Schemas, config: &Config) -> String {
    let common = common::fields();
    let types = schemas.iter().map(|schema| section(&Form::of(schema, config), &common));
    let mut sections: Vec<String> = types.collect();
    sections.push("## Campi di ogni pagina {#campi-comuni}".to_owned());
    sections.push("Questi campi valgono per tutti i tipi.".to_owned());
    sections.push(table(common.iter()));
    sections.join("\n\n") + "\n"
}

/// The section about one type.
fn section(form: &Form<'_>, common: &[Field]) -> String {
    let schema = form.schema;
    let is_common = |field: &&Field| common.iter().any(|common| common.name == field.name);
    let place = schema.folder.as_deref();
    let place = place.map(|folder| format!("Le pagine stanno in `content/{folder}/`."));
    let source = schema
        .is_sourced
        .then(|| "Ogni pagina cita almeno una fonte e dice quando è stata verificata.".to_owned());
    let name = Some(format!("Il nome del tipo è `{}`.", schema.name));
    let note: Vec<String> = [place, source, name].into_iter().flatten().collect();
    let parts = [
        format!("## {} {{#tipo-{}}}", schema.label, schema.name),
        schema.help.trim().to_owned(),
        note.join(" "),
        table(form.fields.iter().filter(|field| !is_common(field))),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

fn table<'a>(fields: impl Iterator<Item = &'a Field>) -> String {
    let mut rows = vec![
        "| Campo | Che cosa si scrive | Valore | Serve |".to_owned(),
        "|---|---|---|---|".to_owned(),
    ];
    rows.extend(fields.map(|field| {
        let needed = if field.is_required && field.default.is_none() { "sì" } else { "no" };
        let name = format!("`{}`", field.name);
        let cells = [name, described(field), value(&field.kind), needed.to_owned()];
        let cells = cells.map(|cell| cell.replace('|', "\\|").replace('\n', " "));
        format!("| {} |", cells.join(" | "))
    }));
    rows.join("\n")
}

/// What a field holds, in words.
pub fn value(kind: &Kind) -> String {
    match kind {
        Kind::Text => "testo".to_owned(),
        Kind::Markdown => "testo con Markdown".to_owned(),
        Kind::Integer => "numero intero".to_owned(),
        Kind::Number => "numero".to_owned(),
        Kind::Money => "importo, come `{ amount: 1500.00, currency: EUR }`".to_owned(),
        Kind::Boolean => "`true` o `false`".to_owned(),
        Kind::Date => "data, come `2026-11-23`, `2026-11` o `2026`".to_owned(),
        Kind::Period => "periodo, come `{ from: 2020-05-20, to: 2023-09-30 }`".to_owned(),
        Kind::Choice(choices) => {
            let choices = choices.iter().map(|(value, label)| format!("`{value}` ({label})"));
            format!("uno tra {}", choices.collect::<Vec<_>>().join(", "))
        }
        Kind::List(item) => format!("elenco: {}", value(item)),
        Kind::Object(fields) => {
            let names = fields.iter().map(|field| format!("`{}`", field.name));
            format!("gruppo di {}", names.collect::<Vec<_>>().join(", "))
        }
        Kind::Page(Some(name)) => format!("il nome di una pagina di tipo `{name}`"),
        Kind::Page(None) => "il nome di una pagina".to_owned(),
        Kind::Asset => "il nome di un file accanto alla pagina".to_owned(),
        Kind::Url => "indirizzo web, che comincia con `https://`".to_owned(),
        Kind::Email => "casella di posta".to_owned(),
        Kind::Urn => "nome uniforme di un atto, che comincia con `urn:nir:`".to_owned(),
    }
}
