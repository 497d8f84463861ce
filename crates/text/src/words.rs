//! Distinct words to lexemes: what each way of writing a word stands for, worked out once a word and not once an occurrence.
//!
//! Lower-cases, takes the plural off acronyms, brings British and American spellings together and stems.
//! Which words follow each other is not looked at here.

use crate::interner::Interner;
use crate::spelling::Spellings;
use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// What a word can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordClass {
    /// Carries meaning: a term by itself.
    Content,
    /// Research prose ("propose", "outperform"): no term by itself, but may be part of one ("state space").
    Research,
    /// General words ("problem", "solve"): how often a field uses them tells fields apart, but they name nothing.
    General,
    /// General words that phrases end with: "theorem proving", "sentiment analysis".
    Closing,
    /// "of", "the": no term, and a phrase neither starts nor ends with it unless a hyphen ties it on.
    Function,
    /// "of", "to", "in", "on": as [`WordClass::Function`], but phrases are made with it ("mixture of experts").
    Connector,
    /// A single letter: only a hyphen makes it part of a term ("k-means").
    Letter,
    /// A number or what is left of a formula: ends a phrase.
    Residue,
}

impl WordClass {
    /// Whether only what ties it on makes it the beginning of a term.
    #[must_use]
    pub fn is_small(self) -> bool {
        matches!(self, Self::Function | Self::Connector | Self::Letter)
    }
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
    /// With all inflections. Not by stem: "represent" says nothing, "representation" does.
    research: FxHashSet<String>,
    general: FxHashSet<String>,
    closing: FxHashSet<&'static str>,
}

/// Builds the lexicon of `surfaces` (distinct words as written). Every distinct lower-case word is stemmed and classed once.
#[must_use]
pub fn lexicon(surfaces: &[&str]) -> Lexicon {
    let lowered: Vec<Cow<'_, str>> = surfaces.par_iter().map(|surface| lower(surface)).collect();
    let mut interner = Interner::with_capacity(lowered.len());
    let word_of: Vec<u32> = lowered.iter().map(|word| interner.number(word)).collect();
    let words = interner.into_words();
    let english = || Stemmer::create(Algorithm::English);
    let own: Vec<Cow<'_, str>> = words.par_iter().map_init(english, |stemmer, word| stemmer.stem(word)).collect();
    let spellings = Spellings::of(&words, &own);
    let stop = stop_words();
    let read: Vec<(u32, WordClass)> = (0..words.len())
        .into_par_iter()
        .map_init(english, |stemmer, word| {
            let stem = spellings.stem(word, stemmer);
            (stem, class_of(words[word], spellings.written(stem), &stop))
        })
        .collect();
    let (stems, number) = sorted_stems(&read, &spellings);
    let lexemes = word_of.iter().map(|&word| {
        let (stem, class) = read[word as usize];
        Lexeme { stem: number[stem as usize], class }
    });
    Lexicon { lexemes: lexemes.collect(), stems }
}

/// The stems that are in use, sorted, and the number of each by its number among the spellings.
fn sorted_stems(read: &[(u32, WordClass)], spellings: &Spellings<'_>) -> (Vec<String>, Vec<u32>) {
    let mut used: Vec<u32> = read.iter().map(|(stem, _)| *stem).collect();
    used.par_sort_unstable_by_key(|&stem| (spellings.written(stem), stem));
    used.dedup();
    let mut number = vec![0; spellings.n_stems()];
    for (at, &stem) in (0..).zip(&used) {
        number[stem as usize] = at;
    }
    (used.iter().map(|&stem| spellings.written(stem).to_owned()).collect(), number)
}

fn stop_words() -> StopWords {
    let inflected = |list: &str| list.split_whitespace().flat_map(inflections).collect();
    StopWords {
        function: include_str!("function_words.txt").split_whitespace().collect(),
        research: inflected(include_str!("research_words.txt")),
        general: inflected(include_str!("general_words.txt")),
        closing: include_str!("closing_words.txt").split_whitespace().collect(),
    }
}

/// A word in all forms that it may take.
fn inflections(word: &str) -> Vec<String> {
    let mut out: Vec<String> =
        ["", "s", "es", "d", "ed", "ing"].iter().map(|ending| format!("{word}{ending}")).collect();
    if let Some(root) = word.strip_suffix('y') {
        out.extend([format!("{root}ies"), format!("{root}ied")]);
    }
    if let Some(root) = word.strip_suffix('e') {
        out.push(format!("{root}ing"));
    }
    out
}

/// Lower case, without the plural of an acronym: "GNNs" is "gnn".
fn lower(surface: &str) -> Cow<'_, str> {
    if surface.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(surface);
    }
    Cow::Owned(singular_acronym(surface).unwrap_or(surface).to_lowercase())
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
    } else if stop.research.contains(word) {
        WordClass::Research
    } else if stop.closing.contains(word) {
        WordClass::Closing
    } else if stop.general.contains(word) {
        WordClass::General
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
        let lexicon = lexicon(words);
        lexicon.lexemes.iter().map(|l| lexicon.stems[l.stem as usize].clone()).collect()
    }

    fn class(word: &str) -> WordClass {
        lexicon(&[word]).lexemes[0].class
    }

    #[test]
    fn british_and_american_spellings_share_a_stem() {
        let pairs = [
            ("optimisation", "optimization"),
            ("quantised", "quantization"),
            ("tokenisers", "tokenizer"),
            ("modelling", "modeling"),
            ("behaviour", "behavior"),
            ("neighbourhoods", "neighborhood"),
            ("defences", "defense"),
            ("centred", "centered"),
            ("filtring", "filtering"),
            ("judgement", "judgments"),
            ("artefacts", "artifact"),
            ("greyscale", "grayscale"),
            ("ageing", "aging"),
            ("ischaemic", "ischemic"),
            ("oedema", "edema"),
        ];
        for (british, american) in pairs {
            let s = stems(&[british, american]);
            assert_eq!(s[0], s[1], "{british}, {american}");
        }
    }

    #[test]
    fn plurals_that_the_stemmer_misses_share_a_stem_with_their_singular() {
        let pairs = [
            ("bias", "biases"),
            ("lens", "lenses"),
            ("process", "processes"),
            ("analysis", "analyses"),
            ("hypothesis", "hypotheses"),
            ("matrix", "matrices"),
            ("matrix", "matrixes"),
            ("vertex", "vertices"),
            ("index", "indices"),
            ("criterion", "criteria"),
            ("phenomenon", "phenomena"),
            ("corpus", "corpora"),
            ("axis", "axes"),
            ("crisis", "crises"),
            ("metastasis", "metastases"),
            ("formula", "formulae"),
            ("stimulus", "stimuli"),
        ];
        for (singular, plural) in pairs {
            let s = stems(&[singular, plural]);
            assert_eq!(s[0], s[1], "{singular}, {plural}");
        }
    }

    #[test]
    fn words_that_only_look_like_such_a_plural_stay() {
        let plurals =
            [["device", "devices"], ["service", "services"], ["sense", "senses"], ["case", "cases"], ["base", "bases"]];
        for words in plurals {
            let s = stems(&[words[0], words[1], "devix", "sens", "cas", "basis"]);
            assert_eq!(s[0], s[1], "{words:?}");
        }
        let s = stems(&["news", "new", "cas", "cases", "sense", "sens", "senses"]);
        assert_ne!(s[0], s[1]);
        assert_ne!(s[2], s[3]);
        assert_eq!(s[4], s[6]);
    }

    #[test]
    fn words_that_only_look_british_stay() {
        let s = stems(&["noise", "precise", "hour", "genre", "general", "selling", "evidence", "dense", "management"]);
        assert_eq!(s, ["nois", "precis", "hour", "genr", "general", "sell", "evid", "dens", "manag"]);
        let s = stems(&["programme", "programs"]);
        assert_ne!(s[0], s[1], "of television, and of computers");
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
