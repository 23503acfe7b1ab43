//! The rules for plain language that `vasta.yaml` may change: whether a rule is off, warns or stops the
//! site, and the numbers that some have. What they look at is in `document/language`.

use std::ops::RangeInclusive;

use crate::base::{Severity, Text};

use super::reader::MapReader;

/// What breaking a rule means; nothing when the rule is off.
pub type Level = Option<Severity>;

const LEVELS: [(&str, Level); 3] =
    [("off", None), ("warning", Some(Severity::Warning)), ("error", Some(Severity::Error))];

/// The rules for plain language, each with its level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageRules {
    /// A page is not hard to read as a whole.
    pub gulpease: Level,
    /// The lowest Gulpease index that is not too hard, 0 to 100.
    pub least_gulpease: usize,
    /// A sentence is not too long.
    pub long_sentence: Level,
    /// How many words a sentence may have.
    pub most_words: usize,
    /// An acronym is explained, by its page or the glossary.
    pub acronym: Level,
    /// The acronyms that readers of the site know.
    pub known_acronyms: Vec<String>,
    /// A link says where it leads.
    pub link_text: Level,
    /// An image has an alternative text.
    pub alternative_text: Level,
    /// No level of headings is skipped.
    pub heading_level: Level,
    /// The columns of a table have names.
    pub table_header: Level,
    /// Foreign phrases are declared.
    pub foreign_phrase: Level,
}

impl Default for LanguageRules {
    fn default() -> Self {
        let warning = Some(Severity::Warning);
        Self {
            gulpease: warning,
            least_gulpease: 40,
            long_sentence: warning,
            most_words: 35,
            acronym: warning,
            known_acronyms: Vec::new(),
            link_text: warning,
            alternative_text: warning,
            heading_level: warning,
            table_header: warning,
            foreign_phrase: warning,
        }
    }
}

impl LanguageRules {
    /// These rules without those that only warn; nothing when none is left.
    pub fn stopping(&self) -> Option<Self> {
        let mut rules = self.clone();
        let mut is_any = false;
        for level in rules.levels() {
            *level = level.filter(|level| *level == Severity::Error);
            is_any |= level.is_some();
        }
        is_any.then_some(rules)
    }

    /// What breaking each rule means.
    fn levels(&mut self) -> [&mut Level; 8] {
        [
            &mut self.gulpease,
            &mut self.long_sentence,
            &mut self.acronym,
            &mut self.link_text,
            &mut self.alternative_text,
            &mut self.heading_level,
            &mut self.table_header,
            &mut self.foreign_phrase,
        ]
    }
}

/// Reads the block of the rules; what it does not name stays as usual.
pub(super) fn language_rules(reader: &mut MapReader<'_>) -> LanguageRules {
    let mut rules = LanguageRules::default();
    rule(reader, "gulpease", &mut rules.gulpease, |reader| {
        number(reader, "at_least", 0..=100, &mut rules.least_gulpease);
    });
    rule(reader, "long_sentence", &mut rules.long_sentence, |reader| {
        number(reader, "words", 1..=1000, &mut rules.most_words);
    });
    rule(reader, "acronym", &mut rules.acronym, |reader| {
        rules.known_acronyms = reader.texts("known");
    });
    rule(reader, "link_text", &mut rules.link_text, |_| {});
    rule(reader, "alternative_text", &mut rules.alternative_text, |_| {});
    rule(reader, "heading_level", &mut rules.heading_level, |_| {});
    rule(reader, "table_header", &mut rules.table_header, |_| {});
    rule(reader, "foreign_phrase", &mut rules.foreign_phrase, |_| {});
    rules
}

/// One rule: its level alone, or a group of keys with `level` and what else it has.
fn rule<'a>(
    reader: &mut MapReader<'a>,
    name: &'static str,
    level: &mut Level,
    more: impl FnOnce(&mut MapReader<'a>),
) {
    let Some(node) = reader.node(name) else { return };
    if node.scalar().is_some() {
        *level = reader.choice(name, &LEVELS).unwrap_or(*level);
        return;
    }
    reader.each(node, |reader| {
        *level = reader.choice("level", &LEVELS).unwrap_or(*level);
        more(reader);
    });
}

/// A whole number within `range`.
fn number(
    reader: &mut MapReader<'_>,
    key: &'static str,
    range: RangeInclusive<usize>,
    number: &mut usize,
) {
    let Some(written) = reader.number(key) else { return };
    if range.contains(&written) {
        *number = written;
        return;
    }
    let (least, most) = range.into_inner();
    let expected = Text::new(
        format!("un numero da {least} a {most}"),
        format!("a number from {least} to {most}"),
    );
    if let Some(node) = reader.node(key) {
        reader.wrong_type::<()>(key, node, &expected);
    }
}
