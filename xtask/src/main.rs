//! The chores of this repository. `cargo xtask test` runs every check that a change has to pass,
//! and installs what the checks lack; `cargo xtask bench` measures; `cargo xtask search-eval` judges
//! the search, `cargo xtask reading-eval` the pages; `cargo xtask screenshots` shows the site;
//! `cargo xtask fonts` fetches the typeface of the theme. It has no dependencies, so that it starts at
//! once.
#![expect(clippy::disallowed_methods, reason = "running programs and reading files is its work")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it talks to who started it")]

mod bench;
mod browser;
mod document;
mod evaluate;
mod fonts;
mod install;
mod program;
mod reading;
mod screenshots;
mod selection;
mod site;
mod steps;

use selection::Selection;
use std::process::ExitCode;

const HELP: &str = "\
The chores of the vasta repository.

Usage: cargo xtask test [--only STEP...] [--skip STEP...]
       cargo xtask bench [--pages N...] [--runs N] [--only MEASUREMENT...]
                         [--with-mdbook] [--folder DIR] [--write]
       cargo xtask search-eval [CORPUS...] [--pages N]... [--queries N]
                               [--runs N] [--list] [--write]
       cargo xtask reading-eval [--write]
       cargo xtask screenshots [FOLDER]
       cargo xtask fonts

`fonts` fetches the typeface Titillium Web for the default theme.
`test` runs the steps in this order and stops at the first one that fails:

";

const BENCH_HELP: &str = "
`bench` makes corpora (1,000, 10,000 and 50,000 pages), measures vasta and the
programs that can be had for comparison in so many rounds (3), and prints a table;
`--write` also puts it into docs/benchmarks.md. It can measure:

";

const EVALUATE_HELP: &str = "
`search-eval` makes known-item questions from folders of Markdown, or of so many
made-up pages, asks vasta and Pagefind in Chromium, and prints how good the answers
are and what they cost; `--list` prints every question with the places of its page.
Without a corpus it takes the site of this repository, and 1,000 and 10,000 pages.
";

const READING_HELP: &str = "
`reading-eval` builds twenty pages with vasta and with Material for MkDocs, reads both
in Chromium, and prints what a reader gets: weight, Lighthouse, axe, the keyboard, and
what is left without JavaScript or without a server.
";

const SCREENSHOTS_HELP: &str = "
`screenshots` builds the site and takes pictures of a page of each kind at 320, 768
and 1280 pixels, in light and in dark colours, into a folder (target/screenshots);
`index.html` in it shows them side by side.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        None => help(),
        Some((task, options)) => match task.as_str() {
            "test" => test(options),
            "bench" => bench(options),
            "search-eval" => evaluate(options),
            "reading-eval" => reading(options),
            "screenshots" => screenshots(options),
            "fonts" if options.is_empty() => ended(fonts::run()),
            "fonts" => misused("`fonts` takes no options"),
            "help" | "-h" | "--help" => help(),
            _ => misused(&format!("there is no task `{task}`")),
        },
    }
}

fn test(options: &[String]) -> ExitCode {
    match Selection::parse(options, &steps::names()) {
        Ok(Some(selection)) => steps::run(&selection),
        Ok(None) => help(),
        Err(message) => misused(&message),
    }
}

fn bench(options: &[String]) -> ExitCode {
    let options = match bench::Options::parse(options) {
        Ok(Some(options)) => options,
        Ok(None) => return help(),
        Err(message) => return misused(&message),
    };
    ended(bench::run(&options))
}

fn evaluate(options: &[String]) -> ExitCode {
    match evaluate::Options::parse(options) {
        Ok(Some(options)) => ended(evaluate::run(&options)),
        Ok(None) => help(),
        Err(message) => misused(&message),
    }
}

fn reading(options: &[String]) -> ExitCode {
    match reading::parse(options) {
        Ok(Some(writes)) => ended(reading::run(writes)),
        Ok(None) => help(),
        Err(message) => misused(&message),
    }
}

fn screenshots(options: &[String]) -> ExitCode {
    match screenshots::parse(options) {
        Ok(Some(folder)) => ended(screenshots::run(&folder)),
        Ok(None) => help(),
        Err(message) => misused(&message),
    }
}

fn ended(outcome: Result<(), String>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn help() -> ExitCode {
    print!("{HELP}{}{BENCH_HELP}{}", steps::list(), bench::list());
    print!("{EVALUATE_HELP}{READING_HELP}{SCREENSHOTS_HELP}");
    ExitCode::SUCCESS
}

fn misused(message: &str) -> ExitCode {
    eprintln!("xtask: {message}; `cargo xtask help` lists what there is");
    ExitCode::from(2)
}
