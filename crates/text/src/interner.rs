//! Words to numbers: every distinct word is kept once and numbered by first occurrence.
//! It borrows the words and copies none; what they mean is not known here.

use crate::word_key::WordKey;

/// Distinct words, numbered from 0 in the order in which they were first asked for.
#[derive(Debug)]
pub struct Interner<'a> {
    words: Vec<&'a str>,
    /// Key of each word, by which most words are told apart without a look at their letters.
    keys: Vec<WordKey>,
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
        self.number_keyed(word, WordKey::of(word))
    }

    /// [`Interner::number`] of a word whose key is known.
    #[inline]
    pub fn number_keyed(&mut self, word: &'a str, key: WordKey) -> u32 {
        match self.find(word, key) {
            Ok(number) => number,
            Err(slot) => self.insert(word, key, slot),
        }
    }

    /// The numbers of all words of another interner, by their numbers there.
    pub fn absorb(&mut self, other: &Self) -> Vec<u32> {
        other.words.iter().zip(&other.keys).map(|(word, &key)| self.number_keyed(word, key)).collect()
    }

    /// The number of a word that was asked for before.
    #[must_use]
    pub fn get(&self, word: &str) -> Option<u32> {
        self.find(word, WordKey::of(word)).ok()
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
    fn find(&self, word: &str, key: WordKey) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = key.hash() as usize & mask;
        loop {
            let number = self.slots[slot];
            if number == EMPTY {
                return Err(slot);
            }
            if self.keys[number as usize] == key && (key.is_whole() || self.words[number as usize] == word) {
                return Ok(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    #[cold]
    fn insert(&mut self, word: &'a str, key: WordKey, slot: usize) -> u32 {
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
            let mut slot = key.hash() as usize & (size - 1);
            while self.slots[slot] != EMPTY {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = number;
        }
    }
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
