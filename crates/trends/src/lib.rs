//! Turns the dates and the themes of papers into [`Trends`]: shares by calendar bin, and what can be said of them.
//! Does not read papers or texts, draws no chart, and calls nothing a trend that chance explains.
//!
//! Every function is pure: the day that counts as today is the newest day of the data, and the only random numbers
//! (shuffled dates, for bursts) come from the seed in the settings.

mod appearance;
mod burst;
mod calendar;
mod change;
mod clock;
mod counts;
mod dispersion;
mod drift;
mod fdr;
mod finished;
mod lag;
mod latest;
mod logistic;
mod notices;
mod power;
mod precision;
mod rank;
#[cfg(test)]
mod reference;
mod refits;
mod region;
mod settings;
mod share;
mod standing;
mod tails;
mod timeline;
mod unit;
mod verdict;
mod weights;

pub use calendar::{bin_end, bin_start, bins_between};
pub use change::causes;
pub use counts::{Counts, Window, count};
pub use dispersion::Dispersion;
pub use fdr::benjamini_hochberg;
pub use logistic::{Fit, Line, Series, fit};
pub use power::smallest_rise;
pub use rank::{mann_kendall, theil_sen};
pub use settings::{TrendSettings, Weight};
pub use share::{shares, wilson};
pub use verdict::judge;

use clock::date_papers;
use model::{Day, TermMatrix, ThemeId, Timeline, Trend, Trends, Verdict};
use timeline::Placed;

/// What trends are made of. `published`, `seen`, `upvotes` and `theme` have `n_papers` entries.
#[derive(Debug, Clone, Copy)]
pub struct TrendInput<'a> {
    /// The paper's own date.
    pub published: &'a [Option<Day>],
    /// The day of its page or listing.
    pub seen: &'a [Option<Day>],
    /// `None` where they are not known; read where papers are weighed by them only.
    pub upvotes: &'a [Option<u32>],
    /// Position in `themes`; `None` where the paper is in no theme.
    pub theme: &'a [Option<usize>],
    pub themes: &'a [ThemeId],
    /// For drift inside themes; `None` leaves drift out.
    pub terms: Option<&'a TermMatrix>,
    /// `theme` again for each refit of the clustering, with the themes matched to `themes`; may be empty.
    pub refits: &'a [Vec<Option<usize>>],
}

/// Measures how every theme moves. Whole for any input: where nothing can be said, it says why.
#[must_use]
pub fn measure(input: &TrendInput<'_>, settings: &TrendSettings) -> Trends {
    let trends = input.themes.iter().map(|theme| blank(*theme)).collect();
    let TrendSettings { window, q, flat_margin, .. } = *settings;
    let empty = Trends { trends, window, q, flat_margin, ..Trends::default() };
    let Some(dated) = date_papers(input, settings) else {
        let reason = if input.theme.is_empty() { "there is no paper" } else { "no paper has a date" };
        // By a clock that was asked for, papers with another date are undated too.
        return Trends { absent_because: Some(reason.to_owned()), undated: input.published.len(), ..empty };
    };
    let empty = Trends { undated: dated.undated, lags: lag::lag_table(input), ..empty };
    let Some(Placed { timeline, bin_of, strays, precision }) = timeline::build(input, &dated, settings) else {
        let reason = format!("no paper is dated between the days that were asked for (newest day: {})", dated.as_of);
        let notices = notices::left_out(&dated).into_iter().collect();
        return Trends { absent_because: Some(reason), notices, ..empty };
    };
    let counts = count(&bin_of, input.theme, timeline.bins.len(), input.themes.len());
    let refits = refits::recount(input.refits, &bin_of, &counts);
    let mut trends = courses(&timeline, &counts, &refits, input.themes, settings);
    if let Some(terms) = input.terms {
        let drifts = drift::drifts(terms, &dated.days, input.theme, input.themes.len(), settings.q);
        for (trend, drift) in trends.iter_mut().zip(drifts) {
            trend.drift = drift;
        }
    }
    let (by_upvotes, told) = weights::by_upvotes(input, &bin_of, &timeline, &counts, settings);
    let mut notices = notices::notices(input, &dated, &timeline, &precision, &counts, settings);
    notices.extend(told);
    notices.extend(notices::strays(strays, &timeline));
    let standings = standing::standings(&timeline, &counts);
    Trends {
        dated: bin_of.iter().flatten().count(),
        timeline: Some(timeline),
        trends,
        standings,
        by_upvotes,
        notices,
        ..empty
    }
}

/// All that follows from counts: shares, verdicts, bursts and appearances.
fn courses(
    timeline: &Timeline,
    counts: &Counts,
    refits: &[Counts],
    themes: &[ThemeId],
    settings: &TrendSettings,
) -> Vec<Trend> {
    let recent = verdicts(timeline, counts, refits, settings.window, settings);
    let overall = verdicts(timeline, counts, refits, usize::MAX, settings);
    let dispersions: Vec<Option<f64>> = overall.iter().map(|v| v.as_ref().and_then(|v| v.dispersion)).collect();
    let own: Vec<f64> = dispersions.iter().map(|d| d.unwrap_or(1.0)).collect();
    let mut trends: Vec<Trend> = themes.iter().map(|theme| blank(*theme)).collect();
    for (theme, trend) in trends.iter_mut().enumerate() {
        trend.shares = shares(&counts.themes[theme], &counts.totals, own[theme]);
        trend.refit_bands = refits::bands(refits, theme, &counts.totals);
    }
    if let Some(window) = Window::last(timeline, counts, usize::MAX) {
        let degrees = window.totals.iter().filter(|&&n| n > 0).count().saturating_sub(2).max(1) as f64;
        let clumping = dispersion::clumping(dispersions.into_iter().flatten().collect(), degrees);
        let bursts = burst::bursts(&window, clumping, settings);
        let appearances = appearance::appearances(&window, &own, settings.q);
        for ((trend, bursts), appearance) in trends.iter_mut().zip(bursts).zip(appearances) {
            (trend.bursts, trend.appearance) = (bursts, appearance);
        }
    }
    if let Some(window) = Window::last(timeline, counts, settings.window.saturating_add(1)) {
        for (trend, latest) in trends.iter_mut().zip(latest::latest(&window, settings)) {
            trend.latest = latest;
        }
    }
    for ((trend, recent), overall) in trends.iter_mut().zip(recent).zip(overall) {
        (trend.recent, trend.overall) = (recent, overall);
    }
    trends
}

/// Over the last `width` finished bins; one entry a theme.
fn verdicts(
    timeline: &Timeline,
    counts: &Counts,
    refits: &[Counts],
    width: usize,
    settings: &TrendSettings,
) -> Vec<Option<Verdict>> {
    let Some(window) = Window::last(timeline, counts, width) else { return vec![None; counts.themes.len()] };
    let mut verdicts = judge(&window, settings);
    refits::judge_robustness(&mut verdicts, refits, timeline, width, settings);
    verdicts.into_iter().map(Some).collect()
}

/// A theme of which nothing can be said.
fn blank(theme: ThemeId) -> Trend {
    Trend {
        theme,
        shares: Vec::new(),
        recent: None,
        overall: None,
        latest: None,
        bursts: Vec::new(),
        appearance: None,
        drift: None,
        refit_bands: Vec::new(),
    }
}
