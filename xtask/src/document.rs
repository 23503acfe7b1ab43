//! The places in `docs/benchmarks.md` that are written by programs, each between two markers of its
//! own. What goes there is made elsewhere.

use crate::program::root;
use std::fs;

const DOCUMENT: &str = "docs/benchmarks.md";

/// Puts `report` into the place of the document that is called `place`.
pub(crate) fn write(place: &str, report: &str) -> Result<(), String> {
    let file = root().join(DOCUMENT);
    let document =
        fs::read_to_string(&file).map_err(|error| format!("{DOCUMENT} cannot be read: {error}"))?;
    let document = replaced(&document, place, report)
        .ok_or_else(|| format!("{DOCUMENT} has no place for {place}"))?;
    fs::write(&file, document).map_err(|error| format!("{DOCUMENT} cannot be written: {error}"))?;
    println!("{DOCUMENT} is written");
    Ok(())
}

/// The document with another report in the place.
fn replaced(document: &str, place: &str, report: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {place} -->\n"), format!("<!-- end of {place} -->\n"));
    let (before, rest) = document.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n{}\n\n{end}{after}", report.trim()))
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn only_what_is_in_the_place_is_replaced() {
        let place =
            |name: &str, text: &str| format!("<!-- {name} -->\n{text}\n<!-- end of {name} -->\n");
        let document =
            format!("# Title\n\n{}\n{}\nAfter.\n", place("results", "old"), place("search", "old"));
        let expected = format!(
            "# Title\n\n{}\n{}\nAfter.\n",
            place("results", "old"),
            place("search", "\nnew\n")
        );
        assert_eq!(replaced(&document, "search", "new\n").unwrap(), expected);
        assert_eq!(replaced(&document, "nothing", "new"), None);
    }
}
