//! The pages that are searched: a site, a folder of Markdown, or made-up pages. Each is laid out as the
//! sources of a site in a folder of the run, so that nothing is written beside the originals.

use super::Options;
use crate::bench::{corpus, layout, table};
use crate::program::root;
use crate::site;
use std::path::{Path, PathBuf};

pub(super) enum Corpus {
    /// A folder with `content/`.
    Site(PathBuf),
    /// A folder of Markdown.
    Plain(PathBuf),
    MadeUp(usize),
}

const PLAIN: &str = "title: Corpus\nlanguage: it\n";

/// What was asked for, in that order; folders before made-up pages.
pub(super) fn all(options: &Options) -> Vec<Result<Corpus, String>> {
    let folders = options.corpora.iter().map(|folder| named(folder));
    folders.chain(options.pages.iter().map(|n_pages| Ok(Corpus::MadeUp(*n_pages)))).collect()
}

/// A site, or its `content/`, is taken with its schemas and its theme.
fn named(folder: &Path) -> Result<Corpus, String> {
    let folder = folder
        .canonicalize()
        .map_err(|error| format!("`{}` cannot be read: {error}", folder.display()))?;
    let around = folder
        .parent()
        .filter(|around| folder.ends_with("content") && around.join("vasta.yaml").is_file());
    Ok(match around {
        Some(around) => Corpus::Site(around.to_owned()),
        None if folder.join("content").is_dir() => Corpus::Site(folder),
        None => Corpus::Plain(folder),
    })
}

impl Corpus {
    pub(super) fn name(&self) -> String {
        match self {
            Self::Site(folder) if *folder == root() => "The site of this repository".to_owned(),
            Self::Site(folder) | Self::Plain(folder) => {
                folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
            }
            Self::MadeUp(n_pages) => format!("{} made-up pages", table::thousands(*n_pages)),
        }
    }

    /// How many questions of each kind are asked, when so many may be. Made-up pages are there for sizes
    /// and times, and a common word is on thousands of them: few questions tell that.
    pub(super) fn queries(&self, most: usize) -> usize {
        match self {
            Self::MadeUp(_) => most.div_ceil(10),
            Self::Site(_) | Self::Plain(_) => most,
        }
    }

    /// Writes the sources of the site into a folder that does not exist.
    pub(super) fn lay_out(&self, source: &Path) -> Result<(), String> {
        let cannot = |error: std::io::Error| format!("{} cannot be copied: {error}", self.name());
        match self {
            Self::Site(folder) => site::copied(folder, source).map_err(cannot),
            Self::Plain(folder) => {
                layout::write(&source.join("vasta.yaml"), PLAIN)?;
                site::copied_folder(folder, &source.join("content")).map_err(cannot)
            }
            Self::MadeUp(n_pages) => layout::vasta(source, &corpus::prose(*n_pages)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Corpus, named};
    use crate::program::root;

    #[test]
    fn the_content_of_a_site_is_the_site() {
        for folder in [root(), root().join("content")] {
            assert_eq!(named(&folder).unwrap().name(), "The site of this repository");
        }
        assert!(matches!(named(&root().join("docs")), Ok(Corpus::Plain(_))));
        assert!(named(&root().join("nothing")).is_err());
    }

    #[test]
    fn made_up_pages_are_asked_less() {
        assert_eq!(Corpus::Plain("guida".into()).queries(100), 100);
        assert_eq!(Corpus::MadeUp(1_000).queries(100), 10);
        assert_eq!(Corpus::MadeUp(1_000).queries(1), 1);
    }
}
