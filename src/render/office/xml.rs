//! Text as XML 1.0: what has a meaning there is escaped, and what it forbids is left out.

/// `text` for the inside of an element or of an attribute in double quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\t' | '\n' | '\r' => xml.push(letter),
            // XML 1.0, production 2: control characters and these two are no characters.
            '\0'..=' ' if letter != ' ' => {}
            '\u{FFFE}' | '\u{FFFF}' => {}
            _ => xml.push(letter),
        }
    }
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_left_out() {
        assert_eq!(
            escaped("a\u{0}\u{1B}\u{FFFF} <b> & \"c\"\tè\u{7F}"),
            "a &lt;b&gt; &amp; &quot;c&quot;\tè\u{7F}"
        );
    }
}
