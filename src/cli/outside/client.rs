//! Asks one address of the web whether it is there, without taking what is there: first for the head alone,
//! then, of servers that do not understand that, for all of it. Every step of a redirect is seen.

use std::time::Duration;

use ureq::http::Response;
use ureq::{Agent, Body, Error};

/// How long one address may take, redirects not counted.
const PATIENCE: Duration = Duration::from_secs(20);
/// So many redirects lead to a page; more go round in circles.
const MOST_REDIRECTS: usize = 5;

/// What one address answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Answer {
    /// It is there.
    Good,
    /// It is at another address for good.
    Moved(String),
    /// The server says that there is no such thing.
    Broken(u16),
    /// Nobody knows: the server refuses, has trouble, or does not answer. A status or one word.
    Unreachable(String),
}

/// What asks.
pub(super) struct Client(Agent);

impl Client {
    /// One that calls itself `name`.
    pub(super) fn new(name: &str) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(name)
            .build();
        Self(config.new_agent())
    }

    /// Asks `address`.
    pub(super) fn ask(&self, address: &str) -> Answer {
        let mut here = address.to_owned();
        let mut is_permanent = true;
        for _ in 0..=MOST_REDIRECTS {
            let response = match self.head_or_all(&here) {
                Ok(response) => response,
                Err(error) => return Answer::Unreachable(word(&error).to_owned()),
            };
            let status = response.status().as_u16();
            let target = response.headers().get("location").and_then(|to| to.to_str().ok());
            match (status, target.and_then(|to| joined(&here, to))) {
                (301 | 302 | 303 | 307 | 308, Some(target)) => {
                    is_permanent &= matches!(status, 301 | 308);
                    here = target;
                }
                (200..=299, _) if here != address && is_permanent => return Answer::Moved(here),
                (200..=299, _) => return Answer::Good,
                (404 | 410, _) => return Answer::Broken(status),
                _ => return Answer::Unreachable(status.to_string()),
            }
        }
        Answer::Unreachable("redirects".to_owned())
    }

    fn head_or_all(&self, address: &str) -> Result<Response<Body>, Error> {
        let head = self.0.head(address).call();
        let is_answer = |response: &Response<Body>| {
            response.status().is_success() || response.status().is_redirection()
        };
        if head.as_ref().is_ok_and(is_answer) { head } else { self.0.get(address).call() }
    }
}

/// What went wrong, in a word for programs.
fn word(error: &Error) -> &'static str {
    match error {
        Error::HostNotFound => "host",
        Error::Timeout(_) => "timeout",
        Error::Tls(_) | Error::Rustls(_) => "certificate",
        Error::BadUri(_) | Error::Http(_) => "address",
        _ => "connection",
    }
}

/// The address to which `target`, found at `here`, leads.
fn joined(here: &str, target: &str) -> Option<String> {
    let target = target.split('#').next().unwrap_or(target);
    if target.starts_with("http://") || target.starts_with("https://") {
        return Some(target.to_owned());
    }
    let (scheme, rest) = here.split_once("://")?;
    if let Some(other) = target.strip_prefix("//") {
        return Some(format!("{scheme}://{other}"));
    }
    let host = rest.split(['/', '?', '#']).next()?;
    if target.starts_with('/') {
        return Some(format!("{scheme}://{host}{target}"));
    }
    let path = rest[host.len()..].split(['?', '#']).next()?;
    let folder = path.rfind('/').map_or("/", |end| &path[..=end]);
    (!target.contains(':')).then(|| format!("{scheme}://{host}{folder}{target}"))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn a_redirect_leads_from_where_it_is_found() {
        let from = |target| joined("https://a.it/b/c?d", target);
        assert_eq!(from("http://e.it/").as_deref(), Some("http://e.it/"));
        assert_eq!(from("//e.it/f").as_deref(), Some("https://e.it/f"));
        assert_eq!(from("/f#g").as_deref(), Some("https://a.it/f"));
        assert_eq!(from("f").as_deref(), Some("https://a.it/b/f"));
        assert_eq!(from("mailto:a@b.it"), None);
        assert_eq!(joined("https://a.it", "f").as_deref(), Some("https://a.it/f"));
    }
}
