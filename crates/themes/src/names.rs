//! Themes to names: 1 to 4 words as people write them, unique within the run.
//!
//! A name must hold for many of the theme's papers and for few of the others, and say more than one word where it can.

use crate::terms::{ClassCounts, shown};
use model::TermMatrix;
use std::collections::BTreeMap;

/// Phrases say more than single words: their score counts this much more.
const PHRASE_BONUS: f64 = 1.6;

/// A short word that is no acronym ("bit") says little by itself.
const SHORT: usize = 4;
const SHORT_BONUS: f64 = 0.6;
/// A phrase takes the place of its word from this share of the word's score on.
const PHRASE_SHARE: f64 = 0.25;
/// Candidates that are looked at.
const LOOKED_AT: usize = 60;
/// A theme of this many times the usual number of papers is broad: what only it speaks of joins its name ...
const BROAD: f64 = 1.5;
/// ... if this share of the papers that speak of it are the theme's, and so many of the theme's papers do.
const OWN_SHARE: f64 = 0.9;
const SPOKEN_SHARE: f64 = 0.2;
const SPOKEN_PAPERS: u32 = 3;
/// Terms among which the addition is looked for, best first, and the most words of a name.
const ADDITIONS: usize = 15;
const MOST_WORDS: usize = 4;

/// A candidate name of a theme.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Candidate {
    term: u32,
    score: f64,
}

/// One name a theme, in the order of the themes.
#[must_use]
pub fn names(matrix: &TermMatrix, counts: &ClassCounts) -> Vec<String> {
    let candidates: Vec<Vec<Candidate>> = (0..counts.sizes.len()).map(|theme| ranked(matrix, counts, theme)).collect();
    // Strongest claims first: a term names the theme that it fits best.
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    let claim = |theme: usize| candidates[theme].first().map_or(0.0, |c| c.score);
    order.sort_by(|&a, &b| claim(b).total_cmp(&claim(a)).then(a.cmp(&b)));
    let mut names = vec![String::new(); candidates.len()];
    for theme in order {
        names[theme] = free_name(matrix, &candidates[theme], &names, theme);
    }
    names.iter().enumerate().map(|(theme, name)| widened(matrix, counts, theme, name)).collect()
}

/// The name with the best term that nobody else speaks of, where the theme is broad: "message passing / over-squashing".
fn widened(matrix: &TermMatrix, counts: &ClassCounts, theme: usize, name: &str) -> String {
    let mut sizes = counts.sizes.clone();
    sizes.sort_unstable();
    let usual = sizes[sizes.len() / 2] as f64;
    let size = counts.sizes[theme] as f64;
    if size < BROAD * usual {
        return name.to_owned();
    }
    let words = |text: &str| text.split([' ', '-']).map(str::to_lowercase).collect::<Vec<_>>();
    let of_name = words(name);
    let joins = |&(term, _): &(u32, f64)| {
        let display = &matrix.vocabulary.display[term as usize];
        let papers = papers_with(counts, theme, term);
        let own = f64::from(papers) >= OWN_SHARE * f64::from(counts.papers_in_all[term as usize]);
        let spoken = papers >= SPOKEN_PAPERS && f64::from(papers) >= SPOKEN_SHARE * size;
        let says_new = !words(display).iter().any(|word| of_name.contains(word));
        let fits = name.split(' ').count() + display.split(' ').count() <= MOST_WORDS;
        own && spoken && says_new && fits && display.contains([' ', '-'])
    };
    let addition = shown(matrix, counts, theme).into_iter().take(ADDITIONS).find(joins);
    addition
        .map_or_else(|| name.to_owned(), |(term, _)| format!("{name} / {}", matrix.vocabulary.display[term as usize]))
}

/// Papers of the theme with the term.
fn papers_with(counts: &ClassCounts, theme: usize, term: u32) -> u32 {
    let papers = &counts.papers[theme];
    papers.binary_search_by_key(&term, |&(other, _)| other).map_or(0, |at| papers[at].1)
}

/// Terms by how well they name the theme: share of its papers times the logarithm of how much more frequent the term is
/// inside than outside. For a single word, times the root of the weight that it is shown with, of which the best term has 1:
/// that keeps words that merely come along ("tight") behind those that the theme is about.
fn ranked(matrix: &TermMatrix, counts: &ClassCounts, theme: usize) -> Vec<Candidate> {
    let size = counts.sizes[theme] as f64;
    let outside: f64 = counts.sizes.iter().sum::<usize>() as f64 - size;
    let weights: BTreeMap<u32, f64> = shown(matrix, counts, theme).into_iter().collect();
    let most = weights.values().copied().fold(f64::MIN_POSITIVE, f64::max);
    let is_phrase = |term: u32| matrix.vocabulary.display[term as usize].contains(' ');
    let weight =
        |term: u32| if is_phrase(term) { 1.0 } else { (weights.get(&term).copied().unwrap_or(0.0) / most).sqrt() };
    let mut out: Vec<Candidate> = counts.papers[theme]
        .iter()
        .filter(|(_, papers)| *papers >= 2 || size < 4.0)
        .map(|&(term, papers)| {
            let inside = f64::from(papers) / size;
            let other = (f64::from(counts.papers_in_all[term as usize] - papers) + 0.5) / (outside + 1.0);
            Candidate { term, score: weight(term) * bonus(matrix, term) * inside * (inside / other).ln() }
        })
        .filter(|c| c.score > 0.0)
        .collect();
    out.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.term.cmp(&b.term)));
    out.truncate(LOOKED_AT);
    lead_with_a_phrase(matrix, &mut out);
    out
}

/// How much more or less than its frequency a term counts as a name.
fn bonus(matrix: &TermMatrix, term: u32) -> f64 {
    let display = &matrix.vocabulary.display[term as usize];
    if matrix.vocabulary.words[term as usize] > 1 {
        PHRASE_BONUS
    } else if display.chars().count() < SHORT && !display.chars().any(char::is_uppercase) {
        SHORT_BONUS
    } else {
        1.0
    }
}

/// Where a single word or a hyphenated one leads, a phrase that holds it and is frequent enough goes first: "federated"
/// becomes "federated learning", "test-time" becomes "test-time scaling".
fn lead_with_a_phrase(matrix: &TermMatrix, candidates: &mut [Candidate]) {
    let name = |c: &Candidate| matrix.vocabulary.terms[c.term as usize].as_str();
    let is_one_word = |c: &Candidate| !matrix.vocabulary.display[c.term as usize].contains(' ');
    let Some(first) = candidates.first().copied().filter(is_one_word) else { return };
    let holds = |c: &Candidate| name(&first).split(' ').all(|word| name(c).split(' ').any(|other| other == word));
    let says_more = |c: &Candidate| !is_one_word(c) && holds(c) && c.score >= PHRASE_SHARE * first.score;
    if let Some(at) = (1..candidates.len()).find(|&at| says_more(&candidates[at])) {
        candidates[..=at].rotate_right(1);
    }
}

/// The best candidate whose name is still free; two terms together where none is; a number at the very last.
fn free_name(matrix: &TermMatrix, candidates: &[Candidate], taken: &[String], theme: usize) -> String {
    let free = |name: &String| !taken.iter().any(|t| t.to_lowercase() == name.to_lowercase());
    let shown: Vec<&str> = candidates.iter().map(|c| matrix.vocabulary.display[c.term as usize].as_str()).collect();
    let single = shown.iter().map(|s| capitalised(s));
    let joined = shown.iter().skip(1).map(|second| capitalised(&format!("{} {second}", shown[0])));
    single.chain(joined).find(free).unwrap_or_else(|| format!("Theme {}", theme + 1))
}

/// First letter as a capital, unless the word has capitals of its own ("dLLM").
fn capitalised(text: &str) -> String {
    let first_word = text.split([' ', '-']).next().unwrap_or_default();
    if first_word.chars().any(char::is_uppercase) {
        return text.to_owned();
    }
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
