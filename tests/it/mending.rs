//! What `vasta fix` changes and what it leaves: on a small site, on every mistake that an explanation
//! shows, and on the site with all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use insta::assert_snapshot;
use vasta::base::{Diagnostics, Table};
use vasta::pipeline::{self, Settings};
use vasta::source::explanation::{self, Example};
use vasta::source::mending::{self, Edit};
use vasta::source::{Tree, edition};

use crate::fixture::{Folder, contents, files, repository, said, vasta};

type Files = BTreeMap<String, String>;

fn tree(files: &Files) -> Tree {
    let written = Tree::of_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    edition::select(&written, None).expect("the national site").value.unwrap_or(written)
}

fn checked(tree: &Tree) -> Diagnostics {
    pipeline::check(tree, &Settings::default(), &Table::default(), &|_| {}).diagnostics
}

/// The edits that mend a site, file by file.
fn edits(tree: &Tree, diagnostics: &Diagnostics) -> BTreeMap<String, Vec<Edit>> {
    let mut files: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
    for (edit, _) in diagnostics.iter().filter_map(|found| mending::edit(tree, found)) {
        files.entry(edit.file.clone()).or_default().push(edit);
    }
    files
}

/// How many edits mend the site, and all that is wrong with what a mend does to it.
fn troubles(name: &str, site: &Files) -> (usize, Vec<String>) {
    let before = tree(site);
    let told = checked(&before);
    let (mended, left): (Vec<_>, Vec<_>) =
        told.iter().partition(|found| mending::edit(&before, found).is_some());
    let mut after = site.clone();
    for (file, edits) in edits(&before, &told) {
        let text = mending::mended(&site[&file], edits).text;
        after.insert(file, text);
    }
    let now = tree(&after);
    let told_now = checked(&now);
    let mut troubles = Vec::new();
    for found in &mended {
        let is_there =
            |it: &&vasta::base::Diagnostic| it.code == found.code && it.message == found.message;
        if let Some(it) = told_now.iter().find(is_there) {
            troubles.push(format!("{name}: still there: {} {}", it.code, it.message.italian));
        }
    }
    let known: BTreeSet<&str> = told.iter().map(|found| found.code.as_str()).collect();
    for found in told_now.iter().filter(|found| !known.contains(found.code.as_str())) {
        troubles.push(format!("{name}: new: {} {}", found.code, found.message.italian));
    }
    if told_now.len() > left.len() {
        troubles.push(format!(
            "{name}: {} findings where {} were left",
            told_now.len(),
            left.len()
        ));
    }
    if !edits(&now, &told_now).is_empty() {
        troubles.push(format!("{name}: a second time would mend something"));
    }
    (mended.len(), troubles)
}

#[test]
fn every_shown_mistake_is_mended_as_it_is_said_or_left() {
    let mut troubles_of_all = Vec::new();
    let mut mended = Vec::new();
    for explanation in explanation::all() {
        let Example::Shown { command: "vasta check", wrong, .. } = &explanation.example else {
            continue;
        };
        let site: Files = files(wrong).into_iter().collect();
        let (n_mended, troubles) = troubles(explanation.code, &site);
        troubles_of_all.extend(troubles);
        if n_mended > 0 {
            mended.push(explanation.code);
        }
    }
    assert!(troubles_of_all.is_empty(), "{}", troubles_of_all.join("\n"));
    assert_snapshot!(mended.join(" "), @"V004 V008 V009 V019 V020 V028 V029 V033 V043 V044 V052 V053 V054 V067");
}

fn site_with_mistakes(name: &str) -> Folder {
    let folder = Folder::new(name);
    for (path, bytes) in contents(&repository().join("tests/mistakes")) {
        folder.write(&path, bytes);
    }
    folder
}

#[test]
fn the_site_with_mistakes_is_mended_where_there_is_no_doubt() {
    let folder = site_with_mistakes("fix-mistakes");
    let before = contents(folder.path());
    let output = vasta(folder.path(), &["fix", "--dry-run"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(contents(folder.path()), before, "nothing is written");
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    assert_snapshot!("mends_of_all_mistakes", shown);
    let output = vasta(folder.path(), &["fix", "--yes"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), shown);
    let after = contents(folder.path());
    let n_lines = |files: &[(String, Vec<u8>)]| -> Vec<usize> {
        files.iter().map(|(_, bytes)| bytes.iter().filter(|byte| **byte == b'\n').count()).collect()
    };
    assert_eq!(n_lines(&after), n_lines(&before));
    let (text, code) = said(&vasta(folder.path(), &["fix", "--yes"]));
    assert_eq!(code, 1);
    assert!(text.ends_with("niente da correggere\n"), "{text}");
    assert_eq!(contents(folder.path()), after, "a second time changes nothing");
}

const SITE: &str = "
    //- content/_schemas/guida.yaml
    label: Guida
    folder: guide
    fields:
      stato: { label: Stato, kind: choice, options: { attivo: Attivo, chiuso: Chiuso } }
      giorno: { label: Giorno, kind: date }
    //- content/guide/prima.md
    ---
    title: \"Prima\"   # il titolo
    stato: 'ativo'
    gioorno: 2026-11-25
    ---
    ## Uffici

    Vedi [seconda](secnda.md#fasi), [le fasi](seconda.md#fsi) e [il piano](manca-del-tutto.md).
    //- content/guide/seconda.md
    ---
    giorno: 25 novembre 2026
    date: \"1/12/2026\"
    ---
    ## Fasi

    C’è il [verbale](verbale-2025.pdf), con [le fasi](#Fasì).
    //- content/guide/verbale-2024.pdf
    un file
    ";

#[test]
fn names_links_anchors_and_dates_are_mended_and_nothing_else() {
    let folder = Folder::with_site("fix-small", SITE);
    let output = vasta(folder.path(), &["fix", "--yes"]);
    assert_snapshot!("mends_of_a_small_site", String::from_utf8_lossy(&output.stdout));
    let (text, code) = said(&output);
    assert_eq!(code, 1, "two links are left");
    assert!(text.starts_with("7 correzioni in 2 file\n"), "{text}");
    assert!(text.contains("manca-del-tutto.md") && text.contains("verbale-2025.pdf"), "{text}");
    assert!(text.ends_with("2 errori, 0 avvisi: il sito non è stato scritto\n"), "{text}");
}

#[test]
fn ends_of_lines_and_a_byte_order_mark_stay() {
    let folder = Folder::new("fix-bytes");
    let text = "\u{feff}---\r\ntitle: A\r\nupdated: 25/11/2026\r\n---\r\nTesto  \r\n";
    folder.write("content/a.md", text);
    assert_eq!(said(&vasta(folder.path(), &["fix", "--yes"])).1, 0);
    let mended = fs::read_to_string(folder.path().join("content/a.md")).expect("UTF-8");
    assert_eq!(mended, text.replace("25/11/2026", "2026-11-25"));
}

#[test]
fn nothing_is_written_unless_somebody_agrees_and_only_what_was_asked_for() {
    let folder = Folder::with_site("fix-asked", SITE);
    let before = contents(folder.path());
    let (text, code) = said(&vasta(folder.path(), &["fix"]));
    assert_eq!(
        (text.as_str(), code),
        ("errore: nessuno può rispondere: aggiungi `--yes` per applicare\n", 2)
    );
    assert_eq!(contents(folder.path()), before);
    let output = vasta(
        folder.path(),
        &["fix", "--dry-run", "--code", "v10", "--code", "V007", "--lang", "en"],
    );
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(shown.contains("+giorno: 2026-11-25") && !shown.contains("attivo"), "{shown}");
    assert_eq!(said(&output).0, "mends in 2 files: 4; nothing was written\n");
    assert_eq!(said(&vasta(folder.path(), &["fix", "--code", "V999"])).1, 2);
}

#[test]
fn a_site_without_mistakes_has_nothing_to_mend() {
    let folder = Folder::with_site("fix-none", "//- content/a.md\nTesto.\n");
    let output = said(&vasta(folder.path(), &["fix"]));
    assert_eq!(output, ("niente da correggere\n".to_owned(), 0));
}

#[test]
fn a_heading_with_another_name_keeps_the_links_to_the_one_before() {
    let site = "
        //- content/a.md
        ## Sportelli

        Testo.
        //- content/b.md
        [Gli sportelli](a.md#sportelli)
        ";
    let folder = Folder::with_site("fix-heading", site);
    assert_eq!(said(&vasta(folder.path(), &["lock"])).1, 0);
    folder.write("content/a.md", "## Uffici aperti\n\nTesto.\n");
    let (text, code) = said(&vasta(folder.path(), &["fix", "--yes"]));
    assert_eq!(code, 0, "{text}");
    let text = fs::read_to_string(folder.path().join("content/a.md")).expect("UTF-8");
    assert_eq!(text, "## Uffici aperti {prima=sportelli}\n\nTesto.\n");
}
