//! English phrases in Italian texts that can be told with confidence: some that offices use in the place
//! of an Italian word, and words in a row around one that only English has. Everything else is left to
//! the editors, since many foreign words are Italian by now, and names are not translated.

use std::ops::Range;
use std::sync::LazyLock;

use crate::base::phrase::{Phrase, Phrases};
use crate::base::pieces::Piece;

/// English of the office, in the singular and as it is mostly written.
const OF_THE_OFFICE: [&str; 58] = [
    "accountability",
    "action plan",
    "assessment",
    "benchmark",
    "benchmarking",
    "best practice",
    "best practices",
    "brainstorming",
    "call for proposals",
    "capacity building",
    "change management",
    "cloud",
    "co-design",
    "community",
    "compliance",
    "customer satisfaction",
    "data driven",
    "dataset",
    "deadline",
    "deliverable",
    "digital divide",
    "empowerment",
    "focus group",
    "follow up",
    "follow-up",
    "framework",
    "fundraising",
    "governance",
    "green public procurement",
    "in house",
    "kick off",
    "kick-off",
    "know how",
    "know-how",
    "lesson learned",
    "lessons learned",
    "mainstreaming",
    "milestone",
    "networking",
    "once only",
    "open by default",
    "open data",
    "open government",
    "open source",
    "outcome",
    "outsourcing",
    "peer review",
    "policy maker",
    "project financing",
    "project manager",
    "project work",
    "roadmap",
    "spending review",
    "stakeholder",
    "stakeholders",
    "task force",
    "team building",
    "work package",
];
/// Words that no Italian text has on its own.
const ENGLISH_ONLY: [&str; 6] = ["and", "for", "from", "of", "the", "with"];

/// The first English phrase in `pieces` of `text` that is not among those that the site has `declared`.
/// `is_sealed` says of a place that somebody wrote its language there.
pub(super) fn english(
    text: &str,
    pieces: &[Piece<'_>],
    declared: &Phrases<String>,
    is_sealed: impl Fn(usize) -> bool,
) -> Option<Range<usize>> {
    static KNOWN: LazyLock<Phrases<()>> = LazyLock::new(|| {
        let phrases = OF_THE_OFFICE.iter().filter_map(|phrase| Phrase::of(phrase));
        phrases.map(|phrase| (phrase, ())).collect()
    });
    let mut at = 0;
    while at < pieces.len() {
        let rest = &pieces[at..];
        if let Some((_, length)) = declared.at(text, rest).next() {
            at += length;
            continue;
        }
        let known = KNOWN.at(text, rest).next().map(|(_, length)| at..at + length);
        let found = known.or_else(|| around(text, pieces, at));
        if let Some(found) = found.filter(|_| !is_sealed(pieces[at].start)) {
            return Some(pieces[found.start].start..pieces[found.end - 1].end);
        }
        at += 1;
    }
    None
}

/// The piece `at` and its neighbours, if it is a word that only English has and they are in small letters,
/// so that no name is meant.
fn around(text: &str, pieces: &[Piece<'_>], at: usize) -> Option<Range<usize>> {
    if !ENGLISH_ONLY.contains(&pieces[at].text) {
        return None;
    }
    let range = at.checked_sub(1)?..at + 2;
    let around = pieces.get(range.clone())?;
    let is_small = |piece: &Piece<'_>| piece.text.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_bound = |pair: &[Piece<'_>]| [" ", "-"].contains(&&text[pair[0].end..pair[1].start]);
    (around.iter().all(is_small) && around.windows(2).all(is_bound)).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::pieces::pieces;

    #[test]
    fn english_is_told_where_it_is_sure() {
        let declared = ["open data", "internet of things"]
            .map(|phrase| (Phrase::of(phrase).expect("words"), "en".to_owned()));
        let declared: Phrases<String> = declared.into_iter().collect();
        for (text, expected) in [
            ("La governance del servizio", Some("governance")),
            ("Una Best Practice", Some("Best Practice")),
            ("Gli open data e la call for ideas", Some("call for ideas")),
            ("Il patto Covenant of Mayors", None),
            ("Con internet of things e il budget", None),
            ("Un partner, un file, il report", None),
        ] {
            let pieces: Vec<Piece<'_>> = pieces(text).collect();
            let found = english(text, &pieces, &declared, |_| false);
            assert_eq!(found.map(|range| &text[range]), expected, "{text}");
        }
    }
}
