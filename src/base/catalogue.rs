//! Every mistake that vasta reports, one constructor each: the code, the wording in both languages,
//! and what to do. The doc comment of a constructor is the entry of the mistake in the manual.

use super::date::Date;
use super::diagnostic::{Diagnostic, Span, Text};
use super::path::UrlPath;

fn text(italian: impl Into<String>, english: impl Into<String>) -> Text {
    Text::new(italian, english)
}

/// “Did you mean …?”, or what to do when no known name is near.
fn meant(nearest: Option<&str>, otherwise: Text) -> Text {
    match nearest {
        Some(name) => text(format!("forse intendevi `{name}`?"), format!("did you mean `{name}`?")),
        None => otherwise,
    }
}

fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// V001: a text file whose bytes are not UTF-8, as old editors on Windows write them.
pub fn invalid_utf8(span: Span) -> Diagnostic {
    let message = text("il file non è un testo UTF-8", "the file is not UTF-8 text");
    let help = text(
        "salva di nuovo il file scegliendo la codifica UTF-8",
        "save the file again and choose the UTF-8 encoding",
    );
    Diagnostic::error("V001", span, message).with_help(help)
}

/// V002: YAML that cannot be read. Most often a colon in a text without quotes.
pub fn yaml_syntax(span: Span, detail: &str, line: &str) -> Diagnostic {
    let message = text(
        "lo YAML di questa riga non è scritto bene",
        format!("the YAML is not well formed ({detail})"),
    );
    let help = if line.contains('\t') {
        text("usa spazi, non tabulazioni, a inizio riga", "indent with spaces, not with tabs")
    } else if line.matches(": ").count() > 1 {
        text(
            "un testo che contiene i due punti va tra virgolette: `title: \"Uno: due\"`",
            "a text with a colon in it needs quotes: `title: \"One: two\"`",
        )
    } else {
        text(
            "controlla rientri, virgolette e parentesi in questa riga e in quella sopra",
            "check indentation, quotes and brackets on this line and the one above",
        )
    };
    Diagnostic::error("V002", span, message).with_help(help)
}

/// V003: the same key twice in one mapping.
pub fn duplicate_key(span: Span, key: &str, first: Span) -> Diagnostic {
    let message =
        text(format!("la chiave `{key}` c'è due volte"), format!("the key `{key}` is given twice"));
    let help = text("tieni una sola delle due righe", "keep only one of the two lines");
    let label = text("la prima è qui", "the first one is here");
    Diagnostic::error("V003", span, message).with_help(help).with_related(first, label)
}

/// V004: a front matter key that the page's type does not have. Usually a typing mistake.
pub fn unknown_field(span: Span, field: &str, page_type: &str, near: Option<&str>) -> Diagnostic {
    let message = text(
        format!("una pagina di tipo «{page_type}» non ha il campo `{field}`"),
        format!("a page of type “{page_type}” has no field `{field}`"),
    );
    let otherwise = text(
        "togli la riga, o aggiungi il campo allo schema del tipo",
        "remove the line, or add the field to the schema of the type",
    );
    Diagnostic::error("V004", span, message).with_help(meant(near, otherwise))
}

/// V004: a key that the configuration, a schema or a query does not have.
pub fn unknown_key(span: Span, key: &str, near: Option<&str>) -> Diagnostic {
    let message =
        text(format!("qui non esiste la chiave `{key}`"), format!("there is no key `{key}` here"));
    let otherwise = text("togli la riga", "remove the line");
    Diagnostic::error("V004", span, message).with_help(meant(near, otherwise))
}

/// V005: a value of another type than its field, such as a list where a text belongs.
pub fn wrong_type(span: Span, field: &str, expected: &Text, found: &Text) -> Diagnostic {
    let (of_italian, of_english) = match field {
        "" => ("qui".to_owned(), "here".to_owned()),
        field => (format!("in `{field}`"), format!("in `{field}`")),
    };
    let message = text(
        format!("{of_italian} serve {}, non {}", expected.italian, found.italian),
        format!("{of_english} belongs {}, not {}", expected.english, found.english),
    );
    Diagnostic::error("V005", span, message)
}

/// V006: a required field or key that is not there.
pub fn missing_field(span: Span, field: &str) -> Diagnostic {
    let message =
        text(format!("manca il campo `{field}`"), format!("the field `{field}` is missing"));
    let help = text(format!("aggiungi una riga `{field}: …`"), format!("add a line `{field}: …`"));
    Diagnostic::error("V006", span, message).with_help(help)
}

/// V007: a date that does not exist or is written another way.
pub fn bad_date(span: Span, written: &str) -> Diagnostic {
    let message = text(
        format!("`{written}` non è una data valida"),
        format!("`{written}` is not a valid date"),
    );
    let help = text(
        "scrivi anno-mese-giorno, per esempio `2026-11-23`",
        "write year-month-day, for example `2026-11-23`",
    );
    Diagnostic::error("V007", span, message).with_help(help)
}

/// V008: a value that is not among the choices of its field.
pub fn unknown_choice<'a>(
    span: Span,
    written: &str,
    choices: impl IntoIterator<Item = &'a str> + Clone,
    near: Option<&str>,
) -> Diagnostic {
    let message = text(
        format!("`{written}` non è tra i valori ammessi"),
        format!("`{written}` is not one of the allowed values"),
    );
    let choices = listed(choices);
    let otherwise = text(format!("scegli tra {choices}"), format!("choose among {choices}"));
    Diagnostic::error("V008", span, message).with_help(meant(near, otherwise))
}

/// V009: a link to a page or file that does not exist.
pub fn broken_link(span: Span, link: &str, near: Option<&str>) -> Diagnostic {
    let message = text(
        format!("il collegamento `{link}` non porta a nessuna pagina"),
        format!("the link `{link}` leads to no page"),
    );
    let otherwise = text(
        "controlla il percorso: parte dalla cartella di questo file",
        "check the path: it starts from the folder of this file",
    );
    Diagnostic::error("V009", span, message).with_help(meant(near, otherwise))
}

/// V010: a link to a heading that its page does not have.
pub fn broken_anchor(span: Span, anchor: &str, page: &str, near: Option<&str>) -> Diagnostic {
    let message = text(
        format!("la pagina «{page}» non ha il punto `#{anchor}`"),
        format!("the page “{page}” has no anchor `#{anchor}`"),
    );
    let otherwise = text(
        "il nome di un punto è il titolo in minuscolo, senza accenti, con i trattini",
        "an anchor is its heading in lower case, without accents, with hyphens",
    );
    Diagnostic::error("V010", span, message).with_help(meant(near, otherwise))
}

/// V011: an image or attachment that is not where the page looks for it.
pub fn missing_file(span: Span, link: &str, near: Option<&str>) -> Diagnostic {
    let message =
        text(format!("il file `{link}` non esiste"), format!("the file `{link}` does not exist"));
    let otherwise = text(
        "metti il file accanto alla pagina, o correggi il percorso",
        "put the file beside the page, or correct the path",
    );
    Diagnostic::error("V011", span, message).with_help(meant(near, otherwise))
}

/// V012: a reference to a page of another type than the field wants.
pub fn wrong_page_type(span: Span, target: &str, expected: &str, found: &str) -> Diagnostic {
    let message = text(
        format!("qui serve una pagina di tipo «{expected}», `{target}` è di tipo «{found}»"),
        format!("a page of type “{expected}” belongs here, `{target}` is of type “{found}”"),
    );
    Diagnostic::error("V012", span, message)
}

/// V013: two sources that would become the same file of the site.
pub fn two_files_for_one_address(span: Span, path: &UrlPath, first: Span) -> Diagnostic {
    let message = text(
        format!("due sorgenti producono lo stesso indirizzo `{path}`"),
        format!("two sources produce the same address `{path}`"),
    );
    let help = text(
        "rinomina uno dei due file, o dai a uno un altro `slug`",
        "rename one of the two files, or give one another `slug`",
    );
    let label = text("l'altro è questo", "the other one is this");
    Diagnostic::error("V013", span, message).with_help(help).with_related(first, label)
}

/// V014: a template that cannot be read or filled.
pub fn template_error(span: Span, detail: &str) -> Diagnostic {
    let message = text(
        format!("il modello di pagina non funziona: {detail}"),
        format!("the template does not work: {detail}"),
    );
    Diagnostic::error("V014", span, message)
}

/// V015: YAML that is far larger or deeper than people write, or that uses aliases.
pub fn yaml_too_complex(span: Span) -> Diagnostic {
    let message = text(
        "lo YAML è troppo complesso: richiami (`*nome`), troppi valori o troppi livelli",
        "the YAML is too complex: aliases (`*name`), too many values or too many levels",
    );
    let help = text("scrivi i valori per esteso", "write the values in full");
    Diagnostic::error("V015", span, message).with_help(help)
}

/// V016: a link that climbs out of the content folder.
pub fn link_outside(span: Span, link: &str) -> Diagnostic {
    let message = text(
        format!("il collegamento `{link}` esce dalla cartella dei contenuti"),
        format!("the link `{link}` leaves the content folder"),
    );
    let help = text(
        "metti il file dentro `content/`, o usa un indirizzo `https://`",
        "put the file inside `content/`, or use an `https://` address",
    );
    Diagnostic::error("V016", span, message).with_help(help)
}

/// V017: front matter that starts with `---` and never ends.
pub fn unclosed_front_matter(span: Span) -> Diagnostic {
    let message = text(
        "l'intestazione comincia con `---` e non finisce",
        "the front matter starts with `---` and never ends",
    );
    let help =
        text("metti una riga `---` dopo l'ultimo campo", "put a line `---` after the last field");
    Diagnostic::error("V017", span, message).with_help(help)
}

/// V018: a link with a scheme that a public site must not carry, such as `javascript:`.
pub fn unsafe_link(span: Span, scheme: &str) -> Diagnostic {
    let message = text(
        format!("un collegamento non può cominciare con `{scheme}:`"),
        format!("a link cannot start with `{scheme}:`"),
    );
    let help = text("usa `https:`, `mailto:` o `tel:`", "use `https:`, `mailto:` or `tel:`");
    Diagnostic::error("V018", span, message).with_help(help)
}

/// V019: a page named in front matter or configuration that does not exist.
pub fn unknown_page(span: Span, target: &str, near: Option<&str>) -> Diagnostic {
    let message = text(
        format!("la pagina `{target}` non esiste"),
        format!("the page `{target}` does not exist"),
    );
    let otherwise = text("controlla il nome del file", "check the name of the file");
    Diagnostic::error("V019", span, message).with_help(meant(near, otherwise))
}

/// V020: a page type for which there is no schema.
pub fn unknown_page_type(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let message = text(
        format!("non c'è uno schema per il tipo `{name}`"),
        format!("there is no schema for the type `{name}`"),
    );
    let otherwise = text(
        format!("scrivi `content/_schemas/{name}.yaml`, o togli la riga"),
        format!("write `content/_schemas/{name}.yaml`, or remove the line"),
    );
    Diagnostic::error("V020", span, message).with_help(meant(near, otherwise))
}

/// V021: a template named by a page, a schema or the theme that does not exist.
pub fn unknown_template(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let message = text(
        format!("il modello di pagina `{name}` non esiste nel tema"),
        format!("the theme has no template `{name}`"),
    );
    let otherwise = text("togli la riga `template`", "remove the line `template`");
    Diagnostic::error("V021", span, message).with_help(meant(near, otherwise))
}

/// V022: a value that is not an address or an e-mail address.
pub fn bad_address(span: Span, written: &str, example: &str) -> Diagnostic {
    let message = text(
        format!("`{written}` non è un indirizzo valido"),
        format!("`{written}` is not a valid address"),
    );
    let help = text(format!("scrivilo come `{example}`"), format!("write it like `{example}`"));
    Diagnostic::error("V022", span, message).with_help(help)
}

/// V023: a symbolic link, which could show files from outside the site.
pub fn symbolic_link(span: Span) -> Diagnostic {
    let message = text(
        "i collegamenti simbolici che escono dal sito non sono seguiti",
        "symbolic links that leave the site are not followed",
    );
    let help = text("copia il file al suo posto", "copy the file in its place");
    Diagnostic::error("V023", span, message).with_help(help)
}

/// V024: the same anchor given to two headings of one page.
pub fn duplicate_anchor(span: Span, anchor: &str, first: Span) -> Diagnostic {
    let message = text(
        format!("due titoli hanno lo stesso punto `#{anchor}`"),
        format!("two headings have the same anchor `#{anchor}`"),
    );
    let help = text("cambia uno dei due `{#…}`", "change one of the two `{#…}`");
    let label = text("il primo è qui", "the first one is here");
    Diagnostic::error("V024", span, message).with_help(help).with_related(first, label)
}

/// V025: a footnote that is used and never written.
pub fn missing_footnote(span: Span, name: &str) -> Diagnostic {
    let message = text(
        format!("la nota `[^{name}]` non è scritta in questa pagina"),
        format!("the footnote `[^{name}]` is not written on this page"),
    );
    let help = text(
        format!("aggiungi in fondo una riga `[^{name}]: …`"),
        format!("add a line `[^{name}]: …` at the end"),
    );
    Diagnostic::error("V025", span, message).with_help(help)
}

/// V026: an HTML tag that is taken out because it could run code or break the page.
pub fn removed_html(span: Span, tag: &str) -> Diagnostic {
    let message = text(
        format!("il marcatore HTML `<{tag}>` non è ammesso e viene tolto"),
        format!("the HTML tag `<{tag}>` is not allowed and is removed"),
    );
    let help = text("scrivilo in Markdown", "write it in Markdown");
    Diagnostic::warning("V026", span, message).with_help(help)
}

/// V027: an old address that is not a path of this site.
pub fn bad_alias(span: Span, written: &str) -> Diagnostic {
    let message = text(
        format!("`{written}` non è un vecchio indirizzo di questo sito"),
        format!("`{written}` is not an old address of this site"),
    );
    let help = text(
        "scrivi il percorso dalla radice, per esempio `/vecchia/pagina/`",
        "write the path from the root, for example `/old/page/`",
    );
    Diagnostic::error("V027", span, message).with_help(help)
}

/// V028: a theme that is neither in `themes/` nor built in.
pub fn unknown_theme(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let message =
        text(format!("il tema `{name}` non esiste"), format!("the theme `{name}` does not exist"));
    let otherwise = text(
        format!("crea la cartella `themes/{name}/`, o usa il tema `casa`"),
        format!("create the folder `themes/{name}/`, or use the theme `casa`"),
    );
    Diagnostic::error("V028", span, message).with_help(meant(near, otherwise))
}

/// V029: a schema that uses a field which the type does not declare.
pub fn undeclared_field(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let message = text(
        format!("lo schema non dichiara il campo `{name}`"),
        format!("the schema does not declare the field `{name}`"),
    );
    let otherwise = text("aggiungilo sotto `fields`", "add it below `fields`");
    Diagnostic::error("V029", span, message).with_help(meant(near, otherwise))
}

/// V030: a page whose date of review is past. Somebody has to check that it still holds.
pub fn review_due(span: Span, date: Date) -> Diagnostic {
    let message = text(
        format!("questa pagina era da rivedere entro il {date}"),
        format!("this page was to be reviewed by {date}"),
    );
    let help = text(
        "controlla che sia ancora valida, poi aggiorna `verified` e `review_by`",
        "check that it still holds, then bring `verified` and `review_by` up to date",
    );
    Diagnostic::warning("V030", span, message).with_help(help)
}

/// V031: a question whose answer is not where the tests of the search expect it.
pub fn search_test_failed(span: Span, query: &str, within: usize, found: &[&str]) -> Diagnostic {
    let (italian, english) = match within {
        1 => ("al primo posto".to_owned(), "in the first place".to_owned()),
        _ => (format!("tra i primi {within}"), format!("among the first {within}")),
    };
    let message = text(
        format!("chi cerca «{query}» non trova la pagina attesa {italian}"),
        format!("who searches for “{query}” does not find the expected page {english}"),
    );
    let help = match found {
        [] => text(
            "non si trova nulla: usa queste parole nella pagina attesa, o mettile nei suoi `synonyms`",
            "nothing is found: use these words on the expected page, or put them in its `synonyms`",
        ),
        found => text(
            format!("si trova nell'ordine: {}", numbered(found)),
            format!("what is found, in this order: {}", numbered(found)),
        ),
    };
    Diagnostic::error("V031", span, message).with_help(help)
}

/// V032: a question that should find nothing, and finds something.
pub fn search_test_found(span: Span, query: &str, found: &[&str]) -> Diagnostic {
    let message = text(
        format!("chi cerca «{query}» non dovrebbe trovare nulla"),
        format!("who searches for “{query}” should find nothing"),
    );
    let help = text(
        format!("si trova nell'ordine: {}", numbered(found)),
        format!("what is found, in this order: {}", numbered(found)),
    );
    Diagnostic::error("V032", span, message).with_help(help)
}

/// V041: a text that is not the uniform name of an act, as Normattiva gives it to every law.
pub fn bad_urn(span: Span, written: &str) -> Diagnostic {
    let message = text(
        format!("`{written}` non è il nome uniforme di un atto"),
        format!("`{written}` is not the uniform name of an act"),
    );
    let help = text(
        "scrivilo come su Normattiva: `urn:nir:stato:decreto.legislativo:2023-03-31;36`",
        "write it as Normattiva does: `urn:nir:stato:decreto.legislativo:2023-03-31;36`",
    );
    Diagnostic::error("V041", span, message).with_help(help)
}

fn numbered(names: &[&str]) -> String {
    let numbered = names.iter().enumerate().map(|(place, name)| format!("{}. `{name}`", place + 1));
    numbered.collect::<Vec<_>>().join(", ")
}

/// V033: a figure, or a page, that names a collection which no schema declares.
pub fn unknown_collection(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let message = text(
        format!("la raccolta `{name}` non esiste"),
        format!("there is no collection `{name}`"),
    );
    let otherwise = text(
        "dichiarala sotto `collections` nello schema delle sue pagine",
        "declare it below `collections` in the schema of its pages",
    );
    Diagnostic::error("V033", span, message).with_help(meant(near, otherwise))
}

/// V034: a figure that names a column which its collection does not have.
pub fn unknown_column<'a>(
    span: Span,
    name: &str,
    collection: &str,
    columns: impl IntoIterator<Item = &'a str>,
    near: Option<&str>,
) -> Diagnostic {
    let message = text(
        format!("la raccolta `{collection}` non ha la colonna `{name}`"),
        format!("the collection `{collection}` has no column `{name}`"),
    );
    let columns = listed(columns);
    let otherwise =
        text(format!("le colonne sono {columns}"), format!("the columns are {columns}"));
    Diagnostic::error("V034", span, message).with_help(meant(near, otherwise))
}

/// V035: a chart whose column does not hold what the chart draws, such as words for a length.
pub fn wrong_column(span: Span, name: &str, role: &str, expected: &Text) -> Diagnostic {
    let message = text(
        format!("la colonna `{name}` non può fare da `{role}`: serve {}", expected.italian),
        format!("the column `{name}` cannot be the `{role}`: it takes {}", expected.english),
    );
    let help = text(
        format!("scegli un'altra colonna con la chiave `{role}`"),
        format!("choose another column with the key `{role}`"),
    );
    Diagnostic::error("V035", span, message).with_help(help)
}

/// V036: a figure whose conditions no row of its collection meets. It would be an empty frame.
pub fn empty_figure(span: Span, collection: &str) -> Diagnostic {
    let message = text(
        format!("nessuna riga della raccolta `{collection}` corrisponde a queste condizioni"),
        format!("no row of the collection `{collection}` meets these conditions"),
    );
    let help = text(
        "controlla i valori sotto `dove`: si confrontano con il testo, con la chiave della scelta o con il nome del file della pagina",
        "check the values below `dove`: they are compared with the text, the key of the choice or the file name of the page",
    );
    Diagnostic::error("V036", span, message).with_help(help)
}

/// V037: two schemas that declare a collection of the same name.
pub fn duplicate_collection(span: Span, name: &str) -> Diagnostic {
    let message = text(
        format!("la raccolta `{name}` è dichiarata due volte"),
        format!("the collection `{name}` is declared twice"),
    );
    let help = text("dalle un altro nome", "give it another name");
    Diagnostic::error("V037", span, message).with_help(help)
}

/// V038: a page without a source, of a type that asks for one. Nobody could check what it says.
pub fn missing_source(span: Span) -> Diagnostic {
    let message = text("la pagina non cita nessuna fonte", "the page names no source");
    let help = text(
        "aggiungi una nota con la fonte: `[^a]` nel testo e `[^a]: …` in fondo",
        "add a note with the source: `[^a]` in the text and `[^a]: …` at the end",
    );
    Diagnostic::error("V038", span, message).with_help(help)
}

/// V042: more pages that share a value than can sensibly be compared two by two. They are not compared.
pub fn too_many_to_compare(span: Span, value: &str, n_pages: usize, most: usize) -> Diagnostic {
    let message = text(
        format!(
            "{n_pages} pagine hanno in comune «{value}»: sono più di {most} e non si confrontano"
        ),
        format!("{n_pages} pages share “{value}”: they are more than {most} and are not compared"),
    );
    let help = text(
        "scegli sotto `compare` un campo che divide le pagine in gruppi più piccoli",
        "choose below `compare` a field that divides the pages into smaller groups",
    );
    Diagnostic::warning("V042", span, message).with_help(help)
}

/// V043: a type by which a schema describes its pages to machines, and which is not among those of
/// schema.org that we know.
pub fn unknown_described_type(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let message = text(
        format!("`{name}` non è un tipo di schema.org tra quelli previsti"),
        format!("`{name}` is not one of the types of schema.org that can be used"),
    );
    let otherwise = text(
        "usa un tipo più generale, per esempio `CreativeWork`, `Article` o `Service`",
        "use a more general type, for example `CreativeWork`, `Article` or `Service`",
    );
    Diagnostic::error("V043", span, message).with_help(meant(near, otherwise))
}

/// V044: a property that the type by which a schema describes its pages does not have.
pub fn unknown_property(span: Span, name: &str, kind: &str, near: Option<&str>) -> Diagnostic {
    let message = text(
        format!("il tipo `{kind}` non ha la proprietà `{name}`"),
        format!("the type `{kind}` has no property `{name}`"),
    );
    let otherwise =
        text("togli la riga, o usa un altro tipo", "remove the line, or use another type");
    Diagnostic::error("V044", span, message).with_help(meant(near, otherwise))
}

/// V045: a field that cannot give the values of a property, such as a text for a date.
pub fn unfit_field(
    span: Span,
    property: &str,
    field: &str,
    kind: &str,
    expected: &Text,
) -> Diagnostic {
    let message = text(
        format!("la proprietà `{property}` non può venire da `{field}`, di tipo `{kind}`"),
        format!("the property `{property}` cannot come from `{field}`, of kind `{kind}`"),
    );
    let help =
        text(format!("serve {}", expected.italian), format!("it takes {}", expected.english));
    Diagnostic::error("V045", span, message).with_help(help)
}

/// V046: a choice for a property that has values of its own, of which one of the choice is none.
pub fn foreign_choice<'a>(
    span: Span,
    property: &str,
    field: &str,
    choice: &str,
    values: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = text(
        format!("`{choice}`, un valore di `{field}`, non è tra quelli di `{property}`"),
        format!("`{choice}`, a value of `{field}`, is not one of those of `{property}`"),
    );
    let values = listed(values);
    let help = text(
        format!("usa per le opzioni del campo i valori {values}"),
        format!("use for the options of the field the values {values}"),
    );
    Diagnostic::error("V046", span, message).with_help(help)
}

/// V047: what a public site must say before it is published, and does not. `key` is what to write.
pub fn missing_for_release(span: Span, key: &str, why: &Text, is_duty: bool) -> Diagnostic {
    let message = text(
        format!("per pubblicare il sito manca `{key}`"),
        format!("`{key}` is missing for a public site"),
    );
    let make = if is_duty { Diagnostic::error } else { Diagnostic::warning };
    make("V047", span, message).with_help(why.clone())
}

/// V048: the declaration of accessibility at an address of which it is not an official one.
pub fn not_the_official_address(span: Span, written: &str, start: &str) -> Diagnostic {
    let message = text(
        format!("`{written}` non è l'indirizzo di una dichiarazione pubblicata da AgID"),
        format!("`{written}` is not the address of a declaration published by AgID"),
    );
    let help = text(
        format!(
            "la dichiarazione si compila presso AgID e il suo indirizzo comincia con `{start}`"
        ),
        format!("the declaration is filled in at AgID, and its address starts with `{start}`"),
    );
    Diagnostic::error("V048", span, message).with_help(help)
}

/// V049: a declaration of accessibility whose yearly review is overdue.
pub fn old_review(span: Span, reviewed: Date, oldest: Date) -> Diagnostic {
    let message = text(
        format!("il riesame della dichiarazione di accessibilità, del {reviewed}, è scaduto"),
        format!("the review of the declaration of accessibility, of {reviewed}, is overdue"),
    );
    let help = text(
        format!("riesamina la dichiarazione presso AgID: vale un riesame dal {oldest} in poi"),
        format!("review the declaration at AgID: a review from {oldest} on holds"),
    );
    Diagnostic::error("V049", span, message).with_help(help)
}

/// V050: a list of foreign words under what is not the code of a language.
pub fn bad_language(span: Span, written: &str) -> Diagnostic {
    let message = text(
        format!("`{written}` non è il codice di una lingua"),
        format!("`{written}` is not the code of a language"),
    );
    let help = text(
        "usa il codice di due lettere, come `en` per l'inglese o `fr` per il francese",
        "use the code of two letters, such as `en` for English or `fr` for French",
    );
    Diagnostic::error("V050", span, message).with_help(help)
}

/// V051: a foreign word that is listed twice, perhaps under two languages.
pub fn repeated_phrase(span: Span, first: Span) -> Diagnostic {
    let message = text("questa parola è già nell'elenco", "this word is listed already");
    let help =
        text("lasciala una volta sola, sotto la sua lingua", "leave it once, under its language");
    let label = text("la prima volta è qui", "the first time is here");
    Diagnostic::error("V051", span, message).with_help(help).with_related(first, label)
}

/// `names` as a sentence, broken where it would be wider than a screen.
fn sentence_of(beginning: &str, names: &[&str]) -> String {
    const WIDEST: usize = 88;
    let mut sentence = beginning.to_owned();
    let mut width = beginning.chars().count();
    for (at, name) in names.iter().enumerate() {
        let separator = if at == 0 { "" } else { "," };
        let length = name.chars().count() + 4;
        if width + length > WIDEST {
            sentence.push_str(&format!("{separator}\n`{name}`"));
            width = length;
        } else {
            sentence.push_str(&format!("{separator} `{name}`"));
            width += length;
        }
    }
    sentence
}

/// “Did you mean …?”, and below it all that there is.
fn meant_among(near: Option<&str>, all: Option<Text>, otherwise: Text) -> Text {
    match (near, all) {
        (Some(_), Some(all)) => {
            let meant = meant(near, otherwise);
            text(
                format!("{}\n{}", meant.italian, all.italian),
                format!("{}\n{}", meant.english, all.english),
            )
        }
        (None, Some(all)) => all,
        (near, None) => meant(near, otherwise),
    }
}

/// V052: a field that what a template sees does not have, such as `page.titel`. `view` is the name of
/// the view in the documentation of the theme, empty when it is not known.
pub fn unknown_view_field(
    span: Span,
    object: &str,
    view: &str,
    name: &str,
    near: Option<&str>,
    fields: &[&str],
) -> Diagnostic {
    let object = match view {
        "" => format!("`{object}`"),
        view => format!("`{object}` (`{view}`)"),
    };
    let message = text(
        format!("{object} non ha il campo `{name}`"),
        format!("{object} has no field `{name}`"),
    );
    let all = text(sentence_of("i suoi campi sono", fields), sentence_of("its fields are", fields));
    let otherwise = text(
        "`vasta theme docs` elenca tutto quello che un modello vede",
        "`vasta theme docs` lists everything that a template sees",
    );
    let all = (!fields.is_empty()).then_some(all);
    Diagnostic::error("V052", span, message).with_help(meant_among(near, all, otherwise))
}

/// V052: a field of a list, whose items have fields and not the list itself.
pub fn field_of_list(span: Span, object: &str, name: &str) -> Diagnostic {
    let message = text(
        format!("`{object}` è un elenco e non ha il campo `{name}`"),
        format!("`{object}` is a list and has no field `{name}`"),
    );
    let help = text(
        format!("i campi sono delle sue voci: `{{% for voce in {object} %}}`"),
        format!("fields are those of its items: `{{% for item in {object} %}}`"),
    );
    Diagnostic::error("V052", span, message).with_help(help)
}

/// V052: a field of a text, a number or a yes or no.
pub fn field_of_value(span: Span, object: &str, kind: &Text) -> Diagnostic {
    let message = text(
        format!("`{object}` è {}: non ha campi", kind.italian),
        format!("`{object}` is {}: it has no fields", kind.english),
    );
    Diagnostic::error("V052", span, message)
}

/// What a template names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameOf {
    /// A variable, a field of nothing.
    Variable,
    /// A word of the theme.
    Word,
    /// A filter, after `|`.
    Filter,
    /// A function.
    Function,
    /// A test, after `is`.
    Test,
    /// A component.
    Component,
    /// Another template.
    Template,
    /// A block of the template that is extended.
    Block,
    /// An argument of a component.
    Argument,
    /// A static file.
    File,
}

/// V052, V053: a name that a template uses and nobody gave: V052 for what it shows, V053 for what it
/// shows it with.
pub fn unknown_name(
    span: Span,
    of: NameOf,
    name: &str,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let (italian, english) = match of {
        NameOf::Variable => ("qui non c'è la variabile", "there is no variable"),
        NameOf::Word => ("il tema non ha la parola", "the theme has no word"),
        NameOf::Filter => ("non esiste il filtro", "there is no filter"),
        NameOf::Function => ("non esiste la funzione", "there is no function"),
        NameOf::Test => ("non esiste il test", "there is no test"),
        NameOf::Component => ("non esiste il componente", "there is no component"),
        NameOf::Template => ("non esiste il modello", "there is no template"),
        NameOf::Block => {
            ("il modello esteso non ha il blocco", "the template that is extended has no block")
        }
        NameOf::Argument => ("il componente non ha l'argomento", "the component has no argument"),
        NameOf::File => ("in `static/` del tema non c'è", "in `static/` of the theme is no"),
    };
    let code = match of {
        NameOf::Variable | NameOf::Word => "V052",
        _ => "V053",
    };
    let message = text(format!("{italian} `{name}`"), format!("{english} `{name}`"));
    let otherwise = match of {
        NameOf::Word => text(
            format!("aggiungila in `i18n/it.yaml` del tuo tema: `{name}: …`"),
            format!("add it in `i18n/it.yaml` of your theme: `{name}: …`"),
        ),
        _ => text(
            "`vasta theme docs` elenca tutto quello che un modello vede",
            "`vasta theme docs` lists everything that a template sees",
        ),
    };
    let all = text(sentence_of("disponibili:", known), sentence_of("available:", known));
    let all = (!known.is_empty()).then_some(all);
    Diagnostic::error(code, span, message).with_help(meant_among(near, all, otherwise))
}

/// V053: a call without an argument that it needs.
pub fn missing_argument(span: Span, name: &str) -> Diagnostic {
    let message =
        text(format!("manca l'argomento `{name}`"), format!("the argument `{name}` is missing"));
    let help = text(format!("aggiungi `{name}=…`"), format!("add `{name}=…`"));
    Diagnostic::error("V053", span, message).with_help(help)
}

/// V053: an argument of another type than its component takes.
pub fn wrong_argument(span: Span, name: &str, expected: &str, found: &str) -> Diagnostic {
    let message = text(
        format!("l'argomento `{name}` vuole il tipo `{expected}`, non `{found}`"),
        format!("the argument `{name}` takes the type `{expected}`, not `{found}`"),
    );
    Diagnostic::error("V053", span, message)
}

/// V053: a value of another type than a filter or a test works on.
pub fn wrong_value(span: Span, expected: &str, found: &str) -> Diagnostic {
    let plain = |name: &str| if name == "f64" { "number".to_owned() } else { name.to_owned() };
    let (expected, found) = (plain(expected), plain(found));
    let message = text(
        format!("qui serve un valore di tipo `{expected}`, non `{found}`"),
        format!("a value of the type `{expected}` belongs here, not `{found}`"),
    );
    Diagnostic::error("V053", span, message)
}

/// V053: a component that two templates of one theme define.
pub fn component_twice(span: Span, name: &str) -> Diagnostic {
    let message = text(
        format!("il componente `{name}` è definito due volte nello stesso tema"),
        format!("the component `{name}` is defined twice in the same theme"),
    );
    let help = text("dagli un altro nome", "give it another name");
    Diagnostic::error("V053", span, message).with_help(help)
}

/// V054: a word of a site's own theme that the default theme does not have and no template of the site
/// names: it would be shown nowhere.
pub fn unknown_word(span: Span, key: &str, near: Option<&str>) -> Diagnostic {
    let message =
        text(format!("nessuno usa la parola `{key}`"), format!("nobody uses the word `{key}`"));
    let otherwise = text(
        format!("togli la riga, o scrivi `{{{{ t.{key} }}}}` in un modello del tuo tema"),
        format!("remove the line, or write `{{{{ t.{key} }}}}` in a template of your theme"),
    );
    Diagnostic::warning("V054", span, message).with_help(meant(near, otherwise))
}

/// V055: an edition that the site does not have, by its short name.
pub fn unknown_edition(span: Span, id: &str, near: Option<&str>) -> Diagnostic {
    let message = text(format!("non esiste l'edizione `{id}`"), format!("no edition `{id}`"));
    let otherwise = text(
        "le edizioni sono quelle delle pagine che `editions.folder` indica in `vasta.yaml`",
        "the editions are those of the pages that `editions.folder` names in `vasta.yaml`",
    );
    Diagnostic::error("V055", span, message).with_help(meant(near, otherwise))
}

/// V055: two pages whose editions would have the same short name.
pub fn two_editions(span: Span, id: &str, first: Span) -> Diagnostic {
    let message = text(
        format!("due pagine hanno l'edizione `{id}`"),
        format!("two pages have the edition `{id}`"),
    );
    let help = text("ogni edizione ha una sigla sua", "each edition has a short name of its own");
    let label = text("la prima è questa", "this is the first one");
    Diagnostic::error("V055", span, message).with_help(help).with_related(first, label)
}

/// V056: a name between braces, or in the file of an edition, that stands for no value.
pub fn unknown_value(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let message =
        text(format!("non esiste il valore `{name}`"), format!("there is no value `{name}`"));
    let otherwise = text(
        "i valori sono quelli di `editions.values` in `vasta.yaml`",
        "the values are those of `editions.values` in `vasta.yaml`",
    );
    Diagnostic::error("V056", span, message).with_help(meant(near, otherwise))
}

/// V057: a value that a page uses and an edition does not have.
pub fn missing_value(span: Span, name: &str, edition: &str) -> Diagnostic {
    let message = text(
        format!("per l'edizione «{edition}» manca il valore `{name}`"),
        format!("the edition “{edition}” has no value `{name}`"),
    );
    let help = text(
        format!("scrivilo nel file dell'edizione: `values: {{ {name}: … }}`"),
        format!("write it in the file of the edition: `values: {{ {name}: … }}`"),
    );
    Diagnostic::error("V057", span, message).with_help(help)
}

/// V058: two opening braces, after which no closing ones follow on the line.
pub fn open_braces(span: Span) -> Diagnostic {
    let message = text(
        "dopo `{{` mancano le parentesi `}}` sulla stessa riga",
        "after `{{` there is no `}}` on the same line",
    );
    let help = text(
        "scrivi un valore così: `{{ provincia.nome }}`",
        "write a value like this: `{{ provincia.nome }}`",
    );
    Diagnostic::error("V058", span, message).with_help(help)
}

/// V058: a value that would be read as something else where it stands in the YAML of a page.
pub fn unfit_value(span: Span, value: &str) -> Diagnostic {
    let message = text(
        format!("il valore `{value}` qui va tra virgolette"),
        format!("the value `{value}` needs quotes here"),
    );
    let help = text(
        "metti tra virgolette tutto il testo della riga: `title: \"{{ … }}\"`",
        "put all the text of the line in quotes: `title: \"{{ … }}\"`",
    );
    Diagnostic::error("V058", span, message).with_help(help)
}

/// V059: a file of an edition that should replace a national one that is not there.
pub fn nothing_to_replace(span: Span, path: &str, near: Option<&str>) -> Diagnostic {
    let message = text(
        format!("non c'è nessun file nazionale `{path}` da sostituire"),
        format!("there is no national file `{path}` to replace"),
    );
    let otherwise = text(
        "se la pagina è solo di questa edizione, spostala nella cartella `add`",
        "if only this edition has the page, move it to the folder `add`",
    );
    Diagnostic::error("V059", span, message).with_help(meant(near, otherwise))
}

/// V059: a file that an edition should add, and that is already there.
pub fn already_there(span: Span, path: &str) -> Diagnostic {
    let message = text(
        format!("il file `{path}` c'è già nel sito nazionale"),
        format!("the national site already has the file `{path}`"),
    );
    let help = text(
        "se questa è la versione locale, spostala nella cartella `replace`",
        "if this is the local version, move it to the folder `replace`",
    );
    Diagnostic::error("V059", span, message).with_help(help)
}

/// V059: a file in the folder of an edition that lies in none of its three folders.
pub fn no_place_in_edition(span: Span, path: &str) -> Diagnostic {
    let message = text(
        format!("nella cartella di un'edizione `{path}` non ha un posto"),
        format!("in the folder of an edition `{path}` has no place"),
    );
    let help = text(
        "mettilo in `replace` se sostituisce una pagina, in `add` se la aggiunge, in `theme` se è del tema",
        "put it into `replace` if it replaces a page, `add` if it adds one, `theme` if it belongs to the theme",
    );
    Diagnostic::error("V059", span, message).with_help(help)
}

/// V060: a colour of the header that is none, or on which white cannot be read.
pub fn bad_colour(span: Span, written: &str, contrast: Option<f64>) -> Diagnostic {
    let message = match contrast {
        Some(contrast) => text(
            format!("su `{written}` il testo bianco non si legge (contrasto {contrast:.1}, ne serve 4,5)")
                .replacen('.', ",", 1),
            format!(
                "white text cannot be read on `{written}` (contrast {contrast:.1}, needed is 4.5)"
            ),
        ),
        None => text(
            format!("`{written}` non è un colore come `#0066cc`"),
            format!("`{written}` is not a colour such as `#0066cc`"),
        ),
    };
    let help = text("scegli un colore più scuro", "choose a darker colour");
    Diagnostic::error("V060", span, message).with_help(help)
}

/// V061: a file whose name or address some systems cannot have.
pub fn name_not_portable(span: Span, path: &str) -> Diagnostic {
    let message = text(
        format!("una copia non può avere il file `{path}`: il nome non va bene su ogni computer"),
        format!("a copy cannot have the file `{path}`: its name is not one that every system has"),
    );
    let help = text(
        "usa lettere minuscole senza accenti, cifre e trattini, e percorsi di al massimo 120 caratteri",
        "use small letters without accents, digits and hyphens, and paths of at most 120 characters",
    );
    Diagnostic::error("V061", span, message).with_help(help)
}

/// V062: something that a page of a copy would fetch from elsewhere.
pub fn external_resource(span: Span, page: &str, address: &str) -> Diagnostic {
    let message = text(
        format!("`{page}` prende `{address}` dalla rete"),
        format!("`{page}` takes `{address}` from the network"),
    );
    let help = text("metti il file nel sito", "put the file into the site");
    Diagnostic::error("V062", span, message).with_help(help)
}

/// V063: something that browsers do only when there is a server.
pub fn needs_server(span: Span, file: &str, what: &str) -> Diagnostic {
    let message = text(
        format!("`{file}` usa `{what}`, che da una cartella non funziona"),
        format!("`{file}` uses `{what}`, which does not work from a folder"),
    );
    let help = text(
        "in una copia servono script semplici, caricati con `<script src>`",
        "a copy needs classic scripts, loaded with `<script src>`",
    );
    Diagnostic::error("V063", span, message).with_help(help)
}

/// V064: a link of a copy to a file that is not in it.
pub fn link_to_nothing(span: Span, page: &str, address: &str) -> Diagnostic {
    let message = text(
        format!("in `{page}` il collegamento `{address}` non porta a nessun file"),
        format!("in `{page}` the link `{address}` leads to no file"),
    );
    let help = text(
        "un collegamento interno finisce con il nome del file, per esempio `index.html`",
        "a link inside the site ends in the name of the file, such as `index.html`",
    );
    Diagnostic::error("V064", span, message).with_help(help)
}

/// V065: a page of a copy to which no link leads.
pub fn page_not_reached(span: Span, page: &str) -> Diagnostic {
    let message = text(
        format!("nessun collegamento porta alla pagina `{page}`"),
        format!("no link leads to the page `{page}`"),
    );
    let help = text("mettila in un menu o in un elenco", "put it into a menu or a list");
    Diagnostic::warning("V065", span, message).with_help(help)
}

/// V066: a published address that no page has any more. `heir` is the file of the page that most likely
/// took its place, and the line for its front matter; without one, `alias` is what some page has to say.
pub fn address_gone(
    span: Span,
    address: &str,
    alias: &str,
    heir: Option<(&str, &str)>,
) -> Diagnostic {
    let message = text(
        format!("l'indirizzo pubblicato `{address}` non porta più a nessuna pagina"),
        format!("the published address `{address}` leads to no page any more"),
    );
    let help = match heir {
        Some((file, line)) => text(
            format!("se ora è `{file}`, scrivi lì nell'intestazione `{line}`"),
            format!("if it is `{file}` now, write in its front matter `{line}`"),
        ),
        None => text(
            format!(
                "scrivi `aliases: [{alias}]` nell'intestazione della pagina che ne ha preso il posto; \
                 se non c'è, `vasta lock --forget {address}`"
            ),
            format!(
                "write `aliases: [{alias}]` in the front matter of the page that took its place; \
                 if there is none, `vasta lock --forget {address}`"
            ),
        ),
    };
    Diagnostic::error("V066", span, message).with_help(help)
}

/// V066: a published address whose page is there, but is a draft or waits for its day.
pub fn address_withdrawn(span: Span, address: &str, alias: &str, file: &str) -> Diagnostic {
    let message = text(
        format!("la pagina pubblicata in `{address}` ora è una bozza, o aspetta la sua data"),
        format!("the page published at `{address}` is a draft now, or waits for its day"),
    );
    let help = text(
        format!(
            "pubblica di nuovo `{file}`, o scrivi `aliases: [{alias}]` nella pagina che ne prende il posto"
        ),
        format!(
            "publish `{file}` again, or write `aliases: [{alias}]` in the page that takes its place"
        ),
    );
    Diagnostic::error("V066", span, message).with_help(help)
}

/// V067: a published anchor that no heading of its page has any more. `heir` is the anchor of the
/// heading that most likely took its place; `address` is that of the anchor.
pub fn heading_gone(
    span: Span,
    address: &str,
    anchor: &str,
    file: &str,
    heir: Option<&str>,
) -> Diagnostic {
    let message = text(
        format!("la pagina `{file}` non ha più il punto pubblicato `#{anchor}`"),
        format!("the page `{file}` no longer has the published anchor `#{anchor}`"),
    );
    let help = match heir {
        Some(heir) => text(
            format!(
                "se ora è `#{heir}`, scrivi `{{prima={anchor}}}` in fondo alla riga di quel titolo"
            ),
            format!(
                "if it is `#{heir}` now, write `{{prima={anchor}}}` at the end of that heading"
            ),
        ),
        None => text(
            format!(
                "scrivi `{{prima={anchor}}}` in fondo alla riga del titolo che ne ha preso il posto; \
                 se non c'è, `vasta lock --forget {address}`"
            ),
            format!(
                "write `{{prima={anchor}}}` at the end of the heading that took its place; \
                 if there is none, `vasta lock --forget {address}`"
            ),
        ),
    };
    Diagnostic::error("V067", span, message).with_help(help)
}

/// V068: a line in the list of published addresses that is none.
pub fn not_a_published_address(span: Span) -> Diagnostic {
    let message =
        text("questa riga non è un indirizzo pubblicato", "this line is not a published address");
    let help = text(
        "togli la riga: questo file lo scrive `vasta lock`",
        "remove the line: this file is written by `vasta lock`",
    );
    Diagnostic::error("V068", span, message).with_help(help)
}
