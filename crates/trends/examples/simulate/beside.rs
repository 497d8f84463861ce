//! Draws reports in which nothing moves and counts those that show a burst, an odd newest bin, or a new or vanished theme.
//! Does not look at verdicts: `study` does.

use crate::study::{World, draw};
use model::{BinUnit, Day, ThemeId, Trend};
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use trends::{TrendInput, TrendSettings, measure};

/// Reports, and those of them with at least one false finding of each kind.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    pub reports: usize,
    pub with_burst: usize,
    pub with_latest: usize,
    pub with_emerging: usize,
    pub with_fading: usize,
}

/// The world is meant to be one in which no share moves.
pub fn beside(world: &World, reports: u64, seed: u64) -> Beside {
    let mut found = Beside::default();
    for report in 0..reports {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed.wrapping_mul(1_000_003).wrapping_add(report));
        let trends = trends_of(world, &draw(world, &mut random), report);
        let any = |is: fn(&Trend) -> bool| usize::from(trends.iter().any(is));
        found.reports += 1;
        found.with_burst += any(|t| !t.bursts.is_empty());
        found.with_latest += any(|t| t.latest.as_ref().is_some_and(|l| l.outside));
        found.with_emerging += any(|t| t.appearance.as_ref().is_some_and(|a| a.emerging));
        found.with_fading += any(|t| t.appearance.as_ref().is_some_and(|a| a.fading));
    }
    found
}

/// Counts as papers, those of a bin on the last day of a month.
fn trends_of(world: &World, counts: &[Vec<u32>], seed: u64) -> Vec<Trend> {
    let (mut published, mut theme) = (Vec::new(), Vec::new());
    for (month, bin) in (1..=12_i8).zip(0..counts[0].len()) {
        let day = Some(Day::constant(2024, month, 1).last_of_month());
        for (position, counts) in counts.iter().enumerate() {
            theme.extend(std::iter::repeat_n(Some(position), counts[bin] as usize));
        }
        theme.resize((bin + 1) * world.papers_a_bin, None);
        published.resize(theme.len(), day);
    }
    let themes: Vec<ThemeId> = (1..).take(counts.len()).map(ThemeId).collect();
    let input = TrendInput {
        published: &published,
        seen: &vec![None; theme.len()],
        upvotes: &[],
        theme: &theme,
        themes: &themes,
        terms: None,
        refits: &[],
    };
    let settings = TrendSettings { bin: Some(BinUnit::Month), seed, ..TrendSettings::default() };
    measure(&input, &settings).trends
}
