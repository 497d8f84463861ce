//! A neighbour search for linfa's DBSCAN and OPTICS by matrix products: all rows at once, nearest first where that is wanted.
//!
//! In a hundred dimensions linfa's trees look at every row anyway, one distance at a time, and its linear search does not sort.
//! Euclidean distances only, whatever distance is handed in.

use linfa::Float;
use linfa_nn::{BuildError, NearestNeighbour, NearestNeighbourIndex, NnError, distance::Distance};
use ndarray::{Array1, ArrayBase, ArrayView1, ArrayView2, Axis, Data, Ix2};

/// The search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByProducts {
    /// Neighbours within a range come nearest first, as OPTICS wants them.
    NearestFirst,
    /// They come by row: DBSCAN only asks who they are, and sorting takes longer than finding them.
    ByRow,
}

#[derive(Debug)]
struct Index<'a, F> {
    rows: ArrayView2<'a, F>,
    /// Squared length of every row.
    squares: Array1<F>,
    order: ByProducts,
}

impl NearestNeighbour for ByProducts {
    fn from_batch_with_leaf_size<'a, F: Float, DT: Data<Elem = F>, D: 'a + Distance<F>>(
        &self,
        batch: &'a ArrayBase<DT, Ix2>,
        _leaf_size: usize,
        _distance: D,
    ) -> Result<Box<dyn 'a + Send + Sync + NearestNeighbourIndex<F>>, BuildError> {
        if batch.ncols() == 0 {
            return Err(BuildError::ZeroDimension);
        }
        let squares = batch.map_axis(Axis(1), |row| row.dot(&row));
        Ok(Box::new(Index { rows: batch.view(), squares, order: *self }))
    }
}

impl<F: Float> Index<'_, F> {
    /// Rows with their squared distance, by row.
    fn near(&self, point: ArrayView1<'_, F>, within: Option<F>) -> Result<Vec<(F, usize)>, NnError> {
        if point.len() != self.rows.ncols() {
            return Err(NnError::WrongDimension);
        }
        let (products, square) = (self.rows.dot(&point), point.dot(&point));
        let distance = |row: usize| (self.squares[row] + square - products[row] - products[row]).max(F::zero());
        let mut near: Vec<(F, usize)> = (0..self.rows.nrows()).map(|row| (distance(row), row)).collect();
        near.retain(|(distance, _)| within.is_none_or(|limit| *distance <= limit));
        Ok(near)
    }

    fn with_points(&self, near: Vec<(F, usize)>) -> Vec<(ArrayView1<'_, F>, usize)> {
        near.into_iter().map(|(_, row)| (self.rows.row(row), row)).collect()
    }
}

impl<F: Float> NearestNeighbourIndex<F> for Index<'_, F> {
    fn k_nearest(&self, point: ArrayView1<'_, F>, k: usize) -> Result<Vec<(ArrayView1<'_, F>, usize)>, NnError> {
        let mut near = nearest_first(self.near(point, None)?);
        near.truncate(k);
        Ok(self.with_points(near))
    }

    fn within_range(&self, point: ArrayView1<'_, F>, range: F) -> Result<Vec<(ArrayView1<'_, F>, usize)>, NnError> {
        let near = self.near(point, Some(range * range))?;
        Ok(self.with_points(if self.order == ByProducts::NearestFirst { nearest_first(near) } else { near }))
    }
}

/// Ties by row.
fn nearest_first<F: Float>(mut near: Vec<(F, usize)>) -> Vec<(F, usize)> {
    near.sort_unstable_by(|a, b| a.0.partial_cmp(&b.0).unwrap_or(std::cmp::Ordering::Equal).then(a.1.cmp(&b.1)));
    near
}

#[cfg(test)]
mod tests {
    use super::ByProducts;
    use linfa_nn::{KdTree, NearestNeighbour, distance::L2Dist};
    use ndarray::{Array2, array};

    fn numbers(found: Vec<(ndarray::ArrayView1<'_, f64>, usize)>) -> Vec<usize> {
        found.into_iter().map(|(_, row)| row).collect()
    }

    #[test]
    fn finds_what_linfas_tree_finds() {
        let rows = Array2::from_shape_fn((60, 3), |(row, column)| ((row * 7 + column * 13) % 31) as f64 / 31.0);
        let ours = ByProducts::ByRow.from_batch(&rows, L2Dist).unwrap();
        let theirs = KdTree::new().from_batch(&rows, L2Dist).unwrap();
        for row in rows.rows() {
            let mut found = [&ours, &theirs].map(|index| numbers(index.within_range(row, 0.35).unwrap()));
            for of in &mut found {
                of.sort_unstable();
            }
            assert_eq!(found[0], found[1]);
        }
    }

    #[test]
    fn nearest_first() {
        let rows = array![[0.0], [3.0], [1.0], [7.0]];
        let index = ByProducts::NearestFirst.from_batch(&rows, L2Dist).unwrap();
        assert_eq!(numbers(index.k_nearest(array![0.0].view(), 3).unwrap()), [0, 2, 1]);
        assert_eq!(numbers(index.within_range(array![8.0].view(), 5.0).unwrap()), [3, 1]);
        assert!(index.k_nearest(array![0.0, 0.0].view(), 1).is_err());
        assert!(ByProducts::ByRow.from_batch(&Array2::<f64>::zeros((2, 0)), L2Dist).is_err());
    }
}
