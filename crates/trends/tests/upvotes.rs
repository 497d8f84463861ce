//! Holds shares and verdicts by upvotes against what was planted: heavy tails alone are no trend, and a trend is one.
//! What counts say is tested elsewhere.

use model::{BinUnit, Day, ThemeId, Trends, VerdictKind};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use trends::{TrendInput, TrendSettings, Weight, measure};

const MONTHS: usize = 12;
const THEMES: usize = 20;

/// Papers of twelve months as (month, theme, upvotes).
type Planted = Vec<(usize, usize, Option<u32>)>;

fn run(papers: &Planted, settings: &TrendSettings) -> Trends {
    let days: Vec<Day> = (1..=12).map(|month| Day::constant(2024, month, 5)).collect();
    let published: Vec<Option<Day>> = papers.iter().map(|p| Some(days[p.0])).collect();
    let theme: Vec<Option<usize>> = papers.iter().map(|p| Some(p.1)).collect();
    let upvotes: Vec<Option<u32>> = papers.iter().map(|p| p.2).collect();
    let themes: Vec<ThemeId> = (1..=THEMES as u32).map(ThemeId).collect();
    let input = TrendInput {
        published: &published,
        seen: &vec![None; papers.len()],
        upvotes: &upvotes,
        theme: &theme,
        themes: &themes,
        terms: None,
        refits: &[],
    };
    measure(&input, settings)
}

fn by_upvotes() -> TrendSettings {
    TrendSettings { weight: Weight::Upvotes, bin: Some(BinUnit::Month), shuffles: 19, ..TrendSettings::default() }
}

/// Upvotes as they are in listings: a logarithm that is about normal, with a deviation of 1.2. `lift`: by theme and month.
fn planted(a_month: usize, seed: u64, lift: impl Fn(usize, usize) -> f64) -> Planted {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut normal = move || (0..12).map(|_| random.gen_range(-0.5..0.5)).sum::<f64>();
    let mut papers = Vec::new();
    for month in 0..MONTHS {
        for paper in 0..a_month {
            let theme = (paper * 7 + month) % THEMES;
            papers.push((month, theme, Some((8.0 * (1.2 * normal()).exp() * lift(theme, month)) as u32)));
        }
    }
    papers
}

#[test]
fn heavy_tails_alone_are_no_trend() {
    let reports = 40;
    let moved = |kind: VerdictKind| matches!(kind, VerdictKind::Rising | VerdictKind::Falling);
    let with_false_verdict = (0..reports)
        .filter(|seed| {
            let trends = run(&planted(100, *seed, |_, _| 1.0), &by_upvotes());
            trends.by_upvotes.iter().any(|course| moved(course.overall.as_ref().unwrap().kind))
        })
        .count();
    // 10% of 40 reports, and two standard errors.
    assert!(with_false_verdict <= 7, "{with_false_verdict} of {reports} reports");
}

#[test]
fn a_theme_whose_papers_gain_upvotes_rises_by_upvotes_and_not_by_count() {
    let trends = run(&planted(400, 3, |theme, month| if theme == 4 { 0.5 + month as f64 } else { 1.0 }), &by_upvotes());
    let kinds = |theme: usize| {
        let by_count = trends.trends[theme].overall.as_ref().unwrap().kind;
        (by_count, trends.by_upvotes[theme].overall.as_ref().unwrap().kind)
    };
    assert_eq!(kinds(4).1, VerdictKind::Rising);
    assert!(!matches!(kinds(4).0, VerdictKind::Rising | VerdictKind::Falling));
    let rising = (0..THEMES).filter(|&theme| kinds(theme).1 == VerdictKind::Rising).count();
    assert_eq!(rising, 1, "only the theme that rises");
}

#[test]
fn shares_by_upvotes_are_sums_of_upvotes_and_unknown_ones_take_no_part() {
    let papers = vec![(0, 0, Some(30)), (0, 1, Some(10)), (0, 1, None), (1, 0, None), (2, 1, Some(0)), (3, 0, Some(5))];
    let trends = run(&papers, &by_upvotes());
    let shares = &trends.by_upvotes[0].shares;
    assert_eq!((shares[0].upvotes, shares[0].total, shares[0].share), (30, 40, Some(0.75)));
    assert!(shares[0].low.unwrap() < 0.75 && shares[0].high.unwrap() > 0.75);
    assert_eq!((shares[1].share, shares[2].share), (None, None));
    assert!(trends.notices.iter().any(|n| n.found.contains("4 of 6 dated papers")), "{:?}", trends.notices);
}

#[test]
fn without_upvotes_it_is_said_that_nothing_can_be_computed() {
    let trends = run(&vec![(0, 0, None), (1, 0, None)], &by_upvotes());
    assert_eq!(trends.by_upvotes, []);
    assert!(trends.notices.iter().any(|n| n.found.starts_with("no dated paper has upvotes")));
    let counted = run(&planted(20, 1, |_, _| 1.0), &TrendSettings { weight: Weight::Count, ..by_upvotes() });
    assert_eq!(counted.by_upvotes, []);
}
