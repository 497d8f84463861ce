//! Products of a sparse matrix (compressed rows) with a dense one, row by row in parallel.
//!
//! Every output row is summed by one thread in column order, so that results do not depend on the number of threads.

use model::TermMatrix;
use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;
use std::borrow::Cow;

/// Compressed sparse rows, shape (`offsets.len() - 1`, `n_columns`).
#[derive(Debug, Clone)]
pub struct Sparse<'a> {
    pub offsets: Cow<'a, [usize]>,
    pub columns: Cow<'a, [u32]>,
    pub values: Cow<'a, [f32]>,
    pub n_columns: usize,
}

impl<'a> Sparse<'a> {
    /// The TF-IDF weights of a term matrix.
    #[must_use]
    pub fn of(matrix: &'a TermMatrix) -> Self {
        Self {
            offsets: Cow::Borrowed(&matrix.offsets),
            columns: Cow::Borrowed(&matrix.columns),
            values: Cow::Borrowed(&matrix.weights),
            n_columns: matrix.n_terms(),
        }
    }

    /// Some of the rows, in the given order.
    #[must_use]
    pub fn select(&self, rows: &[usize]) -> Sparse<'static> {
        let mut selected = Sparse {
            offsets: vec![0].into(),
            columns: Cow::default(),
            values: Cow::default(),
            n_columns: self.n_columns,
        };
        for &row in rows {
            let (columns, values) = self.row(row);
            selected.columns.to_mut().extend_from_slice(columns);
            selected.values.to_mut().extend_from_slice(values);
            selected.offsets.to_mut().push(selected.columns.len());
        }
        selected
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
    pub fn transposed(&self) -> Sparse<'static> {
        let mut offsets = vec![0_usize; self.n_columns + 1];
        for &column in self.columns.iter() {
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
        Sparse { offsets: offsets.into(), columns: columns.into(), values: values.into(), n_columns: self.n_rows() }
    }

    /// `self * dense`, shape (`n_rows`, `dense.ncols()`). `dense` must be in standard layout.
    #[must_use]
    pub fn dot(&self, dense: ArrayView2<'_, f32>) -> Array2<f32> {
        let mut out = Array2::zeros((self.n_rows(), dense.ncols()));
        let Some(dense) = dense.as_slice() else { return out };
        out.axis_iter_mut(Axis(0)).into_par_iter().enumerate().with_min_len(64).for_each(|(row, mut sums)| {
            if let Some(sums) = sums.as_slice_mut() {
                self.add_product(row, dense, sums);
            }
        });
        out
    }

    /// Adds one row of `self * dense` to `sums`. `dense`: row by row, as wide as `sums`.
    pub fn add_product(&self, row: usize, dense: &[f32], sums: &mut [f32]) {
        let width = sums.len();
        let dense_row = |column: u32| &dense[column as usize * width..][..width];
        let (columns, values) = self.row(row);
        // Four at a time, in the same order: the sums are fetched and put back a quarter as often.
        let (columns, last_columns) = columns.as_chunks::<4>();
        let (values, last_values) = values.as_chunks::<4>();
        for (&columns, [a, b, c, d]) in columns.iter().zip(values) {
            let [x, y, z, w] = columns.map(dense_row);
            for ((((sum, x), y), z), w) in sums.iter_mut().zip(x).zip(y).zip(z).zip(w) {
                *sum = *sum + a * x + b * y + c * z + d * w;
            }
        }
        for (&column, value) in last_columns.iter().zip(last_values) {
            sums.iter_mut().zip(dense_row(column)).for_each(|(sum, x)| *sum += value * x);
        }
    }
}
