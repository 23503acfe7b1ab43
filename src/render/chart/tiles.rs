//! A map of equal squares, each in the place of what it stands for. Squares are square, so this
//! drawing has a `viewBox`: it is as large as its number of columns and shrinks with its place.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::html::escape;

use super::drawing::{Drawing, short};
use super::series::{Series, entry};
use super::{Chart, Tile, Words};

/// The side of a square.
const SIDE: f64 = 20.0;
/// How far the edge of a square stays from its borders, so that two squares never touch.
const INSET: f64 = 1.2;
/// The room for the outline around the map.
const MARGIN: f64 = 1.5;
/// How many pixels a unit is in a place that is wide enough.
const SCALE: f64 = 2.2;
/// Patterns are fine enough to be seen around the letters.
const SCALE_OF_PATTERNS: f64 = 0.6;
/// The largest size of letters in a square, and how wide one is at most as a part of its size.
const LETTERS: f64 = 10.0;
const LETTER_WIDTH: f64 = 0.8;

/// The squares at their places, then the borders between their groups.
pub(super) fn drawing(chart: &Chart, tiles: &[Tile]) -> Drawing {
    let map = Map::of(tiles);
    let series = series(chart, tiles);
    let mut elements = series.patterns(SCALE_OF_PATTERNS);
    for tile in tiles {
        elements.push_str(&map.square(tile, &series));
    }
    elements.push_str(&format!("<path class=\"confine\" d=\"{}\"/>\n", map.borders()));
    Drawing { size: map.size(), elements }
}

/// What the categories look like, and the border if there is more than one group.
pub(super) fn legend(chart: &Chart, tiles: &[Tile], words: &Words) -> String {
    let mut entries = series(chart, tiles).legend();
    let groups: BTreeSet<&str> = tiles.iter().map(|tile| tile.group.as_str()).collect();
    if groups.len() > 1 {
        entries.push_str(&entry("class=\"confine\"", words.groups));
    }
    entries
}

fn series<'a>(chart: &'a Chart, tiles: &'a [Tile]) -> Series<'a> {
    Series::of(chart, tiles.iter().map(|tile| tile.category.as_str()))
}

/// Where squares are, and which group is where.
struct Map<'a> {
    first_row: i64,
    first_column: i64,
    groups: BTreeMap<(i64, i64), &'a str>,
}

impl<'a> Map<'a> {
    fn of(tiles: &'a [Tile]) -> Self {
        let places = tiles.iter().map(|tile| ((tile.row, tile.column), tile.group.as_str()));
        Self {
            first_row: tiles.iter().map(|tile| tile.row).min().unwrap_or(0),
            first_column: tiles.iter().map(|tile| tile.column).min().unwrap_or(0),
            groups: places.collect(),
        }
    }

    fn size(&self) -> String {
        let last = |of: fn(&(i64, i64)) -> i64| self.groups.keys().map(of).max().unwrap_or(0);
        let (x, y) = self.corner(last(|(row, _)| *row), last(|(_, column)| *column));
        let (width, height) = (x + SIDE + MARGIN, y + SIDE + MARGIN);
        let pixels = |length: f64| (length * SCALE).round();
        format!(
            "viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\"",
            short(width),
            short(height),
            pixels(width),
            pixels(height)
        )
    }

    /// The upper left corner of a place.
    #[expect(clippy::cast_precision_loss, reason = "a map has few rows and columns")]
    fn corner(&self, row: i64, column: i64) -> (f64, f64) {
        let x = column.saturating_sub(self.first_column) as f64 * SIDE + MARGIN;
        let y = row.saturating_sub(self.first_row) as f64 * SIDE + MARGIN;
        (x, y)
    }

    fn square(&self, tile: &Tile, series: &Series<'_>) -> String {
        let (x, y) = self.corner(tile.row, tile.column);
        let (shape, class) = (series.shape(&tile.category), series.class(&tile.category));
        let (name, label) = (escape(&tile.name), escape(&tile.label));
        let category = match tile.category.as_str() {
            "" => String::new(),
            category => format!(": {}", escape(category)),
        };
        let size = size_of_letters(&tile.label);
        let (middle, baseline) = (short(x + SIDE / 2.0), short(y + SIDE / 2.0 + size * 0.36));
        let (x, y, size) = (short(x + INSET), short(y + INSET), short(size));
        let side = short(SIDE - 2.0 * INSET);
        format!(
            "<g><title>{name}{category}</title>\
             <rect {shape} x=\"{x}\" y=\"{y}\" width=\"{side}\" height=\"{side}\"/>\
             <text class=\"sigla {class}\" x=\"{middle}\" y=\"{baseline}\" font-size=\"{size}\">\
             {label}</text></g>\n"
        )
    }

    /// The path along all sides of squares beyond which their group ends.
    fn borders(&self) -> String {
        let mut path = String::new();
        for (&(row, column), group) in &self.groups {
            let (x, y) = self.corner(row, column);
            let (right, below) = (x + SIDE, y + SIDE);
            let neighbour = |down: i64, across: i64| {
                let place = (row.saturating_add(down), column.saturating_add(across));
                self.groups.get(&place)
            };
            // A border between two groups is drawn once: on the right or below.
            let sides = [
                (neighbour(-1, 0).is_none(), (x, y), (right, y)),
                (neighbour(0, -1).is_none(), (x, y), (x, below)),
                (neighbour(0, 1) != Some(group), (right, y), (right, below)),
                (neighbour(1, 0) != Some(group), (x, below), (right, below)),
            ];
            for (_, from, to) in sides.into_iter().filter(|(is_border, ..)| *is_border) {
                path.push_str(&format!("M{} {}", short(from.0), short(from.1)));
                path.push_str(&format!("L{} {}", short(to.0), short(to.1)));
            }
        }
        path
    }
}

/// The size at which a label fits into its square.
#[expect(clippy::cast_precision_loss, reason = "a label has few letters")]
fn size_of_letters(label: &str) -> f64 {
    let letters = label.chars().count().max(1) as f64;
    ((SIDE - 2.0 * INSET) / letters / LETTER_WIDTH).min(LETTERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_has_one_border_around_it_and_none_inside() {
        let alone = [tile(3, 5, "Veneto"), tile(3, 6, "Veneto")];
        assert_eq!(Map::of(&alone).borders().matches('M').count(), 6);
        let beside = [tile(3, 5, "Veneto"), tile(3, 6, "Lombardia")];
        assert_eq!(Map::of(&beside).borders().matches('M').count(), 7);
    }

    #[test]
    fn a_map_begins_at_its_first_row_and_column() {
        let size = Map::of(&[tile(-2, 7, "a"), tile(0, 8, "a")]).size();
        assert_eq!(size, "viewBox=\"0 0 43 63\" width=\"95\" height=\"139\"");
    }

    #[test]
    fn no_place_is_too_far_away() {
        let far = [tile(i64::MIN, i64::MAX, "a"), tile(i64::MAX, i64::MIN, "b")];
        assert!(drawing(&Chart::for_tests(&[]), &far).size.starts_with("viewBox"));
    }

    #[test]
    fn longer_labels_have_smaller_letters() {
        assert!(size_of_letters("TV") > size_of_letters("BAT"));
        assert!(size_of_letters("Treviso") * 7.0 * LETTER_WIDTH <= SIDE);
        assert!(size_of_letters("") > 0.0);
    }

    fn tile(row: i64, column: i64, group: &str) -> Tile {
        let text = |text: &str| text.to_owned();
        let (label, name, category) = (text("TV"), text("Treviso"), text("SUA"));
        Tile { label, name, row, column, category, group: text(group) }
    }
}
