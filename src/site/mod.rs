//! All pages together: their addresses and order, what refers to what, and whether it is there.
//! Sequential and cheap: it moves names and numbers, never text.

pub mod assemble;
pub mod glossary;
pub mod links;
pub mod page;
pub mod query;
pub mod taxonomy;

pub use assemble::{Settings, assemble, is_page};
pub use page::{Page, PageId, PageKind, Redirect, Resolved, Site};
pub use taxonomy::{TermGroup, TermPage};
