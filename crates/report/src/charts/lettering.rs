//! Turns text into widths, lines and shortened lines, measured with the font that the charts are drawn in.
//! Does not place or draw text.

use crate::ReportError;
use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};
use std::sync::OnceLock;

/// The name under which the font is registered is also what an SVG asks the viewer for, with what to take instead.
pub const FAMILY: &str = "Noto Sans, sans-serif";
/// Ascent and descent of Noto Sans in em: plotters and `ab_glyph` give font sizes by this height, SVG by the em.
pub const HEIGHT: f64 = 1.362;
/// Height of capitals and depth of descenders in em.
pub const CAPITAL: f64 = 0.74;
pub const DESCENDER: f64 = 0.24;
/// From one base line to the next in em.
pub const LEADING: f64 = 1.25;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// Makes the font known to plotters, once for the process: its font table is global, and always filled alike.
pub fn register() -> Result<(), ReportError> {
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    let done = REGISTERED.get_or_init(|| {
        register_font(FAMILY, FontStyle::Normal, notosans::REGULAR_TTF).is_ok()
            && register_font(FAMILY, FontStyle::Bold, notosans::BOLD_TTF).is_ok()
    });
    if *done { Ok(()) } else { Err(ReportError::Font) }
}

/// The font of a weight, with the height of its em square in pixels.
pub fn font(size: f64, weight: Weight) -> FontDesc<'static> {
    let style = match weight {
        Weight::Regular => FontStyle::Normal,
        Weight::Bold => FontStyle::Bold,
    };
    FontDesc::new(FontFamily::Name(FAMILY), size * HEIGHT, style)
}

/// Width of the text in pixels.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    // plotters measures in whole pixels; a large size keeps the fractions.
    const FINE: f64 = 1000.0;
    let measured = font(FINE, weight).layout_box(text).map(|(_, (width, _))| f64::from(width));
    // Without a registered font there is nothing to measure with: 0.6 em a letter is on the safe side.
    measured.unwrap_or_else(|_| text.chars().count() as f64 * 0.6 * FINE) * size / FINE
}

/// The text if it fits, else its first words and an ellipsis; a word that is too long alone is cut within.
pub fn shorten(text: &str, size: f64, weight: Weight, room: f64) -> String {
    let fits = |t: &str| width(t, size, weight) <= room;
    if fits(text) {
        return text.to_owned();
    }
    let with_dots = |t: &str| format!("{}\u{2026}", t.trim_end_matches([' ', ',', ';', ':', '-', '(']));
    let ends = text.char_indices().map(|(i, _)| i).filter(|&i| i > 0).rev();
    let words = ends.clone().filter(|&i| text[i..].starts_with(' '));
    words.chain(ends).map(|end| with_dots(&text[..end])).find(|t| fits(t)).unwrap_or_default()
}

/// The text in at most `most` lines of at most `room` pixels; what is left over ends in an ellipsis.
pub fn wrap(text: &str, size: f64, weight: Weight, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() && lines.len() < most {
        let end = if lines.len() + 1 == most { rest.len() } else { line_end(rest, size, weight, room) };
        lines.push(shorten(rest[..end].trim(), size, weight, room));
        rest = rest[end..].trim_start();
    }
    lines
}

/// Where the longest run of whole words that fits ends; the end of the first word where not even that fits.
fn line_end(text: &str, size: f64, weight: Weight, room: f64) -> usize {
    let ends = || text.match_indices(' ').map(|(i, _)| i).chain([text.len()]);
    ends().take_while(|&end| width(&text[..end], size, weight) <= room).last().or_else(|| ends().next()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        register().unwrap();
        // Advance widths in the font file, per 1000 em: i 258, m 932; bold m 982.
        assert!((width("i", 100.0, Weight::Regular) - 25.8).abs() < 0.01);
        assert!((width("mm", 100.0, Weight::Regular) - 186.4).abs() < 0.01);
        assert!((width("m", 100.0, Weight::Bold) - 98.2).abs() < 0.01);
    }

    #[test]
    fn long_text_ends_at_a_word_with_an_ellipsis() {
        register().unwrap();
        let text = "graph neural networks and their limits";
        let short = shorten(text, 24.0, Weight::Regular, 300.0);
        assert_eq!(short, "graph neural networks and\u{2026}");
        assert_eq!(shorten(text, 24.0, Weight::Regular, 3000.0), text);
        assert!(
            width(&shorten("pneumonoultramicroscopic", 24.0, Weight::Regular, 100.0), 24.0, Weight::Regular) <= 100.0
        );
    }

    #[test]
    fn wrapped_lines_fit_and_lose_no_word_unless_told() {
        register().unwrap();
        let text = "one two three four five six seven eight nine ten";
        let lines = wrap(text, 24.0, Weight::Bold, 160.0, 9);
        assert!(lines.iter().all(|l| width(l, 24.0, Weight::Bold) <= 160.0));
        assert_eq!(lines.join(" "), text);
        let two = wrap(text, 24.0, Weight::Bold, 160.0, 2);
        assert_eq!(two.len(), 2);
        assert!(two[1].ends_with('\u{2026}'));
    }
}
