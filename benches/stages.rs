//! The stages of a build, each on its own: `cargo bench --bench stages`. Whole builds beside other
//! generators are the work of `cargo xtask bench`.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput};
use vasta::base::{SourcePath, Table};
use vasta::document::{highlight, markdown};
use vasta::pipeline::{self, Globals, Request, Settings, State};
use vasta::search::{self, Language, SearchPage, SearchSection};
use vasta::source::front_matter;
use vasta::source::{Tree, yaml};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    reading(&mut criterion);
    highlighting(&mut criterion);
    searching(&mut criterion);
    building(&mut criterion);
    criterion.final_summary();
}

const FRONT_MATTER: &str = "---
title: \"Affidamento di un servizio\"
description: \"Come la stazione appaltante affida un servizio per conto del Comune.\"
date: 2025-03-14
order: 3
pillar: sua
province: [Treviso, Brescia]
---
";

const PARAGRAPH: &str = "La stazione unica appaltante della Provincia cura la procedura di **gara** \
    per conto del Comune, dall'istanza fino alla *aggiudicazione* del contratto, come previsto \
    dall'art. 62 del d.lgs. 36/2023. Vedi anche [la pagina collegata](altra.md) per i dettagli.\n\n";

const TABLE: &str = "| Fase | Responsabile | Termine |\n|---|---|---|\n| gara | dirigente | 30 giorni |\n\
    | verbale | segretario | 10 giorni |\n\n- un criterio di valutazione\n- un allegato\n\n";

const CODE: &str = r#"/// Conta le righe di un verbale.
#[derive(Debug, Clone)]
pub struct Conto {
    totale: u64,
    nomi: Vec<String>,
}

impl Conto {
    // Il verbale viene prima della delibera.
    pub fn somma(&self, righe: &[Option<u64>]) -> Result<u64, String> {
        let somma: u64 = righe.iter().flatten().map(|riga| riga * 2).sum();
        if somma > 1_000 {
            return Err(format!("{somma} supera {}", self.totale));
        }
        Ok(somma + self.nomi.len() as u64)
    }
}
"#;

/// Markdown of about 5 KB.
fn text() -> String {
    let section = |number| format!("## Sezione {number}\n\n{}{TABLE}", PARAGRAPH.repeat(3));
    (1..=4).map(section).collect()
}

fn page(number: usize) -> String {
    FRONT_MATTER.replacen("servizio", &format!("servizio {number}"), 1) + &text()
}

fn reading(criterion: &mut Criterion) {
    let file = SourcePath::new("content/pagina.md").expect("a path without dots");
    let text = text();
    let highlights = Table::default();
    let options = markdown::Options {
        marks_citations: false,
        words: markdown::Words::of("it"),
        highlights: &highlights,
        judge: None,
    };
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("markdown of 5 KB", |bencher| {
        bencher.iter(|| {
            let mut links = Vec::new();
            markdown::render(&file, black_box(&text), 0..text.len(), &options, &mut links)
        });
    });
    let page = page(1);
    group.throughput(Throughput::Elements(1));
    group.bench_function("front matter", |bencher| {
        bencher.iter(|| {
            let parts = front_matter::split(&file, black_box(&page)).value;
            yaml::parse(&file, &page, parts.yaml)
        });
    });
    group.finish();
}

fn highlighting(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("highlight");
    group.bench_function("a new block of Rust", |bencher| {
        bencher.iter_batched(
            Table::default,
            |memo| highlight::highlight(black_box(CODE), "rust", &memo),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

fn searching(criterion: &mut Criterion) {
    let section = |number| SearchSection {
        anchor: format!("sezione-{number}"),
        title: format!("Sezione {number}"),
        text: PARAGRAPH.repeat(4),
    };
    let page = SearchPage {
        url: "pagina/index.html".to_owned(),
        title: "Affidamento di un servizio".to_owned(),
        sections: (1..=4).map(section).collect(),
        ..SearchPage::default()
    };
    let mut group = criterion.benchmark_group("search");
    group.bench_function("segment of a page", |bencher| {
        bencher.iter_batched(
            || page.clone(),
            |page| search::segment(black_box(page), Language::Italian),
            BatchSize::SmallInput,
        );
    });
    group.bench_function("words of a paragraph", |bencher| {
        bencher.iter(|| search::words(black_box(PARAGRAPH), Language::Italian));
    });
    group.finish();
}

fn building(criterion: &mut Criterion) {
    let tree = site(200);
    let settings = Settings::default();
    let highlights = Table::default();
    let request = Request {
        tree: &tree,
        settings: &settings,
        highlights: &highlights,
        published: &|_| None,
        emit: &|_| {},
        entering: &|_| {},
    };
    let warm = pipeline::update(&request, None);
    assert!(!warm.has_errors(), "the pages are sound");

    let mut group = criterion.benchmark_group("build of 200 pages");
    group.sample_size(20);
    group.bench_function("cold", |bencher| {
        bencher.iter(|| pipeline::update(&request, None));
    });
    group.bench_function("all remembered", |bencher| {
        let before = || warm.clone();
        let update = |before: State| pipeline::update(&request, Some(before));
        bencher.iter_batched(before, update, BatchSize::LargeInput);
    });
    group.bench_function("state to bytes and back", |bencher| {
        let schemas = Globals::of(&tree).schemas;
        bencher.iter(|| {
            let parts = warm.encode();
            let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
            State::decode(&parts, &schemas)
        });
    });
    group.finish();
}

/// A site in memory, with one more page that all others link to.
fn site(n_pages: usize) -> Tree {
    let config = "title: Corpus\ntaxonomies:\n  pillar: { title: Pillar }\n  province: { title: Province }\n";
    let mut files = vec![
        ("vasta.yaml".to_owned(), config.to_owned()),
        ("content/altra.md".to_owned(), "# Altra\n\nUna pagina.\n".to_owned()),
    ];
    files.extend((1..=n_pages).map(|number| (format!("content/pagina-{number}.md"), page(number))));
    Tree::of_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}
