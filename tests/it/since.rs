//! `vasta check --since`: only what a change brought, wherever it shows, asked of real repositories.

use std::fs;

use crate::fixture::{Folder, git, said, vasta};

const SITE: &str = "
    //- sito/vasta.yaml
    title: Prova
    //- sito/content/a.md
    # A

    [rotto](manca-da-sempre.md)
    //- sito/content/b.md
    # B

    [a](a.md#fasi), [c](c.md)
    //- sito/content/c.md
    # C
    //- leggimi.md
    [fuori dal sito](niente.md)
    ";

/// A repository with a site in a folder of it, as it was committed.
fn committed(name: &str) -> Folder {
    let folder = Folder::with_site(name, SITE);
    git(folder.path(), &["init", "--quiet", "--initial-branch", "main"]);
    commit(&folder);
    folder
}

fn commit(folder: &Folder) {
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message", "Un passo"]);
}

/// The findings since `revision`, as `file:line code`, and the exit code.
fn news(folder: &Folder, revision: &str) -> (Vec<String>, i32) {
    let output =
        vasta(folder.path(), &["check", "--site", "sito", "--since", revision, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("a list").iter();
    let told = findings.map(|it| {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        format!("{}:{} {}", text(&it["file"]), it["start"]["line"], text(&it["code"]))
    });
    (told.collect(), said(&output).1)
}

fn list(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn what_was_there_is_not_told_even_if_it_moved() {
    let folder = committed("since-same");
    assert_eq!(news(&folder, "HEAD"), (Vec::new(), 0));
    folder.write("sito/content/a.md", "# A\n\nUna riga nuova.\n\n[rotto](manca-da-sempre.md)\n");
    assert_eq!(news(&folder, "HEAD"), (Vec::new(), 0));
    let (text, code) = said(&vasta(folder.path(), &["check", "--site", "sito", "--since", "main"]));
    assert_eq!((text.as_str(), code), ("già in `main`, non ripetuti: 2\n", 0));
}

#[test]
fn what_is_new_is_told_in_changed_and_new_files_and_where_a_page_went_missing() {
    let folder = committed("since-new");
    folder.write("sito/content/d.md", "[nuovo](nulla.md)\n");
    folder.write(
        "sito/content/a.md",
        "# A\n\n[rotto](manca-da-sempre.md)\n[rotto](manca-da-sempre.md)\n",
    );
    fs::remove_file(folder.path().join("sito/content/c.md")).expect("removed");
    let expected =
        list(&["sito/content/a.md:4 V009", "sito/content/b.md:3 V009", "sito/content/d.md:1 V009"]);
    // The line of `b.md` already had a mistake of another code.
    assert_eq!(news(&folder, "HEAD"), (expected.clone(), 1));
    commit(&folder);
    assert_eq!(news(&folder, "HEAD~1"), (expected, 1));
    assert_eq!(news(&folder, "HEAD"), (Vec::new(), 0));
}

#[test]
fn a_site_that_is_newer_than_the_revision_is_new_as_a_whole() {
    let folder = Folder::new("since-young");
    folder.write("leggimi.md", "Testo.\n");
    git(folder.path(), &["init", "--quiet", "--initial-branch", "main"]);
    commit(&folder);
    folder.write("sito/content/a.md", "[rotto](manca.md)\n");
    folder.write("sito/vasta.yaml", "title: A\n");
    assert_eq!(news(&folder, "main"), (list(&["sito/content/a.md:1 V009"]), 1));
}

#[test]
fn a_revision_that_cannot_be_read_is_a_wrong_call() {
    let folder = committed("since-wrong");
    let told = |folder: &Folder, arguments: &[&str]| {
        let (text, code) =
            said(&vasta(folder.path(), &[&["check", "--since"], arguments].concat()));
        assert_eq!(code, 2, "{text}");
        text
    };
    assert_eq!(
        told(&folder, &["manin", "--site", "sito"]),
        "errore: `manin` non è una revisione di questo repository, come `main` o `HEAD~1`\n"
    );
    assert_eq!(
        told(&folder, &["HEAD:sito", "--site", "sito", "--lang", "en"]),
        "error: `HEAD:sito` is no revision of this repository, such as `main` or `HEAD~1`\n"
    );
    folder.write("sito/content/d.md", "Testo.\n");
    commit(&folder);
    let shallow = Folder::new("since-shallow");
    let origin = format!("file://{}", folder.path().display());
    git(shallow.path(), &["clone", "--quiet", "--depth", "1", &origin, "."]);
    assert!(told(&shallow, &["HEAD~1", "--site", "sito"]).contains("git fetch --unshallow"));
    let outside = Folder::with_site("since-outside", "//- content/a.md\nTesto.\n");
    fs::write(outside.path().join(".git"), "gitdir: nowhere\n").expect("writable");
    assert!(told(&outside, &["HEAD"]).contains("`--since` chiede a git, che qui non c'è"));
}
