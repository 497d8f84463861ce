//! Occurrences of terms to the TF-IDF matrix: `(1 + ln tf) * (ln((1 + n) / (1 + df)) + 1)`, rows of L2 norm 1.
//!
//! The title's words count several times; idf is worked out once here and stays with the vocabulary.

use crate::display::{WRITTEN_PARTS, Writings, Written, writing, writings};
use crate::units::{Paper, PaperUnits};
use crate::vocabulary::{TermWord, Terms, single_terms};
use model::{TermMatrix, Vocabulary};
use rayon::prelude::*;

/// Rows of some papers, and how the phrases are written there.
#[derive(Debug, Default)]
struct Rows {
    lengths: Vec<usize>,
    columns: Vec<u32>,
    /// `1 + ln tf`, the title counted `title_weight` times; the finished weights after [`Rows::weigh`].
    weights: Vec<f32>,
    counts: Vec<u32>,
    written: Vec<Vec<Written>>,
    /// The paper at hand: what was found in it last, and the sums of all of its terms.
    found: Vec<u32>,
    sums: RowSums,
    /// [`tf_weight`] of the usual numbers.
    tf_weights: Vec<f32>,
}

/// The matrix of all papers over `terms`, whose vocabulary has no display forms yet, and how the phrases are written.
#[must_use]
pub fn matrix(all: &PaperUnits, terms: &Terms, title_weight: u32) -> (TermMatrix, Vec<Writings>) {
    let words = terms.of_words(all);
    let start = || Rows {
        written: vec![Vec::new(); WRITTEN_PARTS],
        sums: RowSums::new(terms.names.len()),
        tf_weights: (0..USUAL_TF).map(tf_weight).collect(),
        ..Rows::default()
    };
    let mut parts = all.gather(start, |rows, paper| {
        rows.push(all, terms, &words, &paper, title_weight);
    });
    let vocabulary = vocabulary(all.n_papers(), terms, &parts);
    parts.par_iter_mut().for_each(|part| part.weigh(&vocabulary.idf));
    let written = parts.iter_mut().map(|part| std::mem::take(&mut part.written)).collect();
    let (writings, (offsets, columns, counts, weights)) = rayon::join(|| writings(written), || joined(&parts));
    (TermMatrix { vocabulary, offsets, columns, weights, counts }, writings)
}

/// The rows of all parts: offsets, columns, counts and weights.
fn joined(parts: &[Rows]) -> (Vec<usize>, Vec<u32>, Vec<u32>, Vec<f32>) {
    fn concat<T: Copy>(parts: &[Rows], of: impl Fn(&Rows) -> &[T]) -> Vec<T> {
        parts.iter().map(of).collect::<Vec<_>>().concat()
    }
    let columns = concat(parts, |part| &part.columns);
    (offsets(parts), columns, concat(parts, |part| &part.counts), concat(parts, |part| &part.weights))
}

/// A logarithm costs more than looking it up, and most words stand in a text once or twice.
const USUAL_TF: u32 = 64;

fn tf_weight(tf: u32) -> f32 {
    1.0 + (tf as f32).ln()
}

fn offsets(parts: &[Rows]) -> Vec<usize> {
    let ends = parts.iter().flat_map(|part| &part.lengths).scan(0, |end, length| {
        *end += length;
        Some(*end)
    });
    std::iter::once(0).chain(ends).collect()
}

impl Rows {
    fn push(&mut self, all: &PaperUnits, terms: &Terms, words: &[TermWord], paper: &Paper<'_>, title_weight: u32) {
        let Self { lengths, columns, weights, counts, written, found, sums, tf_weights } = self;
        let (title, text) = paper.units.split_at(paper.abstract_start);
        for (units, weight) in [(title, title_weight), (text, 1)] {
            single_terms(units, words, found);
            for &term in found.iter() {
                sums.add(term, weight);
            }
        }
        terms.phrases(paper, words, found, |phrase| {
            let in_title = phrase.start < paper.abstract_start;
            sums.add(phrase.term, if in_title { title_weight } else { 1 });
            // How single words are written is known from the counts of words.
            let part = &mut written[phrase.term as usize * WRITTEN_PARTS / terms.names.len()];
            let leads = all.leads(paper, phrase.start + phrase.words - 1);
            part.push((phrase.term, writing(paper.units, all, phrase), [in_title, leads]));
        });
        let before = columns.len();
        sums.drain(|term, [tf, count]| {
            columns.push(term);
            weights.push(tf_weights.get(tf as usize).copied().unwrap_or_else(|| tf_weight(tf)));
            counts.push(count);
        });
        lengths.push(columns.len() - before);
    }

    /// Multiplies the weights with the idf and brings every row to norm 1.
    fn weigh(&mut self, idf: &[f32]) {
        let (mut weights, mut columns) = (&mut self.weights[..], &self.columns[..]);
        for &length in &self.lengths {
            let (row, rest) = weights.split_at_mut(length);
            let (terms, later) = columns.split_at(length);
            row.iter_mut().zip(terms).for_each(|(weight, &term)| *weight *= idf[term as usize]);
            let norm = row.iter().map(|w| w * w).sum::<f32>().sqrt();
            for weight in row {
                *weight /= norm;
            }
            (weights, columns) = (rest, later);
        }
    }
}

/// Sums of one row by term, given back in ascending order without sorting: bits say which terms have any.
#[derive(Debug, Default)]
struct RowSums {
    /// `tf` and count of every term.
    sums: Vec<[u32; 2]>,
    /// A bit a term, and a bit for each number of these that is not zero.
    terms: Vec<u64>,
    blocks: Vec<u64>,
}

impl RowSums {
    fn new(n_terms: usize) -> Self {
        let blocks = n_terms.div_ceil(64);
        Self { sums: vec![[0; 2]; n_terms], terms: vec![0; blocks], blocks: vec![0; blocks.div_ceil(64)] }
    }

    #[inline]
    fn add(&mut self, term: u32, weight: u32) {
        let [tf, count] = &mut self.sums[term as usize];
        (*tf, *count) = (*tf + weight, *count + 1);
        let block = term as usize / 64;
        self.terms[block] |= 1 << (term % 64);
        self.blocks[block / 64] |= 1 << (block % 64);
    }

    /// Shows every term with its sums, and forgets them.
    fn drain(&mut self, mut visit: impl FnMut(u32, [u32; 2])) {
        for (upper, blocks) in self.blocks.iter_mut().enumerate() {
            while let Some(block) = take_lowest(blocks) {
                let block = upper * 64 + block as usize;
                while let Some(term) = take_lowest(&mut self.terms[block]) {
                    let term = block as u32 * 64 + term;
                    visit(term, std::mem::take(&mut self.sums[term as usize]));
                }
            }
        }
    }
}

/// The lowest bit that is set, which is cleared.
fn take_lowest(bits: &mut u64) -> Option<u32> {
    let lowest = bits.trailing_zeros();
    *bits &= bits.wrapping_sub(1);
    (lowest < 64).then_some(lowest)
}

fn vocabulary(n_papers: usize, terms: &Terms, parts: &[Rows]) -> Vocabulary {
    let mut df = vec![0_u32; terms.names.len()];
    for &column in parts.iter().flat_map(|part| &part.columns) {
        df[column as usize] += 1;
    }
    let n = n_papers as f32;
    let idf = df.iter().map(|&d| ((1.0 + n) / (1.0 + d as f32)).ln() + 1.0).collect();
    let words = terms.names.iter().map(|name| name.split(' ').count() as u8).collect();
    Vocabulary { terms: terms.names.clone(), df, idf, words, general: terms.general.clone(), ..Vocabulary::default() }
}

#[cfg(test)]
mod tests {
    use super::RowSums;

    #[test]
    fn sums_come_back_in_ascending_order_and_are_forgotten() {
        let mut sums = RowSums::new(10_000);
        for (term, weight) in [(9_999, 1), (0, 2), (63, 1), (64, 1), (0, 1), (4_096, 2)] {
            sums.add(term, weight);
        }
        let mut rows = Vec::new();
        sums.drain(|term, sums| rows.push((term, sums)));
        assert_eq!(rows, [(0, [3, 2]), (63, [1, 1]), (64, [1, 1]), (4_096, [2, 1]), (9_999, [1, 1])]);
        sums.drain(|term, _| panic!("{term} was forgotten"));
    }
}
