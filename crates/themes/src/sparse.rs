//! Products of a sparse matrix (compressed rows) with a dense one, row by row in parallel.
//!
//! Every output row is summed by one thread in column order, so that results do not depend on the number of threads.

use model::TermMatrix;
use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

/// Compressed sparse rows, shape (`offsets.len() - 1`, `n_columns`).
#[derive(Debug, Clone)]
pub struct Sparse {
    pub offsets: Vec<usize>,
    pub columns: Vec<u32>,
    pub values: Vec<f32>,
    pub n_columns: usize,
}

impl Sparse {
    /// The TF-IDF weights of a term matrix.
    #[must_use]
    pub fn of(matrix: &TermMatrix) -> Self {
        Self {
            offsets: matrix.offsets.clone(),
            columns: matrix.columns.clone(),
            values: matrix.weights.clone(),
            n_columns: matrix.n_terms(),
        }
    }

    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Columns, ascending, and values of a row.
    #[must_use]
    pub fn row(&self, row: usize) -> (&[u32], &[f32]) {
        let of = self.offsets[row]..self.offsets[row + 1];
        (&self.columns[of.clone()], &self.values[of])
    }

    /// The same matrix by columns.
    #[must_use]
    pub fn transposed(&self) -> Self {
        let mut offsets = vec![0_usize; self.n_columns + 1];
        for &column in &self.columns {
            offsets[column as usize + 1] += 1;
        }
        for at in 0..self.n_columns {
            offsets[at + 1] += offsets[at];
        }
        let mut next = offsets.clone();
        let mut columns = vec![0_u32; self.columns.len()];
        let mut values = vec![0.0_f32; self.values.len()];
        for row in 0..self.n_rows() {
            for at in self.offsets[row]..self.offsets[row + 1] {
                let slot = &mut next[self.columns[at] as usize];
                columns[*slot] = row as u32;
                values[*slot] = self.values[at];
                *slot += 1;
            }
        }
        Self { offsets, columns, values, n_columns: self.n_rows() }
    }

    /// `self * dense`, shape (`n_rows`, `dense.ncols()`). `dense` must be in standard layout.
    #[must_use]
    pub fn dot(&self, dense: ArrayView2<'_, f32>) -> Array2<f32> {
        let mut out = Array2::zeros((self.n_rows(), dense.ncols()));
        out.axis_iter_mut(Axis(0)).into_par_iter().enumerate().with_min_len(64).for_each(|(row, mut sums)| {
            let Some(sums) = sums.as_slice_mut() else { return };
            for at in self.offsets[row]..self.offsets[row + 1] {
                let value = self.values[at];
                if let Some(other) = dense.row(self.columns[at] as usize).as_slice() {
                    sums.iter_mut().zip(other).for_each(|(sum, x)| *sum += value * x);
                }
            }
        });
        out
    }
}
