//! Addresses as editors write them: of a page on the web, of a mailbox. Whether they exist is not
//! asked; only whether a browser or a mail program would understand them.

/// Whether `address` is the whole address of a page on the web.
pub fn is_web(address: &str) -> bool {
    let host = ["https://", "http://"].iter().find_map(|start| address.strip_prefix(start));
    host.is_some_and(|host| host.contains('.')) && !address.contains(char::is_whitespace)
}

/// Whether `address` is a mailbox.
pub fn is_mailbox(address: &str) -> bool {
    let is_whole = address
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
    is_whole && !address.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_whole() {
        assert!(is_web("https://www.provincia.it/sua") && !is_web("www.provincia.it"));
        assert!(!is_web("https://") && !is_web("https://provincia.it/la sua"));
        assert!(is_mailbox("ufficio@provincia.it") && !is_mailbox("ufficio"));
        assert!(!is_mailbox("@provincia.it") && !is_mailbox("a@b@provincia.it"));
    }
}
