//! Words to numbers: every distinct word is kept once and numbered by first occurrence.
//! It borrows the words and copies none; what they mean is not known here.

use rustc_hash::FxHasher;
use std::hash::Hasher as _;

/// Distinct words, numbered from 0 in the order in which they were first asked for.
#[derive(Debug)]
pub struct Interner<'a> {
    words: Vec<&'a str>,
    /// Open addressing with linear probing: hash in the upper half, number in the lower; at most half full.
    slots: Vec<u64>,
}

const EMPTY: u64 = u64::MAX;

impl<'a> Interner<'a> {
    /// Room for about this many distinct words before it has to grow.
    #[must_use]
    pub fn with_capacity(words: usize) -> Self {
        Self { words: Vec::new(), slots: vec![EMPTY; (2 * words).next_power_of_two().max(64)] }
    }

    /// The number of a word; new words get the next one.
    pub fn number(&mut self, word: &'a str) -> u32 {
        let hash = hash(word);
        match self.find(word, hash) {
            Ok(number) => number,
            Err(slot) => self.insert(word, hash, slot),
        }
    }

    /// The number of a word that was asked for before.
    #[must_use]
    pub fn get(&self, word: &str) -> Option<u32> {
        self.find(word, hash(word)).ok()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The word with this number.
    #[must_use]
    pub fn word(&self, number: u32) -> &'a str {
        self.words[number as usize]
    }

    /// The words by number.
    #[must_use]
    pub fn into_words(self) -> Vec<&'a str> {
        self.words
    }

    /// The number of the word, or the free slot where it belongs.
    fn find(&self, word: &str, hash: u32) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let found = self.slots[slot];
            if found == EMPTY {
                return Err(slot);
            }
            let number = found as u32;
            if (found >> 32) as u32 == hash && self.words[number as usize] == word {
                return Ok(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn insert(&mut self, word: &'a str, hash: u32, slot: usize) -> u32 {
        let number = self.words.len() as u32;
        self.words.push(word);
        self.slots[slot] = u64::from(hash) << 32 | u64::from(number);
        if 2 * self.words.len() > self.slots.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![EMPTY; 2 * old.len()];
        let mask = self.slots.len() - 1;
        for entry in old.into_iter().filter(|&entry| entry != EMPTY) {
            let mut slot = (entry >> 32) as usize & mask;
            while self.slots[slot] != EMPTY {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = entry;
        }
    }
}

fn hash(word: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish() as u32
}

#[cfg(test)]
mod tests {
    use super::Interner;

    #[test]
    fn words_keep_their_number_while_the_table_grows() {
        let words: Vec<String> = (0..10_000).map(|i| format!("word{i}")).collect();
        let mut interner = Interner::with_capacity(0);
        for round in 0..2 {
            for (at, word) in words.iter().enumerate() {
                assert_eq!(interner.number(word), at as u32, "round {round}");
            }
        }
        assert_eq!(interner.get("word77"), Some(77));
        assert_eq!(interner.get("word"), None);
        assert_eq!(interner.into_words(), words);
    }
}
