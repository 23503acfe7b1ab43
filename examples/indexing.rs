//! How long the search index of a built site takes, from the texts of its pages in memory to its files in
//! memory: `cargo run --release --example indexing -- SITE` prints milliseconds. In a build the words of a
//! page are counted while it is rendered, so no stage of it tells this number.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "it measures what is on the disk"
)]

use std::process::ExitCode;
use std::time::Instant;
use std::{env, fs, path};

use rayon::prelude::*;
use vasta::search::{self, Index, Indexer, Language, Options, PageSize, SearchPage};

/// So many pages are indexed at a time, as in a build.
const CHUNK: usize = 256;

fn main() -> ExitCode {
    let Some(site) = env::args().nth(1) else {
        println!("usage: indexing SITE");
        return ExitCode::from(2);
    };
    let read = |file: &str| fs::read(path::Path::new(&site).join(file)).ok();
    let pages = match Index::open(read).and_then(|index| index.pages()) {
        Ok(pages) => pages.into_values().collect::<Vec<_>>(),
        Err(reason) => {
            println!("{reason}");
            return ExitCode::FAILURE;
        }
    };
    let options = Options { language: Language::Italian, ..Options::default() };
    let start = Instant::now();
    let files = index(pages, &options);
    let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
    println!("{milliseconds:.2}");
    // What is made must be wanted, or it need not be made.
    assert!(!files.is_empty(), "an index has files");
    ExitCode::SUCCESS
}

/// The files of the index, made as a build makes them.
fn index(pages: Vec<SearchPage>, options: &Options) -> Vec<(String, Vec<u8>)> {
    let length = |page: &SearchPage| page.sections.iter().map(|part| part.text.len() as u64).sum();
    let sizes: Vec<PageSize<'_>> =
        pages.iter().map(|page| PageSize { url: &page.url, n_bytes: length(page) }).collect();
    let mut indexer = Indexer::new(options, &sizes);
    let order = indexer.order().to_vec();
    let mut files = Vec::new();
    for chunk in order.chunks(CHUNK) {
        let segments = chunk
            .par_iter()
            .map(|place| search::segment(pages[*place].clone(), options.language))
            .collect();
        files.extend(indexer.add(segments));
    }
    files.extend(indexer.finish().0);
    files
}
