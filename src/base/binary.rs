//! Values as bytes and back, for what the program leaves to itself between two runs. The form is
//! compact and says nothing of itself: who reads bytes of another version gets nothing or nonsense,
//! so a version and a checksum stand before them.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// `value` as bytes.
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_stdvec(value).expect("our own types are made of texts, numbers, lists and maps")
}

/// The value that `bytes` hold; nothing when they hold none.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
