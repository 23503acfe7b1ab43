//! Events as calendar files after RFC 5545, which every calendar program opens: one beside the page of
//! each event whose day is known, and one with all of them beside the page of their section. What
//! is an event, and when, the schema says where it describes its pages to machines.

use crate::base::{Date, UrlPath};
use crate::document::Value;
use crate::site::{Page, Site, structured};
use crate::source::Config;

use super::facts::FieldReader;
use super::feed;
use super::format::Format;
use super::structured::{absolute, given_as};

/// A calendar: where it is, and its text.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its address: the folder of a page, and a name.
    pub url: UrlPath,
    /// Its text.
    pub text: String,
}

/// The calendar that `page` offers: of the event that it is about, or of those in its section.
pub fn calendar(site: &Site, config: &Config, page: &Page) -> Option<Calendar> {
    let url = address(site, page)?;
    let mut lines = Lines::default();
    lines.push("BEGIN:VCALENDAR");
    lines.push("VERSION:2.0");
    lines.push(&format!("PRODID:-//vasta//vasta//{}", config.language.to_uppercase()));
    if let Some(days) = days(site, page) {
        push_event(&mut lines, site, config, page, days);
    } else {
        lines.push(&format!("NAME:{}", escaped(&page.title)));
        for child in page.children.iter().map(|id| &site.pages[*id]) {
            if let Some(days) = days(site, child) {
                push_event(&mut lines, site, config, child, days);
            }
        }
    }
    lines.push("END:VCALENDAR");
    Some(Calendar { url, text: lines.0 })
}

/// The address of the calendar that `page` offers, if it offers one.
pub fn address(site: &Site, page: &Page) -> Option<UrlPath> {
    let is_event = |page| days(site, page).is_some();
    let name = if is_event(page) {
        "evento.ics"
    } else if page.children.iter().any(|id| is_event(&site.pages[*id])) {
        "calendario.ics"
    } else {
        return None;
    };
    let path = format!("{}{name}", page.url.pretty());
    Some(UrlPath::file(&path).expect("the folder of a page, and a name without dots"))
}

/// The first and the last day of the event that `page` is about, if both are known to the day.
pub fn days(site: &Site, page: &Page) -> Option<(Date, Date)> {
    structured::description(site, page).filter(|description| description.kind.is_a("Event"))?;
    let start = |value: &Value| match value {
        Value::Date(date) | Value::Period(Some(date), _) => Some(*date),
        _ => None,
    };
    let end = |value: &Value| match value {
        Value::Date(date) | Value::Period(_, Some(date)) => Some(*date),
        _ => None,
    };
    let first = given_as(site, page, "startDate").iter().find_map(start);
    let first = first.or(page.document.meta.date).filter(|date| date.is_full())?;
    let last = given_as(site, page, "endDate").iter().find_map(end).unwrap_or(first);
    (last.is_full() && last >= first).then_some((first, last))
}

fn push_event(
    lines: &mut Lines,
    site: &Site,
    config: &Config,
    page: &Page,
    (first, last): (Date, Date),
) {
    let path = page.url.pretty();
    // The stamp is when the entry was made: the same files must give the same bytes.
    let stamp = page.document.meta.updated.unwrap_or(first).first_day();
    lines.push("BEGIN:VEVENT");
    lines.push(&format!("UID:{}", escaped(&feed::id(config, path))));
    lines.push(&format!("DTSTAMP:{}T000000Z", basic(stamp)));
    lines.push(&format!("DTSTART;VALUE=DATE:{}", basic(first)));
    // The end of a calendar entry is the day after it.
    lines.push(&format!("DTEND;VALUE=DATE:{}", basic(last.day_after())));
    lines.push(&format!("SUMMARY:{}", escaped(&page.title)));
    if !page.summary.is_empty() {
        lines.push(&format!("DESCRIPTION:{}", escaped(&page.summary)));
    }
    let fields = FieldReader { site, page, bodies: &[], format: Format::of(&config.language) };
    let places = given_as(site, page, "location");
    let places: Vec<String> = places.iter().filter_map(|place| fields.text(place)).collect();
    if !places.is_empty() {
        lines.push(&format!("LOCATION:{}", escaped(&places.join(", "))));
    }
    let is_cancelled =
        |value: &Value| matches!(value, Value::Choice(name, _) if name == "cancelled");
    if given_as(site, page, "eventStatus").iter().any(is_cancelled) {
        lines.push("STATUS:CANCELLED");
    }
    if let Some(address) = absolute(config, &page.url) {
        lines.push(&format!("URL:{address}"));
    }
    lines.push("END:VEVENT");
}

/// A day without hyphens.
fn basic(date: Date) -> String {
    date.to_string().replace('-', "")
}

/// A text in which no character has a meaning.
fn escaped(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,")
}

/// The lines of a calendar, each of at most 75 bytes: a longer one goes on after a blank.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn push(&mut self, line: &str) {
        const MOST: usize = 75;
        let mut length = 0;
        for letter in line.chars() {
            if length + letter.len_utf8() > MOST {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(letter);
            length += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_goes_on_after_a_blank_and_no_letter_is_cut() {
        let mut lines = Lines::default();
        lines.push(&"è".repeat(80));
        let widths: Vec<usize> = lines.0.split_terminator("\r\n").map(str::len).collect();
        assert_eq!(widths, [74, 75, 13]);
    }

    #[test]
    fn what_has_a_meaning_in_a_calendar_is_escaped() {
        assert_eq!(escaped("Roma, via A; \\ \n due"), "Roma\\, via A\\; \\\\ due");
    }
}
