//! Turns the lags between a paper's own date and its listing into words, rows and a frame.
//! Does not decide what is finished: the trends stage does.

use crate::ReportError;
use crate::format::{counted, percent};
use model::{Analysis, LagTable};
use polars::prelude::*;

/// `Of 6,138 papers with both dates half were listed within 4 days of their own date, 3 before it.`
pub fn sentence(lags: &LagTable) -> String {
    format!(
        "Of {} with both dates, half were listed within {} of their own date, {} before it.",
        counted(lags.papers, "paper", "papers"),
        days(lags.median_days),
        if lags.negative == 0 { "none".to_owned() } else { lags.negative.to_string() }
    )
}

/// (`7 days`, `82.1%`), as the model orders them.
pub fn rows(lags: &LagTable) -> Vec<(String, String)> {
    lags.within.iter().map(|&(within, share)| (days(within), percent(share))).collect()
}

fn days(n: i32) -> String {
    if n == 1 { "1 day".to_owned() } else { format!("{n} days") }
}

/// One row a number of days: `days`, `share` (of the papers with both dates, listed within so many days), `papers`.
pub fn frame(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let lags = analysis.trends.lags.iter();
    let rows: Vec<(i32, f64, u64)> =
        lags.flat_map(|l| l.within.iter().map(|&(days, share)| (days, share, l.papers as u64))).collect();
    Ok(df!(
        "days" => rows.iter().map(|r| r.0).collect::<Vec<_>>(),
        "share" => rows.iter().map(|r| r.1).collect::<Vec<_>>(),
        "papers" => rows.iter().map(|r| r.2).collect::<Vec<_>>(),
    )?)
}
