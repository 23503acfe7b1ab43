//! Which file holds what. Pages are numbered by their address, not by their rank,
//! and terms are filed by their first letters, so that an edit of one page
//! touches few files.

use std::borrow::Cow;

use crate::base::tables::Set;

/// A file of the dictionary grows to about this many bytes before it is split.
const SHARD_SIZE: usize = 16_000;

/// A block of pages holds about what these many bytes of source say.
const BLOCK_SIZE: u64 = 8_000;

/// No file name has more letters of a term than these.
const MAX_DEPTH: usize = 12;

/// The numbers of all pages of a site.
pub(super) struct Numbering {
    /// The number of each page, in the order of the addresses given.
    pub numbers: Vec<u32>,
    /// How many bits a number has.
    pub bits: u32,
}

/// Numbers pages by hashes of their addresses, which must be sorted and all different.
///
/// There are 8 times more numbers than pages, and the range grows in powers of two:
/// a new page hardly ever changes the number of another.
pub(super) fn number(addresses: &[&str]) -> Numbering {
    let bits = (addresses.len() as u32 * 8).next_power_of_two().ilog2().clamp(16, 30);
    let mut taken = Set::default();
    let mut numbers = Vec::with_capacity(addresses.len());
    for address in addresses {
        let mut number = (hash(address.as_bytes()) >> (64 - bits)) as u32;
        while !taken.insert(number) {
            number = (number + 1) % (1 << bits);
        }
        numbers.push(number);
    }
    Numbering { numbers, bits }
}

/// How many bits tell the blocks of pages apart, for sources of so many bytes.
pub(super) fn block_bits(n_bytes: u64, bits: u32) -> u32 {
    (n_bytes / BLOCK_SIZE).max(1).next_power_of_two().ilog2().min(bits)
}

/// The block of a page.
pub(super) fn block(page: u32, bits: u32, block_bits: u32) -> u32 {
    page >> (bits - block_bits)
}

/// The file of a block, without folder and extension.
pub(super) fn block_name(block: u32) -> String {
    format!("p-{block:x}")
}

/// The file of a dictionary shard, without folder and extension.
pub(super) fn shard_name(shard: &str) -> String {
    format!("t-{shard}")
}

/// A term in the letters of file names.
pub(super) fn key(term: &str) -> Cow<'_, str> {
    let is_safe = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if term.bytes().all(is_safe) {
        return Cow::Borrowed(term);
    }
    term.chars()
        .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '_' })
        .collect()
}

/// A shard: the beginning that its keys share, and which of the groups it holds.
pub(super) struct Shard {
    pub name: String,
    pub groups: std::ops::Range<usize>,
}

/// Cuts groups, given as sorted keys and sizes, into shards.
///
/// A shard that would grow too large is split by the next letter; the key that ends
/// there keeps the shard's name. So all keys of a shard begin with its name, and all
/// that may hold a key are named by a beginning of it.
pub(super) fn shards(groups: &[(Cow<str>, usize)]) -> Vec<Shard> {
    let mut shards = Vec::new();
    split(groups, 0..groups.len(), 0, &mut shards);
    shards
}

fn split(
    groups: &[(Cow<str>, usize)],
    range: std::ops::Range<usize>,
    depth: usize,
    shards: &mut Vec<Shard>,
) {
    if range.is_empty() {
        return;
    }
    let size: usize = groups[range.clone()].iter().map(|(_, size)| size).sum();
    let fits = size <= SHARD_SIZE || depth == MAX_DEPTH;
    if depth > 0 && fits {
        let name = groups[range.start].0[..depth].to_string();
        shards.push(Shard { name, groups: range });
        return;
    }
    // Sorted keys: those that end here come first.
    let mut start = range.start;
    while start < range.end {
        let next = groups[start].0.as_bytes().get(depth);
        let same = groups[start..range.end]
            .iter()
            .take_while(|(key, _)| key.as_bytes().get(depth) == next);
        let end = start + same.count();
        match next {
            None => shards.push(Shard { name: groups[start].0.to_string(), groups: start..end }),
            Some(_) => split(groups, start..end, depth + 1, shards),
        }
        start = end;
    }
}

/// A hash that is the same everywhere and always: FNV-1a, its bits mixed once more.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_new_page_leaves_the_others_their_numbers() {
        let before = number(&["a.html", "c.html"]);
        let after = number(&["a.html", "b.html", "c.html"]);
        assert_eq!(before.numbers, [after.numbers[0], after.numbers[2]]);
    }

    #[test]
    fn numbers_are_all_different() {
        let addresses: Vec<String> = (0..5000).map(|page| format!("{page:05}.html")).collect();
        let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
        let numbers: BTreeSet<u32> = number(&addresses).numbers.into_iter().collect();
        assert_eq!(numbers.len(), 5000);
    }

    fn names(groups: &[(&str, usize)]) -> Vec<String> {
        let groups: Vec<_> =
            groups.iter().map(|(key, size)| (Cow::Borrowed(*key), *size)).collect();
        shards(&groups).into_iter().map(|shard| shard.name).collect()
    }

    #[test]
    fn small_dictionaries_are_filed_by_first_letter() {
        assert_eq!(names(&[("_di", 9), ("appalt", 9), ("att", 9), ("gar", 9)]), ["_", "a", "g"]);
    }

    #[test]
    fn large_shards_split_by_the_next_letter() {
        assert_eq!(
            names(&[("com", 9_000), ("comun", 9_000), ("con", 9_000)]),
            ["com", "comu", "con"]
        );
    }

    #[test]
    fn keys_are_safe_file_names() {
        assert_eq!(key("33/2013"), "33_2013");
        assert_eq!(key("città_"), "citt__");
    }
}
