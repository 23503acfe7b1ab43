//! What editors expect of the search, asked by `vasta check`: of a small site with wrong
//! expectations, and of the real one.

use insta::assert_snapshot;
use vasta::base::Table;
use vasta::pipeline::{self, Settings};
use vasta::source::Tree;

use crate::fixture::{Folder, repository, said, vasta};

const SITE: &str = "
    //- vasta.yaml
        title: Prova
        taxonomies:
          temi: { title: Temi, singular: Tema }
    //- content/sua.md
        ---
        title: Stazione unica appaltante
        temi: [Appalti]
        ---
        Fa le gare per i Comuni.
    //- content/sape.md
        ---
        title: Servizio Europa
        temi: [Fondi]
        ---
        Prepara i progetti per i bandi; non fa gare.
    ";

fn check(name: &str, expectations: &str) -> (String, i32) {
    let folder = Folder::with_site(name, SITE);
    folder.write("content/_search-tests.yaml", expectations);
    said(&vasta(folder.path(), &["check"]))
}

#[test]
fn answers_that_are_as_expected_are_no_news() {
    let expectations = "\
- { query: stazzione, page: sua.md }
- { query: gare, page: [sape.md, sua.md], within: 2 }
- { query: gare, page: sape.md, facets: { temi: Fondi } }
- { query: oroscopo, nothing: true }
";
    assert_eq!(check("expectations-met", expectations), (String::new(), 0));
}

#[test]
fn each_answer_that_is_lost_is_told_with_what_is_found() {
    let (text, code) = check(
        "expectations-lost",
        "\
- { query: gare, page: sape.md }
- query: bilancio
  page: sua.md
  within: 3
- { query: progetti, nothing: true }
- { query: gare, page: sua.md, facets: { temi: Fondi } }
",
    );
    assert_eq!(code, 1);
    assert_snapshot!(text);
}

#[test]
fn mistakes_in_the_file_are_told_at_their_place() {
    let (text, code) = check(
        "expectations-wrong",
        "\
- { query: gare, page: saep.md }
- { page: sua.md }
- { query: gare }
- { quary: gare, nothing: true }
- { query: gare, page: sua.md, within: molti }
- gare
",
    );
    assert_eq!(code, 1);
    assert_snapshot!(text);
    let (text, code) = check(
        "expectations-facets",
        "\
- { query: gare, page: sua.md, facets: { tema: Appalti } }
- { query: gare, page: sua.md, facets: { temi: Appalto } }
",
    );
    assert_eq!(code, 1);
    assert_snapshot!(text);
}

#[test]
fn an_expectation_does_not_stop_a_build() {
    let folder = Folder::with_site("expectations-build", SITE);
    folder.write("content/_search-tests.yaml", "- { query: bilancio, page: sua.md }\n");
    assert_eq!(said(&vasta(folder.path(), &["build"])).1, 0);
    assert!(!folder.path().join("public/_search-tests.yaml").exists());
}

#[test]
fn the_real_site_answers_as_its_editors_expect() {
    let root = camino::Utf8Path::from_path(repository()).expect("UTF-8");
    let tree = Tree::read(root, &root.join("public")).expect("the site can be read").value;
    let (_, expectations) = tree.find("content/_search-tests.yaml").expect("the file is there");
    let text = expectations.text().expect("UTF-8");
    let n_questions = text.matches("query:").count();
    let n_lax = text.matches("within:").count();
    assert!(n_questions >= 120, "only {n_questions} questions");
    // Four out of five are answered by the first result.
    assert!(n_lax * 5 <= n_questions, "{n_lax} of {n_questions} need not be answered first");

    let checked = pipeline::check(&tree, &Settings::default(), &Table::default(), &|_| {});
    assert!(checked.diagnostics.is_empty(), "{:#?}", checked.diagnostics);
}
