//! The tests in `tests/browser`: finds or installs Node, Chromium and Firefox, installs the pinned npm
//! packages when their lock file is newer than what is there, and runs the suite on `public/`.

use crate::program::{Program, find, root, vasta};
use crate::steps::Outcome;
use crate::{install, site};
use std::path::PathBuf;

/// html-validate wants this Node or a later one.
const NODE: (u32, u32) = (20, 19);

/// A browser that the suite drives.
struct Browser {
    name: &'static str,
    /// Says which one to take, when that is not the one on the search path.
    variable: &'static str,
    /// What its program is called, on one system or another.
    programs: &'static [&'static str],
    /// The package of Debian.
    package: &'static str,
}

const CHROMIUM: Browser = Browser {
    name: "Chromium",
    variable: "VASTA_CHROMIUM",
    programs: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    package: "chromium",
};

const FIREFOX: Browser = Browser {
    name: "Firefox",
    variable: "VASTA_FIREFOX",
    programs: &["firefox-esr", "firefox"],
    package: "firefox-esr",
};

pub(crate) fn test() -> Outcome {
    if !site::output().join("index.html").is_file() {
        return Err("public/index.html is missing: run the step `site` first".into());
    }
    let chromium = ready()?;
    let firefox = FIREFOX.found()?;
    Program::new("npm")
        .folder(&suite())
        .arguments(&["test", "--silent"])
        .environment("VASTA_SITE", site::output())
        .environment(CHROMIUM.variable, chromium)
        .environment(FIREFOX.variable, firefox)
        .environment("VASTA_PROGRAM", vasta()?)
        .run()
}

/// Installs what every program in the suite needs, and says where Chromium is.
pub(crate) fn ready() -> Result<PathBuf, String> {
    node()?;
    let chromium = CHROMIUM.found()?;
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

impl Browser {
    /// Where it is; it is installed when it is missing.
    fn found(&self) -> Result<PathBuf, String> {
        if let Some(chosen) = std::env::var_os(self.variable) {
            return Ok(chosen.into());
        }
        let installed = || self.programs.iter().find_map(|name| find(name));
        if let Some(program) = installed() {
            return Ok(program);
        }
        install::debian_packages(&[self.package])?;
        installed().ok_or_else(|| format!("{} is still missing after its installation", self.name))
    }
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
