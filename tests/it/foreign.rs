//! Foreign words in texts name their language.

use insta::assert_snapshot;

use crate::fixture::{built, text_of, told, tree, updated};

const CONFIGURED: &str = "
//- vasta.yaml
title: Prova
markdown: { foreign: _data/parole.yaml, glossary: termine }
language_rules: { foreign_phrase: off }
//- content/_schemas/termine.yaml
label: Termine
folder: glossario
fields:
  nota: { kind: markdown }
//- content/_data/parole.yaml
en: [best practice, stakeholder, know-how, R&D, practice]
fr: [à la carte]
//- content/glossario/stakeholder.md
---
title: Stakeholder
nota: Uno stakeholder.
---
Testo.
";

/// The text of a page, with `{en|stakeholder}` for a word whose language is named.
fn marked(page: &str) -> String {
    let site = format!("{CONFIGURED}//- content/guida.md\n{page}");
    let built = built(&site);
    assert_eq!(told(&built, &tree(&site)), "");
    shortened(&text_of(&built, "guida/index.html"))
}

fn shortened(html: &str) -> String {
    let mut short = html.to_owned();
    for language in ["en", "fr"] {
        short = short.replace(&format!("<span lang=\"{language}\">"), &format!("{{{language}|"));
    }
    short.replace("</span>", "}")
}

#[test]
fn every_occurrence_names_its_language() {
    assert_eq!(
        marked("Una best practice, due Best\nPractice. Il know-how, la R&D: menù «à la carte».\n"),
        "<p>Una {en|best practice}, due {en|Best\nPractice}. Il {en|know-how}, la {en|R&amp;D}: menù \
         «{fr|à la carte}».</p>"
    );
}

#[test]
fn only_whole_phrases_count_and_the_longest_wins() {
    assert_eq!(
        marked("Una best, practice. Le bestpractice; know how e la practice.\n"),
        "<p>Una best, {en|practice}. Le bestpractice; know how e la {en|practice}.</p>"
    );
}

#[test]
fn links_headings_and_explained_terms_hold_foreign_words() {
    assert_eq!(
        marked("## Una best practice\n\n[Il know-how](https://esempio.it/know-how \"know-how\")\n"),
        "<h2 id=\"una-best-practice\">Una {en|best practice}</h2>\n<p><a \
         href=\"https://esempio.it/know-how\" title=\"know-how\" rel=\"external\">Il {en|know-how}</a></p>"
    );
    assert_eq!(
        marked("Lo stakeholder.\n"),
        "<p>Lo <a class=\"termine\" href=\"../glossario/stakeholder/index.html\">{en|stakeholder}</a>.</p>"
    );
}

#[test]
fn code_and_texts_in_another_language_stay_as_they_are() {
    for text in [
        "<code>practice</code>",
        "<kbd>practice</kbd>",
        "<em lang=\"de\">practice <em>know-how</em> practice</em>",
    ] {
        assert_eq!(
            marked(&format!("Un {text}, poi know-how.\n")),
            format!("<p>Un {text}, poi {{en|know-how}}.</p>")
        );
    }
    assert_eq!(
        marked("![know-how](a.svg)<br lang=\"de\">practice\n//- content/a.svg\n<svg/>\n")
            .matches("{en|")
            .count(),
        1
    );
}

#[test]
fn fields_with_texts_are_marked_and_titles_are_not() {
    let built = built(CONFIGURED);
    let page = built.value.outputs.get("glossario/stakeholder/index.html").expect("a page");
    let page = shortened(&String::from_utf8_lossy(page));
    assert!(page.contains("Uno {en|stakeholder}."), "{page}");
    assert!(page.contains(">Stakeholder</h1>"), "{page}");
    assert_eq!(page.matches("{en|").count(), 1, "{page}");
}

#[test]
fn another_list_makes_every_page_again() {
    let before = tree(CONFIGURED);
    let (state, _) = updated(&before, None);
    let after = tree(&CONFIGURED.replace("stakeholder, know-how", "know-how"));
    let (_, made) = updated(&after, Some(state));
    let page = made.get("glossario/stakeholder/index.html").expect("made again");
    assert!(!String::from_utf8_lossy(page).contains("lang=\"en\""));
}

#[test]
fn what_is_wrong_with_the_list_is_told_at_its_place() {
    let site = "
//- vasta.yaml
markdown: { foreign: _data/parole.yaml }
//- content/_data/parole.yaml
inglese: [call]
en: [call, [a, b], '…', project manager, 'a; b']
fr: Call
de: [Call, Project Manager]
//- content/a.md
Una call.
";
    assert_snapshot!(told(&built(site), &tree(site)));
    for (site, expected) in [
        (
            "//- vasta.yaml\nmarkdown: { foreign: a.yaml }\n//- content/a.yaml\n- call\n",
            "content/a.yaml:1:1 V005 qui serve un gruppo di chiavi, non un elenco\n",
        ),
        (
            "//- vasta.yaml\nmarkdown:\n  foreign: manca.yaml\n//- content/a.md\nTesto.\n",
            "vasta.yaml:2:12 V011 il file `content/manca.yaml` non esiste\n",
        ),
        (
            "//- vasta.yaml\nmarkdown:\n  foreign: ../fuori.yaml\n//- content/a.md\nTesto.\n",
            "vasta.yaml:2:12 V016 ",
        ),
    ] {
        let told = told(&built(site), &tree(site));
        assert!(told.starts_with(expected), "{told}");
    }
}
