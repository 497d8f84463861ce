//! Acronyms that the corpus itself explains: "graph neural networks (GNNs)" makes GNN count as its long form. Where that is longer
//! than a term can be, it counts as the acronym: "reinforcement learning from human feedback (RLHF)".
//!
//! After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (PSB 2003),
//! on tokens. An acronym that is explained in two ways is taken only where one of them clearly leads.

use crate::stream::{CHUNK, StreamToken, TokenStream};
use crate::words::{Lexicon, WordClass, singular_acronym};
use model::{Acronym, Synonyms};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Words of the longest long form, and of the longest that is a term.
const MOST_WORDS: usize = 6;
const WORDS_OF_A_TERM: usize = 3;
/// A word of at least so many letters may stand for two of an acronym: "autoencoder" of "VAE".
const LONG_WORD: usize = 8;
/// The leading long form must hold this share of all explanations of the acronym.
const LEADING_SHARE: f64 = 0.7;
/// Explanations needed in corpora of more than [`SMALL_CORPUS`] papers; one is enough below.
const FEWEST_EXPLANATIONS: usize = 2;
const SMALL_CORPUS: usize = 1_000;

/// The acronyms of a corpus.
#[derive(Debug, Default)]
pub struct Acronyms {
    /// Surface of the acronym (with and without plural) to the surfaces of its long form.
    pub long_forms: FxHashMap<usize, Vec<usize>>,
    /// Acronyms that stand for a long form which is too long for a term.
    pub synonyms: Vec<Synonyms>,
    /// The surfaces of each of these, and then of its long form.
    pub shortened: Vec<Vec<usize>>,
    /// Sorted by acronym.
    pub table: Vec<Acronym>,
}

/// One explanation: the paper, the acronym without plural, and the surfaces of its long form.
struct Explanation<'a> {
    paper: usize,
    acronym: &'a str,
    long: Vec<usize>,
}

/// How often a long form explains an acronym.
#[derive(Default)]
struct Explanations {
    count: usize,
    /// How often in each way of writing it.
    written: BTreeMap<Vec<usize>, usize>,
    papers: BTreeSet<usize>,
}

/// The long form that an acronym is taken for.
struct Chosen {
    long: Vec<usize>,
    papers: usize,
}

/// Finds the acronyms that the corpus explains.
#[must_use]
pub fn acronyms(stream: &TokenStream<'_>, lexicon: &Lexicon) -> Acronyms {
    let mut found: BTreeMap<&str, BTreeMap<Vec<u32>, Explanations>> = BTreeMap::new();
    for Explanation { paper, acronym, long } in explanations(stream, lexicon) {
        let stems = long.iter().map(|&s| lexicon.lexemes[s].stem).collect();
        let explanations = found.entry(acronym).or_default().entry(stems).or_default();
        explanations.count += 1;
        explanations.papers.insert(paper);
        *explanations.written.entry(long).or_default() += 1;
    }
    let needed = if stream.n_papers > SMALL_CORPUS { FEWEST_EXPLANATIONS } else { 1 };
    let chosen: BTreeMap<&str, Chosen> =
        found.into_iter().filter_map(|(acronym, forms)| Some((acronym, leading(forms, needed)?))).collect();
    table(&chosen, stream)
}

/// All explanations of the corpus, in order.
fn explanations<'a>(stream: &TokenStream<'a>, lexicon: &Lexicon) -> Vec<Explanation<'a>> {
    let chunks = stream.chunks.par_iter().enumerate().map(|(chunk, tokens)| {
        let papers = (chunk * CHUNK..).zip(tokens.papers());
        let in_paper = |(paper, tokens): (usize, &[StreamToken])| {
            let bracketed = (0..tokens.len()).filter(|&at| tokens[at].bracketed());
            let explanation = |at: usize| {
                let acronym = as_acronym(stream.surfaces[tokens[at].surface()?])?;
                Some(Explanation { paper, acronym, long: long_form(acronym, &tokens[..at], stream, lexicon)? })
            };
            bracketed.filter_map(explanation).collect::<Vec<_>>()
        };
        papers.flat_map(in_paper).collect::<Vec<_>>()
    });
    chunks.collect::<Vec<_>>().into_iter().flatten().collect()
}

/// The acronym without its plural, where the word looks like one: 2 to 8 characters, at least two capitals, starts with a letter.
fn as_acronym(surface: &str) -> Option<&str> {
    let acronym = singular_acronym(surface).unwrap_or(surface);
    let capitals = acronym.chars().filter(|c| c.is_uppercase()).count();
    let fits = (2..=8).contains(&acronym.len()) && acronym.is_ascii() && capitals >= 2;
    (fits && acronym.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(acronym)
}

/// The words right before `(ACRONYM)` that explain it: its first letter and every capital start a word, in order, or stand in a long
/// word after the one that starts it; small words such as "of" may lie between. At least two words that count.
fn long_form(acronym: &str, before: &[StreamToken], stream: &TokenStream<'_>, lexicon: &Lexicon) -> Option<Vec<usize>> {
    let capitals = acronym.char_indices().filter(|(at, c)| *at == 0 || c.is_uppercase());
    let mut letters: Vec<char> = capitals.map(|(_, c)| c.to_ascii_lowercase()).collect();
    let mut words: Vec<usize> = Vec::new();
    // The bracket itself is a break; the next break ends the search.
    let run = before.strip_suffix(&[StreamToken::BREAK])?;
    for token in run.iter().rev() {
        let surface = token.surface()?;
        words.push(surface);
        let stands_for = letters_of(stream.surfaces[surface], &letters);
        if stands_for == 0 && !is_small(lexicon.lexemes[surface].class) {
            return None;
        }
        letters.truncate(letters.len() - stands_for);
        if letters.is_empty() {
            words.reverse();
            let counting = words.iter().filter(|&&s| !is_small(lexicon.lexemes[s].class)).count();
            let plain = words.iter().all(|&s| lexicon.lexemes[s].class != WordClass::Residue);
            return (plain && counting >= 2 && words.len() <= MOST_WORDS).then_some(words);
        }
    }
    None
}

/// How many of the last letters of an acronym a word stands for: the one that it begins with, or two in a long word.
fn letters_of(word: &str, letters: &[char]) -> usize {
    let mut word_letters = word.chars().map(|c| c.to_ascii_lowercase());
    let Some(starts) = word_letters.next() else { return 0 };
    match letters {
        [.., last] if *last == starts => 1,
        [.., first, second] if *first == starts && word.len() >= LONG_WORD && word_letters.any(|c| c == *second) => 2,
        _ => 0,
    }
}

fn is_small(class: WordClass) -> bool {
    matches!(class, WordClass::Function | WordClass::Connector)
}

/// The most frequent long form, in its most frequent writing, where it leads clearly enough.
fn leading(forms: BTreeMap<Vec<u32>, Explanations>, needed: usize) -> Option<Chosen> {
    let total: usize = forms.values().map(|e| e.count).sum();
    let best = forms.into_values().rev().max_by_key(|e| e.count)?;
    let leads = best.count >= needed && best.count as f64 >= LEADING_SHARE * total as f64;
    let long = best.written.into_iter().rev().max_by_key(|(_, count)| *count)?.0;
    leads.then_some(Chosen { long, papers: best.papers.len() })
}

fn table(chosen: &BTreeMap<&str, Chosen>, stream: &TokenStream<'_>) -> Acronyms {
    let number: FxHashMap<&str, u32> = chosen.keys().copied().zip(0..).collect();
    let acronym_of = |word: &&str| number.get(singular_acronym(word).unwrap_or(word)).copied();
    let acronym_of: Vec<Option<u32>> = stream.surfaces.iter().map(acronym_of).collect();
    let used = papers_with(&acronym_of, chosen.len(), stream);
    let long_form =
        |long: &[usize]| long.iter().map(|&s| stream.surfaces[s]).collect::<Vec<_>>().join(" ").to_lowercase();
    let entry = |((acronym, chosen), used): ((&&str, &Chosen), u32)| Acronym {
        acronym: (*acronym).to_owned(),
        long_form: long_form(&chosen.long),
        explained: chosen.papers as u32,
        used,
    };
    let is_term = |chosen: &Chosen| chosen.long.len() <= WORDS_OF_A_TERM;
    let longs: Vec<Option<&Vec<usize>>> =
        chosen.values().map(|chosen| is_term(chosen).then_some(&chosen.long)).collect();
    let long_forms = acronym_of.iter().enumerate();
    let long_forms = long_forms.filter_map(|(surface, at)| Some((surface, longs[(*at)? as usize]?.clone()))).collect();
    let mut first_surface = vec![None; chosen.len()];
    for (surface, at) in acronym_of.iter().enumerate() {
        if let Some(at) = at {
            first_surface[*at as usize].get_or_insert(surface);
        }
    }
    let (mut synonyms, mut shortened) = (Vec::new(), Vec::new());
    for ((acronym, chosen), surface) in chosen.iter().zip(first_surface).filter(|((_, chosen), _)| !is_term(chosen)) {
        synonyms.push(Synonyms { canonical: (*acronym).to_owned(), others: vec![long_form(&chosen.long)] });
        shortened.extend([surface.into_iter().collect(), chosen.long.clone()]);
    }
    Acronyms { long_forms, synonyms, shortened, table: chosen.iter().zip(used).map(entry).collect() }
}

/// Papers in which each acronym stands; `acronym_of` says which acronym a surface is.
fn papers_with(acronym_of: &[Option<u32>], n_acronyms: usize, stream: &TokenStream<'_>) -> Vec<u32> {
    // Few surfaces are acronyms: a bit each is all that is looked at of the others.
    let mut bits = vec![0_u64; acronym_of.len() / 64 + 1];
    for surface in (0..acronym_of.len()).filter(|&surface| acronym_of[surface].is_some()) {
        bits[surface / 64] |= 1 << (surface % 64);
    }
    let is_acronym = |surface: &usize| bits[surface / 64] >> (surface % 64) & 1 == 1;
    let chunks = stream.chunks.par_iter().map(|chunk| {
        let mut found: Vec<u32> = Vec::new();
        for tokens in chunk.papers() {
            let start = found.len();
            let surfaces = tokens.iter().filter_map(|token| token.surface()).filter(is_acronym);
            found.extend(surfaces.filter_map(|surface| acronym_of[surface]));
            found[start..].sort_unstable();
            let mut here = found.split_off(start);
            here.dedup();
            found.append(&mut here);
        }
        found
    });
    let mut papers = vec![0; n_acronyms];
    for acronym in chunks.collect::<Vec<_>>().into_iter().flatten() {
        papers[acronym as usize] += 1;
    }
    papers
}

#[cfg(test)]
mod tests {
    use super::acronyms;
    use crate::{stream::token_stream, words::lexicon};
    use model::{Acronym, Documents};

    fn table(abstracts: &[&str]) -> Vec<Acronym> {
        let documents = Documents { titles: vec![""; abstracts.len()], abstracts: abstracts.to_vec() };
        let stream = token_stream(&documents, &[]);
        acronyms(&stream, &lexicon(&stream.surfaces)).table
    }

    fn found(text: &str) -> Vec<(String, String)> {
        table(&[text]).into_iter().map(|found| (found.acronym, found.long_form)).collect()
    }

    #[test]
    fn papers_are_counted_once_however_often_they_explain_or_use_it() {
        let explained = "Graph neural networks (GNNs) and graph neural nets. A graph neural network (GNN) is a GNN.";
        let papers = [explained, "GNNs and a GNN.", "nothing of the kind", "all graph neural networks (GNN)"];
        let [gnn] = &table(&papers)[..] else { panic!("one acronym") };
        assert_eq!((gnn.acronym.as_str(), gnn.explained, gnn.used), ("GNN", 2, 3));
    }

    #[test]
    fn explained_acronyms_are_found() {
        let pairs = found("We use graph neural networks (GNNs), a mixture of experts (MoE) and key-value (KV) caches.");
        let expected = [("GNN", "graph neural networks"), ("KV", "key value"), ("MoE", "mixture of experts")];
        assert_eq!(pairs, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn long_forms_are_up_to_six_words_and_a_long_word_may_stand_for_two_letters() {
        let text = "We use reinforcement learning from human feedback (RLHF) and a variational autoencoder (VAE), \
            multimodal large language models (MLLMs), multilayer perceptrons (MLPs).";
        let pairs = found(text);
        let expected = [
            ("MLLM", "multimodal large language models"),
            ("MLP", "multilayer perceptrons"),
            ("RLHF", "reinforcement learning from human feedback"),
            ("VAE", "variational autoencoder"),
        ];
        assert_eq!(pairs, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn brackets_that_explain_nothing_are_left_alone() {
        assert!(found("as shown before (GPT), in our work (SOTA) and others (see).").is_empty());
    }

    #[test]
    fn two_meanings_without_a_leader_are_none() {
        assert!(found("the answer machine (AM) and the acoustic model (AM)").is_empty());
    }
}
