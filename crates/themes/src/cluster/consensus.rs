//! Papers looked at in several ways to the groups that most of them agree on: evidence accumulation (Fred and Jain 2005).
//!
//! One k-means ends somewhere else with every draw, every number of dimensions and every round of averaging. Many quick ones are
//! made, papers are as far apart as the share of fits that part them and as their words are, and average linkage merges them to k
//! groups.

use crate::cluster::spherical_k_means::{SphericalKMeansParams, nearest_centroid};
use crate::cluster::tree::{Merging, Tree};
use crate::dense::{normalise_rows, of_pairs};
use crate::neighbours::{Neighbours, averaged, nearest_among, neighbours};
use crate::sample::sample_among;
use crate::settings::{ThemeSettings, ThemesError};
use linfa::{DatasetBase, ParamGuard, traits::Fit};
use ndarray::{Array2, ArrayView2, Axis, Slice};
use rayon::prelude::*;

/// Papers of which every pair is compared; the same ones of a larger corpus for every seed.
const COMPARED: usize = 4_000;
/// Shares of the leading dimensions, and rounds of averaging beyond those of the settings: a view each of the papers.
const DIMENSIONS: [f64; 4] = [0.3, 0.5, 0.7, 0.9];
const MORE_ROUNDS: [usize; 2] = [0, 2];
/// Neighbours by all dimensions, among which those by fewer are looked for: so many for each that is averaged over.
const CANDIDATES: usize = 4;
/// Fits a view, and rounds of k-means a fit: what the many agree on is settled long before one of them is, and fits that differ more
/// have more to tell (Topchy, Jain and Punch 2005).
const FITS: usize = 12;
const ROUNDS: usize = 7;
/// Weight of a pair's distance (1 - cosine of the averaged rows) beside the share of the fits that part it: of pairs that are parted
/// equally often, and there are many, the nearer one is merged first.
const DISTANCE: f32 = 0.5;

/// A group has at least this share of the papers of an average one: average linkage leaves lone papers to the end, and they are no
/// themes.
const LEAST: f64 = 0.2;

/// Groups of some papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consensus {
    /// Rows that were compared, ascending.
    pub papers: Vec<usize>,
    /// Group of each of them, below k; `None` for those that belong to none of so many.
    pub groups: Vec<Option<usize>>,
}

/// Groups at most 4,000 of the rows of an embedding (L2 norm 1, leading dimensions first) into k. `averaged`: the same rows averaged
/// over neighbours; `numbers`: those of the rows among all papers, ascending.
///
/// # Errors
/// Where k is 0 or larger than the number of rows.
pub fn consensus(
    rows: ArrayView2<'_, f32>,
    averaged: ArrayView2<'_, f32>,
    numbers: &[usize],
    k: usize,
    settings: &ThemeSettings,
) -> Result<Consensus, ThemesError> {
    let papers = sample_among(numbers, COMPARED.max(k), 0);
    let some = rows.select(Axis(0), &papers);
    let near = neighbours(some.view(), CANDIDATES * settings.near(papers.len()), settings.seed);
    let views: Vec<Array2<f32>> =
        DIMENSIONS.par_iter().flat_map_iter(|share| views(some.view(), &near, *share, settings)).collect();
    let seeds = (0..).map(|at: u64| settings.seed.wrapping_mul(1_000).wrapping_add(at));
    let drawn: Vec<(DatasetBase<_, _>, u64)> =
        views.into_iter().flat_map(|view| vec![view; FITS]).map(DatasetBase::from).zip(seeds).collect();
    let fits: Vec<Vec<u32>> = drawn
        .par_iter()
        .map(|(view, seed)| {
            let fitted = SphericalKMeansParams::new(k, *seed).max_rounds(ROUNDS).check()?.fit(view)?;
            let groups = nearest_centroid(view.records.view(), fitted.centroids.view());
            Ok(groups.into_iter().map(|group| group as u32).collect())
        })
        .collect::<Result<_, ThemesError>>()?;
    let least = (LEAST * papers.len() as f64 / k as f64).ceil() as usize;
    let apart = apart(&fits, averaged.select(Axis(0), &papers).view());
    let groups = Tree::of(apart, papers.len(), Merging::Average).cut_into_sizable(k, least);
    Ok(Consensus { papers, groups })
}

/// The papers by their leading dimensions, averaged over the neighbours that they have in these among `candidates`.
fn views(rows: ArrayView2<'_, f32>, candidates: &Neighbours, share: f64, settings: &ThemeSettings) -> Vec<Array2<f32>> {
    let leading = ((share * rows.ncols() as f64).round() as usize).max(2).min(rows.ncols());
    let mut rows = rows.slice_axis(Axis(1), Slice::from(..leading)).to_owned();
    normalise_rows(&mut rows);
    let near = nearest_among(rows.view(), candidates, settings.near(rows.nrows()));
    MORE_ROUNDS.iter().map(|more| averaged(rows.view(), &near, settings.averaging_rounds + more)).collect()
}

/// How far apart each pair of papers is, shape (n, n): the share of the fits that part it, and [`DISTANCE`].
fn apart(fits: &[Vec<u32>], averaged: ArrayView2<'_, f32>) -> Vec<f32> {
    let most = fits.iter().flatten().max().copied().unwrap_or_default();
    if u8::try_from(most).is_ok() {
        apart_as(fits, averaged, |group| group as u8)
    } else {
        apart_as(fits, averaged, |group| group)
    }
}

/// [`apart`] with groups as narrow numbers, of which the compiler takes the more at once.
fn apart_as<G: Copy + PartialEq + Sync>(
    fits: &[Vec<u32>],
    averaged: ArrayView2<'_, f32>,
    narrow: impl Fn(u32) -> G,
) -> Vec<f32> {
    let n = averaged.nrows();
    let of_paper: Vec<G> = (0..n).flat_map(|paper| fits.iter().map(move |fit| fit[paper])).map(narrow).collect();
    let paper = |at: usize| &of_paper[at * fits.len()..(at + 1) * fits.len()];
    of_pairs(averaged, |a, b, cosine| parted(paper(a), paper(b)) + DISTANCE * (1.0 - cosine))
}

/// Share of the fits in which two papers' groups differ: sums of u8 over no more fits than they can hold.
fn parted<G: PartialEq>(a: &[G], b: &[G]) -> f32 {
    let pieces = a.chunks(255).zip(b.chunks(255));
    let parted = pieces.map(|(a, b)| u32::from(a.iter().zip(b).map(|(a, b)| u8::from(a != b)).sum::<u8>()));
    parted.sum::<u32>() as f32 / a.len() as f32
}

#[cfg(test)]
mod tests {
    use super::{Consensus, DISTANCE, apart, consensus, parted};
    use crate::agreement::adjusted_rand;
    use crate::cluster::bundles::bundles;
    use crate::settings::{ThemeSettings, ThemesError};
    use ndarray::{Array2, array};

    fn consensus_of(rows: &Array2<f32>, k: usize, seed: u64) -> Result<Consensus, ThemesError> {
        let numbers: Vec<usize> = (0..rows.nrows()).collect();
        consensus(rows.view(), rows.view(), &numbers, k, &ThemeSettings { seed, ..ThemeSettings::default() })
    }

    #[test]
    fn bundles_are_what_all_views_agree_on() {
        let (rows, truth) = bundles(6, 40, 0.3);
        for seed in 0..3 {
            let found = consensus_of(&rows, 6, seed).unwrap();
            let groups: Vec<usize> = found.groups.into_iter().flatten().collect();
            assert!((adjusted_rand(&groups, &truth) - 1.0).abs() < 1e-12);
        }
    }

    /// Rows 0 and 1 are the same, row 2 is at a right angle to both.
    #[test]
    fn pairs_are_as_far_apart_as_fits_part_them_and_as_they_lie() {
        let rows = array![[1.0_f32, 0.0], [1.0, 0.0], [0.0, 1.0]];
        let fits = [vec![0, 0, 1], vec![0, 1, 1]];
        let (d, half) = (DISTANCE, 0.5 + DISTANCE);
        assert_eq!(apart(&fits, rows.view()), [0.0, 0.5, 1.0 + d, 0.5, 0.0, half, 1.0 + d, half, 0.0]);
        let many = vec![vec![1, 257, 1]; 600];
        assert_eq!(apart(&many, rows.view()), [0.0, 1.0, d, 1.0, 0.0, 1.0 + d, d, 1.0 + d, 0.0]);
    }

    #[test]
    fn more_fits_than_a_byte_can_count_are_counted() {
        let half: Vec<u8> = (0..600).map(|fit| u8::from(fit % 2 == 0)).collect();
        assert_eq!(parted(&[0; 600], &half).to_bits(), 0.5_f32.to_bits());
        assert_eq!(parted(&[0; 600], &[1; 600]).to_bits(), 1.0_f32.to_bits());
    }

    #[test]
    fn a_large_corpus_is_sampled_alike_for_every_seed() {
        let (rows, truth) = bundles(2, 2_100, 0.2);
        let found = consensus_of(&rows, 2, 0).unwrap();
        let other = consensus_of(&rows, 2, 9).unwrap();
        assert_eq!(found.papers, other.papers);
        assert_eq!(found.papers.len(), 4_000);
        let truth: Vec<usize> = found.papers.iter().map(|&paper| truth[paper]).collect();
        let groups: Vec<usize> = found.groups.into_iter().flatten().collect();
        assert!((adjusted_rand(&groups, &truth) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn more_groups_than_papers_are_refused() {
        let (rows, _) = bundles(2, 3, 0.1);
        assert!(consensus_of(&rows, 0, 0).is_err());
        assert!(consensus_of(&rows, 7, 0).is_err());
    }
}
