//! A site with more than fifty mistakes of forty kinds: all are told in one run, each at its place, and
//! nothing is written.

use std::fs;

use insta::assert_snapshot;

use crate::fixture::{Folder, built, contents, repository, said, told, tree, vasta};

fn site_with_mistakes(name: &str) -> Folder {
    let folder = Folder::new(name);
    let source = repository().join("tests/mistakes");
    for (path, bytes) in contents(&source) {
        folder.write(&path, bytes);
    }
    folder
}

#[test]
fn every_mistake_is_told_at_its_place_in_italian() {
    let folder = site_with_mistakes("mistakes-it");
    let (text, code) = said(&vasta(folder.path(), &["build"]));
    assert_eq!(code, 1);
    assert!(!folder.path().join("public").exists(), "nothing may be written");
    assert_snapshot!(text);
}

#[test]
fn every_mistake_is_told_in_english() {
    let folder = site_with_mistakes("mistakes-en");
    let (text, code) = said(&vasta(folder.path(), &["check", "--lang", "en"]));
    assert_eq!(code, 1);
    assert_snapshot!(text);
}

#[test]
fn a_mistake_leaves_the_published_site_as_it_was() {
    let folder = Folder::with_site("mistakes-keep", "//- content/a.md\nTesto.\n");
    assert_eq!(said(&vasta(folder.path(), &["build"])).1, 0);
    let before = contents(&folder.path().join("public"));
    folder.write("content/a.md", "[rotto](manca.md)\n");
    assert_eq!(said(&vasta(folder.path(), &["build"])).1, 1);
    assert_eq!(contents(&folder.path().join("public")), before);
}

#[test]
#[cfg(unix)]
fn a_link_to_a_file_outside_the_site_is_refused() {
    let folder =
        Folder::with_site("symlink", "//- content/a.md\nTesto.\n//- vasta.yaml\ntitle: A\n");
    let outside = Folder::new("symlink-outside");
    outside.write("segreto.txt", "segreto");
    let link = folder.path().join("content/segreto.txt");
    std::os::unix::fs::symlink(outside.path().join("segreto.txt"), link).expect("a link");
    let (text, code) = said(&vasta(folder.path(), &["build"]));
    assert_eq!(code, 1);
    assert!(text.contains("errore[V023]"), "{text}");
    assert!(!folder.path().join("public").exists());
}

#[test]
fn no_input_makes_the_program_panic() {
    let folder = Folder::new("garbage");
    let garbage: [&[u8]; 8] = [
        b"",
        b"---",
        b"---\n---",
        b"---\n- a\n- b\n---\nTesto",
        b"---\ntitle: {a: [}\n---\n",
        b"\xff\xfe\x00",
        b"---\n!!binary x: &a *a\n? [a]: b\n---\n# \n\n[](<>)![]()[^](#)",
        "---\ntitle: \u{FDD0}0\u{FDD1}\n---\n\u{FDD0}99\u{FDD1}\n\n|a|\n|-|\n".as_bytes(),
    ];
    for (number, bytes) in garbage.iter().enumerate() {
        folder.write(&format!("content/{number}.md"), bytes);
    }
    folder.write("vasta.yaml", b"[1, 2\x80");
    fs::create_dir_all(folder.path().join("content/_schemas")).expect("writable");
    folder.write("content/_schemas/a.yaml", b"fields: [a]\nfolder: 3\n");
    let (text, code) = said(&vasta(folder.path(), &["build"]));
    assert_eq!(code, 1, "{text}");
    assert!(!text.contains("panicked"), "{text}");
}

#[test]
fn a_bracket_behind_a_backslash_is_no_footnote() {
    let site =
        "//- content/_index.md\n---\ntitle: Prova\n---\n\\[^a\\], cerca \\[^a-z\\] e [^b].\n";
    let built = built(site);
    assert_eq!(built.diagnostics.len(), 1);
    assert!(told(&built, &tree(site)).contains("`[^b]`"));
}

#[test]
fn pages_of_a_sourced_type_need_a_source_and_the_date_of_a_check() {
    let site = r#"
        //- content/_schemas/pratica.yaml
        label: Pratica
        folder: pratiche
        sourced: true
        fields:
          numeri: { kind: list, of: { kind: object, fields: { fonte: { kind: text } } } }
        //- content/pratiche/nota.md
        ---
        verified: 2026-11-25
        ---
        Un fatto.[^a]

        [^a]: La fonte.
        //- content/pratiche/campo.md
        ---
        verified: 2026-11-25
        numeri: [{ fonte: UPI }]
        ---
        //- content/pratiche/senza.md
        ---
        title: Senza
        numeri: []
        ---
        Un fatto.
        "#;
    assert_snapshot!(told(&built(site), &tree(site)));
}

/// What `vasta check --format json` finds in the site with mistakes.
fn findings(name: &str, language: &str) -> Vec<serde_json::Value> {
    let folder = site_with_mistakes(name);
    let output = vasta(folder.path(), &["check", "--format", "json", "--lang", language]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    report["findings"].as_array().expect("a list").clone()
}

#[test]
fn fifty_mistakes_are_the_same_in_both_languages() {
    let (italian, english) = (findings("fifty-it", "it"), findings("fifty-en", "en"));
    assert!(italian.len() >= 50, "{} findings", italian.len());
    let place = |it: &serde_json::Value| {
        [&it["code"], &it["file"], &it["start"], &it["end"]].map(Clone::clone)
    };
    assert!(italian.iter().map(place).eq(english.iter().map(place)), "places or codes differ");
    let codes: std::collections::BTreeSet<&str> =
        italian.iter().filter_map(|it| it["code"].as_str()).collect();
    assert!(codes.len() >= 40, "{} codes", codes.len());
    for (italian, english) in italian.iter().zip(&english) {
        assert_ne!(italian["message"], english["message"]);
        let [advice, other] = [italian, english].map(|it| it["help"].as_str());
        assert_eq!(advice.is_some(), other.is_some(), "{italian}");
    }
}
