//! Turns a choice of themes, of days and of a size into what charts read: which themes, which bins, how large a sheet.
//! Does not draw, and changes no number of the analysis: what is not chosen is not shown.

use crate::largest;
use crate::windows::{Window, windows};
use model::{Analysis, Bin, Day, RefitBand, Share, Timeline};
use std::ops::Range;

/// Pixels of the shorter side of every sheet: sizes of letters are given for it.
const SHORT_SIDE: f64 = 1080.0;

/// What charts are to show of an analysis.
#[derive(Debug, Clone)]
pub struct View<'a> {
    pub analysis: &'a Analysis,
    /// Positions of the themes that may be shown, in the order of the analysis.
    pub themes: Vec<usize>,
    /// At most so many themes in a chart; charts show fewer where more would not fit.
    pub most: usize,
    /// The bins that are shown; verdicts are those of the run's own windows.
    pub bins: Range<usize>,
    /// Width and height of the sheet in pixels, 1080 the shorter where the headline stands on it.
    pub sheet: (f64, f64),
    /// Whether the headline stands on the sheet, and not beside it.
    pub headline: bool,
}

impl<'a> View<'a> {
    /// Everything, on a sheet of 1920 x 1080.
    pub fn whole(analysis: &'a Analysis) -> Self {
        Self {
            analysis,
            themes: (0..analysis.themes.themes.len()).collect(),
            most: usize::MAX,
            bins: 0..bins(analysis).len(),
            sheet: (1920.0, SHORT_SIDE),
            headline: true,
        }
    }

    /// On a sheet of these proportions.
    pub fn sized(self, (width, height): (u32, u32)) -> Self {
        let factor = SHORT_SIDE / f64::from(width.min(height).max(1));
        Self { sheet: ((f64::from(width) * factor).round(), (f64::from(height) * factor).round()), ..self }
    }

    /// The bins that touch the days from `from` to `to`, both inclusive.
    pub fn between(self, from: Option<Day>, to: Option<Day>) -> Self {
        let shown = |bin: &&Bin| from.is_none_or(|from| bin.end > from) && to.is_none_or(|to| bin.start <= to);
        let all = bins(self.analysis);
        let first = all.iter().position(|bin| shown(&bin)).unwrap_or(all.len());
        let last = all.iter().rposition(|bin| shown(&bin)).map_or(first, |last| last + 1);
        Self { bins: first..last, ..self }
    }

    /// Positions of the themes that a chart shows which has room for `room`: the largest, in the order of the analysis.
    pub fn shown(&self, room: usize) -> Vec<usize> {
        let mut shown = self.themes.clone();
        largest::sort(self.analysis, &mut shown);
        shown.truncate(self.most.min(room));
        shown.sort_unstable();
        shown
    }

    /// Whether some theme is left out by choice.
    pub fn is_chosen(&self) -> bool {
        self.themes.len() < self.analysis.themes.themes.len()
    }

    /// Whether some bin is left out.
    pub fn is_cut(&self) -> bool {
        self.bins.len() < bins(self.analysis).len()
    }

    /// Whether letters have less room than on a sheet of 16 : 9.
    pub fn is_narrow(&self) -> bool {
        super::sheet::is_narrow(self.sheet.0)
    }

    /// The timeline of the bins that are shown; `None` where no paper is dated or no bin is left.
    pub fn timeline(&self) -> Option<Timeline> {
        let timeline = self.analysis.trends.timeline.as_ref()?;
        let bins = timeline.bins.get(self.bins.clone()).filter(|bins| !bins.is_empty())?.to_vec();
        Some(Timeline { bins, ..timeline.clone() })
    }

    /// Shares of a theme, one entry a bin that is shown.
    pub fn shares(&self, position: usize) -> &'a [Share] {
        let shares = self.analysis.trends.trends.get(position).map_or(&[][..], |trend| &trend.shares);
        shares.get(self.bins.clone()).unwrap_or_default()
    }

    /// Bands over refits of a theme, one entry a bin that is shown, or none at all.
    pub fn refit_bands(&self, position: usize) -> &'a [Option<RefitBand>] {
        let bands = self.analysis.trends.trends.get(position).map_or(&[][..], |trend| &trend.refit_bands);
        bands.get(self.bins.clone()).unwrap_or_default()
    }

    /// The windows of the run that lie within the bins that are shown.
    pub fn windows(&self) -> Vec<Window<'a>> {
        let mut windows = windows(self.analysis);
        let shown = bins(self.analysis).get(self.bins.clone()).unwrap_or_default();
        windows.retain(|window| {
            let within = |first: &Bin, last: &Bin| first.start <= window.start && window.end <= last.end;
            shown.first().zip(shown.last()).is_some_and(|(first, last)| within(first, last))
        });
        windows
    }

    /// The longest window there is: what charts of all bins speak of.
    pub fn whole_span(&self) -> Option<Window<'a>> {
        self.windows().pop()
    }

    /// `12 of 30 themes, largest first`, `3 of 30 themes, chosen`.
    pub fn count_of(&self, shown: usize, order: &str) -> String {
        let all = self.analysis.themes.themes.len();
        let themes = if all == 1 { "theme" } else { "themes" };
        match (shown == all, self.is_chosen()) {
            (true, _) => format!("{all} {themes}, {order}"),
            (false, false) => format!("{shown} of {all} {themes}, {order}"),
            (false, true) => format!("{shown} of {all} {themes}, chosen, {order}"),
        }
    }

    /// `12 of 30 themes, largest first`; `12 largest of 30 themes, in the previous run's order` where they go on from one.
    pub fn count_by_size(&self, shown: usize) -> String {
        let all = self.analysis.themes.themes.len();
        if self.analysis.continuity.is_none() || shown == all || self.is_chosen() {
            return self.count_of(shown, self.order());
        }
        format!("{shown} largest of {all} themes, {}", self.order())
    }

    /// What the order of the themes is, in words of a reader, who sees no numbers: those of the previous run, then new ones.
    pub fn order(&self) -> &'static str {
        if self.analysis.continuity.is_some() { "in the previous run’s order" } else { "largest first" }
    }

    /// What headlines call the themes in a chart: `30 themes`, `10 largest themes`, `3 chosen themes`.
    pub fn which(&self, shown: usize) -> String {
        if shown == self.analysis.themes.themes.len() {
            format!("{shown} themes")
        } else if self.is_chosen() {
            format!("{shown} chosen themes")
        } else {
            format!("{shown} largest themes")
        }
    }
}

fn bins(analysis: &Analysis) -> &[Bin] {
    analysis.trends.timeline.as_ref().map_or(&[], |timeline| &timeline.bins)
}
