//! The difference between two versions of a file, as instructions that make the new one of the old one:
//! some bytes that are new, then a stretch to copy, and again. Made for lists and indexes of which a few
//! lines change; the archive around it compresses what is left.

use std::collections::HashMap;

/// The old file is known by its blocks of so many bytes, so a shorter stretch is not copied.
const N_BLOCK: usize = 16;

/// What makes `new` of `old`.
pub fn make(old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut blocks = HashMap::new();
    for (number, block) in old.chunks_exact(N_BLOCK).enumerate() {
        blocks.entry(block).or_insert(number * N_BLOCK);
    }
    let mut delta = Vec::new();
    let (mut told, mut at) = (0, 0);
    while let Some(block) = new.get(at..at + N_BLOCK) {
        let Some(&from) = blocks.get(block) else {
            at += 1;
            continue;
        };
        // What is the same goes on in both directions.
        let same = |(one, other): &(&u8, &u8)| one == other;
        let before = old[..from].iter().rev().zip(new[told..at].iter().rev());
        let n_before = before.take_while(same).count();
        let n_after = old[from..].iter().zip(&new[at..]).take_while(same).count();
        step(&mut delta, &new[told..at - n_before], from - n_before, n_before + n_after);
        at += n_after;
        told = at;
    }
    if told < new.len() {
        step(&mut delta, &new[told..], 0, 0);
    }
    delta
}

/// The new file of `n_bytes`, if `delta` makes exactly that of `old`: never more memory than that.
pub fn apply(old: &[u8], mut delta: &[u8], n_bytes: usize) -> Option<Vec<u8>> {
    let mut new = Vec::new();
    while !delta.is_empty() {
        let n_new = number(&mut delta)?;
        let bytes = delta.split_off(..n_new)?;
        let from = number(&mut delta)?;
        let stretch = old.get(from..from.checked_add(number(&mut delta)?)?)?;
        if new.len() + bytes.len() + stretch.len() > n_bytes {
            return None;
        }
        new.extend_from_slice(bytes);
        new.extend_from_slice(stretch);
    }
    (new.len() == n_bytes).then_some(new)
}

fn step(delta: &mut Vec<u8>, bytes: &[u8], from: usize, length: usize) {
    put(delta, bytes.len());
    delta.extend_from_slice(bytes);
    put(delta, from);
    put(delta, length);
}

/// Writes a number in groups of seven bits, the lowest first.
fn put(delta: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        delta.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    delta.push(number as u8);
}

fn number(delta: &mut &[u8]) -> Option<usize> {
    let mut number = 0_usize;
    for shift in (0..usize::BITS).step_by(7) {
        let byte = delta.split_off_first()?;
        let group = usize::from(byte & 0x7f);
        number |= group.checked_shl(shift).filter(|shifted| shifted >> shift == group)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(n: usize) -> String {
        (0..n).map(|line| format!("{:x}  pagina-{line}/index.html\n", line * 7919)).collect()
    }

    #[test]
    fn a_changed_line_is_little() {
        let old = lines(5000);
        let new = old.replacen("pagina-2500", "altra", 1);
        let delta = make(old.as_bytes(), new.as_bytes());
        assert!(delta.len() < 60, "{} bytes", delta.len());
        assert_eq!(apply(old.as_bytes(), &delta, new.len()), Some(new.into_bytes()));
    }

    #[test]
    fn a_delta_that_makes_more_or_less_is_refused() {
        let old = lines(10).into_bytes();
        let delta = make(&old, &old);
        assert_eq!(apply(&old, &delta, old.len() - 1), None);
        assert_eq!(apply(&old, &delta, old.len() + 1), None);
        assert_eq!(apply(&old[1..], &delta, old.len()), None);
        for length in 1..delta.len() {
            assert_eq!(apply(&old, &delta[..length], old.len()), None, "cut at {length}");
        }
    }

    proptest! {
        #[test]
        fn it_makes_the_new_file(
            old in proptest::collection::vec(0_u8..4, 0..300),
            edits in proptest::collection::vec((0_usize..300, 0_usize..40, 0_u8..8), 0..6),
        ) {
            let mut new = old.clone();
            for (at, length, byte) in edits {
                let at = at.min(new.len());
                let end = (at + length).min(new.len());
                new.splice(at..end, vec![byte; usize::from(byte)]);
            }
            let delta = make(&old, &new);
            prop_assert_eq!(apply(&old, &delta, new.len()), Some(new));
        }

        #[test]
        fn no_bytes_make_it_panic(
            old in proptest::collection::vec(any::<u8>(), 0..50),
            delta in proptest::collection::vec(any::<u8>(), 0..50),
        ) {
            apply(&old, &delta, 100);
        }
    }
}
