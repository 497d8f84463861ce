//! A number of rows to some of them, drawn by chance: every so many would miss groups that come in turns.
//!
//! Each row draws its own lot, by its number and the seed. A row more or less, of new papers or of strangers left out, changes a row
//! of the sample and not the whole of it.

/// At most `most` of `n` rows, drawn without replacement, ascending; all of them where there are no more.
#[must_use]
pub fn sample(n: usize, most: usize, seed: u64) -> Vec<usize> {
    drawn(0..n, most, seed)
}

/// Positions in `rows` (ascending) of at most `most` of them, ascending; all of them where there are no more.
#[must_use]
pub fn sample_among(rows: &[usize], most: usize, seed: u64) -> Vec<usize> {
    drawn(rows.iter().copied(), most, seed)
}

fn drawn(rows: impl ExactSizeIterator<Item = usize>, most: usize, seed: u64) -> Vec<usize> {
    if rows.len() <= most {
        return (0..rows.len()).collect();
    }
    let mut lots: Vec<(u64, usize)> = rows.enumerate().map(|(position, row)| (lot(row, seed), position)).collect();
    lots.select_nth_unstable(most);
    lots.truncate(most);
    let mut positions: Vec<usize> = lots.into_iter().map(|(_, position)| position).collect();
    positions.sort_unstable();
    positions
}

/// A number that looks drawn (Steele, Lea and Flood's `SplitMix64`, OOPSLA 2014, with the seed's as its start).
fn lot(row: usize, seed: u64) -> u64 {
    mixed(mixed(seed.wrapping_add(GOLDEN)).wrapping_add((row as u64 + 1).wrapping_mul(GOLDEN)))
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

fn mixed(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::{sample, sample_among};

    #[test]
    fn rows_are_distinct_and_ascending() {
        assert_eq!(sample(3, 5, 1), [0, 1, 2]);
        let some = sample(1_000, 50, 1);
        assert_eq!(some.len(), 50);
        assert!(some.is_sorted_by(|a, b| a < b) && some[49] < 1_000);
        assert_eq!(some, sample(1_000, 50, 1));
        assert_ne!(some, sample(1_000, 50, 2));
    }

    /// Over 2,000 seeds every row is drawn in about a tenth of them: 200, a standard deviation of 13.
    #[test]
    fn every_row_is_drawn_equally_often() {
        let mut drawn = [0; 100];
        for row in (0..2_000).flat_map(|seed| sample(100, 10, seed)) {
            drawn[row] += 1;
        }
        assert!(drawn.iter().all(|times| (140..=260).contains(times)), "{drawn:?}");
    }

    #[test]
    fn a_row_less_changes_one_row_of_the_sample() {
        let all: Vec<usize> = (0..1_000).collect();
        let before = sample_among(&all, 400, 0);
        for gone in [0, 137, 999] {
            let rows: Vec<usize> = all.iter().copied().filter(|&row| row != gone).collect();
            let after: Vec<usize> = sample_among(&rows, 400, 0).into_iter().map(|position| rows[position]).collect();
            assert_eq!(after.len(), 400);
            assert!(after.iter().filter(|row| before.binary_search(row).is_err()).count() <= 1);
        }
    }
}
