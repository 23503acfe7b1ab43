//! What may be typed after `vasta`: every command with its options, and the words that explain them.

use std::net::IpAddr;

use camino::Utf8PathBuf;
pub(super) use clap::Command as Definition;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use super::manual;

/// Compila una base di conoscenza in un sito con ricerca, che funziona anche da una cartella.
#[derive(Parser, Debug)]
#[command(name = "vasta", version, about)]
pub(super) struct Arguments {
    /// Lingua dei messaggi (altrimenti quella del sistema)
    #[arg(long, global = true, value_name = "it|en")]
    pub(super) lang: Option<MessageLanguage>,
    #[command(subcommand)]
    pub(super) command: Command,
}

impl Arguments {
    /// What was typed. A wrong call says what is wrong and ends the process.
    pub(super) fn typed() -> Self {
        Self::parse()
    }

    /// Every command and option, for those who describe them.
    pub(super) fn definition() -> Definition {
        Self::command()
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum MessageLanguage {
    It,
    En,
}

#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// Costruisce il sito
    Build(Build),
    /// Controlla i contenuti senza scrivere nulla
    Check(Check),
    /// Corregge nei file gli errori che non lasciano dubbi, dopo aver mostrato che cosa cambia
    Fix(Fix),
    /// Mette in ordine l'intestazione delle pagine, senza cambiare ciò che dice
    Fmt(Fmt),
    /// Elenca le pagine da curare: da ricontrollare, senza collegamenti che ci portano, senza fonte, difficili
    Report(ReportOptions),
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
    /// Scrive ciò che fa controllare e pubblicare il sito da GitHub, GitLab o git
    Workflow {
        #[command(subcommand)]
        what: Workflow,
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
pub(super) enum ThemeCommand {
    /// Scrive che cosa il tema di un sito può usare e sostituire: modelli, campi, parole (in Markdown)
    Docs,
    /// Elenca i file del tema `casa`, o ne scrive uno
    Show {
        /// Il file, per esempio `templates/page.html`
        file: Option<String>,
    },
}

#[derive(Subcommand, Debug)]
pub(super) enum Export {
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
pub(super) struct New {
    /// Il tipo della pagina, per esempio `pratica`: senza, il programma li elenca
    pub(super) page_type: Option<String>,
    /// Il nome del file, senza `.md`; se non c'è, si ricava dal titolo
    pub(super) name: Option<String>,
    /// Il titolo della pagina
    #[arg(long)]
    pub(super) title: Option<String>,
    /// Il valore di un campo, per esempio `regione=veneto`; più valori con una virgola in mezzo
    #[arg(long, value_name = "CAMPO=VALORE", value_parser = facet)]
    pub(super) set: Vec<(String, String)>,
    #[command(flatten)]
    pub(super) site: Site,
}

#[derive(Subcommand, Debug)]
pub(super) enum SchemaCommand {
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
    /// Scrive la descrizione di tutti i campi, come pagina di un sito (in Markdown, in italiano)
    Docs {
        #[command(flatten)]
        site: Site,
    },
}

#[derive(clap::Args, Debug)]
pub(super) struct Cms {
    #[command(flatten)]
    pub(super) site: Site,
    /// La cartella in cui scrivere `admin/`, per esempio `public` dopo `vasta build`; senza, la
    /// configurazione è stampata
    #[arg(long, value_name = "CARTELLA")]
    pub(super) to: Option<Utf8PathBuf>,
    /// Lo script del CMS da copiare in `admin/`, per esempio `decap-cms.js` del pacchetto npm `decap-cms`
    #[arg(long, value_name = "FILE", requires = "to")]
    pub(super) script: Option<Utf8PathBuf>,
    /// Chi dà accesso al repository: `decap-server` su questo computer, GitHub o GitLab
    #[arg(long, value_name = "local|github|gitlab", default_value = "local")]
    pub(super) backend: CmsBackend,
    /// Il repository su GitHub o GitLab
    #[arg(
        long,
        value_name = "GRUPPO/NOME",
        required_if_eq_any = [("backend", "github"), ("backend", "gitlab")],
    )]
    pub(super) repo: Option<String>,
    /// Il ramo in cui sono salvate le pagine
    #[arg(long, value_name = "RAMO", default_value = "main")]
    pub(super) branch: String,
    /// L'indirizzo di `decap-server`
    #[arg(long, value_name = "INDIRIZZO", default_value = "http://localhost:8081")]
    pub(super) server: String,
}

#[derive(Subcommand, Debug)]
pub(super) enum Workflow {
    /// GitHub Actions: controllo e anteprima di ogni richiesta di modifica, pubblicazione con GitHub Pages
    #[command(name = "github")]
    GitHub(Hosted),
    /// GitLab CI/CD: controllo e anteprima di ogni richiesta di modifica, pubblicazione con GitLab Pages
    #[command(name = "gitlab")]
    GitLab(Hosted),
    /// git su questo computer: prima di ogni commit controlla il sito, e con un errore lo ferma
    PreCommit(WorkflowPlace),
}

#[derive(clap::Args, Debug)]
pub(super) struct Hosted {
    #[command(flatten)]
    pub(super) place: WorkflowPlace,
    /// Il comando con cui si installa vasta (altrimenti, nel repository di vasta, dai suoi sorgenti)
    #[arg(long, value_name = "COMANDO")]
    pub(super) install: Option<String>,
}

#[derive(clap::Args, Debug)]
pub(super) struct WorkflowPlace {
    #[command(flatten)]
    pub(super) site: Site,
    /// La cartella in cui scrivere (altrimenti il repository in cui è il sito); con `-` il testo è
    /// stampato
    #[arg(long, value_name = "CARTELLA|-")]
    pub(super) to: Option<Utf8PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum CmsBackend {
    Local,
    #[value(name = "github")]
    GitHub,
    #[value(name = "gitlab")]
    GitLab,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SearchFormat {
    #[value(name = "opensearch")]
    OpenSearch,
}

#[derive(clap::Args, Debug)]
pub(super) struct Build {
    #[command(flatten)]
    pub(super) place: Place,
    #[command(flatten)]
    pub(super) day: Day,
    /// Tutte le edizioni, ciascuna nella cartella `dist/SIGLA`, o `CARTELLA/SIGLA` con `--out`
    #[arg(long, conflicts_with_all = ["edition", "verify", "stats"])]
    pub(super) all_editions: bool,
    /// Solo una parte di tutte le edizioni, per esempio `2/4`: la seconda di quattro
    #[arg(long, value_name = "I/N", value_parser = shard, requires = "all_editions")]
    pub(super) shard: Option<(usize, usize)>,
    /// Pubblica anche le bozze e le pagine che aspettano la loro data
    #[arg(long)]
    pub(super) drafts: bool,
    /// Ricostruisce tutto da zero in memoria e confronta ogni byte con il sito scritto
    #[arg(long)]
    pub(super) verify: bool,
    /// Stampa le statistiche della costruzione
    #[arg(long, value_name = "json")]
    pub(super) stats: Option<StatsFormat>,
}

#[derive(clap::Args, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) place: Place,
    #[command(flatten)]
    pub(super) day: Day,
    /// Controlla anche le bozze
    #[arg(long)]
    pub(super) drafts: bool,
    /// Dice anche che cosa manca a `vasta.yaml` per un sito pubblico
    #[arg(long)]
    pub(super) release: bool,
    /// Dice solo ciò che non c'era nel sito a questa revisione di git, per esempio `main`
    #[arg(long, value_name = "REVISIONE")]
    pub(super) since: Option<String>,
    /// La forma del risultato: le forme per i programmi vanno sull'uscita standard
    #[arg(long, value_name = "FORMATO", default_value = "text")]
    pub(super) format: Format,
}

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Corregge solo ciò per cui c'è una sola risposta: una chiave, un valore, un collegamento o \
    un'ancora scritti quasi come l'unico che esiste, una data scritta in un altro modo, l'indirizzo o il \
    titolo di prima di una pagina rinominata. Non cambia mai un numero, e nient'altro nei file."
)]
pub(super) struct Fix {
    #[command(flatten)]
    pub(super) site: Site,
    #[command(flatten)]
    pub(super) day: Day,
    /// Corregge anche le bozze
    #[arg(long)]
    pub(super) drafts: bool,
    /// Mostra soltanto che cosa cambierebbe
    #[arg(long, conflicts_with = "yes")]
    pub(super) dry_run: bool,
    /// Non chiede conferma
    #[arg(long)]
    pub(super) yes: bool,
    /// Solo gli errori con questo codice, per esempio `V009`
    #[arg(long, value_name = "CODICE")]
    pub(super) code: Vec<String>,
}

#[derive(clap::Args, Debug)]
#[command(
    after_help = "L'ordine: titolo, descrizione e date, i campi del tipo, gli argomenti, le altre chiavi di ogni pagina; il \
    resto com'è. I commenti restano con la chiave che segue, il testo della pagina resta com'è."
)]
pub(super) struct Fmt {
    /// Le pagine (altrimenti tutte quelle del sito)
    pub(super) files: Vec<Utf8PathBuf>,
    #[command(flatten)]
    pub(super) site: Site,
    /// Elenca le pagine da riordinare e non scrive nulla
    #[arg(long)]
    pub(super) check: bool,
}

#[derive(clap::Args, Debug)]
pub(super) struct ReportOptions {
    #[command(flatten)]
    pub(super) place: Place,
    #[command(flatten)]
    pub(super) day: Day,
    /// La forma dell'elenco
    #[arg(long, value_name = "FORMATO", default_value = "table")]
    pub(super) format: ReportFormat,
    /// Chiede agli altri siti se le pagine a cui portano i collegamenti ci sono ancora
    #[arg(long)]
    pub(super) external: bool,
    /// L'attesa tra due domande allo stesso sito, in millesimi di secondo
    #[arg(long, value_name = "MILLESIMI", default_value_t = 1000, requires = "external")]
    pub(super) pause: u64,
}

/// The forms of the list of pages that ask for care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// Per le persone, al terminale
    Table,
    /// Per i fogli di calcolo: una riga per ogni problema
    Csv,
    /// Un oggetto JSON, descritto in `docs/report.md`
    Json,
    /// Una pagina in Markdown
    Page,
}

#[derive(clap::Args, Debug)]
pub(super) struct BundleOptions {
    #[command(flatten)]
    pub(super) site: Site,
    /// La cartella degli archivi (altrimenti `dist` dentro il sito)
    #[arg(long, value_name = "CARTELLA")]
    pub(super) out: Option<Utf8PathBuf>,
    #[command(flatten)]
    pub(super) day: Day,
    /// L'edizione di una Provincia, con la sua sigla (altrimenti il sito nazionale)
    #[arg(long, value_name = "SIGLA", conflicts_with = "all_editions")]
    pub(super) edition: Option<String>,
    /// Tutte le edizioni, un archivio per ciascuna
    #[arg(long)]
    pub(super) all_editions: bool,
    /// Solo una parte di tutte le edizioni, per esempio `2/4`: la seconda di quattro
    #[arg(long, value_name = "I/N", value_parser = shard, requires = "all_editions")]
    pub(super) shard: Option<(usize, usize)>,
    /// L'archivio della versione precedente: si fa anche la differenza, da applicare con `vasta apply`
    #[arg(long, value_name = "ZIP", conflicts_with = "all_editions")]
    pub(super) since: Option<Utf8PathBuf>,
    /// La chiave segreta con cui firmare (vedi `vasta key`)
    #[arg(long, value_name = "FILE")]
    pub(super) sign: Option<Utf8PathBuf>,
}

#[derive(clap::Args, Debug)]
pub(super) struct LockOptions {
    #[command(flatten)]
    pub(super) site: Site,
    #[command(flatten)]
    pub(super) day: Day,
    /// Toglie dall'elenco un indirizzo che non c'è più, per esempio `/guide/prima/`
    #[arg(long, value_name = "INDIRIZZO")]
    pub(super) forget: Vec<String>,
    /// Scrive gli indirizzi di prima nell'intestazione delle pagine che, secondo git, sono state spostate
    #[arg(long)]
    pub(super) aliases: bool,
}

#[derive(clap::Args, Debug)]
pub(super) struct Site {
    /// La cartella del sito (altrimenti quella che contiene `vasta.yaml`)
    #[arg(long, value_name = "CARTELLA")]
    pub(super) site: Option<Utf8PathBuf>,
}

#[derive(clap::Args, Debug)]
pub(super) struct Day {
    /// Il giorno della costruzione, per le pagine con una data di inizio, fine o revisione
    /// (altrimenti oggi)
    #[arg(long, value_name = "AAAA-MM-GG")]
    pub(super) today: Option<String>,
}

#[derive(clap::Args, Debug)]
pub(super) struct Place {
    #[command(flatten)]
    pub(super) site: Site,
    /// La cartella in cui scrivere (altrimenti `public` dentro il sito, o `dist/SIGLA` per
    /// un'edizione)
    #[arg(long, value_name = "CARTELLA")]
    pub(super) out: Option<Utf8PathBuf>,
    /// L'edizione di una Provincia, con la sua sigla (altrimenti il sito nazionale)
    #[arg(long, value_name = "SIGLA")]
    pub(super) edition: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum StatsFormat {
    Json,
}

/// The forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
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

#[cfg(test)]
impl Arguments {
    /// Why `words`, which begin with the name of the program, are a wrong call; nothing when they are none.
    pub(super) fn refused(words: &[String]) -> Option<String> {
        Self::try_parse_from(words).err().map(|error| error.to_string())
    }
}
