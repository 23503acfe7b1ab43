//! An update is held to a build from nothing, over edits that chance makes.

use std::cell::Cell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::super::indexer::PageSize;
use super::super::{Indexer, Language};
use super::*;

type Site = BTreeMap<String, Indexed>;
type Published = BTreeMap<String, Vec<u8>>;

fn built(site: &Site, options: &Options) -> (Published, IndexState) {
    let pages: Vec<&Indexed> = site.values().collect();
    let sizes: Vec<PageSize> =
        pages.iter().map(|page| PageSize { url: &page.page.url, n_bytes: page.n_bytes }).collect();
    let mut indexer = Indexer::new(options, &sizes);
    let order = indexer.order().to_vec();
    let mut files = Published::new();
    for places in order.chunks(3) {
        let segments =
            places.iter().map(|place| segment(pages[*place].page.clone(), options.language));
        files.extend(indexer.add(segments.collect()));
    }
    let (rest, state) = indexer.finish();
    files.extend(rest);
    (files, state)
}

/// The changes from one site to another, without what an update reads by itself.
fn changes(before: &Site, after: &Site) -> Vec<Change> {
    let urls: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let change = |url: &String| {
        let before = before.get(url).cloned().map(|mut page| {
            page.page.sections.clear();
            page
        });
        Change { before, after: after.get(url).cloned() }
    };
    urls.into_iter().filter(|url| before.get(*url) != after.get(*url)).map(change).collect()
}

/// Updates what is published and compares it with a build from nothing. False if there is no update.
fn is_updated(before: &Site, after: &Site, options: [&Options; 2]) -> bool {
    let (mut files, state) = built(before, options[0]);
    let read = |path: &str| files.get(path).cloned();
    let Some(updated) = update(&state, options[1], changes(before, after), &read) else {
        return false;
    };
    for (path, bytes) in updated.written {
        let old = files.insert(path.clone(), bytes);
        assert_ne!(old.as_ref(), files.get(&path), "`{path}` is as it was");
    }
    for path in updated.removed {
        assert!(files.remove(&path).is_some(), "`{path}` was not there");
    }
    let (expected, expected_state) = built(after, options[1]);
    let paths = |files: &Published| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(&files), paths(&expected));
    for (path, bytes) in &expected {
        let texts = [&files[path], bytes].map(|bytes| String::from_utf8_lossy(bytes));
        assert_eq!(texts[0], texts[1], "`{path}`");
    }
    assert_eq!(updated.state, expected_state);
    true
}

/// Words of few letters, so that many begin alike and shards split.
fn word(number: u32) -> String {
    match number % 40 {
        0 => ["Perché", "SUA", "la", "dell'ente", "e-mail", "d.lgs.", "mail", "33/2013"]
            [number as usize / 40 % 8]
            .to_owned(),
        1 => format!("{}.{:03}", number % 9, number % 1000),
        _ => {
            let letters = "aaaaaacei".as_bytes();
            let (mut rest, mut word) = (number, String::from("p"));
            while rest > 0 {
                word.push(char::from(letters[rest as usize % letters.len()]));
                word.push(char::from(b"bcdfglmnrst"[rest as usize % 11]));
                rest /= 11;
            }
            word
        }
    }
}

fn text(words: &[u32]) -> String {
    words.iter().map(|number| word(*number)).collect::<Vec<_>>().join(" ")
}

fn a_text(n_words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(0u32..6_000, n_words).prop_map(|words| text(&words))
}

fn a_page(n_words: std::ops::Range<usize>) -> impl Strategy<Value = Indexed> {
    let facet = prop::collection::vec(prop::sample::select(vec!["SUA", "Gare", "Enti"]), 0..3);
    (
        0u32..60,
        a_text(1..4),
        prop::collection::vec(a_text(1..3), 0..2),
        (facet, "[a-c]?"),
        (a_text(n_words.clone()), a_text(n_words)),
        0u64..3_000,
    )
        .prop_map(|(url, title, synonyms, (values, kind), (first, second), n_bytes)| {
            let section = |anchor: &str, text: String| SearchSection {
                anchor: anchor.to_owned(),
                title: anchor.to_owned(),
                text,
            };
            let values: Vec<String> = values.into_iter().map(str::to_owned).collect();
            let facets = match values.as_slice() {
                [] => BTreeMap::new(),
                _ => BTreeMap::from([(format!("facet{}", url % 2), values)]),
            };
            let is_low = title.len() % 3 == 0;
            let page = SearchPage {
                url: format!("{url}/index.html"),
                title,
                synonyms,
                summary: format!("Sommario \"{kind}\""),
                kind_label: kind,
                facets,
                is_low,
                sections: vec![section("", first), section("atti", second)],
            };
            Indexed { page, n_bytes }
        })
}

/// What happens to a site: a page is written in place of what is there, or what is there changes in part.
#[derive(Clone, Debug)]
enum Edit {
    Put(Box<Indexed>),
    Delete(usize),
    Text(usize, String),
    Title(usize, String),
    Facets(usize, Option<String>),
    Synonyms(usize, Vec<String>),
}

fn an_edit() -> impl Strategy<Value = Edit> {
    let page = 0usize..100;
    prop_oneof![
        a_page(0..80).prop_map(|page| Edit::Put(Box::new(page))),
        page.clone().prop_map(Edit::Delete),
        (page.clone(), a_text(0..80)).prop_map(|(page, text)| Edit::Text(page, text)),
        (page.clone(), a_text(1..3)).prop_map(|(page, text)| Edit::Title(page, text)),
        (page.clone(), prop::option::of("[A-C]"))
            .prop_map(|(page, value)| Edit::Facets(page, value)),
        (page, prop::collection::vec(a_text(1..2), 0..3))
            .prop_map(|(page, synonyms)| Edit::Synonyms(page, synonyms)),
    ]
}

fn edited(mut site: Site, edits: &[Edit]) -> Site {
    for edit in edits {
        let urls: Vec<String> = site.keys().cloned().collect();
        let mut change = |page: usize, change: &dyn Fn(&mut Indexed)| {
            let url = urls.get(page % urls.len().max(1));
            url.and_then(|url| site.get_mut(url)).into_iter().for_each(change);
        };
        match edit {
            Edit::Put(page) => drop(site.insert(page.page.url.clone(), (**page).clone())),
            Edit::Delete(page) => {
                drop(urls.get(page % urls.len().max(1)).map(|url| site.remove(url)))
            }
            Edit::Text(page, text) => change(*page, &|page| {
                page.page.sections[0].text.clone_from(text);
                page.n_bytes = page.n_bytes / 2 + 20;
            }),
            Edit::Title(page, title) => change(*page, &|page| page.page.title.clone_from(title)),
            Edit::Facets(page, value) => change(*page, &|page| {
                let values = value.iter().cloned().collect();
                page.page.facets = BTreeMap::from([("facet0".to_owned(), values)]);
            }),
            Edit::Synonyms(page, synonyms) => {
                change(*page, &|page| page.page.synonyms.clone_from(synonyms));
            }
        }
    }
    site
}

fn a_site(n_pages: std::ops::Range<usize>) -> impl Strategy<Value = Site> {
    prop::collection::vec(a_page(0..300), n_pages)
        .prop_map(|pages| pages.into_iter().map(|page| (page.page.url.clone(), page)).collect())
}

/// How many of the steps are updates, and how many there are, for sites and edits that `runner` makes.
fn n_updates(
    mut runner: TestRunner,
    sites: impl Strategy<Value = Site>,
    edits: impl Strategy<Value = Edit>,
    n_edits: std::ops::Range<usize>,
) -> (u32, u32) {
    let n_updates = Cell::new((0, 0));
    let steps = prop::collection::vec(prop::collection::vec(edits, n_edits), 1..5);
    let options = Options::default();
    runner
        .run(&(sites, steps), |(mut site, steps)| {
            for edits in steps {
                let after = edited(site.clone(), &edits);
                let (updates, all) = n_updates.get();
                let is_update = is_updated(&site, &after, [&options; 2]);
                n_updates.set((updates + u32::from(is_update), all + 1));
                site = after;
            }
            Ok(())
        })
        .expect("an update is a build from nothing");
    n_updates.get()
}

fn config(n_cases: u32) -> Config {
    Config { cases: n_cases, failure_persistence: None, ..Config::default() }
}

#[test]
fn an_update_is_a_build_from_nothing() {
    let (updates, all) = n_updates(TestRunner::new(config(24)), a_site(0..25), an_edit(), 1..4);
    assert!(2 * updates > all, "{updates} of {all}");
}

#[test]
fn an_edit_of_a_text_is_hardly_ever_a_build() {
    // Always the same edits: a share of a few chance ones would be above the limit on most days only.
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let runner = TestRunner::new_with_rng(config(40), rng);
    let text = (0usize..100, a_text(60..160)).prop_map(|(page, text)| Edit::Text(page, text));
    let (updates, all) = n_updates(runner, a_site(25..40), text, 1..2);
    assert!(10 * updates > 9 * all, "{updates} of {all}");
}

/// Pages of one text each, all of one length.
fn site(texts: impl Iterator<Item = String>) -> Site {
    let pages = texts.enumerate().map(|(number, text)| {
        let url = format!("{number}/index.html");
        let sections = vec![SearchSection { text, ..SearchSection::default() }];
        (
            url.clone(),
            Indexed { page: SearchPage { url, sections, ..SearchPage::default() }, n_bytes: 9 },
        )
    });
    pages.collect()
}

fn with_text(mut site: Site, number: usize, text: &str) -> Site {
    let page = site.get_mut(&format!("{number}/index.html")).expect("a page");
    page.page.sections[0].text = text.to_owned();
    site
}

#[test]
fn what_stays_as_it_is_writes_nothing() {
    let site = site((0..9).map(|number| format!("parola{number}")));
    let options = Options::default();
    let (files, state) = built(&site, &options);
    let page = site["3/index.html"].clone();
    let change = Change { before: Some(page.clone()), after: Some(page) };
    let read = |path: &str| files.get(path).cloned();
    let updated = update(&state, &options, vec![change], &read).expect("an update");
    assert_eq!((updated.written, updated.removed), (Vec::new(), Vec::new()));
    assert_eq!(updated.state, state);
}

#[test]
fn a_word_may_become_frequent_but_not_rare_again() {
    let plain = Options::default();
    let options = [&plain; 2];
    let rarer = site((0..530).map(|number| {
        if number < 512 {
            "uno due uno due uno due".into()
        } else {
            "tre tre tre tre tre tre".into()
        }
    }));
    let more_frequent = with_text(rarer.clone(), 520, "uno due uno due uno due");
    assert!(is_updated(&rarer, &more_frequent, options));
    assert!(!is_updated(&more_frequent, &rarer, options));
}

#[test]
fn shards_split_and_merge() {
    let n_words = Cell::new(0);
    let words = |n: usize| {
        let words = (0..n).map(|_| {
            n_words.set(n_words.get() + 1);
            format!("p{}{}", ["a", "e", "i"][n_words.get() % 3], 100_000 + n_words.get())
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let small = site((0..15).map(|_| words(100)));
    let large = with_text(small.clone(), 4, &words(400));
    let shards = |site: &Site| {
        let (_, state) = built(site, &Options::default());
        state.hashes.shards.into_keys().collect::<Vec<_>>()
    };
    assert_ne!(shards(&small), shards(&large));
    let plain = Options::default();
    let options = [&plain; 2];
    assert!(is_updated(&small, &large, options));
    assert!(is_updated(&large, &small, options));
}

#[test]
fn pages_come_and_go() {
    let few = site((0..20).map(|number| format!("parola{number} di tutti")));
    let many = site((0..22).map(|number| format!("parola{number} di tutti")));
    let plain = Options::default();
    let options = [&plain; 2];
    assert!(is_updated(&few, &many, options));
    assert!(is_updated(&many, &few, options));
}

#[test]
fn new_labels_and_synonyms_are_written_in_the_manifest_alone() {
    let mut site = site((0..9).map(|number| format!("parola{number}")));
    let page = site.get_mut("3/index.html").expect("a page");
    page.page.facets.insert("ambito".into(), vec!["SUA".into()]);
    let options = Options {
        synonyms: vec![vec!["gara".into(), "appalto".into()]],
        facet_labels: BTreeMap::from([("ambito".into(), "Ambito".into())]),
        ..Options::default()
    };
    assert!(is_updated(&site, &site, [&Options::default(), &options]));
    let (files, state) = built(&site, &Options::default());
    let read = |path: &str| files.get(path).cloned();
    let updated = update(&state, &options, Vec::new(), &read).expect("an update");
    let paths: Vec<String> = updated.written.into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["ricerca/manifest.js"]);
}

#[test]
fn in_doubt_there_is_no_update() {
    let options = Options::default();
    let before = site((0..9).map(|number| format!("parola{number}")));
    let after = with_text(before.clone(), 3, "parola4");
    let (files, state) = built(&before, &options);
    let changes = changes(&before, &after);
    let read = |path: &str| files.get(path).cloned();
    let is_update = |options: &Options, changes: &[Change], read: &Read| {
        update(&state, options, changes.to_vec(), read).is_some()
    };
    assert!(is_update(&options, &changes, &read));

    let other = Options { language: Language::Other, ..Options::default() };
    assert!(!is_update(&other, &changes, &read), "another language");
    let whole = Options { elasticlunr: true, ..Options::default() };
    assert!(!is_update(&whole, &changes, &read), "a file is made of all pages");
    assert!(is_update(&whole, &[], &read), "and it is as it was");
    for kind in ["ricerca/p-", "ricerca/t-"] {
        let missing = |path: &str| read(path).filter(|_| !path.starts_with(kind));
        assert!(!is_update(&options, &changes, &missing), "{kind} is missing");
        let other = |path: &str| {
            let mut bytes = read(path)?;
            bytes.extend_from_slice(if path.starts_with(kind) { b"\n" } else { b"" });
            Some(bytes)
        };
        assert!(!is_update(&options, &changes, &other), "{kind} was edited");
    }
    let [mut change] = <[Change; 1]>::try_from(changes).expect("one change");
    let twice = [change.clone(), change.clone()];
    assert!(!is_update(&options, &twice, &read), "one page twice");
    let comes = Change { before: None, ..change.clone() };
    assert!(!is_update(&options, &[comes], &read), "a page that is there comes");
    if let Some(before) = &mut change.before {
        before.page.title = "Un altro".into();
    }
    assert!(!is_update(&options, &[change], &read), "another page was published");
}
