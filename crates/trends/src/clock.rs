//! Turns the two dates of each paper into the one that counts, and says which papers lie outside of what is read.
//! Does not make bins.

use crate::precision::period_end;
use crate::{TrendInput, TrendSettings, calendar::days_between};
use model::{Clock, Day};
use std::collections::BTreeSet;

/// A listing is day-by-day if papers were listed on at least this many days ...
const LISTING_DAYS: usize = 5;
/// ... if this share of all papers with any date has a listing day ...
const LISTING_SHARE: f64 = 0.9;
/// ... and if half of the papers were listed within this many days of their own date.
/// A page of search results, saved once, lists papers that are years old.
const LISTING_LAG: i32 = 31;

/// The day that counts, for each paper, and what was left out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dated {
    pub clock: Clock,
    pub clock_reason: String,
    /// `None` where the paper has no such date or lies outside of what is read.
    pub days: Vec<Option<Day>>,
    /// The newest day that the data speaks of.
    pub as_of: Day,
    /// Whether papers were listed day by day.
    pub listing: bool,
    /// Papers without a date by this clock.
    pub undated: usize,
    /// The last day that is read, where one was asked for.
    pub limit: Day,
    /// Papers published or listed after `limit`.
    pub later: usize,
    /// Papers outside of `from..=to`.
    pub outside: usize,
}

/// Picks the clock and reads each paper's day by it. `None` where no paper has a date by the clock.
pub(crate) fn date_papers(input: &TrendInput<'_>, settings: &TrendSettings) -> Option<Dated> {
    let listing = is_daily_listing(input);
    let (clock, clock_reason) = choose_clock(input, settings.clock, listing);
    let days = match clock {
        Clock::Published => input.published,
        Clock::Seen => input.seen,
    };
    let newest = newest_day(input, clock)?;
    let limit = settings.as_of.unwrap_or(newest);
    let (mut later, mut outside) = (0, 0);
    let kept = days.iter().zip(input.published.iter().zip(input.seen)).map(|(&day, (&published, &seen))| {
        let day = day?;
        let dates = [published, seen];
        if day > limit || (settings.as_of.is_some() && dates.into_iter().flatten().any(|d| d > limit)) {
            later += 1;
            return None;
        }
        let inside = settings.from.is_none_or(|from| from <= day) && settings.to.is_none_or(|to| day <= to);
        outside += usize::from(!inside);
        inside.then_some(day)
    });
    let kept: Vec<Option<Day>> = kept.collect();
    let undated = days.iter().filter(|d| d.is_none()).count();
    // A day that was asked for does not make the data reach further: nothing is known of the days after the newest.
    let reach = period_end(&kept, newest);
    let as_of = [settings.as_of, settings.to].into_iter().flatten().fold(reach, Day::min);
    Some(Dated { clock, clock_reason, days: kept, as_of, listing, undated, limit, later, outside })
}

/// Whether the listing day says when a paper came up, and not only when somebody saved a page.
fn is_daily_listing(input: &TrendInput<'_>) -> bool {
    let days: BTreeSet<Day> = input.seen.iter().flatten().copied().collect();
    let with_any = input.seen.iter().zip(input.published).filter(|(s, p)| s.is_some() || p.is_some()).count();
    let with_seen = input.seen.iter().flatten().count();
    if days.len() < LISTING_DAYS || (with_seen as f64) < LISTING_SHARE * with_any as f64 {
        return false;
    }
    let mut lags = lags(input);
    let middle = lags.len() / 2;
    lags.is_empty() || *lags.select_nth_unstable(middle).1 <= LISTING_LAG
}

/// Days from the paper's own date to its listing, for papers with both.
pub(crate) fn lags(input: &TrendInput<'_>) -> Vec<i32> {
    input.published.iter().zip(input.seen).filter_map(|(p, s)| Some(days_between((*p)?, (*s)?))).collect()
}

fn choose_clock(input: &TrendInput<'_>, given: Option<Clock>, listing: bool) -> (Clock, String) {
    let (clock, reason) = match given {
        Some(clock) => (clock, "the clock was given"),
        None if listing => (Clock::Seen, "the papers come from day-by-day listings, so the day of the listing counts"),
        None if input.published.iter().all(Option::is_none) => {
            (Clock::Seen, "no paper has a date of its own, so the day of the listing counts")
        }
        None => (Clock::Published, "the papers do not come from day-by-day listings, so their own dates count"),
    };
    (clock, reason.to_owned())
}

/// By the day of the listing, nothing but listings tells how far the data reaches; by the paper's own date, a listing
/// on a later day shows that papers of the days before could have been there.
fn newest_day(input: &TrendInput<'_>, clock: Clock) -> Option<Day> {
    let seen = input.seen.iter().flatten().max().copied();
    match clock {
        Clock::Seen => seen,
        Clock::Published => input.published.iter().flatten().max().copied().map(|day| seen.map_or(day, |s| s.max(day))),
    }
}
