//! Numbers as short strings that need no escaping in JSON: base 64, five bits a
//! character, the sixth says that more follow. Small numbers take one character,
//! so lists are kept as differences.

use super::weight::FULL_IMPACT;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Where a word occurs on one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    pub page: u32,
    /// How much the word weighs on the page, 1 to 63.
    pub impact: u32,
    /// The first positions of the word, ascending. There may be more on the page.
    pub positions: Vec<u32>,
}

/// A posting that is about to be written: page, impact, positions.
pub(super) type Written<'a> = (u32, u32, &'a [u32]);

/// Writes postings of ascending pages: all pages, all impacts, all counts of positions,
/// all positions, with spaces between. Like stands by like, which compresses better.
pub(super) fn encode_postings(postings: &[Written]) -> String {
    let pages: Vec<u32> = postings.iter().map(|&(page, ..)| page).collect();
    let mut code = encode_ascending(&pages);
    code.push(' ');
    for &(_, impact, _) in postings {
        push(&mut code, impact);
    }
    code.push(' ');
    for (_, _, positions) in postings {
        push(&mut code, positions.len() as u32);
    }
    code.push(' ');
    for (_, _, positions) in postings {
        push_ascending(&mut code, positions);
    }
    code
}

/// Reads what `encode_postings` wrote; stops at the first thing it did not write.
pub(super) fn decode_postings(code: &str) -> Vec<Posting> {
    let mut lists = code.split(' ').map(|list| Numbers { digits: list.bytes() });
    let (Some(pages), Some(mut impacts), Some(mut counts), Some(mut positions)) =
        (lists.next(), lists.next(), lists.next(), lists.next())
    else {
        return Vec::new();
    };
    let mut postings = Vec::new();
    let mut page = 0u32;
    for step in pages {
        let (Some(impact), Some(count)) = (impacts.next(), counts.next()) else {
            break;
        };
        page = page.saturating_add(step);
        let impact = impact.min(FULL_IMPACT);
        let mut position = 0u32;
        let ascending = positions.by_ref().take(count as usize).map(|step| {
            position = position.saturating_add(step);
            position
        });
        postings.push(Posting { page, impact, positions: ascending.collect() });
    }
    postings
}

/// Writes ascending numbers.
pub(super) fn encode_ascending(numbers: &[u32]) -> String {
    let mut code = String::new();
    push_ascending(&mut code, numbers);
    code
}

fn push_ascending(code: &mut String, numbers: &[u32]) {
    let mut before = 0;
    for &number in numbers {
        push(code, number - before);
        before = number;
    }
}

fn push(code: &mut String, mut number: u32) {
    while number >= 32 {
        code.push(char::from(DIGITS[(32 + number % 32) as usize]));
        number /= 32;
    }
    code.push(char::from(DIGITS[number as usize]));
}

struct Numbers<'a> {
    digits: std::str::Bytes<'a>,
}

impl Iterator for Numbers<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let mut number = 0u32;
        for shift in (0..35).step_by(5) {
            let digit = value(self.digits.next()?)?;
            number |= (digit % 32).checked_shl(shift)?;
            if digit < 32 {
                return Some(number);
            }
        }
        None
    }
}

fn value(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_come_back() {
        let postings = vec![
            Posting { page: 0, impact: 63, positions: vec![0, 1, 40] },
            Posting { page: 1_000_000, impact: 1, positions: vec![] },
            Posting { page: u32::MAX, impact: 31, positions: vec![u32::MAX] },
        ];
        let code = encode_postings(&[
            (0, 63, &[0, 1, 40]),
            (1_000_000, 1, &[]),
            (u32::MAX, 31, &[u32::MAX]),
        ]);
        assert_eq!(decode_postings(&code), postings);
    }

    #[test]
    fn small_differences_take_one_character() {
        assert_eq!(encode_ascending(&[5, 36]), "Ff");
    }

    #[test]
    fn damaged_codes_end_the_list() {
        assert_eq!(decode_postings("A B"), []);
        assert_eq!(decode_postings("________ B A "), []);
    }
}
