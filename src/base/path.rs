//! Names of files, on the side that is read (`SourcePath`) and on the side that is written
//! (`UrlPath`), and the one function that turns two of the latter into a link. Both kinds are
//! relative, use `/`, and cannot leave their root: who holds one need not check again.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::text::slug;

/// A file of the site's folder, such as `content/sua/_index.md`.
///
/// It has no empty segment, no `.`, no `..` and no leading slash.
///
/// The default, an empty text, stands for a file that is not known yet.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Accepts a clean relative path; anything that could leave the root is `None`.
    pub fn new(path: &str) -> Option<Self> {
        let clean = path.split('/').all(|segment| !matches!(segment, "" | "." | ".."));
        (clean && !path.contains('\\')).then(|| Self(path.into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder the file lies in, `""` for the root.
    pub fn folder(&self) -> &str {
        self.0.rfind('/').map_or("", |slash| &self.0[..slash])
    }

    /// The last segment.
    pub fn name(&self) -> &str {
        self.0.rfind('/').map_or(&self.0, |slash| &self.0[slash + 1..])
    }

    /// The last segment without its extension.
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rfind('.').filter(|dot| *dot > 0).map_or(name, |dot| &name[..dot])
    }

    /// What follows the last dot of the name, `""` without one.
    pub fn extension(&self) -> &str {
        let name = self.name();
        name.rfind('.').filter(|dot| *dot > 0).map_or("", |dot| &name[dot + 1..])
    }

    /// The rest of the path below `folder`, if it lies there.
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Follows `link` from the folder of this file, as a browser would. `None` when it climbs out
    /// of `root` (a folder such as `content`); a leading slash means `root` itself.
    pub fn resolve(&self, link: &str, root: &str) -> Option<Self> {
        let mut segments: Vec<&str> = match link.strip_prefix('/') {
            Some(_) => Vec::new(),
            None => self.below(root)?.split('/').collect(),
        };
        segments.pop();
        for segment in link.split('/') {
            match segment {
                "" | "." => {}
                ".." => {
                    segments.pop()?;
                }
                name => segments.push(name),
            }
        }
        let path = segments.join("/");
        Self::new(&if path.is_empty() { root.to_owned() } else { format!("{root}/{path}") })
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A file of the built site, such as `sua/index.html`, relative to the site's root.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UrlPath(Arc<str>);

impl UrlPath {
    /// A file as it is named; `None` for anything that could leave the root.
    pub fn file(path: &str) -> Option<Self> {
        SourcePath::new(path).map(|path| Self(path.0))
    }

    /// The `index.html` of a page: every segment is folded to plain lower-case ASCII.
    pub fn page<'a>(segments: impl IntoIterator<Item = &'a str>) -> Self {
        let mut path = String::new();
        for segment in segments {
            path.push_str(&slug(segment));
            path.push('/');
        }
        path.push_str("index.html");
        Self(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address under which a web server shows the page: `sua/` for `sua/index.html`.
    pub fn pretty(&self) -> &str {
        match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &self.0,
        }
    }

    /// The path in small letters: what many disks cannot tell from it.
    #[must_use]
    pub fn folded(&self) -> Self {
        if self.0.is_ascii() && !self.0.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return self.clone();
        }
        Self(self.0.to_lowercase().into())
    }

    /// What leads from this file back to the root: `""`, `"../"`, `"../../"` …
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// The first folder, `""` for files at the root.
    pub fn section(&self) -> &str {
        self.0.split_once('/').map_or("", |(first, _)| first)
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for UrlPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The link from one built file to another: up to the root, then down. It always names the file
/// (`index.html`), so that the same bytes work on a server and from a folder on a stick.
pub fn href(from: &UrlPath, to: &UrlPath, anchor: Option<&str>) -> String {
    let mut link = from.to_root();
    percent_encode(&to.0, &mut link);
    if let Some(anchor) = anchor {
        link.push('#');
        percent_encode(anchor, &mut link);
    }
    link
}

/// `text`, which may be a path, as a part of an address.
pub fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    percent_encode(text, &mut encoded);
    encoded
}

fn percent_encode(text: &str, link: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                link.push(char::from(byte));
            }
            _ => link.push_str(&format!("%{byte:02X}")),
        }
    }
}

/// Undoes percent encoding in a link that an editor wrote; what is not valid stays as it is.
pub fn percent_decode(link: &str) -> String {
    let bytes = link.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = link.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| link.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str) -> SourcePath {
        SourcePath::new(path).expect("a clean path")
    }

    #[test]
    fn a_path_that_leaves_the_root_is_none() {
        for path in ["../a", "/a", "a//b", "a/./b", "a\\b", ""] {
            assert_eq!(SourcePath::new(path), None, "{path}");
        }
    }

    #[test]
    fn a_link_is_followed_from_the_folder_of_its_file() {
        let from = source("content/sua/convenzione.md");
        let resolve = |link| from.resolve(link, "content").map(|path| path.to_string());
        assert_eq!(resolve("../sape/_index.md").as_deref(), Some("content/sape/_index.md"));
        assert_eq!(resolve("schema.pdf").as_deref(), Some("content/sua/schema.pdf"));
        assert_eq!(resolve("/glossario/cig.md").as_deref(), Some("content/glossario/cig.md"));
        assert_eq!(resolve("../../vasta.yaml"), None);
        assert_eq!(resolve("../../../etc/passwd"), None);
    }

    #[test]
    fn links_climb_to_the_root_and_name_the_file() {
        let page = UrlPath::page(["Attività", "Però sì"]);
        assert_eq!(page.as_str(), "attivita/pero-si/index.html");
        assert_eq!(page.pretty(), "attivita/pero-si/");
        assert_eq!(href(&page, &UrlPath::page(["sua"]), Some("fasi")), "../../sua/index.html#fasi");
        let file = UrlPath::file("a b/è.pdf").expect("a clean path");
        assert_eq!(href(&UrlPath::page([]), &file, None), "a%20b/%C3%A8.pdf");
    }

    #[test]
    fn percent_encoding_is_undone_and_broken_encoding_kept() {
        assert_eq!(percent_decode("a%20b%C3%A8"), "a bè");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%zzà"), "%zzà");
    }
}
