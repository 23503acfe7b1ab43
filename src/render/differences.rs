//! What differs between two texts, for people: paragraph by paragraph, and within a paragraph word by
//! word, unless so little is the same that words in between would only confuse. Paragraphs that are the
//! same are only counted.

use similar::{Algorithm, DiffOp, TextDiff, capture_diff_slices};

use super::view::{DifferentBlock, DifferentPart};

/// The paragraphs in which `new` differs from `old`, in order, with the number of equal ones between.
pub fn differences(old: &[String], new: &[String]) -> Vec<DifferentBlock> {
    let mut blocks = Vec::new();
    for step in capture_diff_slices(Algorithm::Patience, old, new) {
        match step {
            DiffOp::Equal { len, .. } => {
                blocks.push(DifferentBlock { same: len, parts: Vec::new() });
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                let gone = &old[old_index..old_index + old_len];
                blocks.extend(gone.iter().map(|text| whole("removed", text)));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                let come = &new[new_index..new_index + new_len];
                blocks.extend(come.iter().map(|text| whole("added", text)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let gone = &old[old_index..old_index + old_len];
                let come = &new[new_index..new_index + new_len];
                let pairs = gone.len().min(come.len());
                let both = gone.iter().zip(come).flat_map(|(old, new)| changed(old, new));
                blocks.extend(both);
                blocks.extend(gone[pairs..].iter().map(|text| whole("removed", text)));
                blocks.extend(come[pairs..].iter().map(|text| whole("added", text)));
            }
        }
    }
    blocks
}

/// What differs between two texts of `file` line by line, in the unified form that `diff` and git print.
pub fn unified(file: &str, old: &str, new: &str) -> String {
    let lines = TextDiff::configure().algorithm(Algorithm::Patience).diff_lines(old, new);
    lines.unified_diff().context_radius(2).header(file, file).to_string()
}

/// The paragraphs of a text: what stands between empty lines.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines().map(str::trim_end) {
        let last = paragraphs.last_mut().expect("there always is one");
        match (line.is_empty(), last.is_empty()) {
            (true, true) => {}
            (true, false) => paragraphs.push(String::new()),
            (false, true) => last.push_str(line),
            (false, false) => {
                last.push('\n');
                last.push_str(line);
            }
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

fn whole(kind: &'static str, text: &str) -> DifferentBlock {
    DifferentBlock { same: 0, parts: vec![DifferentPart { kind, text: text.to_owned() }] }
}

/// A paragraph that took the place of another: word by word when at least half of the shorter one is
/// left, else both as they are.
fn changed(old: &str, new: &str) -> Vec<DifferentBlock> {
    let by_word = by_word(old, new);
    let is_same = |part: &&DifferentPart| part.kind == "same";
    let same: usize = by_word.parts.iter().filter(is_same).map(|part| part.text.len()).sum();
    if 2 * same >= old.len().min(new.len()) {
        return vec![by_word];
    }
    vec![whole("removed", old), whole("added", new)]
}

fn by_word(old: &str, new: &str) -> DifferentBlock {
    // A word goes with the blank after it, so that neighbours that change are one part.
    let words = |text| str::split_inclusive(text, char::is_whitespace).collect::<Vec<&str>>();
    let (old, new) = (words(old), words(new));
    let mut parts = Vec::new();
    let mut push = |kind, words: &[&str]| {
        if !words.is_empty() {
            parts.push(DifferentPart { kind, text: words.concat() });
        }
    };
    for step in capture_diff_slices(Algorithm::Patience, &old, &new) {
        let (gone, come) = (step.old_range(), step.new_range());
        match step {
            DiffOp::Equal { .. } => push("same", &old[gone]),
            _ => {
                push("removed", &old[gone]);
                push("added", &new[come]);
            }
        }
    }
    DifferentBlock { same: 0, parts }
}

#[cfg(test)]
mod tests {
    use super::{differences, paragraphs};

    fn told(old: &str, new: &str) -> Vec<String> {
        let blocks = differences(&paragraphs(old), &paragraphs(new));
        let tell = |block: &super::DifferentBlock| {
            let parts = block.parts.iter();
            let parts: String =
                parts.map(|part| format!("[{} {}]", part.kind, part.text)).collect();
            format!("{}{parts}", block.same)
        };
        blocks.iter().map(tell).collect()
    }

    #[test]
    fn changed_words_are_told_within_their_paragraph() {
        let old = "Primo.\n\nLa quota è di 100 euro.\n\nVecchio.\n\nUltimo.\n";
        let new = "Primo.\n\nLa quota è di 250 euro.\n\nUltimo.\n\nNuovo.\n";
        assert_eq!(
            told(old, new),
            [
                "1",
                "0[same La quota è di ][removed 100 ][added 250 ][same euro.]",
                "0[removed Vecchio.]",
                "1",
                "0[added Nuovo.]"
            ]
        );
    }

    #[test]
    fn paragraphs_with_little_in_common_are_told_whole() {
        let told = told("Costa 100 euro.", "Dal 2027 il servizio è gratuito.");
        let expected = ["0[removed Costa 100 euro.]", "0[added Dal 2027 il servizio è gratuito.]"];
        assert_eq!(told, expected);
    }
}
