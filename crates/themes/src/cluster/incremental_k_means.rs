//! Rows to k groups by k-means in batches (linfa's incremental form, Sculley 2010): every row is seen once.
//!
//! For corpora where whole rounds over all rows take longer than they gain; the centres end near those of the full algorithm.

use crate::cluster::numbered::numbered;
use crate::cluster::spherical_k_means::nearest_centroid;
use crate::dense::normalise_rows;
use crate::settings::ThemesError;
use linfa::{DatasetBase, ParamGuard, traits::FitWith};
use linfa_clustering::{IncrKMeansError, KMeans, KMeansError, KMeansInit};
use ndarray::{Array2, Axis};
use rand::{SeedableRng, seq::SliceRandom};
use rand_xoshiro::Xoshiro256PlusPlus;

/// Rows beyond which k-means goes in batches.
pub const BEYOND: usize = 20_000;
/// Rows a batch.
const BATCH: usize = 4_096;
/// Batches stop earlier where the centres move less than this, in all.
const TOLERANCE: f32 = 1e-3;

/// Group of every row (L2 norm 1), numbered from 0 without gaps by first occurrence. `start`: at least one centroid, shape (k, d).
///
/// # Errors
/// Where linfa fails, which it does not for finite rows.
pub fn incremental_k_means(rows: &Array2<f32>, start: Array2<f32>, seed: u64) -> Result<Vec<usize>, ThemesError> {
    let k = start.nrows();
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut order: Vec<usize> = (0..rows.nrows()).collect();
    // Batches must be samples of the whole, and papers come in the order of their dates.
    order.shuffle(&mut random);
    let batch = BATCH.max(4 * k);
    let params = KMeans::params_with_rng(k, random)
        .init_method(KMeansInit::Precomputed(start.clone()))
        .tolerance(TOLERANCE)
        .check()
        .map_err(KMeansError::from)?;
    let mut model = None;
    for papers in order.chunks(batch) {
        let dataset = DatasetBase::from(rows.select(Axis(0), papers));
        match params.fit_with(model, &dataset) {
            Err(IncrKMeansError::NotConverged(further)) => model = Some(further),
            Err(IncrKMeansError::InvalidParams(error)) => return Err(KMeansError::from(error).into()),
            Err(IncrKMeansError::LinfaError(error)) => return Err(error.into()),
            Ok(done) => {
                model = Some(done);
                break;
            }
        }
    }
    let mut centres = model.map_or(start, |model| model.centroids().clone());
    normalise_rows(&mut centres);
    Ok(numbered(nearest_centroid(rows.view(), centres.view())))
}

#[cfg(test)]
mod tests {
    use super::incremental_k_means;
    use crate::agreement::adjusted_rand;
    use crate::cluster::bundles::bundles;
    use crate::cluster::k_means::k_means;
    use crate::cluster::ward::ward_tree;

    /// Three batches and more.
    #[test]
    fn ends_near_the_full_algorithm() {
        let (rows, truth) = bundles(6, 2_500, 0.65);
        let start = || ward_tree(rows.view(), 1_000).centroids(6);
        let full = k_means(&rows, start(), 1).unwrap();
        let batches = incremental_k_means(&rows, start(), 1).unwrap();
        let (of_full, of_batches) = (adjusted_rand(&full, &truth), adjusted_rand(&batches, &truth));
        assert!(of_full > 0.7 && of_full < 0.999, "neither trivial nor impossible: {of_full}");
        assert!(of_batches > of_full - 0.03, "{of_batches} against {of_full}");
        assert!(adjusted_rand(&full, &batches) > 0.9);
    }
}
