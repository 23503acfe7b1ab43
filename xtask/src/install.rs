//! Installing what a step lacks: parts of the Rust toolchain with rustup, programs with apt on a
//! Debian-like system. Everything else is asked of the person, in words.

use crate::program::{Program, cargo, find};

/// Makes sure that the cargo command of a toolchain component answers.
pub(crate) fn rust_component(component: &str, command: &str) -> Result<(), String> {
    if cargo().arguments(&[command, "--version"]).answers() {
        return Ok(());
    }
    Program::new("rustup").arguments(&["component", "add", component]).run()?;
    Ok(())
}

/// Installs Debian packages, when this is root on a system that has them.
pub(crate) fn debian_packages(packages: &[&str]) -> Result<(), String> {
    let names = packages.join(" and ");
    if find("apt-get").is_none() || !is_root() {
        return Err(format!(
            "{names} is missing: install it, or run as root on a Debian-like system"
        ));
    }
    apt_get(&["update", "--quiet"])?;
    apt_get(&[&["install", "--yes", "--quiet", "--no-install-recommends"], packages].concat())
}

fn apt_get(arguments: &[&str]) -> Result<(), String> {
    Program::new("apt-get")
        .environment("DEBIAN_FRONTEND", "noninteractive")
        .arguments(arguments)
        .run()?;
    Ok(())
}

fn is_root() -> bool {
    Program::new("id").argument("-u").output().is_some_and(|user| user == "0")
}
