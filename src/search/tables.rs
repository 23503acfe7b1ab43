//! Hash tables for counting words: every word of a site passes through one. Their keys come from the
//! site itself, and nothing is ever taken out in their order.

use rustc_hash::FxBuildHasher;

/// A map without the defence against hostile keys that the standard one pays for.
pub(super) type Map<K, V> = std::collections::HashMap<K, V, FxBuildHasher>;

/// A set of the same kind.
pub(super) type Set<K> = std::collections::HashSet<K, FxBuildHasher>;
