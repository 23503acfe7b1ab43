//! The commands around a bundle that is there: is it what was published, make it the next version, make
//! the keys that tell who published it.

use std::env;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};

use crate::base::Language;
use crate::write::bundle::apply::{Refused, apply};
use crate::write::bundle::{Key, NewKeys, Signer, verify};

use super::{Failure, cannot_read};

/// A copy that is not intact, or a patch that was refused: exit code 1.
const NOT_INTACT: u8 = 1;

/// The variable with the password of a secret key.
const PASSWORD: &str = "VASTA_KEY_PASSWORD";

/// No archive of ours is longer.
const MOST: u64 = u32::MAX as u64;

pub(super) fn verify(
    copy: &Utf8Path,
    key: Option<&str>,
    language: Language,
) -> Result<ExitCode, Failure> {
    let key = key.map(|key| public_key(key, language)).transpose()?;
    let report = if copy.is_dir() {
        verify::folder(copy, key.as_ref()).map_err(|error| cannot_read(copy, &error))?
    } else {
        verify::archive(&read(copy)?, key.as_ref())
    };
    let text = report.text(language);
    if report.is_intact() {
        print!("{text}");
        return Ok(ExitCode::SUCCESS);
    }
    eprint!("{text}");
    Ok(ExitCode::from(NOT_INTACT))
}

pub(super) fn apply_patch(
    patch: &Utf8Path,
    folder: &Utf8Path,
    key: Option<&str>,
    language: Language,
) -> Result<ExitCode, Failure> {
    let key = key.map(|key| public_key(key, language)).transpose()?;
    match apply(&read(patch)?, folder, key.as_ref()) {
        Ok(applied) => {
            print!("{}", applied.text(language));
            Ok(ExitCode::SUCCESS)
        }
        Err(refused @ (Refused::Disk(..) | Refused::Busy | Refused::InTheWay(_))) => {
            Err(Failure(refused.text(language)))
        }
        Err(refused) => {
            eprintln!("{}", refused.text(language));
            Ok(ExitCode::from(NOT_INTACT))
        }
    }
}

/// Makes a pair of keys, `name.key` and `name.pub`.
pub(super) fn make_keys(name: &Utf8Path, language: Language) -> Result<ExitCode, Failure> {
    let [secret, public] = ["key", "pub"].map(|end| Utf8PathBuf::from(format!("{name}.{end}")));
    if let Some(there) = [&secret, &public].into_iter().find(|file| file.exists()) {
        return Err(Failure(match language {
            Language::Italian => {
                format!("`{there}` c'è già, e una chiave persa non si rifà: scegli un altro nome")
            }
            Language::English => {
                format!(
                    "`{there}` exists, and a lost key cannot be made again: choose another name"
                )
            }
        }));
    }
    let keys = NewKeys::generate(password().as_deref());
    write_new(&secret, &keys.secret).map_err(|error| cannot_read(&secret, &error))?;
    write_new(&public, &keys.public).map_err(|error| cannot_read(&public, &error))?;
    match language {
        Language::Italian => println!(
            "{secret}: firma; tienila in un posto sicuro e non darla a nessuno\n\
             {public}: controlla le firme; pubblicala"
        ),
        Language::English => println!(
            "{secret}: signs; keep it in a safe place and give it to nobody\n\
             {public}: checks signatures; publish it"
        ),
    }
    Ok(ExitCode::SUCCESS)
}

/// The secret key in a file, for signing.
pub(super) fn signer(file: &Utf8Path, language: Language) -> Result<Signer, Failure> {
    let text = fs::read_to_string(file).map_err(|error| cannot_read(file, &error))?;
    Signer::read(&text, password().as_deref())
        .map_err(|trouble| Failure(format!("`{file}`: {}", trouble.text(language))))
}

/// The key in a file, or the key itself.
fn public_key(given: &str, language: Language) -> Result<Key, Failure> {
    let text = match fs::read_to_string(given) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => given.to_owned(),
        read => read.map_err(|error| cannot_read(Utf8Path::new(given), &error))?,
    };
    Key::read(&text).map_err(|trouble| Failure(format!("`{given}`: {}", trouble.text(language))))
}

fn password() -> Option<String> {
    env::var(PASSWORD).ok().filter(|password| !password.is_empty())
}

/// A file that may be a bundle.
pub(super) fn read(file: &Utf8Path) -> Result<Vec<u8>, Failure> {
    let found = fs::metadata(file).map_err(|error| cannot_read(file, &error))?;
    if found.len() > MOST {
        return Err(cannot_read(file, &io::ErrorKind::FileTooLarge.into()));
    }
    fs::read(file).map_err(|error| cannot_read(file, &error))
}

/// Writes a file that only its owner may read, and that was not there.
fn write_new(file: &Utf8Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if file.extension() == Some("key") {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    options.open(file)?.write_all(text.as_bytes())
}
