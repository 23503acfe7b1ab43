//! The order of the keys of a page, in which `vasta fmt` puts them: those that every page has, the topics
//! of the site, the fields of its type. Everything else comes after them.

use crate::base::SourcePath;
use crate::document::{Field, Kind, Schemas, common};
use crate::source::arranging::Order;
use crate::source::{Config, Node};

/// The order of the keys of the page `path`, whose front matter is `node`.
pub fn of_page(path: &SourcePath, node: &Node, schemas: &Schemas, config: &Config) -> Order {
    let named = node.get("type").and_then(Node::scalar).and_then(|name| schemas.get(&name.text));
    let schema = named.or_else(|| schemas.of_folder(path));
    let own = schema.map_or(&[][..], |schema| &schema.fields);
    let fields: Vec<Field> = common::fields().into_iter().chain(own.iter().cloned()).collect();
    let is_date = |field: &&Field| matches!(field.kind, Kind::Date);
    let dates = fields.iter().filter(is_date).map(|field| field.name.clone()).collect();
    let mut keys: Vec<String> = common::fields().into_iter().map(|field| field.name).collect();
    // A topic that the type has as a field stands where the field does.
    let topics = config.taxonomies.iter().map(|topic| &topic.name);
    let topics = topics.filter(|name| own.iter().all(|field| field.name != **name));
    keys.extend(topics.cloned());
    keys.extend(own.iter().map(|field| field.name.clone()));
    Order { keys, dates }
}
