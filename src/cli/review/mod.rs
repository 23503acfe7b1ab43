//! `vasta report`: what of the site asks for care, page by page, for people and for programs. It is no check:
//! nothing in it is a mistake, and it ends well whatever it finds.

mod csv;
mod json;
mod page;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::time::Duration;

use crate::base::{Date, Language, Text, prose};
use crate::pipeline::{self, Settings, Whole};
use crate::site::review::{self, Concern};
use crate::site::{Page, PageId, Site};
use crate::source::{Config, Tree};
use crate::write::saved;

use super::arguments::{ReportFormat, ReportOptions};
use super::outside::{Answer, Asking};
use super::{Failure, print, read_site};

/// What was found.
struct Report {
    /// The day on which it was looked for.
    day: Option<Date>,
    /// How many pages were looked at.
    n_pages: usize,
    /// Whether the web was asked too.
    is_external: bool,
    /// The pages with a problem, in order of file.
    pages: Vec<Reviewed>,
}

/// A page and its problems; what is not known of it is empty.
struct Reviewed {
    file: String,
    address: String,
    title: String,
    page_type: String,
    owner: String,
    state: &'static str,
    updated: String,
    verified: String,
    review_by: String,
    problems: Vec<Problem>,
}

/// One thing that asks for care.
struct Problem {
    kind: Kind,
    /// The day, the index or the address that it is about; empty for others.
    value: String,
    /// Where an address is now, or what was answered.
    more: String,
    /// The line of the file in which the address is first; 0 when it is in none.
    line: usize,
}

/// The kinds of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    ReviewDue,
    OldCheck,
    Orphaned,
    Unsourced,
    HardToRead,
    BrokenLink,
    MovedLink,
    UnreachableLink,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::ReviewDue,
        Self::OldCheck,
        Self::Orphaned,
        Self::Unsourced,
        Self::HardToRead,
        Self::BrokenLink,
        Self::MovedLink,
        Self::UnreachableLink,
    ];

    /// What programs call it.
    fn name(self) -> &'static str {
        match self {
            Self::ReviewDue => "review-due",
            Self::OldCheck => "old-check",
            Self::Orphaned => "orphaned",
            Self::Unsourced => "unsourced",
            Self::HardToRead => "hard-to-read",
            Self::BrokenLink => "broken-link",
            Self::MovedLink => "moved-link",
            Self::UnreachableLink => "unreachable-link",
        }
    }

    /// What people call all of it.
    fn title(self) -> Text {
        match self {
            Self::ReviewDue => Text::new("Da ricontrollare", "Due for review"),
            Self::OldCheck => Text::new("Verificate da troppo tempo", "Checked too long ago"),
            Self::Orphaned => Text::new("Senza collegamenti che ci portano", "No link leads there"),
            Self::Unsourced => Text::new("Senza fonte", "Without a source"),
            Self::HardToRead => Text::new("Difficili da leggere", "Hard to read"),
            Self::BrokenLink => Text::new("Collegamenti esterni rotti", "Broken external links"),
            Self::MovedLink => Text::new("Collegamenti esterni spostati", "Moved external links"),
            Self::UnreachableLink => {
                Text::new("Siti esterni che non rispondono", "External sites without an answer")
            }
        }
    }
}

impl Problem {
    fn of(concern: Concern) -> Self {
        let (kind, value) = match concern {
            Concern::ReviewDue(date) => (Kind::ReviewDue, date.to_string()),
            Concern::OldCheck(date) => (Kind::OldCheck, date.to_string()),
            Concern::Orphaned => (Kind::Orphaned, String::new()),
            Concern::Unsourced => (Kind::Unsourced, String::new()),
            Concern::HardToRead(index) => (Kind::HardToRead, index.to_string()),
        };
        Self { kind, value, more: String::new(), line: 0 }
    }

    /// What is the matter with a link to `address` in a file with `text`, if something is.
    fn of_link(address: &str, answer: &Answer, text: &str) -> Option<Self> {
        let (kind, more) = match answer {
            Answer::Good => return None,
            Answer::Moved(target) => (Kind::MovedLink, target.clone()),
            Answer::Broken(status) => (Kind::BrokenLink, status.to_string()),
            Answer::Unreachable(reason) => (Kind::UnreachableLink, reason.clone()),
        };
        let line = text.lines().position(|line| line.contains(address)).map_or(0, |line| line + 1);
        Some(Self { kind, value: address.to_owned(), more, line })
    }

    /// The problem in a few words.
    fn text(&self, language: Language) -> String {
        let Self { value, more, line, .. } = self;
        let (italian, english) = match self.kind {
            Kind::ReviewDue => {
                (format!("da ricontrollare entro il {value}"), format!("to be reviewed by {value}"))
            }
            Kind::OldCheck => (format!("verificata il {value}"), format!("checked on {value}")),
            Kind::Orphaned => {
                ("nessuna pagina ci porta".to_owned(), "no page leads to it".to_owned())
            }
            Kind::Unsourced => ("non cita nessuna fonte".to_owned(), "names no source".to_owned()),
            Kind::HardToRead => {
                (format!("indice Gulpease {value}"), format!("Gulpease index {value}"))
            }
            Kind::BrokenLink => {
                (format!("{value} non c'è più ({more})"), format!("{value} is gone ({more})"))
            }
            Kind::MovedLink => (format!("{value} ora è {more}"), format!("{value} is now {more}")),
            Kind::UnreachableLink => (
                format!("{value} non risponde ({more})"),
                format!("{value} does not answer ({more})"),
            ),
        };
        match (language, line) {
            (Language::Italian, 0) => italian,
            (Language::English, 0) => english,
            (Language::Italian, line) => format!("riga {line}: {italian}"),
            (Language::English, line) => format!("line {line}: {english}"),
        }
    }
}

/// Looks for what asks for care, and prints it.
pub(super) fn report(options: &ReportOptions, language: Language) -> Result<ExitCode, Failure> {
    let (root, out) = options.place.resolve(language)?;
    let settings = options.day.settings(false, language)?;
    let settings = Settings { judges_language: true, ..settings };
    let tree = read_site(&root, &out, options.place.edition.as_deref(), language)?.value;
    let whole = pipeline::whole(&tree, &settings, &saved::highlights(&root), None);
    let (site, config) = (&whole.state.site, &whole.globals.config);
    let concerns = review::concerns(site, &tree, config, &settings).into_iter();
    let problems = |of_page: Vec<Concern>| of_page.into_iter().map(Problem::of).collect();
    let mut problems: BTreeMap<PageId, Vec<Problem>> =
        concerns.map(|(id, of_page)| (id, problems(of_page))).collect();
    if options.external {
        let pause = Duration::from_millis(options.pause);
        let asking = Asking { root: &root, today: settings.today, name: name(config), pause };
        for (id, found) in outside(&tree, &whole, &asking) {
            problems.entry(id).or_default().extend(found);
        }
    }
    let reviewed =
        problems.into_iter().map(|(id, of_page)| reviewed(&tree, &site.pages[id], of_page));
    let report = Report {
        day: settings.today,
        n_pages: site.pages.iter().filter(|page| review::asks(page)).count(),
        is_external: options.external,
        pages: reviewed.collect(),
    };
    print(written(&report, options.format, language).as_bytes())
}

fn written(report: &Report, format: ReportFormat, language: Language) -> String {
    match format {
        ReportFormat::Table => table::write(report, language),
        ReportFormat::Csv => csv::write(report),
        ReportFormat::Json => json::write(report),
        ReportFormat::Page => page::write(report, language),
    }
}

/// The pages whose links to other sites have a problem, each with these.
fn outside(tree: &Tree, whole: &Whole, asking: &Asking<'_>) -> Vec<(PageId, Vec<Problem>)> {
    let (site, config) = (&whole.state.site, &whole.globals.config);
    let links = links(site, config, |page| {
        let html = whole.files.get(page.url.as_str()).unwrap_or_default();
        String::from_utf8_lossy(html).into_owned()
    });
    let answers = asking.ask(&links.values().flatten().cloned().collect());
    let of_page = |(id, addresses): (PageId, BTreeSet<String>)| {
        let blob = tree.get(&site.pages[id].document.path);
        let text = blob.as_ref().and_then(|blob| blob.text()).unwrap_or_default();
        let problem = |address: &String| Problem::of_link(address, answers.get(address)?, text);
        (id, addresses.iter().filter_map(problem).collect::<Vec<_>>())
    };
    let pages = links.into_iter().map(of_page);
    pages.filter(|(_, problems)| !problems.is_empty()).collect()
}

/// Who asks other sites: the program, and where more is known of who uses it.
fn name(config: &Config) -> String {
    let known = [&config.base_url, &config.repository.url, &config.publisher.url];
    let version = env!("CARGO_PKG_VERSION");
    match known.into_iter().find(|address| !address.is_empty()) {
        Some(address) => format!("vasta/{version} (+{address})"),
        None => format!("vasta/{version}"),
    }
}

/// The addresses of other sites to which the text and the fields of each page lead.
fn links(
    site: &Site,
    config: &Config,
    html: impl Fn(&Page) -> String,
) -> BTreeMap<PageId, BTreeSet<String>> {
    let is_own = |address: &str| {
        let own = [&config.base_url, &config.repository.url];
        own.into_iter().any(|own| !own.is_empty() && address.starts_with(own.as_str()))
    };
    let of_page = |page: &Page| {
        let links = prose::links(&html(page)).into_iter();
        let links = links.map(|link| link.split('#').next().unwrap_or_default().to_owned());
        let is_web = |link: &String| link.starts_with("http://") || link.starts_with("https://");
        (page.id, links.filter(|link| is_web(link) && !is_own(link)).collect())
    };
    site.pages.iter().filter(|page| review::asks(page)).map(of_page).collect()
}

fn reviewed(tree: &Tree, page: &Page, problems: Vec<Problem>) -> Reviewed {
    let meta = &page.document.meta;
    let text = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let revision = page.revision.map(|revision| revision.date);
    Reviewed {
        file: tree.written_path(&page.document.path),
        address: page.url.pretty().to_owned(),
        title: page.title.clone(),
        page_type: page.type_name().to_owned(),
        owner: meta.lifecycle.owner.clone(),
        state: meta.lifecycle.state.name(),
        updated: text(meta.updated.or(revision)),
        verified: text(meta.verified),
        review_by: text(meta.review_by.as_ref().map(|(date, _)| *date)),
        problems,
    }
}
