//! What there is to say of each code of a diagnostic: its short name, what it means, why it matters, what
//! to do, and two small sites, one with the mistake and one without. The files are in `explanations/`,
//! and the program carries them; they are read when somebody asks.

use std::sync::LazyLock;

use crate::base::{Language, Text};

use super::embedded;

/// What there is to say of one code.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The code, such as `V009`.
    pub code: &'static str,
    /// Its short name.
    pub title: Text,
    /// What it means.
    pub meaning: Text,
    /// Why it matters.
    pub reason: Text,
    /// What to do.
    pub remedy: Text,
    /// The mistake, and how it is put right.
    pub example: Example,
}

/// Two small sites, each written as one text in which a line `//- path` begins a file.
#[derive(Clone, Debug)]
pub enum Example {
    /// What is wrong, and the same put right.
    Shown {
        /// What tells the mistake: `vasta check`, mostly.
        command: &'static str,
        /// The site with the mistake.
        wrong: &'static str,
        /// The site without.
        right: &'static str,
    },
    /// No text of a site shows it, and why.
    NotShown(Text),
}

/// All explanations, in the order of their codes.
pub fn all() -> &'static [Explanation] {
    static ALL: LazyLock<Vec<Explanation>> =
        LazyLock::new(|| embedded::explanations().iter().map(read).collect());
    &ALL
}

/// The explanation of `code`, in capitals or not.
pub fn find(code: &str) -> Option<&'static Explanation> {
    all().iter().find(|explanation| explanation.code.eq_ignore_ascii_case(code))
}

impl Explanation {
    /// Everything for a terminal: a headline, paragraphs, and the examples indented.
    pub fn text(&self, language: Language) -> String {
        let mut text = format!("{}: {}\n\n", self.code, self.title.in_language(language));
        text.push_str(self.meaning.in_language(language));
        for (label, paragraph) in self.advice(language) {
            text.push_str(&format!("\n\n{label}: {paragraph}"));
        }
        text.push('\n');
        text.push_str(&self.excuse(language));
        for (label, site) in self.examples(language) {
            let lines = site.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n");
            text.push_str(&format!("\n{label}:\n\n{}", lines.collect::<String>()));
        }
        text
    }

    /// Everything but the headline, as Markdown: paragraphs, then the examples as blocks of code.
    pub fn markdown(&self, language: Language) -> String {
        let mut text = self.meaning.in_language(language).to_owned();
        for (label, paragraph) in self.advice(language) {
            text.push_str(&format!("\n\n**{label}.** {paragraph}"));
        }
        text.push('\n');
        text.push_str(&self.excuse(language));
        for (label, site) in self.examples(language) {
            text.push_str(&format!("\n{label}:\n\n{}", fenced(site)));
        }
        text
    }

    /// Why it matters and what to do, each with its label.
    fn advice(&self, language: Language) -> [(&'static str, &str); 2] {
        let [why, what] = match language {
            Language::Italian => ["Perché conta", "Che cosa fare"],
            Language::English => ["Why it matters", "What to do"],
        };
        [(why, self.reason.in_language(language)), (what, self.remedy.in_language(language))]
    }

    /// Why there is no example, as a paragraph; empty where there is one.
    fn excuse(&self, language: Language) -> String {
        match &self.example {
            Example::NotShown(why) => format!("\n{}\n", why.in_language(language)),
            Example::Shown { .. } => String::new(),
        }
    }

    /// The two sites, each with its label; none when no text shows the mistake.
    fn examples(&self, language: Language) -> Vec<(String, &'static str)> {
        let Example::Shown { command, wrong, right } = self.example else { return Vec::new() };
        let (mistake, good, told) = match language {
            Language::Italian => ("Sbagliato", "Giusto", "lo dice"),
            Language::English => ("Wrong", "Right", "told by"),
        };
        let mistake = match command {
            CHECK => mistake.to_owned(),
            command => format!("{mistake} ({told} `{command}`)"),
        };
        vec![(mistake, wrong), (good.to_owned(), right)]
    }
}

/// What tells most mistakes.
const CHECK: &str = "vasta check";

/// All explanations as one page of a site, with a heading and an anchor for each code: `#v009`.
pub fn page() -> String {
    let mut page = include_str!("errori.md").to_owned();
    for explanation in all() {
        let Explanation { code, title, .. } = explanation;
        let (title, anchor) = (&title.italian, code.to_lowercase());
        page.push_str(&format!("\n## {code}: {title} {{#{anchor}}}\n\n"));
        page.push_str(&explanation.markdown(Language::Italian));
    }
    page
}

/// `text` as a block of code, with more backticks around it than it has inside.
fn fenced(text: &str) -> String {
    let fence = if text.contains("```") { "````" } else { "```" };
    format!("{fence}text\n{}\n{fence}\n", text.trim_end())
}

/// Reads one file: parts that begin with a line `=== name`; a text has two lines, one for each language.
fn read((path, bytes): &(&'static str, &'static [u8])) -> Explanation {
    let file = std::str::from_utf8(bytes).expect("our own files");
    let part = |name: &str| {
        let start = format!("=== {name}\n");
        let at = file.find(&start)? + start.len();
        let rest = &file[at..];
        Some(&rest[..rest.find("\n=== ").map_or(rest.len(), |end| end + 1)])
    };
    let text = |name: &str| {
        let (italian, english) = part(name)?.trim_end().split_once('\n')?;
        Some(Text::new(italian, english))
    };
    let needed = |name: &str| text(name).unwrap_or_else(|| panic!("{path} lacks `{name}`"));
    let example = match (part("wrong"), part("right")) {
        (Some(wrong), Some(right)) => {
            let command = part("command").map_or(CHECK, str::trim_end);
            Example::Shown { command, wrong, right }
        }
        _ => Example::NotShown(needed("not shown")),
    };
    Explanation {
        code: path.trim_end_matches(".txt"),
        title: needed("title"),
        meaning: needed("meaning"),
        reason: needed("reason"),
        remedy: needed("remedy"),
        example,
    }
}
