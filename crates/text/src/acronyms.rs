//! Acronyms that the corpus itself explains: "graph neural networks (GNNs)" makes GNN count as its long form.
//!
//! After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (PSB 2003),
//! on tokens. An acronym that is explained in two ways is taken only where one of them clearly leads.

use crate::stream::{StreamToken, TokenStream};
use crate::words::{Lexicon, WordClass, singular_acronym};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Longest long form in words: as long as the longest term.
const MOST_WORDS: usize = 3;
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
    /// Acronym without plural, and its long form as written most often; sorted.
    pub table: Vec<(String, String)>,
}

/// How often a long form explains an acronym, with one way of writing it for each count of ways.
#[derive(Default)]
struct Explanations {
    count: usize,
    written: BTreeMap<Vec<usize>, usize>,
}

/// Finds the acronyms that the corpus explains.
#[must_use]
pub fn acronyms(stream: &TokenStream<'_>, lexicon: &Lexicon) -> Acronyms {
    let mut found: BTreeMap<&str, BTreeMap<Vec<u32>, Explanations>> = BTreeMap::new();
    for tokens in stream.chunks.iter().map(|chunk| &chunk.tokens) {
        for (position, token) in tokens.iter().enumerate().filter(|(_, t)| t.bracketed()) {
            let Some(surface) = token.surface() else { continue };
            let Some(acronym) = as_acronym(stream.surfaces[surface]) else { continue };
            let Some(long) = long_form(acronym, &tokens[..position], stream, lexicon) else { continue };
            let stems = long.iter().map(|&s| lexicon.lexemes[s].stem).collect();
            let explanations = found.entry(acronym).or_default().entry(stems).or_default();
            explanations.count += 1;
            *explanations.written.entry(long).or_default() += 1;
        }
    }
    let needed = if stream.n_papers > SMALL_CORPUS { FEWEST_EXPLANATIONS } else { 1 };
    let chosen: BTreeMap<&str, Vec<usize>> =
        found.into_iter().filter_map(|(acronym, forms)| Some((acronym, leading(forms, needed)?))).collect();
    table(&chosen, stream)
}

/// The acronym without its plural, where the word looks like one: 2 to 8 characters, at least two capitals, starts with a letter.
fn as_acronym(surface: &str) -> Option<&str> {
    let acronym = singular_acronym(surface).unwrap_or(surface);
    let capitals = acronym.chars().filter(|c| c.is_uppercase()).count();
    let fits = (2..=8).contains(&acronym.len()) && acronym.is_ascii() && capitals >= 2;
    (fits && acronym.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(acronym)
}

/// The words right before `(ACRONYM)` that explain it: its first letter and every capital start a word, in order; small words such as "of" may lie between. 2 to 3 words that count.
fn long_form(acronym: &str, before: &[StreamToken], stream: &TokenStream<'_>, lexicon: &Lexicon) -> Option<Vec<usize>> {
    let capitals = acronym.char_indices().filter(|(at, c)| *at == 0 || c.is_uppercase());
    let mut letters: Vec<char> = capitals.map(|(_, c)| c.to_ascii_lowercase()).collect();
    let mut words: Vec<usize> = Vec::new();
    // The bracket itself is a break; the next break ends the search.
    let run = before.strip_suffix(&[StreamToken::BREAK])?;
    for token in run.iter().rev() {
        let surface = token.surface()?;
        let starts = stream.surfaces[surface].chars().next()?.to_ascii_lowercase();
        words.push(surface);
        if Some(&starts) == letters.last() {
            letters.pop();
        } else if !is_small(lexicon.lexemes[surface].class) {
            return None;
        }
        if letters.is_empty() {
            words.reverse();
            let counting = words.iter().filter(|&&s| !is_small(lexicon.lexemes[s].class)).count();
            let plain = words.iter().all(|&s| lexicon.lexemes[s].class != WordClass::Residue);
            return (plain && counting >= 2 && words.len() <= MOST_WORDS).then_some(words);
        }
    }
    None
}

fn is_small(class: WordClass) -> bool {
    matches!(class, WordClass::Function | WordClass::Connector)
}

/// The most frequent long form, in its most frequent writing, where it leads clearly enough.
fn leading(forms: BTreeMap<Vec<u32>, Explanations>, needed: usize) -> Option<Vec<usize>> {
    let total: usize = forms.values().map(|e| e.count).sum();
    let best = forms.into_values().rev().max_by_key(|e| e.count)?;
    let leads = best.count >= needed && best.count as f64 >= LEADING_SHARE * total as f64;
    let written = best.written.into_iter().rev().max_by_key(|(_, count)| *count)?.0;
    leads.then_some(written)
}

fn table(chosen: &BTreeMap<&str, Vec<usize>>, stream: &TokenStream<'_>) -> Acronyms {
    let mut out = Acronyms::default();
    for (surface, word) in stream.surfaces.iter().enumerate() {
        let singular = singular_acronym(word).unwrap_or(word);
        if let Some(long) = chosen.get(singular) {
            out.long_forms.insert(surface, long.clone());
        }
    }
    for (acronym, long) in chosen {
        let written: Vec<&str> = long.iter().map(|&s| stream.surfaces[s]).collect();
        out.table.push(((*acronym).to_owned(), written.join(" ").to_lowercase()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::acronyms;
    use crate::{stream::token_stream, words::lexicon};
    use model::Documents;

    fn found(text: &str) -> Vec<(String, String)> {
        let stream = token_stream(&Documents { titles: vec![""], abstracts: vec![text] }, &[]);
        let lexicon = lexicon(&stream.surfaces);
        acronyms(&stream, &lexicon).table
    }

    #[test]
    fn explained_acronyms_are_found() {
        let pairs = found("We use graph neural networks (GNNs), a mixture of experts (MoE) and key-value (KV) caches.");
        let expected = [("GNN", "graph neural networks"), ("KV", "key value"), ("MoE", "mixture of experts")];
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
