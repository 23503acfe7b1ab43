//! Two pages side by side: what their fields say, criterion by criterion, and whether it is the same.
//! Which pages are compared is said by `site/comparisons`; how the sides look, by the theme.

use crate::base::UrlPath;
use crate::site::{ComparedGroup, Page, PageId, Pair, Site};

use super::facts::FieldReader;
use super::fill::Filler;
use super::format::Format;
use super::pages::Context;
use super::theme::Theme;
use super::view::{Cell, ComparedType, Comparison, Criterion, Fact, Group, Link, PageView, View};
use super::views;

/// The name of the criterion that is no field: when the facts of the page were checked.
const CHECKED: &str = "verified";

/// The view of a comparison.
pub fn comparison(context: Context<'_>, pair: &Pair) -> View {
    let Context { site, config, theme, .. } = context;
    let format = Format::of(&config.language);
    let [left, right] = [pair.left, pair.right].map(|id| &site.pages[id]);
    let [left_name, right_name] = names(site, pair).map(str::to_owned);
    let criteria = |page| criteria(site, page, format);
    let comparison = Comparison {
        left_name,
        right_name,
        left: views::card(site, format, left),
        right: views::card(site, format, right),
        rows: rows(left, criteria(left), criteria(right), theme.word("compare_checked")),
    };
    let breadcrumbs = [Some(views::link(&site.pages[site.home])), all_comparisons(site, theme)];
    let view = PageView {
        title: named(theme.word("compare_title"), names(site, pair)),
        kind: "compare",
        breadcrumbs: breadcrumbs.into_iter().flatten().collect(),
        comparison: Some(comparison),
        ..PageView::default()
    };
    views::finish(view, &pair.url, site, config)
}

/// The view of the page that lists all comparisons, by type and by what the pages share.
pub fn list(context: Context<'_>, url: &UrlPath) -> View {
    let Context { site, config, theme, .. } = context;
    let link = |place: &usize| {
        let pair = &site.comparisons.pairs[*place];
        let title = named(theme.word("compare_pair"), names(site, pair));
        Link { title, url: pair.url.to_string(), external: false }
    };
    let group = |group: &ComparedGroup| Group {
        title: group.title.clone(),
        name: String::new(),
        url: String::new(),
        count: group.pairs.len(),
        links: group.pairs.iter().map(link).collect(),
    };
    let types = site.comparisons.types.iter().map(|compared| ComparedType {
        title: compared.title.clone(),
        groups: compared.groups.iter().map(group).collect(),
    });
    let view = PageView {
        title: theme.word("compare_all").to_owned(),
        kind: "comparisons",
        breadcrumbs: vec![views::link(&site.pages[site.home])],
        compared: types.collect(),
        ..PageView::default()
    };
    views::finish(view, url, site, config)
}

/// The comparisons of page `id`, each called after the other page.
pub fn of_page(site: &Site, id: PageId) -> Vec<Link> {
    let link = |(other, pair): (PageId, &Pair)| {
        let title = site.comparisons.name(other).to_owned();
        Link { title, url: pair.url.to_string(), external: false }
    };
    site.comparisons.of_page(id).map(link).collect()
}

/// The link to the page that lists all comparisons, if there are any.
pub fn all_comparisons(site: &Site, theme: &Theme) -> Option<Link> {
    let url = site.comparisons.url()?.to_string();
    Some(Link { title: theme.word("compare_all").to_owned(), url, external: false })
}

/// What a comparison shows of `page`: its fields as one or more short values each, tables among them,
/// and when it was checked. Texts are left out: they are read, not compared.
pub fn criteria(site: &Site, page: &Page, format: Format) -> Vec<(String, Vec<Cell>)> {
    let fields = FieldReader { site, page, bodies: &[], format };
    let facts = fields.facts(&mut Filler::new(site, page)).into_iter();
    let mut criteria: Vec<_> = facts.map(|fact| (fact.name.clone(), values(fact))).collect();
    criteria.extend(page.document.meta.verified.map(|date| {
        let cell = Cell { text: format.date(date), ..Cell::default() };
        (CHECKED.to_owned(), vec![cell])
    }));
    criteria
}

/// The values of a fact; a row of a table is one value, in words.
fn values(fact: Fact) -> Vec<Cell> {
    let row = |row: &Vec<Cell>| {
        let filled = fact.columns.iter().zip(row).filter(|(_, cell)| !cell.text.is_empty());
        let parts: Vec<String> =
            filled.map(|(column, cell)| format!("{column}: {}", cell.text)).collect();
        Cell { text: parts.join("; "), ..Cell::default() }
    };
    match fact.kind {
        "table" => fact.rows.iter().map(row).collect(),
        _ => fact.values,
    }
}

/// What either page says, in the order of their type. `checked` is what the date of the check is called.
fn rows(
    page: &Page,
    left: Vec<(String, Vec<Cell>)>,
    right: Vec<(String, Vec<Cell>)>,
    checked: &str,
) -> Vec<Criterion> {
    let fields = page.document.schema.as_ref().map_or(&[][..], |schema| &schema.fields);
    let fields = fields.iter().map(|field| (field.name.as_str(), field.label.as_str()));
    let of = |name: &str, side: &[(String, Vec<Cell>)]| {
        let found = side.iter().find(|(known, _)| known == name);
        found.map(|(_, cells)| cells.clone()).unwrap_or_default()
    };
    fields
        .chain([(CHECKED, checked)])
        .map(|(name, label)| (label, of(name, &left), of(name, &right)))
        .filter(|(_, left, right)| !left.is_empty() || !right.is_empty())
        .map(|(label, left, right)| {
            let state = state(&left, &right);
            Criterion { label: label.to_owned(), left, right, state }
        })
        .collect()
}

fn state(left: &[Cell], right: &[Cell]) -> &'static str {
    match (left, right) {
        (_, []) => "only_left",
        ([], _) => "only_right",
        // The order in which a page lists its values says nothing.
        (left, right) => {
            match left.len() == right.len() && left.iter().all(|cell| right.contains(cell)) {
                true => "equal",
                false => "different",
            }
        }
    }
}

fn names<'a>(site: &'a Site, pair: &Pair) -> [&'a str; 2] {
    [pair.left, pair.right].map(|id| site.comparisons.name(id))
}

/// `words` with the names in the places of `{left}` and `{right}`.
fn named(words: &str, [left, right]: [&str; 2]) -> String {
    // What the words say after the left name is looked at alone: a name may have braces of its own.
    let (before, after) = words.split_once("{left}").unwrap_or(("", words));
    format!("{before}{left}{}", after.replacen("{right}", right, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Vec<Cell> {
        texts.iter().map(|text| Cell { text: (*text).to_owned(), ..Cell::default() }).collect()
    }

    #[test]
    fn two_sides_are_equal_different_or_one_is_missing() {
        let (one, two, none) = (cells(&["a"]), cells(&["a", "b"]), cells(&[]));
        assert_eq!(state(&one, &one), "equal");
        assert_eq!(state(&two, &cells(&["b", "a"])), "equal");
        assert_eq!(state(&one, &two), "different");
        assert_eq!(state(&one, &none), "only_left");
        assert_eq!(state(&none, &two), "only_right");
    }

    #[test]
    fn a_row_of_a_table_is_one_value_in_words() {
        let fact = Fact {
            kind: "table",
            columns: vec!["Anno".to_owned(), "Valore".to_owned()],
            rows: vec![cells(&["2023", "70"]), cells(&["2024", ""])],
            ..Fact::default()
        };
        let texts: Vec<String> = values(fact).into_iter().map(|cell| cell.text).collect();
        assert_eq!(texts, ["Anno: 2023; Valore: 70", "Anno: 2024"]);
    }
}
