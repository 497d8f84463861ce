//! Turns the refits of the clustering into bands of shares, and into how many of them share a verdict.
//! Does not match themes: refits come with the themes of the run.

use crate::counts::{Counts, Window, count};
use crate::verdict::directions;
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

/// Says in each rising or falling verdict which share of the refits gives the same: the same direction, with a
/// p value at most as large as the largest that passed in the run itself.
pub(crate) fn judge_robustness(verdicts: &mut [Verdict], refits: &[Counts], timeline: &Timeline, width: usize) {
    let called = |v: &Verdict| matches!(v.kind, VerdictKind::Rising | VerdictKind::Falling);
    let limit = verdicts.iter().filter(|v| called(v)).filter_map(|v| v.p).fold(0.0, f64::max);
    let windows: Vec<Window<'_>> = refits.iter().filter_map(|c| Window::last(timeline, c, width)).collect();
    if windows.is_empty() {
        return;
    }
    let directions: Vec<_> = windows.iter().map(directions).collect();
    for (theme, verdict) in verdicts.iter_mut().enumerate().filter(|(_, v)| called(v)) {
        let rising = verdict.kind == VerdictKind::Rising;
        let agrees = |refit: &&Vec<Option<(f64, bool)>>| refit[theme].is_some_and(|(p, up)| p <= limit && up == rising);
        verdict.robustness = Some(directions.iter().filter(agrees).count() as f64 / directions.len() as f64);
    }
}
