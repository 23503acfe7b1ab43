//! Every code is explained, and the examples of the explanations are true: the wrong one is told with
//! exactly its code, the right one with none.

use std::collections::BTreeSet;
use std::fs;

use insta::assert_snapshot;
use vasta::base::{Language, Table};
use vasta::pipeline::{self, Settings};
use vasta::source::edition;
use vasta::source::explanation::{self, Example};

use crate::fixture::{Folder, assert_generated, repository, said, tree, vasta, written};

/// Codes that no text of a small site shows: bytes, links on the disk, more than 24 pages, what must not be published.
const NOT_SHOWN: [&str; 4] = ["V001", "V023", "V042", "V069"];

/// The codes that `command` tells of a site.
fn codes(name: &str, command: &str, site: &str) -> BTreeSet<String> {
    if command == "vasta check" {
        let (table, settings) = (Table::default(), Settings::default());
        let tree = tree(site);
        let selected = edition::select(&tree, None).expect("the national site");
        let mut diagnostics = selected.diagnostics;
        let tree = selected.value.unwrap_or(tree);
        diagnostics.extend(pipeline::check(&tree, &settings, &table, &|_| {}).diagnostics);
        return diagnostics.into_iter().map(|it| it.code).collect();
    }
    let folder = Folder::with_site(&format!("explanation-{name}"), site);
    let arguments: Vec<&str> = command.split(' ').skip(1).collect();
    let (text, code) = said(&vasta(folder.path(), &arguments));
    assert!(code < 2, "{name}: {text}");
    text.match_indices("[V").map(|(at, _)| text[at + 1..at + 5].to_owned()).collect()
}

#[test]
fn every_code_is_explained_and_nothing_else() {
    let catalogue = fs::read_to_string(repository().join("src/base/catalogue.rs")).expect("a file");
    let is_code = |at: usize| catalogue[at + 1..at + 4].bytes().all(|byte| byte.is_ascii_digit());
    let told = catalogue.match_indices("V0").filter(|(at, _)| is_code(*at));
    let told: BTreeSet<&str> = told.map(|(at, _)| &catalogue[at..at + 4]).collect();
    let explained: BTreeSet<&str> = explanation::all().iter().map(|it| it.code).collect();
    assert_eq!(told, explained);
}

#[test]
fn every_example_is_told_with_its_code_and_put_right() {
    let mut not_shown = Vec::new();
    let mut wrong = Vec::new();
    for explanation in explanation::all() {
        let Example::Shown { command, wrong: mistake, right } = &explanation.example else {
            not_shown.push(explanation.code);
            continue;
        };
        let told = codes(explanation.code, command, mistake);
        if told != BTreeSet::from([explanation.code.to_owned()]) {
            wrong.push(format!("{}, wrong: {told:?}", explanation.code));
        }
        let told = codes(explanation.code, command, right);
        if !told.is_empty() {
            wrong.push(format!("{}, right: {told:?}", explanation.code));
        }
    }
    assert_eq!(not_shown, NOT_SHOWN);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a check tells of a site: place, message and advice of each finding, in both languages.
fn told_in_full(site: &str) -> String {
    let tree = tree(site);
    let selected = edition::select(&tree, None).expect("the national site");
    let mut diagnostics = selected.diagnostics;
    let tree = selected.value.unwrap_or(tree);
    let (table, settings) = (Table::default(), Settings::default());
    diagnostics.extend(pipeline::check(&tree, &settings, &table, &|_| {}).diagnostics);
    let mut told = String::new();
    for found in &diagnostics {
        let place = written(std::slice::from_ref(found), &tree);
        let place = place.split(' ').next().unwrap_or_default();
        told.push_str(&format!("{} {place}\n", found.code));
        let help = found.help.as_ref().expect("it says what to do");
        for language in [Language::Italian, Language::English] {
            let (message, help) = (found.message.in_language(language), help.in_language(language));
            told.push_str(&format!("  {message}\n    {}\n", help.replace('\n', "\n    ")));
        }
    }
    told
}

#[test]
fn every_shown_mistake_has_its_place_and_advice_in_both_languages() {
    let mut told = String::new();
    let mut n_codes = 0;
    for explanation in explanation::all() {
        if let Example::Shown { command: "vasta check", wrong, .. } = &explanation.example {
            told.push_str(&told_in_full(wrong));
            n_codes += 1;
        }
    }
    assert!(n_codes >= 50, "{n_codes} codes");
    assert_snapshot!(told);
}

#[test]
fn the_page_of_all_codes_is_what_the_program_says() {
    assert_generated("content/redazione/errori.md", &["explain", "--codes"], "explanations");
}

#[test]
fn a_code_is_explained_in_the_language_of_the_reader() {
    let explained = |arguments: &[&str]| {
        let output = vasta(repository(), arguments);
        String::from_utf8(output.stdout.clone()).expect("UTF-8") + &said(&output).0
    };
    assert_snapshot!("explain_in_italian", explained(&["explain", "V030"]));
    assert_snapshot!("explain_in_english", explained(&["explain", "v23", "--lang", "en"]));
    assert_snapshot!(
        explained(&["explain", "V099"]),
        @"errore: il codice `V099` non esiste; il più vicino è `V087`, «Parola straniera non dichiarata»"
    );
}

#[test]
fn an_explanation_speaks_both_languages() {
    for explanation in explanation::all() {
        let texts = [&explanation.title, &explanation.meaning, &explanation.reason];
        for text in texts.into_iter().chain([&explanation.remedy]) {
            assert_ne!(text.italian, text.english, "{}", explanation.code);
            assert!(!text.english.contains('\n'), "{}: {}", explanation.code, text.english);
        }
        let length = explanation.title.in_language(Language::Italian).chars().count();
        assert!(length <= 60, "{}: a title of {length} letters", explanation.code);
    }
}
