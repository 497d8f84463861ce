//! An assignment to described themes: ordered by size, with terms, names, representative and border papers, and colours.

use crate::colours::colour;
use crate::names::names;
use crate::terms::{best_terms, class_counts, shown};
use model::{Assignment, BorderPaper, TermMatrix, Theme, ThemeId};
use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;

/// Papers shown a theme.
const REPRESENTATIVES: usize = 5;
const BORDER_PAPERS: usize = 3;
/// A border paper's strength is below this.
const BORDER_STRENGTH: f32 = 0.25;
/// How much likeness to the centroid counts against unlikeness to the papers already chosen (MMR, Carbonell and Goldstein 1998).
const LIKENESS: f32 = 0.7;

/// Describes all themes. `rows`: the embedding before averaging, shape (n, d), rows of L2 norm 1; `centroids`: shape (k, d).
#[must_use]
pub fn describe(
    matrix: &TermMatrix,
    rows: ArrayView2<'_, f32>,
    averaged: ArrayView2<'_, f32>,
    assignment: &Assignment,
    centroids: &Array2<f32>,
) -> Vec<Theme> {
    let k = centroids.nrows();
    let counts = class_counts(matrix, &assignment.theme, k);
    let names = names(matrix, &counts);
    names
        .into_par_iter()
        .enumerate()
        .map(|(position, name)| Theme {
            id: ThemeId(position as u32 + 1),
            name,
            terms: best_terms(matrix, &shown(&counts, position)),
            representative: representative(rows, &assignment.theme, position, centroids),
            border: border(averaged, assignment, position, centroids),
            size: counts.sizes[position],
            centroid: centroids.row(position).to_vec(),
            survival: None,
            colour: colour(position),
        })
        .collect()
}

/// The groups renumbered by size, largest first, ties by the smallest paper, without gaps.
#[must_use]
pub fn by_size(groups: &[Option<usize>], k: usize) -> Vec<Option<usize>> {
    let mut sizes = vec![0_usize; k];
    let mut first = vec![usize::MAX; k];
    for (paper, group) in groups.iter().enumerate() {
        if let Some(group) = *group {
            sizes[group] += 1;
            first[group] = first[group].min(paper);
        }
    }
    let mut order: Vec<usize> = (0..k).filter(|&g| sizes[g] > 0).collect();
    order.sort_by_key(|&g| (std::cmp::Reverse(sizes[g]), first[g]));
    let mut position = vec![None; k];
    for (at, &group) in order.iter().enumerate() {
        position[group] = Some(at);
    }
    groups.iter().map(|group| group.and_then(|g| position[g])).collect()
}

/// Papers near the centroid and unlike each other, best first.
fn representative(
    rows: ArrayView2<'_, f32>,
    theme: &[Option<usize>],
    position: usize,
    centroids: &Array2<f32>,
) -> Vec<usize> {
    let near = |paper: usize| rows.row(paper).dot(&centroids.row(position));
    let mut pool: Vec<(usize, f32)> =
        (0..theme.len()).filter(|&p| theme[p] == Some(position)).map(|p| (p, near(p))).collect();
    pool.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    pool.truncate(10 * REPRESENTATIVES);
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < REPRESENTATIVES && !pool.is_empty() {
        let gain = |&(paper, near): &(usize, f32)| {
            let like = chosen.iter().map(|&c| rows.row(paper).dot(&rows.row(c))).fold(0.0, f32::max);
            LIKENESS * near - (1.0 - LIKENESS) * like
        };
        let best = (0..pool.len()).fold(0, |best, at| if gain(&pool[at]) > gain(&pool[best]) { at } else { best });
        chosen.push(pool.remove(best).0);
    }
    chosen
}

/// The papers of a theme that are nearest to another theme, most divided first.
fn border(
    rows: ArrayView2<'_, f32>,
    assignment: &Assignment,
    position: usize,
    centroids: &Array2<f32>,
) -> Vec<BorderPaper> {
    let mut papers: Vec<usize> = (0..assignment.theme.len())
        .filter(|&p| assignment.theme[p] == Some(position) && assignment.strength[p] < BORDER_STRENGTH)
        .collect();
    papers.sort_by(|&a, &b| assignment.strength[a].total_cmp(&assignment.strength[b]).then(a.cmp(&b)));
    papers.truncate(BORDER_PAPERS);
    papers
        .into_iter()
        .filter_map(|paper| Some(BorderPaper { paper, other: other(rows, paper, position, centroids)? }))
        .collect()
}

/// The nearest theme but the paper's own.
fn other(rows: ArrayView2<'_, f32>, paper: usize, own: usize, centroids: &Array2<f32>) -> Option<usize> {
    let cosine = |theme: usize| rows.row(paper).dot(&centroids.row(theme));
    (0..centroids.nrows()).filter(|&t| t != own).max_by(|&a, &b| cosine(a).total_cmp(&cosine(b)).then(b.cmp(&a)))
}
