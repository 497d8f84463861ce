//! Turns dates of many shapes into timelines and holds unit, clock and finished bins against the rules.
//! No themes take part.

use model::{BinUnit, Clock, Day, Severity, Timeline};
use trends::{TrendInput, TrendSettings, measure};

fn day(year: i16, month: i8, day: i8) -> Day {
    Day::constant(year, month, day)
}

fn after(start: Day, days: i64) -> Day {
    start.saturating_add(jiff::Span::new().days(days))
}

fn timeline(published: &[Option<Day>], seen: &[Option<Day>], settings: &TrendSettings) -> Timeline {
    let theme = vec![None; published.len()];
    let input = TrendInput { published, seen, upvotes: &[], theme: &theme, themes: &[], terms: None, refits: &[] };
    let trends = measure(&input, settings);
    assert_eq!(trends.absent_because, None);
    let Some(timeline) = trends.timeline else { panic!("no timeline") };
    timeline
}

fn of_dates(dates: &[Day]) -> Timeline {
    let published: Vec<Option<Day>> = dates.iter().copied().map(Some).collect();
    timeline(&published, &vec![None; dates.len()], &TrendSettings::default())
}

/// `count` papers a listing on `days` weekdays from Monday 2025-01-06 on, each published two days before.
fn listings(days: usize, count: usize) -> (Vec<Option<Day>>, Vec<Option<Day>>) {
    let all = (0..).map(|d| after(day(2025, 1, 6), d));
    let weekdays = all.filter(|d| d.weekday().to_monday_zero_offset() < 5).take(days);
    let seen: Vec<Option<Day>> = weekdays.flat_map(|d| std::iter::repeat_n(Some(d), count)).collect();
    (seen.iter().map(|d| d.map(|d| after(d, -2))).collect(), seen)
}

#[test]
fn weeks_where_there_are_papers_for_them() {
    let dates: Vec<Day> = (0..100).flat_map(|d| [after(day(2025, 1, 6), d); 6]).collect();
    assert_eq!(of_dates(&dates).unit, BinUnit::Week);
    let sparse: Vec<Day> = (0..400).map(|d| after(day(2024, 1, 1), d)).collect();
    assert_eq!(of_dates(&sparse).unit, BinUnit::Month);
}

#[test]
fn few_papers_over_eight_years_get_bins_that_hold_some() {
    let dates: Vec<Day> = (0..127).map(|i| after(day(2025, 10, 31), -i * i / 6)).collect();
    let timeline = of_dates(&dates);
    assert!(matches!(timeline.unit, BinUnit::Quarter | BinUnit::Year), "{timeline:?}");
    assert!(timeline.bins.len() >= 6);
}

#[test]
fn many_empty_years_before_two_full_ones_do_not_make_weeks() {
    let old = (0..20).map(|i| after(day(2004, 2, 1), i * 330));
    let new = (0..300).map(|i| after(day(2023, 1, 1), i * 7 / 3));
    let timeline = of_dates(&old.chain(new).collect::<Vec<_>>());
    assert!(timeline.unit >= BinUnit::Quarter, "{}", timeline.reason);
}

#[test]
fn dates_that_are_years_or_months_keep_to_them() {
    let years: Vec<Day> = (0..500_i16).map(|i| day(2020 + i % 5, 1, 1)).collect();
    let timeline = of_dates(&years);
    assert_eq!((timeline.unit, timeline.bins.len()), (BinUnit::Year, 5));
    assert!(timeline.bins.iter().all(|b| b.finished));
    let months: Vec<Day> = (0..500_i16).map(|i| day(2024, 1 + i8::try_from(i % 9).unwrap(), 1)).collect();
    let timeline = of_dates(&months);
    assert_eq!(timeline.unit, BinUnit::Month);
    assert!(timeline.bins[8].finished);
}

#[test]
fn daily_listings_count_by_the_day_of_the_listing_and_a_saved_page_does_not() {
    let (published, seen) = listings(60, 10);
    assert_eq!(timeline(&published, &seen, &TrendSettings::default()).clock, Clock::Seen);
    let page = vec![Some(day(2025, 6, 1)); published.len()];
    assert_eq!(timeline(&published, &page, &TrendSettings::default()).clock, Clock::Published);
}

#[test]
fn a_week_of_weekday_listings_is_finished_on_friday() {
    let settings = TrendSettings { bin: Some(BinUnit::Week), ..TrendSettings::default() };
    let (published, seen) = listings(50, 10);
    assert!(timeline(&published, &seen, &settings).bins.iter().all(|b| b.finished));
    let (published, seen) = listings(49, 10);
    let bins = timeline(&published, &seen, &settings).bins;
    assert_eq!(bins.iter().filter(|b| !b.finished).count(), 1);
    assert!(!bins[bins.len() - 1].finished);
}

#[test]
fn by_the_papers_own_date_a_week_waits_for_its_listings() {
    let settings =
        TrendSettings { bin: Some(BinUnit::Week), clock: Some(Clock::Published), ..TrendSettings::default() };
    let (_, seen) = listings(120, 10);
    let published: Vec<Option<Day>> =
        seen.iter().enumerate().map(|(i, d)| d.map(|d| after(d, -i64::try_from(i % 10).unwrap()))).collect();
    let timeline = timeline(&published, &seen, &settings);
    let open: Vec<Day> = timeline.bins.iter().filter(|b| !b.finished).map(|b| b.start).collect();
    // Papers are listed up to nine days late: the week before the last is not whole either.
    assert!(open.len() >= 2, "{open:?}");
    assert!(timeline.bins[0].finished);
}

#[test]
fn an_unfinished_month_is_left_open_by_as_of() {
    let published: Vec<Option<Day>> = (0..300).map(|d| Some(after(day(2024, 1, 1), d))).collect();
    let seen = vec![None; 300];
    let open = |as_of: Day| {
        let settings = TrendSettings { bin: Some(BinUnit::Month), as_of: Some(as_of), ..TrendSettings::default() };
        timeline(&published, &seen, &settings).bins.iter().filter(|b| !b.finished).count()
    };
    assert_eq!(open(day(2024, 6, 29)), 1);
    assert_eq!(open(day(2024, 6, 30)), 0);
}

#[test]
fn as_of_after_the_newest_paper_finishes_no_bin() {
    let published: Vec<Option<Day>> = (0..100).map(|d| Some(after(day(2024, 1, 1), d))).collect();
    let seen = vec![None; published.len()];
    for bin in [BinUnit::Week, BinUnit::Month, BinUnit::Quarter, BinUnit::Year] {
        let by = |as_of: Option<Day>| {
            let settings = TrendSettings { bin: Some(bin), as_of, ..TrendSettings::default() };
            timeline(&published, &seen, &settings)
        };
        let whole = by(None);
        // The newest paper is of Tuesday 2024-04-09.
        assert!(!whole.bins[whole.bins.len() - 1].finished, "{bin:?}");
        for later in [day(2024, 4, 9), day(2024, 4, 30), day(2024, 12, 31), day(2030, 12, 31)] {
            assert_eq!(by(Some(later)), whole, "{bin:?} {later}");
        }
    }
}

#[test]
fn as_of_within_a_year_leaves_a_year_of_bare_years_open() {
    let published: Vec<Option<Day>> = (0..300_i16).map(|i| Some(day(2020 + i % 5, 1, 1))).collect();
    let seen = vec![None; published.len()];
    let open = |as_of: Option<Day>| {
        let settings = TrendSettings { as_of, ..TrendSettings::default() };
        timeline(&published, &seen, &settings).bins.iter().filter(|b| !b.finished).count()
    };
    assert_eq!((open(None), open(Some(day(2024, 6, 30))), open(Some(day(2030, 6, 30)))), (0, 1, 0));
}

/// 900 papers over three years, of which a part is dated by the year only.
fn mixed(years_only: i16) -> Vec<Option<Day>> {
    let year = |i: i16| Some(day(2021 + i % 3, 1, 1));
    let full = |i: i16| Some(after(day(2021, 1, 2), i64::from(i) * 7919 % 360 + i64::from(i % 3) * 365));
    (0..900).map(|i| if i < years_only { year(i) } else { full(i) }).collect()
}

#[test]
fn bare_years_among_full_dates_make_years_and_the_reason_says_so() {
    let seen = vec![None; 900];
    let coarse = timeline(&mixed(136), &seen, &TrendSettings::default());
    assert_eq!(coarse.unit, BinUnit::Year);
    let why = "years are the finest unit that the dates allow: 136 of 900 dates are 1 January, far more than chance puts there";
    assert!(coarse.reason.starts_with(why), "{}", coarse.reason);
    assert!(!coarse.bins[2].finished, "some dates are days, and so the last year may not be over");
    assert!(timeline(&mixed(20), &seen, &TrendSettings::default()).unit < BinUnit::Year);
}

#[test]
fn bins_finer_than_the_dates_are_made_where_asked_for_and_told() {
    let published = mixed(136);
    let (seen, theme) = (vec![None; 900], vec![None; 900]);
    let input = TrendInput {
        published: &published,
        seen: &seen,
        upvotes: &[],
        theme: &theme,
        themes: &[],
        terms: None,
        refits: &[],
    };
    let told = |bin: BinUnit| {
        let trends = measure(&input, &TrendSettings { bin: Some(bin), ..TrendSettings::default() });
        assert_eq!(trends.timeline.unwrap().unit, bin);
        trends
            .notices
            .iter()
            .any(|n| n.severity == Severity::Warning && n.found.contains("136 of 900 dates are 1 January"))
    };
    assert!(told(BinUnit::Week) && told(BinUnit::Quarter));
    assert!(!told(BinUnit::Year));
}

#[test]
fn finer_bins_are_advised_only_where_the_dates_are_finer() {
    let hint = |published: &[Option<Day>], bin: BinUnit| {
        let none = vec![None; published.len()];
        let theme = vec![None; published.len()];
        let input =
            TrendInput { published, seen: &none, upvotes: &[], theme: &theme, themes: &[], terms: None, refits: &[] };
        let trends = measure(&input, &TrendSettings { bin: Some(bin), ..TrendSettings::default() });
        let few = trends.notices.into_iter().find(|n| n.found.contains("finished bin"));
        few.map(|n| (n.found, n.hint))
    };
    let years = [Some(day(2023, 1, 1)), Some(day(2024, 1, 1))];
    assert_eq!(hint(&years, BinUnit::Year).unwrap(), ("2 finished bins have papers".into(), "add older papers".into()));
    let days: Vec<Option<Day>> = (0..400).map(|d| Some(after(day(2024, 1, 1), d))).collect();
    let (found, advice) = hint(&days, BinUnit::Year).unwrap();
    assert_eq!(
        (found.as_str(), advice.as_str()),
        ("1 finished bin has papers", "choose a finer --bin or add older papers")
    );
}
