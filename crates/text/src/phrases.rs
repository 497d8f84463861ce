//! Units to phrases: two and three words that stand together more than chance and often enough.
//!
//! Association is normalised pointwise mutual information (Bouma 2009): `ln(p(ab) / (p(a) p(b))) / -ln p(ab)`, for three words
//! `ln(p(abc) / (p(a) p(b) p(c))) / (-2 ln p(abc))`; 0 = chance, 1 = never apart. What may be a phrase is said in `shape`.

use crate::counting::{Sketch, StemCounts, Tally, tallies, total};
use crate::units::{NO_STEM, Paper, PaperUnits};
use rustc_hash::{FxHashMap, FxHashSet};

/// Stems of a phrase; the third is [`NO_STEM`] for two words.
pub type Phrase = [u32; 3];

/// What a phrase needs to be kept.
#[derive(Debug, Clone, Copy)]
pub struct PhraseRule {
    pub min_npmi: f64,
    pub min_papers: u32,
}

impl PhraseRule {
    fn is_met(self, phrase: &Phrase, tally: &Tally, stems: &StemCounts) -> bool {
        tally.papers >= self.min_papers && npmi(phrase, tally.occurrences, stems) >= self.min_npmi
    }
}

/// Two numbers as one key.
#[must_use]
pub fn key(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

fn parts(key: u64) -> [u32; 2] {
    [(key >> 32) as u32, key as u32]
}

/// The phrases of a corpus, sorted. Those of `given` need no association, as the user names them.
#[must_use]
pub fn phrases(all: &PaperUnits, stems: &StemCounts, rule: PhraseRule, given: &FxHashSet<Phrase>) -> Vec<Phrase> {
    let (pairs, sketch) = frequent_pairs(all, stems, rule.min_papers);
    let mut threes = triples(all, stems, rule.min_papers, &pairs, &sketch);
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

/// Pairs in at least `min_papers` papers that are a term or the start of one, sorted; and rough counts of all pairs. Pairs are
/// counted roughly first, so that the many rare ones are never kept.
fn frequent_pairs(all: &PaperUnits, stems: &StemCounts, min_papers: u32) -> (Vec<(u64, Tally)>, Sketch) {
    let frequent = stems.frequent(all, min_papers);
    let sketch = Sketch::of(all, &frequent, stems.total, |paper, at| {
        // The last two of three are counted too, to tell rare threes by.
        let counts = paper.units[at].opens() || at > 0 && paper.units[at - 1].is_three();
        pair_at(paper, at).filter(|_| counts)
    });
    let mut pairs = tallies(all, &frequent, |paper, at| {
        let unit = paper.units[at];
        let pair = pair_at(paper, at).filter(|&pair| unit.opens() && sketch.may_reach(pair, min_papers))?;
        Some((pair, [unit.is_two(), unit.is_free()]))
    });
    pairs.retain(|(_, tally)| tally.papers >= min_papers);
    (pairs, sketch)
}

fn pair_at(paper: &Paper<'_>, at: usize) -> Option<u64> {
    let &[first, second] = paper.stems.get(at..at + 2)? else { return None };
    (first != NO_STEM && second != NO_STEM).then(|| key(first, second))
}

/// Three words that may be a term, of which the first two are one of `pairs`; sorted.
fn triples(
    all: &PaperUnits,
    stems: &StemCounts,
    min_papers: u32,
    pairs: &[(u64, Tally)],
    sketch: &Sketch,
) -> Vec<(Phrase, Tally)> {
    let number: FxHashMap<u64, u32> = pairs.iter().zip(0..).map(|((pair, _), at)| (*pair, at)).collect();
    let threes = tallies(all, &stems.frequent(all, min_papers), |paper, at| {
        if !paper.units[at].is_three() {
            return None;
        }
        pair_at(paper, at + 1).filter(|&pair| sketch.may_reach(pair, min_papers))?;
        Some((
            key(*number.get(&pair_at(paper, at)?)?, paper.stems[at + 2]),
            [paper.units[at].is_free(), paper.units[at + 1].is_free()],
        ))
    });
    let named = threes.into_iter().filter(|(_, tally)| tally.papers >= min_papers).map(|(three, tally)| {
        let [pair, third] = parts(three);
        let [first, second] = parts(pairs[pair as usize].0);
        ([first, second, third], tally)
    });
    named.collect()
}

/// A phrase of two that stands inside one phrase of three in this share of its occurrences is no term of its own.
const INSIDE: f64 = 0.75;

/// Drops triples that are a piece of one longer phrase: "multimodal large language" is nearly always followed by "model".
fn drop_pieces_of_longer(all: &PaperUnits, threes: &mut Vec<(Phrase, Tally)>, given: &FxHashSet<Phrase>) {
    let number: FxHashMap<Phrase, u32> = threes.iter().zip(0..).map(|((phrase, _), at)| (*phrase, at)).collect();
    let starts: FxHashSet<u64> = threes.iter().map(|([a, b, _], _)| key(*a, *b)).collect();
    let at_three = |paper: &Paper<'_>, at: usize| {
        let started = paper.units[at].is_three() && starts.contains(&pair_at(paper, at)?);
        if started { number.get(paper.stems.get(at..at + 3)?).copied() } else { None }
    };
    let start = || [FxHashMap::default(), FxHashMap::default()];
    let sides = all.gather(&all.stems(), start, |sides: &mut [FxHashMap<u64, u32>; 2], paper| {
        for at in 0..paper.units.len() {
            let Some(three) = at_three(&paper, at) else { continue };
            let before = at.checked_sub(1).map(|at| paper.stems[at]);
            for (side, stem) in sides.iter_mut().zip([before, paper.stems.get(at + 3).copied()]) {
                if let Some(stem) = stem.filter(|&stem| stem != NO_STEM) {
                    *side.entry(key(three, stem)).or_default() += 1;
                }
            }
        }
    });
    let mut most = vec![0_u32; threes.len()];
    for side in [0, 1] {
        for (beside, count) in total(sides.iter().flat_map(|sides| &sides[side]).map(|(key, count)| (*key, *count))) {
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
