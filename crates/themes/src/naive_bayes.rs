//! Groups of papers to groups in which every paper's own words place it best: classification EM (Celeux and Govaert 1992) with a
//! multinomial naive Bayes classifier on TF-IDF weights (Rennie et al. 2003).
//!
//! The embedding keeps what many papers share, and blurs the words that tell two neighbouring themes apart. A paper is placed by what
//! the others of each theme say: its own words are taken out of its theme first, because they would speak for staying there. A word
//! that all themes have alike moves no paper.

use crate::neighbours::Neighbours;
use crate::sparse::Sparse;
use ndarray::{Array1, Array2, Axis};
use rayon::prelude::*;
use wide::f32x8;

/// Weight of words that are spread evenly over the vocabulary and added to every theme, as a share of that of an average theme.
const EVEN: f32 = 0.7;
/// Papers in an average theme for which a paper's own words weigh as much as those of its neighbours; with more, a theme's words are
/// better known and the own ones weigh more.
const LEARNED: f32 = 30.0;
/// Papers in an average theme below which its words are chance, and nothing is placed by them.
const FEWEST: usize = 10;
/// The groups have settled where fewer papers than this move.
const SETTLED: f64 = 0.005;

/// Share of the own words from which on the neighbours are not asked: they would change next to nothing.
const ALONE: f32 = 0.95;

/// What the papers of every group say: logarithms, because they are what scores are made of.
#[derive(Debug)]
struct Learned {
    /// Logarithm of the weight of every term in every group, with its share of the even words, shape (`n_terms`, k).
    of_terms: Vec<f32>,
    /// Weight of all terms of each group, and its logarithm with all even words.
    totals: Array1<f32>,
    of_all: Array1<f32>,
    /// Weight of the even words, in all and for one term.
    even: f32,
    of_term: f32,
}

impl Learned {
    /// The sum of a paper's weights times the logarithms of its terms in its own group, its own weights taken out of them first.
    ///
    /// What is taken out is taken back from the logarithm, which is at hand: the sums are not.
    fn without_own(&self, columns: &[u32], weights: &[f32], group: usize) -> f32 {
        let k = self.totals.len();
        let least = f32x8::splat(self.of_term);
        let mut sum = f32x8::ZERO;
        for (columns, weights) in columns.chunks(LANES).zip(weights.chunks(LANES)) {
            // Lanes without a term have no weight.
            let (mut logarithms, mut own) = ([0.0; LANES], [0.0; LANES]);
            for (lane, (&column, &weight)) in columns.iter().zip(weights).enumerate() {
                (logarithms[lane], own[lane]) = (self.of_terms[column as usize * k + group], weight);
            }
            let own = f32x8::new(own);
            sum += own * (f32x8::new(logarithms).exp() - own).max(least).ln();
        }
        sum.reduce_add()
    }
}

/// Terms whose logarithms are worked out side by side.
const LANES: usize = 8;

/// What papers are placed by: their TF-IDF weights, and their neighbours.
#[derive(Debug)]
pub struct Classifier<'a> {
    weights: Sparse<'a>,
    /// The same weights, a row a term.
    by_term: Sparse<'static>,
    neighbours: &'a Neighbours,
}

impl<'a> Classifier<'a> {
    #[must_use]
    pub fn new(weights: Sparse<'a>, neighbours: &'a Neighbours) -> Self {
        Self { by_term: weights.transposed(), weights, neighbours }
    }

    /// Places the papers again, up to `rounds` times. `groups`: below k, `None` for papers that take no part and
    /// stay out. No group loses more than half of its papers: where one would, its papers stay.
    #[must_use]
    pub fn placed(&self, mut groups: Vec<Option<usize>>, k: usize, rounds: usize) -> Vec<Option<usize>> {
        let papers = groups.iter().flatten().count();
        if k < 2 || papers < FEWEST * k {
            return groups;
        }
        let first = sizes(&groups, k);
        let own = papers as f32 / (papers as f32 + LEARNED * k as f32);
        for _ in 0..rounds {
            let learned = self.learned(&groups, k);
            let best = if own < ALONE {
                let scores = self.scores(&learned, &groups);
                largest(&with_neighbours(&scores, self.neighbours, &groups, own), &groups)
            } else {
                self.best(&learned, &groups)
            };
            let again = halves_kept(&first, &groups, best);
            let moved = groups.iter().zip(&again).filter(|(before, after)| before != after).count();
            groups = again;
            if (moved as f64) < SETTLED * papers as f64 {
                break;
            }
        }
        groups
    }

    fn learned(&self, groups: &[Option<usize>], k: usize) -> Learned {
        let mut sums = self.sums(groups, k);
        let totals = sums.sum_axis(Axis(0));
        let even = EVEN * totals.sum() / k as f32;
        let of_term = even / self.weights.n_columns as f32;
        // Most terms do not occur in most groups: of these the logarithm is known.
        let absent = of_term.ln();
        sums.par_mapv_inplace(|sum| if sum == 0.0 { absent } else { (sum + of_term).ln() });
        let of_all = totals.mapv(|total| (total + even).ln());
        Learned { of_terms: sums.into_raw_vec_and_offset().0, totals, of_all, even, of_term }
    }

    /// Group of the largest score of every paper that is in one, the first of equals.
    fn best(&self, learned: &Learned, groups: &[Option<usize>]) -> Vec<Option<usize>> {
        let k = learned.totals.len();
        let best = |row: &mut Vec<f32>, (paper, group): (usize, &Option<usize>)| {
            group.map(|group| {
                row.fill(0.0);
                self.score(learned, paper, Some(group), row);
                first_largest(row)
            })
        };
        groups.par_iter().enumerate().with_min_len(64).map_init(|| vec![0.0; k], best).collect()
    }

    /// Scores of every paper, shape (n, k); every row's mean is 0.
    fn scores(&self, learned: &Learned, groups: &[Option<usize>]) -> Array2<f32> {
        let k = learned.totals.len();
        let mut scores = Array2::zeros((groups.len(), k));
        scores.axis_iter_mut(Axis(0)).into_par_iter().enumerate().with_min_len(64).for_each(|(paper, mut row)| {
            if let Some(row) = row.as_slice_mut() {
                self.score(learned, paper, groups[paper], row);
            }
            let mean = row.sum() / k as f32;
            row -= mean;
        });
        scores
    }

    /// Mean logarithm of the probability of a paper's words in each group, added to `row`; its own words are not counted in its
    /// own `group`. Nothing is added where it has no words.
    fn score(&self, learned: &Learned, paper: usize, group: Option<usize>, row: &mut [f32]) {
        let (columns, weights) = self.weights.row(paper);
        let weight: f32 = weights.iter().sum();
        if weight <= 0.0 {
            return;
        }
        self.weights.add_product(paper, &learned.of_terms, row);
        for (score, of_all) in row.iter_mut().zip(&learned.of_all) {
            *score = *score / weight - of_all;
        }
        if let Some(group) = group {
            let total = (learned.totals[group] - weight).max(0.0) + learned.even;
            row[group] = learned.without_own(columns, weights, group) / weight - total.ln();
        }
    }

    /// Weight of every term in every group, shape (`n_terms`, k), summed in the order of the papers.
    fn sums(&self, groups: &[Option<usize>], k: usize) -> Array2<f32> {
        let mut sums = Array2::zeros((self.by_term.n_rows(), k));
        sums.axis_iter_mut(Axis(0)).into_par_iter().enumerate().with_min_len(256).for_each(|(term, mut of_group)| {
            let (papers, weights) = self.by_term.row(term);
            for (&paper, weight) in papers.iter().zip(weights) {
                if let Some(group) = groups[paper as usize] {
                    of_group[group] += weight;
                }
            }
        });
        sums
    }
}

/// `own` parts of a paper's scores and the rest of its neighbours' mean, by their cosines.
fn with_neighbours(scores: &Array2<f32>, neighbours: &Neighbours, groups: &[Option<usize>], own: f32) -> Array2<f32> {
    let mut mixed = scores.clone();
    mixed.axis_iter_mut(Axis(0)).into_par_iter().enumerate().for_each(|(paper, mut row)| {
        let near: Vec<(usize, f32)> =
            neighbours.of(paper).filter(|(other, cosine)| *cosine > 0.0 && groups[*other].is_some()).collect();
        let total: f32 = near.iter().map(|(_, cosine)| cosine).sum();
        if total > 0.0 {
            let mut mean: Array1<f32> = Array1::zeros(row.len());
            for (other, cosine) in &near {
                mean.scaled_add(cosine / total, &scores.row(*other));
            }
            row.zip_mut_with(&mean, |score, mean| *score = own * *score + (1.0 - own) * mean);
        }
    });
    mixed
}

/// Group of the largest score of every paper that is in one, the first of equals.
fn largest(scores: &Array2<f32>, groups: &[Option<usize>]) -> Vec<Option<usize>> {
    let best =
        |(paper, group): (usize, &Option<usize>)| group.and_then(|_| scores.row(paper).to_slice().map(first_largest));
    groups.par_iter().enumerate().map(best).collect()
}

fn first_largest(row: &[f32]) -> usize {
    (1..row.len()).fold(0, |best, at| if row[at] > row[best] { at } else { best })
}

/// Papers in each of k groups.
fn sizes(groups: &[Option<usize>], k: usize) -> Vec<usize> {
    let mut sizes = vec![0; k];
    for &group in groups.iter().flatten() {
        sizes[group] += 1;
    }
    sizes
}

/// The papers of groups that have come under half of their `first` size go back to them: large groups have the better known words,
/// and would draw in whatever is small.
fn halves_kept(first: &[usize], before: &[Option<usize>], mut after: Vec<Option<usize>>) -> Vec<Option<usize>> {
    let now = sizes(&after, first.len());
    for (after, before) in after.iter_mut().zip(before) {
        if before.is_some_and(|group| 2 * now[group] < first[group]) {
            *after = *before;
        }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::{Classifier, halves_kept, largest};
    use crate::neighbours::Neighbours;
    use crate::sparse::Sparse;

    /// 40 papers of two subjects with four words each, of which a paper has two; every tenth paper stands in the wrong group.
    fn papers() -> (Sparse<'static>, Vec<Option<usize>>, Vec<Option<usize>>) {
        let subject = |paper: usize| paper % 2;
        let columns = |paper: usize| {
            let first = (4 * subject(paper)) as u32;
            let (a, b) = (paper as u32 / 2 % 4, (paper as u32 / 2 + 1) % 4);
            [first + a.min(b), first + a.max(b)]
        };
        let matrix = Sparse {
            offsets: (0..=40).map(|at| 2 * at).collect(),
            columns: (0..40).flat_map(columns).collect(),
            values: vec![0.5_f32.sqrt(); 80].into(),
            n_columns: 8,
        };
        let truth: Vec<Option<usize>> = (0..40).map(|paper| Some(subject(paper))).collect();
        let wrong =
            (0..40).map(|paper| Some(if paper % 10 == 0 { 1 - subject(paper) } else { subject(paper) })).collect();
        (matrix, truth, wrong)
    }

    #[test]
    fn papers_in_the_wrong_group_go_where_their_words_are() {
        let (matrix, truth, wrong) = papers();
        assert_eq!(Classifier::new(matrix, &Neighbours::default()).placed(wrong, 2, 5), truth);
    }

    /// A ninth word that every paper has, twice as heavy as its two others: what all say tells nothing.
    #[test]
    fn words_that_occur_evenly_move_no_paper() {
        let (matrix, truth, wrong) = papers();
        let columns: Vec<u32> = matrix.columns.chunks(2).flat_map(|two| [two[0], two[1], 8]).collect();
        let values: Vec<f32> = matrix.values.chunks(2).flat_map(|two| [two[0], two[1], 2.0 * two[0]]).collect();
        let matrix = Sparse {
            offsets: (0..=40).map(|at| 3 * at).collect(),
            columns: columns.into(),
            values: values.into(),
            n_columns: 9,
        };
        assert_eq!(Classifier::new(matrix, &Neighbours::default()).placed(wrong, 2, 5), truth);
    }

    #[test]
    fn papers_outside_stay_outside_and_no_group_falls_apart() {
        let (matrix, truth, _) = papers();
        let mut groups = truth;
        groups[3] = None;
        groups[4] = Some(2);
        let after = Classifier::new(matrix, &Neighbours::default()).placed(groups, 3, 5);
        assert_eq!(after[3], None);
        assert_eq!(after[4], Some(2));
        assert_eq!(halves_kept(&[1, 1], &[Some(0), Some(1)], vec![Some(1), Some(1)]), [Some(0), Some(1)]);
    }

    /// By hand: one term a paper; theme 0 holds papers 0 and 1 (terms 0, 0), theme 1 paper 2 (term 1). Without paper 0, theme 0 has
    /// weight 1 on term 0. Evenly spread words: 0.7 * 3 / 2 = 1.05, 0.525 a term.
    #[test]
    fn scores_are_those_of_the_formula() {
        let matrix = Sparse {
            offsets: vec![0, 1, 2, 3].into(),
            columns: vec![0, 0, 1].into(),
            values: vec![1.0; 3].into(),
            n_columns: 2,
        };
        let groups = [Some(0), Some(0), Some(1)];
        let neighbours = Neighbours::default();
        let classifier = Classifier::new(matrix, &neighbours);
        let learned = classifier.learned(&groups, 2);
        let scores = classifier.scores(&learned, &groups);
        assert_eq!(classifier.best(&learned, &groups), largest(&scores, &groups));
        let (own, other) = ((1.525_f32 / 2.05).ln(), (0.525_f32 / 2.05).ln());
        assert!((scores[(0, 0)] - (own - other) / 2.0).abs() < 1e-6, "{scores}");
        assert!((scores[(0, 1)] + (own - other) / 2.0).abs() < 1e-6, "{scores}");
    }
}
