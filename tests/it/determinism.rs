//! The same tree gives the same bytes: anywhere, at any time, after any edits. This is the main test
//! of the program. Random scripts of edits are played on small sites, and after every step the build
//! that takes over what it can is compared with one from nothing, in files and diagnostics.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use proptest::prelude::*;
use proptest::test_runner::{Config as RunnerConfig, RngAlgorithm, TestRng, TestRunner};
use vasta::base::{Diagnostics, Table};
use vasta::pipeline::{self, Globals, Request, Settings, State, Work};
use vasta::source::Tree;

use crate::fixture::{Folder, command, contents, repository};

#[test]
fn two_builds_in_other_places_and_time_zones_are_equal() {
    let folder = Folder::new("places");
    let site = repository().to_string_lossy().into_owned();
    let built = |name: &str, zone: &str| {
        let out = folder.path().join(name);
        let out_text = out.to_string_lossy().into_owned();
        let arguments = ["build", "--site", site.as_str(), "--out", &out_text];
        let status = command(Path::new("/"), &arguments).env("TZ", zone).status();
        assert!(status.expect("the program runs").success());
        contents(&out)
    };
    assert!(built("uno", "Pacific/Kiritimati") == built("due/tre", "America/Adak"));
}

/// One edit of a site.
#[derive(Clone, Debug)]
enum Edit {
    /// Another text for a page; its front matter stays.
    Body(usize, usize),
    /// Another title.
    Title(usize, usize),
    /// Further front matter: order, terms, dates, draft, type.
    Front(usize, usize),
    /// A page that may not have been there.
    Add(usize, usize, usize),
    Delete(usize),
    /// A page under another name, which may differ in case alone.
    Rename(usize, usize),
    /// A folder with all that is in it.
    MoveFolder(usize, usize),
    Schema(usize),
    Template(usize),
    Style(usize),
    Configuration(usize),
    Synonyms(usize),
    /// Another list of what is published.
    Published(usize),
    /// A file that pages show or offer.
    Asset(usize),
    /// A commit: git knows other things of the pages.
    History(usize),
    /// The clock goes on, or is put back.
    Day(usize),
    Drafts(bool),
    /// A new process, which knows only what the last one saved.
    Restart,
    /// The same, but the saved state is damaged at one place.
    Corrupt(usize),
    /// A file of the site is gone.
    LoseOutput(usize),
}

const PLACES: [&str; 9] = [
    "content/_index.md",
    "content/a.md",
    "content/A.md",
    "content/b.md",
    "content/g/_index.md",
    "content/g/c.md",
    "content/g/d.md",
    "content/g/h/index.md",
    "content/vuota/e.md",
];
const FOLDERS: [&str; 3] = ["content/g", "content/vuota", "content/altra"];
const TITLES: [&str; 6] =
    ["Uno", "Due", "Tre", "SUA", "Stazione unica appaltante (SUA)", "\"Due: la gara\""];
const BODIES: [&str; 18] = [
    "## Passi {prima=fasi}\n\nVedi [fasi](#fasi).\n",
    "Testo semplice con la SUA e la gara.\n",
    "## Fasi\n\nVedi [b](/b.md) e [c](/g/c.md#fasi).\n",
    "## Gare\n\n```json\n{\"a\": 1}\n```\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n[manca](manca.md)\n",
    "Nota.[^a]\n\n[^a]: La fonte.\n",
    "## Fasi\n\n## Fasi\n\n> [!NOTE]\n> Attenzione.\n",
    "![figura](/figura.svg)\n\n[qui](#mancante) e [la gara](/a.md).\n",
    "Un testo più lungo, di molte parole: convenzione, appalto, comune, provincia, bando, fondo, rete, \
     progetto, ufficio, servizio, modello, atto, norma, passo, fase, ente.\n",
    "Vedi [h](/g/h/index.md), [g](/g/_index.md).\n",
    "Le pagine.\n\n```tabella\nraccolta: pagine\ntitolo: Pagine\nordina: [-pagina]\n```\n",
    "```tabella\nraccolta: voci\ndove: { stato: nuovo }\n```\n\n```tabella\nraccolta: pagine\nconta: [tipo, sezione]\n```\n",
    "La gara d'appalto, cioè la [gara](/a.md), per uno e due, SUA e RUP.\n",
    "## Stazione\n\nLa stazione unica appaltante, il responsabile di gara; <kbd>SUA</kbd>.\n",
    "L'art. 62 del d.lgs. 36/2023 e la legge 56/2014.[^a]\n\n[^a]: DPCM 30 giugno 2011.\n",
    "## Articolo 62\n\nLa legge 56/2014, l'articolo 1 della legge 56/2014.\n",
    "## Qualificazione {#articolo-62}\n\nIl d.lgs. 36/2023.\n",
    "#### Fondo\n\n![](/figura.svg) La SUA, il RUP e la governance: [qui](/b.md).\n\n| a | |\n|---|---|\n| 1 | 2 |\n",
];
/// The front matter of the pages at the beginning: they are compared two by two.
const COMPARED: &str = "type: voce\n";
const COMPARED_TYPE: &str = "label: Voce\ncompare: stato\norder: [-title]\ndownloads: { formats: [docx, odt], section: Fasi }\nstructured:\n  - { type: Event, where: { stato: vecchio }, properties: { about: vedi, keywords: version } }\n  - { type: Article, properties: { about: vedi } }\nfields:\n  stato: { kind: text, default: nuovo }\n  vedi: { kind: list, of: { kind: page }, default: [a] }\n";
const FRONTS: [&str; 30] = [
    "",
    "aliases: [manca]\n",
    COMPARED,
    "order: 1\n",
    "version: '2'\nchanges:\n  - { date: 2026-05-02, what: Nuova }\n",
    "order: 2\ndate: 2026-05-01\n",
    "tema: [gare, fondi]\n",
    "draft: true\n",
    "publish_from: 2026-06-01\n",
    "expires: 2026-07-31\ntema: gare\n",
    "review_by: 2026-08\n",
    "state: in-revisione\nowner: Ufficio gare\n",
    "state: superata\nexpires: 2026-07-31\n",
    "repealed_by: /a.md\n",
    "repealed_by: b\nstate: bozza\ndescription: Una voce.\n",
    "valid_from: 2026-08-01\nstate: pubblicata\n",
    "description: Una sintesi.\nsynonyms: [gara d'appalto]\n",
    "stato: vecchio\n",
    "type: voce\nstato: vecchio\nverified: 2026-05-01\n",
    "type: voce\nvedi: [b]\ndescription: Una voce.\n",
    "type: voce\nvedi: [c]\nstato: vecchio\ndate: 2026-05-01\n",
    "type: voce\nstato: vecchio\ndate: 2026-05\nversion: '2'\n",
    "collection: voci\n",
    "type: termine\n",
    "lists:\n  - title: Tutte\n    under: g\n  - title: Termini\n    type: termine\n",
    "type: termine\nsynonyms: [gara d'appalto, RUP]\n",
    "type: termine\nsynonyms: [responsabile di gara, RUP]\nslug: altrove\n",
    "type: termine\nexpires: 2026-07-31\n",
    "type: norma\nurn: urn:nir:stato:decreto.legislativo:2023-03-31;36\n",
    "type: norma\nurn: urn:nir:stato:legge:2014-04-07;56\n",
];
const SCHEMAS: [&str; 8] = [
    "label: Termine\nfolder: g\nsteps: true\ndownloads: odt\n",
    "label: Voce\nfolder: g\nfacets: [stato]\nfields:\n  stato: { kind: text, default: nuovo }\ncollections:\n  voci: { title: Voci }\n",
    "label: Termine\nfolder: vuota\nfields:\n  vedi: { kind: page, default: a }\n  nota: { kind: markdown, default: 'Una **nota** con [b](/b.md).' }\n",
    "label: Termine\nfolder: g\nfacts: sbagliato\n",
    "label: Termine\nfolder: g\nsearch: false\n",
    "label: Termine\nfolder: g\nsteps: true\nstructured: { type: HowToStep, properties: { dateCreated: date } }\n",
    "label: Termine\nfolder: g\nstructured: { type: DefinedTerm }\n",
    "label: Termine\nfolder: vuota\nsearch: low\n",
];
const TEMPLATES: [&str; 4] = [
    "",
    "{% extends \"article.html\" %}\n",
    "{% extends \"base.html\" %}{% block main %}<h1>{{ page.title }}</h1>{{ page.content | safe }}{% endblock %}\n",
    "{{ page.titolo }}",
];
const HISTORIES: [&str; 3] = [
    "",
    "content/a.md\t2026-05-01\t1\ncontent/g/_index.md\t2026-05-01\t2\n",
    "content/a.md\t2026-06-01\t1\ncontent/g/_index.md\t2026-05-01\t2\ncontent/b.md\t2026-06-01\t1\n",
];
const CONFIGURATIONS: [&str; 8] = [
    "title: A\ntaxonomies:\n  tema: { title: Temi }\n",
    "title: B\nareas: { type: voce, short: stato }\nbase_url: https://esempio.it\ntheme: mio\nsearch: { elasticlunr: true }\ntaxonomies:\n  tema: { title: Temi }\n",
    "markdown:\n  glossary: termine\n  citations: norma\nareas: { type: voce }\nreviewer: chi controlla\ntheme: mio\nsearch:\n  synonyms: _data/sinonimi.yaml\n  elasticlunr: true\n",
    "titel: C\nmarkdown:\n  glossary: termine\n",
    "title: D\nlanguage: en\nmarkdown: { citations: norma }\nnavigation:\n  - page: g/_index.md\n  - page: a.md\n",
    "title: A\nrepository: { url: 'https://github.com/a/b', history: true }\n",
    "title: A\nlanguage_rules: { acronym: off, link_text: error, alternative_text: off, long_sentence: { words: 6 } }\ntaxonomies:\n  tema: { title: Temi }\n",
    "title: A\nmarkdown: { glossary: termine, foreign: _data/sinonimi.yaml }\nlanguage_rules: { acronym: { level: error, known: [RUP] }, heading_level: off, table_header: of }\n",
];
const SYNONYMS: [&str; 2] = ["- [gara, appalto]\n", "- [gara, bando]\n- [ufficio, ente]\n"];
const PUBLISHED: [&str; 3] = ["", "/manca/\n/g/c/#fasi\n", "/\n/a/\n/b/#fasi\n"];
const ASSETS: [&str; 3] = ["", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<svg/>"];
const DAYS: [&str; 5] = ["2026-05-15", "2026-06-01", "2026-07-31", "2026-08-01", "2026-09-01"];

fn edit() -> impl Strategy<Value = Edit> {
    let place = 0..PLACES.len();
    let body = 0..BODIES.len();
    prop_oneof![
        10 => (place.clone(), body.clone()).prop_map(|(page, body)| Edit::Body(page, body)),
        6 => (place.clone(), 0..TITLES.len()).prop_map(|(page, title)| Edit::Title(page, title)),
        6 => (place.clone(), 0..FRONTS.len()).prop_map(|(page, front)| Edit::Front(page, front)),
        4 => (place.clone(), 0..TITLES.len(), body)
            .prop_map(|(page, title, body)| Edit::Add(page, title, body)),
        3 => place.clone().prop_map(Edit::Delete),
        2 => (place.clone(), place).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => (0..FOLDERS.len(), 0..FOLDERS.len()).prop_map(|(from, to)| Edit::MoveFolder(from, to)),
        2 => (0..SCHEMAS.len()).prop_map(Edit::Schema),
        1 => (0..TEMPLATES.len()).prop_map(Edit::Template),
        1 => (0..2usize).prop_map(Edit::Style),
        1 => (0..CONFIGURATIONS.len()).prop_map(Edit::Configuration),
        1 => (0..SYNONYMS.len()).prop_map(Edit::Synonyms),
        1 => (0..PUBLISHED.len()).prop_map(Edit::Published),
        1 => (0..ASSETS.len()).prop_map(Edit::Asset),
        1 => (0..HISTORIES.len()).prop_map(Edit::History),
        2 => (0..DAYS.len()).prop_map(Edit::Day),
        1 => any::<bool>().prop_map(Edit::Drafts),
        2 => Just(Edit::Restart),
        1 => any::<usize>().prop_map(Edit::Corrupt),
        1 => any::<usize>().prop_map(Edit::LoseOutput),
    ]
}

/// A page as the edits see it.
#[derive(Clone, Debug, Default)]
struct Page {
    title: usize,
    front: usize,
    body: usize,
}

/// A site that is edited: its pages, its other files, and what a build left.
struct Played {
    pages: BTreeMap<&'static str, Page>,
    others: BTreeMap<&'static str, &'static str>,
    settings: Settings,
    state: Option<State>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Played {
    fn new() -> Self {
        let compared = FRONTS.iter().position(|front| *front == COMPARED).expect("one of them");
        let page = Page { front: compared, ..Page::default() };
        let pages = PLACES.iter().step_by(2).map(|place| (*place, page.clone())).collect();
        let others = BTreeMap::from([
            ("vasta.yaml", CONFIGURATIONS[0]),
            ("content/_schemas/termine.yaml", SCHEMAS[0]),
            ("content/_schemas/norma.yaml", "label: Norma\nfields:\n  urn: { kind: urn }\n"),
            ("content/_schemas/voce.yaml", COMPARED_TYPE),
            ("content/_data/sinonimi.yaml", SYNONYMS[0]),
            ("themes/mio/templates/base.html.txt", ""),
        ]);
        let settings = Settings { drafts: false, today: day(0), judges_language: true };
        Self { pages, others, settings, state: None, files: BTreeMap::new() }
    }

    fn apply(&mut self, edit: &Edit) {
        match *edit {
            Edit::Body(page, body) => self.change(page, |page| page.body = body),
            Edit::Title(page, title) => self.change(page, |page| page.title = title),
            Edit::Front(page, front) => self.change(page, |page| page.front = front),
            Edit::Add(place, title, body) => {
                self.pages.insert(PLACES[place], Page { title, front: 0, body });
            }
            Edit::Delete(place) => drop(self.pages.remove(PLACES[place])),
            Edit::Rename(from, to) => {
                if let Some(page) = self.pages.remove(PLACES[from]) {
                    self.pages.insert(PLACES[to], page);
                }
            }
            Edit::MoveFolder(from, to) => self.move_folder(FOLDERS[from], FOLDERS[to]),
            Edit::Schema(n) => self.set("content/_schemas/termine.yaml", SCHEMAS[n]),
            Edit::Template(n) => self.set("themes/mio/templates/page.html", TEMPLATES[n]),
            Edit::Style(n) => {
                self.set("themes/mio/static/mio.css", ["", "body{}"][n]);
                self.set("themes/mio/styles/10-tokens.css", [":root{}", ":root { --a: 0 }"][n]);
            }
            Edit::Configuration(n) => self.set("vasta.yaml", CONFIGURATIONS[n]),
            Edit::Synonyms(n) => self.set("content/_data/sinonimi.yaml", SYNONYMS[n]),
            Edit::Published(n) => self.set("content/_urls.lock", PUBLISHED[n]),
            Edit::Asset(n) => self.set("content/figura.svg", ASSETS[n]),
            Edit::History(n) => self.set("git-history", HISTORIES[n]),
            Edit::Day(n) => self.settings.today = day(n),
            Edit::Drafts(drafts) => self.settings.drafts = drafts,
            Edit::Restart => self.restart(None),
            Edit::Corrupt(place) => self.restart(Some(place)),
            Edit::LoseOutput(n) => self.lose(n),
        }
    }

    fn change(&mut self, place: usize, change: impl FnOnce(&mut Page)) {
        if let Some(page) = self.pages.get_mut(PLACES[place]) {
            change(page);
        }
    }

    fn set(&mut self, path: &'static str, text: &'static str) {
        if text.is_empty() {
            self.others.remove(path);
        } else {
            self.others.insert(path, text);
        }
    }

    /// Every page of one folder that has a place in the other.
    fn move_folder(&mut self, from: &str, to: &str) {
        for place in PLACES {
            let Some(name) = place.strip_prefix(from) else { continue };
            let Some(page) = self.pages.remove(place) else { continue };
            if let Some(target) = PLACES.iter().find(|place| **place == format!("{to}{name}")) {
                self.pages.insert(target, page);
            }
        }
    }

    /// What a new process knows of the last build.
    fn restart(&mut self, damage: Option<usize>) {
        let Some(state) = self.state.take() else { return };
        let mut parts = state.encode();
        if let Some(place) = damage {
            // A checksum stands before each part on the disk; here the damage is seen by the length.
            let part = place % parts.len();
            let length = place % parts[part].len();
            parts[part].truncate(length);
        }
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        let globals = Globals::of(&self.tree());
        self.state = State::decode(&parts, &globals.schemas)
            .map(|decoded| State { known: state.known, ..decoded });
    }

    fn lose(&mut self, n: usize) {
        let Some(state) = &mut self.state else { return };
        if let Some(path) = state.outputs.keys().nth(n % state.outputs.len().max(1)).cloned() {
            state.forget(&path);
            self.files.remove(path.as_str());
        }
    }

    fn tree(&self) -> Tree {
        let text = |page: &Page| {
            let Page { title, front, body } = *page;
            format!("---\ntitle: {}\n{}---\n{}", TITLES[title], FRONTS[front], BODIES[body])
        };
        let pages: Vec<(&str, String)> =
            self.pages.iter().map(|(path, page)| (*path, text(page))).collect();
        let others = self.others.iter().map(|(path, text)| (*path, *text));
        Tree::of_texts(pages.iter().map(|(path, text)| (*path, text.as_str())).chain(others))
    }

    /// Builds with what the last build left, and gives what was wrong.
    fn build(&mut self) -> Diagnostics {
        let tree = self.tree();
        let made = Mutex::new(Vec::new());
        let files = &self.files;
        let request = Request {
            tree: &tree,
            settings: &self.settings,
            highlights: &Table::default(),
            published: &|path| files.get(path).cloned(),
            emit: &|file| made.lock().expect("no panic").push(file),
            entering: &|_| {},
        };
        let state = pipeline::update(&request, self.state.take());
        for file in made.into_inner().expect("no panic") {
            self.files.insert(file.path.to_string(), file.bytes.to_vec());
        }
        let wanted: Vec<String> = state.outputs.keys().map(ToString::to_string).collect();
        self.files.retain(|path, _| wanted.binary_search(path).is_ok());
        let diagnostics = state.diagnostics();
        self.state = Some(state);
        diagnostics
    }

    /// Says how the build that took over differs from one that did not, if it does.
    fn compare(&mut self) -> Result<(), String> {
        let diagnostics = self.build();
        let clean = pipeline::build(&self.tree(), &self.settings);
        if diagnostics != clean.diagnostics {
            return Err(format!("told {diagnostics:#?}\ninstead of {:#?}", clean.diagnostics));
        }
        let expected: BTreeMap<&str, &[u8]> =
            clean.value.outputs.iter().map(|file| (file.path.as_str(), &*file.bytes)).collect();
        let found: BTreeMap<&str, &[u8]> =
            self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
        let paths = expected.keys().chain(found.keys());
        let differ: Vec<&&str> =
            paths.filter(|path| expected.get(**path) != found.get(**path)).collect();
        let shown = |files: &BTreeMap<&str, &[u8]>, path: &str| {
            files
                .get(path)
                .map(|bytes| String::from_utf8_lossy(bytes).chars().take(400).collect::<String>())
        };
        match differ.first() {
            None => Ok(()),
            Some(first) => Err(format!(
                "other bytes in {differ:?}; the first is\n{:?}\ninstead of\n{:?}",
                shown(&found, first),
                shown(&expected, first),
            )),
        }
    }
}

fn day(n: usize) -> Option<vasta::base::Date> {
    DAYS[n].parse().ok()
}

/// The steps of a run: `VASTA_STEPS`, or as many as the suite always plays.
fn n_steps() -> u32 {
    std::env::var("VASTA_STEPS").ok().and_then(|steps| steps.parse().ok()).unwrap_or(2_000)
}

/// After each of many edits, a build that takes over what it can equals one from nothing. The seed is
/// fixed, so that a run can be repeated; `VASTA_SEED` plays another.
#[test]
fn after_any_edits_a_build_equals_one_from_nothing() {
    const LENGTH: usize = 20;
    let seed: u64 =
        std::env::var("VASTA_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let cases = n_steps().div_ceil(LENGTH as u32);
    let config = RunnerConfig { cases, failure_persistence: None, ..RunnerConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, random);
    let script = prop::collection::vec(edit(), LENGTH);
    let result = runner.run(&script, |edits| {
        let mut played = Played::new();
        played.compare().map_err(TestCaseError::fail)?;
        for edit in &edits {
            played.apply(edit);
            played
                .compare()
                .map_err(|how| TestCaseError::fail(format!("after {edit:?}: {how}")))?;
        }
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
}

/// What a build from a fixed site and an edit of it cost, as `[read, rendered, indexed, emitted]`.
fn cost(edit: impl Fn(&str, &str) -> String) -> (Work, usize) {
    let page = |n: usize, next: usize| {
        format!(
            "---\ntitle: Pagina {n}\ndescription: Numero {n}.\n---\nTesto {n}. Vedi [altra](p{next}.md).\n"
        )
    };
    let files: Vec<(String, String)> =
        (0..40).map(|n| (format!("content/s/p{n:02}.md"), page(n, (n + 20) % 40))).collect();
    let files: Vec<(String, String)> = files
        .into_iter()
        .map(|(path, text)| (path, text.replace("(p0.md)", "(p00.md)")))
        .map(|(path, text)| {
            (
                path,
                (0..10).fold(text, |text, n| {
                    text.replace(&format!("(p{n}.md)"), &format!("(p{n:02}.md)"))
                }),
            )
        })
        .collect();
    let others = [
        ("vasta.yaml", "markdown: { glossary: termine }\n"),
        ("content/_schemas/termine.yaml", "label: Termine\nfolder: g\n"),
        (
            "content/g/testo.md",
            "---\ntitle: Testo\ndescription: Un termine.\n---\nCiò che si legge.\n",
        ),
    ];
    let others = others.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let files: Vec<(String, String)> = files.into_iter().chain(others).collect();
    let build = |files: &[(String, String)],
                 before: Option<State>,
                 known: &Mutex<BTreeMap<String, Vec<u8>>>| {
        let tree = Tree::of_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let n_emitted = Mutex::new(0);
        let request = Request {
            tree: &tree,
            settings: &Settings::default(),
            highlights: &Table::default(),
            published: &|path| known.lock().expect("no panic").get(path).cloned(),
            emit: &|file| {
                *n_emitted.lock().expect("no panic") += 1;
                known.lock().expect("no panic").insert(file.path.to_string(), file.bytes.to_vec());
            },
            entering: &|_| {},
        };
        let state = pipeline::update(&request, before);
        assert!(!state.has_errors(), "{:?}", state.diagnostics());
        (state, n_emitted.into_inner().expect("no panic"))
    };
    let known = Mutex::new(BTreeMap::new());
    let (before, _) = build(&files, None, &known);
    let edited: Vec<(String, String)> =
        files.iter().map(|(path, text)| (path.clone(), edit(path, text))).collect();
    let (after, n_emitted) = build(&edited, Some(before), &known);
    (after.work, n_emitted)
}

#[test]
fn no_change_is_no_work() {
    let (_, n_emitted) = cost(|_, text| text.to_owned());
    assert_eq!(n_emitted, 0);
}

#[test]
fn typing_in_one_body_reads_renders_and_indexes_one_page() {
    let (work, n_emitted) = cost(|path, text| {
        let is_edited = path.ends_with("p07.md");
        if is_edited { text.replace("Testo", "Scritto") } else { text.to_owned() }
    });
    assert_eq!(work, Work { read: 1, rendered: 1, indexed: 1 });
    // The page, its block of texts, the shards of the old word and of the new one, the manifest.
    assert!((4..=5).contains(&n_emitted), "{n_emitted} files");
}

#[test]
fn another_title_renders_only_the_pages_that_show_it() {
    let (work, _) = cost(|path, text| {
        let is_edited = path.ends_with("p07.md");
        if is_edited {
            text.replace("title: Pagina 7", "title: Pagina 7 bis")
        } else {
            text.to_owned()
        }
    });
    // Itself, the section, the pages before and after, the page that it links to, the index from A
    // to Z.
    assert_eq!((work.read, work.rendered), (1, 6));
}

#[test]
fn typing_in_the_body_of_a_term_renders_one_page() {
    let (work, _) = cost(|_, text| text.replace("Ciò che si legge.", "Ciò che si scrive."));
    assert_eq!(work, Work { read: 1, rendered: 1, indexed: 1 });
}

#[test]
fn another_name_of_a_term_renders_every_page_that_may_mention_it() {
    let (work, _) =
        cost(|_, text| text.replace("title: Testo\n", "title: Testo\nsynonyms: [Vedi altra]\n"));
    assert!(work.rendered > 40, "{work:?}");
}

#[test]
fn two_edits_are_as_much_work_as_one_and_one() {
    let (work, _) = cost(|path, text| {
        let is_edited = path.ends_with("p07.md") || path.ends_with("p27.md");
        if is_edited { text.replace("Testo", "Scritto") } else { text.to_owned() }
    });
    assert_eq!(work, Work { read: 2, rendered: 2, indexed: 2 });
}
