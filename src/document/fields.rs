//! The fields of a page, validated and typed by its schema. Whoever holds a `Value` need not check
//! it again; what it refers to is checked when all pages are known.

use std::collections::BTreeMap;

use crate::base::address::{is_mailbox, is_web};
use crate::base::text::nearest;
use crate::base::{Date, Diagnostics, SourcePath, Span, Text, catalogue};
use crate::source::tree::CONTENT;
use crate::source::yaml::{Node, Yaml};

use serde::{Deserialize, Serialize};

use super::body::{Body, Link};
use super::citation;
use super::markdown;
use super::schema::{Field, Kind};

/// The values of a page by field.
pub type Fields = BTreeMap<String, Value>;

/// A validated value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// A text, or a mailbox.
    Text(String),
    /// A text with Markdown, by its number among the bodies of the page.
    Markdown(usize),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// An amount in cents and its currency.
    Money {
        /// Hundredths of the currency.
        cents: i64,
        /// The ISO code, such as `EUR`.
        currency: String,
    },
    /// True or false.
    Boolean(bool),
    /// A date.
    Date(Date),
    /// From, to.
    Period(Option<Date>, Option<Date>),
    /// The value and the label of a choice.
    Choice(String, String),
    /// Several values.
    List(Vec<Self>),
    /// A group of fields.
    Object(Fields),
    /// Another page, by the number of its reference in the document.
    Page(usize),
    /// A file beside the page, by the number of its reference in the document.
    Asset(usize),
    /// An address and its title, which may be empty.
    Url(String, String),
    /// The uniform name of an act of law.
    Urn(String),
}

/// A page or file that a field names, to be checked when all pages are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// What is written: a file stem or a relative path.
    pub written: String,
    /// The path it stands for, when a path was written.
    pub path: Option<SourcePath>,
    /// The page type that the field wants.
    pub page_type: Option<String>,
    /// Whether it names a file rather than a page.
    pub is_asset: bool,
    /// Where it is written.
    pub span: Span,
}

/// Validates the values of one file. References and diagnostics gather here.
pub struct Validator<'a> {
    /// The file.
    pub file: &'a SourcePath,
    /// Its whole text.
    pub text: &'a str,
    /// How Markdown is read.
    pub markdown: &'a markdown::Options<'a>,
    /// What the values refer to.
    pub references: Vec<Reference>,
    /// The Markdown texts, after the place of the page's own text.
    pub bodies: Vec<Body>,
    /// The links of these texts.
    pub links: Vec<Link>,
    /// What is wrong.
    pub diagnostics: Diagnostics,
}

impl Validator<'_> {
    /// The values of `fields` in the mapping `node`. Keys that are not fields are the caller's
    /// business at the top of a page, and errors inside an object.
    pub fn fields(&mut self, node: &Node, fields: &[Field]) -> Fields {
        let mut values = Fields::new();
        for field in fields {
            let given = node.get(&field.name).filter(|node| node.yaml != Yaml::Null);
            if let Some(value) = given.or(field.default.as_ref()) {
                if let Some(value) = self.value(value, &field.kind, &field.name) {
                    values.insert(field.name.clone(), value);
                }
            } else if field.is_required {
                let span = opening(self.file, self.text, node);
                self.diagnostics.push(catalogue::missing_field(span, &field.name));
            }
        }
        values
    }

    fn value(&mut self, node: &Node, kind: &Kind, name: &str) -> Option<Value> {
        match kind {
            Kind::Text => self.text(node, name).map(Value::Text),
            Kind::Markdown => self.markdown(node, name),
            Kind::Integer => self.plain(node, name, "un numero intero", "a whole number", |text| {
                text.parse().ok().map(Value::Integer)
            }),
            Kind::Number => self.plain(node, name, "un numero", "a number", |text| {
                text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Number)
            }),
            Kind::Boolean => {
                self.plain(node, name, "`true` o `false`", "`true` or `false`", |text| {
                    text.parse().ok().map(Value::Boolean)
                })
            }
            Kind::Money => self.money(node, name),
            Kind::Date => self.date(node, name).map(Value::Date),
            Kind::Period => self.period(node, name),
            Kind::Choice(choices) => self.choice(node, name, choices),
            Kind::List(item) => self.list(node, name, item),
            Kind::Object(fields) => self.object(node, name, fields),
            Kind::Page(page_type) => self.page(node, name, page_type.as_deref()),
            Kind::Asset => self.asset(node, name),
            Kind::Url => self.url(node, name),
            Kind::Email => self.email(node, name),
            Kind::Urn => self.urn(node, name),
        }
    }

    fn text(&mut self, node: &Node, name: &str) -> Option<String> {
        match node.scalar() {
            Some(scalar) => Some(scalar.text.trim().to_owned()),
            None => self.wrong_type(node, name, Text::new("un testo", "a text")),
        }
    }

    /// An unquoted scalar that `parse` understands.
    fn plain(
        &mut self,
        node: &Node,
        name: &str,
        italian: &str,
        english: &str,
        parse: impl Fn(&str) -> Option<Value>,
    ) -> Option<Value> {
        let unquoted = node.scalar().filter(|scalar| !scalar.quoted);
        match unquoted.and_then(|scalar| parse(&scalar.text)) {
            Some(value) => Some(value),
            None => self.wrong_type(node, name, Text::new(italian, english)),
        }
    }

    fn markdown(&mut self, node: &Node, name: &str) -> Option<Value> {
        let text = self.text(node, name)?;
        let place = node.range.clone();
        let links = &mut self.links;
        let body = markdown::render_inside(self.file, &text, place, self.markdown, links);
        self.bodies.push(body.into_value(&mut self.diagnostics));
        Some(Value::Markdown(self.bodies.len() - 1))
    }

    fn money(&mut self, node: &Node, name: &str) -> Option<Value> {
        let expected = Text::new(
            "un importo come `{ amount: 1500.00, currency: EUR }`",
            "an amount like `{ amount: 1500.00, currency: EUR }`",
        );
        let amount = match &node.yaml {
            Yaml::Map(_) => self.known_keys(node, &["amount", "currency"]).get("amount"),
            _ => Some(node),
        };
        let cents = amount.and_then(Node::scalar).and_then(|scalar| cents(&scalar.text));
        let Some(cents) = cents else { return self.wrong_type(node, name, expected) };
        let currency = node.get("currency").and_then(Node::scalar);
        let currency = currency.map_or_else(|| "EUR".to_owned(), |scalar| scalar.text.clone());
        Some(Value::Money { cents, currency })
    }

    fn date(&mut self, node: &Node, name: &str) -> Option<Date> {
        let text = self.text(node, name)?;
        let date = text.parse().ok();
        if date.is_none() {
            self.diagnostics.push(catalogue::bad_date(self.span(node), &text));
        }
        date
    }

    fn period(&mut self, node: &Node, name: &str) -> Option<Value> {
        if node.entries().is_none() {
            let expected = Text::new(
                "un periodo come `{ from: 2020-05-20, to: 2023-09-30 }`",
                "a period like `{ from: 2020-05-20, to: 2023-09-30 }`",
            );
            return self.wrong_type(node, name, expected);
        }
        let node = self.known_keys(node, &["from", "to"]);
        let from = node.get("from").and_then(|from| self.date(from, "from"));
        let to = node.get("to").and_then(|to| self.date(to, "to"));
        Some(Value::Period(from, to))
    }

    fn choice(&mut self, node: &Node, name: &str, choices: &[(String, String)]) -> Option<Value> {
        let written = self.text(node, name)?;
        if let Some((value, label)) = choices.iter().find(|(value, _)| *value == written) {
            return Some(Value::Choice(value.clone(), label.clone()));
        }
        let values = choices.iter().map(|(value, _)| value.as_str());
        let near = nearest(&written, values.clone());
        let span = self.span(node);
        self.diagnostics.push(catalogue::unknown_choice(span, &written, values, near));
        None
    }

    fn list(&mut self, node: &Node, name: &str, item: &Kind) -> Option<Value> {
        let Yaml::List(items) = &node.yaml else {
            return self.wrong_type(node, name, Text::new("un elenco", "a list"));
        };
        Some(Value::List(items.iter().filter_map(|node| self.value(node, item, name)).collect()))
    }

    fn object(&mut self, node: &Node, name: &str, fields: &[Field]) -> Option<Value> {
        if node.entries().is_none() {
            let expected = Text::new("un gruppo di chiavi", "a group of keys");
            return self.wrong_type(node, name, expected);
        }
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let node = self.known_keys(node, &names);
        Some(Value::Object(self.fields(node, fields)))
    }

    fn page(&mut self, node: &Node, name: &str, page_type: Option<&str>) -> Option<Value> {
        let written = self.text(node, name)?;
        let path = if written.ends_with(".md") { self.resolve(node, &written)? } else { None };
        self.references.push(Reference {
            written,
            path,
            page_type: page_type.map(str::to_owned),
            is_asset: false,
            span: self.span(node),
        });
        Some(Value::Page(self.references.len() - 1))
    }

    fn asset(&mut self, node: &Node, name: &str) -> Option<Value> {
        let written = self.text(node, name)?;
        let path = self.resolve(node, &written)?;
        let span = self.span(node);
        self.references.push(Reference { written, path, page_type: None, is_asset: true, span });
        Some(Value::Asset(self.references.len() - 1))
    }

    /// The path that a relative one stands for; reports one that leaves the content.
    fn resolve(&mut self, node: &Node, written: &str) -> Option<Option<SourcePath>> {
        let path = self.file.resolve(written, CONTENT);
        if path.is_none() {
            self.diagnostics.push(catalogue::link_outside(self.span(node), written));
            return None;
        }
        Some(path)
    }

    fn url(&mut self, node: &Node, name: &str) -> Option<Value> {
        let (address, title) = match &node.yaml {
            Yaml::Map(_) => {
                let node = self.known_keys(node, &["title", "url"]);
                let title = node.get("title").and_then(Node::scalar);
                let title = title.map(|scalar| scalar.text.clone()).unwrap_or_default();
                let Some(url) = node.get("url") else {
                    self.diagnostics.push(catalogue::missing_field(self.span(node), "url"));
                    return None;
                };
                (self.text(url, "url")?, title)
            }
            _ => (self.text(node, name)?, String::new()),
        };
        if !is_web(&address) {
            let span = self.span(node);
            self.diagnostics.push(catalogue::bad_address(
                span,
                &address,
                "https://www.esempio.it/pagina",
            ));
            return None;
        }
        Some(Value::Url(address, title))
    }

    fn email(&mut self, node: &Node, name: &str) -> Option<Value> {
        let address = self.text(node, name)?;
        if !is_mailbox(&address) {
            let span = self.span(node);
            self.diagnostics.push(catalogue::bad_address(span, &address, "ufficio@provincia.it"));
            return None;
        }
        Some(Value::Text(address))
    }

    fn urn(&mut self, node: &Node, name: &str) -> Option<Value> {
        let urn = self.text(node, name)?;
        if citation::acts_of_urn(&urn).is_none() {
            self.diagnostics.push(catalogue::bad_urn(self.span(node), &urn));
            return None;
        }
        Some(Value::Urn(urn))
    }

    /// Reports the keys of `node` that are not `known`.
    fn known_keys<'n>(&mut self, node: &'n Node, known: &[&str]) -> &'n Node {
        for (key, near) in node.strangers(known.iter().copied()) {
            let span = Span::new(self.file, key.range.clone());
            self.diagnostics.push(catalogue::unknown_key(span, &key.name, near));
        }
        node
    }

    fn wrong_type<T>(&mut self, node: &Node, name: &str, expected: Text) -> Option<T> {
        let found = node.describe();
        self.diagnostics.push(catalogue::wrong_type(self.span(node), name, &expected, &found));
        None
    }

    fn span(&self, node: &Node) -> Span {
        Span::new(self.file, node.range.clone())
    }
}

/// The first line of a mapping in `text`, the whole of `file`: where something that is missing should
/// be.
pub(super) fn opening(file: &SourcePath, text: &str, node: &Node) -> Span {
    let rest = &text[node.range.start..];
    let length = rest.find('\n').unwrap_or(rest.len());
    Span::new(file, node.range.start..node.range.start + length)
}

/// Hundredths of `1500`, `1500.5` or `1500.50`.
fn cents(text: &str) -> Option<i64> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    if unsigned.is_empty() || !digits(unsigned) || !digits(rest) || rest.len() > 2 {
        return None;
    }
    format!("{whole}{rest:0<2}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_to_the_cent() {
        let amounts = ["4555500", "10.5", "10.05", "-3", "1,5", "1.234", ""].map(cents);
        let expected = [Some(455_550_000), Some(1050), Some(1005), Some(-300), None, None, None];
        assert_eq!(amounts, expected);
    }
}
