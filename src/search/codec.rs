//! Numbers as short strings that need no escaping in JSON: base 64, five bits a
//! character, the sixth says that more follow. Small numbers take one character,
//! so lists are kept as differences.

use super::weight::FULL_IMPACT;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What the table below says of bytes that are no digits.
const NO_DIGIT: u8 = 64;

/// The value of each byte as a digit.
const VALUES: [u8; 256] = {
    let mut values = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 64 {
        values[DIGITS[value] as usize] = value as u8;
        value += 1;
    }
    values
};

/// Where a word occurs on one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    pub page: u32,
    /// How much the word weighs on the page, 1 to 63.
    pub impact: u32,
    /// The first positions of the word, ascending. There may be more on the page.
    pub positions: Vec<u32>,
}

/// Reads the postings of a term: all pages, all impacts, all counts of positions, all positions,
/// with spaces between. Stops at the first thing that a build does not write.
pub(super) fn decode_postings(code: &str) -> Vec<Posting> {
    let mut lists = code.split(' ').map(|list| Numbers { digits: list.as_bytes() });
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
    let mut code = Vec::with_capacity(2 * numbers.len());
    push_ascending(&mut code, numbers);
    code.into_iter().map(char::from).collect()
}

/// Reads what `encode_ascending` wrote; nothing if it is anything else.
pub(super) fn decode_ascending(code: &str) -> Option<Vec<u32>> {
    let mut numbers = decode(code.as_bytes())?;
    sum_up(&mut numbers)?;
    Some(numbers)
}

/// Makes ascending numbers of differences; nothing if they are no such numbers, or not all different.
pub(super) fn sum_up(numbers: &mut [u32]) -> Option<()> {
    for at in 1..numbers.len() {
        numbers[at] = numbers[at].checked_add(numbers[at - 1])?;
        if numbers[at] == numbers[at - 1] {
            return None;
        }
    }
    Some(())
}

/// Reads numbers; nothing if there is anything else.
pub(super) fn decode(code: &[u8]) -> Option<Vec<u32>> {
    let mut digits = Numbers { digits: code };
    let mut numbers = Vec::with_capacity(code.len());
    while !digits.digits.is_empty() {
        numbers.push(digits.next()?);
    }
    Some(numbers)
}

/// Writes numbers as their differences.
pub(super) fn push_ascending(code: &mut Vec<u8>, numbers: &[u32]) {
    let mut before = 0;
    for &number in numbers {
        push(code, number - before);
        before = number;
    }
}

/// Writes a number.
pub(super) fn push(code: &mut Vec<u8>, mut number: u32) {
    while number >= 32 {
        code.push(DIGITS[(32 + number % 32) as usize]);
        number /= 32;
    }
    code.push(DIGITS[number as usize]);
}

struct Numbers<'a> {
    digits: &'a [u8],
}

impl Iterator for Numbers<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let mut number = 0u32;
        for shift in (0..35).step_by(5) {
            let (digit, rest) = self.digits.split_first()?;
            self.digits = rest;
            let value = VALUES[usize::from(*digit)];
            if value == NO_DIGIT {
                return None;
            }
            number |= u32::from(value % 32).checked_shl(shift)?;
            if value < 32 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, 31, 32, 1_000_000, u32::MAX];
        assert_eq!(decode_ascending(&encode_ascending(&numbers)).as_deref(), Some(&numbers[..]));
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

    #[test]
    fn damaged_codes_are_no_numbers() {
        for code in ["A!", "A B", "g", "_______", "BA"] {
            assert_eq!(decode_ascending(code), None, "{code}");
        }
    }
}
