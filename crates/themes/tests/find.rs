//! From documents to themes: what is found, and what degenerate corpora give.

use model::{Documents, Themes};
use papertide_themes::{Algorithm, Density, Linkage, Outliers, Seed, ThemeSettings, ThemesError, find, find_seeded};
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

fn by(algorithm: Algorithm) -> ThemeSettings {
    ThemeSettings { algorithm, ..ThemeSettings::default() }
}

#[test]
fn every_algorithm_finds_the_subjects() {
    for algorithm in Algorithm::ALL {
        let found = themes_of(&corpus(40), &by(algorithm)).unwrap();
        assert_eq!(found.count.k, 3, "{algorithm}: {}", found.count.reason);
        let theme = &found.assignment.theme;
        for subject in 0..3 {
            let mut of: Vec<usize> = (0..40).filter_map(|paper| theme[3 * paper + subject]).collect();
            assert!(of.len() > 30, "{algorithm}: {} of subject {subject}", of.len());
            of.dedup();
            assert_eq!(of.len(), 1, "{algorithm}: subject {subject}");
        }
    }
}

#[test]
fn every_algorithm_gives_the_same_at_any_number_of_threads() {
    for algorithm in Algorithm::ALL {
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| themes_of(&corpus(60), &by(algorithm)).unwrap())
        };
        assert_eq!(run(1), run(2), "{algorithm}");
        assert_eq!(run(1), run(4), "{algorithm}");
    }
}

#[test]
fn papers_outside_of_dense_places_are_kept_or_dropped() {
    for algorithm in [Algorithm::Dbscan, Algorithm::Optics] {
        let density = Density { eps: Some(0.35), min_points: None };
        let dropped = themes_of(&corpus(40), &ThemeSettings { density, ..by(algorithm) }).unwrap();
        assert!(dropped.assignment.theme.contains(&None) && dropped.quality.left_out > 0.0, "{algorithm}");
        assert!(!dropped.assignment.nearest.contains(&None), "{algorithm}");
        let keep = ThemeSettings { density, outliers: Outliers::Keep, ..by(algorithm) };
        let kept = themes_of(&corpus(40), &keep).unwrap();
        assert!(!kept.assignment.theme.contains(&None), "{algorithm}");
    }
}

#[test]
fn strength_is_a_probability_with_a_gaussian_mixture() {
    let found = themes_of(&corpus(40), &ThemeSettings { themes: Some(3), ..by(Algorithm::GaussianMixture) }).unwrap();
    let of_themes = found.assignment.theme.iter().zip(&found.assignment.strength).filter(|(theme, _)| theme.is_some());
    // No paper of the most probable of three components is less sure of it than a third.
    assert!(of_themes.map(|(_, strength)| *strength).all(|strength| (1.0 / 3.0..=1.0).contains(&strength)));
    let of = &found.assignment.memberships;
    for of_paper in of.chunk_by(|a, b| a.paper == b.paper) {
        assert_eq!(Some(of_paper[0].theme), found.assignment.theme[of_paper[0].paper]);
        assert_eq!(of_paper[0].probability.to_bits(), found.assignment.strength[of_paper[0].paper].to_bits());
        let sum: f32 = of_paper.iter().map(|m| m.probability).sum();
        assert!((0.98..=1.001).contains(&sum), "{of_paper:?}");
    }
    assert_eq!(of.chunk_by(|a, b| a.paper == b.paper).count(), found.assignment.theme.iter().flatten().count());
}

#[test]
fn themes_are_merged_to_a_level_and_described_anew() {
    let found = themes_of(&corpus(40), &ThemeSettings { level: Some(2), ..given(3) }).unwrap();
    assert_eq!(found.themes.len(), 2);
    assert_eq!(found.themes.iter().map(|theme| theme.size).collect::<Vec<_>>(), [80, 40]);
    assert_eq!(found.parents.len(), 1);
    assert!(found.count.reason.contains("merged to 2"), "{}", found.count.reason);
    assert!(found.notices.is_empty());
    // The parts are found again and merged again.
    assert!(found.themes.iter().all(|theme| theme.survival >= Some(0.9)), "{:?}", found.themes[0].survival);
    let whole = themes_of(&corpus(40), &ThemeSettings { level: Some(9), ..ThemeSettings::default() }).unwrap();
    assert_eq!(whole.themes.len(), 3);
    assert!(whole.notices[0].found.contains("--level 9"), "{:?}", whole.notices);
}

fn seed(name: &str, words: &[&str], matrix: &model::TermMatrix) -> Seed {
    let column = |word: &&str| matrix.vocabulary.display.iter().position(|shown| shown.to_lowercase() == **word);
    let mut terms: Vec<u32> = words.iter().filter_map(column).map(|term| term as u32).collect();
    terms.sort_unstable();
    Seed { name: name.to_owned(), terms }
}

#[test]
fn seed_themes_are_found_where_their_papers_are() {
    let papers = corpus(40);
    let documents = Documents {
        titles: papers.iter().map(|(title, _)| title.as_str()).collect(),
        abstracts: papers.iter().map(|(_, text)| text.as_str()).collect(),
    };
    let matrix = term_matrix(&documents, &TextSettings::default());
    let seeds = [
        seed("Learning on graphs", &["message passing", "curvature"], &matrix),
        seed("Baking", &["sourdough"], &matrix),
        seed("Everyone", &["noise"], &matrix),
    ];
    assert_eq!([seeds[0].terms.len(), seeds[1].terms.len(), seeds[2].terms.len()], [2, 0, 1]);
    let found = find_seeded(&matrix, &seeds, &given(3)).unwrap();
    let graphs = found.themes.iter().position(|theme| theme.name == "Learning on graphs").unwrap();
    assert!(found.assignment.theme.iter().enumerate().all(|(paper, of)| (paper % 3 == 1) == (*of == Some(graphs))));
    assert_eq!(found.themes.len(), 3, "the others are found beside it, and the absent ones take nothing away");
    let said: Vec<&str> = found.notices.iter().map(|notice| notice.found.as_str()).collect();
    assert!(said[0].contains("`Baking`") && said[1].contains("`Everyone`"), "{said:?}");
    assert_eq!((&found.notices[0].file, found.notices[0].line), (&None, None));
    assert!(find_seeded(&matrix, &seeds, &by(Algorithm::Optics)).unwrap_err().to_string().contains("--seed-themes"));
    assert!(find_seeded(&matrix, &seeds, &ThemeSettings { level: Some(2), ..given(3) }).is_err());
}

/// With too few themes asked for, a seed still gets one of its own.
#[test]
fn a_seed_is_added_beside_the_themes_that_were_found() {
    let papers = corpus(40);
    let documents = Documents {
        titles: papers.iter().map(|(title, _)| title.as_str()).collect(),
        abstracts: papers.iter().map(|(_, text)| text.as_str()).collect(),
    };
    let matrix = term_matrix(&documents, &TextSettings::default());
    let seeds = [seed("Clients", &["federated clients", "client drift"], &matrix)];
    let found = find_seeded(&matrix, &seeds, &given(2)).unwrap();
    let clients = found.themes.iter().position(|theme| theme.name == "Clients").unwrap();
    let inside = (0..120).filter(|paper| found.assignment.theme[*paper] == Some(clients)).collect::<Vec<_>>();
    assert!(inside.len() > 30 && inside.iter().all(|paper| paper % 3 == 2), "{inside:?}");
}

#[test]
fn settings_that_do_not_fit_together_are_refused() {
    let refused = |settings: ThemeSettings| themes_of(&corpus(2), &settings).unwrap_err().to_string();
    let density = |eps, min_points| Density { eps, min_points };
    for algorithm in [Algorithm::Dbscan, Algorithm::Optics] {
        for eps in [0.0, -1.0, 2.5, f64::NAN, f64::INFINITY] {
            let said = refused(ThemeSettings { density: density(Some(eps), None), ..by(algorithm) });
            assert!(said.contains("--eps") && said.contains("at most 2"), "{said}");
        }
        let said = refused(ThemeSettings { density: density(None, Some(1)), ..by(algorithm) });
        assert!(said.contains("--min-points 1") && said.contains("at least 2"), "{said}");
        let said = refused(ThemeSettings { themes: Some(3), ..by(algorithm) });
        assert!(said.contains("--themes") && said.contains(&algorithm.to_string()), "{said}");
    }
    let said = refused(ThemeSettings { density: density(Some(0.5), None), ..by(Algorithm::KMeans) });
    assert!(said.contains("--eps") && said.contains("dbscan"), "{said}");
    let said = refused(ThemeSettings { linkage: Some(Linkage::Average), ..by(Algorithm::Optics) });
    assert!(said.contains("--linkage") && said.contains("hierarchical"), "{said}");
}

#[test]
fn degenerate_corpora_give_finite_results() {
    let same: Vec<(String, String)> = vec![("The same".to_owned(), "Identical abstracts on graphs".to_owned()); 50];
    let wordless: Vec<(String, String)> = vec![("Of the".to_owned(), "and which is 12".to_owned()); 5];
    let corpora = [vec![], corpus(1)[..1].to_vec(), corpus(1), same, wordless];
    for (papers, algorithm) in corpora.iter().flat_map(|papers| Algorithm::ALL.map(|algorithm| (papers, algorithm))) {
        let found = themes_of(papers, &by(algorithm)).unwrap();
        assert_eq!(found.assignment.theme.len(), papers.len());
        assert_eq!(found.map.len(), papers.len());
        assert!(found.map.iter().flatten().all(|x| (0.0..=1.0).contains(x)));
        assert!(found.assignment.strength.iter().all(|s| (0.0..=1.0).contains(s)));
        assert!(found.themes.iter().all(|t| t.size > 0 && !t.name.is_empty()));
        assert!(found.quality.left_out.is_finite());
        assert!(!found.count.reason.is_empty());
    }
}

#[test]
fn impossible_numbers_of_themes_are_refused() {
    assert!(matches!(themes_of(&corpus(2), &given(0)), Err(ThemesError::NoThemes)));
    assert!(matches!(themes_of(&corpus(2), &given(7)), Err(ThemesError::TooManyThemes { asked: 7, papers: 6 })));
}
