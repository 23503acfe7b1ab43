//! What readers type, asked of the real site: the right page comes first.

use vasta::pipeline::{self, Settings};
use vasta::search::Index;
use vasta::source::Tree;

use crate::fixture::repository;

/// What is typed, and the page that must be first.
// Words for tenders, such as the third, all mean the service that holds them.
const QUESTIONS: [(&str, &str); 19] = [
    ("comuni aderenti treviso", "pratiche/treviso/"),
    ("codice istat brescia", "province/"),
    ("dell'appalto", "ambiti/sua/"),
    ("stazzione appaltante", "ambiti/sua/"),
    ("numero gare sua treviso", "pratiche/treviso/"),
    ("treviso quanti milioni appalti 2023", "pratiche/treviso/"),
    ("livelli L1 L2 L3 stazione appaltante", "norme/dlgs-36-2023/"),
    ("agenda digitale provincia modello", "modelli/agenda-digitale-integrata/"),
    ("atti per creare un servizio europa associato", "modelli/servizio-europa-associato/"),
    ("cosa prevede A13", "progetto/attivita/a13/"),
    ("modello in house macerata task", "pratiche/macerata/"),
    ("banca dati piani di riassetto", "piani-e-dup/"),
    ("forum pi.co come accedere", "piattaforma/"),
    ("codice istat provincia treviso", "province/"),
    ("sicilia e sardegna nel progetto", "seconda-fase/"),
    ("d.lgs. 36/2023", "norme/dlgs-36-2023/"),
    ("formazione 800 ore transizione digitale", "formazione/"),
    ("centro servizi territoriale", "glossario/centro-servizi-territoriale/"),
    ("privacy", "privacy/"),
];

#[test]
fn the_right_page_comes_first() {
    let root = camino::Utf8Path::from_path(repository()).expect("UTF-8");
    let tree = Tree::read(root, &root.join("public")).expect("the site can be read").value;
    let built = pipeline::build(&tree, &Settings::default());
    let index = Index::open(|path| built.value.outputs.get(path).map(<[u8]>::to_vec));
    let index = index.expect("the index can be read");
    let mut wrong = Vec::new();
    for (question, expected) in QUESTIONS {
        let hits = index.search(question, 3).hits;
        let found: Vec<String> = hits.into_iter().map(|hit| hit.url).collect();
        if found.first().map(String::as_str) != Some(&format!("{expected}index.html")) {
            wrong.push(format!("{question}: {found:?} instead of {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
