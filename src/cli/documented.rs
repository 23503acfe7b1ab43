//! What the documentation says of the command line is true: every command that it shows is one, with options
//! that there are. So are the commands of the workflows.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use super::arguments::{Arguments, Definition};

/// Files and folders in which commands stand, in text or as lines of code.
const PLACES: [&str; 6] = [
    "README.md",
    "ARCHITECTURE.md",
    "docs",
    "content/redazione",
    "src/source/explanations",
    "src/author/workflows",
];

/// What may stand before a command in its line.
const LEADS: [&str; 5] = ["- ", "run: ", "script: ", "$ ", "if ! "];
/// Where a command ends in its line: columns of explanation, another command, another file.
const ENDS: [&str; 6] = ["  ", " > ", " | ", " && ", " #", "; "];

fn files() -> Vec<(Utf8PathBuf, String)> {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = |place: &str| {
        let place = root.join(place);
        let Ok(entries) = place.read_dir_utf8() else { return vec![place] };
        entries.map(|entry| entry.expect("readable").into_path()).collect()
    };
    let paths = PLACES.into_iter().flat_map(listed);
    let paths = paths.filter(|path| path.is_file() && path.extension() != Some("rs"));
    // Pictures lie beside the pages that show them.
    paths.filter_map(|path| Some((path.clone(), fs::read_to_string(path).ok()?))).collect()
}

/// The commands that stand in a line of their own. In Markdown that is code, indented or fenced.
fn lines(text: &str, is_markdown: bool) -> Vec<&str> {
    let mut is_fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_fenced = !is_fenced;
        }
        if is_markdown && !is_fenced && !line.starts_with("    ") {
            continue;
        }
        let mut command = line.trim_start();
        while let Some(rest) = LEADS.iter().find_map(|lead| command.strip_prefix(lead)) {
            command = rest;
        }
        if command.starts_with("vasta ") {
            let ends = ENDS.iter().filter_map(|end| command.find(end));
            found.push(&command[..ends.min().unwrap_or(command.len())]);
        }
    }
    found
}

/// The commands in the middle of a text, between backticks.
fn spans(text: &str) -> impl Iterator<Item = &str> {
    let commands = text.match_indices("`vasta ").map(|(at, _)| &text[at + 1..]);
    commands.filter_map(|rest| rest.split_once('`')).map(|(command, _)| command)
}

/// The words of a command as a shell parts them; quotation marks keep blanks together.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for letter in command.replace("@site@", "").chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            _ => words.last_mut().expect("one at least").push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The first word of `command` that is no command or option, if there is one. Values and brackets are not looked at.
fn unknown(command: &str, program: &Definition) -> Option<String> {
    let mut within = program;
    for word in words(command).iter().skip(1) {
        let word = word.trim_matches(['[', ']', ',', '\\']);
        if let Some(option) = word.strip_prefix("--") {
            let option = option.split('=').next().unwrap_or(option);
            let is_known = ["help", "version"].contains(&option)
                || within.get_arguments().any(|argument| argument.get_long() == Some(option));
            if !is_known {
                return Some(format!("--{option}"));
            }
        } else {
            let names = word.split('|').map(|name| name.trim_end_matches('\\'));
            for name in names.clone() {
                let is_known = within.find_subcommand(name).is_some();
                let is_name = within.has_subcommands() && name.starts_with(char::is_lowercase);
                if is_name && !is_known {
                    return Some(name.to_owned());
                }
            }
            within = names.clone().find_map(|name| within.find_subcommand(name)).unwrap_or(within);
        }
    }
    None
}

fn program() -> Definition {
    let mut program = Arguments::definition();
    program.build();
    program
}

#[test]
fn every_command_of_the_documentation_is_one() {
    let program = program();
    let mut wrong = Vec::new();
    let mut n_commands = 0;
    for (path, text) in files() {
        for command in lines(&text, path.extension() == Some("md")) {
            n_commands += 1;
            wrong.extend(
                Arguments::refused(&words(command))
                    .map(|why| format!("{path}: `{command}`: {why}")),
            );
        }
        for command in spans(&text) {
            n_commands += 1;
            wrong.extend(
                unknown(command, &program).map(|word| format!("{path}: `{command}`: no `{word}`")),
            );
        }
    }
    assert!(n_commands > 60, "only {n_commands} commands were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_command_that_is_none_is_told() {
    let program = program();
    let told = |command| unknown(command, &program);
    assert_eq!(told("vasta build [--site DIR] [--out=DIR] --lang it"), None);
    assert_eq!(told("vasta schema cms [--backend local\\|github]"), None);
    assert_eq!(told("vasta schema json\\|xml"), Some("xml".to_owned()));
    assert_eq!(told("vasta check [--presto]"), Some("--presto".to_owned()));
    assert_eq!(told("vasta costruisci"), Some("costruisci".to_owned()));
    assert_eq!(told("vasta schema xml"), Some("xml".to_owned()));
    assert!(Arguments::refused(&words("vasta check --presto")).is_some());
}

#[test]
fn a_command_is_found_in_its_line() {
    let text = "vasta fa un sito.\n\n    - run: vasta check --format sarif > a.sarif\n\n```sh\n$ vasta key upi   once\n```\n";
    assert_eq!(lines(text, true), ["vasta check --format sarif", "vasta key upi"]);
    assert_eq!(
        spans("con `vasta lock --forget` si toglie").collect::<Vec<_>>(),
        ["vasta lock --forget"]
    );
    assert_eq!(words("vasta lock --forget \"/a b/\""), ["vasta", "lock", "--forget", "/a b/"]);
}
