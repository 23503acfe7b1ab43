//! Makes the files whose key moved: renders pages, copies files, and brings the search index up to
//! date. Pages are made in small chunks and handed out at once, so that no more than a chunk of
//! them is in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Diagnostic, Hash, Produced, Span, UrlPath, catalogue};
use crate::document::{Bodies, Body};
use crate::render::keys::{Key, Keys, Relation};
use crate::render::plan::{Plan, Planned};
use crate::render::{self, Context, PageTexts, Records, indexed};
use crate::search::{self, Change, Indexed, Indexer, PageSize, SearchPage, Segment};
use crate::site::{Page, PageId, Site};

use super::reading::Texts;
use super::state::{Made, Reason, State};
use super::{Globals, Request, Stage};

/// So many pages are rendered and indexed at a time.
const CHUNK: usize = 256;

/// Everything that making a file needs.
pub(super) struct Making<'a> {
    pub(super) request: &'a Request<'a>,
    pub(super) globals: &'a Globals,
    pub(super) context: Context<'a>,
    pub(super) texts: &'a Texts,
    pub(super) plan: &'a Plan,
}

/// The files that are made of the texts of pages, by page.
type OfPages<'a> = BTreeMap<PageId, Vec<(&'a UrlPath, &'a Planned)>>;

/// What search knew of the pages that changed, by address; their texts are in the published index.
pub(super) type OldEntries = BTreeMap<String, Indexed>;

impl Making<'_> {
    /// Makes the pages of the plan again, whose texts alone have changed: those of `changed`.
    pub(super) fn make_pages(
        &self,
        changed: &BTreeSet<PageId>,
        state: &mut State,
        old: OldEntries,
    ) {
        (self.request.entering)(Stage::Render);
        for (path, planned) in self.plan {
            state.reports.files.remove(path);
            state.outputs.insert(path.clone(), Made::of(planned.key));
            state.reasons.insert(path.clone(), Reason::Own);
        }
        self.make(self.plan.iter().collect(), changed, state, Some(old));
    }

    /// Makes every file of the plan that is not as `before` left it, and all of the index that follows.
    pub(super) fn make_all(&self, state: &mut State, before: &State) {
        let plan = self.plan;
        (self.request.entering)(Stage::Render);
        let looks_the_same = before.appearance == state.appearance;
        let is_kept = |path: &UrlPath, planned: &Planned| {
            let made = before.outputs.get(path);
            let is_same = made.is_some_and(|made| made.key == planned.key);
            is_same && (looks_the_same || !planned.product.follows_appearance())
        };
        let files: Vec<(&UrlPath, &Planned)> =
            plan.par_iter().filter(|(path, planned)| !is_kept(path, planned)).collect();
        state.outputs =
            plan.iter().map(|(path, file)| (path.clone(), Made::of(file.key))).collect();
        state.reasons = self.reasons(&files, before);
        let index = before.index.as_ref().filter(|_| self.searches_alike(state, before));
        let Some(index) = index else { return self.make(files, &BTreeSet::new(), state, None) };
        state.index = Some(index.clone());
        let search = before.outputs.iter().filter(|(_, made)| made.is_search);
        state.outputs.extend(search.map(|(path, made)| (path.clone(), *made)));
        let (changed, old) = self.changed_entries(&files, before);
        // With so much to change, an index from nothing is sooner done.
        let is_much = changed.len().max(old.len()) > 16 + self.context.site.pages.len() / 4;
        let old = (!is_much).then_some(old);
        self.make(files, &changed, state, old);
    }

    /// Whether pages that did not change are still indexed as they were.
    fn searches_alike(&self, state: &State, before: &State) -> bool {
        before.reading == state.reading && before.config == self.globals.config_hash
    }

    /// The pages of which the index must hear, and what it knew before of these and of those that
    /// are gone.
    fn changed_entries(
        &self,
        files: &[(&UrlPath, &Planned)],
        before: &State,
    ) -> (BTreeSet<PageId>, OldEntries) {
        let site = self.context.site;
        let made: BTreeSet<PageId> = files
            .iter()
            .filter(|(path, planned)| {
                before.outputs.get(*path).is_none_or(|made| made.key != planned.key)
            })
            .filter_map(|(_, planned)| planned.page())
            .collect();
        let is_planned =
            |page: &Page| self.plan.get(&page.url).and_then(Planned::page) == Some(page.id);
        let (now, then) = (indexed_pages(site), indexed_pages(&before.site));
        let mut changed = BTreeSet::new();
        let mut old = OldEntries::new();
        for (url, id) in &now {
            let page = &site.pages[*id];
            let was = then.get(url).map(|id| &before.site.pages[*id]);
            let is_same = was.is_some_and(|was| was.document.path == page.document.path);
            if is_same && is_planned(page) && !made.contains(id) {
                continue;
            }
            changed.insert(*id);
            old.extend(was.map(|was| entry(self.globals, &before.site, was)));
        }
        let gone = then.iter().filter(|(url, _)| !now.contains_key(*url));
        old.extend(gone.map(|(_, id)| entry(self.globals, &before.site, &before.site.pages[*id])));
        (changed, old)
    }

    /// Makes `files`; the index hears of the pages in `changed`, which it knew as `old`. Without
    /// `old` the index is made from nothing.
    fn make(
        &self,
        files: Vec<(&UrlPath, &Planned)>,
        changed: &BTreeSet<PageId>,
        state: &mut State,
        old: Option<OldEntries>,
    ) {
        let is_rendered = |file: &&(&UrlPath, &Planned)| file.1.product.is_rendered();
        state.work.rendered += files.iter().filter(is_rendered).count();
        let mut by_page = OfPages::new();
        let mut others = Vec::new();
        for file in files {
            match file.1.source() {
                Some(id) => by_page.entry(id).or_default().push(file),
                None => others.push(file),
            }
        }
        let wrong: Vec<_> = others
            .par_iter()
            .filter_map(|(path, planned)| self.file(path, planned, &PageTexts::default()))
            .collect();
        state.take_failures(wrong);
        match old {
            Some(old) => self.update_index(&by_page, changed, state, old),
            None => self.new_index(&by_page, state),
        }
    }

    /// Renders pages and patches the index; where that is not possible, makes a new one.
    fn update_index(
        &self,
        files: &OfPages<'_>,
        changed: &BTreeSet<PageId>,
        state: &mut State,
        mut old: OldEntries,
    ) {
        let ids: BTreeSet<PageId> = files.keys().chain(changed).copied().collect();
        let ids: Vec<PageId> = ids.into_iter().collect();
        let mut after: BTreeMap<String, Indexed> = BTreeMap::new();
        for chunk in ids.chunks(CHUNK) {
            let made: Vec<_> = chunk
                .par_iter()
                .map(|id| {
                    let wanted = changed.contains(id) && self.context.site.pages[*id].is_searched();
                    let (bodies, wrong) = self.page(*id, files);
                    (wrong, wanted.then(|| self.indexed(*id, &bodies)))
                })
                .collect();
            for (wrong, indexed) in made {
                state.take_failures(wrong);
                after.extend(indexed.map(|indexed| (indexed.page.url.clone(), indexed)));
            }
        }
        (self.request.entering)(Stage::Index);
        state.work.indexed += after.len();
        let urls: BTreeSet<String> = old.keys().chain(after.keys()).cloned().collect();
        let change = |url: &String| Change { before: old.remove(url), after: after.remove(url) };
        let changes: Vec<Change> = urls.iter().map(change).collect();
        let options = self.globals.search_options(self.context.theme);
        let updated = state
            .index
            .as_ref()
            .and_then(|index| search::update(index, &options, changes, self.request.published));
        let Some(updated) = updated else {
            return self.new_index(&OfPages::new(), state);
        };
        for path in updated.removed.iter().filter_map(|path| UrlPath::file(path)) {
            state.outputs.remove(&path);
        }
        self.emit_index(updated.written, state);
        state.index = Some(updated.state);
    }

    /// Renders pages and indexes all pages, in the order that the index wants.
    fn new_index(&self, files: &OfPages<'_>, state: &mut State) {
        let site = self.context.site;
        state.outputs.retain(|_, made| !made.is_search);
        let listed = indexed_pages(site);
        let unlisted: Vec<PageId> = {
            let listed: BTreeSet<PageId> = listed.values().copied().collect();
            files.keys().copied().filter(|id| !listed.contains(id)).collect()
        };
        let wrong: Vec<_> =
            unlisted.par_iter().flat_map_iter(|id| self.page(*id, files).1).collect();
        state.take_failures(wrong);

        let ids: Vec<PageId> = listed.values().copied().collect();
        let sizes: Vec<PageSize<'_>> = listed
            .iter()
            .map(|(url, id)| PageSize { url, n_bytes: site.pages[*id].document.n_bytes })
            .collect();
        let options = self.globals.search_options(self.context.theme);
        let mut indexer = Indexer::new(&options, &sizes);
        let order: Vec<PageId> = indexer.order().iter().map(|place| ids[*place]).collect();
        for chunk in order.chunks(CHUNK) {
            let made: Vec<(Vec<Failure>, Segment)> = chunk
                .par_iter()
                .map(|id| {
                    let (bodies, wrong) = self.page(*id, files);
                    let page = self.indexed(*id, &bodies).page;
                    (wrong, search::segment(page, options.language))
                })
                .collect();
            let (wrong, segments): (Vec<_>, Vec<_>) = made.into_iter().unzip();
            state.take_failures(wrong.into_iter().flatten().collect());
            self.emit_index(indexer.add(segments), state);
        }
        (self.request.entering)(Stage::Index);
        state.work.indexed += order.len();
        let (files, index) = indexer.finish();
        self.emit_index(files, state);
        state.index = Some(index);
    }

    /// The texts of a page, whose files are made too as far as they are among `files`, and what is wrong
    /// with these.
    fn page(&self, id: PageId, files: &OfPages<'_>) -> (Bodies, Vec<Failure>) {
        let document = &self.context.site.pages[id].document;
        let reading = self.globals.reading(self.request.highlights);
        // Under the path of a page that nobody wrote there may be a draft.
        let bodies = match document.is_written {
            true => self.texts.take(&document.path, self.request.tree, &reading),
            false => Bodies::new(),
        };
        let texts = PageTexts::of(&bodies);
        let files = files.get(&id).into_iter().flatten();
        let wrong = files.filter_map(|(path, planned)| self.file(path, planned, &texts)).collect();
        (bodies, wrong)
    }

    fn indexed(&self, id: PageId, bodies: &[Body]) -> Indexed {
        let page = &self.context.site.pages[id];
        let n_bytes = page.document.n_bytes;
        let page = indexed::search_page(self.context.site, &self.globals.config, page, bodies);
        Indexed { page, n_bytes }
    }

    /// Makes one file and hands it out, or says what is wrong with its template.
    fn file(&self, path: &UrlPath, planned: &Planned, texts: &PageTexts<'_>) -> Option<Failure> {
        match render::produce(self.context, path, &planned.product, texts) {
            Ok(bytes) => {
                let origin = planned.origin.clone();
                (self.request.emit)(Produced { path: path.clone(), bytes, origin });
                None
            }
            Err(wrong) => Some((path.clone(), wrong)),
        }
    }

    fn emit_index(&self, files: Vec<(String, Vec<u8>)>, state: &mut State) {
        let home = &self.context.site.pages[self.context.site.home];
        let origin = Span::start_of(&home.document.path);
        for (path, bytes) in files {
            let Some(path) = UrlPath::file(&path) else { continue };
            if state.outputs.get(&path).is_some_and(|made| !made.is_search) {
                let place = self.plan.get(&path).map_or(&origin, |planned| &planned.origin).clone();
                let twice = catalogue::two_files_for_one_address(origin.clone(), &path, place);
                state.reports.general.push(twice);
                continue;
            }
            let made = Made { is_search: true, ..Made::of(Key::alone(Hash::of(&bytes))) };
            state.outputs.insert(path.clone(), made);
            (self.request.emit)(Produced { path, bytes: Arc::from(bytes), origin: origin.clone() });
        }
    }

    /// Why each file is made, when not all of them are.
    fn reasons(&self, files: &[(&UrlPath, &Planned)], before: &State) -> BTreeMap<UrlPath, Reason> {
        if before.outputs.is_empty() {
            return BTreeMap::new();
        }
        let Globals { config, schemas, .. } = self.globals;
        let records = Records::of(&before.site, schemas, config);
        let old = Keys::of(&before.site, config, &records);
        let new = Keys::of(self.context.site, config, self.context.records);
        let reason = |path: &UrlPath, planned: &Planned| {
            let Some(made) = before.outputs.get(path) else { return Reason::New };
            if made.key.own != planned.key.own {
                return Reason::Own;
            }
            if made.key.shown == planned.key.shown {
                return Reason::Appearance;
            }
            let page = planned.source().map(|id| &self.context.site.pages[id]);
            let was = page.and_then(|page| before.site.find(&page.place));
            let names = page.zip(was).map(|(page, was)| moved(&new, page, &old, was));
            Reason::Shown(names.unwrap_or_default())
        };
        files
            .par_iter()
            .map(|(path, planned)| ((*path).clone(), reason(path, planned)))
            .collect::<Vec<_>>()
            .into_iter()
            .collect()
    }
}

/// A file that could not be made, and why.
pub(super) type Failure = (UrlPath, Box<Diagnostic>);

/// What search knows of `page` besides its texts, by its address.
pub(super) fn entry(globals: &Globals, site: &Site, page: &Page) -> (String, Indexed) {
    let entry: SearchPage = indexed::search_entry(site, &globals.config, page);
    (entry.url.clone(), Indexed { page: entry, n_bytes: page.document.n_bytes })
}

/// The pages that search finds, by address. Of two with the same address, the first counts.
fn indexed_pages(site: &Site) -> BTreeMap<&str, PageId> {
    let mut pages = BTreeMap::new();
    for page in site.pages.iter().filter(|page| page.is_searched()) {
        pages.entry(page.url.as_str()).or_insert(page.id);
    }
    pages
}

/// What a page shows of others now and did not before, or the other way round: at most five names.
fn moved(new: &Keys<'_>, page: &Page, old: &Keys<'_>, was: &Page) -> Vec<(Relation, String)> {
    let (now, then) = (named(new, page), named(old, was));
    let differ = now.iter().filter(|shown| !then.contains(shown));
    let differ = differ.chain(then.iter().filter(|shown| !now.contains(shown)));
    let names: BTreeSet<(Relation, String)> = differ
        .filter(|(_, name, _)| !name.is_empty())
        .map(|(relation, name, _)| (*relation, (*name).to_owned()))
        .collect();
    names.into_iter().take(5).collect()
}

/// What a page shows of others, with names, since numbers of pages differ from build to build.
fn named<'a>(keys: &'a Keys<'_>, page: &'a Page) -> Vec<(Relation, &'a str, Hash)> {
    let shown = keys.shown(page);
    shown.iter().map(|shown| (shown.relation, keys.name(shown), shown.hash)).collect()
}
