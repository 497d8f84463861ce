//! Occurrences of terms to the TF-IDF matrix: `(1 + ln tf) * (ln((1 + n) / (1 + df)) + 1)`, rows of L2 norm 1.
//!
//! The title's words count several times; idf is worked out once here and stays with the vocabulary.

use crate::stream::CHUNK;
use crate::units::{PaperUnits, Reader};
use crate::vocabulary::{Terms, Writings, displays, occurrences, writing};
use model::{TermMatrix, Vocabulary};
use rayon::prelude::*;

/// Rows of some papers, and how the terms are written there.
#[derive(Default)]
struct Rows {
    lengths: Vec<usize>,
    columns: Vec<u32>,
    /// Occurrences with the title counted `title_weight` times.
    weighted: Vec<u32>,
    counts: Vec<u32>,
    writings: Writings,
}

/// The matrix of all papers over `terms`.
#[must_use]
pub fn matrix(reader: &Reader<'_>, units: &PaperUnits, terms: &Terms, title_weight: u32) -> TermMatrix {
    let starts: Vec<usize> = (0..units.n_papers()).step_by(CHUNK).collect();
    let parts: Vec<Rows> = starts
        .into_par_iter()
        .map(|start| rows(reader, units, terms, start..(start + CHUNK).min(units.n_papers()), title_weight))
        .collect();
    let mut offsets = vec![0];
    let (mut columns, mut weighted, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    let mut writings = Writings::default();
    for part in parts {
        for length in part.lengths {
            offsets.push(offsets[offsets.len() - 1] + length);
        }
        columns.extend(part.columns);
        weighted.extend(part.weighted);
        counts.extend(part.counts);
        // Sums of integers: the order of the map does not matter.
        #[expect(clippy::iter_over_hash_type, reason = "sums of integers do not depend on the order")]
        for (key, (in_abstracts, in_titles)) in part.writings {
            let entry = writings.entry(key).or_default();
            entry.0 += in_abstracts;
            entry.1 += in_titles;
        }
    }
    let vocabulary = vocabulary(reader, units.n_papers(), terms, &columns, &writings);
    let weights = weights(&offsets, &columns, &weighted, &vocabulary.idf);
    TermMatrix { vocabulary, offsets, columns, weights, counts }
}

fn rows(
    reader: &Reader<'_>,
    all: &PaperUnits,
    terms: &Terms,
    papers: std::ops::Range<usize>,
    title_weight: u32,
) -> Rows {
    let mut out = Rows::default();
    let mut found: Vec<(u32, u32)> = Vec::new();
    for paper in papers {
        let (units, abstract_start) = all.of(paper);
        found.clear();
        occurrences(units, terms, |occurrence| {
            let in_title = occurrence.start < abstract_start;
            found.push((occurrence.term, if in_title { title_weight } else { 1 }));
            if let Some(writing) = writing(units, reader, occurrence) {
                let entry = out.writings.entry((occurrence.term, writing)).or_default();
                if in_title { entry.1 += 1 } else { entry.0 += 1 }
            }
        });
        found.sort_unstable();
        let before = out.columns.len();
        for group in found.chunk_by(|a, b| a.0 == b.0) {
            out.columns.push(group[0].0);
            out.weighted.push(group.iter().map(|(_, weight)| weight).sum());
            out.counts.push(group.len() as u32);
        }
        out.lengths.push(out.columns.len() - before);
    }
    out
}

fn vocabulary(reader: &Reader<'_>, n_papers: usize, terms: &Terms, columns: &[u32], writings: &Writings) -> Vocabulary {
    let mut df = vec![0_u32; terms.names.len()];
    for &column in columns {
        df[column as usize] += 1;
    }
    let n = n_papers as f32;
    let idf = df.iter().map(|&d| ((1.0 + n) / (1.0 + d as f32)).ln() + 1.0).collect();
    let words = terms.names.iter().map(|name| name.split(' ').count() as u8).collect();
    Vocabulary {
        display: displays(terms, reader, writings),
        terms: terms.names.clone(),
        df,
        idf,
        words,
        acronyms: reader.acronyms.table.clone(),
    }
}

fn weights(offsets: &[usize], columns: &[u32], weighted: &[u32], idf: &[f32]) -> Vec<f32> {
    let mut weights: Vec<f32> =
        columns.iter().zip(weighted).map(|(&c, &tf)| (1.0 + (tf as f32).ln()) * idf[c as usize]).collect();
    for bounds in offsets.windows(2) {
        let row = &mut weights[bounds[0]..bounds[1]];
        let norm = row.iter().map(|w| w * w).sum::<f32>().sqrt();
        for weight in row {
            *weight /= norm;
        }
    }
    weights
}
