//! The rules of the house, checked: layers, one file per dependency, no files or clock in the
//! middle, a paragraph at the head of every module, and nothing that speaks of a machine.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::fixture::{contents, repository};

/// Folders of `src/` from the ground up; a module uses its own layer and those before it.
/// `search` and `render` stand side by side, except that `render` says what search reads.
const LAYERS: [(&str, u8); 11] = [
    ("base", 0),
    ("source", 1),
    ("document", 2),
    ("site", 3),
    ("author", 4),
    ("search", 4),
    ("render", 5),
    ("pipeline", 6),
    ("write", 7),
    ("dev", 8),
    ("cli", 9),
];

/// Dependencies that any file may use: they are part of the language of the program.
const FREE: [&str; 4] = ["serde", "serde_json", "rayon", "camino"];

/// The sources of the library: path below `src/`, text.
fn sources() -> Vec<(String, String)> {
    contents(&repository().join("src"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(path, bytes)| (path.replace('\\', "/"), String::from_utf8(bytes).expect("UTF-8")))
        .collect()
}

/// The code of a file without comments and without its tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or(text);
    let line = |line: &&str| !line.trim_start().starts_with("//");
    text.lines().filter(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_module_uses_only_the_layers_below() {
    let layers: BTreeMap<&str, u8> = LAYERS.into();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let name = path.split(['/', '.']).next().unwrap_or_default().to_owned();
        let Some(layer) = layers.get(name.as_str()) else { continue };
        for (at, _) in code(&text).match_indices("crate::") {
            let rest = &code(&text)[at + "crate::".len()..];
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let used = &rest[..end.unwrap_or(rest.len())];
            if layers.get(used).is_some_and(|used| used > layer) {
                wrong.push(format!("{path} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "a lower layer uses a higher one:\n{}", wrong.join("\n"));
}

#[test]
fn each_dependency_is_used_in_one_file() {
    let manifest = fs::read_to_string(repository().join("Cargo.toml")).expect("the manifest");
    let section = manifest.split("[dependencies]").nth(1).expect("dependencies");
    let section = section.split("\n[").next().unwrap_or(section);
    let dependencies: Vec<String> = section
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.trim().replace('-', "_"))
        // The crate `elasticlunr-rs` is called `elasticlunr` in code.
        .map(|name| name.trim_end_matches("_rs").to_owned())
        .filter(|name| !FREE.contains(&name.as_str()))
        .collect();
    assert!(dependencies.len() > 8, "the list was not found: {dependencies:?}");
    for dependency in dependencies {
        let uses = |text: &str| {
            let text = code(text);
            let paths = [format!("{dependency}::"), format!("use {dependency};")];
            paths.iter().any(|path| {
                text.match_indices(path.as_str()).any(|(at, _)| {
                    !text[..at]
                        .ends_with(|letter: char| letter.is_alphanumeric() || "_:".contains(letter))
                })
            })
        };
        let files = sources().into_iter().filter(|(_, text)| uses(text));
        let files: BTreeSet<String> = files.map(|(path, _)| path).collect();
        assert_eq!(files.len(), 1, "`{dependency}` is used in {files:?}");
    }
}

#[test]
fn every_module_opens_with_what_it_is_for() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{path} does not say what it is for");
    }
}

#[test]
fn only_the_rim_touches_files_clock_environment_and_network() {
    let rim = ["source/tree.rs", "source/git.rs", "write/", "dev/", "cli/", "main.rs"];
    let touching =
        ["std::fs", "std::env", "std::net", "std::process", "Instant::", "SystemTime", "fs::"];
    for (path, text) in sources() {
        if rim.iter().any(|place| path.starts_with(place)) {
            continue;
        }
        for word in touching {
            assert!(!code(&text).contains(word), "{path} uses {word}");
        }
    }
}

#[test]
fn nothing_says_sorry() {
    for (path, text) in sources() {
        for word in ["TODO", "FIXME", "XXX", "todo!(", "unimplemented!(", "#[allow("] {
            assert!(!text.contains(word), "{path} has {word}");
        }
    }
}

#[test]
fn no_file_speaks_of_a_machine() {
    // Not in content: there a web address may have such a part.
    let folders = ["src", "tests", "themes", "xtask", "docs"];
    for folder in folders.map(|folder| repository().join(folder)) {
        for (path, bytes) in contents(&folder) {
            if path.contains("node_modules") || path.contains("target/") {
                continue;
            }
            let text = String::from_utf8_lossy(&bytes);
            for place in [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")] {
                assert!(!text.contains(place), "{path} names {place}");
            }
        }
    }
}
