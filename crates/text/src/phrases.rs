//! Units to phrases: two and three words that stand together more than chance and often enough.
//!
//! Association is normalised pointwise mutual information (Bouma 2009): `ln(p(ab) / (p(a) p(b))) / -ln p(ab)`, for three words
//! `ln(p(abc) / (p(a) p(b) p(c))) / (-2 ln p(abc))`; 0 = chance, 1 = never apart. What may be a phrase is said in `shape`.

use crate::counting::{StemCounts, Tally, tallies, total};
use crate::pair_table::{PairTable, key, parts};
use crate::shape::{Shape, Traits};
use crate::units::{NO_STEM, Paper, PaperUnits};
use rustc_hash::{FxHashMap, FxHashSet};

/// Stems of a phrase; the third is [`NO_STEM`] for two words.
pub type Phrase = [u32; 3];

/// What a phrase needs to be kept.
#[derive(Debug, Clone, Copy)]
pub struct PhraseRule {
    /// Words of the longest phrase.
    pub longest: usize,
    pub min_npmi: f64,
    pub min_papers: u32,
    /// A phrase in more papers tells nothing apart.
    pub max_papers: u32,
}

/// Least association of a phrase that ends with a general word: "theorem proving" and "sentiment analysis" are said so, "clustering
/// problem" could be anything.
const CLOSING_NPMI: f64 = 0.4;

impl PhraseRule {
    fn is_met(self, phrase: &Phrase, tally: &Tally, stems: &StemCounts) -> bool {
        let words = phrase.iter().filter(|&&stem| stem != NO_STEM).count();
        let closing = stems.closing[phrase[words - 1] as usize];
        let min_npmi = if closing { self.min_npmi.max(CLOSING_NPMI) } else { self.min_npmi };
        words <= self.longest
            && (self.min_papers..=self.max_papers).contains(&tally.papers)
            && npmi(phrase, tally.occurrences, stems) >= min_npmi
    }
}

/// The phrases of a corpus, sorted. Those of `given` need no association, as the user names them.
#[must_use]
pub fn phrases(all: &PaperUnits, stems: &StemCounts, rule: PhraseRule, given: &FxHashSet<Phrase>) -> Vec<Phrase> {
    let frequent = stems.frequent(all, rule.min_papers);
    let pairs = frequent_pairs(all, &frequent, rule.min_papers);
    let mut threes = triples(all, &frequent, rule.min_papers, &pairs);
    threes.retain(|(phrase, tally)| given.contains(phrase) || rule.is_met(phrase, tally, stems));
    drop_pieces_of_longer(all, &mut threes, given);
    let inside = held_by_longer(&threes);
    let twos = pairs.into_iter().map(|(pair, tally)| {
        let [first, second] = parts(pair);
        ([first, second, NO_STEM], tally)
    });
    let twos = twos.filter(|(phrase, tally)| {
        let held = inside.get(&key(phrase[0], phrase[1])).copied().unwrap_or_default();
        let alone = f64::from(held) < INSIDE * f64::from(tally.marked[1]);
        tally.marked_papers >= rule.min_papers && (given.contains(phrase) || alone && rule.is_met(phrase, tally, stems))
    });
    let mut out: Vec<Phrase> = twos.chain(threes).map(|(phrase, _)| phrase).collect();
    out.sort_unstable();
    out
}

/// Pairs in at least `min_papers` papers that are a term or the start of one, sorted. `frequent`: the stem of every word, as
/// far as it is frequent enough.
fn frequent_pairs(all: &PaperUnits, frequent: &[u32], min_papers: u32) -> Vec<(u64, Tally)> {
    tallies(all, min_papers, Shape::OPENS, |paper, at| {
        let unit = paper.units[at];
        Some((paper.pair(at, frequent)?, [unit.is(Shape::TWO), unit.is(Shape::FREE)]))
    })
}

/// Three words that may be a term, of which the first two are one of `pairs`; sorted.
fn triples(all: &PaperUnits, frequent: &[u32], min_papers: u32, pairs: &[(u64, Tally)]) -> Vec<(Phrase, Tally)> {
    let numbered: Vec<(u64, u32)> = pairs.iter().map(|(pair, _)| *pair).zip(0..).collect();
    let number = PairTable::of(&numbered);
    let threes = tallies(all, min_papers, Shape::THREE, |paper, at| {
        let pair = number.get(paper.pair(at, frequent)?)?;
        Some((key(pair, paper.stem(at + 2, frequent)?), [at, at + 1].map(|at| paper.units[at].is(Shape::FREE))))
    });
    let named = threes.into_iter().map(|(three, tally)| {
        let [pair, third] = parts(three);
        let [first, second] = parts(pairs[pair as usize].0);
        ([first, second, third], tally)
    });
    named.collect()
}

/// A phrase of two that stands inside one phrase of three in this share of its occurrences is no term of its own.
const INSIDE: f64 = 0.75;

/// Drops triples that are a piece of one longer phrase: "multimodal large language" is nearly always followed by "model". That "a"
/// stands before a phrase makes no longer one.
fn drop_pieces_of_longer(all: &PaperUnits, threes: &mut Vec<(Phrase, Tally)>, given: &FxHashSet<Phrase>) {
    let stems = all.stems();
    let number = Threes::of(threes.iter().map(|(phrase, _)| phrase));
    let start = || ([FxHashMap::default(), FxHashMap::default()], Vec::new());
    let sides = all.gather(start, |(sides, starts): &mut ([FxHashMap<u64, u32>; 2], Vec<u32>), paper| {
        paper.positions(Shape::THREE, starts);
        for at in starts.iter().map(|&at| at as usize) {
            let Some(three) = number.at(&paper, at, &stems) else { continue };
            let speaks = |at: usize| all.words[paper.units[at].word()].traits.any(Traits::TERM | Traits::RESEARCH);
            let beside = |at: usize| paper.stem(at, &stems).filter(|_| speaks(at));
            for (side, stem) in sides.iter_mut().zip([at.checked_sub(1).and_then(beside), beside(at + 3)]) {
                if let Some(stem) = stem {
                    *side.entry(key(three, stem)).or_default() += 1;
                }
            }
        }
    });
    let mut most = vec![0_u32; threes.len()];
    for side in [0, 1] {
        for (beside, count) in
            total(sides.iter().flat_map(|(sides, _)| &sides[side]).map(|(key, count)| (*key, *count)))
        {
            let most = &mut most[parts(beside)[0] as usize];
            *most = (*most).max(count);
        }
    }
    let mut most = most.into_iter();
    threes.retain(|(phrase, tally)| {
        let most = f64::from(most.next().unwrap_or_default());
        given.contains(phrase) || most < INSIDE * f64::from(tally.occurrences)
    });
}

/// Phrases of three, numbered in order.
struct Threes {
    starts: PairTable,
    by_start: PairTable,
}

impl Threes {
    fn of<'a>(threes: impl Iterator<Item = &'a Phrase> + Clone) -> Self {
        let mut starts: Vec<u64> = threes.clone().map(|[a, b, _]| key(*a, *b)).collect();
        starts.dedup();
        let starts: Vec<(u64, u32)> = starts.into_iter().zip(0..).collect();
        let starts = PairTable::of(&starts);
        let third = |([a, b, c], at): (&Phrase, u32)| Some((key(starts.get(key(*a, *b))?, *c), at));
        let by_start: Vec<(u64, u32)> = threes.zip(0..).filter_map(third).collect();
        Self { by_start: PairTable::of(&by_start), starts }
    }

    fn at(&self, paper: &Paper<'_>, at: usize, stems: &[u32]) -> Option<u32> {
        let start = self.starts.get(paper.pair(at, stems)?)?;
        self.by_start.get(key(start, paper.stem(at + 2, stems)?))
    }
}

/// Occurrences of each pair inside the kept triple that holds it most often, where it is no piece of a compound.
fn held_by_longer(threes: &[(Phrase, Tally)]) -> FxHashMap<u64, u32> {
    let mut held: FxHashMap<u64, u32> = FxHashMap::default();
    for ([a, b, c], tally) in threes {
        for (pair, marked) in [key(*a, *b), key(*b, *c)].into_iter().zip(tally.marked) {
            let most = held.entry(pair).or_default();
            *most = (*most).max(marked);
        }
    }
    held
}

fn npmi(phrase: &Phrase, occurrences: u32, stems: &StemCounts) -> f64 {
    let total = stems.total as f64;
    let joint = (f64::from(occurrences) / total).ln();
    let words: Vec<f64> = phrase
        .iter()
        .filter(|&&s| s != NO_STEM && !stems.connector[s as usize])
        .map(|&s| (f64::from(stems.occurrences[s as usize]) / total).ln())
        .collect();
    (joint - words.iter().sum::<f64>()) / (-((words.len() - 1) as f64) * joint)
}
