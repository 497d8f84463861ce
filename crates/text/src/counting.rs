//! Units to counts: how often stems and sequences of stems occur, and in how many papers.
//!
//! Counted in fixed parts of the corpus; sums of integers do not depend on their order. What is worth keeping is not decided here.

use crate::shape::Traits;
use crate::units::{NO_STEM, Paper, PaperUnits};
use crate::words::{Lexicon, WordClass};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Occurrences of every stem, and papers that contain it as a word that is a term by itself.
#[derive(Debug)]
pub struct StemCounts {
    pub occurrences: Vec<u32>,
    /// Papers in which the stem occurs as [`WordClass::Content`] or [`WordClass::General`].
    pub papers: Vec<u32>,
    /// Stems that are [`WordClass::General`] in most of their occurrences.
    pub general: Vec<bool>,
    /// Small words that phrases are made with; they do not count in the association.
    pub connector: Vec<bool>,
    /// All units with a stem.
    pub total: u64,
    /// Occurrences of every word of the word table in abstracts and in titles.
    pub words: Vec<[u32; 2]>,
}

impl StemCounts {
    /// The stem of every word that is frequent enough.
    #[must_use]
    pub fn frequent(&self, all: &PaperUnits, least: u32) -> Vec<u32> {
        let frequent = |stem: u32| self.occurrences.get(stem as usize).is_some_and(|&count| count >= least);
        all.words.iter().map(|word| if frequent(word.stem) { word.stem } else { NO_STEM }).collect()
    }
}

/// What is counted in one part of the corpus.
struct Part {
    words: Vec<[u32; 2]>,
    papers: Vec<u32>,
    /// Paper in which each stem was seen last.
    last: Vec<u32>,
}

/// Counts stems over all papers.
#[must_use]
pub fn stem_counts(all: &PaperUnits, lexicon: &Lexicon) -> StemCounts {
    let n_stems = lexicon.stems.len();
    let start =
        || Part { words: vec![[0; 2]; all.words.len()], papers: vec![0; n_stems], last: vec![u32::MAX; n_stems] };
    let parts = all.gather(&all.stems(), start, |part, paper| {
        for (at, (unit, &stem)) in paper.units.iter().zip(paper.stems).enumerate().filter(|(_, (_, s))| **s != NO_STEM)
        {
            part.words[unit.word()][usize::from(at < paper.abstract_start)] += 1;
            let stem = stem as usize;
            if part.last[stem] != paper.number as u32 && all.words[unit.word()].traits.any(Traits::TERM) {
                part.last[stem] = paper.number as u32;
                part.papers[stem] += 1;
            }
        }
    });
    let mut words = vec![[0; 2]; all.words.len()];
    let mut papers = vec![0; n_stems];
    for part in parts {
        words.iter_mut().zip(part.words).for_each(|(sum, [text, title])| *sum = [sum[0] + text, sum[1] + title]);
        papers.iter_mut().zip(part.papers).for_each(|(sum, count)| *sum += count);
    }
    let mut occurrences = vec![0; n_stems];
    for (word, [text, title]) in all.words.iter().zip(&words).filter(|(word, _)| word.stem != NO_STEM) {
        occurrences[word.stem as usize] += text + title;
    }
    let general = general(all, &words, n_stems);
    let total = occurrences.iter().map(|&count| u64::from(count)).sum();
    StemCounts { occurrences, papers, general, connector: connectors(lexicon), total, words }
}

/// Stems of which more than half of the occurrences are general words.
fn general(all: &PaperUnits, counts: &[[u32; 2]], n_stems: usize) -> Vec<bool> {
    let mut balance = vec![0_i64; n_stems];
    for (word, [text, title]) in all.words.iter().zip(counts).filter(|(word, _)| word.stem != NO_STEM) {
        let occurrences = i64::from(text + title);
        if word.traits.any(Traits::GENERAL) {
            balance[word.stem as usize] += occurrences;
        } else if word.traits.any(Traits::CONTENT) {
            balance[word.stem as usize] -= occurrences;
        }
    }
    balance.into_iter().map(|balance| balance > 0).collect()
}

fn connectors(lexicon: &Lexicon) -> Vec<bool> {
    let mut connector = vec![false; lexicon.stems.len()];
    for lexeme in lexicon.lexemes.iter().filter(|lexeme| lexeme.class == WordClass::Connector) {
        connector[lexeme.stem as usize] = true;
    }
    connector
}

/// How often a sequence occurs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub occurrences: u32,
    pub papers: u32,
    /// Occurrences with the first and with the second mark. A pair is marked where it may be a term, and where it is no piece of a
    /// compound ("multi-agent systems"); three words, where their first and their last two are no piece of a compound.
    pub marked: [u32; 2],
    /// Papers with the first mark.
    pub marked_papers: u32,
}

/// A tally while it is counted, with the papers seen last.
#[derive(Clone, Copy)]
struct Counting {
    tally: Tally,
    last: usize,
    last_marked: usize,
}

impl Counting {
    const NEW: Self = Self {
        tally: Tally { occurrences: 0, papers: 0, marked: [0; 2], marked_papers: 0 },
        last: usize::MAX,
        last_marked: usize::MAX,
    };

    fn count(&mut self, paper: usize, marks: [bool; 2]) {
        self.tally.occurrences += 1;
        self.tally.papers += u32::from(self.last != paper);
        self.last = paper;
        self.tally.marked = [self.tally.marked[0] + u32::from(marks[0]), self.tally.marked[1] + u32::from(marks[1])];
        if marks[0] {
            self.tally.marked_papers += u32::from(self.last_marked != paper);
            self.last_marked = paper;
        }
    }
}

/// Counts the sequence that `at` names at every position of every paper, with its marks there; sorted by name.
#[must_use]
pub fn tallies(
    all: &PaperUnits,
    stems: &[u32],
    at: impl Fn(&Paper<'_>, usize) -> Option<(u64, [bool; 2])> + Sync,
) -> Vec<(u64, Tally)> {
    let start = FxHashMap::<u64, Counting>::default;
    let maps = all.gather(stems, start, |tallies, paper| {
        for (name, marks) in (0..paper.units.len()).filter_map(|position| at(&paper, position)) {
            tallies.entry(name).or_insert(Counting::NEW).count(paper.number, marks);
        }
    });
    let mut summed: Vec<(u64, Tally)> = Vec::with_capacity(maps.iter().map(FxHashMap::len).sum());
    summed.extend(maps.into_iter().flatten().map(|(name, counting)| (name, counting.tally)));
    summed.par_sort_unstable_by_key(|(name, _)| *name);
    summed.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1.occurrences += next.1.occurrences;
            kept.1.papers += next.1.papers;
            kept.1.marked = [kept.1.marked[0] + next.1.marked[0], kept.1.marked[1] + next.1.marked[1]];
            kept.1.marked_papers += next.1.marked_papers;
        }
        same
    });
    summed
}

/// Sums of counts by key, sorted by key.
#[must_use]
pub fn total(counts: impl Iterator<Item = (u64, u32)>) -> Vec<(u64, u32)> {
    let mut summed: Vec<(u64, u32)> = counts.collect();
    summed.sort_unstable();
    summed.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    summed
}

/// Rough counts of sequences: never less than the truth, so that a sequence that falls short here need not be counted.
/// After Park, Chen and Yu, "An effective hash-based algorithm for mining association rules" (SIGMOD 1995).
#[derive(Debug)]
pub struct Sketch {
    /// Occurrences by the upper bits of a hash; they stop at the largest value.
    counts: Vec<u8>,
    shift: u32,
}

impl Sketch {
    /// Counts the sequence that `at` names at every position of every paper; `units` says how many positions there are.
    #[must_use]
    pub fn of(
        all: &PaperUnits,
        stems: &[u32],
        units: u64,
        at: impl Fn(&Paper<'_>, usize) -> Option<u64> + Sync,
    ) -> Self {
        let bits = (64 - (units / 2).leading_zeros()).clamp(12, 22);
        let shift = 64 - bits;
        let start = || vec![0_u8; 1 << bits];
        let parts = all.gather(stems, start, |counts, paper| {
            for name in (0..paper.units.len()).filter_map(|position| at(&paper, position)) {
                let count = &mut counts[slot(name, shift)];
                *count = count.saturating_add(1);
            }
        });
        let mut counts = vec![0_u8; 1 << bits];
        for part in parts {
            counts.iter_mut().zip(part).for_each(|(sum, count)| *sum = sum.saturating_add(count));
        }
        Self { counts, shift }
    }

    /// Whether a sequence may occur at least this often.
    #[must_use]
    pub fn may_reach(&self, name: u64, least: u32) -> bool {
        u32::from(self.counts[slot(name, self.shift)]) >= least.min(u32::from(u8::MAX))
    }
}

/// Multiplicative hashing: the upper bits of a product with a large odd number.
fn slot(name: u64, shift: u32) -> usize {
    ((name ^ name >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> shift) as usize
}
