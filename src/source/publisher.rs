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
    /// The address of the declaration, at AgID, and where it is written.
    pub declaration: Option<(String, Span)>,
    /// The day on which it was last reviewed, and where it is written.
    pub reviewed: Option<(Date, Span)>,
    /// The page with the objectives of the year.
    pub objectives: String,
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
    Accessibility {
        declaration: placed_web(reader, "declaration"),
        reviewed: day(reader, "reviewed"),
        objectives: web(reader, "objectives"),
    }
}

fn funding(reader: &mut MapReader<'_>, tree: &Tree) -> Funding {
    let logos = reader.list("logos").iter();
    let logos: Vec<Logo> =
        logos.filter_map(|node| reader.each(node, |reader| logo(reader, tree))).collect();
    Funding { statement: text(reader, "statement"), url: web(reader, "url"), logos }
}

fn logo(reader: &mut MapReader<'_>, tree: &Tree) -> Option<Logo> {
    let file = reader.placed_text("file");
    let file = reader.required("file", file);
    let alt = reader.text("alt");
    let alt = reader.required("alt", alt);
    let (written, place) = file?;
    let found = SourcePath::new(&format!("{CONTENT}/{written}"));
    let Some(file) = found.filter(|path| tree.get(path).is_some()) else {
        reader.diagnostics.push(catalogue::missing_file(place, &written, None));
        return None;
    };
    Some(Logo { file, alt: alt? })
}

fn analytics(reader: &mut MapReader<'_>) -> String {
    if !is_given(reader, "analytics") {
        return String::new();
    }
    reader.choice("analytics", &ANALYTICS.map(|name| (name, name))).unwrap_or_default().to_owned()
}

fn text(reader: &mut MapReader<'_>, key: &'static str) -> String {
    reader.text(key).unwrap_or_default()
}

/// Whether there is a value; an empty text counts as none, as it does to readers.
fn is_given(reader: &mut MapReader<'_>, key: &'static str) -> bool {
    !text(reader, key).is_empty()
}

fn web(reader: &mut MapReader<'_>, key: &'static str) -> String {
    placed_web(reader, key).map(|(address, _)| address).unwrap_or_default()
}

fn placed_web(reader: &mut MapReader<'_>, key: &'static str) -> Option<(String, Span)> {
    let example = "https://www.provincia.it/pagina";
    is_given(reader, key).then(|| reader.address(key, is_web, example)).flatten()
}

fn mailbox(reader: &mut MapReader<'_>, key: &'static str) -> String {
    let example = "ufficio@provincia.it";
    let address = is_given(reader, key).then(|| reader.address(key, is_mailbox, example));
    address.flatten().map(|(address, _)| address).unwrap_or_default()
}

/// A date that is known to the day.
fn day(reader: &mut MapReader<'_>, key: &'static str) -> Option<(Date, Span)> {
    let (date, span) = is_given(reader, key).then(|| reader.date(key)).flatten()?;
    if date.is_full() {
        return Some((date, span));
    }
    reader.diagnostics.push(catalogue::bad_date(span, &date.to_string()));
    None
}
