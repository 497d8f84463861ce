//! Turns the counts of a theme into its first and last bin, and how odd the silence before and after is.
//! Does not say that a theme is new to the world: only that it is new to these papers.

use crate::counts::Window;
use crate::fdr::benjamini_hochberg;
use model::Appearance;
use statrs::function::gamma::ln_gamma;

/// When each theme appears in the window; `None` for a theme without a paper in it. `dispersions` has an entry a theme: papers that come in clumps are worth fewer that come singly.
/// The silences before are held to a false-discovery rate of `q` over all themes, and so are the silences after.
pub(crate) fn appearances(window: &Window<'_>, dispersions: &[f64], q: f64) -> Vec<Option<Appearance>> {
    let pairs = window.counts.iter().zip(dispersions);
    let mut found: Vec<Option<Appearance>> = pairs.map(|(counts, d)| appearance(window.totals, counts, *d)).collect();
    let tested =
        |p: fn(&Appearance) -> f64| benjamini_hochberg(&found.iter().map(|a| a.as_ref().map(p)).collect::<Vec<_>>());
    let (before, after) = (tested(|a| a.p_before), tested(|a| a.p_after));
    for (theme, appearance) in found.iter_mut().enumerate() {
        if let Some(appearance) = appearance {
            appearance.first += window.first;
            appearance.last += window.first;
            appearance.emerging = before[theme].is_some_and(|value| value <= q);
            appearance.fading = after[theme].is_some_and(|value| value <= q);
        }
    }
    found
}

fn appearance(totals: &[u32], counts: &[u32], dispersion: f64) -> Option<Appearance> {
    let first = counts.iter().position(|&c| c > 0)?;
    let last = counts.iter().rposition(|&c| c > 0)?;
    let sum = |values: &[u32]| values.iter().map(|&v| f64::from(v)).sum::<f64>();
    let (papers, total) = (sum(counts) / dispersion, sum(totals) / dispersion);
    let p_before = silence(papers, total, sum(&totals[..first]) / dispersion);
    let p_after = silence(papers, total, sum(&totals[last + 1..]) / dispersion);
    Some(Appearance { first, last, p_before, p_after, emerging: false, fading: false })
}

/// Probability that none of `papers` lies among `silent` of `total` papers where all are equally likely: the
/// hypergeometric `C(total - papers, silent) / C(total, silent)`, by gamma functions, so that numbers need not be whole.
#[must_use]
pub(crate) fn silence(papers: f64, total: f64, silent: f64) -> f64 {
    let others = total - papers;
    if silent <= 0.0 {
        return 1.0;
    }
    if silent > others {
        return 0.0;
    }
    let factorial = |n: f64| ln_gamma(n + 1.0);
    (factorial(others) - factorial(others - silent) - factorial(total) + factorial(total - silent)).exp().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_of_the_last_bins_emerges_and_one_of_all_bins_does_not() {
        let totals = [60; 8];
        let (late, even, none) = ([0, 0, 0, 0, 0, 2, 3, 4], [2, 1, 3, 2, 0, 2, 1, 2], [0; 8]);
        let window = Window { first: 5, bins: &[], totals: &totals, counts: vec![&late, &even, &none] };
        let found = appearances(&window, &[1.0; 3], 0.1);
        let late = found[0].as_ref().unwrap();
        assert_eq!((late.first, late.last), (10, 12));
        assert!(late.emerging && !late.fading);
        assert!(late.p_before < 1e-3 && (late.p_after - 1.0).abs() < 1e-12);
        assert!(!found[1].as_ref().unwrap().emerging);
        assert_eq!(found[2], None);
    }

    #[test]
    fn clumped_papers_make_silence_less_odd() {
        assert!(silence(9.0 / 2.0, 240.0, 150.0) > silence(9.0, 480.0, 300.0));
    }
}
