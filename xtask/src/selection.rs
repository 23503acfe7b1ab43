//! Which steps of `cargo xtask test` were asked for: `--only` names the steps to run, `--skip` the
//! steps to leave out. Both take one or more names and may be given together.

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Selection {
    only: Vec<String>,
    skip: Vec<String>,
}

impl Selection {
    /// Reads the options; `None` when they ask for help. Every name must be one of `known`.
    pub(crate) fn parse(options: &[String], known: &[&str]) -> Result<Option<Self>, String> {
        let mut selection = Self::default();
        let mut options = options.iter().peekable();
        while let Some(option) = options.next() {
            let chosen = match option.as_str() {
                "--only" => &mut selection.only,
                "--skip" => &mut selection.skip,
                "-h" | "--help" => return Ok(None),
                _ => return Err(format!("unexpected `{option}`")),
            };
            let before = chosen.len();
            while let Some(name) = options.next_if(|name| !name.starts_with('-')) {
                if !known.contains(&name.as_str()) {
                    return Err(format!("there is no step `{name}`"));
                }
                chosen.push(name.clone());
            }
            if chosen.len() == before {
                return Err(format!("`{option}` wants the name of a step"));
            }
        }
        Ok(Some(selection))
    }

    pub(crate) fn includes(&self, name: &str) -> bool {
        let named = |names: &[String]| names.iter().any(|one| one == name);
        (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
    }
}

#[cfg(test)]
mod tests {
    use super::Selection;

    fn chosen(options: &str) -> Result<Vec<&'static str>, String> {
        let known = ["fmt", "clippy", "browser"];
        let options: Vec<String> = options.split_whitespace().map(str::to_owned).collect();
        let selection = Selection::parse(&options, &known)?.unwrap_or_default();
        Ok(known.into_iter().filter(|name| selection.includes(name)).collect())
    }

    #[test]
    fn all_steps_run_by_default() {
        assert_eq!(chosen("").unwrap(), ["fmt", "clippy", "browser"]);
    }

    #[test]
    fn only_and_skip_take_several_names() {
        assert_eq!(chosen("--only fmt clippy").unwrap(), ["fmt", "clippy"]);
        assert_eq!(chosen("--skip browser").unwrap(), ["fmt", "clippy"]);
        assert_eq!(chosen("--only fmt --only clippy --skip fmt").unwrap(), ["clippy"]);
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(chosen("--only fnt").unwrap_err(), "there is no step `fnt`");
        assert_eq!(chosen("--skip").unwrap_err(), "`--skip` wants the name of a step");
        assert_eq!(chosen("fmt").unwrap_err(), "unexpected `fmt`");
    }
}
