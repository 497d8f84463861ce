//! Turns statistics into p values and levels into quantiles, for the normal and the t distribution.
//! Does not know what is tested.

use statrs::distribution::{Continuous, ContinuousCDF, StudentsT};
use statrs::function::erf::{erfc, erfc_inv};
use std::f64::consts::SQRT_2;

/// Probability of a standard normal at least as far from 0 as `z`.
pub(crate) fn normal_two_sided(z: f64) -> f64 {
    erfc(z.abs() / SQRT_2)
}

/// The `z` with `normal_two_sided(z) = level`, `0 < level <= 1`.
pub(crate) fn normal_quantile(level: f64) -> f64 {
    SQRT_2 * erfc_inv(level)
}

/// Probability of a t variable at least as far from 0 as `t`. `degrees` is above 0 and finite.
pub(crate) fn t_two_sided(t: f64, degrees: f64) -> f64 {
    StudentsT::new(0.0, 1.0, degrees).map_or(1.0, |d| (2.0 * d.sf(t.abs())).min(1.0))
}

/// The `t > 0` with `t_two_sided(t) = level`, `0 < level < 1`, by Newton's method from the normal quantile held within
/// a bracket.
pub(crate) fn t_quantile(level: f64, degrees: f64) -> f64 {
    let Ok(distribution) = StudentsT::new(0.0, 1.0, degrees) else { return normal_quantile(level) };
    let (mut low, mut high) = (0.0, 2.0);
    while 2.0 * distribution.sf(high) > level && high < 1e300 {
        high *= 2.0;
    }
    let mut t = normal_quantile(level).clamp(low, high);
    for _ in 0..200 {
        let excess = 2.0 * distribution.sf(t) - level;
        if excess > 0.0 {
            low = t;
        } else {
            high = t;
        }
        let newton = t + excess / (2.0 * distribution.pdf(t));
        let next = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
        if (next - t).abs() <= 1e-14 * t {
            break;
        }
        t = next;
    }
    t
}
