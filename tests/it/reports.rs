//! The forms of `vasta check`: as they are documented, whole where a parser reads them, and the same from
//! every folder.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use serde_json::Value;

use crate::fixture::{Folder, said, vasta};

const SITE: &str = "
    //- vasta.yaml
        title: Prova
        base_url: https://esempio.it/prova
    //- content/redazione/errori.md
        # Errori
    //- content/più.md
        ---
        title: Uno
        title: Due
        ---
        È [rotto](manca.md), [rotto](manca.md).

        <iframe></iframe> & altro
    ";

/// What `vasta check --format` prints of the site, which lies in the folder `sito` of the call.
fn report(format: &str) -> String {
    let folder = Folder::new(&format!("report-{format}"));
    for (path, text) in crate::fixture::files(SITE) {
        folder.write(&format!("sito/{path}"), text);
    }
    let output = vasta(folder.path(), &["check", "--site", "sito", "--format", format]);
    let (summary, code) = said(&output);
    assert_eq!((summary.as_str(), code), ("3 errori, 1 avviso: il sito non è stato scritto\n", 1));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn json_has_the_fields_that_are_documented() {
    assert_snapshot!(report("json"));
}

#[test]
fn sarif_names_rules_places_and_fingerprints() {
    let report: Value = serde_json::from_str(&report("sarif")).expect("JSON");
    let run = &report["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let codes: Vec<&str> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert_eq!(codes, ["V003", "V009", "V026"]);
    assert_eq!(rules[1]["helpUri"], "https://esempio.it/prova/redazione/errori/#v009");
    let results = run["results"].as_array().expect("results");
    for result in results {
        let rule = result["ruleIndex"].as_u64().and_then(|at| usize::try_from(at).ok());
        assert_eq!(rules[rule.expect("a number")]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        assert_eq!(place["uri"], "sito/content/pi%C3%B9.md");
    }
    let prints: BTreeSet<&str> =
        results.iter().filter_map(|it| it["partialFingerprints"]["vasta/v1"].as_str()).collect();
    assert_eq!(prints.len(), 4, "equal lines have different fingerprints");
    let broken = results.iter().find(|it| it["ruleId"] == "V009").expect("one");
    assert_snapshot!(serde_json::to_string_pretty(broken).expect("JSON"));
}

#[test]
fn github_reads_workflow_commands() {
    assert_snapshot!(report("github"));
}

#[test]
fn gitlab_reads_code_quality() {
    assert_snapshot!(report("gitlab"));
}

#[test]
fn junit_is_well_formed_and_counts_its_cases() {
    let report = report("junit");
    let document = roxmltree::Document::parse(&report).expect("XML");
    let named = |name: &str| document.descendants().filter(|it| it.has_tag_name(name)).count();
    assert_eq!((named("testcase"), named("failure"), named("system-out")), (4, 3, 1));
    assert_snapshot!(report);
}

#[test]
fn a_site_without_findings_is_told_in_every_form() {
    let folder = Folder::with_site("report-none", "//- content/a.md\nTesto.\n");
    let told = |format: &str| {
        let output = vasta(folder.path(), &["check", "--format", format]);
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert_eq!(told("github"), "");
    assert_eq!(told("gitlab"), "[]\n");
    assert!(told("json").contains("\"findings\": []"));
    assert!(told("sarif").contains("\"results\": []"));
    assert!(told("junit").contains("tests=\"1\" failures=\"0\""));
}

#[test]
fn many_findings_are_counted_by_code() {
    let links: String = (0..5).map(|at| format!("[a](manca-{at}.md)\n")).collect();
    let site = format!("//- vasta.yaml\ntitel: A\n//- content/a.md\n{links}");
    let folder = Folder::with_site("report-many", &site);
    let counts = || {
        let (text, _) = said(&vasta(folder.path(), &["check"]));
        text.split_once("    5  ").expect("the counts").1.to_owned()
    };
    assert_snapshot!(counts());
    folder.write("vasta.yaml", "titel: A\nbase_url: https://esempio.it\n");
    folder.write("content/redazione/errori.md", "# Errori\n");
    assert!(counts().contains("; tutti sono in https://esempio.it/redazione/errori/\n"));
}
