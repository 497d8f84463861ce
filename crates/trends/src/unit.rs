//! Chooses the width of the bins from the days of the papers, and says why in a sentence.
//! Does not decide which bins are finished: it is told.

use crate::calendar::{UNITS, bin_at, bins_between, plural};
use crate::finished::Horizon;
use crate::precision::Precision;
use model::{BinUnit, Day};

/// Median of papers a finished bin, and finished bins, that make a unit fine enough.
const ENOUGH_PAPERS: f64 = 30.0;
const ENOUGH_BINS: f64 = 8.0;
/// More bins than this are neither read nor drawn by anyone: one wrong date must not make a hundred thousand of them.
pub(crate) const MOST_BINS: usize = 2_000;

/// How the papers lie in the bins of one unit.
#[derive(Debug, Clone, PartialEq)]
struct Fit {
    unit: BinUnit,
    bins: usize,
    median: f64,
    score: f64,
}

/// The finest unit with a median of 30 or more papers a finished bin and 8 or more finished bins.
///
/// Where there is none, the unit with the largest `kept * min(1, size / 30) * min(1, bins / 8)`, where `kept` is the
/// share of papers in finished bins, `bins = (sum n)^2 / sum n^2` the number of bins that carry the papers
/// (the inverse Simpson index of the counts `n` of finished bins) and `size = sum n / bins`. It prefers neither five
/// hundred empty weeks to the few quarters that hold the papers, nor a year that is not over to the months of it.
/// Ties go to the coarser unit.
///
/// Units finer than the dates are not tried, and the reason says so.
pub(crate) fn choose_unit(days: &[Day], precision: &Precision, horizon: &Horizon<'_>) -> (BinUnit, String) {
    let tried: Vec<BinUnit> = UNITS.into_iter().filter(|&u| u >= precision.finest).collect();
    let (unit, reason) = match (tried.as_slice(), &precision.reason) {
        (&[only], Some(why)) => {
            return (only, format!("{} are the finest unit that the dates allow: {why}", plural(only)));
        }
        _ => best(&tried, days, horizon),
    };
    let why =
        precision.reason.as_ref().map(|why| format!("; finer than {} was not tried: {why}", plural(precision.finest)));
    (unit, format!("{reason}{}", why.unwrap_or_default()))
}

fn best(tried: &[BinUnit], days: &[Day], horizon: &Horizon<'_>) -> (BinUnit, String) {
    let fits: Vec<Fit> = tried.iter().filter_map(|&u| fit(u, days, horizon)).collect();
    let good = |f: &&Fit| f.median >= ENOUGH_PAPERS && f.bins as f64 >= ENOUGH_BINS;
    if let Some(f) = fits.iter().find(good) {
        let name = plural(f.unit);
        let reason =
            format!("{name} are the finest unit with 30 or more papers in half of the bins and 8 or more bins");
        return (f.unit, reason);
    }
    match fits.iter().rev().reduce(|best, f| if f.score > best.score { f } else { best }) {
        Some(f) => {
            let name = plural(f.unit);
            let reason = format!(
                "no unit has 30 or more papers in half of its bins and 8 or more bins; {name} come closest, with {} \
                 finished {} and a median of {} {}",
                f.bins,
                if f.bins == 1 { "bin" } else { "bins" },
                f.median,
                if (f.median - 1.0).abs() < f64::EPSILON { "paper" } else { "papers" }
            );
            (f.unit, reason)
        }
        None => (BinUnit::Year, "the dates span more than two thousand quarters".to_owned()),
    }
}

/// `None` where the unit makes more bins than anyone reads.
fn fit(unit: BinUnit, days: &[Day], horizon: &Horizon<'_>) -> Option<Fit> {
    let (first, last) = (days.iter().min().copied()?, days.iter().max().copied()?);
    let bins = bins_between(unit, first, last);
    if bins.len() > MOST_BINS {
        return None;
    }
    let mut counts = vec![0_u32; bins.len()];
    for day in days {
        counts[bin_at(&bins, *day)] += 1;
    }
    let mut finished: Vec<u32> =
        bins.iter().zip(counts).filter(|((start, end), _)| horizon.is_finished(*start, *end)).map(|(_, n)| n).collect();
    finished.sort_unstable();
    Some(Fit { unit, bins: finished.len(), median: median(&finished), score: score(&finished, days.len()) })
}

fn score(finished: &[u32], papers: usize) -> f64 {
    let sum: f64 = finished.iter().map(|&n| f64::from(n)).sum();
    let squares: f64 = finished.iter().map(|&n| f64::from(n).powi(2)).sum();
    if squares == 0.0 {
        return 0.0;
    }
    let bins = sum * sum / squares;
    sum / papers as f64 * (sum / bins / ENOUGH_PAPERS).min(1.0) * (bins / ENOUGH_BINS).min(1.0)
}

/// Median of ascending counts; 0 of none.
fn median(sorted: &[u32]) -> f64 {
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => f64::from(sorted[n / 2]),
        n => f64::midpoint(f64::from(sorted[n / 2 - 1]), f64::from(sorted[n / 2])),
    }
}
