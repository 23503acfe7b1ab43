//! A site with a theme of its own: it replaces one file or one word and all else stays; a mistake in a
//! template is told at its place, with what there is; the documentation of the theme is up to date.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use insta::assert_snapshot;
use vasta::render::Theme;
use vasta::render::template::mistakes;
use vasta::source::Config;

use crate::fixture::{Folder, assert_generated, built, repository, said, told, tree, vasta};

#[test]
fn the_documentation_of_the_theme_is_what_the_program_says() {
    assert_generated("docs/theme.md", &["theme", "docs"], "theming");
}

#[test]
fn files_of_the_default_theme_are_shown_by_their_names() {
    let shown = vasta(repository(), &["theme", "show", "templates/term.html"]).stdout;
    let file = repository().join("themes/casa/templates/term.html");
    assert_eq!(shown, fs::read(file).expect("a template of the theme"));
    let (message, code) = said(&vasta(repository(), &["theme", "show", "templates/trem.html"]));
    assert_eq!(code, 2);
    assert!(message.contains("forse intendevi `templates/term.html`?"), "{message}");
}

#[test]
fn the_default_theme_asks_for_nothing_that_is_not_there() {
    let tree = tree("");
    let theme = Theme::of(&tree, &Config::of(&tree).value).value;
    for template in &theme.templates {
        assert_eq!(mistakes::unknown_fields(template, theme.contract()), []);
    }
}

/// What `vasta check` says of a site, in Italian and in English.
fn checked(name: &str, site: &str) -> [String; 2] {
    let folder = Folder::with_site(name, site);
    ["it", "en"].map(|language| {
        let (text, code) = said(&vasta(folder.path(), &["check", "--lang", language]));
        assert!(code < 2 && !text.contains("panicked"), "{text}");
        text
    })
}

#[test]
fn fields_and_variables_that_do_not_exist_are_told_with_those_that_do() {
    let site = r#"
        //- vasta.yaml
        theme: mio
        //- content/_index.md
        ---
        title: Casa
        lists: [{ title: Tutte, under: guide }]
        ---
        Testo.
        //- content/guide/_index.md
        # Guide
        //- content/guide/prima.md
        # Prima
        //- themes/mio/templates/home.html
        {% extends "base.html" %}
        {% block main %}
        {% if page.titel %}{{ page.titel }}{% endif %}
        {% for list in page.lists %}{% for card in list.cards %}{{ card.foo }}{% endfor %}{% endfor %}
        {{ site.publisher.nome }} {{ t.serch_site }} {{ t.mia }} {{ page.lists.title }} {{ page.title.it }}
        {% endblock main %}
        //- themes/mio/templates/page.html
        {% component scheda(card: map) %}<p>{{ card.titolo }}</p>{% endcomponent scheda %}
        {% extends "base.html" %}
        {% block main %}{{ <scheda card={page} /> }}{% endblock main %}
        //- themes/mio/templates/section.html
        {% extends "base.html" %}
        {% block main %}{{ pge.title }}{% endblock main %}
        //- themes/mio/templates/404.html
        {% component elenco(card: map) %}{% for voce in card.voci %}{{ voce }}{% endfor %}{% endcomponent elenco %}
        {{ <elenco card={page} /> }}
        //- themes/mio/templates/search.html
        {{ page.description is defined }}{{ page.nuovo is defined }}{% set it = page.step %}{{ it.numero }}
        "#;
    let [italian, english] = checked("theming-fields", site);
    assert_snapshot!(italian);
    assert_snapshot!(english);
}

#[test]
fn names_that_do_not_exist_are_told_with_the_nearest() {
    let site = r#"
        //- vasta.yaml
        theme: mio
        //- content/_index.md
        # Casa
        //- themes/mio/templates/home.html
        {% extends "bse.html" %}
        //- themes/mio/templates/page.html
        {% extends "base.html" %}
        {% block mian %}à {{ page.title | uppr }}{% endblock mian %}
        {% block main %}{{ <icn name="home" /> }}{% include "partials/tocc.html" %}
        {{ aset(path="stile.css") }}{% if page.title is strin %}{% endif %}{% endblock main %}
        "#;
    let [italian, english] = checked("theming-parent", site);
    assert_snapshot!(italian);
    assert_snapshot!(english);
    let [italian, english] = checked("theming-names", &site.replace("bse.html", "base.html"));
    assert_snapshot!(italian);
    assert_snapshot!(english);
}

#[test]
fn a_broken_template_does_not_hide_the_mistakes_of_others() {
    let site = r#"
        //- vasta.yaml
        theme: mio
        //- content/_index.md
        # Casa
        //- themes/mio/templates/components/icon.html
        {% component icon(name: string) %}{{ name {% endcomponent icon %}
        //- themes/mio/templates/home.html
        {{ <icon name="home" /> }}{{ page.title | uppr }}
        //- themes/mio/templates/uno.html
        {% component stella() %}*{% endcomponent stella %}
        //- themes/mio/templates/due.html
        {% component stella() %}**{% endcomponent stella %}
        "#;
    assert_snapshot!(checked("theming-broken", site)[0]);
}

#[test]
fn wrong_arguments_files_and_dates_are_told_where_a_template_runs() {
    let shown = |tag: &str| {
        let site = format!(
            "//- vasta.yaml\ntheme: mio\n//- content/_index.md\n# Casa\n\
             //- themes/mio/templates/home.html\n<p>é</p>\n{tag}\n"
        );
        checked("theming-arguments", &site)[1].clone()
    };
    let tags = [
        "{{ <icon nme=\"home\" name=\"menu\" abc=\"a\" /> }}",
        "{{ <icon /> }}",
        "{{ <icon name={page} /> }}",
        "{{ asset(pth=\"stile.css\") }}",
        "{{ page.title | date }}",
        "{{ page.title | number }}",
        "{{ page.title | replace(from=\"a\") }}",
        "{% if page.title %}",
        "{{ page.title }",
    ];
    assert_snapshot!(tags.map(shown).join("\n"));
    // Which files there are depends on whether somebody fetched the typeface.
    let file = shown("{{ asset(path=\"stlie.css\") }}");
    assert!(file.contains("error[V053]: in `static/` of the theme is no `stlie.css`"), "{file}");
    assert!(
        file.contains("home.html:2:16") && file.contains("did you mean `stile.css`?"),
        "{file}"
    );
}

#[test]
fn a_word_that_nobody_uses_is_a_warning() {
    let site = r#"
        //- vasta.yaml
        theme: mio
        //- content/_index.md
        # Casa
        //- themes/mio/i18n/it.yaml
        search: Trova
        serch_site: Cerca qui
        saluto: Ciao
        orario: Aperto sempre
        //- themes/mio/templates/404.html
        {{ t.orario }}
        "#;
    let [italian, english] = checked("theming-words", site);
    assert_snapshot!(italian);
    assert_snapshot!(english);
    // Where a key is made up, any word may be meant.
    let any = site.replace("{{ t.orario }}", "{{ t[page.section] | default(value=\"\") }}");
    assert_eq!(checked("theming-any-word", &any)[0], "");
}

/// A small site with the default theme.
const SITE: &str = "
//- vasta.yaml
title: Prova
theme: mio
//- content/_index.md
# Casa
//- content/guide/_index.md
# Guide
//- content/guide/prima.md
# Prima

Un testo.
//- themes/mio/LEGGIMI.md
Il tema di prova.
";

/// The files of a site, and the same files with a theme in which `files` are other.
fn before_and_after(files: &str) -> [BTreeMap<String, String>; 2] {
    ["", files].map(|files| {
        let site = format!("{SITE}{files}");
        let built = built(&site);
        assert_eq!(told(&built, &tree(&site)), "");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let outputs = built.value.outputs.iter();
        outputs.map(|file| (file.path.to_string(), text(&file.bytes))).collect()
    })
}

/// The paths of files that differ, or are in one of the two only.
fn differences(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differing = paths.into_iter().filter(|path| before.get(*path) != after.get(*path));
    differing.cloned().collect()
}

/// Pages without the fingerprint of one static file.
fn without_version(files: &BTreeMap<String, String>, name: &str) -> BTreeMap<String, String> {
    let mark = format!("tema/{name}?v=");
    let plain = |text: &String| match text.split_once(&mark) {
        Some((start, end)) => format!("{start}{mark}{}", &end[8..]),
        None => text.clone(),
    };
    files.iter().map(|(path, text)| (path.clone(), plain(text))).collect()
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

#[test]
fn one_template_is_replaced_wherever_it_is_included() {
    let [before, after] = before_and_after(
        "//- themes/mio/templates/partials/footer.html\n<footer>{{ site.title }}, {{ t.feed }}</footer>\n",
    );
    let pages = before.keys().filter(|path| is_page(path)).cloned().collect::<Vec<_>>();
    assert!(pages.len() > 5);
    assert_eq!(differences(&before, &after), pages);
    for page in pages {
        let (start, rest) = before[&page].split_once("  <footer").expect("a footer");
        let end = rest.split_once("</footer>").expect("its end").1;
        let footer = "<footer>Prova, Novità via feed</footer>";
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(squeezed(&after[&page]), squeezed(&format!("{start}{footer}{end}")));
    }
}

#[test]
fn a_template_extends_the_one_that_it_replaces() {
    let [before, after] = before_and_after(
        "//- themes/mio/templates/page.html\n{%- extends \"casa/page.html\" %}\n\
         {%- block below %}<p>{{ t.saluto }} {{ page.title }}</p>{% endblock below %}\n\
         //- themes/mio/i18n/it.yaml\nsaluto: Fine di\n",
    );
    let page = "guide/prima/index.html";
    assert_eq!(differences(&before, &after), [page]);
    assert!(after[page].contains("<p>Fine di Prima</p>"), "{}", after[page]);
}

#[test]
fn one_part_of_the_styles_is_replaced() {
    let [before, after] =
        before_and_after("//- themes/mio/styles/10-tokens.css\n:root { --link: red; }\n");
    let (sheet, old) = (&after["tema/stile.css"], &before["tema/stile.css"]);
    let rest = sheet.strip_prefix(":root{--link: red}").expect("the part comes first");
    assert!(old.ends_with(rest) && !old.starts_with(rest) && rest.contains(".it-footer"));
    let versions = [before, after].map(|files| without_version(&files, "stile.css"));
    assert_eq!(differences(&versions[0], &versions[1]), ["tema/stile.css"]);
}

#[test]
fn a_part_is_added_to_the_styles_at_the_place_of_its_name() {
    let [before, after] =
        before_and_after("//- themes/mio/styles/85-mio.css\n.mio { color: red; }\n");
    let (sheet, old) = (&after["tema/stile.css"], &before["tema/stile.css"]);
    let (start, end) = sheet.split_once(".mio{color: red}").expect("the part");
    assert_eq!(format!("{start}{end}"), *old);
    assert!(start.contains(".it-footer") && end.contains("@media print"));
    let versions = [before, after].map(|files| without_version(&files, "stile.css"));
    assert_eq!(differences(&versions[0], &versions[1]), ["tema/stile.css"]);
}

#[test]
fn one_word_is_replaced() {
    let [before, after] =
        before_and_after("//- themes/mio/i18n/it.yaml\nprint_address: Indirizzo del foglio\n");
    assert!(differences(&before, &after).iter().all(|path| is_page(path)));
    let changed =
        |text: &String| text.replace("Indirizzo di questa pagina", "Indirizzo del foglio");
    let expected: BTreeMap<String, String> =
        before.iter().map(|(path, text)| (path.clone(), changed(text))).collect();
    assert_eq!(differences(&expected, &after), [""; 0]);
    assert!(after["index.html"].contains("Indirizzo del foglio"));
}

#[test]
fn one_static_file_is_replaced_and_one_is_added() {
    let [before, after] = before_and_after(
        "//- themes/mio/static/icona.svg\n<svg/>\n//- themes/mio/static/stemma.svg\n<svg></svg>\n",
    );
    assert_eq!(after["tema/icona.svg"], "<svg/>\n");
    let versions = [before, after].map(|files| without_version(&files, "icona.svg"));
    assert_eq!(differences(&versions[0], &versions[1]), ["tema/icona.svg", "tema/stemma.svg"]);
}
