//! Puts the values of an edition into the text of a page: `{{ provincia.nome }}` becomes the name of the
//! Provincia. It remembers which part of the new text came from where, so a mistake is still shown at
//! its place in the file that somebody wrote.

use std::ops::Range;

/// A text in which values stand in the place of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Adapted {
    /// The text.
    pub(super) text: String,
    /// The parts that were put in, in order.
    seams: Vec<Seam>,
}

/// A part that was put in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seam {
    /// Where it stands now.
    now: Range<usize>,
    /// What stood there.
    before: Range<usize>,
}

/// What is wrong with a name in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// `{{` without `}}` on its line.
    Open,
    /// A value that the quotes around it, or the YAML without quotes, cannot hold.
    Unfit(String),
}

/// Replaces the names in `text`, of which the YAML is `yaml`, by the values that they stand for. `value`
/// gets a name and where it will stand in the new text, and gives nothing when it has told what is
/// wrong with it; `tell` hears what else is wrong. What is wrong stays as long as it was.
pub(super) fn adapt(
    text: &str,
    yaml: &Range<usize>,
    mut value: impl FnMut(&str, Range<usize>) -> Option<String>,
    mut tell: impl FnMut(Misfit, Range<usize>),
) -> Adapted {
    let mut adapted = Adapted::default();
    let mut copied = 0;
    while let Some(opening) = text[copied..].find("{{").map(|at| copied + at) {
        adapted.text.push_str(&text[copied..opening]);
        let now = adapted.text.len();
        let line = text[opening..].lines().next().unwrap_or_default();
        let Some(length) = line.find("}}").map(|at| at + 2) else {
            tell(Misfit::Open, now..now + 2);
            adapted.text.push_str("{{");
            copied = opening + 2;
            continue;
        };
        let written = &line[..length];
        let inner = &written[2..length - 2];
        let name = inner.trim();
        let start = now + 2 + inner.len() - inner.trim_start().len();
        let is_yaml = yaml.contains(&opening);
        let mut found = value(name, start..start + name.len());
        if let Some(value) = found.take_if(|_| is_yaml) {
            let line = text[..opening].rfind('\n').map_or(0, |newline| newline + 1);
            found = in_yaml(&value, &text[line..opening]);
            if found.is_none() {
                tell(Misfit::Unfit(value), now..now + length);
            }
        }
        copied = opening + length;
        match found {
            Some(value) => {
                adapted.text.push_str(&value);
                let now = now..adapted.text.len();
                adapted.seams.push(Seam { now, before: opening..copied });
            }
            // Braces would be a mistake of YAML too, and one is enough.
            None if is_yaml => adapted.text.extend(std::iter::repeat_n('x', length)),
            None => adapted.text.push_str(written),
        }
    }
    adapted.text.push_str(&text[copied..]);
    adapted
}

impl Adapted {
    /// Where a part of the text stood in the file. A part of a value is all of its name.
    pub(super) fn written(&self, range: Range<usize>) -> Range<usize> {
        let start = self.place(range.start, |before| before.start);
        let end = self.place(range.end, |before| before.end);
        start..end.max(start)
    }

    fn place(&self, at: usize, side: impl Fn(&Range<usize>) -> usize) -> usize {
        let after = self.seams.partition_point(|seam| seam.now.end <= at);
        match self.seams.get(after) {
            Some(seam) if seam.now.start < at => side(&seam.before),
            _ => match after.checked_sub(1).map(|last| &self.seams[last]) {
                Some(seam) => seam.before.end + (at - seam.now.end),
                None => at,
            },
        }
    }
}

/// A value as YAML wants it after `line`, what stands before it on its line: as it is, or as the quotes
/// that are open there hold it. Nothing when it would be read as something else.
fn in_yaml(value: &str, line: &str) -> Option<String> {
    let mut quote = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some('"'), '\\') => {
                letters.next();
            }
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    match quote {
        Some('"') => Some(value.replace('\\', "\\\\").replace('"', "\\\"")),
        Some(_) => Some(value.replace('\'', "''")),
        None => {
            let starts_value = line.trim_end().ends_with([':', '-', ',', '[', '{']);
            let is_sign = |letter: char| "!&*-?|>@`%{}[],#:'\"".contains(letter);
            let is_read_otherwise = value.contains(": ")
                || value.contains(" #")
                || value.ends_with(':')
                || (starts_value && value.starts_with(is_sign));
            (!is_read_otherwise).then(|| value.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adapted(text: &str) -> (Adapted, Vec<Misfit>) {
        let mut misfits = Vec::new();
        let yaml = text.find("---\n").map_or(0..0, |_| 0..text.rfind("---\n").unwrap_or(0));
        let value = |name: &str, _| {
            let values =
                [("nome", "Provincia dell'\"Aquila\""), ("sigla", "AQ"), ("nota", "# a: b")];
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let adapted = adapt(text, &yaml, value, |misfit, _| misfits.push(misfit));
        (adapted, misfits)
    }

    #[test]
    fn names_become_values() {
        assert_eq!(
            adapted("La {{ nome }}, {{sigla}}.").0.text,
            "La Provincia dell'\"Aquila\", AQ."
        );
        assert_eq!(adapted("niente").0.text, "niente");
        assert_eq!(adapted("{{ mai chiusa\n}}").1, [Misfit::Open]);
    }

    #[test]
    fn quotes_of_yaml_stay_whole() {
        let (front, misfits) =
            adapted("a: \"x {{ nome }}\"\nb: 'y {{ nome }}'\nc: {{ nome }}\n---\n");
        let expected = "a: \"x Provincia dell'\\\"Aquila\\\"\"\nb: 'y Provincia dell''\"Aquila\"'\n\
                        c: Provincia dell'\"Aquila\"\n---\n";
        assert_eq!((front.text.as_str(), misfits.as_slice()), (expected, &[][..]));
        assert_eq!(adapted("a: {{ nota }}\n---\n").1, [Misfit::Unfit("# a: b".to_owned())]);
    }

    #[test]
    fn places_are_those_of_the_file() {
        let (text, _) = adapted("La {{ sigla }} e {{ nome }} qui");
        // "La AQ e Provincia dell'"Aquila" qui"
        assert_eq!(text.written(0..2), 0..2);
        assert_eq!(text.written(3..5), 3..14, "a value is its name");
        assert_eq!(text.written(4..5), 3..14, "and so is a part of it");
        assert_eq!(text.written(5..8), 14..17);
        let end = text.text.len();
        assert_eq!(text.written(end - 3..end), 31 - 3..31);
    }
}
