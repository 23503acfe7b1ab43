//! `vasta report` says what of a site asks for care, in the form that was asked for, and with `--external`
//! which links to other sites lead nowhere any more.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use insta::assert_snapshot;

use crate::fixture::{Folder, said, vasta};

const SITE: &str = "
    //- vasta.yaml
    title: Prova
    review: { months: 6 }
    language_rules: { gulpease: off }
    markdown: { glossary: termine }
    navigation:
      - { page: menu.md }
    //- content/_schemas/termine.yaml
    label: Termine
    folder: glossario
    //- content/_index.md
    ---
    title: Prova
    ---
    Vedi la [guida](guide/guida.md).
    //- content/menu.md
    Dal menu.
    //- content/glossario/sua.md
    ---
    title: SUA
    ---
    La stazione unica appaltante.
    //- content/guide/guida.md
    ---
    title: La guida
    owner: Ufficio appalti
    verified: 2026-01-15
    review_by: 2026-10
    ---
    Il 45% dei Comuni ha meno di 5.000 abitanti.
    //- content/guide/sola.md
    ---
    title: 'Sola, \"davvero\" | [sola]'
    state: in-revisione
    ---
    Costa 3,5 milioni.[^a]

    [^a]: Il bilancio.
    //- content/guide/difficile.md
    ---
    title: Difficile
    aliases: [complicata]
    ---
    L'amministrazione provinciale, conformemente alle disposizioni regolamentari sopraindicate, provvede
    tempestivamente alla predisposizione della documentazione amministrativa necessaria all'espletamento
    delle procedure concorsuali richieste dalle amministrazioni comunali convenzionate. Successivamente
    all'approvazione definitiva della documentazione, l'ufficio competente comunica formalmente alle
    amministrazioni interessate le determinazioni conclusivamente assunte, indicando contestualmente le
    motivazioni tecnico-amministrative. Conseguentemente le amministrazioni convenzionate predispongono
    autonomamente i provvedimenti consequenziali, trasmettendone tempestivamente comunicazione.
    //- content/guide/vecchia.md
    ---
    title: Vecchia
    repealed_by: guida
    review_by: 2026-01
    ---
    Il 12% di allora.
";

fn report(folder: &Folder, arguments: &[&str]) -> String {
    let arguments = [&["report", "--today", "2026-11-26"], arguments].concat();
    let output = vasta(folder.path(), &arguments);
    assert_eq!(said(&output).1, 0, "{}", said(&output).0);
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn what_asks_for_care_is_told_in_every_form() {
    let folder = Folder::with_site("review", SITE);
    for (name, arguments) in [
        ("review_table", &[][..]),
        ("review_table_in_english", &["--lang", "en"]),
        ("review_csv", &["--format", "csv"]),
        ("review_json", &["--format", "json"]),
        ("review_page", &["--format", "page"]),
    ] {
        assert_snapshot!(name, report(&folder, arguments).replace("\r\n", "\n"));
    }
    assert!(!folder.path().join("public").exists(), "nothing is built");
}

#[test]
fn the_page_can_be_put_among_the_others_and_changes_nothing_in_what_it_says() {
    let folder = Folder::with_site("review-page", SITE);
    let page = report(&folder, &["--format", "page"]);
    folder.write("content/menu.md", &page);
    let check = ["check", "--today", "2026-09-30"];
    assert_eq!(said(&vasta(folder.path(), &check)), (String::new(), 0));
    assert_eq!(report(&folder, &["--format", "page"]), page);
}

#[test]
fn a_site_with_mistakes_has_a_report_too() {
    let folder = Folder::with_site("review-mistakes", "//- content/a.md\n[rotto](manca.md) 5%\n");
    assert_snapshot!(report(&folder, &[]), @r"
    content/a.md  nessuna pagina ci porta
                  non cita nessuna fonte

    Pagine da curare: 1 su 1
         1  Senza collegamenti che ci portano
         1  Senza fonte
    ");
}

/// What a small server answers to a method and a path: status, and where to go.
fn answer(method: &str, path: &str) -> (&'static str, &'static str) {
    match (method, path) {
        ("HEAD", "/solo-get") => ("405 Method Not Allowed", ""),
        (_, "/ok" | "/solo-get") => ("200 OK", ""),
        (_, "/spostata") => ("301 Moved Permanently", "/ok"),
        (_, "/per-ora") => ("302 Found", "ok"),
        (_, "/giro") => ("302 Found", "/giro"),
        (_, "/vietata") => ("403 Forbidden", ""),
        (_, "/guasta") => ("500 Internal Server Error", ""),
        _ => ("404 Not Found", ""),
    }
}

fn serve(stream: &TcpStream, asked: &Mutex<Vec<String>>) -> Option<()> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next()?;
    let agent = lines.find(|line| line.to_lowercase().starts_with("user-agent:"))?;
    lines.find(String::is_empty)?;
    let mut words = first.split(' ');
    let (method, path) = (words.next()?, words.next()?);
    assert!(agent.contains("vasta/"), "{agent}");
    asked.lock().expect("no panic").push(format!("{method} {path}"));
    let (status, location) = answer(method, path);
    let location =
        if location.is_empty() { String::new() } else { format!("Location: {location}\r\n") };
    let mut stream = stream;
    write!(stream, "HTTP/1.1 {status}\r\n{location}Content-Length: 0\r\nConnection: close\r\n\r\n")
        .ok()
}

#[test]
fn other_sites_are_asked_once_and_what_they_answer_is_kept() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let host = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            serve(&stream, &noted);
        }
    });
    let closed = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let nobody = format!("http://{}/", closed.local_addr().expect("an address"));
    drop(closed);
    let paths =
        ["ok", "ok#punto", "solo-get", "spostata", "per-ora", "giro", "vietata", "guasta", "manca"];
    let links: String = paths.iter().map(|path| format!("[a]({host}/{path}) ")).collect();
    let site = format!("//- content/_index.md\n[nessuno]({nobody})\n\n{links}\n");
    let folder = Folder::with_site("review-external", &site);
    let told = || {
        let text = report(&folder, &["--external", "--pause", "0"]);
        let text = text.replace(&nobody, "http://nessuno/").replace(&host, "http://server");
        // Their order is that of the numbers of the ports.
        let mut lines: Vec<&str> =
            text.lines().map(|line| line.trim_start_matches("content/_index.md").trim()).collect();
        lines.retain(|line| !line.is_empty());
        lines.sort_unstable();
        lines.join("\n")
    };
    let first = told();
    assert_snapshot!(first, @r"
    1  Collegamenti esterni rotti
    1  Collegamenti esterni spostati
    4  Siti esterni che non rispondono
    Pagine da curare: 1 su 1
    riga 1: http://nessuno/ non risponde (connection)
    riga 3: http://server/giro non risponde (redirects)
    riga 3: http://server/guasta non risponde (500)
    riga 3: http://server/manca non c'è più (404)
    riga 3: http://server/spostata ora è http://server/ok
    riga 3: http://server/vietata non risponde (403)
    ");
    let mut requests = std::mem::take(&mut *asked.lock().expect("no panic"));
    assert_eq!(told(), first);
    let again = std::mem::take(&mut *asked.lock().expect("no panic"));
    requests.dedup();
    assert_snapshot!(requests.join("\n"), @r"
    HEAD /giro
    HEAD /guasta
    GET /guasta
    HEAD /manca
    GET /manca
    HEAD /ok
    HEAD /per-ora
    HEAD /ok
    HEAD /solo-get
    GET /solo-get
    HEAD /spostata
    HEAD /ok
    HEAD /vietata
    GET /vietata
    ");
    // Who gave no answer is asked again, and nobody else.
    let is_without = |request: &String| {
        ["/giro", "/vietata", "/guasta"].iter().any(|path| request.ends_with(path))
    };
    assert!(again.iter().all(is_without), "{again:?}");
}
