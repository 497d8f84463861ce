//! Rows to Ward's tree (kodama, on which linfa-hierarchical stands) and to centroids cut from it, where k-means starts.
//!
//! A start that is computed and not drawn: seeds agree with each other, no luck of ten draws decides, and one tree gives the
//! starts for every number of themes.

use crate::reduce::centroids;
use crate::sample::sample;
use kodama::{Method, linkage};
use ndarray::{Array2, ArrayView2, Axis};

/// Rows that a tree is made of; every pair of them is compared.
pub const MERGED: usize = 3_000;

/// The merges of some rows, nearest first.
#[derive(Debug)]
pub struct WardTree {
    rows: Array2<f32>,
    /// Pairs of nodes: rows are the first, each merge makes the next one.
    merges: Vec<(usize, usize)>,
}

/// The tree of at most `most` of the rows (L2 norm 1): the same ones for every seed.
#[must_use]
pub fn ward_tree(rows: ArrayView2<'_, f32>, most: usize) -> WardTree {
    let rows = rows.select(Axis(0), &sample(rows.nrows(), most, 0));
    let n = rows.nrows();
    let mut distances = distances(rows.view());
    let tree = linkage(&mut distances, n, Method::Ward);
    let merges = tree.steps().iter().map(|step| (step.cluster1, step.cluster2)).collect();
    WardTree { rows, merges }
}

/// Distances of all pairs of rows (L2 norm 1), by first and second row; none for fewer than two rows.
fn distances(rows: ArrayView2<'_, f32>) -> Vec<f32> {
    let n = rows.nrows();
    let mut out = Vec::with_capacity(n * n.saturating_sub(1) / 2);
    for (first, row) in rows.rows().into_iter().enumerate() {
        let later = rows.slice_axis(Axis(0), ndarray::Slice::from(first + 1..));
        out.extend(later.dot(&row).iter().map(|cosine| (2.0 - 2.0 * cosine).max(0.0).sqrt()));
    }
    out
}

impl WardTree {
    /// Normalised means of the k groups that are left when the tree is cut, shape (k, d); k at most the number of rows.
    #[must_use]
    pub fn centroids(&self, k: usize) -> Array2<f32> {
        let groups: Vec<Option<usize>> = self.cut(k).into_iter().map(Some).collect();
        centroids(self.rows.view(), &groups, k)
    }

    /// Group of every row of the tree, numbered by first occurrence.
    fn cut(&self, k: usize) -> Vec<usize> {
        let n = self.rows.nrows();
        let mut parent: Vec<usize> = (0..n + self.merges.len()).collect();
        for (at, &(left, right)) in self.merges.iter().take(n - k.clamp(1, n.max(1))).enumerate() {
            parent[left] = n + at;
            parent[right] = n + at;
        }
        // Parents have larger numbers, so that from the top down every node's root is known before its own.
        for node in (0..parent.len()).rev() {
            parent[node] = parent[parent[node]];
        }
        crate::cluster::numbered::numbered(parent[..n].to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::ward_tree;
    use crate::agreement::adjusted_rand;
    use crate::cluster::bundles::bundles;

    #[test]
    fn bundles_are_the_last_to_be_merged() {
        let (rows, truth) = bundles(5, 40, 0.2);
        let tree = ward_tree(rows.view(), 1_000);
        assert!((adjusted_rand(&tree.cut(5), &truth) - 1.0).abs() < 1e-12);
        assert_eq!(tree.centroids(5).nrows(), 5);
    }

    #[test]
    fn the_cut_gives_as_many_groups_as_asked_for() {
        let (rows, _) = bundles(3, 10, 0.2);
        let tree = ward_tree(rows.view(), 1_000);
        for k in [1, 2, 7, 30] {
            assert_eq!(tree.cut(k).iter().max(), Some(&(k - 1)));
        }
    }

    #[test]
    fn one_row_is_one_group() {
        let (rows, _) = bundles(1, 1, 0.1);
        assert_eq!(ward_tree(rows.view(), 10).cut(1), [0]);
    }
}
