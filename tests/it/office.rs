//! The text of a page as files for Word and LibreOffice: what is in them, when they are made again, and
//! that LibreOffice reads in them what the page says.

use std::io::{Write, stderr};
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use vasta::base::Checked;
use vasta::base::archive::Opened;
use vasta::pipeline::Built;

use crate::fixture::{Folder, built, told, tree, updated};

const SITE: &str = r#"
//- vasta.yaml
title: Comuni & Province
version: autunno
publisher: { name: Unione }
licence: { name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/" }
//- content/_schemas/atto.yaml
label: Atto
folder: atti
downloads: { formats: [docx, odt], section: Testo }
structured: { type: DigitalDocument }
//- content/atti/convenzione.md
---
title: "Schema: convenzione <SUA>"
description: Per adattarla.
updated: 2026-11-25
---
> [!WARNING]
> Da verificare.[^a]

## Come si usa

Si scarica.

## Testo

Il **[Comune]** e la **[Provincia]**, visto l'[albo](/albo.md) e il [codice](https://example.org/?a=1&b=2),[^b] decidono.

### Articolo 1

1. Il primo.[^c]
2. Il secondo:
   - uno;
   - *due*.

3. Il terzo, di nuovo.[^b]

| Voce | Importo |
|---|--:|
| **[voce]** | 1.000 |
| `codice` | ~~2~~<br>3 |

#### Nota

> Una citazione.

---

```
se  a < b:
    fine
```

## Dopo

Il resto.

[^a]: Nota della pagina.
[^b]: L'articolo 2, [pagina b](https://example.org/b).
[^c]: La legge & il resto.
//- content/atti/breve.md
Solo una riga.
//- content/albo.md
# Albo
"#;

fn part(built: &Checked<Built>, file: &str, name: &str) -> String {
    let bytes = built.value.outputs.get(file).unwrap_or_else(|| panic!("no file `{file}`"));
    let part = Opened::open(bytes).expect("an archive").read(name);
    String::from_utf8(part.unwrap_or_else(|| panic!("no part `{name}`"))).expect("UTF-8")
}

#[test]
fn a_file_for_word_has_styles_lists_tables_and_footnotes() {
    let built = built(SITE);
    let part = |name| part(&built, "atti/convenzione/convenzione.docx", name);
    let parts = ["docProps/core.xml", "word/document.xml", "word/footnotes.xml"];
    let relationships = ["word/_rels/document.xml.rels", "word/_rels/footnotes.xml.rels"];
    assert_snapshot!([parts.map(part).join("\n"), relationships.map(part).join("\n")].join("\n"));
}

#[test]
fn a_file_for_libreoffice_has_styles_lists_tables_and_footnotes() {
    let built = built(SITE);
    let file = "atti/convenzione/convenzione.odt";
    let bytes = built.value.outputs.get(file).expect("a file");
    // So programs know the format without opening it.
    assert_eq!(&bytes[30..77], b"mimetypeapplication/vnd.oasis.opendocument.text");
    assert_snapshot!(["meta.xml", "content.xml"].map(|name| part(&built, file, name)).join("\n"));
}

#[test]
fn a_page_offers_its_files_and_tells_machines() {
    let site = SITE.replace("version: autunno", "base_url: https://esempio.it\nversion: autunno");
    let built = built(&site);
    assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    let page = built.value.outputs.get("atti/convenzione/index.html").expect("a page");
    let page = String::from_utf8_lossy(page);
    let size = |ending: &str| {
        let file = built.value.outputs.get(&format!("atti/convenzione/convenzione.{ending}"));
        file.expect("a file").len().div_ceil(1000)
    };
    let link = format!(" download>Word (.docx), {}\u{a0}KB</a>", size("docx"));
    assert!(page.contains(&link), "no `{link}`");
    let link = format!(" download>OpenDocument (.odt), {}\u{a0}KB</a>", size("odt"));
    assert!(page.contains(&link), "no `{link}`");
    assert!(
        page.contains("\"contentUrl\":\"https://esempio.it/atti/convenzione/convenzione.odt\"")
    );
    // Then links to the site lead there.
    let text = part(&built, "atti/convenzione/convenzione.odt", "content.xml");
    assert!(text.contains("xlink:href=\"https://esempio.it/albo/\""), "{text}");
    assert!(text.contains("xlink:href=\"https://esempio.it/atti/convenzione/\""), "{text}");
    assert!(!built.value.outputs.iter().any(|file| file.path.as_str().starts_with("albo/albo.")));
}

#[test]
fn an_edit_makes_the_files_again_that_say_something_else() {
    let office = |made: &std::collections::BTreeMap<String, Vec<u8>>| {
        let files = made.keys().filter(|path| path.ends_with(".docx") || path.ends_with(".odt"));
        files.map(|path| path.rsplit('/').next().unwrap_or_default()).collect::<Vec<_>>().join(" ")
    };
    let (state, made) = updated(&tree(SITE), None);
    assert_eq!(office(&made), "breve.docx breve.odt convenzione.docx convenzione.odt");
    let text = SITE.replace("Solo una riga.", "Un'altra riga.");
    let (state, made) = updated(&tree(&text), Some(state));
    assert_eq!(office(&made), "breve.docx breve.odt");
    let (state, made) = updated(&tree(&text.replace("autunno", "inverno")), Some(state));
    assert_eq!(office(&made), "breve.docx breve.odt convenzione.docx convenzione.odt");
    let (_, made) = updated(&tree(&text.replace("autunno", "inverno")), Some(state));
    assert_eq!(office(&made), "");
}

#[test]
fn mistakes_in_a_schema_are_told_at_their_place() {
    let short = SITE.replace("{ formats: [docx, odt], section: Testo }", "[docx, pdf]");
    let long = SITE.replace("{ formats: [docx, odt], section: Testo }", "{ sezione: Testo }");
    let told = |site: &str| told(&built(site), &tree(site));
    assert_snapshot!([told(&short), told(&long)].join("\n"));
}

/// The words that LibreOffice finds in the file `name` of `folder`.
fn words_of(folder: &Path, name: &str) -> String {
    let status = Command::new("soffice")
        .current_dir(folder)
        // A profile of its own: one that is in use elsewhere refuses a second program.
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", "txt:Text (encoded):UTF8", name])
        .output()
        .expect("it was there before");
    assert!(status.status.success(), "{name}: {status:?}");
    let text = Path::new(name).with_extension("txt");
    let text = std::fs::read_to_string(folder.join(text)).expect("converted");
    text.trim_start_matches('\u{feff}').split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn libreoffice_reads_what_the_page_says() {
    if Command::new("soffice").arg("--version").output().is_err() {
        // Unlike what is printed, this is seen although the test passes.
        writeln!(stderr(), "skipped: LibreOffice (`soffice`) is not installed").expect("open");
        return;
    }
    let folder = Folder::new("office");
    let mut found = Vec::new();
    for file in built(SITE).value.outputs.iter() {
        let path = file.path.as_str();
        if path.ends_with(".docx") || path.ends_with(".odt") {
            let name = path.replace('/', "-");
            folder.write(&name, &file.bytes);
            found.push(format!("{name}\n{}\n", words_of(folder.path(), &name)));
        }
    }
    assert_snapshot!(found.join("\n"));
}
