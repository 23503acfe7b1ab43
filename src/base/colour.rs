//! Colours as six digits, and how well white is read on them. Source: WCAG 2.2, definitions of
//! “relative luminance” and “contrast ratio”.

/// The contrast that text of any size needs (WCAG 2.2, 1.4.3).
pub const LEAST_CONTRAST: f64 = 4.5;

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Reads `#` and six hexadecimal digits.
    pub fn of(written: &str) -> Option<Self> {
        let digits = written.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// From 1, white itself, to 21, black.
    pub fn contrast_with_white(self) -> f64 {
        const BEHIND: f64 = 0.05;
        (1.0 + BEHIND) / (self.luminance() + BEHIND)
    }

    /// From 0, black, to 1, white.
    fn luminance(self) -> f64 {
        let linear = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        let [red, green, blue] = linear;
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_read_on_dark_colours() {
        let contrast = |written| Colour::of(written).map(Colour::contrast_with_white);
        assert_eq!(contrast("#000000").map(f64::round), Some(21.0));
        assert!(contrast("#0066cc").is_some_and(|contrast| contrast >= LEAST_CONTRAST));
        assert!(contrast("#ffcc00").is_some_and(|contrast| contrast < LEAST_CONTRAST));
        assert_eq!(contrast("blu").or(contrast("#06c")), None);
    }
}
