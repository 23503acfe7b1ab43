//! `vasta explain V009`: what a code means, why it matters and what to do, with an example.

use crate::base::Language;
use crate::source::explanation::{self, Explanation};

use super::Failure;

/// Whether `subject` is written as a code: the letter and digits only. No page is called so.
pub(super) fn is_code(subject: &str) -> bool {
    let digits = subject.strip_prefix(['V', 'v']).unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The explanation of `written` as a text.
pub(super) fn explain(written: &str, language: Language) -> Result<String, Failure> {
    explanation_of(written, language).map(|found| found.text(language))
}

/// The explanation of `written`, with or without its zeros, or else the nearest code.
pub(super) fn explanation_of(
    written: &str,
    language: Language,
) -> Result<&'static Explanation, Failure> {
    let number = number(written);
    let distance = |it: &&Explanation| number.abs_diff(self::number(it.code));
    let near = explanation::all().iter().min_by_key(distance).expect("there are codes");
    if self::number(near.code) == number {
        return Ok(near);
    }
    let (code, title) = (near.code, near.title.in_language(language));
    Err(Failure(match language {
        Language::Italian => {
            format!("il codice `{written}` non esiste; il più vicino è `{code}`, «{title}»")
        }
        Language::English => {
            format!("there is no code `{written}`; the nearest is `{code}`, “{title}”")
        }
    }))
}

/// The number of a code.
fn number(code: &str) -> u32 {
    code.trim_start_matches(['V', 'v']).parse().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_told_from_a_page() {
        assert!(is_code("V009") && is_code("v9"));
        assert!(!is_code("V") && !is_code("varie.md") && !is_code("v2-nuova"));
    }
}
