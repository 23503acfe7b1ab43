//! The one hash of the program: 128 bits of BLAKE3, enough to tell any two inputs apart, short
//! enough to print in a memo key or in a link.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A 128-bit fingerprint of some bytes, printed as 32 hexadecimal digits.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hash([u8; 16]);

impl Hash {
    /// The fingerprint of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self::first_half(blake3::hash(bytes))
    }

    /// The fingerprint of several parts in order; `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self::first_half(hasher.finalize())
    }

    /// The 16 bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The first eight digits: what links to fingerprinted files carry.
    pub fn short(self) -> String {
        self.0[..4].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn first_half(hash: blake3::Hash) -> Self {
        let mut half = [0; 16];
        half.copy_from_slice(&hash.as_bytes()[..16]);
        Self(half)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_one_part_ends_matters() {
        let split = |parts: [&str; 2]| Hash::of_parts(parts.map(str::as_bytes));
        assert_ne!(split(["ab", "c"]), split(["a", "bc"]));
        assert_eq!(Hash::of(b"vasta").short().len(), 8);
    }
}
