//! All integration tests in one program: sites as data in, files and diagnostics out.
#![expect(clippy::disallowed_methods, reason = "tests make folders and run the program")]

mod fixture;

mod arranging;
mod author;
mod building_editions;
mod bundle;
mod bundling;
mod charts;
mod collections;
mod command_line;
mod comparisons;
mod determinism;
mod editions;
mod expectations;
mod explanations;
mod foreign;
mod golden;
mod history;
mod indexes;
mod language;
mod lifecycle;
mod mending;
mod mistakes;
mod office;
mod page_parts;
mod pictures;
mod plain_folder;
mod probes;
mod published;
mod references;
mod release;
mod remembering;
mod reports;
mod review;
mod safe_writing;
mod serving;
mod since;
mod structured;
mod theming;
mod tidy;
mod workflows;
