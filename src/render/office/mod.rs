//! The text of a page as files that Word and LibreOffice open, so that an office can adapt a draft. A
//! schema says which formats its pages offer (`document/downloads`). A file has the title of the page, its
//! text or one section of it, its footnotes, and at the end where it was taken from. Same page, same bytes.
//!
//! | file | for |
//! |---|---|
//! | `blocks` | the HTML of a page as headings, paragraphs, lists, tables … |
//! | `docx` | blocks as Office Open XML |
//! | `odt` | blocks as OpenDocument |
//! | `xml` | text that is safe in XML |

pub mod blocks;
mod docx;
mod odt;
mod xml;

use std::sync::{Arc, LazyLock};

use crate::base::deflate::Deflated;
use crate::base::{Date, UrlPath};
use crate::document::{Body, Downloads, OfficeFormat};
use crate::site::Page;

use super::fill::Filler;
use super::format::Format;
use super::pages::Context;
use super::structured::absolute;

use blocks::{Inline, Look, Run, Text};

/// All that is in a file, whatever its format.
#[derive(Clone, Debug)]
struct Document<'a> {
    title: &'a str,
    description: &'a str,
    /// Who publishes the site; empty when it is not known.
    author: &'a str,
    /// Language and country: `it` and `IT`. The country may be empty.
    language: (&'a str, &'a str),
    /// The last change of the page.
    updated: Option<Date>,
    text: Text,
    /// The last line: where all this was taken from.
    origin: Vec<Inline>,
}

/// The parts of `xml` before and after the name of a language, compressed once for all files.
type Parted = LazyLock<[Deflated; 2]>;

fn parted(xml: &str) -> [Deflated; 2] {
    let (before, after) = xml.split_once("{language}").expect("one of our own files");
    [before, after].map(|part| Deflated::of(part.as_bytes()))
}

/// The formats that `page` offers.
pub fn formats(page: &Page) -> &[OfficeFormat] {
    let schema = page.document.schema.as_ref().filter(|_| page.document.is_written);
    schema.map_or(&[], |schema| &schema.downloads.formats)
}

/// Where the file of `page` lies: beside it, with the name of its folder.
pub fn address(page: &Page, format: OfficeFormat) -> UrlPath {
    let folder = page.url.pretty();
    let name = folder.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty());
    let path = format!("{folder}{}.{}", name.unwrap_or("index"), format.ending());
    UrlPath::file(&path).expect("the folder of a page, and a name without dots")
}

/// The files in which `page` offers its text, `bodies`.
pub fn files(context: Context<'_>, page: &Page, bodies: &[Body]) -> Vec<(OfficeFormat, Arc<[u8]>)> {
    let formats = formats(page);
    if formats.is_empty() {
        return Vec::new();
    }
    let config = context.config;
    let document = Document {
        title: &page.title,
        description: &page.summary,
        author: &config.publisher.name,
        language: language(&config.language),
        updated: page.document.meta.updated,
        text: text(context, page, bodies),
        origin: origin(context, page),
    };
    let file = |format: &OfficeFormat| {
        let bytes = match format {
            OfficeFormat::Docx => docx::file(&document),
            OfficeFormat::Odt => odt::file(&document),
        };
        (*format, Arc::from(bytes))
    };
    formats.iter().map(file).collect()
}

/// The text of `page`, or the section of it that is offered.
fn text(context: Context<'_>, page: &Page, bodies: &[Body]) -> Text {
    let Context { site, config, records, .. } = context;
    let nothing = Body::default();
    let body = bodies.first().unwrap_or(&nothing);
    let mut filler = Filler::new(site, page).with_figures(records, Format::of(&config.language));
    let (html, notes) = (filler.fill(body, &body.html), filler.fill(body, &body.notes));
    let text = blocks::read(&html, &notes, &|link| outside(context, page, link));
    let downloads = page.document.schema.as_ref().map(|schema| &schema.downloads);
    text.section(downloads.and_then(|Downloads { section, .. }| section.as_deref()))
}

/// Where a link of `page` leads when it stands in a file that lies anywhere: nowhere when it leads to the
/// site and the address of that is not known.
fn outside(context: Context<'_>, page: &Page, link: &str) -> Option<String> {
    const SCHEMES: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];
    if SCHEMES.iter().any(|scheme| link.starts_with(scheme)) {
        return Some(link.to_owned());
    }
    let base = &context.config.base_url;
    // Links inside the site go up to its root and then down.
    let root = page.url.to_root();
    let path = link.strip_prefix(&root).filter(|_| !base.is_empty() && !link.starts_with('#'))?;
    let (path, anchor) = path.split_at(path.find(['#', '?']).unwrap_or(path.len()));
    let path = UrlPath::file(path)?;
    Some(format!("{base}{}{anchor}", path.pretty()))
}

/// From which page of which site the text was taken, in which state, and under which licence.
fn origin(context: Context<'_>, page: &Page) -> Vec<Inline> {
    let Context { site, config, .. } = context;
    let format = Format::of(&config.language);
    let meta = &page.document.meta;
    let words = words(format);
    let mut state = format!("{}{}", words.site, site.title(config));
    // A page without a version is as new as its site.
    let versions = [&meta.version, &config.version];
    if let Some(name) = versions.into_iter().find(|name| !name.is_empty()) {
        state.push_str(&format!(", {} {name}", words.version));
    }
    if let Some(updated) = meta.updated {
        state.push_str(&format!(", {} {}", words.updated, format.date(updated)));
    }
    state.push('.');
    let say = |text: &str, address: Option<String>| {
        let look = Look { is_italic: true, ..Look::default() };
        Inline::Run(Run { text: text.to_owned(), look, address })
    };
    let title = say(&page.title, absolute(config, &page.url));
    let mut line = vec![say(words.page, None), title];
    let licence = &config.licence;
    if licence.name.is_empty() {
        line.push(say(&state, None));
    } else {
        let address = Some(licence.url.clone()).filter(|url| !url.is_empty());
        line.push(say(&format!("{state} {} ", words.licence), None));
        line.extend([say(&licence.name, address), say(".", None)]);
    }
    line
}

/// The words of the last line.
struct Words {
    page: &'static str,
    site: &'static str,
    version: &'static str,
    updated: &'static str,
    licence: &'static str,
}

fn words(format: Format) -> &'static Words {
    match format {
        Format::Italian => &Words {
            page: "Dalla pagina «",
            site: "» del sito ",
            version: "versione",
            updated: "ultima modifica:",
            licence: "Licenza:",
        },
        Format::English => &Words {
            page: "From the page “",
            site: "” of the site ",
            version: "version",
            updated: "last changed:",
            licence: "Licence:",
        },
    }
}

/// A language code with the country whose spelling is meant, if that is known.
fn language(code: &str) -> (&str, &str) {
    match code.split_once('-') {
        Some((language, country)) => (language, country),
        None if code == "it" => ("it", "IT"),
        None if code == "en" => ("en", "GB"),
        None => (code, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_a_country() {
        assert_eq!(language("it"), ("it", "IT"));
        assert_eq!(language("en"), ("en", "GB"));
        assert_eq!(language("de-CH"), ("de", "CH"));
        assert_eq!(language("sl"), ("sl", ""));
    }
}
