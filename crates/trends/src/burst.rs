//! Turns counts and totals into bursts: runs of bins in which a theme's share was well above its usual one.
//! Does not trust what it finds: a burst is kept only where papers with shuffled dates hardly ever show its like.
//!
//! Kleinberg's two-state automaton for batched arrivals (2003, Data Mining and Knowledge Discovery 7): in the usual
//! state papers of the theme come with its overall share, in the burst state with twice the odds (Kleinberg doubles the
//! share, which has no meaning above one half). Entering the burst state costs `ln bins`, leaving it nothing. The
//! states are those of least cost; the weight of a burst is what the burst state explains better, in nats.

use crate::TrendSettings;
use crate::counts::Window;
use crate::fdr::benjamini_hochberg;
use model::Burst;
use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

/// Odds of the burst state over those of the usual state.
const ODDS: f64 = 2.0;
/// A burst that so many shuffles have beaten is not looked at any longer: its p value is known to a quarter or so, and
/// with the usual number of shuffles it is 0.02 or more.
const SETTLED: u32 = 20;

/// A run of bins in the burst state, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    first: usize,
    last: usize,
    weight: f64,
}

/// The bursts of each theme in the window, in order of time.
///
/// `clumping` (at least 1) is the usual dispersion of the corpus: papers are shuffled in clumps that have it. A burst's
/// p value is the share of shuffles in which the same theme shows any burst as heavy: see [`Rivals`].
pub(crate) fn bursts(window: &Window<'_>, clumping: f64, settings: &TrendSettings) -> Vec<Vec<Burst>> {
    let runs: Vec<Vec<Run>> = window.counts.iter().map(|counts| runs(counts, window.totals)).collect();
    let rivals = rivals(window, &runs, clumping, settings);
    // A theme without a burst was looked at too, and found nothing.
    let p: Vec<Option<f64>> = rivals
        .iter()
        .flat_map(|theme| if theme.is_empty() { vec![Some(1.0)] } else { theme.iter().map(|r| Some(r.p())).collect() })
        .collect();
    let q = benjamini_hochberg(&p);
    let mut tests = p.into_iter().zip(q).map(|(p, q)| (p.unwrap_or(1.0), q.unwrap_or(1.0)));
    let kept = runs.iter().zip(&window.counts).map(|(theme, counts)| {
        let count = theme.len().max(1);
        let tests: Vec<(f64, f64)> = tests.by_ref().take(count).collect();
        let passed = theme.iter().zip(tests).filter(|(_, (_, q))| *q <= settings.q);
        passed.map(|(run, test)| burst(window, counts, *run, test)).collect()
    });
    kept.collect()
}

fn burst(window: &Window<'_>, counts: &[u32], run: Run, (p, q): (f64, f64)) -> Burst {
    let bins = run.first..=run.last;
    Burst {
        first: window.first + run.first,
        last: window.first + run.last,
        start: window.bins[run.first].start,
        end: window.bins[run.last].end,
        weight: run.weight,
        papers: counts[bins.clone()].iter().sum(),
        total: window.totals[bins].iter().sum(),
        p,
        q,
    }
}

/// What shuffles have shown of one burst: how many were made, and how many showed one at least as heavy.
#[derive(Debug, Clone, Copy, Default)]
struct Rivals {
    shuffles: u32,
    heavier: u32,
}

impl Rivals {
    fn is_settled(self) -> bool {
        self.heavier >= SETTLED
    }

    /// `heavier / shuffles` where the number that settles it was reached, else `(heavier + 1) / (shuffles + 1)`: a valid
    /// p value although the number of shuffles depends on what they show (Besag and Clifford 1991, Biometrika 78).
    fn p(self) -> f64 {
        if self.is_settled() {
            f64::from(self.heavier) / f64::from(self.shuffles)
        } else {
            f64::from(self.heavier + 1) / f64::from(self.shuffles + 1)
        }
    }
}

/// Shuffles that are made side by side; what the last ones show is not counted for bursts that the first ones have settled.
const SIDE_BY_SIDE: usize = 32;

/// Shuffles until every burst is settled, or as often as the settings say: not at all where there is no burst.
fn rivals(window: &Window<'_>, runs: &[Vec<Run>], clumping: f64, settings: &TrendSettings) -> Vec<Vec<Rivals>> {
    let mut rivals: Vec<Vec<Rivals>> = runs.iter().map(|theme| vec![Rivals::default(); theme.len()]).collect();
    let is_open = |theme: &Vec<Rivals>| theme.iter().any(|r| !r.is_settled());
    let mut made = 0;
    while made < settings.shuffles && rivals.iter().any(is_open) {
        let open: Vec<bool> = rivals.iter().map(is_open).collect();
        let next = made..settings.shuffles.min(made + SIDE_BY_SIDE);
        made = next.end;
        let shuffles: Vec<Vec<f64>> =
            next.into_par_iter().map(|number| heaviest(window, clumping, (settings.seed, number), &open)).collect();
        for heaviest in shuffles {
            for ((theme, heaviest), rivals) in runs.iter().zip(heaviest).zip(&mut rivals) {
                meet(theme, heaviest, rivals);
            }
        }
    }
    rivals
}

/// The weight of the heaviest run of each theme that is `open` in one shuffle, which depends on the seed and its number only.
fn heaviest(window: &Window<'_>, clumping: f64, (seed, number): (u64, usize), open: &[bool]) -> Vec<f64> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed.wrapping_mul(1_000_003).wrapping_add(number as u64));
    let mut clumps = clumps(window, clumping, &mut random);
    clumps.shuffle(&mut random);
    let shuffled = recount(&clumps, window);
    let heaviest = |(counts, open): (&Vec<u32>, &bool)| {
        let runs = if *open { runs(counts, window.totals) } else { Vec::new() };
        runs.iter().map(|run| run.weight).fold(0.0, f64::max)
    };
    shuffled.iter().zip(open).map(heaviest).collect()
}

/// Holds the bursts of one theme that are not settled against the heaviest of its runs in one more shuffle.
fn meet(theme: &[Run], heaviest: f64, rivals: &mut [Rivals]) {
    for (run, rivals) in theme.iter().zip(rivals).filter(|(_, rivals)| !rivals.is_settled()) {
        rivals.shuffles += 1;
        rivals.heavier += u32::from(heaviest >= run.weight);
    }
}

/// All papers of the window in clumps of one theme, `(theme, papers)`; one past the last theme for papers in none.
///
/// Real papers come in clumps: what is shuffled has to, or every clump passes for a burst. The sizes follow the
/// logarithmic distribution with parameter `1 - 1 / clumping`: a Poisson number of such clumps is a negative binomial
/// count of that dispersion (Quenouille 1949, Biometrics 5). With a dispersion of 1 all papers come singly.
fn clumps(window: &Window<'_>, clumping: f64, random: &mut Xoshiro256PlusPlus) -> Vec<(u32, u32)> {
    let total: u32 = window.totals.iter().sum();
    let mut sizes: Vec<u32> = window.counts.iter().map(|counts| counts.iter().sum()).collect();
    sizes.push(total - sizes.iter().sum::<u32>());
    let parameter = 1.0 - 1.0 / clumping;
    let single = single(parameter);
    let mut clumps = Vec::with_capacity(total as usize);
    for (theme, mut rest) in (0..).zip(sizes) {
        while rest > 0 {
            let size = logarithmic(parameter, single, rest, random);
            clumps.push((theme, size));
            rest -= size;
        }
    }
    clumps
}

/// `P(1)` of [`logarithmic`].
fn single(parameter: f64) -> f64 {
    if parameter > 0.0 { -parameter / (-parameter).ln_1p() } else { 1.0 }
}

/// A number from the logarithmic distribution, `P(k) = -parameter^k / (k ln(1 - parameter))`, and at most `most`. `single`: P(1),
/// which is the same for all.
fn logarithmic(parameter: f64, single: f64, most: u32, random: &mut Xoshiro256PlusPlus) -> u32 {
    if parameter <= 0.0 {
        return 1;
    }
    let mut left: f64 = random.r#gen();
    let mut chance = single;
    let mut size = 1;
    while left >= chance && size < most {
        left -= chance;
        chance *= parameter * f64::from(size) / f64::from(size + 1);
        size += 1;
    }
    size
}

/// Counts by theme and bin where the clumps fill the bins in their order.
fn recount(clumps: &[(u32, u32)], window: &Window<'_>) -> Vec<Vec<u32>> {
    let mut counts = vec![vec![0; window.totals.len()]; window.counts.len()];
    let mut papers = clumps.iter().flat_map(|&(theme, size)| std::iter::repeat_n(theme, size as usize));
    for (bin, &total) in window.totals.iter().enumerate() {
        for theme in papers.by_ref().take(total as usize) {
            if let Some(row) = counts.get_mut(theme as usize) {
                row[bin] += 1;
            }
        }
    }
    counts
}

/// Runs of the burst state on the path of least cost. Costs are relative to the usual state, whose cost is then 0.
fn runs(counts: &[u32], totals: &[u32]) -> Vec<Run> {
    let sum = |values: &[u32]| values.iter().map(|&v| f64::from(v)).sum::<f64>();
    let usual = sum(counts) / sum(totals);
    if usual <= 0.0 || usual >= 1.0 {
        return Vec::new();
    }
    let odds = ODDS * usual / (1.0 - usual);
    let high = odds / (1.0 + odds);
    let (per_paper, per_other) = ((high / usual).ln(), ((1.0 - high) / (1.0 - usual)).ln());
    let gains: Vec<f64> =
        counts.iter().zip(totals).map(|(&c, &n)| f64::from(c) * per_paper + f64::from(n - c) * per_other).collect();
    let states = cheapest_states(&gains, (gains.len() as f64).ln());
    let mut runs: Vec<Run> = Vec::new();
    for bin in (0..gains.len()).filter(|&bin| states[bin]) {
        match runs.last_mut() {
            Some(run) if run.last + 1 == bin => {
                run.last = bin;
                run.weight += gains[bin];
            }
            _ => runs.push(Run { first: bin, last: bin, weight: gains[bin] }),
        }
    }
    runs
}

/// Whether each bin is in the burst state: Viterbi's algorithm. `gains` is what the burst state saves in each bin,
/// `entry` what entering it costs.
fn cheapest_states(gains: &[f64], entry: f64) -> Vec<bool> {
    let (mut usual, mut burst) = (0.0_f64, f64::INFINITY);
    // Where the best way into each state of each bin comes from: true for the burst state.
    let mut from: Vec<(bool, bool)> = Vec::with_capacity(gains.len());
    for gain in gains {
        let (leave, stay) = (burst < usual, burst <= usual + entry);
        from.push((leave, stay));
        (usual, burst) = (usual.min(burst), burst.min(usual + entry) - gain);
    }
    let mut states = vec![false; gains.len()];
    let mut state = burst < usual;
    for bin in (0..gains.len()).rev() {
        states[bin] = state;
        state = if state { from[bin].1 } else { from[bin].0 };
    }
    states
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Bin, Day};

    fn month_bins(count: i8) -> Vec<Bin> {
        let day = |month| Day::constant(2024, month, 1);
        (1..=count).map(|m| Bin { start: day(m), end: day(m + 1), finished: true }).collect()
    }

    #[test]
    fn a_planted_burst_is_found_at_its_place_and_a_steady_theme_has_none() {
        let bins = month_bins(11);
        let totals = [60; 11];
        let (lively, steady) = ([3, 2, 3, 2, 12, 14, 3, 2, 3, 2, 2], [4, 5, 4, 3, 4, 5, 4, 4, 3, 5, 4]);
        let window = Window { first: 0, bins: &bins, totals: &totals, counts: vec![&lively, &steady] };
        let found = bursts(&window, 1.0, &TrendSettings::default());
        assert_eq!(found[0].len(), 1);
        assert_eq!((found[0][0].first, found[0][0].last, found[0][0].papers), (4, 5, 26));
        assert!(found[1].is_empty());
    }

    #[test]
    fn shuffling_ends_where_nothing_is_left_to_settle() {
        let bins = month_bins(11);
        let totals = [60; 11];
        let endless = TrendSettings { shuffles: usize::MAX, ..TrendSettings::default() };
        let found = |counts: &[u32; 11]| {
            let window = Window { first: 0, bins: &bins, totals: &totals, counts: vec![counts] };
            bursts(&window, 1.0, &endless)
        };
        assert_eq!(found(&[4, 5, 4, 3, 4, 5, 4, 4, 3, 5, 4]), [[]], "no burst to be judged");
        let weak = [4, 4, 4, 4, 4, 10, 4, 4, 4, 4, 4];
        assert_eq!(runs(&weak, &totals).len(), 1);
        assert_eq!(found(&weak), [[]], "one that is beaten soon");
    }

    #[test]
    fn a_burst_that_is_settled_early_has_the_p_value_of_the_shuffles_it_took() {
        let rivals = |shuffles, heavier| Rivals { shuffles, heavier };
        assert!((rivals(999, 0).p() - 0.001).abs() < 1e-15);
        assert!((rivals(999, 19).p() - 0.02).abs() < 1e-15);
        assert!((rivals(40, SETTLED).p() - 0.5).abs() < 1e-15);
    }

    #[test]
    fn the_cheapest_states_are_those_of_exhaustive_search() {
        let gains = [0.4, -1.0, 2.5, 1.0, -0.3, 1.8, -2.0, 0.9, 3.0, -0.1];
        let entry = 1.3;
        let cost = |states: u32| {
            let on = |bin: usize| bin < gains.len() && states >> bin & 1 == 1;
            (0..gains.len()).fold(0.0, |sum, bin| {
                let entered = on(bin) && (bin == 0 || !on(bin - 1));
                sum + f64::from(u8::from(entered)) * entry - f64::from(u8::from(on(bin))) * gains[bin]
            })
        };
        let best = (0..1_u32 << gains.len()).min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap();
        let expected: Vec<bool> = (0..gains.len()).map(|bin| best >> bin & 1 == 1).collect();
        assert_eq!(cheapest_states(&gains, entry), expected);
    }

    #[test]
    fn clumps_hold_all_papers_and_have_the_dispersion_that_was_asked_for() {
        let totals = [30_000, 0, 40_000];
        let (a, b) = ([10_000, 0, 20_000], [20_000, 0, 0]);
        let mut random = Xoshiro256PlusPlus::seed_from_u64(3);
        let window = Window { first: 0, bins: &[], totals: &totals, counts: vec![&a, &b] };
        for clumping in [1.0, 1.4, 2.0, 3.7] {
            let clumps = clumps(&window, clumping, &mut random);
            let papers = |theme| clumps.iter().filter(|c| c.0 == theme).map(|c| c.1).sum::<u32>();
            assert_eq!([papers(0), papers(1), papers(2)], [30_000, 20_000, 20_000]);
            let sum = |power| clumps.iter().map(|c| f64::from(c.1).powi(power)).sum::<f64>();
            assert!((sum(2) / sum(1) - clumping).abs() < 0.05 * clumping, "{clumping}: {}", sum(2) / sum(1));
            let counts = recount(&clumps, &window);
            assert_eq!(counts.iter().map(|c| c[1]).sum::<u32>(), 0);
            assert_eq!(counts[0].iter().sum::<u32>(), 30_000);
        }
    }
}
