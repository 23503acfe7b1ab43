//! A value together with what was found wrong on the way to it. Reading an editor's text never
//! fails: it yields the best value it can and says everything that is wrong, so that one run
//! reports every mistake.

use super::diagnostic::{Diagnostic, Diagnostics};

/// A value and the diagnostics that belong to it.
///
/// ```
/// use vasta::base::Checked;
/// let checked = Checked::clean(2).map(|number| number + 1);
/// assert_eq!(checked.value, 3);
/// assert!(checked.diagnostics.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked<T> {
    /// The value, complete enough to carry on with.
    pub value: T,
    /// What an editor should hear about it, in order of discovery.
    pub diagnostics: Diagnostics,
}

impl<T> Checked<T> {
    /// A value with nothing to say about it.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Diagnostics::new() }
    }

    /// A value with diagnostics.
    pub fn new(value: T, diagnostics: Diagnostics) -> Self {
        Self { value, diagnostics }
    }

    /// Changes the value and keeps the diagnostics.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Checked<U> {
        Checked { value: change(self.value), diagnostics: self.diagnostics }
    }

    /// Moves the diagnostics to `diagnostics` and gives the value.
    pub fn into_value(self, diagnostics: &mut Diagnostics) -> T {
        diagnostics.extend(self.diagnostics);
        self.value
    }

    /// Whether any diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

impl<T> FromIterator<Checked<T>> for Checked<Vec<T>> {
    fn from_iter<I: IntoIterator<Item = Checked<T>>>(items: I) -> Self {
        let mut diagnostics = Diagnostics::new();
        let value = items.into_iter().map(|item| item.into_value(&mut diagnostics)).collect();
        Self { value, diagnostics }
    }
}
