//! A papers-by-terms matrix to themes: reduce, average over neighbours, cluster, choose, describe, measure.
//!
//! The only crate that names linfa. Knows nothing of dates, titles or files; every result is the same at any thread count.

pub mod agreement;
mod choose;
pub mod cluster;
mod colours;
mod dense;
mod describe;
mod map;
mod names;
pub mod neighbours;
mod outliers;
mod quality;
pub mod reduce;
mod settings;
mod sparse;
mod terms;

pub use settings::{Outliers, ThemeSettings, ThemesError};

use model::{Assignment, TermMatrix, ThemeCount, Themes};
use ndarray::{Array2, ArrayView2, Axis};

/// Finds the themes of all papers.
///
/// # Errors
/// Where 0 themes are asked for, or more than there are different papers with terms.
pub fn find(matrix: &TermMatrix, settings: &ThemeSettings) -> Result<Themes, ThemesError> {
    let worded: Vec<usize> = (0..matrix.n_papers()).filter(|&p| !matrix.row(p).0.is_empty()).collect();
    check(settings, different(matrix, &worded))?;
    let embedding = reduce::reduce(matrix, settings.max_dimensions, settings.seed);
    let rows = embedding.rows;
    // Neighbours stay few in a small corpus: averaging over half of it would make everything one theme.
    let near = settings.neighbours.min(matrix.n_papers() / 20).max(1);
    let neighbours = neighbours::neighbours(rows.view(), near, settings.seed);
    let averaged = neighbours::averaged(rows.view(), &neighbours, settings.averaging_rounds);
    let (groups, count) = group(&averaged, &worded, different(matrix, &worded), settings)?;
    let (assignment, centroids) = assignment(matrix, averaged.view(), &groups, count.k, settings.outliers);
    let themes = describe::describe(matrix, rows.view(), averaged.view(), &assignment, &centroids);
    let quality = quality::quality(matrix, averaged.view(), &assignment, &themes, settings.seed);
    let map = map::map(&assignment.nearest, centroids.view(), &neighbours, settings.seed);
    Ok(Themes { themes, assignment, map, count, dimensions: rows.ncols(), quality })
}

fn check(settings: &ThemeSettings, papers: usize) -> Result<(), ThemesError> {
    match settings.themes {
        Some(0) => Err(ThemesError::NoThemes),
        Some(asked) if asked > papers => Err(ThemesError::TooManyThemes { asked, papers }),
        _ => Ok(()),
    }
}

/// Number of papers whose words differ from those of every other paper, look-alikes counted once.
fn different(matrix: &TermMatrix, worded: &[usize]) -> usize {
    let mut rows: Vec<(&[u32], Vec<u32>)> = worded
        .iter()
        .map(|&paper| {
            let (columns, weights) = matrix.row(paper);
            (columns, weights.iter().map(|w| w.to_bits()).collect())
        })
        .collect();
    rows.sort_unstable();
    rows.dedup();
    rows.len()
}

/// Groups of the papers that have terms, and how their number came about.
fn group(
    averaged: &Array2<f32>,
    worded: &[usize],
    different: usize,
    settings: &ThemeSettings,
) -> Result<(Vec<Option<usize>>, ThemeCount), ThemesError> {
    let rows = averaged.select(Axis(0), worded);
    let mut groups = vec![None; averaged.nrows()];
    let mut count = match settings.themes {
        Some(k) => ThemeCount { k, candidates: Vec::new(), reason: format!("{k} themes were asked for") },
        None => choose::choose(&rows, settings.seed)?,
    };
    count.k = count.k.min(different);
    if count.k > 0 {
        let found = cluster::k_means::k_means(&rows, count.k, settings.starts, settings.seed)?;
        for (&paper, group) in worded.iter().zip(found) {
            groups[paper] = Some(group);
        }
    }
    Ok((groups, count))
}

/// Leaves strangers out, orders the groups by size and gives every paper its theme. The centroids come in the same order.
fn assignment(
    matrix: &TermMatrix,
    rows: ArrayView2<'_, f32>,
    groups: &[Option<usize>],
    k: usize,
    outliers: Outliers,
) -> (Assignment, Array2<f32>) {
    let rough = reduce::centroids(rows, groups, k);
    let first = outliers::assign(matrix, rows, groups, rough.view(), outliers);
    let order = describe::by_size(&first.theme, k);
    let mut position = vec![None; k];
    order.iter().enumerate().for_each(|(at, &group)| position[group] = Some(at));
    let renumber = |of: &[Option<usize>]| of.iter().map(|g| g.and_then(|g| position[g])).collect::<Vec<_>>();
    let theme = renumber(&first.theme);
    let centroids = reduce::centroids(rows, &theme, order.len());
    (Assignment { theme, nearest: renumber(&first.nearest), strength: first.strength }, centroids)
}
