//! Snippets for Visual Studio Code: whoever types `vasta-` and the name of a type in an empty Markdown file
//! gets its front matter, with a stop at each field and the choices to pick from.

use serde_json::{Map, Value, json};

use crate::document::{Field, Kind};

use super::form::{Form, Known};

/// At most so many choices are offered: a longer list helps nobody.
const MOST_CHOICES: usize = 40;

/// The file of snippets for these page types.
pub fn snippets(forms: &[Form<'_>], known: &Known) -> Value {
    let snippets: Map<String, Value> = forms
        .iter()
        .map(|form| {
            let snippet = json!({
                "scope": "markdown",
                "prefix": format!("vasta-{}", form.schema.name),
                "description": form.schema.help.trim(),
                "body": body(form, known),
            });
            (form.schema.label.clone(), snippet)
        })
        .collect();
    Value::Object(snippets)
}

fn body(form: &Form<'_>, known: &Known) -> Vec<String> {
    let fields = form.fields.iter().filter(|field| {
        field.is_required || form.schema.field(&field.name).is_some() || field.name == "description"
    });
    let lines = fields.zip(1..).map(|(field, stop)| line(field, stop, known));
    let start = ["---".to_owned()];
    let end = ["---".to_owned(), "$0".to_owned()];
    start.into_iter().chain(lines).chain(end).collect()
}

fn line(field: &Field, stop: usize, known: &Known) -> String {
    let (choices, is_list) = match &field.kind {
        Kind::List(item) => (choices(item, known), true),
        kind => (choices(kind, known), false),
    };
    let value = if choices.is_empty() || choices.len() > MOST_CHOICES {
        format!("${{{stop}:{}}}", escaped(&field.label, &['$', '}', '\\']))
    } else {
        let choices: Vec<String> =
            choices.iter().map(|choice| escaped(choice, &['$', '}', '\\', ',', '|'])).collect();
        format!("${{{stop}|{}|}}", choices.join(","))
    };
    match (&field.kind, is_list) {
        (_, true) => format!("{}: [{value}]", field.name),
        (Kind::Text | Kind::Markdown, _) => format!("{}: \"{value}\"", field.name),
        _ => format!("{}: {value}", field.name),
    }
}

/// The values among which to choose, if the kind has some.
fn choices(kind: &Kind, known: &Known) -> Vec<String> {
    match kind {
        Kind::Choice(choices) => choices.iter().map(|(value, _)| value.clone()).collect(),
        Kind::Boolean => ["true", "false"].map(str::to_owned).into(),
        Kind::Page(page_type) => {
            known.pages(page_type.as_deref()).iter().map(|page| page.name.clone()).collect()
        }
        _ => Vec::new(),
    }
}

fn escaped(text: &str, signs: &[char]) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        if signs.contains(&letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
