//! What a terminal knows of the program: the completion of commands and options, and the pages of `man`.
//! Both follow from the definition of the command line.

use clap_complete::aot::{Generator, generate};
use clap_mangen::Man;

pub(super) use clap_complete::aot::Shell;

use crate::base::Language;

use super::Failure;
use super::arguments::Definition;

/// The script that completes commands and options in `shell`.
pub(super) fn completions(shell: impl Generator, mut command: Definition) -> Vec<u8> {
    let mut script = Vec::new();
    let name = command.get_name().to_owned();
    generate(shell, &mut command, name, &mut script);
    script
}

/// The page of `man` about the whole program, or about one of its commands.
pub(super) fn page(
    mut command: Definition,
    about: Option<&str>,
    language: Language,
) -> Result<Vec<u8>, Failure> {
    let name = command.get_name().to_owned();
    command.build();
    let man = match about {
        None => Man::new(command),
        Some(about) => {
            let found = command.find_subcommand(about).cloned();
            let found = found.ok_or_else(|| {
                Failure(match language {
                    Language::Italian => format!("`{name}` non ha il comando `{about}`"),
                    Language::English => format!("`{name}` has no command `{about}`"),
                })
            })?;
            Man::new(found).title(format!("{name}-{about}"))
        }
    };
    let mut page = Vec::new();
    man.render(&mut page).map_err(|error| Failure(error.to_string()))?;
    Ok(page)
}
