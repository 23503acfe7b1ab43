//! Where the fields of a page stand. Short values are in a box above the text. A field that needs room
//! has a section: that of the text with the same heading, so that what editors say of it and what
//! they list stand together, or else one of its own below the text.

use crate::base::text::slug;
use crate::document::Heading;

use super::view::{Fact, Part};

/// The parts of the text `html` with the facts that belong into them, which become `placed`. No parts
/// when none does.
pub fn parts(html: &str, headings: &[Heading], facts: &mut [Fact]) -> Vec<Part> {
    let mut ends: Vec<(usize, Fact)> = Vec::new();
    for fact in facts.iter_mut().filter(|fact| !matches!(fact.kind, "value" | "steps")) {
        let name = slug(&fact.label);
        let place = headings.iter().position(|heading| slug(&heading.title) == name);
        let Some(end) = place.and_then(|place| section_end(html, &headings[place..])) else {
            continue;
        };
        fact.placed = true;
        ends.push((end, fact.clone()));
    }
    ends.sort_by_key(|(end, _)| *end);
    let mut parts: Vec<Part> = Vec::new();
    let mut start = 0;
    for (end, fact) in ends {
        match parts.last_mut().filter(|_| end == start) {
            Some(part) => part.facts.push(fact),
            None => parts.push(Part { html: html[start..end].to_owned(), facts: vec![fact] }),
        }
        start = end;
    }
    if !parts.is_empty() && start < html.len() {
        parts.push(Part { html: html[start..].to_owned(), facts: Vec::new() });
    }
    parts
}

/// Where the section of the first heading ends: before the next one that is not below it. Nothing
/// when one of the two is inside a box of the text and the other is not.
fn section_end(html: &str, headings: &[Heading]) -> Option<usize> {
    let (first, following) = headings.split_first()?;
    let start = place(html, first)?;
    let next = following.iter().find(|next| next.level <= first.level);
    let end = match next {
        Some(next) => place(html, next).filter(|end| *end > start)?,
        None => html.len(),
    };
    is_whole(&html[start..end]).then_some(end)
}

/// Whether every element that begins in `html` also ends in it, and the other way round.
fn is_whole(html: &str) -> bool {
    const VOID: [&str; 6] = ["br", "hr", "img", "input", "source", "wbr"];
    let mut n_open = 0_usize;
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
        if tag.starts_with('/') {
            let Some(fewer) = n_open.checked_sub(1) else { return false };
            n_open = fewer;
        } else if !tag.ends_with('/') && !VOID.contains(&name) {
            n_open += 1;
        }
    }
    n_open == 0
}

fn place(html: &str, heading: &Heading) -> Option<usize> {
    let tag = format!("<h{} id=\"{}\"", heading.level, heading.id);
    html.find(&tag).filter(|at| *at == 0 || html[..*at].ends_with('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u8, title: &str) -> Heading {
        Heading { level, id: slug(title), title: title.to_owned() }
    }

    fn table(label: &str) -> Fact {
        Fact { label: label.to_owned(), kind: "table", ..Fact::default() }
    }

    const HTML: &str = "<p>a</p>\n<h2 id=\"ruoli\">Ruoli</h2>\n<p>b</p>\n<h3 id=\"oggi\">Oggi</h3>\n\
                        <p>c</p>\n<h2 id=\"costi\">Costi</h2>\n<p>d</p>\n";

    fn headings() -> Vec<Heading> {
        vec![heading(2, "Ruoli"), heading(3, "Oggi"), heading(2, "Costi")]
    }

    #[test]
    fn a_fact_stands_at_the_end_of_the_section_of_its_name() {
        let mut facts = [table("Ruoli"), table("Altro"), table("Costi")];
        let parts = parts(HTML, &headings(), &mut facts);
        assert_eq!(facts.map(|fact| fact.placed), [true, false, true]);
        assert_eq!(parts.len(), 2);
        assert!(parts[0].html.ends_with("<p>c</p>\n"), "{parts:?}");
        assert_eq!(parts[1].facts[0].label, "Costi");
        assert_eq!(parts.iter().map(|part| part.html.as_str()).collect::<String>(), HTML);
    }

    #[test]
    fn a_section_that_ends_inside_a_box_keeps_its_facts_outside() {
        let html = "<h2 id=\"ruoli\">Ruoli</h2>\n<div>\n<h2 id=\"oggi\">Oggi</h2>\n<br></div>\n";
        let headings = [heading(2, "Ruoli"), heading(2, "Oggi")];
        assert!(parts(html, &headings, &mut [table("Ruoli"), table("Oggi")]).is_empty());
    }

    #[test]
    fn without_a_section_of_its_name_nothing_is_parted() {
        let short = Fact { label: "Ruoli".to_owned(), kind: "value", ..Fact::default() };
        assert!(parts(HTML, &headings(), &mut [short, table("Altro")]).is_empty());
    }
}
