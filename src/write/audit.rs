//! Looks at the files of a copy as a reader without a network will: nothing may come from elsewhere, every
//! link must lead to a file that is there, every page must be found, and every name must be one that
//! all systems have. What is wrong is told at the source of the file.

use std::collections::{BTreeSet, HashSet};

use rayon::prelude::*;

use crate::base::html::{Tag, parts};
use crate::base::path::percent_decode;
use crate::base::{Diagnostic, Diagnostics, Outputs, Produced, SourcePath, UrlPath, catalogue};
use crate::render::cover::COVER;

use super::bundle::names;

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
pub struct Audit {
    /// What is wrong.
    pub diagnostics: Diagnostics,
    /// The addresses outside the site to which links lead.
    pub external: BTreeSet<String>,
}

/// What one page refers to.
#[derive(Default)]
struct References {
    /// Files of the copy.
    inside: Vec<UrlPath>,
    external: Vec<String>,
    diagnostics: Diagnostics,
}

/// Audits all files of a copy.
pub fn audit(files: &Outputs) -> Audit {
    let mut found = Audit::default();
    let clashing: BTreeSet<&str> =
        names::clashing(files.iter().map(|file| file.path.as_str())).into_iter().collect();
    let listed: Vec<&Produced> = files.iter().collect();
    for file in &listed {
        let name = file.path.as_str();
        if names::trouble(name).is_some() || name.len() > LONGEST || clashing.contains(name) {
            found.diagnostics.push(catalogue::name_not_portable(file.origin.clone(), name));
        }
    }
    let all_names: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let all: Vec<References> = listed.par_iter().map(|file| references(file, &all_names)).collect();
    let mut reached: BTreeSet<&str> = DOORS.into();
    for references in &all {
        reached.extend(references.inside.iter().map(UrlPath::as_str));
    }
    for file in files.iter() {
        let name = file.path.as_str();
        if name.ends_with(".html") && !reached.contains(name) && !is_redirect(file) {
            found.diagnostics.push(catalogue::page_not_reached(file.origin.clone(), name));
        }
    }
    for references in all {
        found.diagnostics.extend(references.diagnostics);
        found.external.extend(references.external);
    }
    found
}

/// An old address: only those who have it come by it.
fn is_redirect(file: &Produced) -> bool {
    let head = &file.bytes[..file.bytes.len().min(2000)];
    head.windows(20).any(|part| part == b"http-equiv=\"refresh\"")
}

fn references(file: &Produced, names: &HashSet<&str>) -> References {
    let mut found = References::default();
    let Ok(text) = std::str::from_utf8(&file.bytes) else { return found };
    match SourcePath::new(file.path.as_str()).as_ref().map_or("", |path| path.extension()) {
        "js" => {
            let needs = NEEDS_SERVER.iter().filter(|needs| text.contains(**needs));
            found.diagnostics.extend(needs.map(|needs| needs_server(file, needs)));
        }
        "html" => {
            for (_, tag) in parts(text) {
                let Some(tag) = tag.filter(|tag| !tag.is_end()) else { continue };
                follow(tag, file, names, &mut found);
            }
        }
        _ => {}
    }
    found
}

/// Notes what one tag refers to.
fn follow(tag: Tag<'_>, file: &Produced, names: &HashSet<&str>, found: &mut References) {
    let Some((element, attributes)) = REFERRING.iter().find(|(name, _)| *name == tag.name()) else {
        return;
    };
    if ["script", "link"].contains(element) {
        for attribute in ["integrity", "crossorigin"] {
            if tag.has_attribute(attribute) {
                found.diagnostics.push(needs_server(file, attribute));
            }
        }
        if tag.attribute("type") == Some("module") {
            found.diagnostics.push(needs_server(file, "type=\"module\""));
        }
    }
    let is_resource = !["a", "area", "form"].contains(element);
    let is_name = *element == "link"
        && tag.attribute("rel").is_some_and(|rel| ["canonical", "license"].contains(&rel));
    for name in *attributes {
        let Some(address) = tag.attribute(name).filter(|_| !is_name) else { continue };
        if address.starts_with("https://") || address.starts_with("http://") {
            if is_resource {
                found.diagnostics.push(external_resource(file, address));
            } else {
                found.external.push(address.replace("&amp;", "&"));
            }
            continue;
        }
        let path = address.split(['#', '?']).next().unwrap_or_default();
        // The page for wrong addresses is shown under any of them, so its links begin at the root of the server.
        let is_of_server = path.starts_with('/') && file.path.as_str() == NOT_FOUND;
        if path.is_empty() || path.contains(':') || is_of_server {
            continue;
        }
        match target(file, path).filter(|target| names.contains(target.as_str())) {
            Some(target) => found.inside.push(target),
            None => found.diagnostics.push(catalogue::link_to_nothing(
                file.origin.clone(),
                file.path.as_str(),
                address,
            )),
        }
    }
}

/// The file to which a relative address leads.
fn target(file: &Produced, address: &str) -> Option<UrlPath> {
    let mut segments: Vec<&str> = file.path.as_str().split('/').collect();
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

fn needs_server(file: &Produced, what: &str) -> Diagnostic {
    catalogue::needs_server(file.origin.clone(), file.path.as_str(), what)
}

fn external_resource(file: &Produced, address: &str) -> Diagnostic {
    catalogue::external_resource(file.origin.clone(), file.path.as_str(), address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;

    fn audited(files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let file = |(path, text): &(&str, &str)| {
            let path = UrlPath::file(path)?;
            let origin = Span::start_of(&SourcePath::new("content/a.md")?);
            let bytes = text.as_bytes().into();
            Some(Produced { path, bytes, origin })
        };
        let mut outputs = Outputs::default();
        files.iter().filter_map(file).for_each(|file| outputs.insert(file));
        let audit = audit(&outputs);
        let told = audit.diagnostics.iter();
        let told = told.map(|wrong| format!("{} {}", wrong.code, wrong.message.english));
        (told.collect(), audit.external.into_iter().collect())
    }

    #[test]
    fn a_copy_that_is_whole_has_nothing_wrong() {
        let files = [
            ("index.html", "<a href=\"a/index.html#x\">a</a><script src=\"s.js?v=1\"></script>"),
            (
                "a/index.html",
                "<a href=\"../index.html\">b</a><a href=\"https://e.it/?a&amp;b\">c</a>",
            ),
            ("s.js", "let a = 1;"),
            ("404.html", "<a href=\"/prova/index.html\">a</a>"),
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
            "V065 no link leads to the page `lost/index.html`",
            "V062 `index.html` takes `https://e.it/a.png` from the network",
            "V064 in `index.html` the link `/b/` leads to no file",
            "V063 `lost/index.html` uses `integrity`, which does not work from a folder",
            "V063 `lost/index.html` uses `type=\"module\"`, which does not work from a folder",
            "V063 `s.js` uses `fetch(`, which does not work from a folder",
        ];
        assert_eq!(told, expected);
    }
}
