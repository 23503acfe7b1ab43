//! The few words that a chart adds to its data, in the language of the content.

/// Words that appear in and around a drawing, in the language of the content.
#[derive(Debug)]
pub struct Words {
    pub(super) data_follow: &'static str,
    pub(super) show_data: &'static str,
    pub(super) nothing: &'static str,
    pub(super) undated: &'static str,
    pub(super) open_end: &'static str,
    pub(super) groups: &'static str,
}

impl Words {
    /// The words for a language code; Italian unless it is English.
    pub fn of(language: &str) -> &'static Self {
        if language.starts_with("en") { &ENGLISH } else { &ITALIAN }
    }
}

static ITALIAN: Words = Words {
    data_follow: "I dati sono nella tabella che segue.",
    show_data: "Mostra i dati in tabella",
    nothing: "Nessun dato da mostrare",
    undated: "Senza date",
    open_end: "Inizio o fine senza data",
    groups: "Confine tra gruppi",
};

static ENGLISH: Words = Words {
    data_follow: "The data are in the table that follows.",
    show_data: "Show the data in a table",
    nothing: "No data to show",
    undated: "No dates",
    open_end: "Start or end without a date",
    groups: "Border between groups",
};
