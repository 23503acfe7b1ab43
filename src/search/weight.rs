//! How much a word weighs on a page, and how much in the whole site: BM25F in
//! integers, so that Rust and JavaScript agree to the last digit. The weight on a
//! page is computed once, at the build; readers only multiply and add.

/// The parts of a page, by how much they tell what it is about.
#[derive(Clone, Copy)]
pub(super) enum Field {
    Title,
    Synonyms,
    Headings,
    Summary,
    Body,
}

pub(super) const FIELD_COUNT: usize = 5;

/// What one occurrence weighs, by field.
const WEIGHTS: [u64; FIELD_COUNT] = [16, 12, 6, 4, 1];

/// How far the length of a field lowers the weight of its words, in 256ths, by field.
const LENGTH_EFFECTS: [u64; FIELD_COUNT] = [160, 0, 100, 60, 160];

/// The weight at which a word has half of its full effect. More adds less and less.
const HALF: u64 = 10;

/// The full effect of a word on a page.
pub(super) const FULL_IMPACT: u32 = 63;

/// What of it belongs to words that alone are a name of the page: who types `SUA` wants the page
/// that is called so before those that speak of it.
const NAME_IMPACT: u32 = 8;

/// What a page makes of the words on it.
#[derive(Clone, Copy)]
pub(super) struct Norms {
    /// What each field divides the weight of its words by.
    fields: [u64; FIELD_COUNT],
    /// Whether words have half of their effect.
    is_low: bool,
}

/// What the fields of a page divide the weight of their words by: more, the longer they are.
///
/// `lengths` is how many words the fields have, `averages` how many they have on average; on a page
/// that `is_low` words have half of their effect.
pub(super) fn norms(
    lengths: [u32; FIELD_COUNT],
    averages: [u32; FIELD_COUNT],
    is_low: bool,
) -> Norms {
    let fields = std::array::from_fn(|field| {
        let effect = LENGTH_EFFECTS[field];
        256 - effect + effect * u64::from(lengths[field]) / u64::from(averages[field].max(1))
    });
    Norms { fields, is_low }
}

/// The effect of a word on a page, from 1 to 63.
///
/// `counts` is how often it occurs in each field; `is_name` whether the word alone is a name of
/// the page.
pub(super) fn impact(counts: [u16; FIELD_COUNT], norms: &Norms, is_name: bool) -> u32 {
    let mut weight = 0;
    for field in 0..FIELD_COUNT {
        // A word is in one field or two, and divisions are slow.
        if counts[field] > 0 {
            weight += 1024 * WEIGHTS[field] * u64::from(counts[field]) / norms.fields[field];
        }
    }
    let full = u64::from(FULL_IMPACT - NAME_IMPACT);
    // One occurrence weighs 4 here: 1024 / 256.
    let impact = (full * weight + 2 * HALF) / (weight + 4 * HALF);
    let impact = impact.clamp(1, full) as u32 + if is_name { NAME_IMPACT } else { 0 };
    if norms.is_low { impact.div_ceil(2) } else { impact }
}

/// Average lengths of fields that have `sums` words on all pages together, rounded up to powers of
/// two: an edit of one page hardly ever changes them.
pub(super) fn averages(sums: [u64; FIELD_COUNT], n_pages: usize) -> [u32; FIELD_COUNT] {
    sums.map(|sum| ((sum / n_pages.max(1) as u64).max(1) as u32).next_power_of_two())
}

/// How much a word tells that occurs on `found` of `pages` pages. Rare words tell more.
pub(super) fn rarity(pages: u32, found: u32) -> u64 {
    let pages = pages.max(found) + 1;
    32 + logarithm(pages) - logarithm(found.max(1))
}

/// The binary logarithm in 64ths, straight between powers of two.
fn logarithm(number: u32) -> u64 {
    let whole = number.ilog2();
    let rest = u64::from(number - (1 << whole));
    64 * u64::from(whole) + ((rest * 64) >> whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AVERAGES: [u32; FIELD_COUNT] = [8, 1, 32, 16, 512];

    fn impact_of(field: Field, count: u16) -> u32 {
        let mut counts = [0; FIELD_COUNT];
        counts[field as usize] = count;
        impact(counts, &average(), false)
    }

    fn average() -> Norms {
        norms(AVERAGES, AVERAGES, false)
    }

    #[test]
    fn a_title_says_more_than_a_heading_and_a_heading_more_than_text() {
        assert!(impact_of(Field::Title, 1) > impact_of(Field::Synonyms, 1));
        assert!(impact_of(Field::Synonyms, 1) > impact_of(Field::Headings, 1));
        assert!(impact_of(Field::Headings, 1) > impact_of(Field::Body, 2));
        assert!(impact_of(Field::Summary, 1) > impact_of(Field::Body, 1));
    }

    #[test]
    fn repetition_adds_less_and_less() {
        let (one, five, fifty) =
            (impact_of(Field::Body, 1), impact_of(Field::Body, 5), impact_of(Field::Body, 50));
        assert!(one < five && five < fifty && fifty - five < 45 * (five - one));
    }

    #[test]
    fn a_word_in_a_short_title_weighs_more() {
        let of_title = |length| norms([length, 0, 0, 0, 0], AVERAGES, false);
        let long = impact([1, 0, 0, 0, 0], &of_title(16), false);
        assert!(impact([1, 0, 0, 0, 0], &of_title(1), false) > long);
    }

    #[test]
    fn the_page_that_is_called_so_comes_before_those_that_speak_of_it() {
        let named = impact([1, 1, 0, 0, 1], &average(), true);
        let spoken_of = impact([1, 1, 3, 1, 9], &average(), false);
        assert!(named > spoken_of, "{named} {spoken_of}");
    }

    #[test]
    fn words_of_a_low_page_have_half_of_their_effect() {
        let low = norms(AVERAGES, AVERAGES, true);
        for counts in [[1, 1, 3, 1, 9], [0, 0, 0, 0, 1]] {
            for is_name in [true, false] {
                let full = impact(counts, &average(), is_name);
                assert_eq!(impact(counts, &low, is_name), full.div_ceil(2));
            }
        }
    }

    #[test]
    fn averages_move_in_steps() {
        let averages_of = |words| averages([3, 0, 9, 20, words], 1);
        assert_eq!(averages_of(400), [4, 1, 16, 32, 512]);
        assert_eq!(averages_of(410), averages_of(400));
    }

    #[test]
    fn rare_words_tell_more() {
        assert!(rarity(1000, 1) > rarity(1000, 10));
        assert!(rarity(1000, 1000) > 0);
        assert_eq!(logarithm(1024), 640);
    }
}
