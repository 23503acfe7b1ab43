//! What a public site must say before it is published, and only its publisher knows: asked by
//! `vasta check --release`, of the configuration alone. Each answer names the key to write and the rule
//! that asks for it.

use crate::base::{Date, Diagnostic, Diagnostics, Text, catalogue};

use super::config::Config;
use super::publisher::Accessibility;

/// Where AgID publishes the declarations of accessibility.
const DECLARATIONS: &str = "https://form.agid.gov.it/";
/// By this day of each year the declaration is reviewed: month and day.
const REVIEW_DAY: (i8, i8) = (9, 23);

/// What is missing or provisional in `config` on the day `today`.
pub fn check(config: &Config, today: Option<Date>) -> Diagnostics {
    let place = &config.publisher_place;
    let mut diagnostics: Diagnostics = missing(config)
        .filter(|item| item.is_missing)
        .map(|item| {
            catalogue::missing_for_release(place.clone(), item.key, &item.why, item.is_duty)
        })
        .collect();
    diagnostics.extend(wrong_declaration(config));
    diagnostics.extend(today.and_then(|today| old_declaration(config, today)));
    diagnostics
}

/// A key of the configuration that a public site needs.
struct Item {
    key: &'static str,
    is_missing: bool,
    why: Text,
    /// Whether a rule binds every publisher, or only some.
    is_duty: bool,
}

fn missing(config: &Config) -> impl Iterator<Item = Item> {
    let publisher = &config.publisher;
    let Accessibility { declaration, reviewed, objectives } = &publisher.accessibility;
    let has_officer = !publisher.privacy.email.is_empty() || !publisher.privacy.url.is_empty();
    let is_unfounded = publisher.analytics == "none" && publisher.analytics_reason.is_empty();
    let duty = |key, is_missing, italian, english| Item {
        key,
        is_missing,
        why: Text::new(italian, english),
        is_duty: true,
    };
    let advice = |key, is_missing, italian, english| Item {
        is_duty: false,
        ..duty(key, is_missing, italian, english)
    };
    [
        duty(
            "base_url",
            config.base_url.is_empty(),
            "indirizzi canonici, mappa del sito e anteprime ne hanno bisogno",
            "canonical addresses, the sitemap and previews need it",
        ),
        duty(
            "licence.url",
            config.licence.url.is_empty(),
            "i contenuti portano una licenza aperta con il suo testo (CAD, art. 52)",
            "content carries an open licence with its text (CAD, art. 52)",
        ),
        duty(
            "publisher.name",
            publisher.name.is_empty(),
            "chi legge deve sapere chi pubblica",
            "readers must know who publishes",
        ),
        duty(
            "publisher.email",
            publisher.email.is_empty(),
            "serve un canale per segnalare errori e problemi di accessibilità (L. 4/2004)",
            "errors and barriers need a channel to be reported (law 4/2004)",
        ),
        duty(
            "publisher.legal_name",
            publisher.legal_name.is_empty(),
            "le note legali dicono quale ente risponde del sito",
            "the legal notes say which body answers for the site",
        ),
        duty(
            "publisher.address",
            publisher.address.is_empty(),
            "le note legali dicono dove ha sede l'ente",
            "the legal notes say where the body has its seat",
        ),
        duty(
            "publisher.privacy.email",
            !has_officer,
            "i contatti del responsabile della protezione dei dati sono pubblici (GDPR, art. 13)",
            "the contacts of the data protection officer are public (GDPR, art. 13)",
        ),
        duty(
            "publisher.accessibility.declaration",
            declaration.is_none(),
            "la dichiarazione di accessibilità è collegata da ogni pagina (L. 4/2004, art. 3-quater)",
            "every page links to the declaration of accessibility (law 4/2004, art. 3-quater)",
        ),
        duty(
            "publisher.accessibility.reviewed",
            reviewed.is_none(),
            "la dichiarazione si riesamina ogni anno entro il 23 settembre",
            "the declaration is reviewed every year by 23 September",
        ),
        duty(
            "publisher.analytics",
            publisher.analytics.is_empty(),
            "le statistiche d'uso si raccolgono o si motiva perché no (linee guida di design, 4.4)",
            "use is measured, or it is said why not (design guidelines, 4.4)",
        ),
        duty(
            "publisher.analytics_reason",
            is_unfounded,
            "chi non conta le visite ne dice il motivo (linee guida di design, 4.4)",
            "who does not count visits says why (design guidelines, 4.4)",
        ),
        advice(
            "publisher.accessibility.objectives",
            objectives.is_empty(),
            "una PA pubblica gli obiettivi di accessibilità entro il 31 marzo (D.L. 179/2012, art. 9)",
            "a public body publishes its accessibility objectives by 31 March (D.L. 179/2012)",
        ),
        advice(
            "publisher.transparency",
            publisher.transparency.is_empty(),
            "una PA collega la propria «Amministrazione trasparente» (D.Lgs. 33/2013)",
            "a public body links to its “Amministrazione trasparente” (D.Lgs. 33/2013)",
        ),
        advice(
            "publisher.funding.statement",
            publisher.funding.statement.is_empty(),
            "se un programma ha pagato il sito, loghi e dicitura sono obbligatori (Reg. UE 2021/1060)",
            "if a programme paid for the site, its signs and sentence are due (Reg. EU 2021/1060)",
        ),
    ]
    .into_iter()
}

fn wrong_declaration(config: &Config) -> Option<Diagnostic> {
    let (address, place) = config.publisher.accessibility.declaration.as_ref()?;
    let is_wrong = !address.starts_with(DECLARATIONS);
    is_wrong.then(|| catalogue::not_the_official_address(place.clone(), address, DECLARATIONS))
}

/// A review holds until the 23 September after the next one.
fn old_declaration(config: &Config, today: Date) -> Option<Diagnostic> {
    let (reviewed, place) = config.publisher.accessibility.reviewed.as_ref()?;
    let (month, day) = REVIEW_DAY;
    let this_year = Date { year: today.year, month: Some(month), day: Some(day) };
    let last = if today > this_year { today.year } else { today.year - 1 };
    let oldest = Date { year: last - 1, ..this_year }.day_after();
    (*reviewed < oldest).then(|| catalogue::old_review(place.clone(), *reviewed, oldest))
}
