//! Papers to groups by the algorithm of the settings, with how their number came about. Knows no terms and no names.

use crate::choose::choose;
use crate::cluster::consensus::consensus;
use crate::cluster::{Clusters, dbscan, gaussian_mixture, hierarchical, incremental_k_means, k_means, optics};
use crate::dense::product;
use crate::reduce::centroids;
use crate::settings::{Algorithm, Outliers, ThemeSettings, ThemesError};
use model::ThemeCount;
use ndarray::{Array2, Axis};

/// Groups `papers`, rows of the embedding and of what it is when `averaged`; the others are in no group. `most`: groups that there
/// can be.
///
/// # Errors
/// Where linfa fails, which it does not for checked settings and rows of finite numbers.
pub fn group(
    embedding: &Array2<f32>,
    averaged: &Array2<f32>,
    papers: &[usize],
    most: usize,
    settings: &ThemeSettings,
) -> Result<Clusters, ThemesError> {
    let rows = averaged.select(Axis(0), papers);
    let found = match settings.algorithm {
        _ if rows.nrows() == 0 => Clusters::none("no paper has words to go by"),
        Algorithm::Dbscan => kept(dbscan::dbscan(&rows, settings.density, settings.seed)?, &rows, settings.outliers),
        Algorithm::Optics => kept(optics::optics(&rows, settings.density, settings.seed)?, &rows, settings.outliers),
        _ => into_k(&embedding.select(Axis(0), papers), &rows, papers, most, settings)?,
    };
    let n = averaged.nrows();
    Ok(Clusters {
        groups: spread(papers, found.groups, n),
        memberships: if found.memberships.is_empty() { Vec::new() } else { spread(papers, found.memberships, n) },
        count: found.count,
    })
}

/// The algorithms that are told how many groups to find. `papers`: numbers of the rows.
fn into_k(
    embedding: &Array2<f32>,
    rows: &Array2<f32>,
    papers: &[usize],
    most: usize,
    settings: &ThemeSettings,
) -> Result<Clusters, ThemesError> {
    let seed = settings.seed;
    let mut count = match settings.themes {
        Some(k) => ThemeCount { k, candidates: Vec::new(), reason: format!("{k} themes were asked for") },
        None => choose(rows, seed),
    };
    let can = most.min(rows.nrows());
    if count.k > can {
        (count.k, count.reason) = (can, format!("papers with different words to go by: {can}"));
    }
    let (groups, memberships) = match settings.algorithm {
        Algorithm::GaussianMixture => gaussian_mixture::gaussian_mixture(rows, count.k, seed)?,
        Algorithm::Hierarchical => {
            (hierarchical::hierarchical(rows, count.k, settings.linkage.unwrap_or_default(), seed)?, Vec::new())
        }
        _ => {
            let start = start(embedding, rows, papers, count.k, settings)?;
            let batches = rows.nrows() > incremental_k_means::BEYOND;
            let fit = if batches { incremental_k_means::incremental_k_means } else { k_means::k_means };
            (fit(rows, start, seed)?, Vec::new())
        }
    };
    Ok(Clusters { groups: groups.into_iter().map(Some).collect(), memberships, count })
}

/// Centroids of the groups that most views of the embedding agree on.
fn start(
    embedding: &Array2<f32>,
    rows: &Array2<f32>,
    papers: &[usize],
    k: usize,
    settings: &ThemeSettings,
) -> Result<Array2<f32>, ThemesError> {
    let agreed = consensus(embedding.view(), rows.view(), papers, k, settings)?;
    Ok(centroids(rows.select(Axis(0), &agreed.papers).view(), &agreed.groups, k))
}

/// Papers outside of dense places go to the nearest group where they are to be kept.
fn kept(mut found: Clusters, rows: &Array2<f32>, outliers: Outliers) -> Clusters {
    if outliers == Outliers::Keep && found.count.k > 0 {
        let centres = centroids(rows.view(), &found.groups, found.count.k);
        let cosines = product(rows.view(), centres.t().as_standard_layout().view());
        for (group, row) in found.groups.iter_mut().zip(cosines.rows()) {
            let nearest = || (0..row.len()).reduce(|best, at| if row[at] > row[best] { at } else { best });
            *group = group.or_else(nearest);
        }
    }
    found
}

/// The values of some papers among all of them; nothing for the others.
fn spread<T: Clone + Default>(papers: &[usize], values: Vec<T>, n: usize) -> Vec<T> {
    let mut all = vec![T::default(); n];
    papers.iter().zip(values).for_each(|(&paper, value)| all[paper] = value);
    all
}
