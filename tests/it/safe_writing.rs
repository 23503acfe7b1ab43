//! The folder of the site: only what vasta made is touched, and only when it differs; and whoever
//! stops the program leaves whole files.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::fixture::{Folder, command, contents, said, vasta};

const SITE: &str = "
//- content/_index.md
# Inizio
//- content/a.md
# A
//- content/b.md
# B
";

fn stats(output: &std::process::Output) -> [u64; 3] {
    let stats: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    ["written", "kept", "removed"].map(|key| stats["files"][key].as_u64().expect("a number"))
}

#[test]
fn unchanged_files_are_not_touched_and_orphans_are_removed() {
    let folder = Folder::with_site("orphans", SITE);
    let build = || stats(&vasta(folder.path(), &["build", "--stats", "json"]));
    let [written, kept, removed] = build();
    assert!(written > 5);
    assert_eq!((kept, removed), (0, 0));
    let time = |path: &str| {
        fs::metadata(folder.path().join(path)).and_then(|found| found.modified()).expect("a file")
    };
    let before = time("public/a/index.html");
    assert_eq!(build(), [0, written, 0]);
    assert_eq!(time("public/a/index.html"), before);
    fs::remove_file(folder.path().join("content/b.md")).expect("it is there");
    assert!(build()[2] >= 1);
    assert!(!folder.path().join("public/b").exists());
    // What somebody changed by hand is put right again.
    folder.write("public/a/index.html", "altro");
    assert_eq!(build()[0], 1);
}

#[test]
fn a_folder_that_vasta_did_not_make_is_refused() {
    let folder = Folder::with_site("refused", SITE);
    folder.write("public/tesi.doc", "il lavoro di una vita");
    let (text, code) = said(&vasta(folder.path(), &["build"]));
    assert_eq!(code, 2);
    assert!(text.contains("non l'ha creata vasta"), "{text}");
    assert_eq!(contents(&folder.path().join("public")).len(), 1);
}

#[test]
fn what_a_stopped_build_left_beside_the_folder_is_cleared_and_nothing_else() {
    let site = "//- content/a.md\nTesto.\n";
    // Stopped before its place was taken, and stopped while that was cleared.
    let list = "vasta 1: the files below were made by vasta, which may replace or remove them\n";
    for sign in [(".vasta-files", list), (".vasta-tmp", "")] {
        let folder = Folder::with_site("beside", site);
        folder.write(&format!("public.vasta-tmp/{}", sign.0), sign.1);
        folder.write("public.vasta-tmp/vecchia/index.html", "vecchia");
        assert_eq!(said(&vasta(folder.path(), &["build"])).1, 0);
        assert!(folder.path().join("public/a/index.html").is_file());
        assert!(!folder.path().join("public/vecchia").exists(), "{sign:?}");
    }
    // A folder of this name that somebody else made.
    let folder = Folder::with_site("beside-foreign", site);
    folder.write("public.vasta-tmp/mia.txt", "mia");
    let (text, code) = said(&vasta(folder.path(), &["build"]));
    assert_eq!(code, 2, "{text}");
    assert!(folder.path().join("public.vasta-tmp/mia.txt").is_file());
}

#[test]
fn files_that_others_put_into_the_folder_stay() {
    let folder = Folder::with_site("guests", SITE);
    assert_eq!(said(&vasta(folder.path(), &["build"])).1, 0);
    folder.write("public/CNAME", "esempio.it");
    fs::remove_file(folder.path().join("content/b.md")).expect("it is there");
    assert_eq!(said(&vasta(folder.path(), &["build"])).1, 0);
    assert!(folder.path().join("public/CNAME").exists());
}

#[test]
#[cfg(unix)]
fn a_link_in_the_folder_is_not_followed() {
    let folder = Folder::with_site("out-link", SITE);
    let elsewhere = Folder::new("out-link-elsewhere");
    assert_eq!(said(&vasta(folder.path(), &["build"])).1, 0);
    let target = folder.path().join("public/a");
    fs::remove_dir_all(&target).expect("it is there");
    std::os::unix::fs::symlink(elsewhere.path(), &target).expect("a link");
    let (text, code) = said(&vasta(folder.path(), &["build"]));
    assert_eq!(code, 2, "{text}");
    assert!(contents(elsewhere.path()).is_empty());
}

/// Fifty builds are stopped at random moments; every file that is there is whole, and the next
/// build makes the folder equal to a clean one.
#[test]
fn stopping_at_any_moment_leaves_whole_files() {
    let folder = Folder::new("stopped");
    let write_site = |version: usize| {
        for page in 0..150 {
            let text =
                format!("# Pagina {page}\n\nVersione {version}.\n\n{}", "Parole. ".repeat(200));
            folder
                .write(&format!("content/cartella-{}/p{page}.md", page % (7 + version % 3)), text);
        }
    };
    let clean = |version: usize| {
        let name = format!("pulito-{version}");
        assert_eq!(said(&vasta(folder.path(), &["build", "--out", &name])).1, 0);
        contents(&folder.path().join(name))
    };
    write_site(0);
    let first = clean(0);
    fs::remove_dir_all(folder.path().join("content")).expect("it is there");
    write_site(1);
    let second = clean(1);
    let out = folder.path().join("public");
    // Not random but spread: from before the first write to after the last one.
    for attempt in 0..50_u64 {
        fs::remove_dir_all(folder.path().join("content")).expect("it is there");
        write_site(usize::from(attempt % 2 == 1));
        let mut child = command(folder.path(), &["build"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        std::thread::sleep(Duration::from_micros(2_000 + attempt * 4_300));
        child.kill().expect("it can be stopped");
        child.wait().expect("it ends");
        assert_whole(&out, &[&first, &second]);
    }
    let (text, code) = said(&vasta(folder.path(), &["build"]));
    assert_eq!(code, 0, "{text}");
    assert!(contents(&out) == second, "the next build equals a clean one");
}

/// Every file of the site is one of the two versions, to the byte.
fn assert_whole(out: &Path, versions: &[&[(String, Vec<u8>)]]) {
    if !out.exists() {
        return;
    }
    // What was begun under a temporary name is not part of the site yet.
    let of_site = |path: &str| !path.contains(".vasta-");
    for (path, bytes) in contents(out).iter().filter(|(path, _)| of_site(path)) {
        let known = versions
            .iter()
            .any(|version| version.iter().any(|(known, whole)| known == path && whole == bytes));
        assert!(known, "`{path}` is not whole ({} bytes)", bytes.len());
    }
}
