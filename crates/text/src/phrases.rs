//! Units to phrases: two and three words that stand together more than chance and often enough.
//!
//! Association is normalised pointwise mutual information (Bouma 2009): `ln(p(ab) / (p(a) p(b))) / -ln p(ab)`, for three words
//! `ln(p(abc) / (p(a) p(b) p(c))) / (-2 ln p(abc))`; 0 = chance, 1 = never apart.

use crate::stream::CHUNK;
use crate::units::{Reader, Unit};
use crate::words::WordClass;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Stems of a phrase; the third is [`NO_STEM`] for two words.
pub type Phrase = [u32; 3];
pub const NO_STEM: u32 = u32::MAX;

/// What a phrase needs to be kept.
#[derive(Debug, Clone, Copy)]
pub struct PhraseRule {
    pub min_npmi: f64,
    pub min_papers: u32,
}

/// Occurrences of every stem, and papers that contain it as a word with meaning.
#[derive(Debug)]
pub struct StemCounts {
    pub occurrences: Vec<u32>,
    /// Papers in which the stem occurs as [`WordClass::Content`].
    pub papers: Vec<u32>,
    /// All units with a stem.
    pub total: u64,
}

/// Counts stems over all papers.
#[must_use]
pub fn stem_counts(reader: &Reader<'_>) -> StemCounts {
    let n_stems = reader.lexicon.stems.len();
    let empty = || StemCounts { occurrences: vec![0; n_stems], papers: vec![0; n_stems], total: 0 };
    chunks(reader.n_papers(), PARTS)
        .into_par_iter()
        .map(|papers| {
            let mut counts = empty();
            let mut last_paper = vec![u32::MAX; n_stems];
            let mut units = Vec::new();
            for paper in papers {
                reader.read(paper, &mut units);
                for (stem, class) in units.iter().filter_map(|u| Some((u.stem? as usize, u.class))) {
                    counts.occurrences[stem] += 1;
                    counts.total += 1;
                    if class == WordClass::Content && last_paper[stem] != paper as u32 {
                        last_paper[stem] = paper as u32;
                        counts.papers[stem] += 1;
                    }
                }
            }
            counts
        })
        .reduce(empty, |mut a, b| {
            a.occurrences.iter_mut().zip(&b.occurrences).for_each(|(x, y)| *x += y);
            a.papers.iter_mut().zip(&b.papers).for_each(|(x, y)| *x += y);
            a.total += b.total;
            a
        })
}

/// Pieces that counting is cut into; sums of integers do not depend on it.
const PARTS: usize = 8;

fn chunks(n: usize, parts: usize) -> Vec<std::ops::Range<usize>> {
    let size = n.div_ceil(parts).max(CHUNK);
    (0..n).step_by(size).map(|start| start..(start + size).min(n)).collect()
}

/// The phrases of a corpus, sorted.
#[must_use]
pub fn phrases(reader: &Reader<'_>, stems: &StemCounts, rule: PhraseRule) -> Vec<Phrase> {
    let stop = stop_phrases(&reader.lexicon.stems);
    let frequent = |unit: &Unit| unit.stem.is_some_and(|s| stems.occurrences[s as usize] >= rule.min_papers);
    let twos = count(reader, |units, at| {
        let pair = &units[at..(at + 2).min(units.len())];
        (pair.len() == 2 && may_start(pair) && pair.iter().all(frequent)).then(|| key(pair)).flatten()
    });
    let often: FxHashMap<Phrase, Tally> =
        twos.into_iter().filter(|(_, tally)| tally.papers >= rule.min_papers).collect();
    let threes = count(reader, |units, at| {
        let three = &units[at..(at + 3).min(units.len())];
        (three.len() == 3
            && key(&three[..2]).is_some_and(|k| often.contains_key(&k))
            && frequent(&three[2])
            && is_term(three))
        .then(|| key(three))
        .flatten()
    });
    let associated = |phrase: &Phrase, tally: &Tally| {
        tally.papers >= rule.min_papers && npmi(phrase, tally.occurrences, stems) >= rule.min_npmi
    };
    let threes: Vec<(Phrase, Tally)> = threes.into_iter().filter(|(p, t)| associated(p, t)).collect();
    let inside = held_by_longer(&threes);
    let twos = often.into_iter().filter(|(phrase, tally)| {
        tally.terms >= rule.min_papers
            && associated(phrase, tally)
            && !stop.contains(phrase)
            && inside.get(phrase).is_none_or(|held| f64::from(*held) < INSIDE * f64::from(tally.occurrences))
    });
    let mut out: Vec<Phrase> = twos.chain(threes).map(|(phrase, _)| phrase).collect();
    out.sort_unstable();
    out
}

/// A phrase of two that stands inside one phrase of three in this share of its occurrences is no term of its own.
const INSIDE: f64 = 0.9;

/// Occurrences of each pair inside its most frequent kept triple.
fn held_by_longer(threes: &[(Phrase, Tally)]) -> FxHashMap<Phrase, u32> {
    let mut held: FxHashMap<Phrase, u32> = FxHashMap::default();
    for ([a, b, c], tally) in threes {
        for pair in [[*a, *b, NO_STEM], [*b, *c, NO_STEM]] {
            let most = held.entry(pair).or_default();
            *most = (*most).max(tally.occurrences);
        }
    }
    held
}

/// How often a sequence occurs.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    occurrences: u32,
    papers: u32,
    /// Papers in which it occurs as a term, and not only as the start of a longer one ("mixture of").
    terms: u32,
}

/// Stems of two or three units without a break inside.
fn key(units: &[Unit]) -> Option<Phrase> {
    let mut phrase = [NO_STEM; 3];
    for (slot, unit) in phrase.iter_mut().zip(units) {
        *slot = unit.stem?;
    }
    Some(phrase)
}

/// Whether two or three units may be a term: both ends carry meaning or are tied on, and not all of it is research prose.
#[must_use]
pub fn is_term(units: &[Unit]) -> bool {
    let (Some(first), Some(last)) = (units.first(), units.last()) else { return false };
    let carries = |unit: &Unit| matches!(unit.class, WordClass::Content | WordClass::Research);
    let inner = &units[1..units.len() - 1];
    units.iter().all(|u| u.stem.is_some())
        && (carries(first) || units[1].tied)
        && (carries(last) || last.tied)
        && inner.iter().all(|u| u.class != WordClass::Letter || u.tied)
        && units.iter().any(|u| u.class == WordClass::Content)
}

/// Whether a pair is a term or the start of one with a small word inside ("mixture of").
fn may_start(pair: &[Unit]) -> bool {
    is_term(pair) || (pair[0].class == WordClass::Content && pair[1].class == WordClass::Function)
}

/// Counts the sequence that `at` names at every position of every paper.
fn count(reader: &Reader<'_>, at: impl Fn(&[Unit], usize) -> Option<Phrase> + Sync) -> Vec<(Phrase, Tally)> {
    let maps: Vec<FxHashMap<Phrase, (Tally, u32)>> = chunks(reader.n_papers(), PARTS)
        .into_par_iter()
        .map(|papers| {
            let mut tallies: FxHashMap<Phrase, (Tally, u32)> = FxHashMap::default();
            let mut units = Vec::new();
            for paper in papers {
                reader.read(paper, &mut units);
                for position in 0..units.len() {
                    if let Some(phrase) = at(&units, position) {
                        let words = if phrase[2] == NO_STEM { 2 } else { 3 };
                        let entry = tallies.entry(phrase).or_insert((Tally::default(), u32::MAX));
                        entry.0.occurrences += 1;
                        if entry.1 != paper as u32 {
                            entry.1 = paper as u32;
                            entry.0.papers += 1;
                            entry.0.terms += u32::from(is_term(&units[position..position + words]));
                        }
                    }
                }
            }
            tallies
        })
        .collect();
    let mut all: Vec<(Phrase, Tally)> =
        maps.into_iter().flatten().map(|(phrase, (tally, _))| (phrase, tally)).collect();
    all.par_sort_unstable_by_key(|(phrase, _)| *phrase);
    all.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1.occurrences += next.1.occurrences;
            kept.1.papers += next.1.papers;
            kept.1.terms += next.1.terms;
        }
        same
    });
    all
}

fn npmi(phrase: &Phrase, occurrences: u32, stems: &StemCounts) -> f64 {
    let total = stems.total as f64;
    let joint = (f64::from(occurrences) / total).ln();
    let words: Vec<f64> = phrase
        .iter()
        .filter(|&&s| s != NO_STEM)
        .map(|&s| (f64::from(stems.occurrences[s as usize]) / total).ln())
        .collect();
    (joint - words.iter().sum::<f64>()) / (-((words.len() - 1) as f64) * joint)
}

/// Phrases of research prose whose words do mean something elsewhere ("real world", "world model").
fn stop_phrases(stems: &[String]) -> FxHashSet<Phrase> {
    let stemmer = rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English);
    let number = |word: &str| stems.binary_search(&stemmer.stem(word).into_owned()).ok().map(|i| i as u32);
    include_str!("research_phrases.txt")
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some([number(words.next()?)?, number(words.next()?)?, NO_STEM])
        })
        .collect()
}
