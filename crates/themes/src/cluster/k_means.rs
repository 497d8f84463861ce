//! Rows to k themes: spherical k-means finds the start, linfa's k-means finishes from it.
//!
//! linfa's `KMeansPara` start depends on the number of threads, its many-start Lloyd is slow; from a precomputed start it is
//! neither. Its `cluster_count` may belong to another restart, so sizes are counted from `predict`.

use crate::cluster::spherical_k_means::{SphericalKMeansParams, lloyd};
use crate::settings::ThemesError;
use linfa::{
    DatasetBase, ParamGuard,
    traits::{Fit, Predict},
};
use linfa_clustering::{KMeans, KMeansInit};
use ndarray::{Array2, Axis, Slice};
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

/// Rows that starts are compared on, and rounds on all rows before linfa takes over.
const SAMPLE: usize = 3_000;
const START_ROUNDS: usize = 40;

/// Group of every row, numbered from 0 without gaps by first occurrence.
///
/// # Errors
/// Where k is 0 or larger than the number of rows.
pub fn k_means(rows: &Array2<f32>, k: usize, starts: usize, seed: u64) -> Result<Vec<usize>, ThemesError> {
    let dataset = DatasetBase::from(rows.clone());
    let start = SphericalKMeansParams::new(k, seed).starts(starts).check()?.fit(&DatasetBase::from(sample(rows, k)))?;
    let start = lloyd(rows.view(), start.centroids, START_ROUNDS);
    let random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let fitted = KMeans::params_with_rng(k, random)
        .init_method(KMeansInit::Precomputed(start.centroids))
        .n_runs(1)
        .max_n_iterations(100)
        .tolerance(1e-4)
        .fit(&dataset)?;
    Ok(numbered(fitted.predict(&dataset).to_vec()))
}

/// Rows among which starts are compared: every so many of them in a large corpus.
fn sample(rows: &Array2<f32>, k: usize) -> Array2<f32> {
    let step = (rows.nrows() / SAMPLE.max(20 * k)).max(1);
    rows.slice_axis(Axis(0), Slice::new(0, None, step as isize)).to_owned()
}

/// Renumbers groups by first occurrence, so that empty ones leave no gap.
fn numbered(groups: Vec<usize>) -> Vec<usize> {
    let mut numbers = vec![usize::MAX; groups.iter().max().map_or(0, |m| m + 1)];
    let mut next = 0;
    groups
        .into_iter()
        .map(|group| {
            if numbers[group] == usize::MAX {
                numbers[group] = next;
                next += 1;
            }
            numbers[group]
        })
        .collect()
}
