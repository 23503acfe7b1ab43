//! `cargo xtask screenshots`: builds the site and takes pictures of a page of each kind, in all
//! widths and colours, for people to look at. The pictures are `tests/browser/pictures.mjs`.

use crate::program::{Program, root};
use crate::{browser, site};
use std::path::{Path, PathBuf};

const FOLDER: &str = "target/screenshots";

/// The folder that the options name, or else the usual one; `None` when they ask for help.
pub(crate) fn parse(options: &[String]) -> Result<Option<PathBuf>, String> {
    match options {
        [] => Ok(Some(FOLDER.into())),
        [option] if matches!(option.as_str(), "-h" | "--help") => Ok(None),
        [folder] if !folder.starts_with('-') => Ok(Some(folder.into())),
        [other] | [_, other, ..] => Err(format!("unexpected `{other}`")),
    }
}

/// Takes the pictures into a folder, which is seen from the root of the repository.
pub(crate) fn run(folder: &Path) -> Result<(), String> {
    site::build()?;
    let chromium = browser::ready()?;
    Program::new("node")
        .argument(&browser::suite().join("pictures.mjs").to_string_lossy())
        .argument(&root().join(folder).to_string_lossy())
        .environment("VASTA_SITE", site::output())
        .environment("VASTA_CHROMIUM", chromium)
        .run()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{FOLDER, parse};

    fn parsed(options: &[&str]) -> Result<Option<std::path::PathBuf>, String> {
        parse(&options.iter().map(|&option| option.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_folder_may_be_named() {
        assert_eq!(parsed(&[]), Ok(Some(FOLDER.into())));
        assert_eq!(parsed(&["pictures"]), Ok(Some("pictures".into())));
        assert_eq!(parsed(&["--help"]), Ok(None));
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(parsed(&["--all"]), Err("unexpected `--all`".into()));
        assert_eq!(parsed(&["one", "two"]), Err("unexpected `two`".into()));
    }
}
