//! The indexes through which every page is found without a search.

use std::collections::BTreeMap;

use vasta::pipeline::{self, Settings, State};
use vasta::search::Index;
use vasta::source::Tree;

use crate::fixture::{built, told, tree, updated};

/// The headings and links of a page's main part, below its title, one a line.
fn outline(html: &[u8]) -> String {
    let html = String::from_utf8(html.to_vec()).expect("pages are UTF-8");
    let (_, main) = html.split_once("</h1>").expect("a page has a title");
    let (main, _) = main.split_once("</main>").expect("a page has a main part");
    let mut outline = String::new();
    for part in main.split('<').filter(|part| part.starts_with("h2") || part.starts_with("a ")) {
        let (tag, text) = part.split_once('>').expect("tags are closed");
        match tag.split_once("href=\"").and_then(|(_, rest)| rest.split_once('"')) {
            Some((address, _)) => outline.push_str(&format!("{text} <{address}>\n")),
            None => outline.push_str(&format!("{text}\n")),
        }
    }
    outline
}

const SITE: &str = "
    //- vasta.yaml
    title: Prova
    taxonomies:
      argomenti: { title: Argomenti }
    //- content/_schemas/pratica.yaml
    label: Buona pratica
    folder: pratiche
    facets: [provincia]
    fields:
      provincia: { kind: text, label: Provincia }
    //- content/pratiche/uno.md
    ---
    title: «À2» per i Comuni
    provincia: Treviso
    argomenti: Gare
    ---
    //- content/pratiche/due.md
    ---
    title: A10 – Acquisti insieme
    provincia: Brescia
    ---
    //- content/tre.md
    ---
    title: 36 regole
    ---
    //- content/vecchia.md
    ---
    title: Avviso
    expires: 2026-01-31
    ---
";

#[test]
fn the_search_page_leads_to_an_alphabet_the_facets_and_the_taxonomies() {
    let settings = Settings { today: "2026-05-01".parse().ok(), ..Settings::default() };
    let built = pipeline::build(&tree(SITE), &settings);
    assert_eq!(told(&built, &tree(SITE)), "");
    // The first link is for a search that finds nothing.
    let page = |path: &str| outline(built.value.outputs.get(path).expect("a page"));
    insta::assert_snapshot!(page("ricerca/index.html"), @r"
    Indice dalla A alla Z <../ricerca/a-z/index.html>
    Oppure parti da una sezione
    Pratiche <../pratiche/index.html>
    Oppure scorri un indice
    Indice dalla A alla Z <../ricerca/a-z/index.html>
    Indice per provincia <../ricerca/provincia/index.html>
    Indice per tipo di pagina <../ricerca/tipo/index.html>
    Argomenti <../argomenti/index.html>
    ");
    insta::assert_snapshot!(page("ricerca/a-z/index.html"), @r"
    0–9 e altri segni <#voce_0-9-e-altri-segni>
    A <#voce_a>
    P <#voce_p>
    0–9 e altri segni
    36 regole <../../tre/index.html>
    A
    «À2» per i Comuni <../../pratiche/uno/index.html>
    A10 – Acquisti insieme <../../pratiche/due/index.html>
    P
    Pratiche <../../pratiche/index.html>
    ");
    insta::assert_snapshot!(page("ricerca/provincia/index.html"), @r"
    Brescia <#voce_brescia>
    Treviso <#voce_treviso>
    Brescia
    A10 – Acquisti insieme <../../pratiche/due/index.html>
    Treviso
    «À2» per i Comuni <../../pratiche/uno/index.html>
    ");
}

#[test]
fn a_site_of_one_page_has_no_index() {
    let built = built("//- content/_index.md\nTesto.\n");
    assert!(built.value.outputs.get("ricerca/a-z/index.html").is_none());
}

/// Six hundred pages: too many for an index of one page.
fn large_site(last_title: &str) -> Tree {
    let mut files: BTreeMap<String, String> = (0..600)
        .map(|n| {
            let letter = char::from(b'A' + (n % 20) as u8);
            (format!("content/p/{n}.md"), format!("---\ntitle: {letter} {n}\n---\nTesto.\n"))
        })
        .collect();
    files.insert("content/p/599.md".to_owned(), format!("---\ntitle: {last_title}\n---\nTesto.\n"));
    Tree::of_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

/// Builds with what `before` left; gives the indexes that were made too.
fn updated_indexes(tree: &Tree, before: Option<State>) -> (State, BTreeMap<String, Vec<u8>>) {
    let (state, mut made) = updated(tree, before);
    made.retain(|path, _| path.starts_with("ricerca/") && path.ends_with(".html"));
    (state, made)
}

#[test]
fn a_large_site_has_a_page_for_each_letter_and_a_title_moves_only_its_own() {
    let (state, first) = updated_indexes(&large_site("T ultima"), None);
    let alphabet = outline(&first["ricerca/a-z/index.html"]);
    assert!(alphabet.starts_with("A <../../ricerca/a-z/a/index.html>\nB <"), "{alphabet}");
    let letter = outline(&first["ricerca/a-z/t/index.html"]);
    assert!(letter.ends_with("T ultima <../../../p/599/index.html>\n"), "{letter}");

    let (state, second) = updated_indexes(&large_site("T più di prima"), Some(state));
    assert_eq!(second.keys().collect::<Vec<_>>(), ["ricerca/a-z/t/index.html"]);

    // From one letter to another: both, and the page with the numbers.
    let (_, third) = updated_indexes(&large_site("B ora"), Some(state));
    let moved = ["ricerca/a-z/b/index.html", "ricerca/a-z/index.html", "ricerca/a-z/t/index.html"];
    assert_eq!(third.keys().collect::<Vec<_>>(), moved);
    let (_, clean) = updated_indexes(&large_site("B ora"), None);
    assert!(third.iter().all(|(path, bytes)| clean[path] == *bytes));
}

#[test]
fn pages_of_a_type_can_weigh_less_in_the_search_or_stay_out_of_it() {
    let site = |search: &str| {
        format!(
            "
    //- vasta.yaml
    title: Prova
    base_url: https://esempio.it
    //- content/_schemas/fonte.yaml
    label: Fonte
    folder: fonti
    {search}
    //- content/fonti/delibera.md
    ---
    title: Delibera sulla convenzione
    ---
    Convenzione tra Provincia e Comuni: la convenzione, la delibera.
    //- content/guida.md
    ---
    title: Guida
    ---
    Come si scrive una convenzione.
    "
        )
    };
    let found = |search: &str| {
        let site = site(search);
        let built = built(&site);
        assert_eq!(told(&built, &tree(&site)), "");
        let outputs = &built.value.outputs;
        let alphabet = outline(outputs.get("ricerca/a-z/index.html").expect("a page"));
        assert!(alphabet.contains("Delibera"), "{alphabet}");
        let sitemap = outputs.get("sitemap.xml").expect("a file");
        assert!(String::from_utf8_lossy(sitemap).contains("fonti/delibera/"));
        let index = Index::open(|path| outputs.get(path).map(<[u8]>::to_vec)).expect("an index");
        let hits = index.search("convenzione", 10).hits;
        hits.into_iter().map(|hit| (hit.url, hit.score)).collect::<Vec<_>>()
    };
    let (full, low, none) = (found(""), found("search: low"), found("search: false"));
    assert_eq!(full, found("search: true"));
    let score = |hits: &[(String, u64)], page: &str| {
        hits.iter().find(|(url, _)| url.starts_with(page)).map(|(_, score)| *score)
    };
    let (before, after) = (score(&full, "fonti/"), score(&low, "fonti/"));
    let (before, after) = (before.expect("a hit"), after.expect("a hit"));
    assert!((2 * after).abs_diff(before) * 20 < before, "{before} {after}");
    assert_eq!(score(&full, "guida/"), score(&low, "guida/"));
    assert_eq!(score(&none, "fonti/"), None);
    assert_eq!(none.len(), 1);
    let wrong = site("search: poco");
    assert!(told(&built(&wrong), &tree(&wrong)).contains("V008"));
}
