//! Editions: the site of each Provincia, made of the national files. `vasta.yaml` says which there are and
//! which values pages may use; `editions/tv.yaml` gives those of one, and `editions/tv/` what it has of
//! its own:
//!
//! | in `editions/tv/` | for |
//! |---|---|
//! | `replace/` | files in the place of national ones of the same name |
//! | `add/` | files that only this edition has |
//! | `theme/` | templates, style parts, words and static files in the place of those of the theme of the site |
//!
//! An edition is a tree like any other: after it is chosen, the rest of the program builds it as it
//! builds the tree of all files, and knows no more of editions than what it shows of this one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rayon::prelude::*;

use crate::base::text::nearest;
use crate::base::{Checked, Diagnostics, Hash, Language, SourcePath, Span, catalogue};

use super::adapting::{Adapted, Misfit, adapt};
use super::config::Config;
use super::front_matter;
use super::reader::MapReader;
use super::tree::{Blob, CONTENT, Change, Changes, EDITIONS, THEMES, Tree};
use super::yaml::{self, Node, Yaml};

/// The front matter key of a page into which values are put.
const ADAPTABLE: &str = "adattabile";
/// The front matter key of the only editions that have a page.
const ONLY_IN: &str = "only_in";
/// The front matter key of the editions that do not have a page.
const HIDDEN_IN: &str = "hidden_in";
/// One of them stands in every page that has to be looked at.
const MARKS: [&str; 3] = [ADAPTABLE, ONLY_IN, HIDDEN_IN];

/// What `vasta.yaml` says of editions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The folder below `content/` each page of which has an edition.
    pub folder: String,
    /// The field of these pages with the short name of the edition.
    pub id: String,
    /// The values that pages may use.
    pub values: Vec<ValueRule>,
}

/// A value that pages may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRule {
    /// What it is called between braces, such as `provincia.nome`.
    pub name: String,
    /// What stands in its place where no edition is meant.
    pub national: String,
    /// The field of the page of the edition that holds it.
    pub field: Option<String>,
    /// Whether an edition without it shows the national text.
    pub is_optional: bool,
}

/// One edition: what all that follows may know of it.
#[derive(Clone, Debug, Default)]
pub struct Edition {
    /// Its short name in lower case, such as `tv`.
    pub id: String,
    /// What people call it, such as `Provincia di Treviso`.
    pub name: String,
    /// What pages print for its name: the name, or, where many editions are made at once, a mark in whose
    /// place the name comes later.
    pub shown: String,
    /// The page in the folder of the configuration for which it is made.
    pub page: SourcePath,
    /// What the values are in it.
    pub values: BTreeMap<String, String>,
    /// The files that it replaces, with the national ones.
    pub replaced: BTreeMap<SourcePath, Blob>,
    /// The files that only it has.
    pub added: BTreeSet<SourcePath>,
    /// The national files that it does not have, with the titles of those that are pages.
    pub hidden: BTreeMap<SourcePath, String>,
    /// The files of its tree that somebody wrote elsewhere or otherwise.
    pub(super) origins: BTreeMap<SourcePath, Origin>,
}

/// Where a file of the tree of an edition was written.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    /// In another place, as it is.
    File(SourcePath),
    /// With names where values stand now.
    Adapted { file: SourcePath, written: Blob, adapted: Adapted },
}

/// The editions of a site.
#[derive(Debug)]
pub struct Editions<'a> {
    tree: &'a Tree,
    rules: Rules,
    members: BTreeMap<String, Member>,
    marked: Vec<Marked>,
}

/// A page for which there is an edition.
#[derive(Debug)]
struct Member {
    page: SourcePath,
    fields: BTreeMap<String, String>,
}

/// A page that says something about editions.
#[derive(Debug)]
struct Marked {
    path: SourcePath,
    is_adaptable: bool,
    only_in: Vec<(String, Span)>,
    hidden_in: Vec<(String, Span)>,
}

/// What the file of an edition says besides the configuration.
#[derive(Debug, Default)]
pub(super) struct Own {
    name: Option<String>,
    values: BTreeMap<String, String>,
    hide: Vec<(String, Span)>,
}

impl Edition {
    /// The file of the edition; there need not be one.
    pub fn file(&self) -> SourcePath {
        file(&self.id)
    }

    /// The name of the theme that holds what the edition has of its own.
    pub fn theme(&self) -> String {
        format!("edition-{}", self.id)
    }

    /// The fingerprint of what pages show of it.
    pub fn hash(&self) -> Hash {
        let mut parts = vec![self.id.clone(), self.name.clone(), self.page.to_string()];
        parts.extend(self.values.iter().map(|(name, value)| format!("{name}={value}")));
        let replaced = self.replaced.iter();
        parts.extend(replaced.map(|(path, blob)| format!("{path}<{}", blob.hash)));
        parts.extend(self.added.iter().map(|path| format!("{path}+")));
        parts.extend(self.hidden.iter().map(|(path, title)| format!("{path}-{title}")));
        Hash::of_parts(parts.iter().map(String::as_bytes))
    }
}

/// Reads the rules in `vasta.yaml`.
pub(super) fn rules(reader: &mut MapReader<'_>) -> Option<Rules> {
    let folder = reader.text("folder");
    let folder = reader.required("folder", folder);
    let id = reader.text("id");
    let id = reader.required("id", id);
    let entries = reader.entries("values");
    let values = entries.iter().map(|(key, node)| match node.scalar() {
        Some(scalar) => ValueRule {
            name: key.name.clone(),
            national: scalar.text.clone(),
            field: None,
            is_optional: false,
        },
        None => reader.each(node, |reader| value_rule(reader, &key.name)),
    });
    let values = values.collect();
    Some(Rules { folder: folder?.trim_matches('/').to_owned(), id: id?, values })
}

fn value_rule(reader: &mut MapReader<'_>, name: &str) -> ValueRule {
    let national = reader.text("national");
    ValueRule {
        name: name.to_owned(),
        national: reader.required("national", national).unwrap_or_default(),
        field: reader.text("field"),
        is_optional: reader.boolean("optional").unwrap_or(false),
    }
}

/// Reads what the file of an edition says besides the configuration.
pub(super) fn own(reader: &mut MapReader<'_>, rules: &Rules) -> Own {
    let name = reader.text("name");
    let hide = reader.placed_texts("hide");
    let mut values = BTreeMap::new();
    for (key, node) in reader.entries("values") {
        let names = || rules.values.iter().map(|rule| rule.name.as_str());
        if !names().any(|name| name == key.name) {
            let span = Span::new(reader.file(), key.range.clone());
            let near = nearest(&key.name, names());
            reader.diagnostics.push(catalogue::unknown_value(span, &key.name, near));
        }
        for (value, _) in reader.placed_texts_of(&key.name, node).into_iter().take(1) {
            values.insert(key.name.clone(), value);
        }
    }
    Own { name, values, hide }
}

impl<'a> Editions<'a> {
    /// The editions of the site of `tree`, if its configuration has any, and what is wrong with the pages
    /// and files that speak of editions.
    pub fn of(tree: &'a Tree) -> Checked<Option<Self>> {
        let config = Config::of(tree).value;
        let Some(rules) = config.editions else { return Checked::clean(None) };
        let mut diagnostics = Diagnostics::new();
        let members = members(tree, &rules).into_value(&mut diagnostics);
        let marked = marked(tree);
        let editions = Self { tree, rules, members, marked };
        for marked in &editions.marked {
            for (id, span) in marked.only_in.iter().chain(&marked.hidden_in) {
                editions.expect(id, span.clone(), &mut diagnostics);
            }
        }
        let mut seen = BTreeSet::new();
        for path in tree.below(EDITIONS) {
            let below = path.below(EDITIONS).unwrap_or_default();
            let first = below.split('/').next().unwrap_or_default();
            let id = first.strip_suffix(".yaml").filter(|_| first == below).unwrap_or(first);
            if seen.insert(id) {
                editions.expect(id, Span::start_of(path), &mut diagnostics);
            }
        }
        Checked::new(Some(editions), diagnostics)
    }

    /// The short names of all editions, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.members.keys().map(String::as_str)
    }

    /// What people call an edition.
    pub fn name(&self, id: &str) -> String {
        self.called(id, &self.own(id))
    }

    /// The same, of which the file of the edition is already read.
    fn called(&self, id: &str, own: &Own) -> String {
        let title = || self.members.get(id)?.fields.get("title").cloned();
        own.name.clone().or_else(title).unwrap_or_else(|| id.to_owned())
    }

    /// The short name that is most like `id`, if one is.
    pub fn nearest(&self, id: &str) -> Option<&str> {
        nearest(id, self.ids())
    }

    /// Whether there is an edition of this name.
    pub fn has(&self, id: &str) -> bool {
        self.members.contains_key(id)
    }

    fn expect(&self, id: &str, span: Span, diagnostics: &mut Diagnostics) {
        if !self.has(id) {
            diagnostics.push(catalogue::unknown_edition(span, id, self.nearest(id)));
        }
    }

    /// Whether an edition has nothing of its own but its name and its values.
    pub fn is_plain(&self, id: &str) -> bool {
        let has_files = self.tree.below(&format!("{EDITIONS}/{id}")).next().is_some();
        !has_files && self.tree.hash(&file(id)).is_none()
    }

    /// The tree of one edition, or of the national site: its own files, its values, its pages.
    pub fn select(&self, id: Option<&str>) -> Checked<Tree> {
        self.select_shown(id, None)
    }

    /// The same with what pages print for the name of the edition, if that is not its name.
    pub fn select_shown(&self, id: Option<&str>, shown: Option<&str>) -> Checked<Tree> {
        let mut diagnostics = Diagnostics::new();
        let member = id.and_then(|id| Some((id, self.members.get(id)?)));
        let mut edition = Edition::default();
        let mut changes = Changes::new();
        let mut own = Own::default();
        if let Some((id, member)) = member {
            own = self.own(id);
            edition.id = id.to_owned();
            edition.name = self.called(id, &own);
            edition.shown = shown.unwrap_or(&edition.name).to_owned();
            edition.page = member.page.clone();
            self.lay_over(&mut edition, &mut changes, &mut diagnostics);
        }
        self.hide(&own, &mut edition, &mut changes, &mut diagnostics);
        edition.values = self.values(member.map(|(_, member)| member), &own);
        for marked in self.marked.iter().filter(|marked| marked.is_adaptable) {
            self.adapt(marked, &mut edition, &mut changes, &mut diagnostics);
        }
        Checked::new(self.tree.of_edition(edition, changes), diagnostics)
    }

    fn own(&self, id: &str) -> Own {
        let file = file(id);
        let Some(blob) = self.tree.get(&file) else { return Own::default() };
        // What is wrong with the file is told when the configuration is read.
        let node = yaml::read(&file, &blob).value;
        own(&mut MapReader::new(&file, &node), &self.rules)
    }

    /// What each value is: for an edition what its file says, else the field of its page, else, where
    /// that will do, the national text.
    fn values(&self, member: Option<&Member>, own: &Own) -> BTreeMap<String, String> {
        let value = |rule: &ValueRule| {
            let Some(member) = member else { return Some(rule.national.clone()) };
            let field = rule.field.as_ref().and_then(|field| member.fields.get(field));
            let found = own.values.get(&rule.name).or(field).cloned();
            found.or_else(|| rule.is_optional.then(|| rule.national.clone()))
        };
        let values = self.rules.values.iter();
        values.filter_map(|rule| Some((rule.name.clone(), value(rule)?))).collect()
    }

    /// Puts the files of the edition into their places.
    fn lay_over(
        &self,
        edition: &mut Edition,
        changes: &mut Changes,
        diagnostics: &mut Diagnostics,
    ) {
        let folder = format!("{EDITIONS}/{}", edition.id);
        for source in self.tree.below(&folder) {
            let below = source.below(&folder).unwrap_or_default();
            let (kind, rest) = below.split_once('/').unwrap_or(("", below));
            let target = match kind {
                "theme" => SourcePath::new(&format!("{THEMES}/{}/{rest}", edition.theme())),
                _ => SourcePath::new(&format!("{CONTENT}/{rest}")),
            };
            let Some(target) = target else { continue };
            let national = self.tree.get(&target);
            let place = Span::start_of(source);
            match (kind, national) {
                ("replace", Some(national)) => {
                    edition.replaced.insert(target.clone(), national);
                }
                ("add", None) => {
                    edition.added.insert(target.clone());
                }
                ("theme", _) => {}
                ("replace", None) => {
                    let pages = self.tree.below(CONTENT).filter_map(|path| path.below(CONTENT));
                    let near = nearest(rest, pages);
                    diagnostics.push(catalogue::nothing_to_replace(place, rest, near));
                    continue;
                }
                ("add", Some(_)) => {
                    diagnostics.push(catalogue::already_there(place, rest));
                    continue;
                }
                _ => {
                    diagnostics.push(catalogue::no_place_in_edition(place, below));
                    continue;
                }
            }
            edition.origins.insert(target.clone(), Origin::File(source.clone()));
            changes.insert(target, Change::File(source.clone()));
        }
    }

    /// Takes away the pages that the edition does not have.
    fn hide(
        &self,
        own: &Own,
        edition: &mut Edition,
        changes: &mut Changes,
        diagnostics: &mut Diagnostics,
    ) {
        let is_named = |ids: &[(String, Span)]| ids.iter().any(|(id, _)| *id == edition.id);
        let by_page = self.marked.iter().filter(|marked| {
            let is_kept_out = !marked.only_in.is_empty() && !is_named(&marked.only_in);
            marked.path.below(CONTENT).is_some() && (is_kept_out || is_named(&marked.hidden_in))
        });
        let mut hidden: BTreeSet<SourcePath> = by_page.map(|marked| marked.path.clone()).collect();
        for (written, span) in &own.hide {
            let path = SourcePath::new(&format!("{CONTENT}/{}", written.trim_end_matches('/')));
            let found: Vec<&SourcePath> = match &path {
                Some(path) if self.tree.hash(path).is_some() => vec![path],
                Some(path) => self.tree.below(path.as_str()).collect(),
                None => Vec::new(),
            };
            if found.is_empty() {
                let pages = self.tree.below(CONTENT).filter_map(|path| path.below(CONTENT));
                let near = nearest(written, pages);
                diagnostics.push(catalogue::missing_file(span.clone(), written, near));
            }
            hidden.extend(found.into_iter().cloned());
        }
        for path in hidden {
            edition.replaced.remove(&path);
            changes.insert(path.clone(), Change::Gone);
            let title = scalars_of(self.tree, &path).remove("title");
            edition.hidden.insert(path, title.unwrap_or_default());
        }
    }

    /// Puts values into one page, if the edition has it.
    fn adapt(
        &self,
        marked: &Marked,
        edition: &mut Edition,
        changes: &mut Changes,
        diagnostics: &mut Diagnostics,
    ) {
        let folder = format!("{EDITIONS}/{}", edition.id);
        let target = marked.path.below(&folder).and_then(target);
        let target = target.or_else(|| marked.path.below(CONTENT).map(|_| marked.path.clone()));
        let Some(target) = target else { return };
        let is_here = match changes.get(&target) {
            Some(Change::File(source)) => *source == marked.path,
            Some(Change::Gone | Change::Text(_)) => false,
            None => marked.path == target,
        };
        let blob = is_here.then(|| self.tree.get(&marked.path)).flatten();
        let Some(blob) = blob else { return };
        let Some(text) = blob.text() else { return };
        let head = front_matter::split(&marked.path, text).value.yaml;
        let place = |range| Span::new(&target, range);
        let mut unknown = Diagnostics::new();
        let value = |name: &str, range| {
            let value = edition.values.get(name).cloned();
            if value.is_none() {
                let names = || self.rules.values.iter().map(|rule| rule.name.as_str());
                unknown.push(match names().any(|known| known == name) {
                    true => catalogue::missing_value(place(range), name, &edition.name),
                    false => catalogue::unknown_value(place(range), name, nearest(name, names())),
                });
            }
            value
        };
        let tell = |misfit, range| {
            diagnostics.push(match misfit {
                Misfit::Open => catalogue::open_braces(place(range)),
                Misfit::Unfit(value) => catalogue::unfit_value(place(range), &value),
            });
        };
        let adapted = adapt(text, &head, value, tell);
        diagnostics.extend(unknown);
        changes.insert(target.clone(), Change::Text(adapted.text.clone()));
        let (file, written) = (marked.path.clone(), blob.clone());
        edition.origins.insert(target, Origin::Adapted { file, written, adapted });
    }
}

fn file(id: &str) -> SourcePath {
    SourcePath::new(&format!("{EDITIONS}/{id}.yaml")).unwrap_or_default()
}

/// The pages that have an edition, by its short name.
fn members(tree: &Tree, rules: &Rules) -> Checked<BTreeMap<String, Member>> {
    let mut diagnostics = Diagnostics::new();
    let mut members: BTreeMap<String, Member> = BTreeMap::new();
    let folder = format!("{CONTENT}/{}", rules.folder);
    let Some(_) = SourcePath::new(&folder) else { return Checked::clean(members) };
    let pages = tree.below(&folder).filter(|path| is_page(path) && path.stem() != "_index");
    let pages: Vec<&SourcePath> = pages.collect();
    let read: Vec<_> = pages.into_par_iter().map(|path| (path, scalars_of(tree, path))).collect();
    for (path, fields) in read {
        // A page without the field is wrong by its type, if that asks for it.
        let Some(id) = fields.get(&rules.id).map(|id| id.to_lowercase()) else { continue };
        if let Some(first) = members.get(&id) {
            let (place, first) = (Span::start_of(path), Span::start_of(&first.page));
            diagnostics.push(catalogue::two_editions(place, &id, first));
            continue;
        }
        members.insert(id, Member { page: path.clone(), fields });
    }
    Checked::new(members, diagnostics)
}

/// The fields of a page that are one text each.
fn scalars_of(tree: &Tree, path: &SourcePath) -> BTreeMap<String, String> {
    let node = front_matter_of(tree, path);
    let entries = node.entries().unwrap_or_default().iter();
    entries
        .filter_map(|(key, node)| Some((key.name.clone(), node.scalar()?.text.clone())))
        .collect()
}

/// The pages that say something about editions.
fn marked(tree: &Tree) -> Vec<Marked> {
    let pages = tree.below(CONTENT).chain(tree.below(EDITIONS)).filter(|path| is_page(path));
    let pages: Vec<&SourcePath> = pages.collect();
    let marked = pages.into_par_iter().filter(|path| tree.is_marked(path, &MARKS)).map(|path| {
        let node = front_matter_of(tree, path);
        let mut reader = MapReader::new(path, &node);
        Marked {
            path: path.clone(),
            is_adaptable: node.get(ADAPTABLE).is_some_and(is_true),
            only_in: reader.placed_texts(ONLY_IN),
            hidden_in: reader.placed_texts(HIDDEN_IN),
        }
    });
    marked.collect()
}

fn is_true(node: &Node) -> bool {
    node.scalar().is_some_and(|scalar| scalar.text == "true")
}

fn is_page(path: &SourcePath) -> bool {
    path.extension() == "md"
}

/// The front matter of a page; what is wrong with it is told when the page is read.
fn front_matter_of(tree: &Tree, path: &SourcePath) -> Node {
    let nothing = Node { yaml: Yaml::Null, range: 0..0 };
    let Some(blob) = tree.get(path) else { return nothing };
    let Some(text) = blob.text() else { return nothing };
    let head = front_matter::split(path, text).value.yaml;
    yaml::parse(path, text, head).value
}

/// An edition that a site does not have, and the name that is most like it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoEdition {
    /// What was asked for.
    pub id: String,
    /// What may be meant.
    pub near: Option<String>,
}

impl NoEdition {
    /// What to tell the person.
    pub fn text(&self, language: Language) -> String {
        let Self { id, near } = self;
        match (language, near) {
            (Language::Italian, Some(near)) => {
                format!("non esiste l'edizione `{id}`: forse intendevi `{near}`?")
            }
            (Language::Italian, None) => {
                format!("non esiste l'edizione `{id}`: `vasta editions` le elenca")
            }
            (Language::English, Some(near)) => {
                format!("there is no edition `{id}`: did you mean `{near}`?")
            }
            (Language::English, None) => {
                format!("there is no edition `{id}`: `vasta editions` lists them")
            }
        }
    }
}

impl fmt::Display for NoEdition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text(Language::English))
    }
}

impl std::error::Error for NoEdition {}

/// The short name of the edition `id`.
///
/// # Errors
/// When there is no such edition.
pub fn find<'e>(editions: Option<&'e Editions<'_>>, id: &str) -> Result<&'e str, NoEdition> {
    let known = editions.and_then(|editions| editions.ids().find(|known| *known == id));
    known.ok_or_else(|| {
        let near = editions.and_then(|editions| editions.nearest(id)).map(str::to_owned);
        NoEdition { id: id.to_owned(), near }
    })
}

/// The tree that a build of the site of `tree` uses: that of the edition `id`, or the national one.
/// Nothing when the site has no editions: then it is `tree` itself.
///
/// # Errors
/// When the site has no edition of that name.
pub fn select(tree: &Tree, id: Option<&str>) -> Result<Checked<Option<Tree>>, NoEdition> {
    let mut diagnostics = Diagnostics::new();
    let editions = Editions::of(tree).into_value(&mut diagnostics);
    let id = id.map(|id| find(editions.as_ref(), id)).transpose()?;
    let selected =
        editions.as_ref().map(|editions| editions.select(id).into_value(&mut diagnostics));
    Ok(Checked::new(selected, diagnostics))
}

/// The page that a file stands for which lies so below the folder of an edition: in the place of the national
/// one, or beside it.
pub fn target(below: &str) -> Option<SourcePath> {
    match below.split_once('/') {
        Some(("replace" | "add", rest)) => SourcePath::new(&format!("{CONTENT}/{rest}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::config::RESERVED;

    #[test]
    fn every_page_may_have_the_marks() {
        assert!(MARKS.iter().all(|mark| RESERVED.contains(mark)));
    }
}
