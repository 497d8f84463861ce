//! A papers-by-terms matrix to themes: reduce, average over neighbours, cluster, choose, describe, measure.
//!
//! The only crate that names linfa. Knows nothing of dates, titles or files; every result is the same at any thread count.

pub mod agreement;
mod choose;
pub mod cluster;
mod coherence;
mod colours;
mod continued;
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
mod reorder;
mod sample;
mod seeds;
mod settings;
mod sparse;
mod survival;
mod terms;

pub use cluster::density::Density;
pub use coherence::coherence;
pub use continued::continued;
pub use explain::explain;
pub use matching::matching;
pub use seeds::Seed;
pub use settings::{Algorithm, Linkage, Outliers, ThemeSettings, ThemesError};

use cluster::Clusters;
use model::{Assignment, Embedding, Quality, TermMatrix, Themes};
use naive_bayes::Classifier;
use ndarray::{Array2, Axis};
use neighbours::Neighbours;
use outliers::Likeness;
use rayon::prelude::*;
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
    check(settings, different, seeds)?;
    let prepared = embedded(matrix, different, settings);
    let Prepared { neighbours, averaged, .. } = &prepared;
    let classifier = Classifier::new(Sparse::of(matrix), neighbours);
    let Described { mut themes, centroids, parts } = described(matrix, &prepared, &classifier, seeds, settings)?;
    // The map is drawn by one thread; the refits leave it one.
    let (refits, map) = rayon::join(
        || refits(averaged, &classifier, &themes.assignment, (centroids.nrows(), parts), settings),
        || map::map(&themes.assignment.nearest, centroids.view(), neighbours, settings.seed),
    );
    for (theme, survival) in themes.themes.iter_mut().zip(&refits.survival) {
        theme.survival = Some(*survival);
    }
    let quality = quality::quality(averaged.view(), &themes.assignment, &themes.themes);
    Ok(Themes { quality, map, refits: refits.themes, ..themes })
}

/// What themes are looked for in: the same for all settings that agree on dimensions, neighbours, averaging and seed.
#[derive(Debug)]
pub struct Prepared {
    /// Papers with terms, papers with the same terms counted once.
    different: usize,
    embedding: Embedding,
    neighbours: Neighbours,
    /// The embedding averaged over neighbours, shape (n, d).
    averaged: Array2<f32>,
}

/// Embeds all papers, for [`find_prepared`].
#[must_use]
pub fn prepare(matrix: &TermMatrix, settings: &ThemeSettings) -> Prepared {
    embedded(matrix, different(matrix), settings)
}

/// The themes that [`find_seeded`] finds, without refits and map: what a comparison of settings needs. `prepared` was made from
/// the same matrix by settings that agree on what [`Prepared`] depends on.
///
/// # Errors
/// As [`find_seeded`].
pub fn find_prepared(
    matrix: &TermMatrix,
    prepared: &Prepared,
    seeds: &[Seed],
    settings: &ThemeSettings,
) -> Result<Themes, ThemesError> {
    check(settings, prepared.different, seeds)?;
    let classifier = Classifier::new(Sparse::of(matrix), &prepared.neighbours);
    let Described { themes, .. } = described(matrix, prepared, &classifier, seeds, settings)?;
    let quality = quality::quality(prepared.averaged.view(), &themes.assignment, &themes.themes);
    Ok(Themes { quality, ..themes })
}

fn embedded(matrix: &TermMatrix, different: usize, settings: &ThemeSettings) -> Prepared {
    let embedding = reduce::reduce(matrix, settings.max_dimensions, settings.seed);
    let rows = embedding.rows.view();
    let neighbours = neighbours::neighbours(rows, settings.near(matrix.n_papers()), settings.seed);
    let averaged = neighbours::averaged(rows, &neighbours, settings.averaging_rounds);
    Prepared { different, embedding, neighbours, averaged }
}

/// Themes with names, terms and papers, without refits, map and quality.
struct Described {
    themes: Themes,
    /// Shape (k, d).
    centroids: Array2<f32>,
    /// Themes before they were merged to the level that was asked for.
    parts: Option<usize>,
}

fn described(
    matrix: &TermMatrix,
    prepared: &Prepared,
    classifier: &Classifier<'_>,
    seeds: &[Seed],
    settings: &ThemeSettings,
) -> Result<Described, ThemesError> {
    let Prepared { different, embedding, neighbours, averaged } = prepared;
    let likeness = match settings.outliers {
        Outliers::Keep => Likeness::default(),
        Outliers::Drop => outliers::likeness(matrix, neighbours),
    };
    let grouped = grouped(matrix, &likeness);
    let found = group::group(&embedding.rows, averaged, &grouped, *different, settings)?;
    let found = by_words(classifier, found, settings.algorithm);
    let parts = parents::number(&found.groups);
    let parts = settings.level.filter(|level| *level < parts).map(|_| parts);
    let found = parents::merged(averaged.view(), found, settings.level);
    let seeded = seeds::seeded(matrix, embedding, averaged, found, seeds);
    // Where no seed is there, nothing has moved.
    let found = if seeded.names.is_empty() {
        seeded.clusters
    } else {
        by_words(classifier, seeded.clusters, settings.algorithm)
    };
    let groups = describe::by_size(&found.groups, found.count.k);
    let named = seeds::positions(&seeded.names, &found.groups, &groups);
    let k = groups.iter().flatten().max().map_or(0, |last| last + 1);
    let centroids = reduce::centroids(averaged.view(), &groups, k);
    let mut assignment = outliers::assignment(averaged.view(), groups, centroids.view());
    let mut themes = describe::describe(matrix, embedding.rows.view(), averaged.view(), &assignment, &centroids);
    seeds::name(&mut themes, &named);
    outliers::more_exactly(&mut assignment, &found.groups, &found.memberships);
    let themes = Themes {
        notices: [notices::notices(k, &found.count, settings), seeded.notices].concat(),
        themes,
        assignment,
        likeness: likeness.of,
        least_likeness: likeness.least,
        map: Vec::new(),
        count: found.count,
        refits: Vec::new(),
        dimensions: embedding.rows.ncols(),
        quality: Quality::default(),
        parents: parents::parents(&centroids),
    };
    Ok(Described { themes, centroids, parts })
}

/// Papers that take part in the grouping: all that have terms and are no strangers.
fn grouped(matrix: &TermMatrix, likeness: &Likeness) -> Vec<usize> {
    (0..matrix.n_papers()).filter(|&paper| !matrix.row(paper).0.is_empty() && !likeness.is_stranger(paper)).collect()
}

fn check(settings: &ThemeSettings, papers: usize, seeds: &[Seed]) -> Result<(), ThemesError> {
    settings.check()?;
    if !seeds.is_empty() {
        settings.check_with_seeds()?;
    }
    match settings.themes {
        Some(asked) if asked > papers => Err(ThemesError::TooManyThemes { asked, papers }),
        _ => Ok(()),
    }
}

/// Number of papers with terms, papers with the same terms counted once.
fn different(matrix: &TermMatrix) -> usize {
    let mut rows: Vec<(&[u32], &[f32])> =
        (0..matrix.n_papers()).map(|paper| matrix.row(paper)).filter(|(columns, _)| !columns.is_empty()).collect();
    let weights = |a: &[f32], b: &[f32]| a.iter().map(|w| w.to_bits()).cmp(b.iter().map(|w| w.to_bits()));
    let order = |a: &(&[u32], &[f32]), b: &(&[u32], &[f32])| a.0.cmp(b.0).then_with(|| weights(a.1, b.1));
    rows.par_sort_unstable_by(order);
    rows.dedup_by(|a, b| order(a, b).is_eq());
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

/// Refits over the papers that are in themes; the others are in none of them. Of merged themes their parts are found again, and
/// merged in the same way.
fn refits(
    averaged: &Array2<f32>,
    classifier: &Classifier<'_>,
    assignment: &Assignment,
    (k, parts): (usize, Option<usize>),
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
        let all = classifier.placed(spread(groups.into_iter().map(Some).collect()), parts.unwrap_or(k), PLACED.1);
        parents::merged_groups(averaged.view(), all, parts.map(|_| k)).into_iter().flatten().collect()
    };
    let drawn = (settings.refits, settings.seed);
    let found = survival::refits(&averaged.select(Axis(0), &papers), &groups, (k, parts.unwrap_or(k)), drawn, place);
    Refits { survival: found.survival, themes: found.themes.into_iter().map(spread).collect() }
}
