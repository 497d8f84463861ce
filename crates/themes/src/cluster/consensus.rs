//! Papers looked at in several ways to the groups that most of them agree on: evidence accumulation (Fred and Jain 2005).
//!
//! One k-means ends somewhere else with every draw, every number of dimensions and every round of averaging. Many quick ones are
//! made, papers are as far apart as the share of fits that part them, and average linkage merges them to k groups.

use crate::cluster::spherical_k_means::{SphericalKMeansParams, nearest_centroid};
use crate::cluster::tree::Tree;
use crate::dense::normalise_rows;
use crate::neighbours::{averaged, neighbours};
use crate::sample::sample;
use crate::settings::{ThemeSettings, ThemesError};
use kodama::Method;
use linfa::{DatasetBase, ParamGuard, traits::Fit};
use ndarray::{Array2, ArrayView2, Axis, Slice};
use rayon::prelude::*;

/// Papers of which every pair is compared; the same ones of a larger corpus for every seed.
const COMPARED: usize = 4_000;
/// Shares of the leading dimensions, and rounds of averaging beyond those of the settings: a view each of the papers.
const DIMENSIONS: [f64; 4] = [0.3, 0.5, 0.8, 1.0];
const MORE_ROUNDS: [usize; 2] = [0, 2];
/// Fits a view, and starts of which a fit is the best: one start can end far from where the view's papers belong.
const FITS: usize = 12;
const STARTS: usize = 2;
/// Rounds of k-means a fit: what the many agree on is settled long before one of them is.
const ROUNDS: usize = 10;

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

/// Groups at most 4,000 of the rows of an embedding (not averaged, L2 norm 1, leading dimensions first) into k.
///
/// # Errors
/// Where k is 0 or larger than the number of rows.
pub fn consensus(rows: ArrayView2<'_, f32>, k: usize, settings: &ThemeSettings) -> Result<Consensus, ThemesError> {
    let papers = sample(rows.nrows(), COMPARED.max(k), 0);
    let some = rows.select(Axis(0), &papers);
    let views: Vec<Array2<f32>> =
        DIMENSIONS.par_iter().flat_map_iter(|share| views(some.view(), *share, settings)).collect();
    let seeds = (0..).map(|at: u64| settings.seed.wrapping_mul(1_000).wrapping_add(at));
    let drawn: Vec<(DatasetBase<_, _>, u64)> =
        views.into_iter().flat_map(|view| vec![view; FITS]).map(DatasetBase::from).zip(seeds).collect();
    let fits: Vec<Vec<u32>> = drawn
        .par_iter()
        .map(|(view, seed)| {
            let fitted = SphericalKMeansParams::new(k, *seed).starts(STARTS).max_rounds(ROUNDS).check()?.fit(view)?;
            let groups = nearest_centroid(view.records.view(), fitted.centroids.view());
            Ok(groups.into_iter().map(|group| group as u32).collect())
        })
        .collect::<Result<_, ThemesError>>()?;
    let least = (LEAST * papers.len() as f64 / k as f64).ceil() as usize;
    let groups = Tree::of(parted(&fits, papers.len()), papers.len(), Method::Average).cut_into_sizable(k, least);
    Ok(Consensus { papers, groups })
}

/// The papers by their leading dimensions, averaged over the neighbours that they have in these.
fn views(rows: ArrayView2<'_, f32>, share: f64, settings: &ThemeSettings) -> Vec<Array2<f32>> {
    let leading = ((share * rows.ncols() as f64).round() as usize).max(2).min(rows.ncols());
    let mut rows = rows.slice_axis(Axis(1), Slice::from(..leading)).to_owned();
    normalise_rows(&mut rows);
    let near = neighbours(rows.view(), settings.near(rows.nrows()), settings.seed);
    MORE_ROUNDS.iter().map(|more| averaged(rows.view(), &near, settings.averaging_rounds + more)).collect()
}

/// Share of the fits that part each pair of papers, by first and second paper.
fn parted(fits: &[Vec<u32>], n: usize) -> Vec<f32> {
    let most = fits.iter().flatten().max().copied().unwrap_or_default();
    if u8::try_from(most).is_ok() { parted_as(fits, n, |group| group as u8) } else { parted_as(fits, n, |group| group) }
}

/// [`parted`] with groups as narrow numbers, of which the compiler takes the more at once.
fn parted_as<G: Copy + PartialEq + Sync>(fits: &[Vec<u32>], n: usize, narrow: impl Fn(u32) -> G) -> Vec<f32> {
    let of_paper: Vec<G> = (0..n).flat_map(|paper| fits.iter().map(move |fit| fit[paper])).map(narrow).collect();
    let paper = |at: usize| &of_paper[at * fits.len()..(at + 1) * fits.len()];
    // Sums of u8 over no more fits than they can hold.
    let parts = |a: &[G], b: &[G]| {
        let pieces = a.chunks(255).zip(b.chunks(255));
        let parted = pieces.map(|(a, b)| u32::from(a.iter().zip(b).map(|(a, b)| u8::from(a != b)).sum::<u8>()));
        parted.sum::<u32>() as f32 / fits.len() as f32
    };
    let rows: Vec<Vec<f32>> =
        (0..n).into_par_iter().map(|a| (a + 1..n).map(|b| parts(paper(a), paper(b))).collect()).collect();
    rows.concat()
}

#[cfg(test)]
mod tests {
    use super::{consensus, parted};
    use crate::agreement::adjusted_rand;
    use crate::cluster::bundles::bundles;
    use crate::settings::ThemeSettings;

    #[test]
    fn bundles_are_what_all_views_agree_on() {
        let (rows, truth) = bundles(6, 40, 0.3);
        for seed in 0..3 {
            let found = consensus(rows.view(), 6, &ThemeSettings { seed, ..ThemeSettings::default() }).unwrap();
            let groups: Vec<usize> = found.groups.into_iter().flatten().collect();
            assert!((adjusted_rand(&groups, &truth) - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn pairs_are_as_far_apart_as_fits_part_them() {
        let fits = [vec![0, 0, 1], vec![0, 1, 1]];
        assert_eq!(parted(&fits, 3), [0.5, 1.0, 0.5]);
    }

    #[test]
    fn more_groups_and_more_fits_than_a_byte_can_count_are_counted() {
        let fits = vec![vec![1, 257, 1]; 600];
        assert_eq!(parted(&fits, 3), [1.0, 0.0, 1.0]);
        let fits: Vec<Vec<u32>> = (0..600).map(|fit| vec![0, u32::from(fit % 2 == 0)]).collect();
        assert_eq!(parted(&fits, 2), [0.5]);
    }

    #[test]
    fn a_large_corpus_is_sampled_alike_for_every_seed() {
        let (rows, truth) = bundles(2, 2_100, 0.2);
        let found = consensus(rows.view(), 2, &ThemeSettings::default()).unwrap();
        let other = consensus(rows.view(), 2, &ThemeSettings { seed: 9, ..ThemeSettings::default() }).unwrap();
        assert_eq!(found.papers, other.papers);
        assert_eq!(found.papers.len(), 4_000);
        let truth: Vec<usize> = found.papers.iter().map(|&paper| truth[paper]).collect();
        let groups: Vec<usize> = found.groups.into_iter().flatten().collect();
        assert!((adjusted_rand(&groups, &truth) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn more_groups_than_papers_are_refused() {
        let (rows, _) = bundles(2, 3, 0.1);
        assert!(consensus(rows.view(), 0, &ThemeSettings::default()).is_err());
        assert!(consensus(rows.view(), 7, &ThemeSettings::default()).is_err());
    }
}
