//! Turns the days of papers into the finest unit that they can tell apart, and says why in a sentence.
//! Readers take a bare year as 1 January and a bare month as its first day; how a date was written is not known here.

use crate::calendar::{days_between, plural};
use model::{BinUnit, Day};
use std::collections::BTreeSet;

/// Dates beyond chance on the first of January (of a month) stand for years (months) from this share of all dates on ...
const NOTABLE_SHARE: f64 = 0.05;
/// ... and where this many lie there: fewer may come by chance.
const NOTABLE_PAPERS: usize = 10;
/// Over fewer days than this the first day of a month is one day of the feed like any other.
const SHORTEST_SPAN: i32 = 90;

/// What the dates can tell apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Precision {
    pub finest: BinUnit,
    /// Where that is not the week, why: `136 of 900 dates are 1 January, ...`.
    pub reason: Option<String>,
}

/// What a date may stand for, how its first day is called, and whether a day is one.
type Kind = (BinUnit, &'static str, fn(&Day) -> bool);

/// The finest unit that makes sense of nearly all dates: where every date, or notably more than chance puts there, is
/// the first of January (of a month), bins finer than years (months) would pile those papers up in a few of them.
pub(crate) fn precision(days: &[Option<Day>]) -> Precision {
    let days: Vec<Day> = days.iter().flatten().copied().collect();
    let kinds: [Kind; 2] = [
        (BinUnit::Year, "1 January", |d| d.month() == 1 && d.day() == 1),
        (BinUnit::Month, "the first of a month", |d| d.day() == 1),
    ];
    let whole = granularity(&days);
    let found = kinds.into_iter().find(|(unit, _, is_first)| *unit == whole || piled_up(&days, *is_first));
    let Some((finest, what, is_first)) = found else { return Precision { finest: BinUnit::Week, reason: None } };
    let on_first = days.iter().filter(|d| is_first(d)).count();
    let how_many = if on_first == days.len() {
        format!("all {on_first} dates are {what}")
    } else {
        format!("{on_first} of {} dates are {what}, far more than chance puts there", days.len())
    };
    Precision { finest, reason: Some(format!("{how_many}, and seem to stand for whole {}", plural(finest))) }
}

/// The unit that every single date stands for.
fn granularity(days: &[Day]) -> BinUnit {
    let distinct: BTreeSet<Day> = days.iter().copied().collect();
    if distinct.len() < 2 || distinct.iter().any(|d| d.day() != 1) {
        BinUnit::Week
    } else if distinct.iter().all(|d| d.month() == 1) {
        BinUnit::Year
    } else {
        BinUnit::Month
    }
}

/// A date that stands for a month or a year reaches to its end; where some dates are days, nothing says that the newest
/// is none.
pub(crate) fn period_end(days: &[Option<Day>], newest: Day) -> Day {
    let days: Vec<Day> = days.iter().flatten().copied().collect();
    match granularity(&days) {
        BinUnit::Year => newest.last_of_year(),
        BinUnit::Month => newest.last_of_month(),
        BinUnit::Quarter | BinUnit::Week => newest,
    }
}

/// Whether the first days hold notably more papers than as many other days on which papers came: proceedings and
/// weekly listings pile papers up on some days too.
fn piled_up(days: &[Day], is_first: fn(&Day) -> bool) -> bool {
    let Some((oldest, newest)) = days.iter().min().zip(days.iter().max()) else { return false };
    let on_first = days.iter().filter(|d| is_first(d)).count();
    let distinct: BTreeSet<Day> = days.iter().copied().collect();
    let first_days = distinct.iter().filter(|d| is_first(d)).count();
    let a_day = (days.len() - on_first) as f64 / (distinct.len() - first_days).max(1) as f64;
    let beyond = on_first as f64 - a_day * first_days as f64;
    let long = days_between(*oldest, *newest) >= SHORTEST_SPAN;
    long && on_first >= NOTABLE_PAPERS && beyond > NOTABLE_SHARE * days.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::shift;
    use jiff::civil::date;

    /// A paper a day over so many days, and `firsts` beside them.
    fn finest(daily: i64, firsts: &[(Day, usize)]) -> BinUnit {
        let days = (0..daily).map(|d| shift(date(2021, 1, 2), d));
        let firsts = firsts.iter().flat_map(|(day, n)| std::iter::repeat_n(*day, *n));
        precision(&days.chain(firsts).map(Some).collect::<Vec<_>>()).finest
    }

    #[test]
    fn more_than_one_bare_year_in_twenty_makes_years() {
        let years = [(date(2022, 1, 1), 30), (date(2023, 1, 1), 40)];
        assert_eq!(finest(1000, &years), BinUnit::Year);
        assert_eq!(finest(1000, &[(date(2022, 1, 1), 40)]), BinUnit::Week);
        assert_eq!(finest(20, &[(date(2022, 1, 1), 12)]), BinUnit::Year);
        assert_eq!(finest(20, &[(date(2022, 1, 1), 9)]), BinUnit::Week, "few papers may come by chance");
    }

    #[test]
    fn more_than_one_bare_month_in_twenty_makes_months() {
        let months: Vec<(Day, usize)> = (2..10).map(|m| (date(2022, m, 1), 10)).collect();
        assert_eq!(finest(1000, &months), BinUnit::Month);
        assert_eq!(finest(1000, &months[..4]), BinUnit::Week);
    }

    #[test]
    fn days_of_every_kind_and_a_short_feed_are_days() {
        assert_eq!(finest(3000, &[]), BinUnit::Week);
        assert_eq!(finest(0, &[]), BinUnit::Week);
        assert_eq!(finest(40, &[(date(2021, 1, 1), 30)]), BinUnit::Week);
        let proceedings: Vec<Option<Day>> =
            (0..40_i64).flat_map(|i| [Some(shift(date(2021, 1, 1), i * 73)); 25]).collect();
        assert_eq!(precision(&proceedings).finest, BinUnit::Week, "as many papers as on other days");
    }

    #[test]
    fn the_reason_counts_the_dates() {
        let all = precision(&[Some(date(2021, 1, 1)), None, Some(date(2022, 1, 1))]);
        assert_eq!(all.reason.unwrap(), "all 2 dates are 1 January, and seem to stand for whole years");
        let days: Vec<Option<Day>> = (0..900_i64).map(|d| Some(shift(date(2021, 1, 2), d))).collect();
        let mixed = precision(&[days, vec![Some(date(2022, 1, 1)); 136]].concat());
        assert_eq!(
            mixed.reason.unwrap(),
            "138 of 1036 dates are 1 January, far more than chance puts there, and seem to stand for whole years"
        );
    }
}
