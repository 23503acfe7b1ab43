//! Remembered results. A table maps the hash of everything a result depends on to the result, so
//! that no work is done twice; it never changes what a build returns.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::hash::Hash;

/// Results of one pure function by the hash of its input; safe to share between threads.
pub struct Table<T> {
    results: Mutex<Results<T>>,
    n_computed: AtomicUsize,
}

struct Results<T> {
    known: HashMap<Hash, Arc<T>>,
    /// Where results of earlier runs are, until they are needed.
    source: Option<Box<Source<T>>>,
}

type Source<T> = dyn FnOnce() -> Option<Vec<(Hash, T)>> + Send;

impl<T> Default for Table<T> {
    fn default() -> Self {
        let results = Results { known: HashMap::new(), source: None };
        Self { results: Mutex::new(results), n_computed: AtomicUsize::new(0) }
    }
}

impl<T> Table<T> {
    /// A table that asks `source` for the results of earlier runs when it is first used.
    pub fn with_source(source: impl FnOnce() -> Option<Vec<(Hash, T)>> + Send + 'static) -> Self {
        let results = Results { known: HashMap::new(), source: Some(Box::new(source)) };
        Self { results: Mutex::new(results), n_computed: AtomicUsize::new(0) }
    }

    /// The result for `key`, computed at most once per thread that asks at the same time.
    pub fn get(&self, key: Hash, compute: impl FnOnce() -> T) -> Arc<T> {
        if let Some(result) = self.lock().loaded().get(&key) {
            return Arc::clone(result);
        }
        // The lock is not held while computing: two threads may do the same work, none waits.
        let result = Arc::new(compute());
        self.n_computed.fetch_add(1, Ordering::Relaxed);
        Arc::clone(self.lock().known.entry(key).or_insert(result))
    }

    /// All results in order of key.
    pub fn entries(&self) -> Vec<(Hash, Arc<T>)> {
        let mut results = self.lock();
        let all = results.loaded().iter();
        let mut entries: Vec<_> = all.map(|(key, result)| (*key, Arc::clone(result))).collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        entries
    }

    /// How many results were computed rather than remembered.
    pub fn n_computed(&self) -> usize {
        self.n_computed.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, Results<T>> {
        // A panic elsewhere cannot leave a half-inserted entry, so the table is still good.
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Results<T> {
    fn loaded(&mut self) -> &HashMap<Hash, Arc<T>> {
        if let Some(source) = self.source.take() {
            let earlier = source().unwrap_or_default();
            self.known.extend(earlier.into_iter().map(|(key, result)| (key, Arc::new(result))));
        }
        &self.known
    }
}

impl<T> fmt::Debug for Table<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Table")
            .field("n_computed", &self.n_computed)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_computed_once() {
        let table = Table::default();
        let key = Hash::of(b"key");
        assert_eq!(*table.get(key, || 1), 1);
        assert_eq!(*table.get(key, || 2), 1);
        assert_eq!(table.n_computed(), 1);
    }

    #[test]
    fn results_of_earlier_runs_are_not_computed_again() {
        let key = Hash::of(b"key");
        let table = Table::with_source(move || Some(vec![(key, 1)]));
        assert_eq!((*table.get(key, || 2), table.n_computed()), (1, 0));
        assert_eq!(table.entries().len(), 1);
    }
}
