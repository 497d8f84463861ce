//! Distinct words to lexemes: what each way of writing a word stands for, worked out once a word and not once an occurrence.
//!
//! Lower-cases, takes the plural off acronyms, brings British and American spellings together and stems.
//! Which words follow each other is not looked at here.

use crate::spelling::Spellings;
use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a word can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordClass {
    /// Carries meaning: a term by itself.
    Content,
    /// Research prose ("propose", "outperform"): no term by itself, but may be part of one ("state space").
    Research,
    /// "of", "the": no term, and a phrase neither starts nor ends with it unless a hyphen ties it on.
    Function,
    /// "of", "to", "in", "on": as [`WordClass::Function`], but phrases are made with it ("mixture of experts").
    Connector,
    /// A single letter: only a hyphen makes it part of a term ("k-means").
    Letter,
    /// A number or what is left of a formula: ends a phrase.
    Residue,
}

/// What a way of writing a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lexeme {
    /// Position in [`Lexicon::stems`].
    pub stem: u32,
    pub class: WordClass,
}

/// Lexemes of all distinct surfaces, and the stems they point to.
#[derive(Debug)]
pub struct Lexicon {
    /// One entry a surface.
    pub lexemes: Vec<Lexeme>,
    /// Sorted bytewise, distinct.
    pub stems: Vec<String>,
}

/// Words that carry no meaning of their own, by class.
#[derive(Debug)]
struct StopWords {
    function: FxHashSet<&'static str>,
    research: FxHashSet<&'static str>,
}

/// Builds the lexicon of `surfaces` (distinct words as written).
#[must_use]
pub fn lexicon(surfaces: &[String]) -> Lexicon {
    let stop = stop_words();
    let english = || Stemmer::create(Algorithm::English);
    let lowered: Vec<String> = surfaces.par_iter().map(|s| lower(s)).collect();
    let own: Vec<String> =
        lowered.par_iter().map_init(english, |stemmer, word| stemmer.stem(word).into_owned()).collect();
    let spellings = Spellings::of(&lowered, &own);
    let read: Vec<(String, WordClass)> = lowered
        .par_iter()
        .zip(&own)
        .map_init(english, |stemmer, (word, own)| {
            let stem = spellings.american_stem(word, own, stemmer).unwrap_or_else(|| own.clone());
            let class = class_of(word, &stem, &stop);
            (stem, class)
        })
        .collect();
    let mut stems: Vec<String> = read.iter().map(|(stem, _)| stem.clone()).collect();
    stems.par_sort_unstable();
    stems.dedup();
    let number: FxHashMap<&str, u32> = stems.iter().enumerate().map(|(i, s)| (s.as_str(), i as u32)).collect();
    let lexemes = read.iter().map(|(stem, class)| Lexeme { stem: number[stem.as_str()], class: *class }).collect();
    Lexicon { lexemes, stems }
}

fn stop_words() -> StopWords {
    StopWords {
        function: include_str!("function_words.txt").split_whitespace().collect(),
        research: include_str!("research_words.txt").split_whitespace().collect(),
    }
}

/// Whether the word, or the word it is an inflection of, is in the list of research prose. Not by stem:
/// "represent" says nothing, "representation" does.
fn is_research(word: &str, research: &FxHashSet<&'static str>) -> bool {
    let base = |ending: &str, instead: &str| {
        word.strip_suffix(ending).is_some_and(|root| research.contains(format!("{root}{instead}").as_str()))
    };
    research.contains(word)
        || base("s", "")
        || base("es", "")
        || base("ies", "y")
        || base("d", "")
        || base("ed", "")
        || base("ied", "y")
        || base("ing", "")
        || base("ing", "e")
}

/// Lower case, without the plural of an acronym: "GNNs" is "gnn".
fn lower(surface: &str) -> String {
    singular_acronym(surface).unwrap_or(surface).to_lowercase()
}

/// "LLMs" to "LLM": at least two capitals, the last right before a small s.
#[must_use]
pub fn singular_acronym(surface: &str) -> Option<&str> {
    let stem = surface.strip_suffix('s')?;
    let capitals = stem.chars().filter(|c| c.is_uppercase()).count();
    (capitals >= 2 && stem.ends_with(char::is_uppercase)).then_some(stem)
}

fn class_of(word: &str, stem: &str, stop: &StopWords) -> WordClass {
    if word.chars().nth(1).is_none() {
        return if word.chars().all(char::is_alphabetic) { WordClass::Letter } else { WordClass::Residue };
    }
    if is_residue(word) {
        WordClass::Residue
    } else if matches!(word, "of" | "to" | "in" | "on") {
        WordClass::Connector
    } else if stop.function.contains(word) || stop.function.contains(stem) {
        WordClass::Function
    } else if is_research(word, &stop.research) {
        WordClass::Research
    } else {
        WordClass::Content
    }
}

/// Commands of LaTeX that remain as words when the mathematics around them was stripped.
const LATEX: [&str; 40] = [
    "times",
    "leq",
    "geq",
    "neq",
    "cdot",
    "cdots",
    "ldots",
    "frac",
    "sqrt",
    "infty",
    "ell",
    "mathcal",
    "mathbb",
    "mathbf",
    "mathrm",
    "mathsf",
    "mathit",
    "varepsilon",
    "varphi",
    "widetilde",
    "widehat",
    "overline",
    "langle",
    "rangle",
    "textit",
    "textbf",
    "texttt",
    "textsc",
    "textrm",
    "emph",
    "approx",
    "sim",
    "propto",
    "subset",
    "mapsto",
    "forall",
    "rightarrow",
    "leftarrow",
    "operatorname",
    "nabla",
];

/// Numbers, sizes ("70b", "10x", "20th"), and LaTeX commands alone or glued to a letter or number ("3times", "mathcalO").
fn is_residue(word: &str) -> bool {
    let letters = word.trim_start_matches(|c: char| c.is_numeric());
    let numbered = letters.len() < word.len();
    if letters.chars().all(char::is_numeric) {
        return true;
    }
    if numbered
        && matches!(letters, "b" | "m" | "k" | "x" | "s" | "ms" | "st" | "nd" | "rd" | "th" | "gb" | "mb" | "px")
    {
        return true;
    }
    LATEX.iter().any(|&command| {
        letters == command && (numbered || command != "times")
            || (command.starts_with("math") && letters.starts_with(command) && letters.len() <= command.len() + 3)
    })
}

#[cfg(test)]
mod tests {
    use super::{WordClass, lexicon};

    fn stems(words: &[&str]) -> Vec<String> {
        let surfaces: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
        let lexicon = lexicon(&surfaces);
        lexicon.lexemes.iter().map(|l| lexicon.stems[l.stem as usize].clone()).collect()
    }

    fn class(word: &str) -> WordClass {
        lexicon(&[word.to_owned()]).lexemes[0].class
    }

    #[test]
    fn british_and_american_spellings_share_a_stem() {
        let s = stems(&[
            "optimisation",
            "optimization",
            "quantised",
            "quantization",
            "modelling",
            "modeling",
            "behaviour",
            "behavior",
        ]);
        assert_eq!(s[0], s[1]);
        assert_eq!(s[2], s[3]);
        assert_eq!(s[4], s[5]);
        assert_eq!(s[6], s[7]);
    }

    #[test]
    fn words_that_only_look_british_stay() {
        let s = stems(&["noise", "precise", "hour", "genre", "general", "selling"]);
        assert_eq!(s, ["nois", "precis", "hour", "genr", "general", "sell"]);
    }

    #[test]
    fn acronyms_lose_their_plural() {
        let s = stems(&["LLMs", "LLM", "GNNs", "bus"]);
        assert_eq!(s, ["llm", "llm", "gnn", "bus"]);
    }

    #[test]
    fn residues_are_no_words() {
        for word in ["3times", "mathcal", "mathcalO", "varepsilon", "leq", "2024", "70b", "10x"] {
            assert_eq!(class(word), WordClass::Residue, "{word}");
        }
        for word in ["3D", "3DGS", "gpt4", "Mathematics", "ellipse", "2d"] {
            assert_eq!(class(word), WordClass::Content, "{word}");
        }
        assert_eq!(class("proposes"), WordClass::Research);
        assert_eq!(class("represented"), WordClass::Research);
        assert_eq!(class("representation"), WordClass::Content);
        assert_eq!(class("k"), WordClass::Letter);
    }
}
