//! Distances of all pairs to the tree of their merges, and the groups that a cut of it leaves (kodama, on which
//! linfa-hierarchical stands).

use crate::cluster::numbered::numbered;
use kodama::{Method, linkage};

/// The merges of some rows, nearest first.
#[derive(Debug)]
pub struct Tree {
    n: usize,
    /// Pairs of nodes: rows are the first, each merge makes the next one.
    merges: Vec<(usize, usize)>,
}

impl Tree {
    /// The tree of `n` rows. `distances`: of all pairs, by first and second row.
    #[must_use]
    pub fn of(mut distances: Vec<f32>, n: usize, method: Method) -> Self {
        let tree = linkage(&mut distances, n, method);
        Self { n, merges: tree.steps().iter().map(|step| (step.cluster1, step.cluster2)).collect() }
    }

    /// Group of every row where k groups are left, numbered by first occurrence; k at most the number of rows.
    #[must_use]
    pub fn cut(&self, k: usize) -> Vec<usize> {
        let n = self.n;
        let mut parent: Vec<usize> = (0..n + self.merges.len()).collect();
        for (at, &(left, right)) in self.merges.iter().take(n - k.clamp(1, n.max(1))).enumerate() {
            parent[left] = n + at;
            parent[right] = n + at;
        }
        // Parents have larger numbers, so that from the top down every node's root is known before its own.
        for node in (0..parent.len()).rev() {
            parent[node] = parent[parent[node]];
        }
        numbered(parent[..n].to_vec())
    }
}
