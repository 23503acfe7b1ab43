//! What readers see of the search: small sites in, answers out.

use std::collections::BTreeMap;

use super::*;
use crate::base::text::fold;

/// A page of one section; its address is made of its title.
fn page(title: &str, text: &str) -> SearchPage {
    SearchPage {
        url: format!(
            "{}/index.html",
            fold(title).replace(|c: char| !c.is_ascii_alphanumeric(), "-")
        ),
        title: title.into(),
        sections: vec![section("", "", text)],
        ..SearchPage::default()
    }
}

fn section(anchor: &str, title: &str, text: &str) -> SearchSection {
    SearchSection { anchor: anchor.into(), title: title.into(), text: text.into() }
}

fn built(pages: &[SearchPage], options: &Options) -> BTreeMap<String, Vec<u8>> {
    let segments = pages.iter().map(|page| segment(page.clone(), options.language)).collect();
    files(segments, options).0.into_iter().collect()
}

fn results_with(pages: &[SearchPage], options: &Options, question: &str) -> Results {
    let files = built(pages, options);
    let index = Index::open(|path| files.get(path).cloned()).expect("an index");
    index.search(question, 10)
}

fn results(pages: &[SearchPage], question: &str) -> Results {
    results_with(pages, &Options::default(), question)
}

/// The titles found, best first.
fn titles(pages: &[SearchPage], question: &str) -> Vec<String> {
    results(pages, question).hits.into_iter().map(|hit| hit.title).collect()
}

/// Three small pages of a municipality.
fn town() -> Vec<SearchPage> {
    vec![
        page("Certificato di residenza", "La richiesta si presenta allo sportello."),
        page("Tributi comunali", "Il pagamento dei tributi."),
        page("Trasparenza", "Gli obblighi di ogni ente."),
    ]
}

#[test]
fn words_of_one_page_may_stand_in_title_and_text() {
    assert_eq!(titles(&town(), "certificato richiesta"), ["Certificato di residenza"]);
}

#[test]
fn a_title_comes_before_a_mention() {
    let pages = [
        page(
            "Agenda",
            "La stazione appaltante, la stazione appaltante e ancora la stazione appaltante.",
        ),
        page("Stazione appaltante", "Una funzione della Provincia."),
    ];
    assert_eq!(titles(&pages, "stazione appaltante")[0], "Stazione appaltante");
}

#[test]
fn the_word_itself_comes_before_its_inflections() {
    let pages =
        [page("A", "Un comune della Provincia."), page("B", "Molti comuni della Provincia.")];
    assert_eq!(titles(&pages, "comuni"), ["B", "A"]);
    assert_eq!(titles(&pages, "comune"), ["A", "B"]);
}

#[test]
fn all_words_come_before_most_words() {
    let pages = [
        page("Gare a Treviso", "Le gare."),
        page("Treviso", "Le gare si fanno in convenzione."),
        page("Altro", "La convenzione."),
    ];
    assert_eq!(titles(&pages, "gare treviso convenzione"), ["Treviso", "Gare a Treviso"]);
}

#[test]
fn words_together_come_before_words_apart() {
    let pages = [
        page(
            "A",
            "La stazione dei treni. Qui parliamo di tutto e poi, dopo molte altre parole lontane, di ente appaltante.",
        ),
        page(
            "B",
            "Qui parliamo di tutto e poi, dopo molte altre parole lontane, della stazione appaltante. Dei treni e di ente.",
        ),
    ];
    assert_eq!(titles(&pages, "stazione appaltante")[0], "B");
}

#[test]
fn a_typing_error_is_forgiven_and_named() {
    let pages = [page("Stazione appaltante", "")];
    let results = results(&pages, "la stazzione appaltante?");
    assert_eq!(results.hits[0].title, "Stazione appaltante");
    assert_eq!(results.suggestion.as_deref(), Some("la stazione appaltante?"));
}

#[test]
fn words_that_are_in_no_page_are_named() {
    let unknown = |question: &str| results(&town(), question).unknown;
    assert_eq!(unknown("tributi, Meteo e dell'oroscopo"), ["Meteo", "oroscopo"]);
    assert_eq!(unknown("il pagamento dei trbuti"), [""; 0]);
}

#[test]
fn a_right_word_is_not_corrected() {
    assert_eq!(results(&town(), "tributi").suggestion, None);
}

#[test]
fn an_acronym_is_not_the_possessive() {
    let pages = [page("La sua scheda", "Ogni ente ha la sua."), page("SUA", "Che cosa fa la SUA.")];
    assert_eq!(titles(&pages, "SUA"), ["SUA"]);
    assert_eq!(titles(&pages, "sua"), ["SUA", "La sua scheda"]);
    assert_eq!(titles(&pages, "che cosa significa sua")[0], "SUA");
}

#[test]
fn stop_words_alone_are_findable() {
    let pages = [page("Chi siamo", "La Provincia."), page("Altro", "Niente.")];
    assert_eq!(titles(&pages, "chi siamo"), ["Chi siamo"]);
    assert_eq!(titles(&pages, "CHI SIAMO"), ["Chi siamo"]);
}

#[test]
fn stop_words_do_not_choose_pages() {
    let pages = [page("Convenzione", "Si firma."), page("Come", "Come, come e come.")];
    assert_eq!(titles(&pages, "come si fa una convenzione"), ["Convenzione"]);
}

#[test]
fn synonyms_answer_after_the_word_itself() {
    let options = Options {
        synonyms: vec![
            vec!["gara".into(), "appalto".into()],
            vec!["sua".into(), "stazione unica appaltante".into()],
        ],
        ..Options::default()
    };
    let pages = [
        page("Appalti", "Gli appalti."),
        page("Gare", "Le gare."),
        page("Stazione unica appaltante", ""),
    ];
    let titles = |question| -> Vec<String> {
        results_with(&pages, &options, question).hits.into_iter().map(|hit| hit.title).collect()
    };
    assert_eq!(titles("gara")[..2], ["Gare", "Appalti"]);
    assert_eq!(titles("SUA"), ["Stazione unica appaltante"]);
}

#[test]
fn a_reference_is_found_in_its_parts() {
    let pages = [page("Codice", "Il d.lgs. n. 36 del 2023."), page("Altro", "Pagina 36.")];
    assert_eq!(titles(&pages, "d.lgs. 36/2023"), ["Codice"]);
}

#[test]
fn a_page_is_found_by_its_synonyms() {
    let mut convention = page("Convenzione", "Si firma.");
    convention.synonyms = vec!["adesione".into()];
    assert_eq!(titles(&[convention], "aderire adesione"), ["Convenzione"]);
}

#[test]
fn a_hit_names_its_best_section_and_marks_the_words() {
    let mut sua = page("SUA", "Le gare dei Comuni.");
    sua.sections.push(section("atti", "Gli atti", "Servono una delibera e una convenzione."));
    let hit = results(&[sua], "convenzioni").hits.remove(0);
    assert_eq!((hit.section.as_str(), hit.anchor.as_str()), ("Gli atti", "atti"));
    let snippet: Vec<(&str, bool)> =
        hit.snippet.iter().map(|piece| (piece.text.as_str(), piece.marked)).collect();
    assert_eq!(
        snippet,
        [("Servono una delibera e una ", false), ("convenzione", true), (".", false)]
    );
}

#[test]
fn a_long_text_is_cut_at_words() {
    let text = format!("{}convenzione {}", "prima ".repeat(100), "dopo ".repeat(100));
    let hit = results(&[page("A", &text)], "convenzione").hits.remove(0);
    let snippet: String = hit.snippet.iter().map(|piece| piece.text.as_str()).collect();
    assert!(snippet.starts_with("… prima ") && snippet.ends_with(" dopo …"), "{snippet}");
    assert!((140..=180).contains(&snippet.chars().count()), "{snippet}");
}

#[test]
fn a_page_found_by_its_title_shows_its_summary() {
    let mut sua = page("Stazione unica", "");
    sua.summary = "Le gare per i Comuni.".into();
    assert_eq!(results(&[sua], "stazione").hits[0].snippet[0].text, "Le gare per i Comuni.");
}

#[test]
fn the_order_of_the_pages_does_not_matter() {
    let mut pages = town();
    let files = built(&pages, &Options::default());
    pages.reverse();
    assert_eq!(built(&pages, &Options::default()), files);
}

#[test]
fn an_edit_of_one_page_rewrites_few_files() {
    let mut pages: Vec<SearchPage> = (0..200)
        .map(|number| {
            page(
                &format!("Pagina {number}"),
                &format!("{} parola{number}", "testo della pagina ".repeat(60)),
            )
        })
        .collect();
    let before = built(&pages, &Options::default());
    pages[7].sections[0].text.push_str(" novità");
    let after = built(&pages, &Options::default());
    let changed: Vec<&str> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(changed.len(), 3, "{changed:?}");
}

#[test]
fn facets_list_their_values_with_counts() {
    let mut sua = page("SUA", "");
    sua.facets = BTreeMap::from([("ambito".into(), vec!["Gare".into()])]);
    let options = Options {
        facet_labels: BTreeMap::from([("ambito".into(), "Ambito".into())]),
        ..Options::default()
    };
    let files = built(&[sua], &options);
    let manifest = String::from_utf8(files["ricerca/manifest.js"].clone()).expect("text");
    assert!(manifest.contains(r#""facets":[["ambito","Ambito",[["Gare",1]]]]"#), "{manifest}");
}

#[test]
fn an_empty_site_has_an_index_that_finds_nothing() {
    assert_eq!(results(&[], "gara").total, 0);
    assert_eq!(results(&town(), "").total, 0);
    assert_eq!(results(&town(), "… ! '").total, 0);
}

#[test]
fn a_damaged_index_is_said_to_be_one() {
    assert!(Index::open(|_| None).is_err());
    assert!(Index::open(|_| Some(b"<html>".to_vec())).is_err());
    let mut files = built(&town(), &Options::default());
    files.retain(|path, _| path == "ricerca/manifest.js");
    let index = Index::open(|path| files.get(path).cloned()).expect("a manifest");
    assert!(index.search("tributi", 10).missing.contains(&"ricerca/t-t.js".to_string()));
}
