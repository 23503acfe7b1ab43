//! What was asked of `cargo xtask bench`. Lists may be separated by commas or spaces.

use std::path::PathBuf;

/// What can be measured, with what it means; the names for `--only`.
pub(super) const MEASUREMENTS: [(&str, &str); 7] = [
    ("cold", "a build without any state, into a new folder; peak memory; bytes per page"),
    ("noop", "the same build again, nothing changed"),
    ("body", "a build after a word was added to the text of one page"),
    ("title", "a build after a word was added to the title of one page"),
    ("template", "a build after one template of the theme was changed"),
    ("serve", "from saving a page to seeing it, under the development server"),
    ("code", "pages full of code, without state and with remembered blocks"),
];

#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    pub(super) pages: Vec<usize>,
    pub(super) runs: usize,
    only: Vec<String>,
    pub(super) with_mdbook: bool,
    pub(super) write: bool,
    /// Where corpora and sites are made; below `target/bench` when it is not said.
    pub(super) folder: Option<PathBuf>,
}

impl Options {
    /// Reads the options; `None` when they ask for help.
    pub(crate) fn parse(options: &[String]) -> Result<Option<Self>, String> {
        let mut parsed = Self {
            pages: Vec::new(),
            runs: 3,
            only: Vec::new(),
            with_mdbook: false,
            write: false,
            folder: None,
        };
        let mut options = options.iter().peekable();
        while let Some(option) = options.next() {
            let mut values = Vec::new();
            while let Some(value) = options.next_if(|value| !value.starts_with('-')) {
                values.extend(value.split(',').filter(|part| !part.is_empty()));
            }
            match (option.as_str(), values.as_slice()) {
                ("-h" | "--help", _) => return Ok(None),
                ("--with-mdbook", []) => parsed.with_mdbook = true,
                ("--write", []) => parsed.write = true,
                ("--folder", [folder]) => parsed.folder = Some(folder.into()),
                ("--runs", [value]) => parsed.runs = number(value)?,
                ("--pages" | "--only" | "--runs" | "--folder", []) => {
                    return Err(format!("`{option}` wants a value"));
                }
                ("--pages", values) => {
                    for value in values {
                        parsed.pages.push(number(value)?);
                    }
                }
                ("--only", values) => {
                    for value in values {
                        parsed.only.push(known(value)?);
                    }
                }
                _ => return Err(format!("unexpected `{option} {}`", values.join(" "))),
            }
        }
        if parsed.pages.is_empty() {
            parsed.pages = vec![1_000, 10_000, 50_000];
        }
        parsed.pages.sort_unstable();
        parsed.pages.dedup();
        Ok(Some(parsed))
    }

    /// Whether a measurement was asked for.
    pub(super) fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|one| one == name)
    }
}

fn number(value: &str) -> Result<usize, String> {
    match value.replace('_', "").parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("`{value}` is not a number above zero")),
    }
}

fn known(value: &str) -> Result<String, String> {
    match MEASUREMENTS.iter().find(|(name, _)| *name == value) {
        Some((name, _)) => Ok((*name).to_owned()),
        None => Err(format!("there is no measurement `{value}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    fn parsed(options: &str) -> Result<Options, String> {
        let options: Vec<String> = options.split_whitespace().map(str::to_owned).collect();
        Options::parse(&options).map(|options| options.expect("no help was asked for"))
    }

    #[test]
    fn everything_is_measured_by_default() {
        let options = parsed("").unwrap();
        assert_eq!(
            (options.pages.as_slice(), options.runs),
            ([1_000, 10_000, 50_000].as_slice(), 3)
        );
        assert!(options.wants("cold") && options.wants("serve") && !options.write);
    }

    #[test]
    fn lists_take_commas_and_spaces() {
        let options =
            parsed("--pages 1000,200 --only cold,noop body --runs 5 --folder /a --write").unwrap();
        assert_eq!((options.pages.as_slice(), options.runs), ([200, 1_000].as_slice(), 5));
        assert!(options.wants("noop") && options.wants("body") && !options.wants("code"));
        assert!(options.write && options.folder == Some("/a".into()));
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(parsed("--only colt").unwrap_err(), "there is no measurement `colt`");
        assert_eq!(parsed("--pages").unwrap_err(), "`--pages` wants a value");
        assert_eq!(parsed("--runs 0").unwrap_err(), "`0` is not a number above zero");
        assert_eq!(parsed("--write now").unwrap_err(), "unexpected `--write now`");
    }
}
