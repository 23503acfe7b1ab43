//! Puts pages in order. All integer arithmetic, in a fixed order, so that the
//! browser computes the very same scores. Knows terms and page numbers, not files.

use std::collections::BTreeMap;

use super::codec::Posting;
use super::index::Term;
use super::query::{EXACT, Form, SYNONYM, Unit};
use super::weight::{FULL_IMPACT, rarity};

/// A page and its score.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ranked {
    pub page: u32,
    pub score: u64,
}

/// How strongly a word of the question is on a page, and where.
#[derive(Clone, Default)]
struct Strength {
    strength: u64,
    positions: Vec<u32>,
}

/// All pages that answer, best first, and how rare each word of the question is.
pub(super) struct Ranking {
    pub pages: Vec<Ranked>,
    pub rarities: Vec<u64>,
}

type Pages = BTreeMap<u32, Strength>;

/// The most that a word can be on a page: full impact, exact.
const FULL_STRENGTH: u64 = (FULL_IMPACT * EXACT) as u64;

/// A page must hold so much of what the best page holds, in percent, by the rarity of the words.
const MIN_COVERAGE: u64 = 50;

/// The pages that answer a question, best first.
pub(super) fn rank(units: &[Unit], pages: u32) -> Ranking {
    let found: Vec<Pages> = units.iter().map(|unit| strengths(&unit.forms)).collect();
    let rarities = rarities(units, &found, pages);
    let wanted_and_found = |unit: &usize| units[*unit].wanted && !found[*unit].is_empty();
    let total: u64 = (0..units.len()).filter(wanted_and_found).map(|unit| rarities[unit]).sum();

    let mut candidates: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
    for unit in 0..units.len() {
        for (&page, strength) in &found[unit] {
            let (score, mass) = candidates.entry(page).or_default();
            let gain = rarities[unit] * strength.strength;
            if units[unit].wanted {
                *score += gain;
                *mass += rarities[unit];
            } else {
                *score += gain / 2;
            }
        }
    }
    let coverage = |mass: u64| mass * 256 / total.max(1);
    let best = candidates.values().map(|&(_, mass)| coverage(mass)).max().unwrap_or(0);
    let mut ranking: Vec<Ranked> = candidates
        .into_iter()
        .filter(|&(_, (_, mass))| mass > 0 && coverage(mass) * 100 >= best * MIN_COVERAGE)
        .map(|(page, (score, mass))| {
            let covered = (0..2).fold(score, |score, _| score * coverage(mass) / 256);
            let near = nearness(page, units, &found);
            Ranked { page, score: covered + covered * near / 64 }
        })
        .collect();
    ranking.sort_unstable_by_key(|ranked| (std::cmp::Reverse(ranked.score), ranked.page));
    Ranking { pages: ranking, rarities }
}

/// How rare each word of the question is; synonyms and corrections count only for words that are nowhere.
fn rarities(units: &[Unit], found: &[Pages], pages: u32) -> Vec<u64> {
    let rarity_of = |(unit, found): (&Unit, &Pages)| {
        let own = match unit.own {
            0 => found.len(),
            own if own == unit.forms.len() => found.len(),
            own => strengths(&unit.forms[..own]).len(),
        };
        rarity(pages, own as u32)
    };
    units.iter().zip(found).map(rarity_of).collect()
}

fn strengths(forms: &[Form]) -> Pages {
    let mut pages = Pages::new();
    for form in forms {
        match &form.words[..] {
            [terms] => {
                for term in terms {
                    for posting in term.postings.iter() {
                        add(
                            &mut pages,
                            posting.page,
                            posting.impact,
                            form.factor,
                            &posting.positions,
                        );
                    }
                }
            }
            words => {
                for (page, impact, positions) in phrase(words) {
                    add(&mut pages, page, impact, form.factor, &positions);
                }
            }
        }
    }
    pages
}

/// Of the forms of a word the strongest counts: a long page has more of them, and says no more for
/// it. Synonyms add to its strength, but never more than full strength.
fn add(pages: &mut Pages, page: u32, impact: u32, factor: u32, positions: &[u32]) {
    let entry = pages.entry(page).or_default();
    let more = u64::from(impact * factor);
    entry.strength = match factor {
        SYNONYM => entry.strength + more - entry.strength * more / FULL_STRENGTH,
        _ => entry.strength.max(more),
    };
    entry.positions.extend(positions);
}

/// The pages that hold all words of a phrase, as strong as the weakest of them.
fn phrase(words: &[Vec<Term>]) -> Vec<(u32, u32, Vec<u32>)> {
    let mut pages: BTreeMap<u32, (u32, Vec<u32>)> = BTreeMap::new();
    for (at, terms) in words.iter().enumerate() {
        let mut strongest: BTreeMap<u32, &Posting> = BTreeMap::new();
        for posting in terms.iter().flat_map(|term| term.postings.iter()) {
            let held = strongest.entry(posting.page).or_insert(posting);
            if posting.impact > held.impact {
                *held = posting;
            }
        }
        if at == 0 {
            pages = strongest
                .into_iter()
                .map(|(page, held)| (page, (held.impact, held.positions.clone())))
                .collect();
            continue;
        }
        pages.retain(|page, (impact, _)| match strongest.get(page) {
            Some(held) => {
                *impact = held.impact.min(*impact);
                true
            }
            None => false,
        });
    }
    pages.into_iter().map(|(page, (impact, positions))| (page, impact, positions)).collect()
}

/// How near the words of the question are to one another on a page, 0 to 32.
fn nearness(page: u32, units: &[Unit], found: &[Pages]) -> u64 {
    if units.len() < 2 {
        return 0;
    }
    let mut sum = 0;
    for pair in 0..units.len() - 1 {
        let (Some(a), Some(b)) = (found[pair].get(&page), found[pair + 1].get(&page)) else {
            continue;
        };
        let apart = i64::from(units[pair + 1].position) - i64::from(units[pair].position);
        let mut least = i64::MAX;
        for &first in &a.positions {
            for &second in &b.positions {
                least = least.min((i64::from(second) - i64::from(first) - apart).abs());
            }
        }
        sum += match least {
            0 => 32,
            1..=2 => 20,
            3..=6 => 12,
            7..=15 => 4,
            _ => 0,
        };
    }
    sum / (units.len() as u64 - 1)
}
