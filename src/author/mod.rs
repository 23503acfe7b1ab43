//! What helps who writes pages: completions, forms in an editor or in the browser, new pages and the reference of fields, all made from
//! the page types of the site. Whatever a schema says, every tool of an editor says too.

pub mod cms;
pub mod form;
pub mod json_schema;
pub mod new_page;
pub mod order;
pub mod reference;
pub mod snippets;

pub use form::{Form, Known};
