//! Twenty pages of the site's content, of many types, as sources that any generator takes: of the
//! front matter only title and description, of the text no blocks that only vasta knows, and no
//! links to pages that are not among the twenty.

use crate::bench::layout;
use crate::program::root;
use std::fs;
use std::path::Path;

/// Their paths in `content/`. The first is the home page.
pub(super) const PAGES: [&str; 20] = [
    "_index.md",
    "modelli/sua-di-area-vasta.md",
    "modelli/servizio-europa-associato.md",
    "ambiti/sua.md",
    "ambiti/sape.md",
    "pratiche/treviso.md",
    "pratiche/brescia.md",
    "procedure/sua-attivazione/_index.md",
    "procedure/sua/aggiudicare.md",
    "guide/comune-piccolo.md",
    "guide/gara-senza-qualificazione.md",
    "documenti/sua-schema-di-convenzione.md",
    "documenti/sape-convenzione.md",
    "province/treviso.md",
    "piani/perugia-dup-2025-2027.md",
    "formazione/moduli/leggere-una-convenzione.md",
    "eventi/focus-group-sua-primo.md",
    "norme/dlgs-36-2023.md",
    "glossario/stazione-unica-appaltante.md",
    "domande-frequenti.md",
];

/// The address of the built page, under either generator.
pub(super) fn address(path: &str) -> String {
    match path.strip_suffix("_index.md") {
        Some(folder) => format!("{folder}index.html"),
        None => format!("{}/index.html", path.trim_end_matches(".md")),
    }
}

/// Writes the sources into a folder.
pub(super) fn lay_out(folder: &Path) -> Result<(), String> {
    for path in PAGES {
        let file = root().join("content").join(path);
        let source = fs::read_to_string(&file)
            .map_err(|error| format!("`{}` cannot be read: {error}", file.display()))?;
        layout::write(&folder.join(plain(path)), &reduced(path, &source))?;
    }
    Ok(())
}

/// The page of a folder, as generators agree to call it.
fn plain(path: &str) -> String {
    path.replace("_index.md", "index.md")
}

fn reduced(path: &str, source: &str) -> String {
    let (head, body) = source
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .unwrap_or(("", source));
    let head: String = head
        .lines()
        .filter(|line| line.starts_with("title:") || line.starts_with("description:"))
        .map(|line| format!("{line}\n"))
        .collect();
    let lines = without_blocks(body);
    let lines: String = lines.iter().map(|line| format!("{}\n", linked(path, line))).collect();
    format!("---\n{head}---\n{lines}")
}

/// The lines that are not in a fenced block of data.
fn without_blocks(body: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut is_inside = false;
    for line in body.lines() {
        if line.starts_with("```tabella") || line.starts_with("```grafico") {
            is_inside = true;
        } else if is_inside {
            is_inside = line != "```";
        } else {
            lines.push(line);
        }
    }
    lines
}

/// The line with the links that lead somewhere here; of the others only their words. Anchors go,
/// because generators do not agree on them.
fn linked(path: &str, line: &str) -> String {
    let mut written = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("](") {
        let (Some(start), Some((target, after))) = (opening(before), after.split_once(')')) else {
            break;
        };
        let words = &before[start + 1..];
        written.push_str(&before[..start]);
        match target_from(path, target) {
            Some(target) => written.push_str(&format!("[{words}]({target})")),
            None => written.push_str(words),
        }
        rest = after;
    }
    written + rest
}

/// Where the bracket is that the end of the text closes.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, character) in text.char_indices().rev() {
        match character {
            ']' => depth += 1,
            '[' if depth == 0 => return Some(at),
            '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The target of a link as it is written here; `None` when it leads to a page that is not there.
fn target_from(path: &str, target: &str) -> Option<String> {
    if target.contains(':') {
        return Some(target.to_owned());
    }
    let (file, _) = target.split_once('#').unwrap_or((target, ""));
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    PAGES.contains(&parts.join("/").as_str()).then(|| plain(file))
}

#[cfg(test)]
mod tests {
    use super::{PAGES, address, reduced};
    use crate::program::root;

    #[test]
    fn the_pages_are_there() {
        for path in PAGES {
            assert!(root().join("content").join(path).is_file(), "{path}");
        }
    }

    #[test]
    fn both_generators_have_a_page_at_one_address() {
        assert_eq!(address("_index.md"), "index.html");
        assert_eq!(
            address("procedure/sua-attivazione/_index.md"),
            "procedure/sua-attivazione/index.html"
        );
        assert_eq!(address("ambiti/sua.md"), "ambiti/sua/index.html");
    }

    #[test]
    fn a_source_keeps_what_every_generator_knows() {
        let source = "---\ntitle: Treviso\norder: 1\ndescription: \"La SUA\"\n---\n\
            Vedi [SUA](../ambiti/sua.md#come), la [procedura](../procedure/sua-attivazione/_index.md),\n\
            [altro](../fonti/s13.md) e [la fonte](https://example.org).[^s13]\n\
            ```tabella\nraccolta: indicatori\n```\nFine.\n";
        let expected = "---\ntitle: Treviso\ndescription: \"La SUA\"\n---\n\
            Vedi [SUA](../ambiti/sua.md), la [procedura](../procedure/sua-attivazione/index.md),\n\
            altro e [la fonte](https://example.org).[^s13]\n\
            Fine.\n";
        assert_eq!(reduced("pratiche/treviso.md", source), expected);
    }
}
