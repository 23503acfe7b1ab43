//! The rules for plain language: what they find and where, what they leave, and how a site sets them.

use insta::assert_snapshot;
use vasta::pipeline::{self, Settings};

use crate::fixture::{Folder, said, told, tree, vasta};

/// What a build tells that judges texts by all rules, as a check does.
fn judged(site: &str) -> String {
    let tree = tree(site);
    told(&pipeline::build(&tree, &judging()), &tree)
}

fn judging() -> Settings {
    Settings { judges_language: true, ..Settings::default() }
}

/// What is told of a site with one page, `content/a.md`, and some settings.
fn told_of(settings: &str, page: &str) -> String {
    let site = format!("//- vasta.yaml\n{settings}\n//- content/a.md\n{page}");
    judged(&site)
}

/// A sentence of so many words.
fn sentence(n_words: usize) -> String {
    format!("Il{} tetto.", " gatto".repeat(n_words - 2))
}

const EVERY_RULE: &str = "
//- vasta.yaml
markdown: { foreign: _data/parole.yaml, glossary: termine }
//- content/_data/parole.yaml
en: [open data]
//- content/_schemas/termine.yaml
label: Termine
folder: glossario
//- content/glossario/rup.md
---
title: Responsabile unico del progetto (RUP)
---
Chi segue la gara.
//- content/figura.svg
<svg xmlns='http://www.w3.org/2000/svg'/>
//- content/a.md
---
title: Adesione
---
La SUA e il RUP. La SUA decide, anche con l’aiuto di ANAC.

#### Passi

Leggi [qui](glossario/rup.md), [ ](glossario/rup.md), <https://www.anac.it/>.

![](figura.svg) <img src='figura.svg'> [![](figura.svg)](glossario/rup.md)

| Ente | |
|---|---|
| Treviso | 94 |

|  |  |
|---|---|
| Treviso | 94 |

Gli open data e la &amp; *governance*: call for ideas.
";

#[test]
fn each_rule_is_told_at_its_place() {
    assert_snapshot!("every_rule", judged(EVERY_RULE));
}

#[test]
fn an_excerpt_shows_the_sentence_and_what_to_do() {
    let folder = Folder::with_site(
        "language-excerpt",
        &format!("//- content/a.md\nBreve. {}\n\nLa SUA.\n", sentence(36)),
    );
    let (text, code) = said(&vasta(folder.path(), &["check"]));
    assert_eq!(code, 0);
    assert_snapshot!("language_excerpt", text);
    let (text, _) = said(&vasta(folder.path(), &["check", "--lang", "en"]));
    assert_snapshot!("language_excerpt_in_english", text);
}

#[test]
fn a_rule_is_off_warns_or_stops_the_site() {
    let page = "La SUA. [Qui](#b) ![](https://esempio.it/a.svg)\n\n## B\n";
    for (settings, expected) in [
        ("title: A", "V082 V083 V084"),
        ("language_rules: { acronym: off }", "V083 V084"),
        ("language_rules: { acronym: { level: off }, link_text: off, alternative_text: off }", ""),
        ("language_rules: { acronym: { known: [SUA] } }", "V083 V084"),
    ] {
        let told = told_of(settings, page);
        let codes: Vec<&str> = told.lines().filter_map(|line| line.split(' ').nth(1)).collect();
        assert_eq!(codes.join(" "), expected, "{settings}");
    }
    // A build asks only what stops it.
    let warned =
        tree("//- vasta.yaml\nlanguage_rules: { link_text: error }\n//- content/a.md\nLa SUA.\n");
    assert_eq!(told(&pipeline::build(&warned, &Settings::default()), &warned), "");
    let site = "//- vasta.yaml\nlanguage_rules: { acronym: error }\n//- content/a.md\nLa SUA.\n";
    let folder = Folder::with_site("language-error", site);
    let (text, code) = said(&vasta(folder.path(), &["build"]));
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("errore[V082]"), "{text}");
    assert!(!folder.path().join("public").exists());
}

#[test]
fn numbers_are_set_by_the_site() {
    assert_eq!(told_of("title: A", &sentence(35)), "");
    let long = told_of("title: A", &sentence(36));
    assert_eq!(long, "content/a.md:1:1 V081 questa frase ha 36 parole, più di 35\n");
    let long = told_of("language_rules: { long_sentence: { words: 10 } }", &sentence(11));
    assert_eq!(long, "content/a.md:1:1 V081 questa frase ha 11 parole, più di 10\n");
    // 8 words, 35 letters, of which the eighth part of 89 + (300 - 350) / 8 is the index of each sentence.
    let page = "Gli uffici comunali organizzano attività territoriali particolarmente complesse. "
        .repeat(8);
    let hard = told_of("title: A", &page);
    assert_eq!(
        hard,
        "content/a.md:1:1 V080 il testo della pagina è difficile da leggere: indice Gulpease 37, meno di 40\n"
    );
    assert_eq!(told_of("language_rules: { gulpease: { at_least: 30 } }", &page), "");
    assert_eq!(told_of("language: en", &page), "");
    let short = "Gli uffici comunali organizzano attività territoriali particolarmente complesse. "
        .repeat(7);
    assert_eq!(told_of("title: A", &short), "");
}

#[test]
fn wrong_settings_are_told_at_their_place() {
    let settings = "language_rules:
  gulpeas: off
  acronym: of
  link_text: [off]
  long_sentence: { level: warnin, word: 3, words: molte }
  gulpease: { at_least: 101 }
  table_header: { level: error, words: 3 }";
    assert_snapshot!("wrong_language_rules", told_of(settings, "Testo.\n"));
    assert_snapshot!(
        told_of("language_rules: off", "Testo.\n"),
        @"vasta.yaml:1:17 V005 qui serve un gruppo di chiavi, non `off`"
    );
}

#[test]
fn quotations_notes_tables_headings_and_code_have_sentences_of_their_own() {
    let long = sentence(40);
    for page in [
        format!("> {long} La SUA.\n"),
        format!("Testo.[^a]\n\n[^a]: {long} La SUA.\n"),
        format!("| a |\n|---|\n| {long} La SUA. |\n"),
        format!("## {long} La SUA\n"),
        format!("```text\n{long} La SUA.\n```\n\nUsa `SUA`.\n"),
        format!("<div>\n{long} La SUA.\n</div>\n"),
        format!("---\ndescription: {long} La SUA.\n---\nTesto.\n"),
    ] {
        assert_eq!(told_of("title: A", &page), "", "{page}");
    }
    for page in [
        format!("- {long}\n- Breve.\n"),
        format!("> [!NOTE]\n> {long}\n"),
        format!("Voce\n: {long}\n"),
        format!("Uno.\n{long}\n"),
    ] {
        let told = told_of("title: A", &page);
        assert!(told.contains("V081 questa frase ha 40 parole"), "{page}{told}");
    }
}

#[test]
fn what_is_said_in_html_counts() {
    let listed = "markdown: { foreign: a.yaml }\n//- content/a.yaml\nen: [open data]";
    for page in [
        "La <abbr title=\"stazione unica appaltante\">SUA</abbr> e la SUA.\n",
        "La <span lang=\"en\">governance</span>.\n",
        "<img alt=\"\" src=\"https://esempio.it/a.svg\">\n",
        "Prima riga.<br>Seconda: [il `codice`](https://esempio.it/).\n",
    ] {
        assert_eq!(told_of(listed, page), "", "{page}");
    }
}

#[test]
fn headings_begin_below_the_title() {
    for (page, expected) in [
        ("# A\n\n## B\n\n### C\n\n## D\n", ""),
        ("## B\n\n# C\n\n### D\n", ""),
        ("### B\n", "content/a.md:1:1 V085 un titolo di livello 3 viene dopo uno di livello 1\n"),
        (
            "## B\n\n#### C\n",
            "content/a.md:3:1 V085 un titolo di livello 4 viene dopo uno di livello 2\n",
        ),
    ] {
        assert_eq!(told_of("title: A", page), expected, "{page}");
    }
}

#[test]
fn a_field_with_markdown_is_judged_too() {
    let site = "
//- content/_schemas/voce.yaml
label: Voce
folder: v
fields: { nota: { kind: markdown } }
//- content/v/a.md
---
title: A
nota: La SUA, [qui](https://esempio.it/).
---
Testo.
";
    assert_eq!(
        judged(site),
        "content/v/a.md:3:7 V082 la sigla `SUA` non è spiegata, né in questa pagina né nel glossario\n\
         content/v/a.md:3:7 V083 le parole «qui» non dicono dove porta il collegamento\n"
    );
}

#[test]
fn others_can_ask_how_a_page_reads() {
    let site =
        tree("//- content/a.md\nLa gara è chiusa. Il Comune firma.\n\n> Non conta.\n\n- Conta.\n");
    let (_, site) = pipeline::assembled(&site, &judging());
    let page =
        site.pages.iter().find(|page| page.place.as_str() == "content/a.md").expect("a page");
    let readability = page.document.readability;
    assert_eq!((readability.sentences, readability.words, readability.letters), (3, 8, 31));
    assert_eq!(readability.gulpease(), Some(100));
}
