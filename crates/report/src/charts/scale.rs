//! Turns values into places along an axis, and a largest value into round ticks.
//! Does not draw axes.

use crate::format;

/// Round values from 0 up to the first one that is at least `largest`, three to six of them.
/// Steps are 1, 2, 2.5 or 5 times a power of ten.
pub fn ticks(largest: f64) -> Vec<f64> {
    let largest = if largest.is_finite() && largest > 0.0 { largest } else { 0.01 };
    let step = step(largest / 4.0);
    let n = (largest / step - 1e-9).ceil().max(1.0) as usize;
    (0..=n).map(|i| tidy(i as f64 * step)).collect()
}

/// Round values within [low, high], 0 among them where it lies inside.
pub fn ticks_between(low: f64, high: f64) -> Vec<f64> {
    let step = step((high - low) / 6.0);
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    (first..=last).map(|i| tidy(i as f64 * step)).collect()
}

/// 3 x 0.025 is 0.07500000000000001.
fn tidy(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

fn step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|f| f * power >= rough * (1.0 - 1e-9)).unwrap_or(10.0);
    factor * power
}

/// A share on an axis: no decimals where none of the ticks has any.
pub fn share_tick(value: f64, step: f64) -> String {
    let percent = value * 100.0;
    let decimals = if (step * 100.0).fract().abs() < 1e-9 || value == 0.0 { 0 } else { usize::from(step < 0.001) + 1 };
    format!("{percent:.decimals$}%")
}

/// Percentage points on an axis, signed.
pub fn points_tick(value: f64) -> String {
    let text = format::points(value);
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// Where `value` of [low, high] lies in [from, to]; values outside are held at the ends.
pub fn place(value: f64, (low, high): (f64, f64), (from, to): (f64, f64)) -> f64 {
    let t = if high > low { (value - low) / (high - low) } else { 0.5 };
    from + t.clamp(0.0, 1.0) * (to - from)
}

/// The value below which a share `q` of the sorted values lies; 0 for none.
pub fn quantile(sorted: &[f64], q: f64) -> f64 {
    let last = sorted.len().saturating_sub(1) as f64;
    sorted.get((last * q).round() as usize).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_largest_value() {
        assert_eq!(ticks(0.081), [0.0, 0.025, 0.05, 0.075, 0.1]);
        assert_eq!(ticks(0.0), ticks(0.01));
        assert_eq!(ticks(1.0), [0.0, 0.25, 0.5, 0.75, 1.0]);
        for largest in [0.0003, 0.017, 0.2, 0.99, f64::NAN] {
            let ticks = ticks(largest);
            assert!((3..=6).contains(&ticks.len()), "{largest}: {ticks:?}");
            assert!(largest.is_nan() || ticks[ticks.len() - 1] >= largest);
        }
    }

    #[test]
    fn ticks_between_hold_zero() {
        let ticks = ticks_between(-0.031, 0.062);
        assert!(ticks.contains(&0.0) && ticks.iter().all(|t| (-0.031..=0.062).contains(t)), "{ticks:?}");
    }

    #[test]
    fn tick_labels_show_no_needless_decimals() {
        assert_eq!((share_tick(0.05, 0.05), share_tick(0.025, 0.025)), ("5%".to_owned(), "2.5%".to_owned()));
        assert_eq!((points_tick(0.02), points_tick(0.0)), ("+2".to_owned(), "0".to_owned()));
    }
}
