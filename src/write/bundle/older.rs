//! The bundle that a new one takes the place of: whether it is whole and of the same edition, and in which
//! files the two differ.

use crate::base::Outputs;
use crate::base::archive::Opened;
use crate::render::cover::COVER;
use crate::render::edition::EDITION;
use crate::render::since;

use super::manifest::{Changes, Facts, FileSum, Manifest, changes};
use super::patch::{NoPatch, intact};

/// The pages that only a copy has, or has otherwise: they say nothing of what changed.
const OF_COPY: [&str; 3] = [COVER, EDITION, since::SINCE];

/// An older bundle that is as it was packed.
pub struct Older<'a> {
    archive: Opened<'a>,
    manifest: Manifest,
}

impl<'a> Older<'a> {
    /// Opens a bundle.
    ///
    /// # Errors
    /// When it is none, or not intact.
    pub fn open(bytes: &'a [u8]) -> Result<Self, NoPatch> {
        let (archive, manifest) = intact(bytes).map_err(NoPatch::Old)?;
        Ok(Self { archive, manifest })
    }

    /// Fails when it is not of the edition of the site of which `facts` are.
    ///
    /// # Errors
    /// When the two have nothing to do with each other.
    pub fn expect(&self, facts: &Facts) -> Result<(), NoPatch> {
        let was = &self.manifest.facts;
        let is_same = (&was.site, &was.edition) == (&facts.site, &facts.edition);
        if is_same { Ok(()) } else { Err(NoPatch::Unrelated) }
    }

    /// In which files `new`, the files of the new bundle, differ.
    pub fn compared(&self, new: &Outputs) -> since::Older {
        let sums = new.iter().map(|file| (file.path.to_string(), FileSum::of([&*file.bytes])));
        let new = Manifest::of(sums.collect(), Facts::default());
        let Changes { added, changed, removed } = changes(&self.manifest, &new);
        let counts = |name: &String| !OF_COPY.contains(&name.as_str());
        let with_text = |name: String| {
            let text = self.text(&name);
            (name, text)
        };
        since::Older {
            version: self.manifest.facts.version.clone(),
            date: self.manifest.facts.date,
            added: added.into_iter().filter(counts).collect(),
            changed: changed.into_iter().filter(counts).map(with_text).collect(),
            removed: removed.into_iter().filter(counts).map(with_text).collect(),
        }
    }

    /// What a page held; of other files nothing.
    fn text(&self, name: &str) -> String {
        let bytes = name.ends_with(".html").then(|| self.archive.read(name)).flatten();
        bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }
}
