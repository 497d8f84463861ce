//! An embedding to each paper's nearest neighbours by cosine, and to the average over them.
//!
//! Exact up to [`EXACT_UP_TO`] papers. Beyond, an inverted file: papers are sorted into cells around centroids and each is
//! compared with the papers of the nearest cells only.

use crate::cluster::spherical_k_means::{nearest_centroid, quick_centroids};
use crate::dense::{normalise_rows, product};
use ndarray::{Array2, ArrayView1, ArrayView2, Axis, Slice};
use rayon::prelude::*;

/// Papers up to which every pair is compared.
pub const EXACT_UP_TO: usize = 16_000;
/// Papers compared at once.
const BLOCK: usize = 512;
/// Cells, by the square root of the number of papers.
const CELLS: f64 = 2.0;
/// Cells that a paper is compared with beyond [`EXACT_UP_TO`].
const PROBES: usize = 12;

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
    if n > EXACT_UP_TO { by_cells(rows, m, seed) } else { exact(rows, m) }
}

/// The `m` nearest of each row's `candidates` by the cosine of `rows` (L2 norm 1); ties by the smaller row.
#[must_use]
pub fn nearest_among(rows: ArrayView2<'_, f32>, candidates: &Neighbours, m: usize) -> Neighbours {
    let m = m.min(candidates.m);
    let of_row = |row: usize| {
        let own = rows.row(row);
        let mut near: Vec<(u32, f32)> =
            candidates.of(row).map(|(other, _)| (other as u32, own.dot(&rows.row(other)))).collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(m);
        near
    };
    let found: Vec<Vec<(u32, f32)>> = (0..rows.nrows()).into_par_iter().map(of_row).collect();
    flat(found.into_iter().flatten(), m)
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

fn by_cells(rows: ArrayView2<'_, f32>, m: usize, seed: u64) -> Neighbours {
    let n = rows.nrows();
    let centroids = quick_centroids(rows, (CELLS * (n as f64).sqrt()) as usize, seed);
    let cell_of = nearest_centroid(rows, centroids.view());
    let mut cells: Vec<Vec<u32>> = vec![Vec::new(); centroids.nrows()];
    for (paper, &cell) in cell_of.iter().enumerate() {
        cells[cell].push(paper as u32);
    }
    let between = product(centroids.view(), centroids.t().as_standard_layout().view());
    let found: Vec<Vec<(u32, f32)>> = (0..cells.len())
        .into_par_iter()
        .map(|cell| {
            let candidates = near_cells(between.row(cell).iter().copied(), &cells, m);
            let other = select(rows, &candidates);
            let cosines = select(rows, &cells[cell]).dot(&other.t());
            let cosines = cosines.as_standard_layout();
            let rows = cells[cell].iter().zip(cosines.rows());
            rows.flat_map(|(&paper, row)| padded(largest(row, &candidates, paper as usize, m), m)).collect()
        })
        .collect();
    let mut out = Neighbours { m, papers: vec![0; n * m], cosines: vec![0.0; n * m] };
    for (cell, pairs) in cells.iter().zip(&found) {
        for (&paper, nearest) in cell.iter().zip(pairs.chunks(m)) {
            for (slot, (other, cosine)) in nearest.iter().enumerate() {
                out.papers[paper as usize * m + slot] = *other;
                out.cosines[paper as usize * m + slot] = *cosine;
            }
        }
    }
    out
}

/// Papers of the nearest cells, ascending: [`PROBES`] cells, and more until there are enough papers.
fn near_cells(cosines: impl Iterator<Item = f32>, cells: &[Vec<u32>], m: usize) -> Vec<u32> {
    let mut order: Vec<(usize, f32)> = cosines.enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut papers = Vec::new();
    for (taken, (cell, _)) in order.into_iter().enumerate() {
        if taken >= PROBES && papers.len() > m {
            break;
        }
        papers.extend_from_slice(&cells[cell]);
    }
    papers.sort_unstable();
    papers
}

fn select(rows: ArrayView2<'_, f32>, papers: &[u32]) -> Array2<f32> {
    rows.select(Axis(0), &papers.iter().map(|&p| p as usize).collect::<Vec<_>>())
}

/// A paper never has fewer than `m` candidates; should it, the last is repeated without weight.
fn padded(mut pairs: Vec<(u32, f32)>, m: usize) -> Vec<(u32, f32)> {
    let last = pairs.last().map_or(0, |p| p.0);
    pairs.resize(m, (last, 0.0));
    pairs
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
        let (truth, found) = (exact(rows.view(), 10), by_cells(rows.view(), 10, 1));
        let hits: usize = (0..3_000)
            .map(|p| {
                let of = p * 10..(p + 1) * 10;
                found.papers[of.clone()].iter().filter(|o| truth.papers[of.clone()].contains(o)).count()
            })
            .sum();
        assert!(hits > 21_000, "{hits} of 30000");
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
