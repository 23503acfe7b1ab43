//! Changes files that people write: the new text lies beside its place until it is whole, and then takes
//! that place. Rights stay as they were, and a symbolic link goes on leading to its file.

use std::fs;
use std::io::Write;

use camino::Utf8Path;

use super::{Failure, cannot_read};

/// Writes `text` to `place`, unless it is there already.
pub(super) fn write(place: &Utf8Path, text: impl AsRef<[u8]>) -> Result<(), Failure> {
    let text = text.as_ref();
    if fs::read(place).is_ok_and(|before| before == text) {
        return Ok(());
    }
    let place = place.canonicalize_utf8().unwrap_or_else(|_| place.to_owned());
    let beside = place.with_extension("vasta-new");
    let write = || {
        let mut file = fs::File::create(&beside)?;
        file.write_all(text)?;
        file.sync_all()?;
        if let Ok(before) = fs::metadata(&place) {
            fs::set_permissions(&beside, before.permissions())?;
        }
        fs::rename(&beside, &place)
    };
    write().map_err(|error| {
        fs::remove_file(&beside).ok();
        cannot_read(&place, &error)
    })
}
