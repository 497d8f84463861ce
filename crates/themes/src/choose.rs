//! The number of themes from the data: agreement between refits on resampled papers, together with separation.
//!
//! Agreement alone prefers a handful of coarse themes and separation alone very many small ones; their product is largest
//! where themes are both there again on other papers (Lange et al. 2004, Ben-Hur et al. 2002) and apart from each other.

use crate::agreement::adjusted_rand;
use crate::cluster::spherical_k_means::{lloyd, nearest_centroid};
use crate::cluster::ward::ward_tree;
use crate::dense::product;
use crate::sample::sample;
use model::{ThemeCount, ThemeCountCandidate};
use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

/// Papers that the choice looks at; of a larger corpus the same ones for every seed.
const SAMPLE: usize = 1_500;
/// Refits a candidate: few papers need many, because one paper more or less moves a small theme.
const REFITS: (usize, usize) = (6, 24);
const REFITTED_PAPERS: usize = 9_000;
/// Share of papers in each refit: halves, so that what two refits agree on is not what they have in common.
const RESAMPLED: f64 = 0.5;
/// Rounds of k-means a refit: what still moves after these is not what refits differ in.
const ROUNDS: usize = 10;
/// Numbers of themes that are tried.
const CANDIDATES: [usize; 23] = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 22, 25, 28, 32, 36, 42, 50];
/// Of two numbers that are equally reliable the larger says more: the score is tilted by this power of k.
const DETAIL: f64 = 0.1;
/// A theme of fewer papers than this, on average, is not worth a name.
const FEWEST_PAPERS_A_THEME: usize = 8;

/// Chooses k for `rows`, shape (n, d), rows of L2 norm 1 (papers without terms left out).
#[must_use]
pub fn choose(rows: &Array2<f32>, seed: u64) -> ThemeCount {
    let most = rows.nrows() / FEWEST_PAPERS_A_THEME;
    let tried: Vec<usize> = CANDIDATES.into_iter().filter(|&k| k <= most).collect();
    if tried.is_empty() {
        let (papers, are) = if rows.nrows() == 1 { ("paper", "is") } else { ("papers", "are") };
        let reason = format!("{} {papers} {are} too few to tell themes apart", rows.nrows());
        return ThemeCount { k: 1, candidates: Vec::new(), reason };
    }
    let sample = rows.select(Axis(0), &sample(rows.nrows(), SAMPLE, 0));
    let refits = (REFITTED_PAPERS / sample.nrows()).clamp(REFITS.0, REFITS.1) as u64;
    let fits: Vec<Vec<Fit>> = (0..refits).into_par_iter().map(|refit| refitted(&sample, &tried, seed, refit)).collect();
    let candidates: Vec<ThemeCountCandidate> = tried
        .par_iter()
        .enumerate()
        .map(|(at, &k)| candidate(k, &fits.iter().map(|f| &f[at]).collect::<Vec<_>>()))
        .collect();
    let best = candidates.iter().fold(&candidates[0], |best, c| if c.score > best.score { c } else { best });
    let (k, reason) = (best.k, why(best, &candidates));
    ThemeCount { k, candidates, reason }
}

/// Why the best candidate is the best; the last one may only be the best of those that were tried.
fn why(best: &ThemeCountCandidate, candidates: &[ThemeCountCandidate]) -> String {
    let (fewest, most) = (candidates[0].k, candidates[candidates.len() - 1].k);
    let ThemeCountCandidate { k, agreement, separation, .. } = *best;
    let more = if k == most { "; more were not tried" } else { "" };
    format!(
        "of {fewest} to {most} themes, {k} do best by both: being found again on resampled papers (agreement {agreement:.2}) and lying \
         apart (separation {separation:.2}){more}"
    )
}

/// One refit with one number of themes.
struct Fit {
    /// Group of every row.
    groups: Vec<usize>,
    separation: f64,
}

/// Agreement and separation of one candidate; its score is their product, tilted by [`DETAIL`].
fn candidate(k: usize, fits: &[&Fit]) -> ThemeCountCandidate {
    let pairs: Vec<f64> = (1..fits.len())
        .flat_map(|a| (0..a).map(move |b| (a, b)))
        .map(|(a, b)| adjusted_rand(&fits[a].groups, &fits[b].groups))
        .collect();
    let agreement = pairs.iter().sum::<f64>() / pairs.len() as f64;
    let separation = fits.iter().map(|fit| fit.separation).sum::<f64>() / fits.len() as f64;
    ThemeCountCandidate { k, agreement, separation, score: agreement * separation * (k as f64).powf(DETAIL) }
}

/// All rows grouped by centroids that were fitted to a part of them, for each number of themes: one tree gives all the starts.
fn refitted(rows: &Array2<f32>, tried: &[usize], seed: u64, refit: u64) -> Vec<Fit> {
    let n = rows.nrows();
    let seed = seed.wrapping_mul(1_000_003).wrapping_add(refit);
    let some = rows.select(Axis(0), &sample(n, (n as f64 * RESAMPLED) as usize, seed));
    let tree = ward_tree(some.view(), some.nrows());
    let fit = |&k: &usize| {
        let fitted = lloyd(some.view(), tree.centroids(k), ROUNDS);
        let groups = nearest_centroid(rows.view(), fitted.centroids.view());
        Fit { groups, separation: simplified_silhouette(rows.view(), fitted.centroids.view()) }
    };
    tried.iter().map(fit).collect()
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
