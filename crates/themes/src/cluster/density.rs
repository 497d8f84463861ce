//! What DBSCAN and OPTICS share: the sample they look at, a radius from the data, and where the other rows go.
//!
//! Distances are Euclidean between rows of L2 norm 1, so they lie in [0, 2]. Groups no paper by itself.

use crate::dense::product;
use crate::neighbours::neighbours;
use ndarray::{Array2, ArrayView1, ArrayView2, Axis};

/// Settings of the algorithms that look for dense places.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Density {
    /// Radius of a neighbourhood, in (0, 2]; `None`: from the data.
    pub eps: Option<f64>,
    /// Papers, itself counted, that make the place of a paper dense, at least 2; `None`: from the number of papers.
    pub min_points: Option<usize>,
}

/// `ln n` (Birant and Kut 2007), at least 4: a dense place grows with the corpus, but slowly.
#[must_use]
pub fn min_points(rows: usize) -> usize {
    (rows.max(1) as f64).ln().round().max(4.0) as usize
}

/// Deciles of the distances from every row to its `min_points`-th nearest (itself counted), ascending, each at least 1e-3:
/// the radii within which a tenth, two tenths, ... and all of the rows lie in a dense place.
#[must_use]
pub fn deciles(rows: ArrayView2<'_, f32>, min_points: usize) -> Vec<f64> {
    let near = neighbours(rows, min_points.saturating_sub(1).max(1), 0);
    let mut curve: Vec<f64> =
        near.cosines.chunks(near.m.max(1)).filter_map(|of| of.last().copied()).map(distance).collect();
    curve.sort_by(f64::total_cmp);
    let tenth = |part: usize| curve.get((curve.len() * part / 10).min(curve.len() - 1)).map(|d| d.max(1e-3));
    let mut radii: Vec<f64> = if curve.is_empty() { Vec::new() } else { (1..=10).filter_map(tenth).collect() };
    radii.dedup();
    radii
}

fn distance(cosine: f32) -> f64 {
    (2.0 - 2.0 * f64::from(cosine)).max(0.0).sqrt()
}

/// The group of the nearest grouped row of the sample, where it lies within `eps`.
#[must_use]
pub fn nearest_within(
    rows: &Array2<f32>,
    sample: &Array2<f32>,
    groups: &[Option<usize>],
    eps: f64,
) -> Vec<Option<usize>> {
    let grouped: Vec<usize> = (0..groups.len()).filter(|&row| groups[row].is_some()).collect();
    if grouped.is_empty() {
        return vec![None; rows.nrows()];
    }
    let across = sample.select(Axis(0), &grouped).reversed_axes().as_standard_layout().into_owned();
    let nearest = |cosines: ArrayView1<'_, f32>| {
        let best = (0..cosines.len()).fold(0, |best, at| if cosines[at] > cosines[best] { at } else { best });
        if distance(cosines[best]) <= eps { groups[grouped[best]] } else { None }
    };
    let blocks = rows.axis_chunks_iter(Axis(0), 4_096);
    blocks.flat_map(|block| product(block, across.view()).rows().into_iter().map(nearest).collect::<Vec<_>>()).collect()
}
