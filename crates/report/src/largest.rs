//! Turns themes into their order by size. Their own order is that of their numbers, which is another one where themes go on from a
//! previous run.

use model::Analysis;
use std::cmp::Reverse;

/// Positions of all themes, largest first; ties by position.
pub fn largest_first(analysis: &Analysis) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..analysis.themes.themes.len()).collect();
    sort(analysis, &mut positions);
    positions
}

/// Sorts positions of themes, largest first; ties by position.
pub fn sort(analysis: &Analysis, positions: &mut [usize]) {
    positions.sort_by_key(|&position| (Reverse(analysis.themes.themes[position].size), position));
}
