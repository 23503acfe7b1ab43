//! HTML as text: what is escaped in it, and the way through it from tag to tag for those who change
//! words of finished pages.

/// The parts of `html` in their order: each text, which may be empty, with the tag after it. At the
/// end there is no tag.
pub fn parts(html: &str) -> impl Iterator<Item = (&str, Option<Tag<'_>>)> {
    let mut rest = Some(html);
    std::iter::from_fn(move || {
        let from_text = rest.take()?;
        let Some(start) = from_text.find('<') else { return Some((from_text, None)) };
        let (text, from_tag) = from_text.split_at(start);
        let (tag, after) = from_tag.split_at(length_of_tag(from_tag));
        rest = Some(after);
        Some((text, Some(Tag(tag))))
    })
}

/// A tag as it is written, such as `<p>`, `</p>` or `<img alt="">`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'h>(pub &'h str);

impl<'h> Tag<'h> {
    /// The name of its element; empty for comments and the like.
    pub fn name(self) -> &'h str {
        let inside = self.0.trim_start_matches(['<', '/']);
        let length = inside.find(|letter: char| !letter.is_ascii_alphanumeric());
        &inside[..length.unwrap_or(inside.len())]
    }

    /// Whether it has the attribute `name`; values are in double quotes.
    pub fn has_attribute(self, name: &str) -> bool {
        let mut outside_values = self.0.trim_end_matches(['/', '>']).split('"').step_by(2);
        outside_values.any(|part| {
            let mut words = part.split_ascii_whitespace();
            words.any(|word| word.split('=').next() == Some(name))
        })
    }

    /// The value of the attribute `name` as it is written; values are in double quotes.
    pub fn attribute(self, name: &str) -> Option<&'h str> {
        let mut inside = self.0.trim_end_matches(['/', '>']).split('"');
        while let (Some(before), Some(value)) = (inside.next(), inside.next()) {
            let written = before.strip_suffix('=').and_then(|before| before.strip_suffix(name));
            if written.is_some_and(|before| before.ends_with(char::is_whitespace)) {
                return Some(value);
            }
        }
        None
    }

    /// Whether `name` is among its classes.
    pub fn has_class(self, name: &str) -> bool {
        self.attribute("class").is_some_and(|names| names.split(' ').any(|given| given == name))
    }

    /// Whether it ends its element.
    pub fn is_end(self) -> bool {
        self.0.starts_with("</")
    }
}

/// An open element whose text stays as it is, and how many of its kind are open inside each other.
#[derive(Clone, Copy, Debug)]
pub struct Sealed<'h> {
    name: &'h str,
    depth: usize,
}

impl<'h> Sealed<'h> {
    /// What is open after `tag`, when `before` was; `seals` says which elements stay as they are.
    pub fn after(
        before: Option<Self>,
        tag: Tag<'h>,
        seals: impl Fn(Tag<'_>) -> bool,
    ) -> Option<Self> {
        let name = tag.name();
        match before {
            None => (!tag.is_end() && seals(tag)).then_some(Self { name, depth: 1 }),
            Some(open) if open.name != name => Some(open),
            Some(open) if !tag.is_end() => Some(Self { depth: open.depth + 1, ..open }),
            Some(open) => (open.depth > 1).then_some(Self { depth: open.depth - 1, ..open }),
        }
    }
}

/// The length of the tag with which `html` starts; a sign inside quotes does not end it.
fn length_of_tag(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'>' => return at + 1,
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            None => {}
        }
    }
    html.len()
}

/// `text` with each entity as the sign it stands for and blanks, as many bytes as before, so that
/// places in the one are places in the other. Nothing when there is none.
pub fn without_entities(text: &str) -> Option<String> {
    const SIGNS: [(&str, &str); 4] =
        [("&#39;", "'    "), ("&amp;", "&    "), ("&nbsp;", "      "), ("&quot;", "\"     ")];
    text.contains('&').then(|| {
        SIGNS.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
    })
}

/// `text` with the entities that our own HTML has, and those with a number, as the characters that they
/// stand for. Anything else after an ampersand stays as it is.
pub fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from_sign)) = rest.split_once('&') {
        plain.push_str(before);
        let entity =
            from_sign.split_once(';').and_then(|(name, after)| Some((named(name)?, after)));
        let (letter, after) = entity.unwrap_or(('&', from_sign));
        plain.push(letter);
        rest = after;
    }
    plain.push_str(rest);
    plain
}

fn named(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Appends `text` with the five characters that have a meaning in markup replaced.
pub fn escape_into(text: &str, html: &mut String) {
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        html.push_str(&text[copied..at]);
        html.push_str(entity);
        copied = at + 1;
    }
    html.push_str(&text[copied..]);
}

/// `text` with the characters that have a meaning in markup replaced.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 8);
    escape_into(text, &mut html);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_escaped_is_read_back() {
        let text = "\"Rock & roll\" <b> all'alba &nulla; &";
        assert_eq!(unescape(&escape(text)), text);
        assert_eq!(unescape("&#xE0;&#224;&nbsp;&boh;&"), "àà\u{a0}&boh;&");
    }

    #[test]
    fn an_attribute_is_found_by_its_whole_name() {
        let tag = Tag("<a data-href=\"b\" href=\"c?d=e\" class=\"f termine\">");
        assert_eq!(tag.attribute("href"), Some("c?d=e"));
        assert_eq!(tag.attribute("title"), None);
        assert!(tag.has_class("termine") && !tag.has_class("term"));
    }
}
