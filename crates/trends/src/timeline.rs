//! Turns the days of the papers into a timeline and tells which bin each paper is in.
//! Does not count papers by theme.

use crate::calendar::{UNITS, bin_at, bins_between, plural};
use crate::clock::{Dated, granularity};
use crate::finished::{Horizon, settled_lags};
use crate::unit::{MOST_BINS, choose_unit};
use crate::{TrendInput, TrendSettings};
use model::{Bin, BinUnit, Day, Timeline};

/// The bins from the first to the newest paper that is read, and the bin of each paper (`n_papers` entries).
///
/// The timeline ends with the bin of the newest paper, not with that of `as_of`: days of which nothing is known are
/// no empty bins. `None` where no paper is left.
pub(crate) fn build(
    input: &TrendInput<'_>,
    dated: &Dated,
    settings: &TrendSettings,
) -> Option<(Timeline, Vec<Option<usize>>)> {
    let days: Vec<Day> = dated.days.iter().flatten().copied().collect();
    let (first, last) = (days.iter().min().copied()?, days.iter().max().copied()?);
    let lags = settled_lags(input, dated);
    let horizon = Horizon::new(dated, &lags);
    let (unit, reason) = match settings.bin {
        Some(unit) => given_unit(unit, first, last),
        None => choose_unit(&days, granularity(&dated.days), &horizon),
    };
    let spans = bins_between(unit, first, last);
    let bin_of = dated.days.iter().map(|day| day.map(|d| bin_at(&spans, d))).collect();
    let bin = |(start, end)| Bin { start, end, finished: horizon.is_finished(start, end) };
    let bins = spans.into_iter().map(bin).collect();
    let clock_reason = dated.clock_reason.clone();
    Some((Timeline { unit, clock: dated.clock, bins, as_of: dated.as_of, reason, clock_reason }, bin_of))
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
