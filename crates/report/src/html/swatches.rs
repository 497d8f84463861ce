//! Turns the colours of charts and themes into the rules of a style sheet that give every class its colour by day and by night.
//! Does not choose colours: the palette of the charts does.

use crate::charts::{Inline, Swatches, Tone, swatch};
use crate::format;
use model::Analysis;
use std::fmt::Write as _;

/// Each class sets `--i`; paper is always light.
pub fn rules<'a>(analyses: &[&Analysis], charts: impl Iterator<Item = &'a Inline>) -> String {
    let themes = analyses.iter().flat_map(|analysis| &analysis.themes.themes);
    let themes = themes.map(|theme| swatch(Tone::Colour(theme.colour)));
    let of_charts = charts.flat_map(|chart| chart.swatches.clone());
    let all: Swatches = themes.chain(of_charts).collect();
    let mut rules = String::new();
    for (class, [light, _]) in &all {
        // Writing to a string cannot fail.
        let _ = write!(rules, ".{class}{{--i:{}}}", format::hex(*light));
    }
    rules.push_str("\n@media screen and (prefers-color-scheme:dark){");
    for (class, [light, dark]) in &all {
        if light != dark {
            let _ = write!(rules, ".{class}{{--i:{}}}", format::hex(*dark));
        }
    }
    rules.push_str("}\n");
    rules
}
