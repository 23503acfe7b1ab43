//! One paragraph as plain text, gathered piece by piece, that knows where each of its letters is written.

use std::ops::Range;

/// A paragraph, an item of a list, a heading or a cell.
#[derive(Default)]
pub(super) struct Passage {
    /// Its text so far.
    pub(super) text: String,
    /// The stretches of it in an element that says its language, or for what it stands.
    pub(super) sealed: Vec<Range<usize>>,
    pieces: Vec<Piece>,
}

/// Where a piece of the text starts in it, and where the piece is written.
struct Piece {
    start: usize,
    source: Range<usize>,
    /// Whether it is written letter by letter as it is read, unlike `&amp;`.
    is_exact: bool,
}

impl Passage {
    /// Adds `text`, which is written at `source`.
    pub(super) fn push(&mut self, text: &str, source: Range<usize>) {
        let (start, is_exact) = (self.text.len(), text.len() == source.len());
        self.pieces.push(Piece { start, source, is_exact });
        self.text.push_str(text);
    }

    /// Whether the letter at byte `at` is in a stretch that is sealed.
    pub(super) fn is_sealed(&self, at: usize) -> bool {
        self.sealed.iter().any(|stretch| stretch.contains(&at))
    }

    /// Where `range` of the text, which is not empty, is written.
    pub(super) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let [first, last] = [range.start, range.end - 1].map(|at| {
            let after = self.pieces.partition_point(|piece| piece.start <= at);
            &self.pieces[after - 1]
        });
        let start = first.source.start + if first.is_exact { range.start - first.start } else { 0 };
        let end = if last.is_exact {
            last.source.start + (range.end - last.start)
        } else {
            last.source.end
        };
        start..end
    }

    /// Makes it empty, for the next paragraph.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.sealed.clear();
        self.pieces.clear();
    }
}
