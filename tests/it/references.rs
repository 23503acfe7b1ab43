//! What texts mention without a link: acts of law lead to the page about them, and terms of the
//! glossary to the page that explains them.

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

/// A site with a glossary; what is written after it is added.
const TERMS: &str = "
//- vasta.yaml
title: Prova
markdown: { glossary: termine }
//- content/_schemas/termine.yaml
label: Termine
folder: glossario
fields:
  sigla: { kind: text }
  nota: { kind: markdown }
//- content/glossario/sua.md
---
title: Stazione unica appaltante
sigla: SUA
synonyms: [centrale di gara, ufficio, progettazione, gare, legge 136, ente che compra]
nota: La SUA non è una centrale unica di committenza.
---
La SUA non rimanda a sé.
//- content/glossario/cuc.md
---
title: Centrale unica di committenza (CUC)
sigla: CUC
synonyms: [ente che compra]
---
Testo.
//- content/glossario/stazione.md
---
title: Stazione
---
Testo.
//- content/glossario/qualificazione.md
---
title: Qualificazione delle stazioni
synonyms: [qualificazione]
---
Testo.
//- content/glossario/gara.md
---
title: Gara d'appalto
---
Testo.
";

/// The text of a page of the site with a glossary, with short links to terms: `[sua|SUA]`.
fn mentions(page: &str) -> String {
    let site = format!("{TERMS}//- content/guida.md\n{page}");
    let built = built(&site);
    assert_eq!(told(&built, &tree(&site)), "");
    shortened(&text_of(&built, "guida/index.html"), "../glossario/")
}

fn shortened(html: &str, folder: &str) -> String {
    let mut short = String::new();
    for part in html.split_inclusive("</a>") {
        let start = format!("<a class=\"termine\" href=\"{folder}");
        let Some((before, link)) = part.split_once(&start) else {
            short.push_str(part);
            continue;
        };
        let (address, text) = link.split_once("/index.html\">").expect("an address");
        short.push_str(&format!("{before}[{address}|{}]", text.trim_end_matches("</a>")));
    }
    short
}

#[test]
fn the_first_mention_of_each_term_leads_to_its_page() {
    assert_eq!(
        mentions(
            "La stazione unica appaltante, o SUA. Di nuovo SUA e Stazione Unica Appaltante.\n"
        ),
        "<p>La [sua|stazione unica appaltante], o <abbr title=\"Stazione unica appaltante\">SUA</abbr>. \
         Di nuovo SUA e Stazione Unica Appaltante.</p>"
    );
    assert_eq!(
        mentions("La SUA e la CUC: la gara d'appalto, GARA D’APPALTO.\n"),
        "<p>La [sua|<abbr title=\"Stazione unica appaltante\">SUA</abbr>] e la [cuc|<abbr \
         title=\"Centrale unica di committenza (CUC)\">CUC</abbr>]: la [gara|gara d’appalto], \
         GARA D’APPALTO.</p>"
    );
}

#[test]
fn synonyms_are_names_when_they_can_mean_nothing_else() {
    assert_eq!(mentions("Una centrale di gara.\n"), "<p>Una [sua|centrale di gara].</p>");
    assert_eq!(mentions("La qualificazione.\n"), "<p>La [qualificazione|qualificazione].</p>");
    for common in [
        "L’ufficio fa gare.",
        "La progettazione.",
        "La legge 136.",
        "Un ente che compra.",
        "Le stazioni.",
    ] {
        assert_eq!(mentions(&format!("{common}\n")), format!("<p>{common}</p>"));
    }
    assert_eq!(mentions("Fa la sua parte.\n"), "<p>Fa la sua parte.</p>");
}

#[test]
fn the_longest_name_wins_and_words_must_stand_together() {
    assert_eq!(
        mentions("La centrale unica di committenza e la stazione unica.\n"),
        "<p>La [cuc|centrale unica di committenza] e la [stazione|stazione] unica.</p>"
    );
    let apart = "Una centrale. Di gara, gara: d’appalto, sottostazione.";
    assert_eq!(mentions(&format!("{apart}\n")), format!("<p>{apart}</p>"));
    assert_eq!(mentions("Una centrale\ndi gara.\n"), "<p>Una [sua|centrale\ndi gara].</p>");
}

#[test]
fn links_headings_code_table_heads_and_raw_elements_stay_as_they_are() {
    let text = "
## La SUA

[La SUA](https://esempio.it/ \"SUA > CUC\") `SUA` <kbd>SUA</kbd>

| SUA |
|---|
| CUC |

```
SUA
```

<details><summary>SUA</summary>Testo</details>

![SUA](figura.svg \"SUA\")
";
    let figure = "//- content/figura.svg\n<svg/>\n";
    let found = mentions(&format!("{text}{figure}"));
    assert_eq!(found.matches("[sua|").count(), 0, "{found}");
    assert!(found.contains("<td>[cuc|"), "{found}");
    let found = mentions(&format!("{text}\nLa SUA.\n{figure}"));
    assert!(found.contains("<p>La [sua|"), "{found}");
}

#[test]
fn tables_of_data_hold_values_and_no_links() {
    let table = "```tabella\nraccolta: pagine\nconta: [tipo, sezione]\n```\n\nIl termine.\n";
    let named = TERMS.replace("title: Stazione\n", "title: Termine\n");
    let site = format!("{named}//- content/guida.md\n{table}");
    let built = built(&site);
    assert_eq!(told(&built, &tree(&site)), "");
    let found = built.value.outputs.get("guida/index.html").expect("a page");
    let found = String::from_utf8_lossy(found);
    let (before, after) = found.split_once("</table>").expect("a table");
    assert!(before.contains("Termine") && !before.contains("class=\"termine\""), "{found}");
    assert!(after.contains("Il <a class=\"termine\""), "{found}");
}

#[test]
fn after_a_link_by_hand_a_term_needs_no_other() {
    assert_eq!(
        mentions("La [stazione](glossario/sua.md), cioè la SUA.\n"),
        "<p>La <a href=\"../glossario/sua/index.html\">stazione</a>, cioè la <abbr title=\"Stazione \
         unica appaltante\">SUA</abbr>.</p>"
    );
}

#[test]
fn a_term_does_not_lead_to_itself_and_its_fields_lead_to_others() {
    let built = built(TERMS);
    assert_eq!(text_of(&built, "glossario/sua/index.html"), "<p>La SUA non rimanda a sé.</p>");
    let page = built.value.outputs.get("glossario/sua/index.html").expect("a page");
    let page = shortened(&String::from_utf8_lossy(page), "../../glossario/");
    assert!(page.contains("La SUA non è una [cuc|centrale unica di committenza]."), "{page}");
    let page = built.value.outputs.get("glossario/cuc/index.html").expect("a page");
    let page = String::from_utf8_lossy(page);
    assert!(!page.contains("it-backlinks"), "a mention is no backlink");
}
