//! Editions: one site for each Provincia, made of the national files.

use std::collections::BTreeMap;
use std::sync::Mutex;

use vasta::base::Table;
use vasta::pipeline::editions::{Editing, Edition};
use vasta::pipeline::{self, Settings};
use vasta::source::{Editions, Tree};

use crate::fixture::{told, tree};

const SITE: &str = r#"
    //- vasta.yaml
    title: Prova
    base_url: https://esempio.it/
    publisher: { name: UPI, email: upi@esempio.it }
    editions:
      folder: province
      id: sigla
      values:
        provincia.nome: { field: title, national: "[nome della Provincia]" }
        ufficio.email: { national: "[e-mail]", optional: true }
        ufficio.telefono: { national: "[telefono]", optional: true }
    language_rules: { acronym: off }
    //- content/_schemas/provincia.yaml
    label: Provincia
    folder: province
    fields: { sigla: { kind: text, label: Sigla } }
    //- content/_index.md
    ---
    title: Prova
    ---
    [La SUA](guide/sua.md) e [la convenzione](convenzione.md).
    //- content/guide/sua.md
    ---
    title: La SUA
    ---
    Il modello nazionale.

    La quota è decisa dagli enti.
    //- content/convenzione.md
    ---
    title: Convenzione
    description: "Tra il Comune e la {{ provincia.nome }}"
    adattabile: true
    ---
    La **{{ provincia.nome }}** e il Comune. Scrivi a {{ ufficio.email }}, vedi [la SUA](guide/sua.md).
    //- content/solo.md
    ---
    title: Solo a Brescia
    only_in: [bs]
    ---
    Testo.
    //- content/non-a-treviso.md
    ---
    title: Non a Treviso
    hidden_in: [tv]
    ---
    Testo.
    //- content/province/treviso.md
    ---
    title: Provincia di Treviso
    sigla: TV
    ---
    Testo.
    //- content/province/brescia.md
    ---
    title: Provincia di Brescia
    sigla: BS
    ---
    Testo.
    //- content/province/aquila.md
    ---
    title: Provincia dell'Aquila & dintorni
    sigla: AQ
    ---
    Testo.
    //- content/province/belluno.md
    ---
    title: Provincia di Belluno
    sigla: BL
    ---
    Testo.
    //- editions/tv.yaml
    title: Prova di Treviso
    base_url: https://treviso.esempio.it
    publisher: { name: Provincia di Treviso }
    colour: "\#7a1f3d"
    menu: [{ title: Contatti, page: contatti.md }]
    values:
      ufficio.email: sua@esempio.it
    //- editions/tv/replace/guide/sua.md
    ---
    title: La SUA
    ---
    Il modello nazionale.

    La quota è decisa dalla conferenza dei Comuni.
    //- editions/tv/add/contatti.md
    ---
    title: Contatti
    adattabile: true
    ---
    Scrivi a {{ ufficio.email }}.
    //- editions/bs/theme/i18n/it.yaml
    edition: Versione di
"#;

fn site() -> Tree {
    tree(&SITE.replace("\\#", "#"))
}

fn editions(tree: &Tree) -> Editions<'_> {
    let checked = Editions::of(tree);
    assert_eq!(checked.diagnostics, []);
    checked.value.expect("the site has editions")
}

/// The files of one edition, built alone.
fn alone(editions: &Editions<'_>, id: Option<&str>) -> BTreeMap<String, String> {
    let tree = editions.select(id);
    assert_eq!(tree.diagnostics, []);
    let built = pipeline::build(&tree.value, &Settings::default());
    assert_eq!(told(&built, &tree.value), "", "{id:?}");
    let files = built.value.outputs.iter();
    files.map(|file| (file.path.to_string(), text(&file.bytes))).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn links_to_a_page_that_an_edition_leaves_out_are_words() {
    let sigla = "sigla: { kind: text, label: Sigla }";
    let site = SITE
        .replace("    editions:\n", "    navigation: [{ page: guide/vecchia.md }]\n    editions:\n")
        .replace(sigla, &format!("{sigla}, guida: {{ kind: page, label: Guida }}"))
        .replace("sigla: TV", "sigla: TV\n    guida: vecchia")
        .replace(
            "    //- editions/tv.yaml\n",
            "    //- editions/tv.yaml\n    hide: [guide/vecchia.md]\n",
        )
        .replace(
            "[La SUA](guide/sua.md) e",
            "[La SUA](guide/sua.md), [*la* vecchia](guide/vecchia.md#punto) e",
        );
    let site = format!(
        "{site}    //- content/guide/vecchia.md\n    ---\n    title: La vecchia guida\n    ---\n    \
         ## Punto\n    //- content/_search-tests.yaml\n    \
         - {{ query: vecchia, page: guide/vecchia.md }}\n"
    );
    let tree = tree(&site.replace("\\#", "#"));
    let editions = editions(&tree);
    let treviso = alone(&editions, Some("tv"));
    let home = &treviso["index.html"];
    assert!(home.contains("<a href=\"guide/sua/index.html\">La SUA</a>, <em>la</em> vecchia e"));
    assert!(treviso["edizione/index.html"].contains("<li>La vecchia guida</li>"));
    assert!(!treviso.contains_key("guide/vecchia/index.html"));
    assert!(treviso.values().all(|file| !file.contains("guide/vecchia/")), "no link is left");
    let place = "edizione/index.html#edizione_aggiunte";
    assert!(treviso["contatti/index.html"].contains(place), "what is added has its place");
    assert!(treviso["edizione/index.html"].contains("id=\"edizione_aggiunte\""));
    let checked = {
        let tree = editions.select(Some("tv")).value;
        pipeline::check(&tree, &Settings::default(), &Table::default(), &|_| {}).diagnostics
    };
    assert_eq!(checked, [], "nothing is expected of what is not there");
    let brescia = alone(&editions, Some("bs"));
    assert!(brescia["index.html"].contains("href=\"guide/vecchia/index.html#punto\""));
}

#[test]
fn editions_made_at_once_are_what_each_is_alone() {
    let tree = site();
    let editions = editions(&tree);
    let ids: Vec<&str> = editions.ids().collect();
    assert_eq!(ids, ["aq", "bl", "bs", "tv"]);
    let (settings, highlights) = (Settings::default(), Table::default());
    let editing = Editing { editions: &editions, settings: &settings, highlights: &highlights };
    let built = Mutex::new(BTreeMap::new());
    let first = editing.first(&ids).expect("there are four");
    editing.run(first, &ids, &|edition: Edition| {
        assert_eq!(edition.diagnostics, [], "{}", edition.id);
        let files = edition.files();
        let files = files.iter().map(|file| (file.path.to_string(), text(&file.bytes)));
        let files: BTreeMap<String, String> = files.collect();
        built.lock().expect("no panic").insert(edition.id, files);
    });
    let built = built.into_inner().expect("no panic");
    assert_eq!(built.len(), 4);
    for (id, files) in &built {
        let alone = alone(&editions, Some(id));
        assert_eq!(files.keys().collect::<Vec<_>>(), alone.keys().collect::<Vec<_>>(), "{id}");
        let differ = files.iter().find(|(path, file)| alone[*path] != **file);
        assert!(differ.is_none(), "{id}: {differ:?} is not\n{}", alone[differ.expect("one").0]);
    }
}

#[test]
fn an_edition_has_its_values_its_pages_and_its_words() {
    let tree = site();
    let editions = editions(&tree);
    let national = alone(&editions, None);
    let treviso = alone(&editions, Some("tv"));
    let aquila = alone(&editions, Some("aq"));
    let brescia = alone(&editions, Some("bs"));
    let has = |files: &BTreeMap<String, String>, path: &str, part: &str| {
        assert!(files[path].contains(part), "no `{part}` in {path}:\n{}", files[path]);
    };
    has(&national, "convenzione/index.html", "<strong>[nome della Provincia]</strong>");
    has(&national, "convenzione/index.html", "Scrivi a [e-mail]");
    has(&treviso, "convenzione/index.html", "<strong>Provincia di Treviso</strong>");
    has(&treviso, "convenzione/index.html", "Tra il Comune e la Provincia di Treviso");
    has(&treviso, "convenzione/index.html", "Scrivi a sua@esempio.it");
    has(&aquila, "convenzione/index.html", "<strong>Provincia dell’Aquila &amp; dintorni</strong>");
    has(&aquila, "convenzione/index.html", "Scrivi a [e-mail]");

    let pages = |files: &BTreeMap<String, String>| {
        let names = ["solo", "non-a-treviso", "contatti", "edizione"];
        names.map(|name| files.contains_key(&format!("{name}/index.html")))
    };
    assert_eq!(pages(&national), [false, true, false, false]);
    assert_eq!(pages(&treviso), [false, false, true, true]);
    assert_eq!(pages(&brescia), [true, true, false, true]);

    has(&treviso, "guide/sua/index.html", "https://esempio.it/guide/sua/");
    has(&treviso, "guide/sua/index.html", "../../edizione/index.html#guide-sua");
    has(&treviso, "edizione/index.html", "dagli enti");
    has(&treviso, "edizione/index.html", "dalla conferenza dei Comuni");
    has(&treviso, "index.html", ">Contatti</a>");
    has(&treviso, "index.html", "Provincia di Treviso");
    has(&treviso, "tema/stile.css", "--header: #7a1f3d");
    has(&treviso, "sitemap.xml", "https://treviso.esempio.it/guide/sua/");
    has(&brescia, "index.html", "Versione di");
    assert!(!treviso["index.html"].contains("upi@esempio.it"), "its publisher is another");
    assert!(!aquila.contains_key("sitemap.xml"), "its address is not known");
}

#[test]
fn mistakes_are_told_with_their_edition() {
    let wrong = SITE
        .replace("\\#", "#")
        .replace("Scrivi a {{ ufficio.email }}.", "Scrivi {{ ufficio.telefono }} {{ ufficio.email")
        .replace("La **{{ provincia.nome }}**", "La **{{ provincia.nom }}**")
        .replace("[telefono]\", optional: true", "[telefono]\"")
        .replace("replace/guide/sua.md", "replace/guide/sue.md")
        .replace("      ufficio.email: sua@", "      ufficio.mail: sua@")
        .replace("#7a1f3d", "#ffcc00")
        .replace("hidden_in: [tv]", "hidden_in: [tvv]")
        .replace("editions/bs/theme", "editions/bb/theme");
    let tree = tree(&wrong);
    let checked = Editions::of(&tree);
    let editions = checked.value.expect("the site has editions");
    let mut diagnostics = checked.diagnostics;
    let selected = editions.select(Some("tv")).into_value(&mut diagnostics);
    let built = pipeline::build(&selected, &Settings::default());
    diagnostics.extend(built.diagnostics);
    insta::assert_snapshot!(crate::fixture::written(&diagnostics, &selected));
}
