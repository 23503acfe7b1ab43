//! What a public site must say before it is published, and only its publisher knows: asked by
//! `vasta check --release`, of the configuration alone. Each answer names the key to write and the rule
//! that asks for it.

use crate::base::{Date, Diagnostic, Diagnostics, Span, Text, catalogue};

use super::config::Config;

/// Where AgID publishes the declarations of accessibility.
const DECLARATIONS: &str = "https://form.agid.gov.it/";
/// By this day of each year the declaration is reviewed: month and day.
const REVIEW_DAY: (i8, i8) = (9, 23);

/// What is missing or provisional in `config` on the day `today`.
pub fn check(config: &Config, today: Option<Date>) -> Diagnostics {
    let place = &config.publisher_place;
    let mut diagnostics: Diagnostics = missing(config)
        .filter(|item| item.value.is_empty())
        .map(|item| {
            catalogue::missing_for_release(place.clone(), item.key, &item.why, item.is_duty)
        })
        .collect();
    diagnostics.extend(wrong_declaration(config));
    diagnostics.extend(today.and_then(|today| old_declaration(config, today)));
    diagnostics
}

/// A key of the configuration that a public site needs.
struct Item<'a> {
    key: &'static str,
    value: &'a str,
    why: Text,
    /// Whether a rule binds every publisher, or only some.
    is_duty: bool,
}

fn missing(config: &Config) -> impl Iterator<Item = Item<'_>> {
    let publisher = &config.publisher;
    let officer = [&publisher.privacy.email, &publisher.privacy.url];
    let officer = officer.into_iter().find(|address| !address.is_empty());
    let duty = |key, value, italian, english| Item {
        key,
        value,
        why: Text::new(italian, english),
        is_duty: true,
    };
    let advice = |key, value, italian, english| Item {
        is_duty: false,
        ..duty(key, value, italian, english)
    };
    [
        duty(
            "base_url",
            config.base_url.as_str(),
            "indirizzi canonici, mappa del sito e anteprime ne hanno bisogno",
            "canonical addresses, the sitemap and previews need it",
        ),
        duty(
            "licence.url",
            &config.licence.url,
            "i contenuti portano una licenza aperta con il suo testo (CAD, art. 52)",
            "content carries an open licence with its text (CAD, art. 52)",
        ),
        duty(
            "publisher.name",
            &publisher.name,
            "chi legge deve sapere chi pubblica",
            "readers must know who publishes",
        ),
        duty(
            "publisher.email",
            &publisher.email,
            "serve un canale per segnalare errori e problemi di accessibilità (L. 4/2004)",
            "errors and barriers need a channel to be reported (law 4/2004)",
        ),
        duty(
            "publisher.legal_name",
            &publisher.legal_name,
            "le note legali dicono quale ente risponde del sito",
            "the legal notes say which body answers for the site",
        ),
        duty(
            "publisher.address",
            &publisher.address,
            "le note legali dicono dove ha sede l'ente",
            "the legal notes say where the body has its seat",
        ),
        duty(
            "publisher.privacy.email",
            officer.map_or("", |address| address.as_str()),
            "i contatti del responsabile della protezione dei dati sono pubblici (GDPR, art. 13)",
            "the contacts of the data protection officer are public (GDPR, art. 13)",
        ),
        duty(
            "publisher.accessibility.declaration",
            &publisher.accessibility.declaration,
            "la dichiarazione di accessibilità è collegata da ogni pagina (L. 4/2004, art. 3-quater)",
            "every page links to the declaration of accessibility (law 4/2004, art. 3-quater)",
        ),
        duty(
            "publisher.accessibility.reviewed",
            &publisher.accessibility.reviewed,
            "la dichiarazione si riesamina ogni anno entro il 23 settembre",
            "the declaration is reviewed every year by 23 September",
        ),
        duty(
            "publisher.analytics",
            &publisher.analytics,
            "le statistiche d'uso si raccolgono o si motiva perché no (linee guida di design, 4.4)",
            "use is measured, or it is said why not (design guidelines, 4.4)",
        ),
        duty(
            "publisher.analytics_reason",
            if publisher.analytics == "none" { &publisher.analytics_reason } else { "-" },
            "chi non conta le visite ne dice il motivo (linee guida di design, 4.4)",
            "who does not count visits says why (design guidelines, 4.4)",
        ),
        advice(
            "publisher.accessibility.objectives",
            &publisher.accessibility.objectives,
            "una PA pubblica gli obiettivi di accessibilità entro il 31 marzo (D.L. 179/2012, art. 9)",
            "a public body publishes its accessibility objectives by 31 March (D.L. 179/2012)",
        ),
        advice(
            "publisher.transparency",
            &publisher.transparency,
            "una PA collega la propria «Amministrazione trasparente» (D.Lgs. 33/2013)",
            "a public body links to its “Amministrazione trasparente” (D.Lgs. 33/2013)",
        ),
        advice(
            "publisher.funding.statement",
            &publisher.funding.statement,
            "se un programma ha pagato il sito, loghi e dicitura sono obbligatori (Reg. UE 2021/1060)",
            "if a programme paid for the site, its signs and sentence are due (Reg. EU 2021/1060)",
        ),
    ]
    .into_iter()
}

fn wrong_declaration(config: &Config) -> Option<Diagnostic> {
    let declared = &config.publisher.accessibility;
    let is_wrong =
        !declared.declaration.is_empty() && !declared.declaration.starts_with(DECLARATIONS);
    let place = place(config, 0);
    is_wrong
        .then(|| catalogue::not_the_official_address(place, &declared.declaration, DECLARATIONS))
}

/// A review holds until the 23 September after the next one.
fn old_declaration(config: &Config, today: Date) -> Option<Diagnostic> {
    let reviewed: Date = config.publisher.accessibility.reviewed.parse().ok()?;
    let (month, day) = REVIEW_DAY;
    let this_year = Date { year: today.year, month: Some(month), day: Some(day) };
    let last = if today > this_year { today.year } else { today.year - 1 };
    let oldest = Date { year: last - 1, ..this_year }.day_after();
    (reviewed < oldest).then(|| catalogue::old_review(place(config, 1), reviewed, oldest))
}

fn place(config: &Config, number: usize) -> Span {
    let place = config.publisher.accessibility.places[number].clone();
    place.unwrap_or_else(|| config.publisher_place.clone())
}
