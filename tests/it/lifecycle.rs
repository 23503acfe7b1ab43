//! The life of a page: which office answers for it, from when it holds, how far it has come, and what has
//! taken its place. Readers are told at its top, in lists and in the search.

use insta::assert_snapshot;
use vasta::base::Checked;
use vasta::pipeline::{self, Built, Settings};

use crate::fixture::{told, tree};

const SITE: &str = "
    //- vasta.yaml
    title: Prova
    //- content/tariffe/vecchie.md
    ---
    title: Tariffe 2025
    owner: Ufficio appalti
    valid_from: 2025-01-01
    repealed_by: nuove
    ---
    La tariffa è vecchia.
    //- content/tariffe/nuove.md
    ---
    title: Tariffe 2027
    owner: Ufficio appalti
    valid_from: 2027-01-01
    ---
    La tariffa è nuova.
    //- content/tariffe/chiuse.md
    ---
    title: Bando chiuso
    expires: 2026-03-31
    ---
    Il bando.
    //- content/tariffe/guida.md
    ---
    title: Guida
    state: in-revisione
    ---
    La guida.
    //- content/tariffe/prossime.md
    ---
    title: Prossime
    state: bozza
    ---
    Le prossime.
";

fn built_on(day: &str, drafts: bool) -> Checked<Built> {
    let today = Some(day.parse().expect("a day"));
    pipeline::build(&tree(SITE), &Settings { drafts, today, ..Settings::default() })
}

fn page(built: &Checked<Built>, path: &str) -> String {
    let html = built.value.outputs.get(path).unwrap_or_else(|| panic!("no file `{path}`"));
    String::from_utf8(html.to_vec()).expect("pages are UTF-8")
}

/// The lines of `html` from the one with `start` to the first with `end`.
fn part(html: &str, start: &str, end: &str) -> String {
    let lines = html.lines().skip_while(|line| !line.contains(start));
    let mut lines: Vec<&str> = lines.collect();
    let last = lines.iter().position(|line| line.contains(end)).unwrap_or(0);
    lines.truncate(last + 1);
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n")
}

/// The notices at the top of a page.
fn notices(built: &Checked<Built>, path: &str) -> String {
    let html = page(built, path);
    let notices = html.split("role=\"note\">").skip(1);
    notices.map(|rest| rest.split("</p>").next().unwrap_or("").trim().to_owned() + "\n").collect()
}

#[test]
fn a_notice_says_what_a_reader_must_know() {
    let built = built_on("2026-11-26", true);
    assert_eq!(told(&built, &tree(SITE)), "");
    let pages = ["vecchie", "nuove", "chiuse", "guida", "prossime"];
    let notices: Vec<String> = pages
        .iter()
        .map(|name| format!("{name}: {}", notices(&built, &format!("tariffe/{name}/index.html"))))
        .collect();
    assert_snapshot!(notices.concat(), @r#"
    vecchie: <strong>Superata.</strong> Quello che dice non vale più. Al suo posto c’è <a href="../../tariffe/nuove/index.html">Tariffe 2027</a>.
    nuove: <strong>Vale dal <time datetime="2027-01-01">1º gennaio 2027</time>.</strong> Prima di quel giorno quello che dice non è ancora in vigore.
    chiuse: <strong>Valida fino al <time datetime="2026-03-31">31 marzo 2026</time>.</strong> Quello che dice può non valere più: resta qui perché chi ha il suo indirizzo la ritrovi.
    guida: <strong>In revisione.</strong> Qualcuno sta controllando questa pagina, che può cambiare.
    prossime: <strong>Bozza.</strong> Questa pagina è una bozza e può cambiare.
    "#);
}

#[test]
fn the_day_decides_whether_a_page_is_in_force() {
    let built = built_on("2027-01-01", false);
    assert_eq!(notices(&built, "tariffe/nuove/index.html"), "");
    assert!(built.value.outputs.get("tariffe/prossime/index.html").is_none(), "a draft");
}

#[test]
fn the_box_of_facts_names_office_first_day_and_heir() {
    let html = page(&built_on("2026-11-26", false), "tariffe/vecchie/index.html");
    assert_snapshot!(part(&html, "<dl>", "</dl>"), @r#"
    <dl>
    <div>
    <dt>Ufficio responsabile</dt>
    <dd>Ufficio appalti</dd>
    </div>
    <div>
    <dt>Valida dal</dt>
    <dd><time datetime="2025-01-01">1º gennaio 2025</time></dd>
    </div>
    <div>
    <dt>Sostituita da</dt>
    <dd><a href="../../tariffe/nuove/index.html">Tariffe 2027</a></dd>
    </div>
    </dl>
    "#);
}

#[test]
fn a_superseded_page_is_marked_in_lists_and_comes_last_in_the_search() {
    let built = built_on("2026-11-26", false);
    let section = page(&built, "tariffe/index.html");
    let marked = section.matches("<span class=\"badge\">Superata</span>").count();
    assert_eq!(marked, 1, "{section}");
    let index =
        vasta::search::Index::open(|path| built.value.outputs.get(path).map(<[u8]>::to_vec));
    let index = index.expect("an index");
    let found = index.search("tariffa", 10);
    let titles: Vec<&str> = found.hits.iter().map(|hit| hit.title.as_str()).collect();
    assert_eq!(titles, ["Tariffe", "Tariffe 2027", "Tariffe 2025"]);
}

#[test]
fn what_does_not_agree_is_told() {
    let site = "
        //- content/a.md
        ---
        title: A
        state: superata
        draft: true
        ---
        //- content/b.md
        ---
        title: B
        state: in-revisione
        repealed_by: /c.md
        ---
        //- content/c.md
        ---
        title: C
        state: superata
        ---
        //- content/d.md
        ---
        title: D
        repealed_by: dd
        ---
        //- content/e.md
        ---
        title: E
        repealed_by: e.md
        ---
        //- content/f.md
        ---
        title: F
        state: pubblicato
        valid_from: domani
        ---
    ";
    assert_snapshot!(told(&crate::fixture::built(site), &tree(site)), @r"
    content/a.md:3:8 V074 `state: superata` e `draft: true` si contraddicono
    content/b.md:3:8 V074 una pagina con `repealed_by` è superata, e non può essere `in-revisione`
    content/c.md:3:8 V075 la pagina è superata, ma non dice da quale altra
    content/d.md:3:14 V019 la pagina `dd` non esiste
    content/e.md:3:14 V076 da `e.md`, una sostituzione dopo l'altra, si torna a questa pagina
    content/f.md:3:8 V008 `pubblicato` non è tra i valori ammessi
    content/f.md:4:13 V007 `domani` non è una data valida
    ");
}
