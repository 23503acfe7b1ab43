//! Remembered results. A table maps the hash of everything a result depends on to the result, so
//! that a warm build repeats no work; it never changes what a build returns.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::hash::Hash;

/// Results of one pure function by the hash of its input; safe to share between threads.
#[derive(Debug)]
pub struct Table<T> {
    results: Mutex<HashMap<Hash, Arc<T>>>,
    n_computed: AtomicUsize,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { results: Mutex::default(), n_computed: AtomicUsize::new(0) }
    }
}

impl<T> Table<T> {
    /// The result for `key`, computed at most once per thread that asks at the same time.
    pub fn get(&self, key: Hash, compute: impl FnOnce() -> T) -> Arc<T> {
        if let Some(result) = self.lock().get(&key) {
            return Arc::clone(result);
        }
        // The lock is not held while computing: two threads may do the same work, none waits.
        let result = Arc::new(compute());
        self.n_computed.fetch_add(1, Ordering::Relaxed);
        Arc::clone(self.lock().entry(key).or_insert(result))
    }

    /// How many results were computed rather than remembered.
    pub fn n_computed(&self) -> usize {
        self.n_computed.load(Ordering::Relaxed)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Hash, Arc<T>>> {
        // A panic elsewhere cannot leave a half-inserted entry, so the table is still good.
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
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
}
