//! Themes to the ten words that each is known by: words that its papers hold and others do not, and that stand together.
//! Knows no phrases; names and terms are made elsewhere.

use crate::coherence::npmi_of;
use crate::coherence::occurrences::{Occurrences, Tally, pair};
use crate::coherence::words;
use crate::terms::{ClassCounts, class_counts};
use model::TermMatrix;

/// Words a theme that are chosen.
pub const TOP_WORDS: usize = 10;
/// Words of which they are chosen: twice as many.
const CANDIDATES: usize = 2 * TOP_WORDS;
/// Share of papers that is added to both sides of a ratio: under one paper in a hundred, being rare says little.
const RARE: f64 = 0.01;

/// The most telling words of each theme, best first: one-word terms of two or more letters as people write them, lower-case, wherever
/// they stand, no stop words. A word weighs the share of the theme's papers that have it, times the logarithm of that share against
/// the share of the other themes' papers.
#[must_use]
pub fn candidates(matrix: &TermMatrix, theme: &[Option<usize>], k: usize) -> Vec<Vec<String>> {
    let counts = class_counts(matrix, theme, k);
    let stops = words::stop_words();
    let one_word = |term: u32| {
        let mut found = Vec::new();
        words::words(&matrix.vocabulary.display[term as usize], |word| {
            found.extend((!stops.contains(word)).then(|| word.to_owned()));
        });
        found.pop().filter(|_| found.is_empty() && matrix.vocabulary.words[term as usize] == 1)
    };
    let of_theme = |theme: usize| {
        let mut top: Vec<String> = Vec::new();
        for word in telling(&counts, theme).into_iter().filter_map(one_word) {
            if top.len() == CANDIDATES {
                break;
            }
            if !top.contains(&word) {
                top.push(word);
            }
        }
        top
    };
    (0..k).map(of_theme).collect()
}

/// Terms of a theme by weight (ties by term), those in a single paper left out where the theme has more than a few.
fn telling(counts: &ClassCounts, theme: usize) -> Vec<u32> {
    let size = counts.sizes[theme];
    let others = counts.sizes.iter().sum::<usize>() - size;
    let weight = |&(term, papers): &(u32, u32)| {
        let share = f64::from(papers) / size.max(1) as f64;
        let elsewhere = f64::from(counts.papers_in_all[term as usize] - papers) / others.max(1) as f64;
        (term, share * ((share + RARE) / (elsewhere + RARE)).ln())
    };
    let kept = counts.papers[theme].iter().filter(|(_, papers)| *papers > 1 || size < 4);
    let mut weights: Vec<(u32, f64)> = kept.map(weight).collect();
    weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    weights.into_iter().map(|(term, _)| term).collect()
}

/// Places of the words that are kept, ascending: while there are more than [`TOP_WORDS`], the one goes that stands least with the
/// others (NPMI over papers), after Alokaili, Aletras and Stevenson (2019), who rank words anew for readers.
#[must_use]
pub fn standing_together(occurrences: &Occurrences, papers: u64) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..occurrences.single.len()).collect();
    while kept.len() > TOP_WORDS {
        let with_others = |a: usize| -> f64 {
            kept.iter().filter(|&&b| b != a).map(|&b| npmi_of(occurrences, (a.min(b), a.max(b)), papers)).sum()
        };
        let together: Vec<f64> = kept.iter().map(|&word| with_others(word)).collect();
        // Of equals the one that tells less goes.
        let least = (0..kept.len()).rev().reduce(|least, at| if together[at] < together[least] { at } else { least });
        kept.remove(least.unwrap_or_default());
    }
    kept
}

/// The tallies of the words that are kept.
#[must_use]
pub fn of_kept(occurrences: &Occurrences, kept: &[usize]) -> Occurrences {
    let pairs: Vec<Tally> = (1..kept.len())
        .flat_map(|b| (0..b).map(move |a| (a, b)))
        .map(|(a, b)| occurrences.pairs[pair(kept[a], kept[b])])
        .collect();
    Occurrences { single: kept.iter().map(|&word| occurrences.single[word]).collect(), pairs }
}

#[cfg(test)]
mod tests {
    use super::{TOP_WORDS, of_kept, standing_together};
    use crate::coherence::occurrences::{Occurrences, Tally, pair};

    /// Twelve words in 10 of 100 papers each; the third and the last stand with no other, the others all together.
    fn occurrences() -> Occurrences {
        let tally = |papers| Tally { papers, windows: papers };
        let alone = |word: usize| word == 2 || word == 11;
        let together = |(a, b): (usize, usize)| tally(if alone(a) || alone(b) { 0 } else { 9 });
        Occurrences {
            single: vec![tally(10); 12],
            pairs: (1..12).flat_map(|b| (0..b).map(move |a| (a, b))).map(together).collect(),
        }
    }

    #[test]
    fn words_that_stand_with_no_other_go() {
        let kept = standing_together(&occurrences(), 100);
        assert_eq!(kept, [0, 1, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert_eq!(kept.len(), TOP_WORDS);
        let of_kept = of_kept(&occurrences(), &kept);
        assert_eq!(of_kept.pairs.len(), 45);
        assert!((0..45).all(|at| of_kept.pairs[at].papers == 9));
        assert_eq!(of_kept.pairs[pair(8, 9)], occurrences().pairs[pair(9, 10)]);
    }
}
