//! Stems and phrases to the vocabulary: which become terms, and where they occur in a paper.
//!
//! Terms are sorted bytewise before they are numbered. How people write them is read off in `display`.

use crate::counting::StemCounts;
use crate::phrases::{Phrase, key};
use crate::shape::Traits;
use crate::units::{NO_STEM, Paper, PaperUnits, Word};
use crate::words::Lexicon;
use rustc_hash::FxHashMap;

/// Terms of a corpus before their weights are known.
#[derive(Debug)]
pub struct Terms {
    /// Sorted bytewise, distinct.
    pub names: Vec<String>,
    /// Whether a term is a general word, an entry a term.
    pub general: Vec<bool>,
    /// Term of each stem, or [`NO_TERM`].
    single: Vec<u32>,
    /// Pairs of stems that are a term or begin one of three, numbered.
    pairs: FxHashMap<u64, u32>,
    /// Term of each of these pairs, or [`NO_TERM`].
    of_pairs: Vec<u32>,
    /// Term by pair and third stem.
    threes: FxHashMap<u64, u32>,
}

const NO_TERM: u32 = u32::MAX;

/// Terms from the stems that occur in `min_papers` to `max_papers` papers, and all phrases.
#[must_use]
pub fn terms(lexicon: &Lexicon, stems: &StemCounts, phrases: &[Phrase], min_papers: u32, max_papers: u32) -> Terms {
    let single = (0..lexicon.stems.len() as u32)
        .filter(|&s| (min_papers..=max_papers).contains(&stems.papers[s as usize]))
        .map(|s| [s, NO_STEM, NO_STEM]);
    let mut labelled: Vec<(String, Phrase)> =
        single.chain(phrases.iter().copied()).map(|phrase| (name(&phrase, &lexicon.stems), phrase)).collect();
    labelled.sort_unstable();
    labelled.dedup_by(|a, b| a.0 == b.0);
    let (names, sequences): (Vec<String>, Vec<Phrase>) = labelled.into_iter().unzip();
    let mut terms = Terms {
        general: sequences
            .iter()
            .map(|&[first, second, _]| second == NO_STEM && stems.general[first as usize])
            .collect(),
        names,
        single: vec![NO_TERM; lexicon.stems.len()],
        pairs: FxHashMap::default(),
        of_pairs: Vec::new(),
        threes: FxHashMap::default(),
    };
    for (phrase, number) in sequences.iter().zip(0..) {
        terms.insert(phrase, number);
    }
    terms
}

/// What a phrase is called among the terms.
#[must_use]
pub fn name(phrase: &Phrase, stems: &[String]) -> String {
    let words: Vec<&str> = phrase.iter().filter(|&&s| s != NO_STEM).map(|&s| stems[s as usize].as_str()).collect();
    words.join(" ")
}

impl Terms {
    fn insert(&mut self, &[first, second, third]: &Phrase, number: u32) {
        if second == NO_STEM {
            self.single[first as usize] = number;
            return;
        }
        let pair = *self.pairs.entry(key(first, second)).or_insert_with(|| {
            self.of_pairs.push(NO_TERM);
            self.of_pairs.len() as u32 - 1
        });
        if third == NO_STEM {
            self.of_pairs[pair as usize] = number;
        } else {
            self.threes.insert(key(pair, third), number);
        }
    }

    /// The term that a stem is by itself.
    #[must_use]
    pub fn single(&self, stem: u32) -> Option<u32> {
        self.single.get(stem as usize).copied().filter(|&term| term != NO_TERM)
    }

    /// The term that each word is by itself, or [`NO_TERM`].
    #[must_use]
    pub fn of_words(&self, all: &PaperUnits) -> Vec<u32> {
        let term = |word: &Word| if word.traits.any(Traits::TERM) { self.single(word.stem) } else { None };
        all.words.iter().map(|word| term(word).unwrap_or(NO_TERM)).collect()
    }

    /// Calls `emit` for every occurrence of a term in a paper. `single`: the term that each word is by itself.
    pub fn occurrences(&self, paper: &Paper<'_>, single: &[u32], mut emit: impl FnMut(Occurrence)) {
        for (start, unit) in paper.units.iter().enumerate() {
            let term = single[unit.word()];
            if term != NO_TERM {
                emit(Occurrence { term, start, words: 1 });
            }
            if !(unit.is_two() || unit.is_three()) {
                continue;
            }
            let Some(&pair) = self.pairs.get(&key(paper.stems[start], paper.stems[start + 1])) else { continue };
            let term = self.of_pairs[pair as usize];
            if term != NO_TERM && unit.is_two() {
                emit(Occurrence { term, start, words: 2 });
            }
            if unit.is_three()
                && let Some(&term) = self.threes.get(&key(pair, paper.stems[start + 2]))
            {
                emit(Occurrence { term, start, words: 3 });
            }
        }
    }
}

/// One occurrence of a term in a paper: the term, and the units it covers.
#[derive(Debug, Clone, Copy)]
pub struct Occurrence {
    pub term: u32,
    pub start: usize,
    pub words: usize,
}
