//! Turns the counts of all themes over one window into a verdict for each.
//! Does not choose the window, and never calls a theme rising because its line slopes upward.
//!
//! Test: how much better the logistic line is than the horizontal one, by quasi-likelihood. The root of it is held
//! against a t distribution, with a dispersion shrunk over themes. It needs no fitted slope, so that a theme which
//! exists in the last bins only (a slope of infinity, where Wald tests fail) comes out as rising.

use crate::TrendSettings;
use crate::counts::Window;
use crate::dispersion::{Dispersion, Evidence, shrink};
use crate::fdr::benjamini_hochberg;
use crate::logistic::{Fit, Series, fit, share};
use crate::power::smallest_rise;
use crate::rank::{mann_kendall, theil_sen};
use crate::region::{Quantity, Region};
use crate::tails::{t_quantile, t_two_sided};
use model::{Verdict, VerdictKind};

/// The level of all intervals is 1 less this.
const ALPHA: f64 = 0.05;
/// Halvings that find the widest interval within the margin: its p value is then exact to a percent or so.
const FLAT_HALVINGS: usize = 12;
/// A ratio beyond this is not told from an infinite one: the share at one end is 0 for all that is known.
const LARGEST_RATIO: f64 = 1e4;

/// A theme that could be fitted.
#[derive(Debug, Clone)]
struct Tested {
    series: Series,
    fit: Fit,
    dispersion: Dispersion,
    p: f64,
}

/// One verdict a theme, in the order of the window's counts.
#[must_use]
pub fn judge(window: &Window<'_>, settings: &TrendSettings) -> Vec<Verdict> {
    judge_series(window, series(window), settings)
}

fn series(window: &Window<'_>) -> Vec<Series> {
    window.counts.iter().map(|counts| Series::new(counts, window.totals)).collect()
}

/// The same from one series a theme, which need not be the counts of the window: its papers may be weighed.
pub(crate) fn judge_series(window: &Window<'_>, series: Vec<Series>, settings: &TrendSettings) -> Vec<Verdict> {
    let pairs = window.counts.iter().zip(&series);
    let mut verdicts: Vec<Verdict> = pairs.map(|(counts, series)| outline(window, counts, series)).collect();
    let tested = test(series);
    let q = benjamini_hochberg(&tested.iter().map(|t| t.as_ref().map(|t| t.p)).collect::<Vec<_>>());
    let tests = q.iter().flatten().count();
    let mut flatness = vec![None; verdicts.len()];
    for (theme, verdict) in verdicts.iter_mut().enumerate() {
        if let Some((tested, q)) = tested[theme].as_ref().zip(q[theme]) {
            let region = complete(verdict, tested, q, tests, settings);
            flatness[theme] = Some(change_beyond(&region, tested, verdict.margin));
        }
    }
    let flat_q = benjamini_hochberg(&flatness);
    for (verdict, flat_q) in verdicts.iter_mut().zip(flat_q) {
        match flat_q {
            Some(flat_q) => (verdict.kind, verdict.reason) = decide(verdict, flat_q, settings.q),
            None => verdict.reason = why_nothing(window, verdict.papers),
        }
    }
    verdicts
}

/// Fits every theme and tests its slope; `None` where nothing can be fitted.
fn test(series: Vec<Series>) -> Vec<Option<Tested>> {
    let fits: Vec<Option<Fit>> = series.iter().map(|s| s.can_be_fitted().then(|| fit(s))).collect();
    let mut dispersions = dispersions(&series, &fits).into_iter();
    let tested = series.into_iter().zip(fits).map(|(series, fit)| {
        let fit = fit?;
        let dispersion = dispersions.next()?;
        let p = t_two_sided((fit.trend_statistic() / dispersion.value).sqrt(), dispersion.degrees);
        Some(Tested { series, fit, dispersion, p })
    });
    tested.collect()
}

/// Whether each theme rises or falls, as [`judge`] would say of the window; `None` where it does neither.
pub(crate) fn moves(window: &Window<'_>, settings: &TrendSettings) -> Vec<Option<VerdictKind>> {
    let tested = test(series(window));
    let q = benjamini_hochberg(&tested.iter().map(|t| t.as_ref().map(|t| t.p)).collect::<Vec<_>>());
    let direction =
        |t: Tested| if t.fit.line.last > t.fit.line.first { VerdictKind::Rising } else { VerdictKind::Falling };
    let passed = tested.into_iter().zip(q).map(|(t, q)| t.filter(|_| q.is_some_and(|q| q <= settings.q)));
    passed.map(|t| t.map(direction)).collect()
}

/// One entry a theme that was fitted.
fn dispersions(series: &[Series], fits: &[Option<Fit>]) -> Vec<Dispersion> {
    let fitted = series.iter().zip(fits).filter_map(|(s, f)| Some((s, f.as_ref()?)));
    let evidence: Vec<Evidence> = fitted.map(|(s, f)| Evidence { pearson: f.pearson, papers: s.papers() }).collect();
    // All themes share the totals, and so the bins that are not empty.
    let degrees = fits.iter().flatten().next().map_or(1.0, |f| f.degrees);
    shrink(&evidence, degrees)
}

/// What needs no fit.
fn outline(window: &Window<'_>, counts: &[u32], series: &Series) -> Verdict {
    let width = counts.len().saturating_sub(1).max(1) as f64;
    let x: Vec<f64> = series.x.iter().map(|x| (x * width).round()).collect();
    let y: Vec<f64> = series.y.iter().zip(&series.n).map(|(y, n)| y / n).collect();
    Verdict {
        window_start: window.bins[0].start,
        window_end: window.bins[window.bins.len() - 1].end,
        papers: counts.iter().sum(),
        total: window.totals.iter().sum(),
        theil_sen: theil_sen(&x, &y),
        mann_kendall_p: mann_kendall(&y),
        ..Verdict::default()
    }
}

/// Fills in what the fit says, and returns the region of the 95% intervals.
fn complete<'a>(
    verdict: &mut Verdict,
    tested: &'a Tested,
    q: f64,
    tests: usize,
    settings: &TrendSettings,
) -> Region<'a> {
    let Tested { series, fit, dispersion, p } = tested;
    let quantile = t_quantile(ALPHA, dispersion.degrees);
    let region = Region::new(series, fit, 0.5 * dispersion.value * quantile * quantile);
    let (low, high) = region.interval(Quantity::Change);
    let (ratio_low, ratio_high) = region.interval(Quantity::LogRatio);
    let ratio = |log: f64| (log < LARGEST_RATIO.ln()).then(|| log.exp());
    let change = Quantity::Change.of(fit.line);
    let level = series.papers() / series.total();
    verdict.share_first = Some(share(fit.line.first));
    verdict.share_last = Some(share(fit.line.last));
    verdict.change = Some(change);
    verdict.change_low = Some(low);
    verdict.change_high = Some(high);
    verdict.ratio = ratio(Quantity::LogRatio.of(fit.line));
    verdict.ratio_low = ratio(ratio_low);
    verdict.ratio_high = ratio(ratio_high);
    verdict.p = Some(*p);
    verdict.q = Some(q);
    verdict.dispersion = Some(dispersion.value);
    verdict.margin = settings.flat_margin.min(level / 2.0);
    // The theme may be the only one that moves: then it has to pass at the sharpest level of Benjamini and Hochberg.
    let sharpest = settings.q / tests as f64;
    verdict.detectable = smallest_rise(&series.x, &series.n, level, *dispersion, sharpest);
    region
}

/// One-sided p value of "the change is not within the margin": that of the widest interval that still is within.
/// 1 where the 95% interval is not, which is all that is asked of such a theme.
fn change_beyond(region: &Region<'_>, tested: &Tested, margin: f64) -> f64 {
    let within = |region: &Region<'_>| {
        let (low, high) = region.interval(Quantity::Change);
        -margin <= low && high <= margin
    };
    if !within(region) {
        return 1.0;
    }
    let (mut inside, mut outside) = (1.0, 64.0);
    for _ in 0..FLAT_HALVINGS {
        let middle = f64::midpoint(inside, outside);
        let wider = Region::new(&tested.series, &tested.fit, region.drop() * middle);
        *(if within(&wider) { &mut inside } else { &mut outside }) = middle;
    }
    let root = (2.0 * region.drop() * inside / tested.dispersion.value).sqrt();
    0.5 * t_two_sided(root, tested.dispersion.degrees)
}

/// `flat_q` is the q value of "the change is not within the margin".
fn decide(verdict: &Verdict, flat_q: f64, limit: f64) -> (VerdictKind, String) {
    let numbers = (verdict.change, verdict.change_low, verdict.change_high, verdict.q);
    let (Some(change), Some(_), Some(_), Some(q)) = numbers else { return Default::default() };
    if q <= limit {
        let kind = if change > 0.0 { VerdictKind::Rising } else { VerdictKind::Falling };
        return (kind, format!("chance hardly explains it: q is at most {limit:.2}"));
    }
    let margin = 100.0 * verdict.margin;
    if flat_q <= ALPHA {
        return (VerdictKind::Flat, format!("the whole interval lies within {margin:.1} points of none"));
    }
    let none = if verdict.detectable.is_none() { "; no rise could have been told from chance" } else { "" };
    (VerdictKind::TooFewPapers, format!("the papers show neither a change beyond chance nor that there is none{none}"))
}

fn why_nothing(window: &Window<'_>, papers: u32) -> String {
    let filled = window.totals.iter().filter(|&&n| n > 0).count();
    if papers == 0 {
        "the theme has no paper in the window".to_owned()
    } else if filled < 4 {
        let have = if filled == 1 { "bin of the window has" } else { "bins of the window have" };
        format!("only {filled} {have} papers, and a trend needs 4")
    } else {
        "all papers of the window are in this theme".to_owned()
    }
}
