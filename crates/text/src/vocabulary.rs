//! Stems and phrases to the vocabulary: which become terms, what they are called, and how people write them.
//!
//! Terms are sorted bytewise before they are numbered. What people see is the most frequent way of writing in the abstracts;
//! titles, which capitalise everything, decide only where the abstracts say nothing.

use crate::phrases::{NO_STEM, Phrase, StemCounts};
use crate::units::{Reader, Unit};
use crate::words::{Lexicon, WordClass};
use rustc_hash::FxHashMap;

/// Terms of a corpus before their weights are known.
#[derive(Debug)]
pub struct Terms {
    /// Sorted bytewise, distinct.
    pub names: Vec<String>,
    number: FxHashMap<Phrase, u32>,
}

impl Terms {
    /// Number of a sequence of stems, where it is a term.
    #[must_use]
    pub fn number(&self, stems: &Phrase) -> Option<u32> {
        self.number.get(stems).copied()
    }
}

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
    let number = sequences.iter().enumerate().map(|(i, phrase)| (*phrase, i as u32)).collect();
    Terms { names, number }
}

fn name(phrase: &Phrase, stems: &[String]) -> String {
    let words: Vec<&str> = phrase.iter().filter(|&&s| s != NO_STEM).map(|&s| stems[s as usize].as_str()).collect();
    words.join(" ")
}

/// One occurrence of a term in a paper: the term, and the units it covers.
#[derive(Debug, Clone, Copy)]
pub struct Occurrence {
    pub term: u32,
    pub start: usize,
    pub words: usize,
}

/// Calls `emit` for every occurrence of a term among the units of a paper.
pub fn occurrences(units: &[Unit], terms: &Terms, mut emit: impl FnMut(Occurrence)) {
    for start in 0..units.len() {
        let mut stems = [NO_STEM; 3];
        for words in 1..=3.min(units.len() - start) {
            let Some(stem) = units[start + words - 1].stem else { break };
            stems[words - 1] = stem;
            let counts = if words == 1 {
                units[start].class == WordClass::Content
            } else {
                crate::phrases::is_term(units, start, words)
            };
            if counts && let Some(term) = terms.number(&stems) {
                emit(Occurrence { term, start, words });
            }
        }
    }
}

/// A way of writing a term: surfaces of its tokens and where hyphens stand between them.
pub type Writing = ([u32; 3], u8);
/// How often a term is written in a way: in abstracts, in titles.
pub type Writings = FxHashMap<(u32, Writing), (u32, u32)>;

/// The way in which an occurrence is written, where it covers whole tokens.
#[must_use]
pub fn writing(units: &[Unit], reader: &Reader<'_>, occurrence: Occurrence) -> Option<Writing> {
    let covered = &units[occurrence.start..occurrence.start + occurrence.words];
    if !covered[0].first || !covered[covered.len() - 1].last {
        return None;
    }
    let mut surfaces = [u32::MAX; 3];
    let mut hyphens = 0_u8;
    let tokens = covered[0].token..=covered[covered.len() - 1].token;
    for (index, token) in tokens.enumerate() {
        let token = reader.stream.tokens[token as usize];
        *surfaces.get_mut(index)? = token.surface()? as u32;
        hyphens |= u8::from(index > 0 && token.hyphen()) << index;
    }
    Some((surfaces, hyphens))
}

/// The most frequent way of writing every term; the term's own stems where it never stands by itself.
#[must_use]
pub fn displays(terms: &Terms, reader: &Reader<'_>, writings: &Writings) -> Vec<String> {
    let mut all: Vec<(u32, (u32, u32), String)> =
        writings.iter().map(|((term, writing), counts)| (*term, *counts, written(writing, reader))).collect();
    // Most frequent first within a term; ties by bytes.
    all.sort_unstable_by(|a, b| (a.0, std::cmp::Reverse(a.1), &a.2).cmp(&(b.0, std::cmp::Reverse(b.1), &b.2)));
    all.dedup_by_key(|(term, _, _)| *term);
    let mut out = vec![String::new(); terms.names.len()];
    for (term, (in_abstracts, _), text) in all {
        out[term as usize] = if in_abstracts == 0 { without_title_case(&text) } else { text };
    }
    fill_from_words(&mut out, terms, reader);
    out
}

fn written((surfaces, hyphens): &Writing, reader: &Reader<'_>) -> String {
    let mut out = String::new();
    for (index, &surface) in surfaces.iter().enumerate().filter(|(_, s)| **s != u32::MAX) {
        if index > 0 {
            out.push(if hyphens >> index & 1 == 1 { '-' } else { ' ' });
        }
        out.push_str(&reader.stream.surfaces[surface as usize]);
    }
    out
}

/// Lower-cases words of which only the first letter is a capital.
fn without_title_case(text: &str) -> String {
    let lowered = |word: &str| {
        let tail_is_small = word.chars().skip(1).all(|c| !c.is_uppercase());
        if tail_is_small && word.chars().nth(1).is_some() { word.to_lowercase() } else { word.to_owned() }
    };
    text.split(' ').map(lowered).collect::<Vec<_>>().join(" ")
}

/// Terms that stand only inside acronyms and compounds are shown by the words they are made of.
fn fill_from_words(displays: &mut [String], terms: &Terms, reader: &Reader<'_>) {
    if displays.iter().all(|d| !d.is_empty()) {
        return;
    }
    let words = reader.stem_displays();
    for (display, name) in displays.iter_mut().zip(&terms.names).filter(|(d, _)| d.is_empty()) {
        let shown: Vec<&str> = name.split(' ').map(|stem| words.get(stem).map_or(stem, String::as_str)).collect();
        *display = shown.join(" ");
    }
}
