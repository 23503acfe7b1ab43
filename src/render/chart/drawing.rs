//! What drawings are written with: a sheet that is filled from top to bottom, short numbers, and
//! lines of text. SVG does not break lines, and how wide a letter is depends on the reader's
//! fonts; so lines are broken by counting letters, with room for wide ones.

use crate::base::html::escape;

/// The room for one letter across, in percent of a sheet: 8 px of the narrowest, which is 288 px
/// wide and has text of 14 px.
const LETTER: f64 = 2.8;
/// The height of a line of text, in em.
pub(super) const LINE: f64 = 1.3;
/// The height of a bar, in em.
pub(super) const BAR: f64 = 1.4;
/// The room between a bar and the text above it, in em.
pub(super) const CLEAR: f64 = 0.2;
/// The room between two rows, in em.
pub(super) const GAP: f64 = 0.9;
/// How many letters fit in a line of the narrowest sheet.
const LETTERS_IN_LINE: usize = 35;

/// A finished drawing, without its names.
pub(super) struct Drawing {
    /// The attributes that say how large it is.
    pub(super) size: String,
    /// What is drawn.
    pub(super) elements: String,
}

impl Drawing {
    /// A drawing that only says something.
    pub(super) fn of_words(words: &str) -> Self {
        let mut sheet = Sheet::default();
        sheet.paragraph("nome", words);
        sheet.finish()
    }

    /// The drawing with its title and description.
    pub(super) fn svg(&self, id: &str, title: &str, description: &str) -> String {
        let Self { size, elements } = self;
        let (title, description) = (escape(title), escape(description));
        format!(
            "<svg class=\"grafico-disegno\" role=\"img\" aria-labelledby=\"{id}_t {id}_d\" {size}>\n\
             <title id=\"{id}_t\">{title}</title>\n<desc id=\"{id}_d\">{description}</desc>\n\
             {elements}</svg>\n"
        )
    }
}

/// A part of a sheet: across in percent of its width, down in em.
#[derive(Clone, Copy)]
pub(super) struct Area {
    /// Where it begins.
    pub(super) x: f64,
    /// How far it goes.
    pub(super) width: f64,
    /// Its upper edge.
    pub(super) top: f64,
    /// How high it is.
    pub(super) height: f64,
}

/// A drawing in the making, as wide as its place: lengths across are percent, lengths down are em.
#[derive(Default)]
pub(super) struct Sheet {
    elements: String,
    /// Down to where it is filled.
    pub(super) bottom: f64,
}

impl Sheet {
    /// Lines of text below what is there.
    pub(super) fn paragraph(&mut self, class: &str, text: &str) {
        for line in lines(text, LETTERS_IN_LINE) {
            self.text(class, 0.0, &line);
            self.bottom += LINE;
        }
    }

    /// One line of text in the next row, which stays open.
    pub(super) fn text(&mut self, class: &str, x: f64, text: &str) {
        let (x, y, text) = (percent(x), em(self.bottom + 1.0), escape(text));
        let text = format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{text}</text>\n");
        self.elements.push_str(&text);
    }

    /// A rectangle, with a class and perhaps more attributes.
    pub(super) fn rectangle(&mut self, area: Area, attributes: &str) {
        let (x, width) = (percent(area.x), percent(area.width));
        let (y, height) = (em(area.top), em(area.height));
        let size = format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
        self.elements.push_str(&format!("<rect {attributes} {size}/>\n"));
    }

    /// A vertical line at `x` from `top` to `bottom`.
    pub(super) fn vertical(&mut self, class: &str, x: f64, top: f64, bottom: f64) {
        let (x, top, bottom) = (percent(x), em(top), em(bottom));
        let ends = format!("x1=\"{x}\" y1=\"{top}\" x2=\"{x}\" y2=\"{bottom}\"");
        self.elements.push_str(&format!("<line class=\"{class}\" {ends}/>\n"));
    }

    /// Whatever else is drawn or defined.
    pub(super) fn append(&mut self, elements: &str) {
        self.elements.push_str(elements);
    }

    /// Another sheet on top of this one, not below it.
    pub(super) fn cover(&mut self, other: &Self) {
        self.elements.push_str(&other.elements);
        self.bottom = self.bottom.max(other.bottom);
    }

    /// The drawing, as high as it is filled.
    pub(super) fn finish(self) -> Drawing {
        let size = format!("width=\"100%\" height=\"{}\"", em(self.bottom));
        Drawing { size, elements: self.elements }
    }
}

/// Whether `text` needs no more than one line.
pub(super) fn fits_in_line(text: &str) -> bool {
    letters(text) <= LETTERS_IN_LINE
}

/// How many letters the longest of some texts has.
pub(super) fn longest<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(letters).max().unwrap_or(0)
}

/// The room for one line of so many letters, and a blank, in percent of a sheet.
#[expect(clippy::cast_precision_loss, reason = "a number of letters is small")]
pub(super) fn room(letters: usize) -> f64 {
    (letters + 1) as f64 * LETTER
}

/// A number with at most one decimal.
pub(super) fn short(number: f64) -> String {
    let rounded = (number * 10.0).round() / 10.0;
    // Adding zero makes a plain zero of a negative one.
    format!("{}", rounded + 0.0)
}

fn percent(length: f64) -> String {
    if length == 0.0 { "0".to_owned() } else { format!("{}%", short(length)) }
}

fn em(length: f64) -> String {
    if length == 0.0 { "0".to_owned() } else { format!("{}em", short(length)) }
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

/// The words of `text` in lines of at most `most` letters. A longer word is cut; a no-break space
/// keeps its words together.
fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(is_break).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if letters(line) + 1 + letters(word) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => {
                let word: Vec<char> = word.chars().collect();
                lines.extend(word.chunks(most).map(|piece| piece.iter().collect::<String>()));
            }
        }
    }
    lines
}

fn is_break(letter: char) -> bool {
    letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{202f}')
}

/// The widths in percent of the rectangles of a class, in their order.
#[cfg(test)]
pub(super) fn widths(svg: &str, class: &str) -> Vec<f64> {
    let attribute = |element: &str, name: &str| {
        let value = element.split_once(&format!(" {name}=\"")).map(|(_, rest)| rest);
        value.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    };
    let rectangles = svg.lines().filter(|line| line.starts_with("<rect "));
    rectangles
        .filter(|line| attribute(line, "class").split(' ').any(|name| name == class))
        .map(|line| attribute(line, "width").trim_end_matches('%').parse().expect("a width"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_long_words_are_cut() {
        assert_eq!(lines("uno due  tre quattro", 8), ["uno due", "tre", "quattro"]);
        assert_eq!(lines("sì, precipitevolmente", 10), ["sì,", "precipitev", "olmente"]);
        assert_eq!(lines("circa €\u{a0}58", 6), ["circa", "€\u{a0}58"]);
        assert_eq!(lines(" \n", 8), [""; 0]);
    }

    #[test]
    fn numbers_have_at_most_one_decimal_and_zero_has_no_sign() {
        let numbers = [0.0, -0.01, 33.333, 100.0, 2.96];
        assert_eq!(numbers.map(short), ["0", "0", "33.3", "100", "3"]);
    }
}
