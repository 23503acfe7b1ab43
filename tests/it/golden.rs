//! Small sites and everything that they become, as the program wrote it.

use insta::assert_snapshot;

use crate::fixture::{built, told, tree};

/// A theme that shows every part of a view and nothing else.
const BARE_THEME: &str = "
//- vasta.yaml
title: Prova
theme: nudo
base_url: https://esempio.it/kb
taxonomies:
  argomenti: { title: Argomenti, singular: Argomento }
markdown:
  glossary: termine
//- themes/nudo/templates/base.html
{% block main %}{% endblock main %}
//- themes/nudo/templates/page.html
{{ page.kind }} «{{ page.title }}» type={{ page.type }} canonical={{ page.canonical }}
path: {% for link in page.breadcrumbs %}{{ root }}{{ link.url }} > {% endfor %}
{% if page.previous %}before: {{ page.previous.title }}
{% endif %}{% if page.next %}after: {{ page.next.title }}
{% endif %}{% for entry in page.toc %}toc: #{{ entry.id }} {{ entry.title }}{% for child in entry.children %} / #{{ child.id }}{% endfor %}
{% endfor %}{% for fact in page.facts %}fact: {{ fact.label }} = {% for value in fact.values %}{{ value.text }}{% if value.url %} <{{ value.url }}>{% endif %}; {% endfor %}{% for column in fact.columns %}|{{ column }}{% endfor %}{% for row in fact.rows %} // {% for value in row %}|{{ value.text }}{% endfor %}{% endfor %}{{ fact.html | safe }}
{% endfor %}{% for terms in page.terms %}terms: {{ terms.label }} = {% for link in terms.items %}{{ link.title }} <{{ link.url }}>; {% endfor %}
{% endfor %}{% for list in page.lists %}list: {{ list.title }} = {% for card in list.cards %}{{ card.title }}; {% endfor %}
{% endfor %}{% for card in page.children %}child: {{ card.title }} ({{ card.description }}) <{{ card.url }}>
{% endfor %}{% for group in page.groups %}group: {{ group.title }} {{ group.count }} <{{ group.url }}>
{% endfor %}{% for link in page.backlinks %}from: {{ link.title }}
{% endfor %}{{ page.content | safe }}{{ page.notes | safe }}
//- themes/nudo/templates/home.html
{% extends \"page.html\" %}
//- themes/nudo/templates/section.html
{% extends \"page.html\" %}
//- themes/nudo/templates/term.html
{% extends \"page.html\" %}
//- themes/nudo/templates/taxonomy.html
{% extends \"page.html\" %}
//- themes/nudo/templates/index.html
{{ page.kind }} «{{ page.title }}»
{% for group in page.groups %}group: {{ group.title }} #{{ group.name }}{% for link in group.links %}; {{ link.title }} <{{ link.url }}>{% endfor %}
{% endfor %}
//- themes/nudo/templates/search.html
{{ page.kind }} root={{ root }}
{% for link in page.indexes %}index: {{ link.title }} <{{ link.url }}>
{% endfor %}
//- themes/nudo/templates/404.html
{{ page.kind }} root={{ root }}
//- themes/nudo/templates/redirect.html
to {{ root }}{{ redirect.url }}
";

/// Diagnostics, then every page and feed; of the search index, the theme and pictures only the names.
fn everything(site: &str) -> String {
    let site = format!("{BARE_THEME}{}", dedented(site));
    let built = built(&site);
    let mut text = told(&built, &tree(&site));
    for file in built.value.outputs.iter() {
        let path = file.path.as_str();
        // They are there only after `cargo xtask fonts`.
        if path.starts_with("tema/caratteri/") {
            continue;
        }
        text.push_str(&format!("=== {path}\n"));
        if !path.starts_with("tema/") && !path.ends_with(".js") && !path.ends_with(".png") {
            text.push_str(String::from_utf8_lossy(&file.bytes).trim());
            text.push('\n');
        }
    }
    text
}

fn dedented(site: &str) -> String {
    let files = crate::fixture::files(site);
    files.iter().map(|(path, text)| format!("//- {path}\n{text}")).collect()
}

#[test]
fn sections_order_neighbours_taxonomies_and_redirects() {
    let made = everything(
        "
        //- content/_index.md
        ---
        title: Inizio
        description: La prima pagina.
        lists:
          - { title: Le ultime, order: -date, limit: 2 }
        ---
        Benvenuti.
        //- content/guide/_index.md
        ---
        title: Guide
        ---
        //- content/guide/seconda.md
        ---
        title: Seconda
        order: 2
        date: 2026-02-01
        argomenti: [Gare, Europa]
        aliases: [/vecchia/, /altra/pagina.html]
        ---
        Vedi [la prima](prima.md#come-si-fa) e [le guide](_index.md).
        //- content/guide/prima.md
        ---
        title: Prima
        order: 1
        date: 2026-01-01
        updated: 2026-03-01
        argomenti: gare
        ---
        Un inizio che diventa il riassunto della pagina.

        ## Come si fa

        ### Subito
        //- content/senza-indice/Pagina Più.md
        Una cartella senza pagina propria.
        //- content/bozza.md
        ---
        title: Bozza
        draft: true
        ---
        ",
    );
    assert_snapshot!(made);
}

#[test]
fn fields_of_every_kind_become_facts() {
    let made = everything(
        "
        //- content/_schemas/scheda.yaml
        label: Scheda
        folder: schede
        facets: [stato]
        fields:
          testo: { kind: text, label: Testo }
          nota: { kind: markdown, label: Nota }
          intero: { kind: integer, label: Intero }
          numero: { kind: number, label: Numero }
          costo: { kind: money, label: Costo }
          attivo: { kind: boolean, label: Attivo }
          avvio: { kind: date, label: Avvio }
          durata: { kind: period, label: Durata }
          stato: { kind: choice, label: Stato, options: { aperto: Aperto, chiuso: Chiuso }, default: aperto }
          parole: { kind: list, of: { kind: text }, label: Parole }
          numeri:
            kind: list
            label: Numeri
            of:
              kind: object
              fields:
                anno: { kind: text, label: Anno }
                valore: { kind: number, label: Valore }
                vuoto: { kind: text, label: Vuoto }
          altra: { kind: page, of: scheda, label: Altra }
          modulo: { kind: asset, label: Modulo }
          sito: { kind: url, label: Sito }
          posta: { kind: email, label: Posta }
          atto: { kind: urn, label: Atto }
        //- content/schede/una.md
        ---
        title: Una
        testo: 026
        nota: \"Con **forza**, vedi [due](due.md).\"
        intero: 12345
        numero: 1234567.5
        costo: { amount: 4555500.50, currency: EUR }
        attivo: true
        avvio: 2026-11
        durata: { from: 2020-05-20, to: 2023-09-30 }
        parole: [uno, due]
        numeri:
          - { anno: 2023, valore: 1.5 }
          - { anno: 2024, valore: 20000 }
        altra: due
        modulo: modulo.txt
        sito: { title: Il sito, url: \"https://www.esempio.it/a\" }
        posta: ufficio@esempio.it
        atto: urn:nir:stato:legge:2014-04-07;56
        ---
        //- content/schede/due.md
        ---
        title: Due
        stato: chiuso
        costo: 10
        sito: https://www.esempio.it/pagina
        ---
        //- content/schede/modulo.txt
        Un modulo.
        ",
    );
    assert_snapshot!(made);
}

#[test]
fn markdown_becomes_readable_html() {
    let made = everything(
        "
        //- content/_schemas/termine.yaml
        label: Termine
        folder: glossario
        fields:
          sigla: { kind: text }
        //- content/glossario/sua.md
        ---
        title: Stazione unica appaltante
        sigla: SUA
        ---
        La SUA non si spiega da sola.
        //- content/_index.md
        # Il titolo

        L'ente chiede alla SUA, poi di nuovo alla SUA, con \"virgolette\" -- e così via...[^a] Ancora.[^a][^b]

        ## Perché?

        ## Perché?

        ### Con `codice` e [collegamento](glossario/sua.md) {#scelto}

        - [ ] da fare
        - [x] fatto
        - semplice

        3. tre
        4. quattro

        | Nome | Importo | |
        |:-----|--------:|:-:|
        | Uno & due | 1.000 | x |

        Termine
        : Definizione.

        > [!WARNING]
        > Attenzione.

        > Citazione.

        ~~tolto~~ *corsivo* **forte** <https://esempio.it/?a=1&b=2> [posta](mailto:a@esempio.it)

        ```json
        {\"a\": 1}
        ```

        ![Una figura](figura.svg \"La didascalia\")

        Testo con ![icona](figura.svg) dentro.

        <b onclick=\"x()\">grezzo</b> <kbd>Ctrl</kbd>

        [^a]: La prima fonte.
        [^b]: [La seconda](https://esempio.it/b).
        //- content/figura.svg
        <svg xmlns=\"http://www.w3.org/2000/svg\"/>
        ",
    );
    assert_snapshot!(made);
}

#[test]
fn an_elasticlunr_index_is_added_when_it_is_asked_for() {
    let site = |search: &str| {
        let pages = "
            //- content/sua.md
            ---
            title: La SUA
            synonyms: [centrale unica, CUC]
            ---
            Le gare dell’ente.

            ## Le gare

            Una gara, due gare: d.lgs. 36/2023.
            ";
        built(&format!("//- vasta.yaml\ntitle: Prova\n{search}{}", dedented(pages)))
    };
    let (without, with) = (site(""), site("search: { elasticlunr: true }\n"));
    let added: Vec<_> = with
        .value
        .outputs
        .iter()
        .filter(|file| without.value.outputs.get(file.path.as_str()) != Some(&*file.bytes))
        .collect();
    assert_eq!(added.len(), 1);
    assert_eq!(added[0].path.as_str(), "ricerca/elasticlunr.json");
    let mut index: serde_json::Value = serde_json::from_slice(&added[0].bytes).expect("JSON");
    // Of the trees of letters one is enough, and of the lists of words none is.
    index["index"] = index["index"]["synonyms"].take();
    index["vasta"]["stop"].take();
    index["vasta"]["elisions"].take();
    assert_snapshot!(serde_json::to_string(&index).expect("JSON"));
}

#[test]
fn the_steps_of_a_section_are_counted() {
    let site = "
        //- content/_schemas/fase.yaml
        label: Fase
        folder: gara
        steps: true
        //- content/gara/_index.md
        ---
        title: Una gara
        ---
        //- content/gara/aggiudicare.md
        ---
        title: Aggiudicare
        order: 2
        ---
        //- content/gara/chiedere.md
        ---
        title: Chiedere
        order: 1
        ---
        //- content/gara/appunti/note.md
        Altro.
        ";
    let built = built(&dedented(site));
    let heading = |path: &str| {
        let html = built.value.outputs.get(path).expect("the page");
        let html = String::from_utf8_lossy(html);
        let (_, rest) = html.split_once("<h1>").expect("a heading");
        rest.split_once("</h1>").expect("it ends").0.to_owned()
    };
    assert_eq!(
        heading("gara/aggiudicare/index.html"),
        "<span class=\"it-step\">Passo 2 di 2</span> Aggiudicare"
    );
    assert_eq!(heading("gara/index.html"), "Una gara");
}
