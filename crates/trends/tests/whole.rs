//! Turns odd and random input into trends and holds them against what must be true of any.
//! What the numbers should be is tested elsewhere.

use model::{BinUnit, Clock, Day, ThemeId, Trends, Verdict, VerdictKind};
use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_xoshiro::Xoshiro256PlusPlus;
use trends::{TrendInput, TrendSettings, measure};

type Paper = (Option<Day>, Option<Day>, Option<usize>);

fn day(year: i16, month: i8, day: i8) -> Day {
    Day::constant(year, month, day)
}

fn run(papers: &[Paper], themes: u32, settings: &TrendSettings) -> Trends {
    let published: Vec<_> = papers.iter().map(|p| p.0).collect();
    let seen: Vec<_> = papers.iter().map(|p| p.1).collect();
    let theme: Vec<_> = papers.iter().map(|p| p.2).collect();
    let themes: Vec<ThemeId> = (1..=themes).map(ThemeId).collect();
    let input = TrendInput {
        published: &published,
        seen: &seen,
        upvotes: &[],
        theme: &theme,
        themes: &themes,
        terms: None,
        refits: &[],
    };
    let trends = measure(&input, settings);
    assert_whole(&trends, themes.len());
    trends
}

/// Every number is finite and where it belongs, and every theme has an entry.
fn assert_whole(trends: &Trends, themes: usize) {
    assert_eq!(trends.trends.len(), themes);
    assert_eq!(trends.timeline.is_none(), trends.absent_because.is_some());
    let bins = trends.timeline.as_ref().map_or(0, |t| t.bins.len());
    for trend in &trends.trends {
        assert_eq!(trend.shares.len(), bins);
        for share in &trend.shares {
            assert_eq!(share.share.is_none(), share.total == 0);
            if let (Some(low), Some(at), Some(high)) = (share.low, share.share, share.high) {
                assert!(0.0 <= low && low <= at && at <= high && high <= 1.0, "{share:?}");
            }
        }
        for verdict in [&trend.recent, &trend.overall].into_iter().flatten() {
            assert_verdict(verdict);
        }
    }
    let text = format!("{trends:?}");
    assert!(!text.contains("NaN") && !text.contains("inf,") && !text.contains("inf)"), "{text}");
}

fn assert_verdict(verdict: &Verdict) {
    assert!(!verdict.reason.is_empty() && verdict.window_start < verdict.window_end);
    for chance in [verdict.p, verdict.q, verdict.mann_kendall_p].into_iter().flatten() {
        assert!((0.0..=1.0).contains(&chance), "{verdict:?}");
    }
    match (verdict.change_low, verdict.change, verdict.change_high) {
        (Some(low), Some(change), Some(high)) => {
            assert!(-1.0 <= low && low <= change + 1e-9 && change <= high + 1e-9 && high <= 1.0, "{verdict:?}");
        }
        _ => assert_eq!(verdict.kind, VerdictKind::TooFewPapers),
    }
}

fn monthly() -> TrendSettings {
    TrendSettings { bin: Some(BinUnit::Month), shuffles: 99, ..TrendSettings::default() }
}

#[test]
fn nothing_at_all_and_nothing_dated_say_why() {
    let empty = run(&[], 0, &TrendSettings::default());
    assert_eq!(empty.absent_because.as_deref(), Some("there is no paper"));
    let undated = run(&[(None, None, Some(0)), (None, None, None)], 1, &TrendSettings::default());
    assert_eq!((undated.dated, undated.undated), (0, 2));
    let by_listing = TrendSettings { clock: Some(Clock::Seen), ..TrendSettings::default() };
    let unlisted = run(&[(Some(day(2025, 3, 4)), None, Some(0))], 1, &by_listing);
    assert_eq!((unlisted.dated, unlisted.undated), (0, 1), "no paper has a date by the clock that was asked for");
}

#[test]
fn one_paper_and_one_bin_are_whole() {
    let one = run(&[(Some(day(2025, 3, 4)), None, Some(0))], 1, &TrendSettings::default());
    assert_eq!((one.dated, one.timeline.unwrap().bins.len()), (1, 1));
    let papers = vec![(Some(day(2025, 3, 4)), None, Some(0)); 50];
    let same = run(&papers, 2, &monthly());
    assert_eq!(same.trends[0].shares[0].share, Some(1.0));
    assert!(same.notices.iter().any(|n| n.expected.contains("4 or more")), "{:?}", same.notices);
}

#[test]
fn ten_empty_years_are_kept_and_harm_nothing() {
    let mut papers = Vec::new();
    for index in 0..60_i8 {
        let year = if index < 30 { 2010 } else { 2021 };
        papers.push((Some(day(year, 1 + index % 12, 5)), None, Some(usize::from(index >= 30))));
    }
    let trends = run(&papers, 2, &monthly());
    let bins = trends.timeline.unwrap().bins;
    assert_eq!(bins.len(), 12 * 12);
    assert!(bins.windows(2).all(|pair| pair[0].end == pair[1].start));
    assert_eq!(trends.trends[1].overall.as_ref().unwrap().kind, VerdictKind::Rising);
    let gap = "120 of 144 bins hold no dated paper, and so no share: it is undefined, not zero; \
        none is dated from 2011-01-01 to before 2021-01-01 (120 bins)";
    assert!(trends.notices.iter().any(|n| n.found == gap), "{:?}", trends.notices);
}

#[test]
fn a_theme_with_one_paper_or_none_is_too_few() {
    let mut papers: Vec<Paper> = (0..120_i8).map(|i| (Some(day(2024, 1 + i % 12, 3)), None, Some(0))).collect();
    papers.push((Some(day(2024, 6, 1)), None, Some(1)));
    let trends = run(&papers, 3, &monthly());
    for theme in [1, 2] {
        assert_eq!(trends.trends[theme].overall.as_ref().unwrap().kind, VerdictKind::TooFewPapers);
    }
    assert_eq!(trends.trends[2].overall.as_ref().unwrap().change, None);
    let told = "too few dated papers for any trend: theme 2 (1 paper), theme 3 (none)";
    assert!(trends.notices.iter().any(|n| n.found == told), "{:?}", trends.notices);
}

#[test]
fn a_wrong_date_two_thousand_years_back_does_not_make_a_hundred_thousand_weeks() {
    let mut papers: Vec<Paper> = (0..100_i8).map(|i| (Some(day(2024, 1 + i % 12, 3)), None, Some(0))).collect();
    papers.push((Some(day(1, 1, 1)), None, Some(0)));
    let settings = TrendSettings { bin: Some(BinUnit::Week), ..TrendSettings::default() };
    let trends = run(&papers, 1, &settings);
    assert!(trends.timeline.unwrap().bins.len() < 60, "the weeks that were asked for, without the stray");
    assert!(trends.notices.iter().any(|n| n.found.contains("1 paper before 2024-01-01")), "{:?}", trends.notices);

    let trends = run(&papers, 1, &TrendSettings { from: Some(day(1, 1, 1)), ..settings });
    assert!(trends.timeline.unwrap().bins.len() < 2_100);
    assert!(trends.notices.iter().any(|n| n.found.contains("were asked for")));
}

#[test]
fn a_window_longer_than_the_timeline_is_told_and_shortened() {
    let papers: Vec<Paper> =
        (0..120_i8).map(|i| (Some(day(2024, 1 + i % 12, 3)), None, Some(usize::from(i % 7 == 0)))).collect();
    let long = run(&papers, 2, &TrendSettings { window: 500, ..monthly() });
    assert!(long.notices.iter().any(|n| n.found == "the window of 500 bins is longer than the 11 finished ones"));
    assert_eq!(long.trends[0].recent, long.trends[0].overall);
}

#[test]
fn as_of_before_the_first_paper_leaves_nothing_and_says_so() {
    let papers = [(Some(day(2024, 5, 1)), None, Some(0))];
    let settings = TrendSettings { as_of: Some(day(2023, 1, 1)), ..TrendSettings::default() };
    let trends = run(&papers, 1, &settings);
    assert!(trends.absent_because.unwrap().contains("2023-01-01"));
    assert!(trends.notices[0].found.contains("1 paper after 2023-01-01"));
}

#[test]
fn nothing_listed_after_as_of_is_read_and_from_and_to_cut() {
    let papers = [
        (Some(day(2024, 5, 1)), Some(day(2024, 5, 2)), Some(0)),
        (Some(day(2024, 5, 3)), Some(day(2024, 9, 1)), Some(0)),
        (Some(day(2024, 6, 3)), Some(day(2024, 6, 4)), Some(0)),
        (Some(day(2024, 7, 3)), Some(day(2024, 7, 4)), Some(0)),
    ];
    let by =
        |settings: TrendSettings| run(&papers, 1, &TrendSettings { clock: Some(Clock::Published), ..settings }).dated;
    assert_eq!(by(monthly()), 4);
    assert_eq!(by(TrendSettings { as_of: Some(day(2024, 7, 31)), ..monthly() }), 3);
    assert_eq!(by(TrendSettings { from: Some(day(2024, 5, 2)), to: Some(day(2024, 7, 1)), ..monthly() }), 2);
}

fn random_papers(count: usize, seed: u64) -> Vec<Paper> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut draw = |_| {
        let date = day(2023, 1, 1).saturating_add(jiff::Span::new().days(random.gen_range(0..700_i64)));
        let theme = random.gen_range(0..9_usize);
        (random.gen_bool(0.9).then_some(date), None, (theme < 7).then_some(theme))
    };
    (0..count).map(&mut draw).collect()
}

#[test]
fn the_order_of_papers_changes_nothing() {
    let mut papers = random_papers(900, 5);
    let settings = TrendSettings { shuffles: 99, ..TrendSettings::default() };
    let before = run(&papers, 7, &settings);
    papers.shuffle(&mut Xoshiro256PlusPlus::seed_from_u64(6));
    assert_eq!(before, run(&papers, 7, &settings));
}

#[test]
fn shares_of_themes_and_of_no_theme_sum_to_one() {
    let papers = random_papers(900, 7);
    let trends = run(&papers, 7, &monthly());
    let timeline = trends.timeline.as_ref().unwrap();
    let none: Vec<Day> = papers.iter().filter(|p| p.2.is_none()).filter_map(|p| p.0).collect();
    for (bin, span) in timeline.bins.iter().enumerate() {
        let outside = none.iter().filter(|d| span.start <= **d && **d < span.end).count() as f64;
        let total = f64::from(trends.trends[0].shares[bin].total);
        let inside: f64 = trends.trends.iter().filter_map(|t| t.shares[bin].share).sum();
        assert!((inside + outside / total - 1.0).abs() < 1e-12);
    }
}

#[test]
fn refits_that_agree_make_a_verdict_robust_and_refits_that_do_not_undo_it() {
    let papers: Vec<Paper> = (0..360_usize)
        .map(|i| {
            let month = i % 12;
            let theme = usize::from(i / 12 >= 2 * month + 2);
            (Some(day(2024, i8::try_from(month).unwrap() + 1, 4)), None, Some(theme))
        })
        .collect();
    let published: Vec<_> = papers.iter().map(|p| p.0).collect();
    let seen = vec![None; papers.len()];
    let theme: Vec<_> = papers.iter().map(|p| p.2).collect();
    let none = vec![None; papers.len()];
    let refits = [theme.clone(), theme.clone(), theme.clone(), none];
    let themes = [ThemeId(1), ThemeId(2)];
    let input = TrendInput {
        published: &published,
        seen: &seen,
        upvotes: &[],
        theme: &theme,
        themes: &themes,
        terms: None,
        refits: &refits,
    };
    let trends = measure(&input, &monthly());
    let rising = trends.trends[0].overall.as_ref().unwrap();
    assert_eq!((rising.kind, rising.robustness), (VerdictKind::Rising, Some(0.75)));
    let band = trends.trends[0].refit_bands[10].unwrap();
    assert!(band.low < band.high && (band.high - trends.trends[0].shares[10].share.unwrap()).abs() < 1e-12);
}
