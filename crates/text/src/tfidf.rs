//! Occurrences of terms to the TF-IDF matrix: `(1 + ln tf) * (ln((1 + n) / (1 + df)) + 1)`, rows of L2 norm 1.
//!
//! The title's words count several times; idf is worked out once here and stays with the vocabulary.

use crate::display::{WRITTEN_PARTS, Writings, Written, writing, writings};
use crate::pair_table::{key, parts};
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
    /// The paper at hand: terms in the upper half, what they count in the lower.
    found: Vec<u64>,
}

/// The matrix of all papers over `terms`, whose vocabulary has no display forms yet, and how the phrases are written.
#[must_use]
pub fn matrix(all: &PaperUnits, terms: &Terms, title_weight: u32) -> (TermMatrix, Vec<Writings>) {
    let (single, stems) = (terms.of_words(all), all.stems());
    let start = || Rows { written: vec![Vec::new(); WRITTEN_PARTS], ..Rows::default() };
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
        let Self { lengths, columns, weights, counts, written, found } = self;
        found.clear();
        terms.occurrences(paper, single, stems, |occurrence| {
            let in_title = occurrence.start < paper.abstract_start;
            found.push(key(occurrence.term, if in_title { title_weight } else { 1 }));
            // How single words are written is known from the counts of words.
            if occurrence.words > 1 {
                let part = &mut written[occurrence.term as usize * WRITTEN_PARTS / terms.names.len()];
                part.push((occurrence.term, writing(paper.units, all, occurrence), in_title));
            }
        });
        found.sort_unstable();
        let before = columns.len();
        for group in found.chunk_by(|a, b| parts(*a)[0] == parts(*b)[0]) {
            let tf: u32 = group.iter().map(|&found| parts(found)[1]).sum();
            columns.push(parts(group[0])[0]);
            weights.push(1.0 + (tf as f32).ln());
            counts.push(group.len() as u32);
        }
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
