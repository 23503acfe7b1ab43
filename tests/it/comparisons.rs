//! Two pages of a type side by side: which pairs there are, what is shown of them, and when a
//! comparison is made again.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use vasta::pipeline::State;

use crate::fixture::{built, told, tree, updated};

const SITE: &str = r#"
    //- vasta.yaml
    title: Prova
    base_url: https://esempio.it
    //- content/_schemas/ambito.yaml
    label: Ambito
    folder: ambiti
    //- content/_schemas/pratica.yaml
    label: Buona pratica
    plural: Buone pratiche
    folder: pratiche
    order: [title]
    compare: ambiti
    fields:
      ambiti: { kind: list, of: { kind: page, of: ambito }, label: Ambiti }
      costo: { kind: money, label: Costo }
      sito: { kind: url, label: Sito }
      personale: { kind: text, label: Personale }
      racconto: { kind: markdown, label: Racconto }
      numeri:
        kind: list
        label: I numeri
        of:
          kind: object
          fields:
            anno: { kind: text, label: Anno }
            gare: { kind: integer, label: Gare }
    //- content/ambiti/sua.md
    ---
    title: Stazione unica
    ---
    //- content/ambiti/europa.md
    ---
    title: Europa
    ---
    //- content/pratiche/treviso.md
    ---
    title: Treviso <insieme>
    description: Una centrale per i Comuni.
    ambiti: [sua, europa]
    costo: { amount: 300, currency: EUR }
    sito: { title: Il servizio, url: "https://esempio.org/treviso" }
    racconto: Lungo.
    numeri:
      - { anno: "2023", gare: 70 }
      - { anno: "2024" }
    verified: 2026-11-20
    ---
    Testo di Treviso.
    //- content/pratiche/brescia.md
    ---
    title: "Brescia: l'ufficio"
    description: Un ufficio Europa.
    ambiti: [europa, sua]
    costo: { amount: 300, currency: EUR }
    personale: 5 persone
    ---
    Testo di Brescia.
    //- content/pratiche/vicenza.md
    ---
    title: Vicenza
    description: Da sola.
    ambiti: [europa]
    ---
"#;

fn page(built: &vasta::base::Checked<vasta::pipeline::Built>, path: &str) -> String {
    let html = built.value.outputs.get(path).unwrap_or_else(|| panic!("no file `{path}`"));
    String::from_utf8(html.to_vec()).expect("pages are UTF-8")
}

/// What stands between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap_or_else(|| panic!("no `{from}`"));
    let end = text[start..].find(to).unwrap_or_else(|| panic!("no `{to}`"));
    &text[start..start + end]
}

#[test]
fn two_pages_stand_side_by_side() {
    let built = built(SITE);
    assert_eq!(told(&built, &tree(SITE)), "");
    let html = page(&built, "confronti/pratica/brescia-e-treviso/index.html");
    assert_snapshot!(between(&html, "<nav class=\"breadcrumb-container\"", "</main>"));
}

#[test]
fn every_pair_of_a_group_is_listed_once_published_and_linked() {
    let built = built(SITE);
    let html = page(&built, "confronti/index.html");
    assert_snapshot!(between(&html, "<section class=\"it-list\"", "</main>"));
    let html = page(&built, "pratiche/brescia/index.html");
    assert_snapshot!(between(&html, "<section class=\"it-list it-comparisons\"", "</section>"));
    assert!(page(&built, "ricerca/index.html").contains("../confronti/index.html"));
}

#[test]
fn comparisons_are_in_the_sitemap_and_not_in_search_and_feed() {
    let built = built(SITE);
    let sitemap = page(&built, "sitemap.xml");
    for address in ["confronti/", "confronti/pratica/brescia-e-treviso/"] {
        assert!(sitemap.contains(&format!("<loc>https://esempio.it/{address}</loc>")), "{address}");
    }
    let found = built.value.outputs.iter().filter(|file| {
        let path = file.path.as_str();
        path.starts_with("ricerca/") && path.ends_with(".js") || path == "feed.xml"
    });
    for file in found {
        assert!(!String::from_utf8_lossy(&file.bytes).contains("confronti/"), "{}", file.path);
    }
}

#[test]
fn a_site_without_pairs_has_no_comparisons() {
    let built = built(&SITE.replace("compare: ambiti", ""));
    let mut paths = built.value.outputs.iter().map(|file| file.path.as_str().to_owned());
    assert!(!paths.any(|path| path.starts_with("confronti/")));
}

#[test]
fn a_group_with_too_many_pages_is_not_paired() {
    let pages = |range: std::ops::Range<usize>| {
        let page = |n| format!("//- content/pratiche/altra{n}.md\n---\nambiti: [europa]\n---\n");
        range.map(page).collect::<String>()
    };
    let site = |range| format!("{SITE}{}", pages(range).replace('\n', "\n    "));
    let full = site(0..21);
    assert_eq!(told(&built(&full), &tree(&full)), "");
    let large = site(0..22);
    let built = built(&large);
    assert_snapshot!(told(&built, &tree(&large)));
    let pairs = built.value.outputs.iter().map(|file| file.path.as_str().to_owned());
    let pairs: Vec<String> = pairs.filter(|path| path.starts_with("confronti/")).collect();
    assert_eq!(pairs, ["confronti/index.html", "confronti/pratica/brescia-e-treviso/index.html"]);
}

#[test]
fn a_field_that_makes_no_groups_is_reported() {
    let wrong = ["compare: ambito", "compare: costo", "compare: [ambiti]"];
    let told = wrong.map(|wrong| {
        let site = SITE.replace("compare: ambiti", wrong);
        told(&built(&site), &tree(&site))
    });
    assert_snapshot!(told.concat());
}

#[test]
fn two_pairs_for_one_address_are_an_error() {
    let twin = "    //- content/pratiche/veneto/treviso.md\n    ---\n    ambiti: [sua]\n    ---\n";
    let site = format!("{SITE}{twin}");
    let told = told(&built(&site), &tree(&site));
    assert!(told.contains("V013"), "{told}");
    assert!(told.contains("confronti/pratica/"), "{told}");
}

/// Builds `site` with what `before` left; gives the comparisons and pages that were made too.
fn updated_pages(site: &str, before: Option<State>) -> (State, BTreeSet<String>) {
    let (state, made) = updated(&tree(site), before);
    let is_shown = |path: &String| path.starts_with("confronti/") || path.starts_with("pratiche/");
    (state, made.into_keys().filter(is_shown).collect())
}

#[test]
fn a_comparison_is_made_again_when_what_it_shows_changed_and_only_then() {
    let made = |from: &str, to: &str| {
        let (state, _) = updated_pages(SITE, None);
        let edited = SITE.replace(from, to);
        assert_ne!(edited, SITE);
        updated_pages(&edited, Some(state)).1.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(made("Testo di Brescia", "Altro"), ["pratiche/brescia/index.html"]);
    let of_brescia = [
        "confronti/pratica/brescia-e-treviso/index.html",
        "confronti/pratica/brescia-e-vicenza/index.html",
        "pratiche/brescia/index.html",
    ];
    assert_eq!(made("5 persone", "6 persone"), of_brescia);
    // Another page that begins like it leaves Brescia its whole title.
    let of_vicenza = made("title: Vicenza", "title: \"Brescia: un'altra\"");
    assert!(of_vicenza.contains(&of_brescia[0].to_owned()), "{of_vicenza:?}");
    // What a field shows of another page is shown too.
    let of_sua = made("title: Stazione unica", "title: Stazione appaltante");
    assert!(of_sua.contains(&of_brescia[0].to_owned()), "{of_sua:?}");
}
