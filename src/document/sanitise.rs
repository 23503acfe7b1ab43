//! Makes raw HTML in Markdown harmless: what could run code or load from elsewhere is taken out,
//! and the editor is told which tags went.

use std::sync::LazyLock;

use ammonia::Builder;

use crate::base::{Diagnostics, Span, catalogue};

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .add_tags(["section", "input", "figure", "figcaption"])
        .add_generic_attributes([
            "id",
            "class",
            "tabindex",
            "role",
            "aria-label",
            "aria-labelledby",
            // By these the checks of public sites find what the law wants on a page.
            "data-element",
        ])
        .add_tag_attributes("a", ["rel"])
        .add_tag_attributes("th", ["scope"])
        .add_tag_attributes("input", ["type", "disabled", "checked"])
        .add_tag_attributes("img", ["loading"])
        .set_tag_attribute_value("input", "type", "checkbox")
        .link_rel(None);
    builder
});

/// `html`, made from a text that contained raw HTML, without anything harmful.
pub fn sanitise(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

/// A warning for each tag opened in `raw`, a piece of HTML at `span`, that `sanitise` takes out.
pub fn removed_tags(raw: &str, span: &Span) -> Diagnostics {
    let allowed = CLEANER.clone_tags();
    let mut diagnostics = Diagnostics::new();
    for (at, _) in raw.match_indices('<') {
        let rest = &raw[at + 1..];
        let length =
            rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let tag = rest[..length].to_ascii_lowercase();
        if tag.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && !allowed.contains(tag.as_str())
        {
            let start = span.start + at;
            let place = Span { start, end: start + 1 + length, ..span.clone() };
            diagnostics.push(catalogue::removed_html(place, &tag));
        }
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_taken_out_and_text_stays() {
        let clean = sanitise("<p onclick=\"x()\">a<script>alert(1)</script><b>b</b></p>");
        assert_eq!(clean, "<p>a<b>b</b></p>");
        assert_eq!(sanitise("<a href=\"javascript:x()\">a</a>"), "<a>a</a>");
    }
}
