//! Lays a corpus out as a complete site for each generator: base template, lists of sections, two
//! taxonomies, table of contents, sitemap, feed and search index wherever the generator has them.

use super::corpus::{Page, folder_of};
use crate::program::root;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Where the theme of the vasta site keeps the one template that it replaces.
pub(super) const TEMPLATE: &str = "themes/corpus/templates/partials/footer.html";

const HUGO_FILES: [(&str, &str); 7] = [
    ("hugo.yaml", include_str!("hugo/hugo.yaml")),
    ("layouts/_default/baseof.html", include_str!("hugo/baseof.html")),
    ("layouts/_default/single.html", include_str!("hugo/single.html")),
    ("layouts/_default/list.html", include_str!("hugo/list.html")),
    ("layouts/partials/nav.html", include_str!("hugo/nav.html")),
    ("layouts/index.json", include_str!("hugo/index.json")),
    ("static/site.css", "body{max-width:70ch;margin:auto}"),
];

pub(crate) fn vasta(site: &Path, pages: &[Page]) -> Result<(), String> {
    write(&site.join("vasta.yaml"), include_str!("vasta.yaml"))?;
    let footer = root().join("themes/casa/templates/partials/footer.html");
    let footer = fs::read_to_string(&footer)
        .map_err(|error| format!("`{}` cannot be read: {error}", footer.display()))?;
    write(&site.join(TEMPLATE), &footer)?;
    write(&site.join("content/_index.md"), "---\ntitle: Home\n---\n")?;
    sections(site, pages)?;
    for page in pages {
        let Page { pillar, province, body, .. } = page;
        let head = head(page);
        let text = format!("---\n{head}pillar: {pillar}\nprovince: {province}\n---\n{body}");
        write(&site.join(format!("content/{}.md", page.path)), &text)?;
    }
    Ok(())
}

pub(super) fn hugo(site: &Path, pages: &[Page]) -> Result<(), String> {
    for (path, text) in HUGO_FILES {
        write(&site.join(path), text)?;
    }
    sections(site, pages)?;
    for page in pages {
        let Page { pillar, province, body, .. } = page;
        let head = head(page);
        let text = format!("---\n{head}pillar: [{pillar}]\nprovince: [{province}]\n---\n{body}");
        write(&site.join(format!("content/{}.md", page.path)), &text)?;
    }
    Ok(())
}

pub(super) fn mdbook(site: &Path, pages: &[Page]) -> Result<(), String> {
    write(&site.join("book.toml"), include_str!("book.toml"))?;
    let mut folders: BTreeMap<&str, String> = BTreeMap::new();
    for page in pages {
        let Page { path, title, body, .. } = page;
        write(&site.join(format!("src/{path}.md")), &format!("# {title}\n\n{body}"))?;
        let list = folders.entry(folder_of(path)).or_default();
        list.push_str(&format!("- [{title}]({path}.md)\n"));
    }
    let lists: String = folders.into_values().collect();
    write(&site.join("src/SUMMARY.md"), &format!("# Summary\n\n{lists}"))
}

/// The front matter that vasta and Hugo read alike.
fn head(page: &Page) -> String {
    let Page { title, description, date, .. } = page;
    format!("title: \"{title}\"\ndescription: \"{description}\"\ndate: {date}\n")
}

/// The page of each folder, with its name as its title.
fn sections(site: &Path, pages: &[Page]) -> Result<(), String> {
    for folder in folders(pages) {
        let name = folder.rsplit('/').next().unwrap_or(folder).replace('-', " ");
        let text = format!("---\ntitle: \"{name}\"\n---\n");
        write(&site.join(format!("content/{folder}/_index.md")), &text)?;
    }
    Ok(())
}

/// The folders of all pages and those around them.
fn folders(pages: &[Page]) -> BTreeSet<&str> {
    let mut folders = BTreeSet::new();
    for page in pages {
        let mut folder = folder_of(&page.path);
        while !folder.is_empty() && folders.insert(folder) {
            folder = folder_of(folder);
        }
    }
    folders
}

/// Writes a file and the folders around it.
pub(crate) fn write(file: &Path, text: &str) -> Result<(), String> {
    let parent = file.parent().expect("every file is in a folder");
    fs::create_dir_all(parent)
        .and_then(|()| fs::write(file, text))
        .map_err(|error| format!("`{}` cannot be written: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::super::corpus;
    use super::{folders, head};

    #[test]
    fn every_folder_around_a_page_is_a_section() {
        let pages = corpus::prose(60);
        let sections: Vec<&str> = folders(&pages).into_iter().collect();
        assert_eq!(sections, ["sezione-000", "sezione-000/gruppo-00", "sezione-000/gruppo-01"]);
    }

    #[test]
    fn front_matter_needs_no_escapes() {
        for page in corpus::prose(200) {
            let quotes = head(&page).matches('"').count();
            assert!(quotes == 4 && !head(&page).contains('\\'), "{}", head(&page));
        }
    }
}
