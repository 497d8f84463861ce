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

/// What a British spelling always shows; most words can be passed over by it.
const MARKS: [&str; 6] = ["is", "ys", "our", "re", "ogue", "ll"];

/// Candidate American spellings of a word; most of them are no words at all.
fn american(word: &str) -> Vec<String> {
    let mut out = Vec::new();
    if word.len() < 5 || !word.is_ascii() || !MARKS.iter().any(|mark| word.contains(mark)) {
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
    by_stem: FxHashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Spellings<'a> {
    /// `words`: lower-case, distinct or not, with their stems.
    #[must_use]
    pub fn of(words: &'a [String], stems: &'a [String]) -> Self {
        let mut by_stem: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        for (word, stem) in words.iter().zip(stems) {
            by_stem.entry(stem).or_default().push(word);
        }
        Self { by_stem }
    }

    /// Stem of the American spelling of a lower-case word whose own stem is `own`, where the corpus has that spelling.
    #[must_use]
    pub fn american_stem(&self, word: &str, own: &str, stemmer: &Stemmer) -> Option<String> {
        american(word).into_iter().find_map(|candidate| {
            let stem = stemmer.stem(&candidate).into_owned();
            // What the two spellings share, and the first letter in which they part: "optimiz" of "optimized".
            let common = word.bytes().zip(candidate.bytes()).take_while(|(a, b)| a == b).count();
            let shows = &candidate[..(common + 1).min(candidate.len())];
            let written =
                self.by_stem.get(stem.as_str()).is_some_and(|words| words.iter().any(|w| w.starts_with(shows)));
            (stem != own && written).then_some(stem)
        })
    }
}
