//! `vasta fmt`: the order of front matter, and that nothing else changes, on every page that there is.

use std::fs;

use vasta::author::order;
use vasta::pipeline::Globals;
use vasta::source::arranging::arranged;
use vasta::source::{Tree, front_matter, yaml};

use crate::fixture::{Folder, contents, repository, said, vasta};

/// The pages of the site in `folder` of the repository, and what its types say.
fn site(folder: &str) -> (Tree, Globals) {
    let root = repository().join(folder);
    let root = camino::Utf8Path::from_path(&root).expect("UTF-8");
    let tree = Tree::read(root, &root.join("public")).expect("readable").value;
    let globals = Globals::of(&tree);
    (tree, globals)
}

/// The keys and values of a page, in order of the keys, and the text below.
fn said_by(path: &vasta::base::SourcePath, text: &str) -> (Vec<(String, String)>, String) {
    let parts = front_matter::split(path, text).value;
    let node = yaml::parse(path, text, parts.yaml).value;
    let value = |node: &yaml::Node| match node.scalar() {
        Some(scalar) => scalar.text.clone(),
        None => node.describe().italian,
    };
    let entries = node.entries().unwrap_or_default().iter();
    let mut entries: Vec<_> = entries.map(|(key, it)| (key.name.clone(), value(it))).collect();
    entries.sort();
    (entries, text[parts.markdown].trim_end().to_owned())
}

#[test]
fn every_page_says_the_same_and_a_second_time_changes_nothing() {
    for folder in ["", "tests/mistakes"] {
        let (tree, globals) = site(folder);
        let mut n_pages = 0;
        for path in tree.below("content").filter(|path| path.extension() == "md") {
            let order =
                |node: &yaml::Node| order::of_page(path, node, &globals.schemas, &globals.config);
            let blob = tree.get(path).expect("a file");
            let Some(text) = blob.text() else { continue };
            let Some(once) = arranged(path, text, order) else { continue };
            n_pages += 1;
            assert_eq!(said_by(path, &once), said_by(path, text), "{path}");
            assert_eq!(arranged(path, &once, order).as_ref(), Some(&once), "{path}");
        }
        assert!(n_pages > if folder.is_empty() { 500 } else { 5 }, "{folder}: {n_pages}");
    }
}

const SITE: &str = "
    //- content/_schemas/guida.yaml
    label: Guida
    folder: guide
    fields:
      ambito: { label: Ambito, kind: text }
      giorno: { label: Giorno, kind: date }
    //- content/guide/a.md
    ---
    mia: 1
    # quando
    giorno:   '2026-11-25'
    ambito: SUA
    title: A
    ---
    Testo.
    //- content/guide/b.md
    ---
    title: B
    ambito: SUA
    ---
    Testo.
    ";

#[test]
fn pages_are_arranged_by_their_type_and_listed() {
    let folder = Folder::with_site("fmt-site", SITE);
    let before = contents(folder.path());
    let output = vasta(folder.path(), &["fmt", "--check"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "content/guide/a.md\n");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(contents(folder.path()), before);
    assert_eq!(vasta(folder.path(), &["fmt", "content/guide/b.md"]).status.code(), Some(0));
    assert_eq!(contents(folder.path()), before);
    assert_eq!(said(&vasta(folder.path(), &["fmt"])), (String::new(), 0));
    let text = fs::read_to_string(folder.path().join("content/guide/a.md")).expect("UTF-8");
    let head = "---\ntitle: A\nambito: SUA\n# quando\ngiorno: 2026-11-25\nmia: 1\n---\nTesto.\n";
    assert_eq!(text, head);
    assert_eq!(vasta(folder.path(), &["fmt", "--check"]).status.code(), Some(0));
}

#[test]
fn a_page_that_cannot_be_read_is_named_and_left() {
    let folder = Folder::with_site("fmt-broken", SITE);
    folder.write("content/guide/c.md", "---\nb: [1\na: 2\n---\n");
    let (text, code) = said(&vasta(folder.path(), &["fmt", "content/guide/c.md"]));
    assert_eq!(code, 1);
    assert!(text.starts_with("content/guide/c.md: lasciata com'è"), "{text}");
    let (text, code) = said(&vasta(folder.path(), &["fmt", "content/_schemas/guida.yaml"]));
    assert_eq!(code, 2);
    assert_eq!(text, "errore: `content/_schemas/guida.yaml` non è una pagina del sito\n");
}
