//! A number of rows to some of them, drawn by chance: every so many would miss groups that come in turns.

use rand::{SeedableRng, seq::index};
use rand_xoshiro::Xoshiro256PlusPlus;

/// At most `most` of `n` rows, drawn without replacement, ascending; all of them where there are no more.
#[must_use]
pub fn sample(n: usize, most: usize, seed: u64) -> Vec<usize> {
    if n <= most {
        return (0..n).collect();
    }
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut rows = index::sample(&mut random, n, most).into_vec();
    rows.sort_unstable();
    rows
}

#[cfg(test)]
mod tests {
    use super::sample;

    #[test]
    fn rows_are_distinct_and_ascending() {
        assert_eq!(sample(3, 5, 1), [0, 1, 2]);
        let some = sample(1_000, 50, 1);
        assert_eq!(some.len(), 50);
        assert!(some.is_sorted_by(|a, b| a < b) && some[49] < 1_000);
        assert_eq!(some, sample(1_000, 50, 1));
        assert_ne!(some, sample(1_000, 50, 2));
    }
}
