//! Themes and texts to coherence: whether the words of a theme occur together in papers (NPMI) and in windows (`c_v`).
//!
//! Measured on the ten words that a theme is known by, as people read them, over the texts themselves, so that it can be
//! compared with any other tool's. Changes no theme.

mod occurrences;
mod top_words;
mod words;

use model::{Coherence, Documents, TermMatrix, ThemeCoherence, Themes};
use occurrences::{Occurrences, Tally, count, pair};
use rustc_hash::FxHashSet;
use top_words::{candidates, of_kept, standing_together};

/// Keeps the logarithm of a pair that is never seen together finite, in `c_v` only.
const EPSILON: f64 = 1e-12;

/// Coherence of all themes over the papers that they were found in. `documents` and `matrix` have the same papers.
#[must_use]
pub fn coherence(documents: &Documents<'_>, matrix: &TermMatrix, themes: &Themes) -> Coherence {
    let candidates = candidates(matrix, &themes.assignment.theme, themes.themes.len());
    let (all, occurrences) = count(documents, &candidates);
    let chosen = candidates.into_iter().zip(&occurrences).map(|(words, found)| {
        let kept = standing_together(found, all.papers);
        (kept.iter().map(|&at| words[at].clone()).collect(), of_kept(found, &kept))
    });
    measured(all, chosen)
}

/// Coherence of given words.
#[cfg(test)]
pub(crate) fn of_words(documents: &Documents<'_>, words: Vec<Vec<String>>) -> Coherence {
    let (all, occurrences) = count(documents, &words);
    measured(all, words.into_iter().zip(occurrences))
}

fn measured(all: Tally, themes: impl Iterator<Item = (Vec<String>, Occurrences)>) -> Coherence {
    let themes: Vec<ThemeCoherence> = themes
        .map(|(words, o)| ThemeCoherence { words, npmi: npmi(&o, all.papers), c_v: c_v(&o, all.windows) })
        .collect();
    Coherence {
        npmi: of_themes(themes.iter().filter_map(|t| t.npmi)),
        c_v: of_themes(themes.iter().filter_map(|t| t.c_v)),
        diversity: diversity(&themes),
        themes,
    }
}

/// Mean of [`npmi_of`] over the pairs of words; `None` for fewer than two words.
fn npmi(occurrences: &Occurrences, papers: u64) -> Option<f64> {
    let m = occurrences.single.len();
    mean((1..m).flat_map(|b| (0..b).map(move |a| (a, b))).map(|words| npmi_of(occurrences, words, papers)))
}

/// `ln(p_ab / (p_a p_b)) / -ln p_ab` of two words, `a < b`, probabilities being shares of papers; -1 for a pair that is never in one
/// paper (Bouma 2009; Röder, Both and Hinneburg 2015).
fn npmi_of(occurrences: &Occurrences, (a, b): (usize, usize), papers: u64) -> f64 {
    let share = |tally: Tally| tally.papers as f64 / papers as f64;
    let both = share(occurrences.pairs[pair(a, b)]);
    if both <= 0.0 {
        -1.0
    } else if both >= 1.0 {
        1.0
    } else {
        (both / (share(occurrences.single[a]) * share(occurrences.single[b]))).ln() / -both.ln()
    }
}

/// `c_v` (Röder, Both and Hinneburg 2015): every word as the vector of its NPMI with all words of the theme, in boolean
/// sliding windows; the mean cosine of these vectors with their sum. `None` for fewer than two words.
fn c_v(occurrences: &Occurrences, windows: u64) -> Option<f64> {
    let m = occurrences.single.len();
    let share = |tally: Tally| tally.windows as f64 / windows as f64;
    let element = |a: usize, b: usize| {
        let (one, other) = (share(occurrences.single[a]), share(occurrences.single[b]));
        let both = if a == b { one } else { share(occurrences.pairs[pair(a.min(b), a.max(b))]) };
        let independent = one * other;
        if independent > 0.0 { ((both + EPSILON) / independent).ln() / -(both + EPSILON).ln() } else { 0.0 }
    };
    let vectors: Vec<Vec<f64>> = (0..m).map(|a| (0..m).map(|b| element(a, b)).collect()).collect();
    let sum: Vec<f64> = (0..m).map(|at| vectors.iter().map(|v| v[at]).sum()).collect();
    mean(vectors.iter().filter(|_| m > 1).map(|vector| cosine(vector, &sum)))
}

/// 0 where a vector has no length: a word that is in no window goes with no other.
fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    if lengths > 0.0 { dot(a, b) / lengths } else { 0.0 }
}

/// Distinct words over all words in the lists.
fn diversity(themes: &[ThemeCoherence]) -> Option<f64> {
    let all: Vec<&String> = themes.iter().flat_map(|t| &t.words).collect();
    let distinct: FxHashSet<&&String> = all.iter().collect();
    (!all.is_empty()).then(|| distinct.len() as f64 / all.len() as f64)
}

/// The mean, to the last bit the same in whatever order the themes stand.
fn of_themes(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    mean(values.into_iter())
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / count as f64)
}

#[cfg(test)]
mod tests {
    use super::of_themes;

    #[test]
    fn the_order_of_the_themes_does_not_move_the_last_bit() {
        let of = |values: [f64; 3]| of_themes(values.into_iter()).map(f64::to_bits);
        assert_eq!(of([0.1, 0.2, 0.3]), of([0.3, 0.2, 0.1]));
    }
}
