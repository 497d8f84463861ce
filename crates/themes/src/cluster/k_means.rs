//! Rows to k themes: from a cut of Ward's tree or, where it ends better, from a drawn start; linfa's k-means goes to the end.
//!
//! linfa's `KMeansPara` start depends on the number of threads, its many-start Lloyd is slow; from a precomputed start it is
//! neither. Its `cluster_count` may belong to another restart, so sizes are counted from `predict`.

use crate::cluster::numbered::numbered;
use crate::cluster::spherical_k_means::{SphericalKMeansParams, lloyd};
use crate::cluster::ward::{MERGED, ward_tree};
use crate::sample::sample;
use crate::settings::ThemesError;
use linfa::{
    DatasetBase, ParamGuard,
    traits::{Fit, Predict},
};
use linfa_clustering::{KMeans, KMeansInit};
use ndarray::{Array2, Axis};
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

/// Rounds before linfa takes over.
const START_ROUNDS: usize = 40;
/// Starts that are drawn beside the one that is computed.
const DRAWN: usize = 10;

/// Group of every row, numbered from 0 without gaps by first occurrence.
///
/// # Errors
/// Where k is 0 or larger than the number of rows.
pub fn k_means(rows: &Array2<f32>, k: usize, seed: u64) -> Result<Vec<usize>, ThemesError> {
    if k == 0 {
        return Err(ThemesError::NoThemes);
    }
    if k > rows.nrows() {
        return Err(ThemesError::TooManyThemes { asked: k, papers: rows.nrows() });
    }
    let dataset = DatasetBase::from(rows.clone());
    let start = lloyd(rows.view(), start(rows, k, seed)?, START_ROUNDS);
    let random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let fitted = KMeans::params_with_rng(k, random)
        .init_method(KMeansInit::Precomputed(start.centroids))
        .n_runs(1)
        .max_n_iterations(20)
        .tolerance(1e-3)
        .fit(&dataset)?;
    Ok(numbered(fitted.predict(&dataset).to_vec()))
}

/// Centroids of the most cohesive of all starts, compared on a part of a large corpus. The tree's is the same for every seed, and
/// wins most often; where only a part of the papers is in the tree, a drawn one can be better.
fn start(rows: &Array2<f32>, k: usize, seed: u64) -> Result<Array2<f32>, ThemesError> {
    let some = rows.select(Axis(0), &sample(rows.nrows(), MERGED.max(k), 0));
    let of_tree = lloyd(some.view(), ward_tree(some.view(), some.nrows()).centroids(k), START_ROUNDS);
    let drawn = SphericalKMeansParams::new(k, seed).starts(DRAWN).check()?.fit(&DatasetBase::from(some))?;
    Ok(if drawn.cohesion > of_tree.cohesion { drawn.centroids } else { of_tree.centroids })
}

#[cfg(test)]
mod tests {
    use super::k_means;
    use crate::agreement::adjusted_rand;
    use crate::cluster::spherical_k_means::{SphericalKMeansParams, lloyd, nearest_centroid};
    use crate::dense::normalise_rows;
    use linfa::prelude::*;
    use linfa_clustering::{KMeans, KMeansInit};
    use ndarray::Array2;
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    /// 40 unit rows around each of `k` axes of an 8-dimensional space.
    fn bundles(k: usize) -> (Array2<f32>, Vec<usize>) {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(3);
        let truth: Vec<usize> = (0..40 * k).map(|row| row % k).collect();
        let mut rows = Array2::from_shape_fn((40 * k, 8), |(row, column)| {
            f32::from(u8::from(column == row % k)) + random.gen_range(-0.2..0.2)
        });
        normalise_rows(&mut rows);
        (rows, truth)
    }

    #[test]
    fn bundles_are_found() {
        let (rows, truth) = bundles(5);
        let groups = k_means(&rows, 5, 1).unwrap();
        assert!((adjusted_rand(&groups, &truth) - 1.0).abs() < 1e-12);
    }

    /// The matrix-product Lloyd against linfa's on the same start. linfa counts the old centroid as one more point, so the
    /// groups agree, not the last digit.
    #[test]
    fn ours_and_linfas_agree_on_the_same_start() {
        let (rows, _) = bundles(5);
        let start = SphericalKMeansParams::new(5, 9).max_rounds(1).check().unwrap();
        let start = start.fit(&DatasetBase::from(rows.clone())).unwrap().centroids;
        let ours = lloyd(rows.view(), start.clone(), 100).centroids;
        let dataset = DatasetBase::from(rows.clone());
        let theirs = KMeans::params_with_rng(5, Xoshiro256PlusPlus::seed_from_u64(1))
            .init_method(KMeansInit::Precomputed(start))
            .n_runs(1)
            .fit(&dataset)
            .unwrap()
            .predict(&dataset);
        let agreement = adjusted_rand(&nearest_centroid(rows.view(), ours.view()), &theirs.to_vec());
        assert!(agreement > 0.99, "{agreement}");
    }

    #[test]
    fn more_groups_than_rows_are_refused() {
        let (rows, _) = bundles(1);
        assert!(k_means(&rows, 41, 0).is_err());
        assert!(k_means(&rows, 0, 0).is_err());
    }
}
