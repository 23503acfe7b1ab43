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
