//! Turns a theme into the label that stands for it in charts: its name and, in words, that it does not survive refits.
//! Does not place labels.

use super::lettering::{self, Weight};
use crate::story;
use model::Theme;

/// What a chart says beside the name of a theme that comes back in fewer than half of the refits.
pub const UNSURE: &str = "does not survive";

/// The mark of a theme that does not survive; nothing for others.
pub fn mark(theme: &Theme) -> Option<&'static str> {
    theme.survival.is_some_and(|s| !story::survives(s)).then_some(UNSURE)
}

/// Name and mark in one line of at most `room` pixels: the name is shortened, never the mark.
pub fn label(theme: &Theme, size: f64, weight: Weight, room: f64) -> String {
    let mark = mark(theme).map_or_else(String::new, |mark| format!(" ({mark})"));
    let left = room - lettering::width(&mark, size, weight);
    format!("{}{mark}", lettering::shorten(&story::name(theme), size, weight, left))
}
