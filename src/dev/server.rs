//! A small web server for one person: files from memory, and a stream of events that tells the
//! browser when to look again. It answers only to its own name, and only with what was built.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use crate::base::html::escape;
use crate::document::OfficeFormat;

use super::board::{Board, Change, News};

/// The browser's half.
const SCRIPT: &str = include_str!("serve.js");
/// Where the browser's half and the events are: no page of a site can be called so.
const PREFIX: &str = "/__vasta/";
/// Longer requests are not from a browser that looks at a page.
const LONGEST_REQUEST: u64 = 16_384;
/// How long a stream of events is silent before it is checked that somebody still listens.
const PATIENCE: Duration = Duration::from_secs(15);

/// Answers connections for ever, each in a thread of its own.
pub(super) fn accept(listener: &TcpListener, address: SocketAddr, board: &Board) {
    for stream in listener.incoming().flatten() {
        let board = board.clone();
        // Whoever hangs up in the middle needs no answer.
        std::thread::spawn(move || answer(stream, address, &board).ok());
    }
}

struct Request {
    is_head: bool,
    path: String,
    query: String,
}

struct Response {
    status: &'static str,
    kind: &'static str,
    location: Option<String>,
    body: Vec<u8>,
}

fn answer(stream: TcpStream, address: SocketAddr, board: &Board) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::new(stream.try_clone()?.take(LONGEST_REQUEST));
    let mut stream = stream;
    let request = match read(&mut reader, address) {
        Ok(request) => request,
        Err(refused) => return write(&mut stream, &refused, false),
    };
    if request.path == format!("{PREFIX}events") {
        return tell(&mut stream, &request, board);
    }
    write(&mut stream, &respond(&request, board), request.is_head)
}

/// Reads a request; what is not one of ours is refused with the response to send.
fn read(reader: &mut impl BufRead, address: SocketAddr) -> Result<Request, Response> {
    let refuse = |status| Response { status, kind: TEXT, location: None, body: status.into() };
    let mut line = String::new();
    reader.read_line(&mut line).map_err(|_| refuse("400 Bad Request"))?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (method, target) = (method.to_owned(), target.to_owned());
    let mut host = String::new();
    loop {
        let mut header = String::new();
        let length = reader.read_line(&mut header).map_err(|_| refuse("400 Bad Request"))?;
        if length == 0 || header.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("host")
        {
            value.trim().clone_into(&mut host);
        }
    }
    // A page on another site can make a browser ask us, but not under our name.
    if !is_our_name(&host, address) {
        return Err(refuse("403 Forbidden"));
    }
    if !matches!(method.as_str(), "GET" | "HEAD") {
        return Err(refuse("405 Method Not Allowed"));
    }
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let path = crate::base::path::percent_decode(path);
    Ok(Request { is_head: method == "HEAD", path, query: query.to_owned() })
}

/// Whether `host` names this server: the address it listens on or this machine, with its port.
fn is_our_name(host: &str, address: SocketAddr) -> bool {
    let Some((name, port)) = host.rsplit_once(':') else { return false };
    let is_this_machine = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
    let is_address = name.trim_matches(['[', ']']) == address.ip().to_string();
    // Who listens on every address was told to answer everybody.
    port == address.port().to_string()
        && (is_this_machine || is_address || address.ip().is_unspecified())
}

const TEXT: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

fn respond(request: &Request, board: &Board) -> Response {
    let found = |kind, body| Response { status: "200 OK", kind, location: None, body };
    if request.path == format!("{PREFIX}serve.js") {
        return found("text/javascript; charset=utf-8", SCRIPT.into());
    }
    let version = board.version();
    let path = request.path.trim_start_matches('/');
    let file = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    if let Some(bytes) = board.get(&file) {
        let kind = kind_of(&file);
        let body = if kind == HTML { with_script(&bytes, version) } else { bytes.to_vec() };
        return found(kind, body);
    }
    if board.get(&format!("{path}/index.html")).is_some() {
        let location = Some(format!("/{path}/"));
        return Response { status: "301 Moved Permanently", kind: TEXT, location, body: vec![] };
    }
    not_found(version, board)
}

fn not_found(version: u64, board: &Board) -> Response {
    let body = match (board.get("404.html"), board.problems()) {
        (Some(bytes), _) => with_script(&bytes, version),
        // Nothing could be built yet: at least the reasons can be read.
        (None, Some((_, problems))) => {
            let page =
                format!("<!DOCTYPE html><title>vasta</title><pre>{}</pre>", escape(&problems));
            with_script(page.as_bytes(), version)
        }
        (None, None) => b"404".to_vec(),
    };
    Response { status: "404 Not Found", kind: HTML, location: None, body }
}

/// The page with the browser's half added, and allowed to listen. Only what is served is changed.
fn with_script(html: &[u8], version: u64) -> Vec<u8> {
    let html = String::from_utf8_lossy(html);
    let script = format!("<script src=\"{PREFIX}serve.js?version={version}\" defer></script>\n");
    let html = match html.contains("connect-src") {
        true => html.into_owned(),
        false => html.replacen("default-src 'none';", "default-src 'none'; connect-src 'self';", 1),
    };
    match html.find("</head>") {
        Some(head) => format!("{}{script}{}", &html[..head], &html[head..]).into_bytes(),
        None => format!("{html}{script}").into_bytes(),
    }
}

fn write(stream: &mut TcpStream, response: &Response, is_head: bool) -> io::Result<()> {
    let Response { status, kind, location, body } = response;
    let location =
        location.as_ref().map(|location| format!("Location: {location}\r\n")).unwrap_or_default();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{location}\
         Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if !is_head {
        stream.write_all(body)?;
    }
    stream.flush()
}

/// The stream of events for one browser. The header is written by hand and has no length, because
/// browsers do not pass chunks of an event stream on.
fn tell(stream: &mut TcpStream, request: &Request, board: &Board) -> io::Result<()> {
    stream.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
          Connection: close\r\n\r\n",
    )?;
    let seen = request.query.strip_prefix("seen=").and_then(|seen| seen.parse().ok());
    let mut seen: u64 = seen.unwrap_or_else(|| board.version());
    if let Some((version, problems)) = board.problems() {
        event(stream, "problems", version, &problems)?;
        seen = version;
    }
    loop {
        match board.news(seen, PATIENCE) {
            News::Nothing => stream.write_all(b":\n\n")?,
            News::Newer(version, change) => {
                let name = if change == Change::Styles { "styles" } else { "pages" };
                event(stream, name, version, "")?;
                seen = version;
            }
            News::Problems(version, problems) => {
                event(stream, "problems", version, &problems)?;
                seen = version;
            }
        }
        stream.flush()?;
    }
}

fn event(stream: &mut TcpStream, name: &str, version: u64, text: &str) -> io::Result<()> {
    write!(stream, "event: {name}\nid: {version}\n")?;
    for line in text.lines() {
        writeln!(stream, "data: {line}")?;
    }
    stream.write_all(if text.is_empty() { b"data:\n\n" } else { b"\n" })
}

fn kind_of(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "docx" => OfficeFormat::Docx.media_type(),
        "odt" => OfficeFormat::Odt.media_type(),
        "ics" => "text/calendar; charset=utf-8",
        "txt" | "csv" | "md" => TEXT,
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_name_is_answered() {
        let local: SocketAddr = "127.0.0.1:4000".parse().expect("an address");
        for name in ["localhost:4000", "127.0.0.1:4000", "[::1]:4000"] {
            assert!(is_our_name(name, local), "{name}");
        }
        for name in
            ["localhost", "localhost:80", "altrove.it:4000", "127.0.0.1.altrove.it:4000", ""]
        {
            assert!(!is_our_name(name, local), "{name}");
        }
        let everywhere: SocketAddr = "0.0.0.0:4000".parse().expect("an address");
        assert!(is_our_name("pc-ufficio:4000", everywhere));
    }

    #[test]
    fn the_script_is_added_and_allowed_to_listen() {
        let page = b"<head><meta content=\"default-src 'none'; script-src 'self'\"></head><p>a";
        let html = String::from_utf8(with_script(page, 7)).expect("UTF-8");
        assert!(html.contains("connect-src 'self'"), "{html}");
        let page = b"<meta content=\"default-src 'none'; connect-src 'self'\">";
        let twice = String::from_utf8(with_script(page, 7)).expect("UTF-8");
        assert_eq!(twice.matches("connect-src").count(), 1, "{twice}");
        assert!(html.contains("serve.js?version=7\" defer></script>\n</head>"), "{html}");
    }
}
