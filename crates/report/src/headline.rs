//! Turns windows into headlines: one sentence without a full stop on what moved most, for the page and for charts.
//! Does not judge, and says of no window what another one shows.

use crate::windows::{Window, windows};
use crate::{clean, format, story};
use model::{Analysis, Share, Timeline, VerdictKind};

/// So many themes are named on either side of `moved_by_name`.
const NAMED: usize = 2;
/// Finished bins with papers that the trends stage needs for a test.
const LEAST_BINS: usize = 4;

/// The finding of the run: the recent window's where something moved there, else also the whole span's.
pub fn page(analysis: &Analysis) -> String {
    let windows = windows(analysis);
    let Some(recent) = windows.first() else { return untested(analysis) };
    let sentence = moved_most(analysis, recent);
    let Some(whole) = windows.get(1).filter(|_| recent.moved().is_empty()) else { return sentence };
    match extremes(analysis, whole, &all(analysis)).as_slice() {
        [] => format!("{sentence}, nor over the whole span of {}", whole.length),
        most => format!("{sentence}; over {} {}", whole.length, most.join(", and ")),
    }
}

/// Why there is no verdict at all.
fn untested(analysis: &Analysis) -> String {
    let trends = &analysis.trends;
    if analysis.themes.themes.is_empty() && !analysis.papers.is_empty() {
        return "No themes were found, so there is nothing whose course could be tested".to_owned();
    }
    if let Some(reason) = &trends.absent_because {
        return format::sentence_start(clean::line(reason).trim_end_matches('.'));
    }
    let bins = trends.timeline.as_ref().map_or(&[][..], |timeline| &timeline.bins);
    let shares = trends.trends.first().map_or(&[][..], |trend| &trend.shares);
    let filled = bins.iter().zip(shares).filter(|(bin, share)| bin.finished && share.total > 0).count();
    if filled < LEAST_BINS {
        return "No theme has enough finished bins to be tested".to_owned();
    }
    "No theme could be tested: each holds all dated papers, or none".to_owned()
}

/// `Over 12 weeks A rose most: 3.1% to 6.4% of papers; B fell most: 5.0% to 2.1%`.
pub fn moved_most(analysis: &Analysis, window: &Window<'_>) -> String {
    moved_most_of(analysis, window, &all(analysis), "").unwrap_or_else(|| {
        let how = if window.moved_in_few_refits().is_empty() { "beyond chance" } else { "in most refits" };
        format!("No theme moved {how} over {}", window.length)
    })
}

/// The same of the shown themes only, which are called `which`; `None` where none of them moved.
pub fn moved_most_of(analysis: &Analysis, window: &Window<'_>, shown: &[usize], which: &str) -> Option<String> {
    let most = extremes(analysis, window, shown);
    let over = format!("{} {}", window.length, most.join("; "));
    let of_all = shown.len() == 1 || shown.len() == analysis.themes.themes.len();
    let sentence = if of_all { format!("Over {over}") } else { format!("Of the {which}, over {over}") };
    (!most.is_empty()).then_some(sentence)
}

fn all(analysis: &Analysis) -> Vec<usize> {
    (0..analysis.themes.themes.len()).collect()
}

/// The largest rise and the largest fall of the shown themes, as far as there are any.
fn extremes(analysis: &Analysis, window: &Window<'_>, shown: &[usize]) -> Vec<String> {
    let moved = window.moved();
    let mut unit = " of papers";
    let mut out = Vec::new();
    for (kind, how) in [(VerdictKind::Rising, "rose most"), (VerdictKind::Falling, "fell most")] {
        let how = if shown.len() == 1 { how.trim_end_matches(" most") } else { how };
        let is = |p: &&usize| shown.contains(p) && window.verdict(**p).is_some_and(|v| v.kind == kind);
        let Some(&position) = moved.iter().find(is) else { continue };
        let name = story::name(&analysis.themes.themes[position]);
        out.push(match window.verdict(position).and_then(story::from_to) {
            Some(shares) => format!("{name} {how}: {shares}{}", std::mem::take(&mut unit)),
            None => format!("{name} {how}"),
        });
    }
    out
}

/// `Of the 10 largest themes, A, B and 2 more rose over 83 weeks; C fell`; `None` where none of them moved.
pub fn moved_by_name(analysis: &Analysis, window: &Window<'_>, shown: &[usize], which: &str) -> Option<String> {
    let side = |kind, how: &str| {
        let is = |p: &usize| shown.contains(p) && window.verdict(*p).is_some_and(|v| v.kind == kind);
        let names: Vec<String> =
            window.moved().into_iter().filter(is).map(|p| story::name(&analysis.themes.themes[p])).collect();
        (!names.is_empty()).then(|| format!("{} {how}", listed(&names)))
    };
    let over = &window.length;
    let sides = match (side(VerdictKind::Rising, "rose"), side(VerdictKind::Falling, "fell")) {
        (None, None) => return None,
        (Some(one), None) | (None, Some(one)) => format!("{one} over {over}"),
        (Some(rose), Some(fell)) => format!("{rose} over {over}; {fell}"),
    };
    if shown.len() == 1 {
        return Some(format::sentence_start(&sides));
    }
    Some(format!("Of the {which}, {sides}"))
}

/// `A`, `A and B`, `A, B and 3 more`.
fn listed(names: &[String]) -> String {
    let shown = &names[..names.len().min(NAMED)];
    match names.len() - shown.len() {
        0 => shown.join(" and "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// How many of the shown themes moved.
pub fn moved_by_number(analysis: &Analysis, window: &Window<'_>, shown: &[usize], which: &str) -> String {
    let n = |kind| window.with(kind).into_iter().filter(|p| shown.contains(p)).count();
    let (up, down, over) = (n(VerdictKind::Rising), n(VerdictKind::Falling), &window.length);
    let name = |position: usize| story::sentence_name(&analysis.themes.themes[position]);
    match (up, down, shown) {
        (0, 0, &[only]) => format!("{} did not move beyond chance over {over}", name(only)),
        (1, _, &[only]) => format!("{} rose beyond chance over {over}", name(only)),
        (_, _, &[only]) => format!("{} fell beyond chance over {over}", name(only)),
        (0, 0, _) => format!("None of the {which} moved beyond chance over {over}"),
        (_, 0, _) => format!("Of the {which}, {up} rose beyond chance over {over} and none fell"),
        (0, _, _) => format!("Of the {which}, {down} fell beyond chance over {over} and none rose"),
        _ => format!("Of the {which}, {up} rose and {down} fell beyond chance over {over}"),
    }
}

/// `The 10 largest themes held 61.0% of the papers in Oct 2025`: of the last finished bin with papers, else of the last one
/// with papers. `shares` gives those of a theme over the bins of the timeline.
pub fn held<'a>(
    analysis: &Analysis,
    timeline: &Timeline,
    shares: impl Fn(usize) -> &'a [Share],
    shown: &[usize],
    which: &str,
) -> String {
    let full = |i: &usize| shown.first().is_some_and(|&p| shares(p)[*i].share.is_some());
    let bins = || (0..timeline.bins.len()).rev().filter(full);
    let Some(bin) = bins().find(|&i| timeline.bins[i].finished).or_else(|| bins().next()) else {
        return format!("No dated paper in {}", format::units(timeline.bins.len(), timeline.unit));
    };
    let total: f64 = shown.iter().filter_map(|&p| shares(p)[bin].share).sum();
    let share = format::percent(total.min(1.0));
    let when = format::bin_in_sentence(&timeline.bins[bin], timeline.unit);
    match shown {
        &[only] => {
            format!("{} held {share} of the papers in {when}", story::sentence_name(&analysis.themes.themes[only]))
        }
        _ => format!("The {which} held {share} of the papers in {when}"),
    }
}

#[cfg(test)]
mod tests {
    use super::page;
    use crate::fake::{Fake, REALISTIC};
    use crate::story::story;
    use model::{Analysis, Verdict};

    /// Verdicts over a window in which nothing could be fitted, as the trends stage gives them.
    fn untested(fake: &Fake) -> Analysis {
        let mut analysis = fake.build();
        for trend in &mut analysis.trends.trends {
            for verdict in [&mut trend.recent, &mut trend.overall].into_iter().flatten() {
                let Verdict { window_start, window_end, papers, total, .. } = *verdict;
                *verdict = Verdict { window_start, window_end, papers, total, ..Verdict::default() };
            }
        }
        analysis
    }

    #[test]
    fn where_nothing_was_tested_nothing_is_said_to_have_stayed() {
        let analysis = untested(&Fake { bins: 4, ..REALISTIC });
        assert_eq!(page(&analysis), "No theme has enough finished bins to be tested");
        assert!(story(&analysis).parts.is_empty());
        let enough = untested(&Fake { bins: 9, ..REALISTIC });
        assert_eq!(page(&enough), "No theme could be tested: each holds all dated papers, or none");
    }

    #[test]
    fn a_recent_window_without_a_test_leaves_the_whole_span() {
        let mut analysis = Fake { bins: 40, recent_bins: 12, ..REALISTIC }.build();
        for trend in &mut analysis.trends.trends {
            trend.recent.as_mut().unwrap().q = None;
        }
        let story = story(&analysis);
        assert_eq!(story.parts.len(), 1);
        assert!(story.headline.contains("39 weeks") && !story.headline.contains("12 weeks"), "{}", story.headline);
    }

    #[test]
    fn without_themes_it_is_the_themes_that_are_missing() {
        let headline = page(&Fake { themes: 0, ..REALISTIC }.build());
        assert!(headline.starts_with("No themes were found"), "{headline}");
    }
}
