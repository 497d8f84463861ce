//! Stems and phrases to the vocabulary: which become terms, and where they occur in a paper.
//!
//! Terms are sorted bytewise before they are numbered. How people write them is read off in `display`.

use crate::counting::StemCounts;
use crate::pair_table::{PairTable, key};
use crate::phrases::Phrase;
use crate::shape::{Shape, Traits};
use crate::units::{NO_STEM, Packed, Paper, PaperUnits, Word, keep};
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

    /// What each word is.
    #[must_use]
    pub fn of_words(&self, all: &PaperUnits) -> Vec<TermWord> {
        let term = |word: &Word| if word.traits.any(Traits::TERM) { self.single(word.stem) } else { None };
        all.words.iter().map(|word| TermWord { term: term(word).unwrap_or(NO_TERM), stem: word.stem }).collect()
    }

    /// Calls `emit` for every occurrence of a phrase in a paper. `words`: what each word is; `starts` is only used meanwhile.
    pub fn phrases(
        &self,
        paper: &Paper<'_>,
        words: &[TermWord],
        starts: &mut Vec<u32>,
        mut emit: impl FnMut(Occurrence),
    ) {
        let stem = |at: usize| paper.units.get(at).map_or(NO_STEM, |unit| words[unit.word()].stem);
        paper.positions(Shape::PHRASE, starts);
        for start in starts.iter().map(|&start| start as usize) {
            let unit = paper.units[start];
            let Some(pair) = self.pairs.get(key(stem(start), stem(start + 1))) else { continue };
            let term = self.of_pairs[pair as usize];
            if term != NO_TERM && unit.is(Shape::TWO) {
                emit(Occurrence { term, start, words: 2 });
            }
            if unit.is(Shape::THREE)
                && let Some(term) = self.threes.get(key(pair, stem(start + 2)))
            {
                emit(Occurrence { term, start, words: 3 });
            }
        }
    }
}

/// What a word is: the term that it is by itself, or [`NO_TERM`], and its stem.
#[derive(Debug, Clone, Copy)]
pub struct TermWord {
    term: u32,
    stem: u32,
}

/// Puts into `found` every occurrence of a word that is a term by itself.
pub fn single_terms(units: &[Packed], words: &[TermWord], found: &mut Vec<u32>) {
    keep(units.iter().map(|unit| words[unit.word()].term).map(|term| (term, term != NO_TERM)), found);
}

/// One occurrence of a phrase in a paper: the term, and the units it covers.
#[derive(Debug, Clone, Copy)]
pub struct Occurrence {
    pub term: u32,
    pub start: usize,
    pub words: usize,
}
