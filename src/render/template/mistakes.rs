//! What is wrong with a template, in words of ours: which name it uses that is not there, which are,
//! and the nearest of them. The template language says most of this when it loads or runs a template,
//! in one English sentence; what it says and we do not know is passed on.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::contract::{
    Contract, FILTERS, FUNCTIONS, Kind, TERA_FILTERS, TERA_FUNCTIONS, TERA_TESTS,
};
use super::Template;
use super::anatomy::Anatomy;
use super::fields::{self, Unknown};
use super::tags::{self, Piece};
use crate::base::catalogue::{self, NameOf};
use crate::base::text::nearest;
use crate::base::{Diagnostic, Diagnostics, Span, Text};

/// The beginning of what the function `asset` says of a file that is not there.
pub const UNKNOWN_FILE: &str = "Unknown static file";

/// What the filter `date` says of a text that is no date, after the text.
pub const NO_DATE: &str = "is not a date";
/// What the template language says where the end of something is missing.
const UNFINISHED: &str = "Unexpected end of input";

/// What templates may name.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// All templates, those of the site's own theme first.
    pub templates: &'a [Template],
    /// The names of the static files.
    pub files: &'a [&'a str],
    /// The fields and words.
    pub contract: &'a Contract,
}

/// The fields that `template` asks for and that do not exist, as far as its text tells.
pub fn unknown_fields(template: &Template, contract: &Contract) -> Diagnostics {
    let unknown = fields::unknown(&template.text, contract);
    unknown.into_iter().map(|unknown| unknown_field(template, contract, &unknown)).collect()
}

/// What the template language said of the place `range` of `template`, in our words.
pub fn diagnostic(
    known: &Known<'_>,
    template: &Template,
    range: Range<usize>,
    message: &str,
) -> Diagnostic {
    let unknown = fields::unknown(&template.text, known.contract);
    let here = unknown.iter().find(|unknown| {
        unknown.range.start < range.end.max(range.start + 1) && range.start < unknown.range.end
    });
    if let Some(unknown) = here {
        return unknown_field(template, known.contract, unknown);
    }
    let failure = Failure { known, template, range, message };
    let found = failure.field().or_else(|| failure.name()).or_else(|| failure.syntax());
    found.unwrap_or_else(|| {
        catalogue::template_error(failure.span(failure.range.clone()), message.trim())
    })
}

/// Whether what the template language said is wrong only because templates with mistakes were left out.
pub fn follows_from(message: &str, left_out: &[&Template]) -> bool {
    let Some(name) = quoted(message).first().copied() else { return false };
    match message.split(" `").next().unwrap_or_default() {
        "Unknown template" => left_out.iter().any(|template| template.short_name() == name),
        "Unknown component" => left_out.iter().any(|template| {
            let components = Anatomy::of(&template.text).components;
            components.iter().any(|component| component.name == name)
        }),
        "Block" => !left_out.is_empty(),
        _ => false,
    }
}

struct Failure<'a> {
    known: &'a Known<'a>,
    template: &'a Template,
    range: Range<usize>,
    message: &'a str,
}

impl Failure<'_> {
    /// A field or variable that is not there.
    fn field(&self) -> Option<Diagnostic> {
        let names = quoted(self.message);
        let (_, listed) = self.message.split_once(" Available ").unwrap_or_default();
        let listed: Vec<&str> =
            listed.split_once(": ").map(|(_, all)| all.split(", ").collect()).unwrap_or_default();
        if self.message.starts_with("Field `") && !listed.is_empty() {
            let place = self.word(names[0]);
            let object = object_before(&self.template.text, place.start);
            let view = self.known.contract.view_with(&listed);
            let kind = view.map_or(Kind::Other, |view| Kind::View(view.to_owned()));
            return Some(told(self.span(place), object, &kind, names[0], &listed));
        }
        if self.message.starts_with("Variable `") && self.message.contains("is not defined") {
            let near = nearest(names[0], listed.iter().copied());
            let span = self.span(self.word(names[0]));
            return Some(catalogue::unknown_name(span, NameOf::Variable, names[0], near, &listed));
        }
        let says_undefined = self.message.contains("undefined")
            || self.message.starts_with("Field `") && self.message.ends_with("is not defined");
        if !says_undefined {
            return None;
        }
        // What the expression at this place came to is nothing: its last name is the one.
        let is_in_path = |letter: char| letter.is_alphanumeric() || "_.?".contains(letter);
        let is_whole = self.message.starts_with("Field `");
        let end = if is_whole { self.range.end } else { self.template.text.len() };
        let path = self.template.text.get(self.range.start..end)?;
        let path = &path[..path.find(|letter| !is_in_path(letter)).unwrap_or(path.len())];
        if path.len() < self.range.len() {
            return None;
        }
        let start = self.range.start;
        Some(match path.rsplit_once('.') {
            Some((object, name)) => {
                let end = start + path.len();
                let span = self.span(end - name.len()..end);
                told(span, object.trim_end_matches('?'), &Kind::Other, name, &[])
            }
            None => {
                let span = self.span(start..start + path.len());
                let names = self.known.contract.names.keys().map(String::as_str);
                let near = nearest(path, names);
                catalogue::unknown_name(span, NameOf::Variable, path, near, &[])
            }
        })
    }

    /// A filter, function, component, template, block, argument or file that is not there.
    fn name(&self) -> Option<Diagnostic> {
        let names = quoted(self.message);
        let first = *names.first()?;
        let text = self.message;
        let rest = || -> Vec<&str> {
            let all = text.split_once("Possible argument(s) are:").map(|(_, all)| quoted(all));
            all.unwrap_or_default()
        };
        let of = |what: NameOf, known: Vec<&str>| Some(self.unknown(what, first, known));
        match text.split(" `").next()? {
            "Unknown filter" => {
                let ours = FILTERS.into_iter().map(|(name, _)| name);
                of(NameOf::Filter, ours.chain(TERA_FILTERS).collect())
            }
            "Unknown function" => {
                let ours = FUNCTIONS.into_iter().filter_map(|(call, _)| call.split('(').next());
                of(NameOf::Function, ours.chain(TERA_FUNCTIONS).collect())
            }
            "Unknown test" => of(NameOf::Test, TERA_TESTS.to_vec()),
            "Unknown component" => {
                let all = self.anatomies();
                let components = all.iter().flat_map(|anatomy| &anatomy.components);
                of(NameOf::Component, components.map(|component| &*component.name).collect())
            }
            "Unknown template" => of(
                NameOf::Template,
                self.known.templates.iter().map(Template::short_name).collect(),
            ),
            "Block" if text.ends_with("is not defined in any parent template") => {
                let all = self.ancestors();
                let blocks = all.iter().flat_map(|anatomy| &anatomy.blocks);
                of(NameOf::Block, blocks.map(|block| &*block.name).collect())
            }
            "Unknown argument(s)" => {
                let known = rest();
                // They are told in no order.
                let unknown = names.into_iter().filter(|name| !known.contains(name));
                let first = unknown.min_by_key(|name| self.word(name).start)?;
                Some(self.unknown(NameOf::Argument, first, known))
            }
            "Argument" | "Implicit argument" | "Missing keyword argument" => {
                Some(catalogue::missing_argument(self.span(self.range.clone()), first))
            }
            "Component argument" => {
                let (found, expected) = (*names.get(1)?, *names.get(2)?);
                let span = self.span(self.word(first));
                Some(catalogue::wrong_argument(span, first, expected, found))
            }
            "Invalid type for the value, expected" => {
                let span = self.span(self.range.clone());
                Some(catalogue::wrong_value(span, first, names.get(1)?))
            }
            "Component" if text.contains("is defined in both") => {
                Some(catalogue::component_twice(self.span(self.component(first)), first))
            }
            UNKNOWN_FILE => of(NameOf::File, self.known.files.to_vec()),
            _ if text.ends_with(NO_DATE) => {
                Some(catalogue::bad_date(self.span(self.range.clone()), first))
            }
            _ => None,
        }
    }

    /// A sign where another belongs, or the end of the file where one is missing.
    fn syntax(&self) -> Option<Diagnostic> {
        let message = self.message.trim();
        if message == UNFINISHED {
            return Some(catalogue::template_unfinished(self.span(self.range.clone())));
        }
        let (found, expected) = message.strip_prefix("Found ")?.split_once(" but expected ")?;
        let expected = match expected.trim_end_matches('.') {
            "identifier" | "attribute name" => Text::new("un nome", "a name"),
            "string" => Text::new("un testo tra virgolette", "a text in quotes"),
            sign if sign.contains([' ', '`']) => return None,
            "" => Text::new("`.`", "`.`"),
            sign => Text::new(format!("`{sign}`"), format!("`{sign}`")),
        };
        let is_sign = found.starts_with('`');
        is_sign.then(|| catalogue::template_sign(self.span(self.range.clone()), &expected, found))
    }

    fn unknown(&self, what: NameOf, name: &str, mut known: Vec<&str>) -> Diagnostic {
        known.sort_unstable();
        known.dedup();
        let near = nearest(name, known.iter().copied());
        catalogue::unknown_name(self.span(self.word(name)), what, name, near, &known)
    }

    /// The parts of all templates.
    fn anatomies(&self) -> Vec<Anatomy> {
        self.known.templates.iter().map(|template| Anatomy::of(&template.text)).collect()
    }

    /// The parts of the templates that this one extends, the nearest first.
    fn ancestors(&self) -> Vec<Anatomy> {
        let mut ancestors: Vec<Anatomy> = Vec::new();
        let mut parent = Anatomy::of(&self.template.text).parent;
        while let Some(named) = parent.filter(|_| ancestors.len() < self.known.templates.len()) {
            let is_it = |template: &&Template| {
                template.short_name() == named.name || template.name == named.name
            };
            let Some(found) = self.known.templates.iter().find(is_it) else { break };
            ancestors.push(Anatomy::of(&found.text));
            parent = ancestors.last().and_then(|anatomy| anatomy.parent.clone());
        }
        ancestors
    }

    /// The place of `name` in the tag where it went wrong; the place of the whole where it is not.
    fn word(&self, name: &str) -> Range<usize> {
        let text = &self.template.text;
        let is_word = |letter: Option<char>| {
            letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
        };
        let tag_end = text.get(self.range.start..).unwrap_or_default();
        let tag_end = tag_end.find(['\n']).map_or(text.len(), |at| self.range.start + at);
        let end = tag_end.max(self.range.end).min(text.len());
        let Some(part) = text.get(self.range.start..end) else { return self.range.clone() };
        let found = part.match_indices(name).find(|(at, _)| {
            let (before, after) = (&part[..*at], &part[at + name.len()..]);
            !is_word(before.chars().next_back()) && !is_word(after.chars().next())
        });
        found.map_or(self.range.clone(), |(at, _)| {
            let start = self.range.start + at;
            start..start + name.len()
        })
    }

    /// Where the template defines the component `name`.
    fn component(&self, name: &str) -> Range<usize> {
        let components = Anatomy::of(&self.template.text).components;
        let found = components.into_iter().find(|component| component.name == name);
        found.map_or(0..0, |component| component.range)
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(&self.template.path, range)
    }
}

fn unknown_field(template: &Template, contract: &Contract, unknown: &Unknown) -> Diagnostic {
    let span = Span::new(&template.path, unknown.range.clone());
    let fields = contract.fields(&unknown.kind);
    told(span, &unknown.object, &unknown.kind, &unknown.name, &fields)
}

/// `object`, which is a thing of `kind` with these fields, has no field `name`.
fn told(span: Span, object: &str, kind: &Kind, name: &str, fields: &[&str]) -> Diagnostic {
    let near = nearest(name, fields.iter().copied());
    let plain = |italian: &str, english: &str| Text::new(italian, english);
    match kind {
        Kind::View(view) => catalogue::unknown_view_field(span, object, view, name, near, fields),
        Kind::Words => catalogue::unknown_name(span, NameOf::Word, name, near, &[]),
        Kind::List(_) => catalogue::field_of_list(span, object, name),
        Kind::Text => catalogue::field_of_value(span, object, &plain("un testo", "a text")),
        Kind::Number => catalogue::field_of_value(span, object, &plain("un numero", "a number")),
        Kind::Boolean => {
            catalogue::field_of_value(span, object, &plain("vero o falso", "true or false"))
        }
        Kind::Other => catalogue::unknown_view_field(span, object, "", name, near, fields),
    }
}

/// The path of names that ends at `dot`, before the dot itself.
fn object_before(text: &str, place: usize) -> &str {
    let before = text.get(..place).unwrap_or_default().trim_end_matches(['.', '?']);
    let is_other = |letter: char| !letter.is_alphanumeric() && !"_.?".contains(letter);
    before.rfind(is_other).map_or(before, |at| {
        let width = before[at..].chars().next().map_or(0, char::len_utf8);
        &before[at + width..]
    })
}

/// What stands between backticks.
fn quoted(message: &str) -> Vec<&str> {
    message.split('`').skip(1).step_by(2).collect()
}

/// The keys of words that the templates name as `t.key`; none when one of them makes up keys, as
/// `t["kind_" ~ kind]` does, and so may name any.
pub fn named_words<'a>(
    templates: impl IntoIterator<Item = &'a Template>,
) -> Option<BTreeSet<&'a str>> {
    let mut named = BTreeSet::new();
    for template in templates {
        for piece in tags::pieces(&template.text) {
            let (Piece::Expression(tokens) | Piece::Statement(tokens)) = piece else { continue };
            for path in tokens.windows(3).filter(|path| path[0].is("t")) {
                if path[1].is("[") {
                    return None;
                }
                named.extend(path[1].is(".").then_some(path[2].text));
            }
        }
    }
    Some(named)
}
