//! A finished grouping to measures of its quality: silhouette, NPMI coherence of terms, diversity, share left out.

use crate::terms::{class_counts, weighted};
use model::{Assignment, Quality, TermMatrix, Theme};
use ndarray::{ArrayView2, Axis};
use rand::{SeedableRng, seq::index};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Papers whose silhouette is measured; a larger corpus is sampled.
const SILHOUETTE_SAMPLE: usize = 2_000;
/// One-word terms a theme whose coherence and diversity are measured.
const TOP_TERMS: usize = 10;

/// Measures all themes. `rows`: the embedding that was clustered, shape (n, d), rows of L2 norm 1.
#[must_use]
pub fn quality(
    matrix: &TermMatrix,
    rows: ArrayView2<'_, f32>,
    assignment: &Assignment,
    themes: &[Theme],
    seed: u64,
) -> Quality {
    let counts = class_counts(matrix, &assignment.theme, themes.len());
    let top: Vec<Vec<u32>> = (0..themes.len())
        .map(|theme| {
            let words = weighted(&counts, theme).into_iter().map(|(term, _)| term);
            words.filter(|&t| matrix.vocabulary.words[t as usize] == 1).take(TOP_TERMS).collect()
        })
        .collect();
    let left_out = assignment.theme.iter().filter(|t| t.is_none()).count();
    Quality {
        silhouette: silhouette(rows, &assignment.theme, themes.len(), seed),
        npmi: coherence(matrix, &top),
        diversity: diversity(&top),
        left_out: left_out as f64 / assignment.theme.len().max(1) as f64,
    }
}

/// Mean silhouette (Rousseeuw 1987) by cosine distance over papers in themes; `None` for fewer than two themes.
fn silhouette(rows: ArrayView2<'_, f32>, theme: &[Option<usize>], k: usize, seed: u64) -> Option<f64> {
    let mut papers: Vec<usize> = (0..theme.len()).filter(|&p| theme[p].is_some()).collect();
    if papers.len() > SILHOUETTE_SAMPLE {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut chosen = index::sample(&mut random, papers.len(), SILHOUETTE_SAMPLE).into_vec();
        chosen.sort_unstable();
        papers = chosen.into_iter().map(|at| papers[at]).collect();
    }
    let groups: Vec<usize> = papers.iter().filter_map(|&p| theme[p]).collect();
    let mut sizes = vec![0_usize; k];
    for &group in &groups {
        sizes[group] += 1;
    }
    if sizes.iter().filter(|s| **s > 0).count() < 2 {
        return None;
    }
    let sampled = rows.select(Axis(0), &papers);
    let each: Vec<f64> = (0..papers.len())
        .into_par_iter()
        .map(|paper| {
            let mut sums = vec![0.0_f64; k];
            for (cosine, &group) in sampled.dot(&sampled.row(paper)).iter().zip(&groups) {
                sums[group] += f64::from(1.0 - cosine);
            }
            one_silhouette(&sums, &sizes, groups[paper])
        })
        .collect();
    Some(each.iter().sum::<f64>() / each.len() as f64)
}

/// `(b - a) / max(a, b)` from sums of distances to every group; 0 for a paper alone in its group.
fn one_silhouette(sums: &[f64], sizes: &[usize], own: usize) -> f64 {
    if sizes[own] < 2 {
        return 0.0;
    }
    let a = sums[own] / (sizes[own] - 1) as f64;
    let others = (0..sums.len()).filter(|&g| g != own && sizes[g] > 0).map(|g| sums[g] / sizes[g] as f64);
    let b = others.fold(f64::INFINITY, f64::min);
    if a.max(b) > 0.0 { (b - a) / a.max(b) } else { 0.0 }
}

/// Mean over themes of the mean NPMI over pairs of their top terms, by co-occurrence in papers; a pair that never occurs
/// together scores -1 (Bouma 2009; Roeder, Both and Hinneburg 2015).
fn coherence(matrix: &TermMatrix, top: &[Vec<u32>]) -> Option<f64> {
    let wanted: FxHashSet<u32> = top.iter().flatten().copied().collect();
    let mut papers: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for paper in 0..matrix.n_papers() {
        for &term in matrix.row(paper).0.iter().filter(|t| wanted.contains(t)) {
            papers.entry(term).or_default().push(paper as u32);
        }
    }
    let n = matrix.n_papers() as f64;
    let of_theme = |terms: &Vec<u32>| {
        let pairs = (1..terms.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        let scores: Vec<f64> = pairs.map(|(a, b)| npmi(&papers[&terms[a]], &papers[&terms[b]], n)).collect();
        (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
    };
    mean(top.iter().filter_map(of_theme))
}

fn npmi(a: &[u32], b: &[u32], n: f64) -> f64 {
    let both = a.iter().filter(|paper| b.binary_search(paper).is_ok()).count() as f64 / n;
    if both <= 0.0 {
        return -1.0;
    }
    if both >= 1.0 {
        return 1.0;
    }
    (both / (a.len() as f64 / n * (b.len() as f64 / n))).ln() / -both.ln()
}

fn diversity(top: &[Vec<u32>]) -> Option<f64> {
    let all = top.iter().map(Vec::len).sum::<usize>();
    let distinct: FxHashSet<u32> = top.iter().flatten().copied().collect();
    (all > 0).then(|| distinct.len() as f64 / all as f64)
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let values: Vec<f64> = values.collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}
