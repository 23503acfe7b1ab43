//! Puts the front matter of a page in order and changes nothing that it says: the keys as they are
//! described, one blank after a colon, dates without quotes, no blanks at the ends of lines. Comments stay
//! with the key below them, or inside the value in which they stand.

use std::ops::Range;

use crate::base::{Date, SourcePath};

use super::front_matter;
use super::yaml::{self, Node, Yaml};

/// What is known of the keys of a page.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// The keys in order. Those that are not here come after them, as they are.
    pub keys: Vec<String>,
    /// Those whose values are dates.
    pub dates: Vec<String>,
}

/// `text`, the page `file`, with its front matter in the `order` that it has to have; nothing when that cannot be read, or when
/// the order of its lines could mean something.
pub fn arranged(file: &SourcePath, text: &str, order: impl Fn(&Node) -> Order) -> Option<String> {
    let (node, yaml) = read(file, text)?;
    let order = &order(&node);
    let arranged = match node.entries() {
        Some(entries) => {
            let tidy = tidy(text, &yaml, &node, order);
            let blocks = blocks(text, &yaml, entries)?;
            let write = |range: &Range<usize>| written(text, range, &tidy);
            let head: String = in_order(entries, blocks, order).iter().map(write).collect();
            // An empty line between two entries is none before the first.
            let head = head.trim_start_matches(['\n', '\r']);
            [&text[..yaml.start], head, &text[yaml.end..]].concat()
        }
        None => text.to_owned(),
    };
    let arranged = with_end(arranged);
    says_the_same(file, text, &arranged).then_some(arranged)
}

/// The front matter of `text` and where it stands.
fn read(file: &SourcePath, text: &str) -> Option<(Node, Range<usize>)> {
    let split = front_matter::split(file, text);
    let yaml = split.value.yaml;
    let read = yaml::parse(file, text, yaml.clone());
    let is_clean = split.diagnostics.is_empty() && read.diagnostics.is_empty();
    let is_map = matches!(read.value.yaml, Yaml::Map(_) | Yaml::Null);
    (is_clean && is_map).then_some((read.value, yaml))
}

/// The lines of each entry: from the comments above it to the next one. Nothing when an entry does not
/// begin a line.
fn blocks(
    text: &str,
    yaml: &Range<usize>,
    entries: &[(yaml::Key, Node)],
) -> Option<Vec<Range<usize>>> {
    let begins_line = |at: usize| at == yaml.start || text[..at].ends_with('\n');
    if !entries.iter().all(|(key, _)| begins_line(key.range.start)) {
        return None;
    }
    let mut starts = vec![yaml.start];
    for pair in entries.windows(2) {
        let from = pair[0].1.range.end.max(pair[0].0.range.end);
        starts.push(above(text, from, pair[1].0.range.start));
    }
    let last = entries.last().map_or(yaml.start, |(key, node)| node.range.end.max(key.range.end));
    let end = above(text, last, yaml.end);
    let ends = starts.iter().skip(1).copied().chain([end]);
    let mut blocks: Vec<_> = starts.iter().copied().zip(ends).map(|(from, to)| from..to).collect();
    // What stands after the last entry stays there.
    blocks.push(end..yaml.end);
    Some(blocks)
}

/// Where the comments and empty lines that lead to `at` begin, not before the line after `from`.
fn above(text: &str, from: usize, at: usize) -> usize {
    let from = from.min(at);
    let first = match text[..from].ends_with('\n') {
        true => from,
        false => text[from..at].find('\n').map_or(at, |newline| from + newline + 1),
    };
    let mut start = at;
    for line in text[first..at].split_inclusive('\n').rev() {
        if !(line.starts_with('#') || line.trim().is_empty()) {
            break;
        }
        start -= line.len();
    }
    start
}

/// The blocks as they are to follow each other.
fn in_order(
    entries: &[(yaml::Key, Node)],
    mut blocks: Vec<Range<usize>>,
    order: &Order,
) -> Vec<Range<usize>> {
    let rest = blocks.pop();
    let place =
        |name: &str| order.keys.iter().position(|key| key == name).unwrap_or(order.keys.len());
    let mut placed: Vec<_> = entries.iter().map(|(key, _)| place(&key.name)).zip(blocks).collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, block)| block).chain(rest).collect()
}

/// What is written otherwise, in the order of the text.
fn tidy(
    text: &str,
    yaml: &Range<usize>,
    node: &Node,
    order: &Order,
) -> Vec<(Range<usize>, String)> {
    let mut changes = Vec::new();
    colons(text, node, &mut changes);
    for (key, node) in node.entries().unwrap_or_default() {
        if let Some(scalar) = node.scalar().filter(|scalar| scalar.quoted)
            && order.dates.contains(&key.name)
            && scalar.text.parse::<Date>().is_ok()
        {
            changes.push((node.range.clone(), scalar.text.clone()));
        }
    }
    let mut texts = Vec::new();
    long_texts(text, node, &mut texts);
    let mut at = yaml.start;
    for line in text[yaml.clone()].split_inclusive('\n') {
        let end = at + line.trim_end_matches(['\n', '\r']).len();
        let kept = at + line.trim_end().len();
        at += line.len();
        if kept < end && !texts.iter().any(|it: &Range<usize>| it.start < end && end <= it.end) {
            changes.push((kept..end, String::new()));
        }
    }
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    changes
}

/// The blanks between keys and their values, where there is not one.
fn colons(text: &str, node: &Node, changes: &mut Vec<(Range<usize>, String)>) {
    match &node.yaml {
        Yaml::Map(entries) => {
            for (key, value) in entries {
                let between = key.range.end..value.range.start;
                let is_wide = |between: &str| {
                    between.strip_prefix(':').is_some_and(|rest| {
                        rest != " "
                            && !rest.is_empty()
                            && rest.chars().all(|it| it == ' ' || it == '\t')
                    })
                };
                if text.get(between.clone()).is_some_and(is_wide) {
                    changes.push((between, ": ".to_owned()));
                }
                colons(text, value, changes);
            }
        }
        Yaml::List(items) => items.iter().for_each(|item| colons(text, item, changes)),
        _ => {}
    }
}

/// The texts of more than one line, in which blanks may mean something.
fn long_texts(text: &str, node: &Node, found: &mut Vec<Range<usize>>) {
    match &node.yaml {
        Yaml::Map(entries) => entries.iter().for_each(|(_, it)| long_texts(text, it, found)),
        Yaml::List(items) => items.iter().for_each(|it| long_texts(text, it, found)),
        Yaml::Scalar(_) => {
            let written = &text[node.range.clone()];
            let line = text[..node.range.start].rfind('\n').map_or(0, |newline| newline + 1);
            let begins_line = text[line..node.range.start].trim().is_empty();
            // Blanks at the end of a block are its own.
            let is_long = begins_line || written.contains('\n') || written.starts_with(['|', '>']);
            let rest = &text[node.range.end..];
            let n_blanks = if is_long { rest.len() - rest.trim_start().len() } else { 0 };
            found.push(node.range.start..node.range.end + n_blanks);
        }
        _ => {}
    }
}

/// The part `range` of `text` with the changes that lie in it. It ends with a line.
fn written(text: &str, range: &Range<usize>, changes: &[(Range<usize>, String)]) -> String {
    let mut written = String::with_capacity(range.len());
    let mut at = range.start;
    for (place, words) in changes {
        if place.start >= at && place.end <= range.end {
            written.push_str(&text[at..place.start]);
            written.push_str(words);
            at = place.end;
        }
    }
    written.push_str(&text[at..range.end]);
    written
}

/// A text that is not empty ends with its line.
fn with_end(mut text: String) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(end);
    }
    text
}

/// Whether both have the same keys with the same values, and the same text below.
fn says_the_same(file: &SourcePath, before: &str, after: &str) -> bool {
    let both = [before, after].map(|text| {
        let (node, _) = read(file, text)?;
        let markdown = front_matter::split(file, text).value.markdown;
        Some((meaning(&node), text[markdown].trim_end_matches(['\n', '\r']).to_owned()))
    });
    both[0].is_some() && both[0] == both[1]
}

/// What a value says, without its places: a canonical text. Whether a date has quotes says nothing.
fn meaning(node: &Node) -> String {
    match &node.yaml {
        Yaml::Null => "~".to_owned(),
        Yaml::Scalar(scalar) => {
            let is_quoted = scalar.quoted && scalar.text.parse::<Date>().is_err();
            format!("{is_quoted}{:?}", scalar.text)
        }
        Yaml::List(items) => {
            format!("[{}]", items.iter().map(meaning).collect::<Vec<_>>().join(","))
        }
        Yaml::Map(entries) => {
            let entry =
                |(key, node): &(yaml::Key, Node)| format!("{:?}:{}", key.name, meaning(node));
            let mut entries: Vec<String> = entries.iter().map(entry).collect();
            entries.sort();
            format!("{{{}}}", entries.join(","))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<String> {
        let keys = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let order = Order { keys: keys(&["title", "date", "anno"]), dates: keys(&["date"]) };
        let file = SourcePath::new("content/a.md").expect("a clean path");
        let order = |_: &Node| order.clone();
        let once = arranged(&file, text, order)?;
        assert_eq!(arranged(&file, &once, order).as_ref(), Some(&once), "a second time");
        Some(once)
    }

    #[test]
    fn keys_come_in_their_order_with_their_comments() {
        let text = "---\n# sopra\nanno:   2024  \n\n# il titolo\ntitle: A # qui\nmia: 1\ndate: \"2026-11-25\"\n# fine\n---\nTesto  \n";
        let expected = "---\n# il titolo\ntitle: A # qui\ndate: 2026-11-25\n# sopra\nanno: 2024\nmia: 1\n# fine\n---\nTesto  \n";
        assert_eq!(of(text).as_deref(), Some(expected));
    }

    #[test]
    fn values_stay_whatever_they_hold() {
        let same = [
            "Solo testo.\n",
            "---\ntitle: |\n  a  \n\n  # no\n\nanno: 1\n---\n",
            "---\r\ntitle: 'a: b'\r\nanno: [1,\r\n  2]\r\n---\r\n",
            "---\ntitle:\n  - a\n  # dentro\n  - b\nanno: { a: 1 }\n---\n",
            "---\n# solo\n---\n",
            "---\ntitle:\nanno: 026\n---\n",
            "",
        ];
        for text in same {
            assert_eq!(of(text).as_deref(), Some(text));
        }
        assert_eq!(
            of("---\nanno:\t 1\ntitle: >-\n  b\n---\nT").as_deref(),
            Some("---\ntitle: >-\n  b\nanno: 1\n---\nT\n")
        );
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        for text in
            ["---\na: [1\n---\n", "---\na: 1\na: 2\n---\n", "---\na: 1\n", "---\n- a\n---\n"]
        {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(of("---\n{ anno: 1, title: A }\n---\n"), None);
    }
}
