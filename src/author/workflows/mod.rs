//! What runs vasta around git: the workflow for GitHub, the pipeline for GitLab, and the hook that git calls
//! before each commit. Each is one file of this folder, complete but for the command by which vasta is
//! installed and the folder of the site.

/// Who runs vasta.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runner {
    /// GitHub Actions.
    GitHub,
    /// GitLab CI/CD.
    GitLab,
    /// git on the machine of an editor.
    PreCommit,
}

/// A folder whose name would need more than the quotation marks of a shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnfitName;

impl Runner {
    /// Where the file belongs, from the root of the repository; a hook is somewhere else for git itself.
    pub fn path(self) -> &'static str {
        match self {
            Self::GitHub => ".github/workflows/vasta.yml",
            Self::GitLab => ".gitlab-ci.yml",
            Self::PreCommit => "pre-commit",
        }
    }

    /// The text of the file. `site` is the folder of the site as seen from the root of the repository, empty
    /// when it is that root; `install` is a command, of which a hook has no need.
    ///
    /// # Errors
    ///
    /// When `site` holds anything but letters, digits, spaces and `-_.'/`, or begins with a sign.
    pub fn text(self, site: &str, install: &str) -> Result<String, UnfitName> {
        let option = site_option(site)?;
        let template = match self {
            Self::GitHub => include_str!("github.yml"),
            Self::GitLab => include_str!("gitlab.yml"),
            Self::PreCommit => include_str!("pre-commit"),
        };
        let line = |line: &str| filled(line, &option, install.trim());
        Ok(template.lines().map(line).collect())
    }
}

/// One line, ended; a command of several lines keeps the indentation of its place.
fn filled(line: &str, site: &str, install: &str) -> String {
    let Some(indentation) = line.strip_suffix("@install@") else {
        return line.replace("@site@", site) + "\n";
    };
    let line = |line: &str| format!("{indentation}{line}").trim_end().to_owned() + "\n";
    install.lines().map(line).collect()
}

/// ` --site FOLDER` for a shell, or nothing.
fn site_option(site: &str) -> Result<String, UnfitName> {
    if site.is_empty() { Ok(String::new()) } else { Ok(format!(" --site {}", word(site)?)) }
}

/// The path `folder` as one word for a shell, which a line of YAML may hold too.
fn word(folder: &str) -> Result<String, UnfitName> {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./".contains(letter);
    let is_fit = |letter: char| is_plain(letter) || " '".contains(letter);
    if !folder.chars().all(is_fit) || folder.starts_with(['-', ' ', '\'']) {
        return Err(UnfitName);
    }
    if folder.chars().all(is_plain) {
        return Ok(folder.to_owned());
    }
    Ok(format!("'{}'", folder.replace('\'', r"'\''")))
}

/// The command that installs the program from the repository itself, if the text of `manifest`, a `Cargo.toml`
/// in `folder`, is that of the program.
pub fn from_source(manifest: &str, folder: &str) -> Option<String> {
    let package = manifest.split("[package]").nth(1)?;
    let package = package.split("\n[").next().unwrap_or(package);
    let is_named = package.lines().any(|line| {
        let pair = line.split_once('=');
        pair.is_some_and(|(key, value)| key.trim() == "name" && value.trim() == "\"vasta\"")
    });
    let folder = word(if folder.is_empty() { "." } else { folder }).ok()?;
    is_named.then(|| format!("cargo install --locked --path {folder}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_the_site_is_one_word_for_a_shell() {
        assert_eq!(site_option(""), Ok(String::new()));
        assert_eq!(site_option("siti/upi"), Ok(" --site siti/upi".to_owned()));
        assert_eq!(site_option("il sito"), Ok(" --site 'il sito'".to_owned()));
        assert_eq!(site_option("l'ente"), Ok(r" --site 'l'\''ente'".to_owned()));
        for unfit in ["a: b", "a #b", "$(a)", "-a", "a\nb"] {
            assert_eq!(site_option(unfit), Err(UnfitName), "{unfit}");
        }
    }

    #[test]
    fn a_command_of_two_lines_keeps_its_place() {
        let text = Runner::GitLab.text("", "apt-get update\napt-get install vasta\n").expect("fit");
        let expected = "    - |\n      apt-get update\n      apt-get install vasta\n  #";
        assert!(text.contains(expected), "{text}");
    }

    #[test]
    fn only_the_program_installs_itself() {
        let vasta = "[workspace]\n\n[package]\nname = \"vasta\"\n\n[dependencies]\n";
        let install = "cargo install --locked --path .".to_owned();
        assert_eq!(from_source(vasta, ""), Some(install));
        let other = "[package]\nname = \"altro\"\n\n[[bin]]\nname = \"vasta\"\n";
        assert_eq!(from_source(other, ""), None);
    }
}
