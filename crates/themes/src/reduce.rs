//! The sparse TF-IDF matrix to a dense embedding: latent semantic analysis by a truncated randomised SVD.
//!
//! Halko, Martinsson and Tropp, "Finding structure with randomness" (SIAM Review 2011), algorithm 4.4 with Cholesky-QR, and the
//! shifts of Feng, Yu and Xie's dashSVD (ACM TOMS 2024), with which two thirds of the rounds do.
//! No dense papers-by-terms matrix is ever made.

use crate::dense::{gram, normalise_rows, product};
use crate::sample::sample;
use crate::sparse::Sparse;
use linfa_linalg::{cholesky::Cholesky, eigh::Eigh, triangular::SolveTriangularInplace, triangular::UPLO};
use model::{Embedding, TermMatrix};
use ndarray::{Array1, Array2, ArrayView2, Axis, Slice};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// Directions drawn beyond those that are kept, and rounds of power iteration: both sharpen the last kept directions. Few papers
/// get more rounds, in which one seed comes to what another one does.
const OVERSAMPLING: usize = 10;
const POWER_ROUNDS: (f64, f64) = (3.0, 12.0);
/// By the square root of the number of papers.
const ROUNDS_BY_ROOT: f64 = 650.0;
/// Papers that the directions are found from; of a larger corpus the same ones for every seed. All papers are projected on them.
const DIRECTIONS_FROM: usize = 30_000;
/// Dimensions are kept until this share of the energy (squared singular values) of the largest allowed number is reached.
const ENERGY: f64 = 0.95;

/// Reduces the matrix to at most `max_dimensions`, rows of L2 norm 1.
#[must_use]
pub fn reduce(matrix: &TermMatrix, max_dimensions: usize, seed: u64) -> Embedding {
    let sparse = Sparse::of(matrix);
    let rank = by_papers(sparse.n_rows(), max_dimensions).min(sparse.n_rows()).min(sparse.n_columns);
    if rank == 0 {
        let rows = Array2::zeros((sparse.n_rows(), 0));
        return Embedding { rows, projection: Array2::zeros((sparse.n_columns, 0)), singular_values: Vec::new() };
    }
    let sampled = sample(sparse.n_rows(), DIRECTIONS_FROM, 0);
    let (projection, values) = match sampled.len() {
        all if all == sparse.n_rows() => right_singular(&sparse, rank, seed),
        _ => right_singular(&sparse.select(&sampled), rank, seed),
    };
    let dimensions = enough(&values);
    let projection = leading_columns(&projection, dimensions);
    let mut rows = sparse.dot(projection.view());
    normalise_rows(&mut rows);
    Embedding { rows, projection, singular_values: values[..dimensions].to_vec() }
}

/// Dimensions that so many papers can fill: beyond `2.5 sqrt(n)` they hold single papers, not what papers share.
fn by_papers(papers: usize, most: usize) -> usize {
    ((2.5 * (papers as f64).sqrt()).round() as usize).clamp(1, most.max(1))
}

/// Fewest dimensions that hold [`ENERGY`] of what all of them hold.
fn enough(values: &[f32]) -> usize {
    let energy: Vec<f64> = values.iter().map(|v| f64::from(v * v)).collect();
    let goal = ENERGY * energy.iter().sum::<f64>();
    let mut sum = 0.0;
    let reached = energy.iter().position(|e| {
        sum += e;
        sum >= goal
    });
    reached.map_or(values.len(), |at| at + 1)
}

/// Leading right singular vectors, shape (`n_terms`, rank), and singular values, descending.
fn right_singular(sparse: &Sparse<'_>, rank: usize, seed: u64) -> (Array2<f32>, Vec<f32>) {
    let transposed = sparse.transposed();
    let width = (rank + OVERSAMPLING).min(sparse.n_rows()).min(sparse.n_columns);
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let start = Array2::from_shape_simple_fn((sparse.n_columns, width), || random.gen_range(-1.0_f32..1.0));
    let (mut basis, _) = orthonormal(sparse.dot(start.view()));
    let mut shift = 0.0;
    let rounds = (ROUNDS_BY_ROOT / (sparse.n_rows() as f64).sqrt()).clamp(POWER_ROUNDS.0, POWER_ROUNDS.1);
    for _ in 0..rounds as usize {
        // Once a round: what two steps take from the lesser directions is far from what an f32 loses.
        let terms = transposed.dot(basis.view());
        let mut next = sparse.dot(terms.view());
        // Less half of the least square that is kept, what is kept stands out the more from what is not.
        next.scaled_add(-shift, &basis);
        let (orthonormal, least) = orthonormal(next);
        basis = orthonormal;
        shift = f32::max(shift, f32::midpoint(shift, least));
    }
    // B^T = A^T Q, so B B^T = (A^T Q)^T (A^T Q) = W S^2 W^T and V = A^T Q W S^-1.
    let small = transposed.dot(basis.view());
    let (squares, rotation) = eigen(&gram(small.view()));
    let values: Vec<f32> = squares.iter().take(rank).map(|v| v.max(0.0).sqrt() as f32).collect();
    let mut vectors = product(small.view(), leading_columns(&rotation, rank).mapv(|x| x as f32).view());
    for (mut column, value) in vectors.columns_mut().into_iter().zip(&values) {
        // Directions that the data does not have are nothing, not noise.
        column *= if *value > 1e-6 * values[0] { 1.0 / value } else { 0.0 };
        fix_sign(&mut column);
    }
    (vectors, values)
}

/// The first `count` columns, in standard layout.
fn leading_columns<A: Clone>(matrix: &Array2<A>, count: usize) -> Array2<A> {
    matrix.slice_axis(Axis(1), Slice::from(..count)).as_standard_layout().into_owned()
}

/// The largest entry of every direction is positive, so that the sign does not depend on the random start.
fn fix_sign(column: &mut ndarray::ArrayViewMut1<'_, f32>) {
    let largest = column.iter().fold(0.0_f32, |best, &x| if x.abs() > best.abs() { x } else { best });
    if largest < 0.0 {
        column.mapv_inplace(|x| -x);
    }
}

/// Columns that span the same space and are (nearly) orthonormal, by Cholesky-QR with a ridge for lost ranks; and the least singular
/// value of `a`, about.
fn orthonormal(a: Array2<f32>) -> (Array2<f32>, f32) {
    let mut gram = gram(a.view());
    let ridge = 1e-7 * gram.diag().sum() / gram.nrows() as f64 + f64::MIN_POSITIVE;
    gram.diag_mut().mapv_inplace(|x| x + ridge);
    match inverse_factor(&gram) {
        Some(inverse) => (product(a.view(), inverse.view()), 1.0 / norm(inverse.view())),
        None => (a, 0.0),
    }
}

/// The largest singular value, from below, by power iteration.
fn norm(a: ArrayView2<'_, f32>) -> f32 {
    const ROUNDS: usize = 20;
    let mut direction: Array1<f32> = Array1::ones(a.ncols());
    let mut norm = 0.0;
    for _ in 0..ROUNDS {
        direction /= direction.dot(&direction).sqrt().max(f32::MIN_POSITIVE);
        let image = a.dot(&direction);
        norm = image.dot(&image).sqrt();
        direction = a.t().dot(&image);
    }
    norm.max(f32::MIN_POSITIVE)
}

/// `L^-T` of `gram = L L^T`.
fn inverse_factor(gram: &Array2<f64>) -> Option<Array2<f32>> {
    let lower = gram.cholesky().ok()?;
    let mut inverse = Array2::eye(gram.nrows());
    lower.solve_triangular_inplace(&mut inverse, UPLO::Lower).ok()?;
    Some(inverse.t().mapv(|x: f64| x as f32).as_standard_layout().into_owned())
}

/// Eigenvalues, descending, with their vectors in columns.
#[must_use]
pub fn eigen(symmetric: &Array2<f64>) -> (Array1<f64>, Array2<f64>) {
    let n = symmetric.nrows();
    let Ok((values, vectors)) = symmetric.eigh() else { return (Array1::zeros(n), Array2::eye(n)) };
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
    (values.select(Axis(0), &order), vectors.select(Axis(1), &order))
}

/// Mean of the rows of each group, scaled to L2 norm 1; shape (`n_groups`, d).
#[must_use]
pub fn centroids(rows: ArrayView2<'_, f32>, groups: &[Option<usize>], n_groups: usize) -> Array2<f32> {
    let mut sums = Array2::zeros((n_groups, rows.ncols()));
    for (row, group) in rows.rows().into_iter().zip(groups) {
        if let Some(group) = group {
            let mut sum = sums.row_mut(*group);
            sum += &row;
        }
    }
    normalise_rows(&mut sums);
    sums
}

#[cfg(test)]
mod tests {
    use super::{enough, norm, reduce};
    use model::{TermMatrix, Vocabulary};

    /// Two blocks of papers that share no term: rank 2.
    fn two_blocks() -> TermMatrix {
        let rows: Vec<[u32; 2]> = (0..40).map(|paper| if paper % 2 == 0 { [0, 1] } else { [2, 3] }).collect();
        let weight = 0.5_f32.sqrt();
        TermMatrix {
            vocabulary: Vocabulary { terms: ["a", "b", "c", "d"].map(str::to_owned).to_vec(), ..Vocabulary::default() },
            offsets: (0..=40).map(|i| 2 * i).collect(),
            columns: rows.concat(),
            weights: vec![weight; 80],
            counts: vec![1; 80],
        }
    }

    #[test]
    fn blocks_become_orthogonal_directions() {
        let rows = reduce(&two_blocks(), 100, 7).rows;
        assert_eq!(rows.ncols(), 2);
        assert!((rows.row(0).dot(&rows.row(2)) - 1.0).abs() < 1e-4);
        assert!(rows.row(0).dot(&rows.row(1)).abs() < 1e-4);
    }

    /// Each block holds 20 rows of norm 1 along one direction: singular values sqrt(20), sqrt(20).
    #[test]
    fn singular_values_are_those_of_the_matrix() {
        let values = reduce(&two_blocks(), 100, 7).singular_values;
        assert!(values.iter().all(|v| (v - 20.0_f32.sqrt()).abs() < 1e-3), "{values:?}");
    }

    /// Against the eigenvalues of the 2 x 2 matrix of its squares.
    #[test]
    fn the_norm_is_the_largest_singular_value() {
        let (trace, determinant) = (9.0 + 16.0 + 4.0 + 2.25_f32, (3.0 * -1.5 - 2.0 * 4.0_f32).powi(2));
        let exact = f32::midpoint(trace, (trace * trace - 4.0 * determinant).sqrt()).sqrt();
        let found = norm(ndarray::array![[3.0_f32, 2.0], [4.0, -1.5]].view());
        assert!((found - exact).abs() < 1e-4, "{found} {exact}");
    }

    #[test]
    fn dimensions_stop_where_the_energy_is_reached() {
        assert_eq!(enough(&[10.0, 1.0, 0.1]), 1);
        assert_eq!(enough(&[1.0, 1.0, 1.0]), 3);
    }

    #[test]
    fn a_matrix_without_terms_gives_no_dimensions() {
        let empty = TermMatrix { offsets: vec![0, 0, 0], ..TermMatrix::default() };
        assert_eq!(reduce(&empty, 100, 0).rows.dim(), (2, 0));
    }
}
