//! Themes to names: 1 to 4 words as people write them, unique within the run.
//!
//! A name must hold for many of the theme's papers and for few of the others, and say more than one word where it can.

use crate::terms::{ClassCounts, shown};
use model::{Acronym, TermMatrix, Vocabulary};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Phrases say more than single words: their score counts this much more.
const PHRASE_BONUS: f64 = 1.6;

/// A short word that is no acronym ("bit"), or a sign of two letters ("R1"), says little by itself.
const SHORT: usize = 4;
const SHORT_BONUS: f64 = 0.6;
/// Least and most that it counts how often a term stands in titles.
const TITLED: (f64, f64) = (0.5, 1.5);
/// A word gives way to a phrase that stands in this share of the papers of the theme that have the word.
const MOSTLY: f64 = 0.5;
/// Letters up to which an acronym is spelled out where the papers explain it, and says little where they do not.
const OBSCURE: usize = 2;
/// Words that no name begins with: "a-judge" is what is left of "LLM-as-a-judge".
const ARTICLES: [&str; 3] = ["a", "an", "the"];
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
    let candidates: Vec<Vec<Candidate>> =
        (0..counts.sizes.len()).into_par_iter().map(|theme| ranked(matrix, counts, theme)).collect();
    // Strongest claims first: a term names the theme that it fits best.
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    let claim = |theme: usize| candidates[theme].first().map_or(0.0, |c| c.score);
    order.sort_by(|&a, &b| claim(b).total_cmp(&claim(a)).then(a.cmp(&b)));
    let mut names = vec![String::new(); candidates.len()];
    for theme in order {
        names[theme] = free_name(matrix, &candidates[theme], &names, theme);
    }
    names.par_iter().enumerate().map(|(theme, name)| widened(matrix, counts, theme, name)).collect()
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
    let addition = shown(counts, theme).into_iter().take(ADDITIONS).find(joins);
    addition
        .map_or_else(|| name.to_owned(), |(term, _)| format!("{name} / {}", matrix.vocabulary.display[term as usize]))
}

/// Papers of the theme with the term.
fn papers_with(counts: &ClassCounts, theme: usize, term: u32) -> u32 {
    counts.place(theme, term).map_or(0, |place| counts.papers[theme][place].1)
}

/// Terms by how well they name the theme, best first (ties by term).
fn ranked(matrix: &TermMatrix, counts: &ClassCounts, theme: usize) -> Vec<Candidate> {
    let naming = Naming::of(matrix, counts, theme);
    let begins_well = |term: u32| {
        let first = matrix.vocabulary.display[term as usize].split([' ', '-']).next().unwrap_or_default();
        !ARTICLES.contains(&first)
    };
    let enough = |(term, papers): &&(u32, u32)| (*papers >= 2 || counts.sizes[theme] < 4) && begins_well(*term);
    let candidates = counts.papers[theme].iter().filter(enough);
    let mut out: Vec<Candidate> = candidates
        .map(|&(term, _)| Candidate { term, score: naming.score(matrix, term) })
        .filter(|c| c.score > 0.0)
        .collect();
    out.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.term.cmp(&b.term)));
    out.truncate(LOOKED_AT);
    give_way(matrix, counts, theme, &mut out);
    out
}

/// What the terms of one theme are weighed by as names.
struct Naming<'a> {
    /// How telling each term is, by term.
    telling: BTreeMap<u32, f64>,
    /// The same by stem, of single words.
    of_word: BTreeMap<&'a str, f64>,
    /// c-TF-IDF of each term where it stands by itself, as a share of the largest.
    shown: BTreeMap<u32, f64>,
    counts: &'a ClassCounts,
    theme: usize,
}

impl<'a> Naming<'a> {
    fn of(matrix: &'a TermMatrix, counts: &'a ClassCounts, theme: usize) -> Self {
        let shown = shown(counts, theme);
        let most = shown.first().map_or(1.0, |(_, weight)| *weight);
        let telling = telling(counts, theme);
        let words = telling.iter().filter(|(term, _)| matrix.vocabulary.words[**term as usize] == 1);
        Self {
            of_word: words
                .map(|(term, telling)| (matrix.vocabulary.terms[*term as usize].as_str(), *telling))
                .collect(),
            telling,
            shown: shown.into_iter().map(|(term, weight)| (term, weight / most)).collect(),
            counts,
            theme,
        }
    }

    /// How telling a term is, times
    /// - for a phrase: how much its most telling word says for it, and how often it is no piece of a longer one; that puts
    ///   "federated learning" before "client", "network calls" behind "diffusion samplers" and "state space" behind "state space models";
    /// - for a word: its weight as it is shown, which keeps words that merely come along ("tight") behind;
    /// - for both: how often it does not only lead on to the next word ("low-bit"), and stands in titles, in which people name things.
    fn score(&self, matrix: &TermMatrix, term: u32) -> f64 {
        let of = |of: &BTreeMap<u32, f64>| of.get(&term).copied().unwrap_or(0.0);
        let telling = of(&self.telling);
        let vocabulary = &matrix.vocabulary;
        let form = if vocabulary.words[term as usize] > 1 {
            let words = vocabulary.terms[term as usize].split(' ').filter_map(|stem| self.of_word.get(stem));
            let best = words.copied().fold(telling, f64::max);
            (best / telling.max(f64::MIN_POSITIVE)).cbrt() * self.counts.alone(self.theme, term).sqrt()
        } else {
            of(&self.shown).sqrt()
        };
        let stands = (1.0 - f64::from(vocabulary.leading[term as usize])).max(0.0);
        // What a hyphen joins is an adjective as soon as it mostly leads on: "information-theoretic", "cross-modal".
        let stands = if ends_joined(&vocabulary.display[term as usize]) { stands } else { stands.sqrt() };
        let titled = f64::from(vocabulary.titled[term as usize]).sqrt().clamp(TITLED.0, TITLED.1);
        telling * form * stands * titled * bonus(matrix, term)
    }
}

/// What more than this share of the other papers speak of names nothing where there is anything else.
const COMMON: f64 = 0.25;
const COMMON_BONUS: f64 = 0.1;

/// How telling every term of a theme is: the share of the theme's papers that have it, times the logarithm of how much more frequent it
/// is inside than outside, times the square of the part of that frequency that is the theme's own.
fn telling(counts: &ClassCounts, theme: usize) -> BTreeMap<u32, f64> {
    let size = counts.sizes[theme] as f64;
    let outside: f64 = counts.sizes.iter().sum::<usize>() as f64 - size;
    let of = |&(term, papers): &(u32, u32)| {
        let inside = f64::from(papers) / size;
        let other = (f64::from(counts.papers_in_all[term as usize] - papers) + 0.5) / (outside + 1.0);
        let own = (1.0 - other / inside).max(0.0);
        let common = if other > COMMON { COMMON_BONUS } else { 1.0 };
        (term, inside * (inside / other).ln() * own * own * common)
    };
    counts.papers[theme].iter().map(of).collect()
}

/// Where a single word leads that mostly stands in one phrase, the phrase goes first: "experts" becomes "mixture-of-experts".
fn give_way(matrix: &TermMatrix, counts: &ClassCounts, theme: usize, candidates: &mut [Candidate]) {
    let vocabulary = &matrix.vocabulary;
    let Some(word) = candidates.first().map(|c| c.term).filter(|&term| vocabulary.words[term as usize] == 1) else {
        return;
    };
    let papers = |term: u32| f64::from(papers_with(counts, theme, term));
    let holds =
        |term: u32| vocabulary.terms[term as usize].split(' ').any(|stem| stem == vocabulary.terms[word as usize]);
    let takes = |c: &Candidate| holds(c.term) && papers(c.term) >= MOSTLY * papers(word);
    if let Some(at) = (1..candidates.len()).find(|&at| takes(&candidates[at])) {
        candidates[..=at].rotate_right(1);
    }
}

/// Whether the last word is joined by a hyphen to the one before.
fn ends_joined(display: &str) -> bool {
    display.rfind([' ', '-']).is_some_and(|at| display[at..].starts_with('-'))
}

/// How much more or less than its frequency a term counts as a name.
fn bonus(matrix: &TermMatrix, term: u32) -> f64 {
    let display = &matrix.vocabulary.display[term as usize];
    if matrix.vocabulary.words[term as usize] > 1 {
        PHRASE_BONUS
    } else if is_short(display) {
        SHORT_BONUS
    } else {
        1.0
    }
}

/// "bit" and "R1", but not "RAG".
fn is_short(word: &str) -> bool {
    let letters = word.chars().count();
    letters <= OBSCURE || (letters < SHORT && !word.chars().any(char::is_uppercase))
}

/// The best candidate whose name is still free; two terms together where none is; a number at the very last.
fn free_name(matrix: &TermMatrix, candidates: &[Candidate], taken: &[String], theme: usize) -> String {
    let free = |name: &String| !taken.iter().any(|t| t.to_lowercase() == name.to_lowercase());
    let shown: Vec<&str> = candidates.iter().map(|c| spelled(&matrix.vocabulary, c.term)).collect();
    let single = shown.iter().map(|s| capitalised(s));
    let joined = shown.iter().skip(1).map(|second| capitalised(&format!("{} {second}", shown[0])));
    single.chain(joined).find(free).unwrap_or_else(|| format!("Theme {}", theme + 1))
}

/// A term as a name says it: "FL" could be anything and becomes "federated learning", "GNN" is what people call it.
fn spelled(vocabulary: &Vocabulary, term: u32) -> &str {
    let display = vocabulary.display[term as usize].as_str();
    let singular = display.strip_suffix('s').unwrap_or(display);
    let is_it = |acronym: &&Acronym| acronym.acronym.chars().count() <= OBSCURE && acronym.acronym == singular;
    vocabulary.acronyms.iter().find(is_it).map_or(display, |acronym| &acronym.long_form)
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

#[cfg(test)]
mod tests {
    use super::{ends_joined, is_short, names};
    use crate::terms::class_counts;
    use model::Documents;
    use text::{TextSettings, term_matrix};

    /// Names of themes of six papers each, with the same sentences in all of them but for a word of their own.
    fn named(themes: &[(&str, &str)]) -> Vec<String> {
        let papers: Vec<(usize, String, String)> = (0..6 * themes.len())
            .map(|paper| {
                let (title, text) = themes[paper % themes.len()];
                (paper % themes.len(), title.to_owned(), format!("{text} Here stands {}.", "xyz".repeat(paper + 1)))
            })
            .collect();
        let documents = Documents {
            titles: papers.iter().map(|(_, title, _)| title.as_str()).collect(),
            abstracts: papers.iter().map(|(.., text)| text.as_str()).collect(),
        };
        let matrix = term_matrix(&documents, &TextSettings::default());
        let theme: Vec<Option<usize>> = papers.iter().map(|(theme, ..)| Some(*theme)).collect();
        names(&matrix, &class_counts(&matrix, &theme, themes.len()))
    }

    #[test]
    fn a_name_is_what_titles_say() {
        let found = named(&[
            ("Diffusion samplers", "Network calls of diffusion samplers: network calls are counted."),
            ("Proof assistants", "Steps of proof assistants are checked."),
        ]);
        assert_eq!(found, ["Diffusion samplers", "Proof assistants"]);
    }

    #[test]
    fn a_word_that_only_leads_on_names_nothing() {
        let found = named(&[
            ("", "The low-bit formats, low-bit weights and low-bit sums of quantization: what quantization does."),
            ("", "Plans are made by planners. A plan is good."),
        ]);
        assert_ne!(found[0], "Low-bit");
    }

    #[test]
    fn what_a_hyphen_joins_at_the_end_may_be_an_adjective() {
        let joined =
            ["cross-modal", "neural cross-modal", "cross-modal retrieval", "graph", "k-means"].map(ends_joined);
        assert_eq!(joined, [true, true, false, false, true]);
    }

    #[test]
    fn short_words_and_signs_of_two_letters_say_little_and_acronyms_do_not() {
        assert_eq!(["bit", "R1", "3D", "RAG", "code"].map(is_short), [true, true, true, false, false]);
    }

    #[test]
    fn no_name_begins_with_an_article() {
        let judge = "What a-judge says, a-judge must give reasons for, and a-judge errs.";
        let found = named(&[("", judge), ("", "Plans are made by planners. A plan is good.")]);
        assert!(!found[0].to_lowercase().starts_with("a-"), "{found:?}");
    }

    #[test]
    fn acronyms_of_two_letters_are_spelled_out_and_longer_ones_stay() {
        let found = named(&[
            ("", "In federated learning (FL) the server waits: FL is slow, FL is private."),
            ("", "A graph neural network (GNN) has nodes: a GNN is deep, a GNN is wide, and any GNN is one."),
        ]);
        assert_eq!(found, ["Federated learning", "GNN"]);
    }

    #[test]
    fn names_are_unique_whatever_the_papers_say() {
        let same = ("State space models", "State space models scan a sequence.");
        let mut found = named(&[same, same, same]);
        found.sort();
        found.dedup_by_key(|name| name.to_lowercase());
        assert_eq!(found.len(), 3);
    }
}
