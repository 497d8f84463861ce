//! Holds a short form of the simulation bench against what the method promises, with fixed seeds.
//! The long form with its table is the example `simulate`.

#[path = "../examples/simulate/beside.rs"]
mod beside;
#[path = "../examples/simulate/study.rs"]
mod study;

use beside::beside;
use study::{World, steady_shares, study};

/// Limit of a rate that is meant to be at most `rate`, with two standard errors of `trials`.
fn with_error(rate: f64, trials: usize) -> f64 {
    rate + 2.0 * (rate * (1.0 - rate) / trials as f64).sqrt()
}

#[test]
fn nothing_moves_and_hardly_a_report_says_otherwise() {
    for (papers_a_bin, dispersion) in [(60, 1.0), (60, 2.0), (300, 2.0)] {
        let score = study(&World { papers_a_bin, dispersion, shares: steady_shares() }, 30, 11);
        let wrong = score.with_false_verdict as f64 / score.reports as f64;
        assert!(wrong <= with_error(0.10, score.reports), "{papers_a_bin} papers, dispersion {dispersion}: {wrong}");
        let covered = score.covering as f64 / score.intervals as f64;
        assert!((0.93..=0.97).contains(&covered), "{papers_a_bin} papers, dispersion {dispersion}: {covered} covered");
    }
}

#[test]
fn what_moves_is_found_and_false_discoveries_stay_below_q() {
    let shares = |i: usize, p: f64| if i % 10 == 9 { (p * 0.5_f64.sqrt(), p * 2.0_f64.sqrt()) } else { (p, p) };
    let shares = steady_shares().into_iter().enumerate().map(|(i, (p, _))| shares(i, p)).collect();
    let score = study(&World { papers_a_bin: 1000, dispersion: 1.0, shares }, 15, 12);
    let missed = 1.0 - score.detectable_found as f64 / score.detectable_moving as f64;
    assert!(score.detectable_moving >= 10, "{} rises were called detectable", score.detectable_moving);
    assert!(missed <= with_error(0.20, score.detectable_moving), "missed {missed} of the rises called detectable");
    let false_discovery = score.false_discovery / score.reports as f64;
    assert!(false_discovery <= with_error(0.10, score.reports), "{false_discovery}");
    assert!(score.flat > 0 && score.flat_wrongly * 20 <= score.flat, "{} of {}", score.flat_wrongly, score.flat);
}

#[test]
fn a_theme_that_emerges_is_found_at_sixty_papers_a_bin() {
    let shares = |i: usize, p: f64| if i == 39 { (1e-4, 0.08) } else { (p * 0.8, p * 0.8) };
    let shares = steady_shares().into_iter().enumerate().map(|(i, (p, _))| shares(i, p)).collect();
    let score = study(&World { papers_a_bin: 60, dispersion: 1.0, shares }, 20, 13);
    assert!(score.found * 4 >= score.moving * 3, "{} of {}", score.found, score.moving);
}

#[test]
fn a_rise_that_the_report_calls_detectable_is_found_in_four_of_five() {
    let mut world = World { papers_a_bin: 300, dispersion: 1.0, shares: steady_shares() };
    let mut detectable = study(&world, 5, 14).detectable;
    detectable.sort_by(f64::total_cmp);
    let rise = detectable[detectable.len() / 2];
    world.shares[39] = (0.06, 0.06 + rise);
    let score = study(&world, 20, 15);
    let missed = 1.0 - score.found as f64 / score.moving as f64;
    assert!(missed <= with_error(0.20, score.moving), "missed {missed} of rises by {rise}");
}

#[test]
fn nothing_moves_and_hardly_a_report_shows_a_burst_or_an_odd_bin() {
    for (papers_a_bin, dispersion) in [(60, 1.0), (300, 2.0)] {
        let found = beside(&World { papers_a_bin, dispersion, shares: steady_shares() }, 30, 16);
        for with in [found.with_burst, found.with_latest, found.with_emerging, found.with_fading] {
            let rate = with as f64 / found.reports as f64;
            assert!(rate <= with_error(0.10, found.reports), "{papers_a_bin} papers, {dispersion}: {found:?}");
        }
    }
}
