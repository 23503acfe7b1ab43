//! `vasta bundle`: the copies that are handed over, and the patch from an older one.

use std::fs;
use std::io::{IsTerminal, stdout};
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};

use crate::base::Language;
use crate::source::git::Git;
use crate::write::bundle::patch;
use crate::write::bundling::{Bundle, Bundling};
use crate::write::{Sites, Which};

use super::arguments::BundleOptions;
use super::integrity::{self, read};
use super::{CONTENT_HAS_ERRORS, Failure, cannot_read, editions};

/// Makes bundles, and the patch from an older one.
pub(super) fn bundle(options: &BundleOptions, language: Language) -> Result<ExitCode, Failure> {
    let root = options.site.root(language)?;
    let out = options.out.clone().unwrap_or_else(|| root.join("dist"));
    let which = match (&options.edition, options.all_editions) {
        (Some(id), _) => Which::One(id),
        (None, true) => editions::part(options.shard),
        (None, false) => Which::National,
    };
    let signer = options.sign.as_ref().map(|file| integrity::signer(file, language)).transpose()?;
    let old = options.since.as_ref().map(|file| Ok((file, read(file)?))).transpose()?;
    let settings = options.day.settings(false, language)?;
    let sites = Sites { root: &root, out: &out, which, settings };
    let (signer, since) = (signer.as_ref(), old.as_ref().map(|(_, bytes)| bytes.as_slice()));
    let bundles = Bundling { sites, signer, since, commit: Git::of(&root).commit() }.run();
    let bundles = bundles.map_err(|trouble| Failure(trouble.text(language)))?;
    if editions::report(&bundles.told, language) {
        return Ok(ExitCode::from(CONTENT_HAS_ERRORS));
    }
    for bundle in &bundles.written {
        println!("{}", line(bundle, language));
    }
    if let (Some((old_place, old)), [bundle]) = (old, bundles.written.as_slice()) {
        println!("{}", make_patch(old_place, &old, &bundle.place, language)?);
    }
    Ok(ExitCode::SUCCESS)
}

fn line(bundle: &Bundle, language: Language) -> String {
    let Bundle { place, n_bytes, n_pages, n_external } = bundle;
    if !stdout().is_terminal() {
        return place.to_string();
    }
    let size = n_bytes.div_ceil(1000);
    match language {
        Language::Italian => format!(
            "{place}: {n_pages} pagine, {size} KB, {n_external} indirizzi di altri siti nei collegamenti"
        ),
        Language::English => {
            format!(
                "{place}: {n_pages} pages, {size} KB, links to {n_external} addresses elsewhere"
            )
        }
    }
}

/// Writes what turns the old bundle into the new one beside the new one.
fn make_patch(
    old_place: &Utf8Path,
    old: &[u8],
    new: &Utf8Path,
    language: Language,
) -> Result<Utf8PathBuf, Failure> {
    let patch = patch::make(old, &read(new)?).map_err(|no| Failure(no.text(language)))?;
    let from = old_place.file_stem().unwrap_or("prima");
    let to = new.file_stem().unwrap_or("dopo");
    let place = new.with_file_name(format!("{to}-da-{from}.patch.zip"));
    fs::write(&place, patch).map_err(|error| cannot_read(&place, &error))?;
    Ok(place)
}
