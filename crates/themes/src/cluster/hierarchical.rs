//! Rows of L2 norm 1 to k groups by merging the nearest two again and again (linfa-hierarchical, which stands on kodama).
//!
//! Every pair is compared, so a large corpus is merged by its sample and the rest goes to the nearest group. linfa takes
//! similarities and merges by their negative logarithm: it is given `exp(-distance)`, because cosines below 0 have none.

use crate::cluster::numbered::numbered;
use crate::cluster::spherical_k_means::nearest_centroid;
use crate::dense::product;
use crate::reduce::centroids;
use crate::sample::sample;
use crate::settings::{Linkage, ThemesError};
use linfa::traits::Transformer;
use linfa_hierarchical::{HierarchicalCluster, Method};
use linfa_kernel::{Kernel, KernelInner, KernelMethod};
use ndarray::{Array2, ArrayView2, Axis};

/// Rows of which every pair is compared: 128 MB of distances.
pub const MERGED: usize = 4_000;

/// Group of every row, numbered from 0 without gaps by first occurrence.
///
/// # Errors
/// Where k is 0 or larger than the number of rows.
pub fn hierarchical(rows: &Array2<f32>, k: usize, linkage: Linkage, seed: u64) -> Result<Vec<usize>, ThemesError> {
    if k == 0 {
        return Err(ThemesError::NoThemes);
    }
    if k > rows.nrows() {
        return Err(ThemesError::TooManyThemes { asked: k, papers: rows.nrows() });
    }
    if rows.nrows() <= MERGED {
        return merged(rows.view(), k, linkage);
    }
    let sample = rows.select(Axis(0), &sample(rows.nrows(), MERGED.max(k), seed));
    let groups: Vec<Option<usize>> = merged(sample.view(), k, linkage)?.into_iter().map(Some).collect();
    let centres = centroids(sample.view(), &groups, k);
    Ok(numbered(nearest_centroid(rows.view(), centres.view())))
}

/// linfa numbers groups in the order of a hash map, hence numbered anew.
fn merged(rows: ArrayView2<'_, f32>, k: usize, linkage: Linkage) -> Result<Vec<usize>, ThemesError> {
    let method = match linkage {
        Linkage::Ward => Method::Ward,
        Linkage::Average => Method::Average,
        Linkage::Complete => Method::Complete,
    };
    let merging = HierarchicalCluster::default().with_method(method).num_clusters(k);
    let found = merging.transform(similarities(rows)).map_err(|error| ThemesError::Hierarchical(error.to_string()))?;
    Ok(numbered(found.targets))
}

/// `exp(-|a - b|)` of every pair, shape (n, n): linfa's negative logarithm gives the distance back.
fn similarities(rows: ArrayView2<'_, f32>) -> Kernel<f32> {
    let cosines = product(rows, rows.t().as_standard_layout().view());
    let inner = KernelInner::Dense(cosines.mapv_into(|cosine| (-(2.0 - 2.0 * cosine).max(0.0).sqrt()).exp()));
    Kernel { inner, method: KernelMethod::Linear }
}

#[cfg(test)]
mod tests {
    use super::{MERGED, hierarchical};
    use crate::agreement::adjusted_rand;
    use crate::cluster::bundles::bundles;
    use crate::settings::Linkage;
    use ndarray::array;

    #[test]
    fn bundles_are_found_by_every_linkage() {
        let (rows, truth) = bundles(5, 40, 0.2);
        for linkage in [Linkage::Ward, Linkage::Average, Linkage::Complete] {
            let groups = hierarchical(&rows, 5, linkage, 0).unwrap();
            assert!((adjusted_rand(&groups, &truth) - 1.0).abs() < 1e-12, "{linkage}");
        }
    }

    /// linfa keeps its groups in a hash map: their numbers change from run to run, ours do not.
    #[test]
    fn groups_are_numbered_by_first_occurrence() {
        let (rows, truth) = bundles(5, 10, 0.2);
        assert_eq!(hierarchical(&rows, 5, Linkage::Ward, 0).unwrap(), truth);
    }

    /// Opposite rows have no logarithm of their cosine.
    #[test]
    fn opposite_rows_lie_furthest_apart() {
        let rows = array![[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.1, 0.995]];
        assert_eq!(hierarchical(&rows, 3, Linkage::Average, 0).unwrap(), [0, 1, 2, 2]);
        let two = hierarchical(&rows, 2, Linkage::Complete, 0).unwrap();
        assert_ne!(two[0], two[1]);
    }

    #[test]
    fn a_large_corpus_is_merged_by_its_sample() {
        let (rows, truth) = bundles(4, MERGED / 4 + 500, 0.2);
        let groups = hierarchical(&rows, 4, Linkage::Ward, 0).unwrap();
        assert!((adjusted_rand(&groups, &truth) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn impossible_numbers_are_refused() {
        let (rows, _) = bundles(1, 4, 0.1);
        assert!(hierarchical(&rows, 0, Linkage::Ward, 0).is_err());
        assert!(hierarchical(&rows, 5, Linkage::Ward, 0).is_err());
        assert_eq!(hierarchical(&rows, 4, Linkage::Ward, 0).unwrap(), [0, 1, 2, 3]);
    }
}
