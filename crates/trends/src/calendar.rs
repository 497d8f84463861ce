//! Turns a day and a unit into the calendar bin around it, and a span of days into contiguous half-open bins.
//! Does not look at papers: which unit fits them is chosen in `unit.rs`.

use jiff::{Span, civil::Weekday};
use model::{BinUnit, Day};

/// From fine to coarse: the order in which units are tried.
pub(crate) const UNITS: [BinUnit; 4] = [BinUnit::Week, BinUnit::Month, BinUnit::Quarter, BinUnit::Year];

/// First day of the bin that `day` lies in. Weeks are ISO weeks: Monday to Sunday.
#[must_use]
pub fn bin_start(unit: BinUnit, day: Day) -> Day {
    match unit {
        BinUnit::Week => shift(day, -i64::from(day.weekday().to_monday_zero_offset())),
        BinUnit::Month => day.first_of_month(),
        BinUnit::Quarter => {
            let back = i32::from((day.month() - 1) % 3);
            day.first_of_month().saturating_sub(Span::new().months(back))
        }
        BinUnit::Year => day.first_of_year(),
    }
}

/// First day after the bin that starts at `start`; the last day of the calendar where there is none after.
#[must_use]
pub fn bin_end(unit: BinUnit, start: Day) -> Day {
    let width = match unit {
        BinUnit::Week => Span::new().weeks(1),
        BinUnit::Month => Span::new().months(1),
        BinUnit::Quarter => Span::new().months(3),
        BinUnit::Year => Span::new().years(1),
    };
    start.saturating_add(width)
}

/// The half-open bins that cover `first..=last`, in order and without gaps.
#[must_use]
pub fn bins_between(unit: BinUnit, first: Day, last: Day) -> Vec<(Day, Day)> {
    let mut bins = Vec::new();
    let mut start = bin_start(unit, first);
    while start <= last {
        let end = bin_end(unit, start);
        bins.push((start, end));
        if end == Day::MAX {
            break;
        }
        start = end;
    }
    bins
}

/// Position of the bin that `day` lies in. `bins` cover the day; the last day of the calendar is in the last bin,
/// though no day is left to be its end.
pub(crate) fn bin_at(bins: &[(Day, Day)], day: Day) -> usize {
    bins.partition_point(|bin| bin.1 <= day).min(bins.len() - 1)
}

/// Days from `from` to `to`; negative where `to` is earlier.
pub(crate) fn days_between(from: Day, to: Day) -> i32 {
    (to - from).get_days()
}

/// The day `days` later (earlier where negative), held within the calendar.
pub(crate) fn shift(day: Day, days: i64) -> Day {
    day.saturating_add(Span::new().days(days))
}

pub(crate) fn is_weekend(day: Day) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// How a unit is called.
pub(crate) fn name(unit: BinUnit) -> &'static str {
    plural(unit).trim_end_matches('s')
}

/// How a unit is called in a sentence, in the plural.
pub(crate) fn plural(unit: BinUnit) -> &'static str {
    match unit {
        BinUnit::Week => "weeks",
        BinUnit::Month => "months",
        BinUnit::Quarter => "quarters",
        BinUnit::Year => "years",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_iso_week_runs_from_monday_to_sunday_across_the_year() {
        assert_eq!(bin_start(BinUnit::Week, date(2025, 1, 1)), date(2024, 12, 30));
        assert_eq!(bin_start(BinUnit::Week, date(2025, 1, 5)), date(2024, 12, 30));
        assert_eq!(bin_start(BinUnit::Week, date(2025, 1, 6)), date(2025, 1, 6));
        assert_eq!(bin_end(BinUnit::Week, date(2024, 12, 30)), date(2025, 1, 6));
    }

    #[test]
    fn months_quarters_and_years_keep_to_the_calendar() {
        assert_eq!(bin_start(BinUnit::Quarter, date(2024, 12, 31)), date(2024, 10, 1));
        assert_eq!(bin_end(BinUnit::Quarter, date(2024, 10, 1)), date(2025, 1, 1));
        assert_eq!(bin_end(BinUnit::Month, date(2024, 2, 1)), date(2024, 3, 1));
        assert_eq!(bin_end(BinUnit::Year, date(2024, 1, 1)), date(2025, 1, 1));
    }

    #[test]
    fn bins_are_contiguous_and_hold_both_ends() {
        for unit in UNITS {
            let (first, last) = (date(2019, 3, 7), date(2025, 11, 3));
            let bins = bins_between(unit, first, last);
            assert!(bins.windows(2).all(|pair| pair[0].1 == pair[1].0));
            assert!(bins[0].0 <= first && first < bins[0].1);
            let newest = bins[bins.len() - 1];
            assert!(newest.0 <= last && last < newest.1);
        }
    }

    #[test]
    fn the_end_of_the_calendar_ends_the_bins() {
        let bins = bins_between(BinUnit::Year, Day::MAX, Day::MAX);
        assert_eq!(bins.len(), 1);
        assert_eq!(bin_at(&bins, Day::MAX), 0);
    }
}
