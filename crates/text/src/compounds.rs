//! Hyphenated, joined and open spellings of a compound to one: `over-squashing`, `oversquashing`, `over squashing`.
//!
//! The corpus decides: a joined word is taken apart where the corpus also writes it with a hyphen, so that its parts and the
//! compound are the same terms in every spelling. Where nearly everybody writes it joined ("dataset"), the hyphen goes.

use crate::stream::TokenStream;
use crate::words::{Lexicon, WordClass};
use rustc_hash::FxHashMap;

/// How the compounds of a corpus are to be read.
#[derive(Debug, Default)]
pub struct Compounds {
    /// Stem of a joined word to the surfaces of its two parts.
    pub apart: FxHashMap<u32, [usize; 2]>,
    /// Stems of two parts to a surface that writes them as one word.
    pub together: FxHashMap<[u32; 2], usize>,
    /// Stems of two parts that belong together even where they stand open and the first is a small word ("over squashing").
    pub tied: FxHashMap<[u32; 2], u32>,
}

/// A joined word that is this many times as frequent as its other spellings is left joined.
const JOINED_LEADS: u32 = 10;

#[derive(Default)]
struct Counts {
    hyphenated: u32,
    open: u32,
    /// Surfaces of the first hyphenated occurrence.
    parts: [usize; 2],
}

/// Reads the spellings of all compounds off the corpus.
#[must_use]
pub fn compounds(stream: &TokenStream, lexicon: &Lexicon) -> Compounds {
    let pairs = hyphenated_pairs(stream, lexicon);
    let joined = joined_words(stream, lexicon);
    let mut out = Compounds::default();
    // Sorted: where two compounds spell the same joined word, the first by stems keeps it.
    let mut sorted: Vec<(&[u32; 2], &Counts)> = pairs.iter().collect();
    sorted.sort_unstable_by_key(|(stems, _)| **stems);
    for (stems, counts) in sorted {
        let first = stream.surfaces[counts.parts[0]].to_lowercase();
        let word = format!("{first}{}", lexicon.stems[stems[1] as usize]);
        let other = counts.hyphenated + counts.open;
        match joined.get(word.as_str()) {
            Some(&(stem, surface, count)) if count >= JOINED_LEADS * other => {
                let _ = (stem, out.together.insert(*stems, surface));
            }
            Some(&(stem, _, count)) => {
                out.apart.entry(stem).or_insert(counts.parts);
                if counts.hyphenated + count >= counts.open {
                    out.tied.insert(*stems, counts.hyphenated);
                }
            }
            None if counts.hyphenated >= counts.open => {
                out.tied.insert(*stems, counts.hyphenated);
            }
            None => {}
        }
    }
    out
}

/// Pairs of words that a hyphen joins, with how often they also stand open.
fn hyphenated_pairs(stream: &TokenStream, lexicon: &Lexicon) -> FxHashMap<[u32; 2], Counts> {
    let mut pairs: FxHashMap<[u32; 2], Counts> = FxHashMap::default();
    let stems_at = |at: usize| -> Option<([u32; 2], [usize; 2])> {
        let parts = [stream.tokens[at - 1].surface()?, stream.tokens[at].surface()?];
        let plain = parts.iter().all(|&s| lexicon.lexemes[s].class != WordClass::Residue);
        plain.then_some((parts.map(|s| lexicon.lexemes[s].stem), parts))
    };
    for at in 1..stream.tokens.len() {
        let alone = !stream.tokens[at - 1].hyphen() && stream.tokens.get(at + 1).is_none_or(|next| !next.hyphen());
        if stream.tokens[at].hyphen()
            && alone
            && let Some((stems, parts)) = stems_at(at)
        {
            let counts = pairs.entry(stems).or_insert_with(|| Counts { parts, ..Counts::default() });
            counts.hyphenated += 1;
        }
    }
    for at in 1..stream.tokens.len() {
        if !stream.tokens[at].hyphen()
            && let Some((stems, _)) = stems_at(at)
            && let Some(counts) = pairs.get_mut(&stems)
        {
            counts.open += 1;
        }
    }
    pairs
}

/// Stem to (its number, its most frequent surface, occurrences of all its surfaces).
fn joined_words<'a>(stream: &TokenStream, lexicon: &'a Lexicon) -> FxHashMap<&'a str, (u32, usize, u32)> {
    let mut occurrences = vec![0_u32; stream.surfaces.len()];
    for surface in stream.tokens.iter().filter_map(|t| t.surface()) {
        occurrences[surface] += 1;
    }
    let mut out: FxHashMap<&str, (u32, usize, u32)> = FxHashMap::default();
    let mut best = vec![0_u32; lexicon.stems.len()];
    for (surface, lexeme) in lexicon.lexemes.iter().enumerate() {
        let entry = out.entry(lexicon.stems[lexeme.stem as usize].as_str()).or_insert((lexeme.stem, surface, 0));
        entry.2 += occurrences[surface];
        if occurrences[surface] > best[lexeme.stem as usize] {
            best[lexeme.stem as usize] = occurrences[surface];
            entry.1 = surface;
        }
    }
    out
}
