//! Rows to k themes around centres: linfa's k-means from where the centres are to start.
//!
//! linfa's `KMeansPara` start depends on the number of threads, its many-start Lloyd is slow; from a precomputed start it is
//! neither. Its `cluster_count` may belong to another restart, so sizes are counted from `predict`.

use crate::cluster::numbered::numbered;
use crate::cluster::spherical_k_means::lloyd;
use crate::settings::ThemesError;
use linfa::{
    DatasetBase,
    traits::{Fit, Predict},
};
use linfa_clustering::{KMeans, KMeansInit};
use ndarray::Array2;
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

/// Rounds before linfa takes over.
const START_ROUNDS: usize = 10;
/// Rounds of linfa's own: from where next to nothing moves any more, these are few.
const LINFA_ROUNDS: u64 = 2;

/// Group of every row, numbered from 0 without gaps by first occurrence. `start`: at least one centroid, shape (k, d).
///
/// # Errors
/// Where linfa fails, which it does not for finite rows.
pub fn k_means(rows: &Array2<f32>, start: Array2<f32>, seed: u64) -> Result<Vec<usize>, ThemesError> {
    let dataset = DatasetBase::from(rows.clone());
    let start = lloyd(rows.view(), start, START_ROUNDS);
    let random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let fitted = KMeans::params_with_rng(start.centroids.nrows(), random)
        .init_method(KMeansInit::Precomputed(start.centroids))
        .n_runs(1)
        .max_n_iterations(LINFA_ROUNDS)
        .tolerance(1e-3)
        .fit(&dataset)?;
    Ok(numbered(fitted.predict(&dataset).to_vec()))
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
        let start = rows.select(ndarray::Axis(0), &[0, 1, 2, 3, 4]);
        let groups = k_means(&rows, start, 1).unwrap();
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
}
