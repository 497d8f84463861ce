//! Units to phrases: two and three words that stand together more than chance and often enough.
//!
//! Association is normalised pointwise mutual information (Bouma 2009): `ln(p(ab) / (p(a) p(b))) / -ln p(ab)`, for three words
//! `ln(p(abc) / (p(a) p(b) p(c))) / (-2 ln p(abc))`; 0 = chance, 1 = never apart.

use crate::stream::CHUNK;
use crate::units::{PaperUnits, Unit};
use crate::words::{Lexicon, WordClass};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

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
    /// Small words that phrases are made with; they do not count in the association.
    pub connector: Vec<bool>,
    /// All units with a stem.
    pub total: u64,
}

/// Counts stems over all papers.
#[must_use]
pub fn stem_counts(all: &PaperUnits, lexicon: &Lexicon) -> StemCounts {
    let n_stems = lexicon.stems.len();
    let mut connector = vec![false; n_stems];
    for lexeme in lexicon.lexemes.iter().filter(|l| l.class == WordClass::Connector) {
        connector[lexeme.stem as usize] = true;
    }
    let empty =
        || StemCounts { occurrences: vec![0; n_stems], papers: vec![0; n_stems], connector: Vec::new(), total: 0 };
    let counts = chunks(all.n_papers(), PARTS)
        .into_par_iter()
        .map(|papers| {
            let mut counts = empty();
            let mut last_paper = vec![u32::MAX; n_stems];
            for paper in papers {
                let (units, _) = all.of(paper);
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
        });
    StemCounts { connector, ..counts }
}

/// Pieces that counting is cut into; sums of integers do not depend on it.
const PARTS: usize = 8;

fn chunks(n: usize, parts: usize) -> Vec<std::ops::Range<usize>> {
    let size = n.div_ceil(parts).max(CHUNK);
    (0..n).step_by(size).map(|start| start..(start + size).min(n)).collect()
}

/// The phrases of a corpus, sorted.
#[must_use]
pub fn phrases(all: &PaperUnits, stems: &StemCounts, rule: PhraseRule) -> Vec<Phrase> {
    let frequent = |unit: &Unit| unit.stem.is_some_and(|s| stems.occurrences[s as usize] >= rule.min_papers);
    let twos = count(all, |units, at| {
        let pair = units.get(at..at + 2)?;
        (pair.iter().all(frequent) && may_start(units, at)).then(|| key(pair)).flatten()
    });
    let often: FxHashMap<Phrase, Tally> =
        twos.into_iter().filter(|(_, tally)| tally.papers >= rule.min_papers).collect();
    let threes = count(all, |units, at| {
        let three = units.get(at..at + 3)?;
        let starts_often = frequent(&three[2]) && is_term(units, at, 3) && often.contains_key(&key(&three[..2])?);
        starts_often.then(|| key(three)).flatten()
    });
    let associated = |phrase: &Phrase, tally: &Tally| {
        tally.papers >= rule.min_papers && npmi(phrase, tally.occurrences, stems) >= rule.min_npmi
    };
    let mut threes: Vec<(Phrase, Tally)> = threes.into_iter().filter(|(p, t)| associated(p, t)).collect();
    drop_pieces_of_longer(all, &mut threes);
    let inside = held_by_longer(&threes);
    let twos = often.into_iter().filter(|(phrase, tally)| {
        tally.terms >= rule.min_papers
            && associated(phrase, tally)
            && inside.get(phrase).is_none_or(|held| f64::from(*held) < INSIDE * f64::from(tally.occurrences))
    });
    let mut out: Vec<Phrase> = twos.chain(threes).map(|(phrase, _)| phrase).collect();
    out.sort_unstable();
    out
}

/// A phrase of two that stands inside one phrase of three in this share of its occurrences is no term of its own.
const INSIDE: f64 = 0.75;

/// Drops triples that are a piece of one longer phrase: "multimodal large language" is nearly always followed by "model".
fn drop_pieces_of_longer(all: &PaperUnits, threes: &mut Vec<(Phrase, Tally)>) {
    let number: FxHashMap<Phrase, u32> = threes.iter().zip(0..).map(|((phrase, _), at)| (*phrase, at)).collect();
    let at_three = |units: &[Unit], at: usize| {
        let covered = units.get(at..at + 3)?;
        if is_term(units, at, 3) { number.get(&key(covered)?).copied() } else { None }
    };
    let beside = |units: &[Unit], at: usize| units.get(at).and_then(|unit| unit.stem);
    let followed = count(all, |units, at| Some([at_three(units, at)?, beside(units, at + 3)?, NO_STEM]));
    let preceded = count(all, |units, at| Some([at_three(units, at)?, beside(units, at.checked_sub(1)?)?, NO_STEM]));
    let mut most = vec![0_u32; threes.len()];
    for ([three, ..], tally) in followed.into_iter().chain(preceded) {
        let most = &mut most[three as usize];
        *most = (*most).max(tally.occurrences);
    }
    let mut most = most.into_iter();
    threes.retain(|(_, tally)| most.next().is_some_and(|m| f64::from(m) < INSIDE * f64::from(tally.occurrences)));
}

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

/// Whether the `words` units from `start` on may be a term: whole tokens, not a piece of a hyphenated compound, the first word
/// carries meaning or is tied on, the last one is no research prose, and a small word inside is one that phrases are made with.
#[must_use]
pub fn is_term(units: &[Unit], start: usize, words: usize) -> bool {
    let Some(covered) = units.get(start..start + words) else { return false };
    let (first, last) = (&covered[0], &covered[words - 1]);
    let cut = (first.tied && start > 0) || units.get(start + words).is_some_and(|next| next.tied);
    let opens = matches!(first.class, WordClass::Content | WordClass::Research) || covered[1].tied;
    let closes = last.class == WordClass::Content || last.tied;
    covered.iter().all(|u| u.stem.is_some())
        && first.first
        && last.last
        && !cut
        && opens
        && closes
        && covered[1..words - 1].iter().all(|middle| is_between(first, middle, last))
        && covered.iter().any(|u| u.class == WordClass::Content)
}

/// A middle word that is no small one, or "of" between two words with meaning ("mixture of experts").
fn is_between(first: &Unit, middle: &Unit, last: &Unit) -> bool {
    match middle.class {
        WordClass::Content | WordClass::Research => true,
        WordClass::Connector => first.class == WordClass::Content && last.class == WordClass::Content,
        WordClass::Function | WordClass::Letter | WordClass::Residue => middle.tied,
    }
}

/// Whether a pair is a term or the start of one of three words ("mixture of", "state space").
fn may_start(units: &[Unit], at: usize) -> bool {
    let (first, second) = (&units[at], &units[at + 1]);
    is_term(units, at, 2)
        || (first.first && second.class != WordClass::Function && second.class != WordClass::Letter || second.tied)
}

/// Counts the sequence that `at` names at every position of every paper.
fn count(all: &PaperUnits, at: impl Fn(&[Unit], usize) -> Option<Phrase> + Sync) -> Vec<(Phrase, Tally)> {
    let maps: Vec<FxHashMap<Phrase, (Tally, u32)>> = chunks(all.n_papers(), PARTS)
        .into_par_iter()
        .map(|papers| {
            let mut tallies: FxHashMap<Phrase, (Tally, u32)> = FxHashMap::default();
            for paper in papers {
                let (units, _) = all.of(paper);
                for position in 0..units.len() {
                    if let Some(phrase) = at(units, position) {
                        let words = if phrase[2] == NO_STEM { 2 } else { 3 };
                        let entry = tallies.entry(phrase).or_insert((Tally::default(), u32::MAX));
                        entry.0.occurrences += 1;
                        if entry.1 != paper as u32 {
                            entry.1 = paper as u32;
                            entry.0.papers += 1;
                            entry.0.terms += u32::from(is_term(units, position, words));
                        }
                    }
                }
            }
            tallies
        })
        .collect();
    let mut summed: Vec<(Phrase, Tally)> =
        maps.into_iter().flatten().map(|(phrase, (tally, _))| (phrase, tally)).collect();
    summed.par_sort_unstable_by_key(|(phrase, _)| *phrase);
    summed.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1.occurrences += next.1.occurrences;
            kept.1.papers += next.1.papers;
            kept.1.terms += next.1.terms;
        }
        same
    });
    summed
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
