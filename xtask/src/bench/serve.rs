//! A development server beside its site: started, asked for one page over and over while the page
//! is edited, and stopped. It is asked as a browser would, one connection for each request.

use super::measure;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long the first build may take.
const START: Duration = Duration::from_secs(600);
/// An edit that is not seen after this was lost.
const LOST: Duration = Duration::from_secs(60);
/// Between two questions, and between two edits.
const BETWEEN_QUESTIONS: Duration = Duration::from_millis(1);
const BETWEEN_EDITS: Duration = Duration::from_millis(300);

/// A server that is stopped when it is dropped.
pub(super) struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts `vasta serve`, which says its address on its first line.
    pub(super) fn vasta(program: &Path, site: &Path, logs: &Path) -> Result<Self, String> {
        let mut command = Command::new(program);
        command.args(["serve", "--port", "0", "--site"]).arg(site);
        let log = logs.join("vasta-serve");
        let mut server = Self { child: start(&mut command, &log)?, address: String::new() };
        let begun = Instant::now();
        while server.address.is_empty() {
            server.has_patience(begun)?;
            sleep(Duration::from_millis(10));
            let said = fs::read_to_string(&log).unwrap_or_default();
            server.address = address(&said).unwrap_or_default().to_owned();
        }
        Ok(server)
    }

    /// Starts `hugo server` on a free port. It builds into memory and, after an edit, at first only
    /// the pages that were looked at: this is how its users meet it.
    pub(super) fn hugo(program: &Path, site: &Path, logs: &Path) -> Result<Self, String> {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let free = free.map_err(|error| format!("no port is free: {error}"))?;
        let mut command = Command::new(program);
        command.args(["server", "--bind", "127.0.0.1", "--port", &free.port().to_string()]);
        command.arg("--source").arg(site);
        let child = start(&mut command, &logs.join("hugo-server"))?;
        Ok(Self { child, address: free.to_string() })
    }

    /// Waits until the page is there.
    pub(super) fn wait_for(&mut self, path: &str) -> Result<(), String> {
        let begun = Instant::now();
        while !self.get(path).is_ok_and(|answer| answer.starts_with("HTTP/1.1 200")) {
            self.has_patience(begun)?;
            sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Writes `text` into `file` and waits until `marker` is on the page: the seconds it took.
    pub(super) fn edit(
        &self,
        file: &Path,
        text: &str,
        path: &str,
        marker: &str,
    ) -> Result<f64, String> {
        sleep(BETWEEN_EDITS);
        let begun = Instant::now();
        fs::write(file, text).map_err(|error| format!("the page cannot be edited: {error}"))?;
        while !self.get(path).is_ok_and(|answer| answer.contains(marker)) {
            if begun.elapsed() > LOST {
                return Err(format!("an edit of `{path}` was not seen in {} s", LOST.as_secs()));
            }
            sleep(BETWEEN_QUESTIONS);
        }
        Ok(begun.elapsed().as_secs_f64())
    }

    /// The most memory it held so far, in bytes.
    pub(super) fn peak(&self) -> Option<f64> {
        measure::peak_of(self.child.id())
    }

    fn get(&self, path: &str) -> io::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(LOST))?;
        let host = &self.address;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    fn has_patience(&mut self, begun: Instant) -> Result<(), String> {
        match self.child.try_wait() {
            Ok(Some(status)) => Err(format!("the server ended with {status}")),
            _ if begun.elapsed() > START => Err("the server does not get ready".into()),
            _ => Ok(()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn start(command: &mut Command, log: &Path) -> Result<Child, String> {
    let file = File::create(log).and_then(|file| Ok((file.try_clone()?, file)));
    let (output, errors) = file.map_err(|error| format!("no log can be written: {error}"))?;
    command.stdin(Stdio::null()).stdout(output).stderr(errors);
    command.spawn().map_err(|error| format!("the server does not start: {error}"))
}

/// The address in what a server said, once the line is complete.
fn address(said: &str) -> Option<&str> {
    let (_, rest) = said.split_once("http://")?;
    let (address, _) = rest.split_once("/\n")?;
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn the_address_is_read_from_a_complete_line() {
        assert_eq!(address("http://127.0.0.1:4000/\n"), Some("127.0.0.1:4000"));
        assert_eq!(address("http://127.0.0.1:40"), None);
    }
}
