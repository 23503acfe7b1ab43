//! What one build leaves to the next, on the disk: it saves work, any doubt about it costs only time,
//! and pages that change by the day are not forgotten.

use std::fs;
use std::process::Output;

use crate::fixture::{Folder, contents, said, vasta};

const SITE: &str = "
//- vasta.yaml
title: Prova
//- content/_index.md
# Inizio
//- content/a.md
---
title: A
description: La prima.
---
Prima.
//- content/b.md
---
title: B
description: La seconda.
---
Vedi [A](a.md).

```json
{\"a\": 1}
```
";

fn stats(output: &Output) -> serde_json::Value {
    let (text, code) = said(output);
    assert_eq!(code, 0, "{text}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Read, rendered, indexed, written.
fn work(folder: &Folder) -> [u64; 4] {
    let stats = stats(&vasta(folder.path(), &["build", "--stats", "json"]));
    let number = |group: &str, key: &str| stats[group][key].as_u64().expect("a number");
    [
        number("work", "read"),
        number("work", "rendered"),
        number("work", "indexed"),
        number("files", "written"),
    ]
}

/// The site is what a build from nothing gives.
fn assert_clean(folder: &Folder) {
    let (text, code) = said(&vasta(folder.path(), &["build", "--verify"]));
    assert_eq!(code, 0, "{text}");
}

#[test]
fn a_second_build_does_nothing_and_a_third_only_what_changed() {
    let folder = Folder::with_site("remember", SITE);
    assert!(work(&folder)[0] == 3);
    assert_eq!(work(&folder), [0, 0, 0, 0]);
    folder.write("content/a.md", "---\ntitle: A\ndescription: La prima.\n---\nDopo.\n");
    let [read, rendered, indexed, written] = work(&folder);
    assert_eq!([read, rendered, indexed], [1, 1, 1]);
    assert!(written >= 3, "the page, its words and the manifest: {written}");
    assert_clean(&folder);
    assert_eq!(
        fs::read_to_string(folder.path().join(".vasta/.gitignore"))
            .ok()
            .map(|text| text.contains('*')),
        Some(true)
    );
}

#[test]
fn a_file_that_is_put_back_with_its_old_date_is_noticed() {
    let folder = Folder::with_site("old-date", SITE);
    work(&folder);
    let path = folder.path().join("content/a.md");
    let before = fs::metadata(&path).and_then(|found| found.modified()).expect("a date");
    let text = fs::read_to_string(&path).expect("a page").replace("Prima", "Primo");
    fs::write(&path, text).expect("writable");
    let file = fs::File::options().write(true).open(&path).expect("a file");
    file.set_modified(before).expect("a date can be set");
    drop(file);
    assert_eq!(work(&folder)[0], 1);
}

#[test]
fn a_damaged_state_costs_only_time() {
    let folder = Folder::with_site("damaged", SITE);
    work(&folder);
    let clean = contents(&folder.path().join("public"));
    let path = folder.path().join(".vasta/state");
    let whole = fs::read(&path).expect("a state");
    for place in [0, 10, whole.len() / 3, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x55;
        fs::write(&path, &bytes).expect("writable");
        folder.write(
            "content/a.md",
            format!("---\ntitle: A\ndescription: La prima.\n---\nDopo {place}.\n"),
        );
        assert_clean(&folder);
    }
    fs::write(&path, &whole[..whole.len() / 2]).expect("writable");
    folder.write("content/a.md", "---\ntitle: A\ndescription: La prima.\n---\nPrima.\n");
    assert_clean(&folder);
    assert!(contents(&folder.path().join("public")) == clean);
}

#[test]
fn coloured_code_is_remembered_when_everything_else_is_forgotten() {
    let folder = Folder::with_site("colours", SITE);
    work(&folder);
    let before = fs::read(folder.path().join(".vasta/highlights")).expect("coloured code");
    fs::remove_file(folder.path().join(".vasta/state")).expect("it is there");
    fs::remove_dir_all(folder.path().join("public")).expect("it is there");
    assert_eq!(work(&folder)[0], 3);
    assert_eq!(fs::read(folder.path().join(".vasta/highlights")).ok(), Some(before));
    assert_clean(&folder);
}

#[test]
fn a_page_is_explained() {
    let folder = Folder::with_site("explained", SITE);
    work(&folder);
    let explain = |page: &str| {
        let output = vasta(folder.path(), &["explain", page]);
        assert_eq!(said(&output).1, 0, "{}", said(&output).0);
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert!(explain("content/a.md").contains("era da zero"));
    folder.write(
        "content/b.md",
        "---\ntitle: B bis\ndescription: La seconda.\n---\nVedi [A](a.md).\n",
    );
    assert!(explain("b/").contains("sarà rifatta, il suo file è cambiato"));
    work(&folder);
    let text = explain("a.md");
    assert!(text.contains("è cambiato quello che mostra di altre pagine"), "{text}");
    assert!(text.contains("pagina che la cita: content/b.md"), "{text}");
    assert!(explain("b.md").contains("è cambiato il suo file"));
    assert_eq!(said(&vasta(folder.path(), &["explain", "manca.md"])).1, 2);
}

const DATED: &str = "
//- content/_index.md
# Inizio
//- content/g/futura.md
---
title: Futura
publish_from: 2026-12-01
---
Testo.
//- content/g/passata.md
---
title: Passata
expires: 2026-11-30
---
Testo.
//- content/g/rivista.md
---
title: Rivista
review_by: 2026-12
---
Testo.
";

#[test]
fn pages_wait_expire_and_have_to_be_reviewed_by_the_day() {
    let folder = Folder::with_site("days", DATED);
    let section = || fs::read_to_string(folder.path().join("public/g/index.html")).expect("a page");
    let build = |day: &str| vasta(folder.path(), &["build", "--today", day, "--stats", "json"]);

    let before = stats(&build("2026-11-30"));
    assert_eq!(before["next_change"], "2026-12-01");
    assert!(section().contains("Passata") && !section().contains("Futura"));
    assert!(!folder.path().join("public/g/futura").exists());

    // No file has changed, and yet it is another site.
    let after = stats(&build("2026-12-01"));
    assert_eq!(after["next_change"], "2027-01-01");
    assert!(!section().contains("Passata") && section().contains("Futura"));
    let expired = fs::read_to_string(folder.path().join("public/g/passata/index.html"));
    assert!(expired.expect("its address stays").contains("30 novembre 2026"));

    let (text, code) = said(&build("2027-01-01"));
    assert!(code == 0 && text.contains("avviso[V030]"), "{text}");
    // A warning is told every time, remembered or not.
    assert!(said(&build("2027-01-01")).0.contains("avviso[V030]"));
    assert_eq!(said(&build("domani")).1, 2);
}

#[test]
fn the_draft_of_a_folder_does_not_show_in_its_page() {
    let site = "
//- content/_index.md
# Inizio
//- content/g/_index.md
---
title: Cartella
draft: true
---
Ancora segreto.
//- content/g/a.md
# A
";
    let folder = Folder::with_site("draft-of-folder", site);
    work(&folder);
    let page = fs::read_to_string(folder.path().join("public/g/index.html")).expect("a page");
    assert!(!page.contains("Ancora segreto") && page.contains(">A<"), "{page}");
}
