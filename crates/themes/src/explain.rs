//! One paper to why it is in its theme, or in none: the terms it shares with the two nearest themes, and the papers most
//! like it. Decides nothing: the assignment has been made.

use crate::outliers::cosine;
use crate::terms::{class_counts, weighted};
use model::{Explanation, LikePaper, SharedTerm, SharedWithTheme, TermMatrix, Themes};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Terms shown a theme, and papers shown.
const TERMS: usize = 8;
const PAPERS: usize = 5;

/// Explains where `paper` (a row of `matrix`) is.
#[must_use]
pub fn explain(matrix: &TermMatrix, themes: &Themes, paper: usize) -> Explanation {
    let assignment = &themes.assignment;
    let counts = class_counts(matrix, &assignment.theme, themes.themes.len());
    let shared = |theme: usize| shared(matrix, paper, theme, &weighted(&counts, theme));
    Explanation {
        paper,
        nearest: assignment.nearest[paper].map(shared),
        next: assignment.next[paper].map(shared),
        like: like(matrix, paper),
        left_out_because: assignment.theme[paper].is_none().then(|| why_left_out(matrix, themes, paper)),
    }
}

/// What the paper's terms and the theme's have in common. `weights`: c-TF-IDF of the theme's terms.
fn shared(matrix: &TermMatrix, paper: usize, theme: usize, weights: &[(u32, f64)]) -> SharedWithTheme {
    let weight_of: FxHashMap<u32, f64> = weights.iter().copied().collect();
    let (columns, in_paper) = matrix.row(paper);
    let mut terms: Vec<(u32, f64, f64)> = columns
        .iter()
        .zip(in_paper)
        .filter_map(|(term, weight)| Some((*term, f64::from(*weight), *weight_of.get(term)?)))
        .collect();
    terms.sort_by(|a, b| (b.1 * b.2).total_cmp(&(a.1 * a.2)).then(a.0.cmp(&b.0)));
    let sum: f64 = terms.iter().map(|(_, a, b)| a * b).sum();
    let shown = terms.iter().take(TERMS).map(|&(term, in_paper, in_theme)| SharedTerm {
        display: matrix.vocabulary.display[term as usize].clone(),
        in_paper,
        in_theme,
        part: in_paper * in_theme / sum,
    });
    SharedWithTheme { theme, terms: shown.collect(), shared: terms.len(), of: columns.len() }
}

/// The papers with the largest TF-IDF cosine, ties by row; none that shares nothing.
fn like(matrix: &TermMatrix, paper: usize) -> Vec<LikePaper> {
    let mut all: Vec<LikePaper> = (0..matrix.n_papers())
        .into_par_iter()
        .filter(|&other| other != paper)
        .map(|other| LikePaper { paper: other, cosine: cosine(matrix, paper, other) })
        .filter(|like| like.cosine > 0.0)
        .collect();
    all.sort_by(|a, b| b.cosine.total_cmp(&a.cosine).then(a.paper.cmp(&b.paper)));
    all.truncate(PAPERS);
    all
}

fn why_left_out(matrix: &TermMatrix, themes: &Themes, paper: usize) -> String {
    if matrix.row(paper).0.is_empty() {
        return "none of its words is among the terms of the corpus".to_owned();
    }
    match (themes.likeness.get(paper), themes.least_likeness) {
        (Some(own), Some(least)) if *own < least => format!(
            "it shares little with even its nearest papers: mean cosine of their words {own:.3}, and below {least:.3} a \
             paper of this corpus counts as a stranger"
        ),
        _ => "there are no themes for it to be in".to_owned(),
    }
}
