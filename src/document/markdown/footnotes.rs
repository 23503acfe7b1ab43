//! Footnotes: numbered in the order in which the text refers to them, written together at the end,
//! each with links back to the places that refer to it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::words::Words;

/// The footnotes of one text.
#[derive(Default)]
pub(super) struct Footnotes {
    by_name: BTreeMap<String, Footnote>,
    order: Vec<String>,
}

#[derive(Default)]
struct Footnote {
    number: usize,
    n_references: usize,
    html: String,
}

impl Footnotes {
    /// The HTML of a reference to the footnote `name`.
    pub(super) fn refer(&mut self, name: &str) -> String {
        let next = self.order.len() + 1;
        let footnote = self.by_name.entry(name.to_owned()).or_default();
        if footnote.number == 0 {
            footnote.number = next;
            self.order.push(name.to_owned());
        }
        footnote.n_references += 1;
        let number = footnote.number;
        let id = back_reference(number, footnote.n_references);
        format!(
            "<sup class=\"footnote-reference\"><a id=\"{id}\" href=\"#nota-{number}\">{number}</a></sup>"
        )
    }

    /// Takes the text of the footnote `name`.
    pub(super) fn define(&mut self, name: String, html: String) {
        self.by_name.entry(name).or_default().html = html;
    }

    /// The section with all footnotes that the text refers to, and the anchors in it.
    pub(super) fn write(&self, words: &Words) -> (String, Vec<String>) {
        if self.order.is_empty() {
            return (String::new(), Vec::new());
        }
        let mut anchors = vec!["note".to_owned()];
        let mut html = format!(
            "<section class=\"footnotes\" aria-labelledby=\"note\">\n<h2 id=\"note\">{}</h2>\n<ol>\n",
            words.notes
        );
        for footnote in self.order.iter().filter_map(|name| self.by_name.get(name)) {
            let number = footnote.number;
            let mut text = footnote.html.clone();
            let end = text.strip_suffix("</p>\n").map_or(text.len(), str::len);
            text.insert_str(end, &footnote.links_back(words));
            html.push_str(&format!("<li id=\"nota-{number}\">{}</li>\n", text.trim_end()));
            anchors.push(format!("nota-{number}"));
        }
        html.push_str("</ol>\n</section>\n");
        (html, anchors)
    }
}

impl Footnote {
    fn links_back(&self, words: &Words) -> String {
        let mut html = String::new();
        for reference in 1..=self.n_references {
            let id = back_reference(self.number, reference);
            let which = if reference > 1 { format!(" ({reference})") } else { String::new() };
            html.push_str(&format!(
                " <a class=\"footnote-back\" href=\"#{id}\" aria-label=\"{} {}{which}\">↩</a>",
                words.back, self.number,
            ));
        }
        html
    }
}

/// References to footnotes that the parser left as text, because nobody wrote them: the place of
/// each in `range` of the Markdown, and its name. A bracket behind a backslash is meant as it stands.
pub(super) fn missing(markdown: &str, range: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let (markdown, start) = (&markdown[..range.end], range.start);
    markdown[start..].match_indices("[^").filter_map(move |(at, _)| {
        let (before, rest) = markdown.split_at(start + at);
        let name = &rest[2..rest.find(']')?];
        let is_name = !name.is_empty() && !name.contains(char::is_whitespace);
        (is_name && !before.ends_with('\\')).then_some((start + at, name))
    })
}

fn back_reference(number: usize, reference: usize) -> String {
    if reference == 1 { format!("rif-{number}") } else { format!("rif-{number}-{reference}") }
}
