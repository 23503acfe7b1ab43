//! What was measured: numbers by corpus, measurement and program, and the few figures that are read
//! out of them.

use std::collections::BTreeMap;

/// A measurement; in the order of the report. Times are in seconds, sizes in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Cold,
    Memory,
    BytesPerPage,
    NoOp,
    Body,
    Title,
    Template,
    ServeBody,
    ServeTitle,
    ServeMemory,
    CodeCold,
    CodeWarm,
}

/// Who was measured; in the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Vasta,
    Hugo,
    Pagefind,
    MdBook,
}

/// One series of numbers: the pages of the corpus, the measurement, the program.
pub(super) type Key = (usize, What, Who);

#[derive(Default)]
pub(super) struct Results {
    series: BTreeMap<Key, Vec<f64>>,
    /// What could not be measured, and why.
    pub(super) notes: Vec<String>,
    /// The statistics that vasta printed last, under a heading.
    pub(super) statistics: BTreeMap<Key, (String, String)>,
}

impl Results {
    pub(super) fn add(&mut self, key: Key, value: f64) {
        self.series.entry(key).or_default().push(value);
    }

    /// Notes what is missing, once.
    pub(super) fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            println!("note: {note}");
            self.notes.push(note);
        }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.series.keys().copied()
    }

    pub(super) fn median(&self, key: Key) -> Option<f64> {
        self.series.get(&key).and_then(|values| percentile(values, 50))
    }

    pub(super) fn percentile(&self, key: Key, percent: usize) -> Option<f64> {
        self.series.get(&key).and_then(|values| percentile(values, percent))
    }

    /// How many times `other` the series `key` is: the median over the rounds that measured both,
    /// or the ratio of the medians when the two were not measured in the same rounds.
    pub(super) fn ratio(&self, key: Key, other: Key) -> Option<f64> {
        let (values, others) = (self.series.get(&key)?, self.series.get(&other)?);
        if key.0 == other.0 && values.len() == others.len() {
            let ratios: Vec<f64> =
                values.iter().zip(others).map(|(value, other)| value / other).collect();
            return percentile(&ratios, 50);
        }
        Some(self.median(key)? / self.median(other)?)
    }
}

/// The value below which so many percent of the values lie; between two values, when the number of
/// values asks for it.
pub(crate) fn percentile(values: &[f64], percent: usize) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let place = last as f64 * percent as f64 / 100.0;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    Some(below + (above - below) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::{Results, What, Who, percentile};

    #[test]
    fn percentiles_lie_between_values() {
        assert_eq!(percentile(&[3.0, 1.0, 2.0], 50), Some(2.0));
        assert_eq!(percentile(&[4.0, 1.0, 2.0, 3.0], 50), Some(2.5));
        assert_eq!(percentile(&[1.0, 2.0], 100), Some(2.0));
        assert_eq!(percentile(&[], 50), None);
    }

    #[test]
    fn rounds_are_compared_pair_by_pair() {
        let mut results = Results::default();
        let (ours, theirs) = ((10, What::Cold, Who::Vasta), (10, What::Cold, Who::Hugo));
        for (our, their) in [(1.0, 8.0), (3.0, 12.0), (2.0, 20.0)] {
            results.add(ours, our);
            results.add(theirs, their);
        }
        assert_eq!(results.ratio(ours, theirs), Some(0.125));
        results.add(ours, 2.0);
        assert_eq!(results.ratio(ours, theirs), Some(2.0 / 12.0));
        assert_eq!(results.ratio(ours, (10, What::NoOp, Who::Hugo)), None);
    }
}
