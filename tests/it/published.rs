//! Nothing published disappears: what a build says when an address or a heading of the list is gone,
//! and how it is kept.

use std::fs;

use insta::assert_snapshot;

use crate::fixture::{Folder, built, git, said, text_of, told, tree, vasta};

const SITE: &str = r#"
    //- vasta.yaml
    title: Prova
    //- content/_index.md
    Testo.
    //- content/guide/prima.md
    ---
    title: La prima guida # un commento
    ---
    ## Chi chiede aiuto

    Testo.

    ## Contatti

    Testo.
    //- content/guide/bozza.md
    ---
    title: Bozza
    draft: true
    ---
    ## Titolo di bozza
    //- content/guide/altra.md
    ## Orari

    Testo.
    "#;

/// A folder with the site and its list.
fn locked(name: &str) -> Folder {
    let folder = Folder::with_site(name, SITE);
    assert_eq!(said(&vasta(folder.path(), &["lock"])), (String::new(), 0));
    folder
}

fn list(folder: &Folder) -> String {
    read(folder, "content/_urls.lock")
}

fn read(folder: &Folder, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).expect("a text")
}

fn rename(folder: &Folder, from: &str, to: &str) {
    fs::rename(folder.path().join(from), folder.path().join(to)).expect("renamed");
}

fn remove(folder: &Folder, path: &str) {
    fs::remove_file(folder.path().join(path)).expect("removed");
}

#[test]
fn the_list_has_the_written_pages_and_their_headings() {
    let folder = locked("lock-list");
    assert_snapshot!(list(&folder));
    let before = list(&folder);
    assert_eq!(said(&vasta(folder.path(), &["lock"])), (String::new(), 0));
    assert_eq!(list(&folder), before);
    assert_eq!(said(&vasta(folder.path(), &["check"])), (String::new(), 0));
}

#[test]
fn what_is_gone_is_told_with_what_to_write() {
    let folder = locked("lock-gone");
    rename(&folder, "content/guide/prima.md", "content/guide/la-prima.md");
    folder.write("content/guide/altra.md", "## Orari di apertura\n\nTesto.\n");
    let (italian, code) = said(&vasta(folder.path(), &["check"]));
    assert_eq!(code, 1);
    assert_snapshot!("gone_italian", italian);
    let (english, code) = said(&vasta(folder.path(), &["build", "--lang", "en"]));
    assert_eq!(code, 1);
    assert!(!folder.path().join("public").exists(), "nothing may be written");
    assert_snapshot!("gone_english", english);
    let before = list(&folder);
    assert_eq!(said(&vasta(folder.path(), &["lock"])).1, 1);
    assert_eq!(list(&folder), before, "what is gone stays in the list");
}

#[test]
fn a_removed_page_or_heading_is_forgotten_only_when_somebody_says_so() {
    let folder = locked("lock-forget");
    remove(&folder, "content/guide/prima.md");
    folder.write("content/guide/altra.md", "Testo.\n");
    let (text, code) = said(&vasta(folder.path(), &["check"]));
    assert_eq!(code, 1);
    assert_snapshot!("removed_italian", text);
    let forget = ["lock", "--forget", "guide/prima", "--forget", "/guide/altra/#orari"];
    assert_eq!(said(&vasta(folder.path(), &forget)), (String::new(), 0));
    assert_eq!(said(&vasta(folder.path(), &["check"])), (String::new(), 0));
    assert!(!list(&folder).contains("/guide/prima") && !list(&folder).contains("#orari"));
    let (text, code) = said(&vasta(folder.path(), &["lock", "--forget", "/guide/altra/"]));
    assert_eq!((text.contains("/guide/altra/"), code), (true, 2), "it is still there");
}

#[test]
fn aliases_and_former_anchors_keep_what_was_published() {
    let folder = locked("lock-kept");
    remove(&folder, "content/guide/prima.md");
    let page = "---\ntitle: Nuova\naliases: [guide/prima]\n---\nVedi [orari](altra.md#orari).\n";
    folder.write("content/guide/nuova.md", page);
    folder.write("content/guide/altra.md", "## Quando siamo aperti {prima=orari}\n");
    assert_eq!(said(&vasta(folder.path(), &["check"])), (String::new(), 0));
    assert_eq!(said(&vasta(folder.path(), &["lock"])), (String::new(), 0));
    let list = list(&folder);
    assert!(list.contains("/guide/prima/\n") && list.contains("/guide/altra/#orari\n"), "{list}");
    assert!(list.contains("/guide/altra/#quando-siamo-aperti\n"), "{list}");
}

#[test]
fn a_former_anchor_is_a_point_at_its_heading() {
    let site = "//- content/a.md\n## Uffici {prima=sportelli prima=sedi}\n\n[Le sedi](#sedi).\n";
    let built = built(site);
    assert_eq!(told(&built, &tree(site)), "");
    assert_snapshot!(text_of(&built, "a/index.html"));
}

#[test]
fn a_former_anchor_that_another_heading_has_is_told() {
    let site = "//- content/a.md\n## Uffici {prima=sedi}\n\n## Sedi\n";
    assert_snapshot!(told(&built(site), &tree(site)));
}

#[test]
fn a_published_page_cannot_become_a_draft_unnoticed() {
    let folder = locked("lock-draft");
    folder.write("content/guide/altra.md", "---\ndraft: true\n---\n## Orari\n");
    let (text, code) = said(&vasta(folder.path(), &["check"]));
    assert_eq!(code, 1);
    assert_snapshot!("withdrawn_italian", text);
}

#[test]
fn a_line_that_is_no_address_is_told() {
    let folder = locked("lock-conflict");
    folder.write("content/_urls.lock", "/guide/prima/\n<<<<<<< HEAD\n");
    let (text, code) = said(&vasta(folder.path(), &["check"]));
    assert_eq!(code, 1);
    assert!(text.contains("errore[V068]") && text.contains("content/_urls.lock:2:1"), "{text}");
}

#[test]
fn git_knows_where_a_page_went_and_its_address_is_written_there() {
    let folder = locked("lock-git");
    let other = "# Un'altra\n\nUna pagina con un testo tutto suo, che con le guide non c'entra.\n";
    let root = folder.path();
    git(root, &["init", "--quiet"]);
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message", "Prima"]);
    fs::create_dir_all(root.join("content/servizi")).expect("a folder");
    rename(&folder, "content/guide/prima.md", "content/servizi/uffici.md");
    folder.write("content/guide/primo.md", other);
    let (text, code) = said(&vasta(root, &["lock"]));
    assert_eq!(code, 1);
    assert!(text.contains("content/servizi/uffici.md"), "{text}");
    let before = read(&folder, "content/servizi/uffici.md");
    let output = vasta(root, &["lock", "--aliases"]);
    assert_eq!(said(&output), (String::new(), 0));
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(shown, "content/servizi/uffici.md: aliases: [guide/prima]\n");
    let comment = "# un commento\n";
    let expected = before.replace(comment, &format!("{comment}aliases: [guide/prima]\n"));
    assert_eq!(read(&folder, "content/servizi/uffici.md"), expected);
    assert_eq!(said(&vasta(root, &["check"])), (String::new(), 0));
    assert!(
        list(&folder).contains("/guide/prima/\n") && list(&folder).contains("/servizi/uffici/")
    );
}
