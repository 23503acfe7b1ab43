//! The end of the line: brings a folder to the state that a build describes.

pub mod folder;

pub use folder::{Reconciled, Trouble, reconcile};
