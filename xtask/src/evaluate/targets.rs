//! What the search of vasta means to be beside Pagefind on the same pages in the same run.

use super::Study;
use super::metrics::Score;
use super::queries::Kind;
use super::report::{means, median, scores};
use crate::bench::table::{bytes, ratio, time};

/// A limit and how it was kept.
pub(super) struct Verdict {
    pub(super) target: &'static str,
    pub(super) limit: String,
    pub(super) measured: String,
    pub(super) is_met: bool,
}

enum Limit {
    AtLeast(f64),
    AtMost(f64),
}
use Limit::{AtLeast, AtMost};

/// The sizes that the limits on downloads and times speak of. Sections come on top of the pages that
/// were asked for.
const MANY_PAGES: usize = 10_000;
const THOUSAND_PAGES: std::ops::Range<usize> = 1_000..1_100;

pub(super) fn verdicts(study: &Study) -> Vec<Verdict> {
    let Study { vasta, pagefind, times, n_pages, .. } = study;
    let is_large = *n_pages >= MANY_PAGES;
    let is_thousand = THOUSAND_PAGES.contains(n_pages);
    let part = |ours: &[f64], theirs: &[f64]| Some(median(ours)? / median(theirs)?);
    let first = median(&vasta.first_bytes);
    let first_part = part(&vasta.first_bytes, &pagefind.first_bytes);
    let loaded = median(&vasta.loaded_milliseconds).map(|milliseconds| milliseconds / 1000.0);
    let index = median(&times.vasta);
    let index_part = part(&times.vasta, &times.pagefind);
    let disk = Some(vasta.index_bytes / pagefind.index_bytes);
    let way = Some(vasta.index_compressed / pagefind.index_compressed);

    let better = |(ours, theirs): (Score, Score)| ours.reciprocal_rank / theirs.reciprocal_rank;
    let all = means(study).map(better);
    let typo = scores(study, Kind::Typo).map(better);

    let verdicts = [
        verdict("MRR over all kinds ÷ Pagefind's", all, AtLeast(1.25), ratio),
        verdict("MRR with a typing error ÷ Pagefind's", typo, AtLeast(3.0), ratio),
        verdict("first results, download", first.filter(|_| is_large), AtMost(100_000.0), bytes),
        verdict(
            "first results, download ÷ Pagefind's",
            first_part.filter(|_| is_large),
            AtMost(1.0 / 3.0),
            ratio,
        ),
        verdict("results from loaded files", loaded.filter(|_| is_large), AtMost(0.030), time),
        verdict("index on the disk ÷ Pagefind's", disk, AtMost(1.0), ratio),
        verdict("index compressed ÷ Pagefind's", way, AtMost(1.0), ratio),
        verdict("making the index", index.filter(|_| is_thousand), AtMost(0.15), time),
        verdict("making the index ÷ the run of Pagefind", index_part, AtMost(1.0 / 15.0), ratio),
    ];
    verdicts.into_iter().flatten().collect()
}

fn verdict(
    target: &'static str,
    value: Option<f64>,
    limit: Limit,
    shown: fn(f64) -> String,
) -> Option<Verdict> {
    // Nothing in nothing times is no number.
    let value = value.filter(|value| !value.is_nan())?;
    let (limit, is_met) = match limit {
        AtLeast(limit) => (format!("at least {}", shown(limit)), value >= limit),
        AtMost(limit) => (format!("at most {}", shown(limit)), value <= limit),
    };
    Some(Verdict { target, limit, measured: shown(value), is_met })
}

#[cfg(test)]
mod tests {
    use super::super::report::tests::study;
    use super::verdicts;

    #[test]
    fn a_corpus_is_held_to_what_fits_its_size() {
        let judged = |n_pages| -> Vec<_> {
            let mut study = study();
            study.n_pages = n_pages;
            let verdicts = verdicts(&study).into_iter();
            verdicts.map(|verdict| (verdict.measured, verdict.limit, verdict.is_met)).collect()
        };
        let row =
            |measured: &str, limit: &str, is_met| (measured.to_owned(), limit.to_owned(), is_met);
        let (all, typo) = (row("1.50", "at least 1.25", true), row("inf", "at least 3.00", true));
        let (size, part) =
            (row("0.50", "at most 1.00", true), row("1/20.0", "at most 1/15.0", true));
        assert_eq!(judged(10), [&all, &typo, &size, &size, &part].map(Clone::clone));
        let index = row("100 ms", "at most 150 ms", true);
        assert_eq!(
            judged(1_021),
            [all.clone(), typo.clone(), size.clone(), size.clone(), index, part.clone()]
        );
        let (bytes, half) =
            (row("10.0 KiB", "at most 97.7 KiB", true), row("0.50", "at most 1/3.0", false));
        let loaded = row("3.0 ms", "at most 30 ms", true);
        assert_eq!(
            judged(10_221),
            [all, typo, bytes, half, loaded, size.clone(), size.clone(), part]
        );
    }
}
