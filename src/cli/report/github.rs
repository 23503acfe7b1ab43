//! The findings as workflow commands of GitHub Actions, which shows them beside the changed lines.

use crate::base::Severity;

use super::Findings;
use super::finding::Finding;

pub(super) fn write(findings: &Findings) -> String {
    findings.all.iter().map(command).collect()
}

fn command(finding: &Finding) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (start, end) = (finding.place.start, finding.place.end);
    let mut properties = vec![
        format!("file={}", property(&finding.place.file)),
        format!("line={}", start.line),
        format!("endLine={}", end.line),
    ];
    // GitHub refuses columns where the lines differ.
    if start.line == end.line {
        properties.push(format!("col={}", start.column));
        properties.push(format!("endColumn={}", end.column));
    }
    let title = format!("{} {}", finding.code, finding.title);
    properties.push(format!("title={}", property(title.trim_end())));
    let mut message = finding.message.clone();
    if let Some(help) = &finding.help {
        message = format!("{message}\n{help}");
    }
    format!("::{name} {}::{}\n", properties.join(","), data(&message))
}

/// What stands after the command: it ends with the line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value before it: these end with a comma, and all of them with colons.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_commands_are_escaped() {
        assert_eq!(property("50%: a, b\n"), "50%25%3A a%2C b%0A");
        assert_eq!(data("50%: a, b\r\n"), "50%25: a, b%0D%0A");
    }
}
