//! Words to keys: the bytes of a word and its length as one number, by which most words are told apart without a look at their
//! letters. What they mean is not known here.

/// A word of up to 15 bytes as a whole; of a longer one the first 8 and the last 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordKey(u128);

/// Longest word whose key says all of it: its length stands in the last byte.
const WHOLE: usize = 15;
/// Where the length stands.
const LENGTH: u32 = 8 * WHOLE as u32;
/// What stands for the length of a longer word.
const LONG: u128 = 0xff;

impl WordKey {
    #[must_use]
    pub fn of(word: &str) -> Self {
        let bytes = word.as_bytes();
        if bytes.len() <= WHOLE {
            let mut block = [0; 16];
            block[..bytes.len()].copy_from_slice(bytes);
            return Self(u128::from_le_bytes(block) | (bytes.len() as u128) << LENGTH);
        }
        let [first, last] =
            [bytes.first_chunk::<8>(), bytes.last_chunk::<8>()].map(|half| half.map(|&half| u64::from_le_bytes(half)));
        let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
        Self(LONG << LENGTH | u128::from(last >> 16) << 64 | u128::from(first))
    }

    /// How many ASCII letters and digits 16 bytes begin with, up to 15, and the key of the word that they are.
    #[must_use]
    #[inline]
    pub fn leading(block: [u8; 16]) -> (usize, Self) {
        let block = u128::from_le_bytes(block);
        let length = ((!alphanumeric(block)).trailing_zeros() / 8).min(WHOLE as u32);
        (length as usize, Self(block & ((1 << (8 * length)) - 1) | u128::from(length) << LENGTH))
    }

    /// Whether the key says all of the word.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0 >> LENGTH != LONG
    }

    /// One multiplication of the two halves, folded.
    #[must_use]
    #[inline]
    pub fn hash(self) -> u32 {
        let low = self.0 as u64 ^ 0x9E37_79B9_7F4A_7C15;
        let high = (self.0 >> 64) as u64 ^ 0xD1B5_4A32_D192_ED03;
        let product = u128::from(low) * u128::from(high);
        ((product >> 64) as u64 ^ product as u64) as u32
    }
}

/// A number whose 16 bytes are all the same.
const fn all(byte: u8) -> u128 {
    u128::from_le_bytes([byte; 16])
}

/// The upper bit of every byte says whether it is an ASCII letter or digit; the other bits are set. All bytes are compared side by
/// side: what is added to each of them leaves it below 256.
#[inline]
fn alphanumeric(block: u128) -> u128 {
    let plain = block & all(0x7f);
    // The upper bit: at least this much.
    let from = |bytes: u128, least: u8| bytes + all(0x80 - least);
    let small = plain | all(0x20);
    let letter = from(small, b'a') & !from(small, b'z' + 1);
    let digit = from(plain, b'0') & !from(plain, b'9' + 1);
    (letter | digit) & !block | all(0x7f)
}

#[cfg(test)]
mod tests {
    use super::WordKey;

    #[test]
    fn the_leading_word_has_the_key_of_the_same_word_alone() {
        for byte in 0..=u8::MAX {
            for length in 0..16 {
                let mut block = *b"aZ09zA5bYcXd7e8f";
                block[length] = byte;
                let whole = if byte.is_ascii_alphanumeric() { 15 } else { length };
                let word = std::str::from_utf8(&block[..whole.min(15)]).unwrap();
                assert_eq!(WordKey::leading(block), (word.len(), WordKey::of(word)), "{byte} at {length}");
            }
        }
    }

    #[test]
    fn keys_of_short_words_are_whole_and_differ() {
        let words = ["", "a", "aa", "a\0", "aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "gr\u{f6}\u{df}e"];
        for (at, word) in words.iter().enumerate() {
            assert!(WordKey::of(word).is_whole());
            assert!(words[..at].iter().all(|other| WordKey::of(other) != WordKey::of(word)), "{word}");
        }
        assert!(!WordKey::of("aaaaaaaaaaaaaaaa").is_whole());
    }
}
