//! The same tree gives the same bytes: anywhere, at any time, with a warm memo or a cold one.

use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config as RunnerConfig, TestCaseError, TestRunner};
use vasta::base::Checked;
use vasta::pipeline::{self, Built, Memo, Settings};
use vasta::source::Tree;

use crate::fixture::{Folder, command, contents, repository};

#[test]
fn two_builds_in_other_places_and_time_zones_are_equal() {
    let folder = Folder::new("places");
    let site = repository().to_string_lossy().into_owned();
    let built = |name: &str, zone: &str| {
        let out = folder.path().join(name);
        let out_text = out.to_string_lossy().into_owned();
        let arguments = ["build", "--site", site.as_str(), "--out", &out_text];
        let status = command(Path::new("/"), &arguments).env("TZ", zone).status();
        assert!(status.expect("the program runs").success());
        contents(&out)
    };
    assert!(built("uno", "Pacific/Kiritimati") == built("due/tre", "America/Adak"));
}

/// One edit of a small site: which file, and what it then holds.
#[derive(Clone, Debug)]
enum Edit {
    Write(usize, usize, usize),
    Remove(usize),
    Configure(usize),
}

const FILES: [&str; 6] = [
    "content/_index.md",
    "content/a.md",
    "content/b.md",
    "content/g/_index.md",
    "content/g/c.md",
    "content/g/d.md",
];
const TITLES: [&str; 4] = ["Uno", "Due", "Tre", "SUA"];
const BODIES: [&str; 6] = [
    "Testo semplice con la SUA.\n",
    "## Fasi\n\nVedi [b](/b.md) e [c](/g/c.md#fasi).\n",
    "## Gare\n\n```json\n{\"a\": 1}\n```\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n[manca](manca.md)\n",
    "Nota.[^a]\n\n[^a]: La fonte.\n",
    "## Fasi\n\n## Fasi\n\n> [!NOTE]\n> Attenzione.\n",
];
const CONFIGURATIONS: [&str; 3] = [
    "title: A\n",
    "title: B\nbase_url: https://esempio.it\n",
    "titel: C\nmarkdown:\n  glossary: termine\n",
];

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        6 => (0..FILES.len(), 0..TITLES.len(), 0..BODIES.len())
            .prop_map(|(file, title, body)| Edit::Write(file, title, body)),
        1 => (0..FILES.len()).prop_map(Edit::Remove),
        1 => (0..CONFIGURATIONS.len()).prop_map(Edit::Configure),
    ];
    prop::collection::vec(edit, 1..12)
}

fn summary(built: &Checked<Built>) -> (Vec<(String, Vec<u8>)>, String) {
    let files = built.value.outputs.iter();
    let files = files.map(|file| (file.path.to_string(), file.bytes.to_vec())).collect();
    (files, format!("{:?}", built.diagnostics))
}

/// After each of many edits, a build that remembers everything equals one that remembers nothing,
/// in files and diagnostics.
#[test]
fn a_warm_build_equals_a_cold_one_after_any_edit() {
    let mut runner = TestRunner::new(RunnerConfig { cases: 48, ..RunnerConfig::default() });
    let result = runner.run(&edits(), |edits| {
        let memo = Memo::default();
        let mut site: Vec<(&str, String)> = vec![
            ("vasta.yaml", CONFIGURATIONS[0].to_owned()),
            ("content/_schemas/termine.yaml", "label: Termine\nfolder: g\n".to_owned()),
        ];
        for edit in edits {
            let (path, text) = match edit {
                Edit::Write(file, title, body) => {
                    let title = TITLES[title];
                    let page = format!("---\ntitle: {title}\n---\n{}", BODIES[body]);
                    (FILES[file], Some(page))
                }
                Edit::Remove(file) => (FILES[file], None),
                Edit::Configure(n) => ("vasta.yaml", Some(CONFIGURATIONS[n].to_owned())),
            };
            site.retain(|(known, _)| *known != path);
            site.extend(text.map(|text| (path, text)));
            let tree = Tree::of_texts(site.iter().map(|(path, text)| (*path, text.as_str())));
            let warm = pipeline::build(&tree, &Settings::default(), &memo);
            let cold = pipeline::build(&tree, &Settings::default(), &Memo::default());
            if summary(&warm) != summary(&cold) {
                return Err(TestCaseError::fail(format!("warm and cold differ for {site:?}")));
            }
        }
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn typing_in_one_body_renders_one_page() {
    let memo = Memo::default();
    let build = |text: &str| {
        let files = [("content/a.md", text), ("content/b.md", "Vedi [a](a.md).\n")];
        pipeline::build(&Tree::of_texts(files), &Settings::default(), &memo);
        memo.n_computed()
    };
    let description = "---\ntitle: A\ndescription: Fissa.\n---\n";
    let before = build(&format!("{description}Prima."));
    let after = build(&format!("{description}Dopo."));
    let added: Vec<usize> =
        after.iter().zip(before).map(|(after, before)| after - before).collect();
    assert_eq!(added, [1, 1, 1], "documents, pages and search segments");
}
