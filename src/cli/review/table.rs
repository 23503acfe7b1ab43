//! The report for people at a terminal: each page with what is the matter, and at the end how much there is
//! of each.

use crate::base::Language;

use super::{Kind, Report};

/// Files with longer names have a line of their own.
const WIDEST: usize = 44;

pub(super) fn write(report: &Report, language: Language) -> String {
    let lengths = report.pages.iter().map(|page| page.file.chars().count());
    let width = lengths.filter(|length| *length <= WIDEST).max().unwrap_or(0);
    let mut text = String::new();
    for page in &report.pages {
        let mut first = page.file.as_str();
        if first.chars().count() > width {
            text.push_str(&format!("{first}\n"));
            first = "";
        }
        for problem in &page.problems {
            text.push_str(&format!("{first:width$}  {}\n", problem.text(language)));
            first = "";
        }
    }
    text + &summary(report, language)
}

fn summary(report: &Report, language: Language) -> String {
    let (n_found, n_pages) = (report.pages.len(), report.n_pages);
    let mut text = match language {
        _ if n_found == 0 => String::new(),
        _ => "\n".to_owned(),
    };
    text.push_str(&match language {
        Language::Italian => format!("Pagine da curare: {n_found} su {n_pages}\n"),
        Language::English => format!("Pages that ask for care: {n_found} of {n_pages}\n"),
    });
    for kind in Kind::ALL {
        let of_kind = report.pages.iter().flat_map(|page| &page.problems);
        let count = of_kind.filter(|problem| problem.kind == kind).count();
        if count > 0 {
            text.push_str(&format!("{count:>6}  {}\n", kind.title().in_language(language)));
        }
    }
    text
}
