//! The build as one pure function: the same tree and settings give the same files and the same
//! diagnostics, with what an earlier build left or without. It reads no clock, and of the disk only
//! what the tree hands out.
//!
//! ```text
//! Tree ─► Globals ─► Documents ─► Site ─► Plan ─► files, one by one
//!         configuration  changed     only when an   those whose
//!         types, theme   ones only   interface did  key moved
//! ```
//!
//! | file | for |
//! |---|---|
//! | `globals` | what all pages are read and shown with |
//! | `reading` | the documents, read anew only where their file changed |
//! | `making` | the files that have to be made, and the search index |
//! | `state` | what one build leaves to the next |
//! | `editions` | many editions of one site |
//! | `expectations` | the questions that the search must answer |
//! | `published` | the list of all that is published, so that nothing disappears |

pub mod editions;
mod expectations;
mod globals;
mod making;
pub mod published;
mod reading;
mod state;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::base::{
    Checked, Diagnostic, Diagnostics, Outputs, Produced, SourcePath, Table, diagnostic, lock,
    unlock,
};
use crate::document::Document;
use crate::render::cover::{self, CopyFacts};
use crate::render::keys::Keys;
use crate::render::plan::{Plan, edition_page, plan, plan_page};
use crate::render::since::Older;
use crate::render::{Picture, Records, Theme, views};
use crate::search::{self, Index};
use crate::site::{self, PageId, Site, check, comparisons, links};
use crate::source::{History, Tree};

pub use crate::site::Settings;
pub use globals::Globals;
pub use state::{Made, Reason, Reports, State, Work};

use expectations::Expectations;
use making::Making;
use reading::{Documents, Readings};

/// What a build works with.
pub struct Request<'a> {
    /// The input.
    pub tree: &'a Tree,
    /// What decides besides the input.
    pub settings: &'a Settings,
    /// Coloured code blocks that were seen before.
    pub highlights: &'a Table<String>,
    /// Gives the bytes of a file of the site as the build before made it.
    pub published: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    /// Takes each file that was made, from several threads and in any order.
    pub emit: &'a (dyn Fn(Produced) + Sync),
    /// Is told of each stage before it begins.
    pub entering: &'a (dyn Fn(Stage) + Sync),
}

/// The stages of a build, for those who want to watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Configuration, schemas and theme.
    Configure,
    /// Front matter and Markdown of each page that changed.
    Parse,
    /// Order, references and links.
    Assemble,
    /// Templates, and the words of each page for the search.
    Render,
    /// The search index.
    Index,
    /// Files to their places. It follows the pipeline.
    Write,
}

impl Stage {
    /// The name in the statistics.
    pub fn name(self) -> &'static str {
        match self {
            Self::Configure => "configure",
            Self::Parse => "parse",
            Self::Assemble => "assemble",
            Self::Render => "render",
            Self::Index => "index",
            Self::Write => "write",
        }
    }
}

/// What a build leaves, and the theme if something was shown with it.
type Updated = (State, Option<Theme>);

/// Builds the site of the request's tree. Of what `before` left, all is taken over that still holds;
/// the files that differ are emitted, and the state says which files the site has.
pub fn update(request: &Request<'_>, before: Option<State>) -> State {
    (request.entering)(Stage::Configure);
    let globals = Globals::after(request.tree, request.settings, None);
    update_with(request, &globals, before).0
}

/// The same with what the tree says of all pages.
fn update_with(request: &Request<'_>, globals: &Globals, before: Option<State>) -> Updated {
    (request.entering)(Stage::Parse);
    let before = before.filter(|before| before.settings.drafts == request.settings.drafts);
    if let Some(before) = before {
        match text_edits(request, globals, before) {
            Ok(edited) => return edited,
            Err(failed) => {
                let (before, readings) = *failed;
                return rebuild(request, globals, before, readings);
            }
        }
    }
    rebuild(request, globals, State::default(), Readings::default())
}

/// When only the texts of pages changed, the site as a whole is what it was: these pages are made
/// again and nothing else is looked at. Gives `before` back when anything else changed, with what
/// was read until then.
fn text_edits(
    request: &Request<'_>,
    globals: &Globals,
    mut before: State,
) -> Result<Updated, Box<(State, Readings)>> {
    let Request { tree, settings, .. } = *request;
    let changed: Vec<SourcePath> = tree.differences(&before.known).into_iter().cloned().collect();
    let is_sound = !before.is_damaged && !before.reports.general.iter().any(Diagnostic::is_error);
    let holds = before.holds_on(settings)
        && before.reading == globals.reading_key()
        && before.edition_shown == globals.edition_shown;
    let are_pages = changed.iter().all(|path| {
        site::is_page(path) && tree.hash(path).is_some() && before.document(path).is_some()
    });
    if !is_sound || !holds || !are_pages {
        return Err(Box::new((before, Readings::default())));
    }
    let readings = Readings::of_files(request, globals, &changed);
    let is_text = |path: &SourcePath| {
        let after = readings.documents.get(path);
        after.zip(before.document(path)).is_some_and(|(after, old)| after.has_interface_of(old))
    };
    if !changed.iter().all(is_text) {
        return Err(Box::new((before, readings)));
    }
    (request.entering)(Stage::Assemble);
    let Readings { documents, reports, texts, n_read } = readings;
    before.known = tree.known();
    before.settings = settings.clone();
    let is_other_edition =
        std::mem::replace(&mut before.edition, globals.edition) != globals.edition;
    before.work = Work { read: n_read, ..Work::default() };
    before.reasons = BTreeMap::new();
    before.reports.documents.retain(|path, _| !documents.contains_key(path));
    before.reports.documents.extend(reports);
    let pages = documents.keys().filter_map(|path| before.published(path));
    let pages = pages.map(|id| &before.site.pages[id]).filter(|page| page.is_searched());
    let old = pages.map(|page| making::entry(globals, &before.site, page)).collect();
    let ids = before.replace_documents(&documents);
    for id in &ids {
        let found = check::page(&before.site, *id, globals.checking(settings));
        before.reports.set_page(&before.site.pages[*id].document.path, found);
    }
    if ids.is_empty() && !is_other_edition {
        return Ok((before, None));
    }
    let (theme, _) = dressed_theme(tree, globals, &before.site);
    let site = std::mem::take(&mut before.site);
    let records = Records::of(&site, &globals.schemas, &globals.config);
    let keys = Keys::of(&site, &globals.config, &records);
    let mut plan: Plan =
        ids.iter().flat_map(|id| plan_page(&theme, &keys, &site.pages[*id])).collect();
    let pictures = Picture::all(&site, &globals.config);
    let context = globals.context(tree, &site, &theme, &records, &pictures);
    // It shows values and texts.
    plan.extend(edition_page(context, &keys).filter(|(path, planned)| {
        before.outputs.get(path).is_none_or(|made| made.key != planned.key)
    }));
    let making = Making { request, globals, context, texts: &texts, plan: &plan };
    making.make_pages(&ids.into_iter().collect(), &mut before, old);
    before.site = site;
    Ok((before, Some(theme)))
}

/// Assembles the whole site from documents, most of which may be remembered or already read, and
/// makes every file whose key is another than before.
fn rebuild(request: &Request<'_>, globals: &Globals, before: State, already: Readings) -> Updated {
    let Request { tree, settings, .. } = *request;
    let reading = globals.reading_key();
    let remembered = (before.reading == reading).then_some(&before);
    let readings = Readings::of_all(request, globals, remembered, already);
    let Readings { documents, reports, texts, n_read } = readings;

    (request.entering)(Stage::Assemble);
    let mut site = assemble(tree, &documents, globals, settings);
    let mut state = State {
        settings: settings.clone(),
        reading,
        config: globals.config_hash,
        edition: globals.edition,
        edition_shown: globals.edition_shown,
        reports: Reports { documents: reports, ..Reports::default() },
        unpublished: unpublished(&documents, settings),
        work: Work { read: n_read, ..Work::default() },
        ..State::default()
    };
    state.reports.general.clone_from(&globals.diagnostics);
    let history = History::of(tree, &globals.config).into_value(&mut state.reports.general);
    for page in &mut site.pages {
        page.revision = history.of_file(&tree.written_path(&page.document.path));
    }
    state.reports.general.extend(links::check_entries(&site, &globals.config));
    state.reports.general.extend(comparisons::check(&site, &globals.schemas));
    state.reports.general.extend(published::check(tree, &site, &documents));
    let checked: Vec<(PageId, Diagnostics)> = (0..site.pages.len())
        .into_par_iter()
        .map(|id| (id, check::page(&site, id, globals.checking(settings))))
        .filter(|(_, found)| !found.is_empty())
        .collect();
    for (id, found) in checked {
        state.reports.set_page(&site.pages[id].document.path, found);
    }
    let (theme, wrong) = dressed_theme(tree, globals, &site);
    state.reports.general.extend(wrong);
    state.reports.general.extend(theme.unknown_fields());
    state.appearance = globals.appearance(&theme);

    let records = Records::of(&site, &globals.schemas, &globals.config);
    let pictures = Picture::all(&site, &globals.config);
    let context = globals.context(tree, &site, &theme, &records, &pictures);
    let plan = plan(context).into_value(&mut state.reports.general);
    Making { request, globals, context, texts: &texts, plan: &plan }.make_all(&mut state, &before);
    // The site that was is as large as the one that is: it goes while others wait for this one.
    rayon::spawn(move || drop(before));
    state.known = tree.known();
    state.n_pages = site.pages.len();
    state.site = site;
    (state, Some(theme))
}

fn assemble(tree: &Tree, documents: &Documents, globals: &Globals, settings: &Settings) -> Site {
    let assets = tree.paths().filter(|path| site::is_asset(path));
    let assets = assets.filter_map(|path| Some((path.clone(), tree.hash(path)?))).collect();
    let documents = documents.values();
    site::assemble(documents, assets, &globals.config, &globals.schemas, settings)
}

/// The site of `tree`, of which no file is made: for those who ask what there is in it.
pub fn assembled(tree: &Tree, settings: &Settings) -> (Globals, Site) {
    let (globals, site, _) = assembled_of(tree, settings);
    (globals, site)
}

/// The same with all documents, published or not.
fn assembled_of(tree: &Tree, settings: &Settings) -> (Globals, Site, Documents) {
    let highlights = Table::default();
    let request = Request {
        tree,
        settings,
        highlights: &highlights,
        published: &|_| None,
        emit: &|_| {},
        entering: &|_| {},
    };
    let globals = Globals::after(tree, settings, None);
    let readings = Readings::of_all(&request, &globals, None, Readings::default());
    let site = assemble(tree, &readings.documents, &globals, settings);
    (globals, site, readings.documents)
}

fn unpublished(documents: &Documents, settings: &Settings) -> Vec<Arc<Document>> {
    documents.values().filter(|document| !settings.publishes(document)).cloned().collect()
}

/// The theme with the view of the site, and what is wrong with its templates.
fn dressed_theme(tree: &Tree, globals: &Globals, site: &Site) -> (Theme, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let mut theme = Theme::of(tree, &globals.config).into_value(&mut diagnostics);
    theme.share_site(&views::site_view(site, &globals.config));
    (theme, diagnostics)
}

/// The pages that a copy has beside the `files` of a site that was built, or in the place of some;
/// `older` is the copy that it takes the place of.
pub fn pages_of_copy(
    tree: &Tree,
    whole: &Whole,
    facts: &CopyFacts,
    older: Option<&Older>,
    files: &Outputs,
) -> Checked<Vec<Produced>> {
    let Whole { state, globals, theme, .. } = whole;
    let made;
    let theme = match theme {
        Some(theme) => theme,
        None => {
            made = dressed_theme(tree, globals, &state.site).0;
            &made
        }
    };
    let records = Records::of(&state.site, &globals.schemas, &globals.config);
    let pictures = Picture::all(&state.site, &globals.config);
    let context = globals.context(tree, &state.site, theme, &records, &pictures);
    cover::pages(context, facts, older, files)
}

/// A built site in memory.
#[derive(Debug, Default)]
pub struct Built {
    /// Every file.
    pub outputs: Outputs,
    /// How many pages the site has, drafts that are left out not counted.
    pub n_pages: usize,
}

/// Builds the site of `tree` in memory and from nothing.
pub fn build(tree: &Tree, settings: &Settings) -> Checked<Built> {
    let Whole { state, files, .. } = whole(tree, settings, &Table::default(), None);
    let built = Built { outputs: files, n_pages: state.site.pages.len() };
    Checked::new(built, state.diagnostics())
}

/// A build with all its files in memory.
pub struct Whole {
    /// What the tree says of all pages.
    pub globals: Globals,
    /// The theme, if something was shown with it.
    pub theme: Option<Theme>,
    /// What it leaves.
    pub state: State,
    /// Every file.
    pub files: Outputs,
}

/// Builds the site of `tree` in memory, from what `before` left if there is something.
pub fn whole(
    tree: &Tree,
    settings: &Settings,
    highlights: &Table<String>,
    before: Option<&Whole>,
) -> Whole {
    let files = Mutex::new(Outputs::default());
    let request = Request {
        tree,
        settings,
        highlights,
        published: &|path| before?.files.get(path).map(<[u8]>::to_vec),
        emit: &|file| lock(&files).insert(file),
        entering: &|_| {},
    };
    let globals = Globals::after(tree, settings, before.map(|before| &before.globals));
    let before_state = before.map(|before| before.state.clone());
    let (state, theme) = update_with(&request, &globals, before_state);
    let mut files = unlock(files);
    // What was not made again is what it was.
    for file in state.outputs.keys().filter_map(|path| before?.files.file(path.as_str())) {
        if files.file(file.path.as_str()).is_none() {
            files.insert(file.clone());
        }
    }
    Whole { globals, theme, state, files }
}

/// Everything that is wrong with the site of `tree`, with what editors expect of its search too, and
/// how many pages it has; its texts are judged by all rules. Of the site only the search index is kept, if somebody expects something
/// of it.
pub fn check(
    tree: &Tree,
    settings: &Settings,
    highlights: &Table<String>,
    entering: &(dyn Fn(Stage) + Sync),
) -> Checked<usize> {
    let settings = &Settings { judges_language: true, ..settings.clone() };
    let index = Mutex::new(Outputs::default());
    let keep = |file: Produced| {
        if search::may_be_of_index(file.path.as_str()) {
            lock(&index).insert(file);
        }
    };
    let request =
        Request { tree, settings, highlights, published: &|_| None, emit: &keep, entering };
    let state = update(&request, None);
    let mut diagnostics = state.diagnostics();
    if let Some(expectations) = Expectations::of(tree, &state.site) {
        let expectations = expectations.into_value(&mut diagnostics);
        let index = unlock(index);
        let index = Index::open(|path| index.get(path).map(<[u8]>::to_vec));
        // Beside other mistakes, what is found says nothing.
        if let Ok(index) = index
            && !state.has_errors()
        {
            diagnostics.extend(expectations.check(&state.site, &index));
        }
    }
    diagnostic::sort(&mut diagnostics);
    Checked::new(state.site.pages.len(), diagnostics)
}
