//! The site of this repository, built with the generator of this repository: once where readers
//! get it from, and once more from a copy, because the same tree has to give the same bytes on
//! every machine and in every time zone.

use crate::program::{Program, cargo, root};
use crate::steps::{Outcome, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// All that the site is made of, and where it goes.
const SOURCES: [&str; 3] = ["vasta.yaml", "content", "themes"];
const OUTPUT: &str = "public";

/// Folder of the built site.
pub(crate) fn output() -> PathBuf {
    root().join(OUTPUT)
}

pub(crate) fn build() -> Outcome {
    vasta("build").run()?;
    vasta("check").run()
}

/// Builds a copy of the site and compares it with the one in `public/`. The copy has no memory of
/// an earlier build, files made in another order, and a clock fourteen hours ahead.
pub(crate) fn build_twice() -> Outcome {
    let copy = root().join("target/xtask/copy");
    copied(&root(), &copy).map_err(|error| format!("the site cannot be copied: {error}"))?;
    vasta("build")
        .folder(&copy)
        .environment("TZ", "Pacific/Kiritimati")
        .environment("LC_ALL", "C")
        .run()?;

    let first = read(&output()).map_err(|error| format!("{OUTPUT}/ cannot be read: {error}"))?;
    let second =
        read(&copy.join(OUTPUT)).map_err(|error| format!("the copy cannot be read: {error}"))?;
    let different = differences(&first, &second);
    if different.is_empty() {
        println!("{} files, the same in both", first.len());
        return Ok(Verdict::Passed);
    }
    different.iter().take(20).for_each(|path| println!("differs: {path}"));
    Err(format!("{} of {} files differ", different.len(), first.len().max(second.len())))
}

/// The release build of the generator. The manifest is named because the copy has none.
fn vasta(command: &str) -> Program {
    let manifest = root().join("Cargo.toml");
    cargo()
        .arguments(&["run", "--quiet", "--release", "--package", "vasta", "--manifest-path"])
        .argument(&manifest.to_string_lossy())
        .arguments(&["--", command])
}

/// Copies the sources of a site, into a folder that is emptied first.
pub(crate) fn copied(site: &Path, copy: &Path) -> io::Result<()> {
    if copy.exists() {
        fs::remove_dir_all(copy)?;
    }
    fs::create_dir_all(copy)?;
    for source in SOURCES {
        let (from, to) = (site.join(source), copy.join(source));
        if from.is_file() {
            fs::copy(from, to)?;
            continue;
        }
        if from.is_dir() {
            copied_folder(&from, &to)?;
        }
    }
    Ok(())
}

/// Copies all files of a folder, last file first: the order in which a folder lists its files must
/// not matter.
pub(crate) fn copied_folder(from: &Path, to: &Path) -> io::Result<()> {
    for (path, bytes) in read(from)?.into_iter().rev() {
        let file = to.join(path);
        fs::create_dir_all(file.parent().expect("every file is in a folder"))?;
        fs::write(file, bytes)?;
    }
    Ok(())
}

/// All files of a folder and of those inside, by path.
pub(crate) fn read(folder: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(inside)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("found inside the folder");
                files.insert(name.to_string_lossy().replace('\\', "/"), fs::read(&path)?);
            }
        }
    }
    Ok(files)
}

fn differences(
    first: &BTreeMap<String, Vec<u8>>,
    second: &BTreeMap<String, Vec<u8>>,
) -> Vec<String> {
    let paths: BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    paths.into_iter().filter(|path| first.get(*path) != second.get(*path)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::differences;
    use std::collections::BTreeMap;

    #[test]
    fn a_file_differs_when_it_is_changed_or_missing_on_either_side() {
        let files = |list: &[(&str, &str)]| -> BTreeMap<String, Vec<u8>> {
            list.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect()
        };
        let first = files(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let second = files(&[("a", "1"), ("b", "2"), ("d", "1")]);
        assert_eq!(differences(&first, &second), ["b", "c", "d"]);
        assert!(differences(&first, &first).is_empty());
    }
}
