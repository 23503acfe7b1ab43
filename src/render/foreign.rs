//! Marks the foreign words in the texts of a page with their language, so that they are read aloud as
//! they are spoken: one pass over finished HTML. Which words these are is known to `source/foreign`.

use crate::base::html::{Sealed, Tag, parts};
use crate::base::phrase::{Phrases, rewrite};
use crate::base::pieces::Piece;

/// Elements whose text is no language, or may hold no other element.
const SEALED: [&str; 11] = [
    "code", "kbd", "option", "pre", "samp", "script", "select", "style", "svg", "textarea", "title",
];

/// Elements that never have an end.
const EMPTY: [&str; 6] = ["br", "col", "hr", "img", "input", "wbr"];

/// `html` with each of the `foreign` phrases, which have the code of their language, in an element
/// that names it.
pub fn marked(foreign: &Phrases<String>, html: String) -> String {
    if foreign.is_empty() {
        return html;
    }
    let mut marked = String::with_capacity(html.len() + html.len() / 16);
    let mut sealed: Option<Sealed<'_>> = None;
    for (text, tag) in parts(&html) {
        match sealed {
            Some(_) => marked.push_str(text),
            None => mark(foreign, text, &mut marked),
        }
        let Some(tag) = tag else { break };
        marked.push_str(tag.0);
        sealed = Sealed::after(sealed, tag, stays);
    }
    marked
}

/// Whether the element of `tag` stays as it is, as one does of which somebody wrote the language.
fn stays(tag: Tag<'_>) -> bool {
    let name = tag.name();
    SEALED.contains(&name) || tag.has_attribute("lang") && !EMPTY.contains(&name)
}

/// Writes a text between two tags.
fn mark(foreign: &Phrases<String>, text: &str, html: &mut String) {
    let find = |plain: &str, pieces: &[Piece<'_>]| foreign.at(plain, pieces).next();
    rewrite(text, html, find, |language, written, html| {
        html.push_str(&format!("<span lang=\"{language}\">{written}</span>"));
    });
}
