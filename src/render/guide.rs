//! The documentation of the theme: an introduction that somebody wrote, and below it the templates,
//! views, words and functions as they are.

use std::fmt::Write as _;

use crate::source::embedded;

use super::contract::{
    Contract, FILTERS, FUNCTIONS, Field, Kind, TERA_FILTERS, TERA_FUNCTIONS, TERA_TESTS,
};
use super::template::Template;
use super::template::anatomy::{Anatomy, Named};
use super::theme::Theme;

/// Files of the default theme that are there only when somebody fetched them.
const FETCHED: [&str; 1] = ["styles/15-fonts.css"];

/// Everything that the makers of a theme need to know of `theme`, as Markdown.
pub fn guide(theme: &Theme) -> String {
    let parts = [
        include_str!("guide.md").to_owned(),
        styles(),
        names(theme.contract()),
        views(theme.contract()),
        templates(&theme.templates),
        components(&theme.templates),
        functions(),
        words(theme.contract()),
    ];
    parts.join("\n")
}

fn styles() -> String {
    let mut text = table(["part", "for"]);
    let parts = embedded::theme().iter().filter(|(path, _)| path.starts_with("styles/"));
    for (path, bytes) in parts.filter(|(path, _)| !FETCHED.contains(path)) {
        let css = String::from_utf8_lossy(bytes);
        let comment = css.trim_start().strip_prefix("/*").and_then(|rest| rest.split_once("*/"));
        let purpose = comment.map(|(comment, _)| on_one_line(comment)).unwrap_or_default();
        row(&mut text, [&code(path.trim_start_matches("styles/")), &first_sentence(&purpose)]);
    }
    text
}

fn names(contract: &Contract) -> String {
    let mut text = "## What templates see\n\n".to_owned();
    text.push_str(
        "`page` and `redirect` are never together: the latter is for `redirect.html` alone.\n\n",
    );
    text.push_str(&fields(contract.names.iter()));
    text
}

fn views(contract: &Contract) -> String {
    let mut text = String::new();
    for (name, shape) in &contract.views {
        write!(text, "### {name}\n\n{}\n\n", shape.meaning).expect("in memory");
        text.push_str(&fields(shape.fields.iter()));
        text.push('\n');
    }
    text.trim_end().to_owned() + "\n"
}

fn fields<'a>(fields: impl Iterator<Item = (&'a String, &'a Field)>) -> String {
    let mut text = table(["name", "holds", "meaning"]);
    for (name, field) in fields {
        let holds = in_words(&field.kind) + if field.is_optional { ", or nothing" } else { "" };
        row(&mut text, [&code(name), &holds, &field.meaning]);
    }
    text
}

fn in_words(kind: &Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Boolean => "true or false".to_owned(),
        Kind::View(name) => format!("[{name}](#{})", name.to_lowercase()),
        Kind::List(item) => match &**item {
            Kind::List(inner) => format!("list of lists of {}", in_words(inner)),
            item => format!("list of {}", in_words(item)),
        },
        Kind::Words => "[words](#words)".to_owned(),
        Kind::Other => "anything".to_owned(),
    }
}

fn templates(templates: &[Template]) -> String {
    let mut text = "## Templates\n\n".to_owned();
    text.push_str(&table(["template", "for", "extends", "includes", "blocks"]));
    for template in sorted(templates) {
        let anatomy = Anatomy::of(&template.text);
        let list = |names: &[Named]| {
            let mut names: Vec<String> = names.iter().map(|named| code(&named.name)).collect();
            names.dedup();
            names.join(", ")
        };
        let parent = anatomy.parent.as_slice();
        let (includes, blocks) = (list(&anatomy.includes), list(&anatomy.blocks));
        let name = code(template.short_name());
        row(&mut text, [&name, &anatomy.purpose, &list(parent), &includes, &blocks]);
    }
    text
}

fn components(templates: &[Template]) -> String {
    let mut text =
        "## Components\n\nUsed as `{{ <icon name=\"home\" /> }}`; what has `@` before it is \
                    taken from where the component is used.\n\n"
            .to_owned();
    text.push_str(&table(["component", "for", "in"]));
    for template in sorted(templates) {
        let anatomy = Anatomy::of(&template.text);
        for component in &anatomy.components {
            let purpose = match component.purpose.as_str() {
                "" => &anatomy.purpose,
                purpose => purpose,
            };
            let place = code(template.short_name());
            row(&mut text, [&code(&component.signature), purpose, &place]);
        }
    }
    text
}

fn sorted(templates: &[Template]) -> Vec<&Template> {
    let mut templates: Vec<&Template> = templates.iter().collect();
    templates.sort_by_key(|template| template.short_name());
    templates
}

fn functions() -> String {
    let mut text = "## Functions, filters and tests\n\n".to_owned();
    text.push_str(&table(["function or filter", "gives"]));
    for (call, meaning) in FUNCTIONS {
        row(&mut text, [&code(call), meaning]);
    }
    for (name, meaning) in FILTERS {
        row(&mut text, [&code(&format!("… | {name}")), meaning]);
    }
    let list = |names: &[&str]| names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
    write!(
        text,
        "\nThe language brings the functions {}, the filters {}, and the tests {}.\n",
        list(&TERA_FUNCTIONS),
        list(&TERA_FILTERS),
        list(&TERA_TESTS)
    )
    .expect("in memory");
    text
}

fn words(contract: &Contract) -> String {
    let mut text = "## Words\n\n".to_owned();
    text.push_str(
        "`{{ t.key }}` in a template; what stands in braces is put in where the word is shown.\n\n",
    );
    text.push_str(&table(["key", "in Italian"]));
    for (key, word) in &contract.words {
        row(&mut text, [&code(key), word]);
    }
    text
}

/// The head of a table.
fn table<const N: usize>(columns: [&str; N]) -> String {
    format!("| {} |\n|{}\n", columns.join(" | "), "---|".repeat(N))
}

fn row<const N: usize>(text: &mut String, cells: [&str; N]) {
    let cells = cells.map(|cell| cell.replace('|', "\\|").replace('\n', " "));
    writeln!(text, "| {} |", cells.join(" | ")).expect("in memory");
}

fn code(name: &str) -> String {
    format!("`{name}`")
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` up to the first full stop before a blank.
fn first_sentence(text: &str) -> String {
    text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.').to_owned() + "."
}
