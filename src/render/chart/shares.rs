//! Parts of a whole: for each an outlined track as wide as the drawing, filled as far as the part
//! goes, with the label and both numbers in words above it.

use super::Share;
use super::drawing::{Area, BAR, CLEAR, Drawing, GAP, LINE, Sheet, fits_in_line};

/// The shares in their order.
pub(super) fn drawing(shares: &[Share]) -> Drawing {
    let mut sheet = Sheet::default();
    for (at, share) in shares.iter().enumerate() {
        if at > 0 {
            sheet.bottom += GAP;
        }
        words(&mut sheet, share);
        track(&mut sheet, part(share));
    }
    sheet.finish()
}

/// The label and the numbers: at the two ends of one line if they fit, else below each other.
fn words(sheet: &mut Sheet, Share { label, text, .. }: &Share) {
    if fits_in_line(&format!("{label}  {text}")) {
        sheet.text("nome", 0.0, label);
        sheet.text("valore a-destra", 100.0, text);
        sheet.bottom += LINE;
    } else {
        sheet.paragraph("nome", label);
        sheet.paragraph("valore", text);
    }
}

fn track(sheet: &mut Sheet, part: f64) {
    sheet.bottom += CLEAR;
    let whole = Area { x: 0.0, width: 100.0, top: sheet.bottom, height: BAR };
    sheet.rectangle(whole, "class=\"traccia\"");
    if part > 0.0 {
        sheet.rectangle(Area { width: part * 100.0, ..whole }, "class=\"barra serie-1\"");
    }
    sheet.bottom += BAR;
}

/// The part as a fraction of the whole; nothing where there is no whole.
fn part(share: &Share) -> f64 {
    let part = share.value / share.total;
    if part.is_finite() && share.total > 0.0 { part.clamp(0.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::chart::drawing::widths;

    #[test]
    fn a_track_is_filled_as_far_as_the_part_goes_and_never_further() {
        let shares = [(47.0, 76.0), (38.0, 76.0), (90.0, 76.0)];
        let shares = shares.map(|(value, total)| share(value, total));
        assert_eq!(widths(&drawing(&shares).elements, "barra"), [61.8, 50.0, 100.0]);
        assert_eq!(widths(&drawing(&shares).elements, "traccia"), [100.0; 3]);
    }

    #[test]
    fn without_a_part_or_a_whole_the_track_is_empty() {
        let nothing = [(0.0, 76.0), (5.0, 0.0), (-5.0, 76.0), (5.0, -1.0), (f64::NAN, 76.0)];
        for (value, total) in nothing {
            let svg = drawing(&[share(value, total)]).elements;
            assert_eq!(widths(&svg, "barra"), [0.0; 0], "{value} of {total}");
            assert_eq!(widths(&svg, "traccia"), [100.0], "{value} of {total}");
        }
    }

    fn share(value: f64, total: f64) -> Share {
        let (label, text) = ("Province con SUA".to_owned(), "testo".to_owned());
        Share { label, value, total, text }
    }
}
