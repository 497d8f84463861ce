//! Units, what phrases are made of: a stem in its place, with what it may do. Tokens become units in `reader`.
//!
//! A unit is kept as one number: a word of the word table, and what may begin there. Which units become terms is not decided here.

use crate::pair_table::key;
use crate::shape::{BLOCK, Shape, Traits, shapes};
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

/// Bits of the word; above them stand those of the shape.
const WORD_BITS: u32 = 27;

impl Packed {
    fn of(unit: &Unit, shape: Shape) -> Self {
        let packed = unit.word | shape.bits() << WORD_BITS;
        Self(if unit.stem == NO_STEM { 0 } else { packed })
    }

    /// Position in the word table.
    #[must_use]
    pub fn word(self) -> usize {
        (self.0 & ((1 << WORD_BITS) - 1)) as usize
    }

    /// Joined by a hyphen to the token before.
    #[must_use]
    pub fn hyphen(self) -> bool {
        self.is(Shape::HYPHEN)
    }

    /// Whether any of these may begin here.
    #[must_use]
    #[inline]
    pub fn is(self, shape: Shape) -> bool {
        self.0 >> WORD_BITS & shape.bits() != 0
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
        for (at, block) in (0..).step_by(BLOCK).zip(units.chunks(BLOCK)) {
            let mut traits = [Traits::NONE; BLOCK + 3];
            traits.iter_mut().zip(&units[at..]).for_each(|(traits, unit)| *traits = unit.traits);
            self.units.extend(block.iter().zip(shapes(&traits)).map(|(unit, shape)| Packed::of(unit, shape)));
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
    /// Puts into `found` the positions at which any of these may begin.
    pub fn positions(&self, shape: Shape, found: &mut Vec<u32>) {
        keep(self.units.iter().enumerate().map(|(at, unit)| (at as u32, unit.is(shape))), found);
    }

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

/// Puts into `found` the numbers that are marked. What is found in a text cannot be foretold: to write every number, and over those
/// that are not marked, costs less than a branch.
pub fn keep(numbers: impl ExactSizeIterator<Item = (u32, bool)>, found: &mut Vec<u32>) {
    found.resize(numbers.len(), 0);
    let mut kept = 0;
    for (number, marked) in numbers {
        found[kept] = number;
        kept += usize::from(marked);
    }
    found.truncate(kept);
}
