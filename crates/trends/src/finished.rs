//! Decides which bins the data has left behind: none of their papers can still be to come.
//! Does not read the clock of the machine; the newest day comes in.

use crate::TrendInput;
use crate::calendar::{days_between, is_weekend, shift};
use crate::clock::Dated;
use model::{Clock, Day};

/// A bin whose papers are expected to be listed to less than this share is unfinished.
const LISTED_SHARE: f64 = 0.95;
/// Papers must be this many to tell that nothing ever comes at the weekend (by chance: `(5/7)^30 < 0.0001`) ...
const WEEKEND_PAPERS: usize = 30;
/// ... and no more than this share of them may.
const WEEKEND_SHARE: f64 = 0.01;
/// Lags are taken from papers that have had this many days to be listed.
const SETTLED_DAYS: i32 = 60;
const SETTLED_PAPERS: usize = 30;

/// How far the data reaches.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Horizon<'a> {
    as_of: Day,
    /// Whether papers come on weekdays only, so that a week is over on Friday evening.
    weekdays_only: bool,
    /// Ascending lags between a paper's date and its listing; empty where they say nothing about what is to come.
    lags: &'a [i32],
}

impl<'a> Horizon<'a> {
    /// `lags`: from [`settled_lags`].
    pub(crate) fn new(dated: &Dated, lags: &'a [i32]) -> Self {
        Self { as_of: dated.as_of, weekdays_only: weekdays_only(&dated.days), lags }
    }

    /// Whether `as_of` is the last day of the bin or later (the last weekday, where papers come on weekdays only),
    /// and at least 95% of the papers of its days are expected to have been listed by now.
    pub(crate) fn is_finished(&self, start: Day, end: Day) -> bool {
        let mut next = shift(self.as_of, 1);
        while self.weekdays_only && next < end && is_weekend(next) {
            next = shift(next, 1);
        }
        end <= next && self.share_listed(start, end) >= LISTED_SHARE
    }

    /// Share of the papers of `start..end` that are expected to have been listed by `as_of`: mean over the days of the
    /// empirical distribution of the lags.
    fn share_listed(&self, start: Day, end: Day) -> f64 {
        let Some(&longest) = self.lags.last() else { return 1.0 };
        if days_between(end, self.as_of) >= longest {
            return 1.0;
        }
        let days = days_between(start, end).max(1);
        let listed = |d: i32| self.lags.partition_point(|&lag| lag <= days_between(shift(start, d.into()), self.as_of));
        let sum: usize = (0..days).map(listed).sum();
        sum as f64 / (f64::from(days) * self.lags.len() as f64)
    }
}

fn weekdays_only(days: &[Option<Day>]) -> bool {
    let dated = days.iter().flatten().count();
    let at_weekends = days.iter().flatten().filter(|d| is_weekend(**d)).count();
    dated >= WEEKEND_PAPERS && at_weekends as f64 <= WEEKEND_SHARE * dated as f64
}

/// Lags that tell what is still to come, ascending: by the paper's own date, with day-by-day listings, from papers
/// that are old enough. The lags of the newest papers are cut short and would make every listing look prompt.
pub(crate) fn settled_lags(input: &TrendInput<'_>, dated: &Dated) -> Vec<i32> {
    if dated.clock == Clock::Seen || !dated.listing {
        return Vec::new();
    }
    let pairs = dated.days.iter().zip(input.seen).filter_map(|(day, seen)| Some(((*day)?, (*seen)?)));
    let settled = pairs.filter(|(day, _)| days_between(*day, dated.as_of) >= SETTLED_DAYS);
    let mut lags: Vec<i32> = settled.map(|(day, seen)| days_between(day, seen)).collect();
    lags.sort_unstable();
    if lags.len() < SETTLED_PAPERS { Vec::new() } else { lags }
}
