//! Turns text into widths, lines and shortened lines, measured with the font that the charts are set in.
//! Does not place or draw text.

use crate::{ReportError, format};
use ab_glyph::{Font, FontRef};
use std::sync::LazyLock;

/// What an SVG asks its viewer for: the font that was measured, else any without serifs.
pub const FAMILY: &str = "Noto Sans, sans-serif";
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

/// Regular and bold, parsed once; `None` only if the font crate carried no font.
static FONTS: LazyLock<Option<[FontRef<'static>; 2]>> = LazyLock::new(|| {
    let parsed = |bytes| FontRef::try_from_slice(bytes).ok();
    Some([parsed(notosans::REGULAR_TTF)?, parsed(notosans::BOLD_TTF)?])
});

pub fn font(weight: Weight) -> Result<&'static FontRef<'static>, ReportError> {
    let [regular, bold] = FONTS.as_ref().ok_or(ReportError::Font)?;
    Ok(match weight {
        Weight::Regular => regular,
        Weight::Bold => bold,
    })
}

/// Width of the text in pixels at `size` pixels an em.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let Ok(font) = font(weight) else {
        // Nothing is drawn without a font; 0.6 em a letter keeps the arithmetic going until that is reported.
        return text.chars().count() as f64 * 0.6 * size;
    };
    let em = f64::from(font.units_per_em().unwrap_or(1000.0));
    text.chars().map(|c| f64::from(font.h_advance_unscaled(font.glyph_id(c)))).sum::<f64>() * size / em
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

/// The text in at most `most` lines of at most `room` pixels, lines of about one length; what is left over ends in an
/// ellipsis. Lines break at blanks and after hyphens, but not inside a date.
pub fn wrap(text: &str, size: f64, weight: Weight, room: f64, most: usize) -> Vec<String> {
    let full = broken(text, size, weight, room, most);
    // The narrowest column that needs no more lines and loses no word leaves no single word on the last line.
    let whole = |lines: &[String]| !lines.iter().any(|line| line.ends_with('\u{2026}'));
    let narrower = (4..10).map(|tenths| broken(text, size, weight, room * f64::from(tenths) / 10.0, most));
    let balanced = narrower.into_iter().find(|lines| lines.len() == full.len() && whole(lines));
    balanced.filter(|_| full.len() > 1).unwrap_or(full)
}

fn broken(text: &str, size: f64, weight: Weight, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && lines.len() < most {
        let end = if lines.len() + 1 == most { rest.len() } else { line_end(rest, size, weight, room) };
        lines.push(shorten(rest[..end].trim(), size, weight, room));
        rest = rest[end..].trim_start();
    }
    lines
}

/// Where the longest run of whole words that fits ends; the end of the first word where not even that fits.
fn line_end(text: &str, size: f64, weight: Weight, room: f64) -> usize {
    let hyphens = text.match_indices('-').map(|(i, _)| i + 1);
    let blanks = text.match_indices(' ').map(|(i, _)| i).filter(|&i| !is_in_a_date(text, i));
    let mut ends: Vec<usize> = blanks.chain(hyphens).chain([text.len()]).collect();
    ends.sort_unstable();
    let fits = |end: &&usize| width(&text[..**end], size, weight) <= room;
    *ends.iter().take_while(fits).last().unwrap_or(&ends[0])
}

/// Whether the blank at `at` lies inside `4 Aug to 26 Oct 2025`: after its day, after its month or beside its `to`.
fn is_in_a_date(text: &str, at: usize) -> bool {
    let bare = |word: Option<&str>| word.unwrap_or_default().trim_end_matches([',', ';', '.', ':']).to_owned();
    let (left, right) = text.split_at(at);
    let (before, after) = (bare(left.split_whitespace().next_back()), bare(right.split_whitespace().next()));
    let is_number = |word: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (day, year) = (|word: &str| is_number(word, 1..=2), |word: &str| is_number(word, 4..=4));
    let month = |word: &str| format::MONTHS.contains(&word);
    (day(&before) && month(&after))
        || (month(&before) && year(&after))
        || ((month(&before) || year(&before)) && after == "to")
        || (before == "to" && day(&after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        // Advance widths in the font file, in thousandths of an em.
        assert_eq!(format!("{:.1}", width("i", 100.0, Weight::Regular)), "25.8");
        assert_eq!(format!("{:.1}", width("mm", 100.0, Weight::Regular)), "187.0");
        assert_eq!(format!("{:.1}", width("m", 100.0, Weight::Bold)), "98.2");
    }

    #[test]
    fn long_text_ends_at_a_word_with_an_ellipsis() {
        let text = "graph neural networks and their limits";
        let short = shorten(text, 24.0, Weight::Regular, 300.0);
        assert_eq!(short, "graph neural networks\u{2026}");
        assert_eq!(shorten(text, 24.0, Weight::Regular, 3000.0), text);
        assert!(
            width(&shorten("pneumonoultramicroscopic", 24.0, Weight::Regular, 100.0), 24.0, Weight::Regular) <= 100.0
        );
    }

    #[test]
    fn lines_do_not_break_inside_a_date() {
        let text = "One theme had a burst: Body mass index, 1 Apr to 30 Sep 2023, 21 of 72 papers";
        let lines = wrap(text, 46.0, Weight::Bold, 1776.0, 2);
        assert_eq!(lines, ["One theme had a burst: Body mass index,", "1 Apr to 30 Sep 2023, 21 of 72 papers"]);
        assert_eq!(wrap(text, 46.0, Weight::Bold, 500.0, 9).join(" "), text);
        let plain = "May 12 to 14 of 2025 Mayflies";
        let breaks: Vec<usize> = plain.match_indices(' ').map(|(i, _)| i).filter(|&i| is_in_a_date(plain, i)).collect();
        assert_eq!(breaks, [9], "only what may be a date");
    }

    #[test]
    fn wrapped_lines_fit_and_lose_no_word_unless_told() {
        let text = "one two three four five six seven eight nine ten";
        let lines = wrap(text, 24.0, Weight::Bold, 160.0, 9);
        assert!(lines.iter().all(|l| width(l, 24.0, Weight::Bold) <= 160.0));
        assert_eq!(lines.join(" "), text);
        let two = wrap(text, 24.0, Weight::Bold, 160.0, 2);
        assert_eq!(two.len(), 2);
        assert!(two[1].ends_with('\u{2026}'));
    }
}
