//! What programs read: the Atom feed, the sitemap, and the rules for robots.

use crate::base::html::escape_into;
use crate::base::{Date, Hash, UrlPath};
use crate::site::{Page, PageKind, Site};
use crate::source::Config;

use super::views::FEED;

/// The latest dated pages as Atom. Without a known address of the site, links are relative and
/// ids are made from the paths.
pub fn atom(site: &Site, config: &Config) -> String {
    let mut dated: Vec<(Date, &Page)> = site
        .pages
        .iter()
        .filter(|page| page.kind == PageKind::Page && !page.is_expired)
        .filter_map(|page| Some((page.document.meta.date?, page)))
        .collect();
    dated.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.url.cmp(&right.1.url)));
    dated.truncate(config.feed_limit);
    let title = site.title(config);
    let updated = dated.iter().map(|(date, page)| page.document.meta.updated.unwrap_or(*date));

    let mut xml = Xml::default();
    xml.raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.raw("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    xml.text(&config.language);
    xml.raw("\">\n");
    xml.element("title", title);
    if !config.description.is_empty() {
        xml.element("subtitle", &config.description);
    }
    xml.element("id", &id(config, ""));
    xml.element("updated", &instant(updated.max()));
    if !config.base_url.is_empty() {
        xml.raw("<link rel=\"self\" href=\"");
        xml.text(&format!("{}{FEED}", config.base_url));
        xml.raw("\"/>\n");
    }
    let author = if config.publisher.name.is_empty() { title } else { &config.publisher.name };
    xml.raw("<author>");
    xml.element("name", author);
    xml.raw("</author>\n");
    for (date, page) in dated {
        xml.raw("<entry>\n");
        xml.element("title", &page.title);
        xml.element("id", &id(config, page.url.pretty()));
        xml.raw("<link href=\"");
        match config.base_url.as_str() {
            "" => xml.text(page.url.as_str()),
            base_url => xml.text(&format!("{base_url}{}", page.url.pretty())),
        }
        xml.raw("\"/>\n");
        xml.element("published", &instant(Some(date)));
        xml.element("updated", &instant(Some(page.document.meta.updated.unwrap_or(date))));
        if !page.summary.is_empty() {
            xml.element("summary", &page.summary);
        }
        xml.raw("</entry>\n");
    }
    xml.raw("</feed>\n");
    xml.0
}

/// All pages by address. Only a site whose address is known can have one.
pub fn sitemap(site: &Site, config: &Config) -> Option<String> {
    if config.base_url.is_empty() {
        return None;
    }
    let mut xml = Xml::default();
    xml.raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.raw("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let terms = site.taxonomies.iter().flat_map(|group| {
        let terms = group.terms.iter().map(|term| (&term.url, None));
        std::iter::once((&group.url, None)).chain(terms)
    });
    let pages = site.pages.iter().filter(|page| !page.is_expired).map(|page| {
        let meta = &page.document.meta;
        (&page.url, meta.updated.or(meta.date).filter(|date| date.is_full()))
    });
    let pairs = site.comparisons.pairs.iter().map(|pair| pair.url.clone());
    let compared: Vec<UrlPath> = pairs.chain(site.comparisons.url()).collect();
    let compared = compared.iter().map(|url| (url, None));
    for (url, date) in pages.chain(terms).chain(compared) {
        xml.raw("<url>");
        xml.element("loc", &format!("{}{}", config.base_url, url.pretty()));
        if let Some(date) = date {
            xml.element("lastmod", &date.to_string());
        }
        xml.raw("</url>\n");
    }
    xml.raw("</urlset>\n");
    Some(xml.0)
}

/// Everything may be read.
pub fn robots(config: &Config) -> String {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if !config.base_url.is_empty() {
        text.push_str(&format!("Sitemap: {}sitemap.xml\n", config.base_url));
    }
    text
}

/// An id that does not change: the address, or one made from the path.
pub(super) fn id(config: &Config, path: &str) -> String {
    if !config.base_url.is_empty() {
        return format!("{}{path}", config.base_url);
    }
    let hash = Hash::of_parts([config.title.as_bytes(), path.as_bytes()]).to_string();
    let parts = [&hash[..8], &hash[8..12], &hash[12..16], &hash[16..20], &hash[20..]];
    format!("urn:uuid:{}", parts.join("-"))
}

/// A date as Atom wants it; a year counts from its first day.
fn instant(date: Option<Date>) -> String {
    let date = date.unwrap_or(Date { year: 1970, month: None, day: None });
    let (month, day) = (date.month.unwrap_or(1), date.day.unwrap_or(1));
    format!("{:04}-{month:02}-{day:02}T00:00:00Z", date.year)
}

#[derive(Default)]
struct Xml(String);

impl Xml {
    fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    fn text(&mut self, text: &str) {
        escape_into(text, &mut self.0);
    }

    fn element(&mut self, name: &str, text: &str) {
        self.raw(&format!("<{name}>"));
        self.text(text);
        self.raw(&format!("</{name}>"));
        if !matches!(name, "loc" | "lastmod" | "name") {
            self.raw("\n");
        }
    }
}
