//! The chores of this repository. `cargo xtask test` runs every check that a change has to pass,
//! and installs what the checks lack. It has no dependencies, so that it starts at once.
#![expect(clippy::disallowed_methods, reason = "running programs and reading files is its work")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it talks to who started it")]

mod browser;
mod install;
mod program;
mod selection;
mod site;
mod steps;

use selection::Selection;
use std::process::ExitCode;

const HELP: &str = "\
The chores of the vasta repository.

Usage: cargo xtask test [--only STEP...] [--skip STEP...]

Runs the steps in this order and stops at the first one that fails:

";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        None => help(),
        Some((task, options)) => match task.as_str() {
            "test" => test(options),
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

fn help() -> ExitCode {
    print!("{HELP}{}", steps::list());
    ExitCode::SUCCESS
}

fn misused(message: &str) -> ExitCode {
    eprintln!("xtask: {message}; `cargo xtask help` lists what there is");
    ExitCode::from(2)
}
