//! What must not leave the house with a copy: keys that open something, and paths that tell of the computer
//! on which somebody wrote. Only what is beyond doubt is told, so that no text is refused for its words.

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
    let secrets = SECRETS.iter().filter_map(|(mark, least)| find(text, mark, *least));
    let mut secrets = secrets.map(|(start, name)| &text[start..name]);
    let paths = PATHS.iter().filter_map(|mark| find(text, mark, 1));
    let mut paths = paths.map(|(start, name)| &text[start..name + length(&text[name..])]);
    secrets.next().or_else(|| paths.next())
}

/// Where `mark` stands alone with a name of at least `least` signs after it, and where that begins.
fn find(text: &str, mark: &str, least: usize) -> Option<(usize, usize)> {
    let mut places = text.match_indices(mark).map(|(start, _)| (start, start + mark.len()));
    places.find(|(start, name)| is_alone(text, *start) && length(&text[*name..]) >= least)
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
