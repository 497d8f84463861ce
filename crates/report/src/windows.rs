//! Turns the verdicts of the themes into windows: the recent one, then the whole span where that is another.
//! Does not judge and does not word what moved: `headline` and `story` do the wording.

use crate::format;
use model::{Analysis, Bin, BinUnit, Day, Timeline, Trend, Verdict, VerdictKind};

/// A stretch of finished bins with the verdicts over it.
#[derive(Debug, Clone, PartialEq)]
pub struct Window<'a> {
    /// `12 weeks`.
    pub length: String,
    pub unit: BinUnit,
    pub start: Day,
    /// Exclusive.
    pub end: Day,
    /// By position of the theme; `None` where a theme has no verdict over this window.
    pub verdicts: Vec<Option<&'a Verdict>>,
}

/// None where no theme could be tested, one where the recent window is the whole span, else the recent one and the
/// whole span.
pub fn windows(analysis: &Analysis) -> Vec<Window<'_>> {
    let Some(timeline) = &analysis.trends.timeline else { return Vec::new() };
    let trends = &analysis.trends.trends;
    let recent = window(timeline, trends, |t| t.recent.as_ref());
    let whole = window(timeline, trends, |t| t.overall.as_ref());
    let mut windows: Vec<Window<'_>> = recent.into_iter().chain(whole).collect();
    windows.dedup_by_key(|w| (w.start, w.end));
    windows
}

fn window<'a>(timeline: &Timeline, trends: &'a [Trend], of: fn(&Trend) -> Option<&Verdict>) -> Option<Window<'a>> {
    let verdicts: Vec<Option<&Verdict>> = trends.iter().map(of).collect();
    // A window in which no theme could be tested shows neither that something moved nor that nothing did.
    let Verdict { window_start: start, window_end: end, .. } = *verdicts.iter().flatten().find(|v| v.q.is_some())?;
    let within = |b: &&Bin| b.start >= *start && b.end <= *end;
    let length = format::units(timeline.bins.iter().filter(within).count(), timeline.unit);
    Some(Window { length, unit: timeline.unit, start: *start, end: *end, verdicts })
}

impl<'a> Window<'a> {
    pub fn verdict(&self, position: usize) -> Option<&'a Verdict> {
        self.verdicts.get(position).copied().flatten()
    }

    /// Positions of the themes with this verdict.
    pub fn with(&self, kind: VerdictKind) -> Vec<usize> {
        (0..self.verdicts.len()).filter(|&p| self.verdict(p).is_some_and(|v| v.kind == kind)).collect()
    }

    /// Positions of the themes that rise or fall, also in most refits; largest change first, ties by position.
    pub fn moved(&self) -> Vec<usize> {
        self.rising_or_falling(true)
    }

    /// The same of the themes that do not in most refits: what moved may be the papers, or where the themes were drawn.
    pub fn moved_in_few_refits(&self) -> Vec<usize> {
        self.rising_or_falling(false)
    }

    fn rising_or_falling(&self, robust: bool) -> Vec<usize> {
        let size = |p: usize| self.verdict(p).and_then(|v| v.change).unwrap_or(0.0).abs();
        let mut moved = [self.with(VerdictKind::Rising), self.with(VerdictKind::Falling)].concat();
        moved.retain(|&p| self.verdict(p).is_some_and(is_robust) == robust);
        moved.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b)));
        moved
    }
}

/// Whether most refits of the themes share a verdict, or there were none.
pub fn is_robust(verdict: &Verdict) -> bool {
    verdict.robustness.is_none_or(|share| share >= 0.5)
}
