//! The pages of one term: gathered compactly while the pages go by, written when all are known, and
//! patched where a few of them changed. Reading for a search is in `codec`.

use super::codec::{decode, push, push_ascending, sum_up};
use super::segment::{Found, MAX_POSITIONS};
use super::weight::{FIELD_COUNT, Norms, impact};

/// How many positions are kept of a term that is on so many pages. Positions tell little of a word
/// that is everywhere, and would weigh most.
pub(super) fn most_positions(n_pages: usize) -> usize {
    match n_pages {
        0..=512 => MAX_POSITIONS,
        513..=2048 => 4,
        2049..=4096 => 2,
        _ => 0,
    }
}

/// What is kept of the impact of a term that has so many positions at most: of one that has none, since
/// it is everywhere, eight steps tell enough, and compress to half of what 63 do.
fn kept_impact(impact: u32, most_positions: usize) -> u32 {
    if most_positions == 0 { impact | 7 } else { impact }
}

/// The pages of a term so far, by their rank. What a word weighs on a page is not known before all
/// pages are, so its counts are kept, in few bytes.
#[derive(Default)]
pub(super) struct Gathered {
    n_pages: usize,
    last: u32,
    bytes: Vec<u8>,
}

/// Among the fields that a term is in: that it is a name of the page.
const IS_NAME: u8 = 1 << FIELD_COUNT;

impl Gathered {
    /// Adds a page; their ranks ascend.
    pub(super) fn add(&mut self, rank: u32, found: &Found) {
        self.n_pages += 1;
        push_bytes(&mut self.bytes, rank - std::mem::replace(&mut self.last, rank));
        let fields = (0..FIELD_COUNT).filter(|field| found.counts[*field] > 0);
        let fields = fields.fold(0, |fields, field| fields | 1 << field);
        self.bytes.push(fields | if found.is_name { IS_NAME } else { 0 });
        for count in found.counts.into_iter().filter(|count| *count > 0) {
            push_bytes(&mut self.bytes, u32::from(count));
        }
        // The more pages come, the fewer positions are wanted.
        let n_positions = found.positions.len().min(most_positions(self.n_pages));
        self.bytes.push(n_positions as u8);
        let mut before = 0;
        for position in &found.positions[..n_positions] {
            push_bytes(&mut self.bytes, position - before);
            before = *position;
        }
    }

    /// Puts the postings into `postings`, given the number and the norms of each page by rank.
    pub(super) fn write_to(&self, postings: &mut Postings, numbers: &[u32], norms: &[Norms]) {
        let most = most_positions(self.n_pages);
        postings.clear();
        let mut bytes = self.bytes.as_slice();
        let mut rank = 0;
        for _ in 0..self.n_pages {
            rank += take(&mut bytes) as usize;
            let fields = take_byte(&mut bytes);
            let mut counts = [0; FIELD_COUNT];
            for (field, count) in counts.iter_mut().enumerate() {
                if fields & (1 << field) != 0 {
                    *count = take(&mut bytes) as u16;
                }
            }
            postings.pages.push(numbers[rank]);
            let impact = impact(counts, &norms[rank], fields & IS_NAME != 0);
            postings.impacts.push(kept_impact(impact, most));
            let n_positions = usize::from(take_byte(&mut bytes));
            postings.counts.push(n_positions.min(most) as u32);
            for index in 0..n_positions {
                let step = take(&mut bytes);
                if index < most {
                    postings.steps.push(step);
                }
            }
        }
    }
}

/// Seven bits a byte, the eighth says that more follow.
fn push_bytes(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 128 {
        bytes.push(128 | (number % 128) as u8);
        number /= 128;
    }
    bytes.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> u32 {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = take_byte(bytes);
        number |= u32::from(byte & 127) << shift;
        if byte < 128 {
            return number;
        }
        shift += 7;
    }
}

fn take_byte(bytes: &mut &[u8]) -> u8 {
    let (byte, rest) = bytes.split_first().expect("what was gathered is whole");
    *bytes = rest;
    *byte
}

/// The postings of a term as they are written: like stands by like, which compresses better.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Postings {
    pub pages: Vec<u32>,
    pub impacts: Vec<u32>,
    /// How many positions each page has.
    pub counts: Vec<u32>,
    /// The positions, each as the difference to the one before on its page.
    pub steps: Vec<u32>,
}

/// A page whose posting of a term came, went or changed.
#[derive(Clone, Debug)]
pub(super) struct Changed<'a> {
    pub page: u32,
    pub before: Option<Occurrence<'a>>,
    pub after: Option<Occurrence<'a>>,
}

/// What a term weighs on a page, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Occurrence<'a> {
    pub impact: u32,
    pub positions: &'a [u32],
}

impl Postings {
    fn clear(&mut self) {
        self.pages.clear();
        self.impacts.clear();
        self.counts.clear();
        self.steps.clear();
    }

    /// Writes all pages, all impacts, all counts of positions, all positions, with spaces between.
    pub(super) fn encode(&self, code: &mut Vec<u8>) {
        code.reserve(4 * self.pages.len() + self.steps.len());
        push_ascending(code, &self.pages);
        for list in [&self.impacts, &self.counts, &self.steps] {
            code.push(b' ');
            list.iter().for_each(|number| push(code, *number));
        }
    }

    /// Reads what `encode` wrote; nothing if it is anything else.
    pub(super) fn decode(code: &[u8]) -> Option<Self> {
        let mut lists = code.split(|byte| *byte == b' ').map(decode);
        let mut list = || lists.next().flatten();
        let mut postings =
            Self { pages: list()?, impacts: list()?, counts: list()?, steps: list()? };
        sum_up(&mut postings.pages)?;
        let n_steps =
            postings.counts.iter().try_fold(0u32, |sum, count| sum.checked_add(*count))?;
        let whole = lists.next().is_none()
            && postings.impacts.len() == postings.pages.len()
            && postings.counts.len() == postings.pages.len()
            && postings.steps.len() == n_steps as usize;
        whole.then_some(postings)
    }

    /// The postings after some pages changed, given in the order of their numbers; nothing if these
    /// are not the postings from which they changed, or if they would need what was left out because
    /// the term was on more pages.
    pub(super) fn patched(&self, changes: &[Changed]) -> Option<Postings> {
        let n_came = changes.iter().filter(|change| change.before.is_none()).count();
        let n_went = changes.iter().filter(|change| change.after.is_none()).count();
        let old_most = most_positions(self.pages.len());
        let most = most_positions((self.pages.len() + n_came).checked_sub(n_went)?);
        if most > old_most {
            return None;
        }
        let mut patched = Postings::default();
        patched.reserve(self);
        let (mut at, mut steps_at) = (0, 0);
        for change in changes {
            let until = at + self.pages[at..].partition_point(|page| *page < change.page);
            steps_at = patched.copy(self, at..until, steps_at, most);
            at = until;
            let is_there = self.pages.get(at) == Some(&change.page);
            if is_there != change.before.is_some() {
                return None;
            }
            if let Some(before) = change.before {
                let n_steps = self.counts[at] as usize;
                let steps = &self.steps[steps_at..steps_at + n_steps];
                let positions = &before.positions[..before.positions.len().min(old_most)];
                if kept_impact(before.impact, old_most) != self.impacts[at]
                    || !steps_of(positions).eq(steps.iter().copied())
                {
                    return None;
                }
                steps_at += n_steps;
                at += 1;
            }
            if let Some(after) = change.after {
                patched.push(change.page, after, most);
            }
        }
        patched.copy(self, at..self.pages.len(), steps_at, most);
        Some(patched)
    }

    fn reserve(&mut self, other: &Postings) {
        self.pages.reserve(other.pages.len() + 1);
        self.impacts.reserve(other.pages.len() + 1);
        self.counts.reserve(other.pages.len() + 1);
        self.steps.reserve(other.steps.len() + MAX_POSITIONS);
    }

    fn push(&mut self, page: u32, occurrence: Occurrence, most: usize) {
        let positions = &occurrence.positions[..occurrence.positions.len().min(most)];
        self.pages.push(page);
        self.impacts.push(kept_impact(occurrence.impact, most));
        self.counts.push(positions.len() as u32);
        self.steps.extend(steps_of(positions));
    }

    /// Copies a range of pages, whose steps begin at `steps_at`, with so many positions at most.
    /// Returns where the steps end.
    fn copy(
        &mut self,
        other: &Postings,
        range: std::ops::Range<usize>,
        mut steps_at: usize,
        most: usize,
    ) -> usize {
        self.pages.extend_from_slice(&other.pages[range.clone()]);
        let impacts = &other.impacts[range.clone()];
        self.impacts.extend(impacts.iter().map(|impact| kept_impact(*impact, most)));
        for count in &other.counts[range] {
            let kept = (*count as usize).min(most);
            self.counts.push(kept as u32);
            self.steps.extend_from_slice(&other.steps[steps_at..steps_at + kept]);
            steps_at += *count as usize;
        }
        steps_at
    }
}

fn steps_of(positions: &[u32]) -> impl Iterator<Item = u32> {
    let mut before = 0;
    positions.iter().map(move |position| position - std::mem::replace(&mut before, *position))
}

#[cfg(test)]
mod tests {
    use super::super::codec::{Posting, decode_postings};
    use super::*;

    fn postings(n_pages: u32) -> Postings {
        let mut postings = Postings::default();
        for page in 0..n_pages {
            let most = most_positions(n_pages as usize);
            postings.push(
                2 * page,
                Occurrence { impact: 1 + page % 63, positions: POSITIONS },
                most,
            );
        }
        postings
    }

    const POSITIONS: &[u32] = &[0, 1, 5, 9, 40];

    fn code(postings: &Postings) -> String {
        let mut code = Vec::new();
        postings.encode(&mut code);
        String::from_utf8(code).expect("digits")
    }

    #[test]
    fn postings_come_back() {
        let mut written = Postings::default();
        written.push(0, Occurrence { impact: 63, positions: &[0, 1, 40] }, MAX_POSITIONS);
        written.push(1_000_000, Occurrence { impact: 1, positions: &[] }, MAX_POSITIONS);
        written.push(u32::MAX, Occurrence { impact: 31, positions: &[u32::MAX] }, MAX_POSITIONS);
        assert_eq!(Postings::decode(code(&written).as_bytes()), Some(written.clone()));
        assert_eq!(
            decode_postings(&code(&written)),
            [
                Posting { page: 0, impact: 63, positions: vec![0, 1, 40] },
                Posting { page: 1_000_000, impact: 1, positions: vec![] },
                Posting { page: u32::MAX, impact: 31, positions: vec![u32::MAX] },
            ]
        );
    }

    #[test]
    fn damaged_codes_are_no_postings() {
        for code in ["", "A B", "A B A", "A B B ", "A B A A", "A B A  ", "BA BB AA ", "A ! A "] {
            assert_eq!(Postings::decode(code.as_bytes()), None, "{code}");
        }
    }

    #[test]
    fn pages_come_go_and_change() {
        let before = Occurrence { impact: 2, positions: POSITIONS };
        let after = Occurrence { impact: 40, positions: &[7] };
        let changes = [
            Changed { page: 2, before: Some(before), after: Some(after) },
            Changed { page: 3, before: None, after: Some(after) },
            Changed {
                page: 4,
                before: Some(Occurrence { impact: 3, positions: POSITIONS }),
                after: None,
            },
        ];
        let patched = postings(3).patched(&changes).expect("postings");
        assert_eq!(patched.pages, [0, 2, 3]);
        assert_eq!(patched.impacts, [1, 40, 40]);
        assert_eq!((patched.counts, patched.steps), (vec![5, 1, 1], vec![0, 1, 4, 4, 31, 7, 7]));
    }

    #[test]
    fn what_is_not_as_it_was_is_not_patched() {
        let occurrence = Some(Occurrence { impact: 2, positions: POSITIONS });
        let other = Some(Occurrence { impact: 2, positions: &[3] });
        for (page, before) in [(3, occurrence), (2, None), (2, other), (0, occurrence)] {
            assert_eq!(postings(3).patched(&[Changed { page, before, after: None }]), None);
        }
    }

    #[test]
    fn a_word_that_becomes_frequent_loses_positions_and_never_gets_them_back() {
        let page = 2 * 512;
        let occurrence = Some(Occurrence { impact: 1 + 512 % 63, positions: POSITIONS });
        let comes = Changed { page, before: None, after: occurrence };
        assert_eq!(postings(512).patched(&[comes]), Some(postings(513)));
        let goes = Changed { page, before: occurrence, after: None };
        assert_eq!(postings(513).patched(&[goes]), None);
    }

    #[test]
    fn a_word_that_is_everywhere_has_eight_impacts() {
        let page = 2 * 4096;
        let occurrence = Some(Occurrence { impact: 1 + 4096 % 63, positions: POSITIONS });
        let comes = Changed { page, before: None, after: occurrence };
        let patched = postings(4096).patched(&[comes]).expect("postings");
        assert_eq!(patched, postings(4097));
        let mut impacts = patched.impacts;
        impacts.sort_unstable();
        impacts.dedup();
        assert_eq!(impacts, [7, 15, 23, 31, 39, 47, 55, 63]);
        let goes = Changed { page, before: occurrence, after: None };
        let stays = Changed { after: occurrence, ..goes.clone() };
        assert_eq!(postings(4097).patched(&[goes]), None);
        assert_eq!(postings(4097).patched(&[stays]), Some(postings(4097)));
    }
}
