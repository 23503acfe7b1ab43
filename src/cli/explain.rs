//! `vasta explain PAGE`: why the last build made the page again or left it, on what the page depends,
//! and what the next build will do. It reads the saved state and the files, and writes nothing.

use camino::Utf8Path;

use crate::base::{Language, SourcePath};
use crate::pipeline::{Globals, Reason, State};
use crate::render::Records;
use crate::render::keys::Keys;
use crate::site::Page;
use crate::source::tree::CONTENT;
use crate::source::{Tree, edition};
use crate::write::Saved;

use super::{Failure, cannot_read, said};

/// What there is to say of the page that `written` names, by its file or its address.
pub(super) fn explain(
    written: &str,
    root: &Utf8Path,
    out: &Utf8Path,
    edition: Option<&str>,
    language: Language,
) -> Result<String, Failure> {
    let mut files = Tree::read(root, out).map_err(|error| cannot_read(root, &error))?.value;
    let mut saved = Saved::open(root, out, edition);
    if let Some(saved) = &saved {
        files.recall(&saved.outline.known);
    }
    let selected = edition::select(&files, edition).map_err(|no| Failure(no.text(language)))?;
    let tree = selected.value.unwrap_or(files);
    let globals = Globals::of(&tree);
    let state = saved.as_mut().and_then(|saved| saved.state(&globals.schemas));
    let Some(state) = state else {
        return Err(Failure(said(
            language,
            "non c'è una costruzione da spiegare: prima `vasta build`",
            "there is no build to explain: `vasta build` first",
        )));
    };
    let Some(page) = find(&state, written) else {
        return Err(Failure(match language {
            Language::Italian => format!("nell'ultima costruzione non c'è la pagina `{written}`"),
            Language::English => format!("the last build has no page `{written}`"),
        }));
    };
    let mut text = format!("{} → {}\n", page.document.path, page.url);
    text.push_str(&last_build(&state, page, language));
    text.push_str(&key(&state, &globals, page, language));
    text.push_str(&next_build(&state, &tree, page, language));
    Ok(text)
}

fn find<'a>(state: &'a State, written: &str) -> Option<&'a Page> {
    let written = written.trim_start_matches("./").trim_start_matches('/');
    let files = [written.to_owned(), format!("{CONTENT}/{written}")];
    let by_file = files.iter().filter_map(|file| state.site.find(&SourcePath::new(file)?)).next();
    let address = written.trim_end_matches("index.html").trim_end_matches('/');
    by_file.or_else(|| {
        state.site.pages.iter().find(|page| page.url.pretty().trim_end_matches('/') == address)
    })
}

fn last_build(state: &State, page: &Page, language: Language) -> String {
    let made = said(language, "ultima costruzione: rifatta, ", "last build: made again, ");
    match state.reasons.get(&page.url) {
        None if state.work.rendered >= state.site.pages.len() => said(
            language,
            "ultima costruzione: fatta, come tutte le altre: era da zero\n",
            "last build: made, as all others: it was from nothing\n",
        ),
        None => said(
            language,
            "ultima costruzione: lasciata com'era, perché la sua chiave è rimasta la stessa\n",
            "last build: left as it was, since its key stayed the same\n",
        ),
        Some(Reason::New) => made + &said(language, "perché mancava\n", "since it was not there\n"),
        Some(Reason::Own) => {
            made + &said(
                language,
                "perché è cambiato il suo file o il suo posto\n",
                "since its file or its place changed\n",
            )
        }
        Some(Reason::Appearance) => {
            made + &said(
                language,
                "perché sono cambiati il tema o la configurazione\n",
                "since theme or configuration changed\n",
            )
        }
        Some(Reason::Shown(names)) => {
            let mut text = made
                + &said(
                    language,
                    "perché è cambiato quello che mostra di altre pagine:\n",
                    "since what it shows of other pages changed:\n",
                );
            for (relation, name) in names {
                text.push_str(&format!("  {}: {name}\n", relation.name(language)));
            }
            text
        }
    }
}

/// The key of the page, part by part.
fn key(state: &State, globals: &Globals, page: &Page, language: Language) -> String {
    let mut text = said(language, "dipende da:\n", "depends on:\n");
    let mut line = |name: &str, what: &str, value: String| {
        text.push_str(&format!("  {name}: {what} {value}\n"));
    };
    let document = &page.document;
    line("file", document.path.as_str(), document.hash.short());
    let appearance = said(language, "tema e configurazione", "theme and configuration");
    line(&appearance, "", state.appearance.short());
    let records = Records::of(&state.site, &globals.schemas, &globals.config);
    let keys = Keys::of(&state.site, &globals.config, &records);
    for shown in keys.shown(page) {
        let name = keys.name(&shown);
        if !name.is_empty() {
            line(shown.relation.name(language), name, shown.hash.short());
        }
    }
    line(&said(language, "letta con", "read with"), &state.reading, String::new());
    text
}

fn next_build(state: &State, tree: &Tree, page: &Page, language: Language) -> String {
    let changed = tree.differences(&state.known);
    if changed.contains(&&page.document.path) {
        return said(
            language,
            "prossima costruzione: sarà rifatta, il suo file è cambiato\n",
            "next build: it will be made again, its file has changed\n",
        );
    }
    if changed.is_empty() {
        return said(
            language,
            "prossima costruzione: nessun file è cambiato\n",
            "next build: no file has changed\n",
        );
    }
    let files: Vec<&str> = changed.iter().map(|path| path.as_str()).take(10).collect();
    match language {
        Language::Italian => format!(
            "prossima costruzione: il suo file è lo stesso; sono cambiati {}\n",
            files.join(", ")
        ),
        Language::English => {
            format!("next build: its file is the same; changed are {}\n", files.join(", "))
        }
    }
}
