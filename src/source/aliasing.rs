//! Writes an old address into the front matter of a page, and touches nothing else of its text:
//! comments, quotes, the order of keys and the ends of lines stay as their author wrote them.

use std::ops::Range;

use crate::base::SourcePath;

use super::front_matter::{self, Parts};
use super::yaml::{self, Node, Yaml};

/// The front matter key of old addresses.
const KEY: &str = "aliases";

/// `text`, the page `file`, with `alias` among its old addresses; nothing when its front matter cannot
/// be read.
pub fn with_alias(file: &SourcePath, text: &str, alias: &str) -> Option<String> {
    let (place, written) = insertion(file, text, alias)?;
    let mut changed = text.to_owned();
    changed.replace_range(place, &written);
    Some(changed)
}

/// What has to be written where in `text`, the page `file`, so that it has `alias`.
pub(super) fn insertion(
    file: &SourcePath,
    text: &str,
    alias: &str,
) -> Option<(Range<usize>, String)> {
    let split = front_matter::split(file, text);
    if !split.diagnostics.is_empty() {
        return None;
    }
    let Parts { yaml, markdown } = split.value;
    let read = yaml::parse(file, text, yaml.clone());
    if !read.diagnostics.is_empty() {
        return None;
    }
    let end_of_line = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let alias = quoted(alias);
    let entries = read.value.entries().unwrap_or_default();
    let (place, written) = match entries.iter().find(|(key, _)| key.name == KEY) {
        Some((key, Node { yaml: Yaml::Null, .. })) => {
            let end = key.range.end + text[key.range.end..].find(':')? + 1;
            (end..end, format!(" [{alias}]"))
        }
        Some((_, node)) => extension(text, node, &alias, end_of_line)?,
        None if markdown.start == 0 => {
            (0..0, format!("---{end_of_line}{KEY}: [{alias}]{end_of_line}---{end_of_line}"))
        }
        None => (yaml.end..yaml.end, format!("{KEY}: [{alias}]{end_of_line}")),
    };
    let mut changed = text.to_owned();
    changed.replace_range(place.clone(), &written);
    is_listed(file, &changed, &alias).then_some((place, written))
}

/// The line that a page with the old addresses `known` needs to have `alias` too.
pub fn line<'a>(known: impl Iterator<Item = &'a str>, alias: &'a str) -> String {
    let all: Vec<String> = known.chain([alias]).map(quoted).collect();
    format!("{KEY}: [{}]", all.join(", "))
}

/// What has to be written where, so that the list `node` has one more item.
fn extension(
    text: &str,
    node: &Node,
    alias: &str,
    end_of_line: &str,
) -> Option<(Range<usize>, String)> {
    let Yaml::List(items) = &node.yaml else {
        let alone = node.scalar().map(|_| &text[node.range.clone()])?;
        return Some((node.range.clone(), format!("[{alone}, {alias}]")));
    };
    let Some(last) = items.last() else {
        let open = node.range.start + text[node.range.clone()].find('[')? + 1;
        return Some((open..open, alias.to_owned()));
    };
    let line = text[..last.range.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line..last.range.start];
    let end = last.range.end;
    if before.trim() != "-" {
        return Some((end..end, format!(", {alias}")));
    }
    // A comment after the last item stays with it.
    let end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    Some((end..end, format!("{before}{alias}{end_of_line}")))
}

/// Whether the front matter of `text` can be read and has `alias`.
fn is_listed(file: &SourcePath, text: &str, alias: &str) -> bool {
    let Parts { yaml, .. } = front_matter::split(file, text).value;
    let read = yaml::parse(file, text, yaml);
    let items = match read.value.get(KEY).map(|node| &node.yaml) {
        Some(Yaml::List(items)) => items.as_slice(),
        _ => &[],
    };
    let mut items = items.iter().filter_map(Node::scalar);
    read.diagnostics.is_empty() && items.any(|item| item.text == alias.trim_matches('"'))
}

/// An address as YAML has to write it.
fn quoted(address: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
    let starts_plainly = address.starts_with(|letter: char| letter.is_ascii_alphanumeric());
    match starts_plainly && address.chars().all(is_plain) {
        true => address.to_owned(),
        false => format!("\"{address}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(text: &str) -> Option<String> {
        with_alias(&SourcePath::new("content/a.md").expect("a clean path"), text, "guide/b")
    }

    #[test]
    fn everything_else_stays_as_it_was() {
        let cases = [
            ("# Testo\n", "---\naliases: [guide/b]\n---\n# Testo\n"),
            ("---\r\ntitle: A\r\n---\r\n", "---\r\ntitle: A\r\naliases: [guide/b]\r\n---\r\n"),
            ("---\naliases: [] # una\n---\n", "---\naliases: [guide/b] # una\n---\n"),
            ("---\naliases: a # una\nb: c\n---\n", "---\naliases: [a, guide/b] # una\nb: c\n---\n"),
            (
                "---\naliases: [\"a\", c] # due\n---\n",
                "---\naliases: [\"a\", c, guide/b] # due\n---\n",
            ),
            (
                "---\naliases:\n  - a\n  - c # due\ntitle: A\n---\n",
                "---\naliases:\n  - a\n  - c # due\n  - guide/b\ntitle: A\n---\n",
            ),
            ("---\naliases:\n- a\n---\n", "---\naliases:\n- a\n- guide/b\n---\n"),
            ("---\naliases:\ntitle: A\n---\n", "---\naliases: [guide/b]\ntitle: A\n---\n"),
        ];
        for (before, after) in cases {
            assert_eq!(changed(before).as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn front_matter_that_cannot_be_read_is_left_alone() {
        assert_eq!(changed("---\ntitle: [a\n---\n"), None);
        assert_eq!(changed("---\ntitle: a\n"), None);
    }
}
