//! Products of dense matrices in blocks of fixed size, in parallel, with the same result at any number of threads.

use ndarray::{Array2, ArrayView2, Axis, Slice, parallel::prelude::*};

/// Rows a block.
const BLOCK: usize = 1_024;
/// Rows of which all pairs are held at once.
const PAIRED: usize = 256;

/// `a^T * a`, shape (`a.ncols()`, `a.ncols()`), summed over blocks in order, in double precision.
#[must_use]
pub fn gram(a: ArrayView2<'_, f32>) -> Array2<f64> {
    let blocks: Vec<Array2<f32>> = a.axis_chunks_iter(Axis(0), BLOCK).into_par_iter().map(|b| b.t().dot(&b)).collect();
    let mut sum = Array2::zeros((a.ncols(), a.ncols()));
    for block in blocks {
        sum.zip_mut_with(&block, |s, x| *s += f64::from(*x));
    }
    sum
}

/// `a * b`, block by block.
#[must_use]
pub fn product(a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>) -> Array2<f32> {
    let blocks: Vec<Array2<f32>> =
        a.axis_chunks_iter(Axis(0), BLOCK).into_par_iter().map(|rows| rows.dot(&b)).collect();
    let mut out = Array2::zeros((a.nrows(), b.ncols()));
    for (index, block) in blocks.into_iter().enumerate() {
        let start = index * BLOCK;
        out.slice_axis_mut(Axis(0), Slice::from(start..start + block.nrows())).assign(&block);
    }
    out
}

/// `value(a, b, cosine)` of every pair of rows (L2 norm 1) with a before b, by first and second row. No full square is made.
#[must_use]
pub fn of_pairs(rows: ArrayView2<'_, f32>, value: impl Fn(usize, usize, f32) -> f32 + Sync) -> Vec<f32> {
    let n = rows.nrows();
    let starts: Vec<usize> = (0..n).step_by(PAIRED).collect();
    let of_block = |start: usize| -> Vec<f32> {
        let end = (start + PAIRED).min(n);
        let later = rows.slice_axis(Axis(0), Slice::from(start..));
        let cosines = rows.slice_axis(Axis(0), Slice::from(start..end)).dot(&later.t());
        let of_row = |row: usize| {
            let cosines = cosines.row(row);
            (row + 1..n - start).map(|other| value(start + row, start + other, cosines[other])).collect::<Vec<f32>>()
        };
        (0..end - start).flat_map(of_row).collect()
    };
    starts.into_par_iter().map(of_block).collect::<Vec<_>>().concat()
}

/// Scales every row to L2 norm 1; rows without length stay zero.
pub fn normalise_rows(a: &mut Array2<f32>) {
    for mut row in a.rows_mut() {
        let norm = row.dot(&row).sqrt();
        if norm > f32::EPSILON {
            row /= norm;
        } else {
            row.fill(0.0);
        }
    }
}
