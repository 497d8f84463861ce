//! Rows to Ward's tree and to centroids cut from it, where the k-means of a refit starts.
//!
//! A start that is computed and not drawn: no luck of ten draws decides, and one tree gives the starts for every number of themes.

use crate::cluster::tree::{Merging, Tree};
use crate::dense::of_pairs;
use crate::reduce::centroids;
use crate::sample::sample;
use ndarray::{Array2, ArrayView2, Axis};

/// Ward's tree of some rows.
#[derive(Debug)]
pub struct WardTree {
    rows: Array2<f32>,
    tree: Tree,
}

/// The tree of at most `most` of the rows (L2 norm 1): the same ones for every seed.
#[must_use]
pub fn ward_tree(rows: ArrayView2<'_, f32>, most: usize) -> WardTree {
    let rows = rows.select(Axis(0), &sample(rows.nrows(), most, 0));
    let distances = of_pairs(rows.view(), |_, _, cosine| (2.0 - 2.0 * cosine).max(0.0));
    let tree = Tree::of(distances, rows.nrows(), Merging::Ward);
    WardTree { rows, tree }
}

impl WardTree {
    /// Normalised means of the k groups that are left when the tree is cut, shape (k, d); k at most the number of rows.
    #[must_use]
    pub fn centroids(&self, k: usize) -> Array2<f32> {
        let groups: Vec<Option<usize>> = self.tree.cut(k).into_iter().map(Some).collect();
        centroids(self.rows.view(), &groups, k)
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
        assert!((adjusted_rand(&tree.tree.cut(5), &truth) - 1.0).abs() < 1e-12);
        assert_eq!(tree.centroids(5).nrows(), 5);
    }

    #[test]
    fn the_cut_gives_as_many_groups_as_asked_for() {
        let (rows, _) = bundles(3, 10, 0.2);
        let tree = ward_tree(rows.view(), 1_000);
        for k in [1, 2, 7, 30] {
            assert_eq!(tree.tree.cut(k).iter().max(), Some(&(k - 1)));
        }
    }

    #[test]
    fn one_row_is_one_group() {
        let (rows, _) = bundles(1, 1, 0.1);
        assert_eq!(ward_tree(rows.view(), 10).tree.cut(1), [0]);
    }
}
