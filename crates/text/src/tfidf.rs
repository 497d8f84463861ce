//! Occurrences of terms to the TF-IDF matrix: `(1 + ln tf) * (ln((1 + n) / (1 + df)) + 1)`, rows of L2 norm 1.
//!
//! The title's words count several times; idf is worked out once here and stays with the vocabulary.

use crate::display::{WRITTEN_PARTS, Writings, Written, writing, writings};
use crate::units::{Paper, PaperUnits};
use crate::vocabulary::Terms;
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
    /// The paper at hand.
    sums: RowSums,
}

/// The matrix of all papers over `terms`, whose vocabulary has no display forms yet, and how the phrases are written.
#[must_use]
pub fn matrix(all: &PaperUnits, terms: &Terms, title_weight: u32) -> (TermMatrix, Vec<Writings>) {
    let (single, stems) = (terms.of_words(all), all.stems());
    let start =
        || Rows { written: vec![Vec::new(); WRITTEN_PARTS], sums: RowSums::new(terms.names.len()), ..Rows::default() };
    let mut parts = all.gather(start, |rows, paper| {
        rows.push(all, terms, [&single, &stems], &paper, title_weight);
    });
    let vocabulary = vocabulary(all.n_papers(), terms, &parts);
    parts.par_iter_mut().for_each(|part| part.weigh(&vocabulary.idf));
    let writings = writings(parts.iter_mut().map(|part| std::mem::take(&mut part.written)).collect());
    let ((columns, counts), (weights, offsets)) = rayon::join(
        || {
            let columns: Vec<&[u32]> = parts.iter().map(|part| &part.columns[..]).collect();
            let counts: Vec<&[u32]> = parts.iter().map(|part| &part.counts[..]).collect();
            (columns.concat(), counts.concat())
        },
        || (parts.iter().map(|part| &part.weights[..]).collect::<Vec<_>>().concat(), offsets(&parts)),
    );
    (TermMatrix { vocabulary, offsets, columns, weights, counts }, writings)
}

fn offsets(parts: &[Rows]) -> Vec<usize> {
    let ends = parts.iter().flat_map(|part| &part.lengths).scan(0, |end, length| {
        *end += length;
        Some(*end)
    });
    std::iter::once(0).chain(ends).collect()
}

impl Rows {
    fn push(
        &mut self,
        all: &PaperUnits,
        terms: &Terms,
        [single, stems]: [&[u32]; 2],
        paper: &Paper<'_>,
        title_weight: u32,
    ) {
        let Self { lengths, columns, weights, counts, written, sums } = self;
        terms.occurrences(paper, single, stems, |occurrence| {
            let in_title = occurrence.start < paper.abstract_start;
            sums.add(occurrence.term, if in_title { title_weight } else { 1 });
            // How single words are written is known from the counts of words.
            if occurrence.words > 1 {
                let part = &mut written[occurrence.term as usize * WRITTEN_PARTS / terms.names.len()];
                let leads = all.leads(paper, occurrence.start + occurrence.words - 1);
                part.push((occurrence.term, writing(paper.units, all, occurrence), [in_title, leads]));
            }
        });
        let before = columns.len();
        sums.drain(|term, [tf, count]| {
            columns.push(term);
            weights.push(1.0 + (tf as f32).ln());
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
