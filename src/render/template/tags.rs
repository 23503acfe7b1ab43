//! Cuts the text of a template into its tags, and these into names, texts and signs, each with its
//! place. It understands just so much of the language as is needed not to take a text for a tag.

use std::ops::Range;

/// What a template is made of, besides plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// `{{ … }}`, what is between.
    Expression(Vec<Token<'a>>),
    /// `{% … %}`, what is between.
    Statement(Vec<Token<'a>>),
    /// `{# … #}`, what is between.
    Comment(&'a str),
}

/// A name, a text, a number or a sign of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// As it is written; a text without its quotes.
    pub text: &'a str,
    /// The byte where `text` begins.
    pub start: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word of the language, or a name of something.
    Name,
    /// A text in quotes.
    Text,
    /// A number or a sign.
    Sign,
}

impl Token<'_> {
    /// Its place in the template.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Whether it is the name or sign `text`, not a text in quotes.
    pub fn is(&self, text: &str) -> bool {
        self.kind != TokenKind::Text && self.text == text
    }
}

/// The tags and comments of a template in their order. What follows a tag without an end is left out.
pub fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(found) = template[at..].find('{') {
        let start = at + found;
        at = start + 1;
        match template.as_bytes().get(at) {
            Some(b'#') => {
                let Some(length) = template[at + 1..].find("#}") else { break };
                let comment = &template[at + 1..at + 1 + length];
                pieces.push(Piece::Comment(comment.trim_matches(['-', ' ', '\n'])));
                at += 1 + length + 2;
            }
            Some(b'{') => {
                let Some((tokens, end)) = tokens(template, at + 1, "}}") else { break };
                pieces.push(Piece::Expression(tokens));
                at = end;
            }
            Some(b'%') => {
                let Some((tokens, end)) = tokens(template, at + 1, "%}") else { break };
                at = end;
                if tokens.first().is_some_and(|token| token.is("raw")) {
                    at += template[at..].find("endraw").unwrap_or(template.len() - at);
                } else {
                    pieces.push(Piece::Statement(tokens));
                }
            }
            _ => {}
        }
    }
    pieces
}

/// Signs of more than one letter; the longer first.
const SIGNS: [&str; 9] = ["...", "?.", "==", "!=", "<=", ">=", "//", "**", "</"];

/// The tokens of a tag that begins at `at`, and where it ends, after its `end`.
fn tokens<'a>(template: &'a str, mut at: usize, end: &str) -> Option<(Vec<Token<'a>>, usize)> {
    let mut tokens = Vec::new();
    let mut depth = 0_usize;
    if template[at..].starts_with('-') {
        at += 1;
    }
    loop {
        let rest = &template[at..];
        let first = rest.chars().next()?;
        if depth == 0 && rest.starts_with(end) {
            return Some((tokens, at + end.len()));
        }
        if depth == 0 && rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(end)) {
            return Some((tokens, at + 1 + end.len()));
        }
        let (kind, text, length) = match first {
            '"' | '\'' | '`' => {
                let length = text_length(&rest[1..], first)?;
                (TokenKind::Text, &rest[1..=length], length + 2)
            }
            _ if first.is_alphabetic() || first == '_' => {
                let is_other = |letter: char| !letter.is_alphanumeric() && letter != '_';
                let length = rest.find(is_other).unwrap_or(rest.len());
                (TokenKind::Name, &rest[..length], length)
            }
            _ if first.is_whitespace() => {
                at += first.len_utf8();
                continue;
            }
            _ => {
                let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
                let length = sign.map_or(first.len_utf8(), str::len);
                (TokenKind::Sign, &rest[..length], length)
            }
        };
        match text {
            "{" if kind == TokenKind::Sign => depth += 1,
            "}" if kind == TokenKind::Sign => depth = depth.saturating_sub(1),
            _ => {}
        }
        let start = if kind == TokenKind::Text { at + 1 } else { at };
        tokens.push(Token { kind, text, start });
        at += length;
    }
}

/// How long a text is that ends with `quote`.
fn text_length(rest: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, letter) in rest.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(template: &str) -> Vec<String> {
        let tokens = |tokens: Vec<Token<'_>>| {
            tokens.iter().map(|token| token.text).collect::<Vec<_>>().join(" ")
        };
        let pieces = pieces(template).into_iter();
        pieces
            .map(|piece| match piece {
                Piece::Expression(inside) => format!("= {}", tokens(inside)),
                Piece::Statement(inside) => format!("% {}", tokens(inside)),
                Piece::Comment(comment) => format!("# {comment}"),
            })
            .collect()
    }

    #[test]
    fn a_template_is_cut_into_tags_and_comments() {
        let template = "{#- Why. -#}\n<p>{{ page?.title ~ \" }} \" }}</p>{%- if a == {b: 1} -%}";
        let pieces = ["# Why.", "= page ?. title ~  }} ", "% if a == { b : 1 }"];
        assert_eq!(written(template), pieces);
    }

    #[test]
    fn what_is_raw_or_never_ends_is_no_tag() {
        assert_eq!(written("{% raw %}{{ a }}{% endraw %}{{ b }}"), ["= b"]);
        assert_eq!(written("{ a } {{ 'b }} {% c"), Vec::<String>::new());
        assert_eq!(written("{# a"), Vec::<String>::new());
    }
}
