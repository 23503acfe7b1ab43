//! Remembered results. A table maps the hash of everything a result depends on to the result, so
//! that a warm build repeats no work; it never changes what a build returns.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::hash::Hash;

/// Results of one pure function by the hash of its input; safe to share between threads.
#[derive(Debug)]
pub struct Table<T> {
    /// Nothing in a table that forgets at once.
    results: Option<Mutex<HashMap<Hash, Remembered<T>>>>,
    n_computed: AtomicUsize,
}

#[derive(Debug)]
struct Remembered<T> {
    result: Arc<T>,
    was_used: bool,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { results: Some(Mutex::default()), n_computed: AtomicUsize::new(0) }
    }
}

impl<T> Table<T> {
    /// A table that remembers nothing, for a build that is the only one: then not even keys are
    /// computed.
    pub fn forgetful() -> Self {
        Self { results: None, n_computed: AtomicUsize::new(0) }
    }

    /// The result for `key`, computed at most once per thread that asks at the same time.
    pub fn get(&self, key: impl FnOnce() -> Hash, compute: impl FnOnce() -> T) -> Arc<T> {
        let Some(results) = &self.results else {
            self.n_computed.fetch_add(1, Ordering::Relaxed);
            return Arc::new(compute());
        };
        let key = key();
        if let Some(remembered) = lock(results).get_mut(&key) {
            remembered.was_used = true;
            return Arc::clone(&remembered.result);
        }
        // The lock is not held while computing: two threads may do the same work, none waits.
        let result = Arc::new(compute());
        self.n_computed.fetch_add(1, Ordering::Relaxed);
        let remembered = Remembered { result, was_used: true };
        Arc::clone(&lock(results).entry(key).or_insert(remembered).result)
    }

    /// Forgets what was not asked for since the last call: what an edit left behind.
    pub fn forget_unused(&self) {
        if let Some(results) = &self.results {
            lock(results).retain(|_, remembered| std::mem::take(&mut remembered.was_used));
        }
    }

    /// How many results were computed rather than remembered.
    pub fn n_computed(&self) -> usize {
        self.n_computed.load(Ordering::Relaxed)
    }
}

fn lock<T>(results: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic elsewhere cannot leave a half-inserted entry, so the table is still good.
    results.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_computed_once() {
        let table = Table::default();
        let key = Hash::of(b"key");
        assert_eq!(*table.get(|| key, || 1), 1);
        assert_eq!(*table.get(|| key, || 2), 1);
        assert_eq!(table.n_computed(), 1);
    }

    #[test]
    fn what_one_build_did_not_use_is_forgotten() {
        let table = Table::default();
        let (old, new) = (Hash::of(b"old"), Hash::of(b"new"));
        table.get(|| old, || 1);
        table.forget_unused();
        table.get(|| new, || 2);
        table.forget_unused();
        assert_eq!((*table.get(|| old, || 3), *table.get(|| new, || 4)), (3, 2));
    }
}
