//! Locks around values into which only whole things are put: a panic elsewhere cannot leave one half
//! done, so the value is still good.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The value, for as long as the guard lives.
pub fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The value, for good.
pub fn unlock<T>(value: Mutex<T>) -> T {
    value.into_inner().unwrap_or_else(PoisonError::into_inner)
}
