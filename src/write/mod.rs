//! The end of the line: brings a folder to the state that a build describes, and keeps what the next
//! build may take over.

pub mod audit;
pub mod building;
pub mod bundle;
pub mod bundling;
pub mod folder;
mod ready;
pub mod saved;

pub use building::{Building, Outcome};
pub use bundling::{Bundling, Which};
pub use folder::{Folder, Reconciled, Stamps, Trouble};
pub use saved::Saved;
