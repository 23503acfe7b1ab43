//! What a theme may count on: which names a template sees, which fields each thing has and what they
//! mean. It is made from the types of the views and their comments, when somebody asks or when a
//! template is wrong; rendering knows nothing of it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::view;
use super::words::Words;

/// The functions of this program, with what they take, and what they give.
pub const FUNCTIONS: [(&str, &str); 1] = [(
    "asset(path=\"…\")",
    "The path of a file of `static/`, or of the style sheet `stile.css`, with its fingerprint; `root` \
     goes before it.",
)];

/// The filters of this program, and what they give.
pub const FILTERS: [(&str, &str); 2] = [
    ("date", "An ISO date as people write it in the language of the site."),
    ("number", "A number with separators between thousands."),
];

/// The functions that the template language brings; the last is for blocks.
pub const TERA_FUNCTIONS: [&str; 3] = ["range", "throw", "super"];

/// The filters that the template language brings.
pub const TERA_FILTERS: [&str; 35] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
];

/// The tests that the template language brings, for `is`.
pub const TERA_TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// The names that templates see, the fields of each view, the words.
#[derive(Clone, Debug)]
pub struct Contract {
    /// What a template finds by its name: `page`, `site` …
    pub names: BTreeMap<String, Field>,
    /// The views by the names of their types.
    pub views: BTreeMap<String, Shape>,
    /// The words of the theme by key.
    pub words: Words,
}

/// What a view is for, and its fields.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// What it stands for.
    pub meaning: String,
    /// Its fields by name.
    pub fields: BTreeMap<String, Field>,
}

/// A field of a view, or a name.
#[derive(Clone, Debug)]
pub struct Field {
    /// What it holds.
    pub kind: Kind,
    /// Whether it can be nothing.
    pub is_optional: bool,
    /// What it means.
    pub meaning: String,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words or HTML.
    Text,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A view of this name.
    View(String),
    /// Several of one kind.
    List(Box<Kind>),
    /// All words of the theme, each by its key.
    Words,
    /// Anything else: nothing is said about its fields.
    Other,
}

impl Contract {
    /// The contract of a theme with these words.
    pub fn of(words: &Words) -> Self {
        let mut views: BTreeMap<String, Shape> =
            view::schemas().iter().map(|(name, schema)| (name.clone(), shape(schema))).collect();
        // What a template is given is an object whose fields are names.
        let mut names = BTreeMap::new();
        for given in ["RedirectView", "View"] {
            names.extend(views.remove(given).unwrap_or_default().fields);
        }
        let site = Kind::View("SiteView".to_owned());
        names.insert("site".to_owned(), name(site, "What all pages share."));
        names.insert("t".to_owned(), name(Kind::Words, "The words of the theme, by key."));
        Self { names, views, words: words.clone() }
    }

    /// What the field `name` of something of `kind` holds; none when there is no such field.
    pub fn field(&self, kind: &Kind, name: &str) -> Option<Kind> {
        match kind {
            Kind::View(view) => Some(self.views.get(view)?.fields.get(name)?.kind.clone()),
            Kind::Words => self.words.contains_key(name).then_some(Kind::Text),
            Kind::Other => Some(Kind::Other),
            Kind::Text | Kind::Number | Kind::Boolean | Kind::List(_) => None,
        }
    }

    /// The names of the fields of something of `kind`, in order.
    pub fn fields(&self, kind: &Kind) -> Vec<&str> {
        match kind {
            Kind::View(view) => {
                let fields = self.views.get(view).map(|shape| shape.fields.keys());
                fields.into_iter().flatten().map(String::as_str).collect()
            }
            Kind::Words => self.words.keys().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The view that has just these fields, in order, if there is one and no other.
    pub fn view_with(&self, fields: &[&str]) -> Option<&str> {
        let mut views = self.views.iter().filter(|(_, shape)| shape.fields.keys().eq(fields));
        let found = views.next().filter(|_| views.next().is_none());
        found.map(|(name, _)| name.as_str())
    }
}

fn name(kind: Kind, meaning: &str) -> Field {
    Field { kind, is_optional: false, meaning: meaning.to_owned() }
}

/// A view from its JSON Schema.
fn shape(schema: &Value) -> Shape {
    let fields = schema["properties"].as_object().into_iter().flatten();
    let fields = fields.map(|(name, schema)| {
        let (kind, is_optional) = kind(schema);
        (name.clone(), Field { kind, is_optional, meaning: description(schema) })
    });
    Shape { meaning: description(schema), fields: fields.collect() }
}

/// The comment of a type or field, on one line.
fn description(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a JSON Schema allows, and whether that includes nothing.
fn kind(schema: &Value) -> (Kind, bool) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return (Kind::View(name.to_owned()), false);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let is_nothing = |schema: &&Value| schema["type"] == "null";
        let is_optional = choices.iter().any(|schema| is_nothing(&schema));
        let first = choices.iter().find(|schema| !is_nothing(schema));
        return (first.map_or(Kind::Other, |schema| kind(schema).0), is_optional);
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is_optional = types.contains(&"null");
    let kind = match types.iter().find(|name| **name != "null") {
        Some(&"string") => Kind::Text,
        Some(&"integer" | &"number") => Kind::Number,
        Some(&"boolean") => Kind::Boolean,
        Some(&"array") => Kind::List(Box::new(kind(&schema["items"]).0)),
        _ => Kind::Other,
    };
    (kind, is_optional)
}
