//! The bundle: a copy of the site as one archive, which says of every byte whether it is right. Here is
//! all that keeps it so, from the lists and signature that an archive is packed with to the patch that
//! turns a folder of one version into the next. Which files a bundle has is decided elsewhere.

pub mod apply;
pub mod delta;
mod held;
mod lines;
pub mod manifest;
pub mod names;
mod older;
pub mod pack;
mod packed;
pub mod patch;
pub mod report;
pub mod signing;
mod swap;
pub mod verify;

pub use manifest::{Changes, Facts, FileSum, Manifest, changes};
pub use older::Older;
pub use pack::{lists, pack, pack_into};
pub use packed::Packed;
pub use report::Report;
pub use signing::{Key, NewKeys, Signer};
