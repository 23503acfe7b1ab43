//! JSON with one thing on each line, always in the same order, so that two of these files can be compared
//! line by line, by people and by programs. What serde would write on one line has no line breaks.

use std::collections::BTreeMap;

use serde::Serialize;

/// An object of these fields, whose values are JSON already.
pub(super) fn object(fields: &[(&str, String)]) -> String {
    let lines: Vec<String> =
        fields.iter().map(|(name, value)| format!("  \"{name}\": {value}")).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// An object inside of one, with a line for each entry.
pub(super) fn entries<T: Serialize>(entries: &BTreeMap<String, T>) -> String {
    let line = |(name, value)| format!("    {}: {}", json(name), json(value));
    nested(['{', '}'], entries.iter().map(line))
}

/// A list inside of an object, with a line for each item.
pub(super) fn items(items: impl IntoIterator<Item = impl Serialize>) -> String {
    nested(['[', ']'], items.into_iter().map(|item| format!("    {}", json(&item))))
}

/// A value on one line.
pub(super) fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).expect("texts and numbers")
}

fn nested([open, close]: [char; 2], lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return format!("{open}{close}");
    }
    format!("{open}\n{}\n  {close}", lines.join(",\n"))
}
