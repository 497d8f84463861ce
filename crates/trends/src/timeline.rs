//! Turns the days of the papers into a timeline and tells which bin each paper is in.
//! Does not count papers by theme.

use crate::calendar::{UNITS, bin_at, bins_between, plural};
use crate::clock::Dated;
use crate::finished::{Horizon, settled_lags};
use crate::precision::{Precision, precision};
use crate::unit::{MOST_BINS, choose_unit};
use crate::{TrendInput, TrendSettings};
use model::{Bin, BinUnit, Day, Timeline};

/// A bin before which the timeline may begin holds this many papers, or this share of those in the fullest bin.
const STRAY_PAPERS: u32 = 5;
const STRAY_SHARE: f64 = 0.1;
/// No more than this share of the dated papers is stray: beyond it, the early bins are part of the story.
const MOST_STRAYS: f64 = 0.05;

/// Where each paper lies in time.
pub(crate) struct Placed {
    pub timeline: Timeline,
    /// Position of each paper's bin, `n_papers` entries; `None` where it takes no part.
    pub bin_of: Vec<Option<usize>>,
    /// Papers before the first bin: see [`first_dense`].
    pub strays: usize,
    pub precision: Precision,
}

/// The bins from the first to the newest paper that is read, and the bin of each paper.
///
/// A few stray papers long before all others are left out, unless `from` says where to begin: they would stretch every
/// chart over years in which nothing can be said.
///
/// The timeline ends with the bin of the newest paper, not with that of `as_of`: days of which nothing is known are
/// no empty bins. `None` where no paper is left.
pub(crate) fn build(input: &TrendInput<'_>, dated: &Dated, settings: &TrendSettings) -> Option<Placed> {
    let days: Vec<Day> = dated.days.iter().flatten().copied().collect();
    let last = days.iter().max().copied()?;
    let lags = settled_lags(input, dated);
    let horizon = Horizon::new(dated, &lags);
    let precision = precision(&dated.days);
    let unit_of = |days: &[Day]| match settings.bin {
        Some(unit) => Some(given_unit(unit, days.iter().min().copied()?, last)),
        None => Some(choose_unit(days, &precision, &horizon)),
    };
    let begin = if settings.from.is_some() { None } else { first_dense_day(unit_of(&days)?.0, &days) };
    let is_read = |day: &Day| begin.is_none_or(|begin| begin <= *day);
    let read: Vec<Day> = days.iter().copied().filter(is_read).collect();
    // The unit is chosen again, and its reason given, by the papers that are read.
    let (unit, reason) = unit_of(&read)?;
    let spans = bins_between(unit, read.iter().min().copied()?, last);
    let bin_of = dated.days.iter().map(|day| day.filter(is_read).map(|d| bin_at(&spans, d))).collect();
    let strays = days.len() - read.len();
    let bin = |(start, end)| Bin { start, end, finished: horizon.is_finished(start, end) };
    let bins = spans.into_iter().map(bin).collect();
    let clock_reason = dated.clock_reason.clone();
    let timeline = Timeline { unit, clock: dated.clock, bins, as_of: dated.as_of, reason, clock_reason };
    Some(Placed { timeline, bin_of, strays, precision })
}

/// Where the first bin begins that [`first_dense`] finds; `None` without days.
fn first_dense_day(unit: BinUnit, days: &[Day]) -> Option<Day> {
    let spans = bins_between(unit, days.iter().min().copied()?, days.iter().max().copied()?);
    let mut papers = vec![0; spans.len()];
    for day in days {
        papers[bin_at(&spans, *day)] += 1;
    }
    spans.get(first_dense(&papers)).map(|span| span.0)
}

/// The first bin that holds [`STRAY_PAPERS`] or [`STRAY_SHARE`] of the fullest bin's papers; 0 where more than
/// [`MOST_STRAYS`] of all papers lie before it.
fn first_dense(papers: &[u32]) -> usize {
    let fullest = papers.iter().max().copied().unwrap_or(0);
    let is_dense = |&n: &u32| n >= STRAY_PAPERS || (n > 0 && f64::from(n) >= STRAY_SHARE * f64::from(fullest));
    let start = papers.iter().position(is_dense).unwrap_or(0);
    let (before, all): (u32, u32) = (papers[..start].iter().sum(), papers.iter().sum());
    if f64::from(before) <= MOST_STRAYS * f64::from(all) { start } else { 0 }
}

/// The unit that was asked for, or the next coarser one that keeps the number of bins readable.
fn given_unit(unit: BinUnit, first: Day, last: Day) -> (BinUnit, String) {
    let readable = |u: &BinUnit| *u == BinUnit::Year || bins_between(*u, first, last).len() <= MOST_BINS;
    let taken = UNITS.into_iter().filter(|u| *u >= unit).find(readable).unwrap_or(BinUnit::Year);
    let reason = if taken == unit {
        format!("{} were asked for", plural(unit))
    } else {
        let (asked, used) = (plural(unit), plural(taken));
        format!("{asked} were asked for, but {first} to {last} has more than {MOST_BINS} of them: {used} are used")
    };
    (taken, reason)
}

#[cfg(test)]
mod tests {
    use super::first_dense;

    #[test]
    fn a_few_strays_years_before_all_others_do_not_begin_a_timeline() {
        assert_eq!(first_dense(&[1, 0, 1, 0, 0, 0, 12, 20, 18, 25]), 6);
        assert_eq!(first_dense(&[1, 0, 0, 40, 60]), 3);
    }

    #[test]
    fn a_field_that_grows_from_nothing_begins_at_its_beginning() {
        assert_eq!(first_dense(&[1, 2, 2, 4, 6]), 0);
        assert_eq!(first_dense(&[6, 40, 400, 4_000]), 0);
        assert_eq!(first_dense(&[]), 0);
    }

    #[test]
    fn many_papers_are_no_strays() {
        assert_eq!(first_dense(&[4, 4, 4, 4, 4, 80]), 0);
    }
}
