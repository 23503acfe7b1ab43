//! Pictures for social networks: which there are, and what pages say of them.

use insta::assert_snapshot;
use vasta::base::Hash;

use crate::fixture::{built, told, tree, updated};

const SITE: &str = "
//- vasta.yaml
title: Province & Comuni
tagline: I servizi delle Province
base_url: https://esempio.it/sito
navigation:
  - { title: Modelli, page: modelli/_index.md }
  - { page: guida.md }
  - { title: Altrove, url: 'https://altrove.it/modelli/index.html' }
  - { title: Di nuovo i modelli, page: modelli/_index.md }
  - { title: Un modello, page: modelli/uno.md }
//- content/modelli/_index.md
---
title: I modelli
---
//- content/modelli/uno.md
Un modello.
//- content/guida.md
---
title: Guida
---
Una guida.
//- content/altro/due.md
Una pagina.
";

/// The metadata of a page that speak of its picture.
fn metadata(site: &str, path: &str) -> String {
    let built = built(site);
    assert_eq!(told(&built, &tree(site)), "");
    let page = built.value.outputs.get(path).expect("a page");
    let page = String::from_utf8_lossy(page);
    let lines = page.lines().map(str::trim);
    let lines = lines.filter(|line| line.contains("og:image") || line.contains("twitter:"));
    lines.collect::<Vec<_>>().join("\n")
}

fn pictures(site: &str) -> Vec<String> {
    let built = built(site);
    let paths = built.value.outputs.iter().map(|file| file.path.to_string());
    paths.filter(|path| path.ends_with(".png")).collect()
}

#[test]
fn the_site_and_each_section_in_the_menu_have_one() {
    assert_eq!(pictures(SITE), ["anteprima.png", "anteprime/guida.png", "anteprime/modelli.png"]);
}

#[test]
fn a_page_names_the_picture_of_its_section_or_else_of_the_site() {
    assert_snapshot!(metadata(SITE, "modelli/uno/index.html"));
    let of_site = metadata(SITE, "altro/due/index.html");
    assert!(of_site.contains("content=\"https://esempio.it/sito/anteprima.png?v="), "{of_site}");
    assert_eq!(metadata(SITE, "index.html"), of_site);
    assert_eq!(metadata(SITE, "404.html"), of_site);
}

#[test]
fn without_the_address_of_the_site_there_is_none() {
    let site = SITE.replace("base_url: https://esempio.it/sito\n", "");
    assert!(pictures(&site).is_empty());
    assert_eq!(metadata(&site, "modelli/uno/index.html"), "");
}

#[test]
fn a_picture_is_the_same_on_every_machine() {
    let built = built(SITE);
    let picture = built.value.outputs.get("anteprime/modelli.png").expect("a picture");
    assert_eq!(picture[..8], *b"\x89PNG\r\n\x1a\n");
    assert_eq!(picture[16..24], [1200_u32.to_be_bytes(), 630_u32.to_be_bytes()].concat());
    assert_snapshot!(Hash::of(picture).to_string());
}

#[test]
fn it_is_drawn_again_only_for_other_words() {
    let (state, _) = updated(&tree(SITE), None);
    let (state, made) =
        updated(&tree(&SITE.replace("Un modello.", "Un altro modello.")), Some(state));
    assert!(made.contains_key("modelli/uno/index.html"));
    assert!(made.keys().all(|path| !path.ends_with(".png")), "{:?}", made.keys());
    let renamed = SITE.replace("title: Modelli,", "title: I nostri modelli,");
    let (_, made) = updated(&tree(&renamed), Some(state));
    let drawn: Vec<&String> = made.keys().filter(|path| path.ends_with(".png")).collect();
    assert_eq!(drawn, ["anteprime/modelli.png"]);
    let page = String::from_utf8_lossy(&made["modelli/uno/index.html"]);
    assert!(page.contains("og:image:alt\" content=\"I nostri modelli · "), "{page}");
}

#[test]
fn no_words_are_too_long_or_too_strange() {
    for words in ["", "parola ".repeat(80).trim(), &"x".repeat(400), "漢字 \u{202e}\u{301}🙂"] {
        let site = SITE.replace("title: Modelli,", &format!("title: '{words}',"));
        let site =
            site.replace("tagline: I servizi delle Province", &format!("tagline: '{words}'"));
        assert_eq!(pictures(&site).len(), 3, "{words}");
    }
}
