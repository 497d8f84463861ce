//! How themes move: shares by bin, and one verdict a theme.

use crate::{Day, ThemeId, Timeline};

/// Share of a theme in one bin. Fractions of 1.
#[derive(Debug, Clone, Copy, PartialEq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerdictKind {
    Rising,
    Falling,
    /// The interval of the change lies within the stated margin of no change.
    Flat,
    /// Anything else could be true.
    TooFewPapers,
}

/// Verdict of one theme over one window of finished bins, `window_start <= day < window_end`.
#[derive(Debug, Clone, PartialEq)]
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
}

/// The course of one theme. `shares` has one entry a bin of the timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    pub theme: ThemeId,
    pub shares: Vec<Share>,
    /// Over the default window (the last finished bins).
    pub recent: Option<Verdict>,
    /// Over all finished bins.
    pub overall: Option<Verdict>,
}

/// All trends of a run. `trends` has one entry a theme, in the order of the themes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trends {
    /// `None` where no paper is dated.
    pub timeline: Option<Timeline>,
    pub trends: Vec<Trend>,
    pub dated: usize,
    pub undated: usize,
    /// Why there are no trends, in one sentence; `None` where there are.
    pub absent_because: Option<String>,
}
