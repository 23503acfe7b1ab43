//! The names that a file of a bundle may have: those that mean the same file in the same folder on every
//! system. Everything else is refused, whoever wrote it.

use crate::base::tables::{Map, Set};
use std::borrow::Cow;

/// Why a name is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameTrouble {
    /// It leads out of the folder, or on some system does.
    Leaves,
    /// Some system cannot have a file of this name, or has another one then.
    NotPortable,
}

/// Signs that Windows has no files with.
const FORBIDDEN: &[char] = &['<', '>', ':', '"', '|', '?', '*'];
/// Names that are devices on Windows, whatever follows a dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// The same with a digit behind.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];
/// The longest segment that disks have.
const N_SEGMENT: usize = 255;

/// What is wrong with `name`, if anything is. Letters with accents are: each system writes them in its
/// own way, and archives without extensions of their format cannot say in which.
pub fn trouble(name: &str) -> Option<NameTrouble> {
    let has_drive = name.as_bytes().get(1) == Some(&b':');
    let leaves = |segment| matches!(segment, "" | "." | "..");
    if has_drive || name.contains('\\') || name.split('/').any(leaves) {
        return Some(NameTrouble::Leaves);
    }
    (!name.split('/').all(is_portable)).then_some(NameTrouble::NotPortable)
}

fn is_portable(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or(segment).to_ascii_lowercase();
    let numbered = stem.strip_suffix(|letter: char| letter.is_ascii_digit());
    let is_device = DEVICES.contains(&stem.as_str())
        || numbered.is_some_and(|stem| NUMBERED_DEVICES.contains(&stem));
    segment.len() <= N_SEGMENT
        && !segment.ends_with(['.', ' '])
        && !segment.contains(FORBIDDEN)
        && segment.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
        && !is_device
}

/// The names that cannot lie in one folder with all the others: they differ from another one in capital
/// letters only, or another file would lie inside of them.
pub fn clashing<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let named: Vec<(Cow<'a, str>, &'a str)> =
        names.into_iter().map(|name| (folded(name), name)).collect();
    let folders: Set<&str> = named.iter().flat_map(|(folded, _)| folders(folded)).collect();
    let mut seen = Map::default();
    let is_clashing = |(folded, name): &&(Cow<'a, str>, &'a str)| {
        let is_other = seen.insert(folded.clone(), *name).is_some_and(|other| other != *name);
        is_other || folders.contains(&**folded)
    };
    named.iter().filter(is_clashing).map(|(_, name)| *name).collect()
}

/// The name as a system sees it for which capital letters are no others.
fn folded(name: &str) -> Cow<'_, str> {
    let is_folded = name.is_ascii() && !name.bytes().any(|byte| byte.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) }
}

/// The folders in which a file of this name lies.
fn folders(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('/').map(|(slash, _)| &name[..slash])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leaves_the_folder_is_refused() {
        for name in
            ["../a", "a/../b", "/a", "a\\b", "..\\a", "C:a", "c:/a", "a//b", "./a", "a/", ""]
        {
            assert_eq!(trouble(name), Some(NameTrouble::Leaves), "{name}");
        }
    }

    #[test]
    fn a_name_that_some_system_cannot_have_is_refused() {
        let long = "a".repeat(256);
        let names =
            ["a/con", "NUL.txt", "com1.html", "a.", "a ", "ab:c", "ab?c", "è.pdf", "a\nb", &long];
        for name in names {
            assert_eq!(trouble(name), Some(NameTrouble::NotPortable), "{name}");
        }
        for name in ["index.html", "a/b c.pdf", ".vasta-files", "console.js", "com/a~(1).png"] {
            assert_eq!(trouble(name), None, "{name}");
        }
    }

    #[test]
    fn names_that_take_the_place_of_others_are_found() {
        assert!(clashing(["a", "b/c", "b/d"]).is_empty());
        assert_eq!(clashing(["A.pdf", "a.pdf"]), ["a.pdf"]);
        assert_eq!(clashing(["a", "a/b"]), ["a"]);
    }
}
