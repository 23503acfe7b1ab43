//! What must not leave the house with a copy: keys that open something, and paths that tell of the computer
//! on which somebody wrote. Only what is beyond doubt is told, so that no text is refused for its words.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// What begins or ends a secret, and by how many signs it is followed at least.
const SECRETS: [(&str, usize); 7] = [
    ("PRIVATE KEY-----", 0),
    ("minisign encrypted secret key", 0),
    ("AKIA", 16),
    ("ghp_", 30),
    ("github_pat_", 30),
    ("glpat-", 20),
    ("xoxb-", 20),
];

/// How the path of a file on somebody's computer begins.
const PATHS: [&str; 4] = [concat!("/ho", "me/"), "/Users/", "C:\\Users\\", "file:///"];

/// The first thing in `text` that must not be handed over: what a secret is known by, or a path.
pub(super) fn exposed(text: &str) -> Option<&str> {
    // All marks at once, since every file of every copy is read for them.
    static MARKS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let marks = SECRETS.iter().map(|(mark, _)| *mark).chain(PATHS);
        AhoCorasick::new(marks).expect("a few short constants")
    });
    let mut path = None;
    for place in MARKS.find_iter(text).filter(|place| is_alone(text, place.start())) {
        let length = length(&text[place.end()..]);
        match SECRETS.get(place.pattern().as_usize()) {
            Some((_, least)) if length >= *least => return Some(&text[place.range()]),
            None if length > 0 && path.is_none() => {
                path = Some(&text[place.start()..place.end() + length]);
            }
            _ => {}
        }
    }
    path
}

/// Whether nothing stands directly before `at` that would make it a part of something else, such as of
/// an address on the web.
fn is_alone(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    !before.is_some_and(|sign| sign.is_alphanumeric() || "./:-_".contains(sign))
}

/// How many bytes of a name `text` begins with.
fn length(text: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_paths_of_a_computer_are_found() {
        let token = format!("token: ghp_{}", "a".repeat(36));
        for (text, found) in [
            ("-----BEGIN PRIVATE KEY-----", Some("PRIVATE KEY-----")),
            (token.as_str(), Some("ghp_")),
            ("<img alt=\"\" src=\"/Users/maria/foto.png\">", Some("/Users/maria")),
            ("vedi C:\\Users\\maria\\Documenti", Some("C:\\Users\\maria")),
            ("file:///tmp", Some("file:///tmp")),
            ("https://www.esempio.it/Users/servizi e ghp_ oppure AKIA", None),
            ("la cartella /Users/ di macOS", None),
        ] {
            assert_eq!(exposed(text), found, "{text}");
        }
    }
}
