//! Looks at the files of a copy as a reader without a network will: nothing may come from elsewhere, every
//! link must lead to a file that is there, every page must be found, every name must be one that all systems
//! have, and nothing may be in it that is nobody else's business. What is wrong is told at the source of the file.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::html::{Tag, parts};
use crate::base::path::percent_decode;
use crate::base::tables::Set;
use crate::base::{Diagnostic, Diagnostics, Produced, SourcePath, Span, UrlPath, catalogue};
use crate::render::cover::COVER;
use crate::search;

use super::bundle::names;
use super::exposure::exposed;

/// The longest path of a file: extracted into a folder of some depth, Windows still opens it.
const LONGEST: usize = 120;
/// What a page may do by a script only where there is a server.
const NEEDS_SERVER: [&str; 3] = ["fetch(", "XMLHttpRequest", "import("];
/// The page for wrong addresses.
const NOT_FOUND: &str = "404.html";
/// Pages to which no link needs to lead.
const DOORS: [&str; 3] = ["index.html", NOT_FOUND, COVER];

/// The elements that refer to files and addresses, and by which attributes.
const REFERRING: [(&str, &[&str]); 11] = [
    ("a", &["href"]),
    ("area", &["href"]),
    ("audio", &["src"]),
    ("embed", &["src"]),
    ("form", &["action"]),
    ("iframe", &["src"]),
    ("img", &["src"]),
    ("link", &["href"]),
    ("script", &["src"]),
    ("source", &["src"]),
    ("video", &["src"]),
];

/// What an audit found.
#[derive(Debug, Default)]
pub struct Audit<'a> {
    /// What is wrong.
    pub diagnostics: Diagnostics,
    /// The addresses outside the site to which links lead.
    pub external: Set<&'a str>,
}

/// What was seen in one file, whatever other files there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    path: UrlPath,
    origin: Span,
    /// Files to which addresses lead, each with the first address as it is written.
    inside: BTreeMap<UrlPath, String>,
    external: BTreeSet<String>,
    diagnostics: Diagnostics,
    /// Whether every system can have a file of this name.
    is_portable: bool,
    /// Whether it is an old address: only those who have it come by it.
    is_redirect: bool,
}

/// Audits all files of a copy, each of which was inspected.
pub fn audit<'a>(files: &[&'a Inspection]) -> Audit<'a> {
    let mut found = Audit::default();
    let names = || files.iter().map(|file| file.path.as_str());
    let clashing: Set<&str> = names::clashing(names()).into_iter().collect();
    for file in files {
        let name = file.path.as_str();
        if !file.is_portable || clashing.contains(name) {
            found.diagnostics.push(catalogue::name_not_portable(file.origin.clone(), name));
        }
    }
    let all: Set<&str> = names().collect();
    let mut reached: Set<&str> = DOORS.into_iter().collect();
    for file in files {
        for (target, address) in &file.inside {
            if all.contains(target.as_str()) {
                reached.insert(target.as_str());
            } else {
                found.diagnostics.push(file.leads_nowhere(address));
            }
        }
        found.diagnostics.extend(file.diagnostics.iter().cloned());
        found.external.extend(file.external.iter().map(String::as_str));
    }
    for file in files.iter().filter(|file| !file.is_redirect) {
        let name = file.path.as_str();
        if name.ends_with(".html") && !reached.contains(name) {
            found.diagnostics.push(catalogue::page_not_reached(file.origin.clone(), name));
        }
    }
    found
}

impl Inspection {
    /// Looks at a file.
    pub fn of(file: &Produced) -> Self {
        let name = file.path.as_str();
        let head = &file.bytes[..file.bytes.len().min(2000)];
        let mut found = Self {
            path: file.path.clone(),
            origin: file.origin.clone(),
            inside: BTreeMap::new(),
            external: BTreeSet::new(),
            diagnostics: Diagnostics::new(),
            is_portable: names::trouble(name).is_none() && name.len() <= LONGEST,
            is_redirect: head.windows(20).any(|part| part == b"http-equiv=\"refresh\""),
        };
        let Ok(text) = std::str::from_utf8(&file.bytes) else { return found };
        // What is indexed is data that the pages have too, whatever words are in it.
        if search::may_be_of_index(name) && !name.ends_with(".html") {
            return found;
        }
        if let Some(what) = exposed(text) {
            let wrong = catalogue::must_not_leave(file.origin.clone(), name, what);
            found.diagnostics.push(wrong);
        }
        match SourcePath::new(name).as_ref().map_or("", |path| path.extension()) {
            "js" => {
                for needs in NEEDS_SERVER.iter().filter(|needs| text.contains(**needs)) {
                    found.needs_server(needs);
                }
            }
            "html" => {
                let tags = parts(text).filter_map(|(_, tag)| tag);
                tags.filter(|tag| !tag.is_end()).for_each(|tag| found.follow(tag));
            }
            _ => {}
        }
        found
    }

    /// Whether there is `text` in an address.
    pub fn mentions(&self, text: &str) -> bool {
        let mut inside = self.inside.iter();
        inside.any(|(path, address)| path.as_str().contains(text) || address.contains(text))
            || self.external.iter().any(|address| address.contains(text))
            || self.diagnostics.iter().any(|wrong| wrong.message.english.contains(text))
    }

    /// Notes what one tag refers to.
    fn follow(&mut self, tag: Tag<'_>) {
        let name = tag.name();
        let Some((element, attributes)) = REFERRING.iter().find(|(element, _)| *element == name)
        else {
            return;
        };
        if ["script", "link"].contains(element) {
            for attribute in ["integrity", "crossorigin"] {
                if tag.has_attribute(attribute) {
                    self.needs_server(attribute);
                }
            }
            if tag.attribute("type") == Some("module") {
                self.needs_server("type=\"module\"");
            }
        }
        let is_resource = !["a", "area", "form"].contains(element);
        let is_name = *element == "link"
            && tag.attribute("rel").is_some_and(|rel| ["canonical", "license"].contains(&rel));
        let attributes = attributes.iter().filter(|_| !is_name);
        for address in attributes.filter_map(|name| tag.attribute(name)) {
            if !address.starts_with("https://") && !address.starts_with("http://") {
                self.lead(address);
            } else if is_resource {
                let path = self.path.as_str();
                let wrong = catalogue::external_resource(self.origin.clone(), path, address);
                self.diagnostics.push(wrong);
            } else {
                self.external.insert(address.replace("&amp;", "&"));
            }
        }
    }

    /// Notes where an address leads that begins with neither host nor protocol.
    fn lead(&mut self, address: &str) {
        let path = address.split(['#', '?']).next().unwrap_or_default();
        // The page for wrong addresses is shown under any of them, so its links begin at the root of the server.
        let is_of_server = path.starts_with('/') && self.path.as_str() == NOT_FOUND;
        if path.is_empty() || path.contains(':') || is_of_server {
            return;
        }
        match target(&self.path, path) {
            Some(target) => {
                self.inside.entry(target).or_insert_with(|| address.to_owned());
            }
            None => self.diagnostics.push(self.leads_nowhere(address)),
        }
    }

    fn leads_nowhere(&self, address: &str) -> Diagnostic {
        catalogue::link_to_nothing(self.origin.clone(), self.path.as_str(), address)
    }

    fn needs_server(&mut self, what: &str) {
        let wrong = catalogue::needs_server(self.origin.clone(), self.path.as_str(), what);
        self.diagnostics.push(wrong);
    }
}

/// The file to which a relative address in `path` leads.
fn target(path: &UrlPath, address: &str) -> Option<UrlPath> {
    let mut segments: Vec<&str> = path.as_str().split('/').collect();
    segments.pop();
    let address = percent_decode(address);
    for segment in address.split('/') {
        match segment {
            "." => {}
            ".." => {
                segments.pop()?;
            }
            name => segments.push(name),
        }
    }
    UrlPath::file(&segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn audited(files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let file = |(path, text): &(&str, &str)| {
            let path = UrlPath::file(path)?;
            let origin = Span::start_of(&SourcePath::new("content/a.md")?);
            let bytes = text.as_bytes().into();
            Some(Inspection::of(&Produced { path, bytes, origin }))
        };
        let mut inspected: Vec<Inspection> = files.iter().filter_map(file).collect();
        inspected.sort_by(|one, other| one.path.cmp(&other.path));
        let audit = audit(&inspected.iter().collect::<Vec<_>>());
        let told = audit.diagnostics.iter();
        let told = told.map(|wrong| format!("{} {}", wrong.code, wrong.message.english));
        (told.collect(), audit.external.into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn a_copy_that_is_whole_has_nothing_wrong() {
        let files = [
            ("404.html", "<a href=\"/prova/index.html\">a</a>"),
            ("index.html", "<a href=\"a/index.html#x\">a</a><script src=\"s.js?v=1\"></script>"),
            (
                "a/index.html",
                "<a href=\"../index.html\">b</a><a href=\"https://e.it/?a&amp;b\">c</a>",
            ),
            ("s.js", "let a = 1;"),
            ("ricerca/p-0.js", "vasta(\"fetch(\")"),
        ];
        assert_eq!(audited(&files), (vec![], vec!["https://e.it/?a&b".to_owned()]));
    }

    #[test]
    fn what_needs_a_network_or_leads_nowhere_is_told() {
        let files = [
            ("index.html", "<img src=\"https://e.it/a.png\"><a href=\"/b/\">b</a>"),
            (
                "lost/index.html",
                "<script type=\"module\" src=\"../s.js\" integrity=\"x\"></script>",
            ),
            ("s.js", "fetch('/a')"),
            ("aux.txt", ""),
        ];
        let told = audited(&files).0;
        let expected = [
            "V061 a copy cannot have the file `aux.txt`: its name is not one that every system has",
            "V062 `index.html` takes `https://e.it/a.png` from the network",
            "V064 in `index.html` the link `/b/` leads to no file",
            "V063 `lost/index.html` uses `integrity`, which does not work from a folder",
            "V063 `lost/index.html` uses `type=\"module\"`, which does not work from a folder",
            "V063 `s.js` uses `fetch(`, which does not work from a folder",
            "V065 no link leads to the page `lost/index.html`",
        ];
        assert_eq!(told, expected);
    }
}
