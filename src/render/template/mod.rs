//! The text of a template, read without running it: what it is made of, which fields it asks for, and
//! what is wrong when the template language complains. Running templates is the business of `theme`.

pub mod anatomy;
pub mod fields;
pub mod mistakes;
pub mod tags;

use crate::base::SourcePath;

/// A template of a theme.
#[derive(Clone, Debug)]
pub struct Template {
    /// The theme and the path in it, such as `casa/partials/head.html`.
    pub name: String,
    /// Its file.
    pub path: SourcePath,
    /// What is written in it.
    pub text: String,
}

impl Template {
    /// Whether it belongs to the theme of this name.
    pub fn is_of(&self, theme: &str) -> bool {
        self.name.split_once('/').is_some_and(|(name, _)| name == theme)
    }

    /// The path below the templates of its theme, by which other templates name it.
    pub fn short_name(&self) -> &str {
        self.name.split_once('/').map_or(&self.name, |(_, name)| name)
    }
}
