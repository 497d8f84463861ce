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
mod group;
mod map;
mod matching;
mod naive_bayes;
mod names;
pub mod neighbours;
mod notices;
mod outliers;
mod parents;
mod quality;
pub mod reduce;
#[cfg(test)]
mod reference;
mod sample;
mod seeds;
mod settings;
mod sparse;
mod survival;
mod terms;

pub use cluster::density::Density;
pub use coherence::coherence;
pub use explain::explain;
pub use matching::matching;
pub use seeds::Seed;
pub use settings::{Algorithm, Linkage, Outliers, ThemeSettings, ThemesError};

use cluster::Clusters;
use model::{Assignment, TermMatrix, Themes};
use naive_bayes::Classifier;
use ndarray::{Array2, Axis};
use outliers::Likeness;
use sparse::Sparse;
use survival::Refits;

/// Finds the themes of all papers, without seeds.
///
/// # Errors
/// As [`find_seeded`].
pub fn find(matrix: &TermMatrix, settings: &ThemeSettings) -> Result<Themes, ThemesError> {
    find_seeded(matrix, &[], settings)
}

/// Finds the themes of all papers, those of `seeds` among them where they are there.
///
/// # Errors
/// Where the settings do not fit together, or more themes are asked for than there are different papers with terms.
pub fn find_seeded(matrix: &TermMatrix, seeds: &[Seed], settings: &ThemeSettings) -> Result<Themes, ThemesError> {
    let different = different(matrix);
    check(settings, different)?;
    if !seeds.is_empty() {
        settings.check_with_seeds()?;
    }
    let embedding = reduce::reduce(matrix, settings.max_dimensions, settings.seed);
    let rows = embedding.rows.view();
    let neighbours = neighbours::neighbours(rows, settings.near(matrix.n_papers()), settings.seed);
    let averaged = neighbours::averaged(rows, &neighbours, settings.averaging_rounds);
    let likeness = match settings.outliers {
        Outliers::Keep => Likeness::default(),
        Outliers::Drop => outliers::likeness(matrix, &neighbours),
    };
    let grouped = grouped(matrix, &likeness);
    let found = group::group(&embedding.rows, &averaged, &grouped, different, settings)?;
    let classifier = Classifier::new(Sparse::of(matrix), &neighbours);
    let found = by_words(&classifier, found, settings.algorithm);
    let found = parents::merged(averaged.view(), found, settings.level);
    let seeded = seeds::seeded(matrix, &embedding, &averaged, found, seeds);
    // Where no seed is there, nothing has moved.
    let found = if seeded.names.is_empty() {
        seeded.clusters
    } else {
        by_words(&classifier, seeded.clusters, settings.algorithm)
    };
    let groups = describe::by_size(&found.groups, found.count.k);
    let named = seeds::positions(&seeded.names, &found.groups, &groups);
    let k = groups.iter().flatten().max().map_or(0, |last| last + 1);
    let centroids = reduce::centroids(averaged.view(), &groups, k);
    let mut assignment = outliers::assignment(averaged.view(), groups, centroids.view());
    // The map is drawn by one thread; the refits leave it one.
    let (refits, map) = rayon::join(
        || refits(&averaged, &classifier, &assignment, k, settings),
        || map::map(&assignment.nearest, centroids.view(), &neighbours, settings.seed),
    );
    let mut themes = describe::describe(matrix, rows, averaged.view(), &assignment, &centroids);
    seeds::name(&mut themes, &named);
    for (theme, survival) in themes.iter_mut().zip(&refits.survival) {
        theme.survival = Some(*survival);
    }
    let quality = quality::quality(averaged.view(), &assignment, &themes);
    outliers::more_exactly(&mut assignment, found.probability.as_deref());
    Ok(Themes {
        notices: [notices::notices(k, &found.count, settings), seeded.notices].concat(),
        themes,
        assignment,
        likeness: likeness.of,
        least_likeness: likeness.least,
        map,
        count: found.count,
        refits: refits.themes,
        dimensions: rows.ncols(),
        quality,
        parents: parents::parents(&centroids),
    })
}

/// Papers that take part in the grouping: all that have terms and are no strangers.
fn grouped(matrix: &TermMatrix, likeness: &Likeness) -> Vec<usize> {
    (0..matrix.n_papers()).filter(|&paper| !matrix.row(paper).0.is_empty() && !likeness.is_stranger(paper)).collect()
}

fn check(settings: &ThemeSettings, papers: usize) -> Result<(), ThemesError> {
    settings.check()?;
    match settings.themes {
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

/// Rounds of placing papers by their words: for the themes, and for a refit.
const PLACED: (usize, usize) = (5, 1);

/// The groups of k-means, which the embedding alone has made, with the last word for the papers' own words. The other algorithms
/// are left as they are: their groups are what they say they are.
fn by_words(classifier: &Classifier<'_>, found: Clusters, algorithm: Algorithm) -> Clusters {
    match algorithm {
        Algorithm::KMeans => {
            let groups = classifier.placed(found.groups, found.count.k, PLACED.0);
            Clusters { groups, ..found }
        }
        _ => found,
    }
}

/// Refits over the papers that are in themes; the others are in none of them.
fn refits(
    averaged: &Array2<f32>,
    classifier: &Classifier<'_>,
    assignment: &Assignment,
    k: usize,
    settings: &ThemeSettings,
) -> Refits {
    let papers: Vec<usize> = (0..averaged.nrows()).filter(|&paper| assignment.theme[paper].is_some()).collect();
    let groups: Vec<usize> = assignment.theme.iter().copied().flatten().collect();
    let spread = |themes: Vec<Option<usize>>| {
        let mut all = vec![None; averaged.nrows()];
        papers.iter().zip(themes).for_each(|(&paper, theme)| all[paper] = theme);
        all
    };
    let place = |groups: Vec<usize>| {
        let all = spread(groups.into_iter().map(Some).collect());
        classifier.placed(all, k, PLACED.1).into_iter().flatten().collect()
    };
    let drawn = (settings.refits, settings.seed);
    let found = survival::refits(&averaged.select(Axis(0), &papers), &groups, k, drawn, place);
    Refits { survival: found.survival, themes: found.themes.into_iter().map(spread).collect() }
}
