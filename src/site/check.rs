//! Everything that is wrong with one page among the others: references, lists, links, dates. A pure
//! function of the page and the site, so it is asked again only where an answer may have changed.

use crate::base::text::nearest;
use crate::base::{Diagnostic, Diagnostics, Severity, Span, catalogue};
use crate::document::{Reference, Schemas};
use crate::source::Config;

use super::assemble::Settings;
use super::page::{Page, PageId};
use super::{Site, links, query, rows};

/// What a page is checked by, besides the site.
#[derive(Clone, Copy)]
pub struct Checking<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The page types.
    pub schemas: &'a Schemas,
    /// The day.
    pub settings: &'a Settings,
}

/// What is wrong with page `id`.
pub fn page(site: &Site, id: PageId, checking: Checking<'_>) -> Diagnostics {
    let Checking { config, schemas, settings } = checking;
    let page = &site.pages[id];
    let mut diagnostics = query::check(page, schemas);
    let unresolved = page.document.references.iter().zip(&page.references);
    let unresolved = unresolved
        .filter(|(reference, resolved)| resolved.is_none() && !site.is_to_absent(reference));
    diagnostics.extend(unresolved.filter_map(|(reference, _)| dead(site, reference)));
    diagnostics.extend(links::check(site, page));
    diagnostics.extend(rows::check(site, page, schemas));
    diagnostics.extend(heir_of_itself(site, page));
    diagnostics.extend(review_due(page, settings));
    if let Some(level) = config.language_rules.acronym {
        diagnostics.extend(unexplained_acronyms(site, page, level));
    }
    diagnostics
}

/// The acronyms of a page that the glossary does not explain either.
fn unexplained_acronyms(
    site: &Site,
    page: &Page,
    level: Severity,
) -> impl Iterator<Item = Diagnostic> {
    let acronyms = page.document.acronyms.iter();
    let unexplained = acronyms.filter(|acronym| !site.glossary.explains(&acronym.word));
    unexplained.map(move |acronym| {
        let span = Span::new(&page.document.path, acronym.place.clone());
        catalogue::unexplained_acronym(level, span, &acronym.word)
    })
}

/// Why a reference of a field leads nowhere.
fn dead(site: &Site, reference: &Reference) -> Option<Diagnostic> {
    let span = reference.span.clone();
    let written = &reference.written;
    if reference.is_asset {
        let path = reference.path.as_ref()?;
        let near = links::nearest_file(site, &span.file, path);
        return Some(catalogue::missing_file(span, written, near.as_deref()));
    }
    let wanted = reference.page_type.as_deref();
    let found = match &reference.path {
        Some(path) => site.find(path),
        None => site.pages.iter().find(|page| query::stem(page) == written),
    };
    if let (Some(page), Some(wanted)) = (found, wanted) {
        let found = if page.type_name().is_empty() { "pagina" } else { page.type_name() };
        return Some(catalogue::wrong_page_type(span, written, wanted, found));
    }
    let of_type = |page: &&Page| wanted.is_none_or(|wanted| page.type_name() == wanted);
    let near = match &reference.path {
        Some(path) => links::nearest_page(site, &span.file, path),
        None => {
            nearest(written, site.pages.iter().filter(of_type).map(query::stem)).map(str::to_owned)
        }
    };
    Some(catalogue::unknown_page(span, written, near.as_deref()))
}

/// Whether the way from heir to heir comes back to `page`.
fn heir_of_itself(site: &Site, page: &Page) -> Option<Diagnostic> {
    let (written, span) = page.document.meta.lifecycle.repealed_by.as_ref()?;
    let heirs = std::iter::successors(page.heir(), |id| site.pages[*id].heir());
    let mut heirs = heirs.take(site.pages.len());
    heirs.any(|id| id == page.id).then(|| catalogue::heir_of_itself(span.clone(), written))
}

/// Nobody has to look after a page whose place another has taken.
fn review_due(page: &Page, settings: &Settings) -> Option<Diagnostic> {
    let meta = &page.document.meta;
    let (date, span) = meta.review_by.as_ref().filter(|_| !meta.is_superseded())?;
    let is_past = settings.today.is_some_and(|today| today > date.last_day());
    is_past.then(|| catalogue::review_due(span.clone(), *date))
}
