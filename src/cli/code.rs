//! `vasta explain V009`: what a code means, why it matters and what to do, with an example.

use crate::base::Language;
use crate::base::text::nearest;
use crate::source::explanation::{self, Explanation};

use super::Failure;

/// Whether `subject` is written as a code: the letter and digits only. No page is called so.
pub(super) fn is_code(subject: &str) -> bool {
    let digits = subject.strip_prefix(['V', 'v']).unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The explanation of `code`, or else the nearest code.
pub(super) fn explain(code: &str, language: Language) -> Result<String, Failure> {
    if let Some(found) = explanation::find(code) {
        return Ok(found.text(language));
    }
    let near = nearest(code, explanation::all().iter().map(|it| it.code));
    let near = near.and_then(explanation::find).map(|Explanation { code, title, .. }| {
        let title = title.in_language(language);
        match language {
            Language::Italian => format!(": forse intendevi `{code}`, «{title}»?"),
            Language::English => format!(": did you mean `{code}`, “{title}”?"),
        }
    });
    let near = near.unwrap_or_default();
    Err(Failure(match language {
        Language::Italian => format!("il codice `{code}` non esiste{near}"),
        Language::English => format!("there is no code `{code}`{near}"),
    }))
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
