//! The order of the keys of a page, in which `vasta fmt` puts them: that of the form in which they are
//! filled in. Everything else comes after them.

use std::sync::Arc;

use crate::base::SourcePath;
use crate::document::{Field, Kind, Schemas};
use crate::source::arranging::Order;
use crate::source::{Config, Node};

use super::form;

/// The order of the keys of the page `path`, whose front matter is `node`.
pub fn of_page(path: &SourcePath, node: &Node, schemas: &Schemas, config: &Config) -> Order {
    let named = node.get("type").and_then(Node::scalar).and_then(|name| schemas.get(&name.text));
    let schema = named.or_else(|| schemas.of_folder(path));
    let fields = form::fields(schema.map(Arc::as_ref), config);
    let is_date = |field: &&Field| matches!(field.kind, Kind::Date);
    let dates = fields.iter().filter(is_date).map(|field| field.name.clone()).collect();
    let keys = fields.into_iter().map(|field| field.name).collect();
    Order { keys, dates }
}
