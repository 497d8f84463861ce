//! How themes move: shares by bin, verdicts, bursts, drifting terms, and what could not be said.
//! Positions of bins are indices into [`Timeline::bins`], papers are rows, p and q values lie in [0, 1].

use crate::{Day, Notice, ThemeId, Timeline};
use serde::{Deserialize, Serialize};

/// Share of a theme in one bin. Fractions of 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Papers of the theme in the bin.
    pub count: u32,
    /// Dated papers in the bin, in a theme or not: the denominator.
    pub total: u32,
    /// `count / total`; `None` in an empty bin, never 0/0.
    pub share: Option<f64>,
    /// 95% interval; `None` in an empty bin.
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// What can be said of a theme over a window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum VerdictKind {
    Rising,
    Falling,
    /// The interval of the change lies within the stated margin of no change.
    Flat,
    /// Anything else could be true.
    #[default]
    TooFewPapers,
}

/// Verdict of one theme over one window of finished bins, `window_start <= day < window_end`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    pub window_start: Day,
    /// Exclusive.
    pub window_end: Day,
    pub kind: VerdictKind,
    /// Fitted share in the window's first and last bin, fractions of 1; `None` where nothing could be fitted.
    pub share_first: Option<f64>,
    pub share_last: Option<f64>,
    /// `share_last - share_first` with its 95% interval.
    pub change: Option<f64>,
    pub change_low: Option<f64>,
    pub change_high: Option<f64>,
    /// Two-sided p value of "no trend".
    pub p: Option<f64>,
    /// Smallest false-discovery rate at which this theme passes (Benjamini-Hochberg over all themes).
    pub q: Option<f64>,
    /// Papers of the theme in the window.
    pub papers: u32,
    /// Dated papers in the window.
    pub total: u32,
    /// `share_last / share_first` with its 95% interval; `None` where it is unbounded or nothing could be fitted.
    pub ratio: Option<f64>,
    pub ratio_low: Option<f64>,
    pub ratio_high: Option<f64>,
    /// Smallest rise from the window's mean share that would have been called `rising` in four of five such windows,
    /// fraction of 1; `None` where even a rise to the whole would not.
    pub detectable: Option<f64>,
    /// The margin that `flat` was judged by: a change within `-margin..=margin` counts as none. Fraction of 1.
    pub margin: f64,
    /// Variance over binomial variance, at least 1; what the intervals and p values were widened by.
    pub dispersion: Option<f64>,
    /// Theil-Sen slope of the share, fraction of 1 a bin: a check that assumes no model.
    pub theil_sen: Option<f64>,
    /// Two-sided p value of the Mann-Kendall test on the shares: a check that assumes no model.
    pub mann_kendall_p: Option<f64>,
    /// Share of refits of the clustering that give the same rise or fall; `None` where there are no refits,
    /// or the verdict is neither. Below one half the verdict is to be marked `not robust`.
    pub robustness: Option<f64>,
    /// One sentence without a full stop: why this verdict.
    pub reason: String,
}

/// The newest finished bin against what the bins before it let expect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Latest {
    pub bin: usize,
    pub count: u32,
    /// Papers expected by the fit to the window before.
    pub expected: f64,
    /// 95% range of counts to expect, both ends inclusive.
    pub low: u32,
    pub high: u32,
    pub p: f64,
    /// Benjamini-Hochberg over all themes.
    pub q: f64,
    /// Whether `q` passes: more or fewer papers than chance explains.
    pub outside: bool,
}

/// A run of bins in which a theme's share was well above its usual one (Kleinberg's two-state automaton).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Burst {
    /// First and last bin, both inclusive.
    pub first: usize,
    pub last: usize,
    pub start: Day,
    /// Exclusive.
    pub end: Day,
    /// What the burst state explains better than the usual one, in nats.
    pub weight: f64,
    /// Papers of the theme in the burst, and all dated papers in it.
    pub papers: u32,
    pub total: u32,
    /// How often papers with shuffled dates show a burst of this weight.
    pub p: f64,
    /// Benjamini-Hochberg over the bursts of all themes. Only bursts that pass are kept.
    pub q: f64,
}

/// When a theme was first and last seen, and how odd the silence around it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Appearance {
    /// First and last bin with a paper of the theme.
    pub first: usize,
    pub last: usize,
    /// Probability that a theme of constant share stays silent until `first` (1 where it starts in the first bin).
    pub p_before: f64,
    /// Probability that a theme of constant share stays silent after `last`, over finished bins.
    pub p_after: f64,
    /// Whether the silence before (after) passes Benjamini-Hochberg over all themes.
    pub emerging: bool,
    pub fading: bool,
}

/// A term whose share within the theme's papers moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DriftTerm {
    /// Column in the term matrix.
    pub term: u32,
    /// As people write it.
    pub display: String,
    /// Papers of the theme with the term, before and after the split.
    pub earlier: u32,
    pub later: u32,
    /// Log-odds difference, later minus earlier, in standard errors.
    pub z: f64,
    pub q: f64,
    /// The papers responsible: rows of those with the term on the side where it is frequent, newest first.
    pub papers: Vec<usize>,
}

/// New words inside a theme, as distinct from more papers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// Papers before this day are `earlier`.
    pub split: Day,
    /// Dated papers of the theme before and after the split.
    pub earlier: u32,
    pub later: u32,
    /// Terms that pass the false-discovery control, by falling |z|.
    pub terms: Vec<DriftTerm>,
}

/// Share of a theme in one bin over the refits of the clustering: 5th and 95th percentile, fractions of 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RefitBand {
    pub low: f64,
    pub high: f64,
}

/// The order of the themes by share over some finished bins. `counts` and `ranks` have one entry a theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub start: Day,
    /// Exclusive.
    pub end: Day,
    /// Dated papers, in a theme or not.
    pub total: u32,
    pub counts: Vec<u32>,
    /// 1 for the theme with the largest share; every rank stands once.
    pub ranks: Vec<u32>,
}

/// Share of a theme in the upvotes of one bin. Fractions of 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct UpvoteShare {
    /// Upvotes of the theme's papers in the bin.
    pub upvotes: u64,
    /// Upvotes of all dated papers in the bin, in a theme or not: the denominator.
    pub total: u64,
    /// `upvotes / total`; `None` in a bin without upvotes, never 0/0.
    pub share: Option<f64>,
    /// 95% interval, papers being the units; `None` in a bin without upvotes.
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// The course of one theme by upvotes. `shares` has one entry a bin of the timeline. In the verdicts shares and changes are
/// those of upvotes, `papers` and `total` are papers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct UpvoteCourse {
    pub shares: Vec<UpvoteShare>,
    /// Over the default window, as [`Trend::recent`].
    pub recent: Option<Verdict>,
    /// Over all finished bins, as [`Trend::overall`].
    pub overall: Option<Verdict>,
}

/// How long after its own date a paper is listed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LagTable {
    /// Papers with both dates.
    pub papers: usize,
    /// Of those, listed before their own date.
    pub negative: usize,
    /// (days, share of papers listed within so many days), days ascending.
    pub within: Vec<(i32, f64)>,
    pub median_days: i32,
}

/// The course of one theme. `shares` has one entry a bin of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    pub theme: ThemeId,
    pub shares: Vec<Share>,
    /// Over the default window (the last finished bins).
    pub recent: Option<Verdict>,
    /// Over all finished bins.
    pub overall: Option<Verdict>,
    /// `None` with too few finished bins.
    pub latest: Option<Latest>,
    /// In order of time.
    pub bursts: Vec<Burst>,
    /// `None` for a theme without a dated paper.
    pub appearance: Option<Appearance>,
    /// `None` where the terms were not given or one side has too few papers.
    pub drift: Option<Drift>,
    /// One entry a bin (`None` in an empty bin), or none at all where there are no refits.
    pub refit_bands: Vec<Option<RefitBand>>,
}

/// All trends of a run. `trends` has one entry a theme, in the order of the themes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Trends {
    /// `None` where no paper is dated.
    pub timeline: Option<Timeline>,
    pub trends: Vec<Trend>,
    /// In order of time, at most eight; stretches with too few papers to order anything are left out.
    pub standings: Vec<Standing>,
    /// One entry a theme; empty where papers are not weighed, or none has upvotes.
    pub by_upvotes: Vec<UpvoteCourse>,
    pub dated: usize,
    pub undated: usize,
    /// Why there are no trends, in one sentence; `None` where there are.
    pub absent_because: Option<String>,
    /// Finished bins in the default window, and the false-discovery rate that verdicts are held to.
    pub window: usize,
    pub q: f64,
    /// Largest change of share that counts as none, fraction of 1; half of a theme's mean share where that is less.
    pub flat_margin: f64,
    /// `None` where too few papers have both dates.
    pub lags: Option<LagTable>,
    /// What could not be computed, and where the feed has holes.
    pub notices: Vec<Notice>,
}
