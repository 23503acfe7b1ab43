//! Copies that are handed over: every byte that is another is found and named, and a patch makes of one
//! version exactly the next, or changes nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use camino::Utf8Path;
use vasta::base::archive::{Archive, Opened};
use vasta::base::deflate::Deflated;
use vasta::base::{Language, Table};
use vasta::write::bundle::apply::{Refused, apply};
use vasta::write::bundle::manifest::{MANIFEST, SIGNATURE, SUMS};
use vasta::write::bundle::patch::{self, BadPatch};
use vasta::write::bundle::report::{Finding, Report};
use vasta::write::bundle::{
    Facts, FileSum, Key, Manifest, NewKeys, Packed, Signer, changes, pack, verify,
};

use crate::fixture::{Folder, command, contents, said, unpack, vasta};

type Files = BTreeMap<String, Arc<[u8]>>;

fn files(given: &[(&str, &str)]) -> Files {
    given.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().into())).collect()
}

fn facts(version: &str) -> Facts {
    Facts {
        site: "Province & Comuni".to_owned(),
        edition: "treviso".to_owned(),
        edition_name: "Provincia di Treviso".to_owned(),
        version: version.to_owned(),
        date: "2026-11-26".parse().ok(),
        generator: "vasta 0.1.0".to_owned(),
        commit: None,
        licence: "CC BY 4.0".to_owned(),
        n_pages: 2,
    }
}

fn packed(files: &Files, version: &str, signer: Option<&Signer>) -> Vec<u8> {
    pack(&Packed::all(files, &Table::default()), facts(version), signer)
}

fn manifest(files: &Files, version: &str) -> Manifest {
    let sums = files.iter().map(|(name, bytes)| (name.clone(), FileSum::of([&**bytes])));
    Manifest::of(sums.collect(), facts(version))
}

fn small() -> Files {
    files(&[
        ("APRIMI.html", "<html><main><p>Apri la pagina.</p></main></html>"),
        (
            "a/index.html",
            "<html>capo<main><h1>A</h1><p>Testo testo testo testo.</p></main>coda</html>",
        ),
        ("segno.png", "PNG"),
        ("vuoto.txt", ""),
    ])
}

/// A site whose pages are long enough to compress like real ones.
fn large(n_pages: usize, edited: Option<usize>) -> Files {
    let mut files = small();
    for page in 0..n_pages {
        let mut seed = page as u64;
        let mut word = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            format!("parola{} ", (seed >> 33) % 5_000)
        };
        let mut text: String = (0..1_500).map(|_| word()).collect();
        if edited == Some(page) {
            text.insert_str(800, "una modifica ");
        }
        let page_text = format!("<html>capo<main>{text}</main>coda</html>");
        files.insert(format!("pagine/p{page}/index.html"), page_text.into_bytes().into());
    }
    files
}

fn keys() -> (Signer, Key) {
    let keys = NewKeys::generate(None);
    let signer = Signer::read(&keys.secret, None).expect("our own key");
    (signer, Key::read(&keys.public).expect("our own key"))
}

fn utf8(path: &Path) -> &Utf8Path {
    Utf8Path::from_path(path).expect("UTF-8")
}

fn checked(folder: &Path, key: Option<&Key>) -> Report {
    verify::folder(utf8(folder), key).expect("a folder")
}

fn found(report: &Report) -> Vec<(Finding, Vec<&str>)> {
    let mut found = Vec::new();
    for (finding, names) in &report.findings {
        found.push((*finding, names.iter().map(String::as_str).collect()));
    }
    found
}

/// An archive of these files, sealed, whatever they are.
fn archive_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Archive::new(None);
    for (name, bytes) in files {
        archive.add(name, &[&Deflated::of(bytes)]);
    }
    archive.sealed()
}

#[test]
fn every_changed_byte_and_every_cut_is_found_and_named() {
    let (signer, key) = keys();
    let bundle = packed(&small(), "1.0", Some(&signer));
    assert!(verify::archive(&bundle, Some(&key)).is_intact());
    let names: Vec<String> =
        Opened::open(&bundle).expect("an archive").names().map(str::to_owned).collect();
    let mut changed = bundle.clone();
    for at in 0..bundle.len() {
        for bit in [0x01, 0x80] {
            changed[at] ^= bit;
            let report = verify::archive(&changed, None);
            assert!(!report.is_intact(), "byte {at} of {}", bundle.len());
            let text = report.text(Language::Italian);
            let is_named =
                text.contains("l'archivio") || names.iter().any(|name| text.contains(name));
            assert!(is_named, "byte {at}: {text}");
            changed[at] ^= bit;
        }
        let cut = verify::archive(&bundle[..at], None).text(Language::Italian);
        assert!(cut.contains("l'archivio è tagliato"), "cut at {at}: {cut}");
    }
}

#[test]
fn what_is_wrong_with_a_folder_is_named() {
    let folder = Folder::new("bundle-folder");
    let (root, files) = (folder.path().join("copia"), small());
    unpack(&packed(&files, "1.0", None), &root);
    fs::write(root.join(".DS_Store"), "x").expect("writable");
    fs::write(root.join("a/Thumbs.db"), "x").expect("writable");
    let report = checked(&root, None);
    assert!(report.is_intact());
    assert_eq!(report.litter, [".DS_Store", "a/Thumbs.db"]);
    insta::assert_snapshot!("bundle_intact", both(&report));
    fs::write(root.join("a/index.html"), "altro").expect("writable");
    fs::write(root.join("nuovo.html"), "nuovo").expect("writable");
    fs::remove_file(root.join("segno.png")).expect("it is there");
    for number in 0..25 {
        fs::write(root.join(format!("in-piu-{number:02}")), "").expect("writable");
    }
    let report = checked(&root, None);
    assert_eq!(report.findings[&Finding::Changed].len(), 1);
    assert_eq!(report.findings[&Finding::Missing].len(), 1);
    assert_eq!(report.findings[&Finding::Extra].len(), 26);
    insta::assert_snapshot!("bundle_wrong", both(&report));
}

fn both(report: &Report) -> String {
    [Language::Italian, Language::English].map(|language| report.text(language)).join("\n")
}

#[test]
#[cfg(unix)]
fn a_link_is_not_followed() {
    let folder = Folder::new("bundle-link");
    let root = folder.path().join("copia");
    unpack(&packed(&small(), "1.0", None), &root);
    fs::rename(root.join("a/index.html"), folder.path().join("fuori")).expect("it can be moved");
    std::os::unix::fs::symlink(folder.path().join("fuori"), root.join("a/index.html"))
        .expect("a link");
    let report = checked(&root, None);
    let expected =
        [(Finding::Missing, vec!["a/index.html"]), (Finding::NoFile, vec!["a/index.html"])];
    assert_eq!(found(&report), expected);
}

#[test]
fn a_signature_says_who_made_it() {
    let (signer, key) = keys();
    let signed = packed(&small(), "1.0", Some(&signer));
    assert_eq!(signed, packed(&small(), "1.0", Some(&signer)), "the same each time");
    let unsigned = packed(&small(), "1.0", None);
    let mut told = String::new();
    for (archive, key) in [(&signed, Some(&key)), (&signed, None), (&unsigned, None)] {
        let report = verify::archive(archive, key);
        assert!(report.is_intact());
        told.push_str(&both(&report));
    }
    let report = verify::archive(&unsigned, Some(&key));
    assert_eq!(found(&report), [(Finding::Unsigned, vec![])]);
    told.push_str(&both(&report));
    let report = verify::archive(&signed, Some(&keys().1));
    assert!(report.findings.contains_key(&Finding::OtherKey));
    insta::assert_snapshot!("bundle_signed", told.replace(&key.id(), "0123456789ABCDEF"));
}

#[test]
fn a_manifest_that_was_changed_with_its_sums_is_found_by_the_signature() {
    let (signer, key) = keys();
    let folder = Folder::new("bundle-tampered");
    let root = folder.path().join("copia");
    unpack(&packed(&small(), "1.0", Some(&signer)), &root);
    let mut files = small();
    files.insert("a/index.html".to_owned(), b"falsa".as_slice().into());
    fs::write(root.join("a/index.html"), "falsa").expect("writable");
    let manifest = manifest(&files, "1.0");
    fs::write(root.join(MANIFEST), manifest.text()).expect("writable");
    let report = checked(&root, None);
    assert_eq!(found(&report), [(Finding::Disagree, vec![SUMS, MANIFEST])]);
    fs::write(root.join(SUMS), manifest.sums()).expect("writable");
    assert!(checked(&root, None).is_intact(), "nobody asked who made it");
    let report = checked(&root, Some(&key));
    assert_eq!(found(&report), [(Finding::BadSignature, vec![SUMS])]);
    fs::write(root.join(SIGNATURE), "niente").expect("writable");
    assert_eq!(found(&checked(&root, None)), [(Finding::BadSignature, vec![SIGNATURE])]);
}

#[test]
fn an_archive_that_would_do_harm_is_refused() {
    let manifest = |files: &Files| manifest(files, "1.0");
    let archive = |files: &Files, list: &Manifest| {
        let (text, sums) = (list.text(), list.sums());
        let mut all: Vec<(&str, &[u8])> =
            files.iter().map(|(name, bytes)| (name.as_str(), &**bytes)).collect();
        all.extend([(MANIFEST, text.as_bytes()), (SUMS, sums.as_bytes())]);
        verify::archive(&archive_of(&all), None)
    };
    for (name, finding) in [
        ("../fuori", Finding::Leaves),
        ("/etc/passwd", Finding::Leaves),
        ("C:\\a", Finding::Leaves),
        ("con.txt", Finding::NotPortable),
        ("A/INDEX.html", Finding::NotPortable),
    ] {
        let mut files = small();
        files.insert(name.to_owned(), b"x".as_slice().into());
        let report = archive(&files, &manifest(&files));
        assert!(
            report.findings[&finding].iter().any(|found| found.eq_ignore_ascii_case(name)),
            "{name}"
        );
    }
    // A list that promises other sizes than the directory: nothing is inflated.
    let bomb: Files = [("bomba".to_owned(), vec![0; 50 << 20].into())].into();
    let report = archive(&bomb, &manifest(&files(&[("bomba", "piccola")])));
    assert_eq!(found(&report), [(Finding::Changed, vec!["bomba"])]);
    // One that promises more than there can be.
    let mut list = manifest(&small());
    list.files.values_mut().for_each(|sum| sum.n_bytes = 3 << 30);
    assert!(archive(&small(), &list).findings.contains_key(&Finding::TooMuch));
    // The same name twice.
    let one: (&str, &[u8]) = ("a", b"A");
    assert!(verify::archive(&archive_of(&[one, one]), None).findings.contains_key(&Finding::Twice));
}

#[test]
fn bytes_that_compression_does_not_use_are_found_too() {
    let bundle = packed(&small(), "1.0", None);
    // The same contents, compressed in one piece and sealed again by a stranger: nothing is wrong with
    // them. Sealed no more, the file is named.
    let opened = Opened::open(&bundle).expect("an archive");
    let contents: Vec<(&str, Vec<u8>)> =
        opened.names().map(|name| (name, opened.read(name).expect("a file"))).collect();
    let borrowed: Vec<(&str, &[u8])> =
        contents.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let mut other = archive_of(&borrowed);
    assert!(verify::archive(&other, None).is_intact());
    *other.last_mut().expect("a seal") ^= 1;
    let report = verify::archive(&other, None);
    let expected = vec!["APRIMI.html", SUMS, "a/index.html", MANIFEST, "segno.png"];
    assert_eq!(found(&report), [(Finding::Repacked, expected)]);
    let mut broken_seal = bundle.clone();
    *broken_seal.last_mut().expect("a seal") ^= 1;
    assert_eq!(found(&verify::archive(&broken_seal, None)), [(Finding::Frame, vec![])]);
}

/// Runs a program of the system if there is one.
#[expect(clippy::print_stdout, reason = "a test that was skipped says why")]
fn tool(program: &str, arguments: &[&str], folder: &Path) -> Option<(bool, String)> {
    match Command::new(program).args(arguments).current_dir(folder).stdin(Stdio::null()).output() {
        Ok(output) => {
            let text = [output.stdout, output.stderr].concat();
            Some((output.status.success(), String::from_utf8_lossy(&text).into_owned()))
        }
        Err(error) => {
            println!("skipped: `{program}` does not run here ({error})");
            None
        }
    }
}

#[test]
fn other_programs_open_the_archive() {
    let folder = Folder::new("bundle-tools");
    folder.write("sito.zip", packed(&large(120, None), "1.0", None));
    let python = "import zipfile; z = zipfile.ZipFile('sito.zip'); assert z.testzip() is None; \
                  z.extractall('fuori')";
    let calls: [(&str, &[&str]); 3] = [
        ("unzip", &["-tqq", "sito.zip"]),
        ("7z", &["t", "sito.zip"]),
        ("python3", &["-c", python]),
    ];
    for (program, arguments) in calls {
        if let Some((is_good, text)) = tool(program, arguments, folder.path()) {
            assert!(is_good, "{program}: {text}");
        }
    }
    let unpacked = folder.path().join("fuori");
    if unpacked.is_dir() {
        assert!(checked(&unpacked, None).is_intact());
        if let Some((is_good, text)) = tool("sha256sum", &["--quiet", "-c", SUMS], &unpacked) {
            assert!(is_good, "{text}");
        }
    }
}

#[test]
fn minisign_checks_our_signatures_and_signs_for_us() {
    let folder = Folder::new("bundle-minisign");
    let (text, code) = said(&vasta(folder.path(), &["key", "mia"]));
    assert_eq!(code, 0, "{text}");
    let secret = fs::read_to_string(folder.path().join("mia.key")).expect("a key");
    let signer = Signer::read(&secret, None).expect("our own key");
    unpack(&packed(&small(), "1.0", Some(&signer)), &folder.path().join("copia"));
    let verify_arguments = ["-V", "-p", "mia.pub", "-m", "copia/SHA256SUMS"];
    let Some((is_good, text)) = tool("minisign", &verify_arguments, folder.path()) else { return };
    assert!(is_good, "{text}");
    assert!(text.contains("Province & Comuni treviso 1.0 2026-11-26"), "{text}");
    // Its keys are ours, and ours are its.
    let sign = ["-S", "-s", "mia.key", "-m", "copia/SHA256SUMS", "-t", "a mano"];
    let (is_good, text) = tool("minisign", &sign, folder.path()).expect("it ran before");
    assert!(is_good, "{text}");
    let (text, code) = said(&vasta(folder.path(), &["verify", "copia", "--key", "mia.pub"]));
    assert_eq!(code, 0, "{text}");
    let generate = ["-G", "-W", "-p", "sua.pub", "-s", "sua.key"];
    let (is_good, text) = tool("minisign", &generate, folder.path()).expect("it ran before");
    assert!(is_good, "{text}");
    let text = fs::read_to_string(folder.path().join("sua.key")).expect("a key");
    let theirs = Signer::read(&text, None).expect("a key of minisign");
    let text = fs::read_to_string(folder.path().join("sua.pub")).expect("a key");
    assert_eq!(Key::read(&text), Ok(theirs.key()));
}

#[test]
fn keys_are_made_once() {
    let folder = Folder::new("bundle-keys");
    assert_eq!(said(&vasta(folder.path(), &["key", "a"])), (String::new(), 0));
    let before = contents(folder.path());
    let (text, code) = said(&vasta(folder.path(), &["key", "a"]));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("a.key"), "{text}");
    assert_eq!(contents(folder.path()), before);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let found = fs::metadata(folder.path().join("a.key")).expect("a key");
        assert_eq!(found.permissions().mode() & 0o777, 0o600);
    }
    let output =
        command(folder.path(), &["key", "b"]).env("VASTA_KEY_PASSWORD", "segreta").output();
    assert!(output.expect("the program runs").status.success());
    let text = fs::read_to_string(folder.path().join("b.key")).expect("a key");
    assert!(Signer::read(&text, None).is_err() && Signer::read(&text, Some("segreta")).is_ok());
}

#[test]
fn the_commands_say_what_they_did() {
    let (signer, key) = keys();
    let folder = Folder::new("bundle-commands");
    let (old, new) = (small(), files(&[("APRIMI.html", "<main>nuova</main>"), ("b.txt", "B")]));
    let (old, new) = (packed(&old, "1.0", Some(&signer)), packed(&new, "1.1", Some(&signer)));
    folder.write("vecchia.zip", &old);
    folder.write("passo.zip", patch::make(&old, &new).expect("two bundles"));
    folder.write("tagliato.zip", &old[..old.len() / 2]);
    unpack(&old, &folder.path().join("copia"));
    fs::create_dir(folder.path().join("vuota")).expect("writable");
    let mut told = String::new();
    for arguments in [
        &["verify", "vecchia.zip"][..],
        &["verify", "tagliato.zip"],
        &["verify", "manca.zip"],
        &["verify", "copia", "--key", "nessuna"],
        &["apply", "vecchia.zip", "copia"],
        &["apply", "passo.zip", "vuota"],
        &["apply", "passo.zip", "copia"],
        &["apply", "passo.zip", "copia"],
        &["verify", "copia"],
    ] {
        for language in ["it", "en"] {
            let is_second = language == "en" && arguments[..] == ["apply", "passo.zip", "copia"];
            if is_second {
                continue;
            }
            let output = vasta(folder.path(), &[arguments, &["--lang", language]].concat());
            let (text, code) = said(&output);
            let printed = String::from_utf8(output.stdout).expect("UTF-8");
            told.push_str(&format!("$ vasta {}\n{printed}{text}= {code}\n\n", arguments.join(" ")));
        }
    }
    let told = told.replace(&key.id(), "0123456789ABCDEF");
    insta::assert_snapshot!("bundle_commands", told);
}

#[test]
fn a_patch_makes_exactly_the_next_version() {
    let (signer, key) = keys();
    let folder = Folder::new("bundle-apply");
    let root = folder.path().join("copia");
    let (first, mut second) = (large(120, None), large(120, Some(7)));
    second.remove("vuoto.txt");
    second.insert("dati/nuovo.csv".to_owned(), b"a,b\n".as_slice().into());
    let old = packed(&first, "1.0", Some(&signer));
    let new = packed(&second, "1.1", Some(&signer));
    let step = patch::make(&old, &new).expect("two bundles");
    assert_eq!(step, patch::make(&old, &new).expect("two bundles"), "the same each time");
    assert!(step.len() * 50 < new.len(), "{} of {} bytes", step.len(), new.len());
    unpack(&old, &root);
    fs::write(root.join(".DS_Store"), "x").expect("writable");
    let applied = apply(&step, utf8(&root), Some(&key)).expect("it fits");
    assert!(!applied.was_new);
    let unpacked = folder.path().join("nuova");
    unpack(&new, &unpacked);
    assert!(contents(&root) == contents(&unpacked));
    assert!(apply(&step, utf8(&root), Some(&key)).expect("nothing to do").was_new);
    let left = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(left, 2, "nothing lies beside");
    // Back again, from the archives that say what changed.
    let back = patch::make(&new, &old).expect("two bundles");
    apply(&back, utf8(&root), None).expect("it fits");
    let (was, is) = (manifest(&first, "1.0"), manifest(&second, "1.1"));
    assert_eq!(changes(&was, &is).changed, ["pagine/p7/index.html"]);
    assert!(checked(&root, Some(&key)).is_intact());
}

#[test]
fn a_patch_that_does_not_fit_changes_nothing() {
    let (signer, key) = keys();
    let folder = Folder::new("bundle-misfit");
    let root = folder.path().join("copia");
    let bundle = |text: &str, version: &str| {
        let mut files = small();
        files.insert("a/index.html".to_owned(), text.as_bytes().into());
        packed(&files, version, Some(&signer))
    };
    let [first, second, third] = [("uno", "1.0"), ("due", "1.1"), ("tre", "1.2")]
        .map(|(text, version)| bundle(text, version));
    unpack(&first, &root);
    let before = contents(folder.path());
    let refused = |step: &[u8], key: Option<&Key>| {
        let refused = apply(step, utf8(&root), key).expect_err("it does not fit");
        assert!(contents(folder.path()) == before, "{refused:?}");
        refused
    };
    let later = patch::make(&second, &third).expect("two bundles");
    let Refused::OtherVersion { has, wants } = refused(&later, None) else {
        panic!("another version")
    };
    assert_eq!(has.as_deref(), Some("Province & Comuni treviso 1.0 2026-11-26"));
    assert_eq!(wants, "Province & Comuni treviso 1.1 2026-11-26");
    let step = patch::make(&first, &second).expect("two bundles");
    let Refused::Result(report) = refused(&step, Some(&keys().1)) else { panic!("another key") };
    assert!(report.findings.contains_key(&Finding::OtherKey));
    for at in (0..step.len()).step_by(3) {
        assert!(matches!(refused(&step[..at], None), Refused::Patch(_)), "cut at {at}");
        let mut changed = step.clone();
        changed[at] ^= 4;
        assert!(matches!(refused(&changed, None), Refused::Patch(_)), "byte {at}");
    }
    fs::write(root.join("mio.txt"), "mio").expect("writable");
    let refused = apply(&step, utf8(&root), Some(&key)).expect_err("it is not intact");
    assert!(matches!(refused, Refused::Changed(_)));
    let unrelated = pack(
        &Packed::all(&small(), &Table::default()),
        Facts { edition: "altra".to_owned(), ..facts("1") },
        None,
    );
    assert!(patch::make(&first, &unrelated).is_err());
}

#[test]
fn a_patch_that_would_do_harm_is_refused() {
    let folder = Folder::new("bundle-hostile");
    let root = folder.path().join("copia");
    let (old, mut files) = (packed(&small(), "1.0", None), small());
    files.insert("b.txt".to_owned(), b"B".as_slice().into());
    unpack(&old, &root);
    let step = patch::make(&old, &packed(&files, "1.1", None)).expect("two bundles");
    let opened = Opened::open(&step).expect("an archive");
    let parts: Vec<(String, Vec<u8>)> =
        opened.names().map(|name| (name.to_owned(), opened.read(name).expect("a file"))).collect();
    // The patch with its list and names changed, sealed again by a stranger.
    let forged = |change: &dyn Fn(String) -> String, bytes: Option<Vec<u8>>| {
        let part = |(name, held): &(String, Vec<u8>)| match bytes.clone() {
            Some(bytes) if name == "whole/b.txt" => (name.clone(), bytes),
            _ if name == "patch.json" => {
                (name.clone(), change(String::from_utf8_lossy(held).into_owned()).into_bytes())
            }
            _ => (change(name.clone()), held.clone()),
        };
        let parts: Vec<_> = parts.iter().map(part).collect();
        let borrowed: Vec<(&str, &[u8])> =
            parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let refused = apply(&archive_of(&borrowed), utf8(&root), None).expect_err("it is refused");
        assert!(contents(folder.path()).iter().all(|(path, _)| path.starts_with("copia")));
        assert!(checked(&root, None).is_intact());
        refused
    };
    for name in ["../b.txt", "/b.txt", "C:/b.txt", "b.txt.", "A/index.html"] {
        let rename =
            |text: String| text.replace("b.txt", name).replace("    \"A/", "    \"a/../A/");
        let refused = forged(&rename, None);
        assert!(matches!(refused, Refused::Patch(_)), "{name}: {refused:?}");
    }
    let slip = |text: String| text.replace("b.txt", "../b.txt");
    // In order of name, as the list must be to be read at all.
    let slip_in_order = |text: String| {
        let line = text.lines().find(|line| line.contains("b.txt")).unwrap_or_default().to_owned();
        let moved = slip(line.clone()).trim_end_matches(',').to_owned();
        let without = text.replace(&format!("{line}\n"), "");
        let without = without.replace("},\n  }\n}", "}\n  }\n}");
        if line.is_empty() {
            slip(text)
        } else {
            without.replace("\"files\": {\n", &format!("\"files\": {{\n{moved},\n"))
        }
    };
    let refused = forged(&slip_in_order, None);
    assert!(
        matches!(&refused, Refused::Patch(BadPatch::Dangerous(name)) if name == "../b.txt"),
        "{refused:?}"
    );
    // What it holds is more, or other, than it promises.
    let as_it_is = |text: String| text;
    for bytes in [vec![0; 10 << 20], b"X".to_vec()] {
        assert!(matches!(forged(&as_it_is, Some(bytes)), Refused::Patch(BadPatch::Damaged)));
    }
    let promise = |text: String| text.replace("\"n_bytes\":1}", "\"n_bytes\":9000000000}");
    assert!(matches!(forged(&promise, None), Refused::Patch(BadPatch::TooMuch)));
}

/// Forty runs are stopped at moments spread over the time that one takes; the folder is the old
/// version or the new one, and the next run makes it the new one.
#[test]
fn stopping_at_any_moment_leaves_one_version() {
    let folder = Folder::new("bundle-stopped");
    let root = folder.path().join("copia");
    let (old, new) =
        (packed(&large(20, None), "1.0", None), packed(&large(20, Some(3)), "1.1", None));
    folder.write("passo.zip", patch::make(&old, &new).expect("two bundles"));
    let versions: [PathBuf; 2] = ["vecchia", "nuova"].map(|name| folder.path().join(name));
    unpack(&old, &versions[0]);
    unpack(&new, &versions[1]);
    let versions = versions.map(|folder| contents(&folder));
    let run = || {
        let mut run = command(folder.path(), &["apply", "passo.zip", "copia"]);
        run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs")
    };
    unpack(&old, &root);
    let begin = Instant::now();
    assert!(run().wait().expect("it ends").success());
    let whole = begin.elapsed();
    let mut n_seen = [0, 0];
    for attempt in 0..40_u32 {
        unpack(&old, &root);
        let mut child = run();
        std::thread::sleep(whole * attempt / 36 + Duration::from_micros(100));
        child.kill().expect("it can be stopped");
        child.wait().expect("it ends");
        let found = contents(&root);
        let version = versions.iter().position(|version| *version == found);
        n_seen[version.unwrap_or_else(|| panic!("attempt {attempt}: neither old nor new"))] += 1;
        assert!(checked(&root, None).is_intact());
        assert!(run().wait().expect("it ends").success(), "attempt {attempt}");
        assert!(contents(&root) == versions[1]);
        let left = fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(left, 4, "nothing lies beside");
    }
    assert!(n_seen[0] > 0 && n_seen[1] > 0, "{n_seen:?}");
}
