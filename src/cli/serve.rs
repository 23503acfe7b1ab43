//! `vasta serve`: shows the site on this computer, and opens the browser on it.
#![expect(clippy::disallowed_methods, reason = "the command line meets sockets and programs")]
#![expect(clippy::print_stdout, reason = "the address goes to standard output")]

use std::env;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::process::{Command, ExitCode, Stdio};

use crate::base::{Diagnostics, Language};
use crate::dev::{self, Host, Serving, Watching};
use crate::source::Tree;

use super::arguments::Place;
use super::report::Report;
use super::{Failure, cannot_read, report, today};

pub(super) fn serve(
    place: &Place,
    drafts: bool,
    address: SocketAddr,
    watching: Watching,
    open: bool,
    language: Language,
) -> Result<ExitCode, Failure> {
    let (root, out) = place.resolve(language)?;
    let cannot_listen = |error: io::Error| {
        Failure(match language {
            Language::Italian => format!("non posso rispondere su {address}: {error}"),
            Language::English => format!("cannot listen on {address}: {error}"),
        })
    };
    let listener = TcpListener::bind(address).map_err(cannot_listen)?;
    let url = format!("http://{}/", listener.local_addr().map_err(cannot_listen)?);
    let edition = place.edition.clone();
    let serving = Serving { root, out, edition, drafts, watching };
    let tell = |tree: &Tree, diagnostics: &Diagnostics| {
        report(tree, diagnostics, language);
        Report { tree, language, styled: false }.text(diagnostics)
    };
    let ready = || {
        println!("{url}");
        if open {
            open_browser(&url);
        }
    };
    let host = Host { tell: &tell, today: &today };
    dev::serve(&serving, listener, &host, ready)
        .map_err(|error| cannot_read(&serving.root, &error))?;
    Ok(ExitCode::SUCCESS)
}

/// Opens the browser that the system prefers; without one the address on the screen is enough.
fn open_browser(url: &str) {
    let program = match env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let mut command = Command::new(program);
    command.arg(url).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok();
}
