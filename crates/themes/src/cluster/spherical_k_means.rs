//! Rows of L2 norm 1 to k groups by cosine: spherical k-means (Dhillon and Modha 2001) by matrix products.
//!
//! linfa's own Lloyd takes several times as long because it measures one distance at a time; this one stands behind the same
//! traits. Starts are k-means++ (Arthur and Vassilvitskii 2007); sums run over fixed blocks in order.

use crate::dense::normalise_rows;
use crate::sample::sample;
use crate::settings::ThemesError;
use linfa::{
    DatasetBase, ParamGuard,
    dataset::Records,
    traits::{Fit, PredictInplace},
};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis, Slice};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

/// Parameters as given; [`ParamGuard::check`] before use.
#[derive(Debug, Clone, PartialEq)]
pub struct SphericalKMeansParams(SphericalKMeansValidParams);

/// Checked parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct SphericalKMeansValidParams {
    k: usize,
    seed: u64,
    max_rounds: usize,
}

/// Fitted centroids.
#[derive(Debug, Clone, PartialEq)]
pub struct SphericalKMeans {
    /// Shape (k, d), rows of L2 norm 1.
    pub centroids: Array2<f32>,
    /// Mean cosine between a row and its centroid, at most 1; larger is better.
    pub cohesion: f64,
}

impl SphericalKMeansParams {
    #[must_use]
    pub fn new(k: usize, seed: u64) -> Self {
        Self(SphericalKMeansValidParams { k, seed, max_rounds: 60 })
    }

    #[must_use]
    pub fn max_rounds(mut self, rounds: usize) -> Self {
        self.0.max_rounds = rounds;
        self
    }
}

impl ParamGuard for SphericalKMeansParams {
    type Checked = SphericalKMeansValidParams;
    type Error = ThemesError;

    fn check_ref(&self) -> Result<&Self::Checked, Self::Error> {
        if self.0.k == 0 { Err(ThemesError::NoThemes) } else { Ok(&self.0) }
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl<T> Fit<Array2<f32>, T, ThemesError> for SphericalKMeansValidParams {
    type Object = SphericalKMeans;

    /// Fits k centroids to rows of L2 norm 1, shape (n, d).
    fn fit(&self, dataset: &DatasetBase<Array2<f32>, T>) -> Result<SphericalKMeans, ThemesError> {
        let rows = dataset.records().view();
        if self.k > rows.nrows() {
            return Err(ThemesError::TooManyThemes { asked: self.k, papers: rows.nrows() });
        }
        let mut random = Xoshiro256PlusPlus::seed_from_u64(self.seed.wrapping_mul(1_000_003));
        Ok(lloyd(rows, started(rows, self.k, &mut random), self.max_rounds))
    }
}

impl PredictInplace<Array2<f32>, Array1<usize>> for SphericalKMeans {
    fn predict_inplace(&self, rows: &Array2<f32>, groups: &mut Array1<usize>) {
        groups.assign(&Array1::from(nearest_centroid(rows.view(), self.centroids.view())));
    }

    fn default_target(&self, rows: &Array2<f32>) -> Array1<usize> {
        Array1::zeros(rows.nsamples())
    }
}

/// Rows of a block.
const BLOCK: usize = 1_024;

/// The centroid with the largest cosine for every row; ties by the smaller number.
#[must_use]
pub fn nearest_centroid(rows: ArrayView2<'_, f32>, centroids: ArrayView2<'_, f32>) -> Vec<usize> {
    nearest_with_cosine(rows, centroids).into_iter().map(|(group, _)| group).collect()
}

fn nearest_with_cosine(rows: ArrayView2<'_, f32>, centroids: ArrayView2<'_, f32>) -> Vec<(usize, f32)> {
    let across = centroids.t().as_standard_layout().into_owned();
    let blocks: Vec<Vec<(usize, f32)>> = (0..rows.nrows().div_ceil(BLOCK))
        .into_par_iter()
        .map(|block| {
            let end = ((block + 1) * BLOCK).min(rows.nrows());
            let cosines = rows.slice_axis(Axis(0), Slice::from(block * BLOCK..end)).dot(&across);
            cosines.rows().into_iter().map(largest).collect()
        })
        .collect();
    blocks.into_iter().flatten().collect()
}

/// Position and value of the largest of finite values, the first of equals. The maximum is looked for in lanes, so that the compiler
/// can take several at once.
fn largest(row: ArrayView1<'_, f32>) -> (usize, f32) {
    let Some(values) = row.as_slice() else { return (0, f32::NEG_INFINITY) };
    let (lanes, rest) = values.as_chunks::<8>();
    let greater = |a: f32, b: f32| if b > a { b } else { a };
    let by_lane =
        lanes.iter().fold([f32::NEG_INFINITY; 8], |most, lane| std::array::from_fn(|at| greater(most[at], lane[at])));
    let most = by_lane.iter().chain(rest).copied().fold(f32::NEG_INFINITY, greater);
    (values.iter().position(|&x| x >= most).unwrap_or(0), most)
}

/// Rows a centroid that starts are drawn from: more are no better start, and each is compared with every centroid.
const DRAWN: usize = 20;

/// k-means++ among some of the rows.
fn started(rows: ArrayView2<'_, f32>, k: usize, random: &mut Xoshiro256PlusPlus) -> Array2<f32> {
    if DRAWN * k >= rows.nrows() {
        return plus_plus(rows, k, random);
    }
    let some = sample(rows.nrows(), DRAWN * k, random.r#gen());
    plus_plus(rows.select(Axis(0), &some).view(), k, random)
}

/// k-means++: each next centroid is a row drawn by its distance (1 - cosine) from those drawn before.
fn plus_plus(rows: ArrayView2<'_, f32>, k: usize, random: &mut Xoshiro256PlusPlus) -> Array2<f32> {
    let n = rows.nrows();
    let mut centroids = Array2::zeros((k, rows.ncols()));
    let mut distance = vec![f64::INFINITY; n];
    let mut next = random.gen_range(0..n);
    for index in 0..k {
        centroids.row_mut(index).assign(&rows.row(next));
        let cosines = rows.dot(&rows.row(next));
        for (d, cosine) in distance.iter_mut().zip(&cosines) {
            *d = d.min(f64::from(1.0 - cosine).max(0.0));
        }
        next = draw(&distance, random);
    }
    centroids
}

/// A position drawn with the given weights; any position where all weights are zero.
fn draw(weights: &[f64], random: &mut Xoshiro256PlusPlus) -> usize {
    let total: f64 = weights.iter().sum();
    let mut left = random.gen_range(0.0..1.0) * total;
    if total <= 0.0 {
        return random.gen_range(0..weights.len());
    }
    weights
        .iter()
        .position(|w| {
            left -= w;
            left < 0.0
        })
        .unwrap_or(weights.len() - 1)
}

/// Assign and average until nothing moves.
#[must_use]
pub fn lloyd(rows: ArrayView2<'_, f32>, mut centroids: Array2<f32>, max_rounds: usize) -> SphericalKMeans {
    let mut groups: Vec<usize> = Vec::new();
    let mut cohesion = 0.0;
    for _ in 0..max_rounds.max(1) {
        let nearest = nearest_with_cosine(rows, centroids.view());
        cohesion = nearest.iter().map(|(_, c)| f64::from(*c)).sum::<f64>() / rows.nrows().max(1) as f64;
        let now: Vec<usize> = nearest.iter().map(|(group, _)| *group).collect();
        if now == groups {
            break;
        }
        groups = now;
        centroids = means(rows, &groups, &nearest, centroids.nrows());
    }
    SphericalKMeans { centroids, cohesion }
}

/// Normalised mean of each group; an empty group starts again from the row that fits worst.
fn means(rows: ArrayView2<'_, f32>, groups: &[usize], nearest: &[(usize, f32)], k: usize) -> Array2<f32> {
    let mut sums: Array2<f32> = Array2::zeros((k, rows.ncols()));
    let mut sizes = vec![0_usize; k];
    for (row, &group) in rows.axis_iter(Axis(0)).zip(groups) {
        let mut sum = sums.row_mut(group);
        sum += &row;
        sizes[group] += 1;
    }
    let mut worst: Vec<usize> = Vec::new();
    if sizes.contains(&0) {
        worst = (0..groups.len()).collect();
        worst.sort_by(|&a, &b| nearest[b].1.total_cmp(&nearest[a].1).then(b.cmp(&a)));
    }
    for group in (0..k).filter(|&g| sizes[g] == 0) {
        if let Some(row) = worst.pop() {
            sums.row_mut(group).assign(&rows.row(row));
        }
    }
    normalise_rows(&mut sums);
    sums
}
