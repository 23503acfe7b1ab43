//! Makes the view of each page from the site. A pure function of the page, its neighbours'
//! interfaces and the configuration.

use std::sync::Arc;

use crate::base::UrlPath;
use crate::base::path::percent_encoded;
use crate::base::text::slug;
use crate::document::{Body, Heading, Kind, Meta, OfficeFormat, PageState};
use crate::site::{self, rows};
use crate::site::{Page, PageId, PageKind, Site, TermGroup, TermPage};
use crate::source::Config;
use crate::source::config::{Entry, EntryTarget};
use crate::source::publisher;

use super::calendar;
use super::comparisons;
use super::downloads::{self, FileFormat};
use super::edition;
use super::facts::FieldReader;
use super::figures;
use super::fill::{Filler, asset_link};
use super::format::Format;
use super::indexes::{Index, IndexGroup};
use super::office;
use super::pages::{Context, PageTexts};
use super::placing;
use super::records::{Records, Table};
use super::structured::{self, About};
use super::view::{
    Accessibility, Area, Card, CardList, Change, Dataset, DatasetColumn, Download, Funding, Group,
    Licence, Link, Logo, MenuEntry, Notice, PageView, Privacy, Publisher, Revision, SiteView, Step,
    Terms, TocEntry, View,
};

/// The path of the search page.
pub const SEARCH: &str = "ricerca/index.html";
/// The folder of the search page, and of the indexes to which it leads.
pub const SEARCH_FOLDER: &str = "ricerca";
/// The path of the page that explains the columns of all collections.
pub const DICTIONARY: &str = "dizionario-dei-dati/index.html";
/// The path of the feed.
pub const FEED: &str = "feed.xml";

/// What all pages share.
pub fn site_view(site: &Site, config: &Config) -> SiteView {
    SiteView {
        title: site.title(config).to_owned(),
        description: config.description.clone(),
        tagline: config.tagline.clone(),
        language: config.language.clone(),
        version: config.version.clone(),
        base_url: config.base_url.clone(),
        publisher: publisher(site, config),
        licence: Licence { name: config.licence.name.clone(), url: config.licence.url.clone() },
        repository: config.repository.url.clone(),
        navigation: menu(site, config),
        footer: menu_entries(site, &config.footer),
        feed_url: FEED.to_owned(),
        search_url: SEARCH.to_owned(),
        generator: format!("vasta {}", env!("CARGO_PKG_VERSION")),
        logo: config.logo.as_ref().and_then(|path| asset_link(site, path)),
        edition: edition::mark(config),
    }
}

/// Who publishes the site, with the addresses of the signs of those who paid.
fn publisher(site: &Site, config: &Config) -> Publisher {
    let publisher = config.publisher.clone();
    let publisher::Accessibility { declaration, reviewed, objectives } = publisher.accessibility;
    let logo = |logo: &publisher::Logo| Logo {
        url: asset_link(site, &logo.file).unwrap_or_default(),
        alt: logo.alt.clone(),
    };
    Publisher {
        name: publisher.name,
        url: publisher.url,
        email: publisher.email,
        legal_name: publisher.legal_name,
        address: publisher.address,
        tax_code: publisher.tax_code,
        ipa: publisher.ipa,
        pec: publisher.pec,
        privacy: Privacy {
            officer: publisher.privacy.officer,
            email: publisher.privacy.email,
            url: publisher.privacy.url,
        },
        accessibility: Accessibility {
            declaration: declaration.map(|(address, _)| address).unwrap_or_default(),
            reviewed: reviewed.map(|(date, _)| date.to_string()).unwrap_or_default(),
            objectives,
        },
        transparency: publisher.transparency,
        analytics: publisher.analytics,
        analytics_reason: publisher.analytics_reason,
        funding: Funding {
            statement: publisher.funding.statement,
            url: publisher.funding.url,
            logos: publisher.funding.logos.iter().map(logo).collect(),
        },
    }
}

/// The main menu.
pub fn menu(site: &Site, config: &Config) -> Vec<MenuEntry> {
    match config.navigation.as_slice() {
        [] => top_sections(site),
        entries => menu_entries(site, entries),
    }
}

fn menu_entries(site: &Site, entries: &[Entry]) -> Vec<MenuEntry> {
    entries.iter().filter_map(|entry| menu_entry(site, entry)).collect()
}

/// Without a menu in the configuration, the sections of the front page are the menu.
fn top_sections(site: &Site) -> Vec<MenuEntry> {
    const MOST: usize = 8;
    let children = site.pages[site.home].children.iter().map(|id| &site.pages[*id]);
    children
        .filter(|page| page.kind == PageKind::Section)
        .take(MOST)
        .map(|page| MenuEntry { section: page.url.section().to_owned(), link: link(page) })
        .collect()
}

fn menu_entry(site: &Site, entry: &Entry) -> Option<MenuEntry> {
    let mut link = match &entry.target {
        EntryTarget::Page(path) => link(site.find(path)?),
        EntryTarget::Url(url) => Link { title: url.clone(), url: url.clone(), external: true },
    };
    if !entry.title.is_empty() {
        link.title.clone_from(&entry.title);
    }
    let section = link.url.split_once('/').filter(|_| !link.external);
    let section = section.map_or(String::new(), |(section, _)| section.to_owned());
    Some(MenuEntry { section, link })
}

/// The view of a page that somebody wrote, with its texts.
pub fn page(context: Context<'_>, page: &Page, texts: &PageTexts<'_>) -> View {
    let bodies = texts.bodies;
    let Context { site, config, records, foreign, .. } = context;
    let format = Format::of(&config.language);
    let document = &page.document;
    let nothing = Body::default();
    let body = bodies.first().unwrap_or(&nothing);
    let fields = FieldReader { site, page, bodies, format };
    let filler = Filler::new(site, page).with_figures(records, format);
    let mut filler = filler.with_foreign(&foreign.phrases);
    let content = filler.fill(body, &body.html);
    let mut facts = fields.facts(&mut filler);
    let notes = filler.fill(body, &body.notes);
    let neighbour = |id: Option<PageId>| id.map(|id| link(&site.pages[id]));
    let file = percent_encoded(&context.tree.written_path(&document.path));
    let has_file = |pattern: &&String| !pattern.is_empty() && document.is_written;
    let file_url =
        |pattern| Some(pattern).filter(has_file).map(|pattern| pattern.replace("{path}", &file));
    let lists = document.meta.lists.iter().zip(&page.lists);
    let breadcrumbs: Vec<Link> =
        site.ancestors(page).into_iter().map(|id| link(&site.pages[id])).collect();
    let view = PageView {
        title: page.title.clone(),
        description: document.meta.description.clone(),
        kind: match page.kind {
            PageKind::Home => "home",
            PageKind::Section => "section",
            PageKind::Page => "page",
        },
        page_type: page.type_name().to_owned(),
        type_label: page.type_label().to_owned(),
        date: document.meta.date.map(|date| date.to_string()),
        updated: document.meta.updated.map(|date| date.to_string()),
        verified: document.meta.verified.map(|date| date.to_string()),
        version: document.meta.version.clone(),
        reviewer: match document.meta.reviewer.as_str() {
            "" => config.reviewer.clone(),
            reviewer => reviewer.to_owned(),
        },
        owner: document.meta.lifecycle.owner.clone(),
        valid_from: document.meta.lifecycle.valid_from.map(|date| date.to_string()),
        heir: neighbour(page.heir()),
        notices: notices(page),
        revision: revision(page),
        changes: changes(&document.meta),
        areas: areas(site, page),
        parts: placing::parts(&content, &body.headings, &mut facts),
        content,
        facts,
        notes,
        toc: toc(&body.headings),
        step: site.step(page).map(|(number, count)| Step { number, count }),
        previous: neighbour(page.previous),
        next: neighbour(page.next),
        terms: terms(site, page),
        lists: lists
            .filter(|(_, pages)| !pages.is_empty())
            .map(|(query, pages)| CardList {
                title: query.title.clone(),
                cards: cards(site, format, pages),
            })
            .collect(),
        children: cards(site, format, &page.children),
        backlinks: page.backlinks.iter().map(|id| link(&site.pages[*id])).collect(),
        comparisons: comparisons::of_page(site, page.id),
        dataset: presented(records, page, format),
        calendar: calendar::address(site, page).map(|url| url.to_string()),
        local: edition::local(config, page),
        downloads: offered(context, page, texts),
        edit_url: file_url(&config.repository.edit_url),
        history_url: file_url(&config.repository.history_url),
        breadcrumbs,
        ..PageView::default()
    };
    let about = structured::about(fields, config);
    finish_with(view, &page.url, site, config, about)
}

/// The files for word processors that `page` offers.
fn offered(context: Context<'_>, page: &Page, texts: &PageTexts<'_>) -> Vec<Download> {
    let format = Format::of(&context.config.language);
    let file = |(kind, bytes): &(OfficeFormat, Arc<[u8]>)| Download {
        format: kind.label().to_owned(),
        media_type: kind.media_type().to_owned(),
        url: office::address(page, *kind).to_string(),
        size: format.size(bytes.len()),
    };
    texts.office_files(context, page).iter().map(file).collect()
}

/// The collection that `page` presents, with its table.
fn presented(records: &Records<'_>, page: &Page, format: Format) -> Option<Dataset> {
    let (name, _) = page.document.meta.collection.as_ref()?;
    // Of two pages for one collection the first has its files.
    let presenting = records.page_of(name)?;
    let table = records.table(name)?;
    let whole = figures::whole(table, &page.url.to_root(), format);
    Some(Dataset { table: whole, ..dataset(records, table, presenting, format) })
}

fn dataset(records: &Records<'_>, table: &Table, page: &Page, format: Format) -> Dataset {
    let collection = &table.collection;
    let file = |kind: FileFormat| Download {
        format: kind.ending().to_uppercase(),
        media_type: kind.media_type().to_owned(),
        url: downloads::address(page, &collection.name, kind).to_string(),
        size: format.size(records.file(table, kind).len()),
    };
    let columns = collection.columns.iter().map(|column| DatasetColumn {
        name: column.name.clone(),
        label: column.label.clone(),
        kind: rows::kind(column).map_or("text", Kind::name).to_owned(),
        help: column.help.clone(),
    });
    Dataset {
        name: collection.name.clone(),
        title: collection.title.clone(),
        description: collection.description.clone(),
        page: link(page),
        count: table.records.len(),
        columns: columns.collect(),
        files: FileFormat::ALL.map(file).into(),
        catalogue: downloads::CATALOGUE.to_owned(),
        dictionary: DICTIONARY.to_owned(),
        table: String::new(),
    }
}

/// The view of the page that explains the columns of all collections.
pub fn dictionary(context: Context<'_>, title: &str, url: &UrlPath) -> View {
    let Context { site, config, records, .. } = context;
    let format = Format::of(&config.language);
    let datasets = records.presented();
    let view = PageView {
        title: title.to_owned(),
        kind: "dictionary",
        breadcrumbs: vec![link(&site.pages[site.home])],
        datasets: datasets.map(|(table, page)| dataset(records, table, page, format)).collect(),
        ..PageView::default()
    };
    finish(view, url, site, config)
}

/// The view of the page of one term.
pub fn term(site: &Site, config: &Config, group: &TermGroup, term: &TermPage) -> View {
    let format = Format::of(&config.language);
    let parent =
        Link { title: group.taxonomy.title.clone(), url: group.url.to_string(), external: false };
    let view = PageView {
        title: term.title.clone(),
        kind: "term",
        type_label: group.taxonomy.singular.clone(),
        breadcrumbs: vec![link(&site.pages[site.home]), parent],
        children: cards(site, format, &term.pages),
        ..PageView::default()
    };
    finish(view, &term.url, site, config)
}

/// The view of the page that lists the terms of a taxonomy.
pub fn taxonomy(site: &Site, config: &Config, group: &TermGroup) -> View {
    let groups = group.terms.iter().map(|term| Group {
        title: term.title.clone(),
        name: slug(&term.title),
        url: term.url.to_string(),
        count: term.pages.len(),
        links: Vec::new(),
    });
    let view = PageView {
        title: group.taxonomy.title.clone(),
        kind: "taxonomy",
        breadcrumbs: vec![link(&site.pages[site.home])],
        groups: groups.collect(),
        ..PageView::default()
    };
    finish(view, &group.url, site, config)
}

/// The view of an index, with its pages unless it is split.
pub fn index(site: &Site, config: &Config, index: &Index, search: Link) -> View {
    let groups = index.groups.iter().map(|group| {
        let links = if index.is_split { Vec::new() } else { links(site, &group.pages) };
        Group { links, ..group_without_links(group) }
    });
    let view = PageView {
        title: index.title.clone(),
        kind: "index",
        breadcrumbs: vec![link(&site.pages[site.home]), search],
        groups: groups.collect(),
        ..PageView::default()
    };
    finish(view, &index.url, site, config)
}

/// The view of the page of one group of an index.
pub fn index_group(
    site: &Site,
    config: &Config,
    index: &Index,
    group: &IndexGroup,
    search: Link,
) -> View {
    let above = Link { title: index.title.clone(), url: index.url.to_string(), external: false };
    let view = PageView {
        title: format!("{}: {}", index.title, group.title),
        kind: "index",
        breadcrumbs: vec![link(&site.pages[site.home]), search, above],
        groups: vec![Group { links: links(site, &group.pages), ..group_without_links(group) }],
        ..PageView::default()
    };
    finish(view, &group.url, site, config)
}

fn group_without_links(group: &IndexGroup) -> Group {
    Group {
        title: group.title.clone(),
        name: group.name.clone(),
        url: group.url.to_string(),
        count: group.pages.len(),
        links: Vec::new(),
    }
}

/// The view of a page that the program adds: search, and the one for addresses that do not exist.
pub fn special(
    site: &Site,
    config: &Config,
    kind: &'static str,
    title: &str,
    url: &UrlPath,
    indexes: Vec<Link>,
) -> View {
    let home = &site.pages[site.home];
    let sections = cards(site, Format::of(&config.language), &home.children);
    let view = PageView {
        title: title.to_owned(),
        kind,
        breadcrumbs: vec![link(home)],
        children: sections,
        indexes,
        ..PageView::default()
    };
    finish(view, url, site, config)
}

/// Adds what follows from the address.
pub(super) fn finish(view: PageView, url: &UrlPath, site: &Site, config: &Config) -> View {
    finish_with(view, url, site, config, None)
}

/// Adds what follows from the address, and tells machines what the page is about.
fn finish_with(
    view: PageView,
    url: &UrlPath,
    site: &Site,
    config: &Config,
    about: Option<About>,
) -> View {
    let canonical = structured::absolute(config, url);
    let json_ld = structured::json_ld(&view, canonical.as_deref(), site, config, about);
    let page = PageView {
        url: url.to_string(),
        section: url.section().to_owned(),
        canonical,
        json_ld,
        ..view
    };
    View { root: url.to_root(), page }
}

/// A link to a page.
pub fn link(page: &Page) -> Link {
    Link { title: page.title.clone(), url: page.url.to_string(), external: false }
}

fn links(site: &Site, ids: &[PageId]) -> Vec<Link> {
    ids.iter().map(|id| link(&site.pages[*id])).collect()
}

fn cards(site: &Site, format: Format, ids: &[PageId]) -> Vec<Card> {
    ids.iter().map(|id| card(site, format, &site.pages[*id])).collect()
}

/// The areas of a page.
pub fn areas(site: &Site, page: &Page) -> Vec<Area> {
    let of_page = site.areas.of_page(site, page).into_iter();
    let area = |(number, area): (usize, &site::Area)| {
        let page = &site.pages[area.page];
        let (title, url) = (page.title.clone(), page.url.to_string());
        Area { title, short: area.short.clone(), url, number }
    };
    of_page.map(area).collect()
}

fn revision(page: &Page) -> Option<Revision> {
    let known = page.revision?;
    Some(Revision { date: known.date.to_string(), n_authors: known.n_authors })
}

/// What readers must know before they trust `page`.
fn notices(page: &Page) -> Vec<Notice> {
    let meta = &page.document.meta;
    let is_in_review = meta.lifecycle.state == PageState::InReview;
    let all = [
        (meta.is_draft(), "draft", None),
        (meta.is_superseded(), "superseded", None),
        (page.is_expired, "expired", meta.expires),
        (page.is_upcoming, "upcoming", meta.lifecycle.valid_from),
        (is_in_review, "in-review", None),
    ];
    let told = all.into_iter().filter(|(is_told, ..)| *is_told);
    told.map(|(_, kind, date)| Notice { kind, date: date.map(|date| date.to_string()) }).collect()
}

fn changes(meta: &Meta) -> Vec<Change> {
    let changes = meta.changes.iter();
    changes
        .map(|change| Change { date: change.date.to_string(), what: change.what.clone() })
        .collect()
}

/// The values of a page's facets that are not its areas.
pub fn badges(fields: FieldReader<'_>, areas: &[Area]) -> Vec<String> {
    let facets = fields.page.document.schema.as_ref().map_or(&[][..], |schema| &schema.facets);
    let texts = facets.iter().flat_map(|facet| fields.texts(facet));
    texts.filter(|text| areas.iter().all(|area| area.title != *text)).collect()
}

/// A page in a list.
pub fn card(site: &Site, format: Format, page: &Page) -> Card {
    let fields = FieldReader { site, page, bodies: &[], format };
    let areas = areas(site, page);
    Card {
        title: page.title.clone(),
        description: page.summary.clone(),
        url: page.url.to_string(),
        page_type: page.type_name().to_owned(),
        type_label: page.type_label().to_owned(),
        date: page.document.meta.date.map(|date| date.to_string()),
        superseded: page.document.meta.is_superseded(),
        badges: badges(fields, &areas),
        areas,
    }
}

fn terms(site: &Site, page: &Page) -> Vec<Terms> {
    let mut all: Vec<Terms> = Vec::new();
    for of_group in page.terms.chunk_by(|left, right| left.group == right.group) {
        let group = &site.taxonomies[of_group[0].group];
        let items = of_group.iter().map(|id| {
            let term = &group.terms[id.term];
            Link { title: term.title.clone(), url: term.url.to_string(), external: false }
        });
        all.push(Terms {
            taxonomy: group.taxonomy.name.clone(),
            label: group.taxonomy.title.clone(),
            items: items.collect(),
        });
    }
    all
}

fn toc(headings: &[Heading]) -> Vec<TocEntry> {
    let mut toc: Vec<TocEntry> = Vec::new();
    for heading in headings {
        let entry =
            TocEntry { id: heading.id.clone(), title: heading.title.clone(), children: Vec::new() };
        match (heading.level, toc.last_mut()) {
            (2, _) => toc.push(entry),
            (3, Some(above)) => above.children.push(entry),
            _ => {}
        }
    }
    toc
}
