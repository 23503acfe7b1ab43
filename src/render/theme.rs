//! The theme: templates of the site's own theme first, then those of the default theme; the words
//! of the site's language; style sheet and static files. A mistake in a template is a diagnostic at its place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use serde::Serialize;
use tera::{Error, ErrorKind, Kwargs, State, Tera, TeraResult};

use crate::base::text::nearest;
use crate::base::{
    Checked, Date, Diagnostic, Diagnostics, Hash, SourcePath, Span, UrlPath, catalogue,
};
use crate::source::config::Config;
use crate::source::embedded::{self, DEFAULT_THEME};
use crate::source::tree::{THEMES, Tree};

use super::contract::Contract;
use super::format::Format;
use super::style::{self, Style};
use super::template::Template;
use super::template::mistakes::{self, Known, NO_DATE, UNKNOWN_FILE, follows_from};
use super::view::SiteView;
use super::words::{Words, words};

/// Where the static files of the theme go.
pub const STATIC: &str = "tema";

/// A text as templates print it.
pub fn escaped(text: &str) -> String {
    let mut escaped = Vec::new();
    tera::escape_html(text, &mut escaped).expect("memory can be written");
    String::from_utf8(escaped).expect("signs become signs")
}

/// A theme ready to render.
pub struct Theme {
    tera: Tera,
    /// Its templates, those of the site's own theme first.
    pub templates: Vec<Template>,
    /// The theme's words by key.
    pub words: Words,
    /// The static files by their name below `tema/`.
    pub files: BTreeMap<String, (SourcePath, Hash)>,
    /// The style sheet.
    pub style: Option<Style>,
    /// The fingerprint of all templates, words and static names.
    pub hash: Hash,
    contract: OnceLock<Contract>,
    /// What is wrong with the templates that were left out, by their names.
    broken: BTreeMap<String, Diagnostic>,
}

impl Theme {
    /// Loads the theme that `config` names from `tree`.
    pub fn of(tree: &Tree, config: &Config) -> Checked<Self> {
        let mut diagnostics = Diagnostics::new();
        let names = theme_names(tree, config, &mut diagnostics);
        let files = static_files(tree, &names);
        let parts = below(tree, &names, "styles").into_values().collect();
        let style = Style::of(tree, parts, &config.colour);
        let templates = templates(tree, &names, &mut diagnostics);
        let words = words(tree, &names, &config.language, &templates).into_value(&mut diagnostics);
        let mut tera = Tera::default();
        register(&mut tera, links(&files, style.as_ref()), Format::of(&config.language));
        let prefixes: Vec<String> = names.iter().map(|name| format!("{name}/")).collect();
        tera.set_fallback_prefixes(prefixes).expect("no template is loaded yet");
        let hash = fingerprint(&templates, &words, &files, style.as_ref(), config);
        let complaints = load(&mut tera, &templates);
        tera.global_context().insert("t", &words);
        let contract = OnceLock::new();
        let broken = BTreeMap::new();
        let mut theme = Self { tera, templates, words, files, style, hash, contract, broken };
        for complaint in complaints {
            let name = complaint.0.clone();
            let found = theme.diagnostic(complaint);
            theme.broken.entry(name).or_insert_with(|| found.clone());
            diagnostics.push(found);
        }
        Checked::new(theme, diagnostics)
    }

    /// What templates may count on; made when it is first asked for.
    pub fn contract(&self) -> &Contract {
        self.contract.get_or_init(|| Contract::of(&self.words))
    }

    /// The fields that the site's own templates ask for and that do not exist. Those of the default
    /// theme are as they were when the program was made.
    pub fn unknown_fields(&self) -> Diagnostics {
        let own = self.templates.iter().filter(|template| !is_default(template));
        own.flat_map(|template| mistakes::unknown_fields(template, self.contract())).collect()
    }

    /// Makes the site known to all templates as `site`; it becomes part of the fingerprint.
    pub fn share_site(&mut self, site: &SiteView) {
        self.tera.global_context().insert("site", site);
        let json = serde_json::to_vec(site).expect("a view holds texts and lists");
        self.hash = Hash::of_parts([self.hash.to_string().as_bytes(), &json]);
    }

    /// Whether there is a template `name`, in the theme or in the default theme.
    pub fn has(&self, name: &str) -> bool {
        self.templates.iter().any(|template| template.short_name() == name)
    }

    /// The template most like `name`.
    pub fn nearest(&self, name: &str) -> Option<String> {
        nearest(name, self.templates.iter().map(Template::short_name)).map(str::to_owned)
    }

    /// A word of the theme; the key itself when the theme has none.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// Renders `view` with the template `name`.
    ///
    /// # Errors
    /// A diagnostic at the place in the template where it went wrong.
    pub fn render<T: Serialize>(&self, name: &str, view: &T) -> Result<String, Box<Diagnostic>> {
        if !self.broken.is_empty()
            && let Some(found) = self.broken_in(name)
        {
            return Err(Box::new(found.clone()));
        }
        let context = tera::Context::from_serialize(view);
        let html = context.and_then(|context| self.tera.render(name, &context));
        html.map_err(|error| Box::new(self.diagnostic(complaint(&error, name))))
    }

    /// What is wrong with the template `name` of the first theme that has it.
    fn broken_in(&self, name: &str) -> Option<&Diagnostic> {
        let found = self.templates.iter().find(|template| template.short_name() == name)?;
        self.broken.get(&found.name)
    }

    fn diagnostic(&self, complaint: Complaint) -> Diagnostic {
        let (name, range, message) = complaint;
        let is_it = |template: &&Template| template.name == name || template.short_name() == name;
        let Some(template) = self.templates.iter().find(is_it) else {
            return catalogue::template_error(Span::start_of(&template_file(&name)), &message);
        };
        let files: Vec<&str> = self
            .files
            .keys()
            .map(String::as_str)
            .chain(self.style.as_ref().map(|_| style::SHEET))
            .collect();
        let known = Known { templates: &self.templates, files: &files, contract: self.contract() };
        mistakes::diagnostic(&known, template, range, &message)
    }
}

/// Whether a template is as the program brings it.
fn is_default(template: &Template) -> bool {
    let Some(path) = template.path.below(&format!("{THEMES}/{DEFAULT_THEME}")) else {
        return false;
    };
    let found = embedded::theme().iter().find(|(name, _)| *name == path);
    found.is_some_and(|(_, bytes)| *bytes == template.text.as_bytes())
}

/// The site's theme and the default theme.
fn theme_names(tree: &Tree, config: &Config, diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut names = vec![config.theme.clone(), DEFAULT_THEME.to_owned()];
    names.dedup();
    if tree.below(&format!("{THEMES}/{}", config.theme)).next().is_none() {
        let known: Vec<&str> =
            tree.below(THEMES).filter_map(|path| path.below(THEMES)?.split('/').next()).collect();
        let near = nearest(&config.theme, known);
        let place = config.theme_place.clone();
        diagnostics.push(catalogue::unknown_theme(place, &config.theme, near));
        names.remove(0);
    }
    // What an edition has of its own stands before the theme of the site.
    let own = config.edition.as_ref().map(|edition| edition.theme());
    names.splice(0..0, own.filter(|own| tree.below(&format!("{THEMES}/{own}")).next().is_some()));
    names
}

fn static_files(tree: &Tree, names: &[String]) -> BTreeMap<String, (SourcePath, Hash)> {
    let files = below(tree, names, "static").into_iter();
    files.filter_map(|(name, path)| Some((name, (path.clone(), tree.hash(&path)?)))).collect()
}

/// The files of a folder of the themes, by their name below it: a file of the site's theme stands for
/// the file of that name of the default theme.
fn below(tree: &Tree, names: &[String], folder: &str) -> BTreeMap<String, SourcePath> {
    let mut files = BTreeMap::new();
    for name in names.iter().rev() {
        let folder = format!("{THEMES}/{name}/{folder}");
        for path in tree.below(&folder) {
            let below = path.below(&folder).unwrap_or_default().to_owned();
            files.insert(below, path.clone());
        }
    }
    files
}

/// The addresses of the static files and of the style sheet, with their fingerprints.
fn links(
    files: &BTreeMap<String, (SourcePath, Hash)>,
    style: Option<&Style>,
) -> BTreeMap<String, String> {
    let files = files.iter().map(|(name, (_, hash))| (name.as_str(), *hash));
    let all = files.chain(style.map(|style| (style::SHEET, style.hash)));
    all.map(|(name, hash)| (name.to_owned(), format!("{STATIC}/{name}?v={}", hash.short())))
        .collect()
}

fn register(tera: &mut Tera, links: BTreeMap<String, String>, format: Format) {
    tera.register_function("asset", move |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let path: String = kwargs.must_get("path")?;
        let link = links.get(&path).cloned();
        link.ok_or_else(|| Error::message(format!("{UNKNOWN_FILE} `{path}`")))
    });
    tera.register_filter("date", move |date: &str, _: Kwargs, _: &State| -> TeraResult<String> {
        let parsed: Date =
            date.parse().map_err(|()| Error::message(format!("`{date}` {NO_DATE}")))?;
        Ok(format.date(parsed))
    });
    tera.register_filter("number", move |number: f64, _: Kwargs, _: &State| format.number(number));
}

/// All templates of the themes.
fn templates(tree: &Tree, names: &[String], diagnostics: &mut Diagnostics) -> Vec<Template> {
    let mut templates = Vec::new();
    for name in names {
        let folder = format!("{THEMES}/{name}/templates");
        for path in tree.below(&folder) {
            let below = path.below(&folder).unwrap_or_default();
            let Some(blob) = tree.get(path) else { continue };
            match blob.text() {
                Some(text) => templates.push(Template {
                    name: format!("{name}/{below}"),
                    path: path.clone(),
                    text: text.to_owned(),
                }),
                None => diagnostics.push(catalogue::invalid_utf8(Span::start_of(path))),
            }
        }
    }
    templates
}

/// A mistake that the template language found: in which template, where, and what.
type Complaint = (String, Range<usize>, String);

/// Compiles the templates. Those with a mistake are told and left out, so that the mistakes of others
/// are found in the same run.
fn load(tera: &mut Tera, templates: &[Template]) -> Vec<Complaint> {
    let mut complaints: Vec<Complaint> = Vec::new();
    let mut sound: Vec<&Template> = templates.iter().collect();
    let mut left_out: Vec<&Template> = Vec::new();
    loop {
        let sources = sound.iter().map(|template| (&template.name, &template.text));
        let Err(error) = tera.add_raw_templates(sources) else { return complaints };
        let found = match error.kind() {
            ErrorKind::Msg(reports) => several(reports, templates),
            _ => vec![complaint(&error, "")],
        };
        let is_wrong = |one: &&Template| found.iter().any(|(name, _, _)| *name == one.name);
        let (wrong, others) = sound.into_iter().partition(is_wrong);
        sound = others;
        let own = found.into_iter().filter(|(_, _, said)| !follows_from(said, &left_out));
        complaints.extend(own);
        let wrong: Vec<&Template> = wrong;
        if wrong.is_empty() {
            return complaints;
        }
        left_out.extend(wrong);
    }
}

/// Mistakes that Tera found only when all templates were there; it tells them as one text, each as
/// `error: what` and ` --> template:line:column`.
fn several(reports: &str, templates: &[Template]) -> Vec<Complaint> {
    if reports.starts_with("Component `") {
        // The same component in two templates of one theme: these two are named, without a place.
        let second = reports.split('`').nth(5).unwrap_or_default();
        return vec![(second.to_owned(), 0..0, reports.to_owned())];
    }
    let reports = reports.split("error: ").filter(|report| !report.trim().is_empty());
    let complaint = |report: &str| {
        let message = report.lines().next().unwrap_or_default();
        let place = report.lines().find_map(|line| line.trim().strip_prefix("--> "));
        let mut place = place.unwrap_or_default().rsplitn(3, ':');
        let mut number = || place.next().and_then(|number| number.parse::<usize>().ok());
        let (column, line) = (number().unwrap_or(1), number().unwrap_or(1));
        let name = place.next().unwrap_or_default();
        let text = templates.iter().find(|template| template.name == name);
        let text = text.map_or("", |template| &template.text);
        let before: usize =
            text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let letters = text[before..].chars().take(column.saturating_sub(1));
        let start = before + letters.map(char::len_utf8).sum::<usize>();
        (name.to_owned(), start..start + 1, message.to_owned())
    };
    reports.map(complaint).collect()
}

/// What Tera says of a template; `rendered` is the one that was asked for.
fn complaint(error: &Error, rendered: &str) -> Complaint {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            (report.filename().to_owned(), range, report.message().to_owned())
        }
        ErrorKind::MissingParent { current, parent } => {
            (current.clone(), 0..0, format!("Unknown template `{parent}`"))
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            (tpl.clone(), 0..0, error.to_string())
        }
        _ => (rendered.to_owned(), 0..0, error.to_string()),
    }
}

/// The file of a template by the name that Tera knows, such as `casa/page.html`.
fn template_file(name: &str) -> SourcePath {
    let file = match name.split_once('/') {
        Some((theme, below)) => format!("{THEMES}/{theme}/templates/{below}"),
        None => format!("{THEMES}/{DEFAULT_THEME}/templates/{name}"),
    };
    SourcePath::new(&file).or_else(|| SourcePath::new(THEMES)).expect("a constant without dots")
}

fn fingerprint(
    templates: &[Template],
    words: &Words,
    files: &BTreeMap<String, (SourcePath, Hash)>,
    style: Option<&Style>,
    config: &Config,
) -> Hash {
    let mut parts: Vec<String> = vec![config.language.clone()];
    parts.extend(templates.iter().map(|one| format!("{} {}", one.name, one.text)));
    parts.extend(words.iter().map(|(key, word)| format!("{key} {word}")));
    parts.extend(files.iter().map(|(name, (_, hash))| format!("{name} {hash}")));
    parts.extend(style.map(|style| style.hash.to_string()));
    Hash::of_parts(parts.iter().map(String::as_bytes))
}

/// The path of a static file in the built site.
pub fn static_path(name: &str) -> Option<UrlPath> {
    UrlPath::file(&format!("{STATIC}/{name}"))
}
