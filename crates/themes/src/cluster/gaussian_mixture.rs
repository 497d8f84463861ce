//! Rows to the components of a Gaussian mixture (linfa), with the probabilities that each row belongs to them.
//!
//! linfa sums densities without taking their largest out first, so that far rows would underflow to NaN in many dimensions.
//! Hence few principal components, double precision, and a variance added to every direction which bounds all exponents.

use crate::cluster::Memberships;
use crate::cluster::principal::principal_components;
use crate::sample::sample;
use crate::settings::ThemesError;
use linfa::{DatasetBase, ParamGuard, traits::Fit};
use linfa_clustering::{GaussianMixtureModel, GmmError};
use model::Membership;
use ndarray::{Array2, ArrayView1, ArrayView2, Axis};
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

/// Directions in which components differ: a full covariance has d (d + 1) / 2 entries, which few papers cannot fill.
const DIMENSIONS: usize = 20;
/// Least variance added. Rows lie at most 2 apart, so the exponent -d^2 / (2 v) stays above -500, far from underflow.
const LEAST_VARIANCE: f64 = 0.004;
/// Rows that a mixture is fitted to; the others of a larger corpus get the probabilities of the fitted one.
const SAMPLE: usize = 3_000;
const ROUNDS: u64 = 300;

/// Component of every row, numbered from 0, and the posterior probabilities of it and of others that may be the row's.
///
/// Where linfa finds a component without rows it is fitted with one component fewer.
///
/// # Errors
/// Where k is 0 or larger than the number of rows, or linfa fails even for a single component.
pub fn gaussian_mixture(
    rows: &Array2<f32>,
    k: usize,
    seed: u64,
) -> Result<(Vec<usize>, Vec<Memberships>), ThemesError> {
    if k == 0 {
        return Err(ThemesError::NoThemes);
    }
    if k > rows.nrows() {
        return Err(ThemesError::TooManyThemes { asked: k, papers: rows.nrows() });
    }
    let points = principal_components(rows.view(), DIMENSIONS);
    let sample = points.select(Axis(0), &sample(rows.nrows(), SAMPLE.max(20 * k), seed));
    let probabilities = fitted(sample, k, seed)?.predict_proba(&points);
    let of_rows = probabilities.rows().into_iter().map(|row| {
        let memberships = memberships(row);
        (memberships[0].0, memberships)
    });
    Ok(of_rows.unzip())
}

fn fitted(points: Array2<f64>, k: usize, seed: u64) -> Result<GaussianMixtureModel<f64>, ThemesError> {
    let variance = spread(points.view(), k).max(LEAST_VARIANCE);
    let dataset = DatasetBase::from(points);
    let mut tried = Err(ThemesError::NoThemes);
    for k in (1..=k).rev() {
        let random = Xoshiro256PlusPlus::seed_from_u64(seed);
        tried = GaussianMixtureModel::params_with_rng(k, random)
            .reg_covariance(variance)
            .max_n_iterations(ROUNDS)
            .check()
            .and_then(|checked| checked.fit(&dataset))
            .map_err(ThemesError::from);
        if !matches!(tried, Err(ThemesError::GaussianMixture(GmmError::EmptyCluster(_)))) {
            break;
        }
    }
    tried
}

/// Variance a direction that k equal balls would have if they filled the points' volume: what a component of few rows is
/// drawn towards, so that its covariance is never singular (after Fraley and Raftery 2007).
fn spread(points: ArrayView2<'_, f64>, k: usize) -> f64 {
    let d = points.ncols().max(1) as f64;
    let total = points.iter().map(|x| x * x).sum::<f64>() / points.nrows().max(1) as f64;
    total / d * (k as f64).powf(-2.0 / d)
}

/// At least the most probable component.
fn memberships(row: ArrayView1<'_, f64>) -> Memberships {
    let mut all: Memberships = row.iter().map(|p| p.clamp(0.0, 1.0) as f32).enumerate().collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let kept = all.partition_point(|(_, probability)| *probability >= Membership::LEAST);
    all.truncate(kept.max(1));
    all
}

#[cfg(test)]
mod tests {
    use super::gaussian_mixture;
    use crate::agreement::adjusted_rand;
    use crate::cluster::bundles::bundles;
    use ndarray::Array2;

    #[test]
    fn bundles_are_found_with_their_probabilities() {
        let (rows, truth) = bundles(5, 60, 0.25);
        let (groups, memberships) = gaussian_mixture(&rows, 5, 1).unwrap();
        assert!((adjusted_rand(&groups, &truth) - 1.0).abs() < 1e-12);
        assert!(memberships.iter().zip(&groups).all(|(of, group)| of[0].0 == *group));
        assert!(memberships.iter().all(|of| (0.9..=1.0).contains(&of[0].1)), "{memberships:?}");
    }

    /// A row halfway between two bundles belongs to both by half.
    #[test]
    fn a_row_between_two_components_is_divided() {
        let (mut rows, _) = bundles(2, 100, 0.2);
        let between = Array2::from_shape_fn((1, 5), |(_, column)| if column < 2 { 0.5_f32.sqrt() } else { 0.0 });
        rows.append(ndarray::Axis(0), between.view()).unwrap();
        let (_, memberships) = gaussian_mixture(&rows, 2, 1).unwrap();
        let sure = memberships[..200].iter().map(|of| of[0].1).sum::<f32>() / 200.0;
        let [(_, first), (_, second)] = memberships[200][..] else { panic!("two components: {memberships:?}") };
        assert!(first < sure - 0.1, "{first} against {sure}");
        assert!((first + second - 1.0).abs() < 1e-6 && first >= second);
    }

    /// Where linfa's own exponent underflows in many dimensions.
    #[test]
    fn many_dimensions_and_few_rows_stay_finite() {
        let (rows, _) = bundles(90, 2, 0.1);
        for k in [1, 2, 30, 90] {
            let (groups, memberships) = gaussian_mixture(&rows, k, 0).unwrap();
            assert!(groups.iter().all(|group| *group < k));
            assert!(memberships.iter().flatten().all(|(_, p)| p.is_finite() && *p > 0.0));
        }
    }

    #[test]
    fn rows_that_are_all_alike_are_one_component() {
        let rows = Array2::from_shape_fn((40, 4), |(_, column)| f32::from(u8::from(column == 0)));
        let (groups, memberships) = gaussian_mixture(&rows, 3, 0).unwrap();
        assert!(groups.iter().all(|group| *group == groups[0]));
        assert!(memberships.iter().flatten().all(|(_, p)| (0.0..=1.0).contains(p)));
    }

    #[test]
    fn impossible_numbers_are_refused() {
        let (rows, _) = bundles(1, 4, 0.1);
        assert!(gaussian_mixture(&rows, 0, 0).is_err());
        assert!(gaussian_mixture(&rows, 5, 0).is_err());
    }
}
