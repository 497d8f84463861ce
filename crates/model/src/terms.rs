//! Terms and the sparse papers-by-terms matrix that the text stage makes and the themes stage reads.

use serde::{Deserialize, Serialize};

/// The terms of a corpus. All vectors have `n_terms` entries, in the bytewise order of `terms`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Vocabulary {
    /// Stems of one to three words, joined by a space; sorted bytewise, distinct.
    pub terms: Vec<String>,
    /// Number of papers that contain the term.
    pub df: Vec<u32>,
    /// `ln((1 + n) / (1 + df)) + 1`, frozen with the model.
    pub idf: Vec<f32>,
    /// The most frequent way people write the term; what a reader sees. Never a stem.
    pub display: Vec<String>,
    /// Number of words in the term as it is shown, 1 to 3.
    pub words: Vec<u8>,
    /// General words ("problem", "solve"): how often a field uses them tells fields apart, so they weigh in the
    /// embedding, but they say nothing to a reader and are neither names nor terms of a theme.
    pub general: Vec<bool>,
    /// How often the term stands in titles, as a multiple of what is usual for terms; 1 where there are no titles.
    pub titled: Vec<f32>,
    /// Share of the term's occurrences in which it leads on to another word, in [0, 1].
    pub leading: Vec<f32>,
    /// Acronyms that the corpus itself explains, sorted.
    pub acronyms: Vec<Acronym>,
}

/// An acronym that the corpus itself explains: it counts as its long form, or that as the acronym where it has more than three words.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Acronym {
    /// As written, without plural.
    pub acronym: String,
    /// As written most often, in lower case.
    pub long_form: String,
    /// Papers that explain the acronym by this long form.
    pub explained: u32,
    /// Papers in which the acronym stands, explained there or not.
    pub used: u32,
}

/// Compressed sparse rows, shape (`n_papers`, `n_terms`). Row `i` is
/// `columns[offsets[i]..offsets[i + 1]]` (ascending) with `weights` (TF-IDF, L2 norm of a row 1, or the row is empty)
/// and `counts` (how often the term occurs in the paper, the title counted once) beside them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TermMatrix {
    pub vocabulary: Vocabulary,
    pub offsets: Vec<usize>,
    pub columns: Vec<u32>,
    pub weights: Vec<f32>,
    pub counts: Vec<u32>,
}

impl TermMatrix {
    #[must_use]
    pub fn n_papers(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    #[must_use]
    pub fn n_terms(&self) -> usize {
        self.vocabulary.terms.len()
    }

    /// Whether a term may be shown: it is no general word.
    #[must_use]
    pub fn speaks(&self, term: u32) -> bool {
        !self.vocabulary.general.get(term as usize).copied().unwrap_or(false)
    }

    /// Columns and weights of one paper.
    #[must_use]
    pub fn row(&self, paper: usize) -> (&[u32], &[f32]) {
        let range = self.offsets[paper]..self.offsets[paper + 1];
        (&self.columns[range.clone()], &self.weights[range])
    }
}
