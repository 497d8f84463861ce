//! From documents to themes: what is found, and what degenerate corpora give.

use model::{Documents, Themes};
use papertide_themes::{Outliers, ThemeSettings, ThemesError, find};
use rand::{SeedableRng, seq::SliceRandom};
use rand_xoshiro::Xoshiro256PlusPlus;
use text::{TextSettings, term_matrix};

const SUBJECTS: [[&str; 10]; 3] = [
    [
        "speculative decoding",
        "draft model",
        "acceptance rate",
        "verifier",
        "draft tokens",
        "latency",
        "tree drafts",
        "target distribution",
        "rejection sampling",
        "lookahead",
    ],
    [
        "graph networks",
        "message passing",
        "over-squashing",
        "rewiring",
        "node features",
        "bottleneck edges",
        "curvature",
        "neighbourhood",
        "spectral gap",
        "long-range dependencies",
    ],
    [
        "federated clients",
        "local updates",
        "server aggregation",
        "private devices",
        "participation",
        "client drift",
        "secure sums",
        "gradient leakage",
        "heterogeneous shards",
        "personalisation",
    ],
];
const EVERYWHERE: [&str; 8] = ["theory", "accuracy", "cost", "memory", "noise", "scaling", "error", "data"];

/// `per_subject` papers on each of three subjects in turn: five phrases of the subject and two of everybody's, drawn.
fn corpus(per_subject: usize) -> Vec<(String, String)> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(5);
    (0..3 * per_subject)
        .map(|paper| {
            let own: Vec<&str> = SUBJECTS[paper % 3].choose_multiple(&mut random, 5).copied().collect();
            let common: Vec<&str> = EVERYWHERE.choose_multiple(&mut random, 2).copied().collect();
            let text =
                format!("{}, {} and {}; {}. Also {} and {}.", own[0], own[1], own[2], own[3], common[0], common[1]);
            (format!("{} for {}", own[4], own[0]), text)
        })
        .collect()
}

fn themes_of(papers: &[(String, String)], settings: &ThemeSettings) -> Result<Themes, ThemesError> {
    let documents = Documents {
        titles: papers.iter().map(|(title, _)| title.as_str()).collect(),
        abstracts: papers.iter().map(|(_, text)| text.as_str()).collect(),
    };
    find(&term_matrix(&documents, &TextSettings::default()), settings)
}

fn given(k: usize) -> ThemeSettings {
    ThemeSettings { themes: Some(k), outliers: Outliers::Keep, ..ThemeSettings::default() }
}

#[test]
fn subjects_become_themes_with_names_of_their_own() {
    let found = themes_of(&corpus(30), &given(3)).unwrap();
    for paper in 0..90 {
        assert_eq!(found.assignment.theme[paper], found.assignment.theme[paper % 3]);
    }
    let mut names: Vec<&str> = found.themes.iter().map(|t| t.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 3);
    for theme in &found.themes {
        assert_eq!(theme.size, 30);
        assert!(theme.representative.iter().all(|&p| found.assignment.theme[p] == Some(theme.id.0 as usize - 1)));
        let subject = SUBJECTS[theme.representative[0] % 3].join(" ");
        assert!(subject.contains(&theme.terms[0].display.to_lowercase()), "{} in {subject}", theme.terms[0].display);
    }
}

#[test]
fn the_number_of_themes_is_chosen() {
    let found = themes_of(&corpus(40), &ThemeSettings::default()).unwrap();
    assert_eq!(found.count.k, 3, "{}", found.count.reason);
    assert!(found.count.candidates.len() > 3);
}

#[test]
fn a_stranger_is_left_out_with_its_nearest_theme() {
    let mut papers = corpus(40);
    papers.push(("Sourdough hydration".to_owned(), "Flour, salt and patience: crumb texture in rye bread.".to_owned()));
    let found = themes_of(&papers, &ThemeSettings { themes: Some(3), ..ThemeSettings::default() }).unwrap();
    assert_eq!(found.assignment.theme[120], None);
    assert_eq!(found.assignment.theme.iter().filter(|t| t.is_none()).count(), 1);
}

#[test]
fn the_same_at_any_number_of_threads() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| themes_of(&corpus(60), &ThemeSettings::default()).unwrap())
    };
    let (one, four) = (run(1), run(4));
    assert_eq!(one, four);
}

#[test]
fn degenerate_corpora_give_finite_results() {
    let same: Vec<(String, String)> = vec![("The same".to_owned(), "Identical abstracts on graphs".to_owned()); 50];
    let wordless: Vec<(String, String)> = vec![("Of the".to_owned(), "and which is 12".to_owned()); 5];
    for papers in [vec![], corpus(1)[..1].to_vec(), corpus(1), same, wordless] {
        let found = themes_of(&papers, &ThemeSettings::default()).unwrap();
        assert_eq!(found.assignment.theme.len(), papers.len());
        assert_eq!(found.map.len(), papers.len());
        assert!(found.map.iter().flatten().all(|x| (0.0..=1.0).contains(x)));
        assert!(found.assignment.strength.iter().all(|s| (0.0..=1.0).contains(s)));
        assert!(found.themes.iter().all(|t| t.size > 0 && !t.name.is_empty()));
        assert!(found.quality.left_out.is_finite());
    }
}

#[test]
fn impossible_numbers_of_themes_are_refused() {
    assert!(matches!(themes_of(&corpus(2), &given(0)), Err(ThemesError::NoThemes)));
    assert!(matches!(themes_of(&corpus(2), &given(7)), Err(ThemesError::TooManyThemes { asked: 7, papers: 6 })));
}
