//! The wording of every mistake in both languages, from the Fluent files `wording/it.ftl` and
//! `wording/en.ftl`: one message for each, named after its code, with what to do as the attribute `help`
//! and the label of a second place as `label`. The files are read when the first mistake is told, so a
//! build without mistakes never reads them.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use super::date::Date;
use super::diagnostic::{Diagnostic, Language, Mend, Severity, Span, Text};
use super::path::UrlPath;

const ITALIAN: &str = include_str!("wording/it.ftl");
const ENGLISH: &str = include_str!("wording/en.ftl");
/// How long a line of a list of names may be.
const WIDEST: usize = 88;

type Bundle = FluentBundle<FluentResource>;

/// A mistake that is being worded.
pub(super) struct Wording<'a> {
    id: &'static str,
    arguments: Vec<(&'static str, Argument<'a>)>,
    help: Option<Text>,
    related: Option<Span>,
    mend: Option<Mend>,
}

/// What a message is told: one text, or one for each language.
pub(super) enum Argument<'a> {
    Same(Cow<'a, str>),
    Each(Cow<'a, Text>),
}

/// The wording of the message `id`, such as `V009-broken-link`.
pub(super) fn wording<'a>(id: &'static str) -> Wording<'a> {
    Wording { id, arguments: Vec::new(), help: None, related: None, mend: None }
}

impl<'a> Wording<'a> {
    /// Gives the message a value.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<Argument<'a>>) -> Self {
        self.arguments.push((name, value.into()));
        self
    }

    /// Advises what was found in another way than the file.
    pub(super) fn advising(self, help: Text) -> Self {
        Self { help: Some(help), ..self }
    }

    /// Takes another attribute than `help` for what to do.
    pub(super) fn advising_by(self, attribute: &str) -> Self {
        let help = self.attribute(attribute);
        Self { help, ..self }
    }

    /// Asks “did you mean …?”, when a name is near what is written, instead of what the file advises.
    pub(super) fn near(self, written: &str, near: Option<&str>) -> Self {
        let help = near.map(|name| wording("did-you-mean").with("name", name).message());
        let mend = near.and_then(|name| Mend::of_spelling(written, name));
        Self { help, mend, ..self }
    }

    /// Says what puts it right.
    pub(super) fn mended_by(self, mend: Option<Mend>) -> Self {
        Self { mend, ..self }
    }

    /// The same, and below it all names that there are, after the attribute `known`.
    pub(super) fn near_among(self, written: &str, near: Option<&str>, names: &[&str]) -> Self {
        let wording = self.near(written, near);
        let Some(known) = wording.attribute("known").filter(|_| !names.is_empty()) else {
            return wording;
        };
        let all = known.map(|beginning| listed_in_lines(beginning, names));
        let help = match wording.help {
            Some(meant) => Text::new(
                format!("{}\n{}", meant.italian, all.italian),
                format!("{}\n{}", meant.english, all.english),
            ),
            None => all,
        };
        Self { help: Some(help), ..wording }
    }

    /// Points to a second place, with the attribute `label`.
    pub(super) fn related(self, span: Span) -> Self {
        Self { related: Some(span), ..self }
    }

    /// The finished error at `span`.
    pub(super) fn error(self, span: Span) -> Diagnostic {
        self.told(Severity::Error, span)
    }

    /// The finished warning at `span`.
    pub(super) fn warning(self, span: Span) -> Diagnostic {
        self.told(Severity::Warning, span)
    }

    /// The finished mistake at `span`, of which a setting says how much it weighs.
    pub(super) fn told(self, severity: Severity, span: Span) -> Diagnostic {
        let code = self.id.split('-').next().unwrap_or_default().to_owned();
        let message = self.message();
        let label = self.attribute("label");
        let help = self.help.clone().or_else(|| self.attribute("help"));
        let (related, mend) = (self.related.zip(label), self.mend);
        Diagnostic { severity, code, span, message, help, related, mend }
    }

    fn message(&self) -> Text {
        self.say(None).expect("the tests compare the files with the catalogue")
    }

    fn attribute(&self, name: &str) -> Option<Text> {
        self.say(Some(name))
    }

    fn say(&self, attribute: Option<&str>) -> Option<Text> {
        let italian = self.say_in(Language::Italian, attribute)?;
        Some(Text { italian, english: self.say_in(Language::English, attribute)? })
    }

    fn say_in(&self, language: Language, attribute: Option<&str>) -> Option<String> {
        let bundle = bundle(language);
        let message = bundle.get_message(self.id)?;
        let pattern = match attribute {
            None => message.value()?,
            Some(name) => message.get_attribute(name)?.value(),
        };
        let mut arguments = FluentArgs::new();
        for (name, value) in &self.arguments {
            arguments.set(*name, value.in_language(language));
        }
        let mut problems = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut problems);
        debug_assert!(problems.is_empty(), "{}: {problems:?}", self.id);
        Some(text.into_owned())
    }
}

impl Argument<'_> {
    fn in_language(&self, language: Language) -> &str {
        match self {
            Self::Same(text) => text,
            Self::Each(text) => text.in_language(language),
        }
    }
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self::Same(Cow::Borrowed(text))
    }
}

impl From<String> for Argument<'_> {
    fn from(text: String) -> Self {
        Self::Same(Cow::Owned(text))
    }
}

impl<'a> From<&'a UrlPath> for Argument<'a> {
    fn from(path: &'a UrlPath) -> Self {
        path.as_str().into()
    }
}

impl From<usize> for Argument<'_> {
    fn from(number: usize) -> Self {
        number.to_string().into()
    }
}

impl From<Date> for Argument<'_> {
    fn from(date: Date) -> Self {
        date.to_string().into()
    }
}

impl<'a> From<&'a Text> for Argument<'a> {
    fn from(text: &'a Text) -> Self {
        Self::Each(Cow::Borrowed(text))
    }
}

impl From<Text> for Argument<'_> {
    fn from(text: Text) -> Self {
        Self::Each(Cow::Owned(text))
    }
}

/// The messages of a language.
fn bundle(language: Language) -> &'static Bundle {
    static IN_ITALIAN: LazyLock<Bundle> = LazyLock::new(|| read("it", ITALIAN));
    static IN_ENGLISH: LazyLock<Bundle> = LazyLock::new(|| read("en", ENGLISH));
    match language {
        Language::Italian => &IN_ITALIAN,
        Language::English => &IN_ENGLISH,
    }
}

fn read(language: &str, file: &str) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.parse().expect("a language")]);
    // Marks around values would be copied with a name into a terminal.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(file.to_owned()).expect("our own file");
    bundle.add_resource(resource).expect("each message once");
    bundle
}

/// `names` as a sentence, broken where it would be wider than a screen.
fn listed_in_lines(beginning: &str, names: &[&str]) -> String {
    let mut sentence = beginning.to_owned();
    let mut width = beginning.chars().count();
    for (at, name) in names.iter().enumerate() {
        let separator = if at == 0 { "" } else { "," };
        let length = name.chars().count() + 4;
        if width + length > WIDEST {
            sentence.push_str(&format!("{separator}\n`{name}`"));
            width = length;
        } else {
            sentence.push_str(&format!("{separator} `{name}`"));
            width += length;
        }
    }
    sentence
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Each message and each attribute, `id` or `id.attribute`, with the names of its values.
    fn patterns(file: &str) -> BTreeMap<String, BTreeSet<&str>> {
        let mut patterns = BTreeMap::new();
        let (mut message, mut pattern) = ("", String::new());
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" = ") {
                match name.trim_start().strip_prefix('.') {
                    Some(attribute) => pattern = format!("{message}.{attribute}"),
                    None if !line.starts_with(' ') => {
                        message = name;
                        pattern = name.to_owned();
                    }
                    None => {}
                }
            }
            if pattern.is_empty() {
                continue;
            }
            let values: &mut BTreeSet<&str> = patterns.entry(pattern.clone()).or_default();
            for (_, rest) in
                line.match_indices("{ $").map(|(at, start)| (at, &line[at + start.len()..]))
            {
                values.insert(rest.split(' ').next().unwrap_or_default());
            }
        }
        patterns
    }

    #[test]
    fn both_languages_have_the_same_messages_attributes_and_values() {
        let (italian, mut english) = (patterns(ITALIAN), patterns(ENGLISH));
        // What the reader of YAML says is in English.
        english.get_mut("V002-yaml-syntax").expect("a message").remove("detail");
        assert!(italian.len() > 120, "{}", italian.len());
        assert_eq!(italian, english);
    }

    #[test]
    fn every_message_is_used_and_each_that_is_used_is_there() {
        let catalogue = include_str!("catalogue.rs");
        let used: BTreeSet<&str> = catalogue
            .match_indices("\"V0")
            .map(|(at, _)| catalogue[at + 1..].split('"').next().unwrap_or_default())
            .collect();
        let patterns = patterns(ITALIAN);
        let there =
            patterns.keys().filter(|key| !key.contains('.') && key.as_str() != "did-you-mean");
        assert_eq!(used, there.map(String::as_str).collect());
        for attribute in patterns.keys().filter_map(|key| key.split_once('.')).map(|(_, name)| name)
        {
            let is_read = ["help", "label", "known"].contains(&attribute);
            assert!(is_read || catalogue.contains(&format!("(\"{attribute}\")")), "{attribute}");
        }
    }

    #[test]
    fn every_message_says_what_to_do() {
        let patterns = patterns(ITALIAN);
        let needs = |id: &&String| !id.contains('.') && *id != "did-you-mean";
        let has = |id: &String| patterns.contains_key(&format!("{id}.help"));
        let without: Vec<&String> = patterns.keys().filter(needs).filter(|id| !has(id)).collect();
        // The reason that asks for an entry says what to write.
        assert_eq!(without, ["V047-missing-for-release"]);
    }

    #[test]
    fn every_message_is_told_without_a_problem() {
        for (language, file) in [(Language::Italian, ITALIAN), (Language::English, ENGLISH)] {
            let bundle = bundle(language);
            for (key, values) in patterns(file) {
                let (id, attribute) = key.split_once('.').unwrap_or((&key, ""));
                let message = bundle.get_message(id).expect("a message");
                let pattern = match attribute {
                    "" => message.value(),
                    name => message.get_attribute(name).map(|attribute| attribute.value()),
                };
                let mut arguments = FluentArgs::new();
                values.iter().for_each(|name| arguments.set(*name, "…"));
                let mut problems = Vec::new();
                let pattern = pattern.expect("a pattern");
                let text = bundle.format_pattern(pattern, Some(&arguments), &mut problems);
                assert!(problems.is_empty(), "{key}: {problems:?}");
                assert!(!text.contains(['\u{2068}', '\u{2069}']), "{key} has marks: {text}");
            }
        }
    }
}
