//! `vasta search` and `vasta export search`: what the built index answers, and the same pages for
//! a search server.
#![expect(clippy::disallowed_methods, reason = "the command line reads files")]
#![expect(clippy::print_stdout, reason = "results go to standard output")]
#![expect(clippy::print_stderr, reason = "warnings go to standard error")]

use std::fs;
use std::process::ExitCode;

use camino::Utf8Path;

use crate::base::Language;
use crate::search::{Index, open_search};

use super::arguments::Place;
use super::{Failure, hits, write};

pub(super) fn search(
    query: &str,
    place: &Place,
    facets: &[(String, String)],
    json: bool,
    limit: usize,
    language: Language,
) -> Result<ExitCode, Failure> {
    let (_, out) = place.resolve(language)?;
    let index = open_index(&out, language)?;
    let results = index.search_among(facets, query, limit);
    for path in &results.missing {
        match language {
            Language::Italian => eprintln!("avviso: manca `{path}`, qualche risultato può mancare"),
            Language::English => eprintln!("warning: `{path}` is missing, and so may some results"),
        }
    }
    if json {
        println!("{}", hits::as_json(&results));
    } else {
        print!("{}", hits::as_text(&results, language));
    }
    Ok(ExitCode::SUCCESS)
}

/// The search index of the site built in `out`.
fn open_index(out: &Utf8Path, language: Language) -> Result<Index<'_>, Failure> {
    Index::open(move |path| fs::read(out.join(path)).ok()).map_err(|problem| {
        Failure(match language {
            Language::Italian => format!(
                "non trovo l'indice di ricerca in `{out}` ({problem}): costruisci prima il sito \
                 con `vasta build`"
            ),
            Language::English => format!(
                "there is no search index in `{out}` ({problem}): build the site first with \
                 `vasta build`"
            ),
        })
    })
}

pub(super) fn export_open_search(
    place: &Place,
    to: &Utf8Path,
    language: Language,
) -> Result<ExitCode, Failure> {
    let (_, out) = place.resolve(language)?;
    let index = open_index(&out, language)?;
    let export = open_search(&index).map_err(|problem| {
        Failure(match language {
            Language::Italian => format!("l'indice di ricerca in `{out}` è incompleto ({problem})"),
            Language::English => format!("the search index in `{out}` is incomplete ({problem})"),
        })
    })?;
    for (name, text) in [("mapping.json", export.mapping), ("bulk.ndjson", export.bulk)] {
        write(&to.join(name), text)?;
    }
    Ok(ExitCode::SUCCESS)
}
