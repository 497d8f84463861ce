//! Turns the two dates of the papers into a table of how long after its own date a paper is listed.
//! Does not decide which bins are finished.

use crate::{TrendInput, clock::lags};
use model::LagTable;

/// Days that the table has a row for.
const WITHIN: [i32; 11] = [0, 1, 2, 3, 4, 5, 7, 14, 30, 90, 365];

/// `None` where no paper has both dates.
pub(crate) fn lag_table(input: &TrendInput<'_>) -> Option<LagTable> {
    let mut lags = lags(input);
    lags.sort_unstable();
    let median_days = *lags.get(lags.len() / 2)?;
    let share = |days: i32| lags.partition_point(|&lag| lag <= days) as f64 / lags.len() as f64;
    Some(LagTable {
        papers: lags.len(),
        negative: lags.partition_point(|&lag| lag < 0),
        within: WITHIN.into_iter().map(|days| (days, share(days))).collect(),
        median_days,
    })
}
