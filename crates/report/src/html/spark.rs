//! Turns a theme's colour and shares into small inline pictures: a dot, a sparkline.
//! Does not label axes: the numbers stand beside them.

use crate::charts::{Tone, class};
use maud::{Markup, html};
use model::{Bin, Share};

const WIDTH: f64 = 132.0;
const HEIGHT: f64 = 32.0;
const PAD: f64 = 4.0;

pub fn dot(colour: [u8; 3]) -> Markup {
    html! {
        svg.dot.ink viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" {
            circle class=(class(Tone::Colour(colour))) cx="6" cy="6" r="6" {}
        }
    }
}

/// Shares from zero to the theme's own largest; unfinished bins hollow, empty ones a gap.
pub fn line(bins: &[Bin], shares: &[Share], colour: [u8; 3]) -> Markup {
    let ink = class(Tone::Colour(colour));
    let top = shares.iter().filter_map(|s| s.share).fold(0.0, f64::max).max(1e-9);
    let last = (shares.len().max(2) - 1) as f64;
    let at = |i: usize| {
        let y = HEIGHT - PAD - shares[i].share? / top * (HEIGHT - 2.0 * PAD);
        Some((PAD + i as f64 / last * (WIDTH - 2.0 * PAD), y))
    };
    let solid: Vec<usize> = (0..shares.len()).collect();
    let runs = solid.split(|&i| !bins[i].finished || shares[i].share.is_none());
    let points = |run: &[usize]| {
        run.iter().filter_map(|&i| at(i)).map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ")
    };
    let dots = (0..shares.len()).filter(|&i| !bins[i].finished || lonely(bins, shares, i));
    html! {
        svg.spark.ink viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT) aria-hidden="true" {
            @for run in runs.filter(|r| r.len() > 1) {
                polyline class=(ink) points=(points(run)) stroke-width="2" {}
            }
            @for i in dots {
                @if let Some((x, y)) = at(i) {
                    circle.(ink).open[!bins[i].finished] cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="2.5" {}
                }
            }
        }
    }
}

/// A finished bin between gaps would not show as a line.
fn lonely(bins: &[Bin], shares: &[Share], i: usize) -> bool {
    let drawn = |i: usize| bins.get(i).is_some_and(|b| b.finished) && shares.get(i).is_some_and(|s| s.share.is_some());
    drawn(i) && !i.checked_sub(1).is_some_and(drawn) && !drawn(i + 1)
}
