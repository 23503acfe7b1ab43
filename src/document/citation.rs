//! References to acts of law in running text, such as `art. 62 d.lgs. 36/2023`, and the uniform
//! names by which pages say which act they are about, such as
//! `urn:nir:stato:decreto.legislativo:2023-03-31;36`. Both become the same `Act`; whether the site
//! has a page about it is not known here.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::base::Date;
use crate::base::date::ITALIAN_MONTHS;
use crate::base::pieces::{Piece, pieces};
use crate::base::text::fold;

/// An act of law, as far as a reference tells which one it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Act {
    /// What kind of act it is.
    pub kind: ActKind,
    /// Which one of its kind.
    pub name: ActName,
}

/// The kinds of acts that texts refer to by number or day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ActKind {
    /// Legge.
    Law,
    /// Decreto legislativo.
    LegislativeDecree,
    /// Decreto-legge.
    DecreeLaw,
    /// Decreto del Presidente della Repubblica.
    PresidentDecree,
    /// Decreto del Presidente del Consiglio dei ministri.
    PrimeMinisterDecree,
}

/// What tells an act from others of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ActName {
    /// The number within a year; a day beside it says nothing more.
    Number {
        /// The year.
        year: i16,
        /// The number.
        number: u32,
    },
    /// The day alone, of acts without a number.
    Day(Date),
}

/// A reference to an act, and perhaps to an article of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Citation {
    /// The act.
    pub act: Act,
    /// The article, such as `62` or `17-bis`.
    pub article: Option<String>,
}

/// The references to acts in a text, in order, each with its place.
///
/// ```
/// # use vasta::document::citation::citations;
/// let text = "Lo dice l’art. 62, comma 1, del d.lgs. n. 36 del 2023.";
/// let (place, citation) = citations(text).remove(0);
/// assert_eq!(&text[place], "art. 62, comma 1, del d.lgs. n. 36 del 2023");
/// assert_eq!(citation.article.as_deref(), Some("62"));
/// ```
pub fn citations(text: &str) -> Vec<(Range<usize>, Citation)> {
    let mut found = Vec::new();
    // Without a number there is no reference, and most texts have none.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return found;
    }
    let reader = Reader::new(text);
    let mut at = 0;
    while at < reader.words.len() {
        let Some(Cited { words, citation }) = reader.citation(at) else {
            at += 1;
            continue;
        };
        at = words.end;
        found.push((reader.place(words), citation));
    }
    found
}

/// The names under which texts refer to the act that a uniform name stands for: none for kinds of
/// acts that are not looked for. Nothing when it is no uniform name.
pub fn acts_of_urn(urn: &str) -> Option<Vec<Act>> {
    let rest = urn.strip_prefix("urn:nir:")?;
    let (of_whom, name) = rest.rsplit_once(':')?;
    let (authority, kind) = of_whom.split_once(':')?;
    let is_plain = |part: &str| {
        let letter = |byte: u8| byte.is_ascii_lowercase() || b".-;".contains(&byte);
        part.starts_with(|first: char| first.is_ascii_lowercase()) && part.bytes().all(letter)
    };
    let (written, number) = match name.split_once(';') {
        Some((day, number)) => (day, Some(number)),
        None => (name, None),
    };
    let date: Date = written.parse().ok()?;
    let is_date = date.is_full() || date.month.is_none() && number.is_some();
    let is_number = number.is_none_or(|number| {
        number.starts_with(|first: char| first.is_ascii_digit())
            && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte))
    });
    if !is_plain(authority) || !is_plain(kind) || !is_date || !is_number {
        return None;
    }
    let kind = match (authority, kind) {
        ("stato", "legge") => ActKind::Law,
        ("stato", "decreto.legislativo") => ActKind::LegislativeDecree,
        ("stato", "decreto.legge") => ActKind::DecreeLaw,
        ("presidente.repubblica", "decreto") => ActKind::PresidentDecree,
        ("presidente.consiglio.ministri", "decreto") => ActKind::PrimeMinisterDecree,
        _ => return Some(Vec::new()),
    };
    let number = number.and_then(|number| number.parse().ok());
    let number = number.map(|number| ActName::Number { year: date.year, number });
    let names = number.into_iter().chain(date.is_full().then_some(ActName::Day(date)));
    Some(names.map(|name| Act { kind, name }).collect())
}

/// The article that a heading is about, when it starts with it: `Articolo 62 (Qualificazione)`.
pub fn article_of_heading(title: &str) -> Option<String> {
    let reader = Reader::new(title);
    let (article, _) = reader.article(0)?;
    (article.is_single && reader.words[0].piece.start == 0).then_some(article.number)
}

/// How texts write the kinds of acts, the longer ways first.
const KINDS: [(&[&str], ActKind); 15] = [
    (
        &["decreto", "del", "presidente", "del", "consiglio", "dei", "ministri"],
        ActKind::PrimeMinisterDecree,
    ),
    (&["decreto", "del", "presidente", "del", "consiglio"], ActKind::PrimeMinisterDecree),
    (&["decreto", "del", "presidente", "della", "repubblica"], ActKind::PresidentDecree),
    (&["decreto", "legislativo"], ActKind::LegislativeDecree),
    (&["decreto", "legge"], ActKind::DecreeLaw),
    (&["d", "p", "c", "m"], ActKind::PrimeMinisterDecree),
    (&["d", "p", "r"], ActKind::PresidentDecree),
    (&["d", "lgs"], ActKind::LegislativeDecree),
    (&["d", "l"], ActKind::DecreeLaw),
    (&["dpcm"], ActKind::PrimeMinisterDecree),
    (&["dpr"], ActKind::PresidentDecree),
    (&["dlgs"], ActKind::LegislativeDecree),
    (&["dl"], ActKind::DecreeLaw),
    (&["legge"], ActKind::Law),
    (&["l"], ActKind::Law),
];

/// What may follow the number of an article.
const SUFFIXES: [&str; 10] = [
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
    "decies",
    "undecies",
];

/// The parts of an article, which may stand between it and its act.
const PARTS: [&str; 17] = [
    "comma",
    "commi",
    "co",
    "lettera",
    "lettere",
    "lett",
    "numero",
    "numeri",
    "punto",
    "punti",
    "paragrafo",
    "par",
    "periodo",
    "primo",
    "secondo",
    "terzo",
    "ed",
];

/// Two digits of a year from here on mean the last century: `241/90`.
const FIRST_SHORT_YEAR: i16 = 46;

/// A piece of the text and what it is compared as.
struct Word<'a> {
    piece: Piece<'a>,
    folded: String,
}

struct Reader<'a> {
    text: &'a str,
    words: Vec<Word<'a>>,
}

/// A citation and the words that are its own.
struct Cited {
    words: Range<usize>,
    citation: Citation,
}

struct Article {
    number: String,
    /// False for several articles: then none of them is the one that is meant.
    is_single: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let word = |piece: Piece<'a>| Word { folded: fold(piece.text), piece };
        Self { text, words: pieces(text).map(word).collect() }
    }

    fn place(&self, words: Range<usize>) -> Range<usize> {
        self.words[words.start].piece.start..self.words[words.end - 1].piece.end
    }

    /// The citation that starts with word `at`. Each function that reads gives the word after what it
    /// has read.
    fn citation(&self, at: usize) -> Option<Cited> {
        if at > 0 && matches!(self.words[at].piece.joint, '.' | '-' | '/') {
            return None;
        }
        if let Some((article, after)) = self.article(at) {
            let (first, act, end) = self.act_of_article(after)?;
            let start = if article.is_single { at } else { first };
            let article = article.is_single.then_some(article.number);
            return Some(Cited { words: start..end, citation: Citation { act, article } });
        }
        let (act, end) = self.act(at)?;
        let (article, end) = match self.article_after(end) {
            Some((article, end)) => (Some(article.number), end),
            None => (None, end),
        };
        Some(Cited { words: at..end, citation: Citation { act, article } })
    }

    /// `art. 62`, `articoli 62 e …`.
    fn article(&self, at: usize) -> Option<(Article, usize)> {
        let is_single = match self.words.get(at)?.folded.as_str() {
            "art" | "articolo" => true,
            "artt" | "articoli" => false,
            _ => return None,
        };
        let number = self.words.get(at + 1)?;
        if !self.binds(at + 1) || !number.piece.is_digits() {
            return None;
        }
        let number = number.folded.clone();
        let suffix = self.words.get(at + 2).filter(|word| self.is_suffix(at + 2, word));
        Some(match suffix {
            Some(word) => {
                (Article { number: format!("{number}-{}", word.folded), is_single }, at + 3)
            }
            None => (Article { number, is_single }, at + 2),
        })
    }

    fn is_suffix(&self, at: usize, word: &Word<'_>) -> bool {
        matches!(self.gap(at), "-" | " ") && SUFFIXES.contains(&word.folded.as_str())
    }

    /// The act after the number of an article, with the parts of the article between them: where it
    /// starts, the act, and where it ends.
    fn act_of_article(&self, mut at: usize) -> Option<(usize, Act, usize)> {
        loop {
            let word = self.words.get(at)?;
            let gap = self.gap(at);
            if gap.chars().any(|sign| !sign.is_whitespace() && !",.()'’-".contains(sign)) {
                return None;
            }
            let is_preposition = matches!(word.folded.as_str(), "del" | "della" | "dello" | "dell");
            let start = at + usize::from(is_preposition);
            if let Some((act, end)) = self.act(start) {
                return Some((start, act, end));
            }
            let folded = word.folded.as_str();
            let is_part = PARTS.contains(&folded) || SUFFIXES.contains(&folded);
            if !is_part && !word.piece.is_digits() && word.piece.length() > 1 {
                return None;
            }
            at += 1;
        }
    }

    /// The article in `legge 56/2014, articolo 1`, unless it is one of the act that follows.
    fn article_after(&self, at: usize) -> Option<(Article, usize)> {
        if at >= self.words.len() || self.gap(at).trim_end() != "," {
            return None;
        }
        let (article, end) = self.article(at)?;
        (article.is_single && self.act_of_article(end).is_none()).then_some((article, end))
    }

    fn act(&self, at: usize) -> Option<(Act, usize)> {
        let (kind, at) = self.kind(at)?;
        let (name, end) = self.name(at)?;
        Some((Act { kind, name }, end))
    }

    fn kind(&self, at: usize) -> Option<(ActKind, usize)> {
        let is_there = |written: &[&str]| {
            written.iter().enumerate().all(|(n, part)| {
                let word = self.words.get(at + n);
                word.is_some_and(|word| word.folded == *part && (n == 0 || self.binds(at + n)))
            })
        };
        let (written, kind) = KINDS.iter().find(|(written, _)| is_there(written))?;
        let end = at + written.len();
        // A letter alone is an abbreviation only with its full stop.
        let is_law = written != &["l"] || end < self.words.len() && self.gap(end).starts_with('.');
        is_law.then_some((*kind, end))
    }

    /// `36/2023`, `n. 36 del 2023`, `31 marzo 2023, n. 36`, `30 giugno 2011`.
    fn name(&self, at: usize) -> Option<(ActName, usize)> {
        if !self.binds(at) {
            return None;
        }
        let at = if self.is(at, "del") && self.binds(at + 1) { at + 1 } else { at };
        if let Some((day, after)) = self.day(at) {
            let number = self.number(after, true);
            return Some(match number {
                Some((number, end)) => (ActName::Number { year: day.year, number }, end),
                None => (ActName::Day(day), after),
            });
        }
        let (number, at) = self.number(at, false)?;
        let (year, end) = self.year_after(at)?;
        Some((ActName::Number { year, number }, end))
    }

    /// A number, which must have `n.` before it when a day stands there.
    fn number(&self, at: usize, after_day: bool) -> Option<(u32, usize)> {
        let is_near = |at: usize| {
            at < self.words.len() && matches!(self.gap(at).trim(), "" | "," | "." | "°" | ".°")
        };
        let is_named =
            is_near(at) && ["n", "nr", "num", "numero"].iter().any(|name| self.is(at, name));
        if after_day && !is_named {
            return None;
        }
        let at = if is_named { at + 1 } else { at };
        let word = self.words.get(at).filter(|_| is_near(at))?;
        Some((digits(&word.folded)?, at + 1))
    }

    /// The year after a number: `/2023`, `/90`, `del 2023`, `del 31 marzo 2023`.
    fn year_after(&self, at: usize) -> Option<(i16, usize)> {
        if self.is(at, "del") && self.binds(at) && self.binds(at + 1) {
            if let Some((day, end)) = self.day(at + 1) {
                return Some((day.year, end));
            }
            return Some((self.year(at + 1)?, at + 2));
        }
        let word = self.words.get(at).filter(|word| word.piece.joint == '/')?;
        let goes_on = self.words.get(at + 1).is_some_and(|next| next.piece.joint == '/');
        if goes_on {
            return None;
        }
        let short = (word.folded.len() == 2).then(|| digits(&word.folded)).flatten();
        let short =
            short.map(|year: i16| if year < FIRST_SHORT_YEAR { 2000 + year } else { 1900 + year });
        Some((short.or_else(|| self.year(at))?, at + 1))
    }

    /// `31 marzo 2023`, `1º luglio 2023`, `30/6/2011` or `30.6.2011`.
    fn day(&self, at: usize) -> Option<(Date, usize)> {
        let [day, month, _] = self.words.get(at..at + 3)? else { return None };
        let in_words = ITALIAN_MONTHS.iter().position(|name| *name == month.folded);
        let month = match in_words {
            Some(place) if self.gap(at + 1).trim_matches('°').trim().is_empty() => place + 1,
            None if self.gap(at + 1) == self.gap(at + 2) && "/.".contains(self.gap(at + 1)) => {
                digits(&month.folded)?
            }
            _ => return None,
        };
        let day: u8 = digits(day.folded.trim_end_matches('o'))?;
        let date = format!("{:04}-{month:02}-{day:02}", self.year(at + 2)?).parse().ok()?;
        Some((date, at + 3))
    }

    fn year(&self, at: usize) -> Option<i16> {
        let word = self.words.get(at).filter(|word| word.folded.len() == 4)?;
        digits(&word.folded).filter(|year| (1861..2100).contains(year))
    }

    fn is(&self, at: usize, folded: &str) -> bool {
        self.words.get(at).is_some_and(|word| word.folded == folded)
    }

    /// What stands between word `at` and the one before it.
    fn gap(&self, at: usize) -> &'a str {
        let before = at.checked_sub(1).map_or(0, |before| self.words[before].piece.end);
        &self.text[before..self.words[at].piece.start]
    }

    /// Whether word `at` goes on with the one before it: after a blank or hyphen, and after a full
    /// stop when that ends an abbreviation and no sentence.
    fn binds(&self, at: usize) -> bool {
        const LONGEST_ABBREVIATION: usize = 4;
        if at == 0 || at >= self.words.len() {
            return false;
        }
        match self.gap(at).trim() {
            "" | "-" => true,
            "." => self.words[at - 1].piece.length() <= LONGEST_ABBREVIATION,
            _ => false,
        }
    }
}

/// A number written in digits alone.
fn digits<T: std::str::FromStr>(text: &str) -> Option<T> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each reference as `what is written = kind name article`.
    fn read(text: &str) -> Vec<String> {
        let shown = |(place, citation): (Range<usize>, Citation)| {
            let Citation { act: Act { kind, name }, article } = citation;
            let name = match name {
                ActName::Number { year, number } => format!("{number}/{year}"),
                ActName::Day(day) => day.to_string(),
            };
            let article = article.map(|article| format!(" art {article}")).unwrap_or_default();
            format!("{} = {kind:?} {name}{article}", &text[place])
        };
        citations(text).into_iter().map(shown).collect()
    }

    #[test]
    fn an_act_is_written_in_many_ways() {
        for (written, meant) in [
            ("legge 56/2014", "Law 56/2014"),
            ("Legge n. 56/2014", "Law 56/2014"),
            ("L. 136/2010", "Law 136/2010"),
            ("legge 7 aprile 2014, n. 56", "Law 56/2014"),
            ("legge 7 aprile 2014 n. 56", "Law 56/2014"),
            ("legge n. 56 del 7 aprile 2014", "Law 56/2014"),
            ("legge 241/90", "Law 241/1990"),
            ("d.lgs. 36/2023", "LegislativeDecree 36/2023"),
            ("D. Lgs. 36/2023", "LegislativeDecree 36/2023"),
            ("D.Lgs.36/2023", "LegislativeDecree 36/2023"),
            ("dlgs 36/2023", "LegislativeDecree 36/2023"),
            ("d.lgs. n. 36 del 2023", "LegislativeDecree 36/2023"),
            ("decreto legislativo\u{a0}31 marzo 2023, n.\u{a0}36", "LegislativeDecree 36/2023"),
            ("decreto legislativo del 31 marzo 2023 n. 36", "LegislativeDecree 36/2023"),
            ("decreto legislativo 31 marzo 2023", "LegislativeDecree 2023-03-31"),
            ("decreto-legge 77/2021", "DecreeLaw 77/2021"),
            ("decreto legge 31.5.2021, n. 77", "DecreeLaw 77/2021"),
            ("DL 77/2021", "DecreeLaw 77/2021"),
            ("d.l. 77/2021", "DecreeLaw 77/2021"),
            ("DPCM 30 giugno 2011", "PrimeMinisterDecree 2011-06-30"),
            ("d.p.c.m. del 30/06/2011", "PrimeMinisterDecree 2011-06-30"),
            (
                "decreto del Presidente del Consiglio dei ministri 1º luglio 2011",
                "PrimeMinisterDecree 2011-07-01",
            ),
            ("d.P.R. 445/2000", "PresidentDecree 445/2000"),
        ] {
            assert_eq!(read(&format!("Si veda ({written}).")), [format!("{written} = {meant}")]);
        }
    }

    #[test]
    fn an_article_belongs_to_the_act_beside_it() {
        for (written, meant) in [
            ("art. 62 d.lgs. 36/2023", "LegislativeDecree 36/2023 art 62"),
            ("articolo 52 del decreto-legge 77/2021", "DecreeLaw 77/2021 art 52"),
            ("art. 1, comma 85, della legge 56/2014", "Law 56/2014 art 1"),
            ("art. 1, commi 85 e 88, lett. d), della L. 56/2014", "Law 56/2014 art 1"),
            ("art. 17, comma 1-septies, del d.lgs. 82/2005", "LegislativeDecree 82/2005 art 17"),
            ("articolo 17-bis del d.lgs. 82/2005", "LegislativeDecree 82/2005 art 17-bis"),
            ("decreto-legge 91/2017, articolo 15", "DecreeLaw 91/2017 art 15"),
        ] {
            assert_eq!(read(&format!("Vale l’{written}.")), [format!("{written} = {meant}")]);
        }
    }

    #[test]
    fn of_several_articles_the_act_alone_is_meant() {
        let found = read("gli artt. 62 e 63 del d.lgs. 36/2023");
        assert_eq!(found, ["d.lgs. 36/2023 = LegislativeDecree 36/2023"]);
        let found = read("legge 56/2014, articolo 52 del decreto-legge 77/2021");
        assert_eq!(
            found,
            [
                "legge 56/2014 = Law 56/2014",
                "articolo 52 del decreto-legge 77/2021 = DecreeLaw 77/2021 art 52",
            ]
        );
    }

    #[test]
    fn what_only_looks_like_a_reference_is_none() {
        for text in [
            "L’articolo 62 prevede 3 fasce.",
            "Dart. 62 d.lgs",
            "la legge regionale 19/2015",
            "la legge. 56/2014 persone",
            "la L 136/2010 e la P.D.L. 12/2020",
            "regolamento 36/2023/UE, legge 36/2023/UE",
            "secondo la legge, 14/2016 voti",
            "decreto legislativo 31 febbraio 2023",
            "legge 56 e 2014",
        ] {
            assert_eq!(read(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_uniform_name_is_checked_and_names_its_act() {
        let acts = acts_of_urn("urn:nir:stato:decreto.legislativo:2023-03-31;36").expect("a URN");
        assert_eq!(acts[0], citations("d.lgs. 36/2023")[0].1.act);
        assert_eq!(acts[1], citations("d.lgs. 31 marzo 2023")[0].1.act);
        let act = acts_of_urn("urn:nir:presidente.consiglio.ministri:decreto:2011-06-30");
        assert_eq!(act.expect("a URN"), [citations("DPCM 30 giugno 2011")[0].1.act]);
        assert_eq!(acts_of_urn("urn:nir:stato:legge:2014;56").expect("a URN").len(), 1);
        let other = "urn:nir:ministero.interno;dipartimento:decreto:2020-01-31";
        assert_eq!(acts_of_urn(other), Some(Vec::new()));
        for wrong in [
            "",
            "legge 56/2014",
            "urn:nir:stato:legge",
            "urn:nir:stato:legge:2014-04-31;56",
            "urn:nir:stato:legge:2014-04;56",
            "urn:nir:stato:legge:2014",
            "urn:nir:stato:legge:2014-04-07;",
            "urn:nir:Stato:legge:2014-04-07;56",
            "urn:nir:stato:legge:2014-04-07;56~art1",
            "urn:isbn:978-88",
        ] {
            assert_eq!(acts_of_urn(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_heading_may_be_about_an_article() {
        let article = |title| article_of_heading(title);
        assert_eq!(article("Articolo 62 – Qualificazione").as_deref(), Some("62"));
        assert_eq!(article("Art. 17-bis").as_deref(), Some("17-bis"));
        assert_eq!(article("Articoli 62 e 63"), None);
        assert_eq!(article("Nell’articolo 62"), None);
    }
}
