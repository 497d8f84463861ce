//! Turns the truth table of the demo pages into trends and holds them against the courses that were planted.
//! No clustering takes part: what fails here is the trend stage.

use model::{Day, ThemeId, Trend, Trends, VerdictKind};
use std::collections::BTreeMap;
use trends::{TrendInput, TrendSettings, measure};

const TRUTH: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/truth.csv"));
const SHAPES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/shapes.csv"));

/// Theme names in order, their planted shapes, and their trends.
fn demo() -> (Vec<(String, String)>, Trends) {
    let shapes: BTreeMap<String, String> =
        SHAPES.lines().skip(1).filter_map(|l| l.split_once(',')).map(|(t, s)| (t.into(), s.trim().into())).collect();
    let names: Vec<(String, String)> = shapes.into_iter().collect();
    // The title is quoted and holds commas; the three columns after it do not.
    let rows: Vec<Vec<&str>> = TRUTH.lines().skip(1).map(|l| l.rsplitn(4, ',').collect()).collect();
    let published: Vec<Option<Day>> = rows.iter().map(|r| r[1].parse().ok()).collect();
    let seen = vec![Some(Day::constant(2025, 11, 3)); rows.len()];
    let theme: Vec<Option<usize>> = rows.iter().map(|r| names.iter().position(|(n, _)| n == r[2])).collect();
    let themes: Vec<ThemeId> = (1..=12).map(ThemeId).collect();
    let input = TrendInput {
        published: &published,
        seen: &seen,
        upvotes: &[],
        theme: &theme,
        themes: &themes,
        terms: None,
        refits: &[],
    };
    (names, measure(&input, &TrendSettings::default()))
}

fn overall(trend: &Trend) -> VerdictKind {
    trend.overall.as_ref().map_or(VerdictKind::TooFewPapers, |v| v.kind)
}

#[test]
fn planted_courses_are_found() {
    let (names, trends) = demo();
    let of = |wanted: &str| -> Vec<VerdictKind> {
        names.iter().zip(&trends.trends).filter(|((_, s), _)| s == wanted).map(|(_, t)| overall(t)).collect()
    };
    assert_eq!(of("emerging"), [VerdictKind::Rising]);
    assert_eq!(of("rising"), [VerdictKind::Rising]);
    assert_eq!(of("fading"), [VerdictKind::Falling; 2]);
    assert!(matches!(of("step-up")[..], [VerdictKind::Rising | VerdictKind::TooFewPapers]));
    let steady = of("steady");
    assert_eq!(steady.len(), 6);
    let called = steady.iter().filter(|k| matches!(k, VerdictKind::Rising | VerdictKind::Falling)).count();
    assert!(called <= 1, "{called} steady themes were called rising or falling");
}

#[test]
fn the_planted_burst_is_found_at_its_place() {
    let (names, trends) = demo();
    let with_bursts: Vec<&str> =
        names.iter().zip(&trends.trends).filter(|(_, t)| !t.bursts.is_empty()).map(|((n, _), _)| n.as_str()).collect();
    let position = names.iter().position(|(_, shape)| shape == "burst").unwrap();
    let [burst] = &trends.trends[position].bursts[..] else { panic!("{:?}", trends.trends[position].bursts) };
    // Weeks 20 to 27 from 2024-11-04 on; bins are months.
    let (start, end) = (Day::constant(2025, 3, 17), Day::constant(2025, 5, 12));
    let bins = &trends.timeline.as_ref().unwrap().bins;
    let at = |day: Day| bins.iter().position(|b| b.start <= day && day < b.end).unwrap();
    assert!(burst.first.abs_diff(at(start)) <= 1 && burst.last.abs_diff(at(end)) <= 1, "{burst:?}");
    assert!(with_bursts.len() <= 5, "{with_bursts:?}");
    let emerging = names.iter().position(|(_, shape)| shape == "emerging").unwrap();
    assert!(trends.trends[emerging].appearance.as_ref().unwrap().emerging);
}
