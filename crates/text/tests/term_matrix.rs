//! From documents to the matrix: which terms there are, how they are shown, and what they weigh.

use model::{Documents, TermMatrix};
use papertide_text::{TextSettings, term_matrix};

fn matrix(abstracts: &[&str]) -> TermMatrix {
    let documents = Documents { titles: vec![""; abstracts.len()], abstracts: abstracts.to_vec() };
    term_matrix(&documents, &TextSettings { max_share: 1.0, ..TextSettings::default() })
}

fn column(matrix: &TermMatrix, term: &str) -> u32 {
    let at = matrix.vocabulary.terms.iter().position(|t| t == term);
    at.unwrap_or_else(|| panic!("no term {term}")) as u32
}

fn holds(matrix: &TermMatrix, paper: usize, term: &str) -> bool {
    matrix.row(paper).0.contains(&column(matrix, term))
}

#[test]
fn hyphen_joined_and_open_spellings_are_one_term() {
    let m = matrix(&[
        "over-squashing harms deep graph models",
        "oversquashing grows with depth",
        "we measure over squashing by curvature",
        "rewiring against over-squashing",
    ]);
    for paper in 0..4 {
        assert!(holds(&m, paper, "over squash"), "paper {paper}");
    }
    assert_eq!(m.vocabulary.display[column(&m, "over squash") as usize], "over-squashing");
}

/// The stem of the joined word is not that of its second word after the first: "finetun" is not "fine" and "tune".
#[test]
fn joined_words_are_taken_apart_whatever_their_stem() {
    let m = matrix(&[
        "we study fine-tuning on images",
        "finetuning grows with depth",
        "fine tuning by curvature",
        "multi-modal fine-tuning",
        "multimodal images",
        "multi-modal images by curvature",
    ]);
    for paper in 0..4 {
        assert!(holds(&m, paper, "fine tune"), "paper {paper}: {:?}", m.vocabulary.terms);
    }
    for paper in 3..6 {
        assert!(holds(&m, paper, "multi modal"), "paper {paper}: {:?}", m.vocabulary.terms);
    }
}

#[test]
fn a_long_form_that_is_too_long_for_a_term_counts_as_its_acronym() {
    let m = matrix(&[
        "Reinforcement learning from human feedback (RLHF) aligns models.",
        "RLHF drifts.",
        "We study reinforcement learning from human feedback.",
        "reinforcement learning of gaits",
    ]);
    for paper in 0..3 {
        assert!(holds(&m, paper, "rlhf"), "paper {paper}: {:?}", m.vocabulary.terms);
    }
    assert_eq!(m.vocabulary.display[column(&m, "rlhf") as usize], "RLHF");
    assert!(!m.vocabulary.terms.iter().any(|term| term.contains("human")), "{:?}", m.vocabulary.terms);
    let [rlhf] = &m.vocabulary.acronyms[..] else { panic!("one acronym: {:?}", m.vocabulary.acronyms) };
    assert_eq!(rlhf.long_form, "reinforcement learning from human feedback");
}

#[test]
fn a_phrase_in_nearly_all_papers_is_no_term() {
    let abstracts: Vec<String> =
        (0..40).map(|at| format!("Hazard ratio of drug{} in ward{}, all rights reserved", at % 8, at % 5)).collect();
    let texts: Vec<&str> = abstracts.iter().map(String::as_str).collect();
    let documents = Documents { titles: vec![""; texts.len()], abstracts: texts };
    let m = term_matrix(&documents, &TextSettings::default());
    assert!(!m.vocabulary.terms.iter().any(|term| term.contains("right")), "{:?}", m.vocabulary.terms);
    assert!(m.vocabulary.terms.iter().any(|term| term == "drug3"), "{:?}", m.vocabulary.terms);
}

#[test]
fn an_explained_acronym_counts_as_its_long_form() {
    let m = matrix(&[
        "Graph neural networks (GNNs) pass messages.",
        "GNNs lose depth.",
        "A GNN for molecules.",
        "We train graph neural networks.",
    ]);
    for paper in 0..4 {
        assert!(holds(&m, paper, "graph neural network"), "paper {paper}");
    }
    let [gnn] = &m.vocabulary.acronyms[..] else { panic!("one acronym: {:?}", m.vocabulary.acronyms) };
    assert_eq!((gnn.acronym.as_str(), gnn.long_form.as_str()), ("GNN", "graph neural networks"));
    assert_eq!((gnn.explained, gnn.used), (1, 3));
    let counted = m.row(0).0.iter().position(|&c| c == column(&m, "graph neural network")).unwrap();
    assert_eq!(m.counts[m.offsets[0] + counted], 1, "the acronym in brackets repeats what stands before it");
}

#[test]
fn an_acronym_whose_long_form_begins_with_a_small_word_counts_as_it() {
    let m = matrix(&[
        "Non-maximum suppression (NMS) removes boxes.",
        "NMS keeps boxes.",
        "A faster NMS for detectors.",
        "boxes without non-maximum suppression",
    ]);
    for paper in 0..4 {
        assert!(holds(&m, paper, "non maximum suppress"), "paper {paper}: {:?}", m.vocabulary.terms);
    }
}

/// "object tracking" by itself is another thing than the end of "multi-object tracking", which it is cut from.
#[test]
fn a_phrase_that_also_ends_a_compound_is_judged_by_where_it_stands_alone() {
    let mut abstracts =
        ["multi-object tracking", "multi-object tracking in crowds", "multi-object tracking, fast"].repeat(4);
    abstracts.extend([
        "object tracking by colour",
        "online object tracking",
        "object tracking again",
        "crowds of colour",
    ]);
    let m = matrix(&abstracts);
    assert!(holds(&m, 0, "multi object track") && !holds(&m, 0, "object track"));
    assert!(holds(&m, 12, "object track"), "{:?}", m.vocabulary.terms);
}

#[test]
fn research_prose_makes_no_terms() {
    let prose =
        "We propose a novel method that outperforms state-of-the-art baselines; code is available at https://a.b/c.";
    let m = matrix(&[prose; 5]);
    assert_eq!(m.vocabulary.terms, ["method"]);
    assert!(!m.speaks(0), "a general word weighs, but is no name");
}

#[test]
fn words_with_a_meaning_of_their_own_speak() {
    let m = matrix(&["graph; the method solves problems"; 5]);
    let speaking: Vec<&str> =
        (0..m.n_terms()).filter(|&t| m.speaks(t as u32)).map(|t| m.vocabulary.terms[t].as_str()).collect();
    assert_eq!(speaking, ["graph"]);
}

/// "analysis" and "proving" are general words, but what they are of makes a term; "role" ends none.
#[test]
fn some_general_words_end_phrases() {
    let found = matrix(&[
        "Sentiment analysis of tweets plays a decisive role. Automated theorem proving is another thing.",
        "Sentiment analysis by words; a decisive role of theorem proving.",
        "Sentiment analyses and theorem proving have a decisive role.",
        "Rivers carry sand. The analysis of sand, the proving of theorems and the role of rivers differ.",
    ]);
    let terms = &found.vocabulary.display;
    for term in ["sentiment analysis", "theorem proving"] {
        assert!(terms.iter().any(|other| other.to_lowercase() == term), "{terms:?}");
    }
    assert!(!terms.iter().any(|term| term.ends_with(" role")), "{terms:?}");
}

#[test]
fn formulas_make_no_terms() {
    let m = matrix(&["kernel costs 3times less in mathcalO(N^2d^2{M}) with varepsilon leq 1"; 3]);
    assert_eq!(m.vocabulary.terms, ["cost", "kernel", "kernel cost"]);
}

#[test]
fn phrases_that_stand_together_more_than_chance_are_terms() {
    let m = matrix(&[
        "speculative decoding drafts tokens",
        "tokens of speculative decoding",
        "cheap speculative decoding",
        "decoding of images",
        "tokens and images",
    ]);
    assert!(m.vocabulary.terms.contains(&"specul decod".to_owned()), "{:?}", m.vocabulary.terms);
    assert!(!m.vocabulary.terms.contains(&"draft token".to_owned()));
}

/// `(1 + ln tf) * (ln((1 + n) / (1 + df)) + 1)`, then L2 norm 1; the title counts twice.
#[test]
fn weights_follow_the_formula() {
    let documents =
        Documents { titles: vec!["Kernels", "", ""], abstracts: vec!["graphs", "kernels", "graphs of graphs"] };
    let m = term_matrix(&documents, &TextSettings { max_share: 1.0, ..TextSettings::default() });
    assert_eq!(m.vocabulary.terms, ["graph", "kernel"]);
    let idf = (4.0_f32 / 3.0).ln() + 1.0;
    let raw = [idf, (1.0 + 2.0_f32.ln()) * idf];
    let norm = (raw[0] * raw[0] + raw[1] * raw[1]).sqrt();
    let (columns, weights) = m.row(0);
    assert_eq!(columns, [0, 1]);
    assert!((weights[0] - raw[0] / norm).abs() < 1e-6 && (weights[1] - raw[1] / norm).abs() < 1e-6, "{weights:?}");
    assert_eq!(m.vocabulary.df, [2, 2]);
}

#[test]
fn the_same_at_any_number_of_threads() {
    let abstracts: Vec<String> = (0..1_500)
        .map(|i| {
            format!("speculative decoding number {} with over-squashing in graphs (GNNs) and kernel{}", i % 7, i % 11)
        })
        .collect();
    let borrowed: Vec<&str> = abstracts.iter().map(String::as_str).collect();
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| matrix(&borrowed))
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn no_phrase_is_longer_than_was_asked_for() {
    let text = "graph neural network. A graph neural network with message passing.";
    let others = ["sand in rivers", "ice on lakes", "wind over dunes", "salt in seas", "clay under fields"];
    let all: Vec<&str> = [text; 6].into_iter().chain(others).collect();
    let longest = |ngram: usize| {
        let documents = Documents { titles: vec![""; all.len()], abstracts: all.clone() };
        let matrix = term_matrix(&documents, &TextSettings { ngram, max_share: 1.0, ..TextSettings::default() });
        matrix.vocabulary.terms.iter().map(|term| term.split(' ').count()).max()
    };
    assert_eq!([longest(1), longest(2), longest(3)], [Some(1), Some(2), Some(3)]);
}
