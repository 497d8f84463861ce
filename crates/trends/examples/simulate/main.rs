//! Prints how often verdicts are wrong, right and missing in simulated reports: the evidence behind the method.
//! Changes nothing and reads nothing; the same table comes out every time.
//!
//! `cargo run --release -p papertide-trends --example simulate [REPORTS [verdicts|beside|power]]`
#![expect(clippy::print_stdout, reason = "a table on the terminal is what this is for")]

mod beside;
mod study;

use beside::{Beside, beside};
use study::{Score, World, steady_shares, study};

/// Name of a course, and what it makes of the theme at a position with a steady share.
type Course = (&'static str, fn(usize, f64) -> (f64, f64));

/// A little more than the margin of `flat`: two points, or half of the share where that is less. Every other theme falls, or
/// the shares would come to more than 1.
fn just_beyond_the_margin(position: usize, share: f64) -> (f64, f64) {
    let half = 1.05 * (share / 2.0).min(0.02) / 2.0;
    if position.is_multiple_of(2) { (share - half, share + half) } else { (share + half, share - half) }
}

const COURSES: [Course; 7] = [
    ("none", |_, p| (p, p)),
    ("all just beyond the margin", just_beyond_the_margin),
    ("4 of 40 double", |i, p| if i % 10 == 9 { (p * 0.5_f64.sqrt(), p * 2.0_f64.sqrt()) } else { (p, p) }),
    ("4 of 40 halve", |i, p| if i % 10 == 9 { (p * 2.0_f64.sqrt(), p * 0.5_f64.sqrt()) } else { (p, p) }),
    ("4 of 40 +3 points", |i, p| if i % 10 == 9 { (p, p + 0.03) } else { (p, p) }),
    ("4 of 40 emerge to 3%", |i, p| if i % 10 == 9 { (1e-4, 0.03) } else { (p, p) }),
    ("all a little, up and down", |i, p| if i % 2 == 0 { (p * 0.8, p * 1.25) } else { (p * 1.25, p * 0.8) }),
];

fn main() {
    let mut args = std::env::args().skip(1);
    let reports = args.next().and_then(|n| n.parse().ok()).unwrap_or(400);
    let wanted = args.next();
    let is_wanted = |table: &str| wanted.as_deref().is_none_or(|wanted| wanted == table);
    println!("{reports} reports each; 40 themes of 0.5% to 6%, 12 bins, q 0.10; +- is two standard errors");
    if is_wanted("verdicts") {
        print_verdicts(reports);
    }
    if is_wanted("beside") {
        print_besides(reports);
    }
    if is_wanted("power") {
        print_powers(reports);
    }
}

/// Papers a bin, and dispersion.
const SIZES: [(usize, f64); 6] = [(60, 1.0), (60, 2.0), (300, 1.0), (300, 2.0), (1000, 1.0), (1000, 2.0)];

fn print_verdicts(reports: u64) {
    println!("\n{HEADER}");
    for (course, shares) in COURSES {
        for (papers_a_bin, dispersion) in SIZES {
            let shares = steady_shares().into_iter().enumerate().map(|(i, (p, _))| shares(i, p)).collect();
            let world = World { papers_a_bin, dispersion, shares };
            print_row(course, &world, &study(&world, reports, 1));
        }
    }
}

fn print_besides(reports: u64) {
    println!("\nno true trend: reports with any false finding besides the verdicts (to reach: 10% each)");
    println!("papers phi | bursts  newest bin  emerging  fading out");
    for (papers_a_bin, dispersion) in SIZES {
        let world = World { papers_a_bin, dispersion, shares: steady_shares() };
        print_beside(&world, &beside(&world, reports, 4));
    }
}

fn print_powers(reports: u64) {
    println!("\npower at the rise that the report states as detectable (6% theme alone moves; to reach: 80%)");
    for (papers_a_bin, dispersion) in SIZES {
        print_power(papers_a_bin, dispersion, reports);
    }
}

const HEADER: &str = "true trend                 papers phi | false verdict   FDP    found | detectable found | covered | flat  wrong flat";

fn print_beside(world: &World, found: &Beside) {
    let rate = |reports: usize| 100.0 * reports as f64 / found.reports as f64;
    println!(
        "{:6} {:3} | {:5.1}%  {:9.1}%  {:7.1}%  {:9.1}%",
        world.papers_a_bin,
        world.dispersion,
        rate(found.with_burst),
        rate(found.with_latest),
        rate(found.with_emerging),
        rate(found.with_fading),
    );
}

fn print_row(course: &str, world: &World, score: &Score) {
    let rate = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let wrong = rate(score.with_false_verdict, score.reports);
    let error = 2.0 * (wrong * (1.0 - wrong) / score.reports as f64).sqrt();
    println!(
        "{course:26} {:6} {:3} | {:5.1}% +-{:4.1} {:5.1}%   {:5.1}% | {:10} {:4.0}% | {:6.1}% | {:4.1}% {:5.1}%",
        world.papers_a_bin,
        world.dispersion,
        100.0 * wrong,
        100.0 * error,
        100.0 * score.false_discovery / score.reports as f64,
        100.0 * rate(score.found, score.moving),
        score.detectable_moving,
        100.0 * rate(score.detectable_found, score.detectable_moving),
        100.0 * rate(score.covering, score.intervals),
        100.0 * rate(score.flat, score.intervals),
        100.0 * rate(score.with_wrong_flat, score.reports),
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
