//! Hash tables for what there is very much of: every word of a site, every link of every copy. Their keys come
//! from the site itself, and nothing is ever taken out in their order.

use rustc_hash::FxBuildHasher;

/// A map without the defence against hostile keys that the standard one pays for.
pub(crate) type Map<K, V> = std::collections::HashMap<K, V, FxBuildHasher>;

/// A set of the same kind.
pub(crate) type Set<K> = std::collections::HashSet<K, FxBuildHasher>;
