//! A finished grouping to measures of its quality: silhouette, sizes, survival, share left out.
//! Rates nothing, and does not look at words: coherence does.

use model::{Assignment, Coherence, Quality, Theme};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2};
use rayon::prelude::*;

/// Measures all themes, coherence left blank. `rows`: the embedding that was clustered, shape (n, d).
#[must_use]
pub fn quality(rows: ArrayView2<'_, f32>, assignment: &Assignment, themes: &[Theme]) -> Quality {
    let left_out = assignment.theme.iter().filter(|t| t.is_none()).count();
    let survivals = sorted(themes.iter().filter_map(|t| t.survival).map(f64::from).collect());
    let sizes = sorted(themes.iter().map(|t| t.size as f64).collect());
    Quality {
        silhouette: silhouette(rows, &assignment.theme, themes.len()),
        survival_mean: (!survivals.is_empty()).then(|| survivals.iter().sum::<f64>() / survivals.len() as f64),
        survival_median: median(&survivals),
        smallest: themes.iter().map(|t| t.size).min(),
        median_size: median(&sizes),
        largest: themes.iter().map(|t| t.size).max(),
        left_out: left_out as f64 / assignment.theme.len().max(1) as f64,
        coherence: Coherence::default(),
    }
}

/// Mean silhouette (Rousseeuw 1987) by cosine distance over all papers in themes; `None` for fewer than two themes.
///
/// The mean distance to a group is 1 less the cosine with the mean of its unit vectors, so no pair of papers has to be
/// looked at and no sample to be drawn: the cost is papers x themes x dimensions.
#[must_use]
pub(crate) fn silhouette(rows: ArrayView2<'_, f32>, theme: &[Option<usize>], k: usize) -> Option<f64> {
    let papers: Vec<(usize, usize)> = theme.iter().enumerate().filter_map(|(p, t)| Some((p, (*t)?))).collect();
    let mut sums = Array2::<f64>::zeros((k, rows.ncols()));
    let mut sizes = vec![0_usize; k];
    for &(paper, group) in &papers {
        sums.row_mut(group).scaled_add(1.0, &unit(rows.row(paper)));
        sizes[group] += 1;
    }
    if sizes.iter().filter(|s| **s > 0).count() < 2 {
        return None;
    }
    let each: Vec<f64> =
        papers.par_iter().map(|&(paper, group)| one(&unit(rows.row(paper)), group, &sums, &sizes)).collect();
    Some(each.iter().sum::<f64>() / each.len() as f64)
}

/// `(b - a) / max(a, b)`, a and b the mean distances to the own group (itself left out) and to the nearest other one; 0 for
/// a paper alone in its group.
fn one(row: &Array1<f64>, own: usize, sums: &Array2<f64>, sizes: &[usize]) -> f64 {
    if sizes[own] < 2 {
        return 0.0;
    }
    let others = (sizes[own] - 1) as f64;
    let a = (others - (row.dot(&sums.row(own)) - row.dot(row))) / others;
    let mean = |group: usize| 1.0 - row.dot(&sums.row(group)) / sizes[group] as f64;
    let b = (0..sizes.len()).filter(|&g| g != own && sizes[g] > 0).map(mean).fold(f64::INFINITY, f64::min);
    if a.max(b) > 0.0 { (b - a) / a.max(b) } else { 0.0 }
}

/// The row with length 1; a row without length stays as it is.
fn unit(row: ArrayView1<'_, f32>) -> Array1<f64> {
    let row = row.mapv(f64::from);
    let length = row.dot(&row).sqrt();
    if length > 0.0 { row / length } else { row }
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values
}

/// Median of ascending values.
fn median(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    Some(if sorted.len().is_multiple_of(2) { f64::midpoint(sorted[middle - 1], upper) } else { upper })
}
