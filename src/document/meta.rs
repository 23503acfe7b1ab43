//! The front matter that every page has, whatever its type.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::base::{Date, Span, Text, catalogue};
use crate::source::MapReader;

use super::lifecycle::{self, Lifecycle, PageState};

/// The built-in keys of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// The heading of the page, if given.
    pub title: Option<String>,
    /// What the page is about, in one or two sentences.
    pub description: String,
    /// When the thing that the page tells of happened, or when it was published.
    pub date: Option<Date>,
    /// When the page last changed.
    pub updated: Option<Date>,
    /// When its facts were last checked.
    pub verified: Option<Date>,
    /// What people call this state of the page, such as `2.1`; empty without one.
    pub version: String,
    /// The role of who checked it; empty for the one that the site names.
    pub reviewer: String,
    /// What was changed when, the newest first.
    pub changes: Vec<PageChange>,
    /// The first day on which it is published, if it has to wait for one.
    pub publish_from: Option<Date>,
    /// The last day on which what it says holds. It stays at its address with a notice.
    pub expires: Option<Date>,
    /// By when somebody has to check it again, and where that is written.
    pub review_by: Option<(Date, Span)>,
    /// Its place inside the section, the smaller the earlier.
    pub order: Option<i64>,
    /// Who answers for it, how far it has come, and what has taken its place.
    pub lifecycle: Lifecycle,
    /// The page type, if it is not that of the folder.
    pub page_type: Option<(String, Span)>,
    /// The template, if it is not that of the type.
    pub template: Option<(String, Span)>,
    /// The last part of the address, if it is not the name of the file.
    pub slug: Option<String>,
    /// Old addresses that lead here, as paths without slashes at the ends.
    pub aliases: Vec<(String, Span)>,
    /// Other words that readers type for this page.
    pub synonyms: Vec<String>,
    /// The collection that the page presents, with its table and its files.
    pub collection: Option<(String, Span)>,
    /// Lists of other pages that this one shows.
    pub lists: Vec<Query>,
}

/// One entry in the history of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageChange {
    /// When.
    pub date: Date,
    /// What, in a sentence.
    pub what: String,
}

/// A list of other pages: which, and in what order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// The heading of the list.
    pub title: String,
    /// Only pages of this type.
    pub page_type: Option<(String, Span)>,
    /// Only pages below this folder of the content.
    pub under: Option<String>,
    /// Only pages whose fields have these values.
    pub filters: Vec<Filter>,
    /// The order.
    pub order: Vec<SortKey>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// A field that must equal a value: a choice, a word, or the file stem of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// The field or taxonomy.
    pub field: String,
    /// The value.
    pub value: String,
}

/// One key to sort pages by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SortKey {
    /// `order`, `title`, `date`, `updated`, or a field of the type.
    pub name: String,
    /// Whether the greatest comes first.
    pub is_descending: bool,
}

impl Meta {
    /// Whether it is not to be published yet.
    pub fn is_draft(&self) -> bool {
        self.lifecycle.state == PageState::Draft
    }

    /// Whether what it says is the past.
    pub fn is_superseded(&self) -> bool {
        self.lifecycle.state == PageState::Superseded
    }
}

/// Reads `-date` as “by date, newest first”.
pub fn sort_keys(names: &[String]) -> Vec<SortKey> {
    let key = |name: &String| match name.strip_prefix('-') {
        Some(name) => SortKey { name: name.to_owned(), is_descending: true },
        None => SortKey { name: name.clone(), is_descending: false },
    };
    names.iter().map(key).collect()
}

/// Takes the built-in keys from `reader`.
pub fn read(reader: &mut MapReader<'_>) -> Meta {
    // What a page says of editions has had its effect when it is read.
    reader.boolean("adattabile");
    reader.placed_texts("only_in");
    reader.placed_texts("hidden_in");
    Meta {
        title: reader.text("title").map(|title| title.trim().to_owned()),
        description: reader.text("description").unwrap_or_default().trim().to_owned(),
        date: date(reader, "date"),
        updated: date(reader, "updated"),
        verified: date(reader, "verified"),
        version: reader.text("version").unwrap_or_default(),
        reviewer: reader.text("reviewer").unwrap_or_default(),
        changes: changes(reader),
        publish_from: date(reader, "publish_from"),
        expires: date(reader, "expires"),
        review_by: reader.date("review_by"),
        order: integer(reader, "order"),
        lifecycle: lifecycle::read(reader),
        page_type: reader.placed_text("type"),
        template: reader.placed_text("template"),
        slug: reader.text("slug"),
        aliases: aliases(reader),
        synonyms: reader.texts("synonyms"),
        collection: reader.placed_text("collection"),
        lists: lists(reader),
    }
}

fn date(reader: &mut MapReader<'_>, key: &'static str) -> Option<Date> {
    reader.date(key).map(|(date, _)| date)
}

fn integer(reader: &mut MapReader<'_>, key: &'static str) -> Option<i64> {
    let node = reader.node(key)?;
    match node.scalar().and_then(|scalar| scalar.text.parse().ok()) {
        Some(number) => Some(number),
        None => reader.wrong_type(key, node, &Text::new("un numero intero", "a whole number")),
    }
}

fn aliases(reader: &mut MapReader<'_>) -> Vec<(String, Span)> {
    let mut aliases = Vec::new();
    for (alias, span) in reader.placed_texts("aliases") {
        let path = alias.trim_matches('/').trim_end_matches("index.html").trim_matches('/');
        let is_path = !path.is_empty()
            && !path.contains(['\\', ':', '?', '#'])
            && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        if is_path {
            aliases.push((path.to_owned(), span));
        } else {
            reader.diagnostics.push(catalogue::bad_alias(span, &alias));
        }
    }
    aliases
}

fn changes(reader: &mut MapReader<'_>) -> Vec<PageChange> {
    let nodes = reader.list("changes");
    let changes = nodes.iter().filter_map(|node| reader.each(node, change));
    let mut changes: Vec<PageChange> = changes.collect();
    changes.sort_by_key(|change| Reverse(change.date));
    changes
}

fn change(reader: &mut MapReader<'_>) -> Option<PageChange> {
    let what = reader.text("what");
    let what = reader.required("what", what);
    let date = date(reader, "date");
    let date = reader.required("date", date);
    Some(PageChange { date: date?, what: what? })
}

fn lists(reader: &mut MapReader<'_>) -> Vec<Query> {
    let nodes = reader.list("lists");
    nodes.iter().map(|node| reader.each(node, query)).collect()
}

fn query(reader: &mut MapReader<'_>) -> Query {
    let title = reader.text("title");
    let mut filters = Vec::new();
    for (key, node) in reader.entries("where") {
        match node.scalar() {
            Some(value) => {
                filters.push(Filter { field: key.name.clone(), value: value.text.clone() });
            }
            None => {
                reader.wrong_type::<()>(&key.name, node, &Text::new("un testo", "a text"));
            }
        }
    }
    Query {
        title: reader.required("title", title).unwrap_or_default(),
        page_type: reader.placed_text("type"),
        under: reader.text("under").map(|folder| folder.trim_matches('/').to_owned()),
        filters,
        order: sort_keys(&reader.texts("order")),
        limit: reader.number("limit"),
    }
}
