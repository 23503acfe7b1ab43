//! Bundles as the program makes them: whole, the same everywhere, all or none.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use vasta::write::bundle::verify;

use crate::fixture::Folder;

const SITE: &str = "
    //- vasta.yaml
    title: Prova & prove
    version: maggio 2026
    licence: { name: CC BY 4.0 }
    editions:
      folder: province
      id: sigla
      values:
        provincia.nome: { field: title, national: '[nome]' }
    //- content/_index.md
    ---
    title: Prova
    updated: 2026-05-04
    ---
    Vedi [la convenzione](convenzione.md) e [un altro sito](https://esempio.it/).
    //- content/convenzione.md
    ---
    title: Convenzione
    adattabile: true
    ---
    La {{ provincia.nome }} e il Comune.
    //- content/province/treviso.md
    ---
    title: Provincia di Treviso
    sigla: TV
    ---
    Testo.
    //- content/province/brescia.md
    ---
    title: Provincia di Brescia
    sigla: BS
    ---
    Testo.
    //- content/province/belluno.md
    ---
    title: Provincia di Belluno
    sigla: BL
    ---
    Testo.
";

/// Runs `vasta bundle` in a folder.
fn bundle(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vasta"));
    command.arg("bundle").args(["--today", "2026-11-26", "--lang", "it"]).args(arguments);
    command.current_dir(folder).envs(variables.iter().copied());
    command.output().expect("the program runs")
}

/// The bundles in the folder `dist`, by name.
fn bundles(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder.join("dist")).into_iter().flatten().flatten();
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, fs::read(entry.path()).expect("a bundle"))
    };
    let mut bundles: Vec<_> = entries.map(read).collect();
    bundles.sort();
    bundles
}

#[test]
fn a_bundle_is_whole_and_the_same_everywhere() {
    let [first, second] = ["bundle-1", "bundle-2"].map(|name| Folder::with_site(name, SITE));
    let made = bundle(first.path(), &["--all-editions"], &[("TZ", "UTC"), ("LC_ALL", "C")]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let others =
        [("TZ", "Pacific/Kiritimati"), ("LC_ALL", "it_IT.UTF-8"), ("RAYON_NUM_THREADS", "1")];
    assert!(bundle(second.path(), &["--all-editions"], &others).status.success());
    let (first, second) = (bundles(first.path()), bundles(second.path()));
    let names: Vec<&str> = first.iter().map(|(name, _)| name.as_str()).collect();
    let expected = ["bl", "bs", "tv"].map(|id| format!("prova-prove-{id}-maggio-2026.zip"));
    assert_eq!(names, expected);
    assert!(first == second, "the bytes differ");
    for (name, archive) in &first {
        assert!(verify::archive(archive, None).is_intact(), "{name}");
    }
}

#[test]
fn parts_of_all_editions_are_all_of_them() {
    let [whole, parts] = ["bundle-whole", "bundle-parts"].map(|name| Folder::with_site(name, SITE));
    assert!(bundle(whole.path(), &["--all-editions"], &[]).status.success());
    for part in ["1/2", "2/2"] {
        assert!(bundle(parts.path(), &["--all-editions", "--shard", part], &[]).status.success());
    }
    assert!(bundles(whole.path()) == bundles(parts.path()), "the union differs from one run");
}

#[test]
fn a_patch_is_made_since_an_older_bundle() {
    let folder = Folder::with_site("bundle-since", SITE);
    assert!(bundle(folder.path(), &["--edition", "tv", "--out", "dist"], &[]).status.success());
    let old = "prova-prove-tv-maggio-2026.zip";
    fs::rename(folder.path().join("dist").join(old), folder.path().join("old.zip")).expect("moved");
    folder.write("content/convenzione.md", "---\ntitle: Convenzione\n---\nUn testo nuovo.\n");
    let made = bundle(folder.path(), &["--edition", "tv", "--since", "old.zip"], &[]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let names: Vec<String> = bundles(folder.path()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["prova-prove-tv-maggio-2026-da-old.patch.zip", old]);
}

#[test]
fn with_a_mistake_in_one_edition_no_bundle_is_written() {
    let folder = Folder::with_site("bundle-mistake", SITE);
    folder.write("editions/tv/replace/convenzion.md", "Testo.\n");
    let made = bundle(folder.path(), &["--all-editions"], &[]);
    assert_eq!(made.status.code(), Some(1));
    let told = String::from_utf8_lossy(&made.stderr);
    assert!(told.contains("edizione tv, Provincia di Treviso:"), "{told}");
    assert!(told.contains("editions/tv/replace/convenzion.md"), "{told}");
    assert_eq!(bundles(folder.path()), []);
}
