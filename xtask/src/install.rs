//! Installing what a step lacks: parts of the Rust toolchain with rustup, programs with apt on a
//! Debian-like system, and the npm packages of a lock file. Everything else is asked of the person, in words.

use crate::program::{Program, cargo, find};
use std::path::Path;
use std::time::SystemTime;

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

/// Installs the npm packages that the lock file in `folder` pins, when it is newer than what is there.
pub(crate) fn npm_packages(folder: &Path) -> Result<(), String> {
    if is_stale(folder) {
        Program::new("npm").folder(folder).arguments(&["ci", "--no-audit", "--no-fund"]).run()?;
    }
    Ok(())
}

/// npm writes its own record into `node_modules` at the end of every installation.
fn is_stale(folder: &Path) -> bool {
    let changed =
        |file: &str| -> Option<SystemTime> { folder.join(file).metadata().ok()?.modified().ok() };
    match (changed("node_modules/.package-lock.json"), changed("package-lock.json")) {
        (Some(installed), Some(wanted)) => installed < wanted,
        _ => true,
    }
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
