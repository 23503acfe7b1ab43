//! What a template is made of: its parent, the parts that it includes, its blocks and components, and
//! the comment at its head that says what it is for.

use std::ops::Range;

use super::tags::{Piece, Token, TokenKind, pieces};

/// The parts of a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anatomy {
    /// The comment at its head, on one line.
    pub purpose: String,
    /// The template that it extends.
    pub parent: Option<Named>,
    /// The templates that it includes.
    pub includes: Vec<Named>,
    /// Its blocks.
    pub blocks: Vec<Named>,
    /// The components that it defines.
    pub components: Vec<Component>,
}

/// A name and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Its place in the template.
    pub range: Range<usize>,
}

/// A component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// Its name.
    pub name: String,
    /// The place of its name in the template.
    pub range: Range<usize>,
    /// The name with what it takes, as it is written.
    pub signature: String,
    /// The comment before it, on one line; empty without one.
    pub purpose: String,
}

impl Anatomy {
    /// The parts of the template `text`.
    pub fn of(text: &str) -> Self {
        let mut anatomy = Self::default();
        let mut comment = None;
        for (number, piece) in pieces(text).into_iter().enumerate() {
            match piece {
                Piece::Comment(said) => {
                    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
                    if number == 0 {
                        anatomy.purpose.clone_from(&said);
                    }
                    comment = (number > 0).then_some(said);
                }
                Piece::Expression(_) => comment = None,
                Piece::Statement(tokens) => anatomy.add(text, &tokens, comment.take()),
            }
        }
        anatomy
    }

    fn add(&mut self, text: &str, tokens: &[Token<'_>], comment: Option<String>) {
        let [statement, first, ..] = tokens else { return };
        let named = || Named { name: first.text.to_owned(), range: first.range() };
        match statement.text {
            "extends" if first.kind == TokenKind::Text => self.parent = Some(named()),
            "include" if first.kind == TokenKind::Text => self.includes.push(named()),
            "block" => self.blocks.push(named()),
            "component" => {
                let end = tokens.iter().rposition(|token| token.is(")"));
                let end = end.map_or(first.range().end, |at| tokens[at].range().end);
                self.components.push(Component {
                    name: first.text.to_owned(),
                    range: first.range(),
                    signature: text[first.start..end].to_owned(),
                    purpose: comment.unwrap_or_default(),
                });
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Anatomy;

    #[test]
    fn a_template_is_parent_parts_blocks_and_components() {
        let text = r#"{#- A page
   of our own. -#}
{% extends "base.html" %}{% block main %}{% include "partials/toc.html" %}{% endblock main %}
{#- One star. -#}
{% component star(size: number = 1, @root) -%}*{% endcomponent star %}"#;
        let anatomy = Anatomy::of(text);
        assert_eq!(anatomy.purpose, "A page of our own.");
        assert_eq!(anatomy.parent.map(|named| named.name).as_deref(), Some("base.html"));
        assert_eq!(anatomy.includes[0].name, "partials/toc.html");
        assert_eq!(&text[anatomy.includes[0].range.clone()], "partials/toc.html");
        assert_eq!(anatomy.blocks[0].name, "main");
        assert_eq!(anatomy.components[0].signature, "star(size: number = 1, @root)");
        assert_eq!(anatomy.components[0].purpose, "One star.");
    }
}
