//! Turns totals and a dispersion into the smallest rise that so many papers could have shown.
//! Does not look at the course of the theme: what it found does not change what it could have found.

use crate::dispersion::Dispersion;
use crate::logistic::{Line, Series, fit, logit, share};
use crate::tails::{normal_quantile, t_quantile};

/// Chance with which the rise is called.
const POWER: f64 = 0.8;
/// To a hundred-thousandth of the range.
const HALVINGS: usize = 17;

/// Smallest rise of share, fraction of 1, along a logistic line that starts at `level` and is found at the two-sided
/// `alpha` in four of five cases; `None` where even a rise to the whole is not.
///
/// A rise is found where the root of the statistic over dispersion exceeds the quantile of the t distribution. The root
/// is about normal with standard deviation 1 around that of the expected counts (Self, Mauritsen and Ohara 1992,
/// Biometrics 48).
/// `x` in [0, 1] and `n` above 0: as in [`crate::logistic::Series`]; `0 < level < 1`.
#[must_use]
pub fn smallest_rise(x: &[f64], n: &[f64], level: f64, dispersion: Dispersion, alpha: f64) -> Option<f64> {
    let needed = t_quantile(alpha, dispersion.degrees) + normal_quantile(2.0 * (1.0 - POWER));
    let found = |rise: f64| (expected_statistic(x, n, level, level + rise) / dispersion.value).sqrt() >= needed;
    let (mut low, mut high) = (0.0, 1.0 - level);
    if !found(high) {
        return None;
    }
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if found(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

/// The statistic of the expected counts where the truth runs from `first` to `last`.
fn expected_statistic(x: &[f64], n: &[f64], first: f64, last: f64) -> f64 {
    let line = Line { first: logit(first), last: logit(last) };
    let y = x.iter().zip(n).map(|(x, n)| n * share(line.at(*x))).collect();
    fit(&Series { x: x.to_vec(), y, n: n.to_vec() }).trend_statistic()
}
