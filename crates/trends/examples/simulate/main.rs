//! Prints how often verdicts are wrong, right and missing in simulated reports: the evidence behind the method.
//! Changes nothing and reads nothing; the same table comes out every time.
//!
//! `cargo run --release -p papertide-trends --example simulate [REPORTS]`
#![expect(clippy::print_stdout, reason = "a table on the terminal is what this is for")]

mod study;

use study::{Score, World, steady_shares, study};

/// Name of a course, and what it makes of the theme at a position with a steady share.
type Course = (&'static str, fn(usize, f64) -> (f64, f64));

const COURSES: [Course; 6] = [
    ("none", |_, p| (p, p)),
    ("4 of 40 double", |i, p| if i % 10 == 9 { (p * 0.5_f64.sqrt(), p * 2.0_f64.sqrt()) } else { (p, p) }),
    ("4 of 40 halve", |i, p| if i % 10 == 9 { (p * 2.0_f64.sqrt(), p * 0.5_f64.sqrt()) } else { (p, p) }),
    ("4 of 40 +3 points", |i, p| if i % 10 == 9 { (p, p + 0.03) } else { (p, p) }),
    ("4 of 40 emerge to 3%", |i, p| if i % 10 == 9 { (1e-4, 0.03) } else { (p, p) }),
    ("all a little, up and down", |i, p| if i % 2 == 0 { (p * 0.8, p * 1.25) } else { (p * 1.25, p * 0.8) }),
];

fn main() {
    let reports = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(400);
    println!("{reports} reports each; 40 themes of 0.5% to 6%, 12 bins, q 0.10; +- is two standard errors");
    println!("{HEADER}");
    for (course, shares) in COURSES {
        for papers_a_bin in [60, 300, 1000] {
            for dispersion in [1.0, 2.0] {
                let shares = steady_shares().into_iter().enumerate().map(|(i, (p, _))| shares(i, p)).collect();
                let world = World { papers_a_bin, dispersion, shares };
                print_row(course, &world, &study(&world, reports, 1));
            }
        }
    }
    println!("\npower at the rise that the report states as detectable (6% theme alone moves; to reach: 80%)");
    for papers_a_bin in [60, 300, 1000] {
        for dispersion in [1.0, 2.0] {
            print_power(papers_a_bin, dispersion, reports);
        }
    }
}

const HEADER: &str = "true trend                 papers phi | false verdict   FDP    found | covered | flat  wrong";

fn print_row(course: &str, world: &World, score: &Score) {
    let rate = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let wrong = rate(score.with_false_verdict, score.reports);
    let error = 2.0 * (wrong * (1.0 - wrong) / score.reports as f64).sqrt();
    println!(
        "{course:26} {:6} {:3} | {:5.1}% +-{:4.1} {:5.1}%   {:5.1}% | {:6.1}% | {:4.1}% {:4.1}%",
        world.papers_a_bin,
        world.dispersion,
        100.0 * wrong,
        100.0 * error,
        100.0 * score.false_discovery / score.reports as f64,
        100.0 * rate(score.found, score.moving),
        100.0 * rate(score.covering, score.intervals),
        100.0 * rate(score.flat, score.intervals),
        100.0 * rate(score.flat_wrongly, score.flat),
    );
}

fn print_power(papers_a_bin: usize, dispersion: f64, reports: u64) {
    let mut world = World { papers_a_bin, dispersion, shares: steady_shares() };
    let mut detectable = study(&world, reports, 2).detectable;
    detectable.sort_by(f64::total_cmp);
    let Some(&rise) = detectable.get(detectable.len() / 2) else { return };
    // The other themes make room.
    world.shares = world.shares.iter().map(|&(first, last)| (0.5 * first, 0.5 * last)).collect();
    if let Some(moving) = world.shares.last_mut() {
        *moving = (0.06, 0.06 + rise);
    }
    let score = study(&world, reports, 3);
    let found = 100.0 * score.found as f64 / score.moving.max(1) as f64;
    println!(
        "{papers_a_bin:6} papers a bin, dispersion {dispersion}: +{:4.1} points, found {found:5.1}%",
        100.0 * rise
    );
}
