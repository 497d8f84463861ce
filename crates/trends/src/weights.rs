//! Turns the upvotes of papers into shares and verdicts by upvotes, with the papers as the units.
//! Counts stay what they are: this stands beside them.
//!
//! Upvotes have heavy tails: one paper may hold a tenth of a week. They are no independent votes, so a bin with ten thousand
//! of them is not ten thousand observations. It is worth `n = (sum w)^2 / sum w^2` papers (Kish 1965, Survey Sampling, section
//! 8.2), `w` being the upvotes of its papers: the variance of a weighted share `s` is `s (1 - s) / n` where upvotes do not
//! depend on the theme. Each bin enters the regression of `logistic` with `n` papers, `s n` of them in the theme. Where upvotes
//! do depend on the theme the variance is larger, and the dispersion, which is found from the data, takes it up.

use crate::counts::{Counts, Window};
use crate::logistic::Series;
use crate::share::wilson_of_share;
use crate::verdict::judge_series;
use crate::{TrendInput, TrendSettings, Weight};
use model::{Notice, Severity, Timeline, UpvoteCourse, UpvoteShare, Verdict};

/// Upvotes by bin. All vectors have an entry a bin, `themes` an entry a theme with an entry a bin each.
struct Upvotes {
    totals: Vec<u64>,
    themes: Vec<Vec<u64>>,
    /// Papers that the bin is worth; 0 without upvotes.
    worth: Vec<f64>,
    /// Dated papers whose upvotes are known.
    known: usize,
}

/// One course a theme, and what is to be told; none where papers are not weighed or no dated paper has upvotes.
pub(crate) fn by_upvotes(
    input: &TrendInput<'_>,
    bin_of: &[Option<usize>],
    timeline: &Timeline,
    counts: &Counts,
    settings: &TrendSettings,
) -> (Vec<UpvoteCourse>, Option<Notice>) {
    if settings.weight == Weight::Count {
        return (Vec::new(), None);
    }
    let upvotes = sum(input, bin_of, counts);
    let told = tell(upvotes.known, bin_of.iter().flatten().count());
    if upvotes.totals.iter().all(|&total| total == 0) {
        return (Vec::new(), told);
    }
    let recent = verdicts(&upvotes, timeline, counts, settings.window, settings);
    let overall = verdicts(&upvotes, timeline, counts, usize::MAX, settings);
    let courses = recent.into_iter().zip(overall).enumerate().map(|(theme, (recent, overall))| {
        let dispersion = overall.as_ref().and_then(|v| v.dispersion).unwrap_or(1.0);
        UpvoteCourse { shares: shares(&upvotes, theme, dispersion), recent, overall }
    });
    (courses.collect(), told)
}

fn sum(input: &TrendInput<'_>, bin_of: &[Option<usize>], counts: &Counts) -> Upvotes {
    let bins = counts.totals.len();
    let mut squares = vec![0.0; bins];
    let mut sums = Upvotes {
        totals: vec![0; bins],
        themes: vec![vec![0; bins]; counts.themes.len()],
        worth: Vec::new(),
        known: 0,
    };
    for ((bin, theme), upvotes) in bin_of.iter().zip(input.theme).zip(input.upvotes) {
        let (Some(bin), Some(upvotes)) = (*bin, *upvotes) else { continue };
        sums.known += 1;
        sums.totals[bin] += u64::from(upvotes);
        squares[bin] += f64::from(upvotes).powi(2);
        if let Some(row) = theme.and_then(|theme| sums.themes.get_mut(theme)) {
            row[bin] += u64::from(upvotes);
        }
    }
    let worth = |(&total, square): (&u64, f64)| if total > 0 { (total as f64).powi(2) / square } else { 0.0 };
    sums.worth = sums.totals.iter().zip(squares).map(worth).collect();
    sums
}

fn tell(known: usize, dated: usize) -> Option<Notice> {
    let notice = |severity, found: String, expected: &str, hint: &str| {
        Some(Notice { severity, file: None, line: None, found, expected: expected.to_owned(), hint: hint.to_owned() })
    };
    match known {
        0 => notice(
            Severity::Warning,
            "no dated paper has upvotes: shares by upvotes cannot be computed".to_owned(),
            "daily listings, or a table with a column of upvotes",
            "leave --weight at count",
        ),
        known if known < dated => {
            let found =
                format!("shares by upvotes speak of the {known} of {dated} dated papers whose upvotes are known");
            notice(Severity::Note, found, "", "")
        }
        _ => None,
    }
}

fn shares(upvotes: &Upvotes, theme: usize, dispersion: f64) -> Vec<UpvoteShare> {
    let share = |bin: usize| {
        let (own, total) = (upvotes.themes[theme][bin], upvotes.totals[bin]);
        if total == 0 {
            return UpvoteShare { upvotes: own, total, share: None, low: None, high: None };
        }
        let share = own as f64 / total as f64;
        let (low, high) = wilson_of_share(share, upvotes.worth[bin] / dispersion);
        UpvoteShare { upvotes: own, total, share: Some(share), low: Some(low), high: Some(high) }
    };
    (0..upvotes.totals.len()).map(share).collect()
}

/// Over the last `width` finished bins; one entry a theme.
fn verdicts(
    upvotes: &Upvotes,
    timeline: &Timeline,
    counts: &Counts,
    width: usize,
    settings: &TrendSettings,
) -> Vec<Option<Verdict>> {
    let Some(window) = Window::last(timeline, counts, width) else { return vec![None; counts.themes.len()] };
    let series = (0..counts.themes.len()).map(|theme| series(upvotes, theme, &window)).collect();
    judge_series(&window, series, settings).into_iter().map(Some).collect()
}

/// The bins of the window that have upvotes, each with the papers that it is worth.
fn series(upvotes: &Upvotes, theme: usize, window: &Window<'_>) -> Series {
    let width = window.totals.len().saturating_sub(1).max(1) as f64;
    let filled: Vec<usize> = (0..window.totals.len()).filter(|t| upvotes.totals[window.first + t] > 0).collect();
    let share = |bin: usize| upvotes.themes[theme][bin] as f64 / upvotes.totals[bin] as f64;
    Series {
        x: filled.iter().map(|&t| t as f64 / width).collect(),
        y: filled.iter().map(|&t| share(window.first + t) * upvotes.worth[window.first + t]).collect(),
        n: filled.iter().map(|&t| upvotes.worth[window.first + t]).collect(),
    }
}
