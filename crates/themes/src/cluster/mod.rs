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
    /// Probability of its group for every row in one, in [0, 1], where the algorithm has it.
    pub probability: Option<Vec<f32>>,
    pub count: ThemeCount,
}

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
        Self { groups, probability: None, count: ThemeCount { k, candidates: Vec::new(), reason } }
    }
}
