//! How good answers are and what they cost, in numbers. Knows neither engines nor questions.

use crate::bench::results::percentile;

/// One question as an engine answered it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Answer {
    /// The place of the expected page among the first ten, from 1.
    pub(super) rank: Option<usize>,
    /// What was downloaded for it, after all questions before.
    pub(super) bytes: f64,
    /// Asked again, with everything loaded, in milliseconds.
    pub(super) milliseconds: f64,
}

/// The answers to questions of one kind, or the mean over kinds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Score {
    /// The mean of one divided by the rank, and of nothing where the page was not found.
    pub(super) reciprocal_rank: f64,
    /// The share of questions whose page came first, and among the first five.
    pub(super) first: f64,
    pub(super) first_five: f64,
    /// Medians.
    pub(super) bytes: f64,
    pub(super) milliseconds: f64,
}

/// What the answers are worth; `None` when there are none.
pub(super) fn score(answers: &[Answer]) -> Option<Score> {
    let ranks = || answers.iter().map(|answer| answer.rank);
    let share = |within: usize| {
        ranks().flatten().filter(|rank| *rank <= within).count() as f64 / answers.len() as f64
    };
    let reciprocals: f64 = ranks().flatten().fold(0.0, |sum, rank| sum + 1.0 / rank as f64);
    let median =
        |value: fn(&Answer) -> f64| percentile(&answers.iter().map(value).collect::<Vec<_>>(), 50);
    Some(Score {
        bytes: median(|answer| answer.bytes)?,
        milliseconds: median(|answer| answer.milliseconds)?,
        reciprocal_rank: reciprocals / answers.len() as f64,
        first: share(1),
        first_five: share(5),
    })
}

/// The mean over kinds, so that every kind counts alike however many questions it has.
pub(super) fn mean(scores: &[Score]) -> Option<Score> {
    let mean =
        |value: fn(&Score) -> f64| scores.iter().map(value).sum::<f64>() / scores.len() as f64;
    (!scores.is_empty()).then(|| Score {
        reciprocal_rank: mean(|score| score.reciprocal_rank),
        first: mean(|score| score.first),
        first_five: mean(|score| score.first_five),
        bytes: mean(|score| score.bytes),
        milliseconds: mean(|score| score.milliseconds),
    })
}

#[cfg(test)]
mod tests {
    use super::{Answer, mean, score};

    #[test]
    fn a_page_counts_by_its_place_and_one_that_is_not_found_nothing() {
        let answer = |rank, bytes| Answer { rank, bytes, milliseconds: 2.0 };
        let answers = [
            answer(Some(1), 0.0),
            answer(Some(4), 10.0),
            answer(Some(8), 20.0),
            answer(None, 90.0),
        ];
        let score = score(&answers).unwrap();
        assert_eq!(score.reciprocal_rank, (1.0 + 0.25 + 0.125) / 4.0);
        assert_eq!((score.first, score.first_five), (0.25, 0.5));
        assert_eq!((score.bytes, score.milliseconds), (15.0, 2.0));
    }

    #[test]
    fn every_kind_counts_alike() {
        let kind = |n_answers, rank| {
            score(&vec![Answer { rank, bytes: 1.0, milliseconds: 1.0 }; n_answers]).unwrap()
        };
        let all = mean(&[kind(3, Some(1)), kind(1, None)]).unwrap();
        assert_eq!((all.reciprocal_rank, all.first_five), (0.5, 0.5));
    }

    #[test]
    fn nothing_asked_is_no_score() {
        assert_eq!(score(&[]), None);
        assert_eq!(mean(&[]), None);
    }
}
