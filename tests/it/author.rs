//! What helps who writes: new pages that are valid at once, schemas and snippets for editors, and the
//! reference of fields.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

use crate::fixture::{Folder, assert_generated, contents, repository, said};

const SITE: &str = "
    //- vasta.yaml
    title: Prova
    taxonomies:
      argomenti: { title: Argomenti, singular: Argomento }
    //- content/_schemas/pratica.yaml
    label: Buona pratica
    help: Un'esperienza reale.
    folder: pratiche
    sourced: true
    fields:
      provincia: { kind: page, of: provincia, required: true, label: Provincia, help: La Provincia. }
      regione:
        kind: choice
        required: true
        label: Regione
        help: Dove si trova.
        options: { veneto: Veneto, lombardia: Lombardia }
      dal: { kind: date, label: Dal, help: L'anno di avvio. }
      costo: { kind: money, label: Costo }
      scala: { kind: text, required: true, label: Dimensione, help: \"Quanti enti, con «l'anno».\" }
    //- content/_schemas/provincia.yaml
    label: Provincia
    folder: province
    fields: { sigla: { kind: text, label: Sigla } }
    //- content/_schemas/domanda.yaml
    label: Domanda
    fields: { risposta: { kind: markdown, required: true, label: Risposta } }
    //- content/_index.md
    # Prova
    //- content/province/treviso.md
    ---
    title: Provincia di Treviso
    argomenti: [Appalti]
    ---
    Testo.
";

fn site(name: &str) -> Folder {
    Folder::with_site(name, SITE)
}

/// Runs vasta without a terminal, as a script does.
fn run(folder: &Folder, arguments: &[&str]) -> (String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vasta"));
    command.args(arguments).arg("--lang").arg("it").current_dir(folder.path());
    let output = command.stdin(Stdio::null()).output().expect("the program runs");
    let (errors, code) = said(&output);
    (String::from_utf8_lossy(&output.stdout).into_owned() + &errors, code)
}

#[test]
fn a_new_page_says_what_to_write_and_is_valid() {
    let folder = site("new-page");
    let given =
        ["--title", "La \"rete\" di Treviso", "--set", "regione=veneto", "--set", "dal=2015"];
    let (text, code) = run(&folder, &[&["new", "pratica"], &given[..]].concat());
    assert_eq!(
        (text.as_str(), code),
        (
            "content/pratiche/la-rete-di-treviso.md: la pagina è una bozza, scrivila e togli `draft: true`\n",
            0,
        )
    );
    let path = folder.path().join("content/pratiche/la-rete-di-treviso.md");
    let page = fs::read_to_string(path).expect("the page");
    let day =
        page.lines().find_map(|line| line.strip_prefix("updated: ")).expect("a day").to_owned();
    insta::assert_snapshot!(page.replace(&day, "2026-11-26"));
    assert_eq!(run(&folder, &["check", "--drafts"]), (String::new(), 0));
}

#[test]
fn a_type_without_folder_is_named_in_the_page() {
    let folder = site("new-page-type");
    assert_eq!(run(&folder, &["new", "domanda", "dubbi/chi-paga"]).1, 0);
    let page =
        fs::read_to_string(folder.path().join("content/dubbi/chi-paga.md")).expect("the page");
    assert!(
        page.contains("\ntype: domanda\n") && page.contains("\ntitle: \"Chi paga\"\n"),
        "{page}"
    );
    assert_eq!(run(&folder, &["check", "--drafts"]), (String::new(), 0));
}

#[test]
fn a_new_page_that_cannot_be_made_says_why() {
    let folder = site("new-page-refused");
    assert_eq!(run(&folder, &["new", "pratica", "a"]).1, 0);
    let refused = [
        &["new"][..],
        &["new", "pratca"],
        &["new", "pratica", "a"],
        &["new", "pratica", "../fuori"],
        &["new", "pratica", "b", "--set", "regioni=veneto"],
    ];
    let told = refused.map(|arguments| {
        let (text, code) = run(&folder, arguments);
        assert_eq!(code, 2, "{arguments:?}");
        format!("{}\n{text}", arguments.join(" "))
    });
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn every_type_of_the_knowledge_base_makes_a_valid_page() {
    let folder = Folder::new("new-pages");
    for part in ["content", "editions", "themes"] {
        for (path, bytes) in contents(&repository().join(part)) {
            folder.write(&format!("{part}/{path}"), bytes);
        }
    }
    folder
        .write("vasta.yaml", fs::read(repository().join("vasta.yaml")).expect("the configuration"));
    for (path, _) in contents(&repository().join("content/_schemas")) {
        let name = path.trim_end_matches(".yaml");
        let (text, code) = run(&folder, &["new", name, &format!("nuova-{name}")]);
        assert_eq!(code, 0, "{name}: {text}");
    }
    assert_eq!(run(&folder, &["check", "--drafts"]), (String::new(), 0));
}

#[test]
fn schemas_and_snippets_follow_from_the_types() {
    let folder = site("schema-json");
    assert_eq!(
        run(&folder, &["schema", "json"]),
        ("3 schemi scritti in `.vscode`\n".to_owned(), 0)
    );
    let files: BTreeMap<String, Vec<u8>> =
        contents(&folder.path().join(".vscode")).into_iter().collect();
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let expected = [
        "extensions.json",
        "settings.json",
        "vasta.code-snippets",
        "vasta/domanda.schema.json",
        "vasta/pratica.schema.json",
        "vasta/provincia.schema.json",
    ];
    assert_eq!(names, expected);
    let text = |name: &str| String::from_utf8_lossy(&files[name]).into_owned();
    insta::assert_snapshot!("schema_json", text("vasta/pratica.schema.json"));
    insta::assert_snapshot!("schema_snippets", text("vasta.code-snippets"));
    // What somebody chose stays.
    folder.write(".vscode/settings.json", "{}");
    assert_eq!(run(&folder, &["schema", "json"]).1, 0);
    let settings = fs::read_to_string(folder.path().join(".vscode/settings.json"));
    assert_eq!(settings.expect("the settings"), "{}");
}

#[test]
fn the_reference_of_fields_is_markdown() {
    let folder = site("schema-docs");
    let (text, code) = run(&folder, &["schema", "docs"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(text);
}

#[test]
fn the_page_of_all_fields_is_what_the_program_says() {
    assert_generated("content/redazione/campi.md", &["schema", "docs"], "author");
}

#[test]
fn forms_in_the_browser_follow_from_the_types() {
    let folder = site("schema-cms");
    let (printed, code) = run(&folder, &["schema", "cms"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!("schema_cms", printed);
    folder.write("decap-cms.js", "// the script");
    let given = ["--to", "public", "--script", "decap-cms.js"];
    let (told, code) = run(&folder, &[&["schema", "cms"], &given[..]].concat());
    assert_eq!((told.as_str(), code), ("la redazione è in `public/admin`\n", 0));
    let files = contents(&folder.path().join("public/admin"));
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["config.yml", "decap-cms.js", "index.html"]);
    assert_eq!(String::from_utf8_lossy(&files[0].1), printed);
    insta::assert_snapshot!("schema_cms_page", String::from_utf8_lossy(&files[2].1));
}

#[test]
fn forms_in_the_browser_save_to_a_repository_elsewhere() {
    let folder = site("schema-cms-github");
    fs::create_dir(folder.path().join(".git")).expect("writable");
    let given = ["schema", "cms", "--backend", "github", "--repo", "upi/sito", "--branch", "bozze"];
    let (printed, code) = run(&folder, &given);
    let written: serde_json::Value = serde_json::from_str(&printed).expect("JSON, which is YAML");
    let backend = serde_json::json!({ "name": "github", "repo": "upi/sito", "branch": "bozze" });
    assert_eq!((&written["backend"], code), (&backend, 0));
    let (told, code) = run(&folder, &["schema", "cms", "--backend", "github"]);
    assert_eq!(code, 2, "{told}");
    let (told, code) = run(&folder, &["schema", "cms", "--to", "public", "--script", "manca.js"]);
    let expected = "errore: `manca.js` non è un file: serve lo script del CMS\n";
    assert_eq!((told.as_str(), code), (expected, 2));
}

#[test]
fn the_forms_in_the_browser_stay_when_the_site_is_built_again() {
    let folder = site("schema-cms-build");
    assert_eq!(run(&folder, &["build"]).1, 0);
    assert!(!folder.path().join("public/admin").exists());
    assert_eq!(run(&folder, &["schema", "cms", "--to", "public"]).1, 0);
    folder.write("content/province/treviso.md", "# Treviso\n");
    assert_eq!(run(&folder, &["build"]).1, 0);
    assert!(folder.path().join("public/admin/config.yml").exists());
}
