//! Lists the files of the default theme, of the starter site and of the explanations, so that the binary
//! carries them and works alone in any folder; and takes the fingerprint of the program.

#![expect(clippy::disallowed_methods, reason = "a build script reads the files it embeds")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What the binary carries.
const FOLDERS: [(&str, &str); 3] = [
    ("THEME", "themes/casa"),
    ("STARTER", "src/cli/starter"),
    ("EXPLANATIONS", "src/source/explanations"),
];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut code = String::new();
    for (name, folder) in FOLDERS {
        println!("cargo:rerun-if-changed={folder}");
        let mut files = Vec::new();
        list(&root.join(folder), &mut files)?;
        files.sort();
        writeln!(code, "pub(super) static {name}: &[(&str, &[u8])] = &[").expect("in memory");
        for file in files {
            let relative = file.strip_prefix(root.join(folder)).expect("listed below it");
            let relative = relative.to_str().expect("our own names").replace('\\', "/");
            writeln!(code, "    ({relative:?}, include_bytes!({file:?})),").expect("in memory");
        }
        code.push_str("];\n");
    }
    println!("cargo:rustc-env=VASTA_FINGERPRINT={:016x}", fingerprint(&root)?);
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("embedded.rs"), code)
}

/// Changes with the code and the libraries: what one program leaves is not for another.
fn fingerprint(root: &Path) -> io::Result<u64> {
    let mut files = vec![root.join("Cargo.lock")];
    for folder in ["src", "themes/casa"] {
        println!("cargo:rerun-if-changed={folder}");
        list(&root.join(folder), &mut files)?;
    }
    files.sort();
    // FNV-1a: the same everywhere, and no library for a build script.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for file in files {
        for byte in fs::read(file)? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    Ok(hash)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { list(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
