//! The end of the line: brings a folder to the state that a build describes, and keeps what the next
//! build may take over.

pub mod audit;
pub mod building;
pub mod building_editions;
pub mod bundle;
pub mod bundling;
mod exposure;
pub mod folder;
mod ready;
pub mod saved;
pub mod sites;

pub use building::{Building, Outcome};
pub use building_editions::BuildingEditions;
pub use bundling::Bundling;
pub use folder::{Folder, Reconciled, Stamps, Trouble};
pub use saved::Saved;
pub use sites::{Sites, Which};
