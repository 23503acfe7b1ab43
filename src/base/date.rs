//! Calendar dates as editors write them: a day, or only a month, or only a year. No times, no
//! zones: nothing in a knowledge base depends on the hour.

use std::fmt;
use std::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The names of the months in Italian, in order.
pub const ITALIAN_MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

/// A date that is known to the day, the month or the year. Dates sort by time, the vaguer first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, four digits.
    pub year: i16,
    /// The month, 1 to 12, if known.
    pub month: Option<i8>,
    /// The day of the month, if known; never without the month.
    pub day: Option<i8>,
}

impl Date {
    /// Whether the day is known.
    pub fn is_full(self) -> bool {
        self.day.is_some()
    }

    /// The first day of the year, month or day.
    #[must_use]
    pub fn first_day(self) -> Self {
        Self { month: Some(self.month.unwrap_or(1)), day: Some(self.day.unwrap_or(1)), ..self }
    }

    /// The last day of the year, month or day.
    #[must_use]
    pub fn last_day(self) -> Self {
        let month = self.month.unwrap_or(12);
        let first = jiff::civil::Date::new(self.year, month, 1);
        let last = first.map_or(28, |first| first.days_in_month());
        Self { month: Some(month), day: Some(self.day.unwrap_or(last)), ..self }
    }

    /// The day after the last one; the same day at the end of time.
    #[must_use]
    pub fn day_after(self) -> Self {
        let Self { year, month, day } = self.last_day();
        let last = jiff::civil::Date::new(year, month.unwrap_or(12), day.unwrap_or(31));
        let next = last.and_then(|last| last.tomorrow());
        next.map_or(self, |next| Self {
            year: next.year(),
            month: Some(next.month()),
            day: Some(next.day()),
        })
    }

    /// The day that lies `days` after 1 January 1970.
    pub fn from_days_since_epoch(days: i32) -> Option<Self> {
        let epoch = jiff::civil::date(1970, 1, 1);
        let date = epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        Some(Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) })
    }
}

impl Date {
    /// The day or month that Italians write in another way: `25/11/2026`, `25.11.2026`, `25 novembre
    /// 2026`, `1º dicembre 2026`, `novembre 2026`, `2026/11/25`, `2026-1-5`. The day comes before the month
    /// unless the year comes first; a year of two digits is no year.
    pub fn written_otherwise(text: &str) -> Option<Self> {
        let parts: Vec<&str> =
            text.split(['/', '.', '-', ' ']).filter(|it| !it.is_empty()).collect();
        let month = |part: &str| {
            let place = ITALIAN_MONTHS.iter().position(|name| name.eq_ignore_ascii_case(part));
            place.map_or_else(|| part.to_owned(), |place| (place + 1).to_string())
        };
        let is_year = |part: &str| part.len() == 4;
        let is_named = |part: &str| month(part) != part;
        let (year, month, day) = match parts.as_slice() {
            [year, number, day] if is_year(year) => (*year, month(number), Some(*day)),
            [day, number, year] if is_year(year) => (*year, month(number), Some(*day)),
            [name, year] if is_year(year) && is_named(name) => (*year, month(name), None),
            _ => return None,
        };
        let day = day.map(|day| format!("-{:0>2}", day.trim_end_matches(['°', 'º'])));
        format!("{year}-{month:0>2}{}", day.unwrap_or_default()).parse().ok()
    }
}

impl FromStr for Date {
    type Err = ();

    /// Reads `2026-11-23`, `2026-11` or `2026`; a day that does not exist is an error.
    fn from_str(text: &str) -> Result<Self, ()> {
        let parts: Vec<&str> = text.split('-').collect();
        let number = |part: &str, digits: usize| -> Result<i16, ()> {
            let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            if plain { part.parse().map_err(drop) } else { Err(()) }
        };
        let [year, rest @ ..] = parts.as_slice() else { return Err(()) };
        if rest.len() > 2 {
            return Err(());
        }
        let year = number(year, 4)?;
        let small = |part: &&str| number(part, 2).and_then(|n| i8::try_from(n).map_err(drop));
        let month = rest.first().map(small).transpose()?;
        let day = rest.get(1).map(small).transpose()?;
        jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(drop)?;
        Ok(Self { year, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        [self.month, self.day]
            .into_iter()
            .flatten()
            .try_for_each(|part| write!(formatter, "-{part:02}"))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| D::Error::custom("not a date"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years_are_read_and_written_alike() {
        for text in ["2026-11-23", "2024-02-29", "2026-11", "2026"] {
            assert_eq!(text.parse::<Date>().map(|date| date.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_not_a_date_is_refused() {
        for text in ["2023-02-30", "23/11/2026", "2026-13", "2026-1-1", "26", "", "2026-11-23-1"] {
            assert_eq!(text.parse::<Date>(), Err(()), "{text}");
        }
    }

    #[test]
    fn a_date_in_another_form_is_understood_where_it_is_clear() {
        let understood = |text| Date::written_otherwise(text).map(|date| date.to_string());
        for text in ["25/11/2026", "25.11.2026", "25 Novembre 2026", "2026/11/25", "25-11-2026"] {
            assert_eq!(understood(text).as_deref(), Some("2026-11-25"), "{text}");
        }
        assert_eq!(understood("1º dicembre 2026").as_deref(), Some("2026-12-01"));
        assert_eq!(understood("novembre 2026").as_deref(), Some("2026-11"));
        assert_eq!(understood("2026-1-5").as_deref(), Some("2026-01-05"));
        for text in ["11/25/2026", "1/2/26", "30/2/2026", "11/2026", "presto", "", "25 nov 2026"] {
            assert_eq!(understood(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_has_a_first_and_a_last_day_and_one_after_it() {
        let days = |text: &str| {
            let date: Date = text.parse().expect("a date");
            [date.first_day(), date.last_day(), date.day_after()].map(|date| date.to_string())
        };
        assert_eq!(days("2024-02"), ["2024-02-01", "2024-02-29", "2024-03-01"]);
        assert_eq!(days("2026"), ["2026-01-01", "2026-12-31", "2027-01-01"]);
        assert_eq!(days("2026-11-23"), ["2026-11-23", "2026-11-23", "2026-11-24"]);
    }

    #[test]
    fn the_epoch_is_the_first_of_january_1970() {
        let date = |days| Date::from_days_since_epoch(days).map(|date| date.to_string());
        assert_eq!(date(0).as_deref(), Some("1970-01-01"));
        assert_eq!(date(20_780).as_deref(), Some("2026-11-23"));
    }
}
