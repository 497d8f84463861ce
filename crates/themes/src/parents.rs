//! Themes to a tree of parents: the two nearest are merged, again and again, until one is left; and the tree cut to few groups.
//!
//! Nearness is the mean of `1 - cosine` between centroids (average linkage, by kodama, on which linfa-hierarchical stands; linfa
//! itself keeps the cut and throws the tree away).

use crate::cluster::{Clusters, Memberships};
use crate::reduce::centroids;
use kodama::{Method, linkage};
use model::Merge;
use ndarray::{Array2, ArrayView2};

/// The merges of k themes, nearest first: k - 1 of them, none for fewer than two themes. `centroids`: shape (k, d), rows of L2
/// norm 1.
#[must_use]
pub fn parents(centroids: &Array2<f32>) -> Vec<Merge> {
    let k = centroids.nrows();
    if k < 2 {
        return Vec::new();
    }
    let distance = |a: usize, b: usize| (1.0 - f64::from(centroids.row(a).dot(&centroids.row(b)))).clamp(0.0, 2.0);
    let mut distances: Vec<f64> = (0..k).flat_map(|a| (a + 1..k).map(move |b| distance(a, b))).collect();
    let tree = linkage(&mut distances, k, Method::Average);
    let merge =
        |step: &kodama::Step<f64>| Merge { left: step.cluster1, right: step.cluster2, distance: step.dissimilarity };
    tree.steps().iter().map(merge).collect()
}

/// The clusters of `rows`, merged to `level` of them where there are more. A merged group is as probable as its parts together.
#[must_use]
pub fn merged(rows: ArrayView2<'_, f32>, mut found: Clusters, level: Option<usize>) -> Clusters {
    let Some(group_of) = group_of_part(rows, &found.groups, level) else { return found };
    found.groups.iter_mut().flatten().for_each(|group| *group = group_of[*group]);
    found.memberships.iter_mut().for_each(|of| *of = together(of, &group_of));
    let number = number(&found.groups);
    found.count.reason = format!("{}; merged to {number} by their likeness", found.count.reason.trim_end_matches('.'));
    found
}

/// The group that each group becomes part of, where there are more of them than `level`.
fn group_of_part(rows: ArrayView2<'_, f32>, groups: &[Option<usize>], level: Option<usize>) -> Option<Vec<usize>> {
    let k = number(groups);
    let level = level.filter(|level| *level < k)?;
    Some(cut(&parents(&centroids(rows, groups, k)), k, level))
}

/// The probabilities of merged groups; a part that no row is in, and that the tree does not know, belongs to none.
fn together(of_parts: &Memberships, group_of: &[usize]) -> Memberships {
    let mut merged = Memberships::new();
    for &(part, probability) in of_parts {
        let Some(&whole) = group_of.get(part) else { continue };
        match merged.iter_mut().find(|(group, _)| *group == whole) {
            Some((_, sum)) => *sum = (*sum + probability).min(1.0),
            None => merged.push((whole, probability)),
        }
    }
    merged.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    merged
}

/// The groups of `rows`, merged to `level` of them where there are more.
#[must_use]
pub fn merged_groups(
    rows: ArrayView2<'_, f32>,
    mut groups: Vec<Option<usize>>,
    level: Option<usize>,
) -> Vec<Option<usize>> {
    if let Some(group_of) = group_of_part(rows, &groups, level) {
        groups.iter_mut().flatten().for_each(|group| *group = group_of[*group]);
    }
    groups
}

/// How many groups there are, which are numbered from 0.
#[must_use]
pub fn number(groups: &[Option<usize>]) -> usize {
    groups.iter().flatten().max().map_or(0, |last| last + 1)
}

/// The group of each of `k` themes when the tree is cut where `level` groups are left, numbered by first occurrence.
#[must_use]
pub fn cut(merges: &[Merge], k: usize, level: usize) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..k + merges.len()).collect();
    for (at, merge) in merges.iter().take(k.saturating_sub(level.max(1))).enumerate() {
        parent[merge.left] = k + at;
        parent[merge.right] = k + at;
    }
    let root = |theme: usize| {
        let mut node = theme;
        while parent[node] != node {
            node = parent[node];
        }
        node
    };
    let mut seen: Vec<usize> = Vec::new();
    (0..k)
        .map(|theme| {
            let root = root(theme);
            seen.iter().position(|known| *known == root).unwrap_or_else(|| {
                seen.push(root);
                seen.len() - 1
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{cut, parents, together};
    use ndarray::{Array2, array};

    /// Two pairs: 0 and 2 along the first axis, 1 and 3 along the second.
    fn pairs() -> Array2<f32> {
        array![[1.0, 0.0], [0.0, 1.0], [0.98, 0.199], [0.28, 0.96]]
    }

    #[test]
    fn the_nearest_merge_first() {
        let merges = parents(&pairs());
        assert_eq!([(merges[0].left, merges[0].right), (merges[1].left, merges[1].right)], [(0, 2), (1, 3)]);
        assert_eq!((merges[2].left, merges[2].right), (4, 5));
        assert!((merges[0].distance - 0.02).abs() < 1e-3);
        assert!(merges.is_sorted_by(|a, b| a.distance <= b.distance));
    }

    /// Average linkage: the mean over the four pairs between the two groups.
    #[test]
    fn the_last_distance_is_a_mean() {
        let (rows, merges) = (pairs(), parents(&pairs()));
        let between = [(0, 1), (0, 3), (2, 1), (2, 3)].map(|(a, b)| 1.0 - rows.row(a).dot(&rows.row(b)));
        assert!((merges[2].distance - f64::from(between.iter().sum::<f32>()) / 4.0).abs() < 1e-6);
    }

    #[test]
    fn a_cut_leaves_as_many_groups_as_asked() {
        let merges = parents(&pairs());
        assert_eq!(cut(&merges, 4, 4), [0, 1, 2, 3]);
        assert_eq!(cut(&merges, 4, 9), [0, 1, 2, 3]);
        assert_eq!(cut(&merges, 4, 3), [0, 1, 0, 2]);
        assert_eq!(cut(&merges, 4, 2), [0, 1, 0, 1]);
        assert_eq!(cut(&merges, 4, 1), [0; 4]);
    }

    #[test]
    fn what_is_merged_is_as_probable_as_its_parts_together() {
        assert_eq!(together(&vec![(2, 0.5), (0, 0.25), (3, 0.25)], &[0, 1, 1, 0]), [(0, 0.5), (1, 0.5)]);
        assert_eq!(together(&vec![(2, 0.5), (0, 0.375), (3, 0.125)], &[1, 0, 0, 0]), [(0, 0.625), (1, 0.375)]);
        assert_eq!(together(&vec![(0, 0.75), (4, 0.25)], &[0, 0]), [(0, 0.75)], "of a component without rows");
    }

    #[test]
    fn one_theme_has_no_parents() {
        assert!(parents(&Array2::zeros((0, 3))).is_empty());
        assert!(parents(&array![[1.0, 0.0]]).is_empty());
        assert_eq!(cut(&[], 1, 1), [0]);
    }
}
