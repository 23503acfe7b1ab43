//! The input as it is: the snapshot of the files, YAML with the place of every value, the site's
//! configuration. Knows what a key is, not what a page is.

mod adapting;
pub mod aliasing;
pub mod arranging;
pub mod config;
pub mod edition;
pub mod embedded;
pub mod explanation;
pub mod foreign;
pub mod front_matter;
pub(crate) mod git;
pub mod history;
pub mod language_rules;
pub mod mending;
pub mod published;
pub mod publisher;
pub mod reader;
pub mod release;
pub mod repository;
pub mod tree;
pub mod yaml;

pub use config::Config;
pub use edition::{Edition, Editions};
pub use foreign::Foreign;
pub use history::{History, Revision};
pub use language_rules::LanguageRules;
pub use published::Published;
pub use reader::MapReader;
pub use repository::Repository;
pub use tree::{Blob, Tree};
pub use yaml::{Node, Yaml};
