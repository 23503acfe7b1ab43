//! The site's configuration, `vasta.yaml`. Every key is optional; a folder without the file has
//! the default configuration.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::colour::{Colour, LEAST_CONTRAST};
use crate::base::{Checked, Diagnostics, SourcePath, Span, Text, catalogue};

use super::edition::{self, Edition, Rules};
use super::embedded::DEFAULT_THEME;
use super::language_rules::{self, LanguageRules};
use super::publisher::{self, Publisher};
use super::reader::MapReader;
use super::repository::{self, Repository};
use super::tree::{CONFIG, CONTENT, Tree};
use super::yaml::{self, Node};

/// What `vasta.yaml` says, with defaults for what it does not.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// One sentence on what the site is for.
    pub description: String,
    /// A few words shown under the title.
    pub tagline: String,
    /// Where the site is published, ending in `/`; empty when it is not known.
    pub base_url: String,
    /// The language of the content, such as `it`.
    pub language: String,
    /// The theme's folder below `themes/`.
    pub theme: String,
    /// Where the theme is named, for messages.
    pub theme_place: Span,
    /// Who publishes the site.
    pub publisher: Publisher,
    /// Where that is said, for messages.
    pub publisher_place: Span,
    /// Under which licence the content may be reused.
    pub licence: Licence,
    /// Where the sources are, and where pages are edited.
    pub repository: Repository,
    /// The entries of the main menu.
    pub navigation: Vec<Entry>,
    /// The entries of the footer.
    pub footer: Vec<Entry>,
    /// The taxonomies in the order of the file.
    pub taxonomies: Vec<Taxonomy>,
    /// The file of search synonyms, and where it is named.
    pub synonyms: Option<(SourcePath, Span)>,
    /// Whether the search index is also written in the form of elasticlunr.
    pub elasticlunr: bool,
    /// How many pages the feed lists.
    pub feed_limit: usize,
    /// The page type whose pages explain terms and acronyms, to which texts that mention these lead.
    pub glossary: Option<String>,
    /// The page type whose pages are acts of law, to which references in texts lead.
    pub citations: Option<String>,
    /// The file of foreign words in texts, and where it is named.
    pub foreign: Option<(SourcePath, Span)>,
    /// The rules for plain language, and what breaking one means.
    pub language_rules: LanguageRules,
    /// The page type whose pages divide the site into areas.
    pub areas: Option<AreaType>,
    /// What people call this state of the site, such as `2026.1`; empty without one.
    pub version: String,
    /// The role of who checks pages, for those that name none.
    pub reviewer: String,
    /// The sign of the publisher in the header, below `content/`.
    pub logo: Option<SourcePath>,
    /// The colour of the header, as `#` and six digits; empty for that of the theme.
    pub colour: String,
    /// After how many months the facts of a page are to be checked again.
    pub review_months: i32,
    /// Which editions there are, and what pages may say of them.
    pub editions: Option<Rules>,
    /// The edition that the site is.
    pub edition: Option<Arc<Edition>>,
    /// Where the national site is published, in an edition of it.
    pub national_url: String,
}

/// The page type of the areas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaType {
    /// The type, and where it is named.
    pub page_type: (String, Span),
    /// Its field with the short name of an area, and where it is named.
    pub short: Option<(String, Span)>,
}

/// The licence of the content; unknown parts are empty.
#[derive(Clone, Debug, Default)]
pub struct Licence {
    /// Its name, such as `CC BY 4.0`.
    pub name: String,
    /// Its text.
    pub url: String,
}

/// One entry of a menu.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What is shown; empty to show the page's own title.
    pub title: String,
    /// Where it leads.
    pub target: EntryTarget,
    /// Where it is written.
    pub span: Span,
}

/// Where an entry of a menu leads.
#[derive(Clone, Debug)]
pub enum EntryTarget {
    /// A page of the site.
    Page(SourcePath),
    /// Another site.
    Url(String),
}

/// A way to group pages by words in their front matter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Taxonomy {
    /// The front matter key and the first part of the address.
    pub name: String,
    /// The heading of its list of terms.
    pub title: String,
    /// How one term is called.
    pub singular: String,
}

impl Config {
    /// Reads `vasta.yaml` of `tree`.
    pub fn of(tree: &Tree) -> Checked<Self> {
        let file = SourcePath::new(CONFIG).expect("a constant without dots");
        let mut diagnostics = Diagnostics::new();
        let node = match tree.get(&file) {
            Some(blob) => yaml::read(&file, &blob).into_value(&mut diagnostics),
            None => Node { yaml: yaml::Yaml::Null, range: 0..0 },
        };
        let mut reader = MapReader::new(&file, &node);
        let mut config = read(&mut reader, tree);
        diagnostics.extend(reader.finish());
        if let Some(edition) = tree.edition() {
            config.override_by(edition, tree, &mut diagnostics);
        }
        Checked::new(config, diagnostics)
    }

    /// Takes what the file of an edition says otherwise, key by key.
    fn override_by(&mut self, edition: &Edition, tree: &Tree, diagnostics: &mut Diagnostics) {
        self.national_url = std::mem::take(&mut self.base_url);
        let file = edition.file();
        let Some(blob) = tree.get(&file) else { return };
        let node = yaml::read(&file, &blob).into_value(diagnostics);
        let mut reader = MapReader::new(&file, &node);
        if let Some(rules) = &self.editions {
            edition::own(&mut reader, rules);
        }
        overrides(&mut reader, tree, self);
        diagnostics.extend(reader.finish());
    }
}

/// The keys that the file of an edition may give another value.
fn overrides(reader: &mut MapReader<'_>, tree: &Tree, config: &mut Config) {
    let texts = [
        ("title", &mut config.title),
        ("tagline", &mut config.tagline),
        ("description", &mut config.description),
        ("version", &mut config.version),
        ("reviewer", &mut config.reviewer),
    ];
    for (key, text) in texts {
        if let Some(written) = reader.text(key) {
            *text = written;
        }
    }
    config.base_url = base_url(reader);
    if let Some(node) = reader.node("publisher") {
        config.publisher_place = reader.span(node);
        config.publisher = reader.each(node, |reader| publisher::publisher(reader, tree));
    }
    config.logo = logo(reader, tree).or(config.logo.take());
    config.colour = colour(reader).unwrap_or(std::mem::take(&mut config.colour));
    let navigation = entries(reader, "navigation");
    if !navigation.is_empty() {
        config.navigation = navigation;
    }
    config.navigation.extend(entries(reader, "menu"));
    let footer = entries(reader, "footer");
    if !footer.is_empty() {
        config.footer = footer;
    }
}

/// The address of the site, which ends in `/`.
fn base_url(reader: &mut MapReader<'_>) -> String {
    let mut base_url = reader.text("base_url").unwrap_or_default();
    if !base_url.is_empty() && !base_url.ends_with('/') {
        base_url.push('/');
    }
    base_url
}

/// A picture beside the name of the publisher.
fn logo(reader: &mut MapReader<'_>, tree: &Tree) -> Option<SourcePath> {
    let (path, place) = named_file(reader, "logo")?;
    if tree.hash(&path).is_none() {
        let written = path.below(CONTENT).unwrap_or_default();
        reader.diagnostics.push(catalogue::missing_file(place, written, None));
        return None;
    }
    Some(path)
}

/// A colour on which white can be read: `#` and six digits.
fn colour(reader: &mut MapReader<'_>) -> Option<String> {
    let (written, span) = reader.placed_text("colour")?;
    match Colour::of(&written).map(|colour| colour.contrast_with_white()) {
        Some(contrast) if contrast >= LEAST_CONTRAST => return Some(written.to_lowercase()),
        contrast => reader.diagnostics.push(catalogue::bad_colour(span, &written, contrast)),
    }
    None
}

fn read(reader: &mut MapReader<'_>, tree: &Tree) -> Config {
    let publisher_place = reader.node("publisher").map(|node| reader.span(node));
    let theme_place = reader.node("theme").map(|node| reader.span(node));
    let (synonyms, elasticlunr) = reader.inside("search", search).unwrap_or_default();
    let (glossary, citations, foreign) = reader.inside("markdown", markdown).unwrap_or_default();
    Config {
        title: reader.text("title").unwrap_or_default(),
        description: reader.text("description").unwrap_or_default(),
        tagline: reader.text("tagline").unwrap_or_default(),
        base_url: base_url(reader),
        language: reader.text("language").unwrap_or_else(|| "it".to_owned()),
        theme: reader.text("theme").unwrap_or_else(|| DEFAULT_THEME.to_owned()),
        theme_place: theme_place.unwrap_or_else(|| reader.place()),
        publisher: reader
            .inside("publisher", |reader| publisher::publisher(reader, tree))
            .unwrap_or_default(),
        publisher_place: publisher_place.unwrap_or_else(|| reader.place()),
        licence: reader.inside("licence", licence).unwrap_or_default(),
        repository: repository::read(reader),
        navigation: entries(reader, "navigation"),
        footer: entries(reader, "footer"),
        taxonomies: taxonomies(reader),
        synonyms,
        elasticlunr,
        feed_limit: reader.inside("feed", |feed| feed.number("limit")).flatten().unwrap_or(20),
        glossary,
        citations,
        foreign,
        language_rules: reader
            .inside("language_rules", language_rules::language_rules)
            .unwrap_or_default(),
        areas: reader.inside("areas", areas).flatten(),
        version: reader.text("version").unwrap_or_default(),
        reviewer: reader.text("reviewer").unwrap_or_default(),
        logo: logo(reader, tree),
        colour: colour(reader).unwrap_or_default(),
        review_months: reader.inside("review", review_months).flatten().unwrap_or(12),
        editions: reader.inside("editions", edition::rules).flatten(),
        edition: tree.edition().cloned(),
        national_url: String::new(),
    }
}

fn review_months(reader: &mut MapReader<'_>) -> Option<i32> {
    reader.number("months").and_then(|months| i32::try_from(months).ok())
}

fn licence(reader: &mut MapReader<'_>) -> Licence {
    Licence {
        name: reader.text("name").unwrap_or_default(),
        url: reader.text("url").unwrap_or_default(),
    }
}

/// The file of synonyms, and whether there is an elasticlunr index.
fn search(reader: &mut MapReader<'_>) -> (Option<Named>, bool) {
    (named_file(reader, "synonyms"), reader.boolean("elasticlunr").unwrap_or(false))
}

fn areas(reader: &mut MapReader<'_>) -> Option<AreaType> {
    let page_type = reader.placed_text("type");
    let page_type = reader.required("type", page_type)?;
    Some(AreaType { page_type, short: reader.placed_text("short") })
}

/// The page types of the glossary and of acts of law, and the file of foreign words.
fn markdown(reader: &mut MapReader<'_>) -> (Option<String>, Option<String>, Option<Named>) {
    (reader.text("glossary"), reader.text("citations"), named_file(reader, "foreign"))
}

/// A file of the content, and where it is named.
type Named = (SourcePath, Span);

fn named_file(reader: &mut MapReader<'_>, key: &'static str) -> Option<Named> {
    let (written, span) = reader.placed_text(key)?;
    let path = SourcePath::new(&format!("{CONTENT}/{written}"));
    if path.is_none() {
        reader.diagnostics.push(catalogue::link_outside(span.clone(), &written));
    }
    Some((path?, span))
}

fn entries(reader: &mut MapReader<'_>, key: &'static str) -> Vec<Entry> {
    let nodes = reader.list(key);
    nodes.iter().filter_map(|node| reader.each(node, entry)).collect()
}

fn entry(reader: &mut MapReader<'_>) -> Option<Entry> {
    let span = reader.place();
    let title = reader.text("title").unwrap_or_default();
    let page = reader.node("page");
    if let Some(url) = reader.text("url") {
        return Some(Entry { title, target: EntryTarget::Url(url), span });
    }
    let written = reader.text("page");
    let written = reader.required("page", written)?;
    let Some(path) = SourcePath::new(&format!("{CONTENT}/{written}")) else {
        let span = page.map_or(span, |node| reader.span(node));
        reader.diagnostics.push(catalogue::link_outside(span, &written));
        return None;
    };
    let span = page.map_or(span, |node| reader.span(node));
    Some(Entry { title, target: EntryTarget::Page(path), span })
}

fn taxonomies(reader: &mut MapReader<'_>) -> Vec<Taxonomy> {
    let mut taxonomies = Vec::new();
    for (key, node) in reader.entries("taxonomies") {
        let taxonomy = reader.each(node, |reader| {
            let title = reader.text("title").unwrap_or_else(|| key.name.clone());
            let singular = reader.text("singular").unwrap_or_else(|| title.clone());
            Taxonomy { name: key.name.clone(), title, singular }
        });
        if RESERVED.contains(&key.name.as_str()) {
            let span = Span::new(reader.file(), key.range.clone());
            let expected = Text::new("un nome che non sia già un campo", "a name that is no field");
            let found = Text::new(format!("`{}`", key.name), format!("`{}`", key.name));
            reader.diagnostics.push(catalogue::wrong_type(span, "taxonomies", &expected, &found));
        }
        taxonomies.push(taxonomy);
    }
    taxonomies
}

/// The front matter keys that every page has, whatever its type.
pub const RESERVED: &[&str] = &[
    "title",
    "description",
    "date",
    "updated",
    "verified",
    "version",
    "reviewer",
    "owner",
    "changes",
    "publish_from",
    "valid_from",
    "expires",
    "review_by",
    "state",
    "repealed_by",
    "order",
    "draft",
    "type",
    "template",
    "collection",
    "slug",
    "aliases",
    "synonyms",
    "lists",
    "adattabile",
    "only_in",
    "hidden_in",
];
