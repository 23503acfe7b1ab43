//! What a public site must say before it is published.

use vasta::base::{Diagnostic, Language};
use vasta::source::{Config, release};

use crate::fixture::{built, tree};

/// What `vasta check --release` says on 26 November 2026 of a site with this configuration.
fn told(configuration: &str, language: Language) -> String {
    let tree = tree(&format!("//- vasta.yaml\n{configuration}//- content/a.md\nTesto.\n"));
    let config = Config::of(&tree);
    let mut diagnostics = config.diagnostics;
    diagnostics.extend(release::check(&config.value, "2026-11-26".parse().ok()));
    let line = |diagnostic: &Diagnostic| {
        let kind = if diagnostic.is_error() { "error" } else { "warning" };
        let message = diagnostic.message.in_language(language);
        let help = diagnostic.help.as_ref().map(|help| help.in_language(language));
        format!("{kind} {} {message}: {}\n", diagnostic.code, help.unwrap_or_default())
    };
    diagnostics.iter().map(line).collect()
}

const COMPLETE: &str = "title: A
base_url: https://www.provincia.it/sua/
licence: { name: CC BY 4.0, url: 'https://creativecommons.org/licenses/by/4.0/deed.it' }
publisher:
  name: Provincia
  legal_name: Provincia di Prova
  email: sua@provincia.it
  address: Piazza Grande 1, Prova
  privacy: { email: rpd@provincia.it }
  accessibility:
    declaration: https://form.agid.gov.it/view/1
    reviewed: 2026-09-20
    objectives: https://www.provincia.it/obiettivi
  transparency: https://www.provincia.it/trasparenza
  analytics: none
  analytics_reason: Il sito non ha un registro delle visite
  funding: { statement: Cofinanziato dall'Unione europea }
";

#[test]
fn a_site_that_says_nothing_of_its_publisher_hears_all_at_once() {
    insta::assert_snapshot!("release_in_italian", told("title: A\n", Language::Italian));
    insta::assert_snapshot!("release_in_english", told("title: A\n", Language::English));
}

#[test]
fn a_complete_site_is_ready() {
    assert_eq!(told(COMPLETE, Language::English), "");
}

#[test]
fn a_review_holds_until_the_september_after_the_next() {
    let reviewed = |day: &str| told(&COMPLETE.replace("2026-09-20", day), Language::English);
    assert_eq!(reviewed("2025-09-24"), "");
    assert!(reviewed("2025-09-23").contains("V049"), "two cycles ago");
}

#[test]
fn what_is_written_wrongly_is_told_too() {
    let wrong = COMPLETE
        .replace("https://form.agid.gov.it/view/1", "https://www.provincia.it/dichiarazione")
        .replace("rpd@provincia.it", "rpd")
        .replace("analytics: none", "analytics: nessuna")
        .replace("2026-09-20", "settembre")
        .replace("funding: {", "funding: { logos: [{ file: ue.svg, alt: UE }],");
    insta::assert_snapshot!("release_with_mistakes", told(&wrong, Language::Italian));
}

#[test]
fn the_footer_shows_what_is_said_and_nothing_else() {
    let site = |configuration: &str| {
        let logo = "//- content/ue.svg\n<svg xmlns='http://www.w3.org/2000/svg'/>\n";
        let built =
            built(&format!("//- vasta.yaml\n{configuration}{logo}//- content/a.md\nTesto.\n"));
        let html = built.value.outputs.get("a/index.html").expect("the page");
        let html = String::from_utf8(html.to_vec()).expect("UTF-8");
        html.split_once("<footer").expect("a footer").1.to_owned()
    };
    let with_logo =
        COMPLETE.replace("funding: {", "funding: { logos: [{ file: ue.svg, alt: UE }],");
    let footer = site(&with_logo);
    for word in [
        "<img src=\"../ue.svg?v=",
        "alt=\"UE\"",
        "Cofinanziato",
        "Provincia di Prova",
        "Piazza Grande 1, Prova",
        "data-element=\"accessibility-link\">Dichiarazione di accessibilità</a>",
        "mailto:rpd@provincia.it",
        "Amministrazione trasparente",
    ] {
        assert!(footer.contains(word), "no {word} in {footer}");
    }
    let silent = site("title: A\n");
    for word in ["funding", "accessibility", "trasparente", "Codice"] {
        assert!(!silent.contains(word), "{word} in {silent}");
    }
}
