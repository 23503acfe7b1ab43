//! What was asked of `cargo xtask search-eval`.

use std::path::PathBuf;

#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    /// Folders of Markdown, or sites. When nothing is named, the site of this repository.
    pub(super) corpora: Vec<PathBuf>,
    /// The sizes of the made-up corpora.
    pub(super) pages: Vec<usize>,
    /// How often each index is made.
    pub(super) runs: usize,
    /// At most so many questions of each kind; see [`Corpus::queries`](super::corpus::Corpus::queries).
    pub(super) queries: usize,
    pub(super) write: bool,
    /// Prints every question with the place of its page under either engine.
    pub(super) list: bool,
}

impl Options {
    /// Reads the options; `None` when they ask for help.
    pub(crate) fn parse(options: &[String]) -> Result<Option<Self>, String> {
        let mut parsed = Self {
            corpora: Vec::new(),
            pages: Vec::new(),
            runs: 3,
            queries: 100,
            write: false,
            list: false,
        };
        let mut options = options.iter().map(String::as_str);
        while let Some(option) = options.next() {
            match option {
                "-h" | "--help" => return Ok(None),
                "--write" => parsed.write = true,
                "--list" => parsed.list = true,
                "--runs" => parsed.runs = number(option, options.next())?,
                "--queries" => parsed.queries = number(option, options.next())?,
                "--pages" => parsed.pages.push(number(option, options.next())?),
                _ if option.starts_with('-') => return Err(format!("unexpected `{option}`")),
                folder => parsed.corpora.push(folder.into()),
            }
        }
        if parsed.corpora.is_empty() && parsed.pages.is_empty() {
            parsed.corpora = vec![crate::program::root()];
            parsed.pages = vec![1_000, 10_000];
        }
        Ok(Some(parsed))
    }
}

fn number(option: &str, value: Option<&str>) -> Result<usize, String> {
    match value.and_then(|value| value.parse().ok()) {
        Some(number) if number > 0 => Ok(number),
        _ => Err(format!("`{option}` wants a number above zero")),
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
    fn without_a_corpus_it_is_this_site_and_made_up_pages() {
        let options = parsed("--write").unwrap();
        assert_eq!(options.corpora, [crate::program::root()]);
        assert_eq!((options.pages.as_slice(), options.write), ([1_000, 10_000].as_slice(), true));
    }

    #[test]
    fn corpora_are_folders_or_sizes() {
        let options = parsed("guida --pages 200 --runs 1 --queries 50").unwrap();
        assert_eq!(
            (options.corpora.as_slice(), options.pages.as_slice()),
            (["guida".into()].as_slice(), [200].as_slice())
        );
        assert_eq!((options.runs, options.queries), (1, 50));
        assert_eq!(parsed("--pages 200").unwrap().corpora.len(), 0);
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(parsed("--pages some").unwrap_err(), "`--pages` wants a number above zero");
        assert_eq!(parsed("--all").unwrap_err(), "unexpected `--all`");
    }
}
