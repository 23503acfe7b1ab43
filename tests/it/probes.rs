//! The 23 probes of `tests/search/probes`: questions that Italian makes hard, asked of three tiny
//! pages with `vasta search`. `tests/browser/probes.test.mjs` asks them of the same pages in Chromium.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::fixture::{Folder, contents, repository, said, vasta};

#[derive(Deserialize)]
struct Probe {
    query: String,
    /// All pages that have the words, by the name of their file.
    pages: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Hit {
    url: String,
}

#[test]
fn the_23_italian_probes_find_all_their_pages_and_no_other() {
    let folder = Folder::new("probes");
    for (path, bytes) in contents(&repository().join("tests/search/probes")) {
        folder.write(&path, bytes);
    }
    assert_eq!(said(&vasta(folder.path(), &["build"])), (String::new(), 0));
    let probes: Vec<Probe> =
        serde_json::from_str(include_str!("../search/probes/probes.json")).expect("probes");
    assert_eq!(probes.len(), 23);
    for Probe { query, pages } in probes {
        let output = vasta(folder.path(), &["search", &query, "--json"]);
        let hits: Vec<Hit> = serde_json::from_slice(&output.stdout).expect("hits");
        let found = hits.iter().map(|hit| hit.url.trim_end_matches("/index.html").to_owned());
        assert_eq!(found.collect::<BTreeSet<_>>(), pages, "{query}");
    }
}
