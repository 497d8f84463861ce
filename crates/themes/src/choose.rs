//! The number of themes from the data: agreement between refits on resampled papers, together with separation.
//!
//! Agreement alone prefers a handful of coarse themes and separation alone very many small ones; their product is largest
//! where themes are both there again on other papers (Lange et al. 2004, Ben-Hur et al. 2002) and apart from each other.

use crate::agreement::adjusted_rand;
use crate::cluster::spherical_k_means::{SphericalKMeansParams, nearest_centroid};
use crate::dense::product;
use crate::sample::sample;
use crate::settings::ThemesError;
use linfa::{DatasetBase, ParamGuard, traits::Fit};
use model::{ThemeCount, ThemeCountCandidate};
use ndarray::{Array2, ArrayView2, Axis};
use rand::{SeedableRng, seq::index};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

/// Papers that the choice looks at; a larger corpus is sampled.
const SAMPLE: usize = 1_500;
/// Refits a candidate: few papers need many, because one paper more or less moves a small theme.
const REFITS: (usize, usize) = (6, 24);
const REFITTED_PAPERS: usize = 9_000;
/// Share of papers in each refit.
const RESAMPLED: f64 = 0.8;
/// Starts of k-means a refit: in a small corpus one unlucky start would look like disagreement.
const STARTS: (usize, usize) = (1, 4);
/// Rounds of k-means a refit: what still moves after these is not what refits differ in.
const ROUNDS: usize = 15;
/// Numbers of themes that are tried.
const CANDIDATES: [usize; 23] = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 22, 25, 28, 32, 36, 42, 50];
/// Of two numbers that are equally reliable the larger says more: the score is tilted by this power of k.
const DETAIL: f64 = 0.15;
/// A theme of fewer papers than this, on average, is not worth a name.
const FEWEST_PAPERS_A_THEME: usize = 8;

/// Chooses k for `rows`, shape (n, d), rows of L2 norm 1 (papers without terms left out).
///
/// # Errors
/// Where k-means fails, which it does not for rows of finite numbers.
pub fn choose(rows: &Array2<f32>, seed: u64) -> Result<ThemeCount, ThemesError> {
    let most = rows.nrows() / FEWEST_PAPERS_A_THEME;
    let tried: Vec<usize> = CANDIDATES.into_iter().filter(|&k| k <= most).collect();
    if tried.is_empty() {
        let reason = format!("{} papers are too few to tell themes apart", rows.nrows());
        return Ok(ThemeCount { k: 1, candidates: Vec::new(), reason });
    }
    let sample = rows.select(Axis(0), &sample(rows.nrows(), SAMPLE, seed));
    let candidates = tried.into_par_iter().map(|k| candidate(&sample, k, seed)).collect::<Result<Vec<_>, _>>()?;
    let best = candidates.iter().fold(&candidates[0], |best, c| if c.score > best.score { c } else { best });
    let (k, agreement, separation) = (best.k, best.agreement, best.separation);
    let reason = format!(
        "of {} to {} themes, {k} are found again most reliably on resampled papers (agreement {agreement:.2}) \
         while lying apart (separation {separation:.2})",
        candidates[0].k,
        candidates[candidates.len() - 1].k,
    );
    Ok(ThemeCount { k, candidates, reason })
}

/// Agreement and separation of one candidate; its score is their product, tilted by [`DETAIL`].
fn candidate(rows: &Array2<f32>, k: usize, seed: u64) -> Result<ThemeCountCandidate, ThemesError> {
    let refits = (REFITTED_PAPERS / rows.nrows()).clamp(REFITS.0, REFITS.1);
    let fits = (0..refits).map(|refit| refitted(rows, k, seed, refit as u64)).collect::<Result<Vec<_>, _>>()?;
    let pairs: Vec<f64> = (1..refits)
        .flat_map(|a| (0..a).map(move |b| (a, b)))
        .map(|(a, b)| adjusted_rand(&fits[a].0, &fits[b].0))
        .collect();
    let agreement = pairs.iter().sum::<f64>() / pairs.len() as f64;
    let separation = fits.iter().map(|(_, s)| s).sum::<f64>() / fits.len() as f64;
    Ok(ThemeCountCandidate { k, agreement, separation, score: agreement * separation * (k as f64).powf(DETAIL) })
}

/// Groups of all rows by centroids that were fitted to a part of them, and how far apart the groups lie.
fn refitted(rows: &Array2<f32>, k: usize, seed: u64, refit: u64) -> Result<(Vec<usize>, f64), ThemesError> {
    let n = rows.nrows();
    let seed = seed.wrapping_mul(1_000_003).wrapping_add(refit);
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let size = ((n as f64 * RESAMPLED) as usize).max(k);
    let mut papers = index::sample(&mut random, n, size).into_vec();
    papers.sort_unstable();
    let dataset = DatasetBase::from(rows.select(Axis(0), &papers));
    let fitted = SphericalKMeansParams::new(k, seed)
        .starts((SAMPLE / n).clamp(STARTS.0, STARTS.1))
        .max_rounds(ROUNDS)
        .check()?
        .fit(&dataset)?;
    let groups = nearest_centroid(rows.view(), fitted.centroids.view());
    Ok((groups, simplified_silhouette(rows.view(), fitted.centroids.view())))
}

/// Mean of `(b - a) / b`, a and b the distances (1 - cosine) to the nearest and the second nearest of at least two centroids;
/// 0 to 1.
#[must_use]
pub fn simplified_silhouette(rows: ArrayView2<'_, f32>, centroids: ArrayView2<'_, f32>) -> f64 {
    let cosines = product(rows, centroids.t().as_standard_layout().view());
    let of = |row: ndarray::ArrayView1<'_, f32>| {
        let (first, second) = two_largest(row.iter().copied());
        let (a, b) = (1.0 - f64::from(first), 1.0 - f64::from(second));
        if b > 0.0 { (b - a.max(0.0)) / b } else { 0.0 }
    };
    cosines.rows().into_iter().map(of).sum::<f64>() / rows.nrows().max(1) as f64
}

fn two_largest(values: impl Iterator<Item = f32>) -> (f32, f32) {
    values.fold(
        (f32::NEG_INFINITY, f32::NEG_INFINITY),
        |(first, second), x| {
            if x > first { (x, first) } else { (first, second.max(x)) }
        },
    )
}
