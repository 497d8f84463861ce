//! Turns counts by bin into standings: the order of the themes by share, period by period.
//! Does not test anything: neighbours in the order may differ by chance alone.

use crate::counts::{Counts, Window};
use model::{Standing, Timeline};

/// At most so many periods: an order that changes every week says nothing.
const PERIODS: usize = 8;

/// Dated papers that a period must have: fewer put whoever has one paper on top.
const FEWEST_PAPERS: u32 = 30;

/// The finished bins in at most [`PERIODS`] stretches of as many bins each, counted back from the newest; bins that are left
/// over at the start are in no stretch. Stretches with fewer than [`FEWEST_PAPERS`]
/// dated papers are left out. Ties go to the theme that comes first.
pub(crate) fn standings(timeline: &Timeline, counts: &Counts) -> Vec<Standing> {
    let Some(window) = Window::last(timeline, counts, usize::MAX) else { return Vec::new() };
    let width = window.bins.len().div_ceil(PERIODS);
    let start = window.bins.len() % width;
    (start..window.bins.len()).step_by(width).filter_map(|first| standing(&window, first, first + width)).collect()
}

/// The standing over the bins `first..end` of the window.
fn standing(window: &Window<'_>, first: usize, end: usize) -> Option<Standing> {
    let counts: Vec<u32> = window.counts.iter().map(|row| row[first..end].iter().sum()).collect();
    let total: u32 = window.totals[first..end].iter().sum();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|&theme| (std::cmp::Reverse(counts[theme]), theme));
    let mut ranks = vec![0; counts.len()];
    for (rank, theme) in (1..).zip(order) {
        ranks[theme] = rank;
    }
    let (start, end) = (window.bins[first].start, window.bins[end - 1].end);
    (total >= FEWEST_PAPERS).then_some(Standing { start, end, total, counts, ranks })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Bin, BinUnit, Clock, Day};

    fn months(n: i16) -> Timeline {
        let day = |month: i16| Day::new(2020 + month / 12, i8::try_from(month % 12 + 1).unwrap(), 1).unwrap();
        let bins = (0..n).map(|m| Bin { start: day(m), end: day(m + 1), finished: m + 1 < n }).collect();
        let text = String::new();
        Timeline {
            unit: BinUnit::Month,
            clock: Clock::Published,
            bins,
            as_of: day(n),
            reason: text.clone(),
            clock_reason: text,
        }
    }

    #[test]
    fn finished_bins_are_brought_together_into_at_most_eight_periods() {
        // 27 finished months: stretches of four from the newest back; the first three are left over.
        let rows = vec![vec![1; 28], (0..28).map(|m| u32::from(m > 13) * 2).collect(), vec![0; 28]];
        let standings = standings(&months(28), &Counts { totals: vec![40; 28], themes: rows });
        assert_eq!(standings.len(), 6);
        assert_eq!((standings[0].start, standings[0].end), (Day::constant(2020, 4, 1), Day::constant(2020, 8, 1)));
        assert_eq!((standings[0].total, standings[0].ranks.as_slice()), (160, &[1, 2, 3][..]));
        assert_eq!((standings[5].counts.as_slice(), standings[5].ranks.as_slice()), (&[4, 8, 0][..], &[2, 1, 3][..]));
        assert_eq!(standings[5].end, Day::constant(2022, 4, 1), "the unfinished month is in no period");
    }

    #[test]
    fn periods_with_a_handful_of_papers_have_no_order() {
        let mut totals = vec![40; 9];
        totals[2] = 29;
        let standings = standings(&months(9), &Counts { totals, themes: vec![vec![1; 9]] });
        assert_eq!(standings.len(), 7);
    }

    #[test]
    fn without_finished_bins_there_is_no_order() {
        let counts = Counts { totals: vec![4], themes: vec![vec![1]] };
        assert_eq!(standings(&months(1), &counts), []);
    }
}
