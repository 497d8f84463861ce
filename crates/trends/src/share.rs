//! Turns counts and totals into shares with their intervals.
//! Does not look at the course over time.

use model::Share;

/// 1.96: the two-sided 95% quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's 95% interval of a share, fractions of 1, for `count` of `total` (above 0) papers
/// (Wilson 1927, Journal of the American Statistical Association 22).
///
/// `dispersion` (at least 1) is variance over binomial variance: papers that come in clumps are worth
/// `total / dispersion` that come singly, and the interval is that of so many.
#[must_use]
pub fn wilson(count: u32, total: u32, dispersion: f64) -> (f64, f64) {
    wilson_of_share(f64::from(count) / f64::from(total), f64::from(total) / dispersion)
}

/// The same for a share `p` of `n` (above 0) papers, which need not be whole.
pub(crate) fn wilson_of_share(p: f64, n: f64) -> (f64, f64) {
    let scale = 1.0 + Z * Z / n;
    let middle = (p + Z * Z / (2.0 * n)) / scale;
    let half = Z / scale * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    // Rounding may leave the end at 0 (1) a hair beside the share that it has to hold.
    ((middle - half).clamp(0.0, p), (middle + half).clamp(p, 1.0))
}

/// The share of a theme in each bin. `counts` and `totals` have an entry a bin.
#[must_use]
pub fn shares(counts: &[u32], totals: &[u32], dispersion: f64) -> Vec<Share> {
    let share = |(&count, &total): (&u32, &u32)| {
        if total == 0 {
            return Share { count, total, share: None, low: None, high: None };
        }
        let (low, high) = wilson(count, total, dispersion);
        let share = f64::from(count) / f64::from(total);
        Share { count, total, share: Some(share), low: Some(low), high: Some(high) }
    };
    counts.iter().zip(totals).map(share).collect()
}
