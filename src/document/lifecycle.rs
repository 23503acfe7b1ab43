//! The life of a page: which office answers for it, from when it holds, how far it has come, and which page
//! has taken its place.

use serde::{Deserialize, Serialize};

use crate::base::{Date, Span, catalogue};
use crate::source::MapReader;

/// What a page says of its own life.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifecycle {
    /// The office that answers for it; empty when it is not said.
    pub owner: String,
    /// The first day on which what it says holds. It may be published before.
    pub valid_from: Option<Date>,
    /// The page that has taken its place, and where that is written.
    pub repealed_by: Option<(String, Span)>,
    /// How far it has come.
    pub state: PageState,
}

/// How far a page has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageState {
    /// It is not to be published yet.
    Draft,
    /// It is published, and somebody still checks it.
    InReview,
    /// It is published and says what holds.
    #[default]
    Published,
    /// It is published, and what it says is the past.
    Superseded,
}

impl PageState {
    /// All states, as they are written in front matter and as editors read them.
    pub const ALL: [(&'static str, &'static str, Self); 4] = [
        ("bozza", "Bozza", Self::Draft),
        ("in-revisione", "In revisione", Self::InReview),
        ("pubblicata", "Pubblicata", Self::Published),
        ("superata", "Superata", Self::Superseded),
    ];

    /// How the state is written in front matter.
    pub fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, _, state)| *state == self);
        found.map_or("", |(name, _, _)| name)
    }

    fn read(reader: &mut MapReader<'_>) -> Option<(Self, Span)> {
        let span = reader.node("state").map(|node| reader.span(node))?;
        let choices = Self::ALL.map(|(name, _, state)| (name, state));
        Some((reader.choice("state", &choices)?, span))
    }
}

/// Takes the keys of the life of a page from `reader`. `draft: true` is the short form of a state, and a
/// page with an heir is superseded; where two keys say different things, that is reported.
pub(super) fn read(reader: &mut MapReader<'_>) -> Lifecycle {
    let owner = reader.text("owner").unwrap_or_default().trim().to_owned();
    let valid_from = reader.date("valid_from").map(|(date, _)| date);
    // Forms write `draft: false` on every page: it says nothing.
    let draft = reader.boolean("draft").unwrap_or(false);
    let repealed_by = reader.placed_text("repealed_by");
    let written = PageState::read(reader);
    let implied = match (draft, &repealed_by) {
        (true, _) => PageState::Draft,
        (_, Some(_)) => PageState::Superseded,
        _ => PageState::Published,
    };
    if let Some((state, span)) = &written {
        let is_draft = *state == PageState::Draft;
        if draft && !is_draft {
            reader.diagnostics.push(catalogue::contradictory_draft(span.clone(), state.name()));
        } else if repealed_by.is_some() && !is_draft && *state != PageState::Superseded {
            let wrong = catalogue::contradictory_state(span.clone(), state.name());
            reader.diagnostics.push(wrong);
        } else if repealed_by.is_none() && *state == PageState::Superseded {
            reader.diagnostics.push(catalogue::superseded_by_nothing(span.clone()));
        }
    }
    let state = written.map_or(implied, |(state, _)| state);
    Lifecycle { owner, valid_from, repealed_by, state }
}
