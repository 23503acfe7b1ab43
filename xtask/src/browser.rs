//! The tests in `tests/browser`: finds or installs Node and Chromium, installs the pinned npm
//! packages when their lock file is newer than what is there, and runs the suite on `public/`.

use crate::program::{Program, find, root, vasta};
use crate::steps::Outcome;
use crate::{install, site};
use std::path::PathBuf;

/// html-validate wants this Node or a later one.
const NODE: (u32, u32) = (20, 19);

const CHROMIUM: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

pub(crate) fn test() -> Outcome {
    if !site::output().join("index.html").is_file() {
        return Err("public/index.html is missing: run the step `site` first".into());
    }
    let chromium = ready()?;
    Program::new("npm")
        .folder(&suite())
        .arguments(&["test", "--silent"])
        .environment("VASTA_SITE", site::output())
        .environment("VASTA_CHROMIUM", chromium)
        .environment("VASTA_PROGRAM", vasta()?)
        .run()
}

/// Installs what the suite lacks, and says where Chromium is.
pub(crate) fn ready() -> Result<PathBuf, String> {
    node()?;
    let chromium = chromium()?;
    install::npm_packages(&suite())?;
    Ok(chromium)
}

/// Folder of the suite.
pub(crate) fn suite() -> PathBuf {
    root().join("tests/browser")
}

fn node() -> Result<(), String> {
    if find("node").is_none() || find("npm").is_none() {
        install::debian_packages(&["nodejs", "npm"])?;
    }
    let version = Program::new("node").argument("--version").output().unwrap_or_default();
    if parse(&version).is_some_and(|version| version >= NODE) {
        return Ok(());
    }
    Err(format!("Node {}.{} or later is needed, and this is `{version}`", NODE.0, NODE.1))
}

/// `v20.19.2` is (20, 19).
fn parse(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

fn chromium() -> Result<PathBuf, String> {
    if let Some(chosen) = std::env::var_os("VASTA_CHROMIUM") {
        return Ok(chosen.into());
    }
    let installed = || CHROMIUM.iter().find_map(|name| find(name));
    if let Some(program) = installed() {
        return Ok(program);
    }
    install::debian_packages(&["chromium"])?;
    installed().ok_or_else(|| "Chromium is still missing after its installation".into())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_node_version_is_two_numbers() {
        assert_eq!(parse("v20.19.2"), Some((20, 19)));
        assert!(parse("v18.20.1") < Some(super::NODE));
        assert_eq!(parse("command not found"), None);
    }
}
