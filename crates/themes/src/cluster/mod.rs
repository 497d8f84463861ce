//! Dense rows to groups, through linfa's `Fit`, `Predict` and `Transformer`. A file an algorithm.

#[cfg(test)]
mod bundles;
mod by_products;
pub mod consensus;
pub mod dbscan;
pub mod density;
pub mod gaussian_mixture;
pub mod hierarchical;
pub mod incremental_k_means;
pub mod k_means;
mod numbered;
pub mod optics;
mod principal;
pub mod spherical_k_means;
mod tree;
pub mod ward;

use model::ThemeCount;

/// Groups of rows as an algorithm found them.
#[derive(Debug, Clone, PartialEq)]
pub struct Clusters {
    /// Group of every row, below `count.k`; `None` in none.
    pub groups: Vec<Option<usize>>,
    /// Groups of every row in one with their probabilities, where the algorithm has these; empty where it has not.
    pub memberships: Vec<Memberships>,
    pub count: ThemeCount,
}

/// The groups that a row may belong to with their probabilities, most probable first (ties by group).
pub type Memberships = Vec<(usize, f32)>;

impl Clusters {
    /// No groups of no rows.
    #[must_use]
    pub fn none(why: &str) -> Self {
        Self::counted(Vec::new(), why.to_owned())
    }

    /// Groups whose number came out of the algorithm.
    #[must_use]
    pub fn counted(groups: Vec<Option<usize>>, reason: String) -> Self {
        let k = groups.iter().flatten().max().map_or(0, |last| last + 1);
        Self { groups, memberships: Vec::new(), count: ThemeCount { k, candidates: Vec::new(), reason } }
    }
}
