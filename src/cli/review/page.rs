//! The report as a page in Markdown, to be put among the pages of a site or into a message: one table for each
//! kind of problem. It names pages and does not link them: a link from here would be one that leads to a page.

use crate::base::Language;

use super::{Kind, Problem, Report, Reviewed};

pub(super) fn write(report: &Report, language: Language) -> String {
    let (n_found, n_pages) = (report.pages.len(), report.n_pages);
    let day = report.day.map(|day| day.to_string()).unwrap_or_default();
    let (title, description, columns) = match language {
        Language::Italian => (
            "Pagine da curare",
            format!("Le pagine che chiedono attenzione: {n_found} su {n_pages}."),
            ["Pagina", "File", "Ufficio", "Che cosa"],
        ),
        Language::English => (
            "Pages that ask for care",
            format!("The pages that somebody should look after: {n_found} of {n_pages}."),
            ["Page", "File", "Office", "What"],
        ),
    };
    let updated = if day.is_empty() { String::new() } else { format!("updated: {day}\n") };
    let mut text = format!("---\ntitle: {title}\ndescription: \"{description}\"\n{updated}---\n");
    for kind in Kind::ALL {
        let of_kind = report.pages.iter().flat_map(|page| {
            let problems = page.problems.iter().filter(move |problem| problem.kind == kind);
            problems.map(move |problem| (page, problem))
        });
        let rows: String = of_kind.map(|(page, problem)| row(page, problem, language)).collect();
        if !rows.is_empty() {
            let title = kind.title();
            let head = columns.join(" | ");
            text.push_str(&format!("\n## {}\n\n", title.in_language(language)));
            text.push_str(&format!("| {head} |\n|---|---|---|---|\n{rows}"));
        }
    }
    text
}

fn row(page: &Reviewed, problem: &Problem, language: Language) -> String {
    let [title, owner] = [&page.title, &page.owner].map(|text| plain(text));
    let what = plain(&problem.text(language));
    format!("| {title} | `{}` | {owner} | {what} |\n", page.file)
}

/// `text` as words of a table, whatever signs are in it.
fn plain(text: &str) -> String {
    const SIGNS: [char; 10] = ['\\', '|', '[', ']', '*', '_', '`', '<', '&', '$'];
    let sign = |sign: char| match SIGNS.contains(&sign) {
        true => vec!['\\', sign],
        false => vec![sign],
    };
    text.chars().flat_map(sign).collect()
}
