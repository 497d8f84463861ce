//! The tokens of one paper to units: stems with what they may do, spellings of compounds and acronyms already made one.
//!
//! A unit is what phrases are made of. Which of them become terms is not decided here.

use crate::acronyms::Acronyms;
use crate::boilerplate::Boilerplate;
use crate::compounds::Compounds;
use crate::stream::{CHUNK, StreamToken, TokenStream};
use crate::words::{Lexicon, WordClass};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// The units of all papers. Paper `i` is `units[offsets[i]..offsets[i + 1]]`.
#[derive(Debug, Default)]
pub struct PaperUnits {
    units: Vec<Unit>,
    offsets: Vec<usize>,
    /// Where the abstract starts, counted from the paper's first unit.
    abstract_starts: Vec<usize>,
}

impl PaperUnits {
    #[must_use]
    pub fn n_papers(&self) -> usize {
        self.abstract_starts.len()
    }

    /// Units of one paper, and the first of its abstract's.
    #[must_use]
    pub fn of(&self, paper: usize) -> (&[Unit], usize) {
        (&self.units[self.offsets[paper]..self.offsets[paper + 1]], self.abstract_starts[paper])
    }
}

/// A stem in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// `None` ends a phrase.
    pub stem: Option<u32>,
    pub class: WordClass,
    /// Tied to the unit before it, so that a small word may be part of a term.
    pub tied: bool,
    /// First and last unit of its token: a term is shown as written only where it covers whole tokens.
    pub first: bool,
    pub last: bool,
    /// Position of its token in the stream.
    pub token: u32,
}

/// Everything that says how tokens are read.
#[derive(Debug)]
pub struct Reader<'a> {
    pub stream: &'a TokenStream,
    pub lexicon: &'a Lexicon,
    pub compounds: &'a Compounds,
    pub acronyms: &'a Acronyms,
    pub boilerplate: &'a Boilerplate,
}

impl Reader<'_> {
    /// Units of all papers, in parallel over fixed chunks.
    #[must_use]
    pub fn read(&self) -> PaperUnits {
        let papers: Vec<usize> = (0..self.stream.title_ends.len()).collect();
        let chunks: Vec<PaperUnits> = papers.par_chunks(CHUNK).map(|chunk| self.read_papers(chunk)).collect();
        let mut out = PaperUnits { offsets: vec![0], ..PaperUnits::default() };
        out.units.reserve_exact(chunks.iter().map(|c| c.units.len()).sum());
        for chunk in chunks {
            let start = out.units.len();
            out.offsets.extend(chunk.offsets.iter().map(|end| start + end));
            out.units.extend(chunk.units);
            out.abstract_starts.extend(chunk.abstract_starts);
        }
        out
    }

    /// Units of some papers; `offsets` holds the end of each.
    fn read_papers(&self, papers: &[usize]) -> PaperUnits {
        let mut out = PaperUnits::default();
        let mut units = Vec::new();
        for &paper in papers {
            units.clear();
            let title_end = self.stream.title_ends[paper];
            self.read_range(self.stream.offsets[paper]..title_end, &mut units);
            out.abstract_starts.push(units.len());
            self.read_range(title_end..self.stream.offsets[paper + 1], &mut units);
            untie_small_words(&mut units);
            self.boilerplate.strike_out(&mut units);
            out.units.extend_from_slice(&units);
            out.offsets.push(out.units.len());
        }
        out
    }

    /// Every stem with its most frequent surface, for terms that never stand by themselves.
    #[must_use]
    pub fn stem_displays(&self) -> FxHashMap<&str, String> {
        let mut occurrences = vec![0_u32; self.stream.surfaces.len()];
        for surface in self.stream.tokens.iter().filter_map(|t| t.surface()) {
            occurrences[surface] += 1;
        }
        let mut best: FxHashMap<&str, (u32, String)> = FxHashMap::default();
        for (surface, lexeme) in self.lexicon.lexemes.iter().enumerate() {
            let entry = best.entry(self.lexicon.stems[lexeme.stem as usize].as_str()).or_default();
            if occurrences[surface] > entry.0 {
                *entry = (occurrences[surface], self.stream.surfaces[surface].clone());
            }
        }
        best.into_iter().map(|(stem, (_, surface))| (stem, surface)).collect()
    }

    fn read_range(&self, range: std::ops::Range<usize>, units: &mut Vec<Unit>) {
        let end = range.end;
        let mut at = range.start;
        while at < end {
            let token = self.stream.tokens[at];
            let Some(surface) = token.surface() else {
                units.push(Unit {
                    stem: None,
                    class: WordClass::Residue,
                    tied: false,
                    first: true,
                    last: true,
                    token: at as u32,
                });
                at += 1;
                continue;
            };
            let next = (at + 1 < end).then(|| self.stream.tokens[at + 1]);
            if let Some(joined) = next.and_then(|next| self.joined(token, next)) {
                self.push_word(joined, at, token.hyphen(), units);
                at += 2;
                continue;
            }
            self.push_token(surface, token, at, units);
            at += 1;
        }
    }

    /// Surface of the one word that two hyphenated tokens are usually written as.
    fn joined(&self, token: StreamToken, next: StreamToken) -> Option<usize> {
        if !next.hyphen() || self.compounds.together.is_empty() {
            return None;
        }
        let stems = [token.surface()?, next.surface()?].map(|s| self.lexicon.lexemes[s].stem);
        self.compounds.together.get(&stems).copied()
    }

    fn push_token(&self, surface: usize, token: StreamToken, at: usize, units: &mut Vec<Unit>) {
        if let Some(long) = self.acronyms.long_forms.get(&surface) {
            // Right after its own long form the acronym says nothing new.
            if !(token.bracketed() && self.follows_long_form(long, units)) {
                self.push_parts(long, at, token.hyphen(), false, units);
            }
        } else if let Some(parts) = self.compounds.apart.get(&self.lexicon.lexemes[surface].stem) {
            self.push_parts(parts, at, token.hyphen(), true, units);
        } else {
            self.push_word(surface, at, token.hyphen(), units);
        }
    }

    fn follows_long_form(&self, long: &[usize], units: &[Unit]) -> bool {
        let before = units.strip_suffix(&units[units.len().saturating_sub(1)..]).unwrap_or(&[]);
        before.len() >= long.len()
            && before[before.len() - long.len()..]
                .iter()
                .zip(long)
                .all(|(unit, &surface)| unit.stem == Some(self.lexicon.lexemes[surface].stem))
    }

    fn push_word(&self, surface: usize, at: usize, hyphen: bool, units: &mut Vec<Unit>) {
        let lexeme = self.lexicon.lexemes[surface];
        let stem = (lexeme.class != WordClass::Residue).then_some(lexeme.stem);
        let tied = hyphen || self.ties(units.last(), lexeme.stem);
        units.push(Unit { stem, class: lexeme.class, tied, first: true, last: true, token: at as u32 });
    }

    fn push_parts(&self, parts: &[usize], at: usize, hyphen: bool, tied: bool, units: &mut Vec<Unit>) {
        for (index, &surface) in parts.iter().enumerate() {
            let lexeme = self.lexicon.lexemes[surface];
            units.push(Unit {
                stem: Some(lexeme.stem),
                class: lexeme.class,
                tied: if index == 0 { hyphen } else { tied },
                first: index == 0,
                last: index + 1 == parts.len(),
                token: at as u32,
            });
        }
    }

    /// Whether a small word right before belongs to this stem, as "over" to "squashing".
    fn ties(&self, before: Option<&Unit>, stem: u32) -> bool {
        before.is_some_and(|unit| {
            matches!(unit.class, WordClass::Function | WordClass::Connector | WordClass::Letter)
                && unit.stem.is_some_and(|first| self.compounds.tied.contains_key(&[first, stem]))
        })
    }
}

/// In compounds of three parts and more ("text-to-image", "state-of-the-art") a small word ties nothing: "text-to" is no term.
fn untie_small_words(units: &mut [Unit]) {
    for at in 1..units.len().saturating_sub(1) {
        let small = matches!(units[at].class, WordClass::Function | WordClass::Connector);
        if small && units[at].tied && units[at + 1].tied {
            units[at].tied = false;
            units[at + 1].tied = false;
        }
    }
}
