//! Full-text search of a built site: from page texts to the index files that
//! readers load, and the reader that ranks with them.
//!
//! ```text
//!                            one page          all pages in one pass
//!                SearchPage ─► segment ─► Segment ─► Indexer ─┬─► ricerca/*.js ─► Index::search
//!                                                             │        │          (and ricerca.js
//!                                                             ▼        ▼ read      in the browser)
//!     Change: page before and after ────────────────► update ◄─ IndexState
//!                                                        └─► the files that differ, IndexState
//! ```
//!
//! `Indexer` builds from nothing: texts go out as their block is full, and of each term only packed
//! counts stay. `update` brings what is published up to date in proportion to the edit, with the same
//! bytes as a build from nothing; where it cannot vouch for that it gives nothing, and the caller builds.
//!
//! Everything here is a pure function: files are returned as bytes and read
//! through a closure. The browser half, `ricerca.js` in the theme, follows the
//! same steps with the same integers, so both rank alike to the last digit;
//! `tests/search/parity.mjs` holds them to it.
//!
//! | file | for |
//! |---|---|
//! | `words` | text to words: elisions, references, acronyms |
//! | `analysis` | what is Italian: stop words, elisions, stems |
//! | `segment` | one page's words, counted |
//! | `weight` | how much a word weighs on a page (BM25F, in integers) |
//! | `codec` | numbers in short strings |
//! | `postings` | the pages of one term: gathered, written, patched |
//! | `shards` | which term and which page goes in which file |
//! | `format` | what the files hold, and data as scripts |
//! | `dictionary` | the terms of all pages, and the lines of the shards |
//! | `blocks` | what is shown of pages |
//! | `facets` | the pages of each facet value |
//! | `indexer` | the index files, built from nothing |
//! | `state` | what an update needs to know, and the manifest |
//! | `update` | the index files, brought up to date |
//! | `index` | reads the index files back |
//! | `query` | what was asked: words, synonyms, completions, likely typing errors |
//! | `rank` | the order of the pages |
//! | `excerpt` | what a hit shows: best section and snippet |
//! | `lunr` | the stemmer, and an index in the form of elasticlunr |
//! | `export` | the pages for a search server |

mod analysis;
mod blocks;
mod codec;
mod dictionary;
mod excerpt;
mod export;
mod facets;
mod format;
mod index;
mod indexer;
mod lunr;
mod postings;
mod query;
mod rank;
mod segment;
mod shards;
mod state;
mod update;
mod weight;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use analysis::Language;
pub use excerpt::Fragment;
pub use export::{OpenSearch, open_search};
pub use format::{is_index_data, may_be_of_index};
pub use index::{Hit, Index, Results};
pub use indexer::{Indexer, PageSize, files};
pub use segment::{Segment, segment};
pub use state::IndexState;
pub use update::{Change, Indexed, Updated, update};
pub use words::{Word, words};

/// What the search knows of one page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchPage {
    /// Path from the site root, such as `sua/index.html`. Identifies the page.
    pub url: String,
    /// What the page is called.
    pub title: String,
    /// Other words that readers type for this page.
    pub synonyms: Vec<String>,
    /// One or two sentences, shown when the text has no better excerpt.
    pub summary: String,
    /// The kind of page in words, shown as a badge.
    pub kind_label: String,
    /// Values by facet, as shown: `{"ambito": ["SUA"]}`.
    pub facets: BTreeMap<String, Vec<String>>,
    /// Whether its words weigh half of what others do.
    pub is_low: bool,
    /// The text, cut at its headings.
    pub sections: Vec<SearchSection>,
}

/// A heading and the plain text below it.
///
/// The text before the first heading is a section with empty anchor and title.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchSection {
    /// The id of the heading.
    pub anchor: String,
    /// The heading.
    pub title: String,
    /// Plain text, up to the next heading.
    pub text: String,
}

/// What holds for the whole site.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language of its texts.
    pub language: Language,
    /// Groups of words or phrases of like meaning: `[["gara", "appalto"], ["SUA", "stazione unica appaltante"]]`.
    pub synonyms: Vec<Vec<String>>,
    /// The heading of each facet, by its name. A facet without one is headed by its name.
    pub facet_labels: BTreeMap<String, String>,
    /// Whether there is an elasticlunr index as well, `ricerca/elasticlunr.json`.
    pub elasticlunr: bool,
}

#[cfg(test)]
mod tests;
