//! A papers-by-terms matrix to themes: reduce, average over neighbours, cluster, choose, describe, measure.
//!
//! The only crate that names linfa. Knows nothing of dates, titles or files; every result is the same at any thread count.

pub mod agreement;
mod choose;
pub mod cluster;
mod coherence;
mod colours;
mod dense;
mod describe;
mod explain;
mod map;
mod names;
pub mod neighbours;
mod outliers;
mod quality;
pub mod reduce;
#[cfg(test)]
mod reference;
mod settings;
mod sparse;
mod survival;
mod terms;

pub use coherence::coherence;
pub use explain::explain;
pub use settings::{Outliers, ThemeSettings, ThemesError};

use model::{Assignment, TermMatrix, ThemeCount, Themes};
use ndarray::{Array2, Axis};
use outliers::Likeness;
use survival::Refits;

/// Finds the themes of all papers.
///
/// # Errors
/// Where 0 themes are asked for, or more than there are different papers with terms.
pub fn find(matrix: &TermMatrix, settings: &ThemeSettings) -> Result<Themes, ThemesError> {
    let different = different(matrix);
    check(settings, different)?;
    let rows = reduce::reduce(matrix, settings.max_dimensions, settings.seed).rows;
    // Neighbours stay few in a small corpus: averaging over half of it would make everything one theme.
    let near = settings.neighbours.min(matrix.n_papers() / 20).max(1);
    let neighbours = neighbours::neighbours(rows.view(), near, settings.seed);
    let averaged = neighbours::averaged(rows.view(), &neighbours, settings.averaging_rounds);
    let likeness = match settings.outliers {
        Outliers::Keep => Likeness::default(),
        Outliers::Drop => outliers::likeness(matrix, &neighbours),
    };
    let grouped = grouped(matrix, &likeness);
    let (groups, count) = group(&averaged, &grouped, different, settings)?;
    let groups = describe::by_size(&groups, count.k);
    let k = groups.iter().flatten().max().map_or(0, |last| last + 1);
    let centroids = reduce::centroids(averaged.view(), &groups, k);
    let assignment = outliers::assignment(averaged.view(), groups, centroids.view());
    let refits = refits(&averaged, &assignment, k, settings)?;
    let mut themes = describe::describe(matrix, rows.view(), averaged.view(), &assignment, &centroids);
    for (theme, survival) in themes.iter_mut().zip(&refits.survival) {
        theme.survival = Some(*survival);
    }
    let quality = quality::quality(averaged.view(), &assignment, &themes);
    let map = map::map(&assignment.nearest, centroids.view(), &neighbours, settings.seed);
    Ok(Themes {
        themes,
        assignment,
        likeness: likeness.of,
        least_likeness: likeness.least,
        map,
        count,
        refits: refits.themes,
        dimensions: rows.ncols(),
        quality,
    })
}

/// Papers that take part in the grouping: all that have terms and are no strangers.
fn grouped(matrix: &TermMatrix, likeness: &Likeness) -> Vec<usize> {
    (0..matrix.n_papers()).filter(|&paper| !matrix.row(paper).0.is_empty() && !likeness.is_stranger(paper)).collect()
}

fn check(settings: &ThemeSettings, papers: usize) -> Result<(), ThemesError> {
    match settings.themes {
        Some(0) => Err(ThemesError::NoThemes),
        Some(asked) if asked > papers => Err(ThemesError::TooManyThemes { asked, papers }),
        _ => Ok(()),
    }
}

/// Number of papers with terms, papers with the same terms counted once.
fn different(matrix: &TermMatrix) -> usize {
    let mut rows: Vec<(&[u32], Vec<u32>)> = (0..matrix.n_papers())
        .map(|paper| matrix.row(paper))
        .filter(|(columns, _)| !columns.is_empty())
        .map(|(columns, weights)| (columns, weights.iter().map(|w| w.to_bits()).collect()))
        .collect();
    rows.sort_unstable();
    rows.dedup();
    rows.len()
}

/// Groups of the papers that take part, and how their number came about.
fn group(
    averaged: &Array2<f32>,
    papers: &[usize],
    different: usize,
    settings: &ThemeSettings,
) -> Result<(Vec<Option<usize>>, ThemeCount), ThemesError> {
    let rows = averaged.select(Axis(0), papers);
    let mut groups = vec![None; averaged.nrows()];
    let mut count = match settings.themes {
        Some(k) => ThemeCount { k, candidates: Vec::new(), reason: format!("{k} themes were asked for") },
        None => choose::choose(&rows, settings.seed)?,
    };
    count.k = count.k.min(different).min(papers.len());
    if count.k > 0 {
        let found = cluster::k_means::k_means(&rows, count.k, settings.starts, settings.seed)?;
        for (&paper, group) in papers.iter().zip(found) {
            groups[paper] = Some(group);
        }
    }
    Ok((groups, count))
}

/// Refits over the papers that are in themes; the others are in none of them.
fn refits(
    averaged: &Array2<f32>,
    assignment: &Assignment,
    k: usize,
    settings: &ThemeSettings,
) -> Result<Refits, ThemesError> {
    let papers: Vec<usize> = (0..averaged.nrows()).filter(|&paper| assignment.theme[paper].is_some()).collect();
    let groups: Vec<usize> = assignment.theme.iter().copied().flatten().collect();
    let found = survival::refits(&averaged.select(Axis(0), &papers), &groups, k, settings.refits, settings.seed)?;
    let spread = |themes: Vec<Option<usize>>| {
        let mut all = vec![None; averaged.nrows()];
        for (&paper, theme) in papers.iter().zip(themes) {
            all[paper] = theme;
        }
        all
    };
    Ok(Refits { survival: found.survival, themes: found.themes.into_iter().map(spread).collect() })
}
