//! Stems and phrases to the vocabulary: which become terms, and where they occur in a paper.
//!
//! Terms are sorted bytewise before they are numbered. How people write them is read off in `display`.

use crate::counting::StemCounts;
use crate::pair_table::{PairTable, key};
use crate::phrases::Phrase;
use crate::shape::Traits;
use crate::units::{NO_STEM, Paper, PaperUnits, Word};
use crate::words::Lexicon;

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
    pairs: PairTable,
    /// Term of each of these pairs, or [`NO_TERM`].
    of_pairs: Vec<u32>,
    /// Term by pair and third stem.
    threes: PairTable,
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
    let general = sequences.iter().map(|&[first, second, _]| second == NO_STEM && stems.general[first as usize]);
    let general = general.collect();
    let mut single = vec![NO_TERM; lexicon.stems.len()];
    for (&[first, ..], number) in sequences.iter().zip(0..).filter(|([_, second, _], _)| *second == NO_STEM) {
        single[first as usize] = number;
    }
    let (pairs, of_pairs, threes) = phrase_tables(&sequences);
    Terms { names, general, single, pairs, of_pairs, threes }
}

/// The tables by which the phrases among the terms are found.
fn phrase_tables(terms: &[Phrase]) -> (PairTable, Vec<u32>, PairTable) {
    let several = || terms.iter().zip(0..).filter(|([_, second, _], _)| *second != NO_STEM);
    let mut starts: Vec<u64> = several().map(|([first, second, _], _)| key(*first, *second)).collect();
    starts.sort_unstable();
    starts.dedup();
    let numbered: Vec<(u64, u32)> = starts.into_iter().zip(0..).collect();
    let pairs = PairTable::of(&numbered);
    let mut of_pairs = vec![NO_TERM; numbered.len()];
    let mut threes = Vec::new();
    for (&[first, second, third], number) in several() {
        let Some(pair) = pairs.get(key(first, second)) else { continue };
        if third == NO_STEM {
            of_pairs[pair as usize] = number;
        } else {
            threes.push((key(pair, third), number));
        }
    }
    (pairs, of_pairs, PairTable::of(&threes))
}

/// What a phrase is called among the terms.
#[must_use]
pub fn name(phrase: &Phrase, stems: &[String]) -> String {
    let words: Vec<&str> = phrase.iter().filter(|&&s| s != NO_STEM).map(|&s| stems[s as usize].as_str()).collect();
    words.join(" ")
}

impl Terms {
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

    /// Calls `emit` for every occurrence of a term in a paper. `single`: the term that each word is by itself; `stems`: the stem
    /// of each word.
    pub fn occurrences(&self, paper: &Paper<'_>, single: &[u32], stems: &[u32], mut emit: impl FnMut(Occurrence)) {
        for (start, unit) in paper.units.iter().enumerate() {
            let term = single[unit.word()];
            if term != NO_TERM {
                emit(Occurrence { term, start, words: 1 });
            }
            if !unit.begins() {
                continue;
            }
            let Some(pair) = paper.pair(start, stems).and_then(|pair| self.pairs.get(pair)) else { continue };
            let term = self.of_pairs[pair as usize];
            if term != NO_TERM && unit.is_two() {
                emit(Occurrence { term, start, words: 2 });
            }
            if unit.is_three()
                && let Some(third) = paper.stem(start + 2, stems)
                && let Some(term) = self.threes.get(key(pair, third))
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
