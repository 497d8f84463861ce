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

    /// The first cut from the top down that leaves k groups of at least `least` rows; rows in smaller ones are in none. Where there
    /// is no such cut, the cut into k.
    #[must_use]
    pub fn cut_into_sizable(&self, k: usize, least: usize) -> Vec<Option<usize>> {
        let mut sizes = vec![1; self.n];
        for &(left, right) in &self.merges {
            sizes.push(sizes[left] + sizes[right]);
        }
        let sizable = |node: usize| usize::from(sizes[node] >= least);
        let mut count = sizable(sizes.len() - 1);
        let undone = (self.n..sizes.len()).rev().position(|node| {
            let found = count == k;
            let (left, right) = self.merges[node - self.n];
            count = count + sizable(left) + sizable(right) - sizable(node);
            found
        });
        let Some(undone) = undone else { return self.cut(k).into_iter().map(Some).collect() };
        let groups = self.cut(undone + 1);
        let mut members = vec![0; undone + 1];
        for &group in &groups {
            members[group] += 1;
        }
        let kept: Vec<usize> = (0..members.len()).filter(|&group| members[group] >= least).collect();
        groups.into_iter().map(|group| kept.binary_search(&group).ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;
    use kodama::Method;

    /// Five rows on a line at 0, 1, 10, 11 and 50: merges (0, 1), (2, 3), both, and the last row.
    fn tree() -> Tree {
        let at = [0.0_f32, 1.0, 10.0, 11.0, 50.0];
        let pairs = (0..5).flat_map(|a| (a + 1..5).map(move |b| (a, b)));
        Tree::of(pairs.map(|(a, b)| (at[a] - at[b]).abs()).collect(), 5, Method::Average)
    }

    #[test]
    fn a_cut_leaves_as_many_groups_as_asked_for() {
        assert_eq!(tree().cut(2), [0, 0, 0, 0, 1]);
        assert_eq!(tree().cut(3), [0, 0, 1, 1, 2]);
    }

    #[test]
    fn a_lone_row_is_no_group_where_groups_have_two() {
        assert_eq!(tree().cut_into_sizable(2, 2), [Some(0), Some(0), Some(1), Some(1), None]);
        assert_eq!(tree().cut_into_sizable(1, 2), [Some(0); 5]);
    }

    #[test]
    fn where_there_are_no_such_groups_size_does_not_count() {
        assert_eq!(tree().cut_into_sizable(3, 2), [Some(0), Some(0), Some(1), Some(1), Some(2)]);
    }
}
