//! What `vasta check` tells, in the form that somebody asked for: with excerpts for people, and for
//! programs as JSON, SARIF, workflow commands of GitHub, Code Quality of GitLab or JUnit. Each form is one
//! file over the same findings.

mod finding;
mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;
mod summary;
mod text;

pub(super) use finding::Findings;
pub(super) use summary::{count, counted, mendable, summary};
pub(super) use text::Report;

use super::arguments::Format;

/// The findings in a form for programs; nothing for the form that is for people.
pub(super) fn for_programs(format: Format, findings: &Findings) -> Option<String> {
    match format {
        Format::Text => None,
        Format::Json => Some(json::write(findings)),
        Format::Sarif => Some(sarif::write(findings)),
        Format::Github => Some(github::write(findings)),
        Format::Gitlab => Some(gitlab::write(findings)),
        Format::Junit => Some(junit::write(findings)),
    }
}
