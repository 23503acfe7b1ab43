//! One file understood alone: its front matter typed by the schema of its type, its Markdown turned
//! into HTML with holes where other pages will be needed. Nothing here knows another page.

pub mod body;
pub mod citation;
pub mod collection;
pub mod common;
pub mod downloads;
pub mod fields;
pub mod figure;
pub mod highlight;
pub mod language;
pub mod lifecycle;
pub mod markdown;
pub mod meta;
pub mod page;
pub mod sanitise;
pub mod schema;
pub mod structured;
pub mod vocabulary;

pub use body::{Body, Heading, Hole, Link, LinkTarget, TextSection};
pub use citation::{Act, Citation};
pub use collection::{Collection, Column, Source};
pub use downloads::{Downloads, OfficeFormat};
pub use fields::{Fields, Reference, Value};
pub use figure::{ChartKind, Figure, Form};
pub use language::Acronym;
pub use lifecycle::{Lifecycle, PageState};
pub use meta::{Filter, Meta, Query, SortKey};
pub use page::{Bodies, Document, Reading, Written, read};
pub use schema::{Field, Kind, Schema, Schemas, Searched, Show};
pub use structured::{Origin, Structured};
pub use vocabulary::{Property, Takes, Type};
