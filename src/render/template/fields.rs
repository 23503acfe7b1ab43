//! Which fields a template asks for that are not there. It follows names through `for`, `set` and lists
//! that are made on the spot, as far as it can tell what they hold: where it cannot, it says nothing.
//! `{% if page.titel %}` fails nowhere when it runs, so this is the only place that notices it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::contract::{Contract, Kind};
use super::tags::{Piece, Token, TokenKind, pieces};

/// A field that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The place of its name in the template.
    pub range: Range<usize>,
    /// Its name.
    pub name: String,
    /// What should have it, as it is written.
    pub object: String,
    /// What that is.
    pub kind: Kind,
}

/// All fields in the template `text` that do not exist, in their order.
pub fn unknown(text: &str, contract: &Contract) -> Vec<Unknown> {
    let mut reader = Reader { text, contract, scopes: vec![Scope::default()], found: Vec::new() };
    for piece in pieces(text) {
        match piece {
            Piece::Expression(tokens) => reader.expression(&tokens),
            Piece::Statement(tokens) => reader.statement(&tokens),
            Piece::Comment(_) => {}
        }
    }
    reader.found.sort_by_key(|unknown| unknown.range.start);
    reader.found.dedup();
    reader.found
}

/// The names of one stretch of a template; what is none can be anything.
#[derive(Default)]
struct Scope<'a> {
    names: BTreeMap<&'a str, Option<Kind>>,
    /// Whether the names around it cannot be seen, as in a component.
    is_closed: bool,
}

struct Reader<'a> {
    text: &'a str,
    contract: &'a Contract,
    scopes: Vec<Scope<'a>>,
    found: Vec<Unknown>,
}

impl<'a> Reader<'a> {
    fn statement(&mut self, tokens: &[Token<'a>]) {
        let [first, rest @ ..] = tokens else { return };
        match first.text {
            "for" => self.begin_loop(rest),
            "block" => self.scopes.push(Scope::default()),
            "component" => self.begin_component(rest),
            "endfor" | "endblock" | "endcomponent" if self.scopes.len() > 1 => {
                self.scopes.pop();
            }
            "set" | "set_global" => self.set(rest),
            _ => self.expression(rest),
        }
    }

    /// `name in list`, or `key, name in map`.
    fn begin_loop(&mut self, tokens: &[Token<'a>]) {
        let Some(at) = tokens.iter().position(|token| token.is("in")) else { return };
        let list = &tokens[at + 1..];
        self.expression(list);
        let item = item_of(self.kind_of(list)).filter(|_| at == 1);
        let names = tokens[..at].iter().filter(|token| token.kind == TokenKind::Name);
        let names = names.map(|token| (token.text, item.clone())).collect();
        self.scopes.push(Scope { names, is_closed: false });
    }

    /// `name(argument: type = default, @name)`: names with `@` are those of the page.
    fn begin_component(&mut self, tokens: &[Token<'a>]) {
        let mut names = BTreeMap::new();
        for pair in tokens.windows(2).filter(|pair| pair[0].is("@")) {
            let field = self.contract.names.get(pair[1].text);
            names.insert(pair[1].text, field.map(|field| field.kind.clone()));
        }
        self.scopes.push(Scope { names, is_closed: true });
    }

    /// `name = value`; without a value it is the text up to the end of the statement.
    fn set(&mut self, tokens: &[Token<'a>]) {
        let [name, equals, value @ ..] = tokens else { return };
        self.expression(value);
        let kind = self.kind_of(value).filter(|_| equals.is("="));
        let names = &mut self.scopes.last_mut().expect("the outermost stays").names;
        let before = names.get(name.text).cloned();
        // Set in two ways, it may be either.
        let is_settled = before.is_none_or(|before| before == kind);
        names.insert(name.text, kind.filter(|_| is_settled));
    }

    /// Looks at every path of names in an expression.
    fn expression(&mut self, tokens: &[Token<'a>]) {
        self.within(tokens, |reader| reader.paths(tokens));
    }

    /// Does something while the names of the lists that `tokens` make can be seen.
    fn within<T>(&mut self, tokens: &[Token<'a>], act: impl FnOnce(&mut Self) -> T) -> T {
        let mut scope = Scope::default();
        for (at, token) in tokens.iter().enumerate().skip(1) {
            let [name, within, list @ ..] = &tokens[at + 1..] else { break };
            if token.is("for") && within.is("in") {
                let end = list.iter().position(|token| token.is("if") || token.is("]"));
                let kind = item_of(self.kind_of(&list[..end.unwrap_or(list.len())]));
                scope.names.insert(name.text, kind);
            } else if token.is("for") {
                // Keys and values: of what kind they are nobody knows.
                scope.names.insert(name.text, None);
                scope.names.extend(list.first().map(|value| (value.text, None)));
            }
        }
        self.scopes.push(scope);
        let done = act(self);
        self.scopes.pop();
        done
    }

    fn paths(&mut self, tokens: &[Token<'a>]) {
        let mut at = 0;
        while at < tokens.len() {
            let is_field = at > 0 && (tokens[at - 1].is(".") || tokens[at - 1].is("?."));
            at += match tokens[at].kind {
                TokenKind::Name if !is_field => self.path(&tokens[at..]).1,
                _ => 1,
            };
        }
    }

    /// What a path at the start of `tokens` holds, and how many of these it takes. A field on the way
    /// that does not exist is noted.
    fn path(&mut self, tokens: &[Token<'a>]) -> (Option<Kind>, usize) {
        let mut kind = self.lookup(tokens[0].text);
        let mut at = 1;
        loop {
            match &tokens[at..] {
                [dot, name, after @ ..]
                    if (dot.is(".") || dot.is("?.")) && name.kind == TokenKind::Name =>
                {
                    kind = kind.and_then(|kind| {
                        let next = self.contract.field(&kind, name.text);
                        if next.is_none() && !asks_whether_defined(after) {
                            self.note(tokens[0].start, *dot, *name, kind);
                        }
                        next
                    });
                    at += 2;
                }
                [open, ..] if open.is("[") => {
                    let length = bracket_length(&tokens[at..]);
                    let inside = &tokens[at + 1..at + length];
                    self.paths(inside);
                    let is_slice = inside.iter().any(|token| token.is(":"));
                    kind = kind.and_then(|kind| match kind {
                        Kind::List(_) if is_slice => Some(kind),
                        Kind::List(item) => Some(*item),
                        _ => None,
                    });
                    at = (at + length + 1).min(tokens.len());
                }
                _ => return (kind, at),
            }
        }
    }

    fn note(&mut self, start: usize, dot: Token<'_>, name: Token<'_>, kind: Kind) {
        let object = self.text[start..dot.start].to_owned();
        self.found.push(Unknown { range: name.range(), name: name.text.to_owned(), object, kind });
    }

    fn lookup(&self, name: &str) -> Option<Kind> {
        for scope in self.scopes.iter().rev() {
            if let Some(kind) = scope.names.get(name) {
                return kind.clone();
            }
            if scope.is_closed {
                return None;
            }
        }
        Some(self.contract.names.get(name)?.kind.clone())
    }

    /// What a whole expression holds, where that is plain to see: a path and filters that keep or pick
    /// items, or a list made of one.
    fn kind_of(&mut self, tokens: &[Token<'a>]) -> Option<Kind> {
        let n_found = self.found.len();
        let kind = self.plain_kind(tokens);
        // What is wrong with the path is noted by those who look at all paths.
        self.found.truncate(n_found);
        kind
    }

    fn plain_kind(&mut self, tokens: &[Token<'a>]) -> Option<Kind> {
        let first = tokens.first()?;
        if first.is("[") && bracket_length(tokens) + 1 == tokens.len() {
            let inside = &tokens[1..tokens.len() - 1];
            let at = inside.iter().position(|token| token.is("for"))?;
            let item = self.within(inside, |reader| reader.plain_kind(&inside[..at]))?;
            return Some(Kind::List(Box::new(item)));
        }
        if first.kind != TokenKind::Name {
            return None;
        }
        let (mut kind, mut at) = self.path(tokens);
        while let [bar, filter, rest @ ..] = &tokens[at..] {
            if !bar.is("|") || rest.first().is_some_and(|token| token.is("(")) {
                return None;
            }
            kind = match filter.text {
                "reverse" | "sort" | "unique" => kind,
                "first" | "last" => item_of(kind),
                _ => return None,
            };
            at += 2;
        }
        kind.filter(|_| at == tokens.len())
    }
}

fn item_of(list: Option<Kind>) -> Option<Kind> {
    match list? {
        Kind::List(item) => Some(*item),
        _ => None,
    }
}

/// How many tokens stand before the one that closes the bracket at the start of `tokens`.
fn bracket_length(tokens: &[Token<'_>]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        if token.is("[") {
            depth += 1;
        } else if token.is("]") {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len()
}

/// `is defined` and `is not defined`: whoever asks this knows that there may be no such field.
fn asks_whether_defined(after: &[Token<'_>]) -> bool {
    let [first, rest @ ..] = after else { return false };
    let test = rest.iter().find(|token| !token.is("not"));
    first.is("is") && test.is_some_and(|test| test.is("defined") || test.is("undefined"))
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::{proptest, sample};

    use super::*;

    /// The fields that are missing, each as `object: name`.
    fn missing(text: &str) -> Vec<String> {
        let words = [("search".to_owned(), "Cerca".to_owned())];
        let contract = Contract::of(&words.into());
        let unknown = unknown(text, &contract);
        let written = unknown.iter().map(|found| format!("{}: {}", found.object, found.name));
        written.collect()
    }

    #[test]
    fn fields_of_the_page_the_site_and_the_words_are_known() {
        assert_eq!(missing("{{ page.title }}{{ site.publisher?.name }}{{ t.search }}"), [""; 0]);
        assert_eq!(
            missing("{% if page.titel %}{{ t.serch }}{% endif %}"),
            ["page: titel", "t: serch"]
        );
        assert_eq!(missing("{{ site.publisher.nome ~ root }}"), ["site.publisher: nome"]);
        assert_eq!(missing("{{ page.title.length }}"), ["page.title: length"]);
        assert_eq!(missing("{{ redirect.title }}{{ other.title }}"), [""; 0]);
    }

    #[test]
    fn names_are_followed_through_loops_and_lists() {
        let template = "{% for list in [list for list in page.lists if list.cards] %}
            {% for card in list.cards | reverse %}{{ card.titel }}{% endfor %}{{ card.any }}
            {% endfor %}{{ list.any }}";
        assert_eq!(missing(template), ["card: titel"]);
        assert_eq!(
            missing("{{ page.lists[0].cards[:2].title }}"),
            ["page.lists[0].cards[:2]: title"]
        );
        assert_eq!(missing("{% set first = page.toc | first %}{{ first.name }}"), ["first: name"]);
        assert_eq!(missing("{{ [f.foo for f in page.facts if f.kind] }}"), ["f: foo"]);
    }

    #[test]
    fn nothing_is_said_of_what_can_be_anything() {
        let twice =
            "{% if a %}{% set it = page.step %}{% else %}{% set it = page.next %}{% endif %}";
        assert_eq!(missing(&format!("{twice}{{{{ it.foo }}}}")), [""; 0]);
        assert_eq!(missing("{{ page.foo is defined }}{{ page.foo is not defined }}"), [""; 0]);
        assert_eq!(
            missing("{% component a(page: map) %}{{ page.foo }}{% endcomponent a %}"),
            [""; 0]
        );
        assert_eq!(
            missing("{% component a(@page) %}{{ page.foo }}{% endcomponent a %}"),
            ["page: foo"]
        );
        assert_eq!(
            missing("{{ \"page.foo\" }}{# page.foo #}{{ t[\"kind_\" ~ page.kind] }}"),
            [""; 0]
        );
    }

    proptest! {
        #[test]
        fn broken_templates_are_no_trouble(
            parts in vec(sample::select(PARTS.to_vec()), 0..24),
        ) {
            missing(&parts.concat());
        }
    }

    const PARTS: [&str; 24] = [
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "-",
        " for ",
        " x ",
        " in ",
        " set ",
        "page",
        ".",
        "?.",
        "[",
        "]",
        "|",
        "\"",
        "endfor",
        "component",
        "@",
        "è",
        " = ",
        "title",
    ];
}
