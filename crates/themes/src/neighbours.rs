//! An embedding to each paper's nearest neighbours by cosine, and to the average over them.
//!
//! Exact up to [`EXACT_UP_TO`] papers. Beyond, an inverted file (Sivic and Zisserman 2003; of the crate ann-search-rs): papers lie in
//! cells around centroids, and each is compared with the papers of the nearest cells only.

use crate::dense::normalise_rows;
use ann_search_rs::prelude::{KMeansTrainingParams, Verbosity};
use ann_search_rs::{build_ivf_index, query_ivf_self};
use ndarray::{Array2, ArrayView1, ArrayView2, Axis, Slice};
use rayon::prelude::*;

/// Papers up to which every pair is compared.
pub const EXACT_UP_TO: usize = 16_000;
/// Papers compared at once.
const BLOCK: usize = 512;
/// Rounds of k-means that make as many cells as the square root of the number of papers.
const ROUNDS: usize = 4;
/// Cells whose papers a paper is compared with beyond [`EXACT_UP_TO`].
const PROBES: usize = 4;

/// Neighbours of all papers: `m` a paper, nearest first, with their cosine. Flat, paper `i` at `i * m`.
#[derive(Debug, Clone, Default)]
pub struct Neighbours {
    pub m: usize,
    pub papers: Vec<u32>,
    pub cosines: Vec<f32>,
}

impl Neighbours {
    /// A paper's neighbours with their cosines, nearest first; none where none were looked for.
    pub fn of(&self, paper: usize) -> impl Iterator<Item = (usize, f32)> + '_ {
        let of = paper * self.m..(paper + 1) * self.m;
        self.papers[of.clone()].iter().zip(&self.cosines[of]).map(|(&other, &cosine)| (other as usize, cosine))
    }
}

/// The `m` nearest neighbours of every row (L2 norm 1), itself not counted. `m` is cut to the number of other papers.
#[must_use]
pub fn neighbours(rows: ArrayView2<'_, f32>, m: usize, seed: u64) -> Neighbours {
    let n = rows.nrows();
    let m = m.min(n.saturating_sub(1));
    if m == 0 {
        return Neighbours::default();
    }
    if n > EXACT_UP_TO { by_cells(rows, m, seed).unwrap_or_else(|| exact(rows, m)) } else { exact(rows, m) }
}

/// The `m` nearest of each row's `candidates` by the cosine of `rows` (L2 norm 1); ties by the smaller row.
#[must_use]
pub fn nearest_among(rows: ArrayView2<'_, f32>, candidates: &Neighbours, m: usize) -> Neighbours {
    let m = m.min(candidates.m);
    let of_row = |row: usize| nearest_of(rows, row, &candidates.papers[row * candidates.m..][..candidates.m], m);
    let found: Vec<Vec<(u32, f32)>> = (0..rows.nrows()).into_par_iter().map(of_row).collect();
    flat(found.into_iter().flatten(), m)
}

/// The `m` nearest of some rows to one, itself not counted, nearest first; ties by the smaller row.
fn nearest_of(rows: ArrayView2<'_, f32>, row: usize, others: &[u32], m: usize) -> Vec<(u32, f32)> {
    let own = rows.row(row);
    let others = others.iter().filter(|other| **other as usize != row);
    let mut near: Vec<(u32, f32)> = others.map(|&other| (other, own.dot(&rows.row(other as usize)))).collect();
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    near.truncate(m);
    near
}

fn exact(rows: ArrayView2<'_, f32>, m: usize) -> Neighbours {
    let all: Vec<u32> = (0..rows.nrows() as u32).collect();
    let blocks: Vec<Vec<(u32, f32)>> = (0..rows.nrows())
        .step_by(BLOCK)
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|start| {
            let end = (start + BLOCK).min(rows.nrows());
            let cosines = rows.slice_axis(Axis(0), Slice::from(start..end)).dot(&rows.t());
            let cosines = cosines.as_standard_layout();
            (start..end).flat_map(|row| largest(cosines.row(row - start), &all, row, m)).collect()
        })
        .collect();
    flat(blocks.into_iter().flatten(), m)
}

fn flat(pairs: impl Iterator<Item = (u32, f32)>, m: usize) -> Neighbours {
    let (papers, cosines) = pairs.unzip();
    Neighbours { m, papers, cosines }
}

/// Candidates of which most are passed over at once.
const LANES: usize = 16;

/// The `m` candidates with the largest cosine, without `own`; ties by the smaller row. `cosines`: side by side in memory.
fn largest(cosines: ArrayView1<'_, f32>, candidates: &[u32], own: usize, m: usize) -> Vec<(u32, f32)> {
    let mut best: Vec<(u32, f32)> = Vec::with_capacity(m + 1);
    let greater = |a: f32, b: f32| if b > a { b } else { a };
    for (candidates, cosines) in candidates.chunks(LANES).zip(cosines.as_slice().unwrap_or_default().chunks(LANES)) {
        let most = cosines.iter().copied().fold(f32::NEG_INFINITY, greater);
        if best.len() == m && most <= best[m - 1].1 {
            continue;
        }
        for (&paper, &cosine) in candidates.iter().zip(cosines) {
            if paper as usize == own || (best.len() == m && cosine <= best[m - 1].1) {
                continue;
            }
            let at = best.partition_point(|(_, kept)| *kept >= cosine);
            best.insert(at, (paper, cosine));
            best.truncate(m);
        }
    }
    best
}

/// By an inverted file; `None` where the crate refuses to make one.
fn by_cells(rows: ArrayView2<'_, f32>, m: usize, seed: u64) -> Option<Neighbours> {
    // The crate panics where a row has no length, as that of a paper without terms.
    let told: Vec<usize> = (0..rows.nrows()).filter(|&row| rows.row(row).iter().any(|x| *x != 0.0)).collect();
    let found = nearest_in_cells(rows.select(Axis(0), &told).view(), m, seed)?;
    let mut candidates = vec![Vec::new(); rows.nrows()];
    for (&row, near) in told.iter().zip(found) {
        candidates[row] = near.into_iter().map(|other| told[other]).filter(|other| *other != row).collect();
    }
    let all: Vec<u32> = (0..rows.nrows() as u32).collect();
    let near = |(row, others): (usize, Vec<usize>)| {
        let others: Vec<u32> = others.into_iter().map(|other| other as u32).collect();
        match others.len() {
            // As near to one row as to any other.
            0 => nearest_of(rows, row, &all[..=m], m),
            // Small cells may hold too few.
            few if few < m => nearest_of(rows, row, &all, m),
            _ => nearest_of(rows, row, &others, m),
        }
    };
    let found: Vec<Vec<(u32, f32)>> = candidates.into_par_iter().enumerate().map(near).collect();
    Some(flat(found.into_iter().flatten(), m))
}

/// About the `m` nearest rows of every row and mostly itself.
fn nearest_in_cells(rows: ArrayView2<'_, f32>, m: usize, seed: u64) -> Option<Vec<Vec<usize>>> {
    let ((n, d), quiet) = (rows.dim(), Verbosity::Quiet);
    if n == 0 {
        return Some(Vec::new());
    }
    let rounds = KMeansTrainingParams::new(ROUNDS, None, None);
    let index = build_ivf_index((rows.as_slice()?, n, d), None, Some(rounds), "cosine", seed as usize, quiet).ok()?;
    query_ivf_self(&index, m + 1, Some(PROBES), false, quiet).ok().map(|(found, _)| found)
}

/// Each row moved halfway to the cosine-weighted mean of its neighbours, `rounds` times, rows of L2 norm 1 again.
///
/// Papers of a theme that say it in different words meet in the middle; what only one of them says fades.
#[must_use]
pub fn averaged(rows: ArrayView2<'_, f32>, neighbours: &Neighbours, rounds: usize) -> Array2<f32> {
    let mut out = rows.to_owned();
    let m = neighbours.m;
    for _ in 0..if m == 0 { 0 } else { rounds } {
        let before = out.clone();
        out.axis_iter_mut(Axis(0)).into_par_iter().enumerate().for_each(|(paper, mut row)| {
            let of = paper * m..(paper + 1) * m;
            let total: f32 = neighbours.cosines[of.clone()].iter().map(|c| c.max(0.0)).sum();
            if total > 0.0 {
                row *= 0.5;
                for (&other, cosine) in neighbours.papers[of.clone()].iter().zip(&neighbours.cosines[of]) {
                    row.scaled_add(0.5 * cosine.max(0.0) / total, &before.row(other as usize));
                }
            }
        });
        normalise_rows(&mut out);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{averaged, by_cells, exact, nearest_among, neighbours};
    use crate::dense::normalise_rows;
    use ndarray::Array2;
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    fn random_rows(n: usize, d: usize) -> Array2<f32> {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(11);
        let mut rows = Array2::from_shape_simple_fn((n, d), || random.gen_range(-1.0_f32..1.0));
        normalise_rows(&mut rows);
        rows
    }

    #[test]
    fn nearest_first_and_never_itself() {
        let rows = random_rows(200, 5);
        let found = exact(rows.view(), 4);
        for paper in 0..200 {
            let others = &found.papers[paper * 4..(paper + 1) * 4];
            assert!(!others.contains(&(paper as u32)));
            let best = (0..200).filter(|&o| o != paper).map(|o| rows.row(paper).dot(&rows.row(o))).fold(-1.0, f32::max);
            assert!((found.cosines[paper * 4] - best).abs() < 1e-6);
            assert!(found.cosines[paper * 4..(paper + 1) * 4].is_sorted_by(|a, b| a >= b));
        }
    }

    #[test]
    fn cells_find_most_of_the_true_neighbours() {
        let rows = random_rows(3_000, 8);
        let (truth, found) = (exact(rows.view(), 10), by_cells(rows.view(), 10, 1).unwrap());
        let hits: usize = (0..3_000)
            .map(|p| {
                let of = p * 10..(p + 1) * 10;
                found.papers[of.clone()].iter().filter(|o| truth.papers[of.clone()].contains(o)).count()
            })
            .sum();
        assert!(hits > 21_000, "{hits} of 30000");
    }

    /// Rows that are all alike, rows without any length, and cells with fewer papers than there shall be neighbours.
    #[test]
    fn every_row_has_its_neighbours_whatever_the_rows() {
        let one = Array2::from_shape_fn((400, 3), |(_, column)| if column == 0 { 1.0 } else { 0.0 });
        let mut some = random_rows(400, 3);
        some.rows_mut().into_iter().take(50).for_each(|mut row| row.fill(0.0));
        let five = Array2::from_shape_fn((400, 5), |(row, column)| f32::from(u8::from(row % 5 == column)));
        for rows in [one, five, some, Array2::zeros((400, 3)), random_rows(30, 3)] {
            let found = by_cells(rows.view(), 25, 1).unwrap();
            assert_eq!(found.papers.len(), rows.nrows() * 25);
            for paper in 0..rows.nrows() {
                let mut others: Vec<usize> = found.of(paper).map(|(other, _)| other).collect();
                assert!(!others.contains(&paper) && others.iter().all(|other| *other < rows.nrows()));
                others.sort_unstable();
                others.dedup();
                assert_eq!(others.len(), 25);
            }
            assert!(found.cosines.iter().all(|cosine| (-1.001..=1.001).contains(cosine)));
        }
    }

    /// With all others as candidates it is what comparing every pair finds.
    #[test]
    fn the_nearest_of_all_are_the_nearest() {
        let rows = random_rows(150, 6);
        let all = exact(random_rows(150, 4).view(), 149);
        let (found, truth) = (nearest_among(rows.view(), &all, 9), exact(rows.view(), 9));
        assert_eq!(found.papers, truth.papers);
        assert!(found.cosines.iter().zip(&truth.cosines).all(|(a, b)| (a - b).abs() < 1e-6));
        let few = exact(rows.view(), 3);
        assert_eq!(nearest_among(rows.view(), &few, 9).papers, few.papers);
    }

    #[test]
    fn averaging_draws_neighbours_together() {
        let rows = random_rows(300, 6);
        let near = neighbours(rows.view(), 5, 0);
        let after = averaged(rows.view(), &near, 3);
        let closeness = |rows: &Array2<f32>| -> f32 {
            (0..300).map(|p| rows.row(p).dot(&rows.row(near.papers[p * 5] as usize))).sum()
        };
        assert!(closeness(&after) > closeness(&rows));
    }

    #[test]
    fn one_paper_has_no_neighbours() {
        let rows = random_rows(1, 3);
        let near = neighbours(rows.view(), 5, 0);
        assert_eq!(averaged(rows.view(), &near, 3), rows);
    }
}
