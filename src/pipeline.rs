//! The build as one pure function: the same tree and settings give the same files and the same
//! diagnostics, with a warm memo, a cold one or none. It reads no file and no clock.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Checked, Diagnostics, Hash, Outputs, Produced, Span, Table, UrlPath, catalogue};
use crate::base::{SourcePath, diagnostic};
use crate::document::{self, Document, Reading, Schemas};
use crate::render::{self, Theme, indexed, pages::Rendered, views};
use crate::search::{self, Segment};
use crate::site::{self, Site, links};
use crate::source::tree::CONTENT;
use crate::source::yaml::{self, Yaml};
use crate::source::{Config, Tree};

pub use crate::site::Settings;

/// What was computed before. It saves work and changes nothing else.
#[derive(Debug, Default)]
pub struct Memo {
    documents: Table<(Arc<Document>, Diagnostics)>,
    highlights: Table<String>,
    renders: Table<Rendered>,
    segments: Table<Segment>,
}

impl Memo {
    /// A memo for a build that is the only one of its process: it remembers coloured code, of which
    /// one site may have the same block on many pages, and nothing else.
    pub fn forgetful() -> Self {
        Self {
            documents: Table::forgetful(),
            highlights: Table::default(),
            renders: Table::forgetful(),
            segments: Table::forgetful(),
        }
    }

    /// Forgets what the last build did not use. Coloured code stays: a remembered document does not
    /// ask for it, and an edited one will.
    pub fn forget_unused(&self) {
        self.documents.forget_unused();
        self.renders.forget_unused();
        self.segments.forget_unused();
    }

    /// How many documents, pages and search segments were computed rather than remembered.
    pub fn n_computed(&self) -> [usize; 3] {
        [self.documents.n_computed(), self.renders.n_computed(), self.segments.n_computed()]
    }
}

/// A built site.
#[derive(Debug, Default)]
pub struct Built {
    /// Every file.
    pub outputs: Outputs,
    /// How many pages the site has, drafts that are left out not counted.
    pub n_pages: usize,
}

/// The stages of a build, for those who want to watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Configuration and schemas.
    Configure,
    /// Front matter and Markdown of each page.
    Parse,
    /// Order, references and links.
    Assemble,
    /// Templates.
    Render,
    /// The search index.
    Index,
}

impl Stage {
    /// The name in the statistics.
    pub fn name(self) -> &'static str {
        match self {
            Self::Configure => "configure",
            Self::Parse => "parse",
            Self::Assemble => "assemble",
            Self::Render => "render",
            Self::Index => "index",
        }
    }
}

/// Builds the site of `tree`.
pub fn build(tree: &Tree, settings: &Settings, memo: &Memo) -> Checked<Built> {
    build_watched(tree, settings, memo, &|_| {})
}

/// Builds the site of `tree`; `entering` is called before each stage.
pub fn build_watched(
    tree: &Tree,
    settings: &Settings,
    memo: &Memo,
    entering: &dyn Fn(Stage),
) -> Checked<Built> {
    let mut diagnostics = Diagnostics::new();

    entering(Stage::Configure);
    let config = Config::of(tree).into_value(&mut diagnostics);
    let schemas = Schemas::of(tree, &config).into_value(&mut diagnostics);
    let mut theme = Theme::of(tree, &config).into_value(&mut diagnostics);
    let synonyms = synonyms(tree, &config).into_value(&mut diagnostics);

    entering(Stage::Parse);
    let documents = documents(tree, &config, &schemas, memo).into_value(&mut diagnostics);

    entering(Stage::Assemble);
    let site = site::assemble(documents, tree, &config, &schemas, settings);
    let site = site.into_value(&mut diagnostics);
    diagnostics.extend(links::check_entries(&site, &config));
    let site_view = views::site_view(&site, &config);
    theme.share_site(&site_view);

    entering(Stage::Render);
    let context = render::Context {
        tree,
        config: &config,
        site: &site,
        theme: &theme,
        renders: &memo.renders,
    };
    let mut files = render::files(context).into_value(&mut diagnostics);

    entering(Stage::Index);
    let options = search::Options {
        language: search::Language::from_code(&config.language),
        synonyms,
        facet_labels: indexed::facet_labels(&config, &schemas, &theme),
    };
    files.extend(index(&site, &config, &options, memo));

    let outputs = Outputs::collect(files).into_value(&mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    Checked::new(Built { outputs, n_pages: site.pages.len() }, diagnostics)
}

fn documents(
    tree: &Tree,
    config: &Config,
    schemas: &Schemas,
    memo: &Memo,
) -> Checked<Vec<Arc<Document>>> {
    let reading = Reading { config, schemas, highlights: &memo.highlights };
    let pages: Vec<_> = tree.below(CONTENT).filter(|(path, _)| site::is_page(path)).collect();
    let read: Vec<Checked<Arc<Document>>> = pages
        .into_par_iter()
        .map(|(path, blob)| {
            let remembered = memo.documents.get(
                || reading.hash(path, blob),
                || {
                    let checked = document::read(path, blob, &reading);
                    (Arc::new(checked.value), checked.diagnostics)
                },
            );
            let (document, diagnostics) = remembered.as_ref();
            Checked::new(Arc::clone(document), diagnostics.clone())
        })
        .collect();
    read.into_iter().collect()
}

fn index(site: &Site, config: &Config, options: &search::Options, memo: &Memo) -> Vec<Produced> {
    let segments: Vec<Arc<Segment>> = site
        .pages
        .par_iter()
        .map(|page| {
            let page = indexed::search_page(site, config, page);
            let key = || {
                let json = serde_json::to_vec(&page).expect("texts and lists of texts");
                Hash::of_parts([config.language.as_bytes(), &json])
            };
            memo.segments.get(key, || search::segment(page.clone(), options.language))
        })
        .collect();
    let origin = Span::start_of(&site.pages[site.home].document.path);
    let produced = |(path, bytes): (String, Vec<u8>)| {
        let path = UrlPath::file(&path)?;
        Some(Produced { path, bytes: Arc::from(bytes), origin: origin.clone() })
    };
    let segments = segments.into_iter().map(Arc::unwrap_or_clone).collect();
    search::files(segments, options).0.into_iter().filter_map(produced).collect()
}

/// The groups of like words that the configuration names.
fn synonyms(tree: &Tree, config: &Config) -> Checked<Vec<Vec<String>>> {
    let Some(path) = &config.synonyms else { return Checked::clean(Vec::new()) };
    let mut diagnostics = Diagnostics::new();
    let Some(blob) = tree.get(path) else {
        let config = SourcePath::new("vasta.yaml").expect("a constant without dots");
        let missing = catalogue::missing_file(Span::start_of(&config), path.as_str(), None);
        return Checked::new(Vec::new(), vec![missing]);
    };
    let node = yaml::read(path, blob).into_value(&mut diagnostics);
    let mut groups = Vec::new();
    let items = match &node.yaml {
        Yaml::List(items) => items.as_slice(),
        _ => &[],
    };
    for item in items {
        if let Yaml::List(words) = &item.yaml {
            let words = words.iter().filter_map(yaml::Node::scalar);
            groups.push(words.map(|word| word.text.clone()).collect());
        }
    }
    Checked::new(groups, diagnostics)
}
