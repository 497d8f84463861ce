//! Turns the window of a theme into what its newest bin was expected to hold, and whether it does.
//! Does not feed back into verdicts: a single bin is no trend.
//!
//! The line is fitted to the bins before the newest one and compared with the line through all of them: twice the
//! log-likelihood that the newest bin loses by having to lie on the line, over dispersion, is held against a squared t.
//! Counts are moved half a paper towards the expected one, because they are whole numbers (Yates's correction).

use crate::TrendSettings;
use crate::counts::Window;
use crate::dispersion::{Dispersion, Evidence, shrink};
use crate::fdr::benjamini_hochberg;
use crate::logistic::{Series, fit, share};
use crate::tails::{t_quantile, t_two_sided};
use model::Latest;

const ALPHA: f64 = 0.05;

/// The course of a theme up to the newest bin.
#[derive(Debug, Clone)]
struct Before {
    /// Of the bins before, on the positions that include the newest bin.
    series: Series,
    log_likelihood: f64,
    pearson: f64,
    /// Papers in the newest bin, and those of the theme expected among them.
    total: u32,
    expected: f64,
}

/// The last bin of the window against those before it. One entry a theme; `None` where fewer than four bins
/// before it have papers, or no bin has a paper of the theme.
pub(crate) fn latest(window: &Window<'_>, settings: &TrendSettings) -> Vec<Option<Latest>> {
    let position = window.first + window.totals.len() - 1;
    let befores: Vec<Option<Before>> = window.counts.iter().map(|counts| before(counts, window.totals)).collect();
    let fitted = befores.iter().flatten();
    let evidence: Vec<Evidence> =
        fitted.clone().map(|b| Evidence { pearson: b.pearson, papers: b.series.papers() }).collect();
    let degrees = fitted.clone().next().map_or(1.0, |b| b.series.x.len() as f64 - 2.0);
    let mut dispersions = shrink(&evidence, degrees).into_iter();
    let mut found: Vec<Option<Latest>> = befores
        .iter()
        .zip(&window.counts)
        .map(|(before, counts)| {
            let (before, dispersion) = (before.as_ref()?, dispersions.next()?);
            Some(compare(before, *counts.last()?, dispersion, position))
        })
        .collect();
    let q = benjamini_hochberg(&found.iter().map(|l| l.as_ref().map(|l| l.p)).collect::<Vec<_>>());
    for (latest, q) in found.iter_mut().zip(q) {
        if let (Some(latest), Some(q)) = (latest, q) {
            latest.q = q;
            latest.outside = q <= settings.q;
        }
    }
    found
}

fn before(counts: &[u32], totals: &[u32]) -> Option<Before> {
    let mut series = Series::new(counts, totals);
    let (total, count) = (*totals.last()?, *counts.last()?);
    series.x.pop();
    series.y.pop();
    series.n.pop();
    if total == 0
        || series.x.len() < 4
        || series.papers() >= series.total()
        || series.papers() + f64::from(count) == 0.0
    {
        return None;
    }
    if !series.can_be_fitted() {
        // Never seen before: nothing is expected, and nothing fits the bins before better than a share of 0.
        return Some(Before { series, log_likelihood: 0.0, pearson: 0.0, total, expected: 0.0 });
    }
    let fit = fit(&series);
    let expected = f64::from(total) * share(fit.line.at(1.0));
    Some(Before { series, log_likelihood: fit.log_likelihood, pearson: fit.pearson, total, expected })
}

fn compare(before: &Before, count: u32, dispersion: Dispersion, position: usize) -> Latest {
    let root = (before.surprise(count) / dispersion.value).sqrt();
    let limit = dispersion.value * t_quantile(ALPHA, dispersion.degrees).powi(2);
    let middle = before.expected.round() as u32;
    let within = |count: u32| before.surprise(count) <= limit;
    Latest {
        bin: position,
        count,
        expected: before.expected,
        low: middle - farthest(middle, |steps| within(middle - steps)),
        high: middle + farthest(before.total.saturating_sub(middle), |steps| within(middle + steps)),
        p: t_two_sided(root, dispersion.degrees),
        q: 1.0,
        outside: false,
    }
}

/// Largest number of steps up to `most` that stays within; 0 steps always do.
fn farthest(most: u32, within: impl Fn(u32) -> bool) -> u32 {
    let (mut inside, mut outside) = (0, most + 1);
    while outside - inside > 1 {
        let middle = inside + (outside - inside) / 2;
        *(if within(middle) { &mut inside } else { &mut outside }) = middle;
    }
    inside
}

impl Before {
    /// Twice the log-likelihood that is lost if a newest bin with `count` papers has to lie on one line with the bins
    /// before; never negative.
    fn surprise(&self, count: u32) -> f64 {
        let (count, total) = (f64::from(count), f64::from(self.total));
        let count = count + (self.expected - count).clamp(-0.5, 0.5);
        if self.series.papers() == 0.0 {
            // A line that rises out of nothing would explain any number: the theme is held against a constant share.
            return (2.0 * (free(count, total) - free(count, total + self.series.total()))).max(0.0);
        }
        let mut all = self.series.clone();
        all.x.push(1.0);
        all.y.push(count);
        all.n.push(total);
        let joined = if all.papers() > 0.0 && all.papers() < all.total() { fit(&all).log_likelihood } else { 0.0 };
        (2.0 * (self.log_likelihood + free(count, total) - joined)).max(0.0)
    }
}

/// Log-likelihood of a bin at its own share.
fn free(count: f64, total: f64) -> f64 {
    let part = |n: f64| if n > 0.0 { n * (n / total).ln() } else { 0.0 };
    part(count) + part(total - count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[u32]], totals: &[u32]) -> Vec<Option<Latest>> {
        let window = Window { first: 22, bins: &[], totals, counts: rows.to_vec() };
        latest(&window, &TrendSettings::default())
    }

    #[test]
    fn a_jump_lies_outside_and_the_usual_inside() {
        let totals = [100; 9];
        let jump = [5, 4, 6, 5, 5, 4, 6, 5, 22];
        let usual = [5, 6, 4, 5, 7, 5, 4, 6, 5];
        let new = [0, 0, 0, 0, 0, 0, 0, 0, 9];
        let none = [0; 9];
        let found = of(&[&jump, &usual, &new, &none], &totals);
        let jump = found[0].as_ref().unwrap();
        assert!(jump.outside && jump.high < 22, "{jump:?}");
        let usual = found[1].as_ref().unwrap();
        assert!(!usual.outside && usual.low <= 5 && 5 <= usual.high, "{usual:?}");
        assert!(found[2].as_ref().unwrap().outside);
        assert_eq!(found[3], None);
    }

    #[test]
    fn the_range_is_that_of_a_poisson_count_for_a_small_steady_theme() {
        let totals = [1000; 13];
        let counts = [4; 13];
        let found = of(&[&counts], &totals);
        let latest = found[0].as_ref().unwrap();
        // Poisson(4): 0.018 below 1 and 0.021 above 8; the fitted level adds a little.
        assert!(latest.low <= 1 && (8..=11).contains(&latest.high), "{latest:?}");
        assert!((latest.expected - 4.0).abs() < 1e-6);
    }
}
