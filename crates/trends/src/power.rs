//! Turns totals and a dispersion into the smallest rise that so many papers could have shown.
//! Does not look at the course of the theme: what it found does not change what it could have found.

use crate::dispersion::Dispersion;
use crate::logistic::{Line, logit, share};
use crate::tails::{normal_quantile, t_quantile};

/// Chance with which the rise is called.
const POWER: f64 = 0.8;
const HALVINGS: usize = 60;

/// Smallest rise of share, fraction of 1, along a logistic line that starts at `level` and is found at the two-sided
/// `alpha` in four of five cases; `None` where even a rise to the whole is not.
///
/// A rise is found where the square root of the deviance that the slope gains, over dispersion, exceeds the quantile
/// of the t distribution. Its expectation is that of the expected counts (twice their Kullback-Leibler divergence from
/// the best horizontal line), its standard deviation about 1 (Self, Mauritsen and Ohara 1992, Biometrics 48).
/// `x` in [0, 1] and `n` above 0: as in [`crate::logistic::Series`]; `0 < level < 1`.
#[must_use]
pub fn smallest_rise(x: &[f64], n: &[f64], level: f64, dispersion: Dispersion, alpha: f64) -> Option<f64> {
    let needed = t_quantile(alpha, dispersion.degrees) + normal_quantile(2.0 * (1.0 - POWER));
    let found = |rise: f64| (divergence(x, n, level, level + rise) / dispersion.value).sqrt() >= needed;
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

/// Expected deviance of a horizontal line where the truth runs from `first` to `last`.
fn divergence(x: &[f64], n: &[f64], first: f64, last: f64) -> f64 {
    let line = Line { first: logit(first), last: logit(last) };
    let shares: Vec<f64> = x.iter().map(|x| share(line.at(*x))).collect();
    let mean = shares.iter().zip(n).map(|(p, n)| p * n).sum::<f64>() / n.iter().sum::<f64>();
    let kl = |p: f64| p * (p / mean).ln() + (1.0 - p) * ((1.0 - p) / (1.0 - mean)).ln();
    2.0 * shares.iter().zip(n).map(|(&p, n)| n * kl(p)).sum::<f64>()
}
