//! All editions as folders: what building each alone writes, all or none.

use std::fs;

use vasta::base::Diagnostics;
use vasta::pipeline::Settings;
use vasta::pipeline::editions::Edition;
use vasta::write::{Sites, Trouble, Which};

use crate::fixture::{Folder, contents, said, vasta};

const SITE: &str = "
    //- vasta.yaml
    title: Prova
    editions:
      folder: province
      id: sigla
      values:
        provincia.nome: { field: title, national: '[nome]' }
    //- content/_index.md
    ---
    title: Prova
    ---
    Vedi [la convenzione](convenzione.md).
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
    //- editions/bs.yaml
    colour: '#0b5c3b'
    //- editions/bs/replace/_index.md
    ---
    title: Prova a Brescia
    ---
    La nostra [convenzione](convenzione.md).
    //- editions/tv/replace/_index.md
    ---
    title: Prova a Treviso
    ---
    La nostra [convenzione](convenzione.md).
    //- editions/tv/add/solo.md
    ---
    title: Solo a Treviso
    ---
    Una pagina in più.
";

const IDS: [&str; 3] = ["bl", "bs", "tv"];
const ALL: [&str; 4] = ["build", "--all-editions", "--today", "2026-11-26"];

#[test]
fn each_edition_is_what_it_is_when_it_is_built_alone() {
    let [together, alone] =
        ["editions-all", "editions-one"].map(|name| Folder::with_site(name, SITE));
    assert_eq!(said(&vasta(together.path(), &ALL)), (String::new(), 0));
    for id in IDS {
        let build = ["build", "--edition", id, "--today", "2026-11-26"];
        assert_eq!(said(&vasta(alone.path(), &build)), (String::new(), 0));
    }
    let dist = |folder: &Folder| contents(&folder.path().join("dist"));
    assert!(dist(&together) == dist(&alone), "the bytes differ");

    // Each finds the folders of the other, after an edit too.
    for folder in [&together, &alone] {
        folder.write("content/convenzione.md", "---\ntitle: Convenzione\n---\nUn testo nuovo.\n");
        fs::remove_file(folder.path().join("editions/tv/add/solo.md")).expect("it is there");
    }
    assert_eq!(said(&vasta(alone.path(), &ALL)), (String::new(), 0));
    for id in IDS {
        let build = ["build", "--edition", id, "--today", "2026-11-26"];
        assert_eq!(said(&vasta(together.path(), &build)), (String::new(), 0));
        assert_eq!(said(&vasta(alone.path(), &build)), (String::new(), 0));
    }
    assert!(dist(&together) == dist(&alone), "the bytes differ after an edit");
    assert!(!together.path().join("dist/tv/solo").exists());
}

#[test]
fn parts_of_all_editions_are_all_of_them() {
    let [whole, parts] =
        ["editions-whole", "editions-parts"].map(|name| Folder::with_site(name, SITE));
    let build = |folder: &Folder, more: &[&str]| {
        let arguments = [&ALL, ["--out", "siti"].as_slice(), more].concat();
        assert_eq!(said(&vasta(folder.path(), &arguments)), (String::new(), 0));
    };
    build(&whole, &[]);
    build(&parts, &["--shard", "1/2"]);
    assert!(!parts.path().join("siti/bs").exists(), "it is in the other part");
    build(&parts, &["--shard", "2/2"]);
    let sites = |folder: &Folder| contents(&folder.path().join("siti"));
    assert!(sites(&whole) == sites(&parts), "the union differs from one run");
}

#[test]
fn with_a_mistake_in_one_edition_no_folder_changes() {
    let folder = Folder::with_site("editions-mistake", SITE);
    assert_eq!(said(&vasta(folder.path(), &["build", "--edition", "bs"])), (String::new(), 0));
    let before = contents(&folder.path().join("dist"));
    folder.write("content/convenzione.md", "---\ntitle: Convenzione\n---\nUn testo nuovo.\n");
    folder.write("editions/tv/replace/convenzion.md", "Testo.\n");
    let (text, code) = said(&vasta(folder.path(), &ALL));
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("edizione tv, Provincia di Treviso:"), "{text}");
    assert!(text.contains("editions/tv/replace/convenzion.md"), "{text}");
    assert!(contents(&folder.path().join("dist")) == before, "something was written");
}

#[test]
fn a_folder_that_is_not_ours_stops_all() {
    let folder = Folder::with_site("editions-foreign", SITE);
    folder.write("dist/tv/mio.txt", "Mio.");
    let (text, code) = said(&vasta(folder.path(), &ALL));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("dist/tv"), "{text}");
    let left = contents(&folder.path().join("dist"));
    assert_eq!(left, [("tv/mio.txt".to_owned(), b"Mio.".to_vec())]);
}

#[test]
fn files_that_change_meanwhile_stop_all() {
    let folder = Folder::with_site("editions-changing", SITE);
    let root = camino::Utf8Path::from_path(folder.path()).expect("UTF-8");
    let out = root.join("dist");
    let which = Which::All(1, 1);
    let sites = Sites { root, out: &out, which, settings: Settings::default() };
    // One after the other: whoever comes second finds its page changed.
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let made = one_thread.install(|| {
        sites.make(&|_: &Edition| {
            for id in ["bs", "tv"] {
                folder.write(&format!("editions/{id}/replace/_index.md"), "Un altro testo.\n");
            }
            Ok(Diagnostics::new())
        })
    });
    let Err(Trouble::Disk(place, error)) = made else { panic!("nothing was noticed") };
    assert_eq!(place, root);
    assert!(error.to_string().contains("it changed while the site was being built"), "{error}");
}

#[test]
fn editions_are_listed() {
    let folder = Folder::with_site("editions-listed", SITE);
    let listed = vasta(folder.path(), &["editions"]);
    let text = String::from_utf8(listed.stdout).expect("UTF-8");
    assert_eq!(
        text,
        "bl  Provincia di Belluno\nbs  Provincia di Brescia\ntv  Provincia di Treviso\n"
    );
    let (text, code) = said(&vasta(folder.path(), &["editions", "--out", "dist"]));
    assert_eq!(code, 2, "{text}");
}
