//! Turns the quality measures into rows for people and for programs: name, value, what it means.
//! Does not rate them: what is good depends on the corpus.

use crate::format::percent;
use model::Quality;

/// One measure of the themes.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Name in tables and `run.json`; stays as it is from version to version.
    pub key: &'static str,
    pub name: &'static str,
    /// `None` where it is undefined, such as the silhouette of a single theme.
    pub value: Option<f64>,
    /// The value as people read it.
    pub shown: String,
    pub meaning: &'static str,
}

/// All measures, always in this order.
pub fn measures(quality: &Quality) -> Vec<Measure> {
    let coherence = &quality.coherence;
    let size = |papers: Option<usize>| papers.map(|n| n as f64);
    let all = [
        (
            "silhouette",
            "Silhouette",
            quality.silhouette,
            "Mean over all papers in themes of how much nearer a paper lies to its own theme than to the next, by cosine distance in the embedding that was clustered, −1 to 1.",
        ),
        (
            "npmi",
            "NPMI coherence",
            coherence.npmi,
            "Mean over themes: how often the ten words that a theme is known by occur in the same papers (title and abstract, English stop words left out), over all pairs, −1 to 1; a pair that never does counts as −1. The ten are those of the twenty most telling one-word terms that stand together most.",
        ),
        (
            "c_v",
            "c_v coherence",
            coherence.c_v,
            "Mean over themes: how alike the same ten words are in what they occur with, in boolean sliding windows of 110 words; 0 to 1, rarely below.",
        ),
        (
            "diversity",
            "Diversity",
            coherence.diversity,
            "Share of distinct words among the ten-word lists of all themes.",
        ),
        (
            "survival_mean",
            "Survival, mean",
            quality.survival_mean,
            "Mean over themes of the share of refits in which the theme comes back.",
        ),
        ("survival_median", "Survival, median", quality.survival_median, "Median over themes of the same."),
        ("smallest_theme", "Smallest theme", size(quality.smallest), "Papers in it."),
        ("median_theme", "Median theme", quality.median_size, "Papers in it."),
        ("largest_theme", "Largest theme", size(quality.largest), "Papers in it."),
        ("left_out", "Left out", Some(quality.left_out), "Share of papers in no theme."),
    ];
    let measure = |(key, name, value, meaning): (&'static str, _, Option<f64>, _)| Measure {
        key,
        name,
        value,
        shown: value.map_or_else(|| "undefined".to_owned(), |v| shown(key, v)),
        meaning,
    };
    all.into_iter().map(measure).collect()
}

fn shown(key: &str, value: f64) -> String {
    match key {
        "left_out" => percent(value),
        key if key.ends_with("_theme") => value.to_string(),
        _ => format!("{value:.3}"),
    }
}
