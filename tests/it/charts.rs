//! Charts of each form as a whole: what is written for readers and for their machines.

use std::fs;

use insta::assert_snapshot;

use vasta::render::chart::{Bar, Chart, Form, Share, Span, Tile, Words, figure, svg};

use crate::fixture::repository;

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

#[test]
fn the_colours_of_the_theme_can_be_told_apart() {
    let tokens = repository().join("themes/casa/styles/10-tokens.css");
    let tokens = fs::read_to_string(tokens).expect("the colours of the theme");
    for (place, look) in ["light", "dark"].into_iter().enumerate() {
        let colour = |name: &str| {
            let start = format!("--{name}: light-dark(");
            let pair = tokens.split_once(&start).expect("two colours").1.split([',', ')']);
            luminance(pair.map(str::trim).nth(place).unwrap_or_default())
        };
        let has = |contrast: f64, name: &str, other: &str| {
            let (name_light, other_light) = (colour(name) + 0.05, colour(other) + 0.05);
            let found = name_light.max(other_light) / name_light.min(other_light);
            assert!(found >= contrast, "{look}: {name} on {other}: {found:.2}");
        };
        has(4.5, "on-primary", "primary");
        has(3.0, "primary", "page");
        has(3.0, "border", "page");
        for number in 2..=5 {
            let ground = format!("series-{number}");
            has(4.5, "text", &ground);
            has(3.0, "primary", &ground);
            has(3.0, "border", &ground);
            has(3.0, &format!("{ground}-mark"), &ground);
        }
    }
}

/// The relative luminance of WCAG of a colour like `#06c` or `#0066cc`.
fn luminance(colour: &str) -> f64 {
    let digits: Vec<u32> = colour.chars().filter_map(|digit| digit.to_digit(16)).collect();
    let bytes: Vec<u32> = match digits.as_slice() {
        [r, g, b] => vec![r * 17, g * 17, b * 17],
        digits => digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect(),
    };
    let weights = [0.2126, 0.7152, 0.0722];
    let light = |byte: u32| match f64::from(byte) / 255.0 {
        dark if dark <= 0.040_45 => dark / 12.92,
        bright => ((bright + 0.055) / 1.055).powf(2.4),
    };
    bytes.into_iter().zip(weights).map(|(byte, weight)| light(byte) * weight).sum()
}

fn chart(form: Form) -> Chart {
    Chart {
        id: "grafico-1".to_owned(),
        title: "Il titolo dice il messaggio".to_owned(),
        description: "La descrizione dice che cosa è disegnato.".to_owned(),
        series: Vec::new(),
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
