//! The commands about the theme: its documentation, and the files of the default theme, which the program
//! carries and a site may replace one by one.

use crate::base::Language;
use crate::base::text::nearest;
use crate::render::{Theme, guide};
use crate::source::{Config, Tree, embedded};

use super::{Failure, ThemeCommand};

/// What the command writes.
pub(super) fn text(command: &ThemeCommand, language: Language) -> Result<Vec<u8>, Failure> {
    match command {
        ThemeCommand::Docs => Ok(docs().into_bytes()),
        ThemeCommand::Show { file: None } => {
            let list: String =
                embedded::theme().iter().map(|(path, _)| format!("{path}\n")).collect();
            Ok(list.into_bytes())
        }
        ThemeCommand::Show { file: Some(file) } => show(file, language),
    }
}

/// The documentation of the default theme.
fn docs() -> String {
    let tree = Tree::of_texts([]);
    guide::guide(&Theme::of(&tree, &Config::of(&tree).value).value)
}

fn show(file: &str, language: Language) -> Result<Vec<u8>, Failure> {
    let found = embedded::theme().iter().find(|(path, _)| *path == file);
    found.map(|(_, bytes)| bytes.to_vec()).ok_or_else(|| {
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
