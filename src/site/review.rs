//! What of the pages asks for somebody's care though nothing in them is wrong: a check that is due, a page to
//! which no other leads, figures without a source, a text that is hard to read. A pure function of the site, for reports.

use std::collections::BTreeSet;

use crate::base::Date;
use crate::document::Value;
use crate::document::language::Judge;
use crate::source::config::{Config, Entry, EntryTarget};
use crate::source::{Tree, front_matter};

use super::page::{Page, PageId, PageKind};
use super::{Settings, Site};

/// One thing about a page that asks for care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// The day by which somebody had to check it is past.
    ReviewDue(Date),
    /// Its facts were last checked too long ago.
    OldCheck(Date),
    /// No page leads to it but its own section.
    Orphaned,
    /// It gives figures, or is of a type that needs a source, and names none.
    Unsourced,
    /// Its text is hard to read; its Gulpease index.
    HardToRead(usize),
}

/// The pages that ask for care, in order of place, each with why. Pages that nobody wrote, and those that hold
/// no more, do not.
pub fn concerns(
    site: &Site,
    tree: &Tree,
    config: &Config,
    settings: &Settings,
) -> Vec<(PageId, Vec<Concern>)> {
    let led_to = led_to(site, config);
    let judge = Judge::of(config, None);
    let oldest = settings.today.map(|today| today.months_before(config.review_months));
    let of_page = |page: &Page| {
        let meta = &page.document.meta;
        let due = meta.review_by.as_ref().map(|(date, _)| *date);
        let due = due.filter(|date| settings.today.is_some_and(|today| today > date.last_day()));
        let checked = meta.verified.filter(|date| oldest.is_some_and(|day| date.last_day() < day));
        let all = [
            due.map(Concern::ReviewDue),
            checked.map(Concern::OldCheck),
            is_orphaned(page, config, &led_to).then_some(Concern::Orphaned),
            is_unsourced(page, tree).then_some(Concern::Unsourced),
            judge.low_index(page.document.readability).map(Concern::HardToRead),
        ];
        all.into_iter().flatten().collect::<Vec<_>>()
    };
    let pages = site.pages.iter().filter(|page| asks(page));
    let found = pages.map(|page| (page.id, of_page(page)));
    found.filter(|(_, concerns)| !concerns.is_empty()).collect()
}

/// Whether anybody is to look after `page`.
pub fn asks(page: &Page) -> bool {
    page.document.is_written && !page.is_expired && !page.document.meta.is_superseded()
}

/// The pages of menus and of lists that other pages ask for.
fn led_to(site: &Site, config: &Config) -> BTreeSet<PageId> {
    let entry = |entry: &Entry| match &entry.target {
        EntryTarget::Page(path) => site.id_of(path),
        EntryTarget::Url(_) => None,
    };
    let menus = config.navigation.iter().chain(&config.footer).filter_map(entry);
    let listed = site.pages.iter().flat_map(|page| {
        // That of its own section leads to a page as the section does anyway.
        let lists = page.lists.iter().flatten().copied();
        lists.filter(|id| site.pages[*id].parent != Some(page.id))
    });
    menus.chain(listed).collect()
}

/// Sections lead to themselves, and texts to the terms of the glossary that they mention.
fn is_orphaned(page: &Page, config: &Config, led_to: &BTreeSet<PageId>) -> bool {
    let is_term = config.glossary.as_deref() == Some(page.type_name());
    page.kind == PageKind::Page
        && !is_term
        && page.backlinks.is_empty()
        && !led_to.contains(&page.id)
}

fn is_unsourced(page: &Page, tree: &Tree) -> bool {
    let document = &page.document;
    let needs_source = || document.schema.as_ref().is_some_and(|schema| schema.is_sourced);
    let gives_figures = || {
        let Some(blob) = tree.get(&document.path) else { return false };
        let text = blob.text().unwrap_or_default();
        gives_figures(&text[front_matter::split(&document.path, text).value.markdown])
    };
    let is_of_other_site = || document.fields.values().any(leads_outside);
    !document.has_source() && (needs_source() || !is_of_other_site() && gives_figures())
}

/// Whether a field is an address of another site or an act of law: then the page is about what is there.
fn leads_outside(value: &Value) -> bool {
    match value {
        Value::Url(..) | Value::Urn(_) => true,
        Value::List(items) => items.iter().any(leads_outside),
        Value::Object(fields) => fields.values().any(leads_outside),
        _ => false,
    }
}

/// Whether `text` gives a share or an amount of money: `45%`, `12 per cento`, `€ 300`, `3,5 milioni`.
fn gives_figures(text: &str) -> bool {
    const AFTER: [&str; 8] =
        ["%", "€", "per cento", "percent", "euro", "milion", "miliard", "billion"];
    let is_amount = |word: &str| word.starts_with(|sign: char| sign.is_ascii_digit());
    let numbers = text.match_indices(|sign: char| sign.is_ascii_digit());
    let mut numbers = numbers.filter(|(at, _)| !text[..*at].ends_with(is_of_number));
    text.split('€').skip(1).any(|rest| is_amount(rest.trim_start()))
        || numbers.any(|(at, _)| {
            let rest = text[at..].trim_start_matches(is_of_number).trim_start();
            AFTER.iter().any(|unit| rest.starts_with(unit))
        })
}

fn is_of_number(sign: char) -> bool {
    sign.is_ascii_digit() || matches!(sign, '.' | ',')
}

#[cfg(test)]
mod tests {
    use super::gives_figures;

    #[test]
    fn shares_and_amounts_are_figures() {
        for text in ["Il 45% dei Comuni", "12 per cento", "€ 300", "3,5 milioni", "1.200 euro"] {
            assert!(gives_figures(text), "{text}");
        }
        for text in ["Nel 2026", "l'art. 62 del d.lgs. 36/2023", "76 Province", "euro", "100"] {
            assert!(!gives_figures(text), "{text}");
        }
    }
}
