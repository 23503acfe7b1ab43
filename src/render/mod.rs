//! The site as files: views of pages, the theme that shows them, feeds and assets. A template sees
//! one view and nothing else, so a view and its template are all that a page's bytes depend on.

pub mod calendar;
pub mod canvas;
pub mod chart;
pub mod charting;
pub mod comparisons;
pub mod contract;
pub mod cover;
pub mod differences;
pub mod downloads;
pub mod edition;
pub mod facts;
pub mod feed;
pub mod figures;
pub mod fill;
pub mod foreign;
pub mod format;
pub mod guide;
pub mod indexed;
pub mod indexes;
pub mod keys;
pub mod lettering;
pub mod mentions;
pub mod office;
pub mod pages;
pub mod picture;
pub mod placing;
pub mod plan;
pub mod png;
pub mod records;
pub mod script;
pub mod since;
pub mod structured;
pub mod style;
pub mod template;
pub mod theme;
pub mod view;
pub mod views;
pub mod words;

pub use pages::{Context, PageTexts, produce};
pub use picture::Picture;
pub use plan::{Plan, Planned, Product, plan};
pub use records::Records;
pub use theme::Theme;
