//! The letters of pictures: the outlines of a text in the one font that the program carries, and how it
//! is broken into lines.

use ttf_parser::{Face, GlyphId, OutlineBuilder};

use super::canvas::{Outline, Point};

/// What is written where a text is cut off.
const CUT: &str = "…";

/// A font of one weight.
pub struct Font(Face<'static>);

impl Font {
    /// The weight of headings.
    pub fn bold() -> Self {
        Self::of(notosans::BOLD_TTF)
    }

    /// The weight of texts.
    pub fn regular() -> Self {
        Self::of(notosans::REGULAR_TTF)
    }

    fn of(bytes: &'static [u8]) -> Self {
        Self(Face::parse(bytes, 0).expect("the font is part of the program"))
    }

    /// How wide `text` is in letters of `size` pixels.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|letter| self.advance(self.glyph(letter))).sum::<f32>() * self.scale(size)
    }

    /// `text` in letters of `size` pixels, on a line that begins at `start`.
    pub fn outline(&self, text: &str, size: f32, start: Point) -> Outline {
        let mut pen = Pen { outline: Outline::default(), scale: self.scale(size), origin: start };
        for letter in text.chars() {
            let glyph = self.glyph(letter);
            self.0.outline_glyph(glyph, &mut pen);
            pen.origin.0 += self.advance(glyph) * pen.scale;
        }
        pen.outline
    }

    /// `text` in lines that are at most `width` pixels wide, if no more than `most` are needed.
    pub fn lines(&self, text: &str, size: f32, width: f32, most: usize) -> Option<Vec<String>> {
        let lines = self.broken(text, size, width);
        let fits = |line: &String| self.width(line, size) <= width;
        (lines.len() <= most && lines.iter().all(fits)).then_some(lines)
    }

    /// The same, cut off where it is too long.
    pub fn cut_lines(&self, text: &str, size: f32, width: f32, most: usize) -> Vec<String> {
        let mut lines = self.broken(text, size, width);
        let is_cut = lines.len() > most;
        lines.truncate(most);
        let last = lines.len().saturating_sub(1);
        for (number, line) in lines.iter_mut().enumerate() {
            if is_cut && number == last {
                line.push_str(CUT);
            }
            if self.width(line, size) > width {
                *line = self.cut(line, size, width);
            }
        }
        lines
    }

    /// The beginning of `text` that is at most `width` pixels wide with the sign that it goes on: whole
    /// words if there is one.
    fn cut(&self, text: &str, size: f32, width: f32) -> String {
        let shown = |end: usize| format!("{}{CUT}", text[..end].trim_end());
        let fits = |end: &usize| self.width(&shown(*end), size) <= width;
        let words = text.match_indices(' ').map(|(at, _)| at);
        let letters = text.char_indices().map(|(at, _)| at);
        // From the start, where texts are short, since nobody knows how long this one is.
        let end = words.take_while(fits).last().or_else(|| letters.take_while(fits).last());
        end.map_or_else(String::new, shown)
    }

    /// `text` broken between words; a word that is wider than a line has one of its own.
    fn broken(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), size) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    fn glyph(&self, letter: char) -> GlyphId {
        self.0.glyph_index(letter).unwrap_or_default()
    }

    fn advance(&self, glyph: GlyphId) -> f32 {
        self.0.glyph_hor_advance(glyph).map_or(0.0, f32::from)
    }

    /// Pixels for one unit of the font.
    fn scale(&self, size: f32) -> f32 {
        size / f32::from(self.0.units_per_em())
    }
}

/// Draws a letter at `origin`; fonts count upwards.
struct Pen {
    outline: Outline,
    scale: f32,
    origin: Point,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> Point {
        (self.origin.0 + x * self.scale, self.origin.1 - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.outline.start_at(self.place(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.outline.line_to(self.place(x, y));
    }

    fn quad_to(&mut self, control_x: f32, control_y: f32, x: f32, y: f32) {
        self.outline.curve_to(self.place(control_x, control_y), self.place(x, y));
    }

    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        unreachable!("a TrueType font has quadratic curves only");
    }

    fn close(&mut self) {
        self.outline.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_between_words_where_a_line_is_full() {
        let font = Font::bold();
        let width = font.width("Schemi di", 64.0) + 1.0;
        let lines = font.lines("Schemi di atti per le gare", 64.0, width, 3);
        assert_eq!(lines.unwrap(), ["Schemi di", "atti per", "le gare"]);
        assert_eq!(font.lines("Schemi di atti per le gare", 64.0, width, 2), None);
        assert_eq!(font.lines("Precipitevolissimevolmente", 64.0, width, 3), None);
    }

    #[test]
    fn a_text_that_is_too_long_ends_in_dots() {
        let font = Font::bold();
        let width = font.width("Schemi di", 64.0) + 1.0;
        assert_eq!(
            font.cut_lines("Schemi di atti per le gare", 64.0, width, 2),
            ["Schemi di", "atti per…"]
        );
        assert_eq!(font.cut_lines("Schemi di atti", 64.0, width, 1), ["Schemi…"]);
        let [line] = &font.cut_lines("Precipitevolissimevolmente", 64.0, width, 3)[..] else {
            panic!("one word has one line")
        };
        assert!(line.ends_with('…') && font.width(line, 64.0) <= width, "{line}");
    }
}
