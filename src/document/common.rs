//! The keys that a page has whatever its type, described like the fields of a type: for forms,
//! completions and documentation. What `meta` reads is described here; a test sees to it.

use super::lifecycle::PageState;
use super::schema::{Field, Kind};

/// The key whose value is described by no kind: it has lists of conditions in it.
pub const LISTS: &str = "lists";

/// The common keys in the order in which an editor meets them.
pub fn fields() -> Vec<Field> {
    vec![
        text("title", "Titolo", "Il titolo della pagina; senza, vale il primo titolo del testo."),
        text("description", "Descrizione", "Di che cosa parla la pagina, in una o due frasi."),
        date("date", "Data", "Quando è successo ciò che la pagina racconta, o quando è uscita."),
        date("updated", "Aggiornata", "Il giorno dell'ultima modifica."),
        date("verified", "Verificata", "Il giorno in cui i fatti sono stati controllati."),
        text("version", "Versione", "Il nome di questa versione della pagina, per esempio 2.1."),
        text(
            "reviewer",
            "Chi controlla",
            "Il ruolo di chi ha controllato la pagina, se non è quello del sito.",
        ),
        text("owner", "Ufficio responsabile", "L'ufficio che risponde di ciò che la pagina dice."),
        field(
            "changes",
            "Modifiche",
            "Che cosa è cambiato e quando.",
            list(Kind::Object(vec![
                required(date("date", "Data", "Il giorno della modifica.")),
                required(text("what", "Che cosa", "Che cosa è cambiato, in una frase.")),
            ])),
        ),
        date("publish_from", "Pubblica dal", "Il primo giorno in cui la pagina è pubblicata."),
        date("valid_from", "Valida dal", "Il primo giorno in cui vale, anche se è già pubblicata."),
        date("expires", "Vale fino al", "L'ultimo giorno in cui vale; poi resta, con un avviso."),
        date("review_by", "Da ricontrollare entro", "Il giorno entro cui qualcuno la ricontrolla."),
        field(
            "state",
            "Stato",
            "A che punto è la pagina: pubblicata, se non si dice altro.",
            Kind::Choice(states()),
        ),
        field(
            "repealed_by",
            "Sostituita da",
            "La pagina che ha preso il suo posto: così questa è superata.",
            Kind::Page(None),
        ),
        field(
            "order",
            "Ordine",
            "Il posto nella sezione: prima i numeri più piccoli.",
            Kind::Integer,
        ),
        field(
            "draft",
            "Bozza",
            "Con `true` la pagina non è pubblicata: vuol dire `state: bozza`.",
            Kind::Boolean,
        ),
        field(
            "adattabile",
            "Adattabile",
            "Con `true` il testo può usare i valori della Provincia.",
            Kind::Boolean,
        ),
        field(
            "only_in",
            "Solo nelle edizioni",
            "Le sigle delle sole edizioni che hanno la pagina.",
            list(Kind::Text),
        ),
        field(
            "hidden_in",
            "Non nelle edizioni",
            "Le sigle delle edizioni che non hanno la pagina.",
            list(Kind::Text),
        ),
        text("type", "Tipo", "Il tipo della pagina, se non è quello della cartella."),
        text("template", "Modello grafico", "Il modello del tema, se non è quello del tipo."),
        text("collection", "Raccolta", "La raccolta di dati che la pagina presenta."),
        text(
            "slug",
            "Nome nell'indirizzo",
            "L'ultima parte dell'indirizzo, se non è il nome del file.",
        ),
        field(
            "aliases",
            "Indirizzi di prima",
            "I vecchi indirizzi che portano a questa pagina.",
            list(Kind::Text),
        ),
        field(
            "synonyms",
            "Altre parole",
            "Altre parole con cui si cerca questa pagina.",
            list(Kind::Text),
        ),
    ]
}

fn states() -> Vec<(String, String)> {
    PageState::ALL.map(|(name, label, _)| (name.to_owned(), label.to_owned())).into()
}

fn field(name: &str, label: &str, help: &str, kind: Kind) -> Field {
    Field {
        name: name.to_owned(),
        label: label.to_owned(),
        help: help.to_owned(),
        is_required: false,
        default: None,
        show: None,
        kind,
    }
}

fn text(name: &str, label: &str, help: &str) -> Field {
    field(name, label, help, Kind::Text)
}

fn date(name: &str, label: &str, help: &str) -> Field {
    field(name, label, help, Kind::Date)
}

fn list(item: Kind) -> Kind {
    Kind::List(Box::new(item))
}

fn required(field: Field) -> Field {
    Field { is_required: true, ..field }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::source::config::RESERVED;

    #[test]
    fn every_common_key_is_described() {
        let fields = fields();
        let described = fields.iter().map(|field| field.name.as_str()).chain([LISTS]);
        let described: BTreeSet<&str> = described.collect();
        assert_eq!(described, RESERVED.iter().copied().collect());
    }
}
