//! Products of dense matrices in blocks of fixed size, in parallel, with the same result at any number of threads.

use ndarray::{Array2, ArrayView2, Axis, Slice};
use rayon::prelude::*;

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

/// `value(a, b, cosine)` of every pair of rows (L2 norm 1) with a before b: shape (n, n), both halves alike, 0 on the diagonal.
#[must_use]
pub fn of_pairs(rows: ArrayView2<'_, f32>, value: impl Fn(usize, usize, f32) -> f32 + Sync) -> Vec<f32> {
    let n = rows.nrows();
    let mut values = vec![0.0; n * n];
    values.par_chunks_mut((PAIRED * n).max(1)).enumerate().for_each(|(block, values)| {
        let start = block * PAIRED;
        let some = rows.slice_axis(Axis(0), Slice::from(start..start + values.len() / n));
        let cosines = some.dot(&rows.slice_axis(Axis(0), Slice::from(start..)).t());
        for (at, (of_row, cosines)) in values.chunks_mut(n).zip(cosines.rows()).enumerate() {
            let row = start + at;
            let later = of_row[row + 1..].iter_mut().zip(cosines.iter().skip(at + 1)).enumerate();
            later.for_each(|(after, (out, cosine))| *out = value(row, row + 1 + after, *cosine));
        }
    });
    mirror(&mut values, n);
    values
}

/// Rows whose lower halves are filled at once: a cache line of each row above.
const MIRRORED: usize = 16;

/// The upper half of a square, put into its lower half.
fn mirror(values: &mut [f32], n: usize) {
    for start in (0..n).step_by(PAIRED) {
        let (above, block) = values.split_at_mut(start * n);
        let block = &mut block[..PAIRED.min(n - start) * n];
        block.par_chunks_mut(MIRRORED * n).enumerate().for_each(|(at, rows)| {
            let first = start + at * MIRRORED;
            for (column, above) in above.chunks(n).enumerate() {
                rows.chunks_mut(n).zip(&above[first..]).for_each(|(row, value)| row[column] = *value);
            }
        });
        for row in 0..block.len() / n {
            for column in 0..row {
                block[row * n + start + column] = block[column * n + start + row];
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::of_pairs;
    use ndarray::Array2;

    /// Over several blocks, the last of them not full: each value stands where its pair says, on both sides.
    #[test]
    fn pairs_stand_in_both_halves() {
        let n = 600;
        let values = of_pairs(Array2::ones((n, 1)).view(), |a, b, cosine| (a * n + b) as f32 * cosine);
        for a in 0..n {
            assert_eq!(values[a * n + a].to_bits(), 0.0_f32.to_bits());
            for b in a + 1..n {
                let expected = ((a * n + b) as f32).to_bits();
                assert_eq!([values[a * n + b].to_bits(), values[b * n + a].to_bits()], [expected; 2], "{a} {b}");
            }
        }
    }
}
