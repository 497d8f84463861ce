//! British and American spellings of a word to one stem, and plurals that the stemmer misses, proved by the corpus.
//!
//! A word is rewritten only where the corpus holds a word that is written the other way, so there is no list of exceptions:
//! "noise" does not become "noize", because nobody writes that, and "devices" does not become "devix".

use crate::interner::Interner;
use rust_stemmers::Stemmer;
use std::borrow::Cow;

/// Pairs of endings, British to American, with what the American word must show.
const SPELLINGS: [(&str, &str); 19] = [
    ("isation", "ization"),
    ("ise", "ize"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ising", "izing"),
    ("iser", "izer"),
    ("isable", "izable"),
    ("isability", "izability"),
    ("yse", "yze"),
    ("yser", "yzer"),
    ("ysed", "yzed"),
    ("ysing", "yzing"),
    ("our", "or"),
    ("re", "er"),
    ("ogue", "og"),
    ("ence", "ense"),
    ("tred", "tered"),
    ("tring", "tering"),
    ("gement", "gment"),
];

/// Pairs of beginnings, British to American. ("programme" is none: where both are written, they are two things.)
const BEGINNINGS: [(&str, &str); 6] = [
    ("artefact", "artifact"),
    ("grey", "gray"),
    ("sceptic", "skeptic"),
    ("mould", "mold"),
    ("ageing", "aging"),
    ("aluminium", "aluminum"),
];

/// What was a diphthong in Latin or Greek is "e" in American words: "anaemia", "oedema".
const DIPHTHONGS: [&str; 2] = ["ae", "oe"];

/// What a British spelling always shows; most words can be passed over by it.
const MARKS: [&str; 17] = [
    "is", "ys", "our", "re", "ogue", "ll", "ence", "tring", "gement", "artefact", "grey", "sceptic", "mould", "ageing",
    "alumin", "ae", "oe",
];

/// Candidate American spellings of a word; most of them are no words at all.
fn american(word: &str) -> Vec<String> {
    let mut out = Vec::new();
    if word.len() < 5 || !word.is_ascii() || !MARKS.iter().any(|mark| word.contains(mark)) {
        return out;
    }
    for plural in ["", "s", "ed", "ing", "al", "ally", "ations", "able", "ful", "hood", "hoods"] {
        let Some(base) = word.strip_suffix(plural) else { continue };
        for (british, form) in SPELLINGS {
            if let Some(root) = base.strip_suffix(british).filter(|r| r.len() >= 2) {
                out.push(format!("{root}{form}{plural}"));
            }
        }
    }
    let begun = |(british, form): &(&str, &str)| word.strip_prefix(british).map(|rest| format!("{form}{rest}"));
    out.extend(BEGINNINGS.iter().filter_map(begun));
    out.extend(DIPHTHONGS.iter().filter(|two| word.contains(**two)).map(|two| word.replacen(two, "e", 1)));
    for ending in ["ling", "led", "ler", "lers"] {
        if let Some(root) = word.strip_suffix(ending).filter(|r| r.len() >= 4 && r.ends_with('l')) {
            out.push(format!("{root}{}", &ending[1..]));
        }
    }
    out
}

/// Plural endings that a stemmer does not bring to the singular ("matrices", "analyses", "criteria"), with the singular's.
const PLURALS: [(&str, &str); 12] = [
    ("ices", "ix"),
    ("ices", "ex"),
    ("yses", "ysis"),
    ("eses", "esis"),
    ("ises", "isis"),
    ("ases", "asis"),
    ("axes", "axis"),
    ("eria", "erion"),
    ("mena", "menon"),
    ("ora", "us"),
    ("ae", "a"),
    ("li", "lus"),
];

/// Candidate singulars of a word; most of them are no words at all.
fn singulars(word: &str) -> impl Iterator<Item = String> {
    PLURALS.iter().filter_map(move |(plural, singular)| Some(format!("{}{singular}", word.strip_suffix(plural)?)))
}

/// "bias" of "biases", of which the stemmer makes two stems; not the three letters of "gas", as too many acronyms have three.
fn singular_in_s(word: &str) -> Option<&str> {
    word.strip_suffix("es").filter(|root| root.len() >= 4 && root.ends_with('s') && !root.ends_with("ss"))
}

/// The words of a corpus by stem: the proof that a rewriting is a word.
#[derive(Debug)]
pub struct Spellings<'a> {
    words: &'a [&'a str],
    stems: Interner<'a>,
    /// Stem of each word.
    own: Vec<u32>,
    /// The words of stem `i` are `by_stem[starts[i]..starts[i + 1]]`.
    by_stem: Vec<u32>,
    starts: Vec<u32>,
}

impl<'a> Spellings<'a> {
    /// `words`: lower-case and distinct, with their stems.
    #[must_use]
    pub fn of(words: &'a [&'a str], stems: &'a [Cow<'a, str>]) -> Self {
        let mut interner = Interner::with_capacity(words.len());
        let own: Vec<u32> = stems.iter().map(|stem| interner.number(stem)).collect();
        let mut starts = vec![0; interner.len() + 1];
        for &stem in &own {
            starts[stem as usize + 1] += 1;
        }
        for stem in 0..interner.len() {
            starts[stem + 1] += starts[stem];
        }
        let mut free = starts.clone();
        let mut by_stem = vec![0; words.len()];
        for (word, &stem) in (0..).zip(&own) {
            by_stem[free[stem as usize] as usize] = word;
            free[stem as usize] += 1;
        }
        Self { words, stems: interner, own, by_stem, starts }
    }

    #[must_use]
    pub fn n_stems(&self) -> usize {
        self.stems.len()
    }

    #[must_use]
    pub fn written(&self, stem: u32) -> &'a str {
        self.stems.word(stem)
    }

    /// The stem of a word: that of its singular or its American spelling where the corpus has that, otherwise its own.
    #[must_use]
    pub fn stem(&self, word: usize, stemmer: &Stemmer) -> u32 {
        let american = || american(self.words[word]).iter().find_map(|candidate| self.proved(word, candidate, stemmer));
        self.singular(self.words[word], stemmer).or_else(american).unwrap_or(self.own[word])
    }

    /// The stem of the singular that a stemmer does not find.
    fn singular(&self, word: &str, stemmer: &Stemmer) -> Option<u32> {
        let singular = singulars(word).find_map(|singular| self.holds(&singular, stemmer));
        let singular = singular.or_else(|| self.holds(singular_in_s(word)?, stemmer))?;
        // "senses" is the plural of "sense", also where somebody is called Sens.
        let regular = word.strip_suffix('s').and_then(|regular| self.holds(regular, stemmer));
        regular.is_none().then_some(singular)
    }

    /// The stem of a word, where the corpus has the word itself.
    fn holds(&self, word: &str, stemmer: &Stemmer) -> Option<u32> {
        let stem = self.stems.get(&stemmer.stem(word))?;
        self.of_stem(stem).any(|other| other == word).then_some(stem)
    }

    /// The words of a stem.
    fn of_stem(&self, stem: u32) -> impl Iterator<Item = &str> {
        let range = self.starts[stem as usize] as usize..self.starts[stem as usize + 1] as usize;
        self.by_stem[range].iter().map(|&word| self.words[word as usize])
    }

    /// The stem of another spelling of a word, where it is another stem and the corpus has that spelling.
    fn proved(&self, word: usize, candidate: &str, stemmer: &Stemmer) -> Option<u32> {
        let stem = self.stems.get(&stemmer.stem(candidate)).filter(|&stem| stem != self.own[word])?;
        // What the two spellings share, and the first letter in which they part: "optimiz" of "optimized".
        let common = self.words[word].bytes().zip(candidate.bytes()).take_while(|(a, b)| a == b).count();
        let shows = &candidate[..(common + 1).min(candidate.len())];
        self.of_stem(stem).any(|other| other.starts_with(shows)).then_some(stem)
    }
}
