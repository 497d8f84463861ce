//! Rows to their leading principal components, in double precision: what is left when only the widest directions are kept.

use crate::dense::gram;
use crate::reduce::eigen;
use ndarray::{Array2, ArrayView2, Axis, Slice};

/// At most `dimensions` coordinates a row, shape (n, min(dimensions, d)), centred. The same at any number of threads.
#[must_use]
pub fn principal_components(rows: ArrayView2<'_, f32>, dimensions: usize) -> Array2<f64> {
    let Some(mean) = rows.mean_axis(Axis(0)) else { return Array2::zeros((0, dimensions.min(rows.ncols()))) };
    let centred = &rows - &mean;
    let (_, directions) = eigen(&gram(centred.view()));
    let kept = directions.slice_axis(Axis(1), Slice::from(..dimensions.min(rows.ncols())));
    centred.mapv(f64::from).dot(&kept)
}

#[cfg(test)]
mod tests {
    use super::principal_components;
    use ndarray::Array2;

    /// Points along (3, 4): one direction holds everything, in steps of 5.
    #[test]
    fn the_widest_direction_comes_first() {
        let rows = Array2::from_shape_fn((5, 2), |(row, column)| row as f32 * [3.0, 4.0][column]);
        let found = principal_components(rows.view(), 1);
        let steps: Vec<f64> = (1..5).map(|row| (found[(row, 0)] - found[(row - 1, 0)]).abs()).collect();
        assert!(steps.iter().all(|step| (step - 5.0).abs() < 1e-4), "{steps:?}");
    }

    #[test]
    fn no_rows_have_no_coordinates() {
        assert_eq!(principal_components(Array2::zeros((0, 3)).view(), 2).dim(), (0, 2));
    }
}
