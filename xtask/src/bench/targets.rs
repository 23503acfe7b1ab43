//! What vasta means to be: limits on what was measured, as ratios to Hugo in the same run wherever a
//! number of seconds would only describe a machine.

use super::results::{Key, Results, What, Who};
use super::table::{bytes, ratio, time};

/// A limit and how it was kept.
pub(super) struct Verdict {
    pub(super) pages: usize,
    pub(super) target: &'static str,
    pub(super) limit: String,
    pub(super) measured: String,
    pub(super) is_met: bool,
}

/// The size that the targets speak of; and the one that shows how the time grows.
const PAGES: usize = 10_000;
const MANY_PAGES: usize = 50_000;

/// The targets that the results can be held to: at 10,000 pages, or at the largest corpus measured.
pub(super) fn verdicts(results: &Results) -> Vec<Verdict> {
    let measured =
        |pages: &usize| results.keys().any(|(of, what, _)| of == *pages && is_prose(what));
    let largest = results.keys().filter(|key| is_prose(key.1)).map(|key| key.0).max();
    let pages = Some(PAGES).filter(measured).or(largest).unwrap_or(PAGES);
    let code = results.keys().find(|key| key.1 == What::CodeCold).map_or(pages, |key| key.0);

    let vasta = |what: What| -> Key { (pages, what, Who::Vasta) };
    let hugo = (pages, What::Cold, Who::Hugo);
    let code_of = |what: What, who: Who| -> Key { (code, what, who) };
    let many = (MANY_PAGES, What::Cold, Who::Vasta);
    let code_hugo = code_of(What::CodeCold, Who::Hugo);
    let growth = results.ratio(many, (PAGES, What::Cold, Who::Vasta));

    let ratios = [
        (pages, "cold build ÷ Hugo's", results.ratio(vasta(What::Cold), hugo), 1.0 / 8.0),
        (MANY_PAGES, "cold build ÷ that of 10,000 pages", growth, 5.5),
        (pages, "no-op ÷ Hugo's cold build", results.ratio(vasta(What::NoOp), hugo), 1.0 / 40.0),
        (pages, "body edit ÷ no-op", results.ratio(vasta(What::Body), vasta(What::NoOp)), 1.5),
        (
            code,
            "code, cold ÷ Hugo's",
            results.ratio(code_of(What::CodeCold, Who::Vasta), code_hugo),
            1.0,
        ),
        (
            code,
            "code, remembered ÷ Hugo's cold build",
            results.ratio(code_of(What::CodeWarm, Who::Vasta), code_hugo),
            1.0 / 20.0,
        ),
    ];
    let times = [
        ("serve, body edit, median", results.median(vasta(What::ServeBody)), 0.050),
        (
            "serve, body edit, 95th percentile",
            results.percentile(vasta(What::ServeBody), 95),
            0.100,
        ),
        ("serve, title edit, median", results.median(vasta(What::ServeTitle)), 0.150),
    ];
    let memory = results.median(vasta(What::Memory));

    let ratios = ratios
        .into_iter()
        .map(|(pages, target, value, limit)| verdict(pages, target, value, limit, ratio));
    let times =
        times.into_iter().map(|(target, value, limit)| verdict(pages, target, value, limit, time));
    let memory = verdict(pages, "cold build, peak memory", memory, 350.0 * 1024.0 * 1024.0, bytes);
    ratios.chain([memory]).chain(times).flatten().collect()
}

fn is_prose(what: What) -> bool {
    !matches!(what, What::CodeCold | What::CodeWarm)
}

fn verdict(
    pages: usize,
    target: &'static str,
    value: Option<f64>,
    limit: f64,
    shown: fn(f64) -> String,
) -> Option<Verdict> {
    let value = value?;
    let is_met = value <= limit;
    Some(Verdict { pages, target, limit: shown(limit), measured: shown(value), is_met })
}

#[cfg(test)]
mod tests {
    use super::super::results::{Results, What, Who};
    use super::verdicts;

    #[test]
    fn only_what_was_measured_is_judged() {
        let mut results = Results::default();
        assert!(verdicts(&results).is_empty());
        results.add((10_000, What::Cold, Who::Vasta), 1.0);
        results.add((10_000, What::Cold, Who::Hugo), 10.0);
        results.add((10_000, What::NoOp, Who::Vasta), 0.5);
        results.add((50_000, What::Cold, Who::Vasta), 5.0);
        let judged: Vec<_> = verdicts(&results)
            .into_iter()
            .map(|verdict| (verdict.pages, verdict.measured, verdict.limit, verdict.is_met))
            .collect();
        let row = |pages, measured: &str, limit: &str, is_met| {
            (pages, measured.to_owned(), limit.to_owned(), is_met)
        };
        assert_eq!(
            judged,
            [
                row(10_000, "1/10.0", "1/8.0", true),
                row(50_000, "5.00", "5.50", true),
                row(10_000, "1/20.0", "1/40.0", false),
            ]
        );
    }
}
