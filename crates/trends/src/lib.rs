//! Turns the dates and the themes of papers into [`Trends`]: shares by calendar bin, and what can be said of them.
//! Does not read papers or texts, draws no chart, and calls nothing a trend that chance explains.
//!
//! Every function is pure: the day that counts as today is the newest day of the data, and the only random numbers
//! (shuffled dates, for bursts) come from the seed in the settings.

mod calendar;
mod clock;
mod counts;
mod dispersion;
mod fdr;
mod finished;
mod lag;
mod logistic;
mod power;
mod rank;
mod region;
mod settings;
mod share;
mod tails;
mod timeline;
mod unit;
mod verdict;

pub use calendar::{bin_end, bin_start, bins_between};
pub use counts::{Counts, Window, count};
pub use dispersion::Dispersion;
pub use fdr::benjamini_hochberg;
pub use logistic::{Fit, Line, Series, fit};
pub use power::smallest_rise;
pub use rank::{mann_kendall, theil_sen};
pub use settings::TrendSettings;
pub use share::{shares, wilson};
pub use verdict::judge;

use clock::date_papers;
use model::{Day, TermMatrix, ThemeId, Timeline, Trend, Trends};

/// What trends are made of. `published`, `seen` and `theme` have `n_papers` entries.
#[derive(Debug, Clone, Copy)]
pub struct TrendInput<'a> {
    /// The paper's own date.
    pub published: &'a [Option<Day>],
    /// The day of its page or listing.
    pub seen: &'a [Option<Day>],
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
    let undated = input.published.iter().zip(input.seen).filter(|(p, s)| p.is_none() && s.is_none()).count();
    let trends = input.themes.iter().map(|theme| blank(*theme)).collect();
    let empty = Trends { undated, trends, window: settings.window, q: settings.q, ..Trends::default() };
    let Some(dated) = date_papers(input, settings) else {
        return Trends { absent_because: Some("no paper has a date".to_owned()), ..empty };
    };
    let empty = Trends { undated: dated.undated, lags: lag::lag_table(input), ..empty };
    let Some((timeline, bin_of)) = timeline::build(input, &dated, settings) else {
        return Trends {
            absent_because: Some("no dated paper lies between the days that were asked for".to_owned()),
            ..empty
        };
    };
    let counts = count(&bin_of, input.theme, timeline.bins.len(), input.themes.len());
    let trends = trends_of(input, &timeline, &counts, settings);
    Trends { dated: bin_of.iter().flatten().count(), timeline: Some(timeline), trends, ..empty }
}

fn trends_of(input: &TrendInput<'_>, timeline: &Timeline, counts: &Counts, settings: &TrendSettings) -> Vec<Trend> {
    let over = |width: usize| match Window::last(timeline, counts, width) {
        Some(window) => judge(&window, settings).into_iter().map(Some).collect(),
        None => vec![None; input.themes.len()],
    };
    let (recent, overall) = (over(settings.window), over(usize::MAX));
    let row = |(position, (recent, overall)): (usize, (Option<model::Verdict>, Option<model::Verdict>))| {
        let dispersion = overall.as_ref().and_then(|v| v.dispersion).unwrap_or(1.0);
        let shares = shares(&counts.themes[position], &counts.totals, dispersion);
        Trend { shares, recent, overall, ..blank(input.themes[position]) }
    };
    recent.into_iter().zip(overall).enumerate().map(row).collect()
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
