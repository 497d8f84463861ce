//! Phrases of research prose, struck out of a paper's units: their words do mean something elsewhere.
//!
//! "state of the art" is no art and "code is available" is no paper on code. The list is built in; the user's stop words join it.

use crate::shape::Traits;
use crate::units::{NO_STEM, Unit};
use crate::words::Lexicon;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// Sequences of stems by their first stem, longest first.
#[derive(Debug, Default)]
pub struct Boilerplate {
    by_first: FxHashMap<u32, Vec<Vec<u32>>>,
}

impl Boilerplate {
    /// The built-in phrases, as far as the corpus has all of their words, and what the user strikes out.
    #[must_use]
    pub fn of(lexicon: &Lexicon, user: Vec<Vec<u32>>) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let number = |word: &str| {
            lexicon.stems.binary_search_by(|s| s.as_str().cmp(&stemmer.stem(word))).ok().map(|at| at as u32)
        };
        let mut out = Self::default();
        let built_in = include_str!("research_phrases.txt").lines();
        let built_in = built_in.filter_map(|line| line.split_whitespace().map(number).collect::<Option<Vec<u32>>>());
        for stems in built_in.chain(user).filter(|stems| !stems.is_empty()) {
            out.by_first.entry(stems[0]).or_default().push(stems);
        }
        #[expect(clippy::iter_over_hash_type, reason = "every list is sorted by itself")]
        for sequences in out.by_first.values_mut() {
            sequences.sort_unstable_by_key(|s| (std::cmp::Reverse(s.len()), s.clone()));
        }
        out
    }

    #[must_use]
    pub fn begins_with(&self, stem: u32) -> bool {
        self.by_first.contains_key(&stem)
    }

    /// Turns every occurrence into breaks, which stay tied to what stood before them.
    pub fn strike_out(&self, units: &mut [Unit]) {
        for at in 0..units.len() {
            if !units[at].traits.any(Traits::BEGINS) {
                continue;
            }
            let Some(sequences) = self.by_first.get(&units[at].stem) else { continue };
            let here = |sequence: &&Vec<u32>| {
                units.get(at..at + sequence.len()).is_some_and(|u| u.iter().zip(*sequence).all(|(u, s)| u.stem == *s))
            };
            if let Some(length) = sequences.iter().find(here).map(Vec::len) {
                for unit in &mut units[at..at + length] {
                    let tied = unit.traits.any(Traits::TIED);
                    *unit = Unit { word: 0, stem: NO_STEM, traits: Traits::NONE.with(Traits::TIED, tied) };
                }
            }
        }
    }
}
