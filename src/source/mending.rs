//! Puts mistakes right that leave no doubt: finds which bytes of which file the mend of a diagnostic
//! changes, and changes these and no others. Whether a mistake can be mended says who made the
//! diagnostic; here a mend that does not fit the text is dropped.

use std::ops::Range;

use crate::base::text::slug;
use crate::base::{Diagnostic, Mend, SourcePath, Span};

use super::aliasing;
use super::tree::{Blob, Tree};

/// Other words in one place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file, as an editor sees its path.
    pub file: String,
    /// The bytes that go, counted in the text without a byte order mark.
    pub range: Range<usize>,
    /// What comes in their place.
    pub text: String,
}

/// A text that was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The text.
    pub text: String,
    /// How many edits are in it.
    pub n_edits: usize,
    /// How many are not, since another one changes the same place.
    pub n_left: usize,
}

/// What mends `diagnostic`, one about `tree`, and the file as it was read; nothing when a person has to
/// think.
pub fn edit(tree: &Tree, diagnostic: &Diagnostic) -> Option<(Edit, Blob)> {
    match diagnostic.mend.as_ref()? {
        Mend::Words { written, instead } if written != instead => {
            let (file, blob, range) = tree.written(&diagnostic.span);
            let range = only(blob.text()?, range, written)?;
            Some((Edit { file, range, text: instead.clone() }, blob))
        }
        Mend::Words { .. } => None,
        Mend::Alias { file, alias } => {
            let (shown, blob) = whole(tree, file);
            let (range, text) = aliasing::insertion(file, blob.text()?, alias)?;
            Some((Edit { file: shown, range, text }, blob))
        }
        Mend::FormerAnchor { file, anchor, former } => {
            let (shown, blob) = whole(tree, file);
            let (at, text) = attribute(blob.text()?, anchor, former)?;
            Some((Edit { file: shown, range: at..at, text }, blob))
        }
    }
}

/// `text` with `edits`, all of its file. Of two that meet the one that comes first is made.
pub fn mended(text: &str, mut edits: Vec<Edit>) -> Mended {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end, edit.text.clone()));
    edits.dedup();
    let n_all = edits.len();
    let mut mended = Mended { text: String::with_capacity(text.len()), n_edits: 0, n_left: 0 };
    let mut copied = 0;
    let mut last = None;
    for Edit { range, text: words, .. } in edits {
        // Two insertions at one place would need an order.
        if range.start < copied || last == Some(range.start) {
            continue;
        }
        last = Some(range.start);
        mended.text.push_str(&text[copied..range.start]);
        mended.text.push_str(&words);
        copied = range.end;
        mended.n_edits += 1;
    }
    mended.text.push_str(&text[copied..]);
    mended.n_left = n_all - mended.n_edits;
    mended
}

/// A whole file of the tree, as an editor sees it.
fn whole(tree: &Tree, file: &SourcePath) -> (String, Blob) {
    let (shown, blob, _) = tree.written(&Span::start_of(file));
    (shown, blob)
}

/// Where `words` stand in the part `range` of `text`, if they do so once and as words of their own.
fn only(text: &str, range: Range<usize>, words: &str) -> Option<Range<usize>> {
    let part = text.get(range.clone())?;
    let goes_on = |letter: char| letter.is_alphanumeric() || "-_".contains(letter);
    let is_whole = |at: &usize| {
        let (before, after) = (&text[..range.start + at], &text[range.start + at + words.len()..]);
        !before.ends_with(goes_on) && !after.starts_with(goes_on)
    };
    let mut places = part.match_indices(words).map(|(at, _)| at).filter(is_whole);
    let at = range.start + places.next().filter(|_| places.next().is_none())?;
    Some(at..at + words.len())
}

/// Where the heading with `anchor` takes another attribute, and that: the former anchor.
fn attribute(text: &str, anchor: &str, former: &str) -> Option<(usize, String)> {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_".contains(letter);
    if !former.chars().all(is_plain) {
        return None;
    }
    let mut found = headings(text).filter(|(_, heading)| anchor_of(heading) == anchor);
    let (at, heading) = found.next().filter(|_| found.next().is_none())?;
    if heading.ends_with('#') {
        return None;
    }
    let end = at + heading.len();
    Some(match heading.ends_with('}') {
        true => (end - 1, format!(" prima={former}")),
        false => (end, format!(" {{prima={former}}}")),
    })
}

/// The lines that are headings, without the blanks at their ends, and where each begins.
fn headings(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let mut is_code = false;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        is_code ^= line.starts_with("```") || line.starts_with("~~~");
        let level = line.len() - line.trim_start_matches('#').len();
        let is_heading = !is_code && (1..=6).contains(&level) && line[level..].starts_with(' ');
        is_heading.then(|| (start, line.trim_end()))
    })
}

/// The anchor of a heading: the one that it names, or that of its words.
fn anchor_of(heading: &str) -> String {
    let (words, attributes) = match heading.strip_suffix('}').and_then(|it| it.rsplit_once('{')) {
        Some((words, attributes)) => (words, attributes),
        None => (heading, ""),
    };
    let named = attributes.split_whitespace().find_map(|it| it.strip_prefix('#'));
    named.map_or_else(|| slug(words.trim_start_matches('#')), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand_once_and_alone() {
        let text = "stato: \"ativo\" # ativo, non ativo";
        assert_eq!(only(text, 7..14, "ativo"), Some(8..13));
        assert_eq!(only(text, 0..text.len(), "ativo"), None);
        assert_eq!(only("inativo", 0..7, "ativo"), None);
        assert_eq!(only("perch\\u00e9", 0..10, "perché"), None);
        assert_eq!(only("è", 1..2, "è"), None);
    }

    #[test]
    fn only_the_places_of_edits_change_and_the_first_of_two_that_meet_is_made() {
        let edit = |range, text: &str| Edit { file: "a".into(), range, text: text.into() };
        let edits = vec![
            edit(6..8, "Y"),
            edit(0..2, "X"),
            edit(1..4, "Z"),
            edit(8..8, "1"),
            edit(8..8, "2"),
        ];
        let mended = mended("aabb\r\ncc\r\n", edits);
        assert_eq!(mended, Mended { text: "Xbb\r\nY1\r\n".into(), n_edits: 3, n_left: 2 });
    }

    #[test]
    fn a_heading_takes_the_anchor_that_it_had() {
        let told = |text: &str| attribute(text, "uffici", "sportelli");
        assert_eq!(told("# A\n\n## Uffici \n"), Some((14, " {prima=sportelli}".into())));
        assert_eq!(told("## B {#uffici}\n"), Some((13, " prima=sportelli".into())));
        assert_eq!(told("```\n## Uffici\n```\n"), None);
        assert_eq!(told("## Uffici\n## Uffici\n"), None);
    }
}
