//! Units, what phrases are made of: a stem in its place, with what it may do. Tokens become units in `reader`.
//!
//! A unit is kept as one number: a word of the word table, and what may begin there. Which units become terms is not decided here.

use crate::pair_table::key;
use crate::shape::{Traits, shape};
use crate::stream::PARTS;
use rayon::prelude::*;

/// A stem in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Position in the word table.
    pub word: u32,
    /// [`NO_STEM`] ends a phrase.
    pub stem: u32,
    pub traits: Traits,
}

/// What stands for a stem where there is none.
pub const NO_STEM: u32 = u32::MAX;

/// One way of writing a stem: a surface, or a part of what a surface stands for ("network" of "GNN").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    pub stem: u32,
    pub traits: Traits,
}

impl Word {
    /// The first word of the table: ends a phrase.
    pub const BREAK: Self = Self { stem: NO_STEM, traits: Traits::NONE };
}

/// The stems of some units.
#[must_use]
pub fn stems(units: Vec<Unit>) -> Vec<u32> {
    units.into_iter().map(|unit| unit.stem).collect()
}

/// A unit as it is kept: a word, and what may begin there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed(u32);

const HYPHEN: u32 = 1 << 31;
const TWO: u32 = 1 << 30;
const THREE: u32 = 1 << 29;
const OPENS: u32 = 1 << 28;
const FREE: u32 = 1 << 27;

impl Packed {
    /// `window`: the traits of the unit and of the three after it; `cut`: the unit is a later piece of a compound.
    fn of(unit: &Unit, window: [Traits; 4], cut: bool) -> Self {
        if unit.stem == NO_STEM {
            return Self(0);
        }
        let shape = shape(window, cut);
        let flag = |flag: u32, set: bool| if set { flag } else { 0 };
        let begins = flag(OPENS, shape.opens) | flag(TWO, shape.two) | flag(THREE, shape.three);
        let free = flag(FREE, !cut && !window[2].any(Traits::TIED));
        Self(unit.word | begins | free | flag(HYPHEN, unit.traits.any(Traits::HYPHEN)))
    }

    /// Position in the word table.
    #[must_use]
    pub fn word(self) -> usize {
        (self.0 & (FREE - 1)) as usize
    }

    /// Joined by a hyphen to the token before.
    #[must_use]
    pub fn hyphen(self) -> bool {
        self.0 & HYPHEN != 0
    }

    /// The two units from here on may be a term.
    #[must_use]
    pub fn is_two(self) -> bool {
        self.0 & TWO != 0
    }

    /// The three units from here on may be a term.
    #[must_use]
    pub fn is_three(self) -> bool {
        self.0 & THREE != 0
    }

    /// A term of several units may begin here.
    #[must_use]
    pub fn begins(self) -> bool {
        self.0 & (TWO | THREE) != 0
    }

    /// The two units from here on are no piece of a hyphenated compound.
    #[must_use]
    pub fn is_free(self) -> bool {
        self.0 & FREE != 0
    }

    /// The two units from here on may be a term or the start of one.
    #[must_use]
    pub fn opens(self) -> bool {
        self.0 & OPENS != 0
    }
}

/// The units of all papers, and the words they point to.
#[derive(Debug)]
pub struct PaperUnits {
    pub words: Vec<Word>,
    /// Surface that each word is written as; 0 for the first, which is none.
    pub surfaces: Vec<u32>,
    chunks: Vec<UnitChunk>,
}

/// The units of some papers.
#[derive(Debug)]
pub struct UnitChunk {
    first_paper: usize,
    units: Vec<Packed>,
    /// First unit of the abstract and end of the paper, as positions in `units`.
    ends: Vec<(usize, usize)>,
}

impl UnitChunk {
    #[must_use]
    pub fn with_capacity(first_paper: usize, papers: usize, units: usize) -> Self {
        Self { first_paper, units: Vec::with_capacity(units), ends: Vec::with_capacity(papers) }
    }

    /// Appends a paper, of whose units the first `abstract_start` are those of the title.
    pub fn push(&mut self, units: &[Unit], abstract_start: usize) {
        let start = self.units.len();
        let traits = |at: usize| units.get(at).map_or(Traits::NONE, |unit| unit.traits);
        let mut window = [traits(0), traits(1), traits(2), traits(3)];
        for (at, unit) in units.iter().enumerate() {
            self.units.push(Packed::of(unit, window, at > 0 && unit.traits.any(Traits::TIED)));
            window = [window[1], window[2], window[3], traits(at + 4)];
        }
        self.ends.push((start + abstract_start, self.units.len()));
    }
}

/// One paper while it is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    pub number: usize,
    pub units: &'a [Packed],
    /// First unit of the abstract.
    pub abstract_start: usize,
}

impl PaperUnits {
    #[must_use]
    pub fn new(words: Vec<Word>, surfaces: Vec<u32>, chunks: Vec<UnitChunk>) -> Self {
        Self { words, surfaces, chunks }
    }

    #[must_use]
    pub fn n_papers(&self) -> usize {
        self.chunks.last().map_or(0, |chunk| chunk.first_paper + chunk.ends.len())
    }

    /// Whether a word that carries meaning follows right after a position: what stands there says something about that word.
    #[must_use]
    #[inline]
    pub fn leads(&self, paper: &Paper<'_>, at: usize) -> bool {
        paper.units.get(at + 1).is_some_and(|next| self.words[next.word()].traits.any(Traits::CONTENT))
    }

    /// The stem of every word.
    #[must_use]
    pub fn stems(&self) -> Vec<u32> {
        self.words.iter().map(|word| word.stem).collect()
    }

    /// Shows every paper to `visit`, in parallel over fixed parts of the corpus; gives back what was gathered in each part,
    /// in order. `start` makes what a part begins with.
    pub fn gather<T: Send>(&self, start: impl Fn() -> T + Sync, visit: impl Fn(&mut T, Paper<'_>) + Sync) -> Vec<T> {
        let parts = self.chunks.par_chunks(self.chunks.len().div_ceil(PARTS).max(1)).map(|chunks| {
            let mut gathered = start();
            for chunk in chunks {
                let mut begin = 0;
                for (number, &(abstract_start, end)) in (chunk.first_paper..).zip(&chunk.ends) {
                    let units = &chunk.units[begin..end];
                    visit(&mut gathered, Paper { number, units, abstract_start: abstract_start - begin });
                    begin = end;
                }
            }
            gathered
        });
        parts.collect()
    }
}

impl Paper<'_> {
    /// What the unit at a position stands for by `table`, which has an entry a word; `None` for none and beyond the end.
    #[must_use]
    #[inline]
    pub fn stem(&self, at: usize, table: &[u32]) -> Option<u32> {
        let stem = table[self.units.get(at)?.word()];
        (stem != NO_STEM).then_some(stem)
    }

    /// The two stems from a position on, as one key.
    #[must_use]
    #[inline]
    pub fn pair(&self, at: usize, table: &[u32]) -> Option<u64> {
        Some(key(self.stem(at, table)?, self.stem(at + 1, table)?))
    }
}
