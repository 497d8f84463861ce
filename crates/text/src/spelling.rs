//! British and American spellings of a word to one stem, proved by the corpus.
//!
//! A word is rewritten only where the corpus holds a word that is written the other way, so there is no list of exceptions:
//! "noise" does not become "noize", because nobody writes that.

use rust_stemmers::Stemmer;
use rustc_hash::FxHashMap;

/// Pairs of endings, British to American, with what the American word must show.
const SPELLINGS: [(&str, &str); 11] = [
    ("isation", "ization"),
    ("ise", "ize"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ising", "izing"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("ysing", "yzing"),
    ("our", "or"),
    ("re", "er"),
    ("ogue", "og"),
];

/// Candidate American spellings of a word; most of them are no words at all.
fn american(word: &str) -> Vec<String> {
    let mut out = Vec::new();
    if word.len() < 5 || !word.is_ascii() {
        return out;
    }
    for plural in ["", "s", "ed", "ing", "al", "ally", "ations"] {
        let Some(base) = word.strip_suffix(plural) else { continue };
        for (british, form) in SPELLINGS {
            if let Some(root) = base.strip_suffix(british).filter(|r| r.len() >= 2) {
                out.push(format!("{root}{form}{plural}"));
            }
        }
    }
    for ending in ["ling", "led", "ler", "lers"] {
        if let Some(root) = word.strip_suffix(ending).filter(|r| r.len() >= 4 && r.ends_with('l')) {
            out.push(format!("{root}{}", &ending[1..]));
        }
    }
    out
}

/// The words of a corpus by stem: the proof that a rewriting is a word.
#[derive(Debug)]
pub struct Spellings<'a> {
    by_stem: FxHashMap<String, Vec<&'a str>>,
}

impl<'a> Spellings<'a> {
    /// `words`: lower-case, distinct or not.
    #[must_use]
    pub fn of(words: &'a [String], stemmer: &Stemmer) -> Self {
        let mut by_stem: FxHashMap<String, Vec<&str>> = FxHashMap::default();
        for word in words {
            by_stem.entry(stemmer.stem(word).into_owned()).or_default().push(word);
        }
        Self { by_stem }
    }

    /// Stem of a lower-case word; of its American spelling where the corpus has that too.
    #[must_use]
    pub fn stem(&self, word: &str, stemmer: &Stemmer) -> String {
        let own = stemmer.stem(word).into_owned();
        for candidate in american(word) {
            let stem = stemmer.stem(&candidate).into_owned();
            // What the two spellings share, and the first letter in which they part: "optimiz" of "optimized".
            let common = word.bytes().zip(candidate.bytes()).take_while(|(a, b)| a == b).count();
            let shows = &candidate[..(common + 1).min(candidate.len())];
            if stem != own && self.by_stem.get(&stem).is_some_and(|words| words.iter().any(|w| w.starts_with(shows))) {
                return stem;
            }
        }
        own
    }
}
