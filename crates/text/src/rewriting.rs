//! Synonyms, the user's and those of long acronyms, to rewriting: every occurrence of a word or phrase becomes the units of its canonical form.
//! Entries are read as papers are, so that all spellings, plurals and explained acronyms of them are found.

use crate::phrases::Phrase;
use crate::shape::Traits;
use crate::units::{NO_STEM, Unit, Word, stems};
use crate::vocabulary::name;
use model::{Synonyms, Vocabulary};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// What is rewritten, and into what.
#[derive(Debug, Default)]
pub struct Rewriting {
    /// Sequences of stems with their canonical form, by their first stem, longest first.
    by_first: FxHashMap<u32, Vec<(Vec<u32>, usize)>>,
    /// Whether a sequence begins with a stem; most texts have none that does.
    begins: Vec<bool>,
    pub canonical: Vec<Canonical>,
}

/// A canonical form: its units, and how it is shown.
#[derive(Debug)]
pub struct Canonical {
    pub units: Vec<Unit>,
    /// As the user writes it; an acronym is shown as the papers write it.
    display: Option<String>,
}

impl Canonical {
    /// The words of the table that its units are, each carrying enough meaning for the whole to be a term.
    #[must_use]
    pub fn words(&self) -> Vec<Word> {
        let content = self.units.iter().any(|unit| unit.traits.any(Traits::CONTENT));
        let last = self.units.len() - 1;
        let word = |(at, unit): (usize, &Unit)| {
            // Later words are tied to the ones before, so that no piece of it is a term.
            let traits = unit.traits.with(Traits::TIED, at > 0);
            let traits = if content || at < last { traits } else { traits.as_content() };
            Word { stem: unit.stem, traits }
        };
        self.units.iter().enumerate().map(word).collect()
    }

    /// Its stems, where it is no longer than a term.
    #[must_use]
    pub fn phrase(&self) -> Option<Phrase> {
        let mut phrase = [NO_STEM; 3];
        for (at, unit) in self.units.iter().enumerate() {
            *phrase.get_mut(at)? = unit.stem;
        }
        Some(phrase)
    }
}

impl Rewriting {
    /// `read`: the units of each canonical form followed by those of its others, in the order of `given`, the user's, and after them
    /// those of each acronym and of its long form.
    #[must_use]
    pub fn of(given: &[Synonyms], acronyms: &[Synonyms], mut read: impl Iterator<Item = Vec<Unit>>) -> Self {
        let mut out = Self::default();
        let shown = given.iter().map(|given| (given, Some(given.canonical.clone())));
        for (given, display) in shown.chain(acronyms.iter().map(|acronym| (acronym, None))) {
            let entries: Vec<Vec<Unit>> = read.by_ref().take(1 + given.others.len()).collect();
            let Some(units) = entries.first().filter(|units| !units.is_empty()).cloned() else { continue };
            for stems in entries.into_iter().map(stems).filter(|stems| !stems.is_empty()) {
                out.by_first.entry(stems[0]).or_default().push((stems, out.canonical.len()));
            }
            out.canonical.push(Canonical { units, display });
        }
        out.begins = vec![false; out.by_first.keys().max().map_or(0, |last| *last as usize + 1)];
        #[expect(clippy::iter_over_hash_type, reason = "every list is sorted by itself")]
        for (first, sequences) in &mut out.by_first {
            out.begins[*first as usize] = true;
            sequences.sort_unstable_by_key(|(stems, canonical)| (Reverse(stems.len()), stems.clone(), *canonical));
        }
        out
    }

    /// The canonical forms of several words, as phrases.
    #[must_use]
    pub fn phrases(&self) -> FxHashSet<Phrase> {
        self.canonical.iter().filter_map(Canonical::phrase).filter(|phrase| phrase[1] != NO_STEM).collect()
    }

    /// Shows the canonical forms as the user writes them.
    pub fn show(&self, vocabulary: &mut Vocabulary, stems: &[String]) {
        for canonical in &self.canonical {
            let Some(display) = &canonical.display else { continue };
            let term = canonical.phrase().and_then(|phrase| vocabulary.terms.binary_search(&name(&phrase, stems)).ok());
            if let Some(term) = term {
                vocabulary.display[term].clone_from(display);
            }
        }
    }

    /// Rewrites the units of a text. `first_words`: where in the word table the words of each canonical form begin.
    pub fn rewrite(&self, units: &mut Vec<Unit>, from: usize, words: &[Word], first_words: &[u32]) {
        let begins = |unit: &Unit| self.begins.get(unit.stem as usize).copied().unwrap_or_default();
        if !units[from..].iter().any(begins) {
            return;
        }
        let text = units.split_off(from);
        let mut at = 0;
        while at < text.len() {
            let Some((length, canonical)) = self.found(&text[at..]) else {
                units.push(text[at]);
                at += 1;
                continue;
            };
            let first = first_words[canonical];
            for number in first..first + self.canonical[canonical].units.len() as u32 {
                let Word { stem, traits } = words[number as usize];
                // What stands before stays tied to the first word as it was.
                let tied = if number == first { text[at].traits.any(Traits::TIED) } else { true };
                units.push(Unit { word: number, stem, traits: traits.with(Traits::TIED, tied) });
            }
            at += length;
        }
    }

    /// Length of the longest sequence that begins here, and its canonical form.
    fn found(&self, units: &[Unit]) -> Option<(usize, usize)> {
        let sequences = self.by_first.get(&units[0].stem)?;
        let here = |stems: &[u32]| {
            units.get(..stems.len()).is_some_and(|units| units.iter().zip(stems).all(|(unit, stem)| unit.stem == *stem))
        };
        sequences.iter().find(|(stems, _)| here(stems)).map(|(stems, canonical)| (stems.len(), *canonical))
    }
}
