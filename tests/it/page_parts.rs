//! What a page shows besides its text: the areas to which it belongs, its fields in their places, and
//! what tells readers how far they can trust it.

use crate::fixture::{built, told, tree};

const SITE: &str = "
    //- vasta.yaml
    title: Prova
    version: maggio 2026
    reviewer: la redazione
    areas: { type: ambito, short: sigla }
    history_url: https://esempio.it/storia/{path}
    //- content/_schemas/ambito.yaml
    label: Ambito
    folder: ambiti
    order: [order]
    fields:
      sigla: { kind: text, label: Sigla }
    //- content/_schemas/modello.yaml
    label: Modello
    folder: modelli
    facets: [ambito]
    fields:
      ambito: { kind: page, of: ambito, label: Ambito }
      fasi: { kind: list, of: { kind: text }, show: steps, label: Che cosa copre }
      riga: { kind: integer, show: hidden, label: Riga }
      vicini: { kind: list, of: { kind: page }, label: Vicini }
      ruoli:
        kind: list
        label: Chi fa che cosa
        of:
          kind: object
          fields:
            chi: { kind: text, label: Chi }
    //- content/ambiti/gare.md
    ---
    title: Gare d'appalto
    order: 2
    sigla: SUA
    ---
    //- content/ambiti/fondi.md
    ---
    title: Fondi europei
    order: 1
    ---
    //- content/modelli/_index.md
    ---
    title: Modelli
    ---
    //- content/modelli/sua.md
    ---
    title: Il modello
    ambito: gare
    fasi: [Programmare, Svolgere]
    riga: 7
    vicini: [/ambiti/gare.md, /ambiti/fondi.md, altro, /modelli/_index.md]
    ruoli:
      - chi: Comune
    updated: 2026-05-03
    verified: 2026-05-02
    version: '2.1'
    reviewer: ufficio gare
    changes:
      - { date: 2026-04-01, what: Prima versione }
      - { date: 2026-05-03, what: Nuova tariffa }
    ---
    ## Chi fa che cosa

    La tabella dice chi fa che cosa.

    ## Costi

    Nessuno.
    //- content/modelli/altro.md
    ---
    title: Altro modello
    verified: 2026-05-02
    ---
";

fn page(path: &str) -> String {
    let built = built(SITE);
    assert_eq!(told(&built, &tree(SITE)), "");
    let bytes = built.value.outputs.get(path).expect("a page of the site");
    String::from_utf8(bytes.to_vec()).expect("pages are UTF-8")
}

/// The places of `words` in `text`, one after the other.
fn follow(text: &str, words: &[&str]) {
    let mut rest = text;
    for word in words {
        rest = rest.split_once(word).unwrap_or_else(|| panic!("no {word} in\n{rest}")).1;
    }
}

#[test]
fn a_page_and_its_card_carry_the_areas_that_its_fields_name() {
    let area = "<a class=\"area area-2\" href=\"../../ambiti/gare/index.html\" title=\"Gare d&#39;appalto\">SUA</a>";
    assert!(page("modelli/sua/index.html").contains("class=\"it-page di-area-2\""));
    let page_of_model = page("modelli/sua/index.html").replace("&#x27;", "&#39;");
    assert!(page_of_model.contains(area), "{page_of_model}");
    let section = page("modelli/index.html");
    follow(
        &section,
        &["it-card di-area-2", "<span class=\"area area-2\">SUA</span>", "Il modello"],
    );
    assert!(!section.contains("class=\"badge\">Gare"), "said once, by the area");
    // Without a short name an area is called by its title, and it is its own area.
    assert!(
        page("ambiti/fondi/index.html")
            .contains("<span class=\"area area-1\">Fondi europei</span>")
    );
}

#[test]
fn fields_stand_under_the_heading_of_their_name_or_below_the_text() {
    let html = page("modelli/sua/index.html");
    follow(
        &html,
        &[
            "<ol class=\"steppers\">",
            "<li>Programmare</li>",
            "id=\"chi-fa-che-cosa\"",
            "La tabella dice",
            "<th scope=\"col\">Chi</th>",
            "id=\"costi\"",
            "id=\"dato_vicini\"",
            "<ul class=\"link-list\">",
        ],
    );
    assert_eq!(html.matches("<th scope=\"col\">Chi</th>").count(), 1);
    assert!(!html.contains("dato_ruoli") && !html.contains(">Riga<"), "{html}");
}

#[test]
fn a_page_says_who_checked_it_and_what_changed() {
    let html = page("modelli/sua/index.html");
    follow(
        &html,
        &[
            "Informazioni verificate il <time datetime=\"2026-05-02\">2 maggio 2026</time> (ufficio gare)",
            "Versione 2.1",
            "href=\"#casa_storia\"",
            "id=\"casa_storia\"",
            "Nuova tariffa",
            "Prima versione",
            "https://esempio.it/storia/content/modelli/sua.md",
        ],
    );
    let other = page("modelli/altro/index.html");
    follow(&other, &["(la redazione)", "Versione maggio 2026", "https://esempio.it/storia/"]);
}
