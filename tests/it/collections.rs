//! Collections: what pages hold, as tables in a text, as files for programs, and explained.

use insta::assert_snapshot;

use crate::fixture::{built, text_of, told, tree, updated};

const SITE: &str = r#"
    //- vasta.yaml
    title: Prova
    base_url: https://esempio.it
    //- content/_schemas/provincia.yaml
    label: Provincia
    folder: province
    fields:
      codice: { kind: text, label: Codice ISTAT, help: "Tre cifre." }
      regione: { kind: choice, options: { veneto: Veneto, marche: Marche }, label: Regione }
      mandato: { kind: period, label: Mandato }
    collections:
      province:
        title: Le Province
        description: Una riga per Provincia.
        columns: [provincia, codice, regione, mandato]
    //- content/_schemas/indicatore.yaml
    label: Indicatore
    folder: indicatori
    fields:
      unita: { kind: text, label: Unità }
      valori:
        kind: list
        label: Valori
        of:
          kind: object
          fields:
            di: { kind: page, of: provincia, label: Di chi }
            anno: { kind: text, label: Anno }
            valore: { kind: number, label: Valore }
    collections:
      numeri: { title: I numeri, rows: valori }
    //- content/province/treviso.md
    ---
    title: Treviso, "la Marca"
    codice: "026"
    regione: veneto
    mandato: { from: 2023-01-29 }
    ---
    //- content/province/ancona.md
    ---
    title: Ancona
    codice: "042"
    regione: marche
    ---
    //- content/indicatori/gare.md
    ---
    title: Gare
    unita: gare
    verified: 2026-11-20
    valori:
      - { di: treviso, anno: "2018", valore: 70 }
      - { di: treviso, anno: "2023", valore: 123 }
      - { di: ancona, anno: "2023", valore: 1234567.5 }
    ---
    //- content/dati/province.md
    ---
    title: Dati sulle Province
    collection: province
    updated: 2026-11-21
    ---
    //- content/dati/numeri.md
    ---
    title: Dati in numeri
    collection: numeri
    ---
    //- content/treviso.md
    ```tabella
    raccolta: numeri
    titolo: Le gare di Treviso
    descrizione: Per anno.
    dove: { di: treviso, indicatore: [gare, fondi] }
    colonne: [anno, valore, di]
    ordina: -anno
    ```
    //- content/conti.md
    ```tabella
    raccolta: province
    titolo: Quante per regione
    conta: [regione, mandato]
    ```
"#;

#[test]
fn a_text_shows_the_rows_it_asks_for() {
    let built = built(SITE);
    assert_eq!(told(&built, &tree(SITE)), "");
    assert_snapshot!(text_of(&built, "treviso/index.html"));
}

#[test]
fn a_text_shows_how_many_rows_there_are_of_each_kind() {
    assert_snapshot!(text_of(&built(SITE), "conti/index.html"));
}

#[test]
fn programs_read_csv_and_json_beside_the_page() {
    let built = built(SITE);
    let file = |path: &str| {
        let bytes = built.value.outputs.get(path).unwrap_or_else(|| panic!("no file `{path}`"));
        String::from_utf8(bytes.to_vec()).expect("UTF-8").replace("\r\n", "\n")
    };
    let paths =
        ["dati/province/province.csv", "dati/numeri/numeri.csv", "dati/province/province.json"];
    assert_snapshot!(paths.map(|path| format!("# {path}\n{}", file(path))).concat());
}

#[test]
fn a_catalogue_describes_all_collections() {
    let built = built(SITE);
    let catalogue = built.value.outputs.get("catalogo.jsonld").expect("a catalogue");
    let catalogue: serde_json::Value = serde_json::from_slice(catalogue).expect("JSON");
    let datasets = catalogue["dcat:dataset"].as_array().expect("a list");
    let files: Vec<&str> = datasets
        .iter()
        .flat_map(|dataset| dataset["dcat:distribution"].as_array().expect("a list"))
        .filter_map(|file| file["dcat:downloadURL"]["@id"].as_str())
        .collect();
    assert_eq!(
        files,
        [
            "https://esempio.it/dati/numeri/numeri.csv",
            "https://esempio.it/dati/numeri/numeri.json",
            "https://esempio.it/dati/province/province.csv",
            "https://esempio.it/dati/province/province.json",
        ]
    );
}

#[test]
fn the_dictionary_explains_every_column() {
    let built = built(SITE);
    let page = built.value.outputs.get("dizionario-dei-dati/index.html").expect("a page");
    let page = String::from_utf8_lossy(page);
    for words in ["<code>codice</code>", "Tre cifre.", "Le Province", "I numeri", "numero"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn mistakes_in_a_figure_are_told_at_their_places() {
    let site = format!(
        "{SITE}{}",
        r"
    //- content/errori.md
    ```tabella
    raccolta: provincie
    ```

    ```tabella
    raccolta: province
    dove: { regone: veneto }
    colonne: [codice, popolazione]
    ```

    ```tabella
    raccolta: province
    dove: { regione: lazio }
    ```

    ```grafico
    tipo: bare
    titolo: Un titolo
    raccolta: numeri
    ```

    ```grafico
    tipo: barre
    raccolta: numeri
    etichetta: anno
    valore: di
    ```

    ```grafico
    raccolta: [numeri
    ```
    //- content/dati/altro.md
    ---
    title: Altro
    collection: numri
    ---
    //- content/_schemas/altro.yaml
    label: Altro
    fields:
      nome: { kind: text }
    collections:
      province: { title: Ancora, rows: nome, columns: [nme] }
"
    );
    assert_snapshot!(told(&built(&site), &tree(&site)));
}

#[test]
fn another_column_is_another_file_even_when_both_are_empty() {
    let site = |column: &str| {
        let columns = format!("columns: [provincia, codice, regione, {column}]");
        let site = SITE.replace("columns: [provincia, codice, regione, mandato]", &columns);
        let site = site.replace("mandato: { from: 2023-01-29 }", "");
        let site = site.replace("conta: [regione, mandato]", "conta: [regione, codice]");
        tree(&site.replace(
            "mandato: { kind: period",
            "note: { kind: text }\n      mandato: { kind: period",
        ))
    };
    let (before, _) = updated(&site("mandato"), None);
    let (_, made) = updated(&site("note"), Some(before));
    let csv = made.get("dati/province/province.csv").expect("the file is made again");
    assert!(String::from_utf8_lossy(csv).starts_with("provincia,codice,regione,note,"));
}
