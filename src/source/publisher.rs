//! Who publishes the site: all that only they can say, in one block of `vasta.yaml`. What is not said
//! is empty, and themes show nothing of it; `release` says what a public site must not leave out.

use crate::base::address::{is_mailbox, is_web};
use crate::base::{Date, SourcePath, Span, catalogue};

use super::reader::MapReader;
use super::tree::{CONTENT, Tree};

/// Who publishes the site; unknown parts are empty.
#[derive(Clone, Debug, Default)]
pub struct Publisher {
    /// Name of the organisation, as readers know it.
    pub name: String,
    /// Its site.
    pub url: String,
    /// The mailbox for readers.
    pub email: String,
    /// Name of the legal entity.
    pub legal_name: String,
    /// Where it has its seat.
    pub address: String,
    /// Its tax code.
    pub tax_code: String,
    /// Its code in the index of public administrations (IPA).
    pub ipa: String,
    /// Its certified mailbox.
    pub pec: String,
    /// Who answers for personal data.
    pub privacy: Privacy,
    /// What is declared of the accessibility of the site.
    pub accessibility: Accessibility,
    /// Its page “Amministrazione trasparente”.
    pub transparency: String,
    /// How visits are counted: `none`, `server-logs` or `wai` (Web Analytics Italia).
    pub analytics: String,
    /// Why visits are counted in this way, or not at all.
    pub analytics_reason: String,
    /// Who paid for the site.
    pub funding: Funding,
}

/// Who answers for personal data.
#[derive(Clone, Debug, Default)]
pub struct Privacy {
    /// The data protection officer, as a role.
    pub officer: String,
    /// The officer's mailbox.
    pub email: String,
    /// The officer's page.
    pub url: String,
}

/// What is declared of the accessibility of the site.
#[derive(Clone, Debug, Default)]
pub struct Accessibility {
    /// The address of the declaration, at AgID.
    pub declaration: String,
    /// The day on which it was last reviewed, as an ISO date.
    pub reviewed: String,
    /// The page with the objectives of the year.
    pub objectives: String,
    /// Where `declaration` and `reviewed` are written.
    pub places: [Option<Span>; 2],
}

/// Who paid for the site.
#[derive(Clone, Debug, Default)]
pub struct Funding {
    /// The sentence that the programme asks for.
    pub statement: String,
    /// The page that describes the project.
    pub url: String,
    /// The signs of those who paid, all of the same height.
    pub logos: Vec<Logo>,
}

/// A sign of who paid.
#[derive(Clone, Debug)]
pub struct Logo {
    /// A picture among the files of the content.
    pub file: SourcePath,
    /// What it says, for those who do not see it.
    pub alt: String,
}

/// The ways of counting visits.
const ANALYTICS: [&str; 3] = ["none", "server-logs", "wai"];

/// Reads the block `publisher`. Pictures are looked for in `tree`.
pub(super) fn publisher(reader: &mut MapReader<'_>, tree: &Tree) -> Publisher {
    Publisher {
        name: text(reader, "name"),
        url: web(reader, "url"),
        email: mailbox(reader, "email"),
        legal_name: text(reader, "legal_name"),
        address: text(reader, "address"),
        tax_code: text(reader, "tax_code"),
        ipa: text(reader, "ipa"),
        pec: mailbox(reader, "pec"),
        privacy: reader.inside("privacy", privacy).unwrap_or_default(),
        accessibility: reader.inside("accessibility", accessibility).unwrap_or_default(),
        transparency: web(reader, "transparency"),
        analytics: analytics(reader),
        analytics_reason: text(reader, "analytics_reason"),
        funding: reader.inside("funding", |reader| funding(reader, tree)).unwrap_or_default(),
    }
}

fn privacy(reader: &mut MapReader<'_>) -> Privacy {
    Privacy {
        officer: text(reader, "officer"),
        email: mailbox(reader, "email"),
        url: web(reader, "url"),
    }
}

fn accessibility(reader: &mut MapReader<'_>) -> Accessibility {
    let places = ["declaration", "reviewed"].map(|key| place(reader, key));
    Accessibility {
        declaration: web(reader, "declaration"),
        reviewed: day(reader, "reviewed"),
        objectives: web(reader, "objectives"),
        places,
    }
}

fn funding(reader: &mut MapReader<'_>, tree: &Tree) -> Funding {
    let logos = reader.list("logos").iter();
    let logos: Vec<Logo> =
        logos.filter_map(|node| reader.each(node, |reader| logo(reader, tree))).collect();
    Funding { statement: text(reader, "statement"), url: web(reader, "url"), logos }
}

fn logo(reader: &mut MapReader<'_>, tree: &Tree) -> Option<Logo> {
    let place = place(reader, "file").unwrap_or_else(|| reader.place());
    let [file, alt] = ["file", "alt"].map(|key| {
        let written = reader.text(key);
        reader.required(key, written)
    });
    let written = file?;
    let found = SourcePath::new(&format!("{CONTENT}/{written}"));
    let Some(file) = found.filter(|path| tree.get(path).is_some()) else {
        reader.diagnostics.push(catalogue::missing_file(place, &written, None));
        return None;
    };
    Some(Logo { file, alt: alt? })
}

fn analytics(reader: &mut MapReader<'_>) -> String {
    let written = text(reader, "analytics");
    if !written.is_empty() && !ANALYTICS.contains(&written.as_str()) {
        let place = place(reader, "analytics").unwrap_or_else(|| reader.place());
        let unknown = catalogue::unknown_choice(place, &written, ANALYTICS, None);
        reader.diagnostics.push(unknown);
    }
    written
}

fn text(reader: &mut MapReader<'_>, key: &'static str) -> String {
    reader.text(key).unwrap_or_default()
}

fn place(reader: &mut MapReader<'_>, key: &'static str) -> Option<Span> {
    let node = reader.node(key)?;
    Some(reader.span(node))
}

fn web(reader: &mut MapReader<'_>, key: &'static str) -> String {
    address(reader, key, is_web, "https://www.provincia.it/pagina")
}

fn mailbox(reader: &mut MapReader<'_>, key: &'static str) -> String {
    address(reader, key, is_mailbox, "ufficio@provincia.it")
}

/// An address of which `is_good` is true, or nothing and a diagnostic with an `example`.
fn address(
    reader: &mut MapReader<'_>,
    key: &'static str,
    is_good: fn(&str) -> bool,
    example: &str,
) -> String {
    let written = text(reader, key);
    if written.is_empty() || is_good(&written) {
        return written;
    }
    let place = place(reader, key).unwrap_or_else(|| reader.place());
    reader.diagnostics.push(catalogue::bad_address(place, &written, example));
    String::new()
}

fn day(reader: &mut MapReader<'_>, key: &'static str) -> String {
    let written = text(reader, key);
    let is_day = written.parse().is_ok_and(Date::is_full);
    if written.is_empty() || is_day {
        return written;
    }
    let place = place(reader, key).unwrap_or_else(|| reader.place());
    reader.diagnostics.push(catalogue::bad_date(place, &written));
    String::new()
}
