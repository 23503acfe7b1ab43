//! What every other layer speaks in: hashes, paths, addresses, dates, text folding and cutting, diagnostics
//! that travel with values, memo tables, and the set of files that a build produces. Knows nothing about
//! sites, and touches neither files nor clock.

pub mod address;
pub mod archive;
pub mod binary;
pub mod catalogue;
pub mod checked;
pub mod checksum;
pub mod colour;
pub mod csv;
pub mod date;
pub mod deflate;
pub mod diagnostic;
pub mod hash;
pub mod html;
pub mod lock;
pub mod memo;
pub mod outputs;
pub mod path;
pub mod phrase;
pub mod pieces;
pub mod prose;
pub mod readability;
pub(crate) mod tables;
pub mod text;
mod wording;

pub use checked::Checked;
pub use date::Date;
pub use diagnostic::{Diagnostic, Diagnostics, Language, Mend, Severity, Span, Text};
pub use hash::Hash;
pub use lock::{lock, unlock};
pub use memo::Table;
pub use outputs::{Outputs, Produced};
pub use path::{SourcePath, UrlPath};
