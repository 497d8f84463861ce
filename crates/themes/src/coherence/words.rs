//! A text to the words that coherence is measured on: those that scikit-learn's `CountVectorizer(stop_words="english")`
//! takes. Knows nothing of stems, phrases or spellings: coherence is measured on what people read.

use rustc_hash::FxHashSet;

/// The Glasgow list of 318 English stop words, as scikit-learn has it.
const STOP_WORDS: &str = include_str!("stop_words.txt");

/// Words that are passed over.
#[must_use]
pub fn stop_words() -> FxHashSet<&'static str> {
    STOP_WORDS.split_whitespace().collect()
}

/// Calls `emit` for every run of two or more word characters (letters, digits, `_`), lower-cased, stop words among them.
pub fn words(text: &str, mut emit: impl FnMut(&str)) {
    if text.is_ascii() {
        let lower = text.to_ascii_lowercase();
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let mut start = 0;
        for (at, byte) in lower.bytes().chain(std::iter::once(b' ')).enumerate() {
            if !is_word(byte) {
                if at > start + 1 {
                    emit(&lower[start..at]);
                }
                start = at + 1;
            }
        }
        return;
    }
    let lower = text.to_lowercase();
    let pieces = lower.split(|c: char| !c.is_alphanumeric() && c != '_');
    pieces.filter(|word| word.chars().nth(1).is_some()).for_each(emit);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let (mut found, stops) = (Vec::new(), stop_words());
        words(text, |word| found.extend((!stops.contains(word)).then(|| word.to_owned())));
        found
    }

    #[test]
    fn words_are_those_of_scikit_learn() {
        assert_eq!(of("The KV-cache of a 7B model, x_1 and y: O(n)."), ["kv", "cache", "7b", "model", "x_1"]);
        assert_eq!(of("a_ b x--yz"), ["a_", "yz"]);
        assert_eq!(of("Poincaré's É, naïve  über-Straße; is it?"), ["poincaré", "naïve", "über", "straße"]);
    }

    #[test]
    fn the_list_of_stop_words_is_whole() {
        assert_eq!(stop_words().len(), 318);
    }
}
