//! Units to counts: how often stems and sequences of stems occur, and in how many papers.
//!
//! Counted in fixed parts of the corpus; sums of integers do not depend on their order. What is worth keeping is not decided here.

use crate::pair_table::{key, mixed, parts};
use crate::shape::{Shape, Traits};
use crate::units::{NO_STEM, Paper, PaperUnits, Word};
use crate::words::{Lexicon, WordClass};
use rayon::prelude::*;

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
    /// Stems of [`WordClass::Closing`].
    pub closing: Vec<bool>,
    /// All units with a stem.
    pub total: u64,
    /// Occurrences of every word of the word table in abstracts and in titles.
    pub words: Vec<[u32; 2]>,
    /// Occurrences of every word of the word table that begin a sequence that may be a term.
    pub leading: Vec<u32>,
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
    leading: Vec<u32>,
    /// Papers with each stem, and the one in which it was seen last.
    papers: Vec<[u32; 2]>,
}

/// Counts stems over all papers.
#[must_use]
pub fn stem_counts(all: &PaperUnits, lexicon: &Lexicon) -> StemCounts {
    let n_stems = lexicon.stems.len();
    let n_words = all.words.len();
    let start =
        || Part { words: vec![[0; 2]; n_words], leading: vec![0; n_words], papers: vec![[0, u32::MAX]; n_stems] };
    let parts = all.gather(start, |part, paper| {
        for (at, unit) in paper.units.iter().enumerate() {
            let Word { stem, traits } = all.words[unit.word()];
            if stem == NO_STEM {
                continue;
            }
            part.words[unit.word()][usize::from(at < paper.abstract_start)] += 1;
            part.leading[unit.word()] += u32::from(all.leads(&paper, at));
            if traits.any(Traits::TERM) {
                let [papers, last] = &mut part.papers[stem as usize];
                *papers += u32::from(*last != paper.number as u32);
                *last = paper.number as u32;
            }
        }
    });
    let mut words = vec![[0; 2]; n_words];
    let mut leading = vec![0; n_words];
    let mut papers = vec![0; n_stems];
    for part in parts {
        words.iter_mut().zip(part.words).for_each(|(sum, [text, title])| *sum = [sum[0] + text, sum[1] + title]);
        leading.iter_mut().zip(part.leading).for_each(|(sum, count)| *sum += count);
        papers.iter_mut().zip(part.papers).for_each(|(sum, [count, _])| *sum += count);
    }
    let mut occurrences = vec![0; n_stems];
    for (word, [text, title]) in all.words.iter().zip(&words).filter(|(word, _)| word.stem != NO_STEM) {
        occurrences[word.stem as usize] += text + title;
    }
    let general = general(all, &words, n_stems);
    let total = occurrences.iter().map(|&count| u64::from(count)).sum();
    StemCounts {
        occurrences,
        papers,
        general,
        connector: of_class(lexicon, WordClass::Connector),
        closing: of_class(lexicon, WordClass::Closing),
        total,
        words,
        leading,
    }
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

/// The stems of a class.
fn of_class(lexicon: &Lexicon, class: WordClass) -> Vec<bool> {
    let mut of_class = vec![false; lexicon.stems.len()];
    for lexeme in lexicon.lexemes.iter().filter(|lexeme| lexeme.class == class) {
        of_class[lexeme.stem as usize] = true;
    }
    of_class
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

/// One place where a sequence stands: its name in two halves, the paper, and its marks in the upper bits of that.
#[derive(Clone, Copy)]
struct Sighting {
    name: [u32; 2],
    paper: u32,
}

const FIRST_MARK: u32 = 1 << 31;
const SECOND_MARK: u32 = 1 << 30;

/// A tally while it is counted, with the papers seen last.
#[derive(Clone, Copy)]
struct Counting {
    name: [u32; 2],
    tally: Tally,
    last: u32,
    last_marked: u32,
}

impl Counting {
    fn new(name: [u32; 2]) -> Self {
        Self { name, tally: Tally::default(), last: u32::MAX, last_marked: u32::MAX }
    }

    fn count(&mut self, sighting: Sighting) {
        let marks = [sighting.paper & FIRST_MARK != 0, sighting.paper & SECOND_MARK != 0];
        let paper = sighting.paper & (SECOND_MARK - 1);
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

/// Sightings are sorted by a hash of their names into so many buckets, of which each is small enough to be counted in the cache.
const BUCKETS: usize = 256;

/// Counts the sequence that `at` names at every position of every paper at which `shape` may begin, with its marks there; those
/// that stand in `least` papers, sorted by name.
#[must_use]
pub fn tallies(
    all: &PaperUnits,
    least: u32,
    shape: Shape,
    at: impl Fn(&Paper<'_>, usize) -> Option<(u64, [bool; 2])> + Sync,
) -> Vec<(u64, Tally)> {
    let start = || (vec![Vec::new(); BUCKETS], Vec::new());
    let seen = all.gather(start, |(buckets, starts): &mut (Vec<Vec<Sighting>>, Vec<u32>), paper| {
        paper.positions(shape, starts);
        for (name, marks) in starts.iter().filter_map(|&start| at(&paper, start as usize)) {
            let flag = |flag: u32, set: bool| if set { flag } else { 0 };
            let paper = paper.number as u32 | flag(FIRST_MARK, marks[0]) | flag(SECOND_MARK, marks[1]);
            buckets[(mixed(name) >> 56) as usize].push(Sighting { name: parts(name), paper });
        }
    });
    let counted = (0..BUCKETS).into_par_iter().map(|bucket| {
        let sightings: Vec<&[Sighting]> = seen.iter().map(|(buckets, _)| &buckets[bucket][..]).collect();
        count_bucket(&sightings, least)
    });
    let mut tallies: Vec<(u64, Tally)> = counted.collect::<Vec<_>>().into_iter().flatten().collect();
    tallies.par_sort_unstable_by_key(|(name, _)| *name);
    tallies
}

/// The tallies of one bucket; `sightings` are in the order of the papers.
fn count_bucket(sightings: &[&[Sighting]], least: u32) -> Vec<(u64, Tally)> {
    let size = (3 * sightings.iter().map(|part| part.len()).sum::<usize>() / 2).next_power_of_two().max(2);
    // Numbers of the tallies; the bits of the hash that chose the bucket are shifted out.
    let (mut slots, shift) = (vec![u32::MAX; size], 64 - size.trailing_zeros());
    let mut tallies: Vec<Counting> = Vec::new();
    for &sighting in sightings.iter().copied().flatten() {
        let hash = mixed(key(sighting.name[0], sighting.name[1]));
        let mut slot = (hash << 8 >> shift) as usize;
        let number = loop {
            match slots[slot] {
                u32::MAX => {
                    slots[slot] = tallies.len() as u32;
                    tallies.push(Counting::new(sighting.name));
                    break slots[slot];
                }
                number if tallies[number as usize].name == sighting.name => break number,
                _ => slot = (slot + 1) & (size - 1),
            }
        };
        tallies[number as usize].count(sighting);
    }
    let enough = tallies.into_iter().filter(|counting| counting.tally.papers >= least);
    enough.map(|counting| (key(counting.name[0], counting.name[1]), counting.tally)).collect()
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
