//! The pages that the generators are timed on: made-up Italian of the length and shape of a real
//! knowledge base, or pages full of code. A page depends on its number alone, so the first thousand
//! pages of every corpus are the same.

use super::code;
use super::random::Random;

/// One page, before it is laid out for a generator.
#[derive(Debug, PartialEq)]
pub(crate) struct Page {
    /// Folder and name without extension, such as `sezione-000/gruppo-00/pagina-000001`.
    pub(super) path: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) date: String,
    pub(super) pillar: &'static str,
    pub(super) province: &'static str,
    pub(super) body: String,
}

const PAGES_IN_A_GROUP: usize = 50;
const GROUPS_IN_A_SECTION: usize = 10;

const WORDS: &str = "provincia comune servizio appalto gara affidamento procedura stazione unica \
    appaltante convenzione ente locale finanziamento europeo progetto bando scadenza partenariato \
    rendicontazione innovazione dato piattaforma sistema informativo territoriale centro \
    competenza digitale agenda modello governance funzione responsabile fase documento allegato \
    criterio valutazione offerta commissione verbale aggiudicazione contratto esecuzione collaudo \
    formazione percorso modulo dirigente funzionario segretario consiglio delibera piano \
    riassetto organizzativo programmazione bilancio indicatore monitoraggio risultato obiettivo \
    strategia rete comunità territorio area vasta supporto assistenza tecnica consulenza \
    sportello istanza pratica protocollo qualità efficienza trasparenza anticorruzione";
const SMALL_WORDS: &str = "di a da in con su per tra il la lo le gli un una e o che non più anche \
    come dove quando secondo presso";
const PROVINCES: [&str; 16] = [
    "Treviso",
    "Brescia",
    "Pesaro-Urbino",
    "Bergamo",
    "Verona",
    "Vicenza",
    "Padova",
    "Modena",
    "Parma",
    "Ravenna",
    "Lucca",
    "Siena",
    "Perugia",
    "Terni",
    "Lecce",
    "Salerno",
];
const PILLARS: [&str; 3] = ["sua", "sape", "innovazione"];

/// Pages of prose with headings, tables, lists, some JSON and links.
pub(crate) fn prose(n_pages: usize) -> Vec<Page> {
    (0..n_pages).map(|number| page(number, prose_body)).collect()
}

/// Pages with ten blocks of code each, no two alike.
pub(super) fn code(n_pages: usize) -> Vec<Page> {
    (0..n_pages).map(|number| page(number, code_body)).collect()
}

/// The folder of a page.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn page(number: usize, body: fn(&mut Writer, usize) -> String) -> Page {
    let mut writer = Writer::new(number);
    let group = number / PAGES_IN_A_GROUP;
    let folder = format!(
        "sezione-{:03}/gruppo-{:02}",
        group / GROUPS_IN_A_SECTION,
        group % GROUPS_IN_A_SECTION
    );
    let title = writer.sentence();
    let title: String = title.trim_end_matches('.').chars().take(60).collect();
    let random = &mut writer.random;
    let date = format!(
        "20{}-{:02}-{:02}",
        random.between(20, 25),
        random.between(1, 12),
        random.between(1, 28)
    );
    Page {
        path: format!("{folder}/{}", name(number)),
        title: title.trim_end().to_owned(),
        date,
        pillar: random.choice(&PILLARS),
        province: random.choice(&PROVINCES),
        description: writer.sentence(),
        body: body(&mut writer, number),
    }
}

fn name(number: usize) -> String {
    format!("pagina-{number:06}")
}

fn prose_body(writer: &mut Writer, number: usize) -> String {
    let mut blocks = Vec::new();
    for _ in 0..writer.random.between(3, 6) {
        blocks.push(writer.heading());
        blocks.push(writer.paragraph());
        blocks.push(writer.paragraph());
        match writer.random.below(100) {
            0..25 => blocks.push(writer.list()),
            25..40 => blocks.push(writer.table()),
            40..50 => blocks.push(writer.json()),
            _ => {}
        }
        if number > 0 && writer.random.percent(50) {
            blocks.push(writer.link(number));
        }
    }
    blocks.join("\n\n") + "\n"
}

fn code_body(writer: &mut Writer, number: usize) -> String {
    let mut blocks = Vec::new();
    for block in 0..10 {
        let tag = format!("{number:06}_{block}");
        blocks.push(writer.heading());
        blocks.push(writer.sentence());
        blocks.push(code::block(block, &tag, &mut || writer.word().to_owned()));
    }
    blocks.join("\n\n") + "\n"
}

/// Writes sentences, from the numbers of one page.
struct Writer {
    random: Random,
    words: Vec<&'static str>,
    small_words: Vec<&'static str>,
}

impl Writer {
    fn new(number: usize) -> Self {
        Self {
            random: Random::new(number as u64),
            words: WORDS.split_whitespace().collect(),
            small_words: SMALL_WORDS.split_whitespace().collect(),
        }
    }

    fn word(&mut self) -> &'static str {
        self.random.choice(&self.words)
    }

    fn sentence(&mut self) -> String {
        let mut words = Vec::new();
        for _ in 0..self.random.between(8, 22) {
            let is_small = self.random.percent(40);
            let list = if is_small { &self.small_words } else { &self.words };
            words.push(self.random.choice(list));
        }
        let sentence = words.join(" ");
        let (first, rest) = sentence.split_at(1);
        format!("{}{rest}.", first.to_uppercase())
    }

    fn paragraph(&mut self) -> String {
        let sentences: Vec<_> = (0..self.random.between(2, 5)).map(|_| self.sentence()).collect();
        sentences.join(" ")
    }

    fn heading(&mut self) -> String {
        format!("## {}", self.sentence().trim_end_matches('.'))
    }

    fn list(&mut self) -> String {
        let items: Vec<_> = (0..4).map(|_| format!("- {}", self.sentence())).collect();
        items.join("\n")
    }

    fn table(&mut self) -> String {
        let mut lines = vec!["| Fase | Responsabile | Termine |\n|---|---|---|".to_owned()];
        for _ in 0..5 {
            let (phase, person) = (self.word(), self.word());
            lines.push(format!("| {phase} | {person} | {} giorni |", self.random.between(5, 90)));
        }
        lines.join("\n")
    }

    fn json(&mut self) -> String {
        let mut lines = Vec::new();
        for at in 0..6 {
            let word = self.word();
            lines.push(format!("  \"{word}_{at}\": {}", self.random.between(1, 999)));
        }
        format!("```json\n{{\n{}\n}}\n```", lines.join(",\n"))
    }

    /// A link to an earlier page of the same group, or to the page itself.
    fn link(&mut self, number: usize) -> String {
        let place = number % PAGES_IN_A_GROUP;
        let target = name(number - place + self.random.between(0, place));
        format!("Vedi anche [la pagina collegata]({target}.md) per i dettagli.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_larger_corpus_begins_with_the_smaller_one() {
        let (small, large) = (prose(60), prose(120));
        assert_eq!(small, large[..60]);
        assert_eq!(large[119].path, "sezione-000/gruppo-02/pagina-000119");
        assert_eq!(folder_of(&large[119].path), "sezione-000/gruppo-02");
    }

    #[test]
    fn prose_has_every_kind_of_block_and_the_length_of_real_pages() {
        let pages = prose(100);
        let text: String = pages.iter().map(|page| page.body.as_str()).collect();
        for sign in ["## ", "\n- ", "| Fase |", "```json", "](pagina-"] {
            assert!(text.contains(sign), "{sign}");
        }
        assert!((3_000..8_000).contains(&(text.len() / pages.len())), "{}", text.len());
    }

    #[test]
    fn links_stay_inside_the_corpus() {
        let pages = prose(120);
        let paths: BTreeSet<&str> = pages.iter().map(|page| page.path.as_str()).collect();
        for page in &pages {
            for link in page.body.split("](").skip(1) {
                let target = link.split(".md").next().unwrap_or_default();
                let path = format!("{}/{target}", folder_of(&page.path));
                assert!(paths.contains(path.as_str()), "{path}");
            }
        }
    }

    #[test]
    fn no_two_blocks_of_code_are_alike() {
        let pages = code(40);
        let blocks: Vec<&str> =
            pages.iter().flat_map(|page| page.body.split("```").skip(1).step_by(2)).collect();
        assert_eq!(blocks.len(), 400);
        assert_eq!(blocks.iter().collect::<BTreeSet<_>>().len(), 400);
    }
}
