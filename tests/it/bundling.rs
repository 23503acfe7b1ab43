//! Bundles as the program makes them: whole, the same everywhere, all or none.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use camino::Utf8Path;
use insta::assert_snapshot;
use vasta::base::archive::Opened;
use vasta::base::prose;
use vasta::write::bundle::apply::apply;
use vasta::write::bundle::verify;

use crate::fixture::{Folder, contents, files, said, unpack, vasta};

const SITE: &str = "
    //- vasta.yaml
    title: Prova & prove
    version: maggio 2026
    base_url: https://esempio.it/prova/
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
    run(Command::new(env!("CARGO_BIN_EXE_vasta")), folder, arguments, variables)
}

/// The same below a shell that has carried out `orders`: limits and masks that the program inherits.
#[cfg(unix)]
fn bundle_after(orders: &str, folder: &Path, arguments: &[&str]) -> Output {
    let mut shell = Command::new("sh");
    let line = format!("{orders}; exec \"$0\" \"$@\"");
    shell.args(["-c", &line, env!("CARGO_BIN_EXE_vasta")]);
    run(shell, folder, arguments, &[])
}

fn run(
    mut command: Command,
    folder: &Path,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> Output {
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
fn a_bundle_does_not_depend_on_the_order_in_which_files_were_made() {
    let first = Folder::with_site("bundle-order", SITE);
    let second = Folder::new("bundle-other-order");
    for (path, text) in files(SITE).into_iter().rev() {
        second.write(&path, text);
    }
    for folder in [&first, &second] {
        assert!(bundle(folder.path(), &["--all-editions"], &[]).status.success());
    }
    assert!(bundles(first.path()) == bundles(second.path()), "the bytes differ");
}

#[test]
#[cfg(unix)]
fn a_bundle_does_not_depend_on_who_may_read_new_files() {
    use std::os::unix::fs::PermissionsExt;

    let made = ["000", "077"].map(|mask| {
        let folder = Folder::with_site(&format!("bundle-mask-{mask}"), SITE);
        let arguments = ["--all-editions"];
        let made = bundle_after(&format!("umask {mask}"), folder.path(), &arguments);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let archive = folder.path().join("dist/prova-prove-tv-maggio-2026.zip");
        let mode = fs::metadata(archive).expect("a bundle").permissions().mode() & 0o777;
        (mode, bundles(folder.path()))
    });
    let [(open, first), (closed, second)] = made;
    assert_eq!((open, closed), (0o666, 0o600), "the mask has an effect");
    assert!(first == second, "the bytes differ");
}

#[test]
#[cfg(unix)]
fn on_a_full_disk_nothing_stays_behind() {
    let folder = Folder::with_site("bundle-full", SITE);
    assert!(bundle(folder.path(), &["--edition", "bs"], &[]).status.success());
    let before = bundles(folder.path());
    // A file that may not grow any more is to a program what a full disk is.
    let full = bundle_after("trap '' XFSZ; ulimit -f 16", folder.path(), &["--all-editions"]);
    let (text, code) = said(&full);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("non riesco a scrivere") && text.contains(".zip"), "{text}");
    assert!(bundles(folder.path()) == before, "something stays behind");
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

/// One file of an archive.
fn file(archive: &[u8], name: &str) -> String {
    let bytes = Opened::open(archive).ok().and_then(|archive| archive.read(name));
    String::from_utf8_lossy(&bytes.unwrap_or_else(|| panic!("no {name}"))).into_owned()
}

/// The folder of the site, its older bundle `old.zip`, and the site after some edits.
fn edited(name: &str) -> Folder {
    let folder = Folder::with_site(name, SITE);
    let guide = "---\ntitle: Una guida\n---\n";
    folder.write("content/guida.md", format!("{guide}Costa 100 euro.\n\nVale per tutti.\n"));
    folder.write("content/vecchia.md", "---\ntitle: La pagina vecchia\n---\nTesto.\n");
    assert!(bundle(folder.path(), &["--edition", "tv"], &[]).status.success());
    let dist = folder.path().join("dist");
    let old = dist.join("prova-prove-tv-maggio-2026.zip");
    fs::rename(old, folder.path().join("old.zip")).expect("moved");
    fs::remove_file(folder.path().join("content/vecchia.md")).expect("it is there");
    folder.write("content/guida.md", format!("{guide}Costa 250 euro.\n\nVale per tutti.\n"));
    let new = "---\ntitle: La pagina nuova\n---\nVedi [la convenzione](convenzione.md).\n";
    folder.write("content/nuova.md", new);
    let config = fs::read_to_string(folder.path().join("vasta.yaml")).expect("it is there");
    folder.write("vasta.yaml", config.replace("maggio", "giugno"));
    folder
}

#[test]
fn a_bundle_says_what_changed_since_an_older_one() {
    let [first, second] = ["since-1", "since-2"].map(edited);
    for folder in [&first, &second] {
        let made = bundle(folder.path(), &["--edition", "tv", "--since", "old.zip"], &[]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }
    let made = bundles(first.path());
    assert!(made == bundles(second.path()), "the bytes differ");
    let [(_, patch), (_, new)] = made.as_slice() else { panic!("a patch and a bundle") };
    assert!(verify::archive(new, None).is_intact());
    let page = file(new, "cosa-e-cambiato/index.html");
    assert_snapshot!(prose::blocks(&page).join("\n"));
    assert!(page.contains("<a href=\"../nuova/index.html\">La pagina nuova</a>"), "{page}");
    assert!(file(new, "APRIMI.html").contains("<a href=\"cosa-e-cambiato/index.html\">"));
    let edition = file(new, "edizione/index.html");
    assert!(edition.contains("<a href=\"../cosa-e-cambiato/index.html\">"), "{edition}");
    assert!(edition.contains("<a href=\"../APRIMI.html#verifica-questa-copia\">"), "{edition}");

    let copy = first.path().join("copia");
    let root = Utf8Path::from_path(&copy).expect("a name in UTF-8");
    unpack(&fs::read(first.path().join("old.zip")).expect("it is there"), root.as_std_path());
    apply(patch, root, None).expect("it fits");
    let whole = first.path().join("intera");
    unpack(new, &whole);
    assert_eq!(contents(&copy), contents(&whole));
}

#[test]
fn what_only_surrounds_a_text_is_no_change() {
    let folder = edited("since-same");
    let made = bundle(folder.path(), &["--edition", "tv", "--out", "nuova"], &[]);
    assert!(made.status.success());
    let old = "nuova/prova-prove-tv-giugno-2026.zip";
    let config = fs::read_to_string(folder.path().join("vasta.yaml")).expect("it is there");
    folder.write("vasta.yaml", config.replace("giugno", "luglio"));
    let made = bundle(folder.path(), &["--edition", "tv", "--since", old], &[]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let page = file(&bundles(folder.path())[1].1, "cosa-e-cambiato/index.html");
    assert!(page.contains("I testi delle pagine sono rimasti uguali."), "{page}");
    let again = bundles(folder.path());
    fs::write(folder.path().join("ancora.zip"), &again[1].1).expect("written");
    let made = bundle(folder.path(), &["--edition", "tv", "--since", "ancora.zip"], &[]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

#[test]
fn without_a_good_older_bundle_nothing_is_written() {
    let folder = edited("since-bad");
    let old = fs::read(folder.path().join("old.zip")).expect("it is there");
    let mut changed = old.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    for (edition, bytes) in
        [("tv", &b"nessun archivio"[..]), ("tv", &old[..middle]), ("tv", &changed), ("bs", &old)]
    {
        fs::write(folder.path().join("bad.zip"), bytes).expect("written");
        let made = bundle(folder.path(), &["--edition", edition, "--since", "bad.zip"], &[]);
        assert_eq!(made.status.code(), Some(2), "{edition}");
        let told = String::from_utf8_lossy(&made.stderr);
        let is_told = told.contains("la versione di partenza: ")
            || told.contains("non sono della stessa edizione dello stesso sito");
        assert!(is_told, "{told}");
        assert_eq!(bundles(folder.path()), []);
    }
}

#[test]
fn a_page_at_the_address_of_one_of_the_copy_is_told() {
    let folder = edited("since-taken");
    folder.write("content/cosa-e-cambiato.md", "---\ntitle: Mia\n---\nTesto.\n");
    let made = bundle(folder.path(), &["--edition", "tv", "--since", "old.zip"], &[]);
    assert_eq!(made.status.code(), Some(1));
    let told = String::from_utf8_lossy(&made.stderr);
    assert!(told.contains("content/cosa-e-cambiato.md"), "{told}");
    assert_eq!(bundles(folder.path()), []);
}

#[test]
fn a_bundle_names_the_commit_that_has_all_its_files() {
    let folder = Folder::with_site("bundle-commit", SITE);
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=Prova", "-c", "user.email=prova@esempio.it"]);
        git.args(arguments).current_dir(folder.path()).output()
    };
    let Ok(made) = git(&["init", "-q"]) else { return };
    assert!(made.status.success());
    let commit = || {
        assert!(bundle(folder.path(), &[], &[]).status.success());
        let archive = bundles(folder.path()).remove(0).1;
        verify::archive(&archive, None).manifest.expect("a manifest").facts.commit
    };
    assert_eq!(commit(), None, "nothing is committed");
    git(&["add", "content", "vasta.yaml"]).expect("git runs");
    git(&["commit", "-q", "-m", "Prova"]).expect("git runs");
    let head = git(&["rev-parse", "HEAD"]).expect("git runs").stdout;
    assert_eq!(commit(), Some(String::from_utf8_lossy(&head).trim().to_owned()));
    folder.write("content/nuova.md", "Testo.\n");
    assert_eq!(commit(), None, "a page is in no commit");
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

#[test]
fn a_sentence_of_the_own_site_is_a_small_patch() {
    let folder = Folder::with_own_site("bundle-own");
    let site = folder.path();
    let made = bundle(site, &["--edition", "tv"], &[]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let (name, old) = bundles(site).remove(0);
    folder.write("old.zip", &old);
    unpack(&old, &site.join("copy"));

    let page = "content/pratiche/treviso.md";
    let text = fs::read_to_string(site.join(page)).expect("a page");
    folder.write(page, text.trim_end().to_owned() + "\n\nUna frase in più per questa prova.\n");
    let made = bundle(site, &["--edition", "tv", "--since", "old.zip"], &[]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));

    let new = fs::read(site.join("dist").join(&name)).expect("the new bundle");
    assert!(new != old, "the sentence is in no file");
    let patch = format!("dist/{}-da-old.patch.zip", name.trim_end_matches(".zip"));
    let n_bytes = fs::read(site.join(&patch)).expect("the patch").len();
    assert!(n_bytes * 50 <= new.len(), "{n_bytes} of {} bytes", new.len());
    let (text, code) = said(&vasta(site, &["apply", &patch, "copy"]));
    assert_eq!(code, 0, "{text}");
    unpack(&new, &site.join("expected"));
    assert!(contents(&site.join("copy")) == contents(&site.join("expected")), "the files differ");
}
