//! Rows of L2 norm 1 to groups of dense places (linfa's DBSCAN): rows within a radius of a row that has many others within it.

use crate::choose::simplified_silhouette;
use crate::cluster::Clusters;
use crate::cluster::by_products::ByProducts;
use crate::cluster::density::{Density, deciles, min_points, nearest_within};
use crate::reduce::centroids;
use crate::sample::sample;
use crate::settings::ThemesError;
use linfa::traits::Transformer;
use linfa_clustering::Dbscan;
use linfa_nn::distance::L2Dist;
use ndarray::{Array2, Axis};
use rayon::prelude::*;

/// Rows that are searched for dense places; the others of a larger corpus join their nearest one of them.
pub const SEARCHED: usize = 4_000;

/// Groups of the rows; their number comes from the data.
///
/// # Errors
/// Where the radius is 0 or the number of points below 2.
pub fn dbscan(rows: &Array2<f32>, settings: Density, seed: u64) -> Result<Clusters, ThemesError> {
    let sample = rows.select(Axis(0), &sample(rows.nrows(), SEARCHED, seed));
    let points = settings.min_points.unwrap_or_else(|| min_points(sample.nrows()));
    let (eps, found) = match settings.eps {
        Some(eps) => (eps, searched(&sample, eps, points)?),
        None => best_apart(&sample, points)?,
    };
    let groups = if sample.nrows() == rows.nrows() { found } else { nearest_within(rows, &sample, &found, eps) };
    let chosen = if settings.eps.is_some() {
        ""
    } else {
        ", the radius with most papers in themes, no theme of nearly everything, and themes furthest apart"
    };
    Ok(Clusters::counted(groups, format!("at least {points} papers within {eps:.3} of a paper make a theme{chosen}")))
}

fn searched(rows: &Array2<f32>, eps: f64, points: usize) -> Result<Vec<Option<usize>>, ThemesError> {
    let search = Dbscan::params_with::<f32, _, _>(points, L2Dist, ByProducts::ByRow).tolerance(eps as f32);
    Ok(search.transform(rows)?.to_vec())
}

/// The radius of the [`deciles`] with the best groups: below it everything falls out, above it everything runs together.
fn best_apart(rows: &Array2<f32>, points: usize) -> Result<(f64, Vec<Option<usize>>), ThemesError> {
    let tried = deciles(rows.view(), points)
        .into_par_iter()
        .map(|eps| {
            let groups = searched(rows, eps, points)?;
            Ok((apart(rows, &groups), eps, groups))
        })
        .collect::<Result<Vec<_>, ThemesError>>()?;
    let best = tried.into_iter().reduce(|best, next| if next.0 >= best.0 { next } else { best });
    Ok(best.map_or((1e-3, vec![None; rows.nrows()]), |(_, eps, groups)| (eps, groups)))
}

/// Share of rows in groups, times how far apart the groups lie (simplified silhouette), times twice the share of them outside of
/// the largest group, at most 1: neither one group of nearly everything nor many fragments of the same thing. 0 for fewer than
/// two groups.
fn apart(rows: &Array2<f32>, groups: &[Option<usize>]) -> f64 {
    let k = groups.iter().flatten().max().map_or(0, |last| last + 1);
    if k < 2 {
        return 0.0;
    }
    let grouped: Vec<usize> = (0..groups.len()).filter(|&row| groups[row].is_some()).collect();
    let centres = centroids(rows.view(), groups, k);
    let mut sizes = vec![0_usize; k];
    groups.iter().flatten().for_each(|&group| sizes[group] += 1);
    let beside = grouped.len() - sizes.into_iter().max().unwrap_or(0);
    let spread = (2.0 * beside as f64 / grouped.len() as f64).min(1.0);
    let held = grouped.len() as f64 / groups.len() as f64;
    held * spread * simplified_silhouette(rows.select(Axis(0), &grouped).view(), centres.view())
}

#[cfg(test)]
mod tests {
    use super::{SEARCHED, apart, dbscan};
    use crate::cluster::bundles::bundles;
    use crate::cluster::density::Density;
    use ndarray::{Array2, Axis};

    /// Groups as numbers of rows; rows in none are left out.
    fn agrees(groups: &[Option<usize>], truth: &[usize]) -> bool {
        groups.iter().zip(truth).all(|(group, &of)| group.is_none_or(|g| groups[of] == Some(g)))
    }

    #[test]
    fn bundles_are_found_and_a_stray_row_is_left_out() {
        let (mut rows, truth) = bundles(5, 40, 0.2);
        let stray = Array2::from_shape_fn((1, 8), |(_, column)| if column == 7 { 1.0 } else { 0.0 });
        rows.append(Axis(0), stray.view()).unwrap();
        let found = dbscan(&rows, Density::default(), 0).unwrap();
        assert_eq!(found.count.k, 5, "{}", found.count.reason);
        assert!(agrees(&found.groups[..200], &truth));
        assert!(found.groups[..200].iter().flatten().count() > 180);
        assert_eq!(found.groups[200], None);
    }

    #[test]
    fn the_radius_decides() {
        let (rows, _) = bundles(3, 40, 0.2);
        let with = |eps| dbscan(&rows, Density { eps: Some(eps), min_points: Some(4) }, 0).unwrap();
        assert_eq!(with(2.0).count.k, 1);
        assert_eq!(with(1e-6).count.k, 0);
        assert_eq!(with(0.5).count.k, 3);
    }

    #[test]
    fn rows_of_a_large_corpus_join_their_nearest() {
        let (rows, truth) = bundles(4, SEARCHED / 4 + 500, 0.2);
        let found = dbscan(&rows, Density::default(), 0).unwrap();
        assert_eq!(found.count.k, 4);
        assert!(agrees(&found.groups, &truth));
        assert!(found.groups.iter().flatten().count() > rows.nrows() * 8 / 10);
    }

    #[test]
    fn rows_that_are_all_alike_are_one_group() {
        let rows = Array2::from_shape_fn((40, 4), |(_, column)| f32::from(u8::from(column == 0)));
        assert_eq!(dbscan(&rows, Density::default(), 0).unwrap().groups, vec![Some(0); 40]);
    }

    #[test]
    fn whole_bundles_lie_further_apart_than_their_parts() {
        let (rows, truth) = bundles(3, 20, 0.2);
        let whole: Vec<Option<usize>> = truth.iter().map(|&of| Some(of)).collect();
        let parts: Vec<Option<usize>> = truth.iter().enumerate().map(|(row, of)| Some(of + 3 * (row % 2))).collect();
        let few: Vec<Option<usize>> = truth.iter().enumerate().map(|(row, &of)| (row < 20).then_some(of)).collect();
        assert!(apart(&rows, &whole) > apart(&rows, &parts));
        assert!(apart(&rows, &whole) > apart(&rows, &few));
        assert!(apart(&rows, &[Some(0); 60]).abs() < f64::EPSILON);
    }

    #[test]
    fn impossible_settings_are_refused() {
        let (rows, _) = bundles(1, 4, 0.1);
        assert!(dbscan(&rows, Density { eps: Some(0.0), min_points: None }, 0).is_err());
        assert!(dbscan(&rows, Density { eps: None, min_points: Some(1) }, 0).is_err());
    }
}
