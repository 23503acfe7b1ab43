//! The command line: what was typed, and one short function per command. It reads the site, calls
//! the pipeline and does something with the result; nothing is decided here.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line meets files, clock and environment"
)]
#![expect(clippy::print_stdout, reason = "results go to standard output")]
#![expect(clippy::print_stderr, reason = "diagnostics and progress go to standard error")]

mod author;
mod bundle;
mod check;
mod cms;
mod code;
mod editions;
mod explain;
mod git;
mod hits;
mod integrity;
mod lock;
mod manual;
mod renames;
mod report;
mod stats;
mod theme;

use std::io::{IsTerminal, Write, stderr, stdout};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::process::{ExitCode, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, fs, io};

use camino::{Utf8Path, Utf8PathBuf};
/// The definition of the command line, for those who describe it.
use clap::Command as Definition;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::base::{Checked, Date, Diagnostics, Language};
use crate::dev::{self, Host, Serving, Watching};
use crate::pipeline::{self, Settings};
use crate::search::{Index, open_search};
use crate::source::tree::CONFIG;
use crate::source::{Tree, edition, embedded, explanation};
use crate::write::{Building, Outcome};

use report::Report;
use stats::Stopwatch;

/// Compila una base di conoscenza in un sito con ricerca, che funziona anche da una cartella.
#[derive(Parser, Debug)]
#[command(name = "vasta", version, about)]
struct Arguments {
    /// Lingua dei messaggi (altrimenti quella del sistema)
    #[arg(long, global = true, value_name = "it|en")]
    lang: Option<MessageLanguage>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum MessageLanguage {
    It,
    En,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Costruisce il sito
    Build(Build),
    /// Controlla i contenuti senza scrivere nulla
    Check(Check),
    /// Mostra il sito nel browser e lo aggiorna a ogni modifica
    Serve {
        #[command(flatten)]
        place: Place,
        /// Mostra anche le bozze
        #[arg(long)]
        drafts: bool,
        /// La porta (0 ne sceglie una libera)
        #[arg(long, default_value_t = 4000)]
        port: u16,
        /// L'indirizzo su cui rispondere: solo questo computer, se non si dice altro
        #[arg(long, default_value = "127.0.0.1")]
        listen: IpAddr,
        /// Apre il browser
        #[arg(long)]
        open: bool,
        /// Guarda i file di continuo, dove il sistema non avvisa delle modifiche (cartelle di rete)
        #[arg(long)]
        poll: bool,
    },
    /// Cerca nel sito costruito, con lo stesso ordine della pagina di ricerca
    Search {
        /// Le parole da cercare
        query: String,
        #[command(flatten)]
        place: Place,
        /// Cerca solo tra le pagine che hanno questo valore, per esempio `ambito=SUA`
        #[arg(long, value_name = "NOME=VALORE", value_parser = facet)]
        facet: Vec<(String, String)>,
        /// Stampa un elenco JSON di `{url, title, section, score}`
        #[arg(long)]
        json: bool,
        /// Quanti risultati al massimo
        #[arg(long, default_value_t = 10)]
        limit: usize,
    },
    /// Scrive i contenuti del sito costruito in un formato per altri programmi
    Export {
        #[command(subcommand)]
        what: Export,
    },
    /// Fa la copia del sito da consegnare: un archivio zip che si consulta senza rete
    Bundle(BundleOptions),
    /// Fissa gli indirizzi e i titoli pubblicati: da allora nessuno sparisce senza un rinvio
    Lock(LockOptions),
    /// Elenca le edizioni del sito
    Editions {
        #[command(flatten)]
        site: Site,
    },
    /// Spiega un codice, per esempio `V009`, o perché una pagina è stata rifatta e da che cosa dipende
    Explain {
        /// Il codice, il file della pagina o il suo indirizzo
        #[arg(value_name = "CODICE|PAGINA", required_unless_present = "codes")]
        subject: Option<String>,
        /// Scrive la spiegazione di tutti i codici, come pagina di un sito (in Markdown, in italiano)
        #[arg(long, conflicts_with = "subject")]
        codes: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Controlla che una copia del sito, archivio o cartella, sia quella pubblicata
    Verify {
        /// L'archivio `.zip`, o la cartella
        copy: Utf8PathBuf,
        /// La chiave pubblica di chi l'ha pubblicata: il file `.pub`, o la sua seconda riga
        #[arg(long, value_name = "CHIAVE")]
        key: Option<String>,
    },
    /// Porta la cartella di una copia alla versione successiva
    Apply {
        /// L'aggiornamento
        patch: Utf8PathBuf,
        /// La cartella
        folder: Utf8PathBuf,
        /// La chiave pubblica di chi l'ha pubblicata: il file `.pub`, o la sua seconda riga
        #[arg(long, value_name = "CHIAVE")]
        key: Option<String>,
    },
    /// Crea le due chiavi per firmare le copie: `NOME.key`, segreta, e `NOME.pub`, da pubblicare
    Key {
        /// Il nome dei due file
        name: Utf8PathBuf,
    },
    /// Descrive il tema: che cosa può usare e sostituire un sito
    Theme {
        #[command(subcommand)]
        what: ThemeCommand,
    },
    /// Crea una pagina nuova del tipo indicato, già valida, con la spiegazione di ogni campo
    New(New),
    /// Scrive che cosa serve ai programmi di chi scrive: completamento, moduli, descrizione dei campi
    Schema {
        #[command(subcommand)]
        what: SchemaCommand,
    },
    /// Scrive lo script con cui il terminale completa comandi e opzioni
    Completions {
        /// Il programma del terminale
        shell: manual::Shell,
    },
    /// Scrive la pagina di manuale del programma, o di un suo comando (per `man`)
    Man {
        /// Il comando, per esempio `build`
        command: Option<String>,
    },
    /// Crea un piccolo sito da cui cominciare
    Init {
        /// La cartella del nuovo sito
        folder: Utf8PathBuf,
    },
}

#[derive(Subcommand, Debug)]
enum ThemeCommand {
    /// Scrive che cosa il tema di un sito può usare e sostituire: modelli, campi, parole (in Markdown)
    Docs,
    /// Elenca i file del tema `casa`, o ne scrive uno
    Show {
        /// Il file, per esempio `templates/page.html`
        file: Option<String>,
    },
}

#[derive(Subcommand, Debug)]
enum Export {
    /// Le pagine per un server di ricerca: un file da caricare e la struttura dell'indice
    Search {
        #[command(flatten)]
        place: Place,
        /// Il formato
        #[arg(long, value_name = "opensearch")]
        format: SearchFormat,
        /// La cartella in cui scrivere i due file
        #[arg(long, value_name = "CARTELLA")]
        to: Utf8PathBuf,
    },
}

#[derive(clap::Args, Debug)]
struct New {
    /// Il tipo della pagina, per esempio `pratica`: senza, il programma li elenca
    page_type: Option<String>,
    /// Il nome del file, senza `.md`; se non c'è, si ricava dal titolo
    name: Option<String>,
    /// Il titolo della pagina
    #[arg(long)]
    title: Option<String>,
    /// Il valore di un campo, per esempio `regione=veneto`; più valori con una virgola in mezzo
    #[arg(long, value_name = "CAMPO=VALORE", value_parser = facet)]
    set: Vec<(String, String)>,
    #[command(flatten)]
    site: Site,
}

#[derive(Subcommand, Debug)]
enum SchemaCommand {
    /// Scrive gli schemi JSON dei campi e le impostazioni per Visual Studio Code
    Json {
        #[command(flatten)]
        site: Site,
        /// La cartella in cui scrivere (altrimenti `.vscode` dentro il sito)
        #[arg(long, value_name = "CARTELLA")]
        to: Option<Utf8PathBuf>,
    },
    /// Scrive la configurazione di Decap CMS o Sveltia CMS, in cui ogni tipo di pagina è un modulo
    Cms(Cms),
    /// Scrive la descrizione di tutti i campi (in Markdown)
    Docs {
        #[command(flatten)]
        site: Site,
    },
}

#[derive(clap::Args, Debug)]
struct Cms {
    #[command(flatten)]
    site: Site,
    /// La cartella in cui scrivere `admin/`, per esempio `public` dopo `vasta build`; senza, la
    /// configurazione è stampata
    #[arg(long, value_name = "CARTELLA")]
    to: Option<Utf8PathBuf>,
    /// Lo script del CMS da copiare in `admin/`, per esempio `decap-cms.js` del pacchetto npm `decap-cms`
    #[arg(long, value_name = "FILE", requires = "to")]
    script: Option<Utf8PathBuf>,
    /// Chi dà accesso al repository: `decap-server` su questo computer, GitHub o GitLab
    #[arg(long, value_name = "local|github|gitlab", default_value = "local")]
    backend: CmsBackend,
    /// Il repository su GitHub o GitLab
    #[arg(
        long,
        value_name = "GRUPPO/NOME",
        required_if_eq_any = [("backend", "github"), ("backend", "gitlab")],
    )]
    repo: Option<String>,
    /// Il ramo in cui sono salvate le pagine
    #[arg(long, value_name = "RAMO", default_value = "main")]
    branch: String,
    /// L'indirizzo di `decap-server`
    #[arg(long, value_name = "INDIRIZZO", default_value = "http://localhost:8081")]
    server: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CmsBackend {
    Local,
    #[value(name = "github")]
    GitHub,
    #[value(name = "gitlab")]
    GitLab,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SearchFormat {
    #[value(name = "opensearch")]
    OpenSearch,
}

#[derive(clap::Args, Debug)]
struct Build {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    day: Day,
    /// Tutte le edizioni, ciascuna nella cartella `dist/SIGLA`, o `CARTELLA/SIGLA` con `--out`
    #[arg(long, conflicts_with_all = ["edition", "verify", "stats"])]
    all_editions: bool,
    /// Solo una parte di tutte le edizioni, per esempio `2/4`: la seconda di quattro
    #[arg(long, value_name = "I/N", value_parser = shard, requires = "all_editions")]
    shard: Option<(usize, usize)>,
    /// Pubblica anche le bozze e le pagine che aspettano la loro data
    #[arg(long)]
    drafts: bool,
    /// Ricostruisce tutto da zero in memoria e confronta ogni byte con il sito scritto
    #[arg(long)]
    verify: bool,
    /// Stampa le statistiche della costruzione
    #[arg(long, value_name = "json")]
    stats: Option<StatsFormat>,
}

#[derive(clap::Args, Debug)]
struct Check {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    day: Day,
    /// Controlla anche le bozze
    #[arg(long)]
    drafts: bool,
    /// Dice anche che cosa manca a `vasta.yaml` per un sito pubblico
    #[arg(long)]
    release: bool,
    /// La forma del risultato: le forme per i programmi vanno sull'uscita standard
    #[arg(long, value_name = "FORMATO", default_value = "text")]
    format: Format,
}

#[derive(clap::Args, Debug)]
struct BundleOptions {
    #[command(flatten)]
    site: Site,
    /// La cartella degli archivi (altrimenti `dist` dentro il sito)
    #[arg(long, value_name = "CARTELLA")]
    out: Option<Utf8PathBuf>,
    #[command(flatten)]
    day: Day,
    /// L'edizione di una Provincia, con la sua sigla (altrimenti il sito nazionale)
    #[arg(long, value_name = "SIGLA", conflicts_with = "all_editions")]
    edition: Option<String>,
    /// Tutte le edizioni, un archivio per ciascuna
    #[arg(long)]
    all_editions: bool,
    /// Solo una parte di tutte le edizioni, per esempio `2/4`: la seconda di quattro
    #[arg(long, value_name = "I/N", value_parser = shard, requires = "all_editions")]
    shard: Option<(usize, usize)>,
    /// L'archivio della versione precedente: si fa anche la differenza, da applicare con `vasta apply`
    #[arg(long, value_name = "ZIP", conflicts_with = "all_editions")]
    since: Option<Utf8PathBuf>,
    /// La chiave segreta con cui firmare (vedi `vasta key`)
    #[arg(long, value_name = "FILE")]
    sign: Option<Utf8PathBuf>,
}

#[derive(clap::Args, Debug)]
struct LockOptions {
    #[command(flatten)]
    site: Site,
    #[command(flatten)]
    day: Day,
    /// Toglie dall'elenco un indirizzo che non c'è più, per esempio `/guide/prima/`
    #[arg(long, value_name = "INDIRIZZO")]
    forget: Vec<String>,
    /// Scrive gli indirizzi di prima nell'intestazione delle pagine che, secondo git, sono state spostate
    #[arg(long)]
    aliases: bool,
}

#[derive(clap::Args, Debug)]
struct Site {
    /// La cartella del sito (altrimenti quella che contiene `vasta.yaml`)
    #[arg(long, value_name = "CARTELLA")]
    site: Option<Utf8PathBuf>,
}

#[derive(clap::Args, Debug)]
struct Day {
    /// Il giorno della costruzione, per le pagine con una data di inizio, fine o revisione
    /// (altrimenti oggi)
    #[arg(long, value_name = "AAAA-MM-GG")]
    today: Option<String>,
}

#[derive(clap::Args, Debug)]
struct Place {
    #[command(flatten)]
    site: Site,
    /// La cartella in cui scrivere (altrimenti `public` dentro il sito, o `dist/SIGLA` per
    /// un'edizione)
    #[arg(long, value_name = "CARTELLA")]
    out: Option<Utf8PathBuf>,
    /// L'edizione di una Provincia, con la sua sigla (altrimenti il sito nazionale)
    #[arg(long, value_name = "SIGLA")]
    edition: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum StatsFormat {
    Json,
}

/// The forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Con il testo dei file, per le persone
    Text,
    /// Un oggetto JSON, descritto in `docs/check.md`
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Comandi di GitHub Actions
    Github,
    /// Code Quality di GitLab
    Gitlab,
    /// JUnit XML
    Junit,
}

/// What went wrong outside the content: exit code 2.
struct Failure(String);

/// Content with errors: exit code 1. Nothing else fails this way.
const CONTENT_HAS_ERRORS: u8 = 1;
const WRONG_CALL_OR_DISK: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let language = match arguments.lang {
        Some(MessageLanguage::It) => Language::Italian,
        Some(MessageLanguage::En) => Language::English,
        None => system_language(),
    };
    let done = match &arguments.command {
        Command::Build(arguments) if arguments.all_editions => editions::build(arguments, language),
        Command::Build(arguments) => build(arguments, language),
        Command::Check(options) => check::check(options, language),
        Command::Serve { place, drafts, port, listen, open, poll } => {
            let watching = if *poll { Watching::Polling } else { Watching::Events };
            serve(place, *drafts, SocketAddr::new(*listen, *port), watching, *open, language)
        }
        Command::Search { query, place, facet, json, limit } => {
            search(query, place, facet, *json, *limit, language)
        }
        Command::Export { what: Export::Search { place, format, to } } => match format {
            SearchFormat::OpenSearch => export_open_search(place, to, language),
        },
        Command::Bundle(options) => bundle::bundle(options, language),
        Command::Lock(options) => lock::lock(options, language),
        Command::Editions { site } => editions::list(site, language),
        Command::Explain { subject: None, .. } => print(explanation::page().as_bytes()),
        Command::Explain { subject: Some(subject), place, .. } => explain(subject, place, language),
        Command::Verify { copy, key } => integrity::verify(copy, key.as_deref(), language),
        Command::Apply { patch, folder, key } => {
            integrity::apply_patch(patch, folder, key.as_deref(), language)
        }
        Command::Key { name } => integrity::make_keys(name, language),
        Command::Theme { what: ThemeCommand::Docs } => print(theme::docs().as_bytes()),
        Command::Theme { what: ThemeCommand::Show { file: None } } => {
            print(theme::list().as_bytes())
        }
        Command::Theme { what: ThemeCommand::Show { file: Some(file) } } => {
            theme::file(file, language).and_then(print)
        }
        Command::New(options) => author::new(options, language),
        Command::Schema { what } => author::schema(what, language),
        Command::Completions { shell } => print(&manual::completions(*shell, Arguments::command())),
        Command::Man { command } => {
            manual::page(Arguments::command(), command.as_deref(), language)
                .and_then(|page| print(&page))
        }
        Command::Init { folder } => init(folder, language),
    };
    done.unwrap_or_else(|Failure(message)| {
        let word = if language == Language::Italian { "errore" } else { "error" };
        eprintln!("{word}: {message}");
        ExitCode::from(WRONG_CALL_OR_DISK)
    })
}

fn build(arguments: &Build, language: Language) -> Result<ExitCode, Failure> {
    let (root, out) = arguments.place.resolve(language)?;
    let settings = arguments.day.settings(arguments.drafts, language)?;
    let watch = Stopwatch::start(language);
    watch.enter("read");
    let entering = |stage: pipeline::Stage| watch.enter(stage.name());
    let edition = arguments.place.edition.as_deref();
    let building = Building { root: &root, out: &out, edition, settings, entering: &entering };
    let built = building.run().map_err(|trouble| Failure(trouble.text(language)))?;
    watch.finish();
    if report(&built.tree, &built.diagnostics, language) {
        return Ok(ExitCode::from(CONTENT_HAS_ERRORS));
    }
    if arguments.stats.is_some() {
        println!("{}", watch.json(&built));
    } else if stdout().is_terminal() {
        println!("{}", watch.summary(&built, &out));
    }
    if arguments.verify {
        return verify(&building, &built, language);
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the site from nothing and compares every file with what lies in the folder.
fn verify(
    building: &Building<'_>,
    built: &Outcome,
    language: Language,
) -> Result<ExitCode, Failure> {
    let differences =
        building.differences(&built.tree).map_err(|trouble| Failure(trouble.text(language)))?;
    for path in &differences {
        match language {
            Language::Italian => eprintln!("diverso da una costruzione da zero: {path}"),
            Language::English => eprintln!("differs from a build from nothing: {path}"),
        }
    }
    if differences.is_empty() {
        if stdout().is_terminal() {
            println!(
                "{}",
                match language {
                    Language::Italian => "identico, byte per byte, a una costruzione da zero",
                    Language::English => "the same, byte for byte, as a build from nothing",
                }
            );
        }
        return Ok(ExitCode::SUCCESS);
    }
    Err(Failure(match language {
        Language::Italian => {
            "il sito non è quello che una costruzione da zero darebbe: cancella la \
             cartella `.vasta` e segnala il difetto"
                .to_owned()
        }
        Language::English => {
            "the site is not what a build from nothing would give: delete the folder \
             `.vasta` and report the defect"
                .to_owned()
        }
    }))
}

fn serve(
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
    let mut command = std::process::Command::new(program);
    command.arg(url).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok();
}

/// Prints the diagnostics and says whether there are errors.
fn report(tree: &Tree, diagnostics: &Diagnostics, language: Language) -> bool {
    let styled =
        stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let report = Report { tree, language, styled };
    if !diagnostics.is_empty() {
        eprint!("{}", report.text(diagnostics));
    }
    diagnostics.iter().any(crate::base::Diagnostic::is_error)
}

/// Reads `I/N`.
fn shard(written: &str) -> Result<(usize, usize), &'static str> {
    let (part, parts) = written.split_once('/').ok_or("scrivi `i/n`")?;
    let numbers = part.parse().ok().zip(parts.parse().ok());
    numbers
        .filter(|(part, parts)| (1..=*parts).contains(part))
        .ok_or("scrivi `i/n`, con i da 1 a n")
}

/// Reads `NAME=VALUE`.
fn facet(written: &str) -> Result<(String, String), &'static str> {
    let (name, value) = written.split_once('=').ok_or("scrivi `nome=valore`")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn search(
    query: &str,
    place: &Place,
    facets: &[(String, String)],
    json: bool,
    limit: usize,
    language: Language,
) -> Result<ExitCode, Failure> {
    let (_, out) = place.resolve(language)?;
    let index = open_index(&out, language)?;
    let results = index.search_among(facets, query, limit);
    for path in &results.missing {
        match language {
            Language::Italian => eprintln!("avviso: manca `{path}`, qualche risultato può mancare"),
            Language::English => eprintln!("warning: `{path}` is missing, and so may some results"),
        }
    }
    if json {
        println!("{}", hits::as_json(&results));
    } else {
        print!("{}", hits::as_text(&results, language));
    }
    Ok(ExitCode::SUCCESS)
}

/// The search index of the site built in `out`.
fn open_index(out: &Utf8Path, language: Language) -> Result<Index<'_>, Failure> {
    Index::open(move |path| fs::read(out.join(path)).ok()).map_err(|problem| {
        Failure(match language {
            Language::Italian => format!(
                "non trovo l'indice di ricerca in `{out}` ({problem}): costruisci prima il sito \
                 con `vasta build`"
            ),
            Language::English => format!(
                "there is no search index in `{out}` ({problem}): build the site first with \
                 `vasta build`"
            ),
        })
    })
}

fn export_open_search(
    place: &Place,
    to: &Utf8Path,
    language: Language,
) -> Result<ExitCode, Failure> {
    let (_, out) = place.resolve(language)?;
    let index = open_index(&out, language)?;
    let export = open_search(&index).map_err(|problem| {
        Failure(match language {
            Language::Italian => format!("l'indice di ricerca in `{out}` è incompleto ({problem})"),
            Language::English => format!("the search index in `{out}` is incomplete ({problem})"),
        })
    })?;
    for (name, text) in [("mapping.json", export.mapping), ("bulk.ndjson", export.bulk)] {
        write(&to.join(name), text)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn explain(subject: &str, place: &Place, language: Language) -> Result<ExitCode, Failure> {
    if code::is_code(subject) {
        return code::explain(subject, language).and_then(|text| print(text.as_bytes()));
    }
    let (root, out) = place.resolve(language)?;
    print!("{}", explain::explain(subject, &root, &out, place.edition.as_deref(), language)?);
    Ok(ExitCode::SUCCESS)
}

/// Writes `bytes` as they are. A reader that has enough, such as `head`, is no trouble.
fn print(bytes: &[u8]) -> Result<ExitCode, Failure> {
    match stdout().write_all(bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure(error.to_string())),
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn init(folder: &Utf8Path, language: Language) -> Result<ExitCode, Failure> {
    let is_empty = folder.read_dir_utf8().map_or(true, |mut entries| entries.next().is_none());
    if !is_empty {
        return Err(Failure(match language {
            Language::Italian => format!("la cartella `{folder}` non è vuota"),
            Language::English => format!("the folder `{folder}` is not empty"),
        }));
    }
    for (path, bytes) in embedded::starter() {
        write(&folder.join(path), bytes)?;
    }
    if stdout().is_terminal() {
        println!(
            "{}",
            match language {
                Language::Italian => format!("Fatto. Ora: vasta build --site {folder}"),
                Language::English => format!("Done. Now: vasta build --site {folder}"),
            }
        );
    }
    Ok(ExitCode::SUCCESS)
}

impl Site {
    /// The folder of the site.
    fn root(&self, language: Language) -> Result<Utf8PathBuf, Failure> {
        let root = match &self.site {
            Some(site) => site.clone(),
            None => site_around()?,
        };
        if !root.is_dir() {
            return Err(Failure(match language {
                Language::Italian => format!("la cartella `{root}` non esiste"),
                Language::English => format!("the folder `{root}` does not exist"),
            }));
        }
        Ok(root)
    }
}

impl Place {
    /// The folder of the site and the folder to write.
    fn resolve(&self, language: Language) -> Result<(Utf8PathBuf, Utf8PathBuf), Failure> {
        let root = self.site.root(language)?;
        let place = || match &self.edition {
            Some(id) => root.join("dist").join(id),
            None => root.join("public"),
        };
        let out = self.out.clone().unwrap_or_else(place);
        Ok((root, out))
    }
}

impl Day {
    fn settings(&self, drafts: bool, language: Language) -> Result<Settings, Failure> {
        let given = self.today.as_ref().map(|text| {
            let day = text.parse::<Date>().ok().filter(|date| date.is_full());
            day.ok_or_else(|| {
                Failure(match language {
                    Language::Italian => format!("`{text}` non è un giorno come 2026-11-25"),
                    Language::English => format!("`{text}` is not a day such as 2026-11-25"),
                })
            })
        });
        let today = given.transpose()?.or_else(today);
        Ok(Settings { drafts, today })
    }
}

/// The day, the same in every time zone.
fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    Date::from_days_since_epoch(i32::try_from(seconds / 86_400).ok()?)
}

/// The nearest folder upwards that holds `vasta.yaml`, or else the current one.
fn site_around() -> Result<Utf8PathBuf, Failure> {
    let here = env::current_dir()
        .and_then(|path| Utf8PathBuf::try_from(path).map_err(io::Error::other))
        .map_err(|error| cannot_read(Utf8Path::new("."), &error))?;
    let found = here.ancestors().find(|folder| folder.join(CONFIG).is_file());
    Ok(found.map_or_else(|| here.clone(), Utf8Path::to_owned))
}

fn system_language() -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| env::var(name).ok())
        .find(|value| !value.is_empty());
    match locale {
        Some(locale) if locale.starts_with("en") => Language::English,
        _ => Language::Italian,
    }
}

/// Writes a file, and makes its folder if there is none.
fn write(file: &Utf8Path, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    fs::create_dir_all(file.parent().unwrap_or(file))
        .and_then(|()| fs::write(file, bytes))
        .map_err(|error| cannot_read(file, &error))
}

/// Reads the site in `root` as an edition has it, or the national one.
fn read_site(
    root: &Utf8Path,
    out: &Utf8Path,
    edition: Option<&str>,
    language: Language,
) -> Result<Checked<Tree>, Failure> {
    let read = Tree::read(root, out).map_err(|error| cannot_read(root, &error))?;
    let Checked { value: written, mut diagnostics } = read;
    let selected = edition::select(&written, edition).map_err(|no| Failure(no.text(language)))?;
    let tree = selected.into_value(&mut diagnostics).unwrap_or(written);
    Ok(Checked::new(tree, diagnostics))
}

fn cannot_read(path: &Utf8Path, error: &io::Error) -> Failure {
    Failure(format!("`{path}`: {error}"))
}
