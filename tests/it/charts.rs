//! Charts of each form as a whole: what is written for readers and for their machines.

use insta::assert_snapshot;

use vasta::render::chart::{Bar, Chart, Form, Share, Span, Tile, Words, figure, svg};

#[test]
fn bars() {
    let bar =
        |label: &str, value, text: &str| Bar { label: label.into(), value, text: text.into() };
    let bars = [bar("2018", 58.0, "circa 58 milioni"), bar("2019", 68.0, "circa 68 milioni")];
    assert_snapshot!(svg(&chart(Form::Bars(bars.into())), Words::of("it")));
}

#[test]
fn shares() {
    let (label, text) = ("Province con SUA".to_owned(), "47 su 76 (62%)".to_owned());
    let shares = vec![Share { label, value: 47.0, total: 76.0, text }];
    assert_snapshot!(svg(&chart(Form::Shares(shares)), Words::of("it")));
}

#[test]
fn timeline() {
    assert_snapshot!(svg(&chart(Form::Timeline(spans())), Words::of("it")));
}

#[test]
fn tiles() {
    assert_snapshot!(svg(&chart(Form::Tiles(tiles_of_two_regions())), Words::of("it")));
}

#[test]
fn a_figure_has_a_legend_a_table_and_a_download() {
    let chart = chart(Form::Timeline(spans()));
    let table = "<table><tr><td>1</td></tr></table>";
    let figure = figure(&chart, table, "<p>CSV</p>\n", Words::of("it"));
    let drawing = svg(&chart, Words::of("it"));
    assert_snapshot!(figure.replace(&drawing, "(drawing)\n"));
}

#[test]
fn the_legend_of_a_map_names_the_border_of_its_groups() {
    let chart = chart(Form::Tiles(tiles_of_two_regions()));
    let figure = figure(&chart, "", "", Words::of("en"));
    let drawing = svg(&chart, Words::of("en"));
    assert_snapshot!(figure.replace(&drawing, "(drawing)\n"));
}

#[test]
fn nothing_to_draw_is_said_in_words() {
    let forms = [
        Form::Bars(Vec::new()),
        Form::Shares(Vec::new()),
        Form::Timeline(Vec::new()),
        Form::Tiles(Vec::new()),
    ];
    for form in forms {
        let figure = figure(&chart(form), "", "", Words::of("it"));
        assert!(figure.contains(">Nessun dato da mostrare</text>"), "{figure}");
        assert!(!figure.contains("<ul") && !figure.contains("<details"), "{figure}");
    }
}

#[test]
fn texts_are_never_markup() {
    let text = || "<b> & \"c\"".to_owned();
    let forms = [
        Form::Bars(vec![Bar { label: text(), value: 1.0, text: text() }]),
        Form::Shares(vec![Share { label: text(), value: 1.0, total: 2.0, text: text() }]),
        Form::Timeline(vec![Span {
            label: text(),
            name: text(),
            from: None,
            to: None,
            state: text(),
        }]),
        Form::Tiles(vec![Tile {
            label: text(),
            name: text(),
            row: 0,
            column: 0,
            category: text(),
            group: text(),
        }]),
    ];
    for form in forms {
        let chart = Chart { title: text(), description: text(), ..chart(form) };
        let figure = figure(&chart, "", "", Words::of("it"));
        assert!(figure.contains("&lt;b&gt; &amp; &quot;c&quot;"), "{figure}");
        assert!(!figure.contains("<b>") && !figure.contains("\"c\""), "{figure}");
    }
}

#[test]
fn a_drawing_has_no_colours_styles_or_scripts_of_its_own() {
    for form in [Form::Timeline(spans()), Form::Tiles(tiles_of_two_regions())] {
        let figure = figure(&chart(form), "", "", Words::of("it"));
        for word in ["style", "<script", "<use", "href", "fill=\"#", "stroke="] {
            assert!(!figure.contains(word), "{word} in {figure}");
        }
    }
}

fn chart(form: Form) -> Chart {
    Chart {
        id: "grafico-1".to_owned(),
        title: "Il titolo dice il messaggio".to_owned(),
        description: "La descrizione dice che cosa è disegnato.".to_owned(),
        form,
    }
}

fn spans() -> Vec<Span> {
    let span = |label: &str, name: &str, from: &str, to: &str, state: &str| Span {
        label: label.to_owned(),
        name: name.to_owned(),
        from: from.parse().ok(),
        to: to.parse().ok(),
        state: state.to_owned(),
    };
    vec![
        span(
            "A1",
            "Analisi desk e mappatura delle esperienze",
            "2020-11",
            "2021-08-31",
            "Conclusa",
        ),
        span("A2", "Focus group", "2021-06-15", "", "In corso"),
        span("ATa", "Direzione", "", "", "In corso"),
    ]
}

fn tiles_of_two_regions() -> Vec<Tile> {
    let tile = |label: &str, name: &str, row, column, category: &str, group: &str| Tile {
        label: label.to_owned(),
        name: name.to_owned(),
        row,
        column,
        category: category.to_owned(),
        group: group.to_owned(),
    };
    vec![
        tile("BS", "Brescia", 1, 4, "Altro", "Lombardia"),
        tile("VR", "Verona", 1, 5, "Altro", "Veneto"),
        tile("TV", "Treviso", 1, 6, "Capofila", "Veneto"),
    ]
}
