//! What templates see: plain data, all of it. Addresses are paths from the site's root without a
//! leading slash; a template puts `root` before them. Every field is always there. The comments here are
//! what the makers of a theme read of each field: `contract` takes them from the types.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::{Map, Value};

/// The shape of all views as JSON Schema, by name.
pub fn schemas() -> Map<String, Value> {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    generator.subschema_for::<View>();
    generator.subschema_for::<RedirectView>();
    generator.subschema_for::<SiteView>();
    generator.take_definitions(true)
}

/// What a template renders: the page and the way back to the root.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct View {
    /// The way back to the root of the site: `""`, `"../"`, `"../../"` …
    pub root: String,
    /// The page.
    pub page: PageView,
}

/// An old address, for the template `redirect.html`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct RedirectView {
    /// The way back to the root, as for every page.
    pub root: String,
    /// Where it leads; `external` is always false.
    pub redirect: Link,
}

/// One page.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct PageView {
    /// The heading.
    pub title: String,
    /// The summary.
    pub description: String,
    /// The path of the page's file.
    pub url: String,
    /// The full address, when the site's address is known.
    pub canonical: Option<String>,
    /// What social networks show beside a link to it, when the site's address is known.
    pub picture: Option<PictureView>,
    /// `home`, `section`, `page`, `term`, `taxonomy`, `index`, `dictionary`, `compare`, `comparisons`,
    /// `search`, `edition`, `copy` or `not-found`.
    pub kind: &'static str,
    /// The page type, `""` without one.
    #[serde(rename = "type")]
    pub page_type: String,
    /// What readers see of the page type.
    pub type_label: String,
    /// ISO date or null.
    pub date: Option<String>,
    /// ISO date or null.
    pub updated: Option<String>,
    /// ISO date or null.
    pub verified: Option<String>,
    /// What people call this state of the page; `""` without a name.
    pub version: String,
    /// The role of who checked the page; `""` when it is not known.
    pub reviewer: String,
    /// The office that answers for the page; `""` when it is not said.
    pub owner: String,
    /// The first day on which the page holds: ISO date or null.
    pub valid_from: Option<String>,
    /// The page that has taken the place of this one, or null.
    pub heir: Option<Link>,
    /// What readers must know before they trust the page, the most important first.
    pub notices: Vec<Notice>,
    /// What was changed when, the newest first.
    pub changes: Vec<Change>,
    /// What git knows of the page, where the site shows it, or null.
    pub revision: Option<Revision>,
    /// Where the history of the page can be read.
    pub history_url: Option<String>,
    /// The areas of the site to which the page belongs.
    pub areas: Vec<Area>,
    /// The first folder of the page's path.
    pub section: String,
    /// The text as HTML.
    pub content: String,
    /// The footnotes as HTML.
    pub notes: String,
    /// The headings of second level, each with those of third level below it.
    pub toc: Vec<TocEntry>,
    /// From the front page to the section of the page.
    pub breadcrumbs: Vec<Link>,
    /// Its place among the steps of its section, or null.
    pub step: Option<Step>,
    /// The page before it in its section.
    pub previous: Option<Link>,
    /// The page after it in its section.
    pub next: Option<Link>,
    /// The fields of the page type that have a value.
    pub facts: Vec<Fact>,
    /// The text in parts, each followed by the facts that belong under its last heading; none when
    /// no fact does. Then `content` is all of the text.
    pub parts: Vec<Part>,
    /// The terms of the page by taxonomy.
    pub terms: Vec<Terms>,
    /// The lists that the page asks for.
    pub lists: Vec<CardList>,
    /// The pages of a section or term.
    pub children: Vec<Card>,
    /// The terms of a taxonomy, or the groups of an index.
    pub groups: Vec<Group>,
    /// The indexes of all pages, on the pages that lead to them.
    pub indexes: Vec<Link>,
    /// The collection that the page presents, or null.
    pub dataset: Option<Dataset>,
    /// All collections of the site, on the page that explains their columns.
    pub datasets: Vec<Dataset>,
    /// Where the page is compared with another, called after the other.
    pub comparisons: Vec<Link>,
    /// The two pages that this one compares, or null.
    pub comparison: Option<Comparison>,
    /// All comparisons of the site, on the page that lists them.
    pub compared: Vec<ComparedType>,
    /// The path of a calendar file: of the event that the page is about, or of those in the section.
    pub calendar: Option<String>,
    /// The text of the page as files for word processors.
    pub downloads: Vec<Download>,
    /// The pages that link to this one.
    pub backlinks: Vec<Link>,
    /// How the page of an edition came about, if it is not a national one.
    pub local: Option<Local>,
    /// What is known of a copy that is handed over, on its first page and on that of the edition.
    pub copy: Option<Copy>,
    /// What changed since an older copy, on the page about that.
    pub since: Option<Since>,
    /// In what the edition differs from the national site, on the page about that.
    pub edition: Option<EditionDifferences>,
    /// Where the page can be edited.
    pub edit_url: Option<String>,
    /// Structured data, safe inside a script element.
    pub json_ld: String,
}

/// The picture of a page for social networks.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct PictureView {
    /// Its full address.
    pub url: String,
    /// In pixels.
    pub width: u16,
    /// In pixels.
    pub height: u16,
    /// What is written in it.
    pub alt: String,
}

/// A link to a page of the site, or to another site.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Link {
    /// What is shown.
    pub title: String,
    /// A path of the site, or a full address when `external`.
    pub url: String,
    /// Whether it leaves the site.
    pub external: bool,
}

/// An area of the site, of which a page is part.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Area {
    /// The title of its page.
    pub title: String,
    /// Its short name.
    pub short: String,
    /// The path of its page.
    pub url: String,
    /// Its number, from 1: themes have a colour for each of the first.
    pub number: usize,
}

/// What git knows of a page.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Revision {
    /// The day of the last commit with a change of it: ISO date.
    pub date: String,
    /// How many people wrote it.
    pub n_authors: usize,
}

/// Something that readers must know before they trust a page.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Notice {
    /// `draft`, `superseded`, `expired`, `upcoming` or `in-review`.
    pub kind: &'static str,
    /// The last day on which an expired page held, or the first on which an upcoming one will: ISO date,
    /// else null.
    pub date: Option<String>,
}

/// One entry in the history of a page.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Change {
    /// ISO date.
    pub date: String,
    /// What was changed.
    pub what: String,
}

/// A page in a list.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Card {
    /// Its heading.
    pub title: String,
    /// Its summary.
    pub description: String,
    /// Its path.
    pub url: String,
    /// Its type.
    #[serde(rename = "type")]
    pub page_type: String,
    /// What readers see of its type.
    pub type_label: String,
    /// ISO date or null.
    pub date: Option<String>,
    /// Whether another page has taken its place.
    pub superseded: bool,
    /// The areas of the site to which it belongs.
    pub areas: Vec<Area>,
    /// Further words: the values of its facets, its areas not among them.
    pub badges: Vec<String>,
}

/// A heading and those below it.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct TocEntry {
    /// The anchor.
    pub id: String,
    /// The text.
    pub title: String,
    /// The headings one level down.
    pub children: Vec<TocEntry>,
}

/// The place of a step in its sequence.
#[derive(Clone, Copy, Debug, JsonSchema, Serialize)]
pub struct Step {
    /// From 1.
    pub number: usize,
    /// How many steps there are.
    pub count: usize,
}

/// A part of the text, and the facts that stand at its end.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Part {
    /// The text.
    pub html: String,
    /// Facts called like the heading under which the part ends.
    pub facts: Vec<Fact>,
}

/// A field of the page and its value.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct Fact {
    /// The front matter key.
    pub name: String,
    /// What readers see.
    pub label: String,
    /// `value` (see `values`), `steps` (`values` in their order), `links` (many pages in `values`),
    /// `table` (see `columns` and `rows`) or `markdown` (see `html`).
    pub kind: &'static str,
    /// Whether it stands in one of the `parts` of the page.
    pub placed: bool,
    /// One or more values.
    pub values: Vec<Cell>,
    /// The headings of a table.
    pub columns: Vec<String>,
    /// The rows of a table.
    pub rows: Vec<Vec<Cell>>,
    /// A text.
    pub html: String,
}

/// A value as text, with a link where it is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Cell {
    /// What is shown.
    pub text: String,
    /// Where it leads.
    pub url: Option<String>,
    /// Whether that leaves the site.
    pub external: bool,
}

/// The terms of a page in one taxonomy.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Terms {
    /// The taxonomy's name.
    pub taxonomy: String,
    /// What readers see of it.
    pub label: String,
    /// The terms.
    pub items: Vec<Link>,
}

/// A list of pages with its heading.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct CardList {
    /// The heading.
    pub title: String,
    /// The pages.
    pub cards: Vec<Card>,
}

/// A term, or a group of an index, and how many pages it has.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Group {
    /// The term.
    pub title: String,
    /// Its name in anchors.
    pub name: String,
    /// Its page.
    pub url: String,
    /// How many pages have it.
    pub count: usize,
    /// These pages, where they are shown together with it; then `url` has nothing to show.
    pub links: Vec<Link>,
}

/// Two pages side by side.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Comparison {
    /// The page that comes first in the order of their type.
    pub left: Card,
    /// The page that comes after it.
    pub right: Card,
    /// What the left page is called beside the other: its title, or the beginning of it.
    pub left_name: String,
    /// What the right page is called.
    pub right_name: String,
    /// What either of them says.
    pub rows: Vec<Criterion>,
}

/// One thing by which two pages are compared.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Criterion {
    /// What readers see.
    pub label: String,
    /// What the left page says, in one or more values; none where it is silent.
    pub left: Vec<Cell>,
    /// What the right page says.
    pub right: Vec<Cell>,
    /// `equal`, `different`, `only_left` or `only_right`.
    pub state: &'static str,
}

/// The comparisons of the pages of one type.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ComparedType {
    /// What several pages of the type are called.
    pub title: String,
    /// What pages share, with links to their comparisons.
    pub groups: Vec<Group>,
}

/// A collection that a page presents.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Dataset {
    /// Its name.
    pub name: String,
    /// What readers see of it.
    pub title: String,
    /// What a row is.
    pub description: String,
    /// The page that presents it.
    pub page: Link,
    /// How many rows it has.
    pub count: usize,
    /// What its columns mean.
    pub columns: Vec<DatasetColumn>,
    /// Its files.
    pub files: Vec<Download>,
    /// The file that describes all collections.
    pub catalogue: String,
    /// The page that explains the columns of all collections.
    pub dictionary: String,
    /// All rows as a table, where the page shows them.
    pub table: String,
}

/// A column of a collection.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct DatasetColumn {
    /// Its name in the files.
    pub name: String,
    /// What readers see of it.
    pub label: String,
    /// What kind of value it holds, in words.
    pub kind: String,
    /// What its values mean.
    pub help: String,
}

/// A file to download.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Download {
    /// Its format, such as `CSV` or `Word (.docx)`.
    pub format: String,
    /// What programs call the format, such as `text/csv`.
    pub media_type: String,
    /// Its path.
    pub url: String,
    /// Its size in words, such as `6 KB`.
    pub size: String,
}

/// What all pages share.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct SiteView {
    /// The site's name.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// A few words below the name.
    pub tagline: String,
    /// The language code.
    pub language: String,
    /// What people call this state of the site; `""` without a name.
    pub version: String,
    /// The site's address, ending in `/`; empty when it is not known.
    pub base_url: String,
    /// Who publishes it.
    pub publisher: Publisher,
    /// Under which licence its content may be reused.
    pub licence: Licence,
    /// Where the sources are.
    pub repository: String,
    /// The main menu.
    pub navigation: Vec<MenuEntry>,
    /// The links of the footer.
    pub footer: Vec<MenuEntry>,
    /// The path of the feed.
    pub feed_url: String,
    /// The path of the search page.
    pub search_url: String,
    /// The program and its version.
    pub generator: String,
    /// The sign of the publisher, or null: its path.
    pub logo: Option<String>,
    /// The edition of a Provincia that the site is, or null.
    pub edition: Option<EditionMark>,
}

/// The edition that a site is. Print its name and ask for nothing else of it: pages that differ only in
/// it are made once for all editions.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct EditionMark {
    /// What people call it, such as `Provincia di Treviso`.
    pub name: String,
    /// The page that says in what it differs from the national site.
    pub url: String,
}

/// A copy of the site that is handed over.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Copy {
    /// The day of its content: ISO date or null.
    pub date: Option<String>,
    /// How many pages it has.
    pub n_pages: usize,
    /// The size of its files in words.
    pub size: String,
    /// Whether it is signed.
    pub is_signed: bool,
    /// The page about what changed since an older copy; `""` when it was made without one.
    pub since: String,
    /// Where it says how a copy is checked.
    pub check: String,
}

/// What changed since an older copy. Only pages that somebody wrote are named.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct Since {
    /// The older copy.
    pub from: CopyVersion,
    /// This one.
    pub to: CopyVersion,
    /// The pages that came.
    pub added: Vec<Link>,
    /// The pages whose text changed.
    pub changed: Vec<ChangedPage>,
    /// The titles of the pages that went.
    pub removed: Vec<String>,
    /// How many pages changed around their text only, such as in the links that lead to them.
    pub n_around: usize,
    /// How many pages that the program makes, such as indexes, came, changed or went.
    pub n_derived: usize,
    /// How many other files did.
    pub n_files: usize,
}

/// One version of a copy.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct CopyVersion {
    /// What the version is called; may be `""`.
    pub name: String,
    /// The day of its content: ISO date or null.
    pub date: Option<String>,
}

/// A page whose text changed.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ChangedPage {
    /// The page.
    pub link: Link,
    /// What changed; none where there is too much to show.
    pub blocks: Vec<DifferentBlock>,
    /// How many more paragraphs changed that are not shown.
    pub n_left_out: usize,
}

/// How a page of an edition came about that is not a national one.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Local {
    /// Whether only the edition has it; otherwise it replaces a national page.
    pub is_added: bool,
    /// The full address of the national page, when that is known.
    pub national: Option<String>,
    /// Where it is said in what the page differs.
    pub differences: String,
}

/// In what an edition differs from the national site.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct EditionDifferences {
    /// What people call the edition.
    pub name: String,
    /// The page of the Provincia.
    pub page: Option<Link>,
    /// The address of the national site; `""` when it is not known.
    pub national: String,
    /// The pages that it replaces.
    pub replaced: Vec<ReplacedPage>,
    /// The pages that only it has.
    pub added: Vec<Link>,
    /// The titles of the national pages that it does not have.
    pub hidden: Vec<String>,
    /// Its values in the pages that can be adapted.
    pub values: Vec<EditionValue>,
}

/// A page that an edition replaces.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ReplacedPage {
    /// An anchor.
    pub id: String,
    /// The page.
    pub link: Link,
    /// The full address of the national page, when that is known.
    pub national: Option<String>,
    /// In what the texts differ.
    pub blocks: Vec<DifferentBlock>,
}

/// A paragraph in which two texts differ, or some in which they do not.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct DifferentBlock {
    /// How many paragraphs are the same; then there are no parts.
    pub same: usize,
    /// The paragraph.
    pub parts: Vec<DifferentPart>,
}

/// A part of a paragraph.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct DifferentPart {
    /// `same`, `removed` or `added`.
    pub kind: &'static str,
    /// Its text.
    pub text: String,
}

/// A value that an edition puts into pages.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct EditionValue {
    /// Its name, such as `provincia.nome`.
    pub name: String,
    /// What stands in its place.
    pub value: String,
}

/// Who publishes the site; what is not known is empty.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Publisher {
    /// The name of the organisation, as readers know it.
    pub name: String,
    /// Its own site.
    pub url: String,
    /// The mailbox for readers.
    pub email: String,
    /// The name of the legal entity.
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
    /// How visits are counted: `none`, `server-logs`, `wai`, or `""`.
    pub analytics: String,
    /// Why visits are counted in this way, or not at all.
    pub analytics_reason: String,
    /// Who paid for the site.
    pub funding: Funding,
}

/// Who answers for personal data.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Privacy {
    /// The data protection officer, as a role.
    pub officer: String,
    /// The officer's mailbox.
    pub email: String,
    /// The officer's page.
    pub url: String,
}

/// What is declared of the accessibility of the site.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Accessibility {
    /// The address of the declaration.
    pub declaration: String,
    /// The day on which it was last reviewed: ISO date or `""`.
    pub reviewed: String,
    /// The page with the objectives of the year.
    pub objectives: String,
}

/// Who paid for the site.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Funding {
    /// The sentence that the programme asks for.
    pub statement: String,
    /// The page that describes the project.
    pub url: String,
    /// The signs of those who paid.
    pub logos: Vec<Logo>,
}

/// A sign of who paid.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Logo {
    /// The path of the picture.
    pub url: String,
    /// What it says, for those who do not see it.
    pub alt: String,
}

/// The licence of the content; what is not known is empty.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Licence {
    /// Its name, such as `CC BY 4.0`.
    pub name: String,
    /// The address of its text.
    pub url: String,
}

/// An entry of a menu.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct MenuEntry {
    /// Its fields are those of a `Link`.
    #[serde(flatten)]
    pub link: Link,
    /// The first folder that the entry stands for, to mark where the reader is.
    pub section: String,
}
