//! The words of links that say nothing to who hears or sees them alone, in a list of the links of a page.

/// Words that say that there is a link, and not where it leads; without capitals and articles.
const SAY_NOTHING: [&str; 58] = [
    "altro",
    "apri",
    "approfondisci",
    "clic",
    "clicca",
    "clicca qua",
    "clicca qui",
    "click here",
    "continua",
    "continua a leggere",
    "dettagli",
    "download",
    "fai clic qui",
    "go",
    "here",
    "info",
    "learn more",
    "leggi",
    "leggi ancora",
    "leggi di più",
    "leggi qui",
    "leggi tutto",
    "link",
    "maggiori dettagli",
    "maggiori informazioni",
    "more",
    "more information",
    "pagina",
    "per saperne di più",
    "più informazioni",
    "premi qui",
    "qua",
    "questa",
    "questa pagina",
    "questo",
    "questo collegamento",
    "questo documento",
    "questo file",
    "questo indirizzo",
    "questo link",
    "questo sito",
    "qui",
    "read more",
    "scarica",
    "scarica qui",
    "scopri",
    "scopri di più",
    "segui",
    "sito",
    "sito web",
    "this",
    "this link",
    "this page",
    "this site",
    "vai",
    "vai qui",
    "vedi",
    "vedi qui",
];
const ARTICLES: [&str; 9] = ["a ", "al ", "alla ", "il ", "in ", "la ", "l'", "su ", "the "];

/// Whether `text`, the words of a link, does not say where it leads: nothing, words that any link could
/// have, or a bare address.
pub(super) fn says_nothing(text: &str) -> bool {
    let is_sign = |letter: char| !letter.is_alphanumeric();
    let plain = text.trim_matches(is_sign).to_lowercase().replace('’', "'");
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let without = ARTICLES.iter().find_map(|article| words.strip_prefix(article)).unwrap_or(&words);
    let is_address = text.trim().starts_with("http://") || text.trim().starts_with("https://");
    words.is_empty() || is_address || SAY_NOTHING.contains(&without)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_any_link_could_have_say_nothing() {
        for (text, expected) in [
            ("Clicca  qui!", true),
            ("→ qui", true),
            ("a questo indirizzo", true),
            ("il sito", true),
            ("https://www.anac.it/pagina", true),
            ("", true),
            ("…", true),
            ("il sito di ANAC", false),
            ("www.anac.it", false),
            ("Qui si parla di gare", false),
            ("Leggi la convenzione", false),
            ("62", false),
        ] {
            assert_eq!(says_nothing(text), expected, "{text}");
        }
    }
}
