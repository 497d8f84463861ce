//! Turns the bin and the theme of each paper into counts by theme and bin, with the totals beside them.
//! Does not divide: shares are made in `share.rs`.

use model::{Bin, Timeline};

/// Papers by theme and bin. `totals` has an entry a bin and counts papers in a theme or not; `themes` has an entry a
/// theme, with an entry a bin each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    pub totals: Vec<u32>,
    pub themes: Vec<Vec<u32>>,
}

/// Counts papers. `bin_of` and `theme` have `n_papers` entries: positions, or `None` where the paper has none.
#[must_use]
pub fn count(bin_of: &[Option<usize>], theme: &[Option<usize>], bins: usize, themes: usize) -> Counts {
    let mut counts = Counts { totals: vec![0; bins], themes: vec![vec![0; bins]; themes] };
    for (bin, theme) in bin_of.iter().zip(theme) {
        let Some(bin) = *bin else { continue };
        counts.totals[bin] += 1;
        if let Some(row) = theme.and_then(|t| counts.themes.get_mut(t)) {
            row[bin] += 1;
        }
    }
    counts
}

/// Consecutive finished bins with a paper in the first and in the last of them. `totals` has an entry a bin;
/// `counts` an entry a theme with an entry a bin each.
#[derive(Debug, Clone, PartialEq)]
pub struct Window<'a> {
    /// Position of the first bin in the timeline.
    pub first: usize,
    pub bins: &'a [Bin],
    pub totals: &'a [u32],
    pub counts: Vec<&'a [u32]>,
}

impl<'a> Window<'a> {
    /// The last `width` finished bins without empty ones at either end; `None` where all are empty.
    ///
    /// Finished bins are all before the first unfinished one: time runs one way.
    #[must_use]
    pub fn last(timeline: &'a Timeline, counts: &'a Counts, width: usize) -> Option<Self> {
        let finished = finished_bins(timeline);
        Self::between(timeline, counts, finished.saturating_sub(width), finished)
    }

    /// The bins `start..end` without empty ones at either end; `None` where all are empty.
    pub(crate) fn between(timeline: &'a Timeline, counts: &'a Counts, start: usize, end: usize) -> Option<Self> {
        let filled = |bin: &usize| counts.totals[*bin] > 0;
        let first = (start..end).find(filled)?;
        let last = (start..end).rev().find(filled)?;
        Some(Self {
            first,
            bins: &timeline.bins[first..=last],
            totals: &counts.totals[first..=last],
            counts: counts.themes.iter().map(|row| &row[first..=last]).collect(),
        })
    }
}

/// Number of bins before the first unfinished one.
pub(crate) fn finished_bins(timeline: &Timeline) -> usize {
    timeline.bins.iter().position(|b| !b.finished).unwrap_or(timeline.bins.len())
}
