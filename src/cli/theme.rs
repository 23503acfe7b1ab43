//! The commands about the theme: its documentation, and the files of the default theme, which the program
//! carries and a site may replace one by one.

use crate::base::Language;
use crate::base::text::nearest;
use crate::render::{Theme, guide};
use crate::source::{Config, Tree, embedded};

use super::Failure;

/// The documentation of the default theme.
pub(super) fn docs() -> String {
    let tree = Tree::of_texts([]);
    guide::guide(&Theme::of(&tree, &Config::of(&tree).value).value)
}

/// The paths of its files, one on each line.
pub(super) fn list() -> String {
    embedded::theme().iter().map(|(path, _)| format!("{path}\n")).collect()
}

/// The bytes of a file of the default theme.
pub(super) fn file(file: &str, language: Language) -> Result<&'static [u8], Failure> {
    let found = embedded::theme().iter().find(|(path, _)| *path == file);
    found.map(|(_, bytes)| *bytes).ok_or_else(|| {
        let near = nearest(file, embedded::theme().iter().map(|(path, _)| *path));
        Failure(match (language, near) {
            (Language::Italian, Some(near)) => {
                format!("il tema `casa` non ha il file `{file}`: forse intendevi `{near}`?")
            }
            (Language::English, Some(near)) => {
                format!("the theme `casa` has no file `{file}`: did you mean `{near}`?")
            }
            (Language::Italian, None) => format!("il tema `casa` non ha il file `{file}`"),
            (Language::English, None) => format!("the theme `casa` has no file `{file}`"),
        })
    })
}
