//! Turns a series of shares into a slope and a test that assume no model.
//! Does not weigh bins by their totals: these are a check beside the verdict, not the verdict.

use crate::tails::normal_two_sided;

/// Median of the slopes between all pairs of points (Theil 1950, Sen 1968), in units of `y` a unit of `x`.
/// `x` ascends strictly; `None` for fewer than two points.
#[must_use]
pub fn theil_sen(x: &[f64], y: &[f64]) -> Option<f64> {
    let points = x.len().min(y.len());
    let mut slopes = Vec::with_capacity(points * points.saturating_sub(1) / 2);
    for i in 0..points {
        slopes.extend((0..i).map(|j| (y[i] - y[j]) / (x[i] - x[j])));
    }
    slopes.sort_unstable_by(f64::total_cmp);
    match slopes.len() {
        0 => None,
        n if n % 2 == 1 => Some(slopes[n / 2]),
        n => Some(f64::midpoint(slopes[n / 2 - 1], slopes[n / 2])),
    }
}

/// Two-sided p value of the Mann-Kendall test for a trend of `y`, in order of time: normal approximation with the
/// variance corrected for ties, without continuity correction (Kendall 1975, Rank Correlation Methods).
/// `None` for fewer than three points or where all are equal.
#[must_use]
pub fn mann_kendall(y: &[f64]) -> Option<f64> {
    let points = y.len();
    if points < 3 {
        return None;
    }
    let mut concordant = 0.0;
    for i in 0..points {
        concordant += (0..i).map(|j| f64::from(i8::from(y[i] > y[j]) - i8::from(y[i] < y[j]))).sum::<f64>();
    }
    let spread = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    let mut sorted = y.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let ties: f64 = sorted.chunk_by(|a, b| a.total_cmp(b).is_eq()).map(|group| spread(group.len() as f64)).sum();
    let variance = (spread(points as f64) - ties) / 18.0;
    (variance > 0.0).then(|| normal_two_sided(concordant / variance.sqrt()))
}
