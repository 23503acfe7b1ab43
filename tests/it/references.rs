//! What texts mention without a link: acts of law lead to the page about them.

use vasta::base::Checked;
use vasta::pipeline::Built;

use crate::fixture::{built, text_of, told, tree};

/// A site with pages about acts; what is written after it is added.
const ACTS: &str = "
//- vasta.yaml
title: Prova
markdown: { citations: norma }
//- content/_schemas/norma.yaml
label: Norma
folder: norme
fields:
  urn: { kind: urn, required: true }
//- content/norme/codice.md
---
title: Il codice
urn: urn:nir:stato:decreto.legislativo:2023-03-31;36
---
Il d.lgs. 36/2023 non rimanda a sé, la legge 56/2014 sì.

## Articolo 62 – Qualificazione

## Le fasce {#articolo-63}
//- content/norme/delrio.md
---
title: La legge Delrio
urn: urn:nir:stato:legge:2014-04-07;56
---
Testo.
//- content/norme/decreto.md
---
title: Il decreto
urn: urn:nir:presidente.consiglio.ministri:decreto:2011-06-30
---
Testo.
";

fn site(pages: &str) -> Checked<Built> {
    let site = format!("{ACTS}{pages}");
    let built = built(&site);
    assert_eq!(told(&built, &tree(&site)), "");
    built
}

#[test]
fn references_to_acts_lead_to_their_pages_and_articles() {
    let built = site(
        "
//- content/guida.md
Lo dicono l'art. 62 del d.lgs. 36/2023, l'articolo 63, comma 2, del decreto legislativo 31 marzo
2023, n. 36, l'articolo 1 della legge
56/2014 e il DPCM 30 giugno 2011. La legge 241/1990 resta testo.
",
    );
    assert_eq!(
        text_of(&built, "guida/index.html"),
        "<p>Lo dicono l’<a href=\"../norme/codice/index.html#articolo-62-qualificazione\">art. 62 del \
         d.lgs. 36/2023</a>, l’<a href=\"../norme/codice/index.html#articolo-63\">articolo 63, comma 2, \
         del decreto legislativo 31 marzo\n2023, n. 36</a>, l’<a \
         href=\"../norme/delrio/index.html\">articolo 1 della legge\n56/2014</a> e il <a \
         href=\"../norme/decreto/index.html\">DPCM 30 giugno 2011</a>. La legge 241/1990 resta \
         testo.</p>"
    );
}

#[test]
fn each_act_and_article_is_linked_once_and_never_on_its_own_page() {
    let built = site("
//- content/due.md
La legge 56/2014, l'art. 1 della legge 56/2014, ancora la legge 56/2014 e l'art. 1 della legge 56/2014.
//- content/scritto.md
Vedi la [Delrio](norme/delrio.md), cioè la legge 56/2014.
");
    let link = "<a href=\"../norme/delrio/index.html\">";
    assert_eq!(
        text_of(&built, "due/index.html"),
        format!(
            "<p>La {link}legge 56/2014</a>, l’{link}art. 1 della legge 56/2014</a>, ancora la legge \
             56/2014 e l’art. 1 della legge 56/2014.</p>"
        )
    );
    let written = text_of(&built, "scritto/index.html");
    assert_eq!(written, format!("<p>Vedi la {link}Delrio</a>, cioè la legge 56/2014.</p>"));
    let codice = text_of(&built, "norme/codice/index.html");
    let paragraph = codice.lines().next().unwrap_or_default();
    let link = "<a href=\"../../norme/delrio/index.html\">";
    assert_eq!(
        paragraph,
        format!("<p>Il d.lgs. 36/2023 non rimanda a sé, la {link}legge 56/2014</a> sì.</p>")
    );
}

#[test]
fn headings_links_code_and_images_stay_as_they_are() {
    let text = "
//- content/guida.md
## La legge 56/2014

[La legge 56/2014](https://esempio.it/), <a href=\"https://esempio.it/\">la legge 56/2014</a>,
`legge 56/2014`, ![legge 56/2014](figura.svg)
//- content/figura.svg
<svg/>
";
    let found = text_of(&site(text), "guida/index.html");
    assert!(!found.contains("norme/delrio"), "{found}");
    let after = text_of(
        &site(&text.replace("figura.svg)", "figura.svg) legge 56/2014")),
        "guida/index.html",
    );
    assert!(after.contains("<a href=\"../norme/delrio/index.html\">legge 56/2014</a>"), "{after}");
}

#[test]
fn an_act_lists_the_pages_that_refer_to_it() {
    let built = site(
        "
//- content/guida.md
---
title: La guida
---
Vedi.[^a]

[^a]: Legge 56/2014.
",
    );
    let page = built.value.outputs.get("norme/delrio/index.html").expect("a page");
    let page = String::from_utf8_lossy(page);
    let backlinks = page.split_once("it-backlinks").expect("the list of backlinks").1;
    assert!(backlinks.contains(">La guida</a>") && backlinks.contains(">Il codice</a>"));
    let page = built.value.outputs.get("guida/index.html").expect("a page");
    assert!(
        String::from_utf8_lossy(page)
            .contains("<a href=\"../norme/delrio/index.html\">Legge 56/2014</a>")
    );
}

#[test]
fn without_a_type_for_acts_references_are_text() {
    let plain = ACTS.replace("markdown: { citations: norma }\n", "");
    let built = built(&format!("{plain}//- content/guida.md\nLa legge 56/2014.\n"));
    assert_eq!(text_of(&built, "guida/index.html"), "<p>La legge 56/2014.</p>");
}
