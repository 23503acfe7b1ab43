//! Builds editions into folders, one folder for each: what building each alone would write, from one look
//! at the files that they share. All take their places, or none does.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::base::{Diagnostic, Diagnostics, UrlPath, lock, unlock};
use crate::pipeline::editions::Edition;

use super::folder::{Folder, Reconciled, Stamps, Trouble};
use super::sites::{Sites, Told};

/// Which editions to build; their `out` is the folder for their folders.
pub struct BuildingEditions<'a>(pub Sites<'a>);

/// What came of it.
#[derive(Debug)]
pub struct BuiltEditions {
    /// What is wrong; with an error among it nothing was written.
    pub told: Told,
    /// What was done to the folder of each edition, by its short name.
    pub written: BTreeMap<String, Reconciled>,
}

/// The folder of an edition, with the files that it will hold.
type Waiting = (Folder, Vec<UrlPath>);

impl BuildingEditions<'_> {
    /// Builds the editions.
    ///
    /// # Errors
    /// When the disk refuses, a file changed meanwhile, or one of the folders is not vasta's.
    pub fn run(&self) -> Result<BuiltEditions, Trouble> {
        let waiting = Mutex::default();
        let told = self.0.make(&|site: &Edition| self.stage(site, &waiting));
        let waiting = unlock(waiting);
        let written = match &told {
            Ok(told) if !told.is_wrong() => finish(waiting),
            _ => {
                waiting.values().for_each(|(folder, _)| folder.abandon());
                Ok(BTreeMap::new())
            }
        };
        Ok(BuiltEditions { told: told?, written: written? })
    }

    /// Puts the files of an edition beside their places.
    fn stage(
        &self,
        site: &Edition,
        waiting: &Mutex<BTreeMap<String, Waiting>>,
    ) -> Result<Diagnostics, Trouble> {
        if site.diagnostics.iter().any(Diagnostic::is_error) {
            return Ok(Diagnostics::new());
        }
        let folder = Folder::open(&self.0.out.join(&site.id))?;
        let files = site.files();
        files.iter().for_each(|file| folder.put(file));
        if let Some(trouble) = folder.take_trouble() {
            folder.abandon();
            return Err(trouble);
        }
        let wanted = files.iter().map(|file| file.path.clone()).collect();
        lock(waiting).insert(site.id.clone(), (folder, wanted));
        Ok(Diagnostics::new())
    }
}

/// Gives the files of all editions their places. When the disk refuses, the editions that still wait are
/// abandoned.
fn finish(waiting: BTreeMap<String, Waiting>) -> Result<BTreeMap<String, Reconciled>, Trouble> {
    let mut written = BTreeMap::new();
    let mut waiting = waiting.into_iter();
    while let Some((id, (folder, wanted))) = waiting.next() {
        match folder.finish(wanted.iter(), &Stamps::new()) {
            Ok((reconciled, _)) => written.insert(id, reconciled),
            Err(trouble) => {
                waiting.for_each(|(_, (folder, _))| folder.abandon());
                return Err(trouble);
            }
        };
    }
    Ok(written)
}
