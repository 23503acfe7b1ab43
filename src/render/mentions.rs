//! Links the first mention of each term of the glossary in the texts of a page: one pass over HTML whose
//! holes are filled. Under which names terms are mentioned is known to `site/glossary`.

use std::collections::BTreeSet;

use crate::base::html::escape;
use crate::base::path::href;
use crate::base::pieces::{Piece, pieces};
use crate::base::text::fold;
use crate::site::glossary::Name;
use crate::site::{Page, PageId, Site};

/// Elements whose text stays as it is: links and what may not hold one, headings, code, drawings.
const SEALED: [&str; 24] = [
    "a", "abbr", "button", "caption", "code", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "kbd",
    "label", "option", "pre", "samp", "script", "select", "style", "summary", "svg", "textarea",
    "th",
];

/// The terms that the texts of one page have mentioned so far.
pub struct Mentions<'a> {
    site: &'a Site,
    page: &'a Page,
    /// The pages of terms to which a link leads by now.
    linked: BTreeSet<PageId>,
    /// The acronyms that were explained.
    explained: BTreeSet<&'a str>,
}

/// A link that somebody wrote: a place inside its tag, and the page it leads to.
pub type WrittenLink = (usize, PageId);

impl<'a> Mentions<'a> {
    /// Starts before the first text of `page`.
    pub fn new(site: &'a Site, page: &'a Page) -> Self {
        Self { site, page, linked: BTreeSet::new(), explained: BTreeSet::new() }
    }

    /// `html` with links at the first mention of each term. After one of the `written` links its term
    /// needs no other.
    pub fn link(&mut self, html: String, written: &[WrittenLink]) -> String {
        if self.site.glossary.is_empty() {
            return html;
        }
        let mut linked = String::with_capacity(html.len() + html.len() / 8);
        let mut written = written.iter().peekable();
        let mut sealed: Option<Sealed<'_>> = None;
        let mut rest = html.as_str();
        while let Some(start) = rest.find('<') {
            let (text, from_tag) = rest.split_at(start);
            let (tag, after) = from_tag.split_at(length_of_tag(from_tag));
            match sealed {
                Some(_) => linked.push_str(text),
                None => self.text(text, &mut linked),
            }
            linked.push_str(tag);
            sealed = Sealed::after(sealed, tag);
            let end = html.len() - after.len();
            while let Some((_, page)) = written.next_if(|(place, _)| *place < end) {
                self.linked.insert(*page);
            }
            rest = after;
        }
        self.text(rest, &mut linked);
        linked
    }

    /// Writes a text between two tags.
    fn text(&mut self, text: &str, html: &mut String) {
        let plain = without_entities(text);
        let plain = plain.as_deref().unwrap_or(text);
        let pieces: Vec<Piece<'_>> = pieces(plain).collect();
        let mut copied = 0;
        let mut at = 0;
        while at < pieces.len() {
            let folded = fold(pieces[at].text);
            let site = self.site;
            let Some((name, n_pieces)) = site.glossary.name_at(plain, &pieces[at..], &folded)
            else {
                at += 1;
                continue;
            };
            let (start, end) = (pieces[at].start, pieces[at + n_pieces - 1].end);
            html.push_str(&text[copied..start]);
            self.mention(name, &text[start..end], html);
            copied = end;
            at += n_pieces;
        }
        html.push_str(&text[copied..]);
    }

    /// Writes one mention: as a link if it is the first, with what an acronym stands for if that was
    /// not said.
    fn mention(&mut self, name: &'a Name, written: &str, html: &mut String) {
        if name.page == self.page.id {
            return html.push_str(written);
        }
        let term = &self.site.pages[name.page];
        let is_first = self.linked.insert(name.page);
        if is_first {
            let address = escape(&href(&self.page.url, &term.url, None));
            html.push_str(&format!("<a class=\"termine\" href=\"{address}\">"));
        }
        let acronym = name.acronym.as_deref().filter(|acronym| *acronym != term.title);
        match acronym.filter(|acronym| self.explained.insert(acronym)) {
            Some(_) => {
                html.push_str(&format!("<abbr title=\"{}\">{written}</abbr>", escape(&term.title)))
            }
            None => html.push_str(written),
        }
        if is_first {
            html.push_str("</a>");
        }
    }
}

/// An open element whose text stays as it is, and how many of its kind are open inside each other.
#[derive(Clone, Copy)]
struct Sealed<'h> {
    name: &'h str,
    depth: usize,
}

impl<'h> Sealed<'h> {
    /// What is open after `tag`.
    fn after(before: Option<Self>, tag: &'h str) -> Option<Self> {
        let inside = tag.trim_start_matches('<');
        let (is_end, inside) =
            inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
        let length = inside.find(|letter: char| !letter.is_ascii_alphanumeric());
        let name = &inside[..length.unwrap_or(inside.len())];
        match before {
            None if !is_end && SEALED.contains(&name) => Some(Self { name, depth: 1 }),
            Some(open) if open.name == name && is_end => {
                (open.depth > 1).then_some(Self { depth: open.depth - 1, ..open })
            }
            Some(open) if open.name == name => Some(Self { depth: open.depth + 1, ..open }),
            unchanged => unchanged,
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
fn without_entities(text: &str) -> Option<String> {
    const SIGNS: [(&str, &str); 4] =
        [("&#39;", "'    "), ("&amp;", "&    "), ("&nbsp;", "      "), ("&quot;", "\"     ")];
    text.contains('&').then(|| {
        SIGNS.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
    })
}
