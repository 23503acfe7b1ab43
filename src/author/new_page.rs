//! A new page of a type: valid as it is, with the help of each field above it, and a draft until somebody
//! takes that line away. What is optional is there as a comment.

use std::collections::BTreeMap;

use crate::base::Date;
use crate::document::{Field, Kind};

use super::form::{Form, Known, described};

/// How long a line of a comment is at most.
const WIDTH: usize = 100;

/// What is known of the new page.
pub struct Wanted<'a> {
    /// What was answered, by key. A text is as it was typed; several values have commas between them.
    pub answers: &'a BTreeMap<String, String>,
    /// The day, for dates that nobody gave.
    pub today: Option<Date>,
    /// Whether the folder gives the page another type, so that it has to say its own.
    pub names_type: bool,
}

/// The text of the new page.
pub fn new_page(form: &Form<'_>, known: &Known, wanted: &Wanted<'_>) -> String {
    let mut text = "---\n".to_owned();
    comment(&mut text, format!("{}. {}", form.schema.label, form.schema.help).trim());
    if wanted.names_type {
        text.push_str(&format!("type: {}\n", form.schema.name));
    }
    let is_given = |field: &Field| wanted.answers.contains_key(&field.name);
    let (now, later): (Vec<&Field>, Vec<&Field>) = form.fields.iter().partition(|field| {
        is_given(field)
            || field.is_required && field.default.is_none()
            || ["description", "updated"].contains(&field.name.as_str())
    });
    for field in now {
        comment(&mut text, &help(field));
        let value = match wanted.answers.get(&field.name) {
            Some(answer) => answered(&field.kind, answer),
            None => placeholder(field, known, wanted.today),
        };
        text.push_str(&format!("{}: {value}\n", field.name));
    }
    comment(&mut text, "La pagina è una bozza: togli questa riga quando è pronta.");
    text.push_str("draft: true\n");
    comment(&mut text, "Campi facoltativi: per usarne uno, togli il segno # davanti al suo nome.");
    for field in later.into_iter().filter(|field| is_offered(field)) {
        comment(&mut text, &help(field));
        text.push_str(&format!("# {}:\n", field.name));
    }
    text.push_str("---\n");
    if let Some(section) = &form.schema.downloads.section {
        text.push_str(&format!("## {section}\n\n"));
    }
    let note = if form.schema.is_sourced { "[^1]" } else { "" };
    text.push_str(&format!("Scrivi qui il testo della pagina.{note}\n"));
    if form.schema.is_sourced {
        text.push_str("\n[^1]: Scrivi qui la fonte: chi l'ha pubblicata, il titolo, la data.\n");
    }
    text
}

/// Whether an optional field is one that an editor of pages looks for.
fn is_offered(field: &Field) -> bool {
    !["draft", "state", "repealed_by", "type", "template", "collection", "changes"]
        .contains(&field.name.as_str())
}

fn help(field: &Field) -> String {
    let choices = match &field.kind {
        Kind::Choice(choices) => {
            let values: Vec<&str> = choices.iter().map(|(value, _)| value.as_str()).collect();
            format!(" Valori: {}.", values.join(", "))
        }
        _ => String::new(),
    };
    described(field) + &choices
}

/// Appends a comment in lines that fit a screen.
fn comment(text: &mut String, words: &str) {
    let mut line = "#".to_owned();
    for word in words.split_whitespace() {
        if line.len() > 1 && line.chars().count() + 1 + word.chars().count() > WIDTH {
            text.push_str(&line);
            text.push('\n');
            "#".clone_into(&mut line);
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}

/// An answer as YAML.
fn answered(kind: &Kind, answer: &str) -> String {
    match kind {
        Kind::Text | Kind::Markdown | Kind::Url | Kind::Email | Kind::Asset | Kind::Urn => {
            quoted(answer)
        }
        Kind::List(item) => {
            let items = answer.split(',').map(str::trim).filter(|item| !item.is_empty());
            let items: Vec<String> = items.map(|answer| answered(item, answer)).collect();
            format!("[{}]", items.join(", "))
        }
        _ => answer.trim().to_owned(),
    }
}

/// Something valid for a field that nobody filled in, which says that it has to be changed.
fn placeholder(field: &Field, known: &Known, today: Option<Date>) -> String {
    let example = example(field, known, today).unwrap_or_default();
    match field.kind {
        // Brackets say so already, and the day is today.
        Kind::Text | Kind::Markdown | Kind::Date => example,
        _ => format!("{example} # esempio, da cambiare"),
    }
}

/// Something valid for a field.
fn example(field: &Field, known: &Known, today: Option<Date>) -> Option<String> {
    value(&field.kind, &field.label, known, today)
}

fn value(kind: &Kind, label: &str, known: &Known, today: Option<Date>) -> Option<String> {
    let day = || today.map_or_else(|| "2026".to_owned(), |today| today.to_string());
    Some(match kind {
        Kind::Text | Kind::Markdown => quoted(&format!("[{label}]")),
        Kind::Integer | Kind::Number => "1".to_owned(),
        Kind::Money => "{ amount: 1, currency: EUR }".to_owned(),
        Kind::Boolean => "false".to_owned(),
        Kind::Date => day(),
        Kind::Period => format!("{{ from: {} }}", day()),
        Kind::Choice(choices) => choices.first()?.0.clone(),
        Kind::List(item) => {
            format!("[{}]", value(item, label, known, today).unwrap_or_default())
        }
        Kind::Object(fields) => {
            let required = fields.iter().filter(|field| field.is_required);
            let pairs = required.filter_map(|field| {
                Some(format!("{}: {}", field.name, example(field, known, today)?))
            });
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        Kind::Page(page_type) => known.pages(page_type.as_deref()).first()?.name.clone(),
        Kind::Asset => return None,
        Kind::Url => "https://www.esempio.it/".to_owned(),
        Kind::Email => "ufficio@esempio.it".to_owned(),
        Kind::Urn => "urn:nir:stato:legge:1990-08-07;241".to_owned(),
    })
}

/// A text in double quotes, in which YAML needs no other care.
fn quoted(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for letter in text.trim().chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => quoted.push(' '),
            letter => quoted.push(letter),
        }
    }
    quoted + "\""
}
