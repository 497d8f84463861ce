//! Turns the refits of the clustering into bands of shares, and into how many of them share a verdict.
//! Does not match themes: refits come with the themes of the run.

use crate::TrendSettings;
use crate::counts::{Counts, Window, count};
use crate::verdict::moves;
use model::{RefitBand, Timeline, Verdict, VerdictKind};

/// Counts by theme and bin of each refit. Every refit has an entry a paper.
pub(crate) fn recount(refits: &[Vec<Option<usize>>], bin_of: &[Option<usize>], like: &Counts) -> Vec<Counts> {
    refits.iter().map(|theme| count(bin_of, theme, like.totals.len(), like.themes.len())).collect()
}

/// 5th and 95th percentile of the theme's share over refits, an entry a bin; empty where there are no refits.
pub(crate) fn bands(refits: &[Counts], theme: usize, totals: &[u32]) -> Vec<Option<RefitBand>> {
    if refits.is_empty() {
        return Vec::new();
    }
    let band = |(bin, &total): (usize, &u32)| {
        let mut counts: Vec<u32> = refits.iter().map(|counts| counts.themes[theme][bin]).collect();
        counts.sort_unstable();
        let share = |quantile: f64| percentile(&counts, quantile) / f64::from(total);
        (total > 0).then(|| RefitBand { low: share(0.05), high: share(0.95) })
    };
    totals.iter().enumerate().map(band).collect()
}

/// Linear between the ranks; `sorted` is not empty.
fn percentile(sorted: &[u32], quantile: f64) -> f64 {
    let rank = quantile * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[rank.floor() as usize], sorted[rank.ceil() as usize]);
    f64::from(below) + rank.fract() * (f64::from(above) - f64::from(below))
}

/// Says in each rising or falling verdict which share of the refits gives the same verdict, each refit judged by itself
/// with the control of false discoveries over its own themes.
pub(crate) fn judge_robustness(
    verdicts: &mut [Verdict],
    refits: &[Counts],
    timeline: &Timeline,
    width: usize,
    settings: &TrendSettings,
) {
    let called = |v: &Verdict| matches!(v.kind, VerdictKind::Rising | VerdictKind::Falling);
    if refits.is_empty() || !verdicts.iter().any(called) {
        return;
    }
    let windows = refits.iter().filter_map(|counts| Window::last(timeline, counts, width));
    let of_refits: Vec<_> = windows.map(|window| moves(&window, settings)).collect();
    for (theme, verdict) in verdicts.iter_mut().enumerate().filter(|(_, v)| called(v)) {
        let same = of_refits.iter().filter(|refit| refit[theme] == Some(verdict.kind)).count();
        verdict.robustness = Some(same as f64 / of_refits.len() as f64);
    }
}
