//! Asks both engines in Chromium: hands the questions to `tests/search/compare.mjs` and reads what it
//! measured, as lines of words between tabs.

use super::metrics::Answer;
use super::queries::Query;
use crate::bench::layout;
use crate::browser;
use crate::program::{Program, root};
use std::path::Path;

/// What Chromium tells of one engine on one corpus.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Engine {
    /// One for each question.
    pub(super) answers: Vec<Answer>,
    /// Downloads and milliseconds of a first question, script and all, in a browser that knows nothing.
    pub(super) first_bytes: Vec<f64>,
    pub(super) first_milliseconds: Vec<f64>,
    /// Milliseconds of a question whose files are loaded, and nothing of them read.
    pub(super) loaded_milliseconds: Vec<f64>,
    /// All files of the index: on the disk, and compressed for the way.
    pub(super) index_bytes: f64,
    pub(super) index_compressed: f64,
}

/// An empty page in the language of the corpus, from which both engines are asked. The pages of the
/// site would not do: their content policy forbids what Pagefind needs.
const BLANK: &str = "<!doctype html>\n<html lang=\"it\"><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\"><title>Ricerca</title></html>\n";

/// Asks the engines below `folder`, where the site is in `site/` and the index of Pagefind in
/// `pagefind/`; ours first.
pub(super) fn ask(folder: &Path, queries: &[Query]) -> Result<(Engine, Engine), String> {
    let chromium = browser::ready()?;
    layout::write(&folder.join("blank.html"), BLANK)?;
    let line = |query: &Query| format!("{}\t{}\n", query.expected, query.text);
    let lines: String = queries.iter().map(line).collect();
    let file = folder.join("questions.tsv");
    layout::write(&file, &lines)?;
    let said = Program::new("node")
        .argument(&root().join("tests/search/compare.mjs").to_string_lossy())
        .argument(&file.to_string_lossy())
        .environment("VASTA_SITE", folder)
        .environment("VASTA_CHROMIUM", chromium)
        .printed()?;
    let engine = |name: &str| {
        let engine = engine(name, &said)?;
        let complete = engine.answers.len() == queries.len();
        complete.then_some(engine).ok_or_else(|| format!("answers of {name} are missing"))
    };
    Ok((engine("vasta")?, engine("pagefind")?))
}

/// Reads the lines that begin with the name of an engine.
fn engine(name: &str, said: &str) -> Result<Engine, String> {
    let mut engine = Engine::default();
    for line in said.lines() {
        let words: Vec<&str> = line.split('\t').collect();
        let [who, what, numbers @ ..] = words.as_slice() else { continue };
        if *who != name {
            continue;
        }
        let numbers: Option<Vec<f64>> = numbers.iter().map(|number| number.parse().ok()).collect();
        match (*what, numbers.as_deref()) {
            ("answer", Some([rank, bytes, milliseconds])) => {
                let rank = (*rank > 0.0).then_some(*rank as usize);
                engine.answers.push(Answer { rank, bytes: *bytes, milliseconds: *milliseconds });
            }
            ("loaded", Some([milliseconds])) => engine.loaded_milliseconds.push(*milliseconds),
            ("first", Some([bytes, milliseconds])) => {
                engine.first_bytes.push(*bytes);
                engine.first_milliseconds.push(*milliseconds);
            }
            ("index", Some([bytes, compressed])) => {
                (engine.index_bytes, engine.index_compressed) = (*bytes, *compressed);
            }
            _ => return Err(format!("`{line}` is not understood")),
        }
    }
    Ok(engine)
}

#[cfg(test)]
mod tests {
    use super::super::metrics::Answer;
    use super::{Engine, engine};

    #[test]
    fn lines_are_read_by_engine() {
        let said = "vasta\tfirst\t100\t2.5\nvasta\tanswer\t2\t10\t0.5\nvasta\tanswer\t0\t0\t0.25\n\
            vasta\tloaded\t0.75\npagefind\tanswer\t1\t9\t9\nvasta\tindex\t1000\t300\n";
        let read = Engine {
            answers: vec![
                Answer { rank: Some(2), bytes: 10.0, milliseconds: 0.5 },
                Answer { rank: None, bytes: 0.0, milliseconds: 0.25 },
            ],
            first_bytes: vec![100.0],
            first_milliseconds: vec![2.5],
            loaded_milliseconds: vec![0.75],
            index_bytes: 1000.0,
            index_compressed: 300.0,
        };
        assert_eq!(engine("vasta", said).unwrap(), read);
        assert!(engine("vasta", "vasta\tanswer\tone\n").is_err());
    }
}
