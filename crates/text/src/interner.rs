//! Words to numbers: every distinct word is kept once and numbered by first occurrence.
//! It borrows the words and copies none; what they mean is not known here.

/// Distinct words, numbered from 0 in the order in which they were first asked for.
#[derive(Debug)]
pub struct Interner<'a> {
    words: Vec<&'a str>,
    /// Key of each word, by which most words are told apart without a look at their letters.
    keys: Vec<u128>,
    /// Numbers by hash: open addressing with linear probing, at most half full. Frequent words come early, so that most of them
    /// stand in the first place that is looked at.
    slots: Vec<u32>,
}

const EMPTY: u32 = u32::MAX;

impl<'a> Interner<'a> {
    /// Room for about this many distinct words before it has to grow.
    #[must_use]
    pub fn with_capacity(words: usize) -> Self {
        let slots = vec![EMPTY; (2 * words).next_power_of_two().max(64)];
        Self { words: Vec::new(), keys: Vec::new(), slots }
    }

    /// The number of a word; new words get the next one.
    #[inline]
    pub fn number(&mut self, word: &'a str) -> u32 {
        self.number_of(word, key(word))
    }

    /// The numbers of all words of another interner, by their numbers there.
    pub fn absorb(&mut self, other: &Self) -> Vec<u32> {
        other.words.iter().zip(&other.keys).map(|(word, &key)| self.number_of(word, key)).collect()
    }

    #[inline]
    fn number_of(&mut self, word: &'a str, key: u128) -> u32 {
        match self.find(word, key) {
            Ok(number) => number,
            Err(slot) => self.insert(word, key, slot),
        }
    }

    /// The number of a word that was asked for before.
    #[must_use]
    pub fn get(&self, word: &str) -> Option<u32> {
        self.find(word, key(word)).ok()
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
    #[inline]
    fn find(&self, word: &str, key: u128) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = hash(key) as usize & mask;
        loop {
            let number = self.slots[slot];
            if number == EMPTY {
                return Err(slot);
            }
            if self.keys[number as usize] == key && (is_whole(key) || self.words[number as usize] == word) {
                return Ok(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    #[cold]
    fn insert(&mut self, word: &'a str, key: u128, slot: usize) -> u32 {
        let number = self.words.len() as u32;
        self.words.push(word);
        self.keys.push(key);
        self.slots[slot] = number;
        if 2 * self.words.len() > self.slots.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        let size = 2 * self.slots.len();
        self.slots = vec![EMPTY; size];
        for (number, &key) in (0..).zip(&self.keys) {
            let mut slot = hash(key) as usize & (size - 1);
            while self.slots[slot] != EMPTY {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = number;
        }
    }
}

/// Longest word whose key says all of it: 15 bytes, and the length in the last one.
const WHOLE: usize = 15;

/// The bytes of a word and its length; of a longer word the first 8 and the last 6, and a mark.
#[inline]
fn key(word: &str) -> u128 {
    let bytes = word.as_bytes();
    let length = bytes.len();
    let (low, high) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) if length <= WHOLE => {
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last) >> 1 >> (8 * (16 - length) - 1))
        }
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last) >> 16 | LONG << 56),
        _ => (short(bytes), 0),
    };
    let length = if length <= WHOLE { (length as u64) << 56 } else { 0 };
    u128::from(high | length) << 64 | u128::from(low)
}

/// What stands for the length of a long word.
const LONG: u64 = 0xff;

fn is_whole(key: u128) -> bool {
    (key >> 120) as u64 != LONG
}

/// Up to 7 bytes as one number.
#[inline]
fn short(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32,
        _ => bytes.iter().rev().fold(0, |low, &byte| low << 8 | u64::from(byte)),
    }
}

/// One multiplication of the two halves, folded.
#[inline]
fn hash(key: u128) -> u32 {
    let low = key as u64 ^ 0x9E37_79B9_7F4A_7C15;
    let high = (key >> 64) as u64 ^ 0xD1B5_4A32_D192_ED03;
    let product = u128::from(low) * u128::from(high);
    ((product >> 64) as u64 ^ product as u64) as u32
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

    #[test]
    fn words_of_every_length_that_differ_in_one_byte_or_in_length_are_told_apart() {
        let mut words: Vec<String> = (0..400).map(|length| "a".repeat(length)).collect();
        for length in 1..40 {
            for at in 0..length {
                let mut word = "a".repeat(length);
                word.replace_range(at..=at, "b");
                words.push(word);
            }
        }
        let mut interner = Interner::with_capacity(0);
        for (at, word) in words.iter().enumerate() {
            assert_eq!(interner.number(word), at as u32, "{word}");
        }
    }
}
