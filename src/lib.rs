//! vasta compiles a knowledge base of public-service models, Markdown with YAML front matter kept
//! in git, into a searchable static site that also works from a folder on a stick.
//!
//! The program is a pure function between two ends that touch the world:
//!
//! ```text
//! files ─► Tree ─► Documents ─► Site ─► Outputs ─► public/
//!          source  document     site    render     write
//!                                       search
//! ```
//!
//! [`pipeline::update`] is that function; every command calls it, and [`pipeline::build`] is the same from
//! nothing and in memory.
//!
//! ```
//! use vasta::pipeline::{self, Settings};
//! use vasta::source::Tree;
//!
//! let tree = Tree::of_texts([("content/_index.md", "# Benvenuti\n\nUna pagina.\n")]);
//! let built = pipeline::build(&tree, &Settings::default());
//! assert!(!built.has_errors());
//! let html = built.value.outputs.get("index.html").expect("the home page");
//! assert!(String::from_utf8_lossy(html).contains("<h1"));
//! ```

pub mod author;
pub mod base;
pub mod cli;
pub mod dev;
pub mod document;
pub mod pipeline;
pub mod render;
pub mod search;
pub mod site;
pub mod source;
pub mod write;
