//! Turns the course of one theme into a small chart for its section: share, interval, band over refits, dates.
//! Does not compute: the large charts show the same numbers on one scale for all themes.

use crate::charts::{Tone, class, share_said};
use crate::format;
use maud::{Markup, html};
use model::{Theme, Timeline, Trend};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 168.0;
const LEFT: f64 = 52.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = HEIGHT - 26.0;

/// `None` for a timeline of fewer than two bins, or without a paper of the theme: there is no course.
pub fn chart(timeline: &Timeline, theme: &Theme, name: &str, trend: &Trend) -> Option<Markup> {
    let n = timeline.bins.len();
    trend.shares.iter().find(|share| share.count > 0)?;
    let (first, last) = (timeline.bins.first().filter(|_| n > 1)?, timeline.bins.last()?);
    let ink = class(Tone::Colour(theme.colour));
    let top = top(trend);
    let at = |i: usize, value: f64| {
        let x = LEFT + 4.0 + i as f64 / (n - 1) as f64 * (WIDTH - LEFT - 10.0);
        (x, BOTTOM - (value / top).min(1.0) * (BOTTOM - TOP))
    };
    let finished = |i: usize| timeline.bins[i].finished;
    let interval = |i: usize| Some((trend.shares[i].low?, trend.shares[i].high?));
    let refits = |i: usize| trend.refit_bands.get(i)?.map(|band| (band.low, band.high));
    let line = |i: usize| trend.shares[i].share.map(|share| (share, share));
    let half = (WIDTH - LEFT - 10.0) / (n - 1) as f64 / 2.0;
    let id = format!("course-{}", theme.id.0);
    let unit = format::unit(timeline.unit);
    Some(html! {
        svg.course.ink viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby={ (id) "-title " (id) "-desc" } {
            title id={ (id) "-title" } { "Share of " (name) " by " (unit) }
            desc id={ (id) "-desc" } {
                "Line: share of each " (unit) "\u{2019}s papers. Light band: 95% interval; darker band: nine in ten refits of the clustering. "
                "Hollow: " (unit) " not finished."
            }
            @for (share, y) in [(top, TOP), (0.0, BOTTOM)] {
                line x1=(LEFT) x2=(WIDTH) y1=(y) y2=(y) {}
                text x=(LEFT - 8.0) y=(y + 4.0) text-anchor="end" { (format::percent(share)) }
            }
            @for run in runs(n, |i| finished(i) && trend.shares[i].share.is_some()) {
                polygon points=(outline(&run, interval, at)) class=(ink) opacity="0.18" {}
                polygon points=(outline(&run, refits, at)) class=(ink) opacity="0.3" {}
                polyline points=(points(run.iter().filter_map(|&i| line(i).map(|s| at(i, s.0))))) class=(ink) stroke-width="2" {}
            }
            @for i in (0..n).filter(|&i| !finished(i)) {
                @if let Some((share, _)) = line(i) {
                    circle.open.(ink) cx=(tenth(at(i, share).0)) cy=(tenth(at(i, share).1)) r="4" {}
                }
            }
            @for (i, share) in trend.shares.iter().enumerate() {
                g data-bin=(i) {
                    title { (share_said(share)) }
                    rect.hit x=(tenth(at(i, 0.0).0 - half)) y=(TOP) width=(tenth(2.0 * half)) height=(BOTTOM - TOP) {}
                    @if let Some((share, _)) = line(i).filter(|_| finished(i)) {
                        circle.point.(ink) cx=(tenth(at(i, share).0)) cy=(tenth(at(i, share).1)) r="3.5" {}
                    }
                }
            }
            text x=(LEFT) y=(HEIGHT - 6.0) { (format::bin_tick(first, timeline.unit)) }
            text x=(WIDTH) y=(HEIGHT - 6.0) text-anchor="end" { (format::bin_tick(last, timeline.unit)) }
        }
    })
}

/// The largest share, and the intervals as far as they are no more than twice that.
fn top(trend: &Trend) -> f64 {
    let share = trend.shares.iter().filter_map(|s| s.share).fold(0.0, f64::max);
    let high = trend.shares.iter().filter_map(|s| s.high).fold(share, f64::max);
    high.min(share * 2.0).max(0.001)
}

/// Stretches of bins that hold.
fn runs(n: usize, holds: impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
    let all: Vec<usize> = (0..n).collect();
    all.split(|&i| !holds(i)).filter(|run| !run.is_empty()).map(<[usize]>::to_vec).collect()
}

/// Along the upper ends and back along the lower ones. A single bin becomes a narrow column.
fn outline(run: &[usize], ends: impl Fn(usize) -> Option<(f64, f64)>, at: impl Fn(usize, f64) -> (f64, f64)) -> String {
    let known: Vec<(usize, (f64, f64))> = run.iter().filter_map(|&i| Some((i, ends(i)?))).collect();
    let beside = |(x, y): (f64, f64), by: f64| (x + by, y);
    if let [(i, (low, high))] = known.as_slice() {
        let (low, high) = (at(*i, *low), at(*i, *high));
        return points([beside(high, -2.0), beside(high, 2.0), beside(low, 2.0), beside(low, -2.0)].into_iter());
    }
    let upper = known.iter().map(|(i, (_, high))| at(*i, *high));
    points(upper.chain(known.iter().rev().map(|(i, (low, _))| at(*i, *low))))
}

fn points(places: impl Iterator<Item = (f64, f64)>) -> String {
    places.map(|(x, y)| format!("{},{}", tenth(x), tenth(y))).collect::<Vec<_>>().join(" ")
}

fn tenth(value: f64) -> String {
    ((value * 10.0).round() / 10.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_bin_is_hollow_in_the_colour_of_the_theme_and_a_theme_without_papers_has_no_course() {
        let mut analysis = crate::fake::REALISTIC.build();
        let (theme, timeline) = (&analysis.themes.themes[0], analysis.trends.timeline.as_ref().unwrap());
        let drawn = chart(timeline, theme, "name", &analysis.trends.trends[0]).unwrap().into_string();
        let hollow = format!("class=\"open {}\"", class(Tone::Colour(theme.colour)));
        assert_eq!(drawn.matches(&hollow).count(), 1, "{drawn}");
        for share in &mut analysis.trends.trends[0].shares {
            (share.count, share.share) = (0, Some(0.0));
        }
        assert!(chart(timeline, theme, "name", &analysis.trends.trends[0]).is_none());
    }
}
