//! Occurrences of terms to the TF-IDF matrix: `(1 + ln tf) * (ln((1 + n) / (1 + df)) + 1)`, rows of L2 norm 1.
//!
//! The title's words count several times; idf is worked out once here and stays with the vocabulary.

use crate::display::{Writings, writing};
use crate::units::{Paper, PaperUnits};
use crate::vocabulary::Terms;
use model::{TermMatrix, Vocabulary};

/// Rows of some papers, and how the phrases are written there.
#[derive(Debug, Default)]
struct Rows {
    lengths: Vec<usize>,
    columns: Vec<u32>,
    /// `1 + ln tf`, the title counted `title_weight` times.
    weights: Vec<f32>,
    counts: Vec<u32>,
    writings: Writings,
}

/// The matrix of all papers over `terms`, whose vocabulary has no display forms yet, and how the phrases are written.
#[must_use]
pub fn matrix(all: &PaperUnits, terms: &Terms, title_weight: u32) -> (TermMatrix, Writings) {
    let n_papers = all.n_papers();
    let single = terms.of_words(all);
    let parts = all.gather(&all.stems(), Rows::default, |rows, paper| {
        rows.push(all, terms, &single, &paper, title_weight);
    });
    let length = parts.iter().map(|part| part.columns.len()).sum();
    let mut matrix = TermMatrix {
        offsets: Vec::with_capacity(n_papers + 1),
        columns: Vec::with_capacity(length),
        weights: Vec::with_capacity(length),
        counts: Vec::with_capacity(length),
        vocabulary: Vocabulary::default(),
    };
    let mut writings = Writings::default();
    let mut end = 0;
    matrix.offsets.push(end);
    for part in parts {
        matrix.offsets.extend(part.lengths.iter().map(|length| {
            end += length;
            end
        }));
        matrix.columns.extend(part.columns);
        matrix.weights.extend(part.weights);
        matrix.counts.extend(part.counts);
        #[expect(clippy::iter_over_hash_type, reason = "sums of integers do not depend on the order")]
        for (key, [in_abstracts, in_titles]) in part.writings {
            let entry = writings.entry(key).or_default();
            *entry = [entry[0] + in_abstracts, entry[1] + in_titles];
        }
    }
    matrix.vocabulary = vocabulary(n_papers, terms, &matrix.columns);
    weigh(&mut matrix);
    (matrix, writings)
}

impl Rows {
    fn push(&mut self, all: &PaperUnits, terms: &Terms, single: &[u32], paper: &Paper<'_>, title_weight: u32) {
        let mut found: Vec<(u32, u32)> = Vec::new();
        terms.occurrences(paper, single, |occurrence| {
            let in_title = occurrence.start < paper.abstract_start;
            found.push((occurrence.term, if in_title { title_weight } else { 1 }));
            // How single words are written is known from the counts of words.
            if occurrence.words > 1 {
                let writing = writing(paper.units, all, occurrence);
                self.writings.entry((occurrence.term, writing)).or_default()[usize::from(in_title)] += 1;
            }
        });
        found.sort_unstable();
        let before = self.columns.len();
        for group in found.chunk_by(|a, b| a.0 == b.0) {
            let tf: u32 = group.iter().map(|(_, weight)| weight).sum();
            self.columns.push(group[0].0);
            self.weights.push(1.0 + (tf as f32).ln());
            self.counts.push(group.len() as u32);
        }
        self.lengths.push(self.columns.len() - before);
    }
}

fn vocabulary(n_papers: usize, terms: &Terms, columns: &[u32]) -> Vocabulary {
    let mut df = vec![0_u32; terms.names.len()];
    for &column in columns {
        df[column as usize] += 1;
    }
    let n = n_papers as f32;
    let idf = df.iter().map(|&d| ((1.0 + n) / (1.0 + d as f32)).ln() + 1.0).collect();
    let words = terms.names.iter().map(|name| name.split(' ').count() as u8).collect();
    Vocabulary { terms: terms.names.clone(), df, idf, words, general: terms.general.clone(), ..Vocabulary::default() }
}

/// Multiplies the weights with the idf and brings every row to norm 1.
fn weigh(matrix: &mut TermMatrix) {
    let idf = &matrix.vocabulary.idf;
    for bounds in matrix.offsets.windows(2) {
        let (row, columns) = (&mut matrix.weights[bounds[0]..bounds[1]], &matrix.columns[bounds[0]..bounds[1]]);
        row.iter_mut().zip(columns).for_each(|(weight, &column)| *weight *= idf[column as usize]);
        let norm = row.iter().map(|w| w * w).sum::<f32>().sqrt();
        for weight in row {
            *weight /= norm;
        }
    }
}
