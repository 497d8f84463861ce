//! Measures of agreement between a clustering and a truth. They read no files.

use std::collections::BTreeMap;

/// Adjusted Rand index of two labellings of the same items (Hubert and Arabie 1985): 1 where they agree, about 0 by
/// chance.
pub fn adjusted_rand(pairs: &[(String, String)]) -> f64 {
    let choose = |n: usize| (n * n.saturating_sub(1) / 2) as f64;
    let sum = |counts: BTreeMap<&str, usize>| counts.into_values().map(choose).sum::<f64>();
    let (mut both, mut left, mut right) = (BTreeMap::<(&str, &str), usize>::new(), BTreeMap::new(), BTreeMap::new());
    for (one, other) in pairs {
        *both.entry((one, other)).or_default() += 1;
        *left.entry(one.as_str()).or_default() += 1;
        *right.entry(other.as_str()).or_default() += 1;
    }
    let together: f64 = both.into_values().map(choose).sum();
    let (left, right) = (sum(left), sum(right));
    let expected = left * right / choose(pairs.len());
    (together - expected) / (f64::midpoint(left, right) - expected)
}

/// The label that occurs most often; ties by the label.
pub fn majority<'a>(labels: impl Iterator<Item = &'a str>) -> Option<(&'a str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for label in labels {
        *counts.entry(label).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(label, count)| (count, std::cmp::Reverse(label)))
}

#[test]
fn adjusted_rand_of_known_labellings() {
    let pairs = |labels: &[(u8, u8)]| labels.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect::<Vec<_>>();
    assert!((adjusted_rand(&pairs(&[(0, 5), (0, 5), (1, 4), (1, 4)])) - 1.0).abs() < 1e-12);
    // scikit-learn: adjusted_rand_score([0, 0, 1, 2], [0, 0, 1, 1]) = 0.571428...
    assert!((adjusted_rand(&pairs(&[(0, 0), (0, 0), (1, 1), (2, 1)])) - 4.0 / 7.0).abs() < 1e-12);
}
