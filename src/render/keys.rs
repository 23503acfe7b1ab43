//! On what the bytes of a rendered page depend, as values that can be printed: its own file and
//! place, and what it shows of other pages. While both stay, and the theme and the configuration
//! too, the page need not be rendered again. A page shows of another its link (title and address) or
//! its card (summary, type, date and badges as well), never its text.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::base::{Hash, Language, SourcePath};
use crate::document::LinkTarget;
use crate::site::structured;
use crate::site::{Page, PageId, Pair, Resolved, Site, TermGroup, TermPage};
use crate::source::{Config, Edition};

use super::calendar;
use super::comparisons;
use super::edition;
use super::facts::FieldReader;
use super::format::Format;
use super::indexes::{Index, IndexGroup};
use super::records::Records;
use super::view::{Area, Link};
use super::views;

/// On what the bytes of one file of the site depend, besides theme and configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// What it is made from.
    pub own: Hash,
    /// What it shows of other pages.
    pub shown: Hash,
}

impl Key {
    /// The key of a file that shows nothing of other pages.
    pub fn alone(own: Hash) -> Self {
        Self { own, shown: Hash::of(b"") }
    }
}

/// How one page comes to show something of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Relation {
    /// A section above it.
    Above,
    /// The page before it.
    Previous,
    /// The page after it.
    Next,
    /// A page of the section.
    Child,
    /// A page of a list that it asks for.
    Listed,
    /// A page that links to it.
    Backlink,
    /// A page or file that a field names.
    Field,
    /// A page or file that its text links to.
    Link,
    /// An acronym that it explains.
    Acronym,
    /// The terms of the glossary that its texts may mention.
    Glossary,
    /// A page about an act that its text refers to.
    Citation,
    /// One of its terms.
    Term,
    /// A collection of which it shows rows.
    Data,
    /// A page with which it is compared.
    Compared,
    /// The areas of the site to which it belongs.
    Area,
}

impl Relation {
    /// What to call it.
    pub fn name(self, language: Language) -> &'static str {
        let (italian, english) = match self {
            Self::Above => ("sezione sopra", "section above"),
            Self::Previous => ("pagina precedente", "previous page"),
            Self::Next => ("pagina seguente", "next page"),
            Self::Child => ("pagina della sezione", "page of the section"),
            Self::Listed => ("pagina in un elenco", "page in a list"),
            Self::Backlink => ("pagina che la cita", "page that links to it"),
            Self::Field => ("citata in un campo", "named by a field"),
            Self::Link => ("collegamento nel testo", "link in the text"),
            Self::Acronym => ("sigla spiegata", "acronym explained"),
            Self::Glossary => ("termini del glossario", "terms of the glossary"),
            Self::Citation => ("atto citato", "act referred to"),
            Self::Term => ("argomento", "term"),
            Self::Data => ("raccolta di dati", "collection of data"),
            Self::Compared => ("pagina a confronto", "page compared with it"),
            Self::Area => ("ambiti a cui appartiene", "areas to which it belongs"),
        };
        match language {
            Language::Italian => italian,
            Language::English => english,
        }
    }
}

/// One thing that a page shows of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    /// How it comes to be shown.
    pub relation: Relation,
    /// What it is.
    pub thing: Thing<'a>,
    /// The fingerprint of what is shown of it.
    pub hash: Hash,
}

/// What a page shows something of. Only a printed key needs its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing<'a> {
    /// A page, by its number.
    Page(PageId),
    /// The path of a file, an address, or a word.
    Named(&'a str),
}

/// What the terms of the glossary are called in a printed key.
const GLOSSARY: &str = "*";
/// What the areas of a page are called there.
const AREAS: &str = "areas";

/// The keys of all pages of a site.
pub struct Keys<'a> {
    site: &'a Site,
    config: &'a Config,
    records: &'a Records<'a>,
    format: Format,
    /// The address of each page, once it was asked for.
    addresses: Vec<OnceLock<Hash>>,
    /// What a link to each page shows, once it was asked for.
    links: Vec<OnceLock<Hash>>,
    /// What a card of each page shows, once it was asked for.
    cards: Vec<OnceLock<Hash>>,
    /// What a comparison shows of the fields of each page, once it was asked for.
    criteria: Vec<OnceLock<Hash>>,
    /// What a link to each term of each taxonomy shows.
    terms: Vec<Vec<Hash>>,
    /// What texts show of the glossary, if the site has one.
    glossary: Option<Hash>,
}

impl<'a> Keys<'a> {
    /// The keys of the pages of `site`; each is computed when it is asked for.
    pub fn of(site: &'a Site, config: &'a Config, records: &'a Records<'a>) -> Self {
        let unknown = || site.pages.iter().map(|_| OnceLock::new()).collect();
        let format = Format::of(&config.language);
        let links_of =
            |group: &TermGroup| group.terms.iter().map(|term| term_link(group, term)).collect();
        let terms = site.taxonomies.iter().map(links_of).collect();
        let glossary = &site.glossary;
        let glossary = (!glossary.is_empty()).then(|| glossary.fingerprint(&site.pages));
        Self {
            site,
            config,
            records,
            format,
            addresses: unknown(),
            links: unknown(),
            cards: unknown(),
            criteria: unknown(),
            terms,
            glossary,
        }
    }

    /// The name of what is shown: the file of a page, the path of a file, an address, or a word.
    pub fn name<'b>(&'b self, shown: &Shown<'b>) -> &'b str {
        match shown.thing {
            Thing::Page(id) => self.site.pages[id].document.path.as_str(),
            Thing::Named(name) => name,
        }
    }

    fn address(&self, id: PageId) -> Hash {
        let address = || Hash::of(self.site.pages[id].url.as_str().as_bytes());
        *self.addresses[id].get_or_init(address)
    }

    fn link(&self, id: PageId) -> Hash {
        *self.links[id].get_or_init(|| link(self.site, &self.site.pages[id]))
    }

    fn card(&self, id: PageId) -> Hash {
        let card = || card(self.site, self.format, &self.site.pages[id], self.link(id));
        *self.cards[id].get_or_init(card)
    }

    fn criteria(&self, id: PageId) -> Hash {
        let criteria = || criteria(self.site, self.format, &self.site.pages[id]);
        *self.criteria[id].get_or_init(criteria)
    }

    /// The key of a page that somebody wrote, rendered with `template`.
    pub fn page(&self, page: &Page, template: &str) -> Key {
        let document = &page.document;
        // Drafts, reviews and heirs are written in the file; only the day is not.
        let expired = if page.is_expired { "expired" } else { "" };
        let upcoming = if page.is_upcoming { "upcoming" } else { "" };
        let revision = page.revision.map(|revision| format!("{revision:?}")).unwrap_or_default();
        let step = self.site.step(page).map(|step| format!("{step:?}")).unwrap_or_default();
        let local = edition::local_word(self.config, &document.path);
        let parts = [
            document.path.as_str(),
            page.url.as_str(),
            &page.title,
            template,
            expired,
            upcoming,
            &revision,
            &step,
            local,
        ];
        let own = hash_of(parts.into_iter().map(str::as_bytes).chain([document.hash.as_bytes()]));
        Key { own, shown: combined(self.shown(page)) }
    }

    /// Everything that a page shows of others.
    pub fn shown(&self, page: &'a Page) -> Vec<Shown<'a>> {
        let site = self.site;
        let mut shown = Vec::with_capacity(16);
        let mut note = |relation, id: PageId, hash: Hash| {
            shown.push(Shown { relation, thing: Thing::Page(id), hash });
        };
        let above = site.ancestors(page).into_iter().map(|id| (Relation::Above, id));
        let previous = page.previous.map(|id| (Relation::Previous, id));
        let next = page.next.map(|id| (Relation::Next, id));
        let backlinks = page.backlinks.iter().map(|id| (Relation::Backlink, *id));
        for (relation, id) in above.chain(previous).chain(next).chain(backlinks) {
            note(relation, id, self.link(id));
        }
        page.children.iter().for_each(|id| note(Relation::Child, *id, self.card(*id)));
        for list in &page.lists {
            list.iter().for_each(|id| note(Relation::Listed, *id, self.card(*id)));
        }
        // A list that ends and the next that begins must not look alike.
        if !page.lists.is_empty() {
            let lengths = page.lists.iter().map(Vec::len).map(|length| length.to_string());
            let hash = Hash::of(lengths.collect::<Vec<_>>().join(" ").as_bytes());
            shown.push(Shown { relation: Relation::Listed, thing: Thing::Named(""), hash });
        }
        self.note_fields(page, &mut shown);
        self.note_links(page, &mut shown);
        for id in &page.terms {
            let address = site.taxonomies[id.group].terms[id.term].url.as_str();
            shown.push(Shown {
                relation: Relation::Term,
                thing: Thing::Named(address),
                hash: self.terms[id.group][id.term],
            });
        }
        self.note_glossary(page, &mut shown);
        self.note_data(page, &mut shown);
        self.note_citations(page, &mut shown);
        self.note_comparisons(page, &mut shown);
        self.note_areas(page, &mut shown);
        shown
    }

    /// The collections of its figures, and the one that it presents with all its files.
    fn note_data(&self, page: &'a Page, shown: &mut Vec<Shown<'a>>) {
        let document = &page.document;
        let figures = document.figures.iter().map(|figure| &figure.collection.0);
        let presented = document.meta.collection.iter().map(|(name, _)| name);
        for name in figures.chain(presented) {
            let Some(table) = self.records.table(name) else { continue };
            let place = self.records.page_of(name).map_or("", |page| page.url.as_str());
            shown.push(Shown {
                relation: Relation::Data,
                thing: Thing::Named(name),
                hash: hash_of([table.hash.as_bytes(), place.as_bytes()]),
            });
        }
    }

    /// Its areas, with the numbers and names that they have by now.
    fn note_areas(&self, page: &'a Page, shown: &mut Vec<Shown<'a>>) {
        let areas = views::areas(self.site, page);
        if !areas.is_empty() {
            let (relation, thing) = (Relation::Area, Thing::Named(AREAS));
            shown.push(Shown { relation, thing, hash: hash_of_areas(&areas) });
        }
    }

    /// The links to its comparisons.
    fn note_comparisons(&self, page: &'a Page, shown: &mut Vec<Shown<'a>>) {
        for (other, pair) in self.site.comparisons.of_page(page.id) {
            let name = self.site.comparisons.name(other).as_bytes();
            shown.push(Shown {
                relation: Relation::Compared,
                thing: Thing::Page(other),
                hash: hash_of([name, pair.url.as_str().as_bytes()]),
            });
        }
    }

    fn note_fields(&self, page: &'a Page, shown: &mut Vec<Shown<'a>>) {
        for resolved in &page.references {
            let (thing, hash) = match resolved {
                Some(Resolved::Page(id)) => (Thing::Page(*id), self.link(*id)),
                Some(Resolved::Asset(path)) => (Thing::Named(path.as_str()), self.asset(path)),
                None => (Thing::Named(""), Hash::of(b"nothing")),
            };
            shown.push(Shown { relation: Relation::Field, thing, hash });
        }
    }

    fn note_links(&self, page: &'a Page, shown: &mut Vec<Shown<'a>>) {
        for (link, target) in page.document.links.iter().zip(&page.targets) {
            let (LinkTarget::Page(path, _) | LinkTarget::File { path, .. }) = &link.target;
            let hash = target.map_or_else(|| self.asset(path), |target| self.address(target));
            shown.push(Shown {
                relation: Relation::Link,
                thing: Thing::Named(path.as_str()),
                hash,
            });
        }
    }

    /// The acronyms that it explains itself, and the terms that its texts may mention. Which of these
    /// they do mention is not remembered, so every page depends on all names and addresses of the
    /// glossary: they rarely change, and the texts of its pages, which do, are not among them.
    fn note_glossary(&self, page: &'a Page, shown: &mut Vec<Shown<'a>>) {
        let own = self.site.glossary.acronyms_of(page.id);
        shown.extend(own.map(|word| Shown {
            relation: Relation::Acronym,
            thing: Thing::Named(word),
            hash: Hash::of(word.as_bytes()),
        }));
        shown.extend(self.glossary.map(|hash| Shown {
            relation: Relation::Glossary,
            thing: Thing::Named(GLOSSARY),
            hash,
        }));
    }

    /// The addresses to which its references to acts lead, points included.
    fn note_citations(&self, page: &'a Page, shown: &mut Vec<Shown<'a>>) {
        for (citation, target) in page.document.citations.iter().zip(&page.citations) {
            let Some(id) = target.filter(|id| *id != page.id) else { continue };
            let anchor = self.site.pages[id].document.anchor_of(citation).unwrap_or_default();
            let hash = hash_of([self.address(id).as_bytes(), anchor.as_bytes()]);
            shown.push(Shown { relation: Relation::Citation, thing: Thing::Page(id), hash });
        }
    }

    fn asset(&self, path: &SourcePath) -> Hash {
        self.site.assets.get(path).copied().unwrap_or_else(|| Hash::of(b"nothing"))
    }

    /// The key of the page of one term.
    pub fn term(&self, group: &TermGroup, term: &TermPage) -> Key {
        let link = term_link(group, term);
        let home = self.link(self.site.home);
        let singular = group.taxonomy.singular.as_bytes();
        let own = hash_of([singular, link.as_bytes(), home.as_bytes()]);
        Key { own, shown: self.cards_of(&term.pages) }
    }

    /// The key of the page that lists the terms of a taxonomy.
    pub fn taxonomy(&self, group: &TermGroup) -> Key {
        let terms = group.terms.iter().map(|term| {
            let count = term.pages.len().to_string();
            hash_of([term.title.as_bytes(), term.url.as_str().as_bytes(), count.as_bytes()])
        });
        let shown = terms.chain([self.link(self.site.home)]).collect::<Vec<_>>();
        let own = Hash::of(group.taxonomy.title.as_bytes());
        Key { own, shown: hash_of(shown.iter().map(Hash::as_bytes)) }
    }

    /// The key of an index: a split one shows how many pages a group has, another shows the pages.
    pub fn index(&self, index: &Index) -> Key {
        let groups = index.groups.iter().map(|group| {
            let pages = match index.is_split {
                true => Hash::of(group.pages.len().to_string().as_bytes()),
                false => self.links_of(&group.pages),
            };
            hash_of([group.title.as_bytes(), group.name.as_bytes(), pages.as_bytes()])
        });
        let shown = groups.chain([self.link(self.site.home)]).collect::<Vec<_>>();
        let own = hash_of([index.title.as_bytes(), &[u8::from(index.is_split)]]);
        Key { own, shown: hash_of(shown.iter().map(Hash::as_bytes)) }
    }

    /// The key of the page of a group of an index.
    pub fn index_group(&self, index: &Index, group: &IndexGroup) -> Key {
        let home = self.link(self.site.home);
        let own = hash_of([index.title.as_bytes(), group.title.as_bytes(), home.as_bytes()]);
        Key { own, shown: self.links_of(&group.pages) }
    }

    /// The key of a page that the program adds, which shows the sections of the front page and
    /// `links` to all indexes.
    pub fn special(&self, title: &str, links: &[Link]) -> Key {
        let home = &self.site.pages[self.site.home];
        let own = hash_of([title.as_bytes(), self.link(home.id).as_bytes()]);
        let links = links.iter().flat_map(|link| [link.title.as_bytes(), link.url.as_bytes()]);
        let cards = self.cards_of(&home.children);
        Key { own, shown: hash_of(links.chain([cards.as_bytes()])) }
    }

    /// The key of the page that explains the columns of all collections, which are in the schemas.
    pub fn dictionary(&self, title: &str) -> Key {
        let home = self.link(self.site.home);
        let own = hash_of([title.as_bytes(), home.as_bytes()]);
        let tables = self.records.presented().map(|(table, page)| {
            let count = table.records.len().to_string();
            hash_of([self.link(page.id).as_bytes(), count.as_bytes()])
        });
        let tables: Vec<Hash> = tables.collect();
        Key { own, shown: hash_of(tables.iter().map(Hash::as_bytes)) }
    }

    /// The key of the page about an edition, which shows the texts of `pages`.
    pub fn edition<'b>(&self, edition: &Edition, pages: impl Iterator<Item = &'b Page>) -> Key {
        let shown: Vec<Hash> = pages
            .map(|page| hash_of([self.link(page.id).as_bytes(), page.document.hash.as_bytes()]))
            .collect();
        Key { own: edition.hash(), shown: hash_of(shown.iter().map(Hash::as_bytes)) }
    }

    /// The key of a comparison, which shows the cards and the fields of both pages.
    pub fn comparison(&self, pair: &Pair) -> Key {
        let ids = [pair.left, pair.right];
        let [left, right] = ids.map(|id| self.site.comparisons.name(id).as_bytes());
        let own = hash_of([left, right, self.link(self.site.home).as_bytes()]);
        let shown = ids.map(|id| [self.card(id), self.criteria(id)]);
        Key { own, shown: hash_of(shown.iter().flatten().map(Hash::as_bytes)) }
    }

    /// The key of the page that lists all comparisons, by the names of both pages.
    pub fn comparisons(&self) -> Key {
        let all = &self.site.comparisons;
        let pair = |place: &usize| {
            let Pair { left, right, url } = &all.pairs[*place];
            let names = [*left, *right].map(|id| all.name(id).as_bytes());
            hash_of(names.into_iter().chain([url.as_str().as_bytes()]))
        };
        let mut shown = Vec::new();
        for compared in &all.types {
            shown.push(Hash::of(compared.title.as_bytes()));
            for group in &compared.groups {
                let count = group.pairs.len().to_string();
                shown.push(hash_of([group.title.as_bytes(), count.as_bytes()]));
                shown.extend(group.pairs.iter().map(pair));
            }
        }
        let own = self.link(self.site.home);
        Key { own, shown: hash_of(shown.iter().map(Hash::as_bytes)) }
    }

    /// The key of the page at an old address.
    pub fn redirect(&self, to: PageId) -> Key {
        Key { own: Hash::of(b"redirect"), shown: self.link(to) }
    }

    fn links_of(&self, pages: &[PageId]) -> Hash {
        let links: Vec<Hash> = pages.iter().map(|id| self.link(*id)).collect();
        hash_of(links.iter().map(Hash::as_bytes))
    }

    fn cards_of(&self, pages: &[PageId]) -> Hash {
        let cards: Vec<Hash> = pages.iter().map(|id| self.card(*id)).collect();
        hash_of(cards.iter().map(Hash::as_bytes))
    }
}

/// Structured data say of a page that is linked what it is about too; the section of events offers
/// a calendar if the days of one are known.
fn link(site: &Site, page: &Page) -> Hash {
    let kind = structured::kind(site, page).map_or("", |kind| kind.name);
    let days = calendar::days(site, page).map_or("", |_| "days");
    hash_of([&page.title, page.url.as_str(), kind, days].map(str::as_bytes))
}

fn card(site: &Site, format: Format, page: &Page, link: Hash) -> Hash {
    let date = page.document.meta.date.map(|date| date.to_string()).unwrap_or_default();
    let fields = FieldReader { site, page, bodies: &[], format };
    let areas = views::areas(site, page);
    let badges = views::badges(fields, &areas);
    let superseded = if page.document.meta.is_superseded() { "superseded" } else { "" };
    let parts = [page.summary.as_str(), page.type_name(), &date, superseded];
    let parts = parts.into_iter().chain(badges.iter().map(String::as_str)).map(str::as_bytes);
    hash_of(parts.chain([link.as_bytes(), hash_of_areas(&areas).as_bytes()]))
}

fn hash_of_areas(areas: &[Area]) -> Hash {
    let number = |area: &Area| area.number.to_string();
    let parts = areas.iter().map(|area| {
        let number = number(area);
        hash_of([&number, &area.title, &area.short, &area.url].map(|part| part.as_bytes()))
    });
    let parts: Vec<Hash> = parts.collect();
    hash_of(parts.iter().map(Hash::as_bytes))
}

fn criteria(site: &Site, format: Format, page: &Page) -> Hash {
    let criteria = comparisons::criteria(site, page, format);
    Hash::of(&serde_json::to_vec(&criteria).expect("texts have JSON"))
}

fn term_link(group: &TermGroup, term: &TermPage) -> Hash {
    hash_of([
        group.taxonomy.title.as_bytes(),
        group.url.as_str().as_bytes(),
        term.title.as_bytes(),
        term.url.as_str().as_bytes(),
    ])
}

fn combined(shown: Vec<Shown<'_>>) -> Hash {
    let parts = shown.iter().map(|shown| (shown.relation as u8, shown.hash));
    let parts: Vec<[u8; 17]> = parts
        .map(|(relation, hash)| {
            let mut part = [relation; 17];
            part[1..].copy_from_slice(hash.as_bytes());
            part
        })
        .collect();
    Hash::of(parts.as_flattened())
}

fn hash_of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Hash {
    Hash::of_parts(parts)
}
