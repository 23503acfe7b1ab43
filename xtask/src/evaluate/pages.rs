//! The pages that questions are made from: title, description and visible text of each Markdown file,
//! and the address at which the site has it. Front matter is read only as far as that needs; the
//! generator is the one that judges it.

use super::words::folded;
use crate::site;
use std::collections::BTreeSet;
use std::path::Path;

#[derive(Debug, Default, PartialEq)]
pub(super) struct Page {
    /// The file of the built site, such as `guide/prima/index.html`.
    pub(super) address: String,
    pub(super) title: String,
    pub(super) description: String,
    /// What a reader sees of the Markdown, roughly: no code, no addresses, no markup.
    pub(super) text: String,
    /// The whole file.
    pub(super) source: String,
}

/// The pages of a folder that have a title and a description and are among `addresses`, in the order
/// of their paths.
pub(super) fn read(content: &Path, addresses: &BTreeSet<String>) -> Result<Vec<Page>, String> {
    let files = site::read(content)
        .map_err(|error| format!("`{}` cannot be read: {error}", content.display()))?;
    let files = files.into_iter().filter(|(path, _)| path.ends_with(".md"));
    let pages = files.filter_map(|(path, bytes)| page(&path, &String::from_utf8(bytes).ok()?));
    Ok(pages.filter(|page| addresses.contains(&page.address)).collect())
}

fn page(path: &str, source: &str) -> Option<Page> {
    let source = source.replace("\r\n", "\n");
    let (head, body) = source.strip_prefix("---\n")?.split_once("\n---\n")?;
    let title = value(head, "title")?;
    let description = value(head, "description")?;
    let address = address(path, value(head, "slug").as_deref());
    Some(Page { address, title, description, text: visible(body), source })
}

/// The text of a key at the beginning of a line, which may go on in indented lines.
fn value(head: &str, key: &str) -> Option<String> {
    let mut lines = head.lines();
    let first = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?.trim();
    let is_block = first.starts_with(['>', '|']);
    let mut parts = vec![if is_block { "" } else { first }];
    parts.extend(lines.take_while(|line| line.starts_with(' ') || line.is_empty()).map(str::trim));
    let text = parts.join(" ").trim().to_owned();
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    let text = match (is_block, inside('"'), inside('\'')) {
        (false, Some(text), _) => text.replace("\\\"", "\"").replace("\\\\", "\\"),
        (false, _, Some(text)) => text.replace("''", "'"),
        _ => text,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// Where the site has the page of a file.
fn address(path: &str, slug: Option<&str>) -> String {
    let path = path.trim_end_matches(".md");
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = if matches!(name, "_index" | "index") { "" } else { slug.unwrap_or(name) };
    let segments = folder.split('/').chain([name]).filter(|segment| !segment.is_empty());
    segments.map(|segment| hyphenated(segment) + "/").collect::<String>() + "index.html"
}

fn hyphenated(segment: &str) -> String {
    let letters = folded(segment);
    let words = letters.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// The text without blocks of code, code in a line, targets of links, and tags.
fn visible(body: &str) -> String {
    let mut text = String::new();
    let mut is_code = false;
    for line in body.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            let line = without(line, '`', '`');
            let line = without(&line.replace("](", "\0("), '\0', ')');
            text.push_str(&without(&line, '<', '>'));
            text.push('\n');
        }
    }
    text
}

/// The line with a space for all that stands between two signs.
fn without(line: &str, open: char, close: char) -> String {
    let mut left = String::new();
    let mut rest = line;
    while let Some((before, inside)) = rest.split_once(open) {
        let Some((_, after)) = inside.split_once(close) else { break };
        left.push_str(before);
        left.push(' ');
        rest = after;
    }
    left + rest
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::{address, page, value};

    #[test]
    fn a_page_has_what_a_reader_sees() {
        let source = "---\ntitle: \"La \\\"SUA\\\"\"\ndescription: >-\n  Che cosa fa,\n  e per chi.\n---\n\
            Si veda [il modello](modelli/sua.md) `codice`.\n\n```json\n{}\n```\n<b>fine</b>\n";
        let page = page("ambiti/sua.md", source).unwrap();
        assert_eq!(page.title, "La \"SUA\"");
        assert_eq!(page.description, "Che cosa fa, e per chi.");
        assert_eq!(words(&page.text), ["si", "veda", "il", "modello", "fine"]);
        assert_eq!(page.address, "ambiti/sua/index.html");
    }

    #[test]
    fn pages_without_a_title_or_a_description_are_left_out() {
        assert_eq!(page("a.md", "---\ntitle: A\n---\n"), None);
        assert_eq!(page("a.md", "Testo.\n"), None);
    }

    #[test]
    fn values_are_plain_quoted_or_continued() {
        let head = "title: L'area\nsubtitle: no\ndescription: 'L''area\n  vasta'\ndraft: true";
        assert_eq!(value(head, "title").as_deref(), Some("L'area"));
        assert_eq!(value(head, "description").as_deref(), Some("L'area vasta"));
        assert_eq!(value(head, "slug"), None);
    }

    #[test]
    fn addresses_are_those_of_the_site() {
        assert_eq!(address("_index.md", None), "index.html");
        assert_eq!(address("Guide/_index.md", None), "guide/index.html");
        assert_eq!(address("guide/Perché no.md", None), "guide/perche-no/index.html");
        assert_eq!(address("guide/prima.md", Some("altra")), "guide/altra/index.html");
    }
}
