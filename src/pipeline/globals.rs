//! What all pages are read and shown with: configuration, page types, synonyms, foreign words. Read
//! with every build, since they are few and small.

use std::sync::Arc;

use crate::base::{Checked, Diagnostics, Hash, SourcePath, Table, catalogue};
use crate::document::{Reading, Schemas};
use crate::render::{Context, Picture, Records, Theme, indexed};
use crate::search;
use crate::site::check::Checking;
use crate::site::{Settings, Site};
use crate::source::tree::CONFIG;
use crate::source::yaml::{self, Yaml};
use crate::source::{Config, Foreign, LanguageRules, Tree};

/// Configuration, page types, synonyms and foreign words, and what is wrong with them.
#[derive(Debug)]
pub struct Globals {
    /// The configuration.
    pub config: Config,
    /// The fingerprint of its file.
    pub config_hash: Option<Hash>,
    /// The fingerprint of what the edition has of its own, if the site is one.
    pub edition: Option<Hash>,
    /// The fingerprint of what all pages show of the edition.
    pub edition_shown: Option<Hash>,
    /// The page types.
    pub schemas: Arc<Schemas>,
    /// Groups of like words.
    pub synonyms: Vec<Vec<String>>,
    /// The foreign words of texts.
    pub foreign: Foreign,
    /// The rules for plain language by which texts are judged, if they are.
    pub rules: Option<LanguageRules>,
    /// What is wrong with them.
    pub diagnostics: Diagnostics,
}

impl Globals {
    /// Reads them from `tree`.
    pub fn of(tree: &Tree) -> Self {
        Self::after(tree, &Settings::default(), None)
    }

    /// The same. Types that are declared as `before` are read no more.
    pub(super) fn after(tree: &Tree, settings: &Settings, before: Option<&Self>) -> Self {
        let mut diagnostics = Diagnostics::new();
        let config = Config::of(tree).into_value(&mut diagnostics);
        let config_hash = tree.hash(&config_file());
        let hash = Schemas::hash_in(tree);
        let same = before.filter(|before| {
            before.diagnostics.is_empty()
                && before.config_hash == config_hash
                && before.schemas.hash == hash
        });
        let schemas = match same {
            Some(before) => Arc::clone(&before.schemas),
            None => Arc::new(Schemas::of(tree, &config).into_value(&mut diagnostics)),
        };
        let synonyms = synonyms(tree, &config).into_value(&mut diagnostics);
        let foreign = Foreign::of(tree, &config).into_value(&mut diagnostics);
        let rules = match settings.judges_language {
            true => Some(config.language_rules.clone()),
            false => config.language_rules.stopping(),
        };
        let edition = tree.edition().map(|edition| edition.hash());
        let edition_shown = tree.edition().map(|edition| {
            let file = tree.hash(&edition.file()).map(|hash| hash.to_string()).unwrap_or_default();
            Hash::of_parts([edition.shown.as_bytes(), file.as_bytes()])
        });
        Self {
            config,
            config_hash,
            edition,
            edition_shown,
            schemas,
            synonyms,
            foreign,
            rules,
            diagnostics,
        }
    }

    /// What reading a page needs.
    pub(super) fn reading<'a>(&'a self, highlights: &'a Table<String>) -> Reading<'a> {
        let Self { config, schemas, foreign, .. } = self;
        Reading { config, schemas, foreign, rules: self.rules.as_ref(), highlights }
    }

    /// What a page is checked by, among the others.
    pub(super) fn checking<'a>(&'a self, settings: &'a Settings) -> Checking<'a> {
        Checking { config: &self.config, schemas: &self.schemas, settings }
    }

    /// On what every document depends besides its file, in words.
    pub fn reading_key(&self) -> String {
        self.reading(&Table::default()).key()
    }

    /// The fingerprint of everything that decides how all pages look.
    pub(super) fn appearance(&self, theme: &Theme) -> Hash {
        let files = [self.config_hash, self.edition_shown, Some(theme.hash), self.foreign.hash];
        let files = files.map(|hash| hash.map(|hash| hash.to_string()).unwrap_or_default());
        let parts = files.iter().map(String::as_bytes);
        Hash::of_parts(parts.chain([self.reading_key().as_bytes()]))
    }

    /// What rendering needs, with what follows from the pages.
    pub(super) fn context<'a>(
        &'a self,
        tree: &'a Tree,
        site: &'a Site,
        theme: &'a Theme,
        records: &'a Records<'a>,
        pictures: &'a [Picture],
    ) -> Context<'a> {
        let Self { config, foreign, .. } = self;
        Context { tree, config, site, theme, records, foreign, pictures }
    }

    /// What the search index needs to know of the site.
    pub(super) fn search_options(&self, theme: &Theme) -> search::Options {
        let schemas = self.schemas.iter().map(Arc::as_ref);
        search::Options {
            language: search::Language::from_code(&self.config.language),
            synonyms: self.synonyms.clone(),
            facet_labels: indexed::facet_labels(&self.config, schemas, theme),
            elasticlunr: self.config.elasticlunr,
        }
    }
}

/// The groups of like words that the configuration names.
fn synonyms(tree: &Tree, config: &Config) -> Checked<Vec<Vec<String>>> {
    let Some((path, place)) = &config.synonyms else { return Checked::clean(Vec::new()) };
    let mut diagnostics = Diagnostics::new();
    let Some(blob) = tree.get(path) else {
        let missing = catalogue::missing_file(place.clone(), path.as_str(), None);
        return Checked::new(Vec::new(), vec![missing]);
    };
    let node = yaml::read(path, &blob).into_value(&mut diagnostics);
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

fn config_file() -> SourcePath {
    SourcePath::new(CONFIG).expect("a constant without dots")
}
