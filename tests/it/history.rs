//! What a page shows of its repository: where it is edited, where its history is read, and, when the site
//! asks, what git knows of it. Nobody is named.

use std::path::Path;
use std::process::Command;

use vasta::pipeline::{self, Settings};
use vasta::source::{Tree, edition};

use crate::fixture::{Folder, built, files, said, told, tree, vasta};

/// A site whose `vasta.yaml` says `repository` in this way, with a page in a folder.
fn site(repository: &str) -> String {
    format!(
        "//- vasta.yaml\ntitle: Prova\nrepository: {repository}\n\
         //- content/guide/perché no.md\n---\ntitle: Perché no\nslug: no\ndescription: Perché.\n---\nTesto.\n"
    )
}

/// The addresses at which the page, and the folder that nobody wrote, are edited and their history is read.
fn addresses(repository: &str) -> Vec<String> {
    let site = site(repository);
    let built = built(&site);
    assert_eq!(told(&built, &tree(&site)), "");
    let pages = ["guide/no/index.html", "guide/index.html"];
    let pages = pages.map(|page| {
        String::from_utf8(built.value.outputs.get(page).expect("a page").to_vec()).expect("UTF-8")
    });
    let dates = pages.iter().filter_map(|page| page.split("it-page-dates").nth(1));
    let dates = dates.map(|rest| rest.split("</ul>").next().unwrap_or_default());
    let links = dates.flat_map(|dates| dates.split("href=\"").skip(1));
    links.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_forge_has_its_addresses() {
    let file = "content/guide/perch%C3%A9%20no.md";
    let cases = [
        ("{ url: https://github.com/ente/sito }", "edit/main", "commits/main"),
        (
            "{ url: https://gitlab.com/ente/sito, branch: pubblico }",
            "-/edit/pubblico",
            "-/commits/pubblico",
        ),
        ("{ url: https://codeberg.org/ente/sito/ }", "_edit/main", "commits/branch/main"),
        (
            "{ url: https://git.ente.it/ente/sito, forge: gitlab, folder: /sito web/ }",
            "-/edit/main/sito%20web",
            "-/commits/main/sito%20web",
        ),
    ];
    for (repository, edit, history) in cases {
        let url = repository.split(['{', ',', '}']).nth(1).unwrap_or_default();
        let url = url.trim().trim_start_matches("url: ").trim_end_matches('/');
        let expected = [history, edit].map(|place| format!("{url}/{place}/{file}"));
        assert_eq!(addresses(repository), expected, "{repository}");
    }
    assert_eq!(addresses("https://github.com/ente/sito"), [""; 0]);
}

#[test]
fn a_repository_that_says_too_little_is_told() {
    let told = |repository: &str| {
        let site = site(repository);
        told(&built(&site), &tree(&site))
    };
    assert_eq!(
        told("{ url: https://git.ente.it/sito }"),
        "vasta.yaml:2:13 V006 manca il campo `forge`\n"
    );
    assert_eq!(told("{ branch: main }"), "vasta.yaml:2:13 V006 manca il campo `url`\n");
    assert!(told("{ url: https://a.it, forge: svn }").contains("V008 `svn`"));
}

#[test]
fn what_git_knows_is_a_file_of_the_tree() {
    let shown = |history: &str| {
        let site = site("{ url: https://github.com/ente/sito, history: true }");
        let site = format!("{site}//- git-history\n{history}");
        let built = built(&site);
        let page = built.value.outputs.get("guide/no/index.html").expect("a page").to_vec();
        let page = String::from_utf8(page).expect("UTF-8");
        (page.contains("Autori: 3"), page.contains("2026-05-01"), told(&built, &tree(&site)))
    };
    let known = "content/guide/perché no.md\t2026-05-01\t3\n";
    assert_eq!(shown(known), (true, true, String::new()));
    let unknown =
        "vasta.yaml:2:59 V077 git non sa quando sono cambiate le pagine, o non sa tutto\n";
    assert_eq!(shown(""), (false, false, unknown.to_owned()));
}

fn git(folder: &Path, author: &str, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(arguments);
    for role in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{role}_NAME"), author);
        git.env(format!("GIT_{role}_EMAIL"), format!("{author}@esempio.it"));
        git.env(format!("GIT_{role}_DATE"), "2026-04-02T12:00:00+0200");
    }
    let done = git.output().expect("git runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// The site of `folder`, and how many pages a build renders.
fn rendered(folder: &Path) -> u64 {
    let output = vasta(folder, &["build", "--verify", "--stats", "json"]);
    assert_eq!(said(&output).1, 0, "{}", said(&output).0);
    let statistics = String::from_utf8(output.stdout).expect("UTF-8");
    let statistics = statistics.split("\n}").next().expect("an object").to_owned() + "\n}";
    let statistics: serde_json::Value = serde_json::from_str(&statistics).expect("JSON");
    statistics["work"]["rendered"].as_u64().expect("a number")
}

#[test]
fn a_commit_makes_the_pages_that_it_touched_again_and_no_other() {
    let site = site("{ url: https://github.com/ente/sito, history: true }");
    let folder = Folder::with_site("history", &format!("{site}//- content/altra.md\nAltro.\n"));
    let root = folder.path();
    git(root, "anna", &["init", "--quiet", "--initial-branch=main"]);
    folder.write(".gitignore", "public/\n.vasta/\n");
    git(root, "anna", &["add", "."]);
    git(root, "anna", &["commit", "--quiet", "-m", "Prima"]);
    assert!(rendered(root) > 0);
    assert_eq!(rendered(root), 0);
    let page = root.join("public/guide/no/index.html");
    let text = || std::fs::read_to_string(&page).expect("a page");
    assert!(text().contains("2 aprile 2026") && text().contains("Autori: 1"), "{}", text());
    git(root, "ugo", &["commit", "--quiet", "--allow-empty", "-m", "Niente"]);
    assert_eq!(rendered(root), 0);
    folder.write(
        "content/guide/perché no.md",
        "---\ntitle: Perché no\nslug: no\ndescription: Perché.\n---\nAltro testo.\n",
    );
    assert_eq!(rendered(root), 1);
    git(root, "ugo", &["commit", "--quiet", "-am", "Seconda"]);
    assert_eq!(rendered(root), 1);
    assert!(text().contains("Autori: 2"));
    let whole = crate::fixture::contents(&root.join("public"));
    let names_somebody = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("ugo@");
    assert!(!whole.iter().any(|(_, bytes)| names_somebody(bytes)));
}

#[test]
fn an_edition_leads_to_the_file_that_takes_the_place_of_a_national_one() {
    let site = "
        //- vasta.yaml
        title: Prova
        repository: { url: https://github.com/ente/sito, history: true }
        editions: { folder: province, id: sigla }
        //- content/_schemas/provincia.yaml
        label: Provincia
        folder: province
        fields: { sigla: { kind: text, label: Sigla } }
        //- content/province/treviso.md
        ---
        title: Provincia di Treviso
        sigla: TV
        ---
        //- content/guida.md
        La guida nazionale.
        //- editions/tv/replace/guida.md
        La guida di Treviso.
    ";
    let history = "content/guida.md\t2026-01-01\t1\neditions/tv/replace/guida.md\t2026-02-02\t2\n";
    let texts = files(site);
    let texts = texts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let tree = Tree::of_texts(texts.chain([("git-history", history)]));
    let selected = edition::select(&tree, Some("tv")).expect("there is one");
    let built = pipeline::build(&selected.value.expect("a tree"), &Settings::default());
    let page = built.value.outputs.get("guida/index.html").expect("a page").to_vec();
    let page = String::from_utf8(page).expect("UTF-8");
    assert!(page.contains("/edit/main/editions/tv/replace/guida.md"), "{page}");
    assert!(page.contains("2026-02-02") && page.contains("Autori: 2"), "{page}");
}
