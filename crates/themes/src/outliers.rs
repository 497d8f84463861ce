//! Groups of papers to an assignment: strength of every paper, and which papers are too far from everything to be in a theme.
//!
//! What a paper shares with its theme is measured in the terms themselves, because the averaged embedding moves even a
//! stranger towards its neighbours.

use crate::settings::Outliers;
use crate::sparse::Sparse;
use model::{Assignment, TermMatrix};
use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;

/// A paper is left out where what it shares with its theme is below this many robust deviations under the median.
const DEVIATIONS: f64 = 2.0;
/// ... and also below this share of the median, so that a corpus of look-alikes leaves nobody out.
const SHARE_OF_MEDIAN: f64 = 0.6;
/// Below this number of papers nothing can be called unusual.
const FEWEST_PAPERS: usize = 30;

/// Makes the assignment. `groups`: `None` for papers without any term; `centroids`: shape (k, d); `rows`: shape (n, d).
#[must_use]
pub fn assign(
    matrix: &TermMatrix,
    rows: ArrayView2<'_, f32>,
    groups: &[Option<usize>],
    centroids: ArrayView2<'_, f32>,
    outliers: Outliers,
) -> Assignment {
    let strength = (0..groups.len())
        .map(|paper| strength(rows.row(paper).dot(&centroids.t()).as_slice(), groups[paper]))
        .collect();
    let shared = shared_with_theme(matrix, groups, centroids.nrows());
    let far = match outliers {
        Outliers::Keep => vec![false; groups.len()],
        Outliers::Drop => far(&shared),
    };
    let theme = groups.iter().zip(&far).map(|(group, far)| group.filter(|_| !far)).collect();
    let any = (centroids.nrows() > 0).then_some(0);
    let nearest = groups.iter().map(|group| group.or(any)).collect();
    Assignment { theme, nearest, strength }
}

/// `1 - a / b`, a and b the distances (1 - cosine) to the own and the nearest other centroid; 0 where nothing is known.
fn strength(cosines: Option<&[f32]>, group: Option<usize>) -> f32 {
    let (Some(cosines), Some(group)) = (cosines, group) else { return 0.0 };
    let own = (1.0 - cosines[group]).max(0.0);
    let others = cosines.iter().enumerate().filter(|(at, _)| *at != group).map(|(_, c)| 1.0 - c);
    let other = others.fold(f32::INFINITY, f32::min);
    if other.is_infinite() {
        (1.0 - own).clamp(0.0, 1.0)
    } else if other > 0.0 {
        (1.0 - own / other).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

/// Cosine of every paper's TF-IDF row with the mean of the other papers of its group; `None` for papers without a group.
fn shared_with_theme(matrix: &TermMatrix, groups: &[Option<usize>], k: usize) -> Vec<Option<f64>> {
    let sparse = Sparse::of(matrix);
    let mut sums = Array2::<f32>::zeros((matrix.n_terms(), k));
    for (paper, group) in groups.iter().enumerate() {
        if let Some(group) = group {
            let (columns, weights) = matrix.row(paper);
            for (&column, weight) in columns.iter().zip(weights) {
                sums[(column as usize, *group)] += weight;
            }
        }
    }
    let norms: Vec<f64> = sums.columns().into_iter().map(|c| c.iter().map(|x| f64::from(x * x)).sum()).collect();
    let products = sparse.dot(sums.view());
    (0..groups.len())
        .into_par_iter()
        .map(|paper| {
            let group = groups[paper]?;
            // The paper itself is in the sum: |S - x|^2 = |S|^2 - 2 S.x + 1.
            let with = f64::from(products[(paper, group)]);
            let others = (norms[group] - 2.0 * with + 1.0).max(0.0).sqrt();
            Some(if others > 1e-6 { (with - 1.0) / others } else { 1.0 })
        })
        .collect()
}

fn far(shared: &[Option<f64>]) -> Vec<bool> {
    let mut known: Vec<f64> = shared.iter().flatten().copied().collect();
    if known.len() < FEWEST_PAPERS {
        return vec![false; shared.len()];
    }
    let median = median(&mut known);
    let mut deviations: Vec<f64> = known.iter().map(|x| (x - median).abs()).collect();
    // 1.4826 makes the median absolute deviation of a normal distribution its standard deviation.
    let limit = (median - DEVIATIONS * 1.4826 * self::median(&mut deviations)).min(SHARE_OF_MEDIAN * median);
    shared.iter().map(|x| x.is_some_and(|x| x < limit)).collect()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len().is_multiple_of(2) { f64::midpoint(values[middle - 1], values[middle]) } else { values[middle] }
}
