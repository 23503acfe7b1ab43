//! The edits that are timed: one word in the text of a page, in its title, in a template. Each puts a
//! marker where a reader of the page sees it.

/// The page with `marker` at the end of its first paragraph; the summary and the headings stay.
pub(super) fn body(page: &str, marker: &str) -> Option<String> {
    let (head, text) = split(page)?;
    let line = text.lines().find(|line| line.starts_with(char::is_alphabetic))?;
    Some(format!("{head}{}", text.replacen(line, &format!("{line} {marker}"), 1)))
}

/// The page with `marker` at the end of its title.
pub(super) fn title(page: &str, marker: &str) -> Option<String> {
    let line = page.lines().find(|line| line.starts_with("title: \"") && line.ends_with('"'))?;
    let edited = format!("{} {marker}\"", line.trim_end_matches('"'));
    Some(page.replacen(line, &edited, 1))
}

/// The template with `marker` before the end of the footer.
pub(super) fn template(footer: &str, marker: &str) -> Option<String> {
    let end = footer.rfind("</footer>")?;
    Some(format!("{}<p>{marker}</p>{}", &footer[..end], &footer[end..]))
}

/// Front matter with its lines, and the text.
fn split(page: &str) -> Option<(&str, &str)> {
    let end = "\n---\n";
    let at = page.find(end)? + end.len();
    Some(page.split_at(at))
}

#[cfg(test)]
mod tests {
    use super::{body, template, title};

    const PAGE: &str = "---\ntitle: \"Gare\"\n---\n## Gare\n\nUn testo.\n\nUn testo.\n";

    #[test]
    fn only_the_first_paragraph_is_edited() {
        assert_eq!(
            body(PAGE, "ora").unwrap(),
            "---\ntitle: \"Gare\"\n---\n## Gare\n\nUn testo. ora\n\nUn testo.\n"
        );
        assert_eq!(body("no front matter", "ora"), None);
    }

    #[test]
    fn only_the_title_is_edited() {
        assert_eq!(
            title(PAGE, "ora").unwrap(),
            "---\ntitle: \"Gare ora\"\n---\n## Gare\n\nUn testo.\n\nUn testo.\n"
        );
    }

    #[test]
    fn the_footer_is_edited_inside() {
        assert_eq!(
            template("<footer></footer>\n", "ora").unwrap(),
            "<footer><p>ora</p></footer>\n"
        );
    }
}
