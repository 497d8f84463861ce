//! Turns a planted truth into many reports of simulated papers, and scores the verdicts of each against the truth.
//! Prints nothing: the example prints the table, the test holds a shorter one against its limits.

use model::{Bin, Day, VerdictKind};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use trends::{TrendSettings, Window, bins_between, judge};

/// A world that reports are drawn from.
#[derive(Debug, Clone)]
pub struct World {
    pub papers_a_bin: usize,
    /// Variance of counts over binomial variance: 1 for papers that come singly.
    pub dispersion: f64,
    /// True share of each theme in the first and in the last bin; logits run straight between them.
    pub shares: Vec<(f64, f64)>,
}

/// What came out, summed over reports.
#[derive(Debug, Clone, Default)]
pub struct Score {
    pub reports: usize,
    /// Reports that call any theme without a trend rising or falling.
    pub with_false_verdict: usize,
    /// Sum over reports of false verdicts over verdicts.
    pub false_discovery: f64,
    /// Themes with an interval, and those whose interval holds the true change.
    pub intervals: usize,
    pub covering: usize,
    /// Themes with a true trend, and those called so in the right direction.
    pub moving: usize,
    pub found: usize,
    /// Of the moving themes, those whose true change is at least what the report states as detectable, and how many of
    /// them were found: four of five, as the statement says.
    pub detectable_moving: usize,
    pub detectable_found: usize,
    /// Themes called flat, those of them whose true change is beyond the margin, and reports with any of these.
    pub flat: usize,
    pub flat_wrongly: usize,
    pub with_wrong_flat: usize,
    /// `detectable` of the last theme, one entry a report that states it.
    pub detectable: Vec<f64>,
}

pub const BINS: usize = 12;

/// Forty themes from 0.5% to 6% of the papers, equally spaced in the logarithm; the rest is in no theme.
pub fn steady_shares() -> Vec<(f64, f64)> {
    let share = |i: usize| 0.005 * 12.0_f64.powf(i as f64 / 39.0);
    (0..40).map(|i| (share(i), share(i))).collect()
}

/// Scores `reports` reports of the world, each drawn from its own seed.
pub fn study(world: &World, reports: u64, seed: u64) -> Score {
    let mut score = Score::default();
    for report in 0..reports {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed.wrapping_mul(1_000_003).wrapping_add(report));
        score_report(world, &draw(world, &mut random), &mut score);
    }
    score
}

/// Counts by theme and bin.
pub fn draw(world: &World, random: &mut Xoshiro256PlusPlus) -> Vec<Vec<u32>> {
    let mut counts = vec![vec![0; BINS]; world.shares.len()];
    let positions = (0..BINS).map(|bin| (bin, bin as f64 / (BINS - 1) as f64));
    for (bin, x) in positions {
        let shares: Vec<f64> = world.shares.iter().map(|&(a, b)| between(a, b, x)).collect();
        for theme in draw_bin(world, &shares, random).into_iter().flatten() {
            counts[theme][bin] += 1;
        }
    }
    counts
}

fn between(first: f64, last: f64, x: f64) -> f64 {
    let logit = |p: f64| (p / (1.0 - p)).ln();
    let at = (1.0 - x) * logit(first) + x * logit(last);
    1.0 / (1.0 + (-at).exp())
}

/// The theme of each paper of a bin: Polya's urn, whose counts are Dirichlet-multinomial with the wanted dispersion.
fn draw_bin(world: &World, shares: &[f64], random: &mut Xoshiro256PlusPlus) -> Vec<Option<usize>> {
    let n = world.papers_a_bin as f64;
    let concentration = (n - world.dispersion) / (world.dispersion - 1.0);
    let mut themes: Vec<Option<usize>> = Vec::with_capacity(world.papers_a_bin);
    for drawn in 0..world.papers_a_bin {
        let fresh =
            concentration.is_infinite() || random.r#gen::<f64>() * (concentration + drawn as f64) < concentration;
        let theme = if fresh { pick(shares, random.r#gen()) } else { themes[random.gen_range(0..drawn)] };
        themes.push(theme);
    }
    themes
}

fn pick(shares: &[f64], mut at: f64) -> Option<usize> {
    shares.iter().position(|share| {
        at -= share;
        at < 0.0
    })
}

fn score_report(world: &World, counts: &[Vec<u32>], score: &mut Score) {
    let bins: Vec<Bin> = bins_between(model::BinUnit::Month, Day::constant(2024, 1, 1), Day::constant(2024, 12, 31))
        .into_iter()
        .map(|(start, end)| Bin { start, end, finished: true })
        .collect();
    let totals = vec![u32::try_from(world.papers_a_bin).unwrap_or(u32::MAX); BINS];
    let window = Window { first: 0, bins: &bins, totals: &totals, counts: counts.iter().map(Vec::as_slice).collect() };
    let verdicts = judge(&window, &TrendSettings::default());
    let (mut called, mut wrong, flat_wrongly) = (0, 0, score.flat_wrongly);
    for (verdict, (first, last)) in verdicts.iter().zip(&world.shares) {
        let truth = last - first;
        let right = match verdict.kind {
            VerdictKind::Rising => truth > 0.0,
            VerdictKind::Falling => truth < 0.0,
            VerdictKind::Flat | VerdictKind::TooFewPapers => false,
        };
        let moved = matches!(verdict.kind, VerdictKind::Rising | VerdictKind::Falling);
        called += usize::from(moved);
        wrong += usize::from(moved && !right);
        score.moving += usize::from(truth != 0.0);
        score.found += usize::from(right);
        let detectable = truth != 0.0 && verdict.detectable.is_some_and(|change| change <= truth.abs());
        score.detectable_moving += usize::from(detectable);
        score.detectable_found += usize::from(detectable && right);
        if let (Some(low), Some(high)) = (verdict.change_low, verdict.change_high) {
            score.intervals += 1;
            score.covering += usize::from(low <= truth && truth <= high);
        }
        let flat = verdict.kind == VerdictKind::Flat;
        score.flat += usize::from(flat);
        score.flat_wrongly += usize::from(flat && truth.abs() > verdict.margin);
    }
    score.reports += 1;
    score.with_wrong_flat += usize::from(score.flat_wrongly > flat_wrongly);
    score.with_false_verdict += usize::from(wrong > 0);
    score.false_discovery += f64::from(u32::try_from(wrong).unwrap_or(0)) / called.max(1) as f64;
    score.detectable.extend(verdicts.last().and_then(|v| v.detectable));
}
