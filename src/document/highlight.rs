//! Colours source code with a handful of short classes, a few bytes per word instead of full scope
//! names. Each distinct block is coloured once and remembered: it is the dearest step per byte.

use std::sync::LazyLock;

use syntect::easy::ScopeRegionIterator;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};
use syntect::util::LinesWithEndings;

use crate::base::html::{escape, escape_into};
use crate::base::{Hash, Table};

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Scope prefixes and their classes; in a stack of scopes the innermost that matches counts, and
/// for one scope the first line that matches.
static CLASSES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    let classes = [
        ("comment", "z-c"),
        ("string.regexp", "z-e"),
        ("constant.character.escape", "z-e"),
        ("string", "z-s"),
        ("constant.numeric", "z-n"),
        ("constant", "z-m"),
        ("keyword.operator", "z-o"),
        ("keyword", "z-k"),
        ("storage.type.function", "z-k"),
        ("storage", "z-k"),
        ("entity.name.function", "z-f"),
        ("support.function", "z-f"),
        ("variable.function", "z-f"),
        ("entity.name.tag", "z-g"),
        ("entity.other.attribute-name", "z-a"),
        ("entity.name", "z-t"),
        ("support", "z-t"),
        ("variable.parameter", "z-v"),
        ("variable", "z-v"),
        ("markup.inserted", "z-i"),
        ("markup.deleted", "z-d"),
        ("markup.heading", "z-h"),
        ("invalid", "z-x"),
        ("punctuation.definition.string", "z-s"),
        ("punctuation.definition.comment", "z-c"),
        ("punctuation", "z-p"),
    ];
    let scope = |(name, class)| Scope::new(name).ok().map(|scope| (scope, class));
    classes.into_iter().filter_map(scope).collect()
});

/// The HTML of `code` in `language`, without the `<pre>` around it. An unknown language is plain.
pub fn highlight(code: &str, language: &str, memo: &Table<String>) -> String {
    let Some(syntax) = SYNTAXES.find_syntax_by_token(language).filter(|_| !language.is_empty())
    else {
        return escape(code);
    };
    let key = Hash::of_parts([language.as_bytes(), code.as_bytes()]);
    let html =
        memo.get(key, || colour(code, ParseState::new(syntax)).unwrap_or_else(|| escape(code)));
    html.as_ref().clone()
}

fn colour(code: &str, mut state: ParseState) -> Option<String> {
    let mut html = String::with_capacity(code.len() * 2);
    let mut stack = ScopeStack::new();
    let mut open = "";
    for line in LinesWithEndings::from(code) {
        let operations = state.parse_line(line, &SYNTAXES).ok()?;
        for (part, operation) in ScopeRegionIterator::new(&operations, line) {
            stack.apply(operation).ok()?;
            if part.is_empty() {
                continue;
            }
            // Blanks have no colour, so a run of one class goes on across them.
            let class = if part.trim().is_empty() { open } else { class_of(&stack) };
            if class != open {
                close(&mut html, open);
                if !class.is_empty() {
                    html.push_str(&format!("<span class=\"{class}\">"));
                }
                open = class;
            }
            escape_into(part, &mut html);
        }
    }
    close(&mut html, open);
    Some(html)
}

fn close(html: &mut String, open: &str) {
    if !open.is_empty() {
        html.push_str("</span>");
    }
}

fn class_of(stack: &ScopeStack) -> &'static str {
    let class = |scope: &Scope| {
        CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    };
    stack.as_slice().iter().rev().find_map(class).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_coloured_with_short_classes_once() {
        let memo = Table::default();
        let html = highlight("{\"a\": 1}\n", "json", &memo);
        assert!(html.contains("<span class=\"z-n\">1</span>"), "{html}");
        assert_eq!(highlight("{\"a\": 1}\n", "json", &memo), html);
        assert_eq!(memo.n_computed(), 1);
    }

    #[test]
    fn an_unknown_language_is_plain_text() {
        assert_eq!(highlight("a < b", "nessuna", &Table::default()), "a &lt; b");
    }
}
