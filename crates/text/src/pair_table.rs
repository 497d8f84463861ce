//! Pairs of numbers to small numbers, for lookups of which most find nothing: one bit tells most absent pairs.
//! What the numbers mean is not known here.

/// Two numbers as one key.
#[must_use]
pub fn key(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// The two numbers of a key.
#[must_use]
pub fn parts(key: u64) -> [u32; 2] {
    [(key >> 32) as u32, key as u32]
}

/// Multiplicative hashing: the upper bits of the result are the well mixed ones.
#[must_use]
pub fn mixed(key: u64) -> u64 {
    (key ^ key >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Keys that do not change any more, each with a value.
#[derive(Debug)]
pub struct PairTable {
    /// One bit a hash, at most one in 8 of them set.
    bits: Vec<u64>,
    /// Open addressing with linear probing, at most half full. A free place has [`FREE`] for its value.
    slots: Vec<(u64, u32)>,
    /// What is left of a hash, for `bits` and for `slots`.
    shifts: [u32; 2],
}

const FREE: u32 = u32::MAX;

impl PairTable {
    /// `entries`: distinct keys with values below `u32::MAX`.
    #[must_use]
    pub fn of(entries: &[(u64, u32)]) -> Self {
        let size = (2 * entries.len()).next_power_of_two().max(64);
        let shifts = [64 - (4 * size).trailing_zeros(), 64 - size.trailing_zeros()];
        let mut out = Self { bits: vec![0; size / 16], slots: vec![(0, FREE); size], shifts };
        for &(key, value) in entries {
            let hash = mixed(key);
            let bit = hash >> shifts[0];
            out.bits[(bit / 64) as usize] |= 1 << (bit % 64);
            let mut slot = (hash >> shifts[1]) as usize;
            while out.slots[slot].1 != FREE {
                slot = (slot + 1) & (size - 1);
            }
            out.slots[slot] = (key, value);
        }
        out
    }

    /// The value of a key.
    #[must_use]
    #[inline]
    pub fn get(&self, key: u64) -> Option<u32> {
        let hash = mixed(key);
        let bit = hash >> self.shifts[0];
        if self.bits[(bit / 64) as usize] >> (bit % 64) & 1 == 0 {
            return None;
        }
        let mut slot = (hash >> self.shifts[1]) as usize;
        loop {
            let (found, value) = self.slots[slot];
            if value == FREE {
                return None;
            }
            if found == key {
                return Some(value);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PairTable, key, parts};

    #[test]
    fn every_key_has_its_value_and_no_other_key_has_one() {
        let entries: Vec<(u64, u32)> = (0..1000).map(|at| (key(at % 7, at / 7), at)).collect();
        let table = PairTable::of(&entries);
        for (key, value) in entries {
            assert_eq!(table.get(key), Some(value), "{:?}", parts(key));
        }
        for absent in 0..1000 {
            assert_eq!(table.get(key(7, absent)), None);
        }
        assert_eq!(PairTable::of(&[]).get(0), None);
    }
}
