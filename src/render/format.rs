//! Dates, numbers and amounts as people write them, in Italian or English.

use crate::base::Date;
use crate::base::date::ITALIAN_MONTHS;

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How a language writes values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `23 novembre 2026`, `1.234,5`.
    Italian,
    /// `23 November 2026`, `1,234.5`.
    English,
}

impl Format {
    /// The way of a language code; Italian unless it is English.
    pub fn of(language: &str) -> Self {
        if language.starts_with("en") { Self::English } else { Self::Italian }
    }

    /// The code of the language.
    pub fn language(self) -> &'static str {
        match self {
            Self::Italian => "it",
            Self::English => "en",
        }
    }

    /// A day, month or year.
    pub fn date(self, date: Date) -> String {
        let months = match self {
            Self::Italian => ITALIAN_MONTHS,
            Self::English => ENGLISH_MONTHS,
        };
        let month = date
            .month
            .and_then(|month| usize::try_from(month).ok())
            .and_then(|month| months.get(month - 1));
        match (date.day, month) {
            (Some(1), Some(month)) if self == Self::Italian => format!("1º {month} {}", date.year),
            (Some(day), Some(month)) => format!("{day} {month} {}", date.year),
            (None, Some(month)) => format!("{month} {}", date.year),
            _ => date.year.to_string(),
        }
    }

    /// A span of time that may be open at one end.
    pub fn period(self, from: Option<Date>, to: Option<Date>) -> String {
        match (from, to) {
            (Some(from), Some(to)) => format!("{} – {}", self.date(from), self.date(to)),
            (Some(from), None) => {
                let word = if self == Self::Italian { "dal" } else { "from" };
                format!("{word} {}", self.date(from))
            }
            (None, Some(to)) => {
                let word = if self == Self::Italian { "fino al" } else { "until" };
                format!("{word} {}", self.date(to))
            }
            (None, None) => String::new(),
        }
    }

    /// A number with separators between thousands; years and the like keep their four digits.
    pub fn number(self, number: f64) -> String {
        let written = format!("{}", number.abs());
        let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
        let sign = if number < 0.0 { "-" } else { "" };
        let (thousands, decimal) = self.separators();
        let mut text = format!("{sign}{}", grouped(whole, thousands));
        if !fraction.is_empty() {
            text.push(decimal);
            text.push_str(fraction);
        }
        text
    }

    /// An amount in hundredths of `currency`; round amounts without decimals.
    pub fn money(self, cents: i64, currency: &str) -> String {
        let (thousands, decimal) = self.separators();
        let sign = if cents < 0 { "-" } else { "" };
        let whole = grouped(&(cents.unsigned_abs() / 100).to_string(), thousands);
        let fraction = cents.unsigned_abs() % 100;
        let amount = match fraction {
            0 => format!("{sign}{whole}"),
            fraction => format!("{sign}{whole}{decimal}{fraction:02}"),
        };
        let symbol = if currency == "EUR" { "€" } else { currency };
        format!("{symbol}\u{a0}{amount}")
    }

    /// The size of a file in bytes, as readers judge a download.
    pub fn size(self, bytes: usize) -> String {
        match bytes {
            0..1_000_000 => format!("{}\u{a0}KB", bytes.div_ceil(1000)),
            _ => format!("{}\u{a0}MB", self.number((bytes as f64 / 100_000.0).round() / 10.0)),
        }
    }

    /// Yes or no.
    pub fn boolean(self, value: bool) -> &'static str {
        match (self, value) {
            (Self::Italian, true) => "sì",
            (Self::English, true) => "yes",
            (_, false) => "no",
        }
    }

    fn separators(self) -> (char, char) {
        match self {
            Self::Italian => ('.', ','),
            Self::English => (',', '.'),
        }
    }
}

fn grouped(digits: &str, separator: char) -> String {
    if digits.len() <= 4 {
        return digits.to_owned();
    }
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_people_write_them() {
        let date = |text: &str| text.parse().expect("a date");
        assert_eq!(Format::Italian.date(date("2026-11-23")), "23 novembre 2026");
        assert_eq!(Format::Italian.date(date("2023-07-01")), "1º luglio 2023");
        assert_eq!(Format::English.date(date("2026-11")), "November 2026");
        assert_eq!(Format::Italian.number(1_234_567.5), "1.234.567,5");
        assert_eq!(Format::Italian.number(2023.0), "2023");
        assert_eq!(Format::Italian.money(455_550_000, "EUR"), "€\u{a0}4.555.500");
        assert_eq!(Format::Italian.money(35_137_025_433, "EUR"), "€\u{a0}351.370.254,33");
    }
}
