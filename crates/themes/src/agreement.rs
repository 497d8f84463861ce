//! Two groupings of the same papers to how far they agree: the adjusted Rand index (Hubert and Arabie 1985).

use rustc_hash::FxHashMap;

/// Adjusted Rand index of two groupings, 1 = the same, 0 = as by chance. 1 where both put everything together or apart alike.
#[must_use]
pub fn adjusted_rand(a: &[usize], b: &[usize]) -> f64 {
    let mut cells: FxHashMap<(usize, usize), u64> = FxHashMap::default();
    for pair in a.iter().copied().zip(b.iter().copied()) {
        *cells.entry(pair).or_default() += 1;
    }
    let (mut rows, mut columns): (FxHashMap<usize, u64>, FxHashMap<usize, u64>) = Default::default();
    // Sums of integers: the order of the map does not matter.
    #[expect(clippy::iter_over_hash_type, reason = "sums of integers do not depend on the order")]
    for (&(row, column), &count) in &cells {
        *rows.entry(row).or_default() += count;
        *columns.entry(column).or_default() += count;
    }
    let together = pairs_in(cells.values());
    let (in_rows, in_columns) = (pairs_in(rows.values()), pairs_in(columns.values()));
    let n = a.len() as u64;
    let all = (n * n.saturating_sub(1) / 2) as f64;
    let (in_rows, in_columns, together) = (in_rows as f64, in_columns as f64, together as f64);
    let expected = if all > 0.0 { in_rows * in_columns / all } else { 0.0 };
    let largest = f64::midpoint(in_rows, in_columns);
    if largest - expected <= 0.0 { 1.0 } else { (together - expected) / (largest - expected) }
}

/// Normalised mutual information of two groupings by the arithmetic mean of their entropies (Strehl and Ghosh 2002),
/// 1 = the same, 0 = independent. 1 where both put everything into one group.
#[must_use]
pub fn normalised_mutual_information(a: &[usize], b: &[usize]) -> f64 {
    let pairs: Vec<(usize, usize)> = a.iter().copied().zip(b.iter().copied()).collect();
    let (a, b, both) = (entropy(a.to_vec()), entropy(b.to_vec()), entropy(pairs));
    let mean = f64::midpoint(a, b);
    if mean > 0.0 { ((a + b - both) / mean).clamp(0.0, 1.0) } else { 1.0 }
}

/// Entropy of a grouping in nats.
fn entropy<T: Ord>(mut groups: Vec<T>) -> f64 {
    groups.sort_unstable();
    let n = groups.len() as f64;
    groups.chunk_by(|x, y| x == y).map(|group| group.len() as f64 / n).map(|share| -share * share.ln()).sum()
}

fn pairs_in<'a>(counts: impl Iterator<Item = &'a u64>) -> u64 {
    counts.map(|c| c * (c - 1) / 2).sum()
}

#[cfg(test)]
mod tests {
    use super::adjusted_rand;

    #[test]
    fn names_of_groups_do_not_matter() {
        assert!((adjusted_rand(&[0, 0, 1, 1], &[5, 5, 2, 2]) - 1.0).abs() < 1e-12);
    }

    /// Value of `sklearn.metrics.adjusted_rand_score([0,0,1,2], [0,0,1,1])`.
    #[test]
    fn equals_scikit_learn() {
        assert!((adjusted_rand(&[0, 0, 1, 2], &[0, 0, 1, 1]) - 0.571_428_571_428_571_5).abs() < 1e-12);
    }
}
