//! The report of a study: for each corpus a table of answers and one of costs, then the targets.

use super::metrics::{Score, mean, score};
use super::queries::{KINDS, Kind};
use super::targets::{self, Verdict};
use super::{Engine, Study};
use crate::bench::results::percentile;
use crate::bench::table::{bytes, ratio, table, thousands, time};

/// Everything, as Markdown.
pub(super) fn report(lines: &[String], studies: &[Study]) -> String {
    let lines: String = lines.iter().map(|line| format!("- {line}\n")).collect();
    let studies_told: String = studies.iter().map(study).collect();
    format!("{lines}\n{studies_told}### Targets of the search\n\n{}", targets(studies))
}

/// Every question with the places of its page.
pub(super) fn list(studies: &[Study]) -> String {
    let place = |rank: Option<usize>| rank.map_or("–".to_owned(), |rank| rank.to_string());
    let mut list = "kind\tvasta\tPagefind\tquestion\tpage\n".to_owned();
    for Study { queries, vasta, pagefind, .. } in studies {
        for ((query, ours), theirs) in queries.iter().zip(&vasta.answers).zip(&pagefind.answers) {
            let (ours, theirs) = (place(ours.rank), place(theirs.rank));
            let (kind, text, page) = (name(query.kind), &query.text, &query.expected);
            list.push_str(&format!("{kind}\t{ours}\t{theirs}\t{text}\t{page}\n"));
        }
    }
    list
}

fn study(study: &Study) -> String {
    let Study { name, n_pages, queries, .. } = study;
    let (pages, asked) = (thousands(*n_pages), thousands(queries.len()));
    let (answers, costs) = (answers(study), costs(study));
    format!("### {name}\n\n{pages} pages, {asked} questions.\n\n{answers}\n{costs}\n")
}

/// The scores of both engines for the questions of one kind; ours first.
pub(super) fn scores(study: &Study, kind: Kind) -> Option<(Score, Score)> {
    let of = |engine: &Engine| {
        let answers = study.queries.iter().zip(&engine.answers);
        let answers = answers.filter(|(query, _)| query.kind == kind).map(|(_, answer)| *answer);
        score(&answers.collect::<Vec<_>>())
    };
    Some((of(&study.vasta)?, of(&study.pagefind)?))
}

/// The means over all kinds that have questions.
pub(super) fn means(study: &Study) -> Option<(Score, Score)> {
    let scores = KINDS.into_iter().filter_map(|kind| scores(study, kind));
    let (ours, theirs): (Vec<Score>, Vec<Score>) = scores.unzip();
    Some((mean(&ours)?, mean(&theirs)?))
}

fn answers(study: &Study) -> String {
    let header = [
        "questions",
        "asked",
        "MRR: vasta",
        "Pagefind",
        "vasta ÷ Pagefind",
        "first: vasta",
        "Pagefind",
        "in five: vasta",
        "Pagefind",
        "download: vasta",
        "Pagefind",
        "time: vasta",
        "Pagefind",
    ];
    let n_asked = |kind: Kind| study.queries.iter().filter(|query| query.kind == kind).count();
    let kinds = KINDS.into_iter().filter_map(|kind| {
        let (ours, theirs) = scores(study, kind)?;
        Some(row(name(kind), n_asked(kind), &ours, &theirs))
    });
    let all = means(study)
        .map(|(ours, theirs)| row("**all kinds** (mean)", study.queries.len(), &ours, &theirs));
    table(&header.map(str::to_owned), kinds.chain(all))
}

fn row(name: &str, n_asked: usize, ours: &Score, theirs: &Score) -> Vec<String> {
    let mut row = vec![name.to_owned(), n_asked.to_string()];
    row.extend([ours, theirs].map(|score| format!("{:.3}", score.reciprocal_rank)));
    row.push(compared(ours.reciprocal_rank, theirs.reciprocal_rank));
    row.extend([ours, theirs].map(|score| percent(score.first)));
    row.extend([ours, theirs].map(|score| percent(score.first_five)));
    row.extend([ours, theirs].map(|score| bytes(score.bytes)));
    row.extend([ours, theirs].map(|score| time(score.milliseconds / 1000.0)));
    row
}

pub(super) fn median(values: &[f64]) -> Option<f64> {
    percentile(values, 50)
}

fn costs(study: &Study) -> String {
    let Study { vasta, pagefind, times, n_pages, .. } = study;
    let seconds = |values: &[f64]| median(values).map(|milliseconds| milliseconds / 1000.0);
    let answers = |engine: &Engine| {
        engine.answers.iter().map(|answer| answer.milliseconds).collect::<Vec<_>>()
    };
    let downloads =
        |engine: &Engine| engine.answers.iter().map(|answer| answer.bytes).collect::<Vec<_>>();
    let all = |engine: &Engine| Some(downloads(engine).iter().sum());
    // The first of all questions finds nothing loaded.
    let further = |engine: &Engine| median(downloads(engine).get(1..).unwrap_or_default());
    let per_page = |bytes: f64| Some(bytes / *n_pages as f64);
    type Shown = fn(f64) -> String;
    let rows: [(&str, Shown, Option<f64>, Option<f64>); 10] = [
        (
            "first question, download with script",
            bytes,
            median(&vasta.first_bytes),
            median(&pagefind.first_bytes),
        ),
        (
            "first question, time with script",
            time,
            seconds(&vasta.first_milliseconds),
            seconds(&pagefind.first_milliseconds),
        ),
        ("a further question, download", bytes, further(vasta), further(pagefind)),
        (
            "all questions one after the other, download without script",
            bytes,
            all(vasta),
            all(pagefind),
        ),
        (
            "a question again, all loaded, time",
            time,
            seconds(&answers(vasta)),
            seconds(&answers(pagefind)),
        ),
        (
            "a question, files loaded but not read, time",
            time,
            seconds(&vasta.loaded_milliseconds),
            None,
        ),
        (
            "index on the disk, a page",
            bytes,
            per_page(vasta.index_bytes),
            per_page(pagefind.index_bytes),
        ),
        (
            "index compressed, a page",
            bytes,
            per_page(vasta.index_compressed),
            per_page(pagefind.index_compressed),
        ),
        ("making the index", time, median(&times.vasta), median(&times.pagefind)),
        ("the whole build, index included", time, median(&times.vasta_build), None),
    ];
    let header = ["median", "vasta", "Pagefind", "vasta ÷ Pagefind"].map(str::to_owned);
    let rows = rows.into_iter().map(|(name, shown, ours, theirs)| {
        let cell = |value: Option<f64>| value.map(shown).unwrap_or_default();
        let compared = ours.zip(theirs).map(|(ours, theirs)| compared(ours, theirs));
        vec![name.to_owned(), cell(ours), cell(theirs), compared.unwrap_or_default()]
    });
    table(&header, rows)
}

fn targets(studies: &[Study]) -> String {
    let header = ["corpus", "target", "limit", "measured", "met"].map(str::to_owned);
    let rows = studies.iter().flat_map(|study| {
        targets::verdicts(study).into_iter().map(|Verdict { target, limit, measured, is_met }| {
            let met = if is_met { "yes" } else { "**no**" };
            vec![study.name.clone(), target.to_owned(), limit, measured, met.to_owned()]
        })
    });
    table(&header, rows)
}

pub(super) fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Words => "words of the description",
        Kind::Typo => "words of the title, one typing error",
        Kind::Prefix => "title, cut in a word",
        Kind::Folded => "words without their accents",
        Kind::Rare => "one word of this page only",
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// Nothing can be compared with nothing.
fn compared(ours: f64, theirs: f64) -> String {
    match (ours > 0.0, theirs > 0.0) {
        (true, true) => ratio(ours / theirs),
        (false, true) => "0".to_owned(),
        (_, false) => String::new(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::metrics::Answer;
    use super::super::queries::{Kind, Query};
    use super::super::{Engine, IndexTimes, Study};
    use super::{answers, compared, costs, list};

    /// Two questions; vasta finds both, Pagefind one.
    pub(in super::super) fn study() -> Study {
        let query =
            |kind, text: &str| Query { kind, text: text.into(), expected: "a/index.html".into() };
        let answer = |rank, bytes| Answer { rank, bytes, milliseconds: 2.0 };
        let engine = |second: Option<usize>, bytes: f64| Engine {
            answers: vec![answer(Some(1), 5.0 * bytes), answer(second, bytes)],
            first_bytes: vec![10.0 * bytes],
            first_milliseconds: vec![20.0],
            index_bytes: 100.0 * bytes,
            index_compressed: 50.0 * bytes,
            ..Engine::default()
        };
        Study {
            name: "Prova".into(),
            n_pages: 10,
            queries: vec![query(Kind::Words, "gare comuni"), query(Kind::Typo, "apalto")],
            vasta: Engine { loaded_milliseconds: vec![3.0], ..engine(Some(2), 1024.0) },
            pagefind: engine(None, 2048.0),
            times: IndexTimes { vasta: vec![0.1], vasta_build: vec![0.5], pagefind: vec![2.0] },
        }
    }

    #[test]
    fn a_row_for_each_kind_and_one_for_all() {
        assert_eq!(
            answers(&study()),
            "\
| questions | asked | MRR: vasta | Pagefind | vasta ÷ Pagefind | first: vasta | Pagefind | in five: vasta | Pagefind | download: vasta | Pagefind | time: vasta | Pagefind |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
| words of the description | 1 | 1.000 | 1.000 | 1.00 | 100 % | 100 % | 100 % | 100 % | 5.0 KiB | 10.0 KiB | 2.0 ms | 2.0 ms |
| words of the title, one typing error | 1 | 0.500 | 0.000 |  | 0 % | 0 % | 100 % | 0 % | 1.0 KiB | 2.0 KiB | 2.0 ms | 2.0 ms |
| **all kinds** (mean) | 2 | 0.750 | 0.500 | 1.50 | 50 % | 50 % | 100 % | 50 % | 3.0 KiB | 6.0 KiB | 2.0 ms | 2.0 ms |
"
        );
    }

    #[test]
    fn costs_are_medians_beside_one_another() {
        let costs = costs(&study());
        for row in [
            "| first question, download with script | 10.0 KiB | 20.0 KiB | 0.50 |",
            "| a further question, download | 1.0 KiB | 2.0 KiB | 0.50 |",
            "| index on the disk, a page | 10.0 KiB | 20.0 KiB | 0.50 |",
            "| making the index | 100 ms | 2.00 s | 1/20.0 |",
        ] {
            assert!(costs.contains(row), "{costs}");
        }
    }

    #[test]
    fn nothing_is_no_part() {
        assert_eq!([compared(1.0, 2.0), compared(0.0, 2.0), compared(1.0, 0.0)], ["0.50", "0", ""]);
    }

    #[test]
    fn the_list_shows_both_places() {
        assert!(list(&[study()]).ends_with("one typing error\t2\t–\tapalto\ta/index.html\n"));
    }
}
