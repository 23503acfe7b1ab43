//! The theme: templates of the site's own theme first, then those of the default theme; the words
//! of the site's language; style sheet and static files. A mistake in a template is a diagnostic at its place.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Error, ErrorKind, Kwargs, State, Tera, TeraResult};

use crate::base::text::nearest;
use crate::base::{
    Checked, Date, Diagnostic, Diagnostics, Hash, SourcePath, Span, UrlPath, catalogue,
};
use crate::source::config::Config;
use crate::source::embedded::DEFAULT_THEME;
use crate::source::reader::MapReader;
use crate::source::tree::{THEMES, Tree};
use crate::source::yaml;

use super::format::Format;
use super::style::{self, Style};
use super::view::SiteView;

/// Where the static files of the theme go.
pub const STATIC: &str = "tema";

/// A theme ready to render.
pub struct Theme {
    tera: Tera,
    /// The theme's words by key.
    pub words: BTreeMap<String, String>,
    /// The static files by their name below `tema/`.
    pub files: BTreeMap<String, (SourcePath, Hash)>,
    /// The style sheet.
    pub style: Option<Style>,
    /// The fingerprint of all templates, words and static names.
    pub hash: Hash,
}

impl Theme {
    /// Loads the theme that `config` names from `tree`.
    pub fn of(tree: &Tree, config: &Config) -> Checked<Self> {
        let mut diagnostics = Diagnostics::new();
        let names = theme_names(tree, config, &mut diagnostics);
        let files = static_files(tree, &names);
        let style = Style::of(tree, below(tree, &names, "styles").into_values().collect());
        let words = words(tree, &names, &config.language).into_value(&mut diagnostics);
        let mut tera = Tera::default();
        register(&mut tera, links(&files, style.as_ref()), Format::of(&config.language));
        let prefixes: Vec<String> = names.iter().map(|name| format!("{name}/")).collect();
        tera.set_fallback_prefixes(prefixes).expect("no template is loaded yet");
        let templates = templates(tree, &names, &mut diagnostics);
        let hash = fingerprint(&templates, &words, &files, style.as_ref(), config);
        diagnostics.extend(load(&mut tera, templates));
        tera.global_context().insert("t", &words);
        Checked::new(Self { tera, words, files, style, hash }, diagnostics)
    }

    /// Makes the site known to all templates as `site`; it becomes part of the fingerprint.
    pub fn share_site(&mut self, site: &SiteView) {
        self.tera.global_context().insert("site", site);
        let json = serde_json::to_vec(site).expect("a view holds texts and lists");
        self.hash = Hash::of_parts([self.hash.to_string().as_bytes(), &json]);
    }

    /// Whether there is a template `name`, in the theme or in the default theme.
    pub fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// The template most like `name`.
    pub fn nearest(&self, name: &str) -> Option<String> {
        let names = self.tera.get_template_names().filter_map(|name| name.split_once('/'));
        nearest(name, names.map(|(_, name)| name)).map(str::to_owned)
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
        let context = tera::Context::from_serialize(view);
        let html = context.and_then(|context| self.tera.render(name, &context));
        html.map_err(|error| Box::new(diagnostic(&error, name)))
    }
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

/// The words of the language, or else of Italian; the site's theme may replace single words.
fn words(tree: &Tree, names: &[String], language: &str) -> Checked<BTreeMap<String, String>> {
    let mut words = BTreeMap::new();
    let mut diagnostics = Diagnostics::new();
    let short = language.split('-').next().unwrap_or(language);
    for name in names.iter().rev() {
        let file = |language: &str| format!("{THEMES}/{name}/i18n/{language}.yaml");
        let Some((path, blob)) = tree.find(&file(short)).or_else(|| tree.find(&file("it"))) else {
            continue;
        };
        let node = yaml::read(&path, &blob).into_value(&mut diagnostics);
        let reader = MapReader::new(&path, &node);
        diagnostics.extend(reader.diagnostics);
        for (key, value) in node.entries().unwrap_or_default() {
            if let Some(scalar) = value.scalar() {
                words.insert(key.name.clone(), scalar.text.clone());
            }
        }
    }
    Checked::new(words, diagnostics)
}

fn register(tera: &mut Tera, links: BTreeMap<String, String>, format: Format) {
    tera.register_function("asset", move |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let path: String = kwargs.must_get("path")?;
        let near = || nearest(&path, links.keys().map(String::as_str)).unwrap_or("…");
        links.get(&path).cloned().ok_or_else(|| {
            Error::message(format!(
                "`{path}` is not in the theme's `static/`, did you mean `{}`?",
                near()
            ))
        })
    });
    tera.register_filter("date", move |date: &str, _: Kwargs, _: &State| -> TeraResult<String> {
        let parsed: Date =
            date.parse().map_err(|()| Error::message(format!("`{date}` is not a date")))?;
        Ok(format.date(parsed))
    });
    tera.register_filter("number", move |number: f64, _: Kwargs, _: &State| format.number(number));
}

/// All templates of the themes: the name that Tera knows, the file, the text.
fn templates(
    tree: &Tree,
    names: &[String],
    diagnostics: &mut Diagnostics,
) -> Vec<(String, SourcePath, String)> {
    let mut templates = Vec::new();
    for name in names {
        let folder = format!("{THEMES}/{name}/templates");
        for path in tree.below(&folder) {
            let below = path.below(&folder).unwrap_or_default();
            let Some(blob) = tree.get(path) else { continue };
            match blob.text() {
                Some(text) => {
                    templates.push((format!("{name}/{below}"), path.clone(), text.to_owned()));
                }
                None => diagnostics.push(catalogue::invalid_utf8(Span::start_of(path))),
            }
        }
    }
    templates
}

/// Compiles the templates. One with a mistake is reported and left out, so that the next one's
/// mistake is found in the same run.
fn load(tera: &mut Tera, mut templates: Vec<(String, SourcePath, String)>) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    loop {
        let sources = templates.iter().map(|(name, _, text)| (name, text));
        let Err(error) = tera.add_raw_templates(sources) else { return diagnostics };
        // Without its parent or part a template is broken too, but the mistake is elsewhere.
        if !diagnostics.is_empty() && !matches!(error.kind(), ErrorKind::SyntaxError(_)) {
            return diagnostics;
        }
        let found = match error.kind() {
            ErrorKind::Msg(reports) => several(reports, &templates),
            _ => vec![diagnostic(&error, "")],
        };
        let n_before = templates.len();
        templates.retain(|(_, path, _)| found.iter().all(|found| found.span.file != *path));
        diagnostics.extend(found);
        if templates.len() == n_before {
            return diagnostics;
        }
    }
}

/// Mistakes that Tera found only when all templates were there; it tells them as one text, each as
/// `error: what` and ` --> template:line:column`.
fn several(reports: &str, templates: &[(String, SourcePath, String)]) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for report in reports.split("error: ").filter(|report| !report.trim().is_empty()) {
        let message = report.lines().next().unwrap_or_default();
        let place = report.lines().find_map(|line| line.trim().strip_prefix("--> "));
        let mut place = place.unwrap_or_default().rsplitn(3, ':');
        let mut number = || place.next().and_then(|number| number.parse::<usize>().ok());
        let (column, line) = (number().unwrap_or(1), number().unwrap_or(1));
        let name = place.next().unwrap_or_default();
        let found = templates.iter().find(|(known, _, _)| known == name);
        let span = match found {
            Some((_, path, text)) => {
                let before: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
                let start = before + column - 1;
                Span::new(path, start..start + 1)
            }
            None => Span::start_of(&template_file(name)),
        };
        diagnostics.push(catalogue::template_error(span, message));
    }
    diagnostics
}

/// A mistake in a template; `rendered` is the template that was asked for.
fn diagnostic(error: &Error, rendered: &str) -> Diagnostic {
    let (name, message, place) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let source = report.span();
            (report.filename(), report.message().to_owned(), Some(source.range.clone()))
        }
        ErrorKind::MissingParent { current, .. } => (current.as_str(), error.to_string(), None),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            (tpl.as_str(), error.to_string(), None)
        }
        _ => (rendered, error.to_string(), None),
    };
    let span = Span::new(&template_file(name), place.unwrap_or(0..0));
    catalogue::template_error(span, message.trim())
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
    templates: &[(String, SourcePath, String)],
    words: &BTreeMap<String, String>,
    files: &BTreeMap<String, (SourcePath, Hash)>,
    style: Option<&Style>,
    config: &Config,
) -> Hash {
    let mut parts: Vec<String> = vec![config.language.clone()];
    parts.extend(templates.iter().map(|(name, _, text)| format!("{name} {text}")));
    parts.extend(words.iter().map(|(key, word)| format!("{key} {word}")));
    parts.extend(files.iter().map(|(name, (_, hash))| format!("{name} {hash}")));
    parts.extend(style.map(|style| style.hash.to_string()));
    Hash::of_parts(parts.iter().map(String::as_bytes))
}

/// The path of a static file in the built site.
pub fn static_path(name: &str) -> Option<UrlPath> {
    UrlPath::file(&format!("{STATIC}/{name}"))
}
