//! A grouping to refits on resampled papers: which themes come back, and where every paper goes each time.
//!
//! A theme comes back in a refit where one of its groups shares at least half of their common papers with it (Jaccard, after
//! Hennig 2007). Two groups can do that only where each is exactly half of the theme.

use crate::cluster::spherical_k_means::{lloyd, nearest_centroid};
use crate::cluster::ward::ward_tree;
use crate::sample::sample;
use ndarray::{Array2, Axis};
use rayon::prelude::*;

/// Share of the papers in each refit, and the most that a refit is fitted to; every paper is assigned in all of them.
const RESAMPLED: f64 = 0.8;
const MOST_PAPERS: usize = 2_000;
/// Papers of which the start of a refit is made.
const MERGED: usize = 1_000;
/// Rounds of k-means a refit: what still moves after these is not what refits differ in.
const ROUNDS: usize = 10;
/// Jaccard index from which on a group is the theme again.
const SAME: f64 = 0.5;

/// The refits of a grouping.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Refits {
    /// Share of refits in which each theme comes back, in [0, 1]; empty where no refit was made.
    pub survival: Vec<f32>,
    /// Theme of every paper in each refit, by its position in the grouping; `None` where its group is no theme of it.
    pub themes: Vec<Vec<Option<usize>>>,
}

/// Groups the papers again `count` times. `rows`: the papers that take part, shape (n, d); `groups`: position of the theme
/// of each of them, below `k`; `parts`: groups of a refit before `place`, which is what is done to groups after k-means.
#[must_use]
pub fn refits(
    rows: &Array2<f32>,
    groups: &[usize],
    (k, parts): (usize, usize),
    (count, seed): (usize, u64),
    place: impl Fn(Vec<usize>) -> Vec<usize> + Sync,
) -> Refits {
    if k < 2 {
        return Refits::default();
    }
    let themes = (0..count as u64)
        .into_par_iter()
        .map(|refit| matched(groups, &place(again(rows, parts, seed, refit)), k))
        .collect::<Vec<_>>();
    let survival = (0..k)
        .map(|theme| themes.iter().filter(|papers| papers.contains(&Some(theme))).count() as f32 / count.max(1) as f32)
        .collect();
    Refits { survival, themes }
}

/// Groups of all rows by centroids fitted to some of them.
fn again(rows: &Array2<f32>, k: usize, seed: u64, refit: u64) -> Vec<usize> {
    let n = rows.nrows();
    let seed = seed.wrapping_mul(1_000_003).wrapping_add(500 + refit);
    let size = ((n as f64 * RESAMPLED) as usize).min(MOST_PAPERS.max(20 * k)).max(k).min(n);
    let some = rows.select(Axis(0), &sample(n, size, seed));
    let fitted = lloyd(some.view(), ward_tree(some.view(), MERGED.max(k)).centroids(k), ROUNDS);
    nearest_centroid(rows.view(), fitted.centroids.view())
}

/// The theme that each group of a refit is again, as the theme of its papers.
fn matched(groups: &[usize], again: &[usize], k: usize) -> Vec<Option<usize>> {
    let mut both = Array2::<u32>::zeros((k, k));
    for (&theme, &group) in groups.iter().zip(again) {
        both[(theme, group)] += 1;
    }
    let (themes, others) = (both.sum_axis(Axis(1)), both.sum_axis(Axis(0)));
    let is_again = |theme: usize, group: usize| {
        let shared = both[(theme, group)];
        f64::from(shared) >= SAME * f64::from(themes[theme] + others[group] - shared)
    };
    let mut theme_of: Vec<Option<usize>> = Vec::with_capacity(k);
    for group in 0..k {
        // Of the two halves of a theme, or the two themes in a group, the first.
        let theme = (0..k).find(|&theme| is_again(theme, group) && !theme_of.contains(&Some(theme)));
        theme_of.push(theme);
    }
    again.iter().map(|&group| theme_of[group]).collect()
}

#[cfg(test)]
mod tests {
    use super::matched;

    #[test]
    fn a_group_that_shares_most_papers_is_the_theme_again() {
        let before = [0, 0, 0, 0, 1, 1, 1, 1];
        let again = [1, 1, 1, 0, 0, 0, 0, 0];
        let expected = [Some(0), Some(0), Some(0), Some(1), Some(1), Some(1), Some(1), Some(1)];
        assert_eq!(matched(&before, &again, 2), expected);
    }

    #[test]
    fn a_theme_that_falls_apart_does_not_come_back() {
        let before = [0, 0, 0, 0, 0, 1, 1];
        let again = [0, 0, 1, 1, 3, 2, 2];
        assert_eq!(matched(&before, &again, 4), [None, None, None, None, None, Some(1), Some(1)]);
    }

    #[test]
    fn of_two_halves_the_first_is_the_theme_again() {
        let before = [0, 0, 0, 0, 1, 1];
        let again = [0, 0, 1, 1, 2, 2];
        assert_eq!(matched(&before, &again, 3), [Some(0), Some(0), None, None, Some(1), Some(1)]);
    }
}
