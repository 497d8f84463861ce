//! Rows whose groups are known, for the tests of the algorithms.

use crate::dense::normalise_rows;
use ndarray::Array2;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// `of_each` unit rows around each of `k` axes of a space of `k + 3` dimensions, shuffled together, with the axis of each.
/// `noise`: how far a coordinate strays at most, where the axis itself is 1 long.
pub fn bundles(k: usize, of_each: usize, noise: f32) -> (Array2<f32>, Vec<usize>) {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(3);
    let truth: Vec<usize> = (0..of_each * k).map(|row| row % k).collect();
    let mut rows = Array2::from_shape_fn((of_each * k, k + 3), |(row, column)| {
        f32::from(u8::from(column == row % k)) + random.gen_range(-noise..noise)
    });
    normalise_rows(&mut rows);
    (rows, truth)
}
