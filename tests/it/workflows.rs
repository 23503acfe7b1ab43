//! What runs vasta around git: the files are complete, they go where they are looked for, nothing of others is
//! overwritten, and the hook stops a commit that would break the site.

use std::fs;
use std::path::Path;
use std::process::Command;

use vasta::base::SourcePath;
use vasta::source::yaml::{self, Node, Yaml};

use crate::fixture::{Folder, assert_generated, repository, said, vasta};

const SITE: &str = "
    //- vasta.yaml
    title: Prova
    //- content/_index.md
    # Prova

    Va alla [pagina A](a.md).
    //- content/a.md
    # A
";

const INSTALL: [&str; 2] =
    ["--install", "cargo install --locked --git https://esempio.it/vasta vasta"];

/// Runs git as somebody, with the built program in its path.
fn git(folder: &Path, arguments: &[&str]) -> (String, bool) {
    let program = Path::new(env!("CARGO_BIN_EXE_vasta")).parent().expect("a folder").to_owned();
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(program).chain(std::env::split_paths(&inherited));
    let mut git = Command::new("git");
    git.args(["-c", "user.name=Prova", "-c", "user.email=prova@esempio.it"]).args(arguments);
    git.current_dir(folder).env("PATH", std::env::join_paths(folders).expect("paths"));
    git.env("LANG", "it_IT.UTF-8").env_remove("LC_ALL").env_remove("LC_MESSAGES");
    let output = git.output().expect("git runs");
    (String::from_utf8_lossy(&output.stderr).into_owned(), output.status.success())
}

/// A repository with a site in it, in a folder or at its root.
fn with_git(name: &str, site: &str) -> Folder {
    let folder = Folder::with_site(name, site);
    assert!(git(folder.path(), &["init", "--quiet"]).1);
    folder
}

fn read(folder: &Folder, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).expect("a written file")
}

#[test]
fn each_file_is_complete_and_where_it_is_looked_for() {
    let folder = with_git("workflows", &SITE.replace("//- ", "//- sito/"));
    let site = folder.path().join("sito");
    let run = |what: &[&str]| {
        let output = vasta(&site, what);
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        told + &said(&output).0
    };
    let told = [
        run(&[&["workflow", "github"], &INSTALL[..]].concat()),
        run(&[&["workflow", "gitlab"], &INSTALL[..]].concat()),
        run(&["workflow", "pre-commit"]),
    ];
    insta::assert_snapshot!(told.concat(), @"
    `.github/workflows/vasta.yml`: leggi i commenti, poi aggiungilo con un commit
    `.gitlab-ci.yml`: leggi i commenti, poi aggiungilo con un commit
    `.git/hooks/pre-commit`: da ora git controlla il sito prima di ogni commit
    ");
    insta::assert_snapshot!("workflow_github", read(&folder, ".github/workflows/vasta.yml"));
    insta::assert_snapshot!("workflow_gitlab", read(&folder, ".gitlab-ci.yml"));
    insta::assert_snapshot!("workflow_pre_commit", read(&folder, ".git/hooks/pre-commit"));
}

#[test]
fn the_workflows_of_this_repository_are_what_the_program_writes() {
    for (name, file) in [("github", ".github/workflows/vasta.yml"), ("gitlab", ".gitlab-ci.yml")] {
        assert_generated(file, &["workflow", name, "--to", "-"], "workflows");
    }
}

/// The value at the end of a path of keys.
fn at<'a>(node: &'a Node, path: &[&str]) -> &'a Node {
    path.iter().fold(node, |node, key| node.get(key).unwrap_or_else(|| panic!("no `{key}`")))
}

/// Every text in a value.
fn texts(node: &Node) -> Vec<String> {
    match &node.yaml {
        Yaml::Null => Vec::new(),
        Yaml::Scalar(scalar) => vec![scalar.text.clone()],
        Yaml::List(items) => items.iter().flat_map(texts).collect(),
        Yaml::Map(entries) => entries.iter().flat_map(|(_, value)| texts(value)).collect(),
    }
}

#[test]
fn both_pipelines_are_yaml_and_do_what_they_say() {
    let parsed = |file: &str| {
        let text = fs::read_to_string(repository().join(file)).expect("a file");
        let path = SourcePath::new(file).expect("a path");
        let read = yaml::parse(&path, &text, 0..text.len());
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        read.value
    };
    let github = parsed(".github/workflows/vasta.yml");
    let steps = texts(at(&github, &["jobs", "sito", "steps"]));
    for command in ["cargo install --locked --path .\n", "vasta check --format github"] {
        assert!(steps.iter().any(|step| step == command), "{command}: {steps:?}");
    }
    assert_eq!(texts(at(&github, &["permissions"])), ["read"]);
    assert_eq!(texts(at(&github, &["jobs", "pubblica", "permissions"])), ["write", "write"]);
    let gitlab = parsed(".gitlab-ci.yml");
    let script =
        ["vasta check --format gitlab > gl-code-quality-report.json", "vasta build --out public"];
    assert_eq!(texts(at(&gitlab, &["sito", "script"])), script);
    let report = at(&gitlab, &["sito", "artifacts", "reports", "codequality"]);
    assert_eq!(texts(report), ["gl-code-quality-report.json"]);
    assert_eq!(texts(at(&gitlab, &["sito", "artifacts", "when"])), ["always"]);
}

#[test]
fn what_somebody_wrote_stays() {
    let folder = with_git("workflow-kept", SITE);
    folder.write(".git/hooks/pre-commit", "#!/bin/sh\n");
    folder.write(".gitlab-ci.yml", "a: b\n");
    let mut told = Vec::new();
    let again = [&["workflow", "gitlab"], &INSTALL[..]].concat();
    for arguments in [&["workflow", "pre-commit"][..], &again, &["workflow", "github"]] {
        for language in ["it", "en"] {
            let (text, code) =
                said(&vasta(folder.path(), &[arguments, &["--lang", language]].concat()));
            assert_eq!(code, 2, "{text}");
            let root = folder.path().canonicalize().expect("a folder");
            told.push(text.replace(&*root.to_string_lossy(), "…"));
        }
    }
    insta::assert_snapshot!("workflow_refused", told.concat());
    assert_eq!(read(&folder, ".git/hooks/pre-commit"), "#!/bin/sh\n");
    assert_eq!(read(&folder, ".gitlab-ci.yml"), "a: b\n");
    // What the program wrote is no obstacle.
    for _ in 0..2 {
        let to = ["workflow", "pre-commit", "--to", "altrove"];
        assert_eq!(said(&vasta(folder.path(), &to)), (String::new(), 0));
    }
    assert!(read(&folder, "altrove/pre-commit").starts_with("#!/bin/sh\n"));
}

#[test]
fn without_a_repository_there_is_no_hook() {
    let folder = Folder::with_site("workflow-no-git", SITE);
    let (text, code) = said(&vasta(folder.path(), &["workflow", "pre-commit"]));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("git init"), "{text}");
    let github = [&["workflow", "github"], &INSTALL[..]].concat();
    assert_eq!(said(&vasta(folder.path(), &github)).1, 0);
    assert!(!read(&folder, ".github/workflows/vasta.yml").contains("--site"));
}

#[cfg(unix)]
#[test]
fn the_hook_stops_a_commit_with_a_broken_link_and_lets_a_good_one_through() {
    let folder = with_git("workflow-hook", &SITE.replace("//- ", "//- il sito/"));
    let root = folder.path();
    assert_eq!(said(&vasta(&root.join("il sito"), &["workflow", "pre-commit"])).1, 0);
    let commit = || {
        assert!(git(root, &["add", "--all"]).1);
        git(root, &["commit", "--quiet", "--message", "Prova"])
    };
    assert_eq!(commit(), (String::new(), true));
    folder.write("il sito/content/a.md", "# A\n\nVa [via](manca.md).\n");
    let (told, is_done) = commit();
    assert!(!is_done && told.contains("manca.md"), "{told}");
    assert!(told.contains("Commit fermato") && told.contains("git commit --no-verify"), "{told}");
    assert!(git(root, &["commit", "--quiet", "--no-verify", "--message", "Prova"]).1);
    folder.write("il sito/content/a.md", "# A\n\nResta.\n");
    assert_eq!(commit(), (String::new(), true));
}
