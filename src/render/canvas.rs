//! Fills shapes without jags: outlines go in, how much of each pixel they cover comes out. Knows neither
//! letters nor files. Only sums, products and quotients of numbers are used, so every machine draws
//! the same.

use std::ops::Range;

/// A place in pixels: to the right, and down.
pub type Point = (f32, f32);

/// How many lines stand for a curve; letters of a hundred pixels look round with these.
const LINES_OF_A_CURVE: u8 = 8;

/// Closed shapes as lines. What runs around a hole runs the other way.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    lines: Vec<(Point, Point)>,
    start: Point,
    end: Point,
}

impl Outline {
    /// The shape with these corners.
    pub fn polygon(corners: impl IntoIterator<Item = Point>) -> Self {
        let mut outline = Self::default();
        let mut corners = corners.into_iter();
        if let Some(first) = corners.next() {
            outline.start_at(first);
        }
        corners.for_each(|corner| outline.line_to(corner));
        outline.close();
        outline
    }

    /// Starts another shape.
    pub fn start_at(&mut self, point: Point) {
        (self.start, self.end) = (point, point);
    }

    /// Goes on in a straight line.
    pub fn line_to(&mut self, point: Point) {
        self.lines.push((self.end, point));
        self.end = point;
    }

    /// Goes on in a quadratic curve that is drawn to `control`.
    pub fn curve_to(&mut self, control: Point, point: Point) {
        let start = self.end;
        for step in 1..=LINES_OF_A_CURVE {
            let share = f32::from(step) / f32::from(LINES_OF_A_CURVE);
            let first = between(start, control, share);
            self.line_to(between(first, between(control, point, share), share));
        }
    }

    /// Goes back to where the shape started.
    pub fn close(&mut self) {
        self.line_to(self.start);
    }
}

fn between(from: Point, to: Point, share: f32) -> Point {
    (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
}

/// Pixels from the top left, each from 0, ground, to 255, ink.
#[derive(Clone, Debug)]
pub struct Canvas {
    width: usize,
    height: usize,
    /// Row after row.
    pub pixels: Vec<u8>,
}

impl Canvas {
    /// Ground alone.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![0; width * height] }
    }

    /// Fills `outline` with `ink`, from 0 to 255. What lies outside is left out.
    pub fn fill(&mut self, outline: &Outline, ink: u8) {
        let rows = self.rows(outline);
        // Each line says in its pixels how much of what is right of them begins or ends there; the sum
        // from the left is what is covered.
        let mut changes = vec![0.0_f32; self.width * rows.len()];
        for (row, changes) in rows.clone().zip(changes.chunks_exact_mut(self.width)) {
            for line in &outline.lines {
                add_line(*line, row as f32, changes);
            }
        }
        let pixels = &mut self.pixels[rows.start * self.width..rows.end * self.width];
        let pixels = pixels.chunks_exact_mut(self.width);
        for (pixels, changes) in pixels.zip(changes.chunks_exact(self.width)) {
            let mut covered = 0.0_f32;
            for (pixel, change) in pixels.iter_mut().zip(changes) {
                covered += change;
                let share = covered.abs().min(1.0) * f32::from(ink);
                *pixel = (*pixel).max((share + 0.5) as u8);
            }
        }
    }

    /// The rows in which something of `outline` lies.
    fn rows(&self, outline: &Outline) -> Range<usize> {
        let heights = || outline.lines.iter().flat_map(|(from, to)| [from.1, to.1]);
        let top = heights().fold(self.height as f32, f32::min).max(0.0) as usize;
        let bottom = heights().fold(0.0, f32::max).ceil().min(self.height as f32) as usize;
        top..bottom.max(top)
    }
}

/// Adds the part of a line that passes the row at `y`.
fn add_line((from, to): (Point, Point), y: f32, row: &mut [f32]) {
    let (direction, top, bottom) = if from.1 < to.1 { (1.0, from, to) } else { (-1.0, to, from) };
    let (start, end) = (top.1.max(y), bottom.1.min(y + 1.0));
    if start >= end {
        return;
    }
    let slope = (bottom.0 - top.0) / (bottom.1 - top.1);
    let at = |y: f32| (top.0 + (y - top.1) * slope).clamp(0.0, row.len() as f32);
    let (start_x, end_x) = (at(start), at(end));
    let (left, right) = if start_x < end_x { (start_x, end_x) } else { (end_x, start_x) };
    let height = direction * (end - start);
    let (mut area, mut covered) = (0.0, 0.0);
    let last = (right as usize).min(row.len() - 1);
    for (pixel, change) in row.iter_mut().enumerate().take(last + 1).skip(left as usize) {
        // The area between the line and the right edge of the pixel, then that in the pixel alone.
        let edge = pixel as f32 + 1.0;
        let passed = if right > edge { (edge - left) / (right - left) } else { 1.0 };
        let area_to_edge = height * passed * (edge - (left + edge.min(right)) / 2.0);
        let share = area_to_edge - area;
        *change += share - covered;
        (area, covered) = (area_to_edge, share);
    }
    if let Some(change) = row.get_mut(last + 1) {
        *change += height - covered;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(corners: &[Point]) -> Vec<u8> {
        let mut canvas = Canvas::new(4, 3);
        canvas.fill(&Outline::polygon(corners.iter().copied()), 200);
        canvas.pixels
    }

    #[test]
    fn a_pixel_has_as_much_ink_as_the_shape_covers_of_it() {
        let rectangle = filled(&[(0.5, 0.0), (3.0, 0.0), (3.0, 1.5), (0.5, 1.5)]);
        assert_eq!(rectangle, [100, 200, 200, 0, 50, 100, 100, 0, 0, 0, 0, 0]);
        let triangle = filled(&[(0.0, 0.0), (4.0, 0.0), (0.0, 2.0)]);
        assert_eq!(triangle, [200, 200, 150, 50, 150, 50, 0, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn a_shape_may_leave_the_canvas_and_have_a_hole() {
        assert_eq!(filled(&[(-9.0, -9.0), (9.0, -9.0), (9.0, 9.0), (-9.0, 9.0)]), [200; 12]);
        let mut ring = Outline::polygon([(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0)]);
        ring.start_at((1.0, 1.0));
        for corner in [(1.0, 2.0), (3.0, 2.0), (3.0, 1.0)] {
            ring.line_to(corner);
        }
        ring.close();
        let mut canvas = Canvas::new(4, 3);
        canvas.fill(&ring, 200);
        assert_eq!(canvas.pixels[4..8], [200, 0, 0, 200]);
    }
}
