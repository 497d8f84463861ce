//! The user's stop words and synonyms, from documents to the matrix: found in every spelling, shown as the user writes them.

use model::{Documents, Synonyms, TermMatrix};
use papertide_text::{TextSettings, term_matrix};

const ABSTRACTS: [&str; 8] = [
    "over-squashing harms deep graph models",
    "oversquashing grows with depth",
    "we measure over squashing by curvature",
    "retrieval augmented generation with knowledge graphs",
    "RAG pipelines answer questions",
    "retrieval-augmented generators answer questions",
    "a bottleneck of messages in graphs",
    "bottlenecks of depth",
];

fn matrix(stop_words: &[&str], synonyms: &[(&str, &[&str])]) -> TermMatrix {
    let documents = Documents { titles: vec![""; ABSTRACTS.len()], abstracts: ABSTRACTS.to_vec() };
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let settings = TextSettings {
        stop_words: owned(stop_words),
        synonyms: synonyms
            .iter()
            .map(|(canonical, others)| Synonyms { canonical: (*canonical).to_owned(), others: owned(others) })
            .collect(),
        max_share: 1.0,
        ..TextSettings::default()
    };
    term_matrix(&documents, &settings)
}

/// The papers that hold the term that is shown as `display`.
fn papers(matrix: &TermMatrix, display: &str) -> Vec<usize> {
    let term = matrix.vocabulary.display.iter().position(|shown| shown == display);
    let column = term.unwrap_or_else(|| panic!("no {display} in {:?}", matrix.vocabulary.display)) as u32;
    (0..matrix.n_papers()).filter(|&paper| matrix.row(paper).0.contains(&column)).collect()
}

#[test]
fn without_lists_the_words_stand_as_they_are() {
    let m = matrix(&[], &[]);
    assert_eq!(papers(&m, "over squashing"), [0, 1, 2]);
    assert_eq!(papers(&m, "graphs"), [0, 3, 6]);
}

#[test]
fn a_stop_word_is_no_term_in_any_form() {
    let m = matrix(&["graph", "over squashing"], &[]);
    assert!(!m.vocabulary.terms.iter().any(|term| term.contains("graph")), "{:?}", m.vocabulary.terms);
    assert!(!m.vocabulary.terms.iter().any(|term| term.contains("squash")), "{:?}", m.vocabulary.terms);
    assert_eq!(papers(&m, "depth"), [1, 7]);
}

#[test]
fn synonyms_count_as_their_canonical_form_in_every_spelling() {
    let m = matrix(&[], &[("RAG", &["retrieval-augmented generation", "retrieval augmented generator"])]);
    assert_eq!(papers(&m, "RAG"), [3, 4, 5]);
    let m = matrix(&[], &[("Over-Squashing", &["bottleneck"])]);
    assert_eq!(papers(&m, "Over-Squashing"), [0, 1, 2, 6, 7]);
    assert!(!m.vocabulary.terms.contains(&"bottleneck".to_owned()));
}

#[test]
fn a_phrase_the_user_names_needs_no_association() {
    let m = matrix(&[], &[("message bottleneck", &["bottleneck", "depth"])]);
    assert_eq!(papers(&m, "message bottleneck"), [1, 6, 7]);
}

#[test]
fn a_stop_word_that_is_a_canonical_form_takes_its_synonyms_along() {
    let m = matrix(&["RAG"], &[("RAG", &["retrieval-augmented generation"])]);
    assert!(!m.vocabulary.terms.iter().any(|term| term.contains("retriev")), "{:?}", m.vocabulary.terms);
}
