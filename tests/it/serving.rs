//! `vasta serve` as a browser and an editor meet it: pages from memory, news when a file is saved,
//! mistakes over the last good page, and no answer to strangers.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::fixture::{Folder, command};

const SITE: &str = "
//- vasta.yaml
title: Prova
//- content/_index.md
# Inizio
//- content/a.md
Prima.
";

/// A server that is stopped at the end of its test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(folder: &Folder) -> Self {
        let mut child = command(folder.path(), &["serve", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let mut line = String::new();
        let output = child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("the address");
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { child, address }
    }

    fn ask(&self, path: &str, host: &str) -> String {
        let mut stream = self.connect(path, host);
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer in UTF-8");
        answer
    }

    fn get(&self, path: &str) -> String {
        self.ask(path, &self.address)
    }

    fn connect(&self, path: &str, host: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a time");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").expect("it reads");
        stream
    }

    /// The stream of events, its header read.
    fn events(&self) -> BufReader<TcpStream> {
        let mut events = BufReader::new(self.connect("/__vasta/events", &self.address));
        let mut line = String::new();
        while line.trim_end() != "" || line.is_empty() {
            line.clear();
            events.read_line(&mut line).expect("a header");
        }
        events
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Reads events until one is called `name`, and gives its text.
fn wait_for(events: &mut BufReader<TcpStream>, name: &str) -> String {
    let mut text = String::new();
    let mut is_wanted = false;
    loop {
        let mut line = String::new();
        events.read_line(&mut line).expect("an event before the time is over");
        if line.trim_end() == format!("event: {name}") {
            is_wanted = true;
        } else if let Some(data) = line.strip_prefix("data:").filter(|_| is_wanted) {
            text.push_str(data);
        } else if is_wanted && line.trim_end().is_empty() {
            return text;
        }
    }
}

#[test]
fn pages_come_from_memory_with_the_script_that_listens() {
    let folder = Folder::with_site("serve-pages", SITE);
    let server = Server::start(&folder);
    let page = server.get("/a/");
    assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
    assert!(page.contains("Prima.") && page.contains("/__vasta/serve.js?version=1"), "{page}");
    assert!(server.get("/a").contains("Location: /a/"));
    assert!(server.get("/manca/").starts_with("HTTP/1.1 404"));
    assert!(server.get("/ricerca/manifest.js").contains("Content-Type: text/javascript"));
    assert!(!folder.path().join("public").exists(), "nothing is written");
}

#[test]
fn strangers_and_paths_out_of_the_site_get_nothing() {
    let folder = Folder::with_site("serve-strangers", SITE);
    let server = Server::start(&folder);
    assert!(server.ask("/a/", "altrove.it").starts_with("HTTP/1.1 403"));
    assert!(server.ask("/a/", "").starts_with("HTTP/1.1 403"));
    for path in ["/../vasta.yaml", "/%2e%2e/vasta.yaml", "//etc/passwd", "/a/../../vasta.yaml"] {
        assert!(server.get(path).starts_with("HTTP/1.1 404"), "{path}");
    }
}

#[test]
fn a_saved_file_is_news_and_a_mistake_leaves_the_last_good_page() {
    let folder = Folder::with_site("serve-news", SITE);
    let server = Server::start(&folder);
    let mut events = server.events();
    folder.write("content/a.md", "Dopo.\n");
    wait_for(&mut events, "pages");
    assert!(server.get("/a/").contains("Dopo."));
    folder.write("content/a.md", "[rotto](manca.md)\n");
    let problems = wait_for(&mut events, "problems");
    assert!(
        problems.contains("errore[V009]") && problems.contains("content/a.md:1:9"),
        "{problems}"
    );
    assert!(server.get("/a/").contains("Dopo."));
    folder.write("content/a.md", "Di nuovo bene.\n");
    wait_for(&mut events, "pages");
    assert!(server.get("/a/").contains("Di nuovo bene."));
}

#[test]
fn a_style_sheet_alone_is_news_of_its_own() {
    let folder = Folder::with_site("serve-styles", SITE);
    folder.write("themes/casa/static/mio.css", "p { color: red }");
    let server = Server::start(&folder);
    let mut events = server.events();
    folder.write("themes/casa/static/mio.css", "p { color: blue }");
    wait_for(&mut events, "styles");
    assert!(server.get("/tema/mio.css").contains("blue"));
}

#[test]
fn many_changes_at_once_end_in_the_right_state() {
    let folder = Folder::with_site("serve-many", SITE);
    let server = Server::start(&folder);
    let mut events = server.events();
    for page in 0..500 {
        folder.write(&format!("content/g/p{page}.md"), format!("Pagina {page}.\n"));
    }
    fs::remove_file(folder.path().join("content/a.md")).expect("it is there");
    let mut tries = 0;
    while !server.get("/g/p499/").contains("Pagina 499.") || !server.get("/a/").contains(" 404 ") {
        wait_for(&mut events, "pages");
        tries += 1;
        assert!(tries < 20, "the last state is never shown");
    }
}

/// A branch with other texts, pages and names in 500 files is checked out under the server, and the
/// site is soon that of the branch, after one or two builds.
#[test]
fn another_branch_is_one_or_two_builds() {
    let folder = Folder::with_site("serve-branch", SITE);
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.current_dir(folder.path()).args(["-c", "user.name=a", "-c", "user.email=a@b.it"]);
        assert!(
            command
                .args(arguments)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success()),
            "{arguments:?}"
        );
    };
    let write = |branch: &str, pages: std::ops::Range<usize>| {
        for page in pages {
            let text = format!("# Pagina {page}\n\nRamo {branch}.\n");
            folder.write(&format!("content/s{}/p{page}.md", page % 7), text);
        }
    };
    write("uno", 0..450);
    git(&["init", "--initial-branch", "uno"]);
    git(&["add", "."]);
    git(&["commit", "-m", "uno"]);
    git(&["checkout", "-b", "due"]);
    for page in 0..50 {
        fs::remove_file(folder.path().join(format!("content/s{}/p{page}.md", page % 7)))
            .expect("it is there");
    }
    write("due", 50..500);
    git(&["add", "-A"]);
    git(&["commit", "-m", "due"]);
    git(&["checkout", "uno"]);

    let server = Server::start(&folder);
    let version = || -> u64 {
        let page = server.get("/");
        let (_, after) = page.split_once("serve.js?version=").expect("the script");
        after.split('"').next().and_then(|number| number.parse().ok()).expect("a number")
    };
    for branch in ["due", "uno"] {
        let before = version();
        let mut events = server.events();
        git(&["checkout", branch]);
        wait_for(&mut events, "pages");
        // A second build may follow; after half a minute without the right state something is wrong.
        let is_there = || {
            let last = server.get(&format!("/s{}/p449/", 449 % 7));
            let (gone, come) = (server.get("/s0/p0/"), server.get(&format!("/s{}/p499/", 499 % 7)));
            let (first, second) = if branch == "due" { (come, gone) } else { (gone, come) };
            last.contains(&format!("Ramo {branch}."))
                && first.starts_with("HTTP/1.1 200")
                && second.starts_with("HTTP/1.1 404")
        };
        assert!(
            is_there() || {
                wait_for(&mut events, "pages");
                is_there()
            },
            "branch {branch}"
        );
        assert!((1..=2).contains(&(version() - before)), "{} builds", version() - before);
    }
}
