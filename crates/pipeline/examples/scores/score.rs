//! A corpus and settings to scores: agreement with labels, between seeds, and of the words of themes. Prints nothing.

use crate::corpora::Corpus;
use model::TermMatrix;
use std::time::Instant;
use themes::agreement::{adjusted_rand, normalised_mutual_information};
use themes::{Outliers, ThemeSettings, ThemesError};

pub const SEEDS: u64 = 5;

/// Medians over seeds.
#[derive(Debug, Clone)]
pub struct Score {
    pub k: f64,
    /// With the labels, over papers that have one; papers in no theme count as one more group.
    pub nmi: f64,
    pub ari: f64,
    /// Mean adjusted Rand index over pairs of seeds, over all papers.
    pub seeds: f64,
    pub npmi: f64,
    pub c_v: f64,
    pub left_out: f64,
    /// Of the themes stage.
    pub seconds: f64,
}

/// One seed's themes.
struct Run {
    groups: Vec<usize>,
    k: f64,
    npmi: f64,
    c_v: f64,
    left_out: f64,
    seconds: f64,
}

/// Scores the themes of a corpus; `k`: `None` where their number is chosen.
pub fn score(corpus: &Corpus, matrix: &TermMatrix, k: Option<usize>, outliers: Outliers) -> Result<Score, ThemesError> {
    let of = |seed| run(corpus, matrix, &ThemeSettings { themes: k, outliers, seed, ..ThemeSettings::default() });
    let runs = (0..SEEDS).map(of).collect::<Result<Vec<Run>, _>>()?;
    let agreed: Vec<(f64, f64)> = runs.iter().map(|run| with_labels(corpus, &run.groups)).collect();
    let pairs = (1..runs.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    let between: Vec<f64> = pairs.map(|(a, b)| adjusted_rand(&runs[a].groups, &runs[b].groups)).collect();
    let middle = |of: fn(&Run) -> f64| median(runs.iter().map(of).collect());
    Ok(Score {
        k: middle(|run| run.k),
        nmi: median(agreed.iter().map(|a| a.0).collect()),
        ari: median(agreed.iter().map(|a| a.1).collect()),
        seeds: between.iter().sum::<f64>() / between.len() as f64,
        npmi: middle(|run| run.npmi),
        c_v: middle(|run| run.c_v),
        left_out: middle(|run| run.left_out),
        seconds: middle(|run| run.seconds),
    })
}

/// Means of at least one.
pub fn mean(scores: &[Score]) -> Score {
    let of = |of: fn(&Score) -> f64| scores.iter().map(of).sum::<f64>() / scores.len() as f64;
    Score {
        k: of(|score| score.k),
        nmi: of(|score| score.nmi),
        ari: of(|score| score.ari),
        seeds: of(|score| score.seeds),
        npmi: of(|score| score.npmi),
        c_v: of(|score| score.c_v),
        left_out: of(|score| score.left_out),
        seconds: of(|score| score.seconds),
    }
}

fn run(corpus: &Corpus, matrix: &TermMatrix, settings: &ThemeSettings) -> Result<Run, ThemesError> {
    let begun = Instant::now();
    let found = themes::find(matrix, settings)?;
    let seconds = begun.elapsed().as_secs_f64();
    let coherence = themes::coherence(&corpus.documents(), matrix, &found);
    Ok(Run {
        groups: found.assignment.theme.iter().map(|theme| theme.map_or(0, |theme| theme + 1)).collect(),
        k: found.themes.len() as f64,
        npmi: coherence.npmi.unwrap_or(f64::NAN),
        c_v: coherence.c_v.unwrap_or(f64::NAN),
        left_out: found.quality.left_out,
        seconds,
    })
}

/// NMI and adjusted Rand index with the labels.
fn with_labels(corpus: &Corpus, groups: &[usize]) -> (f64, f64) {
    let mut names: Vec<&String> = corpus.label.iter().flatten().collect();
    names.sort_unstable();
    names.dedup();
    let (labels, groups): (Vec<usize>, Vec<usize>) = corpus
        .label
        .iter()
        .zip(groups)
        .filter_map(|(label, group)| Some((names.binary_search(&label.as_ref()?).ok()?, *group)))
        .unzip();
    (normalised_mutual_information(&labels, &groups), adjusted_rand(&labels, &groups))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
