//! A site with a theme of its own: it replaces one file or one word and all else stays; a mistake in a
//! template is told at its place, with what there is; the documentation of the theme is up to date.

use std::fs;

use insta::assert_snapshot;
use vasta::render::Theme;
use vasta::render::template::mistakes;
use vasta::source::Config;

use crate::fixture::{Folder, repository, said, tree, vasta};

#[test]
fn the_documentation_of_the_theme_is_what_the_program_says() {
    let said = vasta(repository(), &["theme", "docs"]).stdout;
    let said = String::from_utf8(said).expect("UTF-8");
    let file = repository().join("docs/theme.md");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&file, &said).expect("writable");
    }
    let written = fs::read_to_string(&file).expect("docs/theme.md");
    let command = "INSTA_UPDATE=always cargo test --test it theming";
    assert!(written == said, "docs/theme.md is not up to date: {command}");
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
        "{{ asset(path=\"stlie.css\") }}",
        "{{ page.title | date }}",
        "{{ page.title | number }}",
        "{{ page.title | replace(from=\"a\") }}",
        "{% if page.title %}",
        "{{ page.title }",
    ];
    assert_snapshot!(tags.map(shown).join("\n"));
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
