//! What a person reads of a finished page: its title and the text of its `<main>`, block by block. What
//! leads around in the site, what can only be pressed or is drawn, and what the theme marks as the
//! surroundings of the text is not part of it.

use super::html::{Sealed, Tag, parts, unescape};

/// The attribute by which a theme marks what surrounds the text of a page.
const SURROUNDINGS: &str = "data-contorno";
/// Elements that hold no text of the page.
const SILENT: [&str; 8] =
    ["button", "nav", "noscript", "script", "select", "style", "svg", "template"];
/// The signs that lead from a text to its notes and back; their numbers move with every note.
const NOTE_SIGNS: [&str; 2] = ["footnote-reference", "footnote-back"];
/// Elements that stand within a line.
const INLINE: [&str; 25] = [
    "a", "abbr", "b", "bdi", "cite", "code", "data", "del", "dfn", "em", "i", "img", "input",
    "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time",
];

/// The blocks of text of the `<main>` of a page, without empty ones: paragraphs, headings, items of
/// lists, rows of tables. None when there is no `<main>`.
pub fn blocks(page: &str) -> Vec<String> {
    main_of(page).map(blocks_of).unwrap_or_default()
}

/// The same of a part of a page.
pub fn blocks_of(html: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    let mut sealed: Option<Sealed<'_>> = None;
    for (text, tag) in parts(html) {
        if sealed.is_none() {
            let block = blocks.last_mut().expect("there always is one");
            block.push_str(&unescape(text));
        }
        let Some(tag) = tag else { break };
        sealed = Sealed::after(sealed, tag, is_silent);
        let is_cell = ["td", "th"].contains(&tag.name());
        if is_cell && !tag.is_end() {
            let block = blocks.last_mut().expect("there always is one");
            block.push_str(if block.trim().is_empty() { "" } else { " | " });
        } else if !is_cell && !INLINE.contains(&tag.name()) {
            blocks.push(String::new());
        }
    }
    let words = |block: &String| block.split_whitespace().collect::<Vec<_>>().join(" ");
    blocks.iter().map(words).filter(|block| !block.is_empty()).collect()
}

/// The addresses to which the links of the same text lead, in its order.
pub fn links(page: &str) -> Vec<String> {
    let mut links = Vec::new();
    let mut sealed: Option<Sealed<'_>> = None;
    for (_, tag) in parts(main_of(page).unwrap_or_default()) {
        let Some(tag) = tag else { break };
        sealed = Sealed::after(sealed, tag, is_silent);
        if sealed.is_none() && tag.name() == "a" {
            links.extend(tag.attribute("href").map(unescape));
        }
    }
    links
}

/// The title of a page, as it names itself.
pub fn title(page: &str) -> String {
    let named = |(_, tag): (&str, Option<Tag<'_>>)| {
        let tag = tag.filter(|tag| tag.attribute("property") == Some("og:title"))?;
        tag.attribute("content").map(unescape)
    };
    let head = page.split("</head>").next().unwrap_or_default();
    let title = || head.split_once("<title>")?.1.split_once("</title>");
    parts(head).find_map(named).or_else(|| Some(unescape(title()?.0))).unwrap_or_default()
}

fn main_of(page: &str) -> Option<&str> {
    let (_, from_main) = page.split_once("<main")?;
    Some(from_main.split_once('>')?.1.rsplit_once("</main>")?.0)
}

fn is_silent(tag: Tag<'_>) -> bool {
    SILENT.contains(&tag.name())
        || tag.has_attribute(SURROUNDINGS)
        || tag.attribute("aria-hidden") == Some("true")
        || NOTE_SIGNS.iter().any(|class| tag.has_class(class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_reads_is_the_text_block_by_block() {
        let page = "<head><title>A</title><meta property=\"og:title\" content=\"L&#39;atto\"></head>\
                    <body><p>fuori</p><main id=\"m\"><nav><ol><li>via</li></ol></nav>\
                    <h1>L&#39;atto</h1>\n<p>Una <strong>frase</strong>, con\n nota.\
                    <sup class=\"footnote-reference\"><a href=\"#n\">1</a></sup></p>\
                    <ul><li>Uno</li><li>Due<br>e mezzo</li></ul>\
                    <table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2 &amp; 3</td></tr></table>\
                    <section data-contorno><section>x</section>y</section><svg><text>z</text></svg>\
                    </main><footer>fuori</footer>";
        let expected =
            ["L'atto", "Una frase, con nota.", "Uno", "Due", "e mezzo", "A | B", "1 | 2 & 3"];
        assert_eq!(blocks(page), expected);
        assert_eq!(
            links("<main><a href=\"/a?b&amp;c\">a</a><nav><a href=\"b\">b</a></nav></main>"),
            ["/a?b&c"]
        );
        assert_eq!(title(page), "L'atto");
        assert_eq!(title("<title>A &amp; B</title>"), "A & B");
        assert_eq!(blocks("<p>senza</p>"), [""; 0]);
    }
}
