//! Themes to their terms: class-based TF-IDF (Grootendorst 2022) over a theme's papers as one document, without repetition.
//!
//! `tf(t, theme) * ln(1 + A / f(t))`: tf is the share of the theme's term occurrences, f the occurrences in all themes, A the
//! mean number of occurrences a theme.

use model::{TermMatrix, ThemeTerm, Vocabulary};
use rayon::prelude::*;
use std::collections::HashMap;

/// Terms kept a theme.
const KEPT: usize = 15;
/// Terms that they are chosen from.
const LOOKED_AT: usize = 80;
/// How much a term's weight counts against what it shares with terms that were taken.
const WEIGHT: f64 = 0.7;

/// Occurrences of every term in every theme.
#[derive(Debug)]
pub struct ClassCounts {
    /// Papers of the theme that contain the term: `papers[theme]` is sorted by term.
    pub papers: Vec<Vec<(u32, u32)>>,
    /// Occurrences, in the same places.
    pub occurrences: Vec<Vec<u32>>,
    /// Share of the occurrences that are not inside a longer term of the theme, in [0, 1], in the same places.
    pub alone: Vec<Vec<f64>>,
    /// Papers and occurrences over all themes, a term.
    pub papers_in_all: Vec<u32>,
    pub occurrences_in_all: Vec<u64>,
    pub sizes: Vec<usize>,
}

/// Counts the terms that may be shown by theme. `theme`: position of each paper's theme.
#[must_use]
pub fn class_counts(matrix: &TermMatrix, theme: &[Option<usize>], k: usize) -> ClassCounts {
    let mut rows: Vec<Vec<(u32, u32)>> = vec![Vec::new(); k];
    let mut sizes = vec![0; k];
    let mut papers_in_all = vec![0; matrix.n_terms()];
    let mut occurrences_in_all = vec![0; matrix.n_terms()];
    for (paper, theme) in theme.iter().enumerate() {
        let Some(theme) = *theme else { continue };
        sizes[theme] += 1;
        for at in matrix.offsets[paper]..matrix.offsets[paper + 1] {
            let (term, count) = (matrix.columns[at], matrix.counts[at]);
            if !matrix.speaks(term) {
                continue;
            }
            rows[theme].push((term, count));
            papers_in_all[term as usize] += 1;
            occurrences_in_all[term as usize] += u64::from(count);
        }
    }
    let counted = |mut row: Vec<(u32, u32)>| {
        row.sort_unstable();
        let groups: Vec<&[(u32, u32)]> = row.chunk_by(|a, b| a.0 == b.0).collect();
        let papers: Vec<(u32, u32)> = groups.iter().map(|g| (g[0].0, g.len() as u32)).collect();
        let occurrences: Vec<u32> = groups.iter().map(|g| g.iter().map(|(_, c)| c).sum()).collect();
        let alone = alone(&matrix.vocabulary, &papers, &occurrences);
        (papers, (occurrences, alone))
    };
    let (papers, (occurrences, alone)) = rows.into_par_iter().map(counted).unzip();
    ClassCounts { papers, occurrences, alone, papers_in_all, occurrences_in_all, sizes }
}

impl ClassCounts {
    /// Place of a term of the theme in its lists.
    #[must_use]
    pub fn place(&self, theme: usize, term: u32) -> Option<usize> {
        self.papers[theme].binary_search_by_key(&term, |&(other, _)| other).ok()
    }

    /// Share of a term's occurrences in the theme that are not inside a longer term, in [0, 1]; 0 for a term that it does not have.
    #[must_use]
    pub fn alone(&self, theme: usize, term: u32) -> f64 {
        self.place(theme, term).map_or(0.0, |place| self.alone[theme][place])
    }
}

/// c-TF-IDF of every term of a theme, best first (ties by term).
#[must_use]
pub fn weighted(counts: &ClassCounts, theme: usize) -> Vec<(u32, f64)> {
    let k = counts.sizes.len().max(1) as f64;
    let mean = counts.occurrences_in_all.iter().sum::<u64>() as f64 / k;
    let total: f64 = counts.occurrences[theme].iter().map(|c| f64::from(*c)).sum();
    let mut out: Vec<(u32, f64)> = counts.papers[theme]
        .iter()
        .zip(&counts.occurrences[theme])
        .filter(|((_, papers), _)| *papers > 1 || counts.sizes[theme] < 4)
        .map(|(&(term, _), &count)| {
            let everywhere = counts.occurrences_in_all[term as usize] as f64;
            (term, f64::from(count) / total.max(1.0) * (1.0 + mean / everywhere).ln())
        })
        .collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}

/// c-TF-IDF of the terms that a theme is shown with, best first (ties by term): a word counts only where it stands by itself
/// and not inside a longer term of the theme, so that "message passing" is not followed by "message" and "passing".
///
/// Occurrences inside longer terms are taken off as in the C-value (Frantzi, Ananiadou and Mima 2000).
#[must_use]
pub fn shown(counts: &ClassCounts, theme: usize) -> Vec<(u32, f64)> {
    let mut out = weighted(counts, theme);
    for (term, weight) in &mut out {
        *weight *= counts.alone(theme, *term);
    }
    out.retain(|(_, weight)| *weight > 0.0);
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}

/// Share of each term's occurrences that are not inside a longer term, in the places of `papers`, which is sorted by term.
fn alone(vocabulary: &Vocabulary, papers: &[(u32, u32)], occurrences: &[u32]) -> Vec<f64> {
    let name = |place: usize| vocabulary.terms[papers[place].0 as usize].as_str();
    let mut longest_first: Vec<usize> = (0..papers.len()).collect();
    longest_first.sort_by_key(|&place| std::cmp::Reverse(vocabulary.words[papers[place].0 as usize]));
    let mut inside: HashMap<&str, f64> = HashMap::new();
    let mut shares = vec![0.0; papers.len()];
    for place in longest_first {
        let count = f64::from(occurrences[place]);
        let own = (count - inside.get(name(place)).copied().unwrap_or(0.0)).max(0.0);
        shares[place] = own / count.max(1.0);
        for part in parts(name(place)) {
            *inside.entry(part).or_default() += own;
        }
    }
    shares
}

/// The shorter terms that stand in a term, each once.
fn parts(term: &str) -> Vec<&str> {
    let starts: Vec<usize> = std::iter::once(0).chain(term.match_indices(' ').map(|(at, _)| at + 1)).collect();
    let ends: Vec<usize> = term.match_indices(' ').map(|(at, _)| at).chain(std::iter::once(term.len())).collect();
    let all = starts.iter().enumerate().flat_map(|(i, &start)| ends[i..].iter().map(move |&end| &term[start..end]));
    let mut parts: Vec<&str> = all.filter(|part| part.len() < term.len()).collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// The best terms of a theme that differ from each other (MMR, Carbonell and Goldstein 1998): again and again the one whose weight,
/// less what it shares with those that were taken, is largest. What is shared counts in the term's own weight, or among light terms the
/// general ones would win. A term whose stems all stand in one that was taken, or that only adds words to one, is dropped.
#[must_use]
pub fn best_terms(matrix: &TermMatrix, ranked: &[(u32, f64)]) -> Vec<ThemeTerm> {
    let vocabulary = &matrix.vocabulary;
    // Each with the largest share of stems that it has in common with one that was taken.
    let mut pool: Vec<(u32, f64, f64)> =
        ranked.iter().take(LOOKED_AT).map(|&(term, weight)| (term, weight, 0.0)).collect();
    let gain = |&(_, weight, shared): &(u32, f64, f64)| weight * (WEIGHT - (1.0 - WEIGHT) * shared);
    let mut kept: Vec<ThemeTerm> = Vec::new();
    while kept.len() < KEPT && !pool.is_empty() {
        let best = (0..pool.len()).fold(0, |best, at| if gain(&pool[at]) > gain(&pool[best]) { at } else { best });
        let (term, weight, _) = pool.remove(best);
        kept.push(ThemeTerm { display: vocabulary.display[term as usize].clone(), term, weight: weight as f32 });
        for (other, _, shared) in &mut pool {
            *shared = shared.max(in_common(&vocabulary.terms[term as usize], &vocabulary.terms[*other as usize]));
        }
        pool.retain(|(.., shared)| *shared < 1.0);
    }
    kept
}

/// Share of the stems of the shorter term that stand in the longer one.
fn in_common(a: &str, b: &str) -> f64 {
    let stems = |term: &str| term.split(' ').count();
    let (short, long) = if stems(a) <= stems(b) { (a, b) } else { (b, a) };
    let shared = short.split(' ').filter(|stem| long.split(' ').any(|other| other == *stem)).count();
    shared as f64 / stems(short) as f64
}

#[cfg(test)]
mod tests {
    use super::{best_terms, in_common};
    use model::{TermMatrix, Vocabulary};

    #[test]
    fn terms_repeat_nothing_and_share_little() {
        let terms = ["image gener", "imag", "video gener", "pixel", "larg video gener"].map(str::to_owned).to_vec();
        let vocabulary = Vocabulary { display: terms.clone(), terms, ..Vocabulary::default() };
        let matrix = TermMatrix { vocabulary, ..TermMatrix::default() };
        let best = best_terms(&matrix, &[(0, 1.0), (1, 0.9), (2, 0.8), (3, 0.7), (4, 0.6)]);
        // Half of "video gener" is known: .8 * (.7 - .3 * .5) is less than .7 * .7. Of its longer form nothing is new then.
        assert_eq!(best.iter().map(|term| term.term).collect::<Vec<_>>(), [0, 1, 3, 2]);
        assert!((in_common("graph neural network", "neural network") - 1.0).abs() < f64::EPSILON);
        assert!((in_common("image gener", "video gener") - 0.5).abs() < f64::EPSILON);
        assert!(in_common("pixel", "video gener").abs() < f64::EPSILON);
    }
}
