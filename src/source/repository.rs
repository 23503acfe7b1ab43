//! Where the sources of a site are kept, as `vasta.yaml` says it: from that follow the addresses at which
//! a page is edited and its history is read.

use crate::base::Span;
use crate::base::address::is_web;
use crate::base::path::percent_encoded;

use super::reader::MapReader;
use super::yaml::Yaml;

/// The repository of a site.
#[derive(Clone, Debug, Default)]
pub struct Repository {
    /// Its address; empty when it is not known.
    pub url: String,
    /// The address at which a page is edited, with `{path}` for the file; empty when it is not known.
    pub edit_url: String,
    /// The address at which the history of a page is read, with `{path}` for the file; empty when it is
    /// not known.
    pub history_url: String,
    /// Where pages are asked to show what git knows of them; nothing when they are not.
    pub history: Option<Span>,
}

/// The programs in which repositories are kept, by what their addresses look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Forge {
    GitHub,
    GitLab,
    /// Gitea and Forgejo, such as Codeberg.
    Gitea,
}

const FORGES: [(&str, Forge); 4] = [
    ("github", Forge::GitHub),
    ("gitlab", Forge::GitLab),
    ("gitea", Forge::Gitea),
    ("forgejo", Forge::Gitea),
];

/// Hosts whose name does not say what runs there.
const HOSTS: [(&str, Forge); 1] = [("codeberg.org", Forge::Gitea)];

impl Forge {
    /// The one that the address of a repository lets suppose.
    fn of_host(url: &str) -> Option<Self> {
        let host = url.split('/').nth(2)?;
        let known = FORGES.iter().chain(&HOSTS).find(|(name, _)| host.contains(name));
        known.map(|(_, forge)| *forge)
    }

    /// Where a file of `branch` is edited, below the address of the repository.
    fn edit(self, branch: &str) -> String {
        match self {
            Self::GitHub => format!("edit/{branch}"),
            Self::GitLab => format!("-/edit/{branch}"),
            Self::Gitea => format!("_edit/{branch}"),
        }
    }

    /// Where the history of a file of `branch` is read.
    fn history(self, branch: &str) -> String {
        match self {
            Self::GitHub => format!("commits/{branch}"),
            Self::GitLab => format!("-/commits/{branch}"),
            Self::Gitea => format!("commits/branch/{branch}"),
        }
    }
}

/// Reads `repository`, an address alone or a group of keys, and `edit_url` and `history_url`, which go
/// before what follows from it.
pub(super) fn read(reader: &mut MapReader<'_>) -> Repository {
    let is_group = reader.node("repository").is_some_and(|node| matches!(node.yaml, Yaml::Map(_)));
    let mut repository = if is_group {
        reader.inside("repository", group).unwrap_or_default()
    } else {
        let url = reader.text("repository").unwrap_or_default();
        Repository { url, ..Repository::default() }
    };
    let patterns =
        [("edit_url", &mut repository.edit_url), ("history_url", &mut repository.history_url)];
    for (key, pattern) in patterns {
        if let Some(written) = reader.text(key) {
            *pattern = written;
        }
    }
    repository
}

fn group(reader: &mut MapReader<'_>) -> Repository {
    let url = reader.address("url", is_web, "https://github.com/gruppo/nome");
    let url = reader.required("url", url);
    let branch = reader.text("branch").unwrap_or_else(|| "main".to_owned());
    let folder = reader.text("folder").unwrap_or_default();
    let history = reader.node("history").map(|node| reader.span(node));
    let history = history.filter(|_| reader.boolean("history") == Some(true));
    let written = reader.node("forge").is_some();
    let forge = reader.choice("forge", &FORGES);
    let Some((url, _)) = url else { return Repository { history, ..Repository::default() } };
    let url = url.trim_end_matches('/').to_owned();
    let forge = if written { forge } else { Forge::of_host(&url) };
    if forge.is_none() && !written {
        reader.required::<()>("forge", None);
    }
    let Some(forge) = forge else { return Repository { url, history, ..Repository::default() } };
    let folder = folder.trim_matches('/');
    let file =
        if folder.is_empty() { "{path}".to_owned() } else { percent_encoded(folder) + "/{path}" };
    let branch = percent_encoded(&branch);
    Repository {
        edit_url: format!("{url}/{}/{file}", forge.edit(&branch)),
        history_url: format!("{url}/{}/{file}", forge.history(&branch)),
        url,
        history,
    }
}
