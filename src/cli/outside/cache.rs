//! What addresses of the web answered lately, kept in `.vasta/` so that nobody is asked twice in a week. Who
//! did not answer is asked again.

use std::collections::BTreeMap;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use crate::base::Date;
use crate::write::saved;

use super::client::Answer;

/// For so many days an answer holds.
const AGE: i32 = 7;

/// The answers by address.
#[derive(Debug)]
pub(super) struct Cache {
    place: Utf8PathBuf,
    today: Option<Date>,
    entries: BTreeMap<String, Entry>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    day: Date,
    /// Where it is now, if it moved.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    moved: String,
    /// What the server said, if there is no such thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    broken: Option<u16>,
}

impl Cache {
    /// The answers that are kept for the site in `root` and still hold on `today`.
    pub(super) fn open(root: &Utf8Path, today: Option<Date>) -> Self {
        let place = saved::place(root, "outside.json");
        let read = fs::read(&place).ok();
        let read: Option<BTreeMap<String, Entry>> =
            read.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let mut entries = read.unwrap_or_default();
        entries.retain(|_, entry| {
            today.is_some_and(|today| entry.day <= today && today.days_before(AGE) < entry.day)
        });
        Self { place, today, entries }
    }

    /// What `address` answered.
    pub(super) fn find(&self, address: &str) -> Option<Answer> {
        self.entries.get(address).map(|entry| match entry {
            Entry { broken: Some(status), .. } => Answer::Broken(*status),
            Entry { moved, .. } if !moved.is_empty() => Answer::Moved(moved.clone()),
            Entry { .. } => Answer::Good,
        })
    }

    /// Takes note of what `address` answered.
    pub(super) fn note(&mut self, address: &str, answer: &Answer) {
        let Some(day) = self.today else { return };
        let (moved, broken) = match answer {
            Answer::Good => (String::new(), None),
            Answer::Moved(target) => (target.clone(), None),
            Answer::Broken(status) => (String::new(), Some(*status)),
            Answer::Unreachable(_) => return,
        };
        self.entries.insert(address.to_owned(), Entry { day, moved, broken });
    }

    /// Keeps the answers for the next time. Where the disk refuses, everybody is asked again.
    pub(super) fn save(&self, root: &Utf8Path) {
        let text = serde_json::to_string_pretty(&self.entries).expect("texts and numbers");
        if saved::prepare(root).is_ok() {
            fs::write(&self.place, text).ok();
        }
    }
}
