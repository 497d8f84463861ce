//! Two groupings of the same papers to which theme of one is which theme of the other: pairs, splits, merges, and what is in none.
//!
//! Knows neither names nor terms: a theme is the papers in it.

use crate::agreement::{adjusted_rand, normalised_mutual_information};
use model::{Flow, Split, ThemeMatching, ThemePair};
use ndarray::{Array2, ArrayView2};
use pathfinding::{kuhn_munkres::kuhn_munkres, matrix::Matrix};
use std::collections::BTreeMap;

/// Least Jaccard index of a pair, the strictest of those that Greene, Doyle and Cunningham (2010) use to follow communities over
/// time. Half of a theme is still that theme; what shares less than a third is another one.
const LEAST: f64 = 0.3;
/// A pair is ambiguous where another match of either theme has at least this part of its Jaccard index.
const RIVAL: f64 = 2.0 / 3.0;
/// A part of a split has this share of its papers from the whole, or more, and holds at least that share of the whole.
const OF_PART: f64 = 0.5;
const OF_WHOLE: f64 = 0.1;
/// Jaccard indices are weighed in steps of one in so many: the assignment is exact in whole numbers.
const STEPS: f64 = 1e9;

/// Which theme is which. `first` and `second`: position of the theme of each paper, or none, in either grouping, below `k.0`
/// and `k.1`.
///
/// The pairs have the largest sum of Jaccard indices that any assignment one to one has, over pairs of at least 0.3.
#[must_use]
pub fn matching(first: &[Option<usize>], second: &[Option<usize>], k: (usize, usize)) -> ThemeMatching {
    let flows = flows(first, second);
    let mut both = Array2::<usize>::zeros(k);
    let mut sizes = (vec![0; k.0], vec![0; k.1]);
    for flow in &flows {
        flow.first.into_iter().for_each(|theme| sizes.0[theme] += flow.papers);
        flow.second.into_iter().for_each(|theme| sizes.1[theme] += flow.papers);
        if let (Some(a), Some(b)) = (flow.first, flow.second) {
            both[(a, b)] += flow.papers;
        }
    }
    let pairs = pairs(&both, &sizes);
    let splits = fell_apart(both.view(), &sizes.0, &sizes.1);
    let merges = fell_apart(both.t(), &sizes.1, &sizes.0);
    let (grouped_a, grouped_b): (Vec<usize>, Vec<usize>) =
        first.iter().zip(second).filter_map(|(a, b)| (*a).zip(*b)).unzip();
    let measured =
        |measure: fn(&[usize], &[usize]) -> f64| (!grouped_a.is_empty()).then(|| measure(&grouped_a, &grouped_b));
    ThemeMatching {
        gone: alone(k.0, pairs.iter().map(|pair| pair.first), &splits, &merges),
        born: alone(k.1, pairs.iter().map(|pair| pair.second), &merges, &splits),
        adjusted_rand: measured(adjusted_rand),
        mutual_information: measured(normalised_mutual_information),
        grouped_in_both: grouped_a.len(),
        pairs,
        splits,
        merges,
        flows,
    }
}

fn flows(first: &[Option<usize>], second: &[Option<usize>]) -> Vec<Flow> {
    let mut counts: BTreeMap<(Option<usize>, Option<usize>), usize> = BTreeMap::new();
    for way in first.iter().copied().zip(second.iter().copied()) {
        *counts.entry(way).or_default() += 1;
    }
    counts.into_iter().map(|((first, second), papers)| Flow { first, second, papers }).collect()
}

fn pairs(both: &Array2<usize>, sizes: &(Vec<usize>, Vec<usize>)) -> Vec<ThemePair> {
    let jaccard = Array2::from_shape_fn(both.dim(), |(a, b)| {
        let shared = both[(a, b)];
        shared as f64 / (sizes.0[a] + sizes.1[b] - shared).max(1) as f64
    });
    let pair = |(a, b): (usize, usize)| {
        let own = jaccard[(a, b)];
        let in_row = jaccard.row(a).into_iter().enumerate().filter(|&(other, _)| other != b);
        let in_column = jaccard.column(b).into_iter().enumerate().filter(|&(other, _)| other != a);
        let rival = in_row.chain(in_column).map(|(_, &jaccard)| jaccard).filter(|&j| j > 0.0).max_by(f64::total_cmp);
        let ambiguous = rival.is_some_and(|rival| rival >= RIVAL * own);
        ThemePair { first: a, second: b, shared: both[(a, b)], jaccard: own, rival, ambiguous }
    };
    assigned(jaccard.view()).into_iter().map(pair).collect()
}

/// The assignment with the largest sum over pairs of at least [`LEAST`], in row order.
fn assigned(jaccard: ArrayView2<'_, f64>) -> Vec<(usize, usize)> {
    let (rows, columns) = jaccard.dim();
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    // The algorithm wants at least as many columns as rows.
    if rows > columns {
        let mut pairs: Vec<_> = assigned(jaccard.t()).into_iter().map(|(column, row)| (row, column)).collect();
        pairs.sort_unstable();
        return pairs;
    }
    let weight = |(row, column)| match jaccard[(row, column)] {
        jaccard if jaccard >= LEAST => (jaccard * STEPS).round() as i64,
        _ => 0,
    };
    let (_, partners) = kuhn_munkres(&Matrix::from_fn(rows, columns, weight));
    partners.into_iter().enumerate().filter(|&pair| weight(pair) > 0).collect()
}

/// Rows of `both` that fell apart into columns.
fn fell_apart(both: ArrayView2<'_, usize>, wholes: &[usize], parts: &[usize]) -> Vec<Split> {
    let taken = |whole: usize| {
        let is_part = |&(part, shared): &(usize, usize)| {
            shared as f64 > OF_PART * parts[part] as f64 && shared as f64 >= OF_WHOLE * wholes[whole] as f64
        };
        let mut taken: Vec<_> = both.row(whole).iter().copied().enumerate().filter(is_part).collect();
        taken.sort_by_key(|&(part, shared)| (std::cmp::Reverse(shared), part));
        Split { whole, parts: taken }
    };
    (0..wholes.len()).map(taken).filter(|split| split.parts.len() > 1).collect()
}

/// Themes of a run that have no partner, are no whole in `own` and no part in `other`.
fn alone(k: usize, partnered: impl Iterator<Item = usize>, own: &[Split], other: &[Split]) -> Vec<usize> {
    let mut alone = vec![true; k];
    let wholes = own.iter().map(|split| split.whole);
    let parts = other.iter().flat_map(|split| split.parts.iter().map(|&(part, _)| part));
    partnered.chain(wholes).chain(parts).for_each(|theme| alone[theme] = false);
    (0..k).filter(|&theme| alone[theme]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    fn all(groups: &[usize]) -> Vec<Option<usize>> {
        groups.iter().map(|&group| Some(group)).collect()
    }

    fn ways(pairs: &[ThemePair]) -> Vec<(usize, usize)> {
        pairs.iter().map(|pair| (pair.first, pair.second)).collect()
    }

    #[test]
    fn the_same_groups_under_other_numbers_are_the_same_themes() {
        let found = matching(&all(&[0, 0, 1, 1, 2, 2]), &all(&[2, 2, 0, 0, 1, 1]), (3, 3));
        assert_eq!(ways(&found.pairs), [(0, 2), (1, 0), (2, 1)]);
        assert!(found.pairs.iter().all(|pair| pair.jaccard > 0.999_999 && pair.rival.is_none() && !pair.ambiguous));
        assert!(found.flows.iter().all(|flow| !found.is_move(flow)));
        assert_eq!((found.adjusted_rand, found.mutual_information), (Some(1.0), Some(1.0)));
        assert!(found.splits.is_empty() && found.merges.is_empty() && found.born.is_empty() && found.gone.is_empty());
    }

    #[test]
    fn a_theme_that_falls_in_two_is_a_split_and_its_partner_is_ambiguous() {
        let found = matching(&all(&[0; 8]), &all(&[0, 0, 0, 0, 1, 1, 1, 1]), (1, 2));
        assert_eq!(ways(&found.pairs), [(0, 0)]);
        assert!(found.pairs[0].ambiguous && found.pairs[0].rival == Some(0.5));
        assert_eq!(found.splits, [Split { whole: 0, parts: vec![(0, 4), (1, 4)] }]);
        assert!(found.born.is_empty(), "a part of a split is not born");
        let back = matching(&all(&[0, 0, 0, 0, 1, 1, 1, 1]), &all(&[0; 8]), (2, 1));
        assert_eq!(back.merges, [Split { whole: 0, parts: vec![(0, 4), (1, 4)] }]);
        assert!(back.gone.is_empty() && back.splits.is_empty());
    }

    #[test]
    fn what_no_theme_gave_is_born_and_what_none_took_is_gone() {
        let first = [Some(0), Some(0), Some(0), Some(1), Some(1), None, None];
        let second = [Some(0), Some(0), Some(0), None, None, Some(1), Some(1)];
        let found = matching(&first, &second, (2, 2));
        assert_eq!(ways(&found.pairs), [(0, 0)]);
        assert_eq!((found.born, found.gone), (vec![1], vec![1]));
        assert_eq!(found.grouped_in_both, 3);
        let empty = matching(&[None], &[None], (1, 0));
        assert_eq!((empty.adjusted_rand, empty.gone), (None, vec![0]));
    }

    #[test]
    fn the_pairs_are_the_best_together_and_not_one_by_one() {
        let jaccard = ndarray::array![[0.6, 0.5], [0.55, 0.1]];
        assert_eq!(assigned(jaccard.view()), [(0, 1), (1, 0)]);
        assert_eq!(assigned(ndarray::array![[0.29, 0.0], [0.1, 0.4]].view()), [(1, 1)], "too little in common");
    }

    /// The largest sum over all assignments, tried one by one.
    fn best(jaccard: &Array2<f64>, row: usize, taken: &mut Vec<bool>) -> f64 {
        if row == jaccard.nrows() {
            return 0.0;
        }
        let mut largest = best(jaccard, row + 1, taken);
        for column in 0..jaccard.ncols() {
            if !taken[column] && jaccard[(row, column)] >= LEAST {
                taken[column] = true;
                largest = largest.max(jaccard[(row, column)] + best(jaccard, row + 1, taken));
                taken[column] = false;
            }
        }
        largest
    }

    #[test]
    fn no_assignment_is_better_and_every_theme_has_its_place() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(7);
        for (rows, columns) in [(1, 1), (2, 5), (5, 2), (4, 4), (5, 6)] {
            for _ in 0..20 {
                let jaccard =
                    Array2::from_shape_fn((rows, columns), |_| f64::from(random.gen_range(0..100_u8)) / 100.0);
                let pairs = assigned(jaccard.view());
                let sum: f64 = pairs.iter().map(|&pair| jaccard[pair]).sum();
                assert!((sum - best(&jaccard, 0, &mut vec![false; columns])).abs() < 1e-9, "{jaccard}");
            }
            let mut papers =
                |k: usize| (0..60).map(|_| Some(random.gen_range(0..=k)).filter(|&theme| theme < k)).collect();
            let (first, second): (Vec<_>, Vec<_>) = (papers(rows), papers(columns));
            let found = matching(&first, &second, (rows, columns));
            let paired = found.pairs.iter().map(|pair| pair.second);
            let others = found.splits.iter().flat_map(|split| split.parts.iter().map(|part| part.0));
            let wholes = found.merges.iter().map(|split| split.whole);
            let mut named: Vec<usize> = paired.chain(others).chain(wholes).chain(found.born.iter().copied()).collect();
            named.sort_unstable();
            named.dedup();
            assert_eq!(named, (0..columns).collect::<Vec<_>>());
            assert_eq!(found.flows.iter().map(|flow| flow.papers).sum::<usize>(), 60);
        }
    }
}
