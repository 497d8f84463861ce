//! Papers to strangers, who have little to share even with their nearest neighbours, and groups of papers to an assignment.
//!
//! What papers share is measured in the terms themselves, because the embedding keeps only what many papers share: in it a
//! stranger lies as near to its neighbours as anybody.

use crate::cluster::Memberships;
use crate::dense::product;
use crate::neighbours::Neighbours;
use model::{Assignment, Membership, TermMatrix};
use ndarray::ArrayView2;
use rayon::prelude::*;

/// A paper is a stranger from this many robust deviations under the median on.
const DEVIATIONS: f64 = 2.0;
/// Least deviation of the logarithm that is taken for real: in a corpus of look-alikes nobody is a stranger.
const LEAST_DEVIATION: f64 = 0.2;
/// Below this number of papers nothing can be called unusual.
const FEWEST_PAPERS: usize = 30;

/// How much papers share with their nearest neighbours. Default: nobody is a stranger.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Likeness {
    /// Mean TF-IDF cosine with the nearest neighbours, an entry a paper; empty where it was not looked at.
    pub of: Vec<f64>,
    /// Papers below are strangers.
    pub least: Option<f64>,
}

impl Likeness {
    #[must_use]
    pub fn is_stranger(&self, paper: usize) -> bool {
        self.of.get(paper).zip(self.least).is_some_and(|(own, least)| *own < least)
    }
}

/// Measures all papers. A paper is a stranger where the logarithm of its mean TF-IDF cosine with its nearest neighbours lies
/// far below the median, by the median absolute deviation (Hampel 1974). Papers without terms are.
#[must_use]
pub fn likeness(matrix: &TermMatrix, neighbours: &Neighbours) -> Likeness {
    let n = matrix.n_papers();
    let m = neighbours.m;
    if n < FEWEST_PAPERS || m == 0 {
        return Likeness::default();
    }
    let of: Vec<f64> = (0..n)
        .into_par_iter()
        .map_init(
            || vec![0.0_f32; matrix.n_terms()],
            |own, paper| {
                let (terms, weights) = matrix.row(paper);
                terms.iter().zip(weights).for_each(|(&term, &weight)| own[term as usize] = weight);
                let near = &neighbours.papers[paper * m..(paper + 1) * m];
                let of = near.iter().map(|&other| cosine_with(own, matrix, other as usize)).sum::<f64>() / m as f64;
                for &term in terms {
                    own[term as usize] = 0.0;
                }
                of
            },
        )
        .collect();
    let logs: Vec<f64> = of.iter().map(|mean| mean.max(1e-6).ln()).collect();
    let median = median(logs.clone());
    // 1.4826 makes the median absolute deviation of a normal distribution its standard deviation.
    let deviation = 1.4826 * self::median(logs.iter().map(|x| (x - median).abs()).collect());
    Likeness { of, least: Some((median - DEVIATIONS * deviation.max(LEAST_DEVIATION)).exp()) }
}

/// Product of a TF-IDF row, an entry a term, and that of a paper.
fn cosine_with(row: &[f32], matrix: &TermMatrix, paper: usize) -> f64 {
    let (terms, weights) = matrix.row(paper);
    terms.iter().zip(weights).map(|(&term, &weight)| f64::from(row[term as usize]) * f64::from(weight)).sum()
}

/// Product of two TF-IDF rows.
pub(crate) fn cosine(matrix: &TermMatrix, a: usize, b: usize) -> f64 {
    let ((a_terms, a_weights), (b_terms, b_weights)) = (matrix.row(a), matrix.row(b));
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a_terms.len() && j < b_terms.len() {
        match a_terms[i].cmp(&b_terms[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += f64::from(a_weights[i]) * f64::from(b_weights[j]);
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// Theme, nearest and next nearest theme, and strength of every paper. `groups`: position of each paper's theme, `None` for strangers;
/// `rows`: shape (n, d); `centroids`: shape (k, d); rows of L2 norm 1.
#[must_use]
pub fn assignment(rows: ArrayView2<'_, f32>, groups: Vec<Option<usize>>, centroids: ArrayView2<'_, f32>) -> Assignment {
    let cosines = product(rows, centroids.t().as_standard_layout().view());
    let placed: Vec<(Option<usize>, Option<usize>, f32)> = groups
        .par_iter()
        .enumerate()
        .map(|(paper, group)| {
            let cosines = cosines.row(paper).to_vec();
            let nearest = group.or_else(|| largest(&cosines, None));
            (nearest, largest(&cosines, nearest), strength(&cosines, nearest))
        })
        .collect();
    Assignment {
        theme: groups,
        nearest: placed.iter().map(|p| p.0).collect(),
        next: placed.iter().map(|p| p.1).collect(),
        strength: placed.iter().map(|p| p.2).collect(),
        memberships: Vec::new(),
    }
}

/// Adds the probabilities of themes where there are any, and puts that of its own theme in place of every paper's strength.
/// `groups`: the group of every paper before they were numbered as themes, by which `of_groups` knows them.
pub fn more_exactly(assignment: &mut Assignment, groups: &[Option<usize>], of_groups: &[Memberships]) {
    let mut theme_of = vec![None; groups.iter().flatten().max().map_or(0, |last| last + 1)];
    for (group, theme) in groups.iter().zip(&assignment.theme) {
        if let Some(group) = *group {
            theme_of[group] = *theme;
        }
    }
    for (paper, of) in of_groups.iter().enumerate() {
        for &(group, probability) in of {
            // A group without papers is no theme.
            let Some(theme) = theme_of.get(group).copied().flatten() else { continue };
            if assignment.theme[paper] == Some(theme) {
                assignment.strength[paper] = probability;
            }
            assignment.memberships.push(Membership { paper, theme, probability });
        }
    }
}

/// Position of the largest value but one that does not count, the first of equals; `None` where there is none.
fn largest(values: &[f32], but: Option<usize>) -> Option<usize> {
    (0..values.len()).filter(|at| Some(*at) != but).reduce(|best, at| if values[at] > values[best] { at } else { best })
}

/// `1 - a / b`, a and b the distances (1 - cosine) to the own and the nearest other centroid; 0 where nothing is known.
fn strength(cosines: &[f32], group: Option<usize>) -> f32 {
    let Some(group) = group else { return 0.0 };
    let own = (1.0 - cosines[group]).max(0.0);
    let others = cosines.iter().enumerate().filter(|(at, _)| *at != group).map(|(_, c)| 1.0 - c);
    let other = others.fold(f32::INFINITY, f32::min);
    if other.is_infinite() {
        (1.0 - own).clamp(0.0, 1.0)
    } else if other > 0.0 {
        (1.0 - own / other).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

/// Median of at least one value.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len().is_multiple_of(2) { f64::midpoint(values[middle - 1], values[middle]) } else { values[middle] }
}
