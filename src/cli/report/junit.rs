//! The findings as JUnit XML. Each file with findings is a suite, each finding one of its cases: an error
//! fails, a warning passes and says what it is. A site without findings is one case that passes, since
//! some readers take a report without cases for a failure.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::base::{Language, Severity};

use super::Findings;
use super::finding::Finding;

pub(super) fn write(findings: &Findings) -> String {
    let mut suites: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &findings.all {
        suites.entry(&finding.place.file).or_default().push(finding);
    }
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let n_cases = findings.all.len().max(1);
    let n_failures = failures(findings.all.iter());
    let counts = format!("tests=\"{n_cases}\" failures=\"{n_failures}\" errors=\"0\"");
    writeln!(xml, "<testsuites name=\"vasta check\" {counts}>").expect("in memory");
    if findings.all.is_empty() {
        let name = match findings.language {
            Language::Italian => "nessun errore nei contenuti",
            Language::English => "no mistake in the content",
        };
        xml.push_str(
            "  <testsuite name=\"vasta check\" tests=\"1\" failures=\"0\" errors=\"0\">\n",
        );
        writeln!(xml, "    <testcase classname=\"vasta\" name=\"{name}\"/>").expect("in memory");
        xml.push_str("  </testsuite>\n");
    }
    for (file, cases) in suites {
        let n_failures = failures(cases.iter().copied());
        let counts = format!("tests=\"{}\" failures=\"{n_failures}\" errors=\"0\"", cases.len());
        writeln!(xml, "  <testsuite name=\"{}\" {counts}>", escaped(file)).expect("in memory");
        cases.iter().for_each(|finding| xml.push_str(&case(finding)));
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn failures<'a>(findings: impl Iterator<Item = &'a Finding>) -> usize {
    findings.filter(|finding| finding.severity == Severity::Error).count()
}

fn case(finding: &Finding) -> String {
    let (file, start) = (escaped(&finding.place.file), finding.place.start);
    let name = format!("{} {}:{} {}", finding.code, start.line, start.column, finding.message);
    let text = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let (name, message) = (escaped(&name), escaped(&finding.message));
    let text = escaped(&format!("{}:{}:{}\n{text}", finding.place.file, start.line, start.column));
    let told = match finding.severity {
        Severity::Error => {
            format!("<failure type=\"{}\" message=\"{message}\">{text}</failure>", finding.code)
        }
        Severity::Warning => format!("<system-out>{text}</system-out>"),
    };
    let line = start.line;
    format!(
        "    <testcase classname=\"{file}\" name=\"{name}\" file=\"{file}\" line=\"{line}\">\n      \
         {told}\n    </testcase>\n"
    )
}

/// `text` for an attribute or an element; signs that XML cannot have are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_can_stand_in_xml() {
        assert_eq!(escaped("<a> & \"b\"\u{1}\n"), "&lt;a&gt; &amp; &quot;b&quot;&#10;");
    }
}
