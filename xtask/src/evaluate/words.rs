//! The words of a text, cut as simply as can be. This is not how any engine cuts: questions are made
//! of what a reader sees, and no engine's own rules may leak into them.

/// Words that say nothing about a page: articles, prepositions, conjunctions, and the short verbs.
const EMPTY: &str = "agli alla alle allo altra altre altri altro anche ancora avere bensì che chi \
    ciascun ciascuna ciò coi col come con così cosa cui dagli dal dalla dalle dallo degli dei del \
    della delle dello dentro deve devono dopo dove due durante ecco ente entro era erano essa esse \
    essere essi esso fino fra fuori gli hanno infatti insieme invece loro mentre molto negli nei \
    nel nella nelle nello non nostra nostro ogni ognuno oltre ossia ovvero ovunque perché perciò \
    però pertanto più poi possa possono presso prima propria proprie proprio può pure qual quale \
    quali qualsiasi quando quanto quella quelle quelli quello quel questa queste questi questo \
    quindi salvo sarà secondo sempre senza siano sia solo sono sopra sotto stata state stati stato \
    stessa stesse stessi stesso sugli sui sul sulla sulle sullo tale tali tanto tra tramite troppo \
    tutta tutte tutti tutto una uno usare vari varie verso viene vengono dell nell sull dall quell \
    nessun nessuna alcun alcuna alcune alcuni";

const SHORTEST_CONTENT: usize = 4;

/// The words of a text in small letters, in their order. What has a digit in it, and the addresses
/// and file names that hang together by signs, is left out; an apostrophe ends a word.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(ends_word).filter_map(word).collect()
}

fn ends_word(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\'' | '’' | '‘' | 'ʼ' | '«' | '»' | '“' | '”' | '"' | '(' | ')' | '[' | ']'
        )
}

fn word(token: &str) -> Option<String> {
    let word = token.trim_matches(|letter: char| !letter.is_alphanumeric());
    let is_plain = !word.is_empty() && word.chars().all(char::is_alphabetic);
    is_plain.then(|| word.to_lowercase())
}

/// Whether a word is one that readers would search for.
pub(super) fn is_content(word: &str) -> bool {
    word.chars().count() >= SHORTEST_CONTENT && !EMPTY.split_whitespace().any(|one| one == word)
}

/// A text in small letters without accents.
pub(super) fn folded(text: &str) -> String {
    text.to_lowercase().chars().map(without_accent).collect()
}

fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ä' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::{folded, is_content, words};

    #[test]
    fn a_word_is_letters_between_signs() {
        let text =
            "L'anagrafe «unica», nell’area vasta: vedi www.example.it, D.Lgs. 36/2023 (SUA).";
        assert_eq!(words(text), ["l", "anagrafe", "unica", "nell", "area", "vasta", "vedi", "sua"]);
    }

    #[test]
    fn empty_words_are_not_content() {
        assert!(is_content("anagrafe") && !is_content("della") && !is_content("sua"));
    }

    #[test]
    fn accents_are_dropped() {
        assert_eq!(folded("Perché Età"), "perche eta");
    }
}
