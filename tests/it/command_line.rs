//! The commands as a person calls them: what they print, and how they end.

use std::fs;

use crate::fixture::{Folder, repository, said, vasta};

#[test]
fn a_new_site_builds_and_is_searchable() {
    let folder = Folder::new("init");
    assert_eq!(said(&vasta(folder.path(), &["init", "sito"])), (String::new(), 0));
    let site = folder.path().join("sito");
    assert_eq!(said(&vasta(&site, &["check"])), (String::new(), 0));
    assert_eq!(said(&vasta(&site, &["build"])), (String::new(), 0));
    let output = vasta(&site, &["search", "assistenza comuni", "--json", "--limit", "1"]);
    let hits: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(hits[0]["url"], "servizi/primo-servizio/index.html");
    assert_eq!(hits[0]["title"], "Assistenza ai Comuni");
    assert!(hits[0]["section"].is_string() && hits[0]["score"].is_u64());
    assert_eq!(hits.as_array().map(Vec::len), Some(1));
    let (text, code) = said(&vasta(folder.path(), &["init", "sito"]));
    assert_eq!(code, 2, "{text}");
}

#[test]
fn the_site_is_found_from_a_folder_inside_it() {
    let folder =
        Folder::with_site("inside", "//- vasta.yaml\ntitle: A\n//- content/a/b.md\nTesto.\n");
    let inside = folder.path().join("content/a");
    assert_eq!(said(&vasta(&inside, &["build"])), (String::new(), 0));
    assert!(folder.path().join("public/a/b/index.html").is_file());
}

#[test]
fn drafts_are_published_only_when_asked_for() {
    let site = "//- content/a.md\n---\ntitle: A\ndraft: true\n---\nTesto.\n//- content/b.md\nB.\n";
    let folder = Folder::with_site("drafts", site);
    let page = folder.path().join("public/a/index.html");
    assert_eq!(said(&vasta(folder.path(), &["build"])).1, 0);
    assert!(!page.exists());
    assert_eq!(said(&vasta(folder.path(), &["build", "--drafts"])).1, 0);
    let html = fs::read_to_string(page).expect("the draft");
    assert!(html.contains("Bozza"), "{html}");
}

#[test]
fn statistics_say_what_was_done() {
    let folder = Folder::with_site("stats", "//- content/a.md\nTesto.\n");
    let output = vasta(folder.path(), &["build", "--stats", "json"]);
    let stats: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(stats["pages"], 2, "the page and the front page");
    assert_eq!(stats["outputs"], stats["files"]["written"]);
    assert!(stats["bytes"].as_u64().expect("a number") > 1_000);
    for stage in ["read", "configure", "parse", "assemble", "render", "index", "write"] {
        assert!(stats["milliseconds"][stage].is_number(), "{stage}");
    }
}

#[test]
fn a_wrong_call_ends_with_two() {
    let folder = Folder::new("wrong");
    assert_eq!(said(&vasta(folder.path(), &["costruisci"])).1, 2);
    assert_eq!(said(&vasta(folder.path(), &["build", "--site", "manca"])).1, 2);
    let (text, code) = said(&vasta(folder.path(), &["search", "gara"]));
    assert_eq!(code, 2);
    assert!(text.contains("vasta build"), "{text}");
}

#[test]
fn pages_are_exported_for_a_search_server() {
    let folder = Folder::with_site(
        "export",
        "
        //- vasta.yaml
            title: Prova
            search: { synonyms: _data/sinonimi.yaml }
            taxonomies:
              temi: { title: Temi, singular: Tema }
        //- content/_data/sinonimi.yaml
            - [gara, appalto]
        //- content/_index.md
            ---
            title: Inizio
            ---
        //- content/sua.md
            ---
            title: Stazione unica appaltante
            description: Le gare dei Comuni.
            temi: [Appalti]
            ---
            Fa le gare.

            ## Dell'adesione

            Con una convenzione.
        ",
    );
    assert_eq!(said(&vasta(folder.path(), &["build"])).1, 0);
    let export = ["export", "search", "--format", "opensearch", "--to", "fuori"];
    assert_eq!(said(&vasta(folder.path(), &export)), (String::new(), 0));
    let read = |name: &str| {
        std::fs::read_to_string(folder.path().join("fuori").join(name)).expect("a written file")
    };
    insta::assert_snapshot!("export_bulk", read("bulk.ndjson"));
    let mapping: serde_json::Value = serde_json::from_str(&read("mapping.json")).expect("JSON");
    let analysis = &mapping["settings"]["analysis"];
    assert_eq!(analysis["filter"]["like_words"]["synonyms"], serde_json::json!(["gara, appalto"]));
    assert_eq!(analysis["filter"]["stems"]["language"], "italian");
    let fields = &mapping["mappings"]["properties"];
    assert_eq!(fields["facets"]["properties"]["temi"]["type"], "keyword");
    assert_eq!(fields["sections"]["type"], "nested");
}

#[test]
fn a_search_can_be_narrowed() {
    let folder = Folder::with_site(
        "narrowed",
        "
        //- vasta.yaml
            taxonomies:
              temi: { title: Temi, singular: Tema }
        //- content/a.md
            ---
            title: Gare
            temi: [Appalti]
            ---
        //- content/b.md
            ---
            title: Gare e fondi
            temi: [Fondi]
            ---
        ",
    );
    assert_eq!(said(&vasta(folder.path(), &["build"])).1, 0);
    let output = vasta(folder.path(), &["search", "gare", "--json", "--facet", "temi=Fondi"]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("b/index.html") && !text.contains("a/index.html"), "{text}");
}

#[test]
fn the_terminal_completes_every_command_and_has_a_page_of_each() {
    let printed = |arguments: &[&str]| {
        let output = vasta(repository(), arguments);
        assert!(output.status.success(), "{arguments:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let help = printed(&["--help"]);
    let commands = help.split("Commands:").nth(1).and_then(|rest| rest.split("Options:").next());
    let commands = commands.expect("a list of commands").lines();
    let commands = commands.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() > 15, "{commands:?}");
    let scripts = ["bash", "zsh", "fish"].map(|shell| printed(&["completions", shell]));
    for command in commands.into_iter().filter(|command| *command != "help") {
        assert!(scripts.iter().all(|script| script.contains(command)), "{command}");
        let page = printed(&["man", command]);
        assert!(page.contains(&format!(".TH vasta-{command} 1")), "{page}");
    }
    assert!(printed(&["man"]).contains(".SH SUBCOMMANDS"));
}
