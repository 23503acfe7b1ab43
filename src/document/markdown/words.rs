//! The few words that rendered Markdown adds to a text, in the language of the content.

/// Words that appear in rendered Markdown, in the language of the content.
#[derive(Debug)]
pub struct Words {
    pub(super) callouts: [&'static str; 5],
    pub(super) notes: &'static str,
    pub(super) back: &'static str,
    pub(super) table: &'static str,
    pub(super) done: &'static str,
    pub(super) to_do: &'static str,
}

impl Words {
    /// The words for a language code; Italian unless it is English.
    pub fn of(language: &str) -> &'static Self {
        if language.starts_with("en") { &ENGLISH } else { &ITALIAN }
    }
}

static ITALIAN: Words = Words {
    callouts: ["Nota", "Suggerimento", "Importante", "Avviso", "Attenzione"],
    notes: "Note e fonti",
    back: "Torna al testo della nota",
    table: "Tabella",
    done: "fatto",
    to_do: "da fare",
};

static ENGLISH: Words = Words {
    callouts: ["Note", "Tip", "Important", "Warning", "Caution"],
    notes: "Notes and sources",
    back: "Back to the text of note",
    table: "Table",
    done: "done",
    to_do: "to do",
};
